"""The one door for sending: in order and at a pace for each chat, checked before and after, without doubles.

Called by the handlers and by background work of the bot. Each chat has a lane of its own: its messages leave in the
order they were given, at the pace Telegram allows, and a chat that Telegram makes wait holds up no other.

A quote is compared with the archive before it is sent, and what Telegram says it delivered is compared with what was
sent.

When a call fails without an answer, the message may or may not have been delivered. Editing it again does no harm, so
edits are repeated. A new message is first looked for: the chat's next message numbers are edited to the very same
content, which Telegram answers with "not modified" where the message is there, and with "not found" where it is not.
Only what is not found is sent again.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import TypeVar

import httpx
from telegram import Bot, LinkPreviewOptions, Message, ReplyParameters
from telegram.constants import ChatAction
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.keyboards import without_links
from bot.pace import EVERYWHERE, IN_GROUP, IN_PRIVATE, Clock, Pace
from bot.reply import Quoted, Reply
from index.datatypes import Citation

log = logging.getLogger(__name__)

T = TypeVar("T")
Verify = Callable[[Citation], Awaitable[bool]]
Alarm = Callable[[Quoted], Awaitable[None]]
Look = Callable[[], Awaitable[int | None]]
Migrated = Callable[[int, int], Awaitable[None]]

ATTEMPTS = 5
LONGEST_WAIT = 20.0
"""Seconds: where Telegram asks for a longer pause, the message is given up."""
LOOK_AHEAD = 3
"""How many message numbers are tried when looking for a message that may have been delivered."""
TYPING_EVERY = 4.0
MOST_LANES = 2_000
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class Flooded(Exception):
    """Telegram asks for a pause in this chat that is too long to wait for."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"{seconds:.0f} s")
        self.seconds = seconds


class Unreachable(Exception):
    """Nothing can be sent to this chat: the bot was blocked or removed, or the chat is gone."""


class Altered(Exception):
    """The quote in the reply is not what the archive has: it was not sent."""


class QuoteGone(Exception):
    """The quote's article was removed, or may not be quoted any more: it was not sent."""


class Closing(Exception):
    """The bot is being stopped."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message goes: a chat, its topic, the message it replies to."""

    chat_id: int
    thread_id: int | None = None
    reply_to: int | None = None


@dataclass(frozen=True, slots=True)
class Delivered:
    """A message that arrived."""

    chat_id: int
    message_id: int


@dataclass
class _Lane:
    """One chat: the order and pace of what is sent there, and the message numbers seen."""

    pace: Pace
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    highest: int = 0
    ours: set[int] = field(default_factory=set)

    def saw(self, message_id: int, *, ours: bool = False) -> None:
        self.highest = max(self.highest, message_id)
        if ours:
            self.ours.add(message_id)
            if len(self.ours) > 50:
                self.ours = set(sorted(self.ours)[-25:])


class Outbox:
    """Sends and edits. `verify` reads a citation afresh; `alarm` is told of a quote that came out different."""

    def __init__(
        self, bot: Bot, *, verify: Verify, alarm: Alarm, migrated: Migrated, clock: Clock = time.monotonic
    ) -> None:
        self._bot = bot
        self._verify = verify
        self._alarm = alarm
        self._migrated = migrated
        self._clock = clock
        self._all = Pace(EVERYWHERE, clock)
        self._lanes: dict[int, _Lane] = {}
        self._newest_private = 0
        self._closing = asyncio.Event()

    def close(self) -> None:
        """Stop waiting: whatever still waits for its turn raises Closing."""
        self._closing.set()

    def saw(self, chat_id: int, message_id: int) -> None:
        """Note the number of a message that came in, so that a delivered answer can be found behind it."""
        self._lane(chat_id).saw(message_id)
        if chat_id > 0:
            self._newest_private = max(self._newest_private, message_id)

    async def send(self, place: Place, reply: Reply) -> Delivered:
        """Send a new message; where it ended up.

        Raises QuoteGone or Altered where the quote does not stand, Flooded, Unreachable, Closing, or TelegramError.
        """
        await self._check(reply)
        lane = self._lane(place.chat_id)
        try:
            async with lane.lock:
                found = await self._send_in_turn(lane, place, reply)
        except ChatMigrated as moved:
            await self._migrated(place.chat_id, moved.new_chat_id)
            return await self.send(replace(place, chat_id=moved.new_chat_id), reply)
        except BadRequest as error:
            return await self.send(*_mended(place, reply, error))
        number = found if isinstance(found, int) else found.message_id
        self._note(lane, place.chat_id, number)
        if isinstance(found, Message):
            await self._compare(found, reply)
        return Delivered(place.chat_id, number)

    async def send_after(self, seconds: float, place: Place, reply: Reply) -> None:
        """Send a notice when a pause that Telegram asked for is over; without complaint where that fails."""
        await self._sleep(seconds)
        await self.send_quietly(place, reply)

    async def send_quietly(self, place: Place, reply: Reply) -> None:
        """Send a notice; where that fails it is only logged."""
        try:
            await self.send(place, reply)
        except (TelegramError, Unreachable, Flooded, Closing) as error:
            log.warning("a notice could not be sent: %s", error)

    async def edit(self, chat_id: int, message_id: int, reply: Reply) -> bool:
        """Replace a message of ours; False where it is gone or cannot be edited. Raises as `send` does."""
        await self._check(reply)
        lane = self._lane(chat_id)
        lane.saw(message_id, ours=True)
        try:
            async with lane.lock:
                edited = await self._insist(lane, lambda: self._edit_once(chat_id, message_id, reply))
        except BadRequest as error:
            if (mended := _without_bad_links(reply, error)) is not None:
                return await self.edit(chat_id, message_id, mended)
            return _unchanged(error)
        if isinstance(edited, Message):
            await self._compare(edited, reply)
        return True

    async def edit_inline(self, inline_message_id: str, reply: Reply) -> bool:
        """Replace a message that was sent through inline mode; False where it cannot be edited."""
        await self._check(reply)
        try:
            await self._insist(
                self._lane(0),
                lambda: self._bot.edit_message_text(
                    reply.text,
                    inline_message_id=inline_message_id,
                    entities=reply.entities,
                    reply_markup=reply.keyboard,
                    link_preview_options=NO_PREVIEW,
                ),
            )
        except BadRequest as error:
            return _unchanged(error)
        return True

    @asynccontextmanager
    async def typing(self, place: Place) -> AsyncIterator[None]:
        """Show "typing" in the chat while the block runs; never delays it and never fails it."""
        task = asyncio.create_task(self._keep_typing(place))
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _keep_typing(self, place: Place) -> None:
        while not self._closing.is_set():
            if self._all.wait() == 0 and self._lane(place.chat_id).pace.closed_for() == 0:
                self._all.mark()
                with suppress(TelegramError):
                    await self._bot.send_chat_action(
                        place.chat_id, ChatAction.TYPING, message_thread_id=place.thread_id
                    )
            await asyncio.sleep(TYPING_EVERY)

    # the checks of what is quoted

    async def _check(self, reply: Reply) -> None:
        quoted = reply.quoted
        if quoted is None:
            return
        if not quoted.stands_in(reply.text):
            await self._alarm(quoted)
            raise Altered(reply.answer_id)
        if not await self._verify(quoted.citation):
            raise QuoteGone(reply.answer_id)

    async def _compare(self, delivered: Message, reply: Reply) -> None:
        quoted = reply.quoted
        if quoted is not None and not quoted.stands_in(delivered.text or ""):
            log.error("message %s was delivered with another quote than was sent", delivered.message_id)
            await self._alarm(quoted)

    # one chat after the other's pace

    def _lane(self, chat_id: int) -> _Lane:
        if chat_id not in self._lanes:
            if len(self._lanes) >= MOST_LANES:
                idle = [key for key, lane in self._lanes.items() if lane.pace.idle() and not lane.lock.locked()]
                for key in idle:
                    del self._lanes[key]
            self._lanes[chat_id] = _Lane(Pace(IN_GROUP if chat_id < 0 else IN_PRIVATE, self._clock))
        return self._lanes[chat_id]

    def _note(self, lane: _Lane, chat_id: int, message_id: int) -> None:
        lane.saw(message_id, ours=True)
        if chat_id > 0:
            self._newest_private = max(self._newest_private, message_id)

    async def _turn(self, lane: _Lane) -> None:
        while (seconds := max(lane.pace.wait(), self._all.wait())) > 0:
            await self._sleep(seconds)
        lane.pace.mark()
        self._all.mark()

    async def _sleep(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._closing.wait(), seconds)
        if self._closing.is_set():
            raise Closing

    async def _insist(
        self,
        lane: _Lane,
        call: Callable[[], Awaitable[T]],
        look: Look | None = None,
    ) -> T | int:
        """Make a call until it comes through. `look` finds out whether a call that broke off did its work after all.

        What `look` finds is returned in place of the answer. Raises what no repetition cures.
        """
        for attempt in range(1, ATTEMPTS + 1):
            await self._turn(lane)
            try:
                return await call()
            except RetryAfter as error:
                seconds = error._retry_after.total_seconds()  # its public property changes type with the next release
                lane.pace.close(seconds)
                if seconds > LONGEST_WAIT or attempt == ATTEMPTS:
                    raise Flooded(seconds) from error
            except (BadRequest, InvalidToken, ChatMigrated):
                raise
            except Forbidden as error:
                raise Unreachable(str(error)) from error
            except NetworkError as error:
                if attempt == ATTEMPTS:
                    raise
                if look is not None and not _never_sent(error):
                    found = await self._look_twice(look, late=isinstance(error, TimedOut))
                    if found is not None:
                        return found
                else:
                    await self._sleep(0.5 * 2 ** (attempt - 1))
        raise AssertionError("unreachable")

    async def _look_twice(self, look: Look, *, late: bool) -> int | None:
        """A message may still be on its way when the wait for it ended: look again a little later."""
        for pause in (0.5, 3.0) if late else (0.2,):
            await self._sleep(pause)
            if (found := await look()) is not None:
                return found
        return None

    async def _send_in_turn(self, lane: _Lane, place: Place, reply: Reply) -> Message | int:
        floor, newest = lane.highest, self._newest_private if place.chat_id > 0 else 0
        numbers = _candidates(floor, newest)

        async def look() -> int | None:
            return await self._find(lane, place.chat_id, [n for n in numbers if n not in lane.ours], reply)

        found = await self._insist(lane, lambda: self._send_once(place, reply), look if floor else None)
        if isinstance(found, int):
            log.info("message %s was delivered although its call broke off", found)
        return found

    async def _find(self, lane: _Lane, chat_id: int, numbers: Sequence[int], reply: Reply) -> int | None:
        """The number under which `reply` was delivered, among `numbers`; None where it was not."""
        for number in numbers:
            await self._turn(lane)
            try:
                await self._edit_once(chat_id, number, reply)
            except BadRequest as error:
                if not _unchanged(error):
                    continue
            except TelegramError:
                return None
            return number
        return None

    async def _send_once(self, place: Place, reply: Reply) -> Message:
        answered = ReplyParameters(place.reply_to, allow_sending_without_reply=True) if place.reply_to else None
        return await self._bot.send_message(
            place.chat_id,
            reply.text,
            entities=reply.entities,
            reply_markup=reply.keyboard,
            message_thread_id=place.thread_id,
            reply_parameters=answered,
            link_preview_options=NO_PREVIEW,
        )

    async def _edit_once(self, chat_id: int, message_id: int, reply: Reply) -> Message | bool:
        return await self._bot.edit_message_text(
            reply.text,
            chat_id=chat_id,
            message_id=message_id,
            entities=reply.entities,
            reply_markup=reply.keyboard,
            link_preview_options=NO_PREVIEW,
        )


def _candidates(floor: int, newest: int) -> list[int]:
    """The message numbers under which the next message of a chat may be found.

    Private chats share one count of numbers, groups have their own; so behind the chat's last number and behind the
    last number seen anywhere.
    """
    ahead = range(1, LOOK_AHEAD + 1)
    return sorted({floor + step for step in ahead} | {newest + step for step in ahead if newest > floor})


def _never_sent(error: NetworkError) -> bool:
    """Whether the call failed before Telegram can have seen it, or Telegram itself says that it did nothing."""
    unseen = isinstance(error.__cause__, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout)
    return unseen or str(error).lower().startswith("internal server error")


def _unchanged(error: BadRequest) -> bool:
    """Whether an edit failed only because the message has that content already."""
    return "message is not modified" in str(error).lower()


def _mended(place: Place, reply: Reply, error: BadRequest) -> tuple[Place, Reply]:
    """The same message without what Telegram refused; raises what cannot be mended."""
    words = str(error).lower()
    if place.thread_id is not None and (
        "thread not found" in words or "topic_closed" in words or "topic_deleted" in words
    ):
        return replace(place, thread_id=None, reply_to=None), reply
    if (mended := _without_bad_links(reply, error)) is not None:
        return place, mended
    if "chat not found" in words or "not enough rights" in words or "chat_write_forbidden" in words:
        raise Unreachable(str(error)) from error
    raise error


def _without_bad_links(reply: Reply, error: BadRequest) -> Reply | None:
    """The reply without its link buttons, where one of them was refused."""
    words = str(error).lower()
    refused = (
        "button_url_invalid" in words or "button_copy_text_invalid" in words or ("url" in words and "invalid" in words)
    )
    mended = without_links(reply.keyboard) if refused else reply.keyboard
    return None if mended == reply.keyboard else replace(reply, keyboard=mended)
