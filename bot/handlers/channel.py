"""Channels as sources: each post and edit becomes an article; /forget takes out what was deleted there.

Registered by `app`. Nothing is ever written into a channel. Telegram tells bots of no deletion.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

from telegram import Chat, Message, Update

from bot.background.tell_administrators import tell_administrators
from bot.background.withdrawals import affected, withdraw
from bot.context import BotContext, Services, Visit
from bot.delivery.posts import exported
from bot.messages.attribution import headline
from bot.messages.questions import words_of
from bot.messages.reply import Reply
from config.settings import Settings
from index.datatypes import ArticleCard
from index.errors import NotFound, StoreError

log = logging.getLogger(__name__)

BY = "telegram"
TRIES = 6
TRY_EVERY = 5.0
"""Seconds between two tries to keep a post where the database cannot take it: Telegram gives each only once."""


def allowed(settings: Settings, chat: Chat) -> bool:
    """Whether the settings name this channel as a source."""
    return any(source.kind == "channel" and source.channel == chat.id for source in settings.sources)


async def posted(update: Update, context: BotContext) -> None:
    """A post of a channel, new or edited."""
    post, services = update.channel_post or update.edited_channel_post, context.services
    assert isinstance(post, Message)  # the filter lets nothing else through
    if post.via_bot is not None and post.via_bot.id == context.me.id:
        return  # a quote of ours, sent through inline mode: the archive must not quote itself
    if not allowed(services.settings, post.chat):
        await _hint(services, post.chat)
        return
    if update.channel_post is not None and not words_of(post) and post.media_group_id is None:
        return  # a picture without words; an edit may bring them
    await _keep(services, post)
    services.taker.wake()


async def _keep(services: Services, post: Message) -> None:
    chat, message = post.chat, exported(post)
    for attempt in range(1, TRIES + 1):
        try:
            await services.archive.submit_post(chat.id, chat.title or "", chat.username, message, post.media_group_id)
        except StoreError as error:
            log.error("Post %d of channel %d could not be kept: %s", post.message_id, chat.id, error)
            if attempt == TRIES:
                raise
            await asyncio.sleep(TRY_EVERY)
        else:
            return


async def _hint(services: Services, chat: Chat) -> None:
    """Say once, to the log and to the administrators, how to take in a channel that is not allowed."""
    if not await services.journal.hints.is_first(f"channel:{chat.id}"):
        return
    log.info("Posts of channel %d (%s) are ignored: it is not among the sources of the settings.", chat.id, chat.title)
    values = {"title": chat.title or "", "number": str(chat.id)}
    services.spawn(tell_administrators(services, lambda texts, _: Reply(texts.say("channel.hint", **values))))


async def forget(update: Update, context: BotContext) -> None:
    """/forget with the link of a post that was deleted in its channel."""
    visit = await context.visit(update)
    services, link = visit.services, " ".join(context.args or [])[:500]
    if not link:
        await visit.say("post.usage")
        return
    try:
        cards = await services.archive.of_post(link)
        deliveries = [one for card in cards for one in await affected(services, card.id)]
        gone = await services.archive.forget_post(link, by=BY)
    except NotFound:
        await visit.say("post.unknown", link=link[:200])
        return
    await services.journal.audit.note(visit.user_id, "forget", link)
    services.spawn(withdraw(services, deliveries))
    await visit.send(_forgotten(visit, gone, len(deliveries)))


def _forgotten(visit: Visit, gone: Sequence[ArticleCard], quoting: int) -> Reply:
    """What is gone, and how many messages that quote it are being changed."""
    lines = [
        visit.texts.say("post.forgotten", headline=headline(card, visit.texts), number=str(card.id)) for card in gone
    ]
    words = "\n".join(lines) or visit.texts.say("post.erased")
    if quoting:
        words += "\n" + visit.texts.say("remove.withdrawing", count=quoting)
    return Reply(words)
