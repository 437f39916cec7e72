"""Everybody around the bot: makes persons, groups and channels, and shows what stands in them.

The base of the server; tests call it as `server.person(...)`, `server.group(...)`, `server.messages(...)`.
"""

from __future__ import annotations

from .client import Person, Somewhere
from .incoming import sees, text_content
from .places import Channel, Place
from .text import fixed
from .updates import UpdateQueue
from .views import Message
from .waiting import Changes
from .world import Chat, Member, User, World


class People:
    """Everybody around the bot. The server is one."""

    def __init__(self, world: World, updates: UpdateQueue, changes: Changes) -> None:
        self.world = world
        self.updates = updates
        self.changes = changes

    def person(
        self,
        first_name: str = "Reader",
        *,
        last_name: str = "",
        username: str = "",
        language_code: str = "en",
        user_id: int | None = None,
        is_bot: bool = False,
        started: bool = False,
    ) -> Person:
        """A new person. The bot has not met them, unless `started`: then their private chat is open already."""
        number = next(self.world.user_ids) if user_id is None else user_id
        user = User(number, first_name, last_name, username, language_code, is_bot)
        user.met = started
        self.world.users[number] = user
        self.world.chats[number] = chat = Chat(number, "private", user=user, started=started)
        chat.members[self.world.bot.id] = Member(self.world.bot)
        return Person(self, user, chat)

    def group(self, title: str = "Newsroom", owner: Person | None = None) -> Place:
        """A basic group without the bot."""
        return self.add_chat("group", title, owner)

    def supergroup(self, title: str = "Newsroom", owner: Person | None = None, username: str = "") -> Place:
        return self.add_chat("supergroup", title, owner, username)

    def forum(self, title: str = "Newsroom", owner: Person | None = None) -> Place:
        """A supergroup with topics."""
        place = self.add_chat("supergroup", title, owner)
        place.chat.is_forum = True
        return place

    def channel(self, title: str = "The Wire", owner: Person | None = None, username: str = "") -> Channel:
        place = self.add_chat("channel", title, owner, username)
        assert isinstance(place, Channel)
        return place

    def add_chat(self, kind: str, title: str, owner: Person | None, username: str = "") -> Place:
        """Any of them, with its owner inside."""
        owner = owner or self.person("Owner")
        number = next(self.world.group_ids)
        chat_id = -(4_000_000 + number) if kind == "group" else -(1_002_000_000_000 + number)
        chat = Chat(chat_id, kind, title, username)
        chat.members[owner.user.id] = Member(owner.user, "creator")
        self.world.chats[chat_id] = chat
        return (Channel if kind == "channel" else Place)(self, chat, owner)

    def messages(self, chat: Somewhere | Person) -> list[Message]:
        """What stands in a chat now, oldest first."""
        where = chat if isinstance(chat, Chat) else chat.chat
        return [Message(where, stored) for stored in where.messages.values() if not stored.deleted]

    def bot_messages(self, chat: Somewhere | Person) -> list[Message]:
        """The bot's part of them."""
        return [message for message in self.messages(chat) if message.by_bot]

    def file(self, message: Message) -> bytes:
        """The bytes of the file or picture of a message. Raises KeyError where it has none."""
        carried = message.raw["document"] if "document" in message.raw else message.raw["photo"][-1]
        return self.world.files[carried["file_id"]].content

    def edit(self, message: Message, text: str) -> Message:
        """Give a message of a person or channel another text, and tell the bot."""
        stored, chat = message.stored, message.chat
        written = fixed(text, [])
        content = text_content(self.world, written, "text" if "text" in stored.body else "caption")
        changing = ("text", "entities", "caption", "caption_entities")
        kept = {name: value for name, value in stored.body.items() if name not in changing}
        stored.body = kept | content | {"edit_date": self.world.clock.date()}
        stored.text = written
        stored.versions.append(stored.body)
        if sees(self.world.bot, chat, stored) and not stored.by_bot:
            kind = "edited_channel_post" if chat.type == "channel" else "edited_message"
            self.updates.put(kind, stored.body)
        self.changes.notify()
        return message
