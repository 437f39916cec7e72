"""Outcomes -> figures: shares, ranks, curves over floors, the floor that keeps a share of the answerable.

Called by the evaluation, the calibration and the quality gate. Pure arithmetic over `index.quality.judge.Outcome`.
Shares are 0..1; a figure that has nothing to be measured on is left out, never zero.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from index.quality.judge import Kind, Outcome

KEEP = 0.9
RANKS = (1, 3, 5, 10)
DECLINABLE = (Kind.NEAR_MISS, Kind.ABSENT)


@dataclass(frozen=True, slots=True)
class Point:
    """What a floor would do. `answered` is the share of all questions, `kept` that of the answerable.

    `right` is the share of the answered whose first quote answers (1.0 where none is answered); `declined` the share
    of each kind that should be declined and is.
    """

    floor: float
    answered: float
    kept: float
    right: float
    declined: Mapping[Kind, float]


def figures(outcomes: Sequence[Outcome], keep: float = KEEP) -> dict[str, float]:
    """Every figure by name; `exactness` is not among them: it is found while asking."""
    asked = _of(outcomes, Kind.ANSWERABLE)
    found: dict[str, float] = {}
    if asked:
        found |= {f"hit@{k}": share((one.passage_rank or 99) <= k for one in asked) for k in RANKS}
        found["mrr@10"] = sum(
            1 / one.passage_rank for one in asked if one.passage_rank and one.passage_rank <= 10
        ) / len(asked)
        found |= {f"quote@{k}": share((one.quote_rank or 99) <= k for one in asked) for k in (1, 3)}
        found["answer_in_highlight"] = share(one.highlighted for one in asked)
        found["answered_of_answerable"] = share(one.answered for one in asked)
    spoken = [one.speaker for one in outcomes if one.speaker is not None]
    if spoken:
        found["speaker"] = share(spoken)
    answered = [one for one in outcomes if one.answered]
    if answered:
        found["right_of_answered"] = share(one.right for one in answered)
    for kind in DECLINABLE:
        found |= _declining(asked, _of(outcomes, kind), kind, keep)
    return found


def _declining(asked: Sequence[Outcome], others: Sequence[Outcome], kind: Kind, keep: float) -> dict[str, float]:
    """How well one kind of question that should be declined is separated from the answerable."""
    if not others:
        return {}
    found = {f"{kind}_declined": share(not one.answered for one in others)}
    if asked:
        positive, negative = _confidences(asked), _confidences(others)
        floor = floor_keeping(positive, keep)
        found[f"{kind}_auroc"] = auroc(positive, negative)
        found[f"{kind}_declined_at_{round(100 * keep)}"] = share(value < floor for value in negative)
    return found


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """The chance that a random positive value exceeds a random negative one, ties counting half. Neither is empty."""
    below = sorted(negative)
    wins = sum(bisect_left(below, value) + below.count(value) / 2 for value in positive)
    return wins / (len(positive) * len(below))


def floor_keeping(confidences: Sequence[float], keep: float = KEEP) -> float:
    """The highest floor that at least the share `keep` (0..1] of the confidences reaches. ValueError where none."""
    if not confidences or not 0 < keep <= 1:
        raise ValueError("a floor needs confidences and a share between 0 and 1 to keep")
    lost = math.floor((1 - keep) * len(confidences) + 1e-9)  # 1 - 0.9 is a little less than a tenth
    return sorted(confidences)[lost]


def point(outcomes: Sequence[Outcome], floor: float) -> Point:
    """What `floor` would do to these questions. At least one is needed."""
    answered = [one for one in outcomes if one.confidence >= floor]
    right = [one for one in answered if one.kind is Kind.ANSWERABLE and one.quote_rank == 1]
    asked = _of(outcomes, Kind.ANSWERABLE)
    return Point(
        floor=floor,
        answered=len(answered) / len(outcomes),
        kept=share(one.confidence >= floor for one in asked),
        right=len(right) / len(answered) if answered else 1.0,
        declined={
            kind: share(one.confidence < floor for one in others)
            for kind in DECLINABLE
            if (others := _of(outcomes, kind))
        },
    )


def curve(outcomes: Sequence[Outcome]) -> list[Point]:
    """Precision against coverage: a point for every floor that makes a difference, from the strictest on."""
    floors = sorted({one.confidence for one in outcomes}, reverse=True)
    return [point(outcomes, floor) for floor in floors]


def by_type(outcomes: Sequence[Outcome]) -> dict[str, dict[str, float]]:
    """For each kind of question asked for (who, when, ...): count, and shares over its answerable ones."""
    table: dict[str, dict[str, float]] = {}
    asked = _of(outcomes, Kind.ANSWERABLE)
    for name in sorted({one.asks for one in asked}):
        some = [one for one in asked if one.asks == name]
        table[name] = {
            "questions": len(some),
            "hit@1": share(one.passage_rank == 1 for one in some),
            "quote@1": share(one.quote_rank == 1 for one in some),
            "answer_in_highlight": share(one.highlighted for one in some),
            "answered": share(one.answered for one in some),
        }
    return table


def worst(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """Those with a fault, what misleads first: answers shown with confidence, then right ones withheld."""
    faulty = [one for one in outcomes if one.fault is not None]
    return sorted(faulty, key=lambda one: (one.right, not one.answered, -one.confidence, one.id))


def share(flags: Iterable[bool]) -> float:
    """The share that is true; 0 where there are none."""
    values = list(flags)
    return sum(values) / len(values) if values else 0.0


def _of(outcomes: Iterable[Outcome], kind: Kind) -> list[Outcome]:
    return [one for one in outcomes if one.kind is kind]


def _confidences(outcomes: Iterable[Outcome]) -> list[float]:
    return [one.confidence for one in outcomes]
