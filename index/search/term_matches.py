"""Where the words of a question stand in passages and their headlines: all candidates of one question at once.

Called by `index.search.features`. Pure arithmetic over arrays: rows are candidates, columns are slots, the question's
distinct content terms. It must not know what the shares it counts are worth.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import compress, count, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.question.analysis import Question

PRIOR = 400.0  # the background frequencies weigh as much as an archive of so many passages
APART = 3  # terms: neighbours in the question are neighbours in a passage up to so far

Row = NDArray[np.float64]
Flags = NDArray[np.bool_]


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
class Wanted:
    """The question's content terms as numbered slots: a slot is filled by a term or one of its alternatives.

    `idf` is each slot's rarity; `names`, `numbers`, `rest` and `focus` are sets of slots. `pairs` are the slots of
    neighbours in the question, each pair once.
    """

    slots: dict[str, int]
    idf: Row
    names: Flags
    numbers: Flags
    rest: Flags
    focus: Flags
    pairs: tuple[tuple[int, int], ...]

    def share(self, held: NDArray[Any], only: Flags | None = None) -> Row:
        """The rarity-weighted share of the slots held, by row; of the slots in `only`, 1.0 where there are none."""
        weights = self.idf if only is None else self.idf * only
        total = float(weights.sum())
        return np.asarray(held @ weights / total) if total else np.ones(len(held))


def wanted(question: Question, statistics: Statistics) -> Wanted:
    """Number the distinct content terms of the question and weigh them."""
    slots: dict[str, int] = {}
    idf: list[float] = []
    kinds: list[str] = []
    order: list[int] = []
    focus: set[int] = set()
    rest: set[int] = set()
    for n in question.content_places:
        term = question.terms[n]
        if term.term not in slots:
            slots[term.term] = len(idf)
            idf.append(max(0.1, statistics.idf(term.term, term.idf_background)))
            kinds.append(term.kind)
        order.append(slots[term.term])
        if n in question.focus:
            focus.add(slots[term.term])
        if n not in question.kind_nouns:
            rest.add(slots[term.term])
    for term_text, others in question.alternatives.items():
        if term_text in slots:
            for other in others:
                slots.setdefault(other, slots[term_text])
    return Wanted(
        slots=slots,
        idf=np.array(idf),
        names=np.array([kind == "name" for kind in kinds], dtype=np.bool_),
        numbers=np.array([kind == "number" for kind in kinds], dtype=np.bool_),
        rest=_flags(rest, len(idf)),
        focus=_flags(focus, len(idf)),
        pairs=tuple(dict.fromkeys((min(a, b), max(a, b)) for a, b in pairwise(order) if a != b)),
    )


def _flags(places: Iterable[int], length: int) -> Flags:
    flags = np.zeros(length, dtype=np.bool_)
    flags[list(places)] = True
    return flags


@dataclass(frozen=True, slots=True)
class Places:
    """Where slots are filled, in the order of candidates and of their terms: arrays of one length.

    `row` is the candidate, `at` the position among its terms, `slot` what is filled there.
    """

    row: NDArray[np.int64]
    at: NDArray[np.int64]
    slot: NDArray[np.int64]

    def counts(self, rows: int, slots: int) -> Row:
        """How often each candidate fills each slot: shape (rows, slots)."""
        flat = np.bincount(self.row * slots + self.slot, minlength=rows * slots)
        return flat.reshape(rows, slots).astype(np.float64)


def places(texts: Sequence[Sequence[str]], wanted: Wanted) -> Places:
    """The places of the slots in these runs of terms."""
    rows: list[int] = []
    at: list[int] = []
    slot: list[int] = []
    for row, terms in enumerate(texts):
        found = list(compress(count(), map(wanted.slots.__contains__, terms)))
        rows += [row] * len(found)
        at += found
        slot += [wanted.slots[terms[n]] for n in found]
    return Places(np.array(rows, np.int64), np.array(at, np.int64), np.array(slot, np.int64))


@dataclass(frozen=True, slots=True)
class Stretches:
    """The best stretch of each candidate: the slots it fills (rows, slots), its first term and the last that counts."""

    held: Flags
    first: NDArray[np.int64]
    last: NDArray[np.int64]


def stretches(places: Places, wanted: Wanted, rows: int, width: int) -> Stretches:
    """For each candidate the stretch of `width` terms that fills the most rarity; of equal ones the first."""
    size = len(wanted.idf)
    held = np.zeros((rows, size), dtype=np.bool_)
    first, last = np.zeros(rows, np.int64), np.zeros(rows, np.int64)
    if not len(places.row):
        return Stretches(held, first, last)
    apart = int(places.at.max()) + width + 1  # so that no stretch reaches over into the next candidate
    where = places.row * apart + places.at
    ahead = np.full((len(where), size), np.iinfo(np.int64).max)
    ahead[np.arange(len(where)), places.slot] = where
    ahead = np.minimum.accumulate(ahead[::-1])[::-1]  # where each slot is filled next
    inside = ahead < where[:, None] + width
    worth = np.round(inside @ wanted.idf, 9)
    owners, starts = np.unique(places.row, return_index=True)
    best = np.maximum.reduceat(worth, starts)
    wins = np.flatnonzero(worth == np.repeat(best, np.diff([*starts, len(worth)])))
    chosen = wins[np.searchsorted(wins, starts)]
    held[owners] = inside[chosen]
    first[owners] = places.at[chosen]
    last[owners] = np.where(inside[chosen], ahead[chosen], -1).max(axis=1) - owners * apart
    return Stretches(held, first, last)


def neighbours(places: Places, wanted: Wanted, rows: int) -> Row:
    """The rarity-weighted share of the question's neighbouring terms that stand at most APART apart, by candidate."""
    if not wanted.pairs or len(places.row) < 2:
        return np.zeros(rows)
    size = len(wanted.idf)
    number = np.full((size, size), -1)
    weights = np.zeros(len(wanted.pairs))
    for n, (a, b) in enumerate(wanted.pairs):
        number[a, b] = number[b, a] = n
        weights[n] = wanted.idf[a] + wanted.idf[b]
    near = (places.row[1:] == places.row[:-1]) & (places.at[1:] - places.at[:-1] <= APART)
    pair = np.where(near, number[places.slot[:-1], places.slot[1:]], -1)
    met = np.zeros((rows, len(weights)), dtype=np.bool_)
    met[places.row[:-1][pair >= 0], pair[pair >= 0]] = True
    return np.asarray(met @ weights / weights.sum())
