"""The door for sending: what leaves for a chat leaves in the order it was given, also where Telegram refuses a part."""

from __future__ import annotations

import asyncio
from typing import Any, cast

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest

from bot.delivery import lanes
from bot.delivery.outbox import Outbox, Place
from bot.messages.reply import Reply

CHAT = 77
LINKED = InlineKeyboardMarkup([[InlineKeyboardButton("Read at the source", url="https://refused.example")]])


class Telegram:
    """Takes messages, and refuses link buttons and topics as Telegram does; `arrived` are the texts, in order."""

    username = "wire_bot"

    def __init__(self) -> None:
        self.arrived: list[str] = []
        self.edited: list[str] = []

    async def send_message(self, chat_id: int, text: str, **given: Any) -> Any:
        await asyncio.sleep(0.01)
        if given["message_thread_id"] is not None:
            raise BadRequest("Message thread not found")
        if given["reply_markup"] is not None:
            raise BadRequest("BUTTON_URL_INVALID")
        self.arrived.append(text)
        return len(self.arrived)

    async def edit_message_text(self, text: str, **given: Any) -> bool:
        await asyncio.sleep(0.01)
        if given["reply_markup"] is not None:
            raise BadRequest("BUTTON_URL_INVALID")
        self.edited.append(text)
        return True


@pytest.fixture
def telegram(monkeypatch: pytest.MonkeyPatch) -> Telegram:
    monkeypatch.setattr(lanes, "IN_PRIVATE", ((1_000, 1.0),))
    return Telegram()


@pytest.fixture
def outbox(telegram: Telegram) -> Outbox:
    async def nothing(*_: object) -> Any:
        return True

    return Outbox(cast(Bot, telegram), verify=nothing, alarm=nothing, migrated=nothing)


async def test_a_message_that_is_sent_again_without_its_links_keeps_its_turn(
    outbox: Outbox, telegram: Telegram
) -> None:
    first = asyncio.ensure_future(outbox.send(Place(CHAT), Reply("first", keyboard=LINKED)))
    await asyncio.sleep(0)
    await asyncio.gather(first, outbox.send(Place(CHAT), Reply("second")))
    assert telegram.arrived == ["first", "second"]


async def test_one_message_is_mended_as_often_as_it_takes(outbox: Outbox, telegram: Telegram) -> None:
    sent = await outbox.send(Place(CHAT, thread_id=5), Reply("in a closed topic", keyboard=LINKED))
    assert (sent.message_id, telegram.arrived) == (1, ["in a closed topic"])


async def test_an_edit_without_its_links_keeps_its_turn(outbox: Outbox, telegram: Telegram) -> None:
    first = asyncio.ensure_future(outbox.edit(CHAT, 9, Reply("first", keyboard=LINKED)))
    await asyncio.sleep(0)
    await asyncio.gather(first, outbox.edit(CHAT, 9, Reply("second")))
    assert telegram.edited == ["first", "second"]


async def test_what_cannot_be_mended_is_raised(outbox: Outbox, monkeypatch: pytest.MonkeyPatch) -> None:
    async def refuse(*_: object, **__: object) -> Any:
        raise BadRequest("MESSAGE_TOO_LONG")

    monkeypatch.setattr(Telegram, "send_message", refuse)
    with pytest.raises(BadRequest, match="TOO_LONG"):
        await outbox.send(Place(CHAT), Reply("too long"))
