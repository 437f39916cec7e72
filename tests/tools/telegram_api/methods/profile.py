"""The bot's own face: getMe, commands, name and descriptions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..errors import bad_request
from ..text import cleaned
from ..world import Json
from .call import Call, Method

MAX_COMMANDS = 100
_SIMPLE_SCOPES = frozenset({"default", "all_private_chats", "all_group_chats", "all_chat_administrators"})
_CHAT_SCOPES = frozenset({"chat", "chat_administrators", "chat_member"})


def get_me(call: Call) -> Json:
    return call.world.bot.full_json()


def _language(call: Call) -> str:
    code = call.params.text("language_code")
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise bad_request("invalid language code specified")
    return code


def _scope(call: Call) -> str:
    """A key for the scope. Raises 400 for an unknown one or a chat the bot has not met."""
    scope = call.params.json("scope", "BotCommandScope")
    if scope is None:
        return "default"
    kind = scope.get("type") if isinstance(scope, dict) else None
    if kind in _SIMPLE_SCOPES:
        return str(kind)
    if kind not in _CHAT_SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    chat = _scope_chat(call, scope)
    if kind != "chat_member":
        return f"{kind}:{chat}"
    user = scope.get("user_id")
    if not isinstance(user, int) or user not in call.world.users:
        raise bad_request("can't parse BotCommandScope: Invalid user_id specified")
    return f"chat_member:{chat}:{user}"


def _scope_chat(call: Call, scope: Json) -> int:
    name = str(scope.get("chat_id") or "")
    if not name:
        raise bad_request("can't parse BotCommandScope: Can't find field \"chat_id\"")
    world = call.world
    chat = world.chats.get(int(name)) if re.fullmatch(r"-?[0-9]+", name) else world.chat_named(name)
    if chat is None or (chat.user is not None and not chat.started):
        raise bad_request("chat not found")
    if chat.type == "channel":
        raise bad_request("can't change commands in channel chats")
    if chat.type == "private" and scope["type"] != "chat":
        raise bad_request("can't use specified scope in private chats")
    return chat.id


def set_my_commands(call: Call) -> bool:
    commands = call.params.json("commands", "commands")
    if commands is None:
        commands = []
    if not isinstance(commands, list):
        raise bad_request("can't parse commands JSON object")
    scope, language = _scope(call), _language(call)
    if len(commands) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    checked = [_command(command) for command in commands]
    call.world.commands[scope, language] = checked
    call.changes.notify()
    return True


def _command(command: Any) -> Json:
    if not isinstance(command, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    for name in ("command", "description"):
        if not isinstance(command.get(name), str):
            raise bad_request(f"can't parse BotCommand: Can't find field \"{name}\"")
    description = cleaned(command["description"]).strip()
    if len(command["command"]) > 32:
        raise bad_request("command length must not exceed 32")
    if not re.fullmatch(r"[a-z0-9_]+", command["command"]):
        raise bad_request("BOT_COMMAND_INVALID")
    if not description:
        raise bad_request("command description must be non-empty")
    if len(description) > 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": command["command"], "description": description}


def get_my_commands(call: Call) -> list[Json]:
    return call.world.commands.get((_scope(call), _language(call)), [])


def delete_my_commands(call: Call) -> bool:
    call.world.commands.pop((_scope(call), _language(call)), None)
    return True


def _setter(name: str, limit: int, error: str) -> Method:
    def set_text(call: Call) -> bool:
        language = _language(call)
        value = cleaned(call.params.text(name)).strip()
        if len(value) > limit:
            raise bad_request(error)
        if name == "name" and not value and not language:
            raise bad_request("BOT_TITLE_INVALID")
        call.world.profile[name, language] = value
        return True

    return set_text


def _getter(name: str) -> Method:
    def get_text(call: Call) -> Json:
        language = _language(call)
        profile = call.world.profile
        fallback = call.world.bot.first_name if name == "name" else ""
        return {name: profile.get((name, language)) or profile.get((name, ""), fallback)}

    return get_text


METHODS: Mapping[str, Method] = {
    "getme": get_me,
    "setmycommands": set_my_commands,
    "getmycommands": get_my_commands,
    "deletemycommands": delete_my_commands,
    "setmyname": _setter("name", 64, "BOT_TITLE_INVALID"),
    "getmyname": _getter("name"),
    "setmydescription": _setter("description", 512, "BOT_DESCRIPTION_TOO_LONG"),
    "getmydescription": _getter("description"),
    "setmyshortdescription": _setter("short_description", 120, "BOT_SHORT_DESCRIPTION_TOO_LONG"),
    "getmyshortdescription": _getter("short_description"),
}
