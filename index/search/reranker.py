"""A second, closer reading of the best candidates by a cross-encoder, where one is configured.

Called by `index.answer.respond` for the top of the list. It may change the order; whether the archive answers at all
stays the business of the calibrated confidence. Importing this module loads neither torch nor sentence-transformers.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelError, ModelMissing

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

REREAD = 20  # candidates that are read closely


class Reranker(Protocol):
    """Whatever reads question and passage together."""

    @property
    def name(self) -> str:
        """What people call the model."""

    def scores(self, question: str, passages: Sequence[str]) -> NDArray[np.float32]:
        """How well each passage answers, higher is better: float32, shape (len(passages),). May raise ModelError."""


class CrossEncoderReranker:
    """A sentence-transformers CrossEncoder from a local folder or by its hub name; safe to call from many threads."""

    def __init__(self, model: str | Path) -> None:
        self.name = str(model)
        self._lock = threading.Lock()

    def scores(self, question: str, passages: Sequence[str]) -> NDArray[np.float32]:
        """One score a passage. Raises ModelMissing where there is no such model, ModelError where it cannot be used."""
        if not passages:
            return np.empty(0, dtype=np.float32)
        with self._lock:
            found = self._model.predict([(question, passage) for passage in passages], show_progress_bar=False)
        scores = np.asarray(found, dtype=np.float32)
        if scores.shape != (len(passages),):
            raise ModelError(f"the re-ranker {self.name} gives {scores.shape[1:]} numbers a passage, not one score")
        return scores

    @cached_property
    def _model(self) -> CrossEncoder:
        path = Path(self.name).expanduser()
        if not path.is_dir() and (path.is_absolute() or self.name.startswith((".", "~"))):
            raise ModelMissing(f"no re-ranker at {self.name}: give the folder of a cross-encoder, or leave it out")
        from sentence_transformers import CrossEncoder

        try:
            model: CrossEncoder = CrossEncoder(
                str(path) if path.is_dir() else self.name, device="cpu", local_files_only=path.is_dir()
            )
        except Exception as error:  # whatever a damaged or unknown model raises, questions are answered without it
            reason = next(iter(str(error).strip().splitlines()), type(error).__name__)
            raise ModelError(f"the re-ranker {self.name} cannot be loaded: {reason}") from error
        return model
