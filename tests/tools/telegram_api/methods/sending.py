"""Methods that write: sendMessage, the files, and what every sent message shares."""

from __future__ import annotations

from collections.abc import Mapping

from ..errors import bad_request
from ..keyboards import read_markup
from ..text import FormattedText, caption_text, message_text
from ..world import Chat, Json, Stored, StoredFile
from .call import Call, Method, thread_of, writable_chat
from .options import link_preview, reply_fields
from .uploads import required_file, size_of


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


def deliver(call: Call, chat: Chat, body: Json, text: FormattedText) -> Json:
    """Put a message of the bot into the chat: reply, topic and markup are read from the call. Raises 400, 403, 429."""
    markup = read_markup(call.params, private=chat.type == "private")
    if call.params.text("business_connection_id"):
        raise bad_request("business connection not found")
    replied, answering = reply_fields(call, chat)
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
    body = head | answering | body
    if call.params.boolean("protect_content"):
        body["has_protected_content"] = True
    if markup and "inline_keyboard" in markup:
        body["reply_markup"] = markup
    other = bool(markup and "inline_keyboard" not in markup)
    stored = Stored(body, by_bot=True, text=text, other_markup=other, versions=[body])
    chat.messages[stored.id] = stored
    call.record("sent", chat, stored.id)
    return body


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
        width, height = size_of(file.content) or (1280, 720)
        return {"photo": [body | {"width": width, "height": height}]}
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


METHODS: Mapping[str, Method] = {
    "sendmessage": send_message,
    "senddocument": send_file("document"),
    "sendphoto": send_file("photo"),
    "sendaudio": send_file("audio"),
    "sendvoice": send_file("voice"),
    "sendvideo": send_file("video"),
    "sendsticker": send_file("sticker"),
    "sendlocation": send_location,
}
