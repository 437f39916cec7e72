"""How far the good passages of other articles speak of the same new things.

Called by `index.features`. Pure. What a news question asks for is often what several articles of the affair have in
common beside the question's own words.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from itertools import chain

import numpy as np
from numpy.typing import NDArray

VOTERS = 12  # articles whose best passages are asked what they have in common
STEEPNESS = 4  # a vote is the share of the best promise to this power
SAME_DAYS = 10.0  # days after which what came out at once did so by chance
RAREST = 3.0  # nats: what is rarer among the candidates counts no more


def votes(promise: NDArray[np.float64], articles: Sequence[int], ids: Sequence[int]) -> dict[int, float]:
    """The rows of the best passage of each of the VOTERS most promising articles, with the weight of its vote.

    `articles` and `ids` are each candidate's article and passage; of equal promise the lower id is asked.
    """
    found: dict[int, float] = {}
    heard: set[int] = set()
    best = max(float(promise.max()), 1e-9)
    for row in np.lexsort((np.array(ids), -promise)).tolist():
        if articles[row] not in heard:
            heard.add(articles[row])
            found[row] = float(max(promise[row], 0.0) / best) ** STEEPNESS
        if len(found) == VOTERS:
            break
    return found


def agreement(
    votes: Mapping[int, float], articles: Sequence[int], said: Sequence[Set[str]], most: int
) -> NDArray[np.float64]:
    """By candidate: how much the voters of other articles support the `most` best supported things it says.

    `said` holds what each candidate says; a thing that many candidates say supports little.
    """
    support: dict[str, dict[int, float]] = {}
    for row, vote in votes.items():
        for item in said[row]:
            support.setdefault(item, {})[articles[row]] = vote
    supported = [support.keys() & items for items in said]
    spread = Counter(chain.from_iterable(supported))
    worth = {item: min(math.log(len(said) / spread[item]), RAREST) for item in support}
    value = {item: sum(by.values()) * worth[item] for item, by in support.items()}
    voting = {articles[row] for row in votes}
    out = np.zeros(len(said))
    for row, items in enumerate(supported):
        own = articles[row]
        if own in voting:  # nobody bears himself out
            gains = [value[item] - support[item].get(own, 0.0) * worth[item] for item in items]
        else:
            gains = list(map(value.__getitem__, items))
        gains.sort(reverse=True)
        out[row] = math.log1p(max(0.0, math.fsum(gains[:most])))
    return out


def coincidence(votes: Mapping[int, float], articles: Sequence[int], age: NDArray[np.float64]) -> NDArray[np.float64]:
    """By candidate: how much the voters of other articles came out in its days. `age` in days; infinity: unknown."""
    rows = np.array(list(votes), dtype=np.int64)
    weight = np.array(list(votes.values()))
    owner = np.array(articles)
    known = np.isfinite(age)
    days = np.where(known, age, 0.0)
    near = np.exp(-np.abs(days[:, None] - days[rows][None, :]) / SAME_DAYS) * known[:, None] * known[rows]
    return np.asarray(np.log1p((near * (owner[:, None] != owner[rows][None, :])) @ weight))
