"""What administrators hand in: shown first, then indexed or discarded, corrected on the way, also after restarts."""

from __future__ import annotations

import asyncio
import gzip
import json
import sqlite3
import threading
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from conversation import HARBOUR, Room, conversation, press, quote
from telegram_api import Message, Person, TelegramServer

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")

LAMP = b"""---
title: Lighthouse gets a new lamp
outlet: The Norholm Post
---
The lighthouse of Norholm gets a new lamp next week. The lamp shines for nineteen miles.

Sign up for our newsletter to get it in your inbox.
"""
ASKED = "How far does the lamp of the lighthouse shine?"


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """How fast messages may leave is no matter here."""
    monkeypatch.setattr("bot.delivery.lanes.IN_PRIVATE", ((100, 1.0),))


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    async with TelegramServer(flood=False) as server, conversation(tmp_path, server=server) as room:
        yield room


@pytest.fixture
def editor(room: Room) -> Person:
    return room.admin()


async def hands_in(editor: Person, data: bytes = LAMP, name: str = "lamp.md", **how: int) -> Message:
    editor.reads_all()
    await editor.sends_document(data, name, **how)
    return await editor.reply()


async def answers(editor: Person, card: Message, button: str, words: str) -> Message:
    """Press a field's button, reply to the question, and see the new card."""
    await (await editor.presses(card, button)).answered()
    question = await editor.reply()
    await editor.says(words, reply_to=question)
    return await editor.reply()


def drafts(folder: Path) -> int:
    with sqlite3.connect(folder / "data" / "bot.db") as db:
        return int(db.execute("SELECT count(*) FROM drafts").fetchone()[0])


def audited(folder: Path) -> list[tuple[str, str]]:
    with sqlite3.connect(folder / "data" / "bot.db") as db:
        return db.execute("SELECT action, subject FROM audit WHERE allowed ORDER BY id").fetchall()


async def test_a_file_is_shown_and_taken_in_by_a_button(room: Room, editor: Person, tmp_path: Path) -> None:
    card = await hands_in(editor)
    for line in (
        "Take this article in?",
        "Lighthouse gets a new lamp",
        "The Norholm Post · undated",
        "16 words that can be quoted",
        "Not recognised: date, author",
        "1 line is furniture and will never be quoted:",
        "– Sign up for our newsletter to get it in your inbox.",
    ):
        assert line in card.text
    assert room.archive.articles().total == 3, "nothing is kept before it is decided"
    done = await press(editor, card, "Index")
    assert done.text.startswith("Taken in as #4\nLighthouse gets a new lamp")
    assert "nineteen miles" in quote(await room.reader().asks(ASKED))
    assert drafts(tmp_path) == 0
    assert audited(tmp_path) == [("index", "lamp.md")]
    assert room.archive.reindex(full=True).changed == 0
    assert room.archive.articles("lamp").total == 1


async def test_what_was_read_wrong_is_set_right_on_the_way(room: Room, editor: Person) -> None:
    card = await hands_in(editor)
    card = await answers(editor, card, "Date", "December 2025")
    assert "The Norholm Post · December 2025" in card.text
    card = await answers(editor, card, "Author", "Jane Doe, Jo Reed")
    card = await answers(editor, card, "Headline", "A lamp for Norholm")
    card = await answers(editor, card, "Outlet", "The Norholm Mail")
    assert "Not recognised" not in card.text
    await press(editor, card, "Index")
    answer = await room.reader().asks(ASKED)
    assert "A lamp for Norholm\nThe Norholm Mail · December 2025\nBy Jane Doe, Jo Reed" in answer.text
    [known] = room.archive.articles("A lamp for Norholm").items
    assert known.date_origin == "editor"
    assert room.archive.edited(known.id).read.title == "Lighthouse gets a new lamp"


async def test_a_date_that_cannot_be_read_is_asked_for_again(room: Room, editor: Person) -> None:
    card = await hands_in(editor)
    await (await editor.presses(card, "Date")).answered()
    question = await editor.reply()
    assert question.text.startswith("When was it published?")
    await editor.says("next Tuesday", reply_to=question)
    assert (await editor.reply()).text.startswith("I cannot read that as a date.")
    await editor.says("2025-12-01", reply_to=question)
    assert "1 Dec 2025" in (await editor.reply()).text
    assert room.archive.articles().total == 3


async def test_an_older_card_loses_its_buttons(editor: Person) -> None:
    first = await hands_in(editor)
    await answers(editor, first, "Date", "2025")
    await editor.sees_edit(first)
    assert first.buttons == []


async def test_a_reply_to_anything_else_is_a_question(room: Room, editor: Person) -> None:
    card = await hands_in(editor)
    await editor.says("When does the work on the harbour wall start?", reply_to=card)
    assert "Work starts in May" in quote(await editor.reply())


async def test_what_is_discarded_leaves_nothing_behind(room: Room, editor: Person, tmp_path: Path) -> None:
    card = await hands_in(editor)
    index = card.button("Index").data
    assert drafts(tmp_path) == 1
    done = await press(editor, card, "Discard")
    assert done.text == "Discarded. Nothing of it was kept."
    assert drafts(tmp_path) == 0
    assert room.archive.waits() is None
    again = await editor.sends_callback(card, index)
    await again.answered()
    assert (await editor.sees_edit(card)).text.startswith("That was decided already")
    assert room.archive.articles().total == 3


async def test_decisions_wait_over_a_restart_and_for_a_day_at_most(tmp_path: Path) -> None:
    async with TelegramServer(flood=False) as server:
        async with conversation(tmp_path, server=server) as room:
            editor = room.admin()
            card, other = await hands_in(editor), await hands_in(editor, LAMP.replace(b"lamp", b"bell"), "bell.md")
            await (await editor.presses(card, "Date")).answered()
            question = await editor.reply()
        async with conversation(tmp_path, server=server) as room:
            await editor.says("2024-02", reply_to=question)
            card = await editor.reply()
            assert "February 2024" in card.text
        async with conversation(tmp_path, server=server) as room:
            assert (await press(editor, card, "Index")).text.startswith("Taken in as #4")
        with sqlite3.connect(tmp_path / "data" / "bot.db") as db:
            db.execute("UPDATE drafts SET at = ?", ((datetime.now(UTC) - timedelta(days=2)).isoformat(),))
        async with conversation(tmp_path, server=server) as room:
            gone = await press(editor, other, "Index")
            assert gone.text.startswith("That was decided already, or waited for more than a day.")
            assert room.archive.articles("bell").total == 0
            assert drafts(tmp_path) == 0


async def test_the_button_pressed_during_a_run_keeps_the_article_for_its_end(
    room: Room, editor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.handlers import drafts as handler

    monkeypatch.setattr(handler, "TAKING", 0.3)
    card = await hands_in(editor)
    begun, go_on = threading.Event(), threading.Event()

    def hold(_: object) -> None:
        begun.set()
        go_on.wait(10)

    running = threading.Thread(target=room.archive.reindex, args=([room.articles],), kwargs={"progress": hold})
    running.start()
    await asyncio.to_thread(begun.wait, 10)
    done = await press(editor, card, "Index")
    assert done.text == "Kept. It is taken in as soon as the run in progress has ended."
    go_on.set()
    await asyncio.to_thread(running.join)
    for _ in range(100):
        if room.archive.articles("new lamp").total:
            break
        await asyncio.sleep(0.05)
    assert room.archive.articles("new lamp").total == 1


async def test_several_articles_in_a_file_are_counted_and_taken_in_together(room: Room, editor: Person) -> None:
    lines = [{"title": f"Story number {n}", "text": f"Ship {n} leaves the port at noon.", "id": n} for n in range(9)]
    data = "\n".join([*map(json.dumps, lines), "{"]).encode()
    card = await hands_in(editor, gzip.compress(data), "wire.jsonl.gz")
    assert card.text.startswith("9 articles in wire.jsonl.gz\n1. Story number 0")
    assert "and 4 more" in card.text
    assert "Not read:\n– wire.jsonl.gz line 10: not valid JSON" in card.text
    assert (await press(editor, card, "Index all 9")).text == "9 articles were taken in."
    assert room.archive.articles("Story number").total == 9


async def test_an_article_that_is_there_already_can_be_replaced(room: Room, editor: Person, tmp_path: Path) -> None:
    longer = HARBOUR + "\nThe first stone is laid on the quay.\n"
    card = await hands_in(editor, longer.encode(), "harbour.md")
    assert "The archive has this already: #2 Harbour wall" in card.text
    done = await press(editor, card, "Replace #2")
    assert done.text.startswith("Taken in as #4")
    found = room.archive.articles("harbour wall")
    assert [one.id for one in found.items] == [4]
    room.archive.reindex([room.articles], full=True)
    assert room.archive.articles("harbour wall").total == 1
    assert audited(tmp_path) == [("replace #2", "harbour.md")]


async def test_both_can_be_kept(room: Room, editor: Person) -> None:
    card = await hands_in(editor, HARBOUR.encode(), "harbour.md")
    assert (await press(editor, card, "Keep both")).text.startswith("Taken in as #4")
    assert room.archive.articles("harbour wall").total == 2


async def test_the_very_file_sent_again_is_told(room: Room, editor: Person) -> None:
    await press(editor, await hands_in(editor), "Index")
    assert (await hands_in(editor)).text.startswith("This very text was taken in before: #4 Lighthouse")


async def test_an_article_that_was_removed_is_not_offered(room: Room, editor: Person) -> None:
    room.archive.remove(2)
    card = await hands_in(editor, HARBOUR.encode(), "harbour.md")
    assert "An administrator removed this article before." in card.text
    assert [button.text for button in card.buttons] == ["Discard"]


# -- posts and links --------------------------------------------------------------------------------------------------


async def test_a_post_that_was_sent_on_is_an_article_of_its_channel(room: Room, editor: Person) -> None:
    radio = room.server.channel("Norholm Radio", username="norholmradio")
    post = await radio.posts("New lamp for Norholm\n\nThe lamp shines for nineteen miles.", signature="Jo Reed")
    await editor.forwards(post)
    card = await editor.reply()
    assert "New lamp for Norholm\nNorholm Radio · " in card.text
    assert "By Jo Reed" in card.text
    done = await press(editor, card, "Index")
    assert done.text.startswith("Taken in as #4")
    [known] = room.archive.articles("New lamp").items
    assert known.url == f"https://t.me/norholmradio/{post.id}"
    editor.reads_all()
    await editor.forwards(post)
    again = await editor.reply()
    assert "The archive has this already: #4" in again.text
    assert (await press(editor, again, "Replace #4")).text.startswith("Taken in as #4")
    assert room.archive.articles("New lamp").total == 1
    assert (await editor.asks(f"/forget {known.url}")).text.startswith("Taken out: New lamp for Norholm.")


async def test_a_message_of_a_person_that_was_sent_on_names_its_writer(room: Room, editor: Person) -> None:
    witness = room.server.person("Ada Berg", started=True)
    said = await witness.says("The wall broke at noon. I saw it from the quay.", room.server.group("Town", witness))
    await editor.forwards(said, hidden=True)
    card = await editor.reply()
    assert "The wall broke at noon\noutlet not named · " in card.text
    assert "By Ada Berg" in card.text


async def test_a_post_without_text_is_refused_in_a_line(room: Room, editor: Person, tmp_path: Path) -> None:
    radio = room.server.channel("Norholm Radio")
    await editor.forwards(await radio.posts_photo())
    assert (await editor.reply()).text == "That message holds no text, so there is nothing to quote."
    assert drafts(tmp_path) == 0


async def test_of_an_album_that_was_sent_on_the_words_count(room: Room, editor: Person) -> None:
    radio = room.server.channel("Norholm Radio")
    pictures = [
        await radio.posts_photo(album="a"),
        await radio.posts_photo("The wall in pictures\nIt has cracks that nobody can mend.", album="a"),
    ]
    for picture in pictures:
        await editor.forwards(picture)
    assert "The wall in pictures" in (await editor.reply()).text
    await editor.hears_nothing(1.3)


async def test_a_link_that_is_no_article_is_refused_in_a_line(room: Room, editor: Person, tmp_path: Path) -> None:
    refused = await editor.asks("https://127.0.0.1:1/nothing")
    assert refused.text.startswith("I found no article at https://127.0.0.1:1/nothing: ")
    assert "\n" not in refused.text
    assert drafts(tmp_path) == 0


# -- what cannot be taken in ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("song.mp3", b"ID3", "song.mp3 is of a kind that I do not read. I read .txt"),
        ("empty.txt", b"", "That cannot be taken in: empty.txt is empty"),
        ("cut.json", b"{", "That cannot be taken in: cut.json line 1: not valid JSON"),
        ("bare.md", b"---\ntitle: Only this\n---\n", "That cannot be taken in: bare.md has a headline and no text"),
        (
            "secret.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
            "That cannot be taken in: secret.docx is encrypted or an old Word file",
        ),
        ("noise.txt", b"\x00\x01\x02" * 99, "That cannot be taken in: noise.txt is not text but binary data"),
    ],
)
async def test_a_file_that_cannot_be_read_is_refused_in_a_line(
    room: Room, editor: Person, tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    refused = await hands_in(editor, data, name)
    assert refused.text.startswith(reason)
    assert "\n" not in refused.text
    assert drafts(tmp_path) == 0


async def test_a_file_that_is_too_big_is_refused_before_it_is_asked_for(room: Room, editor: Person) -> None:
    refused = await hands_in(editor, size=20_000_001)
    assert refused.text.startswith("lamp.md is larger than 20 MB")
    assert room.server.requests("getFile") == []


async def test_a_file_that_telegram_does_not_give_is_told(room: Room, editor: Person, tmp_path: Path) -> None:
    gone = "Bad Request: wrong file_id or the file is temporarily unavailable"
    room.server.faults.error("getFile", 400, gone)
    assert (await hands_in(editor)).text == "Telegram did not give me lamp.md. Please send it again."
    assert (await hands_in(editor)).text.startswith("Take this article in?")


async def test_files_of_readers_are_no_intake(room: Room, tmp_path: Path) -> None:
    reader = room.reader()
    await reader.sends_document(LAMP, "lamp.md")
    assert (await reader.reply()).text == "I can only read text. Write me your question."
    assert drafts(tmp_path) == 0
    assert room.server.requests("getFile") == []


async def test_the_buttons_of_a_draft_are_for_administrators_and_their_chat(room: Room, editor: Person) -> None:
    card = await hands_in(editor)
    pressed = await room.reader().sends_callback(card, card.button("Index").data)
    assert (await pressed.answered()).text in ("Only an administrator may do that.", "This button is not one of mine.")
    assert room.archive.articles().total == 3
