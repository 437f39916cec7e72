"""The newest coverage: /latest and the lists it turns through.

Registered by `app`; the buttons are listed in `pressing`. What a list is about stands in its own message.
"""

from __future__ import annotations

from telegram import CallbackQuery, Message, Update

from bot.buttons import Pressed
from bot.context import BotContext, Visit
from bot.handlers.ask import allowed
from bot.handlers.outcome import Outcome
from bot.listing import LONGEST_TOPIC, coverage_reply, listed_reply, topic_of
from index.errors import NotFound


async def latest(update: Update, context: BotContext) -> None:
    """/latest, with a topic behind it or alone."""
    visit = await context.visit(update)
    topic = " ".join(context.args or [])[:LONGEST_TOPIC]
    if await allowed(visit):
        coverage = await visit.services.bridge(visit.services.archive.coverage, topic)
        await visit.send(coverage_reply(coverage, visit.texts, visit.encode))


async def turn(visit: Visit, pressed: Pressed, topic: str) -> Outcome:
    """Another page of a list."""
    coverage = await visit.services.bridge(visit.services.archive.coverage, topic, page=pressed.number(0))
    return Outcome(reply=coverage_reply(coverage, visit.texts, visit.encode))


async def open_one(visit: Visit, pressed: Pressed, topic: str) -> Outcome:
    """One article of a list, named in full."""
    card = await visit.services.bridge(visit.services.archive.article, pressed.number(1))
    return Outcome(reply=listed_reply(card, topic, pressed.number(0), visit.texts, visit.encode))


def topic_behind(query: CallbackQuery) -> str:
    """What the list whose button was pressed is about. NotFound where Telegram no longer gives its text."""
    if not isinstance(query.message, Message) or query.message.text is None:
        raise NotFound("the list is too old")
    return topic_of(query.message)
