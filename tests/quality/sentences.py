"""Fit which sentences of a passage are emphasised: python -m tests.quality.sentences NEWSQA --cache DIR

NEWSQA and DIR are those of train.py, whose tables of candidates are used: of each question of train/ the first passage
that holds the answer. Prints the weights of index/answer/highlight.py, to be rounded and written there by hand, and how
often the likeliest place holds the answer: over train/ in five folds of questions, and over questions.jsonl.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from index.answer.highlight import LIMIT, WEIGHTS, Evidence, SentenceView, evidence, pinpoint
from index.clean.sentences import sentences
from index.datatypes import Label, LabelledSpan
from index.language.terms import terms
from index.search.rank import read_weights
from tests.quality.collection import Asked, Candidate
from tests.quality.train import tables_of

BY_HAND = ("parted", "voices", "counted", "spoken", "asking")
LEARNED = [name for name in Evidence._fields if name not in BY_HAND]


@dataclass(frozen=True, slots=True)
class Example:
    """A passage with the answer: the evidence of each run (runs, fields), the one shown now first; which hold it."""

    question: str
    table: NDArray[np.float32]
    right: NDArray[np.bool_]


def main(argv: Sequence[str] | None = None) -> None:
    """Fit and report."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("newsqa", type=Path)
    parser.add_argument("--cache", type=Path, required=True)
    args = parser.parse_args(argv)
    torch.set_num_threads(1)
    sys.path.insert(0, str(args.newsqa.resolve()))
    tables = tables_of(args.newsqa, args.cache, None)
    stored = json.loads((Path(__file__).parents[2] / "index" / "search" / "rank.json").read_text("utf-8"))
    order = read_weights(stored["weights"]["timely"]).order
    known, held_out = (_examples(tables[name], order) for name in ("train", "dev"))
    fitted = fit(known)
    print({name: round(weight, 2) for name, weight in fitted._asdict().items()})
    print(f"train, in folds: {_folded(known):.3f} (written in highlight.py: {_reached(known, WEIGHTS):.3f})")
    print(f"held out: {_reached(held_out, fitted):.3f} (written in highlight.py: {_reached(held_out, WEIGHTS):.3f})")


def _examples(asked: Sequence[Asked], order: NDArray[np.float64]) -> list[Example]:
    found = []
    for one in asked:
        places = [n for n in np.argsort(-(one.table @ order), kind="stable") if one.hits[n]]
        if one.record["kind"] == "answerable" and places:
            found.append(_example(one, one.candidates[int(places[0])]))
    return found


def _example(one: Asked, candidate: Candidate) -> Example:
    from gold import answer_key, norm  # type: ignore[import-not-found]  # beside the data

    text = candidate.text
    spans = [s.span for s in sentences(text, [LabelledSpan(0, len(text), Label.PROSE)], "en")]
    views = [SentenceView(span.of(text), terms(span.of(text), "en")) for span in spans]
    places = pinpoint(one.question, views, candidate.title)
    runs = [(place.first, place.last) for place in places]
    told = [norm(text[spans[first].start : spans[last].end][:LIMIT]) for first, last in runs]
    rows = [[float(value) for value in each] for each in evidence(one.question, views, candidate.title, runs)]
    key = answer_key(one.record["answer"])
    return Example(
        question=one.record["id"],
        table=np.array(rows, np.float32),
        right=np.array([key in words for words in told]),
    )


def fit(examples: Sequence[Example]) -> Evidence:
    """Weights under which the runs that hold the answer are the likeliest: softmax over each passage's runs.

    What is set by hand counts as it is set.
    """
    usable = [one for one in examples if one.right.any() and not one.right.all()]
    size, columns = max(len(one.right) for one in usable), [Evidence._fields.index(name) for name in LEARNED]
    inputs = np.zeros((len(usable), size, len(LEARNED)), np.float32)
    given = np.zeros((len(usable), size), np.float32)
    right, mask = np.zeros((len(usable), size), bool), np.zeros((len(usable), size), bool)
    for n, one in enumerate(usable):
        runs = len(one.right)
        inputs[n, :runs], right[n, :runs], mask[n, :runs] = one.table[:, columns], one.right, True
        given[n, :runs] = sum(getattr(WEIGHTS, name) * one.table[:, Evidence._fields.index(name)] for name in BY_HAND)
    scale = inputs[mask].std(0) + 1e-6
    found = _descend(*(torch.tensor(array) for array in (inputs / scale, given, right, mask)))
    return WEIGHTS._replace(**dict(zip(LEARNED, (found / scale).tolist(), strict=True)))


def _descend(inputs: Any, given: Any, right: Any, mask: Any) -> NDArray[np.float32]:
    torch.manual_seed(0)
    net = torch.nn.Linear(len(LEARNED), 1)
    optimiser = torch.optim.AdamW(net.parameters(), lr=0.01, weight_decay=0.05)
    for _ in range(60):
        for batch in torch.randperm(len(right)).split(64):
            optimiser.zero_grad()
            scores = (net(inputs[batch]).squeeze(-1) + given[batch]).masked_fill(~mask[batch], -1e9)
            wanted = scores.masked_fill(~right[batch], -1e9)
            (torch.logsumexp(scores, 1) - torch.logsumexp(wanted, 1)).mean().backward()
            optimiser.step()
    return np.asarray(net.weight.detach().numpy()[0])


def _reached(examples: Sequence[Example], weights: Evidence) -> float:
    """The share of questions whose likeliest run holds the answer."""
    return float(np.mean([one.right[int(np.argmax(one.table @ np.array(weights)))] for one in examples]))


def _folded(examples: Sequence[Example], folds: int = 5) -> float:
    fold = {one.question: n % folds for n, one in enumerate(examples)}
    reached = [
        _reached(held, fit([one for one in examples if fold[one.question] != k])) * len(held)
        for k in range(folds)
        if (held := [one for one in examples if fold[one.question] == k])
    ]
    return sum(reached) / len(examples)


if __name__ == "__main__":
    main()
