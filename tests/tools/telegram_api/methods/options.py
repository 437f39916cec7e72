"""What a message may be sent with: a link preview, a message it answers, a quote from that.

Called by `sending` and `editing`.
"""

from __future__ import annotations

from ..entities import utf16_length, utf16_slice
from ..errors import bad_request
from ..text import read_text
from ..weblinks import BadLink, checked_link
from ..world import Chat, Json, Stored
from .call import Call

MAX_QUOTE = 1024
_PREVIEW = ("is_disabled", "url", "prefer_small_media", "prefer_large_media", "show_above_text")


def _check_booleans(options: Json, *names: str) -> None:
    for name in names:
        if not isinstance(options.get(name, False), bool):
            raise bad_request(f'field "{name}" must be of type Boolean')


def link_preview(call: Call) -> Json:
    """The link preview options, checked, without what is false."""
    options = call.params.json("link_preview_options")
    if options is None:
        return {"is_disabled": True} if call.params.boolean("disable_web_page_preview") else {}
    if not isinstance(options, dict):
        raise bad_request("object expected as link preview options")
    _check_booleans(options, *(name for name in _PREVIEW if name != "url"))
    if options.get("prefer_small_media") and options.get("prefer_large_media"):
        raise bad_request("can't use both prefer_small_media and prefer_large_media")
    if surplus := set(options) - set(_PREVIEW):
        raise bad_request(f'can\'t parse link preview options: unexpected field "{min(surplus)}"')
    kept = {name: options[name] for name in _PREVIEW if options.get(name)}
    if "url" in kept and not kept.get("is_disabled"):
        try:
            kept["url"] = checked_link(str(kept["url"]))
        except BadLink:
            raise bad_request("WEBPAGE_URL_INVALID") from None
    return kept


def reply_fields(call: Call, chat: Chat) -> tuple[Stored | None, Json]:
    """The message answered, where it is of this chat, and the fields that say so. Raises 400."""
    wanted = call.params.json("reply_parameters")
    if wanted is None:
        wanted = {
            "message_id": call.params.integer("reply_to_message_id"),
            "allow_sending_without_reply": call.params.boolean("allow_sending_without_reply"),
        }
    if not isinstance(wanted, dict):
        raise bad_request("object expected as reply parameters")
    _check_booleans(wanted, "allow_sending_without_reply")
    message_id = wanted.get("message_id") or 0
    if not message_id:
        return None, {}
    other = _reply_chat(call, wanted, chat)
    message = other.live(int(message_id)) if other else None
    if message is None:
        if wanted.get("allow_sending_without_reply"):
            return None, {}
        raise bad_request("message to be replied not found")
    quote = _quote(call, wanted, message)
    if other is not chat:
        return None, {"external_reply": _external(call, message)} | quote
    return message, {"reply_to_message": message.as_reply()} | quote


def _reply_chat(call: Call, wanted: Json, chat: Chat) -> Chat | None:
    name = wanted.get("chat_id")
    if name in (None, ""):
        return chat
    if isinstance(name, str) and name.startswith("@"):
        return call.world.chat_named(name)
    try:
        return call.world.chats.get(int(name))
    except (TypeError, ValueError):
        return None


def _external(call: Call, message: Stored) -> Json:
    return {"origin": origin_of(message), "chat": message.body["chat"], "message_id": message.id}


def _quote(call: Call, wanted: Json, message: Stored) -> Json:
    raw = wanted.get("quote")
    if not raw:
        return {}
    quote = read_text(str(raw), str(wanted.get("quote_parse_mode") or ""), wanted.get("quote_entities"))
    if len(quote.text) > MAX_QUOTE:
        raise bad_request("MESSAGE_TOO_LONG")
    position = message.text.text.find(quote.text)
    if not quote.text or position < 0:
        raise bad_request("QUOTE_TEXT_INVALID")
    body: Json = {"text": quote.text, "position": utf16_length(message.text.text[:position]), "is_manual": True}
    at = wanted.get("quote_position")
    if isinstance(at, int) and utf16_slice(message.text.text, at, utf16_length(quote.text)) == quote.text:
        body["position"] = at
    formats = ("bold", "italic", "underline", "strikethrough", "spoiler", "custom_emoji", "date_time")
    entities = [entity for entity in quote.entities if entity.type in formats]
    if entities:
        body["entities"] = [entity.as_json() for entity in entities]
    return {"quote": body}


def origin_of(message: Stored) -> Json:
    """Where a forwarded message came from."""
    body = message.body
    if "forward_origin" in body:
        return dict(body["forward_origin"])
    if body["chat"]["type"] == "channel":
        origin = {"type": "channel", "date": body["date"], "chat": body["chat"], "message_id": message.id}
        return origin | {name: body[name] for name in ("author_signature",) if name in body}
    if "sender_chat" in body:
        return {"type": "chat", "date": body["date"], "sender_chat": body["sender_chat"]}
    return {"type": "user", "date": body["date"], "sender_user": body["from"]}
