"""A second Bot API server, written from the public documentation alone and as terse as that allows.

It shares nothing with `telegram_api` and differs from it wherever the documentation leaves a server free: objects carry
only their required fields and some that nobody knows yet, formatting is not echoed, an edit may be answered by `true`,
one count of message numbers serves all chats, and methods may be missing.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from aiohttp import web

TOKEN = "42:plain-token-of-a-plain-server"
Json = dict[str, Any]


@dataclass
class PlainTelegram:
    """The server. `terse`: messages sent come back with required fields only, edits are answered by `true`."""

    terse: bool = True
    unknown: frozenset[str] = frozenset()
    slow: dict[str, float] = field(default_factory=dict)
    calls: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)
    shown: dict[int, Json] = field(default_factory=dict)
    unchanged: int = 0
    _updates: list[Json] = field(default_factory=list)
    _count: int = 7_000
    _pressed: int = 0
    _runner: web.AppRunner | None = None
    url: str = ""

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_route("*", "/bot{token}/{method}", self._called)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

    # -- people

    def says(self, person: int, words: str, **fields: Any) -> int:
        """A private message; the number it has."""
        number = self._number()
        command = words.split()[0] if words.startswith("/") else ""
        entities = [{"type": "bot_command", "offset": 0, "length": len(command)}] if command else []
        message = {"message_id": number, "date": 1, "chat": _chat(person), "from": _user(person), "text": words}
        self._updates.append({"message": message | ({"entities": entities} if entities else {}) | fields})
        return number

    def edits(self, person: int, number: int, words: str) -> None:
        """A private message that was changed."""
        message = {"message_id": number, "date": 1, "edit_date": 2, "chat": _chat(person), "from": _user(person)}
        self._updates.append({"edited_message": message | {"text": words}})

    def presses(self, person: int, message_id: int, label: str) -> None:
        """A button of a message, by what stands on it."""
        self._pressed += 1
        rows = self.shown[message_id]["reply_markup"]["inline_keyboard"]
        data = next(one["callback_data"] for row in rows for one in row if one["text"].startswith(label))
        query: Json = {"id": str(self._pressed), "from": _user(person), "chat_instance": "1", "data": data}
        self._updates.append(
            {"callback_query": query | {"message": self._message(self.shown[message_id], terse=False)}}
        )

    async def answers(self, person: int, count: int = 1) -> list[Json]:
        """The first `count` messages that a person was sent, with what they hold now."""
        await self.until(lambda: len(self.chat(person)) >= count)
        return self.chat(person)[:count]

    def chat(self, person: int) -> list[Json]:
        """All that a person was sent."""
        return [one for one in self.shown.values() if one["chat"]["id"] == person]

    def buttons(self, person: int) -> list[str]:
        """What stands on the buttons of the last message that a person was sent."""
        return [one["text"] for row in self.chat(person)[-1]["reply_markup"]["inline_keyboard"] for one in row]

    async def until(self, holds: Callable[[], bool], seconds: float = 20.0) -> None:
        """Wait until something holds."""
        async with asyncio.timeout(seconds):
            while not holds():
                await asyncio.sleep(0.02)

    def called(self, method: str) -> list[Mapping[str, str]]:
        """The parameters of each call of a method."""
        return [params for name, params in self.calls if name == method]

    # -- the wire

    async def _called(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        params = {key: str(value) for key, value in (await request.post()).items()} | dict(request.query)
        if request.match_info["token"] != TOKEN:
            return _failed(401, "Unauthorized")
        self.calls.append((method, params))
        known = METHODS.get(method)
        if known is None or method in self.unknown:
            return _failed(404, "Not Found")
        result = await known(self, params)
        if isinstance(result, web.Response):
            return result
        await asyncio.sleep(self.slow.get(method, 0.0))
        return web.json_response({"ok": True, "result": result, "from_tomorrow": [1]})

    async def _me(self, _: Json) -> Json:
        return {"id": 42, "is_bot": True, "first_name": "Plain", "username": "plain_bot", "from_tomorrow": {}}

    async def _yes(self, _: Json) -> bool:
        return True

    async def _news(self, params: Json) -> list[Json]:
        offset, end = int(params.get("offset", 0)), asyncio.get_running_loop().time() + float(params.get("timeout", 0))
        while not (waiting := self._waiting(offset)) and asyncio.get_running_loop().time() < end:
            await asyncio.sleep(0.02)
        return waiting

    def _waiting(self, offset: int) -> list[Json]:
        numbered = enumerate(self._updates, 1)
        return [one | {"update_id": n, "from_tomorrow": "x"} for n, one in numbered if n >= offset]

    async def _send(self, params: Json) -> Json:
        number = self._number()
        self.shown[number] = self._laid_out(number, int(params["chat_id"]), params)
        return self._message(self.shown[number], terse=self.terse)

    async def _edit(self, params: Json) -> bool | Json | web.Response:
        number, person = int(params["message_id"]), int(params["chat_id"])
        before = self.shown.get(number)
        if before is None or before["chat"]["id"] != person:
            return _failed(400, "Bad Request: message to edit not found")
        after = self._laid_out(number, person, params)
        if after == before:
            self.unchanged += 1
            return _failed(400, "Bad Request: message is not modified: exactly the same")
        self.shown[number] = after
        return True if self.terse else self._message(after, terse=False)

    # -- objects

    def _number(self) -> int:
        self._count += 1
        return self._count

    def _laid_out(self, number: int, person: int, params: Json) -> Json:
        words = {"message_id": number, "date": 1, "chat": _chat(person), "text": params["text"].strip()}
        markup = params.get("reply_markup")
        return words | ({"reply_markup": json.loads(markup)} if markup else {})

    def _message(self, whole: Json, *, terse: bool) -> Json:
        """A message as the bot is given it: what is required, and unless `terse` its text with what was found in it."""
        required = {key: whole[key] for key in ("message_id", "date", "chat")} | {"from_tomorrow": True}
        if terse:
            return required
        found = [{"type": "hashtag", "offset": 0, "length": 3}, {"type": "of_tomorrow", "offset": 1, "length": 2}]
        return required | {"text": whole["text"], "entities": found}


def _chat(person: int) -> Json:
    return {"id": person, "type": "private", "first_name": "P", "from_tomorrow": 1}


def _user(person: int) -> Json:
    return {"id": person, "is_bot": False, "first_name": "P", "from_tomorrow": None}


def _failed(code: int, words: str) -> web.Response:
    return web.json_response({"ok": False, "error_code": code, "description": words}, status=code)


METHODS: Mapping[str, Callable[[PlainTelegram, Json], Awaitable[Any]]] = {
    "getMe": PlainTelegram._me,
    "getUpdates": PlainTelegram._news,
    "sendMessage": PlainTelegram._send,
    "editMessageText": PlainTelegram._edit,
} | dict.fromkeys(
    (
        "deleteWebhook",
        "answerCallbackQuery",
        "sendChatAction",
        "setMyCommands",
        "setMyDescription",
        "setMyShortDescription",
    ),
    PlainTelegram._yes,
)
