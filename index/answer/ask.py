"""The door for questions: one question, from a reader's words to an answer that is kept.

Held by the archive. The question is read here (`index.question`), answered by `respond`, and its answer remembered.
The walk is drawn in docs/design/walk_of_a_question.md.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from time import perf_counter

from sqlite_utils import Database

from index.answer.coverage import covering, page_of
from index.answer.notices import stale
from index.answer.recall import turn
from index.answer.respond import Asked, respond
from index.clean.canonical_text import as_sent
from index.datatypes import Answer, AnswerKind, Coverage, Filter, Notice, NoticeKind
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


@dataclass(frozen=True, slots=True)
class Enquiry:
    """A question as it is put; what is not said here is said in `Archive.ask`.

    `now` is the moment it is asked at, in the newsroom's time zone: every room below is passed it. `floor` is the
    confidence (0..1) below which it is declined.
    """

    question: str
    now: datetime
    floor: float
    as_of: date | None = None
    top: int | None = None
    filters: Sequence[Filter] | None = None
    previous: str | None = None
    keep: bool = True
    without: Collection[int] = ()


class QuestionAnswering:
    """Answers what is asked of one archive. Safe to use from many threads."""

    def __init__(self, serving: Serving, reranker: Reranker | None = None) -> None:
        self._serving, self._reranker = serving, reranker

    def ask(self, put: Enquiry) -> Answer:
        """Quotes that answer the question, or an honest no with the closest coverage."""
        started = perf_counter()
        question = as_sent(put.question)[:LONGEST_QUESTION]
        with self._serving.reading() as (db, snapshot):
            lang = question_language(question, snapshot.languages)
            before = turn(db, snapshot, put.previous, put.now) if put.previous is not None else None
            whole = complete(question, lang, before) if before is not None else None
            asked = self._asked(snapshot, whole or question, lang, put)
            answer = _draft(question, asked)
            if snapshot.listed:
                answer = respond(db, asked, answer, put.top)
            if whole is not None:
                assumed = Notice(NoticeKind.FOLLOW_UP, {"question": whole})
                answer = replace(answer, notices=(assumed, *answer.notices))
            answer = replace(answer, seconds=round(perf_counter() - started, 4))
            if put.keep:
                self._keep(db, answer)
        return answer

    def coverage(
        self, topic: str, *, now: datetime, page: int = 0, size: int = 8, filters: Sequence[Filter] | None = None
    ) -> Coverage:
        """The articles on a topic (all where it is empty), newest first, each story once."""
        with self._serving.reading() as (db, snapshot):
            lang = question_language(topic, snapshot.languages)
            read = self._read(topic, lang, now.date(), snapshot, filters)
            within = snapshot.within(None, read.filters, now)
            cards = covering(db, snapshot, within, read.question if topic.strip() else None)
        notices = (*stale(read.times, now.date(), cards[:1]), *read.notices)
        return replace(page_of(topic, cards, page, size), notices=notices)

    def _asked(self, snapshot: Snapshot, words: str, lang: str, put: Enquiry) -> Asked:
        """The question as read, with all that answers it."""
        read = self._read(words, lang, put.as_of or put.now.date(), snapshot, put.filters)
        return Asked(
            read=read,
            snapshot=snapshot,
            counts=self._serving.counts(snapshot),
            within=snapshot.within(put.as_of, read.filters, put.now) & snapshot.other_than(put.without),
            now=put.now,
            as_of=put.as_of,
            meaning=self._serving.meaning(words, lang),
            wants_meaning=self._serving.speaks(lang),
            floor=put.floor,
            vocabulary=self._serving.vocabulary(),
            reranker=self._reranker,
        )

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
