"""Which one or two sentences of a passage answer the question: those that are emphasised.

Called by `index.answer`. Pure. Coverage of the question's rare terms finds the sentence that speaks of the matter; the
kind of answer asked for, and what is new against the question, tell which neighbour to take with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.novelty import asks_money, new_names, new_numbers, question_words, tells
from index.question import Question

LIMIT = 350  # characters that may be emphasised
_TYPE, _NEW, _MEANING = 0.15, 0.1, 0.5
_SURE_TYPE = 1.0  # money is told from other numbers for certain: a sentence without any does not answer
_ALONE = 0.1  # what a sentence alone must be better by: the fact often stands beside the sentence that leads to it
_APART = 0.2  # what two sentences of two paragraphs must be better by, where words of a speaker are between them
_MARKS = '“”"«»„'
_KIND_NOUN = 0.3  # "which breed": the sentence that answers may well say "bloodhound" alone


@dataclass(frozen=True, slots=True)
class SentenceView:
    """One sentence: its text, its terms (`index.terms.terms`), its cosine with the question where it is known.

    `paragraph` is the number of the one it stands in.
    """

    text: str
    terms: Sequence[str]
    cosine: float | None = None
    paragraph: int = 0


def pinpoint(question: Question, sentences: Sequence[SentenceView]) -> tuple[int, int]:
    """The first and last of the one or two adjacent sentences (both included) that answer best.

    Two are taken only where they fit in LIMIT characters together. Raises ValueError where there is no sentence.
    """
    if not sentences:
        raise ValueError("no sentence to choose from")
    weights = _weights(question)
    words = question_words(question)
    singles = [(n, n) for n in range(len(sentences))]
    pairs = [(n, n + 1) for n in range(len(sentences) - 1) if _fits(sentences, n)]

    def worth(run: tuple[int, int]) -> tuple[float, int]:
        score = _score(question, sentences[run[0] : run[1] + 1], weights, words)
        return score - _ALONE * (run[0] == run[1]) - _APART * _parted(question, sentences, *run), -run[0]

    return max(singles + pairs, key=worth)


def _parted(question: Question, sentences: Sequence[SentenceView], first: int, last: int) -> bool:
    """Whether two sentences are of two paragraphs and more than that parts them: a quotation, or a claim to be met.

    Somebody's words beside another's, or the narrator's, would seem to be of one speaker; and what answers a claim is
    the sentence that tells of it, not what was told before.
    """
    if sentences[first].paragraph == sentences[last].paragraph:
        return False
    return question.is_claim or any(mark in sentences[n].text for n in (first, last) for mark in _MARKS)


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


def _score(
    question: Question, sentences: Sequence[SentenceView], weights: dict[str, float], words: frozenset[str]
) -> float:
    """How well the sentences answer together."""
    held = {term for one in sentences for term in one.terms}
    coverage = sum(
        weight
        for term, weight in weights.items()
        if term in held or not held.isdisjoint(question.alternatives.get(term, ()))
    )
    text = " ".join(one.text for one in sentences)
    known = [one.cosine for one in sentences if one.cosine is not None]
    kind = _SURE_TYPE if asks_money(question) else _TYPE
    new = bool(new_names(text, words) or new_numbers(text, words))
    return coverage + kind * tells(question, text, words) + _NEW * new + _MEANING * (max(known) if known else 0.0)
