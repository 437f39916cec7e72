"""How well a reader reads: the sentences of one article for each question of a reading set.

The right sentence first and among three, how near misses are told from answers (AUROC of the best sentence's odds), and
the share of near misses declined by the floor that keeps 90 % (80 %) of the answerable.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

import numpy as np
from sklearn.metrics import roc_auc_score

from tests.quality.reader.packing import Window
from tests.quality.reader.windows import Json, Reading

Read = Callable[[Sequence[tuple[str, Window]]], list[list[float]]]
"""(question, window) pairs -> log odds a sentence."""

SIZE, STEP = 5, 3


def judged(data: Reading, read: Read, every: int = 1) -> dict[str, float]:
    """The figures over every `every`-th article's questions."""
    urls = sorted({question["article"] for question in data.questions})[::every]
    chosen = [question for question in data.questions if question["article"] in set(urls)]
    odds = scored(data, chosen, read)
    first: dict[str, list[bool]] = defaultdict(list)
    three, best, answerable = [], [], []
    for question, scores in zip(chosen, odds, strict=True):
        order = np.argsort(-scores)
        best.append(float(scores.max()))
        answerable.append(question["kind"] == "answerable")
        if answerable[-1]:
            hit = int(order[0]) in question["sentences"]
            first["all"].append(hit)
            first[asked_for(question["question"])].append(hit)
            three.append(any(int(i) in question["sentences"] for i in order[:3]))
    values, kinds = np.array(best), np.array(answerable)
    figures = {"first": float(np.mean(first["all"])), "three": float(np.mean(three))}
    figures["auroc"] = float(roc_auc_score(kinds, values))
    for share in (0.9, 0.8):
        floor = np.quantile(values[kinds], 1 - share)
        figures[f"declined@{share:.0%}"] = float(np.mean(values[~kinds] < floor))
    figures |= {f"first {kind}": float(np.mean(hits)) for kind, hits in sorted(first.items()) if kind != "all"}
    return figures


def scored(data: Reading, questions: Sequence[Json], read: Read) -> list[np.ndarray]:
    """The best log odds of each sentence of the article, a row a question."""
    pairs, places = [], []
    for number, question in enumerate(questions):
        article = data.articles[question["article"]]
        sentences = article["sentences"]
        for first in range(0, max(1, len(sentences) - SIZE + STEP), STEP):
            pairs.append((question["question"], Window(article["title"], tuple(sentences[first : first + SIZE]))))
            places.append((number, first))
    rows = [np.full(len(data.articles[question["article"]]["sentences"]), -30.0) for question in questions]
    for (number, first), odds in zip(places, read(pairs), strict=True):
        for place, value in enumerate(odds):
            rows[number][first + place] = max(rows[number][first + place], value)
    return rows


def asked_for(question: str) -> str:
    """The question's first words, as a rough kind for the table."""
    words = question.lower().split()
    if words[0] == "how" and len(words) > 1:
        return f"how {words[1]}" if words[1] in {"many", "much", "long"} else "how"
    return words[0] if words[0] in {"who", "what", "when", "where", "why", "which"} else "other"
