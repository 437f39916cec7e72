"""A message of Telegram as the archive keeps posts: in the form in which Telegram Desktop exports them.

Called by the handlers of channel posts and of what editors hand in. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from telegram import (
    Message,
    MessageEntity,
    MessageOrigin,
    MessageOriginChannel,
    MessageOriginChat,
    MessageOriginHiddenUser,
    MessageOriginUser,
)

# What Telegram Desktop calls the entities of the Bot API. Of two over one range the first of these counts.
_TYPES = {
    MessageEntity.TEXT_LINK: "text_link",
    MessageEntity.URL: "link",
    MessageEntity.MENTION: "mention",
    MessageEntity.TEXT_MENTION: "mention_name",
    MessageEntity.HASHTAG: "hashtag",
    MessageEntity.CASHTAG: "cashtag",
    MessageEntity.BOT_COMMAND: "bot_command",
    MessageEntity.EMAIL: "email",
    MessageEntity.PHONE_NUMBER: "phone",
    MessageEntity.CUSTOM_EMOJI: "custom_emoji",
    MessageEntity.BOLD: "bold",
    MessageEntity.ITALIC: "italic",
    MessageEntity.UNDERLINE: "underline",
    MessageEntity.STRIKETHROUGH: "strikethrough",
    MessageEntity.SPOILER: "spoiler",
    MessageEntity.CODE: "code",
    MessageEntity.PRE: "pre",
    MessageEntity.BLOCKQUOTE: "blockquote",
    MessageEntity.EXPANDABLE_BLOCKQUOTE: "blockquote",
}
_RANK = {kind: rank for rank, kind in enumerate(_TYPES)}


def exported(message: Message) -> dict[str, Any]:
    """A post of a channel."""
    body = _body(message, message.message_id, int(message.date.timestamp()))
    if message.edit_date is not None:
        body["edited_unixtime"] = str(int(message.edit_date.timestamp()))
    if message.author_signature:
        body["author"] = message.author_signature
    if message.forward_origin is not None and (name := origin_name(message.forward_origin)):
        body["forwarded_from"] = name
    return body


def sent_on(message: Message) -> tuple[dict[str, Any] | None, dict[str, Any]]:
    """A message that somebody sent on, as (channel, post): where it first stood, and when; no channel where in none."""
    origin = message.forward_origin
    assert origin is not None  # only messages that were sent on arrive here
    number, channel, author = message.message_id, None, origin_name(origin)
    if isinstance(origin, MessageOriginChannel):
        channel = {"id": origin.chat.id, "name": origin.chat.title, "username": origin.chat.username}
        number, author = origin.message_id, origin.author_signature or ""
    body = _body(message, number, int(origin.date.timestamp()))
    return channel, body | ({"author": author} if author else {})


def origin_name(origin: MessageOrigin) -> str:
    """Who wrote first what was sent on: a channel, a group or a person."""
    match origin:
        case MessageOriginChannel():
            return origin.chat.title or ""
        case MessageOriginChat():
            return origin.sender_chat.title or ""
        case MessageOriginUser():
            return origin.sender_user.full_name
        case MessageOriginHiddenUser():
            return origin.sender_user_name
    return ""


def _body(message: Message, number: int, moment: int) -> dict[str, Any]:
    text = message.text or message.caption or ""
    marks = message.entities or message.caption_entities or ()
    return {"id": number, "type": "message", "date_unixtime": str(moment), "text_entities": parts(text, marks)}


def parts(text: str, entities: Sequence[MessageEntity]) -> list[dict[str, str]]:
    """A text as parts that follow each other, each with what it is."""
    ranges = [(*_code_points(text, one), one) for one in entities if one.type in _TYPES]
    edges = sorted({0, len(text), *(edge for start, end, _ in ranges for edge in (start, end))})
    found: list[tuple[MessageEntity | None, str]] = []
    for start, end in pairwise(edges):
        over = [one for first, last, one in ranges if first <= start and end <= last]
        best = min(over, key=lambda one: _RANK[one.type], default=None)
        if found and found[-1][0] is best:
            found[-1] = (best, found[-1][1] + text[start:end])
        else:
            found.append((best, text[start:end]))
    return [_part(one, words) for one, words in found]


def _part(entity: MessageEntity | None, words: str) -> dict[str, str]:
    if entity is None:
        return {"type": "plain", "text": words}
    part = {"type": _TYPES[entity.type], "text": words}
    return part | ({"href": entity.url} if entity.url else {})


def _code_points(text: str, entity: MessageEntity) -> tuple[int, int]:
    units = text.encode("utf-16-le")
    start, end = entity.offset * 2, (entity.offset + entity.length) * 2
    return len(units[:start].decode("utf-16-le", "ignore")), len(units[:end].decode("utf-16-le", "ignore"))
