"""The server itself: a real port, the wire format, errors, faults, and a record of every request.

Started by tests and by the local try-out with `async with TelegramServer() as server`. A bot attaches with
`base_url=server.base_url, base_file_url=server.base_file_url`; people are moved through `server.person(...)`.
"""

from __future__ import annotations

import asyncio
import inspect
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self, TypeVar

from aiohttp import BodyPartReader, web

from .clock import Clock
from .errors import ApiError
from .faults import Fault, Faults
from .limits import Flood
from .methods import METHODS
from .methods.call import Call
from .params import Params, Upload
from .people import People
from .updates import UpdateQueue
from .views import CallbackAnswer, Message
from .waiting import Changes
from .world import Bot, Chat, Json, World

MAX_UPLOAD = 50 << 20
DEFAULT_TOKEN = "123456789:AAE-local-test-server-token-0123456"
_TOKEN = re.compile(r"[0-9]{1,20}:[A-Za-z0-9_-]{10,}")

Found = TypeVar("Found")


@dataclass(slots=True)
class Request:
    """One call as it came, and what was answered."""

    method: str
    params: Mapping[str, str]
    files: Mapping[str, Upload]
    at: float
    status: int = 0
    answer: Json = field(default_factory=dict)


class TelegramServer(People):
    """A local Bot API for one bot. `speed` lets its clock run faster; `flood` False lifts the sending limits."""

    def __init__(
        self,
        *,
        token: str = DEFAULT_TOKEN,
        username: str = "quotewire_test_bot",
        host: str = "127.0.0.1",
        port: int = 0,
        speed: float = 1.0,
        flood: bool = True,
        privacy: bool = True,
        inline: bool = True,
    ) -> None:
        self.token = token
        self.clock = Clock(speed)
        self.changes = Changes()
        self.updates = UpdateQueue(self.changes)
        self.flood = Flood(self.clock)
        self.flood.enabled = flood
        self.faults = Faults()
        self.log: list[Request] = []
        bot = Bot(
            int(token.partition(":")[0]),
            "Quotewire",
            username=username,
            is_bot=True,
            met=True,
            privacy=privacy,
            inline=inline,
        )
        super().__init__(World(bot, self.clock), self.updates, self.changes)
        self._host, self._port = host, port
        self._runner: web.AppRunner | None = None
        self._closing = asyncio.Event()

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=1 << 40)
        app.router.add_route("*", "/file/bot{token}/{path:.*}", self._download)
        app.router.add_route("*", "/bot{token}/{method}", self._call)
        app.router.add_route("*", "/{anything:.*}", self._nowhere)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._host, self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._closing.set()
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def url(self) -> str:
        """The address of the server, without a slash at the end."""
        return f"http://{self._host}:{self._port}"

    @property
    def base_url(self) -> str:
        """What python-telegram-bot calls base_url."""
        return f"{self.url}/bot"

    @property
    def base_file_url(self) -> str:
        """What python-telegram-bot calls base_file_url."""
        return f"{self.url}/file/bot"

    @property
    def bot(self) -> Bot:
        """The bot's user, with its switches: privacy, inline, inline_feedback."""
        return self.world.bot

    def requests(self, method: str = "") -> list[Request]:
        """What the bot asked for, oldest first; all of it, or the calls of one method (any case)."""
        return [request for request in self.log if not method or request.method.lower() == method.lower()]

    def actions(self, chat: Chat | int) -> list[str]:
        """The chat actions shown in a chat so far: typing and the like."""
        number = chat if isinstance(chat, int) else chat.id
        return [e.data for e in self.world.journal if e.kind == "action" and e.chat_id == number]

    def drafts(self, chat: Chat | int) -> list[tuple[int, str]]:
        """The drafts streamed into a chat so far: draft id and text."""
        number = chat if isinstance(chat, int) else chat.id
        return [e.data for e in self.world.journal if e.kind == "draft" and e.chat_id == number]

    def reactions(self, message: Message) -> list[list[str]]:
        """The bot's reactions to a message, each as it was set."""
        journal = self.world.journal
        return [
            e.data for e in journal if (e.kind, e.chat_id, e.message_id) == ("reaction", message.chat.id, message.id)
        ]

    def callback_answers(self) -> list[CallbackAnswer]:
        """How button presses were answered, oldest first."""
        queries = (self.world.queries[e.data] for e in self.world.journal if e.kind == "answer")
        return [CallbackAnswer(**q.answer) for q in queries if q.kind == "callback" and q.answer is not None]

    async def wait_for(self, look: Callable[[], Found | None], timeout: float = 20.0) -> Found:
        """What `look` finds once it is neither None nor False. Raises TimeoutError."""
        found = await self.changes.wait(look, timeout)
        if found is None:
            raise TimeoutError(f"nothing came within {timeout} s")
        return found

    async def idle(self, timeout: float = 5.0) -> None:
        """Until the bot polls and every update is confirmed. Raises TimeoutError."""
        await self.wait_for(lambda: self.updates.polling and not self.updates.pending, timeout)

    async def _call(self, request: web.Request) -> web.StreamResponse:
        token, method = request.match_info["token"], request.match_info["method"]
        record = Request(method, {}, {}, self.clock.now())
        try:
            self._authorise(token)
            params = await _read_params(request)
            record = Request(method, params.values, params.files, self.clock.now())
            self.log.append(record)
            fault = self.faults.take(method, params.text("chat_id"))
            if fault is not None and fault.kind not in ("reset", "slow"):
                return await self._fail(fault, record)
            result = await self._run(method, params)
            answer: Json = {"ok": True, "result": result}
            status = 200
        except ApiError as error:
            fault, status, answer = None, error.code, _error_body(error)
        record.status, record.answer = status, answer
        self.changes.notify()
        if fault is not None and fault.kind == "slow":
            await self._sleep(fault.seconds)
        if fault is not None and fault.kind == "reset":
            return await _broken_off(request, answer)
        return _json_response(status, answer)

    def _authorise(self, token: str) -> None:
        if not _TOKEN.fullmatch(token):
            raise ApiError(401, "Unauthorized: invalid token specified")
        if token != self.token:
            raise ApiError(401, "Unauthorized")

    async def _run(self, method: str, params: Params) -> Any:
        function = METHODS.get(method.lower())
        if function is None:
            raise ApiError(404, "Not Found: method not found")
        call = Call(params, self.world, self.updates, self.flood, self.changes)
        result = function(call)
        return await result if inspect.isawaitable(result) else result

    async def _fail(self, fault: Fault, record: Request) -> web.StreamResponse:
        if fault.kind == "hang":
            await self._closing.wait()
        if fault.kind == "html":
            record.status = fault.code
            page = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>nginx</body>\r\n</html>\r\n"
            return web.Response(status=fault.code, text=page, content_type="text/html")
        if fault.kind == "flood":
            seconds = int(fault.seconds)
            error = ApiError(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})
        else:
            error = ApiError(fault.code, fault.description)
        record.status, record.answer = error.code, _error_body(error)
        self.changes.notify()
        return _json_response(error.code, record.answer)

    async def _sleep(self, seconds: float) -> None:
        waits = asyncio.ensure_future(self._closing.wait())
        await asyncio.wait([waits], timeout=seconds)
        waits.cancel()

    async def _download(self, request: web.Request) -> web.StreamResponse:
        try:
            self._authorise(request.match_info["token"])
        except ApiError as error:
            return _json_response(error.code, _error_body(error))
        path = request.match_info["path"]
        stored = next((file for file in self.world.files.values() if file.path == path), None)
        fault = self.faults.take("download", "")
        if fault is not None:
            return await self._fail(fault, Request("download", {}, {}, self.clock.now()))
        if stored is None:
            return _json_response(404, {"ok": False, "error_code": 404, "description": "Not Found"})
        return web.Response(body=stored.content, content_type="application/octet-stream")

    async def _nowhere(self, request: web.Request) -> web.StreamResponse:
        return _json_response(404, {"ok": False, "error_code": 404, "description": "Not Found"})


def _error_body(error: ApiError) -> Json:
    body: Json = {"ok": False, "error_code": error.code, "description": error.description}
    return body | ({"parameters": error.parameters} if error.parameters else {})


def _json_response(status: int, body: Json) -> web.Response:
    headers = {}
    retry = body.get("parameters", {}).get("retry_after")
    if retry is not None:
        headers["Retry-After"] = str(retry)
    return web.json_response(body, status=status, headers=headers)


async def _broken_off(request: web.Request, answer: Json) -> web.StreamResponse:
    data = json.dumps(answer).encode()
    response = web.StreamResponse(headers={"Content-Length": str(len(data)), "Content-Type": "application/json"})
    await response.prepare(request)
    await response.write(data[: len(data) // 2])
    if request.transport is not None:
        request.transport.abort()
    return response


async def _read_params(request: web.Request) -> Params:
    values = {name: str(value) for name, value in request.query.items()}
    if request.method not in ("GET", "POST"):
        raise ApiError(405, "Method Not Allowed")
    if (request.content_length or 0) > MAX_UPLOAD + (1 << 16):
        raise ApiError(413, "Request Entity Too Large")
    if request.content_type == "multipart/form-data":
        return await _read_multipart(request, values)
    if request.content_type == "application/json":
        values |= _json_values(await request.read())
    elif request.content_type == "application/x-www-form-urlencoded":
        values |= {name: str(value) for name, value in (await request.post()).items()}
    return Params(values)


def _json_values(body: bytes) -> dict[str, str]:
    try:
        parsed = json.loads(body or b"{}")
    except ValueError:
        raise ApiError(400, "Bad Request: can't parse request JSON body") from None
    if not isinstance(parsed, dict):
        raise ApiError(400, "Bad Request: expected a JSON object as request body")
    return {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in parsed.items()
        if value is not None
    }


async def _read_multipart(request: web.Request, values: dict[str, str]) -> Params:
    files: dict[str, Upload] = {}
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        content = bytes(await part.read(decode=False))
        if len(content) > MAX_UPLOAD:
            raise ApiError(413, "Request Entity Too Large")
        if part.filename is None:
            values[part.name] = content.decode("utf-8", "replace")
        else:
            kind = part.headers.get("Content-Type", "application/octet-stream")
            files[part.name] = Upload(part.filename, kind, content)
    return Params(values, files)
