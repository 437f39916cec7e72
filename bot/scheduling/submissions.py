"""Takes in what was submitted, one short run after another: channel posts, what editors decided to index.

Woken by the handlers, and once at the start for what was submitted before. Where another run holds the archive, it
waits for its end. Must not know where anything came from.
"""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import suppress

from bot.threads.async_archive import AsyncArchive
from index.datatypes import ArticleCard
from index.errors import ArchiveError, RunBusy

log = logging.getLogger(__name__)

BUSY_WAIT = 0.5
"""Seconds between two looks whether the run in progress has ended."""
LOOK_EVERY = 0.05
TROUBLE_WAIT = 5.0
"""Seconds until the next try where the archive could not be written, or somebody stopped the run."""


class Taker:
    """One worker, whatever comes how fast."""

    def __init__(self, archive: AsyncArchive) -> None:
        self._archive = archive
        self._wake = asyncio.Event()

    def wake(self) -> None:
        """Something was submitted."""
        self._wake.set()

    async def run(self) -> None:
        """Take in until cancelled."""
        self._wake.set()
        while True:
            pause = await self._step()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), pause)

    async def _step(self) -> float | None:
        """Take in what is due; seconds until to look again, None where nothing waits."""
        self._wake.clear()
        try:
            waits = await self._archive.waits()
            if waits == 0:
                report = await self._archive.take(by="telegram")
                for failure in report.failures:
                    log.warning("Handed in, but not taken in: %s", failure.line())
                waits = TROUBLE_WAIT if report.cancelled else await self._archive.waits()
        except RunBusy:
            return BUSY_WAIT
        except ArchiveError as error:
            log.error("What was submitted goes on waiting: %s", error)
            return TROUBLE_WAIT
        except Exception:  # whatever it is must not end the worker: what was submitted is kept
            log.exception("What was submitted could not be taken in; it goes on waiting.")
            return TROUBLE_WAIT
        return None if waits is None else max(waits, 0.05)

    async def settled(self, key: str, seconds: float) -> tuple[ArticleCard, ...] | None:
        """The articles that came of what an editor submitted; None where it still waits after so long."""
        self._wake.set()
        end = time.monotonic() + seconds
        while (found := await self._archive.submitted(key)) is None and time.monotonic() < end:
            await asyncio.sleep(LOOK_EVERY)
        return found
