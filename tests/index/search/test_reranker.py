"""A configured cross-encoder reads the best candidates again; without a usable one questions are still answered."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import newsroom
import numpy as np
import pytest
from word_embedder import WordEmbedder

from index.archive import Archive
from index.errors import ModelError, ModelMissing
from index.search.reranker import CrossEncoderReranker

QUESTION = "How many passengers does the last ferry to Sandholm carry?"


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real cross-encoder with two small layers and random but fixed weights, saved as sentence-transformers does."""
    import torch
    from sentence_transformers import CrossEncoder
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    folder = tmp_path_factory.mktemp("tiny")
    words = [
        "[PAD]",
        "[UNK]",
        "[CLS]",
        "[SEP]",
        "[MASK]",
        *"abcdefghijklmnopqrstuvwxyz",
        *(f"##{c}" for c in "abcdefghijklmnopqrstuvwxyz"),
    ]
    (folder / "vocab.txt").write_text("\n".join(words), "utf-8")
    torch.manual_seed(7)
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        num_labels=1,
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder)
    saved = tmp_path_factory.mktemp("saved")
    CrossEncoder(str(folder), device="cpu").save_pretrained(str(saved))
    return saved


class Backwards:
    """Reads the candidates closely and prefers the one that was last."""

    name = "backwards"

    def scores(self, question: str, passages: list[str]) -> np.ndarray:
        return np.arange(len(passages), dtype=np.float32)


class Broken:
    name = "broken"

    def scores(self, question: str, passages: list[str]) -> np.ndarray:
        raise ModelError("the re-ranker broken cannot be loaded: no such file")


def archive(tmp_path: Path, reranker: object) -> Archive:
    newsroom.three_stories(tmp_path / "articles")
    opened = Archive.open(tmp_path / "data", embedder=WordEmbedder(), reranker=reranker)  # type: ignore[arg-type]
    opened.reindex([tmp_path / "articles"])
    return opened


def test_a_real_cross_encoder_gives_one_score_a_passage(tiny: Path) -> None:
    scores = CrossEncoderReranker(tiny).scores(QUESTION, ["The ferry stops.", "Bread."])
    assert scores.shape == (2,) and scores.dtype == np.float32
    assert CrossEncoderReranker(tiny).scores(QUESTION, []).shape == (0,)


def test_the_archive_answers_with_a_real_cross_encoder(tmp_path: Path, tiny: Path) -> None:
    answer = archive(tmp_path, CrossEncoderReranker(tiny)).ask(QUESTION, top=3)
    assert len(answer.quotes) == 3


def test_it_orders_and_never_decides_whether_there_is_an_answer(tmp_path: Path) -> None:
    plain = archive(tmp_path / "plain", None).ask(QUESTION, top=3)
    turned = archive(tmp_path / "turned", Backwards()).ask(QUESTION, top=3)
    answers, others = plain.quotes[:1], plain.quotes[1:]  # one reaches the floor
    assert [q.span for q in turned.quotes] == [q.span for q in (*answers, *reversed(others))]
    assert (turned.answered, turned.confidence) == (plain.answered, plain.confidence) == (True, plain.confidence)


def test_what_it_prefers_is_no_answer_below_the_floor(tmp_path: Path) -> None:
    answer = archive(tmp_path, Backwards()).ask(QUESTION)
    assert [quote.article.title for quote in answer.quotes] == ["Ferry to Sandholm stops in May"]


def test_a_broken_one_is_left_out(tmp_path: Path) -> None:
    assert archive(tmp_path, Broken()).ask(QUESTION).answered


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match="no re-ranker at"):
        CrossEncoderReranker(tmp_path / "nowhere").scores(QUESTION, ["text"])


def test_importing_it_loads_no_model() -> None:
    code = "import sys, index.search.reranker; print('torch' in sys.modules or 'sentence_transformers' in sys.modules)"
    found = subprocess.run(
        [sys.executable, "-c", code], cwd=Path(__file__).parents[3], capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "False"
