"""Answers arrive in order, once, and exactly: under Telegram's limits, errors, resets and slow answers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from conversation import ADMIN, QUESTION, Room, conversation

from bot import outbox

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    async with conversation(tmp_path) as room:
        yield room


async def test_a_429_is_waited_out_and_the_answer_comes_once(room: Room) -> None:
    reader = room.reader()
    room.server.faults.flood("sendMessage", retry_after=1)
    answer = await reader.asks(QUESTION)
    assert "Work starts in May" in answer.text
    await reader.hears_nothing(0.5)


async def test_one_chats_pause_holds_up_no_other(room: Room) -> None:
    slow, quick = room.reader("Slow"), room.reader("Quick")
    room.server.faults.flood("sendMessage", retry_after=3, chat_id=slow.chat.id)
    await slow.says(QUESTION)
    await asyncio.sleep(0.2)
    started = asyncio.get_running_loop().time()
    await quick.asks(QUESTION)
    assert asyncio.get_running_loop().time() - started < 1.5
    assert "Work starts in May" in (await slow.reply(timeout=6)).text


async def test_a_very_long_pause_is_given_up_and_apologised_for_when_it_is_over(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "LONGEST_WAIT", 0.5)
    reader = room.reader()
    room.server.faults.flood("sendMessage", retry_after=2)
    answer = await reader.asks(QUESTION)
    assert answer.text == "Telegram made me wait too long to answer. Please ask again."


@pytest.mark.parametrize("fault", ["error", "bad_gateway"])
async def test_a_server_error_is_tried_again(room: Room, fault: str) -> None:
    reader = room.reader()
    getattr(room.server.faults, fault)("sendMessage", times=2)
    assert "Work starts in May" in (await reader.asks(QUESTION, timeout=15)).text
    await reader.hears_nothing(0.5)


async def test_an_answer_delivered_though_the_connection_broke_is_not_sent_twice(room: Room) -> None:
    reader = room.reader()
    room.server.faults.reset("sendMessage")
    answer = await reader.asks(QUESTION)
    await reader.hears_nothing(2)
    assert len(answer.versions) == 1
    question = room.server.messages(reader)[-2]
    await reader.edits(question, "What is the capital of Mongolia?")
    edited = await reader.sees_edit(answer)
    assert edited.text.startswith("The archive does not answer this."), "its number was found out"


async def test_an_answer_delivered_late_is_not_sent_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from telegram.request import HTTPXRequest

    from bot import app

    def impatient(**options: object) -> HTTPXRequest:
        return HTTPXRequest(**(options | {"read_timeout": 0.5}))  # type: ignore[arg-type]

    monkeypatch.setattr(app, "HTTPXRequest", impatient)
    async with conversation(tmp_path) as room:
        reader = room.reader()
        room.server.faults.slow("sendMessage", 2.0)
        await reader.asks(QUESTION)
        await reader.hears_nothing(5)


async def test_answers_keep_the_order_of_the_questions(room: Room) -> None:
    reader = room.reader()
    room.server.faults.error("sendMessage")
    topics = ["/latest harbour", "/latest ferry", "/latest museum", "/latest oak"]
    for topic in topics:
        await reader.says(topic)
    replies = [await reader.reply(timeout=15) for _ in topics]
    assert ["Harbour" in replies[0].text, "Ferry" in replies[1].text, "Museum" in replies[2].text] == [True] * 3


async def test_a_reader_who_blocks_the_bot_is_forgotten_and_nobody_else_notices(room: Room) -> None:
    gone, here = room.reader("Gone"), room.reader("Here")
    answer = await gone.asks(QUESTION)
    kept = answer.button("Context").data.split(".")[1]
    await gone.blocks_bot()
    await here.asks(QUESTION)
    assert room.services.journal.deliveries([kept]) == []


async def test_a_quote_that_telegram_alters_alarms_the_administrators(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader, editor = room.reader(), room.server.person("Editor", user_id=ADMIN, started=True)
    send = type(room.application.bot).send_message

    async def altering(self, chat_id, text, *args, **kwargs):
        return await send(self, chat_id, text.replace("May", "June"), *args, **kwargs)

    monkeypatch.setattr(type(room.application.bot), "send_message", altering)
    await reader.asks(QUESTION)
    assert "differs from the archive" in (await editor.reply()).text


async def test_two_hundred_readers_within_pace_are_all_answered_once(room: Room) -> None:
    readers = [room.reader(f"Reader {number}") for number in range(40)]
    await asyncio.gather(*(reader.says(QUESTION) for reader in readers))
    answers = await asyncio.gather(*(reader.reply(timeout=30) for reader in readers))
    assert all("Work starts in May" in answer.text for answer in answers)
    await asyncio.gather(*(reader.hears_nothing(0.2) for reader in readers))
    assert not [r for r in room.server.requests("sendMessage") if r.status == 429]
