"""Reading on: follow-ups, filters, inline mode, languages, rights; after restarts and re-indexing too."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from conversation import ARTICLES, QUESTION, Room, answer_id, conversation, press, quote
from telegram_api import Person

from index.datatypes import Options, OutletRights

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")

WIRE = ARTICLES["harbour.md"].replace("The Kesselau Courier", "The Norholm Post").replace("courier.", "post.")


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    async with conversation(tmp_path) as room:
        yield room


@pytest.fixture
def reader(room: Room) -> Person:
    return room.reader()


async def test_a_follow_up_is_shown_as_such_and_one_tap_asks_afresh(reader: Person) -> None:
    await reader.asks("What did Ada Berg say about the next flood?")
    answer = await reader.asks("And about the cracks?")
    assert answer.text.startswith("Taken together with your last question: ")
    afresh = await press(reader, answer, "Ask afresh")
    assert "Taken together" not in afresh.text


async def test_new_forgets_the_thread(reader: Person) -> None:
    await reader.asks("What did Ada Berg say about the next flood?")
    assert (await reader.asks("/new")).text == "Done. Your next question stands for itself."
    assert "Taken together" not in (await reader.asks("And about the cracks?")).text


async def test_filters_are_chips_and_a_tap_drops_one(reader: Person) -> None:
    answer = await reader.asks("What does the vessel Sigrid need? In The Kesselau Courier")
    assert answer.text.startswith("Only articles that match: ")
    dropped = await press(reader, answer, "✕")
    assert "new engine" in quote(dropped)
    assert not any(button.text.startswith("✕") for button in dropped.buttons)


async def test_buttons_keep_their_answer_while_the_index_changes(room: Room, reader: Person) -> None:
    answer = await reader.asks(QUESTION)
    before = quote(answer)
    (room.articles / "more.md").write_text(WIRE.replace("May", "June"), "utf-8")
    room.archive.reindex([room.articles], full=True)
    context = await press(reader, answer, "Context")
    assert before in quote(context)
    assert quote(await press(reader, context, "Back")) == before


async def test_the_same_story_elsewhere_is_named(tmp_path: Path) -> None:
    async with conversation(tmp_path, articles=ARTICLES | {"wire.md": WIRE}) as room:
        reader = room.reader()
        answer = await reader.asks(QUESTION)
        assert "Also in: The " in answer.text
        assert answer.button("Other coverage")


async def test_inline_mode_offers_cards_and_sends_the_whole_attribution(room: Room, reader: Person) -> None:
    answer = await reader.inline(QUESTION)
    assert answer.is_personal
    [card, *_] = answer.results
    assert card.title == "Harbour wall to be raised by a metre"
    assert card.description.startswith("The Kesselau Courier · 21 Nov 2025\n")
    sent = await reader.chooses(card)
    assert "Work starts in May" in quote(sent)
    for known in ("Harbour wall to be raised by a metre", "The Kesselau Courier", "21 Nov 2025", "By Jane Doe"):
        assert known in sent.text
    assert sent.button("Answer and receipt").url.startswith(f"https://t.me/{room.server.bot.username}?start=0")


async def test_short_and_unanswered_inline_queries_are_told_how(reader: Person) -> None:
    short = await reader.inline("ha")
    assert short.results == []
    assert short.button is not None
    assert short.button["text"] == "Write a question to get a quote"
    declined = await reader.inline("What is the capital of Mongolia?")
    assert declined.results == []
    assert declined.button is not None
    assert declined.button["text"] == "The archive does not answer this"


async def test_only_the_last_of_many_keystrokes_is_looked_up(room: Room, reader: Person, monkeypatch) -> None:
    asked: list[str] = []
    real = room.archive.ask
    monkeypatch.setattr(room.archive, "ask", lambda q, **how: asked.append(q) or real(q, **how))
    for end in range(10, len(QUESTION), 6):
        await reader.types_inline(QUESTION[:end])
    assert (await reader.inline(QUESTION)).results
    assert asked == [QUESTION]


async def test_a_shared_quote_arrives_and_can_be_withdrawn(room: Room, reader: Person) -> None:
    answer = await reader.asks(QUESTION)
    share = answer.button("Share").raw["switch_inline_query_chosen_chat"]["query"]
    [card, *_] = (await reader.inline(share)).results
    sent = await reader.chooses(card)
    assert quote(sent) == quote(answer)
    editor = room.admin()
    asked = await editor.asks("/remove harbour wall")
    await press(editor, asked, "Remove it")
    await reader.sees_edit(sent, timeout=10)
    assert sent.text == "This quote was withdrawn: the article is no longer in the archive."


async def test_a_card_sent_while_its_article_is_removed_is_withdrawn_at_once(room: Room, reader: Person) -> None:
    [card, *_] = (await reader.inline(QUESTION)).results
    [article] = {one.article.id for one in room.archive.ask(QUESTION).quotes}
    room.archive.remove(article)
    sent = await reader.chooses(card)
    await reader.sees_edit(sent)
    assert sent.text == "This quote was withdrawn: the article is no longer in the archive."


async def test_a_topic_typed_in_a_chat_is_told_what_to_type(reader: Person) -> None:
    found = await reader.inline("harbour wall")
    assert found.results == []
    assert (found.button or {})["text"] == "Write a question to get a quote"


async def test_the_interface_follows_the_readers_telegram_and_can_be_changed(room: Room) -> None:
    reader = room.reader("Читатель", language_code="ru")
    declined = await reader.asks("What is the capital of Mongolia?")
    assert declined.text.startswith("В архиве нет ответа на этот вопрос.")
    answer = await reader.asks(QUESTION)
    assert "21 нояб. 2025" in answer.text
    assert "Work starts in May" in quote(answer), "quotes stay as they were printed"
    menu = await reader.asks("/language")
    assert (await press(reader, menu, "العربية")).text == "أتكلم العربية الآن."
    assert (await reader.asks("What is the capital of Mongolia?")).text.startswith("لا جواب عن هذا في الأرشيف.")
    menu = await reader.asks("/language")
    await press(reader, menu, "كما في تلغرام")
    assert (await reader.asks("/id")).text.startswith("Ваш номер")


async def test_an_outlet_that_allows_links_only_is_never_quoted(tmp_path: Path) -> None:
    options = Options(outlets={"The Kesselau Courier": OutletRights(link_only=True)})
    async with conversation(tmp_path, options=options) as room:
        reader = room.reader()
        answer = await reader.asks(QUESTION)
        assert "Work starts" not in answer.text
        assert answer.links == ["https://courier.example.org/harbour-wall"]
        for offered in (await reader.inline(QUESTION)).results:
            assert "Work starts" not in offered.text


async def test_context_ends_at_the_share_that_may_be_read(room: Room, reader: Person) -> None:
    answer = await reader.asks(QUESTION)
    shown = room.archive.context(answer_id(answer), 0)
    context = await press(reader, answer, "Context")
    assert quote(context) == shown.text
    assert ("The rest may only be read at the source." in context.text) == shown.limited


LONG = """---
title: The long winter of the ferry
outlet: The Norholm Post
url: https://post.example.org/winter
---
""" + "".join(
    f"On day {n} of the long winter the ferry lay at quay {n}, and its crew painted the railing in colour number {n}. "
    f"The harbour master wrote that down in his book on page {n}.\n\n"
    for n in range(1, 81)
)


async def test_more_from_an_article_reads_on_and_stays_within_the_share_also_after_a_restart(tmp_path: Path) -> None:
    articles = ARTICLES | {"long.md": LONG}
    async with conversation(tmp_path, articles=articles) as room:
        server, reader = room.server, room.reader()
        answer = await reader.asks("What did the crew paint on day 40 of the long winter?")
        words = quote(answer)
        assert answer.button("More from this article")
        await room.stop()
        async with conversation(tmp_path, server=server, articles=articles) as room:
            room.archive.reindex([room.articles], full=True)
            more = await press(reader, answer, "More from this article")
            assert words not in quote(more)
            assert quote(more).startswith("On day 4"), "it goes on behind the context"
            seen = {quote(more)}
            while any(button.text == "▼ After" for button in more.buttons):
                seen.add(quote(await press(reader, more, "After")))
            assert "The rest may only be read at the source." in more.text
            while any(button.text == "▲ Before" for button in more.buttons):
                seen.add(quote(await press(reader, more, "Before")))
            body = LONG.partition("---\n")[2].partition("---\n")[2]
            assert sum(map(len, seen)) <= 0.25 * len(body)
            assert quote(await press(reader, more, "Back to the quote")) == words


async def test_a_short_article_offers_no_more_than_its_context(reader: Person) -> None:
    answer = await reader.asks(QUESTION)
    assert not any(button.text == "More from this article" for button in answer.buttons)


CORRECTION = """---
title: "Correction: height of the harbour wall"
outlet: The Kesselau Courier
published: 2025-11-23
---
In our report “Harbour wall to be raised by a metre” we misstated the height. The old wall measures four metres.
"""


async def test_other_coverage_is_the_same_after_a_restart_and_a_new_index(tmp_path: Path) -> None:
    articles = ARTICLES | {"wire.md": WIRE, "correction.md": CORRECTION}
    async with conversation(tmp_path, articles=articles) as room:
        server, reader = room.server, room.reader()
        answer = await reader.asks(QUESTION)
        assert "Corrected later: Correction: height of the harbour wall (23 Nov 2025)" in answer.text
        words = answer.text
        others = (await press(reader, answer, "Other coverage")).text
        for known in ("The same story", "Corrections", "Correction: height of the harbour wall"):
            assert known in others
        assert (await press(reader, answer, "Back to the quote")).text == words
        await room.stop()
        async with conversation(tmp_path, server=server, articles=articles) as room:
            room.archive.reindex([room.articles], full=True)
            assert (await press(reader, answer, "Other coverage")).text == others
            assert (await press(reader, answer, "Back to the quote")).text == words


async def test_the_buttons_above_inline_results_are_understood_in_private(reader: Person) -> None:
    found = await reader.inline(QUESTION)
    assert found.button is not None
    await reader.starts(found.button["start_parameter"])
    assert (await reader.reply()).text.startswith("I look things up in a news archive")
    short = await reader.inline("ha")
    assert short.button is not None
    await reader.starts(short.button["start_parameter"])
    assert (await reader.reply()).text.startswith("Write a question and I answer")


async def test_typing_inline_uses_up_no_questions_and_too_much_of_it_is_told(tmp_path: Path) -> None:
    async with conversation(tmp_path, per_minute=1) as room:
        reader = room.reader()
        for _ in range(3):
            assert (await reader.inline(QUESTION)).results
        fourth = await reader.inline(QUESTION)
        assert fourth.results == []
        assert fourth.button is not None
        assert fourth.button["text"] == "A short pause, please: that was a lot"
        assert "Work starts in May" in quote(await reader.asks(QUESTION))
