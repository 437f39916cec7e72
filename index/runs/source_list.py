"""The sources of an archive: those that its owner set and those that were read, how each one is, which a run reads.

Called by the archive and by `indexer`.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from index.datatypes import RunOutcome, SourceRun, SourceSpec, SourceState
from index.errors import SourceError
from index.runs.source_alarms import alarms
from index.store import sources
from index.store.database import connect, unchanging, writing

"""What people submit one by one."""


class SourceList:
    """The sources of the archive whose database is at `database`; `owned` are those that its owner set."""

    def __init__(self, database: Path, owned: Sequence[SourceSpec] = ()) -> None:
        self._database = database
        self._owned = {spec.location: spec for spec in owned}

    def every(self, now: datetime) -> tuple[SourceState, ...]:
        """Every source at a glance, those that plain runs read first; what is wrong with each at `now`."""
        with connect(self._database) as db, unchanging(db):
            known = sources.every(db)
            read = self._chosen(known)
            chosen = {one.location for one in read}
            rest = [spec for spec in known if spec.location not in chosen]
            return (
                *(_state(db, spec, now) for spec in read),
                *(replace(_state(db, spec, now), is_read=False, alarms=()) for spec in rest),
            )

    def to_read(self, given: Sequence[Path | SourceSpec] = ()) -> list[SourceSpec]:
        """What a run reads: the sources given, else what plain runs read. SourceError where there is nothing.

        The owner's word on a source counts: a path given is the source that it is in the settings.
        """
        if given:
            specs = [_file_or_folder(one) if isinstance(one, Path) else one for one in given]
            return [self.as_owned(spec) for spec in specs]
        with connect(self._database) as db:
            chosen = self._chosen(sources.every(db))
        if not chosen:
            raise SourceError("There is nothing to index yet: give a file or folder of articles.")
        return chosen

    def as_owned(self, spec: SourceSpec) -> SourceSpec:
        """A source as its owner set it, unchanged where nobody did."""
        return self._owned.get(spec.location, spec)

    def is_owned(self, spec: SourceSpec) -> bool:
        """Whether its owner set a source."""
        return spec.location in self._owned

    def find(self, given: str) -> SourceSpec | None:
        """The source of this name, path or address: the owner's, or one that was read before. None where none is."""
        with connect(self._database) as db:
            known = (*self._owned.values(), *sources.every(db))
        named = (one for one in known if one.name and one.name.casefold() == given.casefold())
        there = (one for one in known if one.location == given and "/" in given)
        return next(named, None) or next(there, None)

    def history(self, location: str, limit: int) -> tuple[SourceRun, ...]:
        """The latest readings of a source, the newest first."""
        with connect(self._database) as db:
            return sources.history(db, location, limit)

    def note_failure(self, spec: SourceSpec, at: datetime, reason: str) -> None:
        """Add a run of a source that broke off to its history, unless the run did that itself since `at`."""
        with writing(self._database) as db:
            last = sources.history(db, spec.location, 1)
            if not last or last[0].at < at.replace(microsecond=0):
                failed = SourceRun(source=spec, at=at, outcome=RunOutcome.FAILED, reason=reason)
                sources.note_run(db, sources.add(db, spec), failed)

    def _chosen(self, known: Sequence[SourceSpec]) -> list[SourceSpec]:
        """What plain runs read: the owner's sources and what people submit, else all that is known."""
        if not self._owned:
            return list(known)
        submitted = [spec for spec in known if spec.kind.traits.submitted and not self.is_owned(spec)]
        return [*self._owned.values(), *submitted]


def _state(db: Database, spec: SourceSpec, now: datetime) -> SourceState:
    """A source at a glance."""
    source_id = sources.find(db, spec.location)
    if source_id is None:
        return SourceState(spec)
    runs, news = sources.history(db, spec.location), sources.news(db, source_id)
    usual = news if spec.kind.traits.has_habits else ()
    found = alarms(runs, usual, now, begun=sources.begun(db, source_id), after=spec.alarm_after)
    return SourceState(
        spec, sources.articles_of(db, source_id), runs[0] if runs else None, news[0] if news else None, found
    )


def _file_or_folder(path: Path) -> SourceSpec:
    return SourceSpec(os.path.abspath(path))  # noqa: PTH100  # keeps symbolic links
