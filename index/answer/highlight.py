"""Where in a passage the answer stands: the one or two sentences that are emphasised, and how sure that is.

Called by `index.answer.citation`. Pure. Coverage of the question's rare terms finds the sentence that speaks of the
matter; what it says beyond the question (a name, a number, something of the kind asked for, what the headline says,
too) tells whether it is the one that answers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp
from typing import NamedTuple

from index.language.packs.pack import Asks
from index.language.stopwords import stopwords
from index.language.terms import terms
from index.question.analysis import Question
from index.question.answer_type import (
    asks_money,
    new_names,
    new_numbers,
    numbers_counted,
    question_words,
    tells,
    whose_words,
)
from index.speech.lexicon import PARTICIPLES, SAYING

LIMIT = 350  # characters that may be emphasised
_MARKS = '“”"«»„'
_WORD = re.compile(r"\w+")
_SPEAKING = SAYING | PARTICIPLES
_PRONOUNS = frozenset(["he", "she", "they", "er", "sie", "él", "ella", "il", "elle", "он", "она", "они"])
_PASSIVE = frozenset(["is", "are", "was", "were", "been", "being"])
BESIDE = 3  # words between a verb of saying and who says it
_REASONED = frozenset({Asks.WHY, Asks.HOW, Asks.CLAIM})  # what is asked is neither name nor number
_UNNAMED = _REASONED | {Asks.COUNT, Asks.AMOUNT}
_UNNUMBERED = _REASONED | {Asks.WHO, Asks.WHERE}
BEYOND = 5.0  # a headline that lacks a fifth of what the passage holds of the question is about something else
_KIND_NOUN = 0.3  # "which breed": the sentence that answers may well say "bloodhound" alone


class Evidence(NamedTuple):
    """What speaks for a run of sentences, and in WEIGHTS what each of it is worth.

    `cover` is the rarity-weighted share of the question's terms it holds. `kind` says whether it holds something of the
    kind asked for, `money` whether that is money, which is never mistaken for another number, `counted` whether it is
    a number of what is to be counted, `spoken` whether the one speaks whose words are asked for. `name` and `number`
    are new against the question; no name answers a question for a number or a reason, no number one for a name.
    `headline_name` is a new name that the headline holds, too, `headline` the share of the headline's words it holds
    that the question does not: both as far as the headline is about what is asked. `opening` begins with the passage.
    `asking` ends on a question. `alone` is a single sentence: the fact often stands next to the one that leads to it.
    `parted` are two sentences of two paragraphs one of which is quoted, or that a claim would join; `voices` are such
    two where it matters who speaks: somebody's words are asked for, or a claim. Each is 0 or 1, or a share.
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
    asking: float
    alone: float
    parted: float
    voices: float


WEIGHTS = Evidence(
    cover=3.6,
    kind=2.2,
    money=3.8,
    counted=2.5,
    spoken=2.0,
    name=1.2,
    number=0.5,
    headline_name=0.8,
    headline=2.0,
    opening=0.8,
    asking=-1.5,
    alone=-0.6,
    parted=-0.7,
    voices=-1.4,
)
"""Log odds. Fitted by `python -m tests.quality.sentences` on news questions, then rounded.

By hand: `parted` and `voices`, which keep voices apart, and what is too rare among those questions: `counted`,
`spoken`, `asking`.
"""


@dataclass(frozen=True, slots=True)
class SentenceView:
    """One sentence: its text, its terms (`index.language.terms.terms`), the number of the paragraph it stands in."""

    text: str
    terms: Sequence[str]
    paragraph: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """One or two adjacent sentences, `first` to `last` (both included), and their share of the chances of all."""

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
    odds = [sum(weight * value for weight, value in zip(WEIGHTS, one, strict=True)) for one in found]
    best = max(odds)
    shares = [exp(one - best) for one in odds]
    places = [Place(*run, share / sum(shares)) for run, share in zip(runs, shares, strict=True)]
    return tuple(sorted(places, key=lambda place: (-place.chance, place.first, place.last)))


def evidence(
    question: Question, sentences: Sequence[SentenceView], headline: str, runs: Sequence[tuple[int, int]]
) -> list[Evidence]:
    """What speaks for each of `runs`, the first and last of neighbouring sentences."""
    weights, words = _weights(question), question_words(question)
    money, whose = asks_money(question), whose_words(question)
    above = _Headline.of(question, headline, sentences, weights, words)

    def parted(first: int, last: int) -> bool:
        return _in_two_paragraphs(sentences, first, last) and (
            question.is_claim or any(_is_quoted(sentences[n]) for n in (first, last))
        )

    def of(first: int, last: int) -> Evidence:
        inside = sentences[first : last + 1]
        held = {term for one in inside for term in one.terms}
        text = " ".join(one.text for one in inside)
        names = new_names(text, words) | (above.names & {_opens_with(one) for one in inside})
        kind = tells(question, text, words)
        return Evidence(
            cover=sum(weight for term, weight in weights.items() if _holds(question, held, term)),
            kind=kind,
            money=kind and money,
            counted=any(numbers_counted(question, one.terms) for one in inside),
            spoken=whose is not None and any(_speaks(whose, one) for one in inside),
            name=bool(names) and question.asks not in _UNNAMED,
            number=question.asks not in _UNNUMBERED and bool(new_numbers(text, words, question.lang)),
            headline_name=above.about * (not names.isdisjoint(above.names)),
            headline=above.about * len(above.said & held) / max(1, len(above.said)),
            opening=first == 0,
            asking=sentences[last].text.rstrip('”»" ').endswith("?"),
            alone=first == last,
            parted=parted(first, last),
            voices=parted(first, last) and (question.is_claim or whose is not None),
        )

    return [of(*run) for run in runs]


@dataclass(frozen=True, slots=True)
class _Headline:
    """What a headline says beyond the question: its words, its names; how far it is `about` what is asked."""

    said: frozenset[str]
    names: frozenset[str]
    about: float

    @classmethod
    def of(
        cls,
        question: Question,
        headline: str,
        sentences: Sequence[SentenceView],
        weights: dict[str, float],
        words: frozenset[str],
    ) -> _Headline:
        """A headline that lacks what the passage has of the question is about another side of the story."""
        above = set(terms(headline, question.lang))
        below = {term for one in sentences for term in one.terms}
        lacking = sum(
            weight
            for term, weight in weights.items()
            if _holds(question, below, term) and not _holds(question, above, term)
        )
        asked = {term.term for term in question.content}
        small = {term for word in stopwords(question.lang) for term in terms(word, question.lang)}
        return cls(
            said=frozenset(above - asked.union(*question.alternatives.values()) - small),
            names=frozenset(new_names(f"- {headline}", words)),  # so that the first word counts as a name, too
            about=max(0.0, 1.0 - BEYOND * lacking),
        )


def _opens_with(sentence: SentenceView) -> str:
    """The first word, folded: no capital tells whether it is a name."""
    match = _WORD.search(sentence.text)
    return match.group().casefold() if match else ""


def _speaks(whose: frozenset[str], sentence: SentenceView) -> bool:
    """Whether one of these words, or a pronoun, stands next to a verb of saying, as who says it."""
    words = _WORD.findall(sentence.text.casefold())
    wanted, quoted = whose | _PRONOUNS, _is_quoted(sentence)
    for place, word in enumerate(words):
        if word not in _SPEAKING or (place and words[place - 1] in _PASSIVE):
            continue
        behind = words[place + 1 : place + 1 + BESIDE] if quoted else []  # "...," said Holm
        if not wanted.isdisjoint(words[max(0, place - BESIDE) : place] + behind):
            return True
    return False


def _in_two_paragraphs(sentences: Sequence[SentenceView], first: int, last: int) -> bool:
    return sentences[first].paragraph != sentences[last].paragraph


def _is_quoted(sentence: SentenceView) -> bool:
    return any(mark in sentence.text for mark in _MARKS)


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
