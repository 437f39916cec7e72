"""How a message of a person becomes an update: its fields, and whether the bot gets to see it.

Called by `client` and `places`. Applies the same cleaning to people's texts as Telegram's apps do.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .entities import Entity, utf16_slice
from .text import FormattedText
from .updates import UpdateQueue
from .waiting import Changes
from .world import Bot, Chat, Json, Member, Stored, User, World


@dataclass(slots=True)
class Draft:
    """A message about to be posted: who sends it, what it holds, what it answers."""

    sender: User | None
    content: Json
    text: FormattedText = field(default_factory=lambda: FormattedText(""))
    sender_chat: Chat | None = None
    reply_to: Stored | None = None
    topic: int | None = None


def post(world: World, updates: UpdateQueue, changes: Changes, chat: Chat, draft: Draft) -> Stored:
    """Store the message and tell the bot, where it may know."""
    body: Json = {"message_id": chat.next_id()}
    if draft.topic and draft.topic != 1:
        body |= {"message_thread_id": draft.topic, "is_topic_message": True}
    if draft.sender is not None:
        body["from"] = draft.sender.json()
    if draft.sender_chat is not None:
        body["sender_chat"] = draft.sender_chat.json()
    body |= {"chat": chat.json(), "date": world.clock.date()}
    if draft.reply_to is not None:
        body["reply_to_message"] = draft.reply_to.as_reply()
    body |= draft.content
    stored = Stored(body, by_bot=False, text=draft.text, versions=[body])
    chat.messages[stored.id] = stored
    if sees(world.bot, chat, stored):
        _meet(world, chat, stored)
        updates.put("channel_post" if chat.type == "channel" else "message", body)
    changes.notify()
    return stored


def _meet(world: World, chat: Chat, stored: Stored) -> None:
    sender = stored.body.get("from", {}).get("id")
    if sender in world.users:
        world.users[sender].met = True
    if chat.user is not None:
        chat.started = True


def text_content(world: World, text: FormattedText, name: str = "text") -> Json:
    """The fields of a text (`name` text) or of a caption."""
    content: Json = {name: text.text} if text.text else {}
    if text.entities:
        label = "entities" if name == "text" else "caption_entities"
        content[label] = world.entities_json(text.entities)
    return content


_SERVICE = [
    "new_chat_members",
    "left_chat_member",
    "migrate_to_chat_id",
    "migrate_from_chat_id",
    "forum_topic_created",
    "pinned_message",
    "new_chat_title",
    "group_chat_created",
]


def sees(bot: Bot, chat: Chat, stored: Stored) -> bool:
    """Whether the message reaches the bot: its place in the chat and, in groups, privacy mode."""
    if chat.user is not None:
        return not chat.blocked
    member = chat.member(bot)
    if not member.present:
        return False
    if chat.type == "channel" or member.admin or not bot.privacy:
        return not _from_other_bot(bot, stored)
    return not _from_other_bot(bot, stored) and _concerns(bot, stored)


def _from_other_bot(bot: Bot, stored: Stored) -> bool:
    sender = stored.body.get("from", {})
    return bool(sender.get("is_bot")) and sender["id"] != bot.id and "sender_chat" not in stored.body


def _concerns(bot: Bot, stored: Stored) -> bool:
    body = stored.body
    return (
        any(name in body for name in _SERVICE)
        or body.get("via_bot", {}).get("id") == bot.id
        or body.get("reply_to_message", {}).get("from", {}).get("id") == bot.id
        or any(_addresses(bot, stored.text.text, entity) for entity in stored.text.entities)
    )


def _addresses(bot: Bot, text: str, entity: Entity) -> bool:
    words = utf16_slice(text, entity.offset, entity.length).lower()
    me = "@" + bot.username.lower()
    if entity.type == "bot_command":
        return "@" not in words or words.endswith(me)
    if entity.type == "text_mention":
        return dict(entity.extra)["user_id"] == bot.id
    return entity.type == "mention" and words == me


def change_member(world: World, updates: UpdateQueue, chat: Chat, user: User, by: User, new: Member) -> None:
    """Give a user another place in the chat and report it, to my_chat_member where it is the bot's own."""
    old = chat.member(user)
    chat.members[user.id] = new
    body = {
        "chat": chat.json(),
        "from": by.json(),
        "date": world.clock.date(),
        "old_chat_member": old.json(),
        "new_chat_member": new.json(),
    }
    if user is world.bot:
        updates.put("my_chat_member", body)
    elif chat.member(world.bot).admin:
        updates.put("chat_member", body)
