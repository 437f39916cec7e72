"""The command menus and the bot's profile, by language: readers see readers' commands, administrators theirs.

Called once at start. Writes only what differs from what Telegram has.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.catalogue import ENGLISH, Catalogue, catalogue, languages

log = logging.getLogger(__name__)

READERS = ("ask", "latest", "new", "help", "language", "privacy", "forgetme", "id")
GROUPS = ("ask", "latest", "help", "settings")
ADMINISTRATORS = ("status", "reindex", "cancel", "articles", "remove", "restore", "edit", "forget", "reports")


async def publish(bot: Bot, admins: Iterable[int]) -> None:
    """Bring menus and profile up to date. What Telegram refuses is logged and does no harm."""
    for lang in languages():
        texts, code = catalogue(lang), None if lang == ENGLISH else lang
        await _try(_menu(bot, READERS, texts, BotCommandScopeAllPrivateChats(), code))
        await _try(_menu(bot, GROUPS, texts, BotCommandScopeAllGroupChats(), code))
        await _try(_profile(bot, texts, code))
        for admin in admins:
            await _try(_menu(bot, READERS + ADMINISTRATORS, texts, BotCommandScopeChat(admin), code))


async def _try(work: object) -> None:
    try:
        await work  # type: ignore[misc]  # a coroutine of this module
    except (BadRequest, Forbidden) as error:
        log.info("a menu was not set: %s", error)  # an administrator who never pressed Start has no menu yet
    except TelegramError as error:
        log.warning("menus could not be set: %s", error)


async def _menu(bot: Bot, names: Sequence[str], texts: Catalogue, scope: BotCommandScope, code: str | None) -> None:
    wanted = tuple(BotCommand(name, texts.say(f"command.{name}")) for name in names)
    if await bot.get_my_commands(scope, code) != wanted:
        await bot.set_my_commands(wanted, scope, code)


async def _profile(bot: Bot, texts: Catalogue, code: str | None) -> None:
    description, short = texts.say("profile.description"), texts.say("profile.short")
    if (await bot.get_my_description(code)).description != description:
        await bot.set_my_description(description, code)
    if (await bot.get_my_short_description(code)).short_description != short:
        await bot.set_my_short_description(short, code)
