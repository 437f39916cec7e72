"""A newer article of the same story is told from one that only shares a word."""

from __future__ import annotations

from index.answer.related import Telling, likeness, newer
from index.datatypes import ArticleCard, DateOrigin, PartialDate


def telling(id_: int, published: str | None, title: str, passage: str, confidence: float = 0.8) -> Telling:
    day = PartialDate(published) if published else None
    card = ArticleCard(id_, title, "Mail", None, (), (), day, DateOrigin.FIELD, None, None)
    return Telling(card, confidence, title.split(), passage.split())


def idf(term: str) -> float:
    return 0.1 if term in {"the", "of", "in"} else 3.0


FIRST = telling(1, "2026-01-05", "flood kill three in harbour", "three people die when the flood reach harbour street")
LATER = telling(2, "2026-01-09", "flood toll rise to seven", "seven people die in the flood in harbour street")
OTHER = telling(3, "2026-02-01", "bakery win prize in harbour", "the bakery bake bread and win prize")


def test_a_later_article_of_the_story_is_found() -> None:
    assert [card.id for card in newer(FIRST, [FIRST, LATER, OTHER], idf)] == [2]


def test_nothing_is_newer_than_the_newest_or_than_an_undated_article() -> None:
    assert newer(LATER, [FIRST, LATER, OTHER], idf) == ()
    assert newer(telling(4, None, "flood kill three", "flood"), [FIRST, LATER], idf) == ()


def test_a_date_that_may_be_earlier_is_not_newer() -> None:
    vague = telling(5, "2026", "flood toll rise to seven", "seven people die in the flood in harbour street")
    assert newer(FIRST, [vague], idf) == ()


def test_what_answers_worse_must_be_more_alike() -> None:
    weak = telling(2, "2026-01-09", "flood toll rise to seven", "seven people die in the flood", confidence=0.1)
    assert newer(FIRST, [LATER], idf) and not newer(FIRST, [weak], idf)


def test_the_newest_comes_first() -> None:
    last = telling(6, "2026-03-01", "flood toll rise again", "eight people die in the flood in harbour street")
    assert [card.id for card in newer(FIRST, [LATER, last], idf)] == [6, 2]


def test_likeness_is_one_with_itself_and_nothing_with_a_stranger() -> None:
    assert likeness(FIRST, FIRST, idf) > 0.99
    assert likeness(FIRST, telling(9, "2026-01-01", "xylophone", "quartet"), idf) == 0.0
