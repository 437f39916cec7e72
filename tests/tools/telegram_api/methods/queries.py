"""Answers to button presses and inline queries."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..errors import ApiError, bad_request
from ..keyboards import checked_markup
from ..text import message_text
from ..weblinks import BadLink, checked_link
from ..world import Json, Query
from .call import Call, Method

LIFETIME = {"callback": 15.0, "inline": 10.0}  # seconds
MAX_ALERT = 200
MAX_RESULTS = 50
_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
_RESULT = "can't parse inline query result: "
_TYPES = frozenset(
    [
        "article",
        "audio",
        "contact",
        "game",
        "document",
        "gif",
        "location",
        "mpeg4_gif",
        "photo",
        "venue",
        "video",
        "voice",
        "sticker",
    ]
)


def _open(call: Call, kind: str, name: str) -> Query:
    query = call.world.queries.get(call.params.text(name))
    if query is None or query.kind != kind or query.answer is not None:
        raise bad_request(_TOO_OLD)
    if call.world.clock.now() - query.at > LIFETIME[kind]:
        raise bad_request(_TOO_OLD)
    return query


def answer_callback_query(call: Call) -> bool:
    params = call.params
    text = params.text("text")
    if len(text) > MAX_ALERT:
        raise bad_request("MESSAGE_TOO_LONG")
    url = params.text("url")
    if url and not re.match(rf"https?://(t|telegram)\.me/{call.world.bot.username}\?start", url, re.IGNORECASE):
        raise bad_request("URL_INVALID")
    query = _open(call, "callback", "callback_query_id")
    query.answer = {
        "text": text,
        "show_alert": params.boolean("show_alert"),
        "url": url,
        "cache_time": params.integer("cache_time"),
    }
    call.record("answer", None, data=query.id)
    return True


def answer_inline_query(call: Call) -> bool:
    params = call.params
    results = params.json("results", "results")
    if not isinstance(results, list):
        raise bad_request("can't parse results JSON object")
    if len(results) > MAX_RESULTS:
        raise bad_request("too many inline query results specified")
    checked = [_result(call, result) for result in results]
    ids = [result["id"] for result in checked]
    if len(set(ids)) != len(ids):
        raise bad_request("RESULT_ID_DUPLICATE")
    if len(params.text("next_offset").encode()) > 64:
        raise bad_request("NEXT_OFFSET_INVALID")
    query = _open(call, "inline", "inline_query_id")
    query.answer = {
        "results": checked,
        "button": _button(call),
        "next_offset": params.text("next_offset"),
        "cache_time": params.integer("cache_time", 300),
        "is_personal": params.boolean("is_personal"),
    }
    call.record("answer", None, data=query.id)
    return True


def _button(call: Call) -> Json | None:
    button = call.params.json("button", "inline query results button")
    if button is None:
        return None
    if not isinstance(button, dict) or not button.get("text"):
        raise bad_request("can't parse inline query results button: Can't find field \"text\"")
    if "start_parameter" in button:
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", str(button["start_parameter"])):
            raise bad_request("START_PARAM_INVALID")
    elif "web_app" not in button:
        raise bad_request("can't parse inline query results button: button type is not specified")
    return button


def _result(call: Call, result: Any) -> Json:
    if not isinstance(result, dict):
        raise bad_request(_RESULT + "object expected")
    kind, number = result.get("type"), result.get("id")
    if kind not in _TYPES:
        raise bad_request(_RESULT + f'type "{kind}" is unsupported for the inline query result')
    if not isinstance(number, str) or not 1 <= len(number.encode()) <= 64:
        raise bad_request("RESULT_ID_INVALID")
    if kind == "article" and not result.get("title"):
        raise bad_request(_RESULT + 'Can\'t find field "title"')
    checked = dict(result)
    content = result.get("input_message_content")
    if content is None and kind == "article":
        raise bad_request(_RESULT + 'Can\'t find field "input_message_content"')
    if content is not None:
        checked["message"] = _content(call, content)
    for name in ("url", "thumbnail_url"):
        if result.get(name):
            _check_link(str(result[name]))
    markup = checked_markup(result.get("reply_markup"), private=False)
    if markup is not None and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    checked["reply_markup"] = markup
    return checked


def _check_link(url: str) -> None:
    try:
        checked_link(url)
    except BadLink:
        raise bad_request("WEBDOCUMENT_URL_INVALID") from None


def _content(call: Call, content: Any) -> Json:
    """The message a chosen result becomes, in the form of the Bot API. One bad text fails the whole answer."""
    if not isinstance(content, dict):
        raise bad_request(_RESULT + "object expected as input message content")
    if "message_text" not in content:
        if "latitude" in content or "phone_number" in content:
            return {"location": content} if "latitude" in content else {"contact": content}
        raise bad_request(_RESULT + 'Can\'t find field "message_text"')
    try:
        text = message_text(str(content["message_text"]), str(content.get("parse_mode") or ""), content.get("entities"))
    except ApiError as error:
        reason = error.description.removeprefix("Bad Request: ")
        raise bad_request(_RESULT + reason[0].upper() + reason[1:]) from None
    body: Json = {"text": text.text}
    if text.entities:
        body["entities"] = call.world.entities_json(text.entities)
    if content.get("link_preview_options"):
        body["link_preview_options"] = {k: v for k, v in content["link_preview_options"].items() if v}
    return body


METHODS: Mapping[str, Method] = {
    "answercallbackquery": answer_callback_query,
    "answerinlinequery": answer_inline_query,
}
