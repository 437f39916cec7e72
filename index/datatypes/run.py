"""Indexing runs: their progress and report, and the archive at a glance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from index.datatypes.article import ArticleCard
from index.datatypes.source import SourceSpec


@dataclass(frozen=True, slots=True)
class Failure:
    """Something a run could not read, in words for a person."""

    name: str
    reason: str

    def line(self) -> str:
        """Both in one line, the name once."""
        return self.reason if self.reason.startswith(self.name) else f"{self.name}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is. `phase` is "reading", "embedding" or "building"; `total` is 0 where it is not known yet."""

    phase: str
    done: int
    total: int
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What a run did (or, for a dry run, would do). The title lists are filled for dry runs and small runs."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
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

    @property
    def failed(self) -> int:
        """How many things could not be read."""
        return len(self.failures)

    def line(self) -> str:
        """The one-line summary: `+added ~changed =unchanged -removed !failed`."""
        return f"+{self.added} ~{self.changed} ={self.unchanged} -{self.removed} !{self.failed}"


@dataclass(frozen=True, slots=True)
class Run:
    """An indexing run in progress, in this or another process. `kind` is reindex, full, dry, ingest or take."""

    id: int
    kind: str
    by: str
    pid: int
    started: datetime
    progress: Progress


@dataclass(frozen=True, slots=True)
class RunRecord:
    """An indexing run that ended. `outcome` is "done", "cancelled", "failed" or "died"."""

    id: int
    kind: str
    by: str
    started: datetime
    ended: datetime | None
    outcome: str
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
