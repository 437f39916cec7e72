"""The updates waiting for the bot: queue, confirmation, long polling, and who may poll.

Filled by `client`, emptied by getUpdates. An update is confirmed, and forgotten, when the bot asks for a later one.
"""

from __future__ import annotations

import asyncio
import itertools
from dataclasses import dataclass
from typing import Any

from .errors import ApiError
from .waiting import Changes

KINDS = frozenset(
    [
        "message",
        "edited_message",
        "channel_post",
        "edited_channel_post",
        "inline_query",
        "chosen_inline_result",
        "callback_query",
        "my_chat_member",
        "chat_member",
        "message_reaction",
        "message_reaction_count",
        "poll",
        "poll_answer",
        "chat_join_request",
    ]
)
BY_DEFAULT = KINDS - {"chat_member", "message_reaction", "message_reaction_count"}
LONGEST_POLL = 50.0

_OTHER_POLL = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
_WEBHOOK_SET = "Conflict: terminated by setWebhook request"
_WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


@dataclass(slots=True)
class Webhook:
    """What setWebhook was told. Nothing is ever sent there."""

    url: str = ""
    secret_token: str = ""
    max_connections: int = 40


class UpdateQueue:
    """Pending updates of one bot."""

    def __init__(self, changes: Changes) -> None:
        self.pending: list[dict[str, Any]] = []
        self.webhook = Webhook()
        self.allowed: frozenset[str] = BY_DEFAULT
        self.explicit: list[str] = []
        self.polls = 0
        self.last_offset = 0
        self._ids = itertools.count(100_000_001)
        self._changes = changes
        self._poller: asyncio.Future[None] | None = None
        self._ended_by = ""

    @property
    def polling(self) -> bool:
        """Whether a long poll is waiting right now."""
        return self._poller is not None

    def put(self, kind: str, body: dict[str, Any]) -> bool:
        """Queue one update; False when the bot has not asked for this kind."""
        if kind not in KINDS:
            raise ValueError(f"no such kind of update: {kind}")
        if kind not in self.allowed:
            return False
        self.pending.append({"update_id": next(self._ids), kind: body})
        self._changes.notify()
        return True

    def allow(self, kinds: list[str] | None) -> None:
        """Remember what the bot wants; None keeps what it wanted before, an empty list means the default."""
        if kinds is None:
            return
        known = [kind for kind in kinds if kind in KINDS]
        self.explicit = known
        self.allowed = frozenset(known) if known else BY_DEFAULT

    def confirm(self, offset: int) -> None:
        """Forget everything before `offset`; a negative one keeps only that many from the end."""
        if offset < 0:
            del self.pending[:offset]
        elif offset > 0:
            self.last_offset = offset
            self.pending = [update for update in self.pending if update["update_id"] >= offset]
        self._changes.notify()

    def drop(self) -> None:
        self.pending.clear()
        self._changes.notify()

    def set_webhook(self, webhook: Webhook) -> None:
        self.webhook = webhook
        if webhook.url:
            self._end_poll(_WEBHOOK_SET)

    async def get(self, offset: int, limit: int, timeout: float) -> list[dict[str, Any]]:
        """One getUpdates. Raises 409 when a webhook is active, or when a later poll takes over."""
        if self.webhook.url:
            raise ApiError(409, _WEBHOOK_ACTIVE)
        self._end_poll(_OTHER_POLL)
        self.polls += 1
        self.confirm(offset)
        limit = limit if 1 <= limit <= 100 else 100
        if self.pending or timeout <= 0:
            return self.pending[:limit]
        return await self._long_poll(limit, min(timeout, LONGEST_POLL))

    async def _long_poll(self, limit: int, timeout: float) -> list[dict[str, Any]]:
        me: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._poller = me
        self._changes.notify()
        try:
            await self._changes.wait(lambda: bool(self.pending) or me.done(), timeout)
            if me.done():
                raise ApiError(409, self._ended_by)
            return self.pending[:limit]
        finally:
            if self._poller is me:
                self._poller = None

    def _end_poll(self, why: str) -> None:
        if self._poller is not None:
            self._ended_by = why
            self._poller.set_result(None)
            self._poller = None
            self._changes.notify()
