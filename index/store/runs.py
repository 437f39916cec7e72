"""Indexing runs in the database: one at a time by a lease row, watched and cancelled from any process."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlite_utils import Database

from index.datatypes import Failure, IndexReport, Phase, Progress, Run, RunKind, RunOutcome, RunRecord
from index.errors import RunBusy
from index.store.articles import now

DEAD_AFTER = timedelta(seconds=60)
TAKES_KEPT = timedelta(days=2)  # a channel takes in posts all day: the history of its source keeps what they brought

_COLUMNS = 'id, kind, "by", pid, started, heartbeat, progress'


def begin(db: Database, kind: RunKind, by: str) -> int:
    """Take the lease; a dead holder's is taken over. Raises RunBusy where a run is alive."""
    running = current(db)
    if running is not None:
        raise RunBusy(
            f"Another run is under way ({running.kind}, since {running.started:%H:%M} UTC): wait for it or cancel it."
        )
    bury_dead(db)
    db.execute("DELETE FROM runs WHERE kind = 'take' AND ended < ?", (_ago(TAKES_KEPT),))
    moment = now()
    try:
        cursor = db.execute(
            'INSERT INTO runs(kind, "by", pid, started, heartbeat, progress) VALUES (?, ?, ?, ?, ?, ?)',
            (kind, by, os.getpid(), moment, moment, json.dumps(asdict(Progress()))),
        )
    except sqlite3.IntegrityError:
        raise RunBusy("Another run has just begun: wait for it or cancel it.") from None
    return int(cursor.lastrowid or 0)


def beat(db: Database, run_id: int, progress: Progress) -> bool:
    """Say that the run is alive and how far it is; returns False where it was asked to stop or lost its lease."""
    db.execute(
        "UPDATE runs SET heartbeat = ?, progress = ? WHERE id = ? AND ended IS NULL",
        (now(), json.dumps(asdict(progress)), run_id),
    )
    row = db.execute("SELECT cancel, ended FROM runs WHERE id = ?", (run_id,)).fetchone()
    return row is not None and not row[0] and row[1] is None


def finish(db: Database, run_id: int, outcome: RunOutcome, report: IndexReport | None) -> None:
    """Give the lease back."""
    db.execute(
        "UPDATE runs SET ended = ?, outcome = ?, report = ? WHERE id = ? AND ended IS NULL",
        (now(), outcome, _report_row(report) if report else None, run_id),
    )


def drop(db: Database, run_id: int) -> None:
    """Give the lease back, and leave no record."""
    db.execute("DELETE FROM runs WHERE id = ?", (run_id,))


def forget_titles(db: Database, titles: Sequence[str]) -> None:
    """Take these headlines out of what earlier runs reported."""
    wanted = [title for title in titles if title]
    for id_, report in db.execute("SELECT id, report FROM runs WHERE report IS NOT NULL").fetchall():
        if any(json.dumps(title, ensure_ascii=False)[1:-1] in report for title in wanted):
            row = json.loads(report)
            for name in ("warnings", "added_titles", "changed_titles", "removed_titles"):
                row[name] = [one for one in row.get(name, []) if not any(title in one for title in wanted)]
            db.execute("UPDATE runs SET report = ? WHERE id = ?", (json.dumps(row, ensure_ascii=False), id_))


def cancel(db: Database) -> bool:
    """Ask the run in progress to stop; False where none is alive. Taking in what was submitted is not stopped."""
    running = current(db)
    if running is None or running.kind is RunKind.TAKE:
        return False
    db.execute("UPDATE runs SET cancel = 1 WHERE id = ?", (running.id,))
    return True


def current(db: Database) -> Run | None:
    """The run in progress in any process, None where there is none or its process died."""
    row = db.execute(f"SELECT {_COLUMNS} FROM runs WHERE ended IS NULL").fetchone()
    if row is None or not _alive(row):
        return None
    id_, kind, by, pid, started, _, progress = row
    return Run(id_, RunKind(kind), by, pid, datetime.fromisoformat(started), _progress(progress))


def last(db: Database) -> RunRecord | None:
    """The run that ended last; taking in single articles that were submitted is none."""
    row = db.execute(
        "SELECT id, kind, \"by\", started, ended, outcome, report FROM runs WHERE ended IS NOT NULL AND kind <> 'take'"
        " ORDER BY ended DESC, id DESC LIMIT 1"
    ).fetchone()
    if row is None:
        return None
    id_, kind, by, started, ended, outcome, report = row
    return RunRecord(
        id_,
        RunKind(kind),
        by,
        datetime.fromisoformat(started),
        datetime.fromisoformat(ended),
        RunOutcome(outcome),
        _report(report),
    )


def bury_dead(db: Database) -> None:
    """Close the rows of runs whose process died."""
    for row in db.execute(f"SELECT {_COLUMNS} FROM runs WHERE ended IS NULL").fetchall():
        if not _alive(row):
            db.execute("UPDATE runs SET ended = heartbeat, outcome = 'died' WHERE id = ?", (row[0],))


def _ago(span: timedelta) -> str:
    return (datetime.now(UTC) - span).isoformat(timespec="seconds")


def _alive(row: Sequence[Any]) -> bool:
    """A process on this machine that exists, or a heartbeat young enough to come from another machine."""
    pid, heartbeat = row[3], datetime.fromisoformat(row[5])
    fresh = datetime.now(UTC) - heartbeat < DEAD_AFTER
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return fresh
    return fresh


def _progress(text: str) -> Progress:
    row: dict[str, Any] = json.loads(text)
    return Progress(**{**row, "phase": Phase(row["phase"])})


def _report_row(report: IndexReport) -> str:
    """A report as it is kept; how many things failed follows from the failures."""
    row = asdict(report)
    del row["failed"]
    return json.dumps(row, ensure_ascii=False)


def _report(text: str | None) -> IndexReport | None:
    if text is None:
        return None
    row: dict[str, Any] = json.loads(text)
    row["failures"] = tuple(Failure(**failure) for failure in row["failures"])
    for name in ("warnings", "added_titles", "changed_titles", "removed_titles"):
        row[name] = tuple(row[name])
    return IndexReport(**row)
