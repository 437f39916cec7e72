"""Methods that leave no message: chat actions, drafts, reactions."""

from __future__ import annotations

from collections.abc import Mapping

from ..errors import bad_request
from ..text import FormattedText, message_text
from .call import Call, Method, target_message, thread_of, writable_chat

ACTIONS = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "record_audio",
        "upload_audio",
        "upload_document",
        "choose_sticker",
        "find_location",
        "pick_up_location",
        "record_video_note",
        "upload_video_note",
    ]
)


def send_chat_action(call: Call) -> bool:
    action = call.params.text("action").lower()
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = writable_chat(call)
    thread_of(call, chat, None)
    call.record("action", chat, data=action)
    return True


def send_message_draft(call: Call) -> bool:
    params = call.params
    raw = params.text("text")
    text = (
        message_text(raw, params.text("parse_mode"), params.lenient_json("entities"))
        if raw.strip()
        else FormattedText("")
    )
    chat = writable_chat(call)
    if chat.type != "private":
        raise bad_request("TEXTDRAFT_PEER_INVALID")
    if not params.integer("draft_id"):
        raise bad_request("TEXTDRAFT_ID_INVALID")
    thread_of(call, chat, None)
    call.record("draft", chat, data=(params.integer("draft_id"), text.text))
    return True


def set_message_reaction(call: Call) -> bool:
    chat = writable_chat(call)
    message = target_message(call, chat, "react")
    reactions = call.params.json("reaction", "reaction types") or []
    if not isinstance(reactions, list):
        raise bad_request("can't parse reaction types JSON object")
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    for reaction in reactions:
        kind = reaction.get("type") if isinstance(reaction, dict) else None
        if kind not in ("emoji", "custom_emoji", "paid"):
            raise bad_request("can't parse reaction types: invalid reaction type specified")
        if kind != "emoji" or reaction.get("emoji") not in REACTIONS:
            raise bad_request("REACTION_INVALID")
    call.record("reaction", chat, message.id, [reaction["emoji"] for reaction in reactions])
    return True


REACTIONS = frozenset(
    [
        "❤",
        "👍",
        "👎",
        "🔥",
        "🥰",
        "👏",
        "😁",
        "🤔",
        "🤯",
        "😱",
        "🤬",
        "😢",
        "🎉",
        "🤩",
        "🤮",
        "💩",
        "🙏",
        "👌",
        "🕊",
        "🤡",
        "🥱",
        "🥴",
        "😍",
        "🐳",
        "❤\u200d🔥",
        "🌚",
        "🌭",
        "💯",
        "🤣",
        "⚡",
        "🍌",
        "🏆",
        "💔",
        "🤨",
        "😐",
        "🍓",
        "🍾",
        "💋",
        "🖕",
        "😈",
        "😴",
        "😭",
        "🤓",
        "👻",
        "👨\u200d💻",
        "👀",
        "🎃",
        "🙈",
        "😇",
        "😨",
        "🤝",
        "✍",
        "🤗",
        "🫡",
        "🎅",
        "🎄",
        "☃",
        "💅",
        "🤪",
        "🗿",
        "🆒",
        "💘",
        "🙉",
        "🦄",
        "😘",
        "💊",
        "🙊",
        "😎",
        "👾",
        "🤷\u200d♂",
        "🤷",
        "🤷\u200d♀",
        "😡",
    ]
)


METHODS: Mapping[str, Method] = {
    "sendchataction": send_chat_action,
    "sendmessagedraft": send_message_draft,
    "setmessagereaction": set_message_reaction,
}
