"""A person, in a test's hand: writes, presses, types, blocks, and waits for what the bot does.

Made by `server.person(...)`. Everything a person does reaches the bot as an update and nothing else.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from .incoming import Draft, change_member, post, text_content
from .places import Channel, Place
from .text import FormattedText, fixed
from .views import CallbackAnswer, InlineAnswer, InlineResult, Message
from .world import (
    ANONYMOUS_ADMIN,
    CHANNEL_BOT,
    Chat,
    InlineMessage,
    Json,
    Member,
    Query,
    Stored,
    User,
)

if TYPE_CHECKING:
    from .people import People

Found = TypeVar("Found")
Somewhere = Chat | Place


class Press:
    """A button pressed, waiting for its answer."""

    def __init__(self, people: People, query: Query) -> None:
        self._people = people
        self._query = query

    async def answered(self, timeout: float = 20.0) -> CallbackAnswer:
        """The bot's answer. Raises TimeoutError."""
        answer = await self._people.changes.wait(lambda: self._query.answer, timeout)
        if answer is None:
            raise TimeoutError(f"the button was not answered within {timeout} s")
        return CallbackAnswer(**answer)


class Person:
    """One person; `chat` is their private chat with the bot."""

    def __init__(self, people: People, user: User, chat: Chat) -> None:
        self.people = people
        self.user = user
        self.chat = chat
        self._read: dict[int, int] = {}

    @property
    def id(self) -> int:
        return self.user.id

    # -- writing

    async def says(
        self,
        text: str,
        chat: Somewhere | None = None,
        *,
        reply_to: Message | None = None,
        topic: int | None = None,
        anonymous: bool = False,
        as_channel: Channel | None = None,
    ) -> Message:
        """Write a text: to the bot, or in a group (as an anonymous administrator, or in a channel's name)."""
        written = fixed(text, [])
        if not written.text:
            raise ValueError("an app sends no empty message")
        content = text_content(self.people.world, written)
        where = self._where(chat)
        sender, sender_chat = self._identity(where, anonymous, as_channel)
        replied = reply_to.stored if reply_to else None
        if topic is None and replied is not None and where.is_forum:
            topic = replied.body.get("message_thread_id")
        return await self._post(where, Draft(sender, content, written, sender_chat, replied, topic))

    async def starts(self, payload: str = "") -> Message:
        """Press Start, from a link with `payload` or from the profile. Raises ValueError for no such payload."""
        if payload and not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", payload):
            raise ValueError(f"apps open no link with the start parameter {payload!r}")
        return await self.says(f"/start {payload}".strip())

    async def sends_document(
        self,
        content: bytes,
        name: str,
        mime: str = "application/octet-stream",
        *,
        caption: str = "",
        size: int | None = None,
        chat: Somewhere | None = None,
    ) -> Message:
        """Send a file; `size` may claim more bytes than there are."""
        file = self.people.world.add_file(content, name, mime, "documents", size)
        document = file.json() | {"file_name": name, "mime_type": mime}
        return await self._send_file({"document": document}, caption, chat)

    async def sends_photo(self, caption: str = "", chat: Somewhere | None = None, *, album: str = "") -> Message:
        """Send a picture; several with the same `album` are shown as one."""
        file = self.people.world.add_file(b"\xff\xd8\xff photo", "photo.jpg", "image/jpeg", "photos")
        sizes = [file.json() | {"width": 1280, "height": 720}]
        content: Json = {"photo": sizes} | ({"media_group_id": album} if album else {})
        return await self._send_file(content, caption, chat)

    async def sends_voice(self, chat: Somewhere | None = None) -> Message:
        file = self.people.world.add_file(b"OggS voice", "voice.ogg", "audio/ogg", "voice")
        return await self._send_file({"voice": file.json() | {"duration": 3}}, "", chat)

    async def sends_sticker(self, emoji: str = "👍", chat: Somewhere | None = None) -> Message:
        file = self.people.world.add_file(b"RIFF sticker", "sticker.webp", "image/webp", "stickers")
        more = {"width": 512, "height": 512, "is_animated": False, "is_video": False, "type": "regular"}
        return await self._send_file({"sticker": file.json() | more | {"emoji": emoji}}, "", chat)

    async def sends_location(
        self, latitude: float = 52.5, longitude: float = 13.4, chat: Somewhere | None = None
    ) -> Message:
        return await self._send_file({"location": {"latitude": latitude, "longitude": longitude}}, "", chat)

    async def forwards(self, message: Message, chat: Somewhere | None = None, *, hidden: bool = False) -> Message:
        """Pass a message on; `hidden`: whoever wrote it does not let apps link to their account."""
        raw = message.raw
        origin: Json = {"type": "user", "date": raw["date"]}
        if message.chat.type == "channel":
            origin |= {"type": "channel", "chat": raw["chat"], "message_id": message.id}
            origin |= {name: raw[name] for name in ("author_signature",) if name in raw}
        elif hidden:
            origin |= {"type": "hidden_user", "sender_user_name": raw["from"]["first_name"]}
        else:
            origin["sender_user"] = raw["from"]
        head = ("message_id", "message_thread_id", "is_topic_message", "from", "sender_chat", "chat", "date")
        skipped = (*head, "reply_to_message", "reply_markup", "edit_date", "forward_origin", "author_signature")
        content = {name: value for name, value in raw.items() if name not in skipped}
        content["forward_origin"] = raw.get("forward_origin", origin)
        return await self._send(content, message.stored.text, chat)

    async def edits(self, message: Message, text: str) -> Message:
        """Change one's own message."""
        if message.raw.get("from", {}).get("id") != self.user.id:
            raise ValueError("only one's own messages can be edited")
        self.people.edit(message, text)
        await asyncio.sleep(0)
        return message

    async def deletes(self, message: Message) -> None:
        """Remove a message. The bot is never told."""
        message.stored.deleted = True

    async def _send_file(self, content: Json, caption: str, chat: Somewhere | None) -> Message:
        written = fixed(caption, []) if caption else FormattedText("")
        return await self._send(content | text_content(self.people.world, written, "caption"), written, chat)

    async def _send(self, content: Json, text: FormattedText, chat: Somewhere | None) -> Message:
        return await self._post(self._where(chat), Draft(self.user, content, text))

    async def _post(self, where: Chat, draft: Draft) -> Message:
        self._check_may_write(where)
        stored = post(self.people.world, self.people.updates, self.people.changes, where, draft)
        await asyncio.sleep(0)
        return Message(where, stored)

    def _identity(self, where: Chat, anonymous: bool, as_channel: Channel | None) -> tuple[User, Chat | None]:
        users = self.people.world.users
        if anonymous:
            if not where.member(self.user).admin:
                raise ValueError("only administrators write anonymously")
            return users[ANONYMOUS_ADMIN], where
        if as_channel is not None:
            return users[CHANNEL_BOT], as_channel.chat
        return self.user, None

    def _where(self, chat: Somewhere | None) -> Chat:
        return self.chat if chat is None else chat if isinstance(chat, Chat) else chat.chat

    def _check_may_write(self, where: Chat) -> None:
        if where.user is not None:
            if where is not self.chat:
                raise ValueError("that is somebody else's private chat")
            if where.blocked:
                raise ValueError("the bot is blocked: unblock it first")
        elif not where.member(self.user).present:
            raise ValueError(f"{self.user.first_name} is not in {where.title!r}")

    # -- pressing and typing

    async def presses(self, message: Message, button: str) -> Press:
        """Press a callback button, named by its text, a part of it, or its data. Raises LookupError, ValueError."""
        pressed = message.button(button)
        if "callback_data" not in pressed.raw:
            raise ValueError(f"the button {pressed.text!r} sends nothing to the bot: {pressed.raw}")
        return await self.sends_callback(message, pressed.data)

    async def sends_callback(self, message: Message, data: str) -> Press:
        """Send any callback data at all, as a changed app could: forged, old, of another message."""
        query = self.people.world.open_query("callback", self.user)
        body: Json = {
            "id": query.id,
            "from": self.user.json(),
            "chat_instance": str(abs(message.chat.id) * 7919 + 17),
            "data": data,
        }
        if message.inline_id:
            body["inline_message_id"] = message.inline_id
        elif message.deleted:
            body["message"] = {"chat": message.raw["chat"], "message_id": message.id, "date": 0}
        else:
            body["message"] = message.raw
        self.user.met = True
        self.people.updates.put("callback_query", body)
        await asyncio.sleep(0)
        return Press(self.people, query)

    async def types_inline(self, text: str, *, offset: str = "", chat_type: str = "sender") -> Query:
        """Type behind the bot's name, without waiting for the list."""
        if not self.people.world.bot.inline:
            raise ValueError("inline mode is off")
        query = self.people.world.open_query("inline", self.user)
        body = {"id": query.id, "from": self.user.json(), "query": text[:256], "offset": offset}
        self.user.met = True
        self.people.updates.put("inline_query", body | {"chat_type": chat_type})
        await asyncio.sleep(0)
        return query

    async def inline(
        self, text: str, *, offset: str = "", chat_type: str = "sender", timeout: float = 20.0
    ) -> InlineAnswer:
        """Type behind the bot's name and see the list. Raises TimeoutError."""
        query = await self.types_inline(text, offset=offset, chat_type=chat_type)
        answer = await self._wait(lambda: query.answer, timeout, "no list of results")
        return InlineAnswer(
            [InlineResult(result, text) for result in answer["results"]],
            answer["button"],
            answer["next_offset"],
            answer["cache_time"],
            answer["is_personal"],
        )

    async def chooses(self, result: InlineResult, chat: Somewhere | None = None) -> Message:
        """Post a result into a chat; the bot learns of it by chosen_inline_result."""
        where, world = self._where(chat), self.people.world
        content = result.message | {"via_bot": world.bot.json()}
        markup = result.raw.get("reply_markup")
        if markup:
            content["reply_markup"] = markup
        written = fixed(result.text, []) if result.text else FormattedText("")
        message = await self._send(content, written, where)
        chosen: Json = {"result_id": result.id, "from": self.user.json(), "query": result.query}
        if markup:
            message.inline_id = f"AAMCAgAD{message.id:08d}{abs(where.id)}"
            inline = InlineMessage(message.inline_id, where, message.stored)
            world.inline_messages[inline.id] = inline
            chosen["inline_message_id"] = inline.id
        if world.bot.inline_feedback:
            self.people.updates.put("chosen_inline_result", chosen)
        return message

    async def reacts(self, message: Message, emoji: str) -> bool:
        """Set a reaction; True when the bot is told (it must ask for these updates, and be administrator)."""
        chat = message.chat
        if chat.user is None and not chat.member(self.people.world.bot).admin:
            return False
        body = {
            "chat": chat.json(),
            "message_id": message.id,
            "user": self.user.json(),
            "date": self.people.world.clock.date(),
            "old_reaction": [],
            "new_reaction": [{"type": "emoji", "emoji": emoji}],
        }
        return self.people.updates.put("message_reaction", body)

    # -- the bot's place

    async def blocks_bot(self) -> None:
        """Stop the bot; its messages now fail with 403."""
        self.chat.blocked = True
        self._change_bot("kicked")

    async def unblocks_bot(self) -> None:
        self._change_bot("member")
        self.chat.blocked = False

    def _change_bot(self, status: str) -> None:
        people = self.people
        new = Member(people.world.bot, status)
        change_member(people.world, people.updates, self.chat, people.world.bot, self.user, new)

    def deletes_account(self) -> None:
        """From now on every message to this person fails with 403."""
        self.user.deactivated = True

    async def adds_bot(self, place: Place, *, admin: bool = False, **rights: bool) -> None:
        """Bring the bot into a group or channel."""
        place.adds_bot(self, "administrator" if admin else "member", **rights)

    async def removes_bot(self, place: Place) -> None:
        place.change(self.people.world.bot, self.user, "kicked")

    # -- reading

    async def reply(self, timeout: float = 20.0, chat: Somewhere | None = None) -> Message:
        """The bot's next message here that this person has not read yet. Raises TimeoutError."""
        where = self._where(chat)
        return await self._wait(lambda: self._next(where), timeout, f"no reply in {where.type} chat")

    async def replies(self, quiet: float = 0.3, timeout: float = 20.0, chat: Somewhere | None = None) -> list[Message]:
        """At least one message, and those that follow until the bot has been silent for `quiet` seconds."""
        found = [await self.reply(timeout, chat)]
        where = self._where(chat)
        while message := await self.people.changes.wait(lambda: self._next(where), quiet):
            found.append(message)
        return found

    async def asks(self, text: str, chat: Somewhere | None = None, *, timeout: float = 20.0, **how: Any) -> Message:
        """Write, and give back the bot's first message after it; earlier ones count as read."""
        self.reads_all(chat)
        await self.says(text, chat, **how)
        return await self.reply(timeout, chat)

    async def hears_nothing(self, seconds: float = 0.3, chat: Somewhere | None = None) -> None:
        """Raises AssertionError when the bot writes here within the time."""
        where = self._where(chat)
        message = await self.people.changes.wait(lambda: self._next(where), seconds)
        if message is not None:
            raise AssertionError(f"the bot wrote: {message.text!r}")

    async def sees_edit(self, message: Message, timeout: float = 20.0) -> Message:
        """The message after its next edit, or after one not looked at yet. Raises TimeoutError."""

        def edited() -> bool:
            return len(message.stored.versions) > message.seen_versions

        await self._wait(edited, timeout, "the message was not edited")
        message.seen_versions = len(message.stored.versions)
        return message

    def reads_all(self, chat: Somewhere | None = None) -> None:
        """Everything so far counts as read."""
        self._read[self._where(chat).id] = len(self.people.world.journal)

    def _next(self, where: Chat) -> Message | None:
        journal = self.people.world.journal
        for at in range(self._read.get(where.id, 0), len(journal)):
            event = journal[at]
            if event.kind == "sent" and event.chat_id == where.id:
                self._read[where.id] = at + 1
                return Message(where, self._stored(where, event.message_id))
        return None

    def _stored(self, where: Chat, message_id: int) -> Stored:
        return where.messages[message_id]

    async def _wait(self, look: Callable[[], Found | None], timeout: float, complaint: str) -> Found:
        found = await self.people.changes.wait(look, timeout)
        if found is None:
            raise TimeoutError(f"{complaint} within {timeout} s")
        return found
