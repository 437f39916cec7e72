"""The small models of the last step, fitted: a linear order, networks for the evidence, and their calibration.

Used by train.py. What is fitted here is written as plain numbers and evaluated by index/search/rank.py with numpy
alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from index.search.features import FEATURES
from tests.quality.collection import Asked

Json = dict[str, Any]
AT = {name: column for column, name in enumerate(FEATURES)}
BY_HAND = {"credit": -0.5, "opinion": -0.1, "another": -1.5}  # too rare in the collection to be learned
TIMES = ("week", "month", "year", "present", "dated")
RELATIVE = ("bm25_share", "article_share", "lead_article", "best_of_article")
ORDER_ALONE = ("theme", "at_once", "early_title", "present")  # they help to order, but told near misses apart no better
TIMELY_ALONE = ("theme", "early_title", "article_share")  # without age they order no better
MEANING = ("cosine", "cosine_gap")
ORDERING = tuple(name for name in FEATURES if name not in (*BY_HAND, *MEANING, "dated"))
EVIDENCE = tuple(name for name in ORDERING if name not in (*RELATIVE, *ORDER_ALONE))
HIDDEN, MEMBERS = 8, 4


def order(asked: Sequence[Asked], names: Sequence[str]) -> Json:
    """Weights that put a passage with the answer before the others: softmax over each question's candidates."""
    usable = [one for one in asked if one.hits.any()]
    inputs, hits, mask, mean, scale = _tensors(usable, names)
    del mean  # the same for all candidates of a question, so it orders nothing
    torch.manual_seed(0)
    net = torch.nn.Linear(len(names), 1)
    for batch in _batches(net, len(usable), epochs=60, decay=0.1):
        scores = net(inputs[batch]).squeeze(-1).masked_fill(mask[batch] == 0, -1e9)
        right = scores.masked_fill(hits[batch] == 0, -1e9)
        (torch.logsumexp(scores, 1) - torch.logsumexp(right, 1)).mean().backward()
    weights = net.weight.detach().numpy()[0] / scale
    return {name: round(float(weight), 5) for name, weight in zip(names, weights, strict=True)} | BY_HAND


def evidence(asked: Sequence[Asked], names: Sequence[str]) -> Json:
    """Networks whose mean is the log odds that a candidate holds the answer, by absolute features."""
    usable = [one for one in asked if len(one.hits)]
    inputs, hits, mask, mean, scale = _tensors(usable, names)
    members = []
    for seed in range(MEMBERS):
        torch.manual_seed(seed)
        net = torch.nn.Sequential(torch.nn.Linear(len(names), HIDDEN), torch.nn.Tanh(), torch.nn.Linear(HIDDEN, 1))
        for batch in _batches(net, len(usable), epochs=40, decay=0.05):
            loss = torch.nn.functional.binary_cross_entropy_with_logits(
                net(inputs[batch]).squeeze(-1), hits[batch], reduction="none"
            )
            ((loss * mask[batch]).sum() / mask[batch].sum()).backward()
        first, last = net[0], net[2]
        members.append(
            {
                "hidden": np.round(first.weight.detach().numpy().T, 5).tolist(),
                "bias": np.round(first.bias.detach().numpy(), 5).tolist(),
                "out": np.round(last.weight.detach().numpy()[0], 5).tolist(),
                "end": round(last.bias.item(), 5),
            }
        )
    return {
        "features": list(names),
        "mean": np.round(mean, 6).tolist(),
        "scale": np.round(scale, 6).tolist(),
        "members": members,
    }


def cosine_weight(scores: Sequence[NDArray[np.float64]], asked: Sequence[Asked]) -> float:
    """The weight of the cosine beside the given scores that makes the right passages likeliest.

    The scores may be too sure or not sure enough, so a common factor is fitted too, and left out: it orders nothing.
    """

    def loss(tried: tuple[float, float]) -> float:
        sharpness, weight = tried
        total = 0.0
        for base, one in zip(scores, asked, strict=True):
            if one.hits.any():
                combined = sharpness * (base + weight * one.table[:, AT["cosine"]])
                total += np.logaddexp.reduce(combined) - np.logaddexp.reduce(combined[one.hits])
        return float(total)

    grid = product(np.arange(0.4, 3.1, 0.2), np.arange(0.0, 10.1, 0.5))
    return float(min(grid, key=loss)[1])


def calibration(columns: NDArray[np.float64], right: NDArray[np.bool_]) -> list[float]:
    """Bias and weights that turn columns of evidence into log odds."""
    model = LogisticRegression(C=1.0, max_iter=1000).fit(columns, right)
    return [round(float(model.intercept_[0]), 5), *(round(float(w), 5) for w in model.coef_[0])]


def _tensors(asked: Sequence[Asked], names: Sequence[str]) -> tuple[Any, Any, Any, Any, Any]:
    """Standardised inputs (questions, candidates, names), hits and mask (questions, candidates); mean and scale."""
    size = max(len(one.hits) for one in asked)
    inputs = np.zeros((len(asked), size, len(names)), np.float32)
    hits, mask = np.zeros((len(asked), size), np.float32), np.zeros((len(asked), size), np.float32)
    for n, one in enumerate(asked):
        length = len(one.hits)
        inputs[n, :length] = one.table[:, [AT[name] for name in names]]
        hits[n, :length], mask[n, :length] = one.hits, 1
    mean, scale = inputs[mask > 0].mean(0), inputs[mask > 0].std(0) + 1e-6
    return torch.tensor((inputs - mean) / scale), torch.tensor(hits), torch.tensor(mask), mean, scale


def _batches(net: Any, questions: int, *, epochs: int, decay: float) -> Any:
    """Shuffled batches of questions; after each, one step along the gradients that its user left."""
    optimiser = torch.optim.AdamW(net.parameters(), lr=0.01, weight_decay=decay)
    for _ in range(epochs):
        for batch in torch.randperm(questions).split(64):
            optimiser.zero_grad()
            yield batch
            optimiser.step()
