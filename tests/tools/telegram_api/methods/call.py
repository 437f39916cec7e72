"""One call of a method, with all it may touch, and the checks that many methods share.

Which chat is meant, whether the bot may write there, which message is meant.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from ..errors import bad_request, forbidden
from ..limits import Flood
from ..params import Params
from ..updates import UpdateQueue
from ..waiting import Changes
from ..world import Chat, Json, Stored, World


@dataclass(frozen=True, slots=True)
class Call:
    """A request under way."""

    params: Params
    world: World
    updates: UpdateQueue
    flood: Flood
    changes: Changes

    def spend(self, chat: Chat) -> None:
        """Count a message or an edit against the flood limits. Raises 429."""
        self.flood.spend(chat.id, group=chat.type != "private")

    def record(self, kind: str, chat: Chat | None, message_id: int = 0, data: Any = None) -> None:
        """Let people see what the bot did."""
        self.world.record(kind, chat.id if chat else 0, message_id, data)
        self.changes.notify()


Method = Callable[[Call], Any | Awaitable[Any]]


def known_chat(call: Call, name: str = "chat_id") -> Chat:
    """The chat of the parameter, whether or not the bot may do anything there. Raises 400."""
    raw = call.params.text(name).strip()
    if not raw:
        raise bad_request(f"{name} is empty")
    if re.fullmatch(r"-?[0-9]{1,19}", raw):
        chat = call.world.chats.get(int(raw))
        if chat is None or not _is_met(chat):
            raise _unmet(call, int(raw))
    else:
        chat = call.world.chat_named(raw) if raw.startswith("@") else None
        if chat is None:
            raise bad_request("chat not found")
    if chat.migrated_to is not None:
        raise bad_request("group chat was upgraded to a supergroup chat", {"migrate_to_chat_id": chat.migrated_to})
    return chat


def _is_met(chat: Chat) -> bool:
    return chat.user is None or chat.started


def _unmet(call: Call, chat_id: int) -> Exception:
    user = call.world.users.get(chat_id)
    if user is None or not (user.met or user.is_bot):
        return bad_request("chat not found")
    if user.is_bot:
        return forbidden("bot can't send messages to bots")
    if user.deactivated:
        return forbidden("user is deactivated")
    return forbidden("bot can't initiate conversation with a user")


def readable_chat(call: Call) -> Chat:
    """The chat, where the bot is inside. Raises 403 where it was thrown out or never was."""
    chat = known_chat(call)
    status = chat.member(call.world.bot).status
    if chat.user is not None or status in ("creator", "administrator", "member", "restricted"):
        return chat
    if status == "kicked":
        raise forbidden(f"bot was kicked from the {chat.kind} chat")
    raise forbidden(f"bot is not a member of the {chat.kind} chat")


def writable_chat(call: Call) -> Chat:
    """The chat, where the bot may send. Raises 403 or 400 in the server's words."""
    chat = readable_chat(call)
    if chat.user is not None:
        if chat.user.deactivated:
            raise forbidden("user is deactivated")
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        return chat
    member = chat.member(call.world.bot)
    if chat.type == "channel" and not member.may("can_post_messages"):
        raise bad_request("need administrator rights in the channel chat")
    if member.status == "restricted" and not member.rights.get("can_send_messages", False):
        raise bad_request("not enough rights to send text messages to the chat")
    return chat


def thread_of(call: Call, chat: Chat, reply: Stored | None) -> int | None:
    """The forum topic to send to. Raises 400 for one that is not there."""
    thread = call.params.integer("message_thread_id")
    if not thread:
        inherited = reply.body.get("message_thread_id") if reply and chat.is_forum else None
        return int(inherited) if inherited else None
    if not chat.is_forum or (thread not in chat.topics and thread != 1):
        raise bad_request("message thread not found")
    if thread in chat.closed_topics and not chat.member(call.world.bot).may("can_manage_topics"):
        raise bad_request("TOPIC_CLOSED")
    return thread


def target_message(call: Call, chat: Chat, purpose: str) -> Stored:
    """The message of `message_id`. Raises 400 "message to <purpose> not found"."""
    message_id = call.params.integer("message_id")
    if message_id <= 0:
        raise bad_request("message identifier is not specified")
    message = chat.live(message_id)
    if message is None:
        raise bad_request(f"message to {purpose} not found")
    return message


def message_url(chat: Chat, message_id: int) -> str:
    """The public address of a message in a channel or supergroup."""
    return f"https://t.me/{chat.username or 'c/' + str(chat.id).removeprefix('-100')}/{message_id}"


__all__ = ["Call", "Json", "Method", "known_chat", "readable_chat", "target_message", "thread_of", "writable_chat"]
