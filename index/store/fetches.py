"""What the web said of its pages when they were last asked, and which article each address leads to."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from index.datatypes import SourceKind

_COLUMNS = "page, link, ended, key, etag, last_modified, digest, via, title, told, since, at"
# An article of the web may have come from any of its sources; what people submitted has keys of its own.
_WEB_KINDS = ", ".join(f"'{kind}'" for kind in SourceKind if kind.traits.on_web)
_OF_THE_WEB = f"s.kind IN ({_WEB_KINDS})"
_STORED = (
    "EXISTS(SELECT 1 FROM sources s JOIN articles a ON a.source_id = s.id"
    f" WHERE {_OF_THE_WEB} AND a.key = f.key) AS stored"
)


@dataclass(frozen=True, slots=True)
class Fetched:
    """One address as it was last asked.

    `page` is what all its addresses have in common, `link` the one that is asked, `ended` the page that it led to.
    `key` is that of its article, "" for a feed. `via` is "page" or "feed" (which held the whole article). `told` are
    the fields that lists gave for it. `stored` says whether the archive has the article.
    """

    page: str
    link: str
    ended: str
    key: str
    digest: str
    since: datetime
    at: datetime
    etag: str = ""
    last_modified: str = ""
    via: str = "page"
    title: str = ""
    told: Mapping[str, Any] = field(default_factory=dict)
    stored: bool = False


def find(db: Database, page: str) -> Fetched | None:
    """What is known of an address, also by where another one led; None where it was never asked."""
    return _first(db, "page", page) or _first(db, "ended", page)


def keyed(db: Database, key: str) -> Fetched | None:
    """What is known of an article: the address that it was first read from."""
    return _first(db, "key", key)


def _first(db: Database, column: str, value: str) -> Fetched | None:
    query = f"SELECT {_COLUMNS}, {_STORED} FROM fetches f WHERE f.{column} = ? ORDER BY f.since, f.page LIMIT 1"
    row = db.execute(query, (value,)).fetchone()
    return _fetched(row) if row else None


def another(db: Database, known: Fetched) -> Fetched | None:
    """Another address of the same article, None where there is none."""
    row = db.execute(
        f"SELECT {_COLUMNS}, {_STORED} FROM fetches f WHERE f.key = ? AND f.page != ? AND f.via = 'page'"
        " ORDER BY f.since, f.page LIMIT 1",
        (known.key, known.page),
    ).fetchone()
    return _fetched(row) if row else None


def of_source(db: Database, location: str) -> list[Fetched]:
    """All addresses of the articles that a source has, those asked longest ago first; removed articles are left out."""
    rows = db.execute(
        f"SELECT {_COLUMNS}, 1 FROM fetches f WHERE f.via = 'page' AND f.key IN (SELECT a.key FROM articles a"
        " JOIN sources s ON s.id = a.source_id WHERE s.path = ? AND a.removed_at IS NULL)"
        " ORDER BY f.at, f.page",
        (location,),
    )
    return [_fetched(row) for row in rows]


def titled(db: Database, title: str, host: str) -> list[Fetched]:
    """The stored pages of a host ("news.example") with just this headline; three at most."""
    rows = db.execute(
        f"SELECT * FROM (SELECT {_COLUMNS}, {_STORED} FROM fetches f WHERE f.title = ? AND f.via = 'page'"
        " AND substr(f.page, 1, ?) = ?) WHERE stored LIMIT 3",
        (title, len(host) + 1, f"{host}/"),
    )
    return [_fetched(row) for row in rows]


def are_stored(db: Database, keys: Sequence[str]) -> bool:
    """Whether the archive has all articles of these keys from the web."""
    query = f"SELECT 1 FROM sources s JOIN articles a ON a.source_id = s.id WHERE {_OF_THE_WEB} AND a.key = ?"
    return all(db.execute(query, (key,)).fetchone() for key in keys)


def put(db: Database, one: Fetched) -> None:
    """Remember what an address said; of an article that an editor removed no words."""
    removed = is_removed(db, one.key)
    told = "{}" if removed else json.dumps(one.told, ensure_ascii=False, sort_keys=True)
    title = "" if removed else one.title
    values = (one.page, one.link, one.ended, one.key, one.etag, one.last_modified, one.digest, one.via, title)
    moments = (one.since.isoformat(timespec="seconds"), one.at.isoformat(timespec="seconds"))
    db.execute(
        f"INSERT OR REPLACE INTO fetches({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*values, told, *moments),
    )


def is_removed(db: Database, key: str) -> bool:
    """Whether an editor removed the article."""
    query = (
        "SELECT 1 FROM sources s JOIN articles a ON a.source_id = s.id"
        f" WHERE {_OF_THE_WEB} AND a.key = ? AND a.removed_at IS NOT NULL"
    )
    return db.execute(query, (key,)).fetchone() is not None


def hollow(db: Database, article_id: int) -> None:
    """Erase the words that are known of an article besides its text."""
    query = "UPDATE fetches SET title = '', told = '{}' WHERE key IN (SELECT key FROM articles WHERE id = ?)"
    db.execute(query, (article_id,))


def forget_page(db: Database, page: str) -> None:
    """Erase what is known of one address."""
    db.execute("DELETE FROM fetches WHERE page = ?", (page,))


def forget(db: Database, keys: Sequence[str]) -> None:
    """Erase what is known of articles that are gone."""
    for key in keys:
        db.execute("DELETE FROM fetches WHERE key = ?", (key,))


def _fetched(row: Sequence[Any]) -> Fetched:
    page, link, ended, key, etag, modified, digest, via, title, told, since, at, stored = row
    return Fetched(
        page,
        link,
        ended,
        key,
        digest,
        datetime.fromisoformat(since),
        datetime.fromisoformat(at),
        etag,
        modified,
        via,
        title,
        json.loads(told),
        bool(stored),
    )
