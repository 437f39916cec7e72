"""Texts that mean the same, brought together: unit vectors -> groups of their rows.

Called by the board of unanswered questions. Vectors may come from the model, or be made of shared terms where no model
knows the language. Pure, and the same for the same rows in the same order.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


def clusters(vectors: Vectors, alike: float) -> list[list[int]]:
    """Groups of rows, each in ascending order; the groups in the order of their first rows.

    `vectors` has one unit row a text. A row joins the group whose middle it is nearest to, where their cosine is at
    least `alike`; groups whose middles come to be that near are joined.
    """
    groups: list[list[int]] = []
    sums = np.zeros((0, vectors.shape[1]), dtype=np.float32)
    for row, vector in enumerate(vectors):
        cosines = _unit(sums) @ vector if groups else np.zeros(0, dtype=np.float32)
        nearest = int(np.argmax(cosines)) if groups else -1
        if nearest >= 0 and cosines[nearest] >= alike:
            groups[nearest].append(row)
            sums[nearest] += vector
        else:
            groups.append([row])
            sums = np.vstack([sums, vector])
    return _joined(groups, sums, alike)


def _joined(groups: list[list[int]], sums: Vectors, alike: float) -> list[list[int]]:
    """The groups, those joined whose middles are alike; the two nearest first."""
    while len(groups) > 1:
        middles = _unit(sums)
        cosines = np.triu(middles @ middles.T, 1) + np.tril(np.full((len(groups), len(groups)), -1, dtype=np.float32))
        first, second = divmod(int(np.argmax(cosines)), len(groups))
        if cosines[first, second] < alike:
            break
        groups[first] = sorted(groups[first] + groups.pop(second))
        sums[first] += sums[second]
        sums = np.delete(sums, second, axis=0)
    return sorted(groups)


def shared_terms(texts: Sequence[Collection[str]]) -> Vectors:
    """A unit row for each text, whose cosine says how many terms two texts share: shape (texts, terms).

    A text without terms is like none other, itself excepted.
    """
    known: dict[str, int] = {}
    for number, terms in enumerate(texts):
        for term in terms or [f"\0{number}"]:
            known.setdefault(term, len(known))
    rows = np.zeros((len(texts), len(known)), dtype=np.float32)
    for number, terms in enumerate(texts):
        rows[number, [known[term] for term in terms or [f"\0{number}"]]] = 1.0
    return _unit(rows)


def cosine_of_terms(one: Collection[str], other: Collection[str]) -> float:
    """How many terms two texts share, from 0 to 1: what `shared_terms` makes of them."""
    if not one or not other:
        return 0.0
    return float(len(set(one) & set(other)) / np.sqrt(len(set(one)) * len(set(other))))


def _unit(rows: Vectors) -> Vectors:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: Vectors = rows / np.maximum(lengths, np.finfo(np.float32).tiny)
    return unit
