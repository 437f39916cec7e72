"""The data behind buttons: what it carries, and that nobody else makes it."""

from __future__ import annotations

import pytest
from citations import ANSWER_ID, CHAT, ENCODE, SEAL

from bot.messages.buttons import LONGEST, Forged, Press, Pressed, about, decode


def pressed(data: str) -> Pressed:
    assert len(data) <= LONGEST
    return decode(SEAL, CHAT, data)


@pytest.mark.parametrize("words", ["", "Ada 🙂 Berg", "flood in Норхольм", "a.b-c_d", "harbour wall, 30 letters long"])
def test_a_lists_button_carries_the_words_that_the_list_is_about(words: str) -> None:
    assert pressed(about(ENCODE, Press.LIST, 12, words=words)).words(2) == words
    assert pressed(about(ENCODE, Press.ARTICLES, 12, words=words)).words(2) == words


def test_a_list_that_answers_a_question_is_known_by_its_answer() -> None:
    one = pressed(about(ENCODE, Press.LISTED, 0, 1_234_567, words="harbour", answer_id=ANSWER_ID))
    assert (one.text(2), one.words(3)) == (ANSWER_ID, None)


def test_words_that_no_button_can_hold_are_left_out() -> None:
    one = pressed(about(ENCODE, Press.LIST, 3, words="the longest topic " * 6))
    assert (one.fields, one.words(2)) == (("3",), None)


def test_a_button_of_before_carries_no_words() -> None:
    assert pressed(ENCODE(Press.LIST, 1)).words(2) is None


def test_what_are_no_words_is_forged() -> None:
    with pytest.raises(Forged):
        pressed(ENCODE(Press.LIST, 1, "", "_w")).words(2)  # no UTF-8


def test_a_button_of_another_chat_or_with_other_words_is_forged() -> None:
    data = about(ENCODE, Press.LIST, 1, words="harbour")
    with pytest.raises(Forged):
        decode(SEAL, CHAT + 1, data)
    with pytest.raises(Forged):
        decode(SEAL, CHAT, data.replace(".1.", ".2."))
