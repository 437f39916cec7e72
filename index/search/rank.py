"""Order and confidence: which candidate answers best, and how likely it is that it answers at all.

Called by `index.search.retrieve`. The evidence comes from `index.search.features`; the weights are read once, at first
use, from rank.json in this folder. What was tried, with figures, is in docs/design/ranking-trials.md.
Otherwise pure: it reads no archive and no clock.

Two questions are kept apart. The order may compare candidates with each other. The confidence may not: it weighs
absolute evidence only, so that the best of several bad candidates still gets a low confidence, in an archive of one
article as in one of thousands.
Age counts where the question stands in a time of its own: asked as of a day, about "this week", or about a past year.
It speaks against an answer only in an archive that follows the news; elsewhere it only orders.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.question.analysis import Question
from index.search.features import COLUMN, FEATURES, Candidate, features
from index.search.term_matches import Statistics

LIVE_PASSAGES = 2000  # an archive of fewer is a collection, not a newspaper
ANOTHER = 5.0  # nats of doubt where what a claim asserts is reported of another; set by hand, such claims are rare
LIVE_ARTICLES = 2  # among the candidates, from the last thirty days

Row = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate in its place. `score` orders within one question; `confidence` is the probability that it answers."""

    candidate: Candidate
    score: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Weights:
    """One set of weights: `order` is linear over FEATURES, with `order_cosine` for the cosine where it is known.

    `columns`, `mean` and `scale` prepare the evidence for `members`, small networks (hidden weights, hidden bias,
    output weights, output bias) whose mean is the raw evidence. `text` (bias, evidence) and `both` (bias, evidence,
    cosine) turn it into log odds.
    """

    order: Row
    order_cosine: float
    columns: NDArray[np.int64]
    mean: Row
    scale: Row
    members: tuple[tuple[Row, Row, Row, float], ...]
    text: Row
    both: Row

    def evidence(self, table: Row) -> Row:
        """The raw evidence of each row of a table of features."""
        inputs = (table[:, self.columns] - self.mean) / self.scale
        outputs = [np.tanh(inputs @ hidden + bias) @ out + end for hidden, bias, out, end in self.members]
        return np.asarray(np.mean(outputs, axis=0))


def rank(
    question: Question,
    candidates: Sequence[Candidate],
    *,
    as_of: date | None,
    newest: date | None,
    statistics: Statistics,
) -> list[Ranked]:
    """Best first, equal scores by passage id. `newest` is the day of the archive's newest article.

    `as_of` only dates the candidates: what lies after it was left out before.
    """
    if not candidates:
        return []
    table = features(question, candidates, as_of=as_of, newest=newest, statistics=statistics)
    dated = bool(table[:, COLUMN["dated"]].any())
    current = as_of is not None or question.time.time_bound
    weights = _weights("timely" if dated or current else "timeless")
    judging = _weights(
        "timely" if dated or (current and is_live(candidates, table, statistics.passages)) else "timeless"
    )
    known = np.array([candidate.cosine is not None for candidate in candidates])
    cosines = _filled_in(table[:, COLUMN["cosine"]], known)
    scores = np.round(table @ weights.order + weights.order_cosine * cosines, 9)  # equal rows score equal to the bit
    confidences = _confidences(judging, table, known)
    ranked = [
        Ranked(candidate, float(score), float(confidence))
        for candidate, score, confidence in zip(candidates, scores, confidences, strict=True)
    ]
    return sorted(ranked, key=lambda one: (-one.score, one.candidate.passage_id))


def is_live(candidates: Sequence[Candidate], table: Row, passages: int) -> bool:
    """Whether an archive of so many passages follows the news: what happened lately would stand in a late article.

    Of a small archive, or one without coverage around that day, nobody expects it: there an old article is no doubt.
    """
    lately = {one.article_id for one, month in zip(candidates, table[:, COLUMN["month"]], strict=True) if month > 0.36}
    return passages >= LIVE_PASSAGES and len(lately) >= LIVE_ARTICLES


def floor() -> float:
    """The confidence below which the archive declines, as shipped: it kept 90 % of the answerable out of fold."""
    return float(_model()["floor"])


def _filled_in(cosines: Row, known: NDArray[np.bool_]) -> Row:
    """`cosines` with the middle of the known ones for the others: a passage whose vector is to come loses nothing."""
    return np.where(known, cosines, np.median(cosines[known]) if known.any() else 0.0)


def _confidences(weights: Weights, table: Row, known: NDArray[np.bool_]) -> Row:
    """The probability that each candidate answers, by its words and, where it has one, its cosine."""
    evidence = weights.evidence(table)
    text = weights.text[0] + weights.text[1] * evidence
    both = weights.both[0] + weights.both[1] * evidence + weights.both[2] * table[:, COLUMN["cosine"]]
    odds = np.where(known, both, text) - doubt(table)
    return np.asarray(1.0 / (1.0 + np.exp(-odds)))


def doubt(table: Row) -> Row:
    """The log odds that what is known for certain takes from each row, whatever else speaks for it."""
    return np.asarray(ANOTHER * table[:, COLUMN["another"]])


@cache
def _model() -> Mapping[str, Any]:
    """The shipped weights."""
    return dict(json.loads((resources.files("index.search") / "rank.json").read_text("utf-8")))


@cache
def _weights(name: str) -> Weights:
    """The weights for questions that stand in a time ("timely") or in none ("timeless")."""
    return read_weights(_model()["weights"][name])


def read_weights(stored: Mapping[str, Any]) -> Weights:
    """One set of weights as rank.json holds it. KeyError where it names a feature that no longer exists."""
    order = np.zeros(len(FEATURES))
    for feature, weight in stored["order"].items():
        if feature != "cosine":
            order[COLUMN[feature]] = weight
    network = stored["evidence"]
    return Weights(
        order=order,
        order_cosine=float(stored["order"]["cosine"]),
        columns=np.array([COLUMN[feature] for feature in network["features"]]),
        mean=np.array(network["mean"]),
        scale=np.array(network["scale"]),
        members=tuple(
            (np.array(one["hidden"]), np.array(one["bias"]), np.array(one["out"]), float(one["end"]))
            for one in network["members"]
        ),
        text=np.array(stored["text"]),
        both=np.array(stored["both"]),
    )
