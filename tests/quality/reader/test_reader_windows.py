"""What a reader on trial learns from: windows that hold the answer where they say so, and nowhere else."""

from __future__ import annotations

import random

import pytest

from tests.quality.reader.packing import Alphabet, Packer, Window
from tests.quality.reader.windows import Articles, Example, Reading, but_writers, lowered

SENTENCES = [
    "The tram to Gullhaven opens in May.",
    "It is 12 kilometres long and cost 41 million crowns.",
    "Mayor Ada Venn called the line a promise kept.",
    "Drivers from Sandholm trained for six weeks.",
    "The first tram leaves the harbour at noon.",
    "Nobody has to pay on the first day.",
]
ARTICLE = {"url": "https://news.example/tram", "title": "Tram opens", "sentences": SENTENCES}
ASKED = {"id": "3-00-01", "article": ARTICLE["url"], "question": "What did the tram to Gullhaven cost?",
         "kind": "answerable", "sentences": [1], "answer": "41 million crowns"}  # fmt: skip
MISSED = {"id": "4-00-02", "article": ARTICLE["url"], "question": "Who drove the first tram from Sandholm?",
          "kind": "near_miss", "near": 4}  # fmt: skip
DATA = Reading({ARTICLE["url"]: ARTICLE}, [ASKED, MISSED])


@pytest.fixture
def epoch() -> list[Example]:
    articles = Articles(DATA, random.Random(5))
    return [example for _ in range(20) for example in articles.epoch()]


def test_a_gold_window_holds_the_answer_in_the_sentence_it_names(epoch: list[Example]) -> None:
    gold = [example for example in epoch if example.kind == "gold"]
    assert gold
    for example in gold:
        assert example.answer is not None
        place, start, end = example.answer
        assert example.answering == {place}
        assert example.window.sentences[place][start:end] == "41 million crowns"


def test_every_other_window_answers_nothing(epoch: list[Example]) -> None:
    others = [example for example in epoch if example.kind != "gold"]
    assert {"hole", "without", "near"} <= {example.kind for example in others}
    for example in others:
        assert not example.answering
        assert example.answer is None
        if example.kind in ("hole", "without"):
            assert "41 million crowns" not in " ".join(example.window.sentences)


def test_windows_are_runs_of_the_article_s_sentences(epoch: list[Example]) -> None:
    for example in epoch:
        if example.kind in ("gold", "swapped"):
            first = SENTENCES.index(example.window.sentences[0])
            assert list(example.window.sentences) == SENTENCES[first : first + len(example.window.sentences)]


def test_the_same_seed_draws_the_same_windows() -> None:
    one, other = (list(Articles(DATA, random.Random(9)).epoch()) for _ in range(2))
    assert one == other


def test_a_writer_can_be_kept_for_later() -> None:
    assert [one["id"] for one in but_writers(DATA, frozenset({"3"})).questions] == ["4-00-02"]


def test_a_hurried_question_keeps_its_words() -> None:
    example = Example("gold", "What did it cost?", Window("", ("It cost 4 crowns.",)))
    hurried = {lowered(example, random.Random(seed), 1.0).question for seed in range(20)}
    assert {question.casefold() for question in hurried} == {"what did it cost"}
    assert lowered(example, random.Random(1), 0.0) is example


def words(text: str) -> tuple[list[int], list[tuple[int, int]]]:
    """A tokenizer of words: their lengths as ids."""
    offsets, at = [], 0
    for word in text.split():
        at = text.index(word, at)
        offsets.append((at, at + len(word)))
        at += len(word)
    return [100 + end - start for start, end in offsets], offsets


@pytest.mark.parametrize("doubled", [False, True])
def test_packing_says_where_each_sentence_stands(doubled: bool) -> None:
    packer = Packer(words, Alphabet(start=1, separator=2, padding=0, doubled=doubled))
    window = Window("Tram opens", ("It opens in May.", "It is free."))
    packed = packer.pack("When does it open?", window)
    assert len(packed.ids) == len(packed.kinds)
    for (first, count), sentence in zip(packed.places, window.sentences, strict=True):
        assert packed.ids[first : first + count] == words(sentence)[0]
        assert set(packed.kinds[first : first + count]) == {1}


def test_what_does_not_fit_is_cut_from_the_end() -> None:
    packer = Packer(words, Alphabet(1, 2, 0, doubled=False), longest=16)
    packed = packer.pack("When does it open?", Window("", ("one two three four five", "six seven eight nine", "ten")))
    assert len(packed.ids) == 16
    assert [count for _, count in packed.places] == [5, 4]
