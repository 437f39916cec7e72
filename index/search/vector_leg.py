"""The vector leg: the index that questions are answered from, kept up to date with the database.

Held by what serves. SQLite keeps the vectors; the index and its file are caches that can be built anew. Whoever needs
the index waits while it takes in a little; what is more is left to the background.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.store import articles, vectors
from index.store.database import connect
from index.vectors.embedder import Embedder
from index.vectors.vector_store import VectorStore, VectorStores, VectorsUnusable

INLINE = 5_000  # new vectors that are taken in while a question waits; more are taken in by the background

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Meaning:
    """The vector leg: the index that serves, and the question's vector: float32, unit length, shape (dimension,)."""

    vectors: VectorStore
    question: NDArray[np.float32]


class VectorLeg:
    """The index of one database and one model. Safe to use from many threads.

    `file` is where it is saved, `stores` how it comes to be. `tend` asks the background to build it anew.
    """

    def __init__(
        self, database: Path, file: Path, embedder: Embedder, stores: VectorStores, tend: Callable[[], None]
    ) -> None:
        self._database, self._file, self._embedder = database, file, embedder
        self._stores, self._tend = stores, tend
        self._lock = threading.Lock()
        self._index: VectorStore | None = None
        self._at = -1  # the generation whose vectors were looked at last

    def current(self, generation: int) -> VectorStore:
        """The index with what is ready at `generation`. Raises ModelError where the model cannot be used.

        Whoever asks meanwhile waits: for milliseconds where it takes in what is new, as long as reading all vectors
        takes where there is no saved index to open.
        """
        with self._lock:
            if self._index is None:
                self._index = self._opened()
            if self._at != generation:
                self._index, self._at = self._caught_up(self._index), generation
            return self._index

    def meaning(self, question: str, generation: int) -> Meaning | None:
        """A question's vector, and the index to search; None where that is empty. Raises ModelError."""
        index = self.current(generation)
        return Meaning(index, self._embedder.embed_question(question)) if len(index) else None

    def rebuild(self) -> VectorStore:
        """Build the index anew from the database and swap it in, on disk and here. Raises ModelError."""
        index = self._built()
        with self._lock:
            self._index, self._at = index, -1
        return index

    def is_saved(self) -> bool:
        """Whether the saved index is of this model and of the archive as it is now."""
        with connect(self._database) as db:
            now = articles.generation(db)
        return self._saved_at() == now

    def freshen(self, generation: int) -> None:
        """Save an index that is worth it: built anew where too much changed since, or where the saved one is older."""
        index = self.current(generation)
        if index.needs_rebuild or self._holds_removed(index) or self._lags(index):
            self.rebuild()
        elif index.generation != self._saved_at():
            self._save(index)

    def _saved_at(self) -> int | None:
        return self._stores.saved_at(self._file, fingerprint=self._embedder.fingerprint)

    def _opened(self) -> VectorStore:
        try:
            return self._stores.open(self._file, fingerprint=self._embedder.fingerprint)
        except VectorsUnusable as error:
            if self._file.exists():
                log.warning("%s", error)
            return self._built(save=self._file.exists())

    def _built(self, *, save: bool = True) -> VectorStore:
        fingerprint, dimension = self._embedder.fingerprint, self._embedder.dimension
        with connect(self._database) as db:
            generation = articles.generation(db)
            model = vectors.find_model(db, fingerprint)
            ids, rows = vectors.load(db, -1 if model is None else model, None, dimension)
        index = self._stores.build(ids, rows, dimension=dimension, fingerprint=fingerprint, generation=generation)
        if save:
            self._save(index)
        return index

    def _save(self, index: VectorStore) -> None:
        try:
            index.save(self._file)
        except OSError as error:  # a cache: the archive serves without the file
            log.warning("The vector index could not be saved (%s); it will be built anew.", error.strerror)

    def _caught_up(self, index: VectorStore) -> VectorStore:
        """The index with the vectors that came since, without those whose passage is gone."""
        with connect(self._database) as db:
            model = vectors.find_model(db, self._embedder.fingerprint)
            ready = vectors.ready(db, -1 if model is None else model)
            fresh = np.setdiff1d(ready, index.ids, assume_unique=True)
            if len(fresh) > INLINE:
                index = self._reopened(index, ready)
                fresh = np.setdiff1d(ready, index.ids, assume_unique=True)
            if len(fresh) > INLINE:
                self._tend()  # built anew while questions are answered
                fresh = fresh[:INLINE]
            if len(fresh) and model is not None:
                ids, rows = vectors.load(db, model, fresh, self._embedder.dimension)
                index = index.add(ids, rows)
        return index.remove(np.setdiff1d(index.ids, ready, assume_unique=True))

    def _reopened(self, index: VectorStore, ready: NDArray[np.int64]) -> VectorStore:
        """The index that another process saved, where it holds more of what is ready than ours."""
        try:
            other = self._stores.open(self._file, fingerprint=self._embedder.fingerprint)
        except VectorsUnusable:
            return index
        return max(index, other, key=lambda one: len(np.intersect1d(ready, one.ids, assume_unique=True)))

    def _holds_removed(self, index: VectorStore) -> bool:
        """Whether an article was removed since the index was built: then its vectors may be in the saved file."""
        with connect(self._database) as db:
            return index.generation < articles.buried_at(db)

    def _lags(self, index: VectorStore) -> bool:
        """Whether vectors are ready that the index does not hold."""
        with connect(self._database) as db:
            model = vectors.find_model(db, self._embedder.fingerprint)
            ready = vectors.ready(db, -1 if model is None else model)
        return bool(len(np.setdiff1d(ready, index.ids, assume_unique=True)))
