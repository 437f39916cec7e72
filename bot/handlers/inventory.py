"""The sources and their histories for administrators: look, and read one now.

Registered by `app`; the buttons are listed in `pressing`.
"""

from __future__ import annotations

from telegram import Update

from bot.background.run_progress import reindex
from bot.context import BotContext, Services, Visit
from bot.handlers.press_result import Outcome
from bot.messages.buttons import Pressed
from bot.messages.reply import Reply
from bot.messages.sources import history_reply, sources_reply, tag
from bot.messages.words import Listed
from index.datatypes import SourceState

LONGEST_HISTORY = 120  # readings


async def listed(services: Services) -> list[Listed]:
    """Every source with its times."""
    states = await services.archive.sources()
    table = services.timetable
    return [Listed(one, table.next(one.spec.location), table.waits(one.spec.location)) for one in states]


async def sources(update: Update, context: BotContext) -> None:
    """/sources: the first page."""
    visit = await context.visit(update)
    await visit.send(await _page(visit, 0))


async def turn(visit: Visit, pressed: Pressed) -> Outcome:
    """Another page, or back to it."""
    return Outcome(reply=await _page(visit, pressed.number(0)))


async def _page(visit: Visit, number: int) -> Reply:
    zone = visit.services.settings.answers.zone
    return sources_reply(await listed(visit.services), number, visit.texts, visit.encode, zone)


async def history(visit: Visit, pressed: Pressed) -> Outcome:
    """The readings of one source."""
    services = visit.services
    state = await _meant(visit, pressed)
    if state is None:
        return _gone(visit)
    runs = await services.archive.history(state.spec.location, LONGEST_HISTORY)
    zone = services.settings.answers.zone
    return Outcome(reply=history_reply(state, runs, pressed.number(1), visit.texts, visit.encode, zone))


async def read_now(visit: Visit, pressed: Pressed) -> Outcome:
    """Read one source: at once, followed in a message of its own, or behind the run in progress."""
    services = visit.services
    state = await _meant(visit, pressed)
    if state is None:
        return _gone(visit)
    spec = state.spec
    await services.journal.audit.note(visit.user_id, "reindex", spec.shown)
    if services.runner.is_busy or await services.archive.run() is not None:
        services.timetable.due(spec)
        return Outcome(visit.texts.say("sources.queued"))
    services.spawn(reindex(visit, [spec]))
    return Outcome(visit.texts.say("run.starting"))


async def _meant(visit: Visit, pressed: Pressed) -> SourceState | None:
    """The source that a button names; None where it is no longer known."""
    states = await visit.archive.sources()
    return next((one for one in states if tag(one.spec.location) == pressed.text(0)), None)


def _gone(visit: Visit) -> Outcome:
    return Outcome(visit.texts.say("sources.gone"), alert=True)
