"""The lines under a quote say what kind of piece it is, when a live entry was written, what the outlet corrected."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.messages.attribution import correction_line, entry_line, source_line
from bot.messages.catalogue import catalogue
from index.datatypes import ArticleCard, ArticleLabel, Citation, DateOrigin, Label, PartialDate, Span, Withheld

ENGLISH = catalogue("en")
NOTE = "Correction: An earlier version gave another year."


def card(**values: object) -> ArticleCard:
    day = PartialDate("2024-06-11")
    return ArticleCard(1, "Ferry stops", "The Mail", None, (), (), day, DateOrigin.MARKUP, None, None, **values)  # type: ignore[arg-type]


def citation(**values: object) -> Citation:
    return Citation(card(), 1, Span(0, 4), "", "Words", None, Label.PROSE, None, Span(0, 4), "", 1.0, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("label", "words"),
    [(ArticleLabel.SATIRE, "Satire"), (ArticleLabel.LIVE, "Live report"), (ArticleLabel.SPONSORED, "Sponsored")],
)
def test_the_kind_stands_in_the_first_line(label, words):
    one = ArticleCard(1, "T", "The Mail", None, (), (), PartialDate("2024"), DateOrigin.FIELD, label, None)
    assert source_line(one, ENGLISH) == f"The Mail · 2024 · {words}"


def test_a_retracted_article_is_shown_as_one():
    assert source_line(card(retracted=True), ENGLISH).endswith(" · Retracted by the outlet")


def test_an_entry_shows_the_time_of_its_outlet():
    moment = datetime.fromisoformat("2024-06-11T14:32:00+02:00")
    assert entry_line(citation(moment=moment), ENGLISH) == "Entry of 11 Jun 2024, 14:32 +0200"
    assert entry_line(citation(), ENGLISH) == ""


def test_a_correction_is_quoted_but_not_where_words_are_withheld_or_it_is_the_quote():
    assert NOTE in correction_line(citation(correction=NOTE), ENGLISH)
    assert correction_line(citation(correction=NOTE, withheld=Withheld.LINK_ONLY), ENGLISH) == ""
    assert correction_line(citation(correction="Words"), ENGLISH) == ""
