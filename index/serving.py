"""What questions are answered from: the current snapshot and vector index, kept up to date while serving.

Held by the archive. SQLite is the truth and says by its generation when something changed, in whichever process. A
question never waits for vectors to be made: what has none yet is found by text. One low-priority worker embeds what
small changes left pending; larger work is a run's business.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from time import monotonic

import numpy as np
from sqlite_utils import Database

from index.datatypes import Options, Run, Status
from index.errors import ArchiveError, ModelError
from index.language.vocabulary import Vocabulary
from index.runs import ingest
from index.runs.ingest import Tally
from index.search import snapshot
from index.search.retrieve import Meaning
from index.search.snapshot import Snapshot
from index.search.term_counts import TermCounts
from index.store import articles, passages, runs, sources, vectors
from index.store.database import connect, hold, unchanging
from index.vectors.embedder import Embedder
from index.vectors.faiss_index import VectorIndex
from index.vectors.vector_store import VectorStore, VectorStores, VectorsUnusable

SMALL = 200  # pending passages that the serving process embeds by itself
EAGER = 0.5  # seconds between two looks at an archive that is changing
PATIENT = 30.0  # seconds between two looks at the vocabulary, which is large
INLINE = 5_000  # new vectors that are taken in while a question waits; more are taken in by the worker

log = logging.getLogger(__name__)


class Serving:
    """The current snapshot and vector index of one database. Safe to use from many threads."""

    def __init__(
        self,
        database: Path,
        file: Path,
        options: Options,
        embedder: Embedder | None,
        stores: VectorStores = VectorIndex,
    ) -> None:
        self._stores = stores
        self._database, self._file, self._options, self._embedder = database, file, options, embedder
        self._lock = threading.RLock()
        self._snapshot: Snapshot | None = None
        self._vectors: VectorStore | None = None
        self._vectors_at = -1  # the generation whose vectors were looked at last
        self._counts = (-1, TermCounts())  # with the generation that they are of
        self._words: tuple[Vocabulary, int, float] | None = None
        self._looked = 0.0
        self._worker: _Worker | None = None
        self._let_go: Callable[[], None] | None = None  # ends the connection held while questions are asked

    @property
    def database(self) -> Path:
        """The file that all of this is read from."""
        return self._database

    @property
    def embedder(self) -> Embedder | None:
        """The model in use, None where the archive is searched by text alone."""
        return self._embedder

    def snapshot(self, *, at_once: bool = False) -> Snapshot:
        """What can be found now, at most EAGER seconds old; `at_once` looks in any case."""
        with self._lock:
            current = self._snapshot
            if current is not None and not at_once and monotonic() - self._looked < EAGER:
                return current
        with self.reading() as (_, current):
            return current

    @contextmanager
    def reading(self) -> Iterator[tuple[Database, Snapshot]]:
        """A connection and the archive just as it sees it: of one moment, whatever a run commits meanwhile.

        A question that searched newer tables by an older snapshot would miss the articles replaced in between.
        """
        with self._lock:
            self._let_go = self._let_go or hold(self._database)
        with connect(self._database) as db, unchanging(db):
            yield db, self._seen_by(db)

    def _seen_by(self, db: Database) -> Snapshot:
        generation = articles.generation(db)
        with self._lock:
            current = self._snapshot
            if current is None or current.generation != generation:
                taken = snapshot.take(db, self._options.outlets, current)
                if current is None or current.generation < generation:
                    self._snapshot = taken
                current = taken
            self._looked = monotonic()
            return current

    def counts(self, of: Snapshot) -> TermCounts:
        """What is known of how many passages hold a term, in the state of the archive that a snapshot is of."""
        with self._lock:
            if self._counts[0] != of.generation:
                self._counts = of.generation, TermCounts()
            return self._counts[1]

    def vectors(self) -> VectorStore | None:
        """The vector index of the current snapshot; None without a model. Raises ModelError where it is unusable.

        Whoever asks meanwhile waits: for milliseconds where it takes in what is new, as long as reading all vectors
        takes where there is no saved index to open.
        """
        if self._embedder is None:
            return None
        now = self.snapshot()
        with self._lock:
            if self._vectors is None:
                self._vectors = self._opened(self._embedder)
            if self._vectors_at != now.generation:
                self._take_in(self._embedder, now)
            return self._vectors

    def meaning(self, question: str, lang: str) -> Meaning | None:
        """The vector leg of a question where the model knows its language; without it the text leg answers alone.

        The first question after a change waits until the index has taken it in, or, without a saved one, is built.
        """
        if not self.speaks(lang) or self._embedder is None or not question.strip():
            return None
        try:
            index = self.vectors()
            if index is None or not len(index):
                return None
            return Meaning(index, self._embedder.embed_question(question))
        except ModelError as error:
            log.error("Answering by text alone: %s", error)
            return None

    def speaks(self, lang: str) -> bool:
        """Whether there is a model and it knows the language."""
        return self._embedder is not None and lang in self._embedder.languages

    def vocabulary(self) -> Vocabulary:
        """The words of the archive, as they were at most PATIENT seconds before the last change."""
        now = self.snapshot()
        with self._lock:
            known, at, taken = self._words or (Vocabulary([]), -1, -PATIENT)
            if at != now.generation and monotonic() - taken >= PATIENT:
                with connect(self._database) as db:
                    known = Vocabulary(passages.vocabulary(db))
                self._words = known, now.generation, monotonic()
            return known

    def warm(self) -> None:
        """Load what the first question needs."""
        self.vocabulary()
        self.meaning("What can be asked here?", next(iter(self._embedder.languages), "") if self._embedder else "")

    def follow(self) -> None:
        """See at once what was changed; its vectors are made in the background."""
        self.snapshot(at_once=True)
        self.tend()

    def forget(self, *, tend: bool = True) -> None:
        """See at once what was taken out: no word of it stays in memory, and none in the saved index, with `tend`."""
        with self._lock:
            self._words = None
        self.snapshot(at_once=True)
        if tend:
            self.tend()

    def rebuild(self) -> VectorStore | None:
        """Build the vector index anew from the database and swap it in, on disk and here; without a model it goes."""
        if self._embedder is None:
            for file in self._file.parent.glob(f"{self._file.stem}*"):
                file.unlink(missing_ok=True)
            return None
        index = self._built(self._embedder)
        with self._lock:
            self._vectors = index
            self._vectors_at = -1
        return index

    def is_saved(self) -> bool:
        """Whether the saved index is of this model and of the archive as it is now; True without a model."""
        if self._embedder is None:
            return True
        with connect(self._database) as db:
            now = articles.generation(db)
        return self._stores.saved_at(self._file, fingerprint=self._embedder.fingerprint) == now

    def freshen(self) -> None:
        """Save an index that is worth it: built anew where too much changed since, or where the saved one is older."""
        if self._embedder is None:
            return
        self.snapshot(at_once=True)
        index = self.vectors()
        if index is None:
            return
        if index.needs_rebuild or self._holds_removed(index) or self._lags(index, self._embedder):
            self.rebuild()
        elif index.generation != self._stores.saved_at(self._file, fingerprint=self._embedder.fingerprint):
            self._save(index)

    def tend(self) -> None:
        """Let the worker embed what is pending, if it is little."""
        if self._embedder is None:
            return
        with self._lock:
            if self._worker is None:
                self._worker = _Worker(self._embed_pending)
            self._worker.wake()

    def status(self, now: datetime, running: Run | None) -> Status:
        """The archive at a glance, at a moment and with the run that is under way."""
        snapshot, index = self.snapshot(at_once=True), self._index_shown()
        with connect(self._database) as db:
            return Status(
                articles=len(snapshot.listed),
                passages=len(snapshot.ids),
                pending=self._pending(db),
                removed=len(articles.buried(db)),
                newest=snapshot.newest(snapshot.shown(now)),
                languages=dict(snapshot.languages),
                sources=sources.every(db),
                last_run=runs.last(db),
                running=running,
                model=self._embedder.name if self._embedder else None,
                index_type=index,
                index_bytes=sum(file.stat().st_size for file in self._file.parent.glob(f"{self._file.stem}*")),
                database_bytes=self._database.stat().st_size,
                generation=snapshot.generation,
            )

    def close(self) -> None:
        """Stop the worker, which ends after the batch in hand, and let the database go."""
        worker = self._worker
        if worker is not None:
            worker.stop()
        with self._lock:
            let_go, self._let_go = self._let_go, None
        if let_go is not None:
            let_go()

    def _pending(self, db: Database) -> int:
        if self._embedder is None:
            return 0
        try:
            return _waiting(db, self._embedder)
        except ModelError as error:
            log.error("%s", error)
            return 0

    def _index_shown(self) -> str | None:
        try:
            index = self.vectors()
        except ModelError as error:
            log.error("%s", error)
            return None
        return f"{index.kind}, {len(index)} vectors" if index is not None else None

    def _opened(self, embedder: Embedder) -> VectorStore:
        try:
            return self._stores.open(self._file, fingerprint=embedder.fingerprint)
        except VectorsUnusable as error:
            if self._file.exists():
                log.warning("%s", error)
            return self._built(embedder, save=self._file.exists())

    def _built(self, embedder: Embedder, *, save: bool = True) -> VectorStore:
        with connect(self._database) as db:
            generation = articles.generation(db)
            model = vectors.find_model(db, embedder.fingerprint)
            ids, rows = vectors.load(db, -1 if model is None else model, None, embedder.dimension)
        index = self._stores.build(
            ids, rows, dimension=embedder.dimension, fingerprint=embedder.fingerprint, generation=generation
        )
        if save:
            self._save(index)
        return index

    def _save(self, index: VectorStore) -> None:
        try:
            index.save(self._file)
        except OSError as error:  # a cache: the archive serves without the file
            log.warning("The vector index could not be saved (%s); it will be built anew.", error.strerror)

    def _take_in(self, embedder: Embedder, now: Snapshot) -> None:
        """Add the vectors that came since, drop those whose passage is gone."""
        index = self._vectors
        assert index is not None
        with connect(self._database) as db:
            model = vectors.find_model(db, embedder.fingerprint)
            ready = vectors.ready(db, -1 if model is None else model)
            fresh = np.setdiff1d(ready, index.ids, assume_unique=True)
            if len(fresh) > INLINE:
                index = self._reopened(embedder, index, ready)
                fresh = np.setdiff1d(ready, index.ids, assume_unique=True)
            if len(fresh) > INLINE:
                self.tend()  # the worker builds anew while questions are answered
                fresh = fresh[:INLINE]
            if len(fresh) and model is not None:
                ids, rows = vectors.load(db, model, fresh, embedder.dimension)
                index = index.add(ids, rows)
        self._vectors = index.remove(np.setdiff1d(index.ids, ready, assume_unique=True))
        self._vectors_at = now.generation

    def _reopened(
        self, embedder: Embedder, index: VectorStore, ready: np.ndarray[tuple[int], np.dtype[np.int64]]
    ) -> VectorStore:
        """The index that another process saved, where it holds more of what is ready than ours."""
        try:
            other = self._stores.open(self._file, fingerprint=embedder.fingerprint)
        except VectorsUnusable:
            return index
        return max(index, other, key=lambda one: len(np.intersect1d(ready, one.ids, assume_unique=True)))

    def _holds_removed(self, index: VectorStore) -> bool:
        """Whether an article was removed since the index was built: then its vectors may be in the saved file."""
        with connect(self._database) as db:
            return index.generation < articles.buried_at(db)

    def _lags(self, index: VectorStore, embedder: Embedder) -> bool:
        """Whether vectors are ready that the index does not hold."""
        with connect(self._database) as db:
            model = vectors.find_model(db, embedder.fingerprint)
            ready = vectors.ready(db, -1 if model is None else model)
        return bool(len(np.setdiff1d(ready, index.ids, assume_unique=True)))

    def _embed_pending(self, stopped: Callable[[], bool]) -> None:
        if self._embedder is None:
            return

        def beat(progress: object) -> None:
            if stopped():
                raise ingest.Cancelled("The archive is closing.")

        with connect(self._database) as db:
            waiting = _waiting(db, self._embedder)
        if 0 < waiting <= SMALL:
            ingest.embed(self._database, self._embedder, Tally(), beat)
        self.freshen()


def _waiting(db: Database, embedder: Embedder) -> int:
    model = vectors.find_model(db, embedder.fingerprint)
    return vectors.pending_count(db, model, ingest.spoken_languages(embedder))


class _Worker:
    """One thread of low priority that does its work whenever it is woken."""

    def __init__(self, work: Callable[[Callable[[], bool]], None]) -> None:
        self._work = work
        self._wake, self._stop = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="quotewire-tend", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        self._wake.set()

    def stop(self) -> None:
        self._stop.set()
        self._wake.set()
        self._thread.join(timeout=5)

    def _run(self) -> None:
        _lower_priority()
        while True:
            self._wake.wait()
            self._wake.clear()
            if self._stop.is_set():
                return
            try:
                self._work(self._stop.is_set)
            except ingest.Cancelled:
                return
            except (ModelError, ArchiveError) as error:
                log.warning("Vectors are still missing: %s", error)
            except Exception:
                log.exception("The worker that makes vectors failed; it goes on at the next change.")


def _lower_priority() -> None:
    """On Linux a thread has a priority of its own; elsewhere it stays as it is."""
    if hasattr(os, "setpriority") and hasattr(threading, "get_native_id"):
        try:
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 10)
        except OSError:
            log.debug("The worker keeps its priority.")
