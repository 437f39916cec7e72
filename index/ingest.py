"""Sources -> database -> vectors, only what changed. A run is resumable at any moment and reports itself.

Called by the archive inside a run's lease. Each batch of articles is committed whole (versions, passages, full text):
it can be found by text at once; passages without a vector are the work queue of `embed`, committed batch by batch.
What kills a run loses at most the batch in hand: the next run goes on from there.
"""

from __future__ import annotations

import hashlib
import logging
import os
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlite_utils import Database

from index import clean, segment, terms
from index.datatypes import (
    Failure,
    IndexReport,
    Label,
    Manuscript,
    Metadata,
    Progress,
    RawRecord,
    Record,
    Sentence,
)
from index.embed import Embedder
from index.errors import ArchiveError, RecordError, RecordWithheld, SourceError, SourceMissing
from index.sources.open import Source, open_source, printable
from index.store import articles, passages, vectors
from index.store.database import connect, transaction

BATCH_ARTICLES = 32
EMBED_BATCH = 128
TITLES_TOLD = 200
FEWER_THAN = 0.7  # a source that lists less than this share of what it listed before removes nothing

_CAPITALISED = re.compile(r"[^\W\d_][^\W_]*(?:['’.-][^\W\d_]+)*")

Beat = Callable[[Progress], None]

log = logging.getLogger(__name__)


class Cancelled(ArchiveError):
    """Somebody asked the run to stop; what is committed stays."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article read, cleaned and segmented, ready to be committed."""

    reading: articles.Reading
    paper: Manuscript
    sentences: tuple[Sentence, ...]
    drafts: tuple[passages.Drafted, ...]
    surfaces: frozenset[tuple[str, str]]


@dataclass
class Tally:
    """What a run has done so far."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: int = 0
    failures: list[Failure] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    embedded: int = 0
    done: int = 0

    def progress(self, phase: str, done: int, total: int) -> Progress:
        """How far the run is, for the lease row and the person waiting."""
        counts = (len(self.added), len(self.changed), self.unchanged, len(self.removed), len(self.failures))
        return Progress(phase, done, total, *counts)

    def report(self, *, passages: int, seconds: float, dry_run: bool, cancelled: bool) -> IndexReport:
        """The run's result as a value."""
        return IndexReport(
            added=len(self.added),
            changed=len(self.changed),
            unchanged=self.unchanged,
            removed=len(self.removed),
            failures=tuple(self.failures),
            warnings=tuple(self.warnings),
            added_titles=tuple(self.added[:TITLES_TOLD]),
            changed_titles=tuple(self.changed[:TITLES_TOLD]),
            removed_titles=tuple(self.removed[:TITLES_TOLD]),
            passages=passages,
            embedded=self.embedded,
            seconds=round(seconds, 3),
            dry_run=dry_run,
            cancelled=cancelled,
        )


@dataclass(frozen=True, slots=True)
class Mode:
    """How a run reads: everything again (`full`), nothing written (`dry_run`), removals forced (`prune`)."""

    full: bool = False
    dry_run: bool = False
    prune: bool = False
    max_bytes: int = 50_000_000


def read(database: Path, path: Path, mode: Mode, tally: Tally, beat: Beat) -> None:
    """Bring the database up to date with a file or folder, as part of the folder it belongs to where that is known.

    Raises Cancelled from `beat`.
    """
    absolute = Path(os.path.abspath(path))  # noqa: PTH100  # keeps symbolic links
    if (name := printable(str(absolute))) != str(absolute):
        tally.failures.append(Failure(name, f"{name} has a name that is no valid text: rename it"))
        return
    with connect(database) as db:
        sources = [Path(known) for known in articles.sources(db)]
    home = absolute
    if absolute not in sources:
        home = next((folder for folder in sources if absolute.is_relative_to(folder)), absolute)
    _Reader(database, str(home), mode, tally, beat).run(only=absolute if home != absolute else None)


class _Reader:
    """One source being read: what was known of it, what has been seen, what waits to be committed."""

    def __init__(self, database: Path, path: str, mode: Mode, tally: Tally, beat: Beat) -> None:
        self.database, self.path, self.mode, self.tally, self.beat = database, path, mode, tally, beat
        with connect(database) as db:
            self.source_id = articles.find_source(db, path) or 0
            self.known = articles.known(db, self.source_id)
            self.listed_before = articles.source_listed(db, self.source_id) if self.source_id else 0
        self.seen: set[str] = set()
        self.kept: list[str] = []  # keys (of a file: with all its members) that could not be read
        self.withheld: dict[str, str] = {}  # keys of articles that may not be served, with their story
        self.complete = True
        self.waiting: list[Prepared] = []
        self.beaten = 0.0

    def run(self, *, only: Path | None = None) -> None:
        """Read the source, or of a folder a part alone; then nothing is removed."""
        source = self._open(only or Path(self.path))
        if source is not None:
            folder = _prefix(Path(self.path), only, source)
            for found in source.records():
                self._take(_inside(folder, found))
                self._beat()
            self._commit()
        self._remove_withheld()
        if only is None:
            self._remove_missing(vanished=source is None)

    def _open(self, path: Path) -> Source | None:
        """The source, known from now on; a path that cannot be opened is a failure and becomes no source."""
        try:
            source = open_source(path, max_bytes=self.mode.max_bytes)
        except SourceError as error:
            self.tally.failures.append(Failure(str(path), str(error)))
            self.complete = isinstance(error, SourceMissing)
            return None
        if not self.mode.dry_run:
            with connect(self.database) as db, transaction(db):
                self.source_id = articles.add_source(db, self.path)
        return source

    def _take(self, found: RawRecord | RecordError) -> None:
        if isinstance(found, RecordWithheld):
            self._withhold(found, found.key)
            return
        if isinstance(found, RecordError):
            self._failed(found, found.source or self.path)
            return
        self.seen.add(found.key)
        self.tally.done += 1
        known = self.known.get(found.key)
        fingerprint = _fingerprint(found.digest)
        if known is not None and (known.removed or (known.fingerprint == fingerprint and not self.mode.full)):
            self.tally.unchanged += 1
            if not known.removed and known.segmenter != segmenter():
                self._resegment(known.article_id, fingerprint)
            return
        reading = articles.Reading(self.source_id, found.key, fingerprint, segmenter(), clean.VERSION)
        try:
            self.waiting.append(prepare(reading, clean.clean(found.load())))
        except RecordWithheld as error:
            self._withhold(error, found.key)
        except RecordError as error:
            self.tally.failures.append(Failure(found.name, str(error)))
        except OSError as error:  # the machine's trouble, not the article's
            reason = (error.strerror or "input/output error").lower()
            raise SourceError(f"Reading stopped at {found.name}: {reason}") from error
        except Exception:  # one article that no reader was written for must not end the run
            log.exception("%s could not be read.", found.name)
            self.tally.failures.append(Failure(found.name, f"{found.name} could not be read; the log says why"))
        if len(self.waiting) >= BATCH_ARTICLES:
            self._commit()

    def _failed(self, error: RecordError, name: str) -> None:
        self.tally.failures.append(Failure(name, str(error)))
        if error.key is None:
            self.complete = False
        else:
            self.kept.append(error.key)

    def _withhold(self, error: RecordWithheld, key: str | None) -> None:
        """An article that its source withdrew: told, and removed at the end of the run where it was indexed."""
        if not error.expected or key in self.known:
            self.tally.warnings.append(f"Kept out: {error}")
        if key is not None:
            self.seen.add(key)
            self.withheld[key] = error.story

    def _remove_withheld(self) -> None:
        """What the source withdrew goes, whatever else could be read: under its own key, or in another of its files."""
        own = [key for key in self.withheld if key in self.known and not self.known[key].removed]
        self._remove(own)
        for key in own:
            del self.known[key]
        ends = tuple(f"#{story}" for story in self.withheld.values() if story)
        if not ends or self.mode.dry_run:
            return
        with connect(self.database) as db, transaction(db):
            for key, known in articles.known(db, self.source_id).items():
                if key.endswith(ends) and not known.removed:  # a tombstone, or that file would bring it back
                    self.tally.removed.append(articles.bury(db, known.article_id, "its source").title)
                    passages.clear(db, known.article_id)
            articles.advance(db)

    def _resegment(self, article_id: int, fingerprint: str) -> None:
        if not self.mode.dry_run:
            with connect(self.database) as db, transaction(db):
                resegment(db, article_id)
                articles.touch(db, article_id, fingerprint, segmenter())
                articles.advance(db)

    def _commit(self) -> None:
        if not self.waiting:
            return
        with connect(self.database) as db:
            if self.mode.dry_run:
                for one in self.waiting:
                    self._foresee(db, one)
            else:
                with transaction(db):
                    for one in self.waiting:
                        self._store(db, one)
                    articles.advance(db)
        self.waiting.clear()
        self._beat(force=True)

    def _store(self, db: Database, one: Prepared) -> None:
        existed = one.reading.key in self.known
        if not existed and self._is_buried(db, one):
            return
        article_id, version_id = articles.put(db, one.reading, one.paper)
        if version_id is None and self.mode.full:
            resegment(db, article_id)
        if version_id is not None:
            passages.clear(db, article_id)
            articles.set_sentences(db, version_id, one.sentences)
            passages.put(db, version_id, one.drafts)
            passages.add_surfaces(db, Counter(one.surfaces))
        self._count(one, existed, version_id is None)

    def _foresee(self, db: Database, one: Prepared) -> None:
        known = self.known.get(one.reading.key)
        if known is None and self._is_buried(db, one):
            return
        same = known is not None and articles.is_current(db, known.article_id, one.paper)
        self._count(one, known is not None, same)

    def _is_buried(self, db: Database, one: Prepared) -> bool:
        if not articles.is_buried(db, one.paper.metadata.url, articles.story_digest(one.paper)):
            return False
        self.tally.warnings.append(f"Kept out, because an editor removed it: {_titled(one.paper)}")
        return True

    def _count(self, one: Prepared, existed: bool, same: bool) -> None:
        if same:
            self.tally.unchanged += 1
        else:
            (self.tally.changed if existed else self.tally.added).append(_titled(one.paper))
        self.tally.warnings.extend(f"{_titled(one.paper)}: {note}" for note in one.paper.notes if not same)

    def _remove_missing(self, *, vanished: bool) -> None:
        missing = [key for key in self.known if key not in self.seen and not self._keeps(key)]
        missing = [key for key in missing if not self.known[key].removed]
        if missing and not self.complete:
            self.tally.warnings.append(f"{self.path}: it could not be read completely, so nothing was removed")
            return
        if missing and not self.mode.prune and (reason := self._reason_to_keep(vanished)):
            self.tally.warnings.append(
                f"{self.path}: {reason}, so nothing was removed; to remove what is no longer there: index --prune"
            )
            return
        self._remove(missing)
        if self.complete and not vanished and not self.mode.dry_run:
            with connect(self.database) as db, transaction(db):
                articles.source_read(db, self.source_id, len(self.seen))

    def _keeps(self, key: str) -> bool:
        return any(key == kept or key.startswith(kept + "#") for kept in self.kept)

    def _reason_to_keep(self, vanished: bool) -> str | None:
        if vanished:
            return "it is not there any more"
        if not self.seen:
            return f"it is empty, and held {len(self.known)} articles"
        before = max(self.listed_before, len(self.known))
        if len(self.seen) < FEWER_THAN * before:
            return f"it lists {len(self.seen)} articles, and listed {before} before"
        return None

    def _remove(self, missing: Sequence[str]) -> None:
        for start in range(0, len(missing), BATCH_ARTICLES):
            with connect(self.database) as db:
                doomed = [self.known[key].article_id for key in missing[start : start + BATCH_ARTICLES]]
                titles = [articles.article(db, id_).title for id_ in doomed]
                if not self.mode.dry_run:
                    with transaction(db):
                        for id_ in doomed:
                            passages.clear(db, id_)
                            articles.delete(db, id_)
                        articles.advance(db)
                self.tally.removed.extend(titles)

    def _beat(self, *, force: bool = False) -> None:
        if force or time.monotonic() - self.beaten > 0.5:
            self.beaten = time.monotonic()
            self.beat(self.tally.progress("reading", self.tally.done, 0))


def _prefix(home: Path, only: Path | None, source: Source) -> str:
    """What the keys of a source get before them as part of the folder `home`: nothing, or a path with a slash."""
    if only is None:
        return ""
    inside = (only if source.kind == "folder" else only.parent).relative_to(home).as_posix()
    return "" if inside == "." else f"{inside}/"


def _inside(folder: str, found: RawRecord | RecordError) -> RawRecord | RecordError:
    """What a file gave, under the key it has as part of its folder."""
    if not folder:
        return found
    if isinstance(found, RawRecord):
        return replace(found, key=folder + found.key)
    key = None if found.key is None else folder + found.key
    return RecordError(str(found), source=found.source, key=key)


def prepare(reading: articles.Reading, paper: Manuscript) -> Prepared:
    """Segment a manuscript and draft its passages. Pure."""
    sentences = segment.sentences(paper.text, paper.labels, paper.metadata.lang)
    drafts = tuple(draft(paper.text, sentences, paper.metadata))
    return Prepared(reading, paper, sentences, drafts, surfaces(paper))


def draft(text: str, sentences: Sequence[Sentence], metadata: Metadata) -> Iterator[passages.Drafted]:
    """The passages of a version with their search terms and the text to be embedded."""
    title_terms = " ".join(terms.terms(metadata.title, metadata.lang))
    for span, label in segment.passages(text, sentences):
        words = span.of(text)
        yield passages.Drafted(
            span, label, title_terms, " ".join(terms.terms(words, metadata.lang)), embedded_text(metadata.title, words)
        )


def warm() -> None:
    """Read an article that is nowhere, so that the models of reading are loaded before the first real one."""
    paper = clean.clean(Record("warm", "text", "A headline\n\n" + "A sentence to be read by nobody. " * 9))
    prepare(articles.Reading(0, "warm", "", segmenter(), clean.VERSION), paper)


def embedded_text(title: str, words: str) -> str:
    """What stands for a passage before the model: its headline and its words."""
    return f"{title}\n{words}" if title else words


def surfaces(paper: Manuscript) -> frozenset[tuple[str, str]]:
    """The capitalised words of an article as (term, surface): the archive's names in the archive's spelling."""
    words = {
        word
        for span in paper.labels
        if span.label is not Label.FURNITURE
        for word in _CAPITALISED.findall(paper.text, span.start, span.end)
        if word[0].isupper() and 2 < len(word) < 40
    }
    lang = paper.metadata.lang
    return frozenset((term, word) for word in words if (term := terms.stem(word, lang)))


def resegment(db: Database, article_id: int) -> None:
    """Cut the current version of an article into passages anew; its text and its answers stay as they are."""
    version_id = articles.current_version(db, article_id)
    version = articles.version(db, version_id)
    sentences = segment.sentences(version.text, articles.labels(db, version_id), version.metadata.lang)
    passages.clear(db, article_id)
    articles.set_sentences(db, version_id, sentences)
    passages.put(db, version_id, tuple(draft(version.text, sentences, version.metadata)))


def embed(database: Path, embedder: Embedder, tally: Tally, beat: Beat, *, limit: int | None = None) -> None:
    """Make the vectors that are missing, at most `limit`, the longest texts first, committed batch by batch."""
    languages = spoken_languages(embedder)
    with connect(database) as db:
        with transaction(db):
            model = vectors.model_id(db, embedder.fingerprint, embedder.name)
            vectors.sweep(db)
        queue = vectors.queue(db, model, languages)[:limit]
        for start in range(0, len(queue), EMBED_BATCH):
            beat(tally.progress("embedding", start, len(queue)))
            batch = vectors.texts(db, queue[start : start + EMBED_BATCH])
            rows = embedder.embed_passages([embedded_text(one.title, one.text) for one in batch])
            with transaction(db):
                vectors.put(db, model, [one.input for one in batch], rows)
                articles.advance(db)
            tally.embedded += len(batch)
        if queue:
            beat(tally.progress("embedding", len(queue), len(queue)))


def spoken_languages(embedder: Embedder) -> frozenset[str]:
    """The languages whose passages get a vector: those the model declares, and texts too short to tell."""
    return embedder.languages | {"und"}


def segmenter() -> str:
    """The version of everything that shapes passages and their terms."""
    return f"{segment.VERSION}.{terms.VERSION}"


def _fingerprint(digest: str) -> str:
    return hashlib.sha256(f"{digest} {clean.VERSION}".encode()).hexdigest()


def _titled(paper: Manuscript) -> str:
    return paper.metadata.title or "an article without a headline"
