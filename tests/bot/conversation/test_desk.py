"""The newsroom's desk in Telegram: what was asked in vain, how much was asked, what readers thought, who did what."""

from __future__ import annotations

import asyncio
import csv
import io
import re
import sqlite3
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from conversation import ADMIN, QUESTION, Room, answer_id, conversation, press, quote, unhurried
from PIL import Image
from telegram_api import Message, Person, TelegramServer

from bot.handlers.reports import SHOWN

pytestmark = [
    pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning"),
    pytest.mark.usefixtures("unhurried"),
]
__all__ = ["unhurried"]  # a fixture

SECOND = ADMIN + 1
MONGOLIA = "What is the capital of Mongolia?"
POOL = "When does the swimming pool by the harbour wall reopen?"
POOL_ARTICLE = """---
title: Swimming pool reopens in June
outlet: The Norholm Post
published: 2025-12-01
---
The swimming pool of Norholm reopens in June. When it reopens, the swimming pool has a new roof.
"""


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    async with conversation(tmp_path) as room:
        yield room


def entries(message: Message) -> list[str]:
    """The questions that the board lists, in order."""
    return re.findall(r"^\S+\. “(.*)”$", message.text, re.M)


async def ask(room: Room, *questions: str) -> Person:
    """A reader who asks, and is noted to have asked: that comes a moment after the answer."""
    reader = room.reader()
    before = noted(room)
    for question in questions:
        await reader.asks(question)
    while noted(room) < before + len(questions):
        await asyncio.sleep(0.01)
    return reader


def newest_question(room: Room) -> str:
    return room.journal.questions.since(datetime(2020, 1, 1, tzinfo=UTC))[-1].answer_id


def noted(room: Room) -> int:
    return len(room.journal.questions.since(datetime(2020, 1, 1, tzinfo=UTC)))


# -- /unanswered


async def test_what_was_asked_in_vain_is_listed_once_with_counts_and_the_closest_article(room: Room) -> None:
    await ask(room, MONGOLIA, POOL, QUESTION)
    await ask(room, "what is the capital of mongolia")
    board = await room.admin().asks("/unanswered")
    assert board.text.startswith("2 questions that the archive does not answer\nAsked within the last 90 days")
    assert entries(board)[0].casefold().rstrip("?") == "what is the capital of mongolia"
    assert entries(board)[1:] == [POOL]
    _, capital, pool, _ = board.text.split("\n\n")
    assert capital.endswith("asked 2 times")
    assert "asked once\nClosest: Harbour wall to be raised by a metre — The Kesselau Courier" in pool


async def test_what_is_typed_in_inline_mode_or_in_the_terminal_is_nobodys_question(room: Room) -> None:
    await room.reader().inline(MONGOLIA)
    await asyncio.to_thread(room.archive.ask, POOL)
    assert (await room.admin().asks("/unanswered")).text == "Nothing that readers asked is unanswered."


async def test_a_question_put_in_other_words_counts_once(room: Room) -> None:
    reader = room.reader()
    asked = await reader.says("What is the captial of Mongolia?")
    answer = await reader.reply()
    await reader.edits(asked, MONGOLIA)
    await room.server.idle()
    while noted(room) != 1 or room.archive.recall(newest_question(room)).question != MONGOLIA:
        await asyncio.sleep(0.01)
    assert answer.text.startswith("The archive does not answer this.")
    assert entries(await room.admin().asks("/unanswered")) == [MONGOLIA]


async def test_a_muted_meaning_stays_away_also_in_other_words_and_after_a_restart(tmp_path: Path) -> None:
    async with TelegramServer() as server:
        async with conversation(tmp_path, server=server) as room:
            await ask(room, MONGOLIA, POOL)
            editor = room.admin()
            board = await editor.asks("/unanswered")
            number = entries(board).index(MONGOLIA) + 1
            board = await press(editor, board, f"🔇 {number}")
            assert entries(board) == [POOL]
        async with conversation(tmp_path, server=server) as room:
            await ask(room, "what is the capital of Mongolia please?")
            board = await editor.asks("/unanswered")
            assert entries(board) == [POOL]
            muted = await press(editor, board, "Muted (1)")
            assert muted.text.startswith("1 muted question")
            assert "asked 2 times" in muted.text
            emptied = await press(editor, muted, "🔊 1")
            assert emptied.text == "Nothing is muted."
            back = await press(editor, emptied, "Back to the list")
            assert len(entries(back)) == 2
        with sqlite3.connect(tmp_path / "data" / "bot.db") as db:
            assert [row[0] for row in db.execute("SELECT action FROM audit")] == ["mute", "unmute"]


async def test_what_the_archive_answers_by_now_is_told_apart(room: Room) -> None:
    await ask(room, POOL, POOL, MONGOLIA)
    editor = room.admin()
    assert entries(await editor.asks("/unanswered")) == [POOL, MONGOLIA]
    (room.articles / "pool.md").write_text(POOL_ARTICLE, "utf-8")
    await asyncio.to_thread(room.archive.reindex)
    board = await editor.asks("/unanswered")
    assert board.text.startswith("1 question that the archive does not answer")
    assert entries(board) == [MONGOLIA, POOL]
    assert "✓ answered by now" in board.text.split("\n\n")[2]


async def test_an_answer_that_did_not_help_is_listed_with_a_mark_of_its_own(room: Room) -> None:
    reader = await ask(room, QUESTION)
    answer = room.server.bot_messages(reader)[-1]
    await (await reader.presses(answer, "Not helpful")).answered()
    board = await room.admin().asks("/unanswered")
    assert entries(board) == [QUESTION]
    assert "👎 answered, but judged unhelpful" in board.text
    assert "Closest: Harbour wall to be raised by a metre" in board.text
    await (await reader.presses(answer, "👍")).answered()
    assert entries(await room.admin().asks("/unanswered")) == []


async def test_forgotten_questions_are_on_no_list_and_their_mute_has_no_words(tmp_path: Path) -> None:
    async with conversation(tmp_path) as room:
        reader = await ask(room, MONGOLIA, POOL)
        await reader.inline("What is the name of the pilot?")
        editor = room.admin()
        board = await editor.asks("/unanswered")
        await press(editor, board, "🔇 1")
        await press(reader, await reader.asks("/forgetme"), "Erase it")
        board = await editor.asks("/unanswered")
        assert board.text == "Nothing that readers asked is unanswered."
        muted = await press(editor, board, "Muted (1)")
        assert "its words are no longer kept" in muted.text
        await room.stop()
        room.archive.close()
        raw = b"".join(file.read_bytes() for file in (tmp_path / "data").glob("*.db*"))
        with sqlite3.connect(tmp_path / "data" / "archive.db") as db:
            assert db.execute("SELECT count(*) FROM answers WHERE question IS NOT NULL").fetchone() == (0,)
            kept = str(db.execute("SELECT * FROM mute_meanings").fetchall()).casefold()
        assert raw
        assert not any(word in kept for word in ("mongol", "capital", "swim", "pool"))


async def test_the_board_has_pages_and_an_old_button_of_it_does_no_harm(room: Room) -> None:
    words = ["alpha", "bravo", "cactus", "dynamo", "ember", "falcon", "gantry"]
    reader = await ask(room, *(f"{one} {one}ish {one}ium {one}oid?" for one in words))
    editor = room.admin()
    first = await editor.asks("/unanswered")
    assert len(entries(first)) == 6
    assert "Page 1 of 2" in first.text
    second = await press(editor, first, "2 ▶")
    assert len(entries(second)) == 1
    old = second.button("🔇 7").data
    await press(reader, await reader.asks("/forgetme"), "Erase it")
    pressed = await (await editor.sends_callback(second, old)).answered()
    assert pressed.text == "That is no longer kept."


# -- /questions


async def test_questions_are_shown_in_a_picture_with_its_words(room: Room) -> None:
    editor = room.admin()
    assert (await editor.asks("/questions")).text == "Nobody asked anything in the last 30 days."
    await ask(room, QUESTION, MONGOLIA, "harbour wall")
    message = await editor.asks("/questions")
    assert message.text.startswith("3 questions in 30 days\nAnswered: 1, not answered: 1, topics looked up: 1.")
    assert "Of the questions, 50 % were answered." in message.text
    assert "time zone UTC" in message.text
    picture = Image.open(io.BytesIO(room.server.file(message)))
    assert (picture.format, picture.size) == ("PNG", (1280, 720))


async def test_a_picture_comes_once_whatever_goes_wrong_on_the_way(room: Room) -> None:
    editor = room.admin()
    await ask(room, QUESTION)
    room.server.faults.flood("sendPhoto", retry_after=1)
    assert (await editor.asks("/questions")).text.startswith("1 question in 30 days")
    room.server.faults.reset("sendPhoto")
    await editor.asks("/questions")
    await editor.hears_nothing(1.5)
    room.server.faults.error("sendPhoto")
    await editor.asks("/questions")
    await editor.hears_nothing(0.5)
    assert len(room.server.bot_messages(editor)) == 3


# -- /feedback


async def test_feedback_tells_votes_and_the_worst_quotes_with_a_way_to_reopen_them(room: Room) -> None:
    editor = room.admin()
    assert (await editor.asks("/feedback")).text == "No reader has judged a quote yet."
    for question, votes in ((QUESTION, ["👎", "👎", "👍"]), ("What does the vessel Sigrid need?", ["👎"])):
        for vote in votes:
            reader = room.reader()
            answer = await reader.asks(question)
            await (await reader.presses(answer, vote)).answered()
    again = room.reader()
    await again.starts(f"0{answer_id(answer)}")
    await (await again.presses(await again.reply(), "👎")).answered()
    message = await editor.asks("/feedback")
    assert "Last 7 days: 👍 1, 👎 4" in message.text
    assert "All in all: 👍 1, 👎 4" in message.text
    assert "3 quotes judged unhelpful" in message.text
    worst = message.text.split("\n\n")[2]
    assert worst.startswith("1. “What does the vessel Sigrid need?”\n👎 2, 👍 0\nFerry to Norholm")
    link = message.links[0]
    await editor.starts(link.partition("?start=")[2])
    assert "The vessel Sigrid needs a new engine." in quote(await editor.reply())


async def test_feedback_goes_on_when_words_and_articles_are_gone(room: Room) -> None:
    reader = room.reader()
    answer = await reader.asks(QUESTION)
    await (await reader.presses(answer, "👎")).answered()
    [number] = {one.article.id for one in room.archive.recall(answer_id(answer)).quotes}
    room.archive.remove(number)
    room.archive.forget_questions([answer_id(answer)])
    message = await room.admin().asks("/feedback")
    assert "a question whose words are no longer kept" in message.text
    assert "the article was removed" in message.text


# -- /reports


async def report(reader: Person, question: str = QUESTION, reason: str = "Wrong speaker") -> Message:
    answer = await reader.asks(question)
    reasons = await press(reader, answer, "Report")
    await (await reader.presses(reasons, reason)).answered()
    return answer


async def test_the_inbox_has_pages(room: Room) -> None:
    editor = room.admin()
    for _ in range(SHOWN + 2):
        await report(room.reader())
    await room.server.wait_for(lambda: len(room.server.bot_messages(editor)) == SHOWN + 2)
    assert (await editor.asks("/reports")).text == "7 open reports"
    *shown, more = await editor.replies()
    assert len(shown) == SHOWN
    assert more.text == "2 more"
    await press(editor, shown[0], "It is right")
    rest = await press(editor, more, "Show more")
    assert rest.text == "2 open reports"
    assert len(await editor.replies()) == 2


@pytest.mark.parametrize(
    ("button", "heard"),
    [
        ("Corrected", "The quote that you reported has been corrected."),
        ("Agreed, noted", "The editors looked at the quote that you reported and agree with you."),
        ("It is right", "The editors looked at the quote that you reported and found it right."),
    ],
)
async def test_the_reader_hears_what_came_of_a_report(room: Room, button: str, heard: str) -> None:
    editor, reader = room.admin(), room.reader()
    await report(reader)
    settled = await press(editor, await editor.reply(), button)
    assert settled.text == f"Resolved: {button}."
    assert (await reader.reply()).text.startswith(heard)


async def test_removed_is_only_said_of_what_was_removed(room: Room) -> None:
    editor, reader = room.admin(), room.reader()
    await report(reader)
    inbox = await editor.reply()
    pressed = await (await editor.presses(inbox, "Removed")).answered()
    [number] = re.findall(r"/remove (\d+)", pressed.text)
    await press(editor, await editor.asks(f"/remove {number}"), "Remove it")
    withdrawn = await editor.sees_edit(inbox)
    assert withdrawn.text.startswith("This quote was withdrawn"), "the quote goes from the inbox, too"
    reader.reads_all()
    await editor.asks("/reports")
    settled = await press(editor, await editor.reply(), "Removed")
    assert settled.text == "Resolved: Removed."
    assert (await reader.reply()).text == "The article that you reported was taken out of the archive. Thank you."


async def test_two_administrators_settle_a_report_once_and_the_audit_tells_who(tmp_path: Path) -> None:
    async with conversation(tmp_path, admins=(ADMIN, SECOND)) as room:
        editor, deputy = room.admin(), room.server.person("Deputy", user_id=SECOND, started=True)
        reader = room.reader()
        await report(reader)
        first, second = await editor.reply(), await deputy.reply()
        await asyncio.gather(press(editor, first, "Corrected"), press(deputy, second, "It is right"))
        assert len(await reader.replies()) == 1
        assert first.text == second.text
        page = await editor.asks("/audit")
        [line] = [line for line in page.text.splitlines() if "report" in line]
        outcome = "corrected" if first.text == "Resolved: Corrected." else "dismissed"
        assert re.search(rf"administrator [12] \([0-9a-f]{{8}}\) · report {outcome} 1$", line)


# -- /audit


async def test_the_audit_has_pages_and_comes_as_a_file(room: Room) -> None:
    editor, stranger = room.admin(), room.reader()
    assert (await editor.asks("/audit")).text == "Nothing is noted yet."
    await stranger.asks("/remove 1")
    for _ in range(6):
        await editor.asks("/ban 4711")
        await editor.asks("/allow 4711")
    page = await editor.asks("/audit")
    assert page.text.startswith("13 acts noted")
    assert "Page 1 of 2" in page.text
    assert "administrator 1 (" in page.text
    last = await press(editor, page, "2 ▶")
    assert "/remove · ✗ refused" in last.text
    assert "administrator" not in last.text.splitlines()[2]
    editor.reads_all()
    await (await editor.presses(last, "All of it as CSV")).answered()
    file = await editor.reply()
    assert file.raw["document"]["file_name"].endswith(".csv")
    head, *rows = csv.reader(io.StringIO(room.server.file(file).decode("utf-8-sig")))
    assert head == ["time", "who", "administrator", "action", "subject", "allowed"]
    assert len(rows) == 13
    assert rows[-1][2:] == ["", "/remove", "", "no"]
    assert rows[0][2] == "1"
    assert "4711" not in str(rows), "people are told by pseudonym"


async def test_the_desks_buttons_do_nothing_for_others(room: Room) -> None:
    reader = await ask(room, MONGOLIA)
    board = await room.admin().asks("/unanswered")
    pressed = await (await reader.sends_callback(board, board.button("🔇 1").data)).answered()
    assert pressed.text in ("Only an administrator may do that.", "This button is not one of mine.")
    assert entries(await room.admin().asks("/unanswered")) == [MONGOLIA]


@pytest.mark.parametrize("lang", ["ru", "ar"])
async def test_the_desk_speaks_the_administrators_language(tmp_path: Path, lang: str) -> None:
    async with TelegramServer() as server:
        server.person("Editor", user_id=ADMIN, language_code=lang, started=True)
        async with conversation(tmp_path, server=server) as room:
            await ask(room, MONGOLIA, QUESTION)
            editor = server.person("Editor", user_id=ADMIN, language_code=lang, started=True)
            for command in ("/unanswered", "/questions", "/feedback", "/audit", "/ban", "/allow", "/reports"):
                message = await editor.asks(command)
                ours = message.text.replace(MONGOLIA, "")
                assert not re.search(r"\b(the|of|is|question|asked|answered)\b", ours, re.I), ours
