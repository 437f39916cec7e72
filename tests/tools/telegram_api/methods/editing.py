"""Methods that change or remove a message."""

from __future__ import annotations

from collections.abc import Mapping

from ..errors import bad_request
from ..keyboards import read_markup
from ..world import Chat, Json, Stored
from .call import Call, Method, readable_chat, target_message, writable_chat
from .options import link_preview
from .sending import given_caption, given_text

_SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
_TWO_DAYS = 48 * 3600


def _target(call: Call) -> tuple[Chat, Stored, bool]:
    """Chat, message and whether it is an inline one, which the bot did not send itself."""
    inline_id = call.params.text("inline_message_id")
    if inline_id and not call.params.text("chat_id"):
        inline = call.world.inline_messages.get(inline_id)
        if inline is None or inline.message.deleted:
            raise bad_request("MESSAGE_ID_INVALID")
        return inline.chat, inline.message, True
    if not call.params.text("chat_id"):
        if not call.params.integer("message_id"):
            raise bad_request("message identifier is not specified")
        raise bad_request("chat_id is empty")
    chat = writable_chat(call)
    message = target_message(call, chat, "edit")
    if not message.by_bot or message.other_markup or "forward_origin" in message.body:
        raise bad_request("message can't be edited")
    return chat, message, False


def _finish(call: Call, chat: Chat, message: Stored, body: Json, inline: bool) -> Json | bool:
    call.spend(chat)
    changing = ("text", "entities", "caption", "caption_entities", "reply_markup", "link_preview_options")
    if all(body.get(name) == message.body.get(name) for name in changing):
        raise bad_request(_SAME)
    body["edit_date"] = call.world.clock.date()
    message.body = body
    message.versions.append(body)
    call.record("edited", chat, message.id)
    return True if inline else body


def _with(body: Json, **fields: object) -> Json:
    changed = {name: value for name, value in body.items() if name not in fields}
    return changed | {name: value for name, value in fields.items() if value}


def edit_message_text(call: Call) -> Json | bool:
    text = given_text(call)
    chat, message, inline = _target(call)
    markup = _inline_markup(call, chat)
    if "text" not in message.body:
        raise bad_request("there is no text in the message to edit")
    body = _with(
        message.body,
        text=text.text,
        entities=call.world.entities_json(text.entities),
        link_preview_options=link_preview(call),
        reply_markup=markup,
    )
    result = _finish(call, chat, message, body, inline)
    message.text = text
    return result


def edit_message_caption(call: Call) -> Json | bool:
    caption = given_caption(call)
    chat, message, inline = _target(call)
    if not any(kind in message.body for kind in ("document", "photo", "audio", "voice", "video")):
        raise bad_request("there is no caption in the message to edit")
    body = _with(
        message.body,
        caption=caption.text,
        caption_entities=call.world.entities_json(caption.entities),
        reply_markup=_inline_markup(call, chat),
    )
    result = _finish(call, chat, message, body, inline)
    message.text = caption
    return result


def edit_message_reply_markup(call: Call) -> Json | bool:
    chat, message, inline = _target(call)
    body = _with(message.body, reply_markup=_inline_markup(call, chat))
    return _finish(call, chat, message, body, inline)


def _inline_markup(call: Call, chat: Chat) -> Json | None:
    markup = read_markup(call.params, private=chat.type == "private")
    if markup is not None and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    return markup


def _may_delete(call: Call, chat: Chat, message: Stored) -> bool:
    fresh = call.world.clock.now() - int(message.body["date"]) < _TWO_DAYS
    member = chat.member(call.world.bot)
    if chat.type == "private":
        return fresh
    if member.may("can_delete_messages"):
        return True
    return message.by_bot and fresh


def delete_message(call: Call) -> bool:
    chat = readable_chat(call)
    message = target_message(call, chat, "delete")
    if not _may_delete(call, chat, message):
        raise bad_request("message can't be deleted")
    message.deleted = True
    call.record("deleted", chat, message.id)
    return True


def delete_messages(call: Call) -> bool:
    chat = readable_chat(call)
    ids = call.params.json("message_ids", "message identifiers")
    if not isinstance(ids, list) or not 1 <= len(ids) <= 100:
        raise bad_request("message identifiers are not specified")
    for message in filter(None, (chat.live(int(number)) for number in ids)):
        if not _may_delete(call, chat, message):
            raise bad_request("message can't be deleted")
        message.deleted = True
        call.record("deleted", chat, message.id)
    return True


def pin_chat_message(call: Call) -> bool:
    chat = readable_chat(call)
    message = target_message(call, chat, "pin")
    if chat.is_group and not chat.member(call.world.bot).admin:
        raise bad_request("not enough rights to manage pinned messages in the chat")
    chat.pinned.append(message.id)
    call.record("pinned", chat, message.id)
    return True


def unpin_chat_message(call: Call) -> bool:
    chat = readable_chat(call)
    number = call.params.integer("message_id")
    if number and number not in chat.pinned:
        raise bad_request("message to unpin not found")
    if chat.pinned:
        chat.pinned.remove(number or chat.pinned[-1])
    return True


METHODS: Mapping[str, Method] = {
    "editmessagetext": edit_message_text,
    "editmessagecaption": edit_message_caption,
    "editmessagereplymarkup": edit_message_reply_markup,
    "deletemessage": delete_message,
    "deletemessages": delete_messages,
    "pinchatmessage": pin_chat_message,
    "unpinchatmessage": unpin_chat_message,
}
