"""British and American spellings of one word find each other, and no other word."""

from __future__ import annotations

import pytest

from index.language.british import other_spellings
from index.language.terms import question_terms, terms
from index.language.vocabulary import Vocabulary
from index.question.spelling_variants import alternatives

PAIRS = """
apologise/apologize apologised/apologized organisation/organization harbour/harbor labour/labor neighbours/neighbors
centre/center theatres/theaters defence/defense licences/licenses analyse/analyze travelled/traveled programme/program
cancelling/canceling catalogue/catalog kilometres/kilometers neighbourhood/neighborhood favourite/favorite
""".split()  # noqa: SIM905


@pytest.mark.parametrize("pair", PAIRS)
def test_each_finds_the_other(pair: str) -> None:
    british, american = pair.split("/")
    assert american in other_spellings(british)
    assert british in other_spellings(american)


@pytest.mark.parametrize("word", ["prise", "prize", "hour", "four", "killed", "filling", "filing"])
def test_a_word_of_its_own_is_left_alone(word: str) -> None:
    assert other_spellings(word) == ()


def test_only_what_the_archive_holds_is_searched_and_nobody_is_told() -> None:
    vocabulary = Vocabulary((term, word, 3) for word in ("apologized", "harbour") for term in terms(word, "en"))
    found = alternatives(question_terms("Did the harbor master apologise to the centre?", "en"), vocabulary, "en")
    assert [(one.asked, one.found, one.reason) for one in found] == [
        ("harbor", "harbour", "expansion"),
        ("apologise", "apologize", "expansion"),
    ]
    assert alternatives(question_terms("harbor master", "de"), vocabulary, "de") == []
