"""The bot's own memory: what it sent where, what readers thought of it, who did what, what they like.

Called by the handlers, always from a worker thread. One SQLite file beside the archive's, one module a noun. Users and
chats stand in it as salted hashes; a chat that must be found again, to withdraw a quote or tell somebody the outcome,
is sealed. Texts of questions are not here, the archive keeps them. Must not know Telegram.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.access.roles import Standing
from bot.journal.alarms import Alarms
from bot.journal.audit import Act, Audit
from bot.journal.deliveries import THREAD_LASTS, Deliveries, Delivery
from bot.journal.drafts import DRAFT_LASTS, Draft, Drafts
from bot.journal.file import ago
from bot.journal.hints import Hints
from bot.journal.preferences import Group, People
from bot.journal.questions import COUNTED_FOR, Question, Questions
from bot.journal.readers import Applicant, Standings
from bot.journal.reports import Report, Reports
from bot.journal.schema import MIGRATIONS
from bot.journal.votes import Judged, Tally, Verdict, Votes, verdicts
from bot.keys import Seal
from index.store.database import migrate

JOURNAL = "bot.db"  # its name in the data folder
UNDECIDED = (Standing.UNKNOWN, Standing.PENDING)
"""What is forgotten about who may ask; what an administrator decided stays."""


class Journal(Deliveries, Questions, Votes, Reports, People, Standings, Audit, Drafts, Hints, Alarms):
    """The file at `path`, created if absent. Opens a connection for each call; StoreError where it cannot."""

    def __init__(self, path: Path, seal: Seal) -> None:
        super().__init__(path, seal)
        migrate(path, MIGRATIONS)

    def forget(self, user_id: int) -> list[str]:
        """Erase all that is kept about a reader; the ids of the answers that their questions are to be erased from."""
        person = self._person(user_id)
        asked = "SELECT answer_id FROM deliveries WHERE asker = ? UNION SELECT answer_id FROM asked WHERE asker = ?"
        answers = [row[0] for row in self._rows(asked, (person, person)) if row[0]]
        with self._writing() as db:
            db.execute("DELETE FROM deliveries WHERE chat = ?", (self._chat(user_id),))
            db.execute("UPDATE deliveries SET asker = NULL WHERE asker = ?", (person,))
            db.execute("UPDATE asked SET asker = NULL WHERE asker = ?", (person,))
            db.execute("DELETE FROM votes WHERE voter = ?", (person,))
            db.execute("DELETE FROM reports WHERE reporter = ?", (person,))
            db.execute("DELETE FROM people WHERE person = ?", (person,))
            db.execute("DELETE FROM drafts WHERE chat = ?", (self._chat(user_id),))
            db.execute("DELETE FROM standings WHERE person = ? AND standing IN (?, ?)", (person, *UNDECIDED))
            db.execute("UPDATE standings SET sealed = NULL, lang = '' WHERE person = ?", (person,))
            db.execute("UPDATE audit SET who = '' WHERE who = ? AND NOT allowed", (person,))
        return answers

    def expire(self, days: int) -> None:
        """Forget what is older than so many days: where answers were sent, whose votes and settled reports are.

        How helpful an answer was stays, under nobody's name; open reports stay until they are settled.
        """
        limit = ago(timedelta(days=days))
        with self._writing() as db:
            db.execute("DELETE FROM deliveries WHERE at < ?", (limit,))
            db.execute("UPDATE asked SET asker = NULL WHERE at < ?", (limit,))
            db.execute("DELETE FROM asked WHERE at < ?", (ago(COUNTED_FOR),))
            db.execute("UPDATE votes SET voter = hex(randomblob(16)) WHERE at < ?", (limit,))
            db.execute("DELETE FROM reports WHERE settled < ?", (limit,))
            db.execute("DELETE FROM standings WHERE at < ? AND standing IN (?, ?)", (limit, *UNDECIDED))
            db.execute("UPDATE standings SET sealed = NULL, lang = '' WHERE at < ?", (limit,))
            db.execute("UPDATE audit SET who = '' WHERE at < ? AND NOT allowed", (limit,))


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
    "Report",
    "Tally",
    "Verdict",
    "verdicts",
]
