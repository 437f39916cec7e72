"""Passages in the database: what search runs over. Their search terms are kept by the full-text index."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from index.datatypes import Label, Passage, Span
from index.store.fts5 import full_text
from index.store.full_text import Entry


@dataclass(frozen=True, slots=True)
class Drafted:
    """A passage about to be stored: its range, its search terms (joined by spaces), the text to be embedded."""

    span: Span
    label: Label
    title_terms: str
    terms: str
    embedded: str


@dataclass(frozen=True, slots=True)
class Found:
    """A stored passage with its article and its search terms, as ranking needs it."""

    passage: Passage
    article_id: int
    title_terms: str
    terms: str
    text: str


def put(db: Database, version_id: int, drafts: Sequence[Drafted]) -> None:
    """Store the passages of a version; they can be found by text when the transaction ends."""
    for draft in drafts:
        length = len(draft.title_terms.split()) + len(draft.terms.split())
        cursor = db.execute(
            'INSERT INTO passages(version_id, start, "end", label, length, input) VALUES (?, ?, ?, ?, ?, ?)',
            (version_id, draft.span.start, draft.span.end, draft.label, length, input_digest(draft.embedded)),
        )
        full_text(db).add([Entry(int(cursor.lastrowid or 0), draft.title_terms, draft.terms)])


def clear(db: Database, article_id: int) -> int:
    """Take all passages of an article out of search; returns how many there were."""
    ids = [
        row[0]
        for row in db.execute(
            "SELECT p.id FROM passages p JOIN versions v ON v.id = p.version_id WHERE v.article_id = ?", (article_id,)
        )
    ]
    full_text(db).remove(ids)
    for passage_id in ids:
        db.execute("DELETE FROM passages WHERE id = ?", (passage_id,))
    return len(ids)


def inputs(db: Database, article_id: int) -> list[bytes]:
    """The keys of the vectors of an article's passages."""
    rows = db.execute(
        "SELECT DISTINCT p.input FROM passages p JOIN versions v ON v.id = p.version_id WHERE v.article_id = ?",
        (article_id,),
    )
    return [row[0] for row in rows]


def catalogue(db: Database) -> list[tuple[int, int, str, int]]:
    """(passage id, article id, label, number of terms) of every passage, by id."""
    rows = db.execute(
        "SELECT p.id, v.article_id, p.label, p.length FROM passages p JOIN versions v ON v.id = p.version_id"
        " ORDER BY p.id"
    )
    return [(id_, article_id, label, length) for id_, article_id, label, length in rows]


def count(db: Database) -> int:
    """How many passages can be found."""
    return int(db.execute("SELECT count(*) FROM passages").fetchone()[0])


def found(db: Database, passage_ids: Sequence[int]) -> dict[int, Found]:
    """Passages with their terms and their text, of visible articles, by id; what is gone is left out."""
    marks = ",".join("?" * len(passage_ids))
    rows = db.execute(
        'SELECT p.id, p.version_id, p.start, p."end", p.label, v.article_id,'
        ' substr(v.text, p.start + 1, p."end" - p.start)'
        " FROM passages p JOIN versions v ON v.id = p.version_id JOIN articles a ON a.id = v.article_id"
        f" WHERE a.removed_at IS NULL AND p.id IN ({marks})",
        tuple(passage_ids),
    )
    entries = full_text(db).entries(passage_ids)
    return {
        id_: Found(
            Passage(id_, version_id, Span(start, end), Label(label)),
            article_id,
            entries[id_].title,
            entries[id_].body,
            text,
        )
        for id_, version_id, start, end, label, article_id, text in rows
        if id_ in entries
    }


def add_surfaces(db: Database, counts: Counter[tuple[str, str]]) -> None:
    """Remember how words are written in the archive: (term, surface) and how often."""
    db.conn.executemany(
        "INSERT INTO surfaces VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count",
        ((term, surface, times) for (term, surface), times in counts.items()),
    )


def drop_surfaces(db: Database, counts: Counter[tuple[str, str]]) -> None:
    """Take back what `add_surfaces` added, and every surface of a term that no passage holds any more."""
    for (term, surface), times in counts.items():
        db.execute(
            "UPDATE surfaces SET count = max(1, count - ?) WHERE term = ? AND surface = ?", (times, term, surface)
        )
    for term, documents in full_text(db).frequencies(term for term, _ in counts).items():
        if not documents:
            db.execute("DELETE FROM surfaces WHERE term = ?", (term,))


def vocabulary(db: Database) -> Iterator[tuple[str, str, int]]:
    """Every term of the archive, the form it is mostly written in as a name (else the term), its number of passages."""
    written = {
        term: surface for term, surface, _ in db.execute("SELECT term, surface, max(count) FROM surfaces GROUP BY 1")
    }
    for term, documents in full_text(db).vocabulary():
        yield term, written.get(term, term), documents


def input_digest(embedded: str) -> bytes:
    """The key of a vector: sha256 of the very text that is embedded."""
    return hashlib.sha256(embedded.encode()).digest()
