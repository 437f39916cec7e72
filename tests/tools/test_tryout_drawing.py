"""The pictures of chats: every word of a message is on them, nothing runs over, and a chat is always the same file."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tryout.drawing import FOLDED, ROOM, SIZE, WIDTH, Aside, Bubble, Cards, Chat, draw
from tryout.marks import Run, Style
from tryout.measure import line_width, width, wrapped

SVG = "{http://www.w3.org/2000/svg}"
QUOTE = "The last boat leaves at nine. It carries 212 passengers."
BODY: dict[str, Any] = {
    "text": f"{QUOTE}\n\nFerry stops in May\nThe Oldport Mail",
    "entities": [
        {"type": "blockquote", "offset": 0, "length": len(QUOTE)},
        {"type": "bold", "offset": 0, "length": 29},
        {"type": "text_link", "offset": len(QUOTE) + 2, "length": 18, "url": "https://mail.example/a?b=1&c=<2>"},
    ],
    "reply_markup": {"inline_keyboard": [[{"text": "Context", "callback_data": "x"}, {"text": "Open", "url": "u"}]]},
}
CHAT = Chat(
    "Readers & <friends>",
    "3 members",
    [
        Bubble({"text": "When does the last boat leave?"}, mine=True, name="Mira"),
        Bubble(BODY, replied="When does the last boat leave?"),
        Aside("one tap later"),
        Cards("@bot last boat", "Ask me in private", [("Ferry stops in May", "The Oldport Mail\nThe last boat")]),
    ],
)
words = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=300)


def shown(picture: str) -> list[str]:
    """The lines of text on a picture."""
    return ["".join(text.itertext()) for text in ET.fromstring(picture).iter(f"{SVG}text")]


def test_every_word_of_the_chat_is_on_the_picture() -> None:
    lines = shown(draw(CHAT))
    for words in (*BODY["text"].splitlines(), "Context", "Open", "one tap later", "Readers & <friends>", "Mira"):
        assert words == "" or words in " ".join(lines)


def test_the_same_chat_is_the_same_file() -> None:
    assert draw(CHAT) == draw(CHAT)


def test_what_is_emphasised_is_bold_and_nothing_else_of_the_quote() -> None:
    spans = [span for span in ET.fromstring(draw(CHAT)).iter(f"{SVG}tspan") if span.get("font-weight") == "700"]
    assert " ".join(span.text or "" for span in spans) == "The last boat leaves at nine."


def test_a_folded_quote_shows_what_an_app_shows_at_first() -> None:
    text = "word " * 200
    entity = {"type": "expandable_blockquote", "offset": 0, "length": len(text)}
    lines = shown(draw(Chat("t", "s", [Bubble({"text": text, "entities": [entity]})])))
    assert sum(line.startswith("word") for line in lines) == FOLDED


@given(words, st.booleans())
def test_any_text_makes_a_picture_that_can_be_read_and_holds_it(text: str, mine: bool) -> None:
    picture = draw(Chat(text, text, [Bubble({"text": text}, mine=mine, name=text[:20], replied=text)]))
    assert int(ET.fromstring(picture).get("width", "0")) == WIDTH


@given(st.lists(st.tuples(words, st.booleans()), max_size=5))
def test_breaking_lines_loses_nothing_but_spaces_and_keeps_within_the_room(parts: list[tuple[str, bool]]) -> None:
    line = [Run(text, Style(bold=bold)) for text, bold in parts]
    lines = wrapped(line, ROOM, SIZE)
    kept = "".join(run.text for each in lines for run in each)
    assert "".join(kept.split()) == "".join("".join(text for text, _ in parts).split())
    too_wide = [each for each in lines if line_width(each, SIZE) > ROOM]
    assert all(len("".join(run.text for run in each).split()) == 1 for each in too_wide)


@pytest.mark.parametrize(("narrow", "wide"), [("illicit", "mammoth"), ("a", "A"), ("word", "words")])
def test_wide_letters_take_more_room(narrow: str, wide: str) -> None:
    assert width(narrow, SIZE) < width(wide, SIZE) < width(wide, SIZE, bold=True)
