"""Inline mode: the bot's name and a question in any chat, answered by quotes to choose from.

Registered by `app`. Every keystroke is a query: one that is followed by another within a moment is not looked up.
Results carry the whole attribution, because they stand alone in the chat they are sent to.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress

from telegram import (
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    Update,
)
from telegram.error import BadRequest
from telegram.helpers import create_deep_linked_url

from bot.access.roles import Action, Role, may
from bot.background.withdrawals import withdraw
from bot.context import BotContext, Services, preferences, role_of
from bot.journal import Delivery
from bot.messages.answers import answer_reply
from bot.messages.attribution import headline, source_line
from bot.messages.buttons import encoder
from bot.messages.catalogue import Catalogue
from bot.messages.keyboards import inline_keyboard
from bot.messages.questions import judge
from bot.messages.words import one_line
from index.datatypes import Answer, AnswerKind, Citation
from index.errors import NotFound

log = logging.getLogger(__name__)

SHORTEST = 3
PAUSE = 0.35
"""Seconds of silence before a query is looked up."""
MOST_RESULTS = 5
MOST_TYPING = 10_000
"""People whose last keystroke is remembered at a time."""
CACHE_SECONDS = 60
SHARED = "="
"""Before the id of an answer, where a reader shares a quote from its button."""
HOW, ASK = "help", "ask"
"""What /start is given by the buttons above the results: show how, or just say hello."""


async def query(update: Update, context: BotContext) -> None:
    """What somebody types behind the bot's name."""
    asked = update.inline_query
    assert asked is not None  # only inline queries arrive here
    if not await _is_last(asked.from_user.id, update.update_id, context.bot_data.setdefault("inline", {})):
        return
    services, person = context.services, asked.from_user.id
    _, texts = await preferences(services, None, asked.from_user)
    role = await role_of(services, person)
    if not may(role, Action.INLINE):
        silent = role in (Role.BANNED, Role.REFUSED)
        await _respond(asked, [], None if silent else _above(texts, "inline.not_admitted", ASK))
        return
    try:
        answer = await _answer(services, asked.query.strip(), person)
    except _TooFast:
        await _respond(asked, [], _above(texts, "inline.too_fast", ASK))
        return
    if answer is None or answer.kind is AnswerKind.COVERAGE:
        await _respond(asked, [], _above(texts, "inline.how", HOW))
        return
    results = _results(answer, texts, context.me.username, services)
    await _respond(asked, results, _above(texts, "button.private" if results else "inline.none", ASK))


class _TooFast(Exception):
    """Somebody asks more than one reader may."""


async def _answer(services: Services, words: str, person: int) -> Answer | None:
    """The answer to what was typed, or the one that is shared; None where there is nothing to ask. Raises _TooFast."""
    if words.startswith(SHARED):
        return await _recalled(services, words.removeprefix(SHARED))
    if len(words) < SHORTEST or judge(words).unfit is not None:
        return None
    if services.access.inline(person) is not None:
        raise _TooFast
    answer = await services.archive.ask(words)
    await services.journal.questions.typed(answer.id, person)
    return answer


async def _is_last(who: int, number: int, latest: dict[int, int]) -> bool:
    """Whether nothing more was typed within a moment.

    `number` is the update's, which grows with every keystroke; handlers may start in another order than their updates
    came in. `latest` holds the highest one of each who is typing.
    """
    latest[who] = max(number, latest.get(who, 0))
    await asyncio.sleep(PAUSE)
    if latest.get(who, number) != number:
        return False
    if len(latest) > MOST_TYPING:
        latest.clear()
        latest[who] = number
    return True


async def _recalled(services: Services, answer_id: str) -> Answer | None:
    try:
        return await services.archive.recall(answer_id)
    except NotFound:
        return None


def _above(texts: Catalogue, key: str, payload: str) -> InlineQueryResultsButton:
    """The button above the results, into the private chat."""
    return InlineQueryResultsButton(texts.say(key), start_parameter=payload)


def _results(
    answer: Answer, texts: Catalogue, username: str | None, services: Services
) -> list[InlineQueryResultArticle]:
    """A card for each quote that may be shown."""
    if not answer.answered:
        return []
    cards = [
        _card(answer, n, citation, texts, username, services)
        for n, citation in enumerate(answer.quotes[:MOST_RESULTS])
        if citation.withheld is None and citation.text
    ]
    return [card for card in cards if card is not None]


def _card(
    answer: Answer, n: int, citation: Citation, texts: Catalogue, username: str | None, services: Services
) -> InlineQueryResultArticle | None:
    reply = answer_reply(answer, n, texts, encoder(services.seal, None))
    if reply.quoted is None or not reply.quoted.stands_in(reply.text):
        return None
    link = create_deep_linked_url(username, f"{n}{answer.id}") if username else None
    emphasised = citation.highlight.of(citation.text) if citation.highlight else citation.text
    content = InputTextMessageContent(
        reply.text, entities=reply.entities, link_preview_options=LinkPreviewOptions(is_disabled=True)
    )
    return InlineQueryResultArticle(
        f"{n}{answer.id}",
        headline(citation.article, texts, 120),
        content,
        description=f"{source_line(citation.article, texts)}\n{one_line(emphasised, 180)}",
        reply_markup=inline_keyboard(citation, texts, link),
    )


async def _respond(
    asked: InlineQuery, results: list[InlineQueryResultArticle], above: InlineQueryResultsButton | None
) -> None:
    with suppress(BadRequest):  # too late: they typed on
        await asked.answer(results, cache_time=CACHE_SECONDS if results else 5, is_personal=True, button=above)


async def chosen(update: Update, context: BotContext) -> None:
    """A card was sent: remember where, so that its quote can be withdrawn; at once where it was removed meanwhile."""
    result = update.chosen_inline_result
    if result is None or result.inline_message_id is None:
        return
    services = context.services
    _, texts = await preferences(services, None, result.from_user)
    shown, answer_id = result.result_id[:1], result.result_id[1:]
    sent = Delivery(
        answer_id, 0, 0, int(shown) if shown.isdecimal() else 0, texts.lang, inline_id=result.inline_message_id
    )
    await services.journal.deliveries.record(sent, asker=result.from_user.id)
    await withdraw(services, [sent])
