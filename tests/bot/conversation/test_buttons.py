"""Every button a reader or an editor can press: each bound to its own answer, also after a restart and a removal."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from conversation import QUESTION, Room, answer_id, conversation, press, quote, unhurried
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram_api import Message, Person

from bot.messages.buttons import Press, encoder

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
__all__ = ["unhurried"]  # a fixture

PIER = """---
title: Pier {n} of Tarnholm is closed
outlet: The Tarnholm Herald
published: 2024-03-{n:02}
url: https://herald.example.org/pier-{n}
---
Pier {n} of Tarnholm is closed because its piles are rotten. Divers found the damage on day {n} of their inspection.

The town wants {n} million crowns from the state for new piles of oak.
"""
PIERS = {f"pier-{n:02}.md": PIER.format(n=n) for n in range(1, 21)}


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    async with conversation(tmp_path) as room:
        yield room


@pytest.fixture
def reader(room: Room) -> Person:
    return room.reader()


def numbered(message: Message) -> list[str]:
    return [line.partition(". ")[2] for line in message.text.splitlines() if line[:1].isdigit()]


async def test_lists_of_headlines_are_paged_to_the_end_and_back_also_after_a_restart(tmp_path: Path) -> None:
    async with conversation(tmp_path, articles=PIERS) as room:
        server, reader = room.server, room.reader()
        first = await reader.asks("/latest Tarnholm")
        newest = numbered(first)
        seen = list(newest)
        await press(reader, first, "Older")
        seen += numbered(first)
        await room.stop()
        async with conversation(tmp_path, server=server, articles=PIERS):
            await press(reader, first, "Older")
            seen += numbered(first)
            assert not any(button.text.startswith("Older") for button in first.buttons)
            assert len(seen) == len(set(seen)) == 20
            assert seen == sorted(seen, key=lambda line: int(line.split()[1]), reverse=True), "newest first"
            await press(reader, first, "Newer")
            await press(reader, first, "Newer")
            assert numbered(first) == newest


async def retitled(room: Room, reader: Person, listed: Message, title: str, button: str = "") -> None:
    """Put other words in place of a list, with its button to older headlines; with `button` as its data, if given."""
    data = button or listed.button("Older").data
    older = InlineKeyboardMarkup([[InlineKeyboardButton("Older", callback_data=data)]])
    await room.application.bot.edit_message_text(title, reader.chat.id, listed.id, reply_markup=older)
    await reader.sees_edit(listed)


@pytest.mark.usefixtures("unhurried")
@pytest.mark.parametrize("command", ["/latest Tarnholm", "/latest", "/articles of Tarnholm"])
async def test_a_list_is_known_by_its_buttons_not_by_the_words_of_its_message(tmp_path: Path, command: str) -> None:
    async with conversation(tmp_path, articles=PIERS) as room:
        editor = room.admin()
        listed, same = await editor.asks(command), await editor.asks(command)
        await press(editor, same, "Older")
        await retitled(room, editor, listed, "Newest coverage of Patagonia")
        await press(editor, listed, "Older")
        assert listed.text == same.text


@pytest.mark.usefixtures("unhurried")
async def test_a_list_sent_by_an_earlier_version_is_known_by_its_title(tmp_path: Path) -> None:
    async with conversation(tmp_path, articles=PIERS) as room:
        reader = room.reader()
        listed, same = await reader.asks("/latest pier"), await reader.asks("/latest Tarnholm")
        encode = encoder(room.services.seal, reader.chat.id)
        await retitled(room, reader, listed, same.text, button=encode(Press.LIST, 1))
        await press(reader, same, "Older")
        await press(reader, listed, "Older")
        assert listed.text == same.text


async def test_a_headline_opens_its_card_and_leads_back_to_its_page(tmp_path: Path) -> None:
    async with conversation(tmp_path, articles=PIERS) as room:
        reader = room.reader()
        listed = await press(reader, await reader.asks("Tarnholm"), "Older")
        page, opened = listed.text, numbered(listed)[1]
        card = await press(reader, listed, listed.buttons[1].text)
        assert opened.partition(" — ")[0] in card.text.splitlines()
        assert card.button("Open article").url == f"https://herald.example.org/pier-{opened.split()[1]}"
        back = await press(reader, card, "Back to the list")
        assert back.text == page


async def test_the_next_quote_and_back_show_each_its_own_words_and_source(tmp_path: Path) -> None:
    async with conversation(tmp_path, articles=PIERS) as room:
        reader = room.reader()
        answer = await reader.asks("Why are the piers of Tarnholm closed, and what did divers find?")
        quotes = room.archive.recall(answer_id(answer)).quotes
        assert len(quotes) > 1
        for number, citation in enumerate(quotes):
            assert quote(answer) == citation.text
            assert answer.links[0] == citation.article.url
            assert f"pier-{citation.article.title.split()[1]}" in answer.button("Open article").url
            if number + 1 < len(quotes):
                await press(reader, answer, "Next quote")
        await press(reader, answer, "Previous quote")
        assert quote(answer) == quotes[-2].text
        context = await press(reader, answer, "Context")
        assert quotes[-2].text in quote(context)
        assert quote(await press(reader, context, "Back to the quote")) == quotes[-2].text


async def test_every_button_of_an_answer_works_after_a_restart(tmp_path: Path) -> None:
    async with conversation(tmp_path) as room:
        server, reader = room.server, room.reader()
        answer = await reader.asks(QUESTION)
        words = answer.text
        await room.stop()
        async with conversation(tmp_path, server=server) as room:
            for label in ("👍", "👎"):
                assert (await (await reader.presses(answer, label)).answered()).text == "Thank you."
            assert "Work starts in May" in quote(await press(reader, answer, "Context"))
            assert (await press(reader, answer, "Back to the quote")).text == words
            reasons = await press(reader, answer, "Report")
            assert (await press(reader, reasons, "Back to the quote")).text == words


async def test_an_edit_after_a_restart_still_edits_the_same_reply(tmp_path: Path) -> None:
    async with conversation(tmp_path) as room:
        server, reader = room.server, room.reader()
        question = await reader.says("What is the capital of Mongolia?")
        answer = await reader.reply()
        await room.stop()
        async with conversation(tmp_path, server=server):
            await reader.edits(question, QUESTION)
            assert "Work starts in May" in quote(await reader.sees_edit(answer))
            await reader.hears_nothing()


async def test_an_edit_that_leaves_no_question_says_so_in_the_same_reply(reader: Person) -> None:
    question = await reader.says(QUESTION)
    answer = await reader.reply()
    await reader.edits(question, "🙂")
    assert (await reader.sees_edit(answer)).text.startswith("I need words to look up.")
    assert answer.buttons == []


async def test_ask_works_in_private_and_its_edits_too(reader: Person) -> None:
    question = await reader.says("/ask What is the capital of Mongolia?")
    answer = await reader.reply()
    await reader.edits(question, f"/ask {QUESTION}")
    assert "Work starts in May" in quote(await reader.sees_edit(answer))
    assert (await reader.asks("/ask")).text.startswith("What would you like to know?")


async def test_a_declined_answers_headlines_open_their_cards(reader: Person) -> None:
    declined = await reader.asks("Who is the mayor of Kesselau?")
    assert declined.text.startswith("The archive does not answer this.")
    listed = numbered(declined)
    assert len(listed) == len(declined.buttons) > 0
    card = await press(reader, declined, "1")
    assert listed[0].startswith(card.text.splitlines()[0])
    assert (await press(reader, card, "Back")).text == declined.versions[0]


async def test_every_button_of_a_removed_article_says_so(room: Room, reader: Person) -> None:
    messages = [await reader.asks(QUESTION) for _ in range(3)]
    reasons = await press(reader, messages[2], "Report")
    room.archive.remove(room.archive.recall(answer_id(messages[0])).quotes[0].article.id)
    for message, label in ((messages[0], "Context"), (messages[1], "Report"), (reasons, "Wrong speaker")):
        answered = await (await reader.presses(message, label)).answered()
        assert answered.text == "The article was removed from the archive."
        assert (await reader.sees_edit(message)).text.startswith("This quote was withdrawn")
        assert "Work starts in May" not in message.text


async def test_a_quote_is_withdrawn_in_every_chat_even_where_one_reader_has_left(room: Room) -> None:
    owner, gone = room.reader("Owner"), room.reader("Gone")
    group = room.server.supergroup("Readers", owner)
    group.adds_bot(owner)
    await owner.reply(chat=group)
    answers = [await owner.asks(f"/ask {QUESTION}", group), await owner.asks(QUESTION)]
    await gone.asks(QUESTION)
    gone.deletes_account()
    editor = room.admin()
    await press(editor, await editor.asks("/remove harbour wall"), "Remove it")
    for answer in answers:
        withdrawn = await owner.sees_edit(answer, timeout=10)
        assert withdrawn.text.startswith("This quote was withdrawn")
        assert all(not button.data for button in withdrawn.buttons)


async def test_a_withdrawal_goes_on_after_a_restart_where_it_was_cut_short(tmp_path: Path) -> None:
    async with conversation(tmp_path) as room:
        server, reader = room.server, room.reader()
        answer = await reader.asks(QUESTION)
        room.archive.remove(room.archive.recall(answer_id(answer)).quotes[0].article.id)
        await room.stop()
        async with conversation(tmp_path, server=server):
            context = await reader.presses(answer, "Context")
            assert (await context.answered()).text == "The article was removed from the archive."
            assert (await reader.sees_edit(answer)).text.startswith("This quote was withdrawn")
