"""The door for questions: one question, from a reader's words to an answer that is kept.

Held by the archive. The question is read here (`index.question`), answered by `respond`, and its answer remembered.
The clock is looked at once a question: every room below is passed that moment.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import date
from time import perf_counter

from sqlite_utils import Database

from index.answer.coverage import covering, page_of
from index.answer.notices import stale
from index.answer.recall import turn
from index.answer.respond import Asked, respond
from index.clean.canonical_text import as_sent
from index.datatypes import Answer, AnswerKind, Clock, Coverage, Filter, Notice, NoticeKind
from index.errors import StoreError
from index.language.detect import question_language
from index.question.follow_up import complete
from index.question.understand import Understood, understand
from index.search.reranker import Reranker
from index.search.snapshot import Snapshot
from index.serving import Serving
from index.store import answers
from index.store.database import look_ended, spoken, transaction

LONGEST_QUESTION = 4096  # characters read of a question

log = logging.getLogger(__name__)


class QuestionAnswering:
    """Answers what is asked of one archive. Safe to use from many threads.

    `floor` gives the confidence below which a question is declined, `clock` this moment in the newsroom's time zone.
    """

    def __init__(
        self, serving: Serving, *, floor: Callable[[], float], clock: Clock, reranker: Reranker | None = None
    ) -> None:
        self._serving, self._floor, self._clock, self._reranker = serving, floor, clock, reranker

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
        """Quotes that answer the question, or an honest no; the arguments are those of `Archive.ask`."""
        started, now = perf_counter(), self._clock()
        question = as_sent(question)[:LONGEST_QUESTION]
        with self._serving.reading() as (db, snapshot):
            lang = question_language(question, snapshot.languages)
            before = turn(db, snapshot, previous, now) if previous is not None else None
            whole = complete(question, lang, before) if before is not None else None
            searched = whole or question
            read = self._read(searched, lang, as_of or now.date(), snapshot, filters)
            asked = Asked(
                read=read,
                snapshot=snapshot,
                counts=self._serving.counts(snapshot),
                within=snapshot.within(as_of, read.filters, now) & snapshot.other_than(without),
                now=now,
                as_of=as_of,
                meaning=self._serving.meaning(searched, lang),
                wants_meaning=self._serving.speaks(lang),
                floor=self._floor(),
                vocabulary=self._serving.vocabulary(),
                reranker=self._reranker,
            )
            answer = _draft(question, asked)
            if snapshot.listed:
                answer = respond(db, asked, answer, top)
            if whole is not None:
                assumed = Notice(NoticeKind.FOLLOW_UP, {"question": whole})
                answer = replace(answer, notices=(assumed, *answer.notices))
            answer = replace(answer, seconds=round(perf_counter() - started, 4))
            if keep:
                self._keep(db, answer)
        return answer

    def coverage(
        self, topic: str = "", *, page: int = 0, size: int = 8, filters: Sequence[Filter] | None = None
    ) -> Coverage:
        """The articles on a topic (all where it is empty), newest first, each story once."""
        now = self._clock()
        with self._serving.reading() as (db, snapshot):
            lang = question_language(topic, snapshot.languages)
            read = self._read(topic, lang, now.date(), snapshot, filters)
            within = snapshot.within(None, read.filters, now)
            cards = covering(db, snapshot, within, read.question if topic.strip() else None)
        notices = (*stale(read.times, now.date(), cards[:1]), *read.notices)
        return replace(page_of(topic, cards, page, size), notices=notices)

    def _read(
        self, words: str, lang: str, today: date, snapshot: Snapshot, given: Sequence[Filter] | None
    ) -> Understood:
        vocabulary = self._serving.vocabulary()
        return understand(words, lang, as_of=today, vocabulary=vocabulary, roster=snapshot.roster, given=given)

    def _keep(self, db: Database, answer: Answer) -> None:
        """Remember an answer; where the disk is full or the database locked, its reader still gets it."""
        look_ended(db)
        try:
            with spoken(self._serving.database), transaction(db):
                answers.put(db, answer)
        except StoreError as error:
            log.error("An answer was given, but its buttons will not know it: %s", error)


def _draft(question: str, asked: Asked) -> Answer:
    """An answer in which nothing is found yet. `question` is as it was put, not as it was made whole."""
    newest = asked.snapshot.newest(asked.within)
    return Answer(
        id=secrets.token_urlsafe(9),
        question=question,
        as_of=asked.as_of,
        lang=asked.question.lang,
        kind=AnswerKind.EMPTY,
        confidence=0.0,
        filters=asked.read.filters,
        newest_article=newest.published if newest else None,
        generation=asked.snapshot.generation,
    )
