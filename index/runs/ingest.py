"""An article on its way in: made ready to be stored, cut into passages, given its vectors. And what a run counts.

Called by `refresh`, which reads the sources, and by the archive inside a run's lease. An article is committed whole
(version, passages, full text): it can be found by text at once; passages without a vector are the work queue of
`embed`, committed batch by batch. What kills a run loses at most the batch in hand: the next run goes on from there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sqlite_utils import Database

from index.clean import article
from index.clean import sentences as segment
from index.clean.overrides import Rule
from index.clean.recurring_lines import relabelled
from index.datatypes import (
    Counts,
    Edit,
    Failure,
    IndexReport,
    Label,
    Manuscript,
    Metadata,
    Phase,
    Progress,
    Record,
    Sentence,
)
from index.errors import ArchiveError
from index.language import terms
from index.store import articles, edits, furniture, passages, vectors
from index.store.database import connect, transaction
from index.vectors.embedder import Embedder

if TYPE_CHECKING:
    from index.sources.web.fetch import Web

EMBED_BATCH = 128
TITLES_TOLD = 200

_CAPITALISED = re.compile(r"[^\W\d_][^\W_]*(?:['’.-][^\W\d_]+)*")

Beat = Callable[[Progress], None]
"""Says how far a run is. May raise Cancelled: the run was asked to stop, or lost its lease."""


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
    edit: Edit | None = None
    replaces: int | None = None


@dataclass
class Tally:
    """What a run has done so far: titles of articles, and numbers of them.

    `done` counts the records looked at, unchanged ones too; `embedded` the passages that got a vector.
    """

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: int = 0
    failures: list[Failure] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    embedded: int = 0
    done: int = 0

    @property
    def counts(self) -> Counts:
        """All of it in numbers."""
        return Counts(len(self.added), len(self.changed), self.unchanged, len(self.removed), len(self.failures))

    def progress(self, phase: Phase, done: int = 0, total: int = 0) -> Progress:
        """How far the run is, for the lease row and the person waiting."""
        return Progress(**asdict(self.counts), phase=phase, done=done, total=total)

    def report(self, *, passages: int, seconds: float, dry_run: bool, cancelled: bool) -> IndexReport:
        """The run's result as a value."""
        return IndexReport(
            **asdict(self.counts),
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
    """How a run reads: everything again (`full`), nothing written (`dry_run`), removals forced (`prune`).

    A source that is its owner's (`owned`) is known, with its history, even before it could be opened.
    `rules` are what the owner says of articles beside the articles. `web` fetches what is read from the web.
    """

    full: bool = False
    dry_run: bool = False
    prune: bool = False
    max_bytes: int = 50_000_000
    owned: bool = False
    rules: tuple[Rule, ...] = ()
    web: Web | None = None


def prepare(reading: articles.Reading, paper: Manuscript, dropped: Collection[str] = ()) -> Prepared:
    """Segment a manuscript and draft its passages; `dropped` are its outlet's lines of furniture, folded. Pure."""
    labels = relabelled(paper.text, paper.labels, dropped)
    sentences = segment.sentences(paper.text, labels, paper.metadata.lang)
    drafts = tuple(draft(paper.text, sentences, paper.metadata))
    return Prepared(reading, paper, sentences, drafts, surfaces(paper))


def drafts_of(db: Database, article_id: int, one: Prepared) -> tuple[passages.Drafted, ...]:
    """The passages of a prepared article, under the headline that people gave it, if they did."""
    metadata = edits.over(one.paper.metadata, edits.get(db, article_id))
    if metadata.title == one.paper.metadata.title:
        return one.drafts
    return tuple(draft(one.paper.text, one.sentences, metadata))


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
    paper = article.clean(Record("warm", "text", "A headline\n\n" + "A sentence to be read by nobody. " * 9))
    prepare(articles.Reading(0, "warm", "", segmenter(), article.VERSION), paper)


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
    dropped = furniture.dropped(db, version.metadata.outlet)
    labels = relabelled(version.text, articles.labels(db, version_id), dropped)
    sentences = segment.sentences(version.text, labels, version.metadata.lang)
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
            beat(tally.progress(Phase.EMBEDDING, start, len(queue)))
            batch = vectors.texts(db, queue[start : start + EMBED_BATCH])
            rows = embedder.embed_passages([embedded_text(one.title, one.text) for one in batch])
            with transaction(db):
                vectors.put(db, model, [one.input for one in batch], rows)
                articles.advance(db)
            tally.embedded += len(batch)
        if queue:
            beat(tally.progress(Phase.EMBEDDING, len(queue), len(queue)))


def spoken_languages(embedder: Embedder) -> frozenset[str]:
    """The languages whose passages get a vector: those the model declares, and texts too short to tell."""
    return embedder.languages | {"und"}


def segmenter() -> str:
    """The version of everything that shapes passages and their terms."""
    return f"{segment.VERSION}.{terms.VERSION}"


def titled(paper: Manuscript) -> str:
    """What people call an article that is being read."""
    return paper.metadata.title or "an article without a headline"
