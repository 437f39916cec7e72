"""Questions that lean on the one before are completed by rules; the others are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.question.follow_up import Turn, complete

FERRY = Turn("Where does the ferry to Sandholm leave?")
MAYOR = Turn("What did Imelda Oduwale promise the dockers?", speaker="Imelda Oduwale")


@pytest.mark.parametrize(
    ("question", "before", "whole"),
    [
        ("and when?", FERRY, "When does the ferry to Sandholm leave?"),
        ("When?", FERRY, "When does the ferry to Sandholm leave?"),
        ("why?", Turn("When did Tomas Reck resign?"), "Why did Tomas Reck resign?"),
        ("What did she say about the harbour?", MAYOR, "What did Imelda Oduwale say about the harbour?"),
        ("When was her speech?", MAYOR, "When was Imelda Oduwale's speech?"),
        ("What is his salary?", Turn("When did Tomas Reck resign?"), "What is Tomas Reck's salary?"),
        ("what about Oldport?", FERRY, "Where does the ferry to Oldport leave?"),
        ("how much does it cost?", FERRY, "how much does it cost? Where does the ferry to Sandholm leave?"),
        ("and when?", Turn("How much did Reck pay for it?"), "When did Reck pay for it?"),
        ("who else voted?", Turn("Did Reck vote?"), "who else voted? Did Reck vote?"),
        ("und wann?", Turn("Wo tagt der Rat von Kesselau?"), "Wann tagt der Rat von Kesselau?"),
        ("¿y cuándo?", Turn("¿Dónde está la desaladora de Ribamar?"), "Cuándo está la desaladora de Ribamar?"),
    ],
)
def test_a_leaning_question_is_made_whole(question: str, before: Turn, whole: str) -> None:
    lang = "de" if "und" in question else "es" if "¿" in question else "en"
    assert complete(question, lang, before) == whole


@pytest.mark.parametrize(
    ("question", "before", "whole"),
    [
        # whom the question was about, not who happens to speak in the answer
        ("and where was she born?", Turn("Who is Greta Holm?", speaker="Reck"), "where was Greta Holm born?"),
        ("and what did he expect?", Turn("What did Reck say?", speaker="Ivo Kern"), "what did Reck expect?"),
        # who spoke, where the question was about no person
        ("what did he say?", Turn("Was the wall sold in Oldport?", speaker="Ivo Kern"), "what did Ivo Kern say?"),
        # never somebody whom the pronoun does not fit
        ("what did she say?", Turn("What did Reck say?", speaker="Anna Venn"), "what did Anna Venn say?"),
        ("what did he say?", Turn("What did Reck sell?", speaker="Anna Venn"), "what did Reck say?"),
        ("what did he say?", Turn("Did the board sell the wall?", speaker="Anna Venn"), None),
    ],
)
def test_he_and_she_are_the_one_they_can_be(question: str, before: Turn, whole: str | None) -> None:
    assert complete(question, "en", before) == whole


@pytest.mark.parametrize(
    "question",
    [
        "How high is the lighthouse of Cape Rook?",
        "Who won the rye bread prize in Mill Lane?",
        "Which minister said that she would not build the bridge before the next election in spring?",
        "Did Tomas Reck say he would resign?",
        "ferry",
        "",
        "🙂",
    ],
)
def test_a_question_that_stands_alone_is_left_alone(question: str) -> None:
    assert complete(question, "en", MAYOR) is None


@pytest.mark.parametrize("before", ["", "a", "ferry", "Good morning"])
def test_nothing_is_carried_from_what_was_no_question(before: str) -> None:
    assert complete("and when?", "en", Turn(before)) is None
    assert complete("WHY", "en", Turn(before)) is None


@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(["en", "de", "es", "ru", "ar", "zh", "und"]))
def test_it_never_raises(question: str, before: str, lang: str) -> None:
    whole = complete(question, lang, Turn(before))
    assert whole is None or whole.strip()
