"""Sources in the database: which there are, how many articles each listed, how each reading of one went."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlite_utils import Database

from index.datatypes import RunOutcome, SourceKind, SourceRun, SourceSpec
from index.store.articles import now

UNEVENTFUL_FOR = timedelta(days=90)
"""How long a reading that found nothing new stays in the history."""


def add(db: Database, spec: SourceSpec) -> int:
    """The id of a source, known from now on; its kind and name are those given last.

    A channel that its owner gave no name keeps the one it has in Telegram.
    """
    db.execute(
        "INSERT INTO sources(path, kind, name) VALUES (?, ?, ?) ON CONFLICT(path) DO UPDATE SET kind = excluded.kind,"
        " name = iif(excluded.kind = 'channel' AND excluded.name = '', name, excluded.name)",
        (spec.location, spec.kind, spec.name),
    )
    return int(db.execute("SELECT id FROM sources WHERE path = ?", (spec.location,)).fetchone()[0])


def find(db: Database, location: str) -> int | None:
    """The id of the source at `location`, None where it was never read."""
    row = db.execute("SELECT id FROM sources WHERE path = ?", (location,)).fetchone()
    return int(row[0]) if row else None


def handle(db: Database, source_id: int) -> str | None:
    """The public name of the channel that a source is, None where it has none or it is not known."""
    row = db.execute("SELECT handle FROM sources WHERE id = ?", (source_id,)).fetchone()
    return row[0] if row else None


def set_handle(db: Database, source_id: int, handle: str | None) -> None:
    """Note the public name of the channel that a source is."""
    db.execute("UPDATE sources SET handle = ? WHERE id = ?", (handle, source_id))


def by_handle(db: Database, handle: str) -> int | None:
    """The id of the channel of that public name, None where none is known."""
    row = db.execute("SELECT id FROM sources WHERE handle = ? COLLATE NOCASE ORDER BY id", (handle,)).fetchone()
    return int(row[0]) if row else None


def every(db: Database) -> tuple[SourceSpec, ...]:
    """All known sources, in the order they came."""
    rows = db.execute("SELECT path, kind, name FROM sources ORDER BY id")
    return tuple(SourceSpec(path, SourceKind(kind), name) for path, kind, name in rows)


def listed(db: Database, source_id: int) -> int:
    """How many articles the source listed when it was last read completely."""
    return int(db.execute("SELECT listed FROM sources WHERE id = ?", (source_id,)).fetchone()[0])


def completed(db: Database, source_id: int, listed: int) -> None:
    """Note that the source was read completely and listed so many articles."""
    db.execute("UPDATE sources SET listed = ?, read_at = ? WHERE id = ?", (listed, now(), source_id))


def articles_of(db: Database, source_id: int) -> int:
    """How many of its articles can be found."""
    query = "SELECT count(*) FROM articles WHERE source_id = ? AND removed_at IS NULL"
    return int(db.execute(query, (source_id,)).fetchone()[0])


def begun(db: Database, source_id: int) -> datetime | None:
    """When the source was read first."""
    row = db.execute("SELECT min(at) FROM source_runs WHERE source_id = ?", (source_id,)).fetchone()
    return datetime.fromisoformat(row[0]) if row[0] else None


def news(db: Database, source_id: int, limit: int = 2_000) -> tuple[datetime, ...]:
    """When the source brought something new or changed, the latest times first."""
    rows = db.execute(
        "SELECT at FROM source_runs WHERE source_id = ? AND added + changed > 0 ORDER BY id DESC LIMIT ?",
        (source_id, limit),
    )
    return tuple(datetime.fromisoformat(row[0]) for row in rows)


def note_run(db: Database, source_id: int, run: SourceRun) -> None:
    """Add a reading to the history of its source. Readings that found nothing new are forgotten after a while."""
    counts = (run.added, run.changed, run.unchanged, run.removed, run.failed)
    db.execute(
        "INSERT INTO source_runs(source_id, at, outcome, added, changed, unchanged, removed, failed, reason)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (source_id, run.at.isoformat(timespec="seconds"), run.outcome, *counts, run.reason),
    )
    long_ago = (run.at - UNEVENTFUL_FOR).isoformat(timespec="seconds")
    db.execute(
        "DELETE FROM source_runs WHERE source_id = ? AND at < ? AND outcome = 'done'"
        " AND added + changed + removed + failed = 0",
        (source_id, long_ago),
    )


def history(db: Database, location: str, limit: int = 100) -> tuple[SourceRun, ...]:
    """The latest readings of a source, the newest first."""
    rows = db.execute(
        "SELECT s.path, s.kind, s.name, r.at, r.outcome, r.added, r.changed, r.unchanged, r.removed, r.failed, r.reason"
        " FROM source_runs r JOIN sources s ON s.id = r.source_id WHERE s.path = ? ORDER BY r.id DESC LIMIT ?",
        (location, limit),
    )
    return tuple(
        SourceRun(
            *counts,
            source=SourceSpec(path, SourceKind(kind), name),
            at=datetime.fromisoformat(at),
            outcome=RunOutcome(outcome),
            reason=reason,
        )
        for path, kind, name, at, outcome, *counts, reason in rows
    )
