"""Administration from Telegram: indexing, looking, removing, restoring; and nobody else may."""

from __future__ import annotations

import asyncio
import os
import re
import sqlite3
import threading
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from conversation import ADMIN, QUESTION, Room, answer_id, conversation, press, quote
from telegram_api import Message, Person

from bot.background import withdrawals
from bot.delivery.menus import ADMINISTRATORS
from bot.messages.catalogue import languages
from index.datatypes import Phase, Progress, Run

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")

NEW = """---
title: Lighthouse gets a new lamp
outlet: The Norholm Post
published: 2025-12-01
---
The lighthouse of Norholm gets a new lamp next week. The lamp shines for nineteen miles.
"""
COMMANDS = ["/reindex full", *(f"/{name}" for name in ADMINISTRATORS)]


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    async with conversation(tmp_path) as room:
        yield room


@pytest.fixture
def editor(room: Room) -> Person:
    return room.admin()


async def last_edit(editor: Person, message: Message, ending: str) -> Message:
    while ending not in message.text:
        await editor.sees_edit(message, timeout=10)
    return message


async def test_reindex_takes_in_what_is_new_and_ends_with_the_summary(room: Room, editor: Person) -> None:
    (room.articles / "lamp.md").write_text(NEW, "utf-8")
    message = await editor.asks("/reindex")
    done = await last_edit(editor, message, "+1")
    assert done.text.splitlines()[-1] == "+1 ~0 =3 -0 !0"
    assert done.buttons == []
    answer = await room.reader().asks("How far does the lamp of the lighthouse shine?")
    assert "nineteen miles" in quote(answer)


async def test_a_dry_run_tells_titles_and_changes_nothing(room: Room, editor: Person) -> None:
    (room.articles / "lamp.md").write_text(NEW, "utf-8")
    (room.articles / "ferry.md").write_text((room.articles / "ferry.md").read_text("utf-8") + "\nMore.\n", "utf-8")
    done = await last_edit(editor, await editor.asks("/reindex dry"), "~1")
    assert "A dry run: nothing was changed." in done.text
    assert "Lighthouse gets a new lamp" in done.text
    assert "Ferry to Norholm stops for the winter" in done.text
    assert room.archive.status().articles == 3


async def test_what_could_not_be_read_is_named_with_the_reason(room: Room, editor: Person) -> None:
    (room.articles / "broken.json").write_text('{"title": ', "utf-8")
    done = await last_edit(editor, await editor.asks("/reindex"), "!1")
    assert "Not read:" in done.text
    assert "broken.json line 1: not valid JSON" in done.text


async def test_an_unknown_mode_tells_the_known_ones(editor: Person) -> None:
    assert (await editor.asks("/reindex everything")).text == "Use /reindex, /reindex full or /reindex dry."


async def test_without_sources_an_administrator_learns_what_can_be_done_here(
    room: Room, editor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, status = room.services.settings, room.archive.status
    archive = settings.archive.model_copy(update={"sources": ()})
    room.services.settings = settings.model_copy(update={"archive": archive, "sources": ()})
    monkeypatch.setattr(room.archive, "status", lambda: replace(status(), sources=()))
    told = (await editor.asks("/reindex")).text
    assert told.startswith("There is nothing to read yet. Send me a file, forward me a post, or send the link")
    assert "index " not in told


async def test_progress_is_one_message_edited_calmly_and_a_run_can_be_stopped(
    room: Room, editor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, begun, stopped = room.archive.reindex, threading.Event(), threading.Event()
    steps = count()

    def slow(sources, **options):
        begun.set()
        stopped.wait(8)
        begun.clear()
        return real(sources, **options)

    def run():
        now = Progress(phase=Phase.READING, done=next(steps), total=400)
        return Run(1, "reindex", "telegram", os.getpid(), datetime.now(UTC), now) if begun.is_set() else None

    monkeypatch.setattr(room.archive, "reindex", slow)
    monkeypatch.setattr(room.archive, "run", run)
    monkeypatch.setattr(room.archive, "cancel", lambda: stopped.set() or True)
    started = asyncio.get_running_loop().time()
    message = await editor.asks("/reindex")
    assert message.text == "Starting…"
    await editor.sees_edit(message)
    assert asyncio.get_running_loop().time() - started >= 2.9
    assert message.text.startswith("Reading: ")
    answer = await room.reader().asks(QUESTION)
    assert "Work starts in May" in quote(answer), "questions are answered meanwhile"
    pressed = await editor.presses(message, "Stop")
    assert (await pressed.answered()).text.startswith("Asked the run to stop.")
    ended = await last_edit(editor, message, "Done in")
    assert int(re.search(r"Done in (\d+) seconds", ended.text)[1]) >= 3, "as long as the editor waited"


async def test_cancel_without_a_run_says_so(editor: Person) -> None:
    assert (await editor.asks("/cancel")).text == "No run is in progress."


async def test_status_tells_how_the_archive_is(editor: Person) -> None:
    status = await editor.asks("/status")
    for known in ("3 articles", "Newest: Harbour wall", "Last run:", "+3 ~0 =0 -0 !0", "Model: words", "Up for"):
        assert known in status.text


async def test_articles_are_listed_by_pages_and_searched(tmp_path: Path) -> None:
    many = {
        f"{n:02}.md": NEW.replace("Lighthouse", f"Lighthouse {n:02}").replace("miles", f"miles {n}") for n in range(20)
    }
    async with conversation(tmp_path, articles=many) as room:
        editor = room.admin()
        first = await editor.asks("/articles")
        assert first.text.startswith("20 articles")
        second = await press(editor, first, "Older")
        assert second.button("Newer")
        found = await editor.asks("/articles Lighthouse 07")
        assert found.text.startswith("1 article matching “Lighthouse 07”")


async def remove(editor: Person, what: str) -> Message:
    return await press(editor, await editor.asks(f"/remove {what}"), "Remove it")


async def test_a_removed_article_is_gone_everywhere_at_once(room: Room, editor: Person) -> None:
    reader = room.reader()
    answer = await reader.asks(QUESTION)
    other = await reader.asks("What does the vessel Sigrid need?")
    done = await remove(editor, "https://courier.example.org/harbour-wall")
    assert done.text.startswith("Removed: Harbour wall to be raised by a metre\n1 message that quotes it")
    withdrawn = await reader.sees_edit(answer)
    assert withdrawn.text == "This quote was withdrawn: the article is no longer in the archive."
    assert len(other.versions) == 1
    assert "harbour wall" not in (await reader.asks(QUESTION)).text.lower()
    message = await editor.asks("/reindex full")
    await last_edit(editor, message, "!0")
    assert "harbour wall" not in (await reader.asks(QUESTION)).text.lower()


async def test_an_old_button_of_a_removed_article_says_so(room: Room, editor: Person) -> None:
    reader = room.reader()
    answer = await reader.asks(QUESTION)
    context = answer.button("Context").data
    [article] = {one.article.id for one in room.archive.recall(answer_id(answer)).quotes}
    room.archive.remove(article)
    pressed = await reader.sends_callback(answer, context)
    assert (await pressed.answered()).text == "The article was removed from the archive."
    assert (await reader.sees_edit(answer)).text.startswith("This quote was withdrawn")


async def test_what_is_removed_in_the_terminal_is_withdrawn_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(withdrawals, "LOOK_EVERY", 0.2)
    async with conversation(tmp_path) as room:
        reader = room.reader()
        answer = await reader.asks(QUESTION)
        [article] = {one.article.id for one in room.archive.recall(answer_id(answer)).quotes}
        room.archive.remove(article, by="terminal")
        await reader.sees_edit(answer)
        assert answer.text.startswith("This quote was withdrawn")
        await asyncio.sleep(1)
        assert len(room.server.requests("editMessageText")) == 1, "once is enough"


async def test_restore_brings_it_back(room: Room, editor: Person) -> None:
    await remove(editor, "harbour wall")
    removed = await editor.asks("/restore")
    assert removed.text.startswith("1 removed article")
    done = await press(editor, removed, "#")
    assert done.text == "Restored: Harbour wall to be raised by a metre"
    assert "Work starts in May" in quote(await room.reader().asks(QUESTION))


async def test_remove_asks_which_and_can_be_left(room: Room, editor: Person) -> None:
    asked = await editor.asks("/remove courier.example.org")
    kept = await press(editor, asked, "Keep it")
    assert kept.text == "Kept: Harbour wall to be raised by a metre"
    which = await editor.asks("/remove r")
    assert which.text.startswith("Several articles match.")
    assert (await editor.asks("/remove Patagonia")).text == "No article matches “Patagonia”."
    assert (await editor.asks("/remove")).text.startswith("Use /remove with")
    assert room.archive.status().articles == 3


@pytest.mark.parametrize("command", COMMANDS)
async def test_everybody_else_is_refused_and_that_is_noted(room: Room, tmp_path: Path, command: str) -> None:
    answer = await room.reader().asks(command)
    assert answer.text == "That command is for the administrators of this bot."
    with sqlite3.connect(tmp_path / "data" / "bot.db") as db:
        assert db.execute("SELECT action, allowed FROM audit").fetchall() == [(command.split()[0], 0)]


async def test_buttons_of_administrators_do_nothing_for_others(room: Room, editor: Person) -> None:
    group = room.server.supergroup("Desk", editor)
    reader = room.reader()
    asked = await editor.asks("/remove harbour wall")
    pressed = await reader.sends_callback(asked, asked.button("Remove it").data)
    assert (await pressed.answered()).text in ("Only an administrator may do that.", "This button is not one of mine.")
    assert room.archive.status().articles == 3
    assert group.messages() == []


async def test_menus_show_readers_their_commands_and_administrators_theirs(tmp_path: Path) -> None:
    from telegram import BotCommandScopeAllPrivateChats, BotCommandScopeChat
    from telegram_api import TelegramServer

    async with TelegramServer() as server:
        server.person("Editor", user_id=ADMIN, started=True)
        async with conversation(tmp_path, server=server) as room:
            await server.wait_for(lambda: len(server.requests("setMyShortDescription")) == len(languages()))
            await server.wait_for(lambda: len(server.requests("setMyCommands")) == 3 * len(languages()))
            bot = room.application.bot
            readers = {command.command for command in await bot.get_my_commands(BotCommandScopeAllPrivateChats())}
            editors = {command.command for command in await bot.get_my_commands(BotCommandScopeChat(ADMIN))}
            assert "ask" in readers
            assert editors - readers == set(ADMINISTRATORS) >= {"status", "reindex", "remove", "reports", "audit"}
            written, read = (len(server.requests(name)) for name in ("setMyCommands", "getMyCommands"))
            await room.stop()
        async with conversation(tmp_path, server=server):
            await server.wait_for(lambda: len(server.requests("getMyCommands")) == read + 3 * len(languages()))
        assert len(server.requests("setMyCommands")) == written, "only what changed is written"


async def test_an_administrator_who_never_pressed_start_breaks_nothing(room: Room) -> None:
    await asyncio.sleep(0.3)
    assert "Work starts in May" in quote(await room.reader().asks(QUESTION))


async def test_a_reported_quote_reaches_the_inbox_and_the_reader_hears_the_outcome(room: Room, editor: Person) -> None:
    reader = room.reader()
    answer = await reader.asks(QUESTION)
    reasons = await press(reader, answer, "Report")
    pressed = await reader.presses(reasons, "Wrong speaker")
    assert (await pressed.answered()).text.startswith("Thank you. The editors will look at it")
    inbox = await editor.reply()
    assert "A reader reported a quote: Wrong speaker" in inbox.text
    assert quote(inbox) == quote(answer)
    settled = await press(editor, inbox, "It is right")
    assert settled.text == "Resolved: It is right."
    assert (await reader.reply()).text.startswith("The editors looked at the quote")
    assert (await editor.asks("/reports")).text == "No open reports."
