"""Vectors in the database: the work queue of the embedder and the source of every FAISS index."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class Pending:
    """A text waiting for its vector: the key, the title, the passage's text."""

    input: bytes
    title: str
    text: str


def model_id(db: Database, fingerprint: str, name: str) -> int:
    """The number of a model, given it if it is new."""
    db.execute("INSERT OR IGNORE INTO models(fingerprint, name) VALUES (?, ?)", (fingerprint, name))
    return int(db.execute("SELECT id FROM models WHERE fingerprint = ?", (fingerprint,)).fetchone()[0])


def find_model(db: Database, fingerprint: str) -> int | None:
    """The number of a model, None where it never made a vector here."""
    row = db.execute("SELECT id FROM models WHERE fingerprint = ?", (fingerprint,)).fetchone()
    return int(row[0]) if row else None


_WAITING = """
    FROM passages p JOIN versions v ON v.id = p.version_id JOIN articles a ON a.id = v.article_id
    WHERE a.removed_at IS NULL AND json_extract(v.metadata, '$.lang') IN ({langs})
    AND NOT EXISTS (SELECT 1 FROM vectors w WHERE w.input = p.input AND w.model_id = ?)
"""


def queue(db: Database, model: int, languages: Iterable[str]) -> list[int]:
    """The ids of the passages without a vector by this model, in the languages it declares, the longest first.

    Sorted by length over the whole queue, a batch needs next to no padding.
    """
    chosen = tuple(languages)
    rows = db.execute(
        "SELECT min(p.id)" + _waiting(chosen) + 'GROUP BY p.input ORDER BY p."end" - p.start DESC, p.id',
        (*chosen, model),
    )
    return [row[0] for row in rows]


def texts(db: Database, passage_ids: Sequence[int]) -> list[Pending]:
    """What is to be embedded for these passages; those gone meanwhile are left out."""
    marks = ",".join("?" * len(passage_ids))
    rows = db.execute(
        "SELECT p.input, coalesce(json_extract(e.fields, '$.title'), json_extract(v.metadata, '$.title')),"
        ' substr(v.text, p.start + 1, p."end" - p.start) FROM passages p JOIN versions v ON v.id = p.version_id'
        f" LEFT JOIN edits e ON e.article_id = v.article_id WHERE p.id IN ({marks})",
        tuple(passage_ids),
    )
    return [Pending(*row) for row in rows]


def pending_count(db: Database, model: int | None, languages: Iterable[str]) -> int:
    """How many passages wait for a vector by this model."""
    chosen = tuple(languages)
    query = "SELECT count(*)" + _waiting(chosen)
    return int(db.execute(query, (*chosen, model if model is not None else -1)).fetchone()[0])


def _waiting(languages: Sequence[str]) -> str:
    return _WAITING.format(langs=",".join("?" * len(languages)))


def put(db: Database, model: int, inputs: Sequence[bytes], vectors: NDArray[np.float32]) -> None:
    """Store vectors, float32 rows of unit length in the order of `inputs`."""
    rows = ((key, model, vector.astype("<f4").tobytes()) for key, vector in zip(inputs, vectors, strict=True))
    db.conn.executemany("INSERT OR REPLACE INTO vectors(input, model_id, vector) VALUES (?, ?, ?)", rows)


def ready(db: Database, model: int) -> NDArray[np.int64]:
    """The ids of all passages that have a vector by this model, ascending."""
    rows = db.execute(
        "SELECT p.id FROM passages p WHERE EXISTS"
        " (SELECT 1 FROM vectors w WHERE w.input = p.input AND w.model_id = ?) ORDER BY p.id",
        (model,),
    ).fetchall()
    return np.fromiter((row[0] for row in rows), np.int64, len(rows))


def load(
    db: Database, model: int, passage_ids: NDArray[np.int64] | None, dimension: int
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The vectors of these passages (all that are ready where None): ids (n,), rows (n, dimension) float32."""
    query = "SELECT p.id, w.vector FROM passages p JOIN vectors w ON w.input = p.input AND w.model_id = ?"
    if passage_ids is None:
        rows = db.execute(query + " ORDER BY p.id", (model,)).fetchall()
    else:
        rows = []
        for start in range(0, len(passage_ids), 500):
            some = [int(id_) for id_ in passage_ids[start : start + 500]]
            marks = ",".join("?" * len(some))
            rows += db.execute(query + f" WHERE p.id IN ({marks}) ORDER BY p.id", (model, *some)).fetchall()
    ids = np.fromiter((row[0] for row in rows), np.int64, len(rows))
    matrix = np.frombuffer(b"".join(row[1] for row in rows), dtype="<f4").reshape(len(rows), dimension)
    return ids, matrix


def drop(db: Database, inputs: Sequence[bytes]) -> None:
    """Delete these vectors, but for those that a passage points to."""
    db.conn.executemany(
        "DELETE FROM vectors WHERE input = ? AND NOT EXISTS (SELECT 1 FROM passages p WHERE p.input = vectors.input)",
        [(key,) for key in inputs],
    )


def sweep(db: Database) -> int:
    """Delete vectors no passage points to any more; returns how many."""
    cursor = db.execute(
        "DELETE FROM vectors WHERE rowid IN (SELECT w.rowid FROM vectors w"
        " WHERE NOT EXISTS (SELECT 1 FROM passages p WHERE p.input = w.input))"
    )
    return int(cursor.rowcount)
