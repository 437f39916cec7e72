"""The one way to send something to every administrator: each in their language, one slow chat delaying no other.

Awaited where it matters whether anybody was reached, else spawned and left to itself.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from enum import Enum

from telegram.error import TelegramError

from bot.context import Services
from bot.delivery.lanes import Closing, Flooded, Unreachable
from bot.delivery.outbox import Altered, Place, QuoteGone
from bot.journal import Delivery
from bot.messages.buttons import Encode, encoder
from bot.messages.catalogue import Catalogue, choose
from bot.messages.reply import Reply
from index.errors import StoreError

log = logging.getLogger(__name__)

Compose = Callable[[Catalogue, Encode], Reply]
"""Lays out the message for one administrator: in their language, its buttons signed for their chat."""


class Reached(Enum):
    """Whether a message arrived."""

    YES = "yes"
    NEVER = "never"  # they never pressed Start, or blocked the bot
    NOT_NOW = "not now"


async def tell_administrators(services: Services, compose: Compose) -> bool:
    """Send it to all of them; False where it should be tried again, as it reached none but may reach one later."""
    reached = await asyncio.gather(*(tell(services, admin, compose) for admin in services.access.admins))
    return Reached.YES in reached or Reached.NOT_NOW not in reached


async def tell(services: Services, admin: int, compose: Compose) -> Reached:
    """Send it to one of them. A message that shows an answer is noted, so that its quote can be withdrawn."""
    try:
        texts = choose(await services.journal.preferences.language(admin))
        reply = compose(texts, encoder(services.seal, admin))
        sent = await services.outbox.send(Place(admin), reply)
        if reply.answer_id:
            shown = Delivery(reply.answer_id, sent.chat_id, sent.message_id, reply.shown, texts.lang)
            await services.journal.deliveries.record(shown)
    except Unreachable as error:
        log.warning("an administrator cannot be reached: %s", error)
        return Reached.NEVER
    except (TelegramError, Flooded, Closing, QuoteGone, Altered, StoreError) as error:
        log.warning("an administrator could not be reached just now: %s", error)
        return Reached.NOT_NOW
    return Reached.YES
