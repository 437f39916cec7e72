"""What questions are answered from: the current snapshot and vector index, kept up to date while serving.

Held by the archive. SQLite is the truth and says by its generation when something changed, in whichever process. A
question never waits for vectors to be made: what has none yet is found by text. One low-priority worker embeds what
small changes left pending; larger work is a run's business.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from time import monotonic

from sqlite_utils import Database

from index.datatypes import Options, Run, Status
from index.errors import ModelError
from index.language.vocabulary import Vocabulary
from index.runs import ingest
from index.runs.background import Background
from index.runs.ingest import Tally
from index.search import snapshot
from index.search.snapshot import Snapshot
from index.search.term_counts import TermCounts
from index.search.vector_leg import Meaning, VectorLeg
from index.store import articles, passages, runs, sources, vectors
from index.store.database import connect, hold, unchanging
from index.vectors.embedder import Embedder
from index.vectors.faiss_index import VectorIndex
from index.vectors.vector_store import VectorStore, VectorStores

SMALL = 200  # pending passages that the serving process embeds by itself
EAGER = 0.5  # seconds between two looks at an archive that is changing
PATIENT = 30.0  # seconds between two looks at the vocabulary, which is large

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
        self._database, self._file, self._options, self._embedder = database, file, options, embedder
        self._leg = None if embedder is None else VectorLeg(database, file, embedder, stores, self.tend)
        self._lock = threading.RLock()
        self._snapshot: Snapshot | None = None
        self._counts = (-1, TermCounts())  # with the generation that they are of
        self._words: tuple[Vocabulary, int, float] | None = None
        self._looked = 0.0
        self._worker: Background | None = None
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
        """The vector index of the current snapshot; None without a model. May wait; raises ModelError."""
        return None if self._leg is None else self._leg.current(self.snapshot().generation)

    def meaning(self, question: str, lang: str) -> Meaning | None:
        """The vector leg of a question where the model knows its language; without it the text leg answers alone."""
        if self._leg is None or not self.speaks(lang) or not question.strip():
            return None
        try:
            return self._leg.meaning(question, self.snapshot().generation)
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

    def rebuild(self) -> None:
        """Build the vector index anew from the database and swap it in, on disk and here; without a model it goes."""
        if self._leg is not None:
            self._leg.rebuild()
            return
        for file in self._index_files():
            file.unlink(missing_ok=True)

    def is_saved(self) -> bool:
        """Whether the saved index is of this model and of the archive as it is now; True without a model."""
        return self._leg is None or self._leg.is_saved()

    def freshen(self) -> None:
        """Save an index that is worth it: built anew where too much changed since, or where the saved one is older."""
        if self._leg is not None:
            self._leg.freshen(self.snapshot(at_once=True).generation)

    def tend(self) -> None:
        """Let the worker embed what is pending, if it is little."""
        if self._embedder is None:
            return
        with self._lock:
            if self._worker is None:
                self._worker = Background(self._embed_pending)
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
                index_bytes=sum(file.stat().st_size for file in self._index_files()),
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

    def _index_files(self) -> Iterator[Path]:
        return self._file.parent.glob(f"{self._file.stem}*")

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
