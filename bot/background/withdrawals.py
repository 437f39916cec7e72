"""Messages that quote a removed article are edited to say that the quote was withdrawn.

Started by the administrators' /remove and left to itself: at the outbox's pace, one message after the other. A watch
goes on with what was broken off, and sees what was removed in the terminal.
"""

from __future__ import annotations

import asyncio
import logging

from telegram.error import TelegramError

from bot.context import Services
from bot.delivery.lanes import Closing, Flooded, Unreachable
from bot.delivery.outbox import QuoteGone
from bot.journal import Delivery
from bot.messages.answers import answer_reply, withdrawn_reply
from bot.messages.buttons import encoder
from bot.messages.catalogue import catalogue, choose, languages
from bot.messages.reply import Reply
from index.datatypes import Answer, AnswerKind, Withheld
from index.errors import ArchiveError, NotFound

log = logging.getLogger(__name__)


LOOK_EVERY = 60.0
"""Seconds between two looks at what was removed."""


async def watch_removals(services: Services) -> None:
    """Withdraw the quotes of whatever was removed, by whomever; now and from time to time. Runs until cancelled."""
    while True:
        try:
            for article_id in await services.archive.all_removed():
                await withdraw(services, await affected(services, article_id))
        except (ArchiveError, TelegramError) as error:
            log.warning("what was removed could not be withdrawn just now: %s", error)
        await asyncio.sleep(LOOK_EVERY)


async def affected(services: Services, article_id: int) -> list[Delivery]:
    """The messages that show an answer in which the article stands."""
    answers = await services.archive.answers_quoting(article_id)
    return await services.journal.deliveries.of(answers)


async def withdraw(services: Services, deliveries: list[Delivery]) -> None:
    """Edit each message that shows a quote which is withdrawn by now."""
    for delivery in deliveries:
        try:
            answer = await services.archive.recall(delivery.answer_id)
        except NotFound:
            continue
        reply = _withdrawn(services, delivery, answer)
        if reply is not None:
            await _replace(services, delivery, reply)


def _withdrawn(services: Services, delivery: Delivery, answer: Answer) -> Reply | None:
    """What the message shows from now on; None where it stays as it is."""
    texts = catalogue(delivery.lang) if delivery.lang in languages() else choose(None)
    encode = encoder(services.seal, delivery.chat_id if delivery.inline_id is None else None)
    if answer.kind is AnswerKind.COVERAGE:
        return None  # a list of headlines, which reads itself afresh when a page is turned
    if answer.quotes and answer.quotes[min(delivery.shown, len(answer.quotes) - 1)].withheld is not Withheld.WITHDRAWN:
        return None
    if delivery.inline_id is not None:
        return withdrawn_reply(answer.id, texts)
    return answer_reply(answer, delivery.shown, texts, encode, brief=delivery.brief)


async def _replace(services: Services, delivery: Delivery, reply: Reply) -> None:
    try:
        if delivery.inline_id is not None:
            await services.outbox.edit_inline(delivery.inline_id, reply)
        else:
            await services.outbox.edit(delivery.chat_id, delivery.message_id, reply)
        await services.journal.deliveries.withdraw(delivery)
    except Unreachable:
        log.info("a quote stays in a chat that cannot be reached any more")
        await services.journal.deliveries.forget(delivery)
    except (Flooded, QuoteGone, Closing, TelegramError) as error:  # tried again at the next look
        log.warning("a quote of answer %s could not be withdrawn from a chat: %s", delivery.answer_id, error)
