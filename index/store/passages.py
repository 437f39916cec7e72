"""Passages and their full text in the database: what search runs over."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from index.datatypes import Label, Passage, Span


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
        db.execute(
            "INSERT INTO passages_fts(rowid, title, body) VALUES (?, ?, ?)",
            (cursor.lastrowid, draft.title_terms, draft.terms),
        )


def clear(db: Database, article_id: int) -> int:
    """Take all passages of an article out of search; returns how many there were."""
    ids = [
        row[0]
        for row in db.execute(
            "SELECT p.id FROM passages p JOIN versions v ON v.id = p.version_id WHERE v.article_id = ?", (article_id,)
        )
    ]
    for passage_id in ids:
        db.execute("DELETE FROM passages_fts WHERE rowid = ?", (passage_id,))
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


def search(db: Database, terms: Iterable[str], limit: int, allowed: Callable[[int], bool]) -> list[tuple[int, float]]:
    """The passages that hold any of the terms, best BM25 first: (passage id, score), higher is better.

    `allowed` restricts before the cut. A question is never full-text syntax: every term is quoted.
    """
    match = match_expression(terms)
    if not match:
        return []
    db.conn.create_function("allowed", 1, allowed, deterministic=True)
    rows = db.execute(
        "SELECT rowid, -bm25(passages_fts) AS score FROM passages_fts"
        " WHERE passages_fts MATCH ? AND allowed(rowid) ORDER BY score DESC, rowid LIMIT ?",
        (match, limit),
    )
    return [(id_, score) for id_, score in rows]


def holding_all(db: Database, wanted: Iterable[Sequence[str]], allowed: Callable[[int], bool]) -> list[int]:
    """The ids of the passages that hold, in headline or body, at least one term of every group in `wanted`."""
    groups = [match_expression(group) for group in wanted]
    if not all(groups):
        return []
    db.conn.create_function("allowed", 1, allowed, deterministic=True)
    rows = db.execute(
        "SELECT rowid FROM passages_fts WHERE passages_fts MATCH ? AND allowed(rowid) ORDER BY rowid",
        (" AND ".join(f"({group})" for group in groups),),
    )
    return [row[0] for row in rows]


def match_expression(terms: Iterable[str]) -> str:
    """Any of the terms, each quoted so that nothing in a question can be read as syntax."""
    return " OR ".join('"' + term.replace('"', '""') + '"' for term in dict.fromkeys(terms) if term)


def frequencies(db: Database, terms: Iterable[str]) -> dict[str, int]:
    """In how many passages each term stands; 0 where in none."""
    wanted = list(dict.fromkeys(terms))
    marks = ",".join("?" * len(wanted))
    rows = db.execute(f"SELECT term, doc FROM passages_vocab WHERE term IN ({marks})", wanted)
    known = dict(rows.fetchall())
    return {term: int(known.get(term, 0)) for term in wanted}


def found(db: Database, passage_ids: Sequence[int]) -> dict[int, Found]:
    """Passages with their terms and their text, of visible articles, by id; what is gone is left out."""
    marks = ",".join("?" * len(passage_ids))
    rows = db.execute(
        'SELECT p.id, p.version_id, p.start, p."end", p.label, v.article_id, f.title, f.body,'
        ' substr(v.text, p.start + 1, p."end" - p.start)'
        " FROM passages p JOIN versions v ON v.id = p.version_id JOIN articles a ON a.id = v.article_id"
        f" JOIN passages_fts f ON f.rowid = p.id WHERE a.removed_at IS NULL AND p.id IN ({marks})",
        tuple(passage_ids),
    )
    return {
        id_: Found(Passage(id_, version_id, Span(start, end), Label(label)), article_id, title, body, text)
        for id_, version_id, start, end, label, article_id, title, body, text in rows
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
    for term in {term for term, _ in counts}:
        if not frequencies(db, [term])[term]:
            db.execute("DELETE FROM surfaces WHERE term = ?", (term,))


def optimize(db: Database) -> None:
    """Rewrite the full-text index, so that it holds no trace of what was taken out."""
    db.execute("INSERT INTO passages_fts(passages_fts) VALUES ('optimize')")


def vocabulary(db: Database) -> Iterator[tuple[str, str, int]]:
    """Every term of the archive, the form it is mostly written in as a name (else the term), its number of passages."""
    written = {
        term: surface for term, surface, _ in db.execute("SELECT term, surface, max(count) FROM surfaces GROUP BY 1")
    }
    for term, documents in db.execute("SELECT term, doc FROM passages_vocab"):
        yield term, written.get(term, term), documents


def input_digest(embedded: str) -> bytes:
    """The key of a vector: sha256 of the very text that is embedded."""
    return hashlib.sha256(embedded.encode()).digest()
