"""Fetching updates: their order for each chat, and a watchdog that notices when Telegram has gone silent.

Used by `app` and `serving`. Updates of one chat are handled one after the other, those of different chats side by side.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

from telegram import Message, Update
from telegram.ext import BaseUpdateProcessor, Updater
from telegram.request import BaseRequest, HTTPXRequest, RequestData

from bot.delivery.outbox import Outbox
from bot.delivery.unreadable import readable

log = logging.getLogger(__name__)

AT_ONCE = 4_096
"""Updates taken on side by side. Those that wait for their chat's turn count too: no chat may use up all places."""
ALLOWED_UPDATES = (
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CHANNEL_POST,
    Update.EDITED_CHANNEL_POST,
    Update.INLINE_QUERY,
    Update.CHOSEN_INLINE_RESULT,
    Update.CALLBACK_QUERY,
    Update.MY_CHAT_MEMBER,
)


class InTurn(BaseUpdateProcessor):
    """Handles the updates of one chat in their order, and tells the outbox which message numbers came in."""

    def __init__(self, outbox: Outbox) -> None:
        super().__init__(AT_ONCE)
        self._outbox = outbox
        self._last: dict[int, asyncio.Future[None]] = {}

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Wait for the chat's update before this one, then handle it."""
        key = _chat_of(update)
        if key is None:
            await coroutine
            return
        self._note(update)
        before, mine = self._last.get(key), asyncio.get_running_loop().create_future()
        self._last[key] = mine
        try:
            if before is not None:
                await before
            await coroutine
        finally:
            mine.set_result(None)
            if self._last.get(key) is mine:
                del self._last[key]

    def _note(self, update: object) -> None:
        if isinstance(update, Update) and isinstance(update.message, Message):
            self._outbox.saw(update.message.chat_id, update.message.message_id)

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to close."""


def _chat_of(update: object) -> int | None:
    """What updates are ordered by; inline queries are not, a newer one makes the older one moot."""
    if not isinstance(update, Update) or update.inline_query is not None:
        return None
    if update.effective_chat is not None:
        return update.effective_chat.id
    return update.effective_user.id if update.effective_user is not None else None


class HeardRequest(HTTPXRequest):
    """A connection that remembers when Telegram last answered on it, and passes on only updates that can be parsed.

    `heard` is the moment of the last answer (time.monotonic), `skipped` counts the updates that could not be parsed.
    """

    def __init__(self, **options: Any) -> None:  # noqa: ANN401  # passed on as they are
        super().__init__(**options)
        self.heard = time.monotonic()
        self.skipped = 0

    async def do_request(  # noqa: PLR0917  # PTB's signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401  # PTB's own unset value
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401
    ) -> tuple[int, bytes]:
        """As the base class, noting the time of each answer, whatever it says."""
        answer = await super().do_request(
            url, method, request_data, read_timeout, write_timeout, connect_timeout, pool_timeout
        )
        self.heard = time.monotonic()
        if answer[0] == HTTPStatus.OK and url.endswith("/getUpdates"):
            body, broken = readable(answer[1])
            self.skipped += broken
            return answer[0], body
        return answer


async def watch(
    updater: Updater, request: HeardRequest, start: Callable[[], Awaitable[object]], *, silence: float, every: float
) -> None:
    """Restart polling whenever Telegram has not answered for `silence` seconds. Runs until cancelled."""
    while True:
        await asyncio.sleep(every)
        quiet = time.monotonic() - request.heard
        if quiet < silence:
            continue
        log.warning("Telegram has been silent for %.0f s: polling starts anew", quiet)
        request.heard = time.monotonic()
        try:
            await restart(updater, request, start)
        except Exception:
            log.exception("polling could not be started anew; trying again later")


async def restart(updater: Updater, request: HeardRequest, start: Callable[[], Awaitable[object]]) -> None:
    """Stop polling, throw its connections away, poll again."""
    await request.shutdown()
    await request.initialize()
    if updater.running:
        await updater.stop()
    await start()
