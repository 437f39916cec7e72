"""What goes wrong around a conversation: polling, edits and presses that fail; and what may never reach a log."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import threading
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import numpy as np
import pytest
from conversation import ADMIN, ARTICLES, QUESTION, Room, conversation, press, quote, settings_for, write_articles
from numpy.typing import NDArray
from telegram.request import HTTPXRequest
from telegram_api import Message, Person, TelegramServer
from word_embedder import WordEmbedder

from bot import app, build
from bot.lifecycle import shut, start
from bot.logs import configure
from index.archive import Archive

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    async with conversation(tmp_path) as room:
        yield room


@pytest.fixture
def reader(room: Room) -> Person:
    return room.reader()


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    """The log as the bot writes it, at its most talkative."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    path = tmp_path / "quotewire.log"
    configure("DEBUG", path)
    yield path
    logging.captureWarnings(False)
    root.handlers[:] = before
    root.setLevel(level)


async def test_the_token_never_reaches_the_log_whatever_goes_wrong(log: Path, tmp_path: Path) -> None:
    async with conversation(tmp_path) as room:
        faults, reader = room.server.faults, room.reader()
        faults.error("getUpdates", times=2)
        faults.bad_gateway("sendMessage")
        await reader.asks(QUESTION, timeout=20)
        faults.reset("sendMessage")
        await reader.asks(QUESTION, timeout=20)
        faults.flood("sendMessage", retry_after=1)
        await reader.asks(room.server.token, timeout=20)
        token = room.server.token
    written = log.read_text("utf-8")
    assert written, "something was logged"
    assert token not in written
    assert token.partition(":")[2] not in written


@pytest.mark.parametrize("fault", ["error", "bad_gateway", "reset"])
async def test_polling_survives_what_telegram_does_to_it(room: Room, reader: Person, fault: str) -> None:
    getattr(room.server.faults, fault)("getUpdates", times=2)
    await reader.says(QUESTION)
    assert "Work starts in May" in quote(await reader.reply(timeout=20))
    await reader.hears_nothing(1)


async def test_polling_waits_out_a_429(room: Room, reader: Person) -> None:
    room.server.faults.flood("getUpdates", retry_after=1)
    assert "Work starts in May" in quote(await reader.asks(QUESTION, timeout=20))


@pytest.mark.parametrize("fault", ["error", "bad_gateway", "reset", "flood"])
async def test_a_press_is_carried_out_though_its_edit_fails_at_first(room: Room, reader: Person, fault: str) -> None:
    answer = await reader.asks(QUESTION)
    how = {"retry_after": 1} if fault == "flood" else {}
    getattr(room.server.faults, fault)("editMessageText", **how)
    await reader.presses(answer, "Context")
    context = await reader.sees_edit(answer, timeout=15)
    assert context.button("Back to the quote")
    await reader.hears_nothing(0.5)


async def test_a_press_that_cannot_be_answered_still_changes_the_message(room: Room, reader: Person) -> None:
    answer = await reader.asks(QUESTION)
    room.server.faults.error("answerCallbackQuery", code=400, description="Bad Request: query is too old")
    await reader.presses(answer, "Context")
    assert "Back to the quote" in [button.text for button in (await reader.sees_edit(answer)).buttons]


async def test_an_edit_to_the_same_words_is_no_error_to_the_reader(room: Room, reader: Person) -> None:
    question = await reader.says(QUESTION)
    await reader.reply()
    await reader.edits(question, f"{QUESTION} ")
    await reader.hears_nothing(1)


async def test_a_late_answer_in_a_group_is_not_sent_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def impatient(**options: object) -> HTTPXRequest:
        return HTTPXRequest(**(options | {"read_timeout": 0.5}))  # type: ignore[arg-type]

    monkeypatch.setattr(build, "HTTPXRequest", impatient)
    async with conversation(tmp_path) as room:
        owner = room.reader("Owner")
        group = room.server.supergroup("Readers", owner)
        group.adds_bot(owner)
        await owner.reply(chat=group)
        room.server.faults.slow("sendMessage", 2.0, chat_id=group.id)
        await owner.asks(f"/ask {QUESTION}", group)
        await owner.hears_nothing(5, group)


async def test_a_message_deleted_while_its_button_is_pressed_breaks_nothing(room: Room, reader: Person) -> None:
    answer = await reader.asks(QUESTION)
    data = answer.button("Context").data
    await reader.deletes(answer)
    await (await reader.sends_callback(answer, data)).answered()
    assert "Work starts in May" in quote(await reader.asks(QUESTION))


async def test_a_blocked_bot_that_is_unblocked_answers_again(room: Room, reader: Person) -> None:
    await reader.says(QUESTION)
    await reader.blocks_bot()
    await asyncio.sleep(0.5)
    await reader.unblocks_bot()
    assert "Work starts in May" in quote(await reader.asks(QUESTION))


async def test_files_polls_and_forwards_get_a_sensible_reply(room: Room, reader: Person) -> None:
    await reader.sends_document(b"%PDF", "wall.pdf", "application/pdf")
    assert (await reader.reply()).text == "I can only read text. Write me your question."
    asked = await room.reader("Other").says(QUESTION)
    await reader.forwards(asked)
    assert "Work starts in May" in quote(await reader.reply())


async def test_in_a_group_only_what_is_sent_to_the_bot_gets_a_word(room: Room, reader: Person) -> None:
    group = room.server.supergroup("Readers", reader)
    group.adds_bot(reader)
    await reader.reply(chat=group)
    await reader.sends_sticker(chat=group)
    await reader.sends_photo("a wall", group)
    await reader.sends_voice(group)
    await reader.hears_nothing(0.7, group)
    name = room.server.bot.username
    assert (await reader.asks(f"@{name} {'wall ' * 800}", group)).text.startswith("That is too long for me.")
    assert (await reader.asks(f"@{name} 🙂", group)).text.startswith("I need words to look up.")
    await reader.sends_photo(f"@{name} {QUESTION}", group)
    assert "Work starts in May" in quote(await reader.reply(chat=group))


async def test_an_edited_question_in_a_group_edits_the_same_reply(room: Room, reader: Person) -> None:
    group = room.server.supergroup("Readers", reader)
    group.adds_bot(reader)
    await reader.reply(chat=group)
    asked = await reader.says("/ask What is the capital of Mongolia?", group)
    answer = await reader.reply(chat=group)
    await reader.edits(asked, f"/ask {QUESTION}")
    assert "Work starts in May" in quote(await reader.sees_edit(answer))
    await reader.hears_nothing(chat=group)


async def test_ten_questions_a_minute_are_counted_for_each_person_in_a_group(tmp_path: Path) -> None:
    async with conversation(tmp_path, per_minute=2) as room:
        mira, jonas = room.reader("Mira"), room.reader("Jonas")
        group = room.server.supergroup("Readers", mira)
        group.adds_bot(mira)
        await mira.reply(chat=group)
        group.adds(jonas)
        for _ in range(4):
            await mira.says(f"/ask {QUESTION}", group)
        replies = await mira.replies(quiet=4, chat=group)
        assert ["asking very quickly" in reply.text for reply in replies] == [False, False, True]
        await jonas.says(f"/ask {QUESTION}", group)
        assert "Work starts in May" in (await mira.reply(chat=group)).text


def audited(tmp_path: Path) -> list[tuple[str, int]]:
    with sqlite3.connect(tmp_path / "data" / "bot.db") as db:
        return db.execute("SELECT action, allowed FROM audit ORDER BY rowid").fetchall()


async def test_what_editors_do_and_what_others_tried_stands_in_the_audit(room: Room, tmp_path: Path) -> None:
    editor, reader = room.admin(), room.reader()
    message = await editor.asks("/reindex")
    await room.server.wait_for(lambda: not message.buttons, 10)
    asked = await editor.asks("/remove ferry")
    await press(editor, asked, "Remove it")
    await reader.asks("/restore 1")
    await press(editor, await editor.asks("/restore"), "#")
    assert audited(tmp_path) == [("reindex", 1), ("remove", 1), ("/restore", 0), ("restore", 1)]


class Held(WordEmbedder):
    """Makes no vector while it is held, so that a run can be met half-way."""

    def __init__(self) -> None:
        super().__init__()
        self.go, self.busy = threading.Event(), threading.Event()
        self.go.set()

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.busy.set()
        self.go.wait(30)
        return super().embed_passages(texts)


@asynccontextmanager
async def half_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[tuple[Room, Person, Message, Held]]:
    """A run started by the editor that waits in the middle of its work."""
    monkeypatch.setattr("conversation.WordEmbedder", Held)
    async with conversation(tmp_path) as room:
        held = room.archive._embedder
        assert isinstance(held, Held)
        text = "---\ntitle: A notice\n---\nThe notice hangs in the hall since noon.\n"
        (room.articles / "notice.md").write_text(text, "utf-8")
        held.go.clear()
        held.busy.clear()
        editor = room.admin()
        started = await editor.asks("/reindex")
        await asyncio.to_thread(held.busy.wait, 10)
        yield room, editor, started, held
        held.go.set()


async def test_cancel_stops_a_run_and_the_next_one_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with half_way(tmp_path, monkeypatch) as (room, editor, started, held):
        said = await editor.asks("/cancel")
        assert said.text == "Asked the run to stop. What it has done so far stays."
        held.go.set()
        await room.server.wait_for(lambda: not started.buttons, 10)
        assert started.text.startswith("Stopped. The next run goes on from here.")
        again = await editor.asks("/reindex")
        await room.server.wait_for(lambda: not again.buttons, 10)
        assert again.text.splitlines()[-1].endswith("-0 !0")
        assert room.archive.status().articles == 4
        assert room.archive.status().pending == 0


async def test_a_second_run_is_told_that_one_is_in_progress(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with half_way(tmp_path, monkeypatch) as (room, editor, started, held):
        second = await editor.asks("/reindex")
        assert second.text.startswith("A run is already in progress: +1 ")
        assert "Running: +1 " in (await editor.asks("/status")).text
        held.go.set()
        await room.server.wait_for(lambda: not started.buttons, 10)
        assert started.text.splitlines()[-1] == "+1 ~0 =3 -0 !0"


async def test_an_administrator_who_never_pressed_start_holds_up_no_report(tmp_path: Path) -> None:
    async with conversation(tmp_path) as room:
        reader = room.reader()
        reasons = await press(reader, await reader.asks(QUESTION), "Report")
        answered = await (await reader.presses(reasons, "Wrong speaker")).answered()
        assert answered.text.startswith("Thank you.")
        await room.server.wait_for(lambda: any(one.status != 200 for one in room.server.requests("sendMessage")))
        editor = room.server.person("Editor", user_id=ADMIN, started=True)
        inbox = await editor.asks("/reports")
        assert inbox.text == "1 open report"
        assert "Wrong speaker" in (await editor.reply()).text


async def test_where_no_administrator_is_set_nobody_is_one(tmp_path: Path) -> None:
    archive = Archive.open(tmp_path / "data", embedder=WordEmbedder())
    sources = write_articles(tmp_path / "articles", ARTICLES)
    archive.reindex([sources])
    async with TelegramServer() as server:
        application = app.build_application(settings_for(server, tmp_path / "data", sources, admins=()), archive)
        try:
            await start(application)
            somebody = server.person("Somebody", started=True)
            assert "Work starts in May" in quote(await somebody.asks(QUESTION))
            assert (await somebody.asks("/status")).text == "That command is for the administrators of this bot."
        finally:
            await shut(application)
    archive.close()


POISON: tuple[object, ...] = (
    {"message_id": 1, "date": 10**30, "chat": {"id": 5, "type": "private"}, "text": "x"},
    {"message_id": 1, "date": 1, "chat": None, "text": "x"},
    {"message_id": 1, "date": 1, "chat": {"id": 5, "type": "private"}, "entities": 7},
    ["a", "list"],
    "a text",
)


async def test_updates_that_cannot_be_read_never_make_the_bot_deaf(log: Path, tmp_path: Path) -> None:
    async with conversation(tmp_path) as room:
        reader = room.reader()
        for body in POISON:
            room.server.updates.put("message", body)  # type: ignore[arg-type]
        answer = await reader.asks(QUESTION, timeout=20)
        assert quote(answer)
        polls = len(room.server.requests("getUpdates"))
        await asyncio.sleep(1)
        again = len(room.server.requests("getUpdates")) - polls
        assert again <= 2, "what was skipped is confirmed and never comes again"
    told = log.read_text("utf-8")
    assert told.count("it is skipped") == len(POISON)
    assert "Traceback" not in told
