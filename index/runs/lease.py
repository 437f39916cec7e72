"""One run at a time, in whichever process: the lease a run holds, its heartbeat, its report, its end.

Called by the archive, which does its work inside `Lease.run`. The lease is a row of the database, so that every process
sees the run, may ask it to stop, and takes over what a dead one held. Must not know what a run does.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import monotonic, sleep

from index.datatypes import IndexReport, Progress, Run, RunKind, RunOutcome
from index.errors import RunBusy, StoreError
from index.runs.ingest import Beat, Cancelled, Tally
from index.store import passages, runs
from index.store.database import connect, transaction

TAKE_PATIENCE = 10.0  # seconds that a run waits for the end of taking in what was submitted

log = logging.getLogger(__name__)


@dataclass
class Underway:
    """A run under way: its tally, its heartbeat, in the end its report."""

    tally: Tally
    beat: Beat
    report: IndexReport = field(default_factory=IndexReport)


class Lease:
    """The lease of the archive whose database is at `path`."""

    def __init__(self, path: Path) -> None:
        self._database = path
        self._unfinished: list[int] = []  # runs whose end the database would not take

    @contextmanager
    def run(self, kind: RunKind, by: str, progress: Callable[[Progress], None] | None = None) -> Iterator[Underway]:
        """A run inside its lease: reports itself, and gives the lease back however it ends.

        `progress` is told how far it is. Raises RunBusy where another run is under way.
        """
        run_id = self._begin(kind, by)
        started, outcome = monotonic(), RunOutcome.FAILED
        run = Underway(Tally(), self._beat(run_id, progress))
        try:
            try:
                yield run
                outcome = RunOutcome.DONE
            except Cancelled:
                outcome = RunOutcome.CANCELLED
        finally:
            run.report = run.tally.report(
                passages=0,
                seconds=monotonic() - started,
                dry_run=kind is RunKind.DRY,
                cancelled=outcome is RunOutcome.CANCELLED,
            )
            self._end(run_id, outcome, run)

    @contextmanager
    def alone(self, kind: RunKind, by: str) -> Iterator[None]:
        """While this lasts, no run may begin; it leaves no record. Raises RunBusy where one is under way."""
        with connect(self._database) as db, transaction(db):
            run_id = runs.begin(db, kind, by)
        try:
            yield
        finally:
            with connect(self._database) as db, transaction(db):
                runs.drop(db, run_id)

    def current(self) -> Run | None:
        """The run in progress in any process; taking in what was submitted is none."""
        with connect(self._database) as db:
            running = runs.current(db)
        return None if running is None or running.kind is RunKind.TAKE else running

    def cancel(self) -> bool:
        """Ask the run in progress, in whichever process, to stop; False where there is none."""
        with connect(self._database) as db, transaction(db):
            return runs.cancel(db)

    def _begin(self, kind: RunKind, by: str) -> int:
        """Take the lease; where only a post or a file is being taken in, wait until that is done. Raises RunBusy."""
        patience = monotonic() + TAKE_PATIENCE
        while True:
            try:
                with connect(self._database) as db, transaction(db):
                    while self._unfinished:
                        runs.finish(db, self._unfinished.pop(), RunOutcome.FAILED, None)
                    return runs.begin(db, kind, by)
            except RunBusy:
                if kind is RunKind.TAKE or self.current() is not None or monotonic() > patience:
                    raise
            sleep(0.05)

    def _beat(self, run_id: int, progress: Callable[[Progress], None] | None) -> Beat:
        """Tells the lease row and whoever watches how far the run is; raises Cancelled where it was asked to stop."""

        def beat(now: Progress) -> None:
            with connect(self._database) as db, transaction(db):
                alive = runs.beat(db, run_id, now)
            if progress is not None:
                progress(now)
            if not alive:
                raise Cancelled("The run was asked to stop.")

        return beat

    def _end(self, run_id: int, outcome: RunOutcome, run: Underway) -> None:
        """Give a run's lease back; where the database cannot take that now, the next run does it first."""
        try:
            with connect(self._database) as db:
                run.report = replace(run.report, passages=passages.count(db))
                with transaction(db):
                    runs.finish(db, run_id, outcome, run.report)
        except StoreError as error:
            log.error("The end of run %d could not be noted: %s", run_id, error)
            self._unfinished.append(run_id)
