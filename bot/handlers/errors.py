"""What goes wrong: known things in a fixed sentence, everything else under a number, never a traceback to a reader.

Registered by `app` as the one error handler.
"""

from __future__ import annotations

import logging
import secrets
from contextlib import suppress

from telegram import Update
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, TelegramError

from bot.context import BotContext, Services
from bot.delivery.lanes import Closing, Flooded, Unreachable
from bot.delivery.outbox import Place, QuoteGone
from bot.messages.answers import withdrawn_reply
from bot.messages.reply import Reply
from index.errors import ArchiveError, NotFound, Withdrawn

log = logging.getLogger(__name__)

LONGEST_APOLOGY_WAIT = 300.0
CONFLICT = "Another program polls Telegram with the same bot token: stop it, then start this one again."
WRONG_TOKEN = "Telegram does not know this bot token: copy it again from @BotFather."  # a sentence


async def failed(update: object, context: BotContext) -> None:
    """An error that reached the application."""
    error = context.error
    services = context.services
    given = update if isinstance(update, Update) else None
    if isinstance(error, Closing | None):
        return
    if isinstance(error, Conflict | InvalidToken) and given is None:
        services.fatal = CONFLICT if isinstance(error, Conflict) else WRONG_TOKEN
    elif given is not None and (given.channel_post or given.edited_channel_post):
        log.error("a post of a channel was not taken in", exc_info=error)  # nothing is ever written into a channel
    elif isinstance(error, Unreachable | Forbidden):
        await _lost(given, services, error)
    elif isinstance(error, Flooded):
        await _flooded(given, context, error)
    elif given is None:
        log.warning("Telegram could not be asked for news: %s", error)
    elif isinstance(error, NetworkError) and not isinstance(error, BadRequest):
        log.warning("an answer could not be sent: %s", error)
    else:
        await _apologise(given, context, error)


async def _lost(update: Update | None, services: Services, error: TelegramError | Unreachable) -> None:
    """The chat cannot be reached any more: forget what was sent there."""
    log.info("a chat cannot be reached any more: %s", error)
    if update is not None and update.effective_chat is not None:
        await services.journal.deliveries.forget_chat(update.effective_chat.id)


async def _flooded(update: Update | None, context: BotContext, error: Flooded) -> None:
    """Telegram asks for a long pause in one chat: say so over a pressed button at once, else after the pause."""
    log.warning("given up in one chat: Telegram asks for a pause of %.0f s there", error.seconds)
    if update is None or update.effective_chat is None:
        return
    visit = await context.visit(update)
    if update.callback_query is not None:
        with suppress(TelegramError):
            await update.callback_query.answer(visit.texts.say("pressed.busy", seconds=round(error.seconds)))
    elif error.seconds <= LONGEST_APOLOGY_WAIT:
        services, reply = context.services, Reply(visit.texts.say("error.slow_down"))
        services.spawn(services.outbox.send_after(error.seconds, visit.place, reply))


async def _apologise(update: Update, context: BotContext, error: Exception) -> None:
    """A sentence for the reader; under a number for the log where nobody expected this."""
    if update.effective_chat is None:
        log.error("while answering inline", exc_info=error)
        if update.inline_query is not None:
            with suppress(TelegramError):
                await update.inline_query.answer([], cache_time=0)
        return
    visit = await context.visit(update)
    if isinstance(error, QuoteGone | Withdrawn):
        reply = withdrawn_reply(None, visit.texts)
    elif isinstance(error, NotFound):
        reply = Reply(visit.texts.say("pressed.gone"))
    elif isinstance(error, ArchiveError):
        log.error("the archive: %s", error)
        reply = Reply(visit.texts.say("error.archive"))
    else:
        incident = secrets.token_hex(3)
        log.error("incident %s", incident, exc_info=error)
        reply = Reply(visit.texts.say("error.sorry", incident=incident))
    with suppress(TelegramError, Flooded, Unreachable, Closing):
        await context.services.outbox.send(Place(visit.place.chat_id, visit.place.thread_id), reply)
