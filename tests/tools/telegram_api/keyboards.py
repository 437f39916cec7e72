"""Reply markup: what the server takes, and how it returns it.

Called by the methods that send or edit. Raises 400 in the server's words.
"""

from __future__ import annotations

import json
import re
from typing import Any

from .errors import bad_request
from .params import Params
from .text import cleaned
from .weblinks import BadLink, checked_link, mentioned_user

MAX_BUTTONS = 100
MAX_BYTES = 10_000
MAX_DATA_BYTES = 64
MAX_COPY_TEXT = 256
_ACTIONS = [
    "url",
    "callback_data",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "login_url",
    "web_app",
    "callback_game",
    "pay",
]
_KNOWN = frozenset({"text", "style", "icon_custom_emoji_id", *_ACTIONS})
_BUTTON = "can't parse inline keyboard button: "

Json = dict[str, Any]


def read_markup(params: Params, *, private: bool) -> Json | None:
    """The reply markup of a request, checked; None when there is none."""
    return checked_markup(params.json("reply_markup", "reply keyboard markup"), private=private)


def checked_markup(markup: Any, *, private: bool) -> Json | None:
    """The same for markup inside other JSON."""
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        rows = _rows(markup["inline_keyboard"], private)
        return {"inline_keyboard": rows} if rows else None
    if "keyboard" in markup:
        return _reply_keyboard(markup)
    if markup.get("remove_keyboard") or markup.get("force_reply"):
        return markup
    return None


def _rows(rows: Any, private: bool) -> list[list[Json]]:
    if not isinstance(rows, list):
        raise bad_request('field "inline_keyboard" must be of type Array')
    result: list[list[Json]] = []
    for row in rows:
        if not isinstance(row, list):
            raise bad_request('field "inline_keyboard" must be an Array of Arrays')
        buttons = [_button(button, private) for button in row]
        if buttons:
            result.append(buttons)
    if sum(map(len, result)) > MAX_BUTTONS or len(json.dumps(result).encode()) > MAX_BYTES:
        raise bad_request("reply markup is too long")
    return result


def _button(button: Any, private: bool) -> Json:
    if not isinstance(button, dict):
        raise bad_request(_BUTTON + "expected an Object")
    text = button.get("text")
    if not isinstance(text, str):
        raise bad_request(_BUTTON + 'Can\'t find field "text"')
    text = cleaned(text).strip(" \n")
    if not text:
        raise bad_request("BUTTON_TEXT_INVALID")
    if surplus := set(button) - _KNOWN:
        raise bad_request(_BUTTON + f'unexpected field "{min(surplus)}"')
    actions = [name for name in _ACTIONS if name in button]
    if not actions:
        raise bad_request(_BUTTON + "Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad_request("BUTTON_TYPE_INVALID")
    checked: Json = {"text": text, actions[0]: _action(actions[0], button[actions[0]], private)}
    style = button.get("style")
    if style is not None:
        if style not in ("primary", "success", "danger"):
            raise bad_request(_BUTTON + "invalid button style specified")
        checked["style"] = style
    return checked


def _action(name: str, value: Any, private: bool) -> Any:
    if name == "url":
        return _url(value)
    if name == "callback_data":
        if not isinstance(value, str) or not 1 <= len(value.encode()) <= MAX_DATA_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
        return value
    if name == "copy_text":
        text = value.get("text") if isinstance(value, dict) else None
        if not isinstance(text, str) or not 1 <= len(text) <= MAX_COPY_TEXT:
            raise bad_request("BUTTON_COPY_TEXT_INVALID")
        return {"text": text}
    if name.startswith("switch_inline_query"):
        return _switch(name, value)
    if name in ("pay", "callback_game"):
        raise bad_request("BUTTON_TYPE_INVALID")
    if name == "web_app" and not private:
        raise bad_request("BUTTON_TYPE_INVALID")
    url = value.get("url") if isinstance(value, dict) else None
    if not isinstance(url, str) or not url.startswith("https://"):
        raise bad_request("BUTTON_URL_INVALID")
    return {**value, "url": _url(url)}


def _switch(name: str, value: Any) -> Any:
    query = value.get("query", "") if name.endswith("chosen_chat") and isinstance(value, dict) else value
    if not isinstance(query, str) or len(query) > 256:
        raise bad_request("BUTTON_INVALID")
    if name.endswith("chosen_chat") and not any(
        value.get(f"allow_{kind}_chats") for kind in ("user", "bot", "group", "channel")
    ):
        raise bad_request("at least one chat type must be allowed")
    return value


def _url(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise bad_request("BUTTON_URL_INVALID")
    if mentioned_user(value) is not None:
        return value
    try:
        checked = checked_link(value)
    except BadLink as error:
        raise bad_request(f"inline keyboard button URL '{value}' is invalid: {error}") from None
    host = re.sub(r"^\w+://([^/?#]*@)?", "", checked).partition("/")[0]
    if not checked.startswith(("tg://", "ton")) and (".." in host or host.startswith(".")):
        raise bad_request("BUTTON_URL_INVALID")
    return checked


def _reply_keyboard(markup: Json) -> Json:
    rows = markup["keyboard"]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "keyboard" must be an Array of Arrays')
    for button in (button for row in rows for button in row):
        text = button.get("text") if isinstance(button, dict) else button
        if not isinstance(text, str) or not text.strip():
            raise bad_request("can't parse keyboard button: Can't find field \"text\"")
    return markup
