"""The newest coverage: /latest and the lists it turns through.

Registered by `app`; the buttons are listed in `pressing`, and carry what their list is about.
"""

from __future__ import annotations

from telegram import CallbackQuery, Message, Update

from bot.context import BotContext, Visit
from bot.handlers.ask import allowed, asked_before, lay_out, whole_question
from bot.handlers.press_result import Outcome
from bot.messages.buttons import Pressed
from bot.messages.lists import LONGEST_TOPIC, coverage_reply, listed_reply, topic_of
from index.datatypes import Answer
from index.errors import NotFound


async def latest(update: Update, context: BotContext) -> None:
    """/latest, with a topic behind it or alone."""
    visit = await context.visit(update)
    topic = " ".join(context.args or [])[:LONGEST_TOPIC]
    if await allowed(visit):
        coverage = await visit.archive.coverage(topic)
        await visit.send(coverage_reply(coverage, visit.texts, visit.encode))


async def turn(visit: Visit, pressed: Pressed, query: CallbackQuery) -> Outcome:
    """Another page of a list."""
    page = pressed.number(0)
    answer = await _answer_behind(visit, pressed, 1)
    if answer is not None:
        return Outcome(reply=await lay_out(visit, answer, page))
    coverage = await visit.archive.coverage(topic_behind(pressed, 2, query), page=page)
    return Outcome(reply=coverage_reply(coverage, visit.texts, visit.encode))


async def open_one(visit: Visit, pressed: Pressed, query: CallbackQuery) -> Outcome:
    """One article of a list, named in full."""
    answer = await _answer_behind(visit, pressed, 2)
    topic = whole_question(answer) if answer else topic_behind(pressed, 3, query)
    card = await visit.archive.article(pressed.number(1))
    page, answer_id = pressed.number(0), answer.id if answer else None
    return Outcome(reply=listed_reply(card, topic, page, visit.texts, visit.encode, answer_id=answer_id))


async def _answer_behind(visit: Visit, pressed: Pressed, at: int) -> Answer | None:
    """The answer that a list is, by field `at` of its button; None where it is none."""
    answer_id = pressed.text(at) if len(pressed.fields) > at else ""
    return await asked_before(visit, answer_id) if answer_id else None


def topic_behind(pressed: Pressed, at: int, query: CallbackQuery) -> str:
    """What the list whose button was pressed is about: field `at` of the button, else the title of its message.

    NotFound where neither says it, as Telegram no longer gives the message's text.
    """
    words = pressed.words(at)
    if words is not None:
        return words
    if not isinstance(query.message, Message) or query.message.text is None:
        raise NotFound("the list is too old")
    return topic_of(query.message)
