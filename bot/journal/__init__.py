"""The bot's own memory: what it sent where, what readers thought of it, who did what, what they like.

Called by the handlers, always from a worker thread. One SQLite file next to the archive's, one module a noun:
`journal.readers.standing(person)`. Users and chats stand in it as salted hashes; a chat that must be found again, to
withdraw a quote or report an outcome, is sealed. Texts of questions are not here, the archive keeps them. Must not know
Telegram.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from bot.access.roles import Standing
from bot.journal.alarms import Alarms
from bot.journal.audit import Act, Audit
from bot.journal.deliveries import THREAD_LASTS, Deliveries, Delivery
from bot.journal.drafts import DRAFT_LASTS, Draft, Drafts
from bot.journal.file import File, ago, moment
from bot.journal.hints import Hints
from bot.journal.preferences import Group, Preferences
from bot.journal.questions import COUNTED_FOR, Question, Questions
from bot.journal.readers import Applicant, Readers
from bot.journal.reports import Reason, Report, ReportOutcome, Reports
from bot.journal.schema import MIGRATIONS
from bot.journal.votes import Judged, Tally, Verdict, Votes, verdicts
from bot.keys import Seal
from index.store.database import migrate

JOURNAL = "bot.db"  # its name in the data folder
UNDECIDED = (Standing.UNKNOWN, Standing.PENDING)
"""What is forgotten about who may ask; what an administrator decided stays."""


class Journal:
    """The file at `path`, created if absent, in parts. Opens a connection for each call; StoreError where it cannot.

    What concerns several parts at once is done here, in one transaction.
    """

    def __init__(self, path: Path, seal: Seal) -> None:
        self._file = file = File(path, seal)
        self.deliveries = Deliveries(file)
        self.questions = Questions(file)
        self.votes = Votes(file)
        self.reports = Reports(file)
        self.preferences = Preferences(file)
        self.readers = Readers(file)
        self.audit = Audit(file)
        self.drafts = Drafts(file)
        self.hints = Hints(file)
        self.alarms = Alarms(file)
        migrate(path, MIGRATIONS)

    def tally(self, since: datetime) -> Tally:
        """How many answers went out since a moment (aware), and what readers thought of them."""
        limit = moment(since)
        answered = "SELECT count(*) FROM deliveries WHERE at >= ? AND answer_id IS NOT NULL"
        ((questions,),) = self._file.rows(answered, (limit,))
        helpful, unhelpful = self.votes.count(since)
        return Tally(questions, helpful, unhelpful)

    def forget(self, user_id: int) -> list[str]:
        """Erase all that is kept about a reader; the ids of the answers that their questions are to be erased from."""
        person = self._file.person(user_id)
        asked = "SELECT answer_id FROM deliveries WHERE asker = ? UNION SELECT answer_id FROM asked WHERE asker = ?"
        answers = [row[0] for row in self._file.rows(asked, (person, person)) if row[0]]
        with self._file.writing() as db:
            db.execute("DELETE FROM deliveries WHERE chat = ?", (self._file.chat(user_id),))
            db.execute("UPDATE deliveries SET asker = NULL WHERE asker = ?", (person,))
            db.execute("UPDATE asked SET asker = NULL WHERE asker = ?", (person,))
            db.execute("DELETE FROM votes WHERE voter = ?", (person,))
            db.execute("DELETE FROM reports WHERE reporter = ?", (person,))
            db.execute("DELETE FROM people WHERE person = ?", (person,))
            db.execute("DELETE FROM drafts WHERE chat = ?", (self._file.chat(user_id),))
            db.execute("DELETE FROM standings WHERE person = ? AND standing IN (?, ?)", (person, *UNDECIDED))
            db.execute("UPDATE standings SET sealed = NULL, lang = '' WHERE person = ?", (person,))
            db.execute("UPDATE audit SET who = '' WHERE who = ? AND NOT allowed", (person,))
        return answers

    def expire(self, days: int) -> None:
        """Forget what is older than so many days: where answers were sent, whose votes and settled reports are.

        How helpful an answer was stays, under nobody's name; open reports stay until they are settled.
        """
        limit = ago(timedelta(days=days))
        with self._file.writing() as db:
            db.execute("DELETE FROM deliveries WHERE at < ?", (limit,))
            db.execute("UPDATE asked SET asker = NULL WHERE at < ?", (limit,))
            db.execute("DELETE FROM asked WHERE at < ?", (ago(COUNTED_FOR),))
            db.execute("UPDATE votes SET voter = hex(randomblob(16)) WHERE at < ?", (limit,))
            db.execute("DELETE FROM reports WHERE settled < ?", (limit,))
            db.execute("DELETE FROM standings WHERE at < ? AND standing IN (?, ?)", (limit, *UNDECIDED))
            db.execute("UPDATE standings SET sealed = NULL, lang = '' WHERE at < ?", (limit,))
            db.execute("UPDATE audit SET who = '' WHERE at < ? AND NOT allowed", (limit,))

    def migrate(self, old: int, new: int) -> None:
        """A group goes on under another number; its old messages cannot be reached any more."""
        file = self._file
        with file.writing() as db:
            db.execute("DELETE FROM deliveries WHERE chat = ?", (file.chat(old),))
            db.execute("UPDATE OR REPLACE groups SET chat = ? WHERE chat = ?", (file.chat(new), file.chat(old)))


__all__ = [
    "DRAFT_LASTS",
    "JOURNAL",
    "MIGRATIONS",
    "THREAD_LASTS",
    "Act",
    "Applicant",
    "Delivery",
    "Draft",
    "Group",
    "Journal",
    "Judged",
    "Question",
    "Reason",
    "Report",
    "ReportOutcome",
    "Tally",
    "Verdict",
    "verdicts",
]
