"""Fit which sentences of a passage are emphasised: python -m tests.quality.sentences NEWSQA --cache DIR

NEWSQA and DIR are those of train.py, whose tables of candidates are used: the passages that hold the answer, up to
three a question, of train/. Prints the weights of index/pinpoint.py, to be rounded and written there by hand, and how
often the first place holds the answer: over train/ in five folds of questions, and over questions.jsonl.
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

from index.datatypes import Label, LabelledSpan
from index.pinpoint import LIMIT, WEIGHTS, Evidence, SentenceView, evidence, pinpoint
from index.rank import read_weights
from index.segment import sentences
from index.terms import terms
from tests.quality.collection import Asked, Candidate
from tests.quality.train import tables_of

PASSAGES = 1
LEARNED = [name for name in Evidence._fields if name not in ("parted", "counted", "spoken")]  # these are set by hand


@dataclass(frozen=True, slots=True)
class Example:
    """A passage with the answer: the evidence of each run (runs, names), the one shown now first; which hold it."""

    question: str
    table: NDArray[np.float32]
    right: NDArray[np.bool_]
    share: float


def main(argv: Sequence[str] | None = None) -> None:
    """Fit and report."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("newsqa", type=Path)
    parser.add_argument("--cache", type=Path, required=True)
    args = parser.parse_args(argv)
    torch.set_num_threads(1)
    sys.path.insert(0, str(args.newsqa.resolve()))
    tables = tables_of(args.newsqa, args.cache, None)
    stored = json.loads((Path(__file__).parents[2] / "index" / "rank.json").read_text("utf-8"))
    order = read_weights(stored["weights"]["timely"]).order
    known, held_out = (_examples(tables[name], order) for name in ("train", "dev"))
    fitted = fit(known)
    print({name: round(weight, 2) for name, weight in fitted._asdict().items()})
    print(f"train, in folds: {_folded(known):.3f} (written in pinpoint.py: {_shown(known):.3f})")
    print(f"held out: {_reached(held_out, fitted):.3f} (written in pinpoint.py: {_shown(held_out):.3f})")


def _examples(asked: Sequence[Asked], order: NDArray[np.float64]) -> list[Example]:
    found = []
    for one in asked:
        places = [n for n in np.argsort(-(one.table @ order), kind="stable") if one.hits[n]][:PASSAGES]
        if one.record["kind"] == "answerable":
            found += [_example(one, one.candidates[int(n)], 1 / len(places)) for n in places]
    return found


def _example(one: Asked, candidate: Candidate, share: float) -> Example:
    from gold import answer_key, norm  # type: ignore[import-not-found]  # beside the data

    text = candidate.text
    spans = [s.span for s in sentences(text, [LabelledSpan(0, len(text), Label.PROSE)], "en")]
    views = [SentenceView(span.of(text), terms(span.of(text), "en")) for span in spans]
    places = pinpoint(one.question, views, candidate.title)
    runs = [(place.first, place.last) for place in places]
    told = [norm(text[spans[first].start : spans[last].end][:LIMIT]) for first, last in runs]
    rows = [
        [float(getattr(each, name)) for name in LEARNED]
        for each in evidence(one.question, views, candidate.title, runs)
    ]
    key = answer_key(one.record["answer"])
    return Example(
        question=one.record["id"],
        table=np.array(rows, np.float32),
        right=np.array([key in words for words in told]),
        share=share,
    )


def fit(examples: Sequence[Example]) -> Evidence:
    """Weights under which the runs that hold the answer are the likeliest: softmax over each passage's runs."""
    usable = [one for one in examples if one.right.any() and not one.right.all()]
    size = max(len(one.right) for one in usable)
    inputs = np.zeros((len(usable), size, len(LEARNED)), np.float32)
    right, mask = np.zeros((len(usable), size), bool), np.zeros((len(usable), size), bool)
    for n, one in enumerate(usable):
        inputs[n, : len(one.right)], right[n, : len(one.right)], mask[n, : len(one.right)] = one.table, one.right, True
    scale = inputs[mask].std(0) + 1e-6
    given = [torch.tensor(array) for array in (inputs / scale, right, mask, np.array([one.share for one in usable]))]
    net = _descend(*given)
    return WEIGHTS._replace(**dict(zip(LEARNED, (net / scale).tolist(), strict=True)))


def _descend(inputs: Any, right: Any, mask: Any, shares: Any) -> NDArray[np.float32]:
    torch.manual_seed(0)
    net = torch.nn.Linear(len(LEARNED), 1)
    optimiser = torch.optim.AdamW(net.parameters(), lr=0.01, weight_decay=0.05)
    for _ in range(60):
        for batch in torch.randperm(len(shares)).split(64):
            optimiser.zero_grad()
            scores = net(inputs[batch]).squeeze(-1).masked_fill(~mask[batch], -1e9)
            wanted = scores.masked_fill(~right[batch], -1e9)
            ((torch.logsumexp(scores, 1) - torch.logsumexp(wanted, 1)) * shares[batch]).mean().backward()
            optimiser.step()
    return np.asarray(net.weight.detach().numpy()[0])


def _reached(examples: Sequence[Example], weights: Evidence) -> float:
    """The share of questions whose likeliest run holds the answer."""
    told = np.array([getattr(weights, name) for name in LEARNED])
    right = [one.right[int(np.argmax(one.table @ told))] for one in examples]
    return float(np.average(right, weights=[one.share for one in examples]))


def _shown(examples: Sequence[Example]) -> float:
    return float(np.average([one.right[0] for one in examples], weights=[one.share for one in examples]))


def _folded(examples: Sequence[Example], folds: int = 5) -> float:
    fold = {name: n % folds for n, name in enumerate(dict.fromkeys(one.question for one in examples))}
    total = 0.0
    for k in range(folds):
        held = [one for one in examples if fold[one.question] == k]
        weights = fit([one for one in examples if fold[one.question] != k])
        total += _reached(held, weights) * sum(one.share for one in held)
    return total / sum(one.share for one in examples)


if __name__ == "__main__":
    main()
