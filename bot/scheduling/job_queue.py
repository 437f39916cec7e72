"""Work done at the times of a schedule, by the bot's job queue.

Called by whoever has something to do again and again. However late the clock is heard, what was missed is done once.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, tzinfo
from typing import Any

from apscheduler.triggers.base import BaseTrigger
from telegram.ext import JobQueue

from config.schedule import Schedule


class Due(BaseTrigger):  # type: ignore[misc]  # the library has no types
    """A schedule as the job queue asks for it."""

    def __init__(self, schedule: Schedule, zone: tzinfo) -> None:
        self._schedule, self._zone = schedule, zone

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        """The first time after the last one, which may be over by now."""
        return self._schedule.after(previous_fire_time or now, self._zone)


def repeat(
    queue: JobQueue[Any], name: str, schedule: Schedule, zone: tzinfo, work: Callable[[], Awaitable[None]]
) -> None:
    """Have `work` done whenever the schedule says so; the times of the clock are those of `zone`."""

    async def fire(_: object) -> None:
        await work()

    kept = {"trigger": Due(schedule, zone), "coalesce": True, "misfire_grace_time": None}
    queue.run_custom(fire, job_kwargs=kept, name=name)
