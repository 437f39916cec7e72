"""Channels as sources: posts, edits and albums become articles within moments; nothing is lost or written there."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from conversation import QUESTION, Room, conversation, quote
from telegram_api import TelegramServer
from telegram_api.places import Channel

from index.runs import submissions

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")

LAMP = "New lamp for Norholm\n\nThe lighthouse of Norholm gets a new lamp. It shines for nineteen miles."
ASKED = "How far does the lamp of the lighthouse shine?"


@asynccontextmanager
async def newsroom(folder: Path, username: str = "harbournews") -> AsyncIterator[tuple[Room, Channel]]:
    """The bot as administrator of a channel that the settings allow."""
    async with TelegramServer() as server:
        channel = server.channel("Harbour News", username=username)
        async with conversation(folder, server=server, channels=[channel.id]) as room:
            channel.adds_bot()
            yield room, channel


async def found(room: Room, title: str, timeout: float = 5.0) -> float:
    """Seconds until an article of that headline is found by its words."""
    began = time.monotonic()
    while time.monotonic() - began < timeout:
        if room.archive.articles(title).total:
            return time.monotonic() - began
        await asyncio.sleep(0.02)
    raise AssertionError(f"{title!r} is not found after {timeout} s")


async def test_a_post_is_found_by_its_words_within_a_second_and_by_meaning_within_five(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as (room, channel):
        await asyncio.to_thread(room.archive.warm)
        post = await channel.posts(LAMP, signature="Jane Doe")
        assert await found(room, "New lamp for Norholm") < 1.0
        answer = await room.reader().asks(ASKED)
        assert quote(answer) == "The lighthouse of Norholm gets a new lamp. It shines for nineteen miles."
        assert "New lamp for Norholm" in answer.text
        assert "Harbour News" in answer.text
        assert "By Jane Doe" in answer.text
        assert answer.button("Open article").url == f"https://t.me/harbournews/{post.id}"
        began = time.monotonic()
        while room.archive.status().pending and time.monotonic() - began < 5:
            await asyncio.sleep(0.05)
        assert room.archive.status().pending == 0
        assert room.server.bot_messages(channel) == []


async def test_the_headline_is_not_said_twice_where_the_quote_begins_with_it(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as (room, channel):
        await channel.posts("The lighthouse of Norholm gets a lamp that shines for nineteen miles.")
        await found(room, "lighthouse")
        answer = await room.reader().asks(ASKED)
        assert answer.text.count("nineteen miles") == 1
        assert "Harbour News" in answer.text


async def test_an_edited_post_is_edited_in_the_archive(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as (room, channel):
        post = await channel.posts(LAMP)
        await found(room, "New lamp")
        await channel.edits(post, LAMP.replace("New lamp", "Strong lamp").replace("nineteen", "twenty"))
        await found(room, "Strong lamp")
        assert "twenty miles" in quote(await room.reader().asks(ASKED))
        assert room.archive.articles("lamp").total == 1


async def test_a_private_channel_has_the_links_of_its_members(tmp_path: Path) -> None:
    async with newsroom(tmp_path, username="") as (room, channel):
        post = await channel.posts(LAMP)
        await found(room, "New lamp")
        [card] = room.archive.articles("New lamp").items
        assert card.url == f"https://t.me/c/{str(channel.id).removeprefix('-100')}/{post.id}"


async def test_an_album_is_one_article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(submissions, "ALBUM_PAUSE", submissions.ALBUM_PAUSE / 4)
    async with newsroom(tmp_path) as (room, channel):
        first = await channel.posts_photo(album="a")
        await channel.posts_photo("The wall in pictures\n\nThe wall has cracks that nobody can mend.", album="a")
        await channel.posts_photo(album="a")
        assert await found(room, "The wall in pictures") >= 0.3
        [card] = room.archive.articles("The wall in pictures").items
        assert card.url == f"https://t.me/harbournews/{first.id}"


async def test_formatting_hashtags_and_footers_are_told_apart(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as (room, channel):
        await channel.posts(
            "<b>⚡️ 🚢 Ferry aground.</b>\nThe ferry Sigrid ran aground at noon, its captain said. Nobody was hurt.\n\n"
            '<a href="https://post.example.org/aground">Read more</a>\n#ferry #sigrid\nSubscribe: t.me/harbournews',
            html=True,
        )
        await found(room, "Ferry aground.")
        [card] = room.archive.articles("Ferry aground.").items
        assert card.title == "Ferry aground."
        answer = await room.reader().asks("When did the ferry Sigrid run aground?")
        assert quote(answer) == "The ferry Sigrid ran aground at noon, its captain said. Nobody was hurt."


async def test_the_origin_of_a_post_that_was_sent_on_is_told(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as (room, channel):
        radio = room.server.channel("Norholm Radio")
        await channel.forwards(await radio.posts(LAMP))
        await found(room, "New lamp")
        answer = await room.reader().asks(ASKED)
        assert "Harbour News (Norholm Radio)" in answer.text


async def test_our_own_quotes_are_not_taken_in(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as (room, channel):
        await channel.posts(LAMP, via_bot=room.server.bot.json())
        await channel.posts("Work on the quay starts. It takes a year.")
        await found(room, "Work on the quay")
        assert room.archive.articles("New lamp").total == 0


async def test_posts_of_other_channels_are_ignored_with_one_hint(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with newsroom(tmp_path) as (room, channel):
        editor, other = room.admin(), room.server.channel("Gossip")
        other.adds_bot()
        await other.posts("Rumours about the harbour master. Nobody knows.")
        await other.posts("More rumours. Nobody knows.")
        hint = await editor.reply()
        assert "“Gossip”" in hint.text
        assert f"channel = {other.id}" in hint.text
        await channel.posts(LAMP)
        await found(room, "New lamp")
        await editor.hears_nothing()
        assert room.archive.articles("rumours").total == 0
        assert sum("are ignored" in line for line in caplog.messages) == 1


async def test_a_post_that_comes_during_a_run_is_taken_in_right_after(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as (room, channel):
        begun, go_on = threading.Event(), threading.Event()

        def hold(_: object) -> None:
            begun.set()
            go_on.wait(10)

        running = threading.Thread(target=room.archive.reindex, args=([room.articles],), kwargs={"progress": hold})
        running.start()
        await asyncio.to_thread(begun.wait, 10)
        await channel.posts(LAMP)
        await room.server.idle()
        await asyncio.sleep(0.3)
        assert room.archive.articles("New lamp").total == 0
        assert "Work starts in May" in quote(await room.reader().asks(QUESTION))
        go_on.set()
        await asyncio.to_thread(running.join)
        assert await found(room, "New lamp") < 1.5


async def test_a_post_that_came_before_a_restart_is_taken_in_after_it(tmp_path: Path) -> None:
    async with TelegramServer() as server:
        channel = server.channel("Harbour News")
        async with conversation(tmp_path, server=server, channels=[channel.id]) as room:
            channel.adds_bot()
            await asyncio.sleep(0.1)
            for task in list(room.services.tasks):
                task.cancel()  # whatever works in the background dies
            await asyncio.sleep(0)
            await channel.posts(LAMP)
            await server.idle()
            await asyncio.sleep(0.3)
            assert room.archive.waits() == 0
        await channel.posts("Ferry back in service. It runs daily.")  # while the bot is down: Telegram keeps it
        async with conversation(tmp_path, server=server, channels=[channel.id]) as room:
            await found(room, "New lamp")
            await found(room, "Ferry back in service")


async def test_a_burst_of_posts_arrives_whole(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as (room, channel):
        for number in range(50):
            await channel.posts(f"Ship {number:02} in port\n\nShip number {number} has arrived with a load of oak.")
        await found(room, "Ship 49 in port", timeout=20)
        began = time.monotonic()
        while room.archive.waits() is not None and time.monotonic() - began < 10:
            await asyncio.sleep(0.05)
        assert room.archive.articles("in port").total == 50
        assert room.archive.reindex(full=True).changed == 0


async def test_a_database_that_is_locked_for_a_while_loses_no_post(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.handlers import channel as handler
    from index.errors import StoreLocked

    monkeypatch.setattr(handler, "TRY_EVERY", 0.05)
    async with newsroom(tmp_path) as (room, channel):
        real, failures = room.archive.submit_post, iter([StoreLocked("locked"), StoreLocked("locked")])

        def locked(*given: object) -> None:
            for failure in failures:
                raise failure
            real(*given)  # type: ignore[arg-type]

        monkeypatch.setattr(room.archive, "submit_post", locked)
        await channel.posts(LAMP)
        await found(room, "New lamp")
        assert room.server.bot_messages(channel) == []


async def test_nothing_is_written_into_a_channel_whatever_goes_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with newsroom(tmp_path) as (room, channel):

        def broken(*_: object) -> None:
            raise RuntimeError("nobody foresaw this")

        monkeypatch.setattr(room.archive, "submit_post", broken)
        await channel.posts(LAMP)
        await room.server.idle()
        await asyncio.sleep(0.3)
        assert room.server.bot_messages(channel) == []


async def test_forget_takes_out_a_deleted_post_and_the_messages_that_quote_it(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as (room, channel):
        editor, reader = room.admin(), room.reader()
        post = await channel.posts(LAMP)
        await found(room, "New lamp")
        answer = await reader.asks(ASKED)
        [card] = room.archive.articles("New lamp").items
        while not room.journal.deliveries.of(room.archive.answers_quoting(card.id)):
            await asyncio.sleep(0.02)  # where it was sent is noted right after
        await channel.deletes(post)
        told = await editor.asks(f"/forget https://t.me/harbournews/{post.id}")
        assert told.text.startswith("Taken out: New lamp for Norholm. /restore ")
        assert (await reader.sees_edit(answer)).text.startswith("This quote was withdrawn")
        room.archive.reindex(full=True)
        assert room.archive.articles("New lamp").total == 0
        assert (await editor.asks("/forget https://t.me/harbournews/99")).text.startswith("No post of that link")
        assert (await editor.asks("/forget")).text.startswith("Use /forget with the link")
        assert (await reader.asks("/forget x")).text == "That command is for the administrators of this bot."


async def test_updates_of_channels_are_asked_for(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as (room, _):
        await room.server.idle()
        asked = room.server.requests("getUpdates")[-1].params["allowed_updates"]
        assert '"channel_post"' in asked
        assert '"edited_channel_post"' in asked
