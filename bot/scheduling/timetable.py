"""The sources' schedules kept: each source read at its times, one after the other, never while another run goes on.

Begun by `serving`; the job queue says when a source is due, the runner reads it. What was missed while the bot was not
running is made up for once. A run that broke off is added to the history of its source. Must not know Telegram.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo

from bot.scheduling.index_process import Runner
from bot.threads.async_archive import AsyncArchive
from config.schedule import Schedule
from index.datatypes import SourceSpec
from index.errors import ArchiveError, RunBusy

log = logging.getLogger(__name__)

LOOK_EVERY = 2.0
"""Seconds between two looks whether a run that is in the way is over."""


def this_moment() -> datetime:
    """The time now, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Plan:
    """A source and when it is read."""

    spec: SourceSpec
    schedule: Schedule


@dataclass
class Timetable:
    """The plans by location, and what is due and waits for its turn."""

    archive: AsyncArchive
    runner: Runner
    plans: Mapping[str, Plan]
    zone: tzinfo
    clock: Callable[[], datetime] = this_moment
    _waiting: dict[str, SourceSpec] = field(default_factory=dict)  # in the order they became due
    _wake: asyncio.Event = field(default_factory=asyncio.Event)
    _reading: str = ""  # the location of the source being read
    _closed: bool = False

    def next(self, location: str) -> datetime | None:
        """When a source is read next; None where it has no schedule."""
        plan = self.plans.get(location)
        return plan.schedule.after(self.clock(), self.zone) if plan else None

    def waits(self, location: str) -> bool:
        """Whether a source is due and waits for another run to end."""
        return location in self._waiting

    def due(self, spec: SourceSpec) -> None:
        """Read a source as soon as no other run is in the way; once, however often it became due meanwhile."""
        if spec.location != self._reading:
            self._waiting.setdefault(spec.location, spec)
            self._wake.set()

    async def make_up(self) -> None:
        """Have those sources read whose time came while nobody was there to read them."""
        states = await self.archive.sources()
        last = {state.spec.location: state.last.at for state in states if state.last is not None}
        now = self.clock()
        for location, plan in self.plans.items():
            missed = plan.schedule.before(now, self.zone).replace(microsecond=0)
            if location not in last or last[location] < missed:
                log.info("%s is overdue and is read now", plan.spec.shown)
                self.due(plan.spec)

    async def work(self) -> None:
        """Read what is due, one source at a time. Runs until cancelled or closed."""
        while not self._closed:
            await self._wake.wait()
            self._wake.clear()
            while self._waiting and not self._closed:
                if not await self._read(next(iter(self._waiting.values()))):
                    await asyncio.sleep(LOOK_EVERY)

    def close(self) -> None:
        """Begin no more runs."""
        self._closed = True

    async def _read(self, spec: SourceSpec) -> bool:
        """Read a source; False where another run is in the way."""
        if self.runner.is_busy or await self.archive.run() is not None:
            return False
        began = self.clock()
        self._reading = spec.location
        del self._waiting[spec.location]
        try:
            report = await self.runner.reindex([spec])
        except RunBusy:
            self._waiting = {spec.location: spec, **self._waiting}
            return False
        except ArchiveError as error:
            log.error("%s could not be read by its schedule: %s", spec.shown, error)
            await self._note_failure(spec, began, str(error))
        else:
            log.info("%s was read by its schedule: %s", spec.shown, report.line())
        finally:
            self._reading = ""
        return True

    async def _note_failure(self, spec: SourceSpec, began: datetime, reason: str) -> None:
        try:
            await self.archive.note_failure(spec, began, reason)
        except ArchiveError as error:
            log.error("and that could not be noted: %s", error)
