"""The bot's own memory: what it sent where, what readers thought of it, who did what, what they like.

Called by the handlers, always from a worker thread. One SQLite file beside the archive's. Users and chats stand in it
as salted hashes; a chat that must be found again, to withdraw a quote or tell a reader the outcome, is sealed. Texts of
questions are not here, the archive keeps them. Must not know Telegram.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from bot.seal import Seal
from index.store.database import connect, migrate, transaction

JOURNAL = "bot.db"  # its name in the data folder

THREAD_LASTS = timedelta(minutes=30)
"""How long a question may lean on the one before."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message that shows an answer. `message_id` is 0 for one sent through inline mode, known by `inline_id`."""

    answer_id: str
    chat_id: int
    message_id: int
    shown: int
    lang: str
    brief: bool = False
    inline_id: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What a reader reported about a quote. `outcome` is None while it is open."""

    id: int
    answer_id: str
    n: int
    reason: str
    chat_id: int | None
    lang: str
    outcome: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """What a group's administrators set. `lang` None: as each reader's Telegram is set."""

    lang: str | None = None
    brief: bool = False
    admins_only: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What readers thought of the first quote of an answer: how many found it helpful, how many not."""

    answer_id: str
    helpful: int
    unhelpful: int


@dataclass(frozen=True, slots=True)
class Tally:
    """How a day went."""

    questions: int
    helpful: int
    unhelpful: int


def _create(db: Database) -> None:
    for statement in _TABLES.split(";"):
        db.execute(statement)


_TABLES = """
CREATE TABLE deliveries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    chat TEXT NOT NULL, sealed TEXT NOT NULL, message_id INTEGER NOT NULL, inline_id TEXT,
    question_id INTEGER, asker TEXT, answer_id TEXT, shown INTEGER NOT NULL, lang TEXT NOT NULL,
    brief INTEGER NOT NULL, at TEXT NOT NULL, withdrawn INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX deliveries_message ON deliveries (chat, message_id, inline_id);
CREATE INDEX deliveries_answer ON deliveries (answer_id);
CREATE INDEX deliveries_question ON deliveries (chat, question_id);
CREATE INDEX deliveries_asker ON deliveries (asker);
CREATE TABLE votes (
    answer_id TEXT NOT NULL, n INTEGER NOT NULL, voter TEXT NOT NULL, helpful INTEGER NOT NULL, at TEXT NOT NULL,
    PRIMARY KEY (answer_id, n, voter)
);
CREATE TABLE reports (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    answer_id TEXT NOT NULL, n INTEGER NOT NULL, reporter TEXT NOT NULL, sealed TEXT, lang TEXT NOT NULL,
    reason TEXT NOT NULL, at TEXT NOT NULL, outcome TEXT, settled TEXT,
    UNIQUE (answer_id, n, reporter)
);
CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL, who TEXT NOT NULL, action TEXT NOT NULL, subject TEXT NOT NULL, allowed INTEGER NOT NULL
);
CREATE TABLE people (person TEXT PRIMARY KEY, lang TEXT);
CREATE TABLE groups (chat TEXT PRIMARY KEY, lang TEXT, brief INTEGER NOT NULL, admins_only INTEGER NOT NULL)
"""

MIGRATIONS = (_create,)


class Journal:
    """The file at `path`, created if absent. Opens a connection for each call; StoreError where it cannot."""

    def __init__(self, path: Path, seal: Seal) -> None:
        self._path = path
        self._seal = seal
        migrate(path, MIGRATIONS)

    @contextmanager
    def _writing(self) -> Iterator[Database]:
        with connect(self._path) as db, transaction(db):
            yield db

    def _rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        with connect(self._path) as db:
            return list(db.execute(sql, values).fetchall())

    def _person(self, user_id: int) -> str:
        return self._seal.pseudonym("user", user_id)

    def _chat(self, chat_id: int) -> str:
        return self._seal.pseudonym("chat", chat_id)

    # -- what was sent where

    def delivered(self, sent: Delivery, *, question_id: int | None = None, asker: int | None = None) -> None:
        """Note that a message shows an answer, in place of what it showed before.

        Without `question_id` and `asker`, those known of the message stay. An empty `answer_id` notes a reply that is
        none.
        """
        known = (self._chat(sent.chat_id), sent.message_id, sent.inline_id)
        which = "chat = ? AND message_id = ? AND inline_id IS ?"
        with self._writing() as db:
            before = db.execute(f"SELECT question_id, asker FROM deliveries WHERE {which}", known).fetchone()
            db.execute(f"DELETE FROM deliveries WHERE {which}", known)
            old_question, old_asker = before or (None, None)
            _insert(
                db,
                "deliveries",
                chat=self._chat(sent.chat_id),
                sealed=self._seal.close(str(sent.chat_id)),
                message_id=sent.message_id,
                inline_id=sent.inline_id,
                question_id=question_id if question_id is not None else old_question,
                asker=self._person(asker) if asker is not None else old_asker,
                answer_id=sent.answer_id or None,
                shown=sent.shown,
                lang=sent.lang,
                brief=sent.brief,
                at=_now(),
            )

    def turned(self, chat_id: int, message_id: int, shown: int) -> None:
        """Note which quote of its answer a message shows now."""
        with self._writing() as db:
            db.execute(
                "UPDATE deliveries SET shown = ?, withdrawn = 0 WHERE chat = ? AND message_id = ?",
                (shown, self._chat(chat_id), message_id),
            )

    def reply_to(self, chat_id: int, question_id: int) -> int | None:
        """The message that answered the message `question_id` of a chat."""
        rows = self._rows(
            "SELECT message_id FROM deliveries WHERE chat = ? AND question_id = ? ORDER BY id DESC LIMIT 1",
            (self._chat(chat_id), question_id),
        )
        return int(rows[0][0]) if rows else None

    def thread(self, chat_id: int, asker: int, before: int) -> str | None:
        """The answer that a sender was given to their last message before number `before`, if that was lately."""
        rows = self._rows(
            "SELECT answer_id, at FROM deliveries WHERE chat = ? AND asker = ? AND question_id < ?"
            " ORDER BY question_id DESC LIMIT 1",
            (self._chat(chat_id), self._person(asker), before),
        )
        lately = (datetime.now(UTC) - THREAD_LASTS).isoformat(timespec="seconds")
        return rows[0][0] if rows and rows[0][1] >= lately else None

    def deliveries(self, answer_ids: Sequence[str]) -> list[Delivery]:
        """Every message that shows one of these answers and is not withdrawn, where its chat can be unsealed."""
        found: list[Delivery] = []
        for answer_id in answer_ids:
            rows = self._rows(
                "SELECT sealed, message_id, shown, lang, brief, inline_id FROM deliveries"
                " WHERE answer_id = ? AND NOT withdrawn",
                (answer_id,),
            )
            for sealed, message_id, shown, lang, brief, inline_id in rows:
                chat_id = self._opened(sealed)
                if chat_id is not None:
                    found.append(Delivery(answer_id, chat_id, message_id, shown, lang, bool(brief), inline_id))
        return found

    def withdrawn(self, sent: Delivery) -> None:
        """Note that a message says by now that its quote was withdrawn."""
        with self._writing() as db:
            db.execute(
                "UPDATE deliveries SET withdrawn = 1 WHERE chat = ? AND message_id = ? AND inline_id IS ?",
                (self._chat(sent.chat_id), sent.message_id, sent.inline_id),
            )

    def gone(self, sent: Delivery) -> None:
        """Forget a message that nobody can reach any more."""
        with self._writing() as db:
            db.execute(
                "DELETE FROM deliveries WHERE chat = ? AND message_id = ? AND inline_id IS ?",
                (self._chat(sent.chat_id), sent.message_id, sent.inline_id),
            )

    def _opened(self, sealed: str | None) -> int | None:
        plain = self._seal.open(sealed) if sealed else None
        return int(plain) if plain is not None else None

    def migrated(self, old: int, new: int) -> None:
        """A group goes on under another number; its old messages cannot be reached any more."""
        with self._writing() as db:
            db.execute("DELETE FROM deliveries WHERE chat = ?", (self._chat(old),))
            db.execute("UPDATE OR REPLACE groups SET chat = ? WHERE chat = ?", (self._chat(new), self._chat(old)))

    def lost(self, chat_id: int) -> None:
        """Nothing can be sent to a chat any more: forget what was."""
        with self._writing() as db:
            db.execute("DELETE FROM deliveries WHERE chat = ?", (self._chat(chat_id),))

    # -- what readers think and like

    def vote(self, answer_id: str, n: int, voter: int, *, helpful: bool) -> None:
        """A reader's last word on a quote."""
        with self._writing() as db:
            db.execute(
                "INSERT OR REPLACE INTO votes VALUES (?, ?, ?, ?, ?)",
                (answer_id, n, self._person(voter), helpful, _now()),
            )

    def report(self, report: Report, reporter: int) -> int | None:
        """Keep a report; its number, or None where this reader reported that quote already."""
        sealed = self._seal.close(str(report.chat_id)) if report.chat_id is not None else None
        with self._writing() as db:
            cursor = db.execute(
                "INSERT OR IGNORE INTO reports (answer_id, n, reporter, sealed, lang, reason, at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (report.answer_id, report.n, self._person(reporter), sealed, report.lang, report.reason, _now()),
            )
            return cursor.lastrowid if cursor.rowcount else None

    def open_reports(self) -> list[Report]:
        """The reports nobody has settled, oldest first."""
        return self._reports("outcome IS NULL", ())

    def settle(self, report_id: int, outcome: str) -> Report | None:
        """Close a report; it as it was, None where there is no open one of that number."""
        found = self._reports("id = ? AND outcome IS NULL", (report_id,))
        with self._writing() as db:
            db.execute("UPDATE reports SET outcome = ?, settled = ? WHERE id = ?", (outcome, _now(), report_id))
        return found[0] if found else None

    def _reports(self, where: str, values: Sequence[object]) -> list[Report]:
        columns = "id, answer_id, n, reason, sealed, lang, outcome"
        rows = self._rows(f"SELECT {columns} FROM reports WHERE {where} ORDER BY id", values)
        return [
            Report(number, answer_id, n, reason, self._opened(sealed), lang, outcome)
            for number, answer_id, n, reason, sealed, lang, outcome in rows
        ]

    def language(self, user_id: int) -> str | None:
        """The language a reader chose; None where Telegram's counts."""
        rows = self._rows("SELECT lang FROM people WHERE person = ?", (self._person(user_id),))
        return rows[0][0] if rows else None

    def choose_language(self, user_id: int, lang: str | None) -> None:
        """Keep a reader's choice; None goes back to Telegram's."""
        with self._writing() as db:
            db.execute("INSERT OR REPLACE INTO people VALUES (?, ?)", (self._person(user_id), lang))

    def group(self, chat_id: int) -> Group:
        """What a group's administrators set."""
        rows = self._rows("SELECT lang, brief, admins_only FROM groups WHERE chat = ?", (self._chat(chat_id),))
        return Group(rows[0][0], bool(rows[0][1]), bool(rows[0][2])) if rows else Group()

    def set_group(self, chat_id: int, group: Group) -> None:
        """Keep what a group's administrators set."""
        with self._writing() as db:
            values = (self._chat(chat_id), group.lang, group.brief, group.admins_only)
            db.execute("INSERT OR REPLACE INTO groups VALUES (?, ?, ?, ?)", values)

    def forget(self, user_id: int) -> list[str]:
        """Erase all that is kept about a reader; the ids of the answers that their questions are to be erased from."""
        person = self._person(user_id)
        answers = [
            row[0] for row in self._rows("SELECT answer_id FROM deliveries WHERE asker = ?", (person,)) if row[0]
        ]
        with self._writing() as db:
            db.execute("DELETE FROM deliveries WHERE chat = ?", (self._chat(user_id),))
            db.execute("UPDATE deliveries SET asker = NULL WHERE asker = ?", (person,))
            db.execute("DELETE FROM votes WHERE voter = ?", (person,))
            db.execute("DELETE FROM reports WHERE reporter = ?", (person,))
            db.execute("DELETE FROM people WHERE person = ?", (person,))
            db.execute("UPDATE audit SET who = '' WHERE who = ? AND NOT allowed", (person,))
        return answers

    def expire(self, days: int) -> None:
        """Forget what is older than so many days: where answers were sent, whose votes and settled reports are.

        How helpful an answer was stays, under nobody's name; open reports stay until they are settled.
        """
        limit = (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="seconds")
        with self._writing() as db:
            db.execute("DELETE FROM deliveries WHERE at < ?", (limit,))
            db.execute("UPDATE votes SET voter = hex(randomblob(16)) WHERE at < ?", (limit,))
            db.execute("DELETE FROM reports WHERE settled < ?", (limit,))
            db.execute("UPDATE audit SET who = '' WHERE at < ? AND NOT allowed", (limit,))

    # -- who did what

    def acted(self, user_id: int) -> bool:
        """Whether this user did anything as an administrator; that record stays."""
        return bool(self._rows("SELECT 1 FROM audit WHERE who = ? AND allowed LIMIT 1", (self._person(user_id),)))

    def audit(self, user_id: int, action: str, subject: str = "", *, allowed: bool = True) -> None:
        """Note an administrator's act, or somebody's attempt at one."""
        with self._writing() as db:
            who = self._person(user_id)
            _insert(db, "audit", at=_now(), who=who, action=action, subject=subject[:200], allowed=allowed)

    def today(self) -> Tally:
        """How many answers went out since midnight UTC, and what readers thought of them."""
        since = datetime.now(UTC).date().isoformat()
        (questions,) = self._rows("SELECT count(*) FROM deliveries WHERE at >= ? AND answer_id IS NOT NULL", (since,))[
            0
        ]
        votes = dict(self._rows("SELECT helpful, count(*) FROM votes WHERE at >= ? GROUP BY helpful", (since,)))
        return Tally(questions, votes.get(1, 0), votes.get(0, 0))


def _insert(db: Database, table: str, **row: object) -> None:
    """One row. Not through sqlite-utils, whose own insert would end the transaction."""
    marks = ", ".join("?" * len(row))
    db.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", list(row.values()))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def verdicts(path: Path) -> list[Verdict]:
    """What readers thought, by answer, in the journal at `path`; nothing where there is none. Needs no key."""
    if not path.is_file():
        return []
    with connect(path, readonly=True) as db:
        rows = db.execute(
            "SELECT answer_id, sum(helpful), sum(NOT helpful) FROM votes WHERE n = 0"
            " GROUP BY answer_id ORDER BY answer_id"
        ).fetchall()
    return [Verdict(*row) for row in rows]
