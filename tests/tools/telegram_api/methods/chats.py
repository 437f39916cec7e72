"""Questions about chats and their members, and leaving."""

from __future__ import annotations

from collections.abc import Mapping

from ..errors import bad_request
from ..world import Chat, Json, Member
from .call import Call, Method, known_chat, readable_chat


def get_chat(call: Call) -> Json:
    chat = readable_chat(call)
    body: Json = chat.json() | {
        "accent_color_id": chat.id % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }
    if chat.username:
        body["active_usernames"] = [chat.username]
    if chat.linked_id is not None:
        body["linked_chat_id"] = chat.linked_id
    if chat.pinned and (pinned := chat.live(chat.pinned[-1])):
        body["pinned_message"] = pinned.as_reply()
    return body


def _members(chat: Chat) -> list[Member]:
    return [member for member in chat.members.values() if member.present]


def get_chat_member(call: Call) -> Json:
    if "user_id" not in call.params:
        raise bad_request("invalid user_id specified")
    chat = readable_chat(call)
    user = call.world.users.get(call.params.integer("user_id"))
    if user is None:
        raise bad_request("invalid user_id specified" if not call.params.integer("user_id") else "user not found")
    if chat.type == "private":
        if chat.user is user or user is call.world.bot:
            return Member(user).json()
        raise bad_request("user not found")
    if chat.type == "channel" and not chat.member(call.world.bot).admin and user is not call.world.bot:
        raise bad_request("member list is inaccessible")
    if user.id not in chat.members and not user.met:
        raise bad_request("PARTICIPANT_ID_INVALID")
    return chat.member(user).json()


def get_chat_administrators(call: Call) -> list[Json]:
    chat = readable_chat(call)
    if chat.type == "private":
        raise bad_request("there are no administrators in the private chat")
    if chat.type == "channel" and not chat.member(call.world.bot).admin:
        raise bad_request("member list is inaccessible")
    return [
        member.json()
        for member in _members(chat)
        if member.admin and (not member.user.is_bot or member.user is call.world.bot)
    ]


def get_chat_member_count(call: Call) -> int:
    chat = readable_chat(call)
    return 2 if chat.type == "private" else len(_members(chat))


def leave_chat(call: Call) -> bool:
    chat = known_chat(call)
    if chat.type == "private":
        raise bad_request("chat member status can't be changed in private chats")
    readable_chat(call)
    chat.members[call.world.bot.id] = Member(call.world.bot, "left")
    call.record("left", chat)
    return True


METHODS: Mapping[str, Method] = {
    "getchat": get_chat,
    "getchatmember": get_chat_member,
    "getchatadministrators": get_chat_administrators,
    "getchatmembercount": get_chat_member_count,
    "leavechat": leave_chat,
}
