"""Where in a passage the answer stands: the one or two sentences that are emphasised, and how sure that is.

Called by `index.answer`. Pure. Coverage of the question's rare terms finds the sentence that speaks of the matter; what
it says beyond the question (a name, a number, something of the kind asked for, what the headline says, too) tells
whether it is the one that answers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp
from typing import NamedTuple

from index.novelty import asks_money, asks_words, counts, new_names, new_numbers, question_words, tells
from index.question import Asks, Question
from index.speech.lexicon import PARTICIPLES, SAYING
from index.terms import terms

LIMIT = 350  # characters that may be emphasised
_MARKS = '“”"«»„'
_WORD = re.compile(r"\w+")
_SPEAKING = SAYING | PARTICIPLES
_PRONOUNS = frozenset({"he", "she", "they", "i", "we"})
_REASONED = frozenset({Asks.WHY, Asks.HOW, Asks.CLAIM})  # what is asked is neither name nor number
_UNNAMED = _REASONED | {Asks.COUNT, Asks.AMOUNT}
_UNNUMBERED = _REASONED | {Asks.WHO, Asks.WHERE}
ABOUT = 2.0  # a headline with half of what is asked is about it
_KIND_NOUN = 0.3  # "which breed": the sentence that answers may well say "bloodhound" alone


class Evidence(NamedTuple):
    """What speaks for a run of sentences, and in WEIGHTS what each of it is worth.

    `cover` is the rarity-weighted share of the question's terms it holds. `kind` says whether it holds something of the
    kind asked for, `money` whether that is money, which is told from other numbers for certain, `counted` whether it is
    a number of what is to be counted, `spoken` whether somebody speaks where words are asked for. `name` and `number`
    are new against the question (where a number or a reason is asked for, no name answers); `headline_name` is a new
    name that the headline holds, too, `headline` the share of the headline's terms it holds that the question does not,
    both as far as the headline speaks of what is asked. `opening` begins with the passage. `alone` is a single
    sentence: the fact often stands beside the one that leads to it. `parted` are two sentences of two paragraphs, not
    of one voice.
    """

    cover: float
    kind: float
    money: float
    counted: float
    spoken: float
    name: float
    number: float
    headline_name: float
    headline: float
    opening: float
    alone: float
    parted: float


WEIGHTS = Evidence(
    cover=3.4,
    kind=2.4,
    money=3.8,
    counted=2.5,
    spoken=2.0,
    name=1.1,
    number=0.5,
    headline_name=1.0,
    headline=3.0,
    opening=0.8,
    alone=-0.6,
    parted=-1.0,
)
"""Log odds. Fitted by `python -m tests.quality.sentences` on news questions, then rounded.

By hand: `parted`, which keeps voices apart, `counted` and `spoken`, as hardly a question of those asks for either.
"""


@dataclass(frozen=True, slots=True)
class SentenceView:
    """One sentence: its text, its terms (`index.terms.terms`), the number of the paragraph it stands in."""

    text: str
    terms: Sequence[str]
    paragraph: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """One or two adjacent sentences, `first` to `last` (both included); `chance` is that the answer stands there."""

    first: int
    last: int
    chance: float


def pinpoint(question: Question, sentences: Sequence[SentenceView], headline: str = "") -> tuple[Place, ...]:
    """Every sentence and every two neighbours that fit in LIMIT characters together, the likeliest to answer first.

    Their chances add up to 1. `headline` is that of the article. Raises ValueError where there is no sentence.
    """
    if not sentences:
        raise ValueError("no sentence to choose from")
    runs = [(n, n) for n in range(len(sentences))]
    runs += [(n, n + 1) for n in range(len(sentences) - 1) if _fits(sentences, n)]
    found = evidence(question, sentences, headline, runs)
    odds = [sum(weight * told for weight, told in zip(WEIGHTS, one, strict=True)) for one in found]
    best = max(odds)
    shares = [exp(one - best) for one in odds]
    places = [Place(*run, share / sum(shares)) for run, share in zip(runs, shares, strict=True)]
    return tuple(sorted(places, key=lambda place: (-place.chance, place.first, place.last)))


def evidence(
    question: Question, sentences: Sequence[SentenceView], headline: str, runs: Sequence[tuple[int, int]]
) -> list[Evidence]:
    """What speaks for each of `runs`, the first and last of neighbouring sentences."""
    weights, words = _weights(question), question_words(question)
    money, words_asked = asks_money(question), asks_words(question)
    said_above = _untold(question, headline)
    above = set(terms(headline, question.lang))
    about = min(1.0, ABOUT * sum(weight for term, weight in weights.items() if _holds(question, above, term)))
    names_above = new_names(f"- {headline}", words)  # so that the first word counts as a name, too

    def of(first: int, last: int) -> Evidence:
        inside = sentences[first : last + 1]
        held = {term for one in inside for term in one.terms}
        text = " ".join(one.text for one in inside)
        names, kind = new_names(text, words), tells(question, text, words)
        return Evidence(
            cover=sum(weight for term, weight in weights.items() if _holds(question, held, term)),
            kind=kind,
            money=kind and money,
            counted=any(counts(question, one.terms) for one in inside),
            spoken=words_asked and any(_speaks(question, one) for one in inside),
            name=bool(names) and question.asks not in _UNNAMED,
            number=question.asks not in _UNNUMBERED and bool(new_numbers(text, words)),
            headline_name=about * (not names.isdisjoint(names_above)),
            headline=about * len(said_above & held) / max(1, len(said_above)),
            opening=first == 0,
            alone=first == last,
            parted=_parted(question, sentences, first, last),
        )

    return [of(*run) for run in runs]


def _untold(question: Question, headline: str) -> set[str]:
    """The terms of the headline that are not the question's, however these are spelt."""
    asked = {term.term for term in question.content}
    return set(terms(headline, question.lang)) - asked.union(*question.alternatives.values())


def _speaks(question: Question, sentence: SentenceView) -> bool:
    """Whether the one whose words are asked for speaks there, by name or as "he": quoted, or with a verb of saying."""
    words = frozenset(_WORD.findall(sentence.text.casefold()))
    if _SPEAKING.isdisjoint(words) and not any(mark in sentence.text for mark in _MARKS):
        return False
    names = {term.term for term in question.content if term.kind == "name"}
    return (
        not names or not _PRONOUNS.isdisjoint(words) or any(_holds(question, set(sentence.terms), one) for one in names)
    )


def _parted(question: Question, sentences: Sequence[SentenceView], first: int, last: int) -> float:
    """How much parts two sentences of two paragraphs: a quotation, above all where somebody's words are asked for.

    Somebody's words beside another's, or the narrator's, would seem to be of one speaker; and what answers a claim is
    the sentence that tells of it, not what was told before.
    """
    if sentences[first].paragraph == sentences[last].paragraph:
        return 0.0
    if question.is_claim:
        return 3.0
    quoted = any(mark in sentences[n].text for n in (first, last) for mark in _MARKS)
    return quoted * (3.0 if asks_words(question) else 1.0)


def _fits(sentences: Sequence[SentenceView], first: int) -> bool:
    """Whether a sentence and the next one may be emphasised together; 2 for the gap between them."""
    return len(sentences[first].text) + len(sentences[first + 1].text) + 2 <= LIMIT


def _weights(question: Question) -> dict[str, float]:
    """What each term, or spelling that counts as it, is worth: its rarity as a share of the question's."""
    worth: dict[str, float] = {}
    for n, term in enumerate(question.terms):
        if term in question.content:
            share = _KIND_NOUN if n in question.kind_nouns else 1.0
            worth[term.term] = max(worth.get(term.term, 0.0), share * max(0.3, term.idf_background))
    total = sum(worth.values()) or 1.0
    return {term: weight / total for term, weight in worth.items()}


def _holds(question: Question, held: set[str], term: str) -> bool:
    """Whether a text with the terms `held` holds `term` or a spelling that counts as it."""
    return term in held or not held.isdisjoint(question.alternatives.get(term, ()))
