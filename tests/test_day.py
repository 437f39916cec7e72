"""A day in the life of a newsroom, as one conversation over the strict local server, with a restart at noon."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from conversation import ADMIN, QUESTION, Room, conversation, press, quote, unhurried, write_articles
from telegram_api import Message, Person, TelegramServer
from telegram_api.places import Channel

from bot.background import source_alarms
from bot.scheduling import timetable
from config.sections import Answers, Source

pytestmark = [
    pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning"),
    pytest.mark.usefixtures("unhurried"),
]
__all__ = ["unhurried"]  # a fixture

OVERNIGHT = """---
title: Storm tears the roof off the fish hall
outlet: Coast Wire
published: 2025-12-02
---
A storm tore the roof off the fish hall of Kesselau in the night. Nobody was hurt. The auction moves to the east quay.
"""
POST = "New lamp for Norholm\n\nThe lighthouse of Norholm gets a new lamp. It shines for nineteen miles."
SENT = b"""---
title: Pilot boat Gesine is sold
outlet: The Norholm Post
published: 2015-12-01
---
The pilot boat Gesine was sold to a museum in Oslo. It had guided ships past the reef for sixty years.
"""
POOL = "When does the swimming pool reopen?"


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Looks that are far apart in the newsroom are close together here."""
    monkeypatch.setattr(source_alarms, "LOOK_EVERY", 0.1)
    monkeypatch.setattr(timetable, "LOOK_EVERY", 0.1)
    yield


@pytest.fixture
async def server(eager: None) -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as server:
        yield server


@asynccontextmanager
async def office(folder: Path, server: TelegramServer, channel: Channel) -> AsyncIterator[Room]:
    """The bot of this newsroom: a wire that is read each morning, and a channel of its own."""
    wire = Source(kind="files", path=folder / "wire", name="Coast Wire", schedule="daily at 06:30")
    sections = {"sources": (wire,), "answers": Answers(timezone="Europe/Berlin")}
    async with conversation(folder, server=server, channels=[channel.id], sections=sections) as room:
        yield room


async def until(found: Callable[[], Any], seconds: float = 10) -> Any:
    async with asyncio.timeout(seconds):
        while not (one := found()):
            await asyncio.sleep(0.02)
    return one


async def field(editor: Person, card: Message, button: str, words: str) -> Message:
    """Press a field's button of what was sent in, reply to the question, and see the new card."""
    await (await editor.presses(card, button)).answered()
    await editor.says(words, reply_to=await editor.reply())
    return await editor.reply()


@dataclass
class Day:
    """The people of this day, and the channel."""

    editor: Person
    reader: Person
    channel: Channel
    folder: Path


async def test_a_day_in_the_life(server: TelegramServer, tmp_path: Path) -> None:
    write_articles(tmp_path / "wire", {"storm.md": OVERNIGHT})
    channel = server.channel("Harbour News", username="harbournews")
    editor = server.person("Editor", user_id=ADMIN, started=True)
    day = Day(editor, server.person("Reader", started=True), channel, tmp_path)
    async with office(tmp_path, server, channel) as room:
        channel.adds_bot()
        lamp, gesine = await morning(room, day)
        await until_noon(room, day, gesine)
    async with office(tmp_path, server, channel) as room:
        assert len(room.archive.history(str(tmp_path / "wire"))) == 1, "the morning's run is not made up for again"
        assert "withdrawn" not in lamp.text
        await afternoon(day)
        await evening(day)
    with sqlite3.connect(tmp_path / "data" / "archive.db") as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


async def morning(room: Room, day: Day) -> tuple[Message, Message]:
    """Until eleven: the quotes of the post and of the file that was sent in."""
    editor, reader, channel = day.editor, day.reader, day.channel

    # 6:30: the wire is read by its schedule; what came overnight is answered
    await until(lambda: room.archive.history(str(day.folder / "wire")))
    storm = await reader.asks("What did the storm tear off the fish hall?")
    assert "A storm tore the roof off the fish hall" in quote(storm)
    status = await editor.asks("/status")
    assert "• Coast Wire: " in status.text
    assert "⚠" not in status.text

    # a reader asks in vain
    assert (await reader.asks(POOL)).text.startswith("The archive does not answer this.")

    # 9:00: a post in the channel is an article at once
    post = await channel.posts(POST)
    await until(lambda: room.archive.articles("New lamp for Norholm").total)
    lamp = await reader.asks("How far does the lamp of the lighthouse shine?")
    assert "nineteen miles" in quote(lamp)
    assert lamp.button("Open article").url == f"https://t.me/harbournews/{post.id}"

    # 10:00: an editor sends a file in; its date is wrong, and set right on the way
    editor.reads_all()
    await editor.sends_document(SENT, "gesine.md")
    card = await editor.reply()
    assert "The Norholm Post · 1 Dec 2015" in card.text
    card = await field(editor, card, "Date", "1 December 2025")
    await press(editor, card, "Index")
    gesine = await reader.asks("Where was the pilot boat Gesine sold to?")
    assert "a museum in Oslo" in quote(gesine)
    assert "The Norholm Post · 1 Dec 2025" in gesine.text
    return lamp, gesine


async def until_noon(room: Room, day: Day, gesine: Message) -> None:
    editor, reader = day.editor, day.reader
    # 11:00: a takedown; the reader who was quoted it sees it withdrawn
    wall = await reader.asks(QUESTION)
    assert "Work starts in May" in quote(wall)
    removed = await press(editor, await editor.asks("/remove harbour wall"), "Remove it")
    await until(lambda: wall.text.startswith("This quote was withdrawn"))
    await press(editor, await press(editor, removed, "Erase it for good"), "Erase it")

    # noon: a reader reports a quote, and the machine is restarted before anybody looks
    reasons = await press(reader, gesine, "Report")
    await (await reader.presses(reasons, "Wrong date or source")).answered()
    await until(lambda: room.journal.reports.open())


async def afternoon(day: Day) -> None:
    editor, reader = day.editor, day.reader
    # 14:00: the report is settled, and the reader hears of it
    editor.reads_all()
    reader.reads_all()
    await editor.says("/reports")
    reported = await editor.reply()
    while "A reader reported a quote" not in reported.text:
        reported = await editor.reply()
    assert "a museum in Oslo" in reported.text
    await press(editor, reported, "It is right")
    assert (await reader.reply()).text.startswith("The editors looked at the quote")

    # 16:00: everything is read anew, and what was taken down stays away
    done = await editor.asks("/reindex full")
    await until(lambda: not done.buttons)
    assert done.text.splitlines()[-1].endswith("-0 !0")
    assert "harbour wall" not in (await reader.asks(QUESTION)).text.lower()
    assert "The Norholm Post · 1 Dec 2025" in (await reader.asks("Where was the pilot boat Gesine sold to?")).text


async def evening(day: Day) -> None:
    editor = day.editor
    # the evening: what was asked in vain, what was done, and a backup for the night
    board = await editor.asks("/unanswered")
    assert POOL in board.text
    acts = await editor.asks("/audit")
    for act in ("remove", "erase", "report"):
        assert re.search(act, acts.text, re.I), act
    await editor.presses(await editor.asks("/backup"), "Make one now")
    made = await editor.reply()
    assert made.text.startswith("Backup made: quotewire-")
    assert len(list((day.folder / "data" / "backups").glob("*.zip"))) == 1
