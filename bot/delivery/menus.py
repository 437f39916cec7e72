"""The command menus and the bot's profile, by language: readers see readers' commands, administrators theirs.

Called once at start. Writes only what differs from what Telegram has.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Iterable, Sequence
from typing import TypeVar

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotDescription,
    BotShortDescription,
)
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.messages.catalogue import ENGLISH, Catalogue, catalogue, languages

log = logging.getLogger(__name__)

T = TypeVar("T")

READERS = ("ask", "latest", "new", "help", "language", "privacy", "forgetme", "id")
GROUPS = ("ask", "latest", "help", "settings")
ADMINISTRATORS = (
    *("sources", "backup"),
    *("status", "reindex", "cancel", "articles", "remove", "restore", "edit", "forget", "reports"),
    *("unanswered", "questions", "feedback", "allow", "ban", "audit"),
)


async def publish(bot: Bot, admins: Iterable[int]) -> None:
    """Bring menus and profile up to date. What Telegram refuses is logged and does no harm."""
    for lang in languages():
        texts, code = catalogue(lang), None if lang == ENGLISH else lang
        await _try(_menu(bot, READERS, texts, BotCommandScopeAllPrivateChats(), code))
        await _try(_menu(bot, GROUPS, texts, BotCommandScopeAllGroupChats(), code))
        await _try(_profile(bot, texts, code))
    for admin in admins:
        await _try(_administrators_menus(bot, admin))


async def _try(work: Awaitable[None]) -> None:
    try:
        await work
    except (BadRequest, Forbidden) as error:
        log.info("a menu was not set: %s", error)
    except TelegramError as error:
        log.warning("menus could not be set: %s", error)


async def _administrators_menus(bot: Bot, admin: int) -> None:
    """An administrator's menu in every language; they have none until they press Start."""
    for lang in languages():
        texts, code = catalogue(lang), None if lang == ENGLISH else lang
        await _menu(bot, READERS + ADMINISTRATORS, texts, BotCommandScopeChat(admin), code)


async def _menu(bot: Bot, names: Sequence[str], texts: Catalogue, scope: BotCommandScope, code: str | None) -> None:
    wanted = tuple(BotCommand(name, texts.say(f"command.{name}")) for name in names)
    if await _known(bot.get_my_commands(scope, code)) != wanted:
        await bot.set_my_commands(wanted, scope, code)


async def _profile(bot: Bot, texts: Catalogue, code: str | None) -> None:
    description, short = texts.say("profile.description"), texts.say("profile.short")
    if await _known(bot.get_my_description(code)) != BotDescription(description):
        await bot.set_my_description(description, code)
    if await _known(bot.get_my_short_description(code)) != BotShortDescription(short):
        await bot.set_my_short_description(short, code)


async def _known(reading: Awaitable[T]) -> T | None:
    """What Telegram has; None where it does not say, as a Bot API server that lacks the method.

    That is no news: whatever keeps the menu from being set, too, is logged then.
    """
    try:
        return await reading
    except TelegramError as error:
        log.debug("a menu could not be read: %s", error)
        return None
