"""The administrators warned once when a source is in trouble, and told once when that is over.

Begun by `serving` and left to itself. What is told stands in the journal, so that a restart tells nothing twice.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from telegram.error import TelegramError

from bot.context import Services
from bot.delivery.lanes import Closing, Flooded, Unreachable
from bot.delivery.outbox import Place
from bot.messages.catalogue import Catalogue, choose
from bot.messages.reply import Reply
from bot.messages.words import alarm_line
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
    """Tell what trouble began and what is over; whatever could not be told is tried at the next look."""
    journal, bridge, zone = services.journal, services.bridge, services.settings.answers.zone
    states = await bridge(services.archive.sources, now)
    told = await bridge(journal.alarms)
    there = {(one.spec.location, str(alarm.trouble)): (one, alarm) for one in states for alarm in one.alarms}
    for key, (state, alarm) in there.items():
        if key not in told and await _tell(services, lambda texts, s=state, a=alarm: alarm_line(s, a, texts, zone)):  # type: ignore[misc]
            await bridge(journal.raise_alarm, *key, state.spec.shown, alarm.since)
    read = {state.spec.location for state in states if state.is_read}
    for (location, trouble), name in told.items():
        if (location, trouble) in there:
            continue
        over = f"alarm.over.{trouble}"
        if location not in read or await _tell(services, lambda texts, o=over, n=name: texts.say(o, source=n)):  # type: ignore[misc]
            await bridge(journal.end_alarm, location, trouble)


async def _tell(services: Services, words: Callable[[Catalogue], str]) -> bool:
    """Tell every administrator in their language; False where it is to be tried again, as it reached none."""
    reached, lost = False, True
    for admin in services.access.admins:
        texts = choose(await services.bridge(services.journal.language, admin))
        try:
            await services.outbox.send(Place(admin), Reply(words(texts)))
            reached = True
        except Unreachable as error:
            log.info("an administrator cannot be warned: %s", error)
        except (TelegramError, Flooded, Closing) as error:
            log.warning("an administrator could not be warned just now: %s", error)
            lost = False
    return reached or lost
