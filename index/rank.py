"""Order and confidence: which candidate answers best, and how likely it is that it answers at all.

Called by `index.retrieve`. The evidence comes from `index.features`; its weights are read once, at first use, from
rank.json beside this module (written by tests/quality/train.py; hand-set where that file is not there). Otherwise
pure: it reads no archive and no clock.
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

from index.features import FEATURES, Candidate, Statistics, features
from index.question import Question

__all__ = ["Candidate", "Ranked", "Statistics", "floor", "rank"]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate in its place. `score` orders within one question; `confidence` is the probability that it answers."""

    candidate: Candidate
    score: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Weights:
    """A linear model over FEATURES: `order` gives the score, `confidence` with `bias` the log odds of answering."""

    order: NDArray[np.float64]
    confidence: NDArray[np.float64]
    bias: float


def rank(
    question: Question,
    candidates: Sequence[Candidate],
    *,
    as_of: date | None,
    newest: date | None,
    statistics: Statistics,
) -> list[Ranked]:
    """Best first, equal scores by passage id. `newest` is the day of the archive's newest article.

    `as_of` and `newest` only date the candidates: what lies after `as_of` was left out before.
    """
    table = features(question, candidates, as_of=as_of, newest=newest, statistics=statistics)
    weights = _weights(any(candidate.cosine is not None for candidate in candidates))
    scores = table @ weights.order
    odds = table @ weights.confidence + weights.bias
    ranked = [
        Ranked(candidate, float(score), float(1.0 / (1.0 + np.exp(-odd))))
        for candidate, score, odd in zip(candidates, scores, odds, strict=True)
    ]
    return sorted(ranked, key=lambda one: (-one.score, one.candidate.passage_id))


def floor() -> float:
    """The confidence below which the archive declines, as shipped: it keeps 90 % of the answerable questions."""
    return float(_model().get("floor", 0.5))


@cache
def _model() -> Mapping[str, Any]:
    """The shipped weights, or none."""
    file = resources.files("index") / "rank.json"
    return dict(json.loads(file.read_text("utf-8"))) if file.is_file() else {}


_ORDER = {"bm25_share": 0.6, "cosine": 0.4, "month": 0.2, "window_title": 0.3, "type": 0.05, "credit": -0.1}
_CONFIDENCE = {"window_title": 4.0, "cover_title": 4.0, "names": 2.0, "missing": -1.5, "cosine": 4.0, "type": 1.0}


def _weights(with_cosine: bool) -> Weights:
    """The weights for candidates with or without cosines."""
    order = np.array([_ORDER.get(name, 0.0) for name in FEATURES])
    confidence = np.array([_CONFIDENCE.get(name, 0.0) for name in FEATURES])
    return Weights(order, confidence, -9.5 if with_cosine else -7.3)
