"""What the reader learns from: questions, each with a window of sentences, and which of them answer.

Sources are the shared reading set (questions about news articles, with near misses) and public sets that pair a
question with a sentence. Everything is drawn from a seeded generator, so that a training can be repeated. The kinds:

    gold      a window around a sentence that answers
    hole      the same with the answer's words cut out of it: nothing answers any more
    without   the same without the sentences that answer
    swapped   the question asks about another name or number of the article
    near      what is most likely mistaken for the answer: a near miss, or a window that shares words
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from tests.quality.reader.packing import Window

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Example:
    """One window to learn from: which of its sentences answer, and (sentence, start, end) of the words that do."""

    kind: str
    question: str
    window: Window
    answering: frozenset[int] = frozenset()
    answer: tuple[int, int, int] | None = None
    soft: tuple[float, ...] | None = None  # a teacher's log odds a sentence


@dataclass(frozen=True, slots=True)
class Reading:
    """The questions of one split and the articles they are about, by url."""

    articles: Mapping[str, Json]
    questions: Sequence[Json]


def reading(folder: Path, split: str) -> Reading:
    """The shared reading set's `train` or `dev`."""
    articles = {one["url"]: one for one in _lines(folder / "articles.jsonl.gz")}
    return Reading(articles, list(_lines(folder / f"{split}.jsonl")))


def but_writers(data: Reading, writers: frozenset[str]) -> Reading:
    """The questions that none of these writers wrote."""
    return replace(data, questions=[one for one in data.questions if one["id"].split("-")[0] not in writers])


def _lines(path: Path) -> Iterator[Json]:
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode()
    yield from map(json.loads, text.splitlines())


# -- the reading set --------------------------------------------------------------------------------------------------


class Articles:
    """Windows over the articles of a reading set."""

    def __init__(self, data: Reading, random_: random.Random) -> None:
        self._data = data
        self._random = random_
        self._words = TfidfVectorizer(sublinear_tf=True, token_pattern=r"(?u)\b\w+\b")
        self._words.fit([sentence for one in data.articles.values() for sentence in one["sentences"]])
        self._rows = {url: self._words.transform(one["sentences"]) for url, one in data.articles.items()}
        self._names = {url: _names(one["sentences"]) for url, one in data.articles.items()}

    def epoch(self) -> Iterator[Example]:
        """Every question once in each of the kinds that suit it, windows drawn anew."""
        for question in self._data.questions:
            article = self._data.articles[question["article"]]
            if question["kind"] == "answerable":
                yield from self._answerable(question, article)
            else:
                yield from self._near_miss(question, article)

    def _answerable(self, question: Json, article: Json) -> Iterator[Example]:
        sentences, asked = article["sentences"], question["question"]
        gold = frozenset(question["sentences"])
        centre = self._random.choice(sorted(gold))
        yield self._example("gold", asked, article, self._range(len(sentences), centre), gold, question["answer"])
        yield self._example("gold", asked, article, self._range(len(sentences), centre), gold, question["answer"])
        around = self._range(len(sentences), centre)
        if self._random.random() < 0.5:
            holed = {i: _cut(sentences[i], question["answer"]) for i in gold}
            if all(text is not None for text in holed.values()):
                changed = {**article, "sentences": [holed.get(i) or text for i, text in enumerate(sentences)]}
                yield self._example("hole", asked, changed, around, frozenset(), None)
        if self._random.random() < 0.5:
            rest = [i for i in around if i not in gold]
            if rest:
                yield self._example("without", asked, article, rest, frozenset(), None)
        other = self._swapped(asked, [sentences[i] for i in gold], question["article"])
        if other and self._random.random() < 0.7:
            yield self._example("swapped", other, article, self._range(len(sentences), centre), frozenset(), None)
        centre = self._likely(question, but=gold)
        if centre is not None:
            rest = [i for i in self._range(len(sentences), centre) if i not in gold]
            yield self._example("near", asked, article, rest, frozenset(), None)

    def _near_miss(self, question: Json, article: Json) -> Iterator[Example]:
        sentences, near = article["sentences"], question["near"]
        yield self._example("near", question["question"], article, self._range(len(sentences), near), frozenset(), None)
        yield self._example("near", question["question"], article, self._range(len(sentences), near), frozenset(), None)
        centre = self._likely(question, but=frozenset({near}))
        if centre is not None:
            around = self._range(len(sentences), centre)
            yield self._example("near", question["question"], article, around, frozenset(), None)

    def _example(
        self, kind: str, question: str, article: Json, chosen: Sequence[int], gold: frozenset[int], answer: str | None
    ) -> Example:
        sentences = tuple(article["sentences"][i] for i in chosen)
        answering = frozenset(place for place, i in enumerate(chosen) if i in gold)
        where = next(
            ((place, found, found + len(answer)) for place in sorted(answering) if answer
             for found in [sentences[place].find(answer)] if found >= 0),
            None,
        )  # fmt: skip
        headline = article["title"] if self._random.random() < 0.8 else ""
        return Example(kind, question, Window(headline, sentences), answering, where)

    def _range(self, count: int, centre: int) -> list[int]:
        """Up to seven sentences in a row that hold `centre`, which may stand anywhere among them."""
        size = min(count, self._random.choice((1, 2, 2, 3, 3, 3, 4, 5, 6, 7)))
        first = max(0, min(centre - self._random.randrange(size), count - size))
        return list(range(first, first + size))

    def _likely(self, question: Json, but: frozenset[int]) -> int | None:
        """One of the three other sentences that share most with the question."""
        row = self._words.transform([question["question"]])
        shared = np.asarray((self._rows[question["article"]] @ row.T).todense()).ravel()
        best = [int(i) for i in np.argsort(-shared) if int(i) not in but][:3]
        return self._random.choice(best) if best else None

    def _swapped(self, question: str, gold: Sequence[str], url: str) -> str | None:
        """The question about another name or number of the article, which the sentences that answer do not hold."""
        held = " ".join(gold)
        for word in self._random.sample(_marked(question), len(_marked(question))):
            if word not in held:
                continue
            kind = word[0].isdigit()
            others = [one for one in self._names[url] if one[0].isdigit() == kind and one not in held + question]
            if others:
                return question.replace(word, self._random.choice(others))
        return None


_NAME = re.compile(r"(?<![.?!“\"] )(?<!^)\b(?:[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*|\d[\d,.]*\d|\d)\b")


def _names(sentences: Sequence[str]) -> list[str]:
    return sorted({found for sentence in sentences for found in _NAME.findall(sentence)})


def _marked(question: str) -> list[str]:
    return sorted(set(_NAME.findall(question)))


def _cut(sentence: str, answer: str) -> str | None:
    """The sentence without the answer; None where it does not hold it, or nothing is left to read."""
    at = sentence.find(answer)
    if at < 0 or len(answer) > 0.6 * len(sentence):
        return None
    return re.sub(r"\s+", " ", sentence[:at].rstrip() + " " + sentence[at + len(answer) :].lstrip()).strip()


# -- public sets ------------------------------------------------------------------------------------------------------


def public(folder: Path, strangers: Sequence[str], random_: random.Random, count: int) -> list[Example]:
    """Up to `count` examples of QAMR among neighbours and news sentences, and all of SelQA."""
    examples = [*_qamr(list(_lines(folder / "qamr.jsonl.gz")), strangers, random_, count), *_selqa(folder, random_)]
    random_.shuffle(examples)
    return examples


def _qamr(rows: list[Json], strangers: Sequence[str], random_: random.Random, count: int) -> Iterator[Example]:
    rows = [row for row in rows if row["agree"] > 1 and row["end"] > row["start"]]
    sentences = sorted({row["sentence"] for row in rows})
    at = {sentence: i for i, sentence in enumerate(sentences)}
    matrix = TfidfVectorizer(sublinear_tf=True).fit_transform(sentences)
    neighbours = np.argsort(-np.asarray((matrix @ matrix.T).todense()), axis=1)[:, 1:12]
    asked: dict[str, list[Json]] = defaultdict(list)
    for row in rows:
        asked[row["sentence"]].append(row)
    random_.shuffle(rows)
    for row in rows[:count]:
        sentence, answer = row["sentence"], row["sentence"][row["start"] : row["end"]]
        near = [sentences[i] for i in neighbours[at[sentence]]]
        others = [
            random_.choice(near) if random_.random() < 0.7 else random_.choice(strangers)
            for _ in range(random_.choice((0, 1, 1, 2, 2, 3, 4)))
        ]
        place = random_.randint(0, len(others))
        draw = random_.random()
        holed = _cut(sentence, answer) if 0.58 < draw <= 0.82 else None
        if draw <= 0.58 or (holed is None and draw <= 0.82):
            window = (*others[:place], sentence, *others[place:])
            where = (place, row["start"], row["end"])
            yield Example("gold", row["question"], Window("", window), frozenset({place}), where)
        elif holed is not None:
            yield Example("hole", row["question"], Window("", (*others[:place], holed, *others[place:])))
        elif draw <= 0.93 and others:
            yield Example("without", row["question"], Window("", tuple(others)))
        else:
            marked = [word for word in _marked(row["question"]) if word in sentence]
            fresh = [word for one in near for word in _names([one]) if word not in sentence + row["question"]]
            if marked and fresh:
                word = random_.choice(marked)
                fitting = [one for one in fresh if one[0].isdigit() == word[0].isdigit()]
                if fitting:
                    question = row["question"].replace(word, random_.choice(fitting))
                    yield Example("swapped", question, Window("", (*others[:place], sentence, *others[place:])))


def _selqa(folder: Path, random_: random.Random) -> Iterator[Example]:
    for row in _lines(folder / "selqa.jsonl.gz"):
        sentences, gold = row["sentences"], sorted(row["answers"])
        for _ in range(2):
            size = min(len(sentences), random_.randint(2, 8))
            centre = random_.choice(gold)
            first = max(0, min(centre - random_.randrange(size), len(sentences) - size))
            chosen = range(first, first + size)
            if random_.random() < 0.75:
                answering = frozenset(place for place, i in enumerate(chosen) if i in gold)
                yield Example("gold", row["question"], Window("", tuple(sentences[i] for i in chosen)), answering)
            else:
                rest = tuple(sentences[i] for i in chosen if i not in gold)
                if rest:
                    yield Example("without", row["question"], Window("", rest))


def counted(examples: Sequence[Example]) -> dict[str, int]:
    """How many examples there are of each kind."""
    return dict(sorted(Counter(example.kind for example in examples).items()))


def lowered(example: Example, random_: random.Random, share: float) -> Example:
    """Now and then a question as it is typed in a hurry: without capitals, without its mark."""
    if random_.random() >= share:
        return example
    question = example.question.lower() if random_.random() < 0.7 else example.question
    return replace(example, question=question.rstrip("?"))
