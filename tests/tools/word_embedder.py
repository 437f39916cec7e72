"""A small deterministic embedder for tests where the model is not the point: hashed words, unit vectors."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


class WordEmbedder:
    """Texts that share words have a high cosine; the same text always has the same vector. Keeps count of its work."""

    def __init__(self, dimension: int = 64, *, name: str = "words", languages: Sequence[str] = ("en",)) -> None:
        self.name = name
        self.dimension = dimension
        self.languages = frozenset(languages)
        self.fingerprint = hashlib.sha256(f"{name} {dimension}".encode()).hexdigest()
        self.passages_embedded = 0

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.passages_embedded += len(texts)
        rows = [self._vector(text) for text in texts]
        return np.array(rows, dtype=np.float32).reshape(len(texts), self.dimension)

    def embed_question(self, text: str) -> NDArray[np.float32]:
        return self._vector(text)

    def _vector(self, text: str) -> NDArray[np.float32]:
        total = np.zeros(self.dimension)
        for word in re.findall(r"\w+", text.casefold()) or [""]:
            seed = int.from_bytes(hashlib.sha256(f"{self.name} {word}".encode()).digest()[:8], "big")
            total += np.random.default_rng(seed).standard_normal(self.dimension)
        return (total / np.linalg.norm(total)).astype(np.float32)
