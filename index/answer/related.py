"""Which newer articles tell the same story as a quoted one: announced with the quote, without a word on what changed.

Called by `index/answer/ask.py`. Pure: it compares search terms. Two articles tell one story when their headlines share
what is rare in them and the passages found for the question speak of the same things.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index.datatypes import ArticleCard

# By eye on follow-ups in the sample archive and in real news: what answers the same question nearly as well need be
# less alike than what only happened to be found with it.
ALIKE = 0.22
SURELY_ALIKE = 0.45
NEARLY_AS_WELL = 0.7


@dataclass(frozen=True, slots=True)
class Telling:
    """An article by the passage that was found: how well that answers, the terms of its headline and of the passage."""

    card: ArticleCard
    confidence: float
    title: Sequence[str]
    passage: Sequence[str]


def newer(quoted: Telling, others: Sequence[Telling], idf: Callable[[str], float]) -> tuple[ArticleCard, ...]:
    """Those of `others` that are surely later than the quoted article and tell its story, the newest first.

    `idf` is the rarity of a term in the archive, in nats.
    """
    if quoted.card.published is None:
        return ()
    day = quoted.card.published.latest
    later = [one for one in others if one.card.published is not None and one.card.published.earliest > day]
    found = [one.card for one in later if likeness(quoted, one, idf) >= _wanted(quoted, one)]
    return tuple(sorted(found, key=lambda card: (str(card.published), card.id), reverse=True))


def _wanted(quoted: Telling, other: Telling) -> float:
    return ALIKE if other.confidence >= NEARLY_AS_WELL * quoted.confidence else SURELY_ALIKE


def likeness(one: Telling, other: Telling, idf: Callable[[str], float]) -> float:
    """0..1: the mean of how much the headlines share (of the poorer one) and of the passages' TF-IDF cosine."""
    return 0.5 * _shared(set(one.title), set(other.title), idf) + 0.5 * _cosine(one.passage, other.passage, idf)


def _shared(one: set[str], other: set[str], idf: Callable[[str], float]) -> float:
    least = min(sum(map(idf, one)), sum(map(idf, other)))
    return sum(map(idf, one & other)) / least if least else 0.0


def _cosine(one: Sequence[str], other: Sequence[str], idf: Callable[[str], float]) -> float:
    a, b = _weighed(one, idf), _weighed(other, idf)
    return sum(weight * b.get(term, 0.0) for term, weight in a.items())


def _weighed(terms: Sequence[str], idf: Callable[[str], float]) -> dict[str, float]:
    weights = {term: (1.0 + math.log(times)) * idf(term) for term, times in Counter(terms).items()}
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {term: weight / length for term, weight in weights.items()} if length else {}
