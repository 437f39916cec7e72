"""Methods that repeat a message: forwards and copies, one or many."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from ..errors import bad_request
from ..world import Json, Stored
from .call import Call, Method, known_chat, target_message, writable_chat
from .options import origin_of
from .sending import deliver, given_caption


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


METHODS: Mapping[str, Method] = {
    "forwardmessage": forward_message,
    "copymessage": copy_message,
    "forwardmessages": send_many("forward"),
    "copymessages": send_many("copy"),
}
