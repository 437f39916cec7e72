"""Indexing runs: their progress and report, and the archive at a glance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from index.datatypes.article import ArticleCard
from index.datatypes.counts import Counts, RunOutcome
from index.datatypes.source import SourceSpec


@dataclass(frozen=True, slots=True)
class Failure:
    """Something a run could not read, in words for a person."""

    name: str
    reason: str

    def line(self) -> str:
        """Both in one line, the name once."""
        return self.reason if self.reason.startswith(self.name) else f"{self.name}: {self.reason}"


class Phase(StrEnum):
    """What a run is doing."""

    READING = "reading"
    EMBEDDING = "embedding"
    BUILDING = "building"  # the vector index


class RunKind(StrEnum):
    """What a run is for."""

    REINDEX = "reindex"
    FULL = "full"  # everything is read anew
    DRY = "dry"  # nothing is written
    INGEST = "ingest"  # one file; of earlier versions
    TAKE = "take"  # what was submitted; short, and no run to those who watch
    ERASE = "erase"  # one article; no run may begin meanwhile


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress(Counts):
    """How far a run is: `done` of `total` articles (reading) or passages (embedding).

    `total` is 0 where it is not known yet.
    """

    phase: Phase = Phase.READING
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexReport(Counts):
    """What a run did (or, for a dry run, would do). `failed` counts the failures.

    The title lists are filled for dry runs and small runs.
    """

    failures: tuple[Failure, ...] = ()
    warnings: tuple[str, ...] = ()
    added_titles: tuple[str, ...] = ()
    changed_titles: tuple[str, ...] = ()
    removed_titles: tuple[str, ...] = ()
    passages: int = 0
    embedded: int = 0
    seconds: float = 0.0
    dry_run: bool = False
    cancelled: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "failed", len(self.failures))


@dataclass(frozen=True, slots=True)
class Run:
    """An indexing run in progress, in this or another process."""

    id: int
    kind: RunKind
    by: str
    pid: int
    started: datetime
    progress: Progress


@dataclass(frozen=True, slots=True)
class RunRecord:
    """An indexing run that ended."""

    id: int
    kind: RunKind
    by: str
    started: datetime
    ended: datetime | None
    outcome: RunOutcome
    report: IndexReport | None


@dataclass(frozen=True, slots=True)
class Status:
    """The archive at a glance."""

    articles: int
    passages: int
    pending: int  # passages whose vector is still to be made
    removed: int  # articles an editor removed
    newest: ArticleCard | None
    languages: Mapping[str, int]
    sources: tuple[SourceSpec, ...]
    last_run: RunRecord | None
    running: Run | None
    model: str | None
    index_type: str | None
    index_bytes: int
    database_bytes: int
    generation: int
