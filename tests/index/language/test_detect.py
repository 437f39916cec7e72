"""The language of a question: by its script, its small words, and what the archive holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.detect import is_plausible, question_language

MIXED = {"en": 50, "de": 20, "es": 5, "ru": 3, "ar": 1, "zh": 1, "und": 2}


@pytest.mark.parametrize(
    ("question", "lang"),
    [
        ("Who sold the boat to the harbour board?", "en"),
        ("Wer hat das Boot an den Hafen verkauft?", "de"),
        ("¿Quién vendió el barco al puerto?", "es"),
        ("Кто продал корабль?", "ru"),
        ("من باع القارب؟", "ar"),
        ("谁卖了船？", "zh"),
    ],
)
def test_it_is_told_in_a_mixed_archive(question: str, lang: str) -> None:
    assert question_language(question, MIXED) == lang


@pytest.mark.parametrize("text", ["", "   ", "?!", "2017", "🙂🙂", "—"])
def test_without_a_letter_it_cannot_be_told(text: str) -> None:
    assert question_language(text, MIXED) == "und"


def test_a_bare_name_is_in_the_language_most_articles_are_in() -> None:
    assert question_language("Zelensky", {"de": 2, "en": 1}) == "de"
    assert question_language("Zelensky", {"de": 1, "en": 2}) == "en"


def test_only_languages_that_the_archive_holds_compete() -> None:
    assert question_language("Wer hat das Boot verkauft?", {"en": 10}) == "en"


def test_a_script_the_archive_does_not_hold_is_told_all_the_same() -> None:
    assert question_language("Кто продал корабль?", {"en": 10}) == "ru"
    assert question_language("誰が船を売ったのですか", {"en": 10}) in {"ja", "zh"}


def test_of_two_languages_in_one_script_the_archive_decides() -> None:
    assert question_language("Хто продав човен?", {"uk": 4, "en": 9}) == "uk"


def test_an_archive_without_a_latin_language_answers_latin_questions_in_english() -> None:
    assert question_language("Who sold it?", {"ru": 5}) == "en"
    assert question_language("Who sold it?", {}) == "en"


@given(st.text(max_size=80), st.dictionaries(st.sampled_from(sorted(MIXED)), st.integers(1, 9)))
def test_any_text_has_an_answer(text: str, archive: dict[str, int]) -> None:
    found = question_language(text, archive)
    assert found == "und" or len(found) == 2


GERMAN = "Die Stadt sperrt ab Montag den Kai, weil Taucher festgestellt haben, dass vier Pfähle verfault sind. " * 10


@pytest.mark.parametrize(
    ("lang", "text", "plausible"),
    [
        ("de", GERMAN, True),
        ("en", GERMAN, False),
        ("en", "Паром не выйдет в море до конца недели.", False),
        ("ru", "Паром не выйдет в море до конца недели.", True),
        ("sr", "Trajekt ne isplovljava do kraja nedelje.", True),
        ("en", "Goalkeepers: Ilse Brandt, Nora Falk", True),  # too short to say
        ("en", "1 2 3", True),
    ],
)
def test_a_declared_language_is_believed_where_the_text_can_be_in_it(lang: str, text: str, plausible: bool) -> None:
    assert is_plausible(lang, text) is plausible
