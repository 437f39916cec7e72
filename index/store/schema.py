"""The tables of the archive, as numbered migrations. Add at the end, never change what has shipped."""

from __future__ import annotations

from sqlite_utils import Database

from index.store.database import Migration

# AUTOINCREMENT where ids leave the database (FAISS, answers): an old id may be missing but never means something else.
_FIRST = """
CREATE TABLE sources (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    listed INTEGER NOT NULL DEFAULT 0,      -- articles it listed when last read completely
    read_at TEXT
);
CREATE TABLE articles (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    source_id INTEGER NOT NULL REFERENCES sources(id),
    key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,              -- record digest and cleaner version
    segmenter TEXT NOT NULL,
    version_id INTEGER,                     -- the current one
    published_from TEXT,                    -- first and last day the publication date can be
    published_to TEXT,
    published_at TEXT,
    removed_at TEXT,
    UNIQUE (source_id, key)
);
CREATE TABLE versions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    text TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    story TEXT NOT NULL,                    -- digest of the normalised prose: equal means the same story
    metadata TEXT NOT NULL,
    labels TEXT NOT NULL,
    sentences TEXT NOT NULL,
    cleaner TEXT NOT NULL,
    created_at TEXT NOT NULL
);
CREATE INDEX versions_article ON versions(article_id);
CREATE INDEX versions_story ON versions(story);
CREATE TABLE passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version_id INTEGER NOT NULL REFERENCES versions(id) ON DELETE CASCADE,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    label TEXT NOT NULL,
    length INTEGER NOT NULL,                -- search terms, those of the headline with them
    input BLOB NOT NULL                     -- sha256 of the embedded text
);
CREATE INDEX passages_version ON passages(version_id);
CREATE INDEX passages_input ON passages(input);
CREATE VIRTUAL TABLE passages_fts USING fts5(
    title, body, tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M* Co'"
);
CREATE VIRTUAL TABLE passages_vocab USING fts5vocab(passages_fts, row);
CREATE TABLE models (id INTEGER PRIMARY KEY, fingerprint TEXT NOT NULL UNIQUE, name TEXT NOT NULL);
CREATE TABLE vectors (
    input BLOB NOT NULL,
    model_id INTEGER NOT NULL REFERENCES models(id),
    vector BLOB NOT NULL,                   -- float32, little-endian, unit length
    PRIMARY KEY (input, model_id)
);
CREATE TABLE surfaces (                     -- how names are written here, for questions that do not
    term TEXT NOT NULL,
    surface TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (term, surface)
) WITHOUT ROWID;
CREATE TABLE tombstones (
    article_id INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
    url TEXT,
    story TEXT,
    "by" TEXT NOT NULL,
    at TEXT NOT NULL
);
CREATE INDEX tombstones_url ON tombstones(url);
CREATE INDEX tombstones_story ON tombstones(story);
CREATE TABLE answers (
    id TEXT PRIMARY KEY,
    question TEXT,                          -- NULL once its time is over or its asker is forgotten
    asked_at TEXT NOT NULL,
    as_of TEXT,
    lang TEXT NOT NULL,
    kind TEXT NOT NULL,
    confidence REAL NOT NULL,
    notices TEXT NOT NULL,
    filters TEXT NOT NULL,
    closest TEXT NOT NULL,                  -- article ids
    newest TEXT,
    generation INTEGER NOT NULL
);
CREATE INDEX answers_asked ON answers(asked_at);
CREATE TABLE citations (                    -- no quote text: a takedown erases by construction
    answer_id TEXT NOT NULL REFERENCES answers(id) ON DELETE CASCADE,
    n INTEGER NOT NULL,
    version_id INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    highlight_start INTEGER,
    highlight_end INTEGER,
    kind TEXT NOT NULL,
    passage_start INTEGER NOT NULL,
    passage_end INTEGER NOT NULL,
    score REAL NOT NULL,
    withheld TEXT,
    newer TEXT NOT NULL,                    -- article ids
    PRIMARY KEY (answer_id, n)
) WITHOUT ROWID;
CREATE INDEX citations_version ON citations(version_id);
CREATE TABLE runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    "by" TEXT NOT NULL,
    pid INTEGER NOT NULL,
    started TEXT NOT NULL,
    heartbeat TEXT NOT NULL,
    ended TEXT,
    outcome TEXT,
    cancel INTEGER NOT NULL DEFAULT 0,
    progress TEXT NOT NULL,
    report TEXT
);
CREATE UNIQUE INDEX runs_one_at_a_time ON runs(ended IS NULL) WHERE ended IS NULL;
CREATE TABLE state (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO state VALUES ('generation', 0);
"""


# Sources of every kind, with a history each; what people submitted or corrected; what the web said of its pages.
_SECOND = """
ALTER TABLE sources ADD COLUMN kind TEXT NOT NULL DEFAULT 'files';
ALTER TABLE sources ADD COLUMN name TEXT NOT NULL DEFAULT '';
ALTER TABLE sources ADD COLUMN handle TEXT;
CREATE TABLE source_runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    source_id INTEGER NOT NULL REFERENCES sources(id) ON DELETE CASCADE,
    at TEXT NOT NULL,
    outcome TEXT NOT NULL,                  -- done, cancelled, failed
    added INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    unchanged INTEGER NOT NULL,
    removed INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    reason TEXT NOT NULL
);
CREATE INDEX source_runs_source ON source_runs(source_id, id);
CREATE TABLE submissions (                  -- what was submitted one by one, as it came
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    source_id INTEGER NOT NULL REFERENCES sources(id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    name TEXT NOT NULL,                     -- of the file, with the ending that tells its format
    data BLOB NOT NULL,
    digest TEXT NOT NULL,                   -- sha256 of the data
    linked BLOB,                            -- the page that it does nothing but link to, as it was read
    bundle TEXT,                            -- what came in several parts, as a Telegram album
    edit TEXT,                              -- JSON: what its sender corrected
    replaces INTEGER,                       -- the article whose place it takes
    at TEXT NOT NULL,
    due TEXT NOT NULL,                      -- not read before: more parts may come
    taken_at TEXT,                          -- NULL: it waits
    UNIQUE (source_id, key)
);
CREATE INDEX submissions_waiting ON submissions(due) WHERE taken_at IS NULL;
CREATE INDEX submissions_bundle ON submissions(source_id, bundle) WHERE bundle IS NOT NULL;
CREATE TABLE edits (                        -- corrections by people, over what was read
    article_id INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
    fields TEXT NOT NULL,                   -- JSON: title, outlet, published, authors
    "by" TEXT NOT NULL,
    at TEXT NOT NULL
);
CREATE TABLE fetches (                      -- what the web said of an address when it was last asked
    page TEXT PRIMARY KEY,                  -- what all addresses of the page have in common
    link TEXT NOT NULL,                     -- the address that is asked
    ended TEXT NOT NULL,                    -- the page that it led to
    key TEXT NOT NULL,                      -- of its article; '' for a feed
    etag TEXT NOT NULL,
    last_modified TEXT NOT NULL,
    digest TEXT NOT NULL,                   -- sha256 of what was read
    via TEXT NOT NULL,                      -- page, or the feed that held the whole article
    title TEXT NOT NULL,
    told TEXT NOT NULL,                     -- JSON: what lists said of the article; for a feed: what it listed
    since TEXT NOT NULL,                    -- first and last time it was asked
    at TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX fetches_ended ON fetches(ended);
CREATE INDEX fetches_key ON fetches(key)
"""

_MUTES = """
CREATE TABLE mutes (                        -- unanswered questions that editors do not want to hear of again
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    "by" TEXT NOT NULL
);
CREATE TABLE mute_meanings (                -- no words: they are kept for a time only, a mute for good
    mute_id INTEGER NOT NULL REFERENCES mutes(id) ON DELETE CASCADE,
    model TEXT NOT NULL,
    vector BLOB,
    salt BLOB NOT NULL,
    terms TEXT NOT NULL                     -- salted digests
);
CREATE INDEX mute_meanings_mute ON mute_meanings(mute_id);
"""


_ERASURES = """
CREATE TABLE erasures (                     -- removed articles whose every word was erased
    article_id INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
    "by" TEXT NOT NULL,
    at TEXT NOT NULL
)
"""

# Lines that recur in an outlet's articles: what was learned of them, what people decided.
_FURNITURE = """
CREATE TABLE furniture (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    outlet TEXT NOT NULL,
    folded TEXT NOT NULL,                   -- what is the same wherever the line stands
    line TEXT NOT NULL,                     -- as printed once
    stories INTEGER NOT NULL,
    learned INTEGER NOT NULL,               -- 1: furniture, by what was learned
    decision TEXT,                          -- keep, drop; NULL: go by what was learned
    "by" TEXT,
    at TEXT,
    UNIQUE (outlet, folded)
);
CREATE TABLE furniture_learned (            -- up to which version an outlet's lines are learned
    outlet TEXT PRIMARY KEY,
    version_id INTEGER NOT NULL
) WITHOUT ROWID
"""


def first(database: Database) -> None:
    """The tables of the first release."""
    _execute(database, _FIRST)


def second(database: Database) -> None:
    """Sources of every kind, corrections by people, the memory of the web."""
    _execute(database, _SECOND)


def mutes(database: Database) -> None:
    """Unanswered questions that were muted."""
    _execute(database, _MUTES)


def erasures(database: Database) -> None:
    """Articles that were erased for good."""
    _execute(database, _ERASURES)


def furniture(database: Database) -> None:
    """The recurring lines of outlets."""
    _execute(database, _FURNITURE)


def _execute(database: Database, statements: str) -> None:
    for statement in statements.split(";\n"):
        if statement.strip():
            database.execute(statement)


MIGRATIONS: tuple[Migration, ...] = (first, second, mutes, furniture, erasures)
