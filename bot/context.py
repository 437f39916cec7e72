"""What every handler is given: the services of the running bot, and who is speaking where.

Built by `app`; the handlers see `BotContext` and make a `Visit` of each update. Must not know what a handler does.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from telegram import Bot, Chat, Message, Update, User
from telegram.ext import Application, CallbackContext

from bot.access.limits import Access
from bot.access.roles import Role
from bot.delivery.albums import Albums
from bot.delivery.lanes import Closing
from bot.delivery.outbox import Delivered, Outbox, Place
from bot.delivery.polling import HeardRequest
from bot.journal import Group
from bot.keys import Seal
from bot.messages.buttons import Encode, encoder
from bot.messages.catalogue import Catalogue, catalogue, choose, languages
from bot.messages.reply import Reply
from bot.scheduling.index_process import Runner
from bot.scheduling.submissions import Taker
from bot.scheduling.timetable import Timetable
from bot.threads.async_archive import AsyncArchive
from bot.threads.async_journal import AsyncJournal
from bot.threads.bridge import Bridge
from config.settings import Settings

log = logging.getLogger(__name__)


@dataclass
class Services:
    """The parts of the running bot."""

    settings: Settings
    archive: AsyncArchive
    bridge: Bridge
    journal: AsyncJournal
    seal: Seal
    access: Access
    outbox: Outbox
    started: float  # time.monotonic()
    runner: Runner
    polling: HeardRequest  # the connection that updates come by
    taker: Taker
    timetable: Timetable
    albums: Albums = field(default_factory=Albums)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)
    is_backing_up: bool = False
    fatal: str | None = None  # why the bot stops by itself

    def local(self, moment: str) -> datetime:
        """A moment of the journal, in the newsroom's time zone."""
        return datetime.fromisoformat(moment).astimezone(self.settings.answers.zone)

    def spawn(self, work: Coroutine[Any, Any, object]) -> None:
        """Let work go on behind the handler that started it; what it raises goes to the log."""
        task = asyncio.create_task(_logged(work))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)


async def _logged(work: Coroutine[Any, Any, object]) -> None:
    try:
        await work
    except Closing:
        log.info("work in the background ends with the bot")
    except Exception:
        log.exception("work in the background failed")


Data = dict[Any, Any]
BotApplication = Application[Any, "BotContext", Data, Data, Data, Any]


class BotContext(CallbackContext[Any, Data, Data, Data]):
    """The context of one update, with the services at hand."""

    @property
    def services(self) -> Services:
        """The parts of the running bot."""
        return services_of(self.application)

    @property
    def me(self) -> User:
        """The bot's own user."""
        return cast(Bot, self.bot).bot

    async def visit(self, update: Update) -> Visit:
        """Who is speaking, where, in which language; for updates that have a chat."""
        services, chat, user = self.services, update.effective_chat, update.effective_user
        assert chat is not None  # only updates with a chat go to handlers that visit
        message = update.effective_message if isinstance(update.effective_message, Message) else None
        group, texts = await preferences(services, chat, user)
        asker = _asker(message, user) if update.callback_query is None else (user.id if user else 0)
        return Visit(
            services=services,
            chat=chat,
            user_id=user.id if user else 0,
            asker=asker,
            role=await role_of(services, asker),
            name=_name(message, user),
            place=_place(chat, message),
            texts=texts,
            encode=encoder(services.seal, chat.id),
            group=group,
        )


async def role_of(services: Services, person: int) -> Role:
    """What somebody is to the bot outside of groups."""
    return services.access.role(person, await services.journal.readers.standing(person))


SERVICES = "services"


def services_of(application: Application[Any, Any, Any, Any, Any, Any]) -> Services:
    """The services of a running bot."""
    return cast(Services, application.bot_data[SERVICES])


async def preferences(services: Services, chat: Chat | None, user: User | None) -> tuple[Group, Catalogue]:
    """What a group set, and the language to speak: the group's, the reader's choice, or that of their Telegram."""
    group, chosen = Group(), None
    if chat is not None and chat.type != Chat.PRIVATE:
        group = await services.journal.preferences.group(chat.id)
        chosen = group.lang
    elif user is not None:
        chosen = await services.journal.preferences.language(user.id)
    if chosen is not None and chosen in languages():
        return group, catalogue(chosen)
    return group, choose(user.language_code if user else None)


@dataclass(frozen=True)
class Visit:
    """Somebody in a chat: where to answer, in which language, under which settings.

    `asker` stands for the sender, who may also be a channel or an anonymous administrator's group; `role` is theirs,
    not counting the group they are in; `name` is how Telegram shows them.
    """

    services: Services
    chat: Chat
    user_id: int
    asker: int
    role: Role
    name: str
    place: Place
    texts: Catalogue
    encode: Encode
    group: Group

    @property
    def archive(self) -> AsyncArchive:
        """The archive that is asked."""
        return self.services.archive

    @property
    def journal(self) -> AsyncJournal:
        """The bot's own memory."""
        return self.services.journal

    @property
    def is_private(self) -> bool:
        """Whether this is a chat with one person."""
        return self.chat.type == Chat.PRIVATE

    @property
    def is_admin(self) -> bool:
        """Whether the bot's settings name this user."""
        return self.services.access.is_admin(self.user_id)

    async def send(self, reply: Reply) -> Delivered:
        """Send a reply where it belongs."""
        return await self.services.outbox.send(self.place, reply)

    async def say(self, key: str, **values: object) -> Delivered:
        """Send one of our sentences."""
        return await self.send(Reply(self.texts.say(key, **values)))


def _asker(message: Message | None, user: User | None) -> int:
    if message is not None and message.sender_chat is not None:
        return message.sender_chat.id
    return user.id if user else 0


def _name(message: Message | None, user: User | None) -> str:
    if message is not None and message.sender_chat is not None:
        return message.sender_chat.effective_name or ""
    if user is None:
        return ""
    return f"{user.full_name} (@{user.username})" if user.username else user.full_name


def _place(chat: Chat, message: Message | None) -> Place:
    if message is None or chat.type == Chat.PRIVATE:
        return Place(chat.id)
    thread = message.message_thread_id if message.is_topic_message else None
    return Place(chat.id, thread, message.message_id)
