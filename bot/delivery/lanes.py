"""One lane for each chat: what leaves for it leaves in order, at Telegram's pace, and is tried until it comes through.

Used by the outbox alone. A chat that Telegram makes wait holds up no other. Must not know what is sent.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TypeVar

import httpx
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TimedOut

from bot.delivery.pace import EVERYWHERE, IN_GROUP, IN_PRIVATE, Clock, Pace

T = TypeVar("T")
Look = Callable[[], Awaitable[int | None]]
"""Finds the number of a message that may have been delivered; None where it was not."""

ATTEMPTS = 5
LONGEST_WAIT = 20.0
"""Seconds: where Telegram asks for a longer pause, the message is given up."""
LOOK_AHEAD = 3
"""How far behind the last known number a message that may have been delivered is looked for, if no other is sent."""
MOST_LOOKED = 12
"""Message numbers tried at a time."""
INLINE = 0
"""The lane of messages sent through inline mode: they are in chats we do not know, apart from those we do."""
MOST_LANES = 2_000
MOST_REMEMBERED = 50
MOST_NUMBERS = 4_000
"""Message numbers of all chats that share one count, remembered as known."""
OWN_COUNT = -1_000_000_000_000
"""Chats up to here, supergroups and channels, count their messages for themselves; all others share the bot's count."""


class Flooded(Exception):
    """Telegram asks for a pause in this chat that is too long to wait for."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"{seconds:.0f} s")
        self.seconds = seconds


class Unreachable(Exception):
    """Nothing can be sent to this chat: the bot was blocked or removed, or the chat is gone."""


class Closing(Exception):
    """The bot is being stopped."""


@dataclass
class Lane:
    """One chat: its pace, whose turn it is, and the message numbers seen there."""

    pace: Pace
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    highest: int = 0
    ours: set[int] = field(default_factory=set)


class Lanes:
    """The lanes of all chats, and the pace they share."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._all = Pace(EVERYWHERE, clock)
        self._lanes: dict[int, Lane] = {}
        self._numbers: set[int] = set()  # of the messages known in the chats that share one count
        self._newest = 0
        self._in_flight = 0
        self._closing = asyncio.Event()

    def close(self) -> None:
        """Stop waiting: whatever still waits for its turn raises Closing."""
        self._closing.set()

    def of(self, chat_id: int) -> Lane:
        """The lane of a chat."""
        if chat_id not in self._lanes:
            if len(self._lanes) >= MOST_LANES:
                self._forget_idle()
            self._lanes[chat_id] = Lane(Pace(IN_GROUP if chat_id < 0 else IN_PRIVATE, self._clock))
        return self._lanes[chat_id]

    def _forget_idle(self) -> None:
        for key in [key for key, lane in self._lanes.items() if lane.pace.idle() and not lane.lock.locked()]:
            del self._lanes[key]

    def saw(self, chat_id: int, message_id: int, *, ours: bool = False) -> None:
        """Note the number of a message, so that a delivered one can be found behind it."""
        lane = self.of(chat_id)
        lane.highest = max(lane.highest, message_id)
        if chat_id > OWN_COUNT:
            self._newest = max(self._newest, message_id)
            self._numbers.add(message_id)
            if len(self._numbers) > MOST_NUMBERS:
                self._numbers = set(sorted(self._numbers)[-MOST_NUMBERS // 2 :])
        if ours:
            lane.ours.add(message_id)
            if len(lane.ours) > MOST_REMEMBERED:
                lane.ours = set(sorted(lane.ours)[-MOST_REMEMBERED // 2 :])

    @contextmanager
    def sending(self, chat_id: int) -> Iterator[Callable[[], list[int]]]:
        """While a message is sent: gives what tells the numbers under which it may be found, none known as another's.

        It is behind the chat's last number. Where chats share one count it is also behind the last number seen
        anywhere when the sending began, and no further on than the messages that all chats got meanwhile. There are no
        numbers where nothing is known of the chat.
        """
        lane, shared, before = self.of(chat_id), chat_id > OWN_COUNT, self._newest
        highest = lane.highest

        def numbers() -> list[int]:
            if not highest:
                return []
            close = range(highest + 1, highest + 1 + LOOK_AHEAD)
            last = self._newest + LOOK_AHEAD + self._in_flight - 1
            anywhere = range(max(before, highest) + 1, last + 1) if shared else range(0)
            known = lane.ours | (self._numbers if shared else set())
            return sorted({*close, *anywhere} - known)[:MOST_LOOKED]

        self._in_flight += shared
        try:
            yield numbers
        finally:
            self._in_flight -= shared

    def quiet(self, chat_id: int) -> bool:
        """Whether something may be sent at once that need not be; if so, it counts."""
        if self._all.wait() > 0 or self.of(chat_id).pace.closed_for() > 0:
            return False
        self._all.mark()
        return True

    async def sleep(self, seconds: float) -> None:
        """Wait. Raises Closing when the bot is stopped meanwhile."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._closing.wait(), seconds)
        if self._closing.is_set():
            raise Closing

    async def _turn(self, lane: Lane) -> None:
        while (seconds := max(lane.pace.wait(), self._all.wait())) > 0:
            await self.sleep(seconds)
        lane.pace.mark()
        self._all.mark()

    async def insist(self, lane: Lane, call: Callable[[], Awaitable[T]], look: Look | None = None) -> T | int:
        """Make a call until it comes through; what it returns, or what `look` finds.

        `look` tells whether a call that broke off did its work after all; without it, a call is one that may be
        repeated. Raises Flooded, Unreachable, Closing, or the TelegramError that no repetition cures.
        """
        for attempt in range(1, ATTEMPTS + 1):
            await self._turn(lane)
            try:
                return await call()
            except RetryAfter as error:
                self._pause(lane, error, last=attempt == ATTEMPTS)
            except Forbidden as error:
                raise Unreachable(str(error)) from error
            except NetworkError as error:
                if attempt == ATTEMPTS or isinstance(error, BadRequest):
                    raise
                if look is None or _never_sent(error):
                    await self.sleep(0.5 * 2 ** (attempt - 1))
                elif (found := await self._found(look, late=isinstance(error, TimedOut))) is not None:
                    return found
        raise AssertionError("the last attempt returns or raises")

    def _pause(self, lane: Lane, error: RetryAfter, *, last: bool) -> None:
        seconds = error._retry_after.total_seconds()  # its public property changes type with the next release
        lane.pace.close(seconds)
        if last or seconds > LONGEST_WAIT:
            raise Flooded(seconds) from error

    async def _found(self, look: Look, *, late: bool) -> int | None:
        """A message may still be on its way when the wait for its answer ended: look again a little later."""
        for pause in (0.5, 3.0) if late else (0.2,):
            await self.sleep(pause)
            if (found := await look()) is not None:
                return found
        return None


def _never_sent(error: NetworkError) -> bool:
    """Whether the call failed before Telegram can have seen it, or Telegram itself says that it did nothing."""
    unseen = isinstance(error.__cause__, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout)
    return unseen or str(error).lower().startswith("internal server error")
