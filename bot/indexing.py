"""A run of the index, started from Telegram: one message tells how far it is and ends with what it did.

Started by the administrators' handlers and left to itself. Must not know how indexing works.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass

from bot.context import Visit
from bot.lanes import Flooded
from bot.outbox import Delivered
from bot.overview import progress_line, progress_reply, report_reply
from bot.reply import Reply
from index.datatypes import IndexReport, Progress
from index.errors import ArchiveError, RunBusy

log = logging.getLogger(__name__)

EDIT_EVERY = 3.0
"""Seconds between two edits of the progress message, at least."""


@dataclass
class _Watch:
    """The newest progress, told by the run's own thread."""

    newest: Progress | None = None


async def reindex(visit: Visit, *, full: bool = False, dry_run: bool = False) -> None:
    """Run and report in one message of the chat."""
    services = visit.services
    running = await services.bridge(services.archive.run)
    if running is not None:
        await visit.say("run.busy", line=progress_line(running.progress))
        return
    message = await visit.send(progress_reply(None, visit.texts, visit.encode))
    watch = _Watch()
    work = services.bridge.long(
        services.archive.reindex,
        services.settings.archive.sources,
        full=full,
        dry_run=dry_run,
        progress=lambda progress: setattr(watch, "newest", progress),
        by="telegram",
    )
    await _follow(visit, message, watch, work)
    await services.outbox.edit(visit.chat.id, message.message_id, await _ending(visit, work))


async def _follow(visit: Visit, message: Delivered, watch: _Watch, work: asyncio.Future[IndexReport]) -> None:
    """Edit the message while the work goes on, where there is something new to tell."""
    told: Progress | None = None
    while True:
        await asyncio.wait([work], timeout=EDIT_EVERY)
        if work.done():
            return
        if watch.newest is not None and watch.newest != told:
            told = watch.newest
            shown = progress_reply(told, visit.texts, visit.encode)
            with suppress(Flooded):  # the next edit tells more
                await visit.services.outbox.edit(visit.chat.id, message.message_id, shown)


async def _ending(visit: Visit, work: asyncio.Future[IndexReport]) -> Reply:
    try:
        return report_reply(await work, visit.texts)
    except RunBusy as error:
        return Reply(visit.texts.say("run.busy", line=str(error)))
    except ArchiveError as error:
        log.error("a run failed: %s", error)
        return Reply(visit.texts.say("run.failed", reason=str(error)))
