"""Evidence that a passage answers a question, as numbers that mean the same in every archive.

Called by `index.rank` and by the training script. Pure. It must not know how the evidence is weighed, and it never
describes a question alone: every number is about a question AND a passage (or its article).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.datatypes import Label, PartialDate
from index.question import Asks, Question, word_set

WINDOW = 40  # terms: about two sentences
PRIOR = 400.0  # the background frequencies weigh as much as an archive of so many passages
_NUMBER = re.compile(r"\d[\d.,:]*")
_NUMBER_WORDS = word_set(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion "
    "trillion dozen half twice double triple"
)
_DATE_WORDS = word_set(
    "january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday spring summer autumn fall winter today yesterday tomorrow"
)
_WORD = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may answer, with the raw scores of the two legs.

    `terms` and `title_terms` come from `index.terms.terms`. `bm25` is positive, larger is better, 0 where the text leg
    did not find it. `cosine` is None where the vector leg does not count. `start` and `length` place the passage in
    its article's text (code points).
    """

    passage_id: int
    article_id: int
    label: Label
    text: str
    title: str
    terms: Sequence[str]
    title_terms: Sequence[str]
    bm25: float
    cosine: float | None
    published: PartialDate | None = None
    opinion: bool = False
    start: int = 0


@dataclass(frozen=True, slots=True)
class Statistics:
    """How common terms are in the archive: its number of passages, and how many hold a given term."""

    passages: int
    frequency: Callable[[str], int]

    def idf(self, term: str, background: float) -> float:
        """Rarity of `term` in nats, blended with its `background` rarity so that one article is archive enough."""
        expected = PRIOR * math.exp(-background)
        return -math.log((self.frequency(term) + expected + 0.01) / (self.passages + PRIOR + 0.01))


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The question's content terms as numbered slots: a slot is filled by a term or one of its alternatives."""

    slots: dict[str, int]
    idf: NDArray[np.float64]
    names: NDArray[np.bool_]
    numbers: NDArray[np.bool_]
    pairs: tuple[tuple[int, int], ...]
    surfaces: frozenset[str]


FEATURES = (
    "cover",  # rarity-weighted share of the question's terms that the passage holds
    "cover_title",  # ... that passage or headline hold
    "window",  # ... that its best stretch of WINDOW terms holds
    "window_title",  # ... that this stretch or the headline hold
    "weight",  # the same with repeated terms counted, saturating
    "names",  # the share of its names that passage or headline hold
    "numbers",
    "missing",  # rarity of the rarest term that neither passage nor headline hold
    "pairs",  # share of neighbouring terms that are neighbours there too
    "title",  # share of the question's terms that the headline holds
    "article",  # ... that all candidate passages of its article hold together
    "type",  # something of the kind asked for, not in the question, stands near the best stretch
    "novel",  # how many new names stand near the best stretch, saturating
    "early",  # how near to the article's start
    "dated",  # published in the time that the question names
    "week",  # youth at three scales, counted from as_of or the newest article
    "month",
    "year",
    "credit",  # a caption or credit line, unless the question asks for one
    "opinion",
    "bm25_share",  # relative to the best candidate: these order, they never decide
    "cosine",
    "cosine_gap",
)
ABSOLUTE = tuple(name for name in FEATURES if name not in ("bm25_share", "cosine_gap", "week", "month", "year"))


def features(
    question: Question,
    candidates: Sequence[Candidate],
    *,
    as_of: date | None,
    newest: date | None,
    statistics: Statistics,
) -> NDArray[np.float64]:
    """The evidence of each candidate: shape (candidates, FEATURES). Where cosines are None both columns are 0."""
    table = np.zeros((len(candidates), len(FEATURES)))
    if not candidates:
        return table
    wanted = _wanted(question, statistics)
    together = _by_article(candidates, wanted)
    today = min((day for day in (as_of, newest) if day is not None), default=None)
    for row, candidate in enumerate(candidates):
        values = _text_evidence(question, candidate, wanted)
        values["article"] = _share(wanted, together[candidate.article_id])
        values |= _date_evidence(question, candidate, today)
        values["credit"] = float(candidate.label is not Label.PROSE and not question.wants_credit)
        values["opinion"] = float(candidate.opinion)
        table[row] = [values.get(name, 0.0) for name in FEATURES]
    _relative(table, candidates)
    return table


def _wanted(question: Question, statistics: Statistics) -> _Wanted:
    """Number the distinct content terms of the question and weigh them."""
    slots: dict[str, int] = {}
    idf: list[float] = []
    kinds: list[str] = []
    order: list[int] = []
    for term in question.content:
        if term.term not in slots:
            slots[term.term] = len(idf)
            idf.append(max(0.1, statistics.idf(term.term, term.idf_background)))
            kinds.append(term.kind)
        order.append(slots[term.term])
    for term_text, others in question.alternatives.items():
        for other in others:
            if term_text in slots:
                slots.setdefault(other, slots[term_text])
    return _Wanted(
        slots=slots,
        idf=np.array(idf),
        names=np.array([kind == "name" for kind in kinds], dtype=bool),
        numbers=np.array([kind == "number" for kind in kinds], dtype=bool),
        pairs=tuple({pair for pair in pairwise(order) if pair[0] != pair[1]}),
        surfaces=frozenset(word.casefold() for term in question.terms for word in _WORD.findall(term.surface)),
    )


def _share(wanted: _Wanted, found: Iterable[int], only: NDArray[np.bool_] | None = None) -> float:
    """The rarity-weighted share of the slots in `found`; of the slots in `only`, 1.0 where there are none."""
    weights = wanted.idf if only is None else np.where(only, wanted.idf, 0.0)
    total = float(weights.sum())
    return float(weights[list(found)].sum()) / total if total else 1.0


def _by_article(candidates: Sequence[Candidate], wanted: _Wanted) -> dict[int, set[int]]:
    """The slots that the candidate passages and the headline of each article fill together."""
    together: dict[int, set[int]] = {}
    for candidate in candidates:
        found = together.setdefault(candidate.article_id, _filled(candidate.title_terms, wanted))
        found |= _filled(candidate.terms, wanted)
    return together


def _filled(terms: Sequence[str], wanted: _Wanted) -> set[int]:
    """The slots that `terms` fill."""
    return {slot for slot in map(wanted.slots.get, terms) if slot is not None}


def _text_evidence(question: Question, candidate: Candidate, wanted: _Wanted) -> dict[str, float]:
    """What the words of passage and headline say."""
    places = [(at, slot) for at, slot in enumerate(map(wanted.slots.get, candidate.terms)) if slot is not None]
    found = {slot for _, slot in places}
    title = _filled(candidate.title_terms, wanted)
    both = found | title
    first, last, window = _best_window(places, wanted.idf)
    near = _stretch(candidate, first, last)
    uncovered = [wanted.idf[slot] for slot in range(len(wanted.idf)) if slot not in both]
    return {
        "cover": _share(wanted, found),
        "cover_title": _share(wanted, both),
        "window": _share(wanted, window),
        "window_title": _share(wanted, window | title),
        "weight": _saturated(places, wanted),
        "names": _share(wanted, both & set(np.flatnonzero(wanted.names)), wanted.names),
        "numbers": _share(wanted, both & set(np.flatnonzero(wanted.numbers)), wanted.numbers),
        "missing": max(uncovered, default=0.0) / 10.0,
        "pairs": _neighbours(places, wanted),
        "title": _share(wanted, title),
        "type": float(offers(question.asks, near, wanted.surfaces)),
        "novel": 1.0 - 0.6 ** len(new_names(near, wanted.surfaces)),
        "early": math.exp(-candidate.start / 1500.0),
    }


def _best_window(places: Sequence[tuple[int, int]], idf: NDArray[np.float64]) -> tuple[int, int, set[int]]:
    """First and last position and the slots of the stretch of WINDOW terms that fills the most rarity."""
    best: tuple[float, int, int, set[int]] = (0.0, 0, 0, set())
    for n, (start, _) in enumerate(places):
        inside: set[int] = set()
        last = start
        for at, slot in places[n:]:
            if at >= start + WINDOW:
                break
            if slot not in inside:
                inside.add(slot)
                last = at
        value = float(sum(idf[slot] for slot in inside))
        if value > best[0] + 1e-9:
            best = (value, start, last, inside)
    return best[1:]


def _stretch(candidate: Candidate, first: int, last: int) -> str:
    """The text around terms `first` to `last`, by proportion: terms and letters run in step closely enough."""
    scale = len(candidate.text) / max(1, len(candidate.terms))
    return candidate.text[max(0, int((first - 12) * scale)) : int((last + 13) * scale)]


def _saturated(places: Sequence[tuple[int, int]], wanted: _Wanted) -> float:
    """Coverage in which a term counts the more the oftener it stands there, as BM25 has it, without length."""
    counts = np.zeros(len(wanted.idf))
    for _, slot in places:
        counts[slot] += 1
    return float((wanted.idf * counts / (counts + 0.9)).sum() / wanted.idf.sum())


def _neighbours(places: Sequence[tuple[int, int]], wanted: _Wanted) -> float:
    """The rarity-weighted share of the question's neighbouring terms that stand at most three apart."""
    if not wanted.pairs:
        return 0.0
    near = {(a, b) for (at, a), (then, b) in pairwise(places) if a != b and then - at <= 3}
    weights = {pair: wanted.idf[pair[0]] + wanted.idf[pair[1]] for pair in wanted.pairs}
    return float(sum(w for (a, b), w in weights.items() if (a, b) in near or (b, a) in near) / sum(weights.values()))


def _date_evidence(question: Question, candidate: Candidate, today: date | None) -> dict[str, float]:
    """Youth counted from `today`, and whether the article is of the time asked about."""
    published = candidate.published
    if published is None or today is None:
        return {}
    age = max(0, (today - min(published.latest, today)).days)
    return {
        "week": math.exp(-age / 7),
        "month": math.exp(-age / 30),
        "year": math.exp(-age / 365),
        "dated": 0.0,
    }


def _relative(table: NDArray[np.float64], candidates: Sequence[Candidate]) -> None:
    """Fill the columns that compare candidates with the best of them."""
    column = {name: n for n, name in enumerate(FEATURES)}
    bm25 = np.array([candidate.bm25 for candidate in candidates])
    table[:, column["bm25_share"]] = bm25 / max(float(bm25.max()), 1e-9)
    known = [candidate.cosine for candidate in candidates if candidate.cosine is not None]
    if not known:
        return
    cosines = np.array([0.0 if c.cosine is None else c.cosine for c in candidates])
    table[:, column["cosine"]] = cosines
    table[:, column["cosine_gap"]] = cosines - max(known)


def new_names(text: str, known: frozenset[str]) -> set[str]:
    """The capitalised words of `text` that start no sentence and stand not in `known` (folded words)."""
    found: set[str] = set()
    for match in _WORD.finditer(text):
        word = match.group()
        before = text[max(0, match.start() - 2) : match.start()].rstrip()
        if word[0].isupper() and match.start() > 0 and before[-1:] not in set('.?!:“"') | {""}:
            folded = word.casefold().removesuffix("'s").removesuffix("’s")
            if folded not in known:
                found.add(folded)
    return found


def new_numbers(text: str, known: frozenset[str]) -> set[str]:
    """The figures and number words of `text` that stand not in `known` (folded words)."""
    figures = {match.group().rstrip(".,:") for match in _NUMBER.finditer(text)}
    words = {match.group().casefold() for match in _WORD.finditer(text)} & _NUMBER_WORDS
    return {number for number in figures | words if number not in known}


def offers(asks: Asks, text: str, known: frozenset[str]) -> bool:
    """Whether `text` holds something of the kind asked for that the question does not already say."""
    match asks:
        case Asks.COUNT | Asks.AMOUNT:
            return bool(new_numbers(text, known))
        case Asks.WHEN:
            dates = {match.group().casefold() for match in _WORD.finditer(text)} & _DATE_WORDS
            return bool(dates - known) or bool(new_numbers(text, known))
        case Asks.WHO | Asks.WHERE:
            return bool(new_names(text, known))
        case _:
            return True
