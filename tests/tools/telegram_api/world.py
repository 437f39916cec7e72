"""Everybody and everything the server knows: people, chats, messages, files, queries.

Plain state with the JSON forms the Bot API gives it. Changed by `methods` (the bot's hand) and by `client` (people's
hands). Knows no HTTP and sends no updates.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import Any

from .clock import Clock
from .entities import Entity
from .text import FormattedText

Json = dict[str, Any]

ANONYMOUS_ADMIN = 1087968824
LINKED_CHANNEL = 777000
CHANNEL_BOT = 136817688

ADMIN_RIGHTS = [
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_post_messages",
    "can_edit_messages",
    "can_pin_messages",
    "can_manage_topics",
]
MEMBER_RIGHTS = [
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
    "can_edit_tag",
]


@dataclass(slots=True, eq=False)
class User:
    """A person or a bot."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = ""
    is_bot: bool = False
    deactivated: bool = False
    met: bool = False  # the bot has seen this user somewhere

    def json(self) -> Json:
        body: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        for name in ("last_name", "username", "language_code"):
            if getattr(self, name):
                body[name] = getattr(self, name)
        return body


@dataclass(slots=True, eq=False)
class Bot(User):
    """The one bot this server serves, with its switches of BotFather."""

    privacy: bool = True
    inline: bool = True
    inline_feedback: bool = True

    def full_json(self) -> Json:
        return {
            **self.json(),
            "can_join_groups": True,
            "can_read_all_group_messages": not self.privacy,
            "supports_inline_queries": self.inline,
            "can_connect_to_business": False,
            "has_main_web_app": False,
            "has_topics_enabled": False,
        }


@dataclass(slots=True, eq=False)
class Member:
    """One user's place in a chat."""

    user: User
    status: str = "member"  # creator, administrator, member, restricted, left, kicked
    rights: dict[str, bool] = field(default_factory=dict)
    anonymous: bool = False

    @property
    def present(self) -> bool:
        return self.status in ("creator", "administrator", "member", "restricted")

    @property
    def admin(self) -> bool:
        return self.status in ("creator", "administrator")

    def may(self, right: str) -> bool:
        return self.status == "creator" or (
            self.status == "administrator" and self.rights.get(right, right in ADMIN_RIGHTS)
        )

    def json(self) -> Json:
        body: Json = {"user": self.user.json(), "status": self.status}
        if self.status == "creator":
            body["is_anonymous"] = self.anonymous
        elif self.status == "administrator":
            body |= {"can_be_edited": False, "is_anonymous": self.anonymous}
            body |= {right: self.may(right) for right in ADMIN_RIGHTS}
        elif self.status == "restricted":
            body |= {"is_member": True, "until_date": 0}
            body |= {right: self.rights.get(right, False) for right in MEMBER_RIGHTS}
        elif self.status == "kicked":
            body["until_date"] = 0
        return body


@dataclass(slots=True, eq=False)
class Stored:
    """A message: `body` in the form of the Bot API, and what happened to it."""

    body: Json
    by_bot: bool
    text: FormattedText = field(default_factory=lambda: FormattedText(""))
    deleted: bool = False
    other_markup: bool = False  # a keyboard below the input field: such a message cannot be edited
    versions: list[Json] = field(default_factory=list)

    @property
    def id(self) -> int:
        return int(self.body["message_id"])

    def as_reply(self) -> Json:
        return {name: value for name, value in self.body.items() if name != "reply_to_message"}


@dataclass(slots=True, eq=False)
class Chat:
    """A private chat, group, supergroup or channel."""

    id: int
    type: str
    title: str = ""
    username: str = ""
    user: User | None = None
    is_forum: bool = False
    members: dict[int, Member] = field(default_factory=dict)
    topics: dict[int, str] = field(default_factory=dict)
    closed_topics: set[int] = field(default_factory=set)
    messages: dict[int, Stored] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    started: bool = False
    blocked: bool = False
    migrated_to: int | None = None
    linked_id: int | None = None
    last_id: int = 0

    @property
    def is_group(self) -> bool:
        return self.type in ("group", "supergroup")

    @property
    def kind(self) -> str:
        """The word that error texts use."""
        return {"private": "private", "group": "group", "supergroup": "supergroup", "channel": "channel"}[self.type]

    def next_id(self) -> int:
        self.last_id += 1
        return self.last_id

    def member(self, user: User) -> Member:
        return self.members.get(user.id) or Member(user, "left")

    def live(self, message_id: int) -> Stored | None:
        message = self.messages.get(message_id)
        return message if message is not None and not message.deleted else None

    def json(self) -> Json:
        body: Json = {"id": self.id, "type": self.type}
        if self.user is not None:
            person = self.user.json()
            return body | {name: person[name] for name in ("first_name", "last_name", "username") if name in person}
        body["title"] = self.title
        if self.username:
            body["username"] = self.username
        if self.is_forum:
            body["is_forum"] = True
        return body


@dataclass(slots=True, eq=False)
class StoredFile:
    """A file somebody sent. `size` may be claimed larger than the content, to test refusals."""

    id: str
    unique_id: str
    name: str
    mime: str
    content: bytes
    size: int
    path: str

    def json(self) -> Json:
        return {"file_id": self.id, "file_unique_id": self.unique_id, "file_size": self.size}


@dataclass(slots=True, eq=False)
class Query:
    """A callback or inline query, open until answered or too old."""

    id: str
    kind: str
    user: User
    at: float
    answer: Json | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something the bot did that people can see: sent, edited, deleted, action, draft, reaction, answer."""

    kind: str
    chat_id: int
    message_id: int = 0
    data: Any = None


@dataclass(slots=True, eq=False)
class InlineMessage:
    """A message a person posted through the bot; the bot knows it by this id only."""

    id: str
    chat: Chat
    message: Stored


class World:
    """The state of one server with one bot."""

    def __init__(self, bot: Bot, clock: Clock) -> None:
        self.bot = bot
        self.clock = clock
        self.users: dict[int, User] = {bot.id: bot}
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, StoredFile] = {}
        self.queries: dict[str, Query] = {}
        self.inline_messages: dict[str, InlineMessage] = {}
        self.commands: dict[tuple[str, str], list[Json]] = {}
        self.profile: dict[tuple[str, str], str] = {}
        self.journal: list[Event] = []
        self.user_ids = itertools.count(5_000_001)
        self.group_ids = itertools.count(1)
        self.query_ids = itertools.count(1_000_000_000_001)
        self.file_ids = itertools.count(1)
        for reserved in (
            User(ANONYMOUS_ADMIN, "Group", username="GroupAnonymousBot", is_bot=True),
            User(LINKED_CHANNEL, "Telegram"),
            User(CHANNEL_BOT, "Channel", username="Channel_Bot", is_bot=True),
        ):
            self.users[reserved.id] = reserved

    def chat_named(self, name: str) -> Chat | None:
        """The public group or channel of an @name."""
        wanted = name.removeprefix("@").lower()
        return next((c for c in self.chats.values() if c.username.lower() == wanted and c.user is None), None)

    def record(self, kind: str, chat_id: int, message_id: int = 0, data: Any = None) -> None:
        self.journal.append(Event(kind, chat_id, message_id, data))

    def entities_json(self, entities: tuple[Entity, ...]) -> list[Json]:
        """Entities as messages carry them; a mention of an unknown user is dropped."""
        result: list[Json] = []
        for entity in entities:
            body = entity.as_json()
            if entity.type == "text_mention":
                user = self.users.get(int(body.pop("user_id")))
                if user is None:
                    continue
                body["user"] = user.json()
            result.append(body)
        return result

    def add_file(self, content: bytes, name: str, mime: str, folder: str, size: int | None = None) -> StoredFile:
        number = next(self.file_ids)
        extension = name.rpartition(".")[2] if "." in name else "bin"
        stored = StoredFile(
            id=f"BQACAgIAAxkBAAI{number:08d}",
            unique_id=f"AgAD{number:08d}",
            name=name,
            mime=mime,
            content=content,
            size=len(content) if size is None else size,
            path=f"{folder}/file_{number}.{extension}",
        )
        self.files[stored.id] = stored
        return stored

    def open_query(self, kind: str, user: User) -> Query:
        query = Query(str(next(self.query_ids)), kind, user, self.clock.now())
        self.queries[query.id] = query
        return query
