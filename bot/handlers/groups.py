"""Groups: one short hello, who may ask, and the settings of a group's own administrators.

Registered by `app`; `may_ask` is called for every question.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from telegram import ChatMember, ChatMemberUpdated, Update
from telegram.constants import ChatID
from telegram.error import TelegramError

from bot.access.roles import Action, Role, in_group, may
from bot.context import BotContext, Visit
from bot.handlers.press_result import Outcome
from bot.journal import Group
from bot.messages import keyboards
from bot.messages.buttons import Forged, Press, Pressed
from bot.messages.catalogue import catalogue, languages
from bot.messages.page import BOLD, Page
from bot.messages.reply import Reply

ADMINISTRATORS = (ChatMember.OWNER, ChatMember.ADMINISTRATOR)


class Setting(StrEnum):
    """What a group's administrators can set."""

    LANGUAGE = "lang"
    BRIEF = "brief"
    ASKERS = "askers"


async def may_ask(visit: Visit) -> bool:
    """Whether this reader may ask in this very chat; says so where not."""
    if not visit.group.admins_only or may(await role_here(visit), Action.ASK_RESERVED):
        return True
    await visit.say("settings.only_admins")
    return False


async def role_here(visit: Visit) -> Role:
    """The sender's role, counting whether they administer the group they are in."""
    if visit.role is not Role.READER:
        return visit.role  # no need to ask Telegram
    return in_group(visit.role, group_admin=await is_group_admin(visit))


async def is_group_admin(visit: Visit) -> bool:
    """Whether the sender administers the group, by name or as the anonymous administrator."""
    if visit.asker == visit.chat.id or visit.user_id == ChatID.ANONYMOUS_ADMIN:
        return True
    try:
        member = await visit.chat.get_member(visit.user_id)
    except TelegramError:
        return False
    return member.status in ADMINISTRATORS


async def membership(update: Update, context: BotContext) -> None:
    """The bot was added to a group: one short hello. It was removed: nothing can be sent there any more."""
    change = update.my_chat_member
    if change is None:
        return
    visit = await context.visit(update)
    if not _is_in(change.new_chat_member):
        await visit.journal.deliveries.forget_chat(visit.chat.id)
    elif not visit.is_private and _came(change) and visit.role is not Role.BANNED:
        await visit.say("group.hello", bot=context.me.username)


def _came(change: ChatMemberUpdated) -> bool:
    return not _is_in(change.old_chat_member) and change.chat.type != change.chat.CHANNEL


def _is_in(member: ChatMember) -> bool:
    return member.status not in (ChatMember.LEFT, ChatMember.BANNED)


async def migrated(update: Update, context: BotContext) -> None:
    """A group became a supergroup: its settings go along. Both chats tell, and either may be heard first."""
    message, services = update.effective_message, context.services
    if message is None:
        return
    old = message.migrate_from_chat_id or message.chat_id
    new = message.migrate_to_chat_id or message.chat_id
    await services.journal.migrate(old, new)


async def settings(update: Update, context: BotContext) -> None:
    """/settings: what this group's administrators can set."""
    visit = await context.visit(update)
    if visit.is_private:
        await visit.say("settings.private")
    elif not may(await role_here(visit), Action.CONFIGURE):
        await visit.say("settings.not_admin")
    else:
        await visit.send(settings_reply(visit))


def settings_reply(visit: Visit) -> Reply:
    """The settings as they are, with a button to change each."""
    texts, group = visit.texts, visit.group
    page = Page()
    page.line(texts.say("settings.title"), BOLD)
    tongue = catalogue(group.lang).name if group.lang in languages() and group.lang else texts.say("language.auto")
    length = texts.say(f"settings.length.{'brief' if group.brief else 'full'}")
    askers = texts.say(f"settings.askers.{'admins' if group.admins_only else 'all'}")
    rows = [
        [
            keyboards.button(
                f"{texts.say('settings.language')}: {texts.isolate(tongue)}",
                visit.encode(Press.SETTING, Setting.LANGUAGE),
            )
        ],
        [keyboards.button(length, visit.encode(Press.SETTING, Setting.BRIEF))],
        [keyboards.button(askers, visit.encode(Press.SETTING, Setting.ASKERS))],
    ]
    return Reply(page.text, page.entities(), keyboards.keyboard(rows))


async def set_one(visit: Visit, pressed: Pressed) -> Outcome:
    """A button of the settings: the next value of what it stands for."""
    if visit.is_private or not may(await role_here(visit), Action.CONFIGURE):
        return Outcome(visit.texts.say("settings.not_admin"), alert=True)
    group = _changed(visit.group, _setting(pressed))
    await visit.journal.preferences.set_group(visit.chat.id, group)
    await visit.journal.audit.note(visit.user_id, "settings", pressed.text(0))
    texts = catalogue(group.lang) if group.lang else visit.texts
    return Outcome(reply=settings_reply(replace(visit, group=group, texts=texts)))


def _setting(pressed: Pressed) -> Setting:
    try:
        return Setting(pressed.text(0))
    except ValueError as error:
        raise Forged(pressed.text(0)) from error


def _changed(group: Group, what: Setting) -> Group:
    if what is Setting.BRIEF:
        return replace(group, brief=not group.brief)
    if what is Setting.ASKERS:
        return replace(group, admins_only=not group.admins_only)
    choices: list[str | None] = [None, *languages()]
    at = choices.index(group.lang) if group.lang in choices else 0
    return replace(group, lang=choices[(at + 1) % len(choices)])
