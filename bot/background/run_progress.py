"""A run of the index, started from Telegram: one message shows how far it is and ends with what it did.

Started by the administrators' handlers and left to itself. Must not know how indexing works.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from bot.context import Services, Visit
from bot.delivery.lanes import Flooded
from bot.delivery.outbox import Delivered
from bot.messages.reply import Reply
from bot.messages.runs_and_status import progress_line, progress_reply, report_reply
from bot.open_archive import sources as configured
from index.datatypes import IndexReport, Progress, SourceSpec
from index.errors import ArchiveError, RunBusy

log = logging.getLogger(__name__)

EDIT_EVERY = 3.0
"""Seconds between two edits of the progress message, at least."""


async def reindex(
    visit: Visit, sources: Sequence[SourceSpec] = (), *, full: bool = False, dry_run: bool = False
) -> None:
    """Run, over these sources or all, and report in one message of the chat."""
    services = visit.services
    progress = await _progress(visit)
    if progress is not None or services.runner.is_busy:
        await visit.say("run.busy", line=progress_line(progress or Progress()))
        return
    if not (sources or await _has_sources(services)):
        await visit.say("run.nothing")
        return
    began = time.monotonic()
    work = asyncio.ensure_future(services.runner.reindex(sources, full=full, dry_run=dry_run))
    message = await visit.send(progress_reply(None, visit.texts, visit.encode))
    await _follow(visit, message, work)
    await services.outbox.edit(visit.chat.id, message.message_id, await _ending(visit, work, began))


async def _has_sources(services: Services) -> bool:
    """Whether a run over all sources has any: of the settings, or known to the archive."""
    return bool(configured(services.settings) or (await services.archive.status()).sources)


async def _progress(visit: Visit) -> Progress | None:
    """How far the run in progress is, in whichever process; None where there is none."""
    run = await visit.archive.run()
    return run.progress if run is not None else None


async def _follow(visit: Visit, message: Delivered, work: asyncio.Future[IndexReport]) -> None:
    """Edit the message while the work goes on, where there is something new to show."""
    shown: Progress | None = None
    while True:
        await asyncio.wait([work], timeout=EDIT_EVERY)
        if work.done():
            return
        newest = await _progress(visit)
        if newest is not None and newest != shown:
            shown = newest
            reply = progress_reply(shown, visit.texts, visit.encode)
            with suppress(Flooded):  # the next edit shows more
                await visit.services.outbox.edit(visit.chat.id, message.message_id, reply)


async def _ending(visit: Visit, work: asyncio.Future[IndexReport], began: float) -> Reply:
    """What came of the run. It took as long as whoever started it waited, the start of its process included."""
    try:
        report = await work
        return report_reply(replace(report, seconds=time.monotonic() - began), visit.texts)
    except RunBusy as error:
        return Reply(visit.texts.say("run.busy", line=str(error)))
    except ArchiveError as error:
        log.error("a run failed: %s", error)
        return Reply(visit.texts.say("run.failed", reason=str(error)))
