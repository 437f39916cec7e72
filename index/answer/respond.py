"""A question as read -> an answer: find candidates, cite the best or decline.

Called by `ask`. Keeps nothing.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from index.answer import citation
from index.answer.corrections import corrections
from index.answer.coverage import covering
from index.answer.notices import stale, warnings
from index.answer.related import Telling, newer
from index.datatypes import Answer, AnswerKind, ArticleCard, Citation, Hit, Notice, NoticeKind
from index.errors import ModelError
from index.language.vocabulary import Vocabulary
from index.question.analysis import Question
from index.question.understand import Understood
from index.search.reranker import REREAD, Reranker
from index.search.retrieve import retrieve
from index.search.snapshot import Snapshot
from index.search.term_counts import TermCounts
from index.search.vector_leg import Meaning
from index.store import articles, passages

log = logging.getLogger(__name__)

RELATED = 40  # hits among which newer articles of a story are looked for
MOST_NEWER = 3  # newer articles shown with a quote
NEARBY = 0.008  # confidence (0..1) from which an article is close coverage; what has nothing to do with it stays below
CLOSEST = 5  # headlines shown where the archive does not answer


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as read, and what it is asked of.

    `within` says of each article of the snapshot whether it may answer: bool, shape (len(snapshot.listed),). `meaning`
    is the vector leg, None where it does not count; `wants_meaning` says that it should. `floor` is the confidence
    (0..1) below which the question is declined. `now` is the one moment of the whole walk, in the newsroom's time zone.
    """

    read: Understood
    snapshot: Snapshot
    counts: TermCounts
    within: NDArray[np.bool_]
    now: datetime
    as_of: date | None
    meaning: Meaning | None
    wants_meaning: bool
    floor: float
    vocabulary: Vocabulary
    reranker: Reranker | None = None

    @property
    def question(self) -> Question:
        """What is asked."""
        return self.read.question

    @property
    def today(self) -> date:
        """The day the question is asked on."""
        return self.as_of or self.now.date()


def respond(db: Database, asked: Asked, draft: Answer, top: int | None) -> Answer:
    """`draft` completed: answered, declined, or the coverage of a topic."""
    question = asked.question
    if question.is_topic or not question.terms:  # filters alone ("by Ada Venn") ask for what they let through
        shown = covering(db, asked.snapshot, asked.within, question)
        draft = replace(draft, kind=AnswerKind.COVERAGE, closest=tuple(shown[:CLOSEST]))
        if top is None or not question.terms:
            return replace(draft, notices=notices(asked, (), shown[:1]))
    hits = find(db, asked)
    confidence = hits[0].confidence if hits else 0.0
    answered = confidence >= asked.floor and draft.kind is not AnswerKind.COVERAGE
    least = asked.floor if asked.reranker else 0.0
    cited = cite(db, asked, citation.choose(hits, top, least)) if answered or top is not None else ()
    quotes = announced(db, asked, hits, cited if top is not None else citation.distinct(cited))
    if draft.kind is not AnswerKind.COVERAGE:
        kind = AnswerKind.ANSWERED if answered and quotes else AnswerKind.DECLINED
        near = [hit for hit in hits if hit.confidence >= NEARBY]
        closest = () if kind is AnswerKind.ANSWERED else citation.closest(near, CLOSEST)
        draft = replace(draft, kind=kind, closest=closest)
    cards = [quote.article for quote in quotes]
    return replace(draft, confidence=confidence, quotes=quotes, notices=notices(asked, quotes, cards))


def find(db: Database, asked: Asked) -> list[Hit]:
    """The hits for the question; a question for the reporter looks at credit lines first."""
    kinds = (True, False) if asked.question.wants_credit else (False,)
    for credits in kinds:
        mask = asked.snapshot.passages(asked.within, credits=credits)
        hits = retrieve(
            db,
            asked.snapshot,
            asked.question,
            counts=asked.counts,
            mask=mask,
            as_of=asked.as_of,
            meaning=asked.meaning,
        )
        if hits and (hits[0].confidence >= asked.floor or not credits):
            return reread(db, asked, hits)
    return []


def reread(db: Database, asked: Asked, hits: list[Hit]) -> list[Hit]:
    """The hits in the order of a closer reading of the first ones, where a re-ranker is configured.

    It orders what may answer: what lies below the floor stays behind that, however well it reads.
    """
    if asked.reranker is None:
        return hits
    first = hits[:REREAD]
    found = passages.found(db, [hit.passage.id for hit in first])
    texts = [f"{hit.article.title}\n{found[hit.passage.id].text}" if hit.passage.id in found else "" for hit in first]
    try:
        scores = asked.reranker.scores(asked.question.text, texts)
    except ModelError as error:
        log.error("Answering without the re-ranker: %s", error)
        return hits
    order = sorted(range(len(first)), key=lambda n: (first[n].confidence < asked.floor, -float(scores[n]), n))
    return [first[n] for n in order] + hits[REREAD:]


def cite(db: Database, asked: Asked, hits: Sequence[Hit]) -> tuple[Citation, ...]:
    """The quotes of these hits, with the corrections of their articles. Each version is read once."""
    versions = articles.versions(db, [hit.passage.version_id for hit in hits])
    known = corrections(db, asked.snapshot, [hit.article for hit in hits], asked.now)
    quotes = []
    for hit in hits:
        version = versions.get(hit.passage.version_id)
        if version is None:
            continue  # removed while we were looking
        quote = citation.cite(asked.question, hit, version, asked.snapshot.rights_of(hit.article))
        quotes.append(replace(quote, corrections=known.get(hit.article.id, ())))
    return tuple(quotes)


def announced(db: Database, asked: Asked, hits: Sequence[Hit], quotes: tuple[Citation, ...]) -> tuple[Citation, ...]:
    """The quotes with the newer articles of their stories, looked for among the hits."""
    if not quotes:
        return ()
    first = {hit.article.id: hit for hit in reversed(hits[:RELATED])}
    found = passages.found(db, [hit.passage.id for hit in first.values()])
    telling = {
        id_: Telling(
            hit.article,
            hit.confidence,
            found[hit.passage.id].title_terms.split(),
            found[hit.passage.id].terms.split(),
        )
        for id_, hit in first.items()
        if hit.passage.id in found
    }
    total = len(asked.snapshot.ids)

    def idf(term: str) -> float:
        return math.log((total + 1) / (asked.vocabulary.documents(term) + 0.5))

    return tuple(
        replace(quote, newer=newer(telling[quote.article.id], list(telling.values()), idf)[:MOST_NEWER])
        if quote.article.id in telling
        else quote
        for quote in quotes
    )


def notices(asked: Asked, quotes: Sequence[Citation], shown: Sequence[ArticleCard]) -> tuple[Notice, ...]:
    """What a reader should know before the quotes, or the coverage `shown`: stale news first."""
    found = [*stale(asked.read.times, asked.today, shown), *asked.read.notices, *warnings(quotes)]
    if asked.meaning is None and asked.wants_meaning:
        found.append(Notice(NoticeKind.TEXT_ONLY))
    return tuple(found)
