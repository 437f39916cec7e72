"""What the archive asks of a store of vectors. FAISS (`faiss_index.py`) is the first; another stands next to it.

A store is a value: `add` and `remove` give a new one, so that questions go on searching theirs. SQLite keeps the
vectors, so whatever a store keeps is a cache, built anew where it is missing. Every store has to pass the contract in
`tests/index/vectors/test_vector_store.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from index.errors import ArchiveError

Ids = NDArray[np.int64]
Vectors = NDArray[np.float32]


class VectorsUnusable(ArchiveError):
    """What was saved is missing, damaged, or of another model: build it anew."""


class VectorStore(Protocol):
    """Unit vectors of passages by id, searched by cosine. Safe to search from many threads at once."""

    @property
    def dimension(self) -> int:
        """The length of a vector."""

    @property
    def generation(self) -> int:
        """The archive's generation when the store was built."""

    @property
    def kind(self) -> str:
        """What status shows."""

    @property
    def needs_rebuild(self) -> bool:
        """Whether so much changed since the build that building anew pays."""

    @property
    def ids(self) -> Ids:
        """Every id that a search can find, ascending."""

    def __len__(self) -> int:
        """How many vectors can be found."""

    def add(self, ids: ArrayLike, vectors: ArrayLike) -> VectorStore:
        """The store with these unit rows, too; a row given for a known id takes its place."""

    def remove(self, ids: ArrayLike) -> VectorStore:
        """The store without these ids; unknown ones do no harm."""

    def search(
        self, query: ArrayLike, k: int, allowed: ArrayLike | None = None, excluded: ArrayLike | None = None
    ) -> tuple[Ids, Vectors]:
        """The `k` ids nearest to a unit vector, best first, ties by id, with their cosines.

        `allowed` (None: all) and `excluded` restrict before the cut: what they leave out takes no place.
        """

    def scores(self, query: ArrayLike, ids: ArrayLike, vectors_of: Callable[[Ids], ArrayLike] | None = None) -> Vectors:
        """The cosine of each id, in their order; NaN for an unknown one. `vectors_of` gives exact rows by id."""

    def save(self, path: Path) -> None:
        """Keep the store at `path`, in one step; a store that keeps itself does nothing. OSError where it fails."""

    def close(self) -> None:
        """Let go of connections and memory; the store is not asked again."""


class VectorStores(Protocol):
    """How stores of one kind come to be."""

    def build(
        self, ids: ArrayLike, vectors: ArrayLike, *, dimension: int, fingerprint: str, generation: int
    ) -> VectorStore:
        """A new store of these unit rows. `fingerprint` is the embedding model's."""

    def open(self, path: Path, *, fingerprint: str) -> VectorStore:
        """The store kept at `path`. VectorsUnusable where there is none, or of another model."""

    def saved_at(self, path: Path, *, fingerprint: str) -> int | None:
        """The generation of what is kept at `path`, without opening it; None where nothing of this model is."""
