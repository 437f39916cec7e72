"""One source brought up to date: what is new, changed or gone in it, and nothing else touched.

Called by the archive inside a run's lease, source by source. What is known by its fingerprint is skipped before it is
parsed. A batch of articles is one transaction. Removed is only what the source surely has no longer: a source that
vanished, is empty, could not be read completely or lists far fewer articles than before removes nothing.
"""

from __future__ import annotations

import hashlib
import logging
import os
import time
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database

from index.clean import article
from index.clean.overrides import Rule, apply
from index.datatypes import (
    Failure,
    Gone,
    Handed,
    Phase,
    RawRecord,
    Remark,
    RunOutcome,
    SourceKind,
    SourceRun,
    SourceSpec,
    Submission,
)
from index.errors import (
    ArchiveError,
    NotFound,
    RecordError,
    RecordLater,
    RecordWithheld,
    SourceError,
    SourceMissing,
    StoreError,
    Withdrawn,
)
from index.runs import removal
from index.runs import submissions as handing
from index.runs.ingest import Beat, Cancelled, Mode, Prepared, Tally, drafts_of, prepare, resegment, segmenter, titled
from index.sources.file_source import printable
from index.sources.kinds import Asking, Found, Opening, Source, open_kind, part_of
from index.store import articles, edits, fetches, furniture, passages, sources, submissions
from index.store.database import connect, transaction

BATCH_ARTICLES = 32
ON_WEB = tuple(kind for kind in SourceKind if kind.traits.on_web)
FEWER_THAN = 0.7  # a source that lists less than this share of what it listed before removes nothing

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Order:
    """A source to be read: all of it, or only what was submitted to it and waits; `more` of that is not kept yet."""

    spec: SourceSpec
    waiting: bool = False
    more: tuple[Submission, ...] = ()


def refresh(database: Path, spec: SourceSpec, mode: Mode, tally: Tally, beat: Beat) -> None:
    """Bring the database up to date with a source, and add that to the source's history.

    A file or folder that is part of a known folder is read as part of it. What is wrong with the source itself is a
    failure of the run, and other sources go on. Raises Cancelled from `beat`, SourceError for trouble of the machine.
    """
    _work_off(_Order(spec), database, mode, tally, beat)


def take_in(database: Path, spec: SourceSpec, mode: Mode, tally: Tally, beat: Beat) -> None:
    """Take in what was submitted to a source and waits; the rest of it is not looked at. Raises as `refresh`."""
    _work_off(_Order(spec, waiting=True), database, mode, tally, beat)


def _work_off(first: _Order, database: Path, mode: Mode, tally: Tally, beat: Beat) -> None:
    """Read a source, then those that it held something of: a file may hold the history of a channel."""
    orders = deque([first])
    while orders:
        passed_on = _follow(orders.popleft(), database, mode, tally, beat)
        orders.extend(_order_for(history, database, mode, tally) for history in passed_on)


def _follow(order: _Order, database: Path, mode: Mode, tally: Tally, beat: Beat) -> list[list[Handed]]:
    """Read one source; what it holds of others, a list each."""
    spec = order.spec
    if spec.kind.traits.is_path:
        absolute = os.path.abspath(spec.location)  # noqa: PTH100  # keeps symbolic links
        if (name := printable(absolute)) != absolute:
            tally.failures.append(Failure(name, f"{name} has a name that is no valid text: rename it"))
            return []
        spec = replace(spec, location=absolute)
    with connect(database) as db:
        home = _home(spec, sources.every(db))
        pending = submissions.pending(db, sources.find(db, spec.location) or 0)
    source = _Refresh(database, home, mode, tally, beat, waiting=order.waiting, more=order.more)
    with _noted(source):
        source.run(only=spec if home is not spec else None)
    if pending and not mode.dry_run:
        with connect(database) as db, transaction(db):
            submissions.taken(db, pending)
    return list(source.handed.values())


def _order_for(history: Sequence[Handed], database: Path, mode: Mode, tally: Tally) -> _Order:
    """Keep the posts that a file holds of a channel; the order to take them in there."""
    channel = history[-1].source
    with connect(database) as db:
        fresh = handing.fresh(db, channel.location, [one.submission for one in history])
        if not mode.dry_run:
            with transaction(db):
                handing.keep_history(db, channel, fresh)
    tally.unchanged += 0 if mode.full else len(history) - len(fresh)
    return _Order(channel, waiting=not mode.full, more=fresh if mode.dry_run else ())


def _home(spec: SourceSpec, known: Sequence[SourceSpec]) -> SourceSpec:
    """The known folder that a file or folder is part of; the source itself where it stands alone."""
    if not spec.kind.traits.is_path or any(one.location == spec.location for one in known):
        return spec
    folders = (one for one in known if one.kind.traits.is_path)
    return next((one for one in folders if Path(spec.location).is_relative_to(one.location)), spec)


@contextmanager
def _noted(source: _Refresh) -> Iterator[None]:
    """Adds the reading to the source's history, however it ends. A dry run, and a path that is no source, have none."""
    at, before = datetime.now(UTC), source.tally.counts
    outcome, reason = RunOutcome.FAILED, ""
    try:
        yield
        outcome, reason = (RunOutcome.FAILED, source.unreadable) if source.unreadable else (RunOutcome.DONE, "")
    except Cancelled:
        outcome = RunOutcome.CANCELLED
        raise
    except ArchiveError as error:
        reason = str(error)
        raise
    finally:
        counts = asdict(source.tally.counts.since(before))
        source.note(SourceRun(**counts, source=source.spec, at=at, outcome=outcome, reason=reason))


class _Refresh:
    """One source being read: what was known of it, what has been seen, what waits to be committed."""

    def __init__(
        self,
        database: Path,
        spec: SourceSpec,
        mode: Mode,
        tally: Tally,
        beat: Beat,
        *,
        waiting: bool = False,
        more: tuple[Submission, ...] = (),
    ) -> None:
        self.database, self.spec, self.mode, self.tally, self.beat = database, spec, mode, tally, beat
        self.waiting_only, self.more = waiting, more
        self.handed: dict[str, list[Handed]] = {}  # what it gives to other sources, by their location
        with connect(database) as db:
            self.source_id = sources.find(db, spec.location) or 0
            self.known = articles.known(db, self.source_id)
            self.furniture = furniture.every(db)
            self.listed_before = sources.listed(db, self.source_id) if self.source_id else 0
        self.seen: set[str] = set()
        self.gone: set[str] = set()
        self.withheld: dict[str, str] = {}  # keys of articles that may not be served, with their story
        self.kept: list[str] = []  # keys (of a file: with all its members) that could not be read
        self.complete = True
        self.exhaustive = spec.kind.traits.exhaustive  # until the source itself says
        self.unreadable: str | None = None  # why the source as a whole could not be read
        self.waiting: list[Prepared] = []
        self.beaten = 0.0

    def run(self, *, only: SourceSpec | None = None) -> None:
        """Read the source, or of a folder a part alone; then nothing is removed."""
        with self._ticking():
            source = self._open(only or self.spec)
            if source is not None:
                self._read_all(source, part_of(source, self.spec, only) if only is not None else "")
        if only is None:
            self._remove_missing(vanished=source is None)

    def _ticking(self) -> AbstractContextManager[None]:
        """While the web is waited for, the run says that it is alive, and can be stopped."""
        return self.mode.web.ticking(self._beat) if self.mode.web is not None else nullcontext()

    def _read_all(self, source: Source, prefix: str) -> None:
        with connect(self.database):  # SQLite tidies up whenever its last connection closes: once a run is enough
            self._read(source, prefix)
            self.exhaustive = source.exhaustive
            self._commit()
            self._remove_withheld()

    def note(self, run: SourceRun) -> None:
        """Add this reading to the source's history. Where the database would not take it, the run itself says so."""
        if self.mode.dry_run or not self.source_id:
            return
        try:
            with connect(self.database) as db, transaction(db):
                sources.note_run(db, self.source_id, run)
        except StoreError as error:
            log.error("The reading of %s could not be noted: %s", self.spec.shown, error)

    def _open(self, spec: SourceSpec) -> Source | None:
        """The source, known from now on; one that cannot be opened is known only if it is its owner's."""
        asking = Asking(self.mode.web, fresh=self.mode.full, keep=not self.mode.dry_run)
        opening = Opening(self.database, self.mode.max_bytes, asking, self.waiting_only, self.more)
        try:
            source = open_kind(spec, opening)
        except SourceError as error:
            self._broken(str(error), complete=isinstance(error, SourceMissing))
            if self.mode.owned:
                self._know()
            return None
        except ArchiveError:
            raise
        except Exception:
            self._unforeseen()
            return None
        self._know()
        return source

    def _know(self) -> None:
        if not self.mode.dry_run:
            with connect(self.database) as db, transaction(db):
                self.source_id = sources.add(db, self.spec)

    def _read(self, source: Source, prefix: str) -> None:
        try:
            for found in self._given(source):
                self._take(found, prefix)
                self._beat()
        except RecordError as error:  # the source broke off
            self._broken(str(error), complete=False)

    def _given(self, source: Source) -> Iterator[Found]:
        """What a source gives, to where it breaks."""
        found = source.records()
        while True:
            try:
                one = next(found)
            except StopIteration:
                return
            except ArchiveError:
                raise
            except Exception:
                self._unforeseen()
                return
            yield one

    def _unforeseen(self) -> None:
        """Called while an error is handled that nobody foresaw: it ends this source, and not the others."""
        log.exception("%s could not be read.", self.spec.shown)
        self._broken(f"{self.spec.shown} could not be read; the log says why", complete=False)

    def _broken(self, reason: str, *, complete: bool) -> None:
        self.tally.failures.append(Failure(self.spec.shown, reason))
        self.unreadable, self.complete = reason, complete

    def _take(self, found: Found, prefix: str) -> None:
        if isinstance(found, RecordWithheld):
            self._withhold(found, f"{prefix}{found.key}")
        elif isinstance(found, RecordError):
            self._failed(found, prefix)
        elif isinstance(found, Gone):
            self.gone.add(prefix + found.key)
        elif isinstance(found, Remark):
            self.tally.warnings.append(found.line)
        elif isinstance(found, Handed):
            self.handed.setdefault(found.source.location, []).append(found)
        else:
            self._take_record(replace(found, key=prefix + found.key) if prefix else found)

    def _take_record(self, found: RawRecord) -> None:
        self.seen.add(found.key)
        self.tally.done += 1
        known = self.known.get(found.key) or self._taken_over(found.key)
        fingerprint = _fingerprint(found.digest, self.mode.rules)
        if known is not None and self._is_settled(known, fingerprint):
            self._pass_over(known, fingerprint)
            return
        with self._failing_alone(found):
            self.waiting.append(self._prepared(found, fingerprint))
        if len(self.waiting) >= BATCH_ARTICLES:
            self._commit()

    def _is_settled(self, known: articles.Known, fingerprint: str) -> bool:
        """Whether an article need not be parsed: an editor removed it, or it would come out the same."""
        return known.removed or (known.fingerprint == fingerprint and not self.mode.full)

    def _pass_over(self, known: articles.Known, fingerprint: str) -> None:
        self.tally.unchanged += 1
        if not known.removed and known.segmenter != segmenter():
            self._resegment(known.article_id, fingerprint)

    def _prepared(self, found: RawRecord, fingerprint: str) -> Prepared:
        """The article of a record, cleaned and cut into passages. RecordError where it has no text."""
        reading = articles.Reading(self.source_id, found.key, fingerprint, segmenter(), article.VERSION)
        paper = article.clean(apply(found.load(), self.mode.rules))
        ready = prepare(reading, paper, self.furniture.get(paper.metadata.outlet or "", ()))
        return replace(ready, edit=found.edit, replaces=found.replaces)

    @contextmanager
    def _failing_alone(self, found: RawRecord) -> Iterator[None]:
        """One article that cannot be read is counted, and the run goes on. SourceError for trouble of the machine."""
        try:
            yield
        except RecordWithheld as error:
            self._withhold(error, found.key)
        except RecordLater:
            self.tally.unchanged += 1
        except RecordError as error:
            self.tally.failures.append(Failure(found.name, str(error)))
        except OSError as error:
            reason = (error.strerror or "input/output error").lower()
            raise SourceError(f"Reading stopped at {found.name}: {reason}") from error
        except Exception:  # one article that no reader was written for must not end the run
            log.exception("%s could not be read.", found.name)
            self.tally.failures.append(Failure(found.name, f"{found.name} could not be read; the log says why"))

    def _taken_over(self, key: str) -> articles.Known | None:
        """An article of the web that came from another of its sources: it is one, and now this source's."""
        if not self.spec.kind.traits.on_web:
            return None
        with connect(self.database) as db:
            known = articles.known_elsewhere(db, self.source_id, key, ON_WEB)
            if known is not None and not self.mode.dry_run:
                with transaction(db):
                    articles.hand_over(db, known.article_id, self.source_id)
        if known is not None:
            self.known[key] = known
        return known

    def _failed(self, error: RecordError, prefix: str) -> None:
        self.tally.failures.append(Failure(error.source or self.spec.shown, str(error)))
        if error.key is None:
            self.complete = False
        else:
            self.kept.append(prefix + error.key)

    def _withhold(self, error: RecordWithheld, key: str) -> None:
        """An article that its source withdrew: told, and removed at the end of the run where it was indexed."""
        if not error.expected or key in self.known:
            self.tally.warnings.append(f"Kept out: {error}")
        self.seen.add(key)
        self.withheld[key] = error.story

    def _remove_withheld(self) -> None:
        """What the source withdrew goes, whatever else it lists: under its own key, or from another of its files."""
        own = [key for key in self.withheld if key in self.known and not self.known[key].removed]
        self._remove(own)
        if not self.mode.dry_run:
            for key in own:
                del self.known[key]
        ends = tuple(f"#{story}" for story in self.withheld.values() if story)
        if not ends or self.mode.dry_run:
            return
        with connect(self.database) as db, transaction(db):
            for key, known in articles.known(db, self.source_id).items():
                if key.endswith(ends) and not known.removed:  # a tombstone, or that file would bring it back
                    self.tally.removed.append(removal.remove(db, known.article_id, "its source").title)

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
        if not existed and one.replaces is not None:
            self._make_room(db, one.replaces)
        if not existed and self._is_buried(db, one):
            return
        article_id, version_id = articles.put(db, one.reading, one.paper)
        if not existed and one.edit is not None:
            edits.put(db, article_id, one.edit, by="desk", at=articles.now())
            articles.set_dates(db, article_id, edits.over(one.paper.metadata, one.edit))
        if version_id is None and self.mode.full:
            resegment(db, article_id)
        if version_id is not None:
            passages.clear(db, article_id)
            articles.set_sentences(db, version_id, one.sentences)
            passages.put(db, version_id, drafts_of(db, article_id, one))
            passages.add_surfaces(db, Counter(one.surfaces))
        self._count(one, existed, version_id is None)

    def _make_room(self, db: Database, article_id: int) -> None:
        """Take out the article whose place another takes, unless it is gone already."""
        with suppress(NotFound, Withdrawn):
            articles.bury(db, article_id, "desk", alone=True)
            removal.hide(db, article_id)
            articles.note_burial(db)

    def _foresee(self, db: Database, one: Prepared) -> None:
        known = self.known.get(one.reading.key)
        if known is None and self._is_buried(db, one):
            return
        same = known is not None and articles.is_current(db, known.article_id, one.paper)
        self._count(one, known is not None, same)

    def _is_buried(self, db: Database, one: Prepared) -> bool:
        if not articles.any_buried(db):
            return False
        if not articles.is_buried(db, one.paper.metadata.url, articles.story_digest(one.paper)):
            return False
        self.tally.warnings.append(f"Kept out, because an editor removed it: {titled(one.paper)}")
        return True

    def _count(self, one: Prepared, existed: bool, same: bool) -> None:
        if same:
            self.tally.unchanged += 1
        else:
            (self.tally.changed if existed else self.tally.added).append(titled(one.paper))
        self.tally.warnings.extend(f"{titled(one.paper)}: {note}" for note in one.paper.notes if not same)

    def _remove_missing(self, *, vanished: bool) -> None:
        missing = [key for key in self.known if self._is_missing(key) and not self.known[key].removed]
        if missing and not self.complete:
            self.tally.warnings.append(f"{self.spec.shown}: it could not be read completely, so nothing was removed")
            return
        if missing and not self.mode.prune and (reason := self._reason_to_keep(missing, vanished)):
            self.tally.warnings.append(
                f"{self.spec.shown}: {reason}, so nothing was removed; to remove what is no longer there: index --prune"
            )
            return
        self._remove(missing)
        if self.complete and not vanished and not self.mode.dry_run:
            with connect(self.database) as db, transaction(db):
                sources.completed(db, self.source_id, len(self.seen))

    def _is_missing(self, key: str) -> bool:
        if key in self.gone:
            return True
        return self.exhaustive and key not in self.seen and not self._keeps(key)

    def _keeps(self, key: str) -> bool:
        return any(key == kept or key.startswith(kept + "#") for kept in self.kept)

    def _reason_to_keep(self, missing: Sequence[str], vanished: bool) -> str | None:
        if self.spec.kind.traits.submitted:
            return None  # people took it back, one by one
        if vanished:
            return "it is not there any more"
        if not self.exhaustive:
            few = len(self.known) - len(missing) < FEWER_THAN * len(self.known)
            return f"it says that {len(missing)} of its {len(self.known)} articles are gone" if few else None
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
                            removal.hide(db, id_)
                            articles.delete(db, id_)
                        if self.spec.kind.traits.on_web:
                            fetches.forget(db, missing[start : start + BATCH_ARTICLES])
                        articles.advance(db)
                self.tally.removed.extend(titles)

    def _beat(self, *, force: bool = False) -> None:
        if force or time.monotonic() - self.beaten > 0.5:
            self.beaten = time.monotonic()
            self.beat(self.tally.progress(Phase.READING, self.tally.done))


def _fingerprint(digest: str, rules: Sequence[Rule]) -> str:
    """Equal where an article would come out the same: its bytes, how they are cleaned, what the owner says of it."""
    said = repr(tuple(rules)) if rules else ""
    return hashlib.sha256(f"{digest} {article.VERSION}{said}".encode()).hexdigest()
