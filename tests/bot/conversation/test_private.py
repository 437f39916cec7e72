"""A reader's private chat with the bot, over HTTP with a strict Bot API server."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from conversation import QUESTION, Room, answer_id, conversation, press, quote
from telegram_api import Person

EVER = datetime(2020, 1, 1, tzinfo=UTC)

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    async with conversation(tmp_path) as room:
        yield room


@pytest.fixture
def reader(room: Room) -> Person:
    return room.reader()


async def test_a_question_is_answered_word_for_word_with_everything_about_its_source(reader: Person) -> None:
    answer = await reader.asks(QUESTION)
    assert "Work starts in May and will take two years." in quote(answer)
    below = answer.text.partition(quote(answer))[2]
    for known in ("Harbour wall to be raised by a metre", "The Kesselau Courier", "21 Nov 2025", "By Jane Doe"):
        assert known in below
    assert answer.links == ["https://courier.example.org/harbour-wall"]


async def test_the_sentence_that_answers_is_bold(room: Room, reader: Person) -> None:
    answer = await reader.asks(QUESTION)
    [citation] = room.archive.recall(answer_id(answer)).quotes
    assert citation.highlight is not None
    assert answer.marked("bold")[0] == citation.highlight.of(citation.text)


async def test_the_speaker_of_quoted_words_is_named(reader: Person) -> None:
    answer = await reader.asks("What did Ada Berg say about the wall and the next flood?")
    assert "Speaker: Ada Berg, the harbour master" in answer.text


async def test_typing_is_shown_while_the_archive_is_asked(room: Room, reader: Person) -> None:
    await reader.asks(QUESTION)
    assert "typing" in room.server.actions(reader.chat)


async def test_what_the_archive_does_not_say_is_declined(reader: Person) -> None:
    answer = await reader.asks("What is the capital of Mongolia?")
    assert answer.text.startswith("The archive does not answer this.")
    assert answer.marked("blockquote", "expandable_blockquote") == []


async def test_a_topic_alone_gives_its_headlines_with_dates_and_buttons(reader: Person) -> None:
    answer = await reader.asks("Kesselau")
    assert answer.text.startswith("Newest coverage: Kesselau\n\n1. Harbour wall to be raised by a metre")
    assert "21 Nov 2025" in answer.text
    card = await press(reader, answer, "1")
    assert "By Jane Doe" in card.text
    back = await press(reader, card, "Back to the list")
    assert back.text.startswith("Newest coverage: Kesselau\n\n1. Harbour wall")


@pytest.mark.parametrize("asked", ["latest Norholm news", "/latest Norholm this week"])
async def test_a_list_that_is_not_as_new_as_was_asked_for_says_so_first(reader: Person, asked: str) -> None:
    answer = await reader.asks(asked)
    assert answer.text.startswith("The newest article I have on this is from 9 Jan 2024.")
    assert "1. Ferry to Norholm stops" in answer.text


async def test_a_list_narrowed_by_a_filter_says_so_and_a_tap_widens_it(reader: Person) -> None:
    answer = await reader.asks("Kesselau in 2024")
    assert answer.text.startswith("Only articles that match: in 2024\n\nNewest coverage: Kesselau in 2024\n\n1. Ferry")
    assert "Harbour wall" not in answer.text
    card = await press(reader, answer, "1")
    back = await press(reader, card, "Back to the list")
    assert back.text == answer.text
    assert [button.text for button in back.buttons] == [button.text for button in answer.buttons]
    wide = await press(reader, back, "✕ in 2024")
    assert wide.text.startswith("Newest coverage: Kesselau\n\n1. Harbour wall")


async def test_a_list_keeps_the_filters_that_were_not_dropped(reader: Person) -> None:
    answer = await reader.asks("town in The Kesselau Courier in 2025")
    assert "Museum" not in answer.text
    other = await press(reader, answer, "✕ in 2025")
    assert "Museum" in other.text
    assert "Harbour wall" in other.text
    assert "in The Kesselau Courier" in other.text


async def test_latest_lists_everything_newest_first(reader: Person) -> None:
    answer = await reader.asks("/latest")
    headlines = [line for line in answer.text.splitlines() if line[:1].isdigit()]
    assert [line[3:9] for line in headlines] == ["Harbou", "Ferry ", "Museum"]


async def test_latest_about_nothing_says_so(reader: Person) -> None:
    answer = await reader.asks("/latest Patagonia")
    assert answer.text == "The archive has nothing about “Patagonia”."


async def test_start_and_help_give_examples_that_this_archive_answers(room: Room, reader: Person) -> None:
    await reader.starts()
    start = await reader.reply()
    assert start.text.startswith("I look things up in a news archive")
    shown = await reader.asks("/help")
    assert f"@{room.server.bot.username}" in shown.text
    examples = room.archive.examples("en", 3)
    assert examples
    for example in examples:
        assert example in start.text
        assert example in shown.text


async def test_id_tells_the_number(reader: Person) -> None:
    answer = await reader.asks("/id")
    assert answer.text == f"Your Telegram number is {reader.id}."


async def test_an_edited_question_edits_the_same_reply(reader: Person) -> None:
    question = await reader.says("What is the capital of Mongolia?")
    answer = await reader.reply()
    await reader.edits(question, QUESTION)
    edited = await reader.sees_edit(answer)
    assert edited.id == answer.id
    assert "Work starts in May" in quote(edited)
    await reader.hears_nothing()


async def test_context_reads_on_and_comes_back(reader: Person) -> None:
    answer = await reader.asks(QUESTION)
    context = await press(reader, answer, "Context")
    assert "Work starts in May and will take two years." in quote(context)
    assert "The Kesselau Courier" in context.text
    back = await press(reader, context, "Back to the quote")
    assert back.text == back.versions[0]


async def test_helpful_thanks_and_leaves_the_message_alone(room: Room, reader: Person) -> None:
    answer = await reader.asks(QUESTION)
    pressed = await reader.presses(answer, "👍")
    assert (await pressed.answered()).text == "Thank you."
    assert room.journal.tally(EVER).helpful == 1
    pressed = await reader.presses(answer, "👎")
    await pressed.answered()
    assert (room.journal.tally(EVER).helpful, room.journal.tally(EVER).unhelpful) == (0, 1)


async def test_the_citation_can_be_copied_and_the_article_opened(reader: Person) -> None:
    answer = await reader.asks(QUESTION)
    assert answer.button("Copy citation").copies == (
        "“Harbour wall to be raised by a metre”, Jane Doe, The Kesselau Courier, 21 Nov 2025, "
        "https://courier.example.org/harbour-wall"
    )
    assert answer.button("Open article").url == "https://courier.example.org/harbour-wall"


async def test_forged_and_foreign_buttons_are_refused(room: Room, reader: Person) -> None:
    answer = await reader.asks(QUESTION)
    stranger = room.reader("Stranger")
    other = await stranger.asks(QUESTION)
    real = answer.button("Context").data
    for message, person, data in (
        (answer, reader, real.replace(".0.", ".1.", 1)),
        (answer, reader, "c.nothing.0.0.AAAAAAAA"),
        (answer, reader, "💥"),
        (other, stranger, real),
    ):
        pressed = await person.sends_callback(message, data)
        assert (await pressed.answered()).text == "This button is not one of mine."
    assert len(answer.versions) == len(other.versions) == 1


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("🙂🙂🙂", "I need words to look up."),
        ("?!", "I need words to look up."),
        ("word " * 800, "That is too long for me. Please put your question into at most 1,000 characters."),
        ("/nonsense", "I do not know that command."),
    ],
)
async def test_what_is_no_question_gets_a_sensible_reply(reader: Person, text: str, reply: str) -> None:
    answer = await reader.asks(text)
    assert answer.text.startswith(reply)


async def test_ten_thousand_characters_get_one_reply_a_message(reader: Person) -> None:
    for part in ("a" * 4096, "b" * 4096, "c" * 1808):
        answer = await reader.asks(part)
        assert answer.text.startswith("That is too long for me.")


async def test_anything_but_text_gets_a_sensible_reply(reader: Person) -> None:
    for send in (reader.sends_sticker, reader.sends_voice, reader.sends_location, reader.sends_photo):
        await send()
        assert (await reader.reply()).text == "I can only read text. Write me your question."


async def test_the_caption_of_a_photograph_is_a_question(reader: Person) -> None:
    await reader.sends_photo(QUESTION)
    assert "Work starts in May" in quote(await reader.reply())


async def test_a_question_too_many_within_a_minute_gets_one_polite_notice(tmp_path: Path) -> None:
    async with conversation(tmp_path, per_minute=3) as room:
        reader = room.reader()
        for _ in range(6):
            await reader.says(QUESTION)
        replies = await reader.replies(quiet=3.5)
        assert len(replies) == 4
        assert replies[-1].text.startswith("You are asking very quickly. Please wait ")
        assert "Work starts in May" in (await room.reader("Another").asks(QUESTION)).text


async def test_privacy_tells_what_is_kept(reader: Person) -> None:
    answer = await reader.asks("/privacy")
    assert "90 days" in answer.text
    assert "/forgetme" in answer.text


async def test_forgetme_asks_and_then_erases(room: Room, reader: Person) -> None:
    answer = await reader.asks(QUESTION)
    kept = answer_id(answer)
    await (await reader.presses(answer, "👍")).answered()
    asked = await reader.asks("/forgetme")
    done = await press(reader, asked, "Erase it")
    assert done.text == "Erased. I keep nothing about you now."
    assert room.archive.recall(kept).question == ""
    assert room.journal.deliveries.of([kept]) == []
    assert room.journal.tally(EVER).helpful == 0


async def test_the_journal_knows_nobody_by_name_or_number(room: Room, reader: Person, tmp_path: Path) -> None:
    await reader.asks(QUESTION)
    await (await reader.presses(await reader.asks(QUESTION), "👍")).answered()
    for file in (tmp_path / "data").glob("bot.db*"):
        raw = file.read_bytes()
        assert str(reader.id).encode() not in raw
        assert b"harbour" not in raw
    assert (tmp_path / "data" / "bot.key").stat().st_mode & 0o777 == 0o600


async def test_buttons_work_after_a_restart(tmp_path: Path) -> None:
    async with conversation(tmp_path) as room:
        server, reader = room.server, room.reader()
        answer = await reader.asks(QUESTION)
        await room.stop()
        async with conversation(tmp_path, server=server):
            context = await press(reader, answer, "Context")
            assert "Work starts in May" in quote(context)


async def test_a_link_reopens_the_very_answer_with_its_receipt(room: Room, reader: Person) -> None:
    answer = await reader.asks(QUESTION)
    await reader.starts(f"0{answer_id(answer)}")
    again = await reader.reply()
    assert quote(again) == quote(answer)
    assert f"Answer {answer_id(answer)}" in again.text
    assert "SHA-256 " in again.text
    await reader.starts("0nothing")
    assert (await reader.reply()).text.startswith("That answer is no longer kept.")


async def test_the_token_is_never_in_a_message(room: Room, reader: Person) -> None:
    await reader.asks(f"{room.server.token}?")
    assert not any(room.server.token in message.text for message in room.server.bot_messages(reader))


async def test_an_album_gets_one_reply_for_all_its_pictures(reader: Person) -> None:
    for _ in range(4):
        await reader.sends_photo(album="holiday")
    assert (await reader.reply()).text == "I can only read text. Write me your question."
    await reader.hears_nothing(1.5)


@pytest.mark.parametrize("at", [0, 2])
async def test_an_album_asks_what_stands_under_one_of_its_pictures(reader: Person, at: int) -> None:
    for number in range(3):
        await reader.sends_photo(QUESTION if number == at else "", album="wall")
    assert "Work starts in May" in quote(await reader.reply())
    await reader.hears_nothing(1.5)


async def test_privacy_tells_of_everything_that_is_kept(reader: Person) -> None:
    told = (await reader.asks("/privacy")).text
    for kept in ("question", "withdraw", "votes", "reported", "language", "administrators", "salted hash"):
        assert kept in told


async def test_attempts_at_administrators_commands_are_forgotten_too(room: Room, reader: Person) -> None:
    await reader.asks("/status")
    asked = await reader.asks("/forgetme")
    assert (await press(reader, asked, "Erase it")).text == "Erased. I keep nothing about you now."
    with sqlite3.connect(room.services.settings.archive.path / "bot.db") as db:
        assert db.execute("SELECT who, action FROM audit").fetchall() == [("", "/status")]


async def test_what_an_administrator_did_stays_noted_and_is_said_to(room: Room) -> None:
    editor = room.admin()
    await editor.asks("/cancel")
    asked = await editor.asks("/forgetme")
    done = await press(editor, asked, "Erase it")
    assert done.text == "Erased. Only what you did as an administrator stays noted, under a salted hash."


async def test_administrators_are_told_how_inline_quotes_can_be_withdrawn(room: Room, reader: Person) -> None:
    assert "/setinlinefeedback" in (await room.admin().asks("/help")).text
    assert "/setinlinefeedback" not in (await reader.asks("/help")).text


async def test_a_decline_without_any_coverage_says_what_there_is(
    room: Room, reader: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = room.archive.ask
    monkeypatch.setattr(room.archive, "ask", lambda question, **how: replace(real(question, **how), closest=()))
    answer = await reader.asks("What is the capital of Mongolia?")
    assert answer.text == (
        "The archive does not answer this.\nThe newest article I have is from 21 Nov 2025. /latest lists what is new."
    )
    assert answer.buttons == []
