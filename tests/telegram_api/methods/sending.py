"""Methods that make a message appear: sendMessage and the files, drafts, actions, copies and forwards."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from ..entities import utf16_length, utf16_slice
from ..errors import bad_request, forbidden
from ..keyboards import read_markup
from ..text import FormattedText, caption_text, message_text, read_text
from ..weblinks import BadLink, checked_link
from ..world import Chat, Json, Stored, StoredFile
from .call import Call, Method, known_chat, target_message, thread_of, writable_chat
from .uploads import required_file

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
MAX_QUOTE = 1024


def send_message(call: Call) -> Json:
    text = given_text(call)
    chat = writable_chat(call)
    body: Json = {"text": text.text}
    if text.entities:
        body["entities"] = call.world.entities_json(text.entities)
    preview = link_preview(call)
    if preview:
        body["link_preview_options"] = preview
    return deliver(call, chat, body, text)


def given_text(call: Call) -> FormattedText:
    """The text of a message or of an edit, checked."""
    params = call.params
    return message_text(params.text("text"), params.text("parse_mode"), params.lenient_json("entities"))


def given_caption(call: Call) -> FormattedText:
    """The caption of a file, checked; empty when none."""
    params = call.params
    return caption_text(params.text("caption"), params.text("parse_mode"), params.lenient_json("caption_entities"))


def link_preview(call: Call) -> Json:
    """The link preview options, checked, without what is false."""
    options = call.params.json("link_preview_options")
    if options is None:
        return {"is_disabled": True} if call.params.boolean("disable_web_page_preview") else {}
    if not isinstance(options, dict):
        raise bad_request("can't parse link preview options JSON object")
    if options.get("prefer_small_media") and options.get("prefer_large_media"):
        raise bad_request("can't use both prefer_small_media and prefer_large_media")
    known = ("is_disabled", "url", "prefer_small_media", "prefer_large_media", "show_above_text")
    if surplus := set(options) - set(known):
        raise bad_request(f'can\'t parse link preview options: unexpected field "{min(surplus)}"')
    kept = {name: options[name] for name in known if options.get(name)}
    if "url" in kept and not kept.get("is_disabled"):
        try:
            kept["url"] = checked_link(str(kept["url"]))
        except BadLink:
            raise bad_request("WEBPAGE_URL_INVALID") from None
    return kept


def deliver(call: Call, chat: Chat, body: Json, text: FormattedText) -> Json:
    """Put a message of the bot into the chat: reply, topic and markup are read from the call. Raises 400, 403, 429."""
    markup = read_markup(call.params, private=chat.type == "private")
    if call.params.text("business_connection_id"):
        raise bad_request("business connection not found")
    replied, reply_fields = _reply(call, chat)
    thread = thread_of(call, chat, replied)
    call.spend(chat)
    head: Json = {"message_id": chat.next_id()}
    if thread and thread != 1:
        head |= {"message_thread_id": thread, "is_topic_message": True}
    if chat.type == "channel":
        head["sender_chat"] = chat.json()
    else:
        head["from"] = call.world.bot.json()
    head |= {"chat": chat.json(), "date": call.world.clock.date()}
    body = head | reply_fields | body
    if call.params.boolean("protect_content"):
        body["has_protected_content"] = True
    if markup and "inline_keyboard" in markup:
        body["reply_markup"] = markup
    other = bool(markup and "inline_keyboard" not in markup)
    stored = Stored(body, by_bot=True, text=text, other_markup=other, versions=[body])
    chat.messages[stored.id] = stored
    call.record("sent", chat, stored.id)
    return body


def _reply(call: Call, chat: Chat) -> tuple[Stored | None, Json]:
    wanted = call.params.json("reply_parameters")
    if wanted is None:
        wanted = {
            "message_id": call.params.integer("reply_to_message_id"),
            "allow_sending_without_reply": call.params.boolean("allow_sending_without_reply"),
        }
    if not isinstance(wanted, dict):
        raise bad_request("can't parse reply parameters JSON object")
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
        return {"type": "channel", "date": body["date"], "chat": body["chat"], "message_id": message.id}
    if "sender_chat" in body:
        return {"type": "chat", "date": body["date"], "sender_chat": body["sender_chat"]}
    return {"type": "user", "date": body["date"], "sender_user": body["from"]}


def send_file(kind: str) -> Method:
    """sendDocument, sendPhoto and their kin."""

    def send(call: Call) -> Json:
        caption = given_caption(call)
        file = required_file(call, kind)
        chat = writable_chat(call)
        body: Json = file_body(kind, file, call)
        if caption.text:
            body["caption"] = caption.text
        if caption.entities:
            body["caption_entities"] = call.world.entities_json(caption.entities)
        return deliver(call, chat, body, caption)

    return send


def file_body(kind: str, file: StoredFile, call: Call) -> Json:
    """The field of the message that carries the file."""
    body = file.json()
    if kind == "photo":
        return {"photo": [body | {"width": 1280, "height": 720}]}
    if kind == "sticker":
        more: Json = {"width": 512, "height": 512, "is_animated": False, "is_video": False, "type": "regular"}
        return {"sticker": body | more}
    if kind != "voice":
        body["file_name"] = file.name
    body["mime_type"] = file.mime
    if kind in ("audio", "voice", "video"):
        body["duration"] = call.params.integer("duration")
    if kind == "video":
        body |= {"width": 1280, "height": 720}
    return {kind: body}


def send_location(call: Call) -> Json:
    place = {}
    for name in ("latitude", "longitude"):
        try:
            place[name] = float(call.params.text(name))
        except ValueError:
            raise bad_request(f"{name} is empty" if name not in call.params else f"wrong {name}") from None
    return deliver(call, writable_chat(call), {"location": place}, FormattedText(""))


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


def _source(call: Call, purpose: str) -> Stored:
    chat = known_chat(call, "from_chat_id")
    message = target_message(call, chat, purpose)
    if message.body.get("has_protected_content"):
        raise bad_request(f"message can't be {'forwarded' if purpose == 'forward' else 'copied'}")
    return message


_CONTENT = [
    "text",
    "entities",
    "caption",
    "caption_entities",
    "document",
    "photo",
    "audio",
    "voice",
    "video",
    "sticker",
    "location",
]


def forward_message(call: Call) -> Json:
    chat = writable_chat(call)
    message = _source(call, "forward")
    body = {name: copy.deepcopy(message.body[name]) for name in _CONTENT if name in message.body}
    return deliver(call, chat, body | {"forward_origin": origin_of(message)}, message.text)


def copy_message(call: Call) -> Json:
    chat = writable_chat(call)
    message = _source(call, "copy")
    body = {name: copy.deepcopy(message.body[name]) for name in _CONTENT if name in message.body}
    text = message.text
    if "caption" in call.params and "text" not in body:
        text = given_caption(call)
        body |= {"caption": text.text, "caption_entities": call.world.entities_json(text.entities)}
    return {"message_id": deliver(call, chat, body, text)["message_id"]}


def send_many(kind: str) -> Method:
    """forwardMessages and copyMessages: those that cannot be found are left out."""

    def send(call: Call) -> list[Any]:
        chat = writable_chat(call)
        source = known_chat(call, "from_chat_id")
        ids = call.params.json("message_ids")
        if not isinstance(ids, list) or not 1 <= len(ids) <= 100 or ids != sorted(set(ids)):
            raise bad_request("message identifiers are not specified")
        result = []
        for message in filter(None, (source.live(int(number)) for number in ids)):
            body = {name: copy.deepcopy(message.body[name]) for name in _CONTENT if name in message.body}
            if kind == "forward":
                body["forward_origin"] = origin_of(message)
            result.append({"message_id": deliver(call, chat, body, message.text)["message_id"]})
        if not result:
            raise bad_request(f"there are no messages to {kind}")
        return result

    return send


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
    if chat.user is not None and chat.user.is_bot:
        raise forbidden("bot can't react to bots")
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
    "sendmessage": send_message,
    "senddocument": send_file("document"),
    "sendphoto": send_file("photo"),
    "sendaudio": send_file("audio"),
    "sendvoice": send_file("voice"),
    "sendvideo": send_file("video"),
    "sendsticker": send_file("sticker"),
    "sendlocation": send_location,
    "sendchataction": send_chat_action,
    "sendmessagedraft": send_message_draft,
    "forwardmessage": forward_message,
    "copymessage": copy_message,
    "forwardmessages": send_many("forward"),
    "copymessages": send_many("copy"),
    "setmessagereaction": set_message_reaction,
}
