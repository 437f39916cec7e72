"""The administrators hear once that a source is in trouble, and once that it is over.

Begun by `lifecycle` and left to itself. What was reported stands in the journal, so that a restart repeats nothing.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime

from bot.background.tell_administrators import tell_administrators
from bot.context import Services
from bot.messages.reply import Reply
from bot.messages.words import alarm_line
from index.datatypes import Alarm, SourceState
from index.errors import ArchiveError

log = logging.getLogger(__name__)

LOOK_EVERY = 30.0
"""Seconds between two looks at the sources."""


async def watch_sources(services: Services) -> None:
    """Look at the sources now and from time to time. Runs until cancelled."""
    while True:
        try:
            await look(services, services.timetable.clock())
        except ArchiveError as error:
            log.warning("the sources could not be looked at just now: %s", error)
        await asyncio.sleep(LOOK_EVERY)


async def look(services: Services, now: datetime) -> None:
    """Report what trouble began and what is over; whatever reached nobody is tried at the next look."""
    alarms = services.journal.alarms
    states = await services.archive.sources(now)
    known = await alarms.raised()
    there = {(one.spec.location, str(alarm.trouble)): (one, alarm) for one in states for alarm in one.alarms}
    for key, (state, alarm) in there.items():
        if key not in known and await _began(services, state, alarm):
            await alarms.add(*key, state.spec.shown, alarm.since)
    read = {state.spec.location for state in states if state.is_read}
    for (location, trouble), name in known.items():
        if (location, trouble) in there:
            continue
        if location not in read or await _ended(services, trouble, name):
            await alarms.end(location, trouble)


async def _began(services: Services, state: SourceState, alarm: Alarm) -> bool:
    zone = services.settings.answers.zone
    return await tell_administrators(services, lambda texts, _: Reply(alarm_line(state, alarm, texts, zone)))


async def _ended(services: Services, trouble: str, source: str) -> bool:
    return await tell_administrators(
        services, lambda texts, _: Reply(texts.say(f"alarm.over.{trouble}", source=source))
    )
