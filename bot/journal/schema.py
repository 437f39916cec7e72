"""The tables of the bot's own memory, as numbered migrations. Add at the end, never change what has shipped."""

from __future__ import annotations

from sqlite_utils import Database

from index.store.database import Migration

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

_DRAFTS = """
CREATE TABLE drafts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    chat TEXT NOT NULL, article INTEGER, key TEXT NOT NULL, name TEXT NOT NULL, data BLOB NOT NULL,
    changes TEXT NOT NULL, seen TEXT NOT NULL, message_id INTEGER NOT NULL, at TEXT NOT NULL
);
CREATE TABLE prompts (
    chat TEXT NOT NULL, message_id INTEGER NOT NULL, draft_id INTEGER NOT NULL REFERENCES drafts(id) ON DELETE CASCADE,
    field TEXT NOT NULL, PRIMARY KEY (chat, message_id)
);
CREATE TABLE hints (subject TEXT PRIMARY KEY, at TEXT NOT NULL)
"""

_DESK = """
CREATE TABLE standings (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person TEXT NOT NULL UNIQUE, standing TEXT NOT NULL, sealed TEXT, lang TEXT NOT NULL DEFAULT '',
    told INTEGER NOT NULL DEFAULT 0, at TEXT NOT NULL
);
CREATE TABLE asked (
    answer_id TEXT PRIMARY KEY, asker TEXT, at TEXT NOT NULL, counted INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX asked_asker ON asked (asker);
CREATE INDEX asked_at ON asked (at);
INSERT OR IGNORE INTO asked (answer_id, asker, at)
    SELECT answer_id, asker, min(at) FROM deliveries WHERE answer_id IS NOT NULL GROUP BY answer_id
"""


def first(db: Database) -> None:
    """The tables of the first release."""
    create(db, _TABLES)


def drafts(db: Database) -> None:
    """What waits for an administrator's decision."""
    create(db, _DRAFTS)


def desk(db: Database) -> None:
    """Who may ask, and which questions were asked."""
    create(db, _DESK)


def create(db: Database, statements: str) -> None:
    """Run statements separated by semicolons, inside the migration's transaction."""
    for statement in statements.split(";"):
        db.execute(statement)


def alarmed(db: Database) -> None:
    """Which troubles of sources the administrators have been warned of."""
    db.execute(
        "CREATE TABLE alarms (source TEXT NOT NULL, trouble TEXT NOT NULL, name TEXT NOT NULL, since TEXT NOT NULL,"
        " at TEXT NOT NULL, PRIMARY KEY (source, trouble))"
    )


MIGRATIONS: tuple[Migration, ...] = (first, desk, drafts, alarmed)
