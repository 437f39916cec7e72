"""The archive as everything above it sees it: open, ask, read on, index, remove, restore.

The only module of `index/` that bot/ calls: each method opens what the room behind it needs, and has no logic of its
own. Safe to use from many threads; nothing here waits for a network, except where it says so. SQLite is the truth; what
serves (snapshot, vector index) can be rebuilt from it at any time.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.answer import recall as recalling
from index.answer.ask import Enquiry, QuestionAnswering
from index.answer.coverage import matching, page_of
from index.answer.example_questions import ExampleQuestions
from index.clean.overrides import Rule
from index.datatypes import (
    Answer,
    AnswerKind,
    ArticleCard,
    Basis,
    Calibrated,
    Citation,
    Clock,
    Context,
    Coverage,
    Edit,
    Edited,
    Filter,
    Floor,
    FurnitureLine,
    IndexReport,
    Options,
    Previews,
    Progress,
    Run,
    RunKind,
    SourceRun,
    SourceSpec,
    SourceState,
    Status,
    Submission,
    Unanswered,
)
from index.errors import ArchiveError, StoreFull, StoreLocked
from index.quality.floor import Calibration, ranking
from index.quality.synthetic_questions import Rehearsal, drafts, rehearse
from index.quality.unanswered import Board
from index.runs import ingest, learn_furniture, metadata_edits, preview, removal, submissions
from index.runs.indexer import Indexer
from index.search.reranker import Reranker
from index.serving import Serving
from index.sources.formats.registry import READABLE
from index.store import answers, articles, furniture, schema
from index.store.database import connect, migrate, scrub, writing
from index.vectors.embedder import Embedder

if TYPE_CHECKING:
    from index.sources.web.fetch import Web

DATABASE = "archive.db"
VECTORS = "vectors.json"

log = logging.getLogger(__name__)


def newest_schema() -> int:
    """How many migrations a database of this version has seen."""
    return len(schema.MIGRATIONS)


def this_moment() -> datetime:
    """This moment in UTC, by the machine's clock."""
    return datetime.now(UTC)


class Archive:
    """A news archive in one data folder. Create it with `Archive.open`."""

    def __init__(
        self,
        folder: Path,
        options: Options,
        *,
        embedder: Embedder | None,
        reranker: Reranker | None,
        rules: Sequence[Rule],
        web: Web | None,
        clock: Clock,
    ) -> None:
        self._database, self._options, self._embedder = folder / DATABASE, options, embedder
        self._now: Clock = lambda: clock().astimezone(options.zone)
        self._calibration = Calibration(folder)
        self._serving = Serving(self._database, folder / VECTORS, options, embedder)
        self._indexer = Indexer(self._database, options, index=self._serving, rules=rules, embedder=embedder, web=web)
        self._sources, self._lease = self._indexer.sources, self._indexer.lease
        self._answering = QuestionAnswering(self._serving, reranker)
        unkept = partial(self.ask, keep=False)
        self._examples = ExampleQuestions(self._serving, unkept)
        self._board = Board(self._database, self._serving, embedder, unkept)

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
        clock: Clock = this_moment,
    ) -> Archive:
        """The archive in the data folder `path`, created if it is not there. Without an embedder: by text alone.

        `rules` are what the owner says of articles by domain or folder. `web` fetches what is read from the web, by
        default by the rules of the options. `clock` gives this moment, aware. Raises StoreError where the database
        cannot be used. Loads no model.
        """
        archive = cls(
            path, options or Options(), embedder=embedder, reranker=reranker, rules=rules, web=web, clock=clock
        )
        migrate(archive._database, schema.MIGRATIONS)
        archive.expire_questions()
        return archive

    def close(self) -> None:
        """Stop what works in the background."""
        self._serving.close()

    def warm(self) -> None:
        """Load what the first question and the first new article need, so that nobody has to wait for it.

        Call it in a background thread of the bot. Loading errors surface on first use.
        """
        with suppress(ArchiveError):
            self._serving.warm()
        ingest.warm()

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
        floor = self.floor().value
        return self._answering.ask(Enquiry(question, self._now(), floor, as_of, top, filters, previous, keep, without))

    def coverage(
        self, topic: str = "", *, page: int = 0, size: int = 8, filters: Sequence[Filter] | None = None
    ) -> Coverage:
        """The articles on a topic (all where it is empty), newest first, each story once.

        Filters in its words count: "articles by Ada Venn", "news from the Coast Echo"; or those given, as for `ask`.
        """
        return self._answering.coverage(topic, now=self._now(), page=page, size=size, filters=filters)

    def examples(self, lang: str = "en", count: int = 3) -> tuple[str, ...]:
        """Questions that this archive answers, preferably in `lang`; fewer where it holds too little."""
        return self._examples.examples(lang, count, self._now())

    # -- reading on ---------------------------------------------------------------------------------------------------

    def recall(self, answer_id: str) -> Answer:
        """A kept answer, its quotes read afresh; a quote that is gone is withheld as withdrawn. Raises NotFound."""
        with self._serving.reading() as (db, snapshot):
            return recalling.recall(db, snapshot, answer_id, self._now())

    def quote(self, answer_id: str, n: int) -> Citation:
        """One quote of a kept answer (n from 0), read afresh. Raises NotFound or Withdrawn."""
        with self._serving.reading() as (db, snapshot):
            return recalling.quote(db, snapshot, answer_id, n, self._now())

    def context(self, answer_id: str, n: int, page: int = 0) -> Context:
        """The paragraphs around a quote (page 0), before (-1, -2, ...) and after it. Raises NotFound or Withdrawn."""
        share = self._options.context_share
        with self._serving.reading() as (db, snapshot):
            return recalling.context(db, snapshot, answer_id, n, page, share=share, now=self._now())

    def verify(self, citation: Citation) -> bool:
        """Whether the words of a citation, read afresh, are still those recorded, and may be shown."""
        with self._serving.reading() as (db, snapshot):
            return recalling.verify(db, snapshot, citation, self._now())

    def answers_quoting(self, article_id: int) -> tuple[str, ...]:
        """The ids of kept answers that quote an article or list it."""
        with connect(self._database) as db:
            return answers.quoting(db, article_id)

    def forget_questions(self, answer_ids: Sequence[str]) -> None:
        """Erase the texts of these questions."""
        with writing(self._database) as db:
            answers.forget_questions(db, answer_ids)

    def expire_questions(self) -> None:
        """Erase the question texts whose time is over. Done at opening; for who serves to call daily."""
        try:
            with writing(self._database) as db:
                answers.expire_questions(db, self._options.question_days)
        except (StoreLocked, StoreFull) as error:
            log.warning("Old question texts stay for another day: %s", error)

    # -- how sure is sure enough --------------------------------------------------------------------------------------

    def floor(self) -> Floor:
        """The confidence below which a question is declined, and whether it was set, calibrated or shipped."""
        return self._calibration.floor(self._options.floor, self._model)

    def calibrated(self) -> Calibrated | None:
        """The calibrated floor kept in the data folder, whether or not it is the one that counts."""
        return self._calibration.calibrated()

    def calibrate(self, floor: float, *, keep: float, basis: Basis, count: int) -> Path:
        """Make `floor` this archive's own, for the ranking and model of today; the file it is kept in.

        It counts from the next question on, in every process, unless the options set one. `keep` is the share of
        the answerable that it keeps, found on `count` of the `basis`. OSError where it cannot be written.
        """
        self._calibration.keep(Calibrated(floor, keep, basis, count, ranking(), self._model))
        return self._calibration.path

    def forget_calibration(self) -> None:
        """Go back to the shipped floor."""
        self._calibration.keep(None)

    def rehearse(self, count: int = 60) -> tuple[Rehearsal, ...]:
        """Up to `count` questions made from the archive's own sentences, asked with and without their article."""
        snapshot = self._serving.snapshot()
        with connect(self._database) as db:
            made = list(drafts(db, snapshot, count, self._now()))
        return rehearse(made, self.ask)

    def fingerprint(self) -> str | None:
        """What identifies the embedding model, None without one. Loads no model; may raise ModelError."""
        return self._embedder.fingerprint if self._embedder else None

    @property
    def _model(self) -> str | None:
        return self._embedder.name if self._embedder else None

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
        return self._indexer.reindex(given, full=full, dry_run=dry_run, prune=prune, progress=progress, by=by)

    def cancel(self) -> bool:
        """Ask the run in progress, in whichever process, to stop; False where there is none."""
        return self._lease.cancel()

    def run(self) -> Run | None:
        """The run in progress in any process; taking in what was submitted is none."""
        return self._lease.current()

    def tidy(self) -> None:
        """Save a vector index that holds nothing of what was removed, and all that is ready."""
        self._serving.freshen()

    # -- sources ------------------------------------------------------------------------------------------------------

    def sources(self, now: datetime | None = None) -> tuple[SourceState, ...]:
        """Every source at a glance, those that plain runs read first; what is wrong with it at `now` (this moment)."""
        return self._sources.every(now or self._now())

    def source(self, given: str) -> SourceSpec | None:
        """The source of this name, path or address: the owner's, or one that was read before. None where none is."""
        return self._sources.find(given)

    def recognise(self, url: str) -> SourceSpec:
        """What is at an address of the web: a page, a feed or a sitemap. Waits for it. SourceError where nothing is."""
        return self._indexer.recognise(url)

    def history(self, location: str, limit: int = 100) -> tuple[SourceRun, ...]:
        """The latest readings of a source, the newest first."""
        return self._sources.history(location, limit)

    def note_failure(self, spec: SourceSpec, at: datetime, reason: str) -> None:
        """Add a run of a source that broke off to its history, unless the run did that itself since `at`."""
        self._sources.note_failure(spec, at, reason)

    # -- submissions --------------------------------------------------------------------------------------------------

    @staticmethod
    def readable() -> tuple[str, ...]:
        """The endings of the files that can be read."""
        return READABLE

    def preview(self, submission: Submission) -> Previews:
        """What a submission holds; nothing of it is kept."""
        return preview.preview(self._database, submission, self._options.max_bytes)

    def page(self, url: str) -> Submission:
        """The article at an address, as it can be submitted. Waits for the page. SourceError where there is none."""
        return self._indexer.page(url)

    @staticmethod
    def sent_on(channel: Mapping[str, Any] | None, message: Mapping[str, Any]) -> Submission:
        """A forwarded post, as it can be submitted.

        `channel` (id, name, username) is where it first stood, None where in none; `message` is in the form of
        Telegram Desktop's export.
        """
        return submissions.sent_on(channel, message)

    def submit(self, submission: Submission) -> None:
        """Keep what an editor submits. `take` makes it an article; a run does, too."""
        with writing(self._database) as db:
            submissions.keep(db, submissions.DESK, submission)

    def submit_post(
        self, channel: int, name: str, handle: str | None, message: Mapping[str, Any], album: str | None = None
    ) -> None:
        """Keep a post of a channel, new or edited; `take` makes it an article.

        `name` is the channel's title, `handle` its public name, `album` what its pictures have in common. `message` is
        in the form of Telegram Desktop's export.
        """
        spec = self._sources.as_owned(submissions.channel(channel))
        with writing(self._database) as db:
            submissions.keep_post(db, spec, name, handle, message, album)

    def waits(self) -> float | None:
        """Seconds until the next submission may be taken in (0: now); None where nothing waits."""
        with connect(self._database) as db:
            return submissions.seconds_to_wait(db, self._now())

    def take(self, *, by: str = "") -> IndexReport:
        """Take in what was submitted: found by text when this returns, by meaning as its vectors arrive.

        Raises RunBusy; then it goes on waiting.
        """
        report = self._indexer.take(by=by)
        self._serving.follow()
        return report

    def submitted(self, key: str) -> tuple[ArticleCard, ...] | None:
        """The articles that came of what an editor submitted under `key`; None where it still waits."""
        with connect(self._database) as db:
            return submissions.made_of(db, key)

    def of_post(self, link: str) -> tuple[ArticleCard, ...]:
        """The articles of the post that a t.me link leads to. Raises NotFound."""
        with connect(self._database) as db:
            return submissions.of_post(db, link)

    def forget_post(self, link: str, *, by: str = "") -> tuple[ArticleCard, ...]:
        """Take out a post that was deleted in its channel; the articles that are gone now. Raises NotFound."""
        with writing(self._database) as db:
            gone = submissions.forget(db, link, by)
        self._serving.forget()
        return gone

    # -- corrections of metadata --------------------------------------------------------------------------------------

    def edited(self, article_id: int) -> Edited:
        """An article as it is shown, and as it was read. Raises NotFound or Withdrawn."""
        with connect(self._database) as db:
            return metadata_edits.edited(db, article_id)

    def edit(self, article_id: int, edit: Edit, *, seen: Edit | None = None, by: str = "") -> ArticleCard:
        """Correct an article's headline, outlet, date or authors, everywhere and for all later runs.

        `seen` is what its editor saw. Raises NotFound, Withdrawn, or EditedMeanwhile where it is not so any more.
        """
        with writing(self._database) as db:
            card = metadata_edits.change(db, article_id, edit, seen, by)
        self._serving.follow()
        return card

    def undo_edit(self, article_id: int, *, seen: Edit | None = None) -> ArticleCard:
        """Show an article as it was read again. Raises as `edit`."""
        with writing(self._database) as db:
            card = metadata_edits.undo(db, article_id, seen)
        self._serving.follow()
        return card

    @staticmethod
    def correction(field: str, words: str) -> Edit:
        """What a person wrote for the title, outlet, published or authors; "-" for none. Raises ValueError."""
        return metadata_edits.read_edit(field, words)

    @staticmethod
    def editable(card: ArticleCard) -> Edit:
        """What can be corrected of an article as it is shown: what its editor sees."""
        return metadata_edits.as_edit(card)

    def furniture(self, outlet: str | None = None) -> tuple[FurnitureLine, ...]:
        """The lines that recur in the articles of an outlet (any case), or of all: those left out first."""
        with connect(self._database) as db:
            return furniture.lines(db, outlet)

    def decide_furniture(self, line_id: int, decision: str | None, *, by: str = "") -> FurnitureLine:
        """Keep ("keep") or leave out ("drop") a recurring line for good, or go by what is learned (None). NotFound."""
        line = learn_furniture.decide(self._database, line_id, decision, by)
        self._serving.follow()
        return line

    # -- administration -----------------------------------------------------------------------------------------------

    def status(self) -> Status:
        """The archive at a glance. Loads no model."""
        return self._serving.status(self._now(), self.run())

    def articles(self, match: str = "", *, page: int = 0, size: int = 8) -> Coverage:
        """Every article that is not removed, newest first; with `match`, those whose headline, url or id holds it."""
        snapshot = self._serving.snapshot(at_once=True)
        return page_of(match, matching(snapshot.by_date(snapshot.everything), match), page, size)

    def article(self, article_id: int) -> ArticleCard:
        """One article's card. Raises NotFound or Withdrawn."""
        with connect(self._database) as db:
            return articles.article(db, article_id)

    def remove(self, article_id: int, *, by: str = "") -> ArticleCard:
        """Take an article out of search, answers and later runs, at once. Raises NotFound or Withdrawn."""
        with writing(self._database) as db:
            card = removal.remove(db, article_id, by)
        self._serving.forget()
        return card

    def erase(self, article_id: int, *, by: str = "") -> None:
        """Erase every word of an article for good, removing it first where it is not removed yet.

        The database file is rewritten and the vector index built anew, so that no trace is left in either: it takes as
        long as that. Later runs do not bring it back. Done again, it goes on where it broke off. Raises NotFound,
        RunBusy, SourceError where others came with it in one file, StoreError.
        """
        with self._lease.alone(RunKind.ERASE, by):
            with writing(self._database) as db:
                removal.erase(db, article_id, by)
            self._serving.forget(tend=False)
            self._serving.rebuild()
            scrub(self._database)
        log.info("Article %d was erased by %s.", article_id, by or "someone")

    def all_removed(self) -> tuple[int, ...]:
        """The ids of all articles that editors removed or erased, the last one first."""
        with connect(self._database) as db:
            return articles.all_buried(db)

    def restore(self, article_id: int, *, by: str = "") -> ArticleCard:
        """Bring a removed article back, at once. Raises NotFound."""
        with writing(self._database) as db:
            card = removal.bring_back(db, article_id)
        log.info("Article %d was restored by %s.", article_id, by or "someone")
        self._serving.follow()
        return card

    def removed(self, *, page: int = 0, size: int = 8) -> Coverage:
        """The articles that editors removed, the last one first."""
        with connect(self._database) as db:
            return page_of("", articles.buried(db), page, size)
