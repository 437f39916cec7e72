"""/unanswered: what readers asked in vain, and muting of it.

Registered by `app` for administrators; the buttons are listed in `pressing`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from telegram import Update

from bot.context import BotContext, Services, Visit
from bot.handlers.press_result import Outcome
from bot.messages.buttons import Pressed
from bot.messages.reply import Reply
from bot.messages.unanswered import muted_reply, unanswered_reply
from index.datatypes import Unanswered

BY = "telegram"


async def unanswered(update: Update, context: BotContext) -> None:
    """/unanswered: asked most first."""
    visit = await context.visit(update)
    async with visit.services.outbox.typing(visit.place):
        every = await _every(visit.services)
    await visit.send(_board(visit, every, 0))


async def turn(visit: Visit, pressed: Pressed) -> Outcome:
    """Another page."""
    return Outcome(reply=_board(visit, await _every(visit.services), pressed.number(0)))


async def turn_muted(visit: Visit, pressed: Pressed) -> Outcome:
    """A page of what is muted."""
    return Outcome(reply=_muted(visit, await _every(visit.services), pressed.number(0)))


async def mute(visit: Visit, pressed: Pressed) -> Outcome:
    """Never again, whoever asks it in whatever words. Raises NotFound where its words are erased by now."""
    services, answer_id = visit.services, pressed.text(0)
    asked, unhelpful = await _asked(services)
    number = await services.archive.mute(answer_id, asked, unhelpful, by=BY)
    await services.journal.audit.note(visit.user_id, "mute", str(number))
    every = await services.archive.unanswered(asked, unhelpful)
    return Outcome(visit.texts.say("unanswered.muted"), reply=_board(visit, every, pressed.number(1)))


async def unmute(visit: Visit, pressed: Pressed) -> Outcome:
    """Show it again."""
    services, number = visit.services, pressed.number(0)
    if await services.archive.unmute(number):
        await services.journal.audit.note(visit.user_id, "unmute", str(number))
    note = visit.texts.say("unanswered.unmuted")
    return Outcome(note, reply=_muted(visit, await _every(services), pressed.number(1)))


def _board(visit: Visit, every: Sequence[Unanswered], page: int) -> Reply:
    days = visit.services.settings.answers.question_days
    return unanswered_reply(every, page, days, visit.texts, visit.encode)


def _muted(visit: Visit, every: Sequence[Unanswered], page: int) -> Reply:
    zone = visit.services.settings.answers.zone
    return muted_reply(every, page, lambda when: when.astimezone(zone), visit.texts, visit.encode)


async def _every(services: Services) -> Sequence[Unanswered]:
    return await services.archive.unanswered(*await _asked(services))


async def _asked(services: Services) -> tuple[list[str], frozenset[str]]:
    """The answers that readers were given while questions are kept, and those that did not help."""
    since = datetime.now(UTC) - timedelta(days=services.settings.answers.question_days)
    questions = await services.journal.questions.since(since)
    unhelpful = await services.journal.votes.unhelpful()
    return [one.answer_id for one in questions], unhelpful
