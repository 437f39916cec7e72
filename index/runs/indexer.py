"""One run from its lease to its report: the sources read, furniture learned, vectors made, the index saved.

Called by the archive. Blocks until the run is over; questions are answered throughout. What a source holds is the
business of `refresh`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from index.clean.overrides import Rule
from index.datatypes import IndexReport, Options, Phase, Progress, RunKind, SourceSpec, Submission
from index.errors import ModelError
from index.runs import ingest, learn_furniture, submissions
from index.runs.ingest import Mode
from index.runs.lease import Lease, Underway
from index.runs.refresh import refresh, take_in
from index.runs.source_list import SourceList
from index.store import submissions as kept
from index.store.database import connect
from index.vectors.embedder import Embedder

if TYPE_CHECKING:
    from index.sources.web.fetch import Web


class SavedIndex(Protocol):
    """The vector index as a run leaves it behind."""

    def is_saved(self) -> bool:
        """Whether the saved index is of the archive as it is now."""

    def freshen(self) -> None:
        """Save the index, built anew where that is worth it. May raise ModelError."""


class Indexer:
    """Brings one archive up to date.

    `rules` are what the owner says of articles by domain or folder. `web` fetches pages; None: by the rules of the
    options, made when first needed. `sources` are its sources, `lease` is what its runs hold.
    """

    def __init__(
        self,
        database: Path,
        options: Options,
        *,
        index: SavedIndex,
        rules: Sequence[Rule] = (),
        embedder: Embedder | None = None,
        web: Web | None = None,
    ) -> None:
        self._database, self._options = database, options
        self.sources, self.lease = SourceList(database, options.sources), Lease(database)
        self._embedder, self._index, self._web = embedder, index, web
        self._mode = Mode(max_bytes=options.max_bytes, rules=tuple(rules))

    def reindex(
        self,
        given: Sequence[Path | SourceSpec] = (),
        *,
        full: bool = False,
        dry_run: bool = False,
        prune: bool = False,
        progress: Callable[[Progress], None] | None = None,
        by: str = "",
    ) -> IndexReport:
        """Bring the archive up to date with sources: those given, else those that plain runs read.

        Raises RunBusy where a run is under way, SourceError where there is nothing to index.
        """
        kind = RunKind.DRY if dry_run else RunKind.FULL if full else RunKind.REINDEX
        with self.lease.run(kind, by, progress) as run:
            specs = self.sources.to_read(given)
            web = self.web if any(spec.kind.traits.asks_web for spec in specs) else None
            mode = replace(self._mode, full=full, dry_run=dry_run, prune=prune, web=web)
            for spec in specs:
                owned = replace(mode, owned=self.sources.is_owned(spec))
                refresh(self._database, spec, owned, run.tally, run.beat)
            if not dry_run:
                learn_furniture.keep_up(self._database, run, learning=self._options.learn_furniture)
                self._embed(run)
        return run.report

    def take(self, *, by: str = "") -> IndexReport:
        """Take in what was submitted and waits. Raises RunBusy; then it goes on waiting."""
        with self.lease.run(RunKind.TAKE, by) as run:
            with connect(self._database) as db:
                specs = kept.waiting(db)
            mode = replace(self._mode, web=self.web) if specs else self._mode
            for spec in specs:
                take_in(self._database, spec, mode, run.tally, run.beat)
        return run.report

    def recognise(self, url: str) -> SourceSpec:
        """What is at an address of the web: a page, a feed or a sitemap, as a source. SourceError where nothing is."""
        from index.sources.web.opening import recognised

        with self.web.ticking(lambda: None):
            return recognised(self.web, url)

    def page(self, url: str) -> Submission:
        """The article at an address, as it can be submitted. Raises SourceError where there is none."""
        return submissions.page(self._database, self.web.twin(), url, self._options.max_bytes)

    @property
    def web(self) -> Web:
        """What fetches pages: one for all runs, because it remembers the pace of each host."""
        if self._web is None:
            from index.sources.web.fetch import Web  # here, because most commands ask nobody on the web

            self._web = Web(self._options.web)
        return self._web

    def _embed(self, run: Underway) -> None:
        """Make the vectors that are missing, and save the index; without them the archive is searched by text."""
        if self._embedder is None:
            return
        try:
            ingest.embed(self._database, self._embedder, run.tally, run.beat)
            if not self._index.is_saved():
                run.beat(run.tally.progress(Phase.BUILDING))
                self._index.freshen()
        except ModelError as error:
            run.tally.warnings.append(f"{error}; until then the archive is searched by text alone")
