"""/edit: what was read wrong is set right, shown before and after, undone, and told to whoever came second."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from conversation import ADMIN, QUESTION, Room, conversation, press
from telegram_api import Message, Person, TelegramServer

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")

SECOND = 900_002


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """How fast messages may leave is no matter here."""
    monkeypatch.setattr("bot.delivery.lanes.IN_PRIVATE", ((100, 1.0),))


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    async with (
        TelegramServer(flood=False) as server,
        conversation(tmp_path, server=server, admins=(ADMIN, SECOND)) as room,
    ):
        yield room


@pytest.fixture
def editor(room: Room) -> Person:
    return room.admin()


async def answers(editor: Person, card: Message, button: str, words: str) -> Message:
    await (await editor.presses(card, button)).answered()
    question = await editor.reply()
    await editor.says(words, reply_to=question)
    return await editor.reply()


async def test_a_wrong_date_and_headline_are_set_right_everywhere(room: Room, editor: Person, tmp_path: Path) -> None:
    card = await editor.asks("/edit harbour wall")
    assert card.text.startswith("Correct article #2?\n\nHarbour wall to be raised by a metre\n")
    card = await answers(editor, card, "Date", "November 2024")
    assert "Date: 21 Nov 2025 → November 2024" in card.text
    card = await answers(editor, card, "Headline", "Harbour wall to grow")
    assert "Headline: Harbour wall to be raised by a metre → Harbour wall to grow" in card.text
    assert room.archive.article(2).title == "Harbour wall to be raised by a metre", "nothing is saved before it is"
    done = await press(editor, card, "Save")
    assert done.text.startswith("Corrected: #2\n")
    answer = await room.reader().asks(QUESTION)
    assert "Harbour wall to grow\nThe Kesselau Courier · November 2024" in answer.text
    room.archive.reindex([room.articles], full=True)
    assert "Harbour wall to grow — The Kesselau Courier, November 2024" in (await editor.asks("/articles grow")).text
    with sqlite3.connect(tmp_path / "data" / "bot.db") as db:
        assert db.execute("SELECT action, subject FROM audit").fetchall() == [("edit", "#2 title published")]


async def test_a_correction_is_undone_to_what_was_read(room: Room, editor: Person) -> None:
    card = await answers(editor, await editor.asks("/edit 2"), "Outlet", "–")
    assert "Outlet: The Kesselau Courier → none" in card.text
    done = await press(editor, card, "Save")
    await (await editor.presses(done, "Edit")).answered()
    again = await editor.reply()
    assert "Corrected before: Outlet: The Kesselau Courier → none" in again.text
    undone = await press(editor, again, "Undo corrections")
    assert "Outlet: none → The Kesselau Courier" in undone.text
    assert room.archive.edited(2).by is None


async def test_which_of_several_is_asked_and_a_link_is_exact(editor: Person) -> None:
    which = await editor.asks("/edit r")
    assert which.text.startswith("Several articles match.")
    await (await editor.presses(which, "#2")).answered()
    assert (await editor.reply()).text.startswith("Correct article #2?")
    assert (await editor.asks("/edit https://post.example.org/ferry")).text.startswith("Correct article #1?")
    assert (await editor.asks("/edit Patagonia")).text == "No article matches “Patagonia”."
    assert (await editor.asks("/edit")).text.startswith("Use /edit with")


async def test_cancelling_changes_nothing(room: Room, editor: Person) -> None:
    card = await answers(editor, await editor.asks("/edit 2"), "Headline", "Nonsense")
    assert (await press(editor, card, "Cancel")).text == "Nothing was changed."
    assert room.archive.article(2).title == "Harbour wall to be raised by a metre"


@pytest.mark.parametrize(
    ("button", "words", "told"),
    [
        ("Date", "next Tuesday", "I cannot read that as a date."),
        ("Date", "03/04/2017", "I cannot read that as a date."),
        ("Headline", "-", "An article needs a headline."),
        ("Outlet", "x" * 301, "That is too long."),
    ],
)
async def test_what_cannot_be_read_is_told_and_changes_nothing(
    room: Room, editor: Person, button: str, words: str, told: str
) -> None:
    before = room.archive.article(2)
    refused = await answers(editor, await editor.asks("/edit 2"), button, words)
    assert refused.text.startswith(told)
    assert room.archive.article(2) == before


async def test_the_second_of_two_administrators_is_told_what_the_first_did(room: Room, editor: Person) -> None:
    second = room.admin(SECOND)
    mine = await answers(editor, await editor.asks("/edit 2"), "Headline", "Harbour wall to grow")
    theirs = await answers(second, await second.asks("/edit 2"), "Headline", "Wall of Kesselau")
    await press(editor, mine, "Save")
    told = await press(second, theirs, "Save")
    assert told.text == (
        "Nothing was saved: meanwhile somebody else changed “Harbour wall to be raised by a metre”.\n"
        "Headline: Harbour wall to be raised by a metre → Harbour wall to grow"
    )
    assert room.archive.article(2).title == "Harbour wall to grow"
    await (await second.presses(told, "Edit")).answered()
    again = await answers(second, await second.reply(), "Headline", "Wall of Kesselau")
    await press(second, again, "Save")
    assert room.archive.article(2).title == "Wall of Kesselau"


async def test_a_correction_goes_on_after_a_restart(tmp_path: Path) -> None:
    async with TelegramServer(flood=False) as server:
        async with conversation(tmp_path, server=server) as room:
            editor = room.admin()
            await (await editor.presses(await editor.asks("/edit 2"), "Author")).answered()
            question = await editor.reply()
        async with conversation(tmp_path, server=server) as room:
            await editor.says("Ada Berg", reply_to=question)
            await press(editor, await editor.reply(), "Save")
            assert room.archive.article(2).authors == ("Ada Berg",)
            assert room.archive.articles().total == 3


async def test_an_article_that_went_meanwhile_is_told(room: Room, editor: Person) -> None:
    card = await answers(editor, await editor.asks("/edit 2"), "Headline", "Wall of Kesselau")
    room.archive.remove(2)
    pressed = await editor.presses(card, "Save")
    assert (await pressed.answered()).text == "The article was removed from the archive."


@pytest.mark.parametrize("command", ["/edit 2", "/forget https://t.me/a/1"])
async def test_nobody_else_may(room: Room, command: str) -> None:
    assert (await room.reader().asks(command)).text == "That command is for the administrators of this bot."
