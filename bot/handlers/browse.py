"""The newest coverage: /latest and the lists it turns through.

Registered by `app`; the buttons are listed in `pressing`. What a list is about stands in its own message.
"""

from __future__ import annotations

from telegram import CallbackQuery, Message, Update

from bot.context import BotContext, Visit
from bot.handlers.ask import allowed, asked_before, lay_out, whole_question
from bot.handlers.press_result import Outcome
from bot.messages.buttons import Pressed
from bot.messages.lists import LONGEST_TOPIC, coverage_reply, listed_reply, topic_of
from index.errors import NotFound


async def latest(update: Update, context: BotContext) -> None:
    """/latest, with a topic behind it or alone."""
    visit = await context.visit(update)
    topic = " ".join(context.args or [])[:LONGEST_TOPIC]
    if await allowed(visit):
        coverage = await visit.archive.coverage(topic)
        await visit.send(coverage_reply(coverage, visit.texts, visit.encode))


async def turn(visit: Visit, pressed: Pressed, query: CallbackQuery) -> Outcome:
    """Another page of a list: of the answer that its button carries, else of what its message says."""
    page = pressed.number(0)
    if len(pressed.fields) > 1:
        return Outcome(reply=await lay_out(visit, await asked_before(visit, pressed.text(1)), page))
    coverage = await visit.archive.coverage(topic_behind(query), page=page)
    return Outcome(reply=coverage_reply(coverage, visit.texts, visit.encode))


async def open_one(visit: Visit, pressed: Pressed, query: CallbackQuery) -> Outcome:
    """One article of a list, named in full."""
    answer = await asked_before(visit, pressed.text(2)) if len(pressed.fields) > 2 else None
    topic = whole_question(answer) if answer else topic_behind(query)
    card = await visit.archive.article(pressed.number(1))
    page, answer_id = pressed.number(0), answer.id if answer else None
    return Outcome(reply=listed_reply(card, topic, page, visit.texts, visit.encode, answer_id=answer_id))


def topic_behind(query: CallbackQuery) -> str:
    """What the list whose button was pressed is about. NotFound where Telegram no longer gives its text."""
    if not isinstance(query.message, Message) or query.message.text is None:
        raise NotFound("the list is too old")
    return topic_of(query.message)
