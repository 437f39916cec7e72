"""What was submitted one by one, as it came: posts of a channel, files and links from editors. Kept for good.

A full run reads it again from here, so that one backup of the database holds all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlite_utils import Database

from index.datatypes import SourceSpec, Submission
from index.store import edits, sources


@dataclass(frozen=True, slots=True)
class Kept:
    """A submission in the database. `linked` is the page it does nothing but link to, as it was read."""

    id: int
    submission: Submission
    digest: str
    linked: bytes | None
    waits: bool


def put(db: Database, source_id: int, one: Submission) -> None:
    """Keep a submission, in place of the one of that key; it waits to be taken in, unless nothing of it changed."""
    known = db.execute(
        "SELECT digest, edit, replaces FROM submissions WHERE source_id = ? AND key = ?", (source_id, one.key)
    ).fetchone()
    edit = edits.dump(one.edit) if one.edit else None
    if known == (one.digest, edit, one.replaces):
        return
    moment = _now()
    due = one.due.astimezone(UTC).isoformat(timespec="milliseconds") if one.due else moment
    db.execute(
        "INSERT INTO submissions(source_id, key, name, data, digest, bundle, edit, replaces, at, due)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(source_id, key) DO UPDATE SET name = excluded.name,"
        " data = excluded.data, digest = excluded.digest, linked = NULL, bundle = excluded.bundle,"
        " edit = excluded.edit, replaces = excluded.replaces, at = excluded.at, due = excluded.due, taken_at = NULL",
        (source_id, one.key, one.name, one.data, one.digest, one.bundle, edit, one.replaces, moment, due),
    )


def drop(db: Database, source_id: int, key: str) -> bool:
    """Erase a submission; False where there is none."""
    row = db.execute("DELETE FROM submissions WHERE source_id = ? AND key = ?", (source_id, key))
    return bool(row.rowcount)


def get(db: Database, source_id: int, key: str) -> Submission | None:
    """One submission by its key."""
    return next((one.submission for one in _rows(db, "source_id = ? AND key = ?", (source_id, key))), None)


def waits(db: Database, source_id: int, key: str) -> bool:
    """Whether a submission was not taken in yet."""
    query = "SELECT 1 FROM submissions WHERE source_id = ? AND key = ? AND taken_at IS NULL"
    return db.execute(query, (source_id, key)).fetchone() is not None


def bundled(db: Database, source_id: int, bundle: str) -> Kept | None:
    """The submission that the parts of a bundle are gathered in."""
    return next(iter(_rows(db, "source_id = ? AND bundle = ?", (source_id, bundle))), None)


def bundles(db: Database, source_id: int) -> Iterator[Kept]:
    """Every submission of a source that came in several parts."""
    return _rows(db, "source_id = ? AND bundle IS NOT NULL", (source_id,))


def every(db: Database, source_id: int, *, waiting: bool = False) -> Iterator[Kept]:
    """The submissions of a source in the order they came; with `waiting`, those that are due and not taken in."""
    if waiting:
        return _rows(db, "source_id = ? AND taken_at IS NULL AND due <= ?", (source_id, _now()))
    return _rows(db, "source_id = ?", (source_id,))


def move(db: Database, id_: int, key: str) -> None:
    """Give a submission another key: the first part of its bundle has come."""
    db.execute("UPDATE submissions SET key = ? WHERE id = ?", (key, id_))


def pending(db: Database, source_id: int) -> list[tuple[int, str]]:
    """(id, digest) of the submissions that are due and not taken in."""
    query = "SELECT id, digest FROM submissions WHERE source_id = ? AND taken_at IS NULL AND due <= ?"
    return db.execute(query, (source_id, _now())).fetchall()


def taken(db: Database, read: Sequence[tuple[int, str]]) -> None:
    """Note that these (id, digest) were taken in; what was replaced meanwhile goes on waiting."""
    moment = _now()
    rows = ((moment, id_, digest) for id_, digest in read)
    db.conn.executemany("UPDATE submissions SET taken_at = ? WHERE id = ? AND digest = ?", rows)


def note_linked(db: Database, id_: int, page: bytes) -> None:
    """Keep the page that a submission does nothing but link to."""
    db.execute("UPDATE submissions SET linked = ? WHERE id = ?", (page, id_))


def waiting(db: Database) -> tuple[SourceSpec, ...]:
    """The sources that have submissions which are due and not taken in."""
    rows = db.execute(
        "SELECT DISTINCT s.path FROM submissions b JOIN sources s ON s.id = b.source_id"
        " WHERE b.taken_at IS NULL AND b.due <= ?",
        (_now(),),
    ).fetchall()
    wanted = {row[0] for row in rows}
    return tuple(spec for spec in sources.every(db) if spec.location in wanted)


def next_due(db: Database) -> datetime | None:
    """When the next submission that waits may be taken in; None where none waits."""
    row = db.execute("SELECT min(due) FROM submissions WHERE taken_at IS NULL").fetchone()
    return datetime.fromisoformat(row[0]) if row[0] else None


def _rows(db: Database, where: str, values: Sequence[object]) -> Iterator[Kept]:
    ids = [row[0] for row in db.execute(f"SELECT id FROM submissions WHERE {where} ORDER BY id", tuple(values))]
    for id_ in ids:  # one at a time: a file has up to 20 MB
        row = db.execute(
            "SELECT key, name, data, bundle, edit, replaces, digest, linked, taken_at FROM submissions WHERE id = ?",
            (id_,),
        ).fetchone()
        if row is not None:
            key, name, data, bundle, edit, replaces, digest, linked, taken_at = row
            one = Submission(key, name, data, bundle, edit=edits.load(edit), replaces=replaces)
            yield Kept(id_, one, digest, linked, taken_at is None)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
