"""The recurring lines of outlets in the database: what was learned of them, what people decided, which are dropped."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from index.datatypes import FurnitureLine, Label, LabelledSpan
from index.errors import NotFound
from index.store.articles import now

_OUTLET = "json_extract(v.metadata, '$.outlet')"
_DROPPED = "(decision = 'drop' OR (decision IS NULL AND learned = 1))"


@dataclass(frozen=True, slots=True)
class Page:
    """An article's current version, as far as its lines go. `story` is the digest of its prose."""

    article_id: int
    version_id: int
    text: str
    labels: tuple[LabelledSpan, ...]
    story: str
    title: str
    lang: str


def outlets(db: Database) -> list[tuple[str, int, int]]:
    """(outlet, its articles, those that came or changed since its lines were learned), by name."""
    rows = db.execute(
        f"SELECT {_OUTLET} AS named, count(*), sum(v.id > coalesce(l.version_id, 0)) FROM articles a"
        " JOIN versions v ON v.id = a.version_id"
        f" LEFT JOIN furniture_learned l ON l.outlet = {_OUTLET}"
        " WHERE a.removed_at IS NULL AND named IS NOT NULL GROUP BY named ORDER BY named"
    )
    return [(outlet, count, new) for outlet, count, new in rows]


def pages(db: Database, outlet: str) -> Iterator[Page]:
    """The articles of an outlet, one after the other."""
    rows = db.execute(
        "SELECT a.id, v.id, v.text, v.labels, v.story, json_extract(v.metadata, '$.title', '$.lang')"
        " FROM articles a JOIN versions v ON v.id = a.version_id"
        f" WHERE a.removed_at IS NULL AND {_OUTLET} = ? ORDER BY a.id",
        (outlet,),
    )
    kinds = {label.value: label for label in Label}
    for article_id, version_id, text, labels, story, known in rows:
        spans = tuple(LabelledSpan(start, end, kinds[label]) for start, end, label in json.loads(labels))
        yield Page(article_id, version_id, text, spans, story, *json.loads(known))


def learned(db: Database, outlet: str, version_id: int, found: Sequence[tuple[str, str, int, bool]]) -> None:
    """Remember an outlet's recurring lines: (folded, line, stories, whether it is furniture).

    What people decided stays; lines that recur no longer and were not decided on are forgotten.
    """
    db.execute("UPDATE furniture SET learned = 0, stories = 0 WHERE outlet = ?", (outlet,))
    db.conn.executemany(
        "INSERT INTO furniture(outlet, folded, line, stories, learned) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET stories = excluded.stories, learned = excluded.learned",
        [(outlet, folded, line, stories, int(verdict)) for folded, line, stories, verdict in found],
    )
    db.execute("DELETE FROM furniture WHERE outlet = ? AND stories = 0 AND decision IS NULL", (outlet,))
    db.execute(
        "INSERT INTO furniture_learned VALUES (?, ?) ON CONFLICT DO UPDATE SET version_id = excluded.version_id",
        (outlet, version_id),
    )


def forget(db: Database) -> None:
    """Take back everything that was learned; what people decided stays."""
    db.execute("UPDATE furniture SET learned = 0")
    db.execute("DELETE FROM furniture_learned")


def dropped(db: Database, outlet: str | None) -> frozenset[str]:
    """The lines of an outlet that are furniture now, folded."""
    rows = db.execute(f"SELECT folded FROM furniture WHERE outlet = ? AND {_DROPPED}", (outlet,))
    return frozenset(row[0] for row in rows)


def every(db: Database) -> dict[str, frozenset[str]]:
    """The lines that are furniture now, folded, of every outlet that has some."""
    found: dict[str, set[str]] = {}
    for outlet, folded in db.execute(f"SELECT outlet, folded FROM furniture WHERE {_DROPPED}"):
        found.setdefault(outlet, set()).add(folded)
    return {outlet: frozenset(folded) for outlet, folded in found.items()}


def lines(db: Database, outlet: str | None = None) -> tuple[FurnitureLine, ...]:
    """The recurring lines of one outlet (any case), or of all: those dropped first, then the most frequent."""
    rows = db.execute(
        f"SELECT id, outlet, line, stories, {_DROPPED}, decision IS NOT NULL FROM furniture"
        " WHERE ? IS NULL OR lower(outlet) = lower(?) ORDER BY 5 DESC, stories DESC, id",
        (outlet, outlet),
    )
    return tuple(FurnitureLine(id_, name, line, n, bool(out), bool(said)) for id_, name, line, n, out, said in rows)


def decide(db: Database, line_id: int, decision: str | None, by: str) -> tuple[FurnitureLine, str]:
    """Note what a person decided on a line: "keep", "drop", or None to go by what was learned; with it, folded.

    Raises NotFound.
    """
    row = db.execute("SELECT folded FROM furniture WHERE id = ?", (line_id,)).fetchone()
    if row is None:
        raise NotFound(f"There is no line {line_id}; `furniture` lists them.")
    db.execute(
        'UPDATE furniture SET decision = ?, "by" = ?, at = ? WHERE id = ?', (decision, by, decision and now(), line_id)
    )
    return next(one for one in lines(db) if one.id == line_id), row[0]
