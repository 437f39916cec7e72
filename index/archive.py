"""The archive as everything above it sees it: open, ask, read on, index, remove, restore.

The only module of `index/` that bot/ calls. Safe to use from many threads; nothing here waits for a network. SQLite is
the truth; what serves (snapshot, vector index) can be rebuilt from it at any time.
"""

from __future__ import annotations

import logging
import os
import re
import secrets
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from time import monotonic, perf_counter
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from index.answer import ask as asking
from index.answer import recall as recalling
from index.answer.ask import Asked
from index.answer.example_questions import examples
from index.clean.canonical_text import as_sent
from index.clean.overrides import Rule
from index.datatypes import (
    Answer,
    AnswerKind,
    ArticleCard,
    Citation,
    Context,
    Coverage,
    Edit,
    Edited,
    Filter,
    FurnitureLine,
    IndexReport,
    Notice,
    NoticeKind,
    Options,
    Previews,
    Progress,
    Run,
    SourceKind,
    SourceRun,
    SourceSpec,
    SourceState,
    Status,
    Submission,
    Unanswered,
)
from index.errors import ArchiveError, ModelError, NotFound, SourceError, StoreError, StoreFull, StoreLocked
from index.language.detect import question_language
from index.quality.floor import Calibrated, Calibration, Floor, ranking
from index.quality.synthetic_questions import Rehearsal, drafts
from index.quality.unanswered import Board
from index.question.follow_up import Turn, complete
from index.question.understand import understand
from index.runs import ingest as ingesting
from index.runs import learn_furniture as furnishing
from index.runs import metadata_edits, removal
from index.runs import preview as previewing
from index.runs import submissions as handing
from index.runs.ingest import Mode
from index.runs.lease import Lease, Underway
from index.runs.refresh import refresh, take_in
from index.runs.source_alarms import alarms
from index.search.reranker import Reranker
from index.search.retrieve import Meaning
from index.serving import Serving
from index.sources.formats.registry import READABLE
from index.sources.kinds import Asking, open_kind
from index.sources.submitted import ARTICLE, packed, page_at
from index.sources.telegram import export
from index.store import answers, articles, furniture, runs, schema, sources, submissions, vectors
from index.store.database import connect, look_ended, migrate, scrub, spoken, transaction, unchanging
from index.vectors.embedder import Embedder

if TYPE_CHECKING:
    from index.sources.web.fetch import Web

DATABASE = "archive.db"
VECTORS = "vectors.json"
EVERY_DAY = 86_400.0  # seconds
LONGEST_QUESTION = 4096  # characters read of a question

log = logging.getLogger(__name__)


def newest_schema() -> int:
    """How many migrations a database of this version has seen."""
    return len(schema.MIGRATIONS)


class Archive:
    """A news archive in one data folder. Create it with `Archive.open`."""

    def __init__(
        self,
        folder: Path,
        options: Options,
        embedder: Embedder | None,
        reranker: Reranker | None = None,
        rules: Sequence[Rule] = (),
        web: Web | None = None,
    ) -> None:
        self._database = folder / DATABASE
        self._index_file = folder / VECTORS
        self._options = options
        self._rules = tuple(rules)
        self._embedder = embedder
        self._reranker = reranker
        self._fetching = web
        self._calibration = Calibration(folder)
        self._serving = Serving(self._database, self._index_file, options, embedder)
        self._examples: dict[tuple[int, str, int], tuple[str, ...]] = {}
        self._board = Board(self._database, self._serving, embedder, lambda question: self.ask(question, keep=False))
        self._expired = -EVERY_DAY
        self._lease = Lease(self._database)

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        options: Options | None = None,
        embedder: Embedder | None = None,
        reranker: Reranker | None = None,
        rules: Sequence[Rule] = (),
        web: Web | None = None,
    ) -> Archive:
        """The archive in the data folder `path`, created if it is not there. Without an embedder: by text alone.

        `rules` are what the owner says of articles by domain or folder. `web` fetches what is read from the web, by
        default by the rules of the options. Raises StoreError where the database cannot be used. Loads no model.
        """
        archive = cls(path, options or Options(), embedder, reranker, rules, web)
        migrate(archive._database, schema.MIGRATIONS)
        archive._expire_questions()
        return archive

    def _expire_questions(self) -> None:
        """Erase the question texts whose time is over: when the archive is opened, and daily while it serves."""
        if monotonic() - self._expired < EVERY_DAY:
            return
        self._expired = monotonic()
        try:
            with connect(self._database) as db, transaction(db):
                answers.expire_questions(db, self._options.question_days)
        except (StoreLocked, StoreFull) as error:
            log.warning("Old question texts stay for another day: %s", error)

    def close(self) -> None:
        """Stop what works in the background."""
        self._serving.close()

    def warm(self) -> None:
        """Load what the first question and the first new article need, so that nobody has to wait for it.

        Call it in a background thread of the bot. Loading errors surface on first use.
        """
        with suppress(ArchiveError):
            self._serving.vocabulary()
            self._meaning("What can be asked here?", next(iter(self._embedder.languages), "") if self._embedder else "")
        ingesting.warm()

    # -- asking -------------------------------------------------------------------------------------------------------

    def ask(
        self,
        question: str,
        *,
        as_of: date | None = None,
        top: int | None = None,
        filters: Sequence[Filter] | None = None,
        previous: str | None = None,
        keep: bool = True,
        without: Collection[int] = (),
    ) -> Answer:
        """Quotes that answer the question, or an honest no with the closest coverage.

        `as_of` leaves out what is newer. `top` asks for so many quotes, also where the answer is no. `filters` None
        reads them from the question; a sequence, also an empty one, is used as it is. `previous` is the id of the
        answer before in the same chat: a question that leans on it is made whole, and a notice says so. `keep`
        remembers the answer, so that buttons and links can come back to it. `without` are ids of articles to answer
        as if they were not there.
        """
        started = perf_counter()
        self._expire_questions()
        question = as_sent(question)[:LONGEST_QUESTION]
        with self._serving.reading() as (db, snapshot):
            lang = question_language(question, snapshot.languages)
            whole = self._completed(question, lang, previous)
            now = datetime.now(UTC)
            vocabulary = self._serving.vocabulary()
            read = understand(
                whole or question,
                lang,
                as_of=as_of or now.date(),
                vocabulary=vocabulary,
                roster=snapshot.roster,
                given=filters,
            )
            asked = Asked(
                read=read,
                snapshot=snapshot,
                within=snapshot.within(as_of, read.filters, now) & snapshot.other_than(without),
                as_of=as_of,
                meaning=self._meaning(whole or question, lang),
                wants_meaning=self._embedder is not None and lang in self._embedder.languages,
                floor=self.floor().value,
                vocabulary=vocabulary,
                reranker=self._reranker,
            )
            newest = snapshot.newest(asked.within)
            answer = Answer(
                id=secrets.token_urlsafe(9),
                question=question,
                as_of=as_of,
                lang=lang,
                kind=AnswerKind.EMPTY,
                confidence=0.0,
                filters=read.filters,
                newest_article=newest.published if newest else None,
                generation=snapshot.generation,
            )
            if len(snapshot.listed):
                answer = asking.respond(db, asked, answer, top)
            if whole is not None:
                assumed = Notice(NoticeKind.FOLLOW_UP, {"question": whole})
                answer = replace(answer, notices=(assumed, *answer.notices))
            answer = replace(answer, seconds=round(perf_counter() - started, 4))
            if keep:
                look_ended(db)
                self._keep(db, answer)
        return answer

    def _keep(self, db: Database, answer: Answer) -> None:
        """Remember an answer; where the disk is full or the database locked, its reader still gets it."""
        try:
            with spoken(self._database), transaction(db):
                answers.put(db, answer)
        except StoreError as error:
            log.error("An answer was given, but its buttons will not know it: %s", error)

    def _completed(self, question: str, lang: str, previous: str | None) -> str | None:
        """The question made whole with the turn before; None where it stands alone."""
        if previous is None:
            return None
        try:
            before = self.recall(previous)
        except NotFound:
            return None
        speaker = before.quotes[0].speaker if before.quotes else None
        assumed = (notice.values["question"] for notice in before.notices if notice.kind is NoticeKind.FOLLOW_UP)
        return complete(question, lang, Turn(next(assumed, before.question), speaker.name if speaker else None))

    def coverage(
        self, topic: str = "", *, page: int = 0, size: int = 8, filters: Sequence[Filter] | None = None
    ) -> Coverage:
        """The articles on a topic (all where it is empty), newest first, each story once.

        Filters in its words count: "articles by Ada Venn", "news from the Coast Echo"; or those given, as for `ask`.
        """
        with self._serving.reading() as (db, snapshot):
            now = datetime.now(UTC)
            read = understand(
                topic,
                question_language(topic, snapshot.languages),
                as_of=now.date(),
                vocabulary=self._serving.vocabulary(),
                roster=snapshot.roster,
                given=filters,
            )
            within = snapshot.within(None, read.filters, now)
            cards = asking.covering(db, snapshot, within, read.question if topic.strip() else None)
        told = (*asking.stale(read.times, now.date(), cards[:1]), *read.notices)
        return replace(asking.page_of(topic, cards, page, size), notices=told)

    def examples(self, lang: str = "en", count: int = 3) -> tuple[str, ...]:
        """Questions that this archive answers, preferably in `lang`; fewer where it holds too little."""
        snapshot = self._serving.snapshot()
        key = (snapshot.generation, lang, count)
        if key not in self._examples:
            with connect(self._database) as db:
                drafts = examples(db, snapshot, lang)
                chosen: list[str] = []
                for draft in drafts:
                    if len(chosen) < count and self._is_answered(draft):
                        chosen.append(draft)
            self._examples = {key: tuple(chosen)}
        return self._examples[key]

    def _is_answered(self, question: str) -> bool:
        return self.ask(question, keep=False).answered

    # -- how sure is sure enough --------------------------------------------------------------------------------------

    def floor(self) -> Floor:
        """The confidence below which a question is declined, and whether it was set, calibrated or shipped."""
        return self._calibration.floor(self._options.floor, self._model_name())

    def calibrated(self) -> Calibrated | None:
        """The calibrated floor kept in the data folder, whether or not it is the one that counts."""
        return self._calibration.calibrated()

    def calibrate(self, floor: float, *, keep: float, basis: str, count: int) -> Path:
        """Make `floor` this archive's own, for the ranking and model of today; the file it is kept in.

        It counts from the next question on, in every process, unless the options set one. `keep` is the share of
        the answerable that it keeps, found on `count` of what `basis` names. OSError where it cannot be written.
        """
        self._calibration.keep(Calibrated(floor, keep, basis, count, ranking(), self._model_name()))
        return self._calibration.path

    def forget_calibration(self) -> None:
        """Go back to the shipped floor."""
        self._calibration.keep(None)

    def rehearse(self, count: int = 60) -> tuple[Rehearsal, ...]:
        """Up to `count` questions made from the archive's own sentences, asked with and without their article."""
        snapshot = self._serving.snapshot()
        with connect(self._database) as db:
            made = list(drafts(db, snapshot, count))
        return tuple(
            Rehearsal(
                one.question,
                self.ask(one.question, filters=(), keep=False).confidence,
                self.ask(one.question, filters=(), keep=False, without=one.articles).confidence,
            )
            for one in made
        )

    def fingerprint(self) -> str | None:
        """What identifies the embedding model, None without one. Loads no model; may raise ModelError."""
        return self._embedder.fingerprint if self._embedder else None

    def _model_name(self) -> str | None:
        return self._embedder.name if self._embedder else None

    # -- reading on ---------------------------------------------------------------------------------------------------

    def recall(self, answer_id: str) -> Answer:
        """A kept answer, its quotes read afresh; a quote that is gone is `withheld` as "withdrawn". Raises NotFound."""
        with connect(self._database) as db:
            return recalling.recall(db, self._serving.snapshot(at_once=True), answer_id)

    def quote(self, answer_id: str, n: int) -> Citation:
        """One quote of a kept answer (n from 0), read afresh. Raises NotFound or Withdrawn."""
        with connect(self._database) as db:
            return recalling.quote(db, self._serving.snapshot(at_once=True), answer_id, n)[0]

    def context(self, answer_id: str, n: int, page: int = 0) -> Context:
        """The paragraphs around a quote (page 0), before (-1, -2, ...) and after it. Raises NotFound or Withdrawn."""
        share = self._options.context_share
        with connect(self._database) as db:
            return recalling.context(db, self._serving.snapshot(at_once=True), answer_id, n, page, share)

    def verify(self, citation: Citation) -> bool:
        """Whether the words of a citation, read afresh, are still those recorded, and may be shown."""
        with connect(self._database) as db:
            return recalling.verify(db, self._serving.snapshot(at_once=True), citation)

    def answers_quoting(self, article_id: int) -> tuple[str, ...]:
        """The ids of kept answers that quote an article or list it."""
        with connect(self._database) as db:
            return answers.quoting(db, article_id)

    def forget_questions(self, answer_ids: Sequence[str]) -> None:
        """Erase the texts of these questions."""
        with connect(self._database) as db, transaction(db):
            answers.forget_questions(db, answer_ids)

    # -- what readers asked in vain -----------------------------------------------------------------------------------

    def unanswered(self, asked: Sequence[str], unhelpful: Collection[str] = ()) -> tuple[Unanswered, ...]:
        """What was asked and not answered, by meaning, asked most first; then what is answered by now, then the muted.

        `asked` are the answers that readers were given; `unhelpful` those of them that readers judged so.
        """
        return self._board.unanswered(asked, unhelpful)

    def mute(self, answer_id: str, asked: Sequence[str], unhelpful: Collection[str] = (), *, by: str = "") -> int:
        """Mute a meaning, for later questions too, by one of its answers; the mute's number. Raises NotFound."""
        return self._board.mute(asked, unhelpful, answer_id, by)

    def unmute(self, number: int) -> bool:
        """Bring a muted meaning back; False where it is not muted."""
        return self._board.unmute(number)

    def outcomes(self, since: datetime) -> Mapping[str, tuple[AnswerKind, bool]]:
        """What came of the questions since a moment (aware), by answer: its kind, and whether it listed articles."""
        with connect(self._database) as db:
            return answers.outcomes(db, since)

    # -- indexing -----------------------------------------------------------------------------------------------------

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
        """Bring the archive up to date with sources: those given, else those of its owner, else all it knows.

        Blocks until it is done. Only what changed is read, embedded and replaced; questions are answered throughout.
        `full` reads everything anew, `dry_run` only says what would change, `prune` removes also what vanished from a
        source that looks incomplete. Raises RunBusy where a run is under way, SourceError where there is nothing to
        index.
        """
        kind = "dry" if dry_run else "full" if full else "reindex"
        with self._lease.run(kind, by, progress) as run:
            owned = {spec.location for spec in self._options.sources}
            specs = self._sources(given)
            web = self._web() if any(spec.kind is not SourceKind.FILES for spec in specs) else None
            mode = replace(self._mode, full=full, dry_run=dry_run, prune=prune, web=web)
            for spec in specs:
                refresh(self._database, spec, replace(mode, owned=spec.location in owned), run.tally, run.beat)
            if not dry_run:
                self._furnish(run)
                self._embed(run)
        return run.report

    def source(self, given: str) -> SourceSpec | None:
        """The source of this name, path or address: the owner's, or one that was read before. None where none is."""
        with connect(self._database) as db:
            known = (*self._options.sources, *sources.every(db))
        named = (one for one in known if one.name and one.name.casefold() == given.casefold())
        there = (one for one in known if one.location == given and "/" in given)
        return next(named, None) or next(there, None)

    def recognise(self, url: str) -> SourceSpec:
        """What is at an address of the web: a page, a feed or a sitemap, as a source. SourceError where nothing is."""
        from index.sources.web.opening import recognised

        web = self._web()
        with web.ticking(lambda: None):
            return recognised(web, url)

    def _web(self) -> Web:
        """What fetches pages: one for all runs, because it remembers the pace of each host."""
        if self._fetching is None:
            from index.sources.web.fetch import Web  # here, because most commands ask nobody on the web

            self._fetching = Web(self._options.web)
        return self._fetching

    def ingest(self, path: Path, *, by: str = "") -> IndexReport:
        """Take in one file: found by text when this returns, by meaning as its vectors arrive. Raises RunBusy."""
        with self._lease.run("ingest", by) as run:
            refresh(self._database, SourceSpec(str(path)), self._mode, run.tally, run.beat)
        self._serving.snapshot(at_once=True)
        self._serving.tend()
        return run.report

    def cancel(self) -> bool:
        """Ask the run in progress, in whichever process, to stop; False where there is none."""
        return self._lease.cancel()

    def run(self) -> Run | None:
        """The run in progress in any process; taking in what was handed in is none."""
        return self._lease.current()

    def _sources(self, given: Sequence[Path | SourceSpec]) -> list[SourceSpec]:
        """What a run reads. The owner's word on a source counts: a path given is the source it is in the settings."""
        owned = {spec.location: spec for spec in self._options.sources}
        if given:
            specs = [_file_or_folder(one) if isinstance(one, Path) else one for one in given]
            return [owned.get(spec.location, spec) for spec in specs]
        with connect(self._database) as db:
            chosen = self._chosen(sources.every(db))
        if not chosen:
            raise SourceError("There is nothing to index yet: give a file or folder of articles.")
        return chosen

    def _chosen(self, known: Sequence[SourceSpec]) -> list[SourceSpec]:
        """What plain runs read: the owner's sources and what people hand in, else all that is known."""
        owned = {spec.location: spec for spec in self._options.sources}
        handed = [spec for spec in known if spec.kind in (SourceKind.CHANNEL, SourceKind.DESK)]
        return [*owned.values(), *(one for one in handed if one.location not in owned)] if owned else list(known)

    def _furnish(self, run: Underway) -> None:
        """Learn the outlets' furniture, or take back what was learned where the owner does not want it."""
        act = furnishing.learn if self._options.learn_furniture else furnishing.unlearn
        beaten = monotonic()

        def beat() -> None:
            nonlocal beaten
            if monotonic() - beaten > 0.5:
                beaten = monotonic()
                run.beat(run.tally.progress("reading", run.tally.done, 0))

        act(self._database, beat)

    def _embed(self, run: Underway) -> None:
        if self._embedder is None:
            return
        try:
            ingesting.embed(self._database, self._embedder, run.tally, run.beat)
            if not self._serving.is_saved():
                run.beat(run.tally.progress("building", 0, 0))
                self._serving.freshen()
        except ModelError as error:
            run.tally.warnings.append(f"{error}; until then the archive is searched by text alone")

    # -- sources ------------------------------------------------------------------------------------------------------

    def sources(self, now: datetime | None = None) -> tuple[SourceState, ...]:
        """Every source at a glance, those that plain runs read first; what is wrong with it at `now` (this moment)."""
        moment = now or datetime.now(UTC)
        with connect(self._database) as db, unchanging(db):
            known = sources.every(db)
            read = self._chosen(known)
            rest = [spec for spec in known if spec.location not in {one.location for one in read}]
            return (
                *(_state(db, spec, moment) for spec in read),
                *(replace(_state(db, spec, moment), is_read=False, alarms=()) for spec in rest),
            )

    def history(self, location: str, limit: int = 100) -> tuple[SourceRun, ...]:
        """The latest readings of a source, the newest first."""
        with connect(self._database) as db:
            return sources.history(db, location, limit)

    def note_failure(self, spec: SourceSpec, at: datetime, reason: str) -> None:
        """Add a run of a source that broke off to its history, unless the run did that itself since `at`."""
        with connect(self._database) as db, transaction(db):
            last = sources.history(db, spec.location, 1)
            if not last or last[0].at < at.replace(microsecond=0):
                failed = SourceRun(spec, at, "failed", 0, 0, 0, 0, 0, reason)
                sources.note_run(db, sources.add(db, spec), failed)

    # -- what is handed in --------------------------------------------------------------------------------------------

    def readable(self) -> tuple[str, ...]:
        """The endings of the files that can be read."""
        return READABLE

    def preview(self, submission: Submission) -> Previews:
        """What something to be handed in holds; nothing of it is kept."""
        return previewing.preview(self._database, submission, self._options.max_bytes)

    def page(self, url: str) -> Submission:
        """The article at an address, as it can be handed in. Raises SourceError where there is none."""
        spec, limit, web = SourceSpec(url, SourceKind.PAGES), self._options.max_bytes, self._web().twin()
        with web.ticking(lambda: None):
            alone = Asking(web, fresh=True, keep=False)
            opened = open_kind(spec, self._database, max_bytes=limit, asking=alone)
            record = page_at(url, lambda _: opened.records())
        address = str(record.fields.get("url") or url)
        return Submission(address, f"{address}{ARTICLE}", packed(record))

    @staticmethod
    def sent_on(channel: Mapping[str, Any] | None, message: Mapping[str, Any]) -> Submission:
        """A post that somebody sent on, as it can be handed in.

        `channel` (id, name, username) is where it first stood, None where in none; `message` is in the form of
        Telegram Desktop's export.
        """
        return handing.sent_on(channel, message)

    def submit(self, submission: Submission) -> None:
        """Keep what an editor hands in. `take` makes it an article; a run does, too."""
        with connect(self._database) as db, transaction(db):
            handing.keep(db, handing.DESK, submission)

    def submit_post(
        self, channel: int, name: str, handle: str | None, message: Mapping[str, Any], album: str | None = None
    ) -> None:
        """Keep a post of a channel, new or edited; `take` makes it an article.

        `name` is the channel's title, `handle` its public name, `album` what its pictures have in common. `message` is
        in the form of Telegram Desktop's export.
        """
        spec = export.source_of(channel)
        spec = next((one for one in self._options.sources if one.location == spec.location), spec)
        with connect(self._database) as db, transaction(db):
            handing.keep_post(db, spec, name, handle, message, album)

    def waits(self) -> float | None:
        """Seconds until the next of what was handed in may be taken in (0: now); None where nothing waits."""
        with connect(self._database) as db:
            due = submissions.next_due(db)
        return None if due is None else max(0.0, (due - datetime.now(UTC)).total_seconds())

    def take(self, *, by: str = "") -> IndexReport:
        """Take in what was handed in: found by text when this returns, by meaning as its vectors arrive.

        Raises RunBusy; then it goes on waiting.
        """
        with self._lease.run(runs.TAKE, by) as run:
            with connect(self._database) as db:
                specs = submissions.waiting(db)
            mode = replace(self._mode, web=self._web()) if specs else self._mode
            for spec in specs:
                take_in(self._database, spec, mode, run.tally, run.beat)
        self._serving.snapshot(at_once=True)
        self._serving.tend()
        return run.report

    def submitted(self, key: str) -> tuple[ArticleCard, ...] | None:
        """The articles that came of what an editor handed in under `key`; None where it still waits."""
        with connect(self._database) as db:
            source_id = sources.find(db, handing.DESK.location)
            if source_id is None:
                return ()
            return None if submissions.waits(db, source_id, key) else tuple(articles.made_of(db, source_id, key))

    def of_post(self, link: str) -> tuple[ArticleCard, ...]:
        """The articles of the post that a t.me link leads to. Raises NotFound."""
        with connect(self._database) as db:
            return tuple(articles.made_of(db, *handing.of_link(db, link)))

    def forget_post(self, link: str, *, by: str = "") -> tuple[ArticleCard, ...]:
        """Take out a post that was deleted in its channel; the articles that are gone now. Raises NotFound."""
        with connect(self._database) as db, transaction(db):
            gone = handing.forget(db, *handing.of_link(db, link), by)
            for card in gone:
                removal.hide(db, card.id)
            articles.advance(db)
            articles.note_burial(db)
        self._serving.forget()
        self._serving.tend()
        return tuple(gone)

    # -- corrections --------------------------------------------------------------------------------------------------

    def edited(self, article_id: int) -> Edited:
        """An article as it is shown, and as it was read. Raises NotFound or Withdrawn."""
        with connect(self._database) as db:
            return metadata_edits.edited(db, article_id)

    def edit(self, article_id: int, edit: Edit, *, seen: Edit | None = None, by: str = "") -> ArticleCard:
        """Correct an article's headline, outlet, date or authors, everywhere and for all later runs.

        `seen` is what its editor saw. Raises NotFound, Withdrawn, or EditedMeanwhile where it is not so any more.
        """
        with connect(self._database) as db, transaction(db):
            card = metadata_edits.change(db, article_id, edit, seen, by)
        self._follow_edit()
        return card

    def undo_edit(self, article_id: int, *, seen: Edit | None = None) -> ArticleCard:
        """Show an article as it was read again. Raises as `edit`."""
        with connect(self._database) as db, transaction(db):
            card = metadata_edits.undo(db, article_id, seen)
        self._follow_edit()
        return card

    @staticmethod
    def correction(field: str, words: str) -> Edit:
        """What a person wrote for the title, outlet, published or authors; "-" for none. Raises ValueError."""
        return metadata_edits.read_edit(field, words)

    @staticmethod
    def editable(card: ArticleCard) -> Edit:
        """What can be corrected of an article as it is shown: what its editor sees."""
        return metadata_edits.as_edit(card)

    def _follow_edit(self) -> None:
        self._serving.snapshot(at_once=True)
        self._serving.tend()

    # -- administration -----------------------------------------------------------------------------------------------

    def status(self) -> Status:
        """The archive at a glance. Loads no model."""
        snapshot = self._serving.snapshot(at_once=True)
        newest = snapshot.newest(snapshot.shown(datetime.now(UTC)))
        index = self._index_shown()
        with connect(self._database) as db:
            return Status(
                articles=len(snapshot.listed),
                passages=len(snapshot.ids),
                pending=self._pending(db),
                removed=len(articles.buried(db)),
                newest=newest,
                languages=dict(snapshot.languages),
                sources=sources.every(db),
                last_run=runs.last(db),
                running=self.run(),
                model=self._embedder.name if self._embedder else None,
                index_type=index,
                index_bytes=sum(file.stat().st_size for file in self._index_file.parent.glob("vectors*")),
                database_bytes=self._database.stat().st_size,
                generation=snapshot.generation,
            )

    def articles(self, match: str = "", *, page: int = 0, size: int = 8) -> Coverage:
        """Every article that is not removed, newest first; with `match`, those whose headline, url or id holds it."""
        snapshot = self._serving.snapshot(at_once=True)
        cards = snapshot.by_date(snapshot.shown(datetime.max.replace(tzinfo=UTC)))
        wanted = match.strip().casefold()
        if wanted:
            cards = [card for card in cards if _matches(card, wanted)]
        return asking.page_of(match, cards, page, size)

    def article(self, article_id: int) -> ArticleCard:
        """One article's card. Raises NotFound or Withdrawn."""
        with connect(self._database) as db:
            return articles.article(db, article_id)

    def remove(self, article_id: int, *, by: str = "") -> ArticleCard:
        """Take an article out of search, answers and later runs, at once. Raises NotFound or Withdrawn."""
        with connect(self._database) as db, transaction(db):
            card = removal.remove(db, article_id, by)
        self._serving.forget()
        self._serving.tend()
        return card

    def erase(self, article_id: int, *, by: str = "") -> None:
        """Erase every word of an article for good, removing it first where it is not removed yet.

        The database file is rewritten and the vector index built anew, so that no trace is left in either: it takes as
        long as that. Later runs do not bring it back. Done again, it goes on where it broke off. Raises NotFound,
        RunBusy, SourceError where others came with it in one file, StoreError.
        """
        with self._lease.alone("erase", by):
            with connect(self._database) as db:
                db.execute("PRAGMA secure_delete = ON")
                with transaction(db):
                    removal.erase(db, article_id, by)
            self._serving.forget()
            self._serving.rebuild()
            scrub(self._database)
        log.info("Article %d was erased by %s.", article_id, by or "someone")

    def tidy(self) -> None:
        """Save a vector index that holds nothing of what was removed, and all that is ready."""
        self._serving.freshen()

    def all_removed(self) -> tuple[int, ...]:
        """The ids of all articles that editors removed or erased, the last one first."""
        with connect(self._database) as db:
            return articles.all_buried(db)

    def restore(self, article_id: int, *, by: str = "") -> ArticleCard:
        """Bring a removed article back, at once. Raises NotFound."""
        with connect(self._database) as db, transaction(db):
            card = removal.bring_back(db, article_id)
        log.info("Article %d was restored by %s.", article_id, by or "someone")
        self._serving.snapshot(at_once=True)
        self._serving.tend()
        return card

    def furniture(self, outlet: str | None = None) -> tuple[FurnitureLine, ...]:
        """The lines that recur in the articles of an outlet (any case), or of all: those left out first."""
        with connect(self._database) as db:
            return furniture.lines(db, outlet)

    def decide_furniture(self, line_id: int, decision: str | None, *, by: str = "") -> FurnitureLine:
        """Keep ("keep") or leave out ("drop") a recurring line for good, or go by what is learned (None). NotFound."""
        line = furnishing.decide(self._database, line_id, decision, by)
        self._serving.snapshot(at_once=True)
        self._serving.tend()
        return line

    def removed(self, *, page: int = 0, size: int = 8) -> Coverage:
        """The articles that editors removed, the last one first."""
        with connect(self._database) as db:
            return asking.page_of("", articles.buried(db), page, size)

    # -- parts --------------------------------------------------------------------------------------------------------

    @property
    def _mode(self) -> Mode:
        """How a run reads that is told nothing else."""
        return Mode(max_bytes=self._options.max_bytes, rules=self._rules)

    def _meaning(self, question: str, lang: str) -> Meaning | None:
        """The vector leg where the model knows the language; without it the text leg answers alone."""
        if self._embedder is None or lang not in self._embedder.languages or not question.strip():
            return None
        try:
            index = self._serving.vectors()
            if index is None or not len(index):
                return None
            return Meaning(index, self._embedder.embed_question(question))
        except ModelError as error:
            log.error("Answering by text alone: %s", error)
            return None

    def _pending(self, db: Database) -> int:
        if self._embedder is None:
            return 0
        try:
            model = vectors.find_model(db, self._embedder.fingerprint)
        except ModelError as error:
            log.error("%s", error)
            return 0
        return vectors.pending_count(db, model, ingesting.spoken_languages(self._embedder))

    def _index_shown(self) -> str | None:
        try:
            index = self._serving.vectors()
        except ModelError as error:
            log.error("%s", error)
            return None
        return f"{index.kind}, {len(index)} vectors" if index is not None else None


def _state(db: Database, spec: SourceSpec, now: datetime) -> SourceState:
    """A source at a glance."""
    source_id = sources.find(db, spec.location)
    if source_id is None:
        return SourceState(spec)
    runs, news = sources.history(db, spec.location), sources.news(db, source_id)
    usual = () if spec.kind is SourceKind.DESK else news  # people have no habit that could be missed
    found = alarms(runs, usual, now, begun=sources.begun(db, source_id), after=spec.alarm_after)
    return SourceState(
        spec, sources.articles_of(db, source_id), runs[0] if runs else None, news[0] if news else None, found
    )


def _file_or_folder(path: Path) -> SourceSpec:
    return SourceSpec(os.path.abspath(path))  # noqa: PTH100  # keeps symbolic links


def _matches(card: ArticleCard, wanted: str) -> bool:
    """Whether an article is meant: its number, or a part of its headline or url."""
    if re.fullmatch(r"#?\d+", wanted):
        return card.id == int(wanted.lstrip("#"))
    return wanted in card.title.casefold() or wanted in (card.url or "").casefold()
