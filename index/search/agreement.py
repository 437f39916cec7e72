"""How far the good passages of other articles speak of the same new things.

Called by `index.search.features`. Pure. What a news question asks for is often what several articles of the affair have
in common besides the question's own words.
"""

from __future__ import annotations

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
    number: dict[str, int] = {}
    for row in votes:
        for item in said[row]:
            number.setdefault(item, len(number))
    named = [list(map(number.__getitem__, number.keys() & items)) for items in said]
    sizes = np.array([len(one) for one in named])
    rows, things = np.repeat(np.arange(len(said)), sizes), np.array(list(chain.from_iterable(named)), dtype=np.int64)
    spread = np.bincount(things, minlength=len(number))
    worth = np.minimum(np.log(len(said) / np.maximum(spread, 1)), RAREST)
    support = np.zeros((len(votes) + 1, len(number)))  # by voter; the last row is for articles without a vote
    for n, (row, vote) in enumerate(votes.items()):
        support[n, list(map(number.__getitem__, said[row]))] = vote
    voter = {articles[row]: n for n, row in enumerate(votes)}
    owner = np.array([voter.get(article, -1) for article in articles])
    own = support[owner[rows], things]
    gains = (support.sum(axis=0)[things] - own) * worth[things]  # an article does not corroborate itself
    first = np.repeat(np.cumsum(sizes) - sizes, sizes)
    best = np.arange(len(things)) - first < most
    supported = np.bincount(rows[best], gains[np.lexsort((-gains, rows))][best], minlength=len(said))
    return np.asarray(np.log1p(np.maximum(supported, 0.0)))


def coincidence(votes: Mapping[int, float], articles: Sequence[int], age: NDArray[np.float64]) -> NDArray[np.float64]:
    """By candidate: how much the voters of other articles came out in its days. `age` in days; infinity: unknown."""
    rows = np.array(list(votes), dtype=np.int64)
    weight = np.array(list(votes.values()))
    owner = np.array(articles)
    known = np.isfinite(age)
    days = np.where(known, age, 0.0)
    near = np.exp(-np.abs(days[:, None] - days[rows][None, :]) / SAME_DAYS) * known[:, None] * known[rows]
    return np.asarray(np.log1p((near * (owner[:, None] != owner[rows][None, :])) @ weight))
