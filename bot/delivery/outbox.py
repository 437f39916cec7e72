"""The one door for sending: in order and at a pace for each chat, checked before and after, without doubles.

Called by the handlers and by background work of the bot. A quote is compared with the archive at the last moment before
each call, and what Telegram says it delivered is compared with what was sent.

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
from dataclasses import dataclass, replace

from telegram import Bot, InlineKeyboardMarkup, InputFile, LinkPreviewOptions, Message, ReplyParameters
from telegram.constants import ChatAction
from telegram.error import BadRequest, ChatMigrated, TelegramError

from bot.delivery.lanes import INLINE, Closing, Flooded, Lane, Lanes, Unreachable
from bot.delivery.pace import Clock
from bot.messages.keyboards import without_links
from bot.messages.reply import File, FileKind, Quoted, Reply
from index.datatypes import Citation

log = logging.getLogger(__name__)

Verify = Callable[[Citation], Awaitable[bool]]
Alarm = Callable[[Quoted], Awaitable[None]]
Migrated = Callable[[int, int], Awaitable[None]]

TYPING_EVERY = 4.0
"""Seconds; Telegram shows it for five."""
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class Altered(Exception):
    """The quote in the reply is not what the archive has: it was not sent."""


class QuoteGone(Exception):
    """The quote's article was removed, or may not be quoted any more: it was not sent."""


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


class Outbox:
    """Sends and edits. `verify` reads a citation afresh; `alarm` learns of a quote that came out different."""

    def __init__(
        self, bot: Bot, *, verify: Verify, alarm: Alarm, migrated: Migrated, clock: Clock = time.monotonic
    ) -> None:
        self._bot = bot
        self._verify = verify
        self._alarm = alarm
        self._migrated = migrated
        self._lanes = Lanes(clock)
        self._closed = False

    @property
    def username(self) -> str | None:
        """The bot's name, for links that lead to it."""
        return self._bot.username

    def close(self) -> None:
        """Stop waiting: whatever still waits for its turn raises Closing."""
        self._closed = True
        self._lanes.close()

    def saw(self, chat_id: int, message_id: int) -> None:
        """Note the number of a message that came in, so that a delivered answer can be found behind it."""
        self._lanes.saw(chat_id, message_id)

    async def send(self, place: Place, reply: Reply) -> Delivered:
        """Send a new message; where it ended up.

        Raises QuoteGone or Altered where the quote does not stand, Flooded, Unreachable, Closing, or TelegramError.
        """
        lane = self._lanes.of(place.chat_id)
        try:
            async with lane.lock:
                sent = await self._send_mended(lane, place, reply)
        except ChatMigrated as moved:  # on to the lane of the new chat
            await self._migrated(place.chat_id, moved.new_chat_id)
            return await self.send(replace(place, chat_id=moved.new_chat_id), reply)
        number = sent if isinstance(sent, int) else sent.message_id
        if isinstance(sent, Message):
            await self._compare(sent, reply)
        else:
            log.info("message %s was delivered although its call broke off", number)
        return Delivered(place.chat_id, number)

    async def _send_mended(self, lane: Lane, place: Place, reply: Reply) -> Message | int:
        """Send it, without what Telegram refuses; nothing else leaves for the chat meanwhile."""
        while True:
            try:
                return await self._send_in_turn(lane, place, reply)
            except BadRequest as error:
                place, reply = _mended(place, reply, error)

    async def _send_in_turn(self, lane: Lane, place: Place, reply: Reply) -> Message | int:
        with self._lanes.sending(place.chat_id) as numbers:

            async def look() -> int | None:
                return await self._find(lane, place.chat_id, numbers(), reply)

            sent = await self._lanes.insist(lane, lambda: self._send_once(place, reply), look)
            self._lanes.saw(place.chat_id, sent if isinstance(sent, int) else sent.message_id, ours=True)
            return sent

    async def _find(self, lane: Lane, chat_id: int, numbers: Sequence[int], reply: Reply) -> int | None:
        """The number under which `reply` was delivered, among `numbers`; None where it was not."""
        for number in numbers:
            try:
                await self._lanes.insist(lane, lambda number=number: self._edit_once(chat_id, number, reply))  # type: ignore[misc]
            except BadRequest as error:
                if not _unchanged(error):
                    continue
            return number
        return None

    async def send_after(self, seconds: float, place: Place, reply: Reply) -> None:
        """Send a notice when a pause that Telegram asked for is over; without complaint where that fails."""
        await self._lanes.sleep(seconds)
        await self.send_quietly(place, reply)

    async def send_quietly(self, place: Place, reply: Reply) -> None:
        """Send a notice; where that fails it is only logged."""
        try:
            await self.send(place, reply)
        except (TelegramError, Unreachable, Flooded, Closing) as error:
            log.warning("a notice could not be sent: %s", error)

    async def edit(self, chat_id: int, message_id: int, reply: Reply) -> bool:
        """Replace a message of ours; False where it is gone or cannot be edited. Raises as `send` does."""
        lane = self._lanes.of(chat_id)
        self._lanes.saw(chat_id, message_id, ours=True)
        try:
            async with lane.lock:
                edited = await self._edit_mended(lane, chat_id, message_id, reply)
        except ChatMigrated as moved:
            await self._migrated(chat_id, moved.new_chat_id)
            return False
        except BadRequest as error:
            return _unchanged(error)
        if isinstance(edited, Message):
            await self._compare(edited, reply)
        return True

    async def _edit_mended(self, lane: Lane, chat_id: int, message_id: int, reply: Reply) -> Message | int | bool:
        """Edit it, without link buttons where Telegram refuses one of them."""
        try:
            return await self._lanes.insist(lane, lambda: self._edit_once(chat_id, message_id, reply))
        except BadRequest as error:
            mended = _without_bad_links(reply, error)
            if mended is None:
                raise
            return await self._lanes.insist(lane, lambda: self._edit_once(chat_id, message_id, mended))

    async def edit_inline(self, inline_message_id: str, reply: Reply) -> bool:
        """Replace a message that was sent through inline mode; False where it cannot be edited."""
        lane = self._lanes.of(INLINE)
        try:
            await self._lanes.insist(lane, lambda: self._edit_once(None, None, reply, inline=inline_message_id))
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
        while not self._closed:
            if self._lanes.quiet(place.chat_id):
                with suppress(TelegramError):
                    await self._bot.send_chat_action(
                        place.chat_id, ChatAction.TYPING, message_thread_id=place.thread_id
                    )
            await asyncio.sleep(TYPING_EVERY)

    # one call

    async def _send_once(self, place: Place, reply: Reply) -> Message:
        await self._check(reply)
        answered = ReplyParameters(place.reply_to, allow_sending_without_reply=True) if place.reply_to else None
        if reply.file is not None:
            return await self._send_file(place, reply, reply.file, answered)
        return await self._bot.send_message(
            place.chat_id,
            reply.text,
            entities=reply.entities,
            reply_markup=reply.keyboard,
            message_thread_id=place.thread_id,
            reply_parameters=answered,
            link_preview_options=NO_PREVIEW,
        )

    async def _send_file(self, place: Place, reply: Reply, file: File, answered: ReplyParameters | None) -> Message:
        send = self._bot.send_photo if file.kind is FileKind.PHOTO else self._bot.send_document
        return await send(
            place.chat_id,
            InputFile(file.content, filename=file.name),
            caption=reply.text,
            caption_entities=reply.entities,
            reply_markup=reply.keyboard,
            message_thread_id=place.thread_id,
            reply_parameters=answered,
        )

    async def _edit_once(
        self, chat_id: int | None, message_id: int | None, reply: Reply, *, inline: str | None = None
    ) -> Message | bool:
        await self._check(reply)
        keyboard = reply.keyboard if isinstance(reply.keyboard, InlineKeyboardMarkup) else None
        if reply.file is not None:  # the file stays what it is
            return await self._bot.edit_message_caption(
                chat_id=chat_id,
                message_id=message_id,
                inline_message_id=inline,
                caption=reply.text,
                caption_entities=reply.entities,
                reply_markup=keyboard,
            )
        return await self._bot.edit_message_text(
            reply.text,
            chat_id=chat_id,
            message_id=message_id,
            inline_message_id=inline,
            entities=reply.entities,
            reply_markup=keyboard,
            link_preview_options=NO_PREVIEW,
        )

    # what is quoted

    async def _check(self, reply: Reply) -> None:
        """The quote's range of the finished text is what the archive has now, under the sha256 recorded."""
        quoted = reply.quoted
        if quoted is None:
            return
        if not quoted.stands_in(reply.text):
            await self._alarm(quoted)
            raise Altered(reply.answer_id)
        if not await self._verify(quoted.citation):
            raise QuoteGone(reply.answer_id)

    async def _compare(self, delivered: Message, reply: Reply) -> None:
        """What Telegram says it delivered has the quote where it was sent; nothing is known where it gives no text."""
        quoted = reply.quoted
        if quoted is not None and delivered.text is not None and not quoted.stands_in(delivered.text):
            log.error("message %s was delivered with another quote than was sent", delivered.message_id)
            await self._alarm(quoted)


def _unchanged(error: BadRequest) -> bool:
    """Whether an edit failed only because the message has that content already."""
    return "message is not modified" in str(error).lower()


def _mended(place: Place, reply: Reply, error: BadRequest) -> tuple[Place, Reply]:
    """The same message without what Telegram refused; raises what cannot be mended."""
    words = str(error).lower()
    if place.thread_id is not None and any(gone in words for gone in _NO_TOPIC):
        return replace(place, thread_id=None, reply_to=None), reply
    if (mended := _without_bad_links(reply, error)) is not None:
        return place, mended
    if any(gone in words for gone in _NO_CHAT):
        raise Unreachable(str(error)) from error
    raise error


_NO_TOPIC = ("thread not found", "topic_closed", "topic_deleted")
_NO_CHAT = ("chat not found", "not enough rights", "chat_write_forbidden", "need administrator rights")


def _without_bad_links(reply: Reply, error: BadRequest) -> Reply | None:
    """The reply without its link buttons, where one of them was refused."""
    words = str(error).lower()
    refused = "button_" in words or ("url" in words and "invalid" in words)
    if not refused or not isinstance(reply.keyboard, InlineKeyboardMarkup):
        return None
    mended = without_links(reply.keyboard)
    return None if mended == reply.keyboard else replace(reply, keyboard=mended)
