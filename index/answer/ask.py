"""One question, from its words to an answer: read it, find candidates, cite the best or decline.

Called by the archive with what serves at the moment. Keeps nothing.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from index.answer import citation as answering
from index.answer.corrections import correcting, corrections
from index.answer.related import Telling, newer
from index.datatypes import Answer, AnswerKind, ArticleCard, ArticleLabel, Citation, Coverage, Hit, Notice, NoticeKind
from index.errors import ModelError
from index.language.vocabulary import Vocabulary
from index.question.analysis import Question
from index.question.times import TimeReading
from index.question.understand import Understood
from index.search.reranker import READ, Reranker
from index.search.retrieve import Meaning, allowed_ids, retrieve
from index.search.snapshot import Snapshot
from index.store import articles, passages

log = logging.getLogger(__name__)

FRESH = timedelta(days=30)  # what "now" and "latest" may be old without a word about it
RELATED = 40  # hits among which newer articles of a story are looked for
NEWER_TOLD = 3
NEARBY = 0.008  # confidence from which an article is close coverage; what has nothing to do with it stays below
CLOSEST = 5  # headlines shown where the archive does not answer


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as read, and what it is asked of: articles within (bool, one an article), the vector leg if any."""

    read: Understood
    snapshot: Snapshot
    within: NDArray[np.bool_]
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
        return self.as_of or datetime.now(UTC).date()


def respond(db: Database, asked: Asked, draft: Answer, top: int | None) -> Answer:
    """`draft` completed: answered, declined, or the coverage of a topic."""
    question = asked.question
    if question.is_topic:
        shown = covering(db, asked.snapshot, asked.within, question)
        draft = replace(draft, kind=AnswerKind.COVERAGE, closest=tuple(shown[:CLOSEST]))
        if top is None:
            return replace(draft, notices=notices(asked, (), shown[:1]))
    hits = find(db, asked)
    confidence = max((hit.confidence for hit in hits[: READ if asked.reranker else 1]), default=0.0)
    answered = confidence >= asked.floor and draft.kind is not AnswerKind.COVERAGE
    chosen = answering.choose(hits, top) if answered or top is not None else []
    cited = cite(db, asked, chosen)
    quotes = announced(db, asked, hits, cited if top is not None else answering.distinct(cited))
    if draft.kind is not AnswerKind.COVERAGE:
        kind = AnswerKind.ANSWERED if answered and quotes else AnswerKind.DECLINED
        near = [hit for hit in hits if hit.confidence >= NEARBY]
        closest = () if kind is AnswerKind.ANSWERED else answering.closest(near, CLOSEST)
        draft = replace(draft, kind=kind, closest=closest)
    told = [quote.article for quote in quotes]
    return replace(draft, confidence=confidence, quotes=quotes, notices=notices(asked, quotes, told))


def find(db: Database, asked: Asked) -> list[Hit]:
    """The hits for the question; a question for the reporter looks at credit lines first."""
    kinds = (True, False) if asked.question.wants_credit else (False,)
    for credits in kinds:
        mask = asked.snapshot.passages(asked.within, credits=credits)
        hits = retrieve(db, asked.snapshot, asked.question, mask=mask, as_of=asked.as_of, meaning=asked.meaning)
        if hits and (hits[0].confidence >= asked.floor or not credits):
            return reread(db, asked, hits)
    return []


def reread(db: Database, asked: Asked, hits: list[Hit]) -> list[Hit]:
    """The hits in the order of a closer reading of the first ones, where a re-ranker is configured."""
    if asked.reranker is None:
        return hits
    first = hits[:READ]
    found = passages.found(db, [hit.passage.id for hit in first])
    texts = [f"{hit.article.title}\n{found[hit.passage.id].text}" if hit.passage.id in found else "" for hit in first]
    try:
        scores = asked.reranker.scores(asked.question.text, texts)
    except ModelError as error:
        log.error("Answering without the re-ranker: %s", error)
        return hits
    order = sorted(range(len(first)), key=lambda n: (-float(scores[n]), n))
    return [first[n] for n in order] + hits[READ:]


def cite(db: Database, asked: Asked, hits: Sequence[Hit]) -> tuple[Citation, ...]:
    """The quotes of these hits, with the corrections of their articles."""
    versions = articles.versions(db, [hit.passage.version_id for hit in hits])
    known = corrections(db, asked.snapshot)
    quotes = []
    for hit in hits:
        version = versions.get(hit.passage.version_id)
        if version is None:
            continue  # removed while we were looking
        citation = answering.cite(asked.question, hit, version, asked.snapshot.rights_of(hit.article))
        quotes.append(replace(citation, corrections=correcting(hit.article, known)))
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
        replace(quote, newer=newer(telling[quote.article.id], list(telling.values()), idf)[:NEWER_TOLD])
        if quote.article.id in telling
        else quote
        for quote in quotes
    )


def notices(asked: Asked, quotes: Sequence[Citation], told: Sequence[ArticleCard]) -> tuple[Notice, ...]:
    """What a reader should know before the quotes, or the coverage `told`: stale news first."""
    found = [*stale(asked.read.times, asked.today, told), *asked.read.notices, *_beside(quotes)]
    if asked.meaning is None and asked.wants_meaning:
        found.append(Notice(NoticeKind.TEXT_ONLY))
    return tuple(found)


def _beside(quotes: Sequence[Citation]) -> list[Notice]:
    """What is to be known of the first quote's article: retracted, opinion, corrected, told anew since."""
    if not quotes:
        return []
    first, found = quotes[0], []
    if first.article.retracted:
        found.append(Notice(NoticeKind.RETRACTED))
    kinds = {ArticleLabel.OPINION: NoticeKind.OPINION, ArticleLabel.SATIRE: NoticeKind.SATIRE}
    if first.article.label in kinds:
        found.append(Notice(kinds[first.article.label]))
    found += [Notice(NoticeKind.CORRECTION, {"title": card.title}) for card in first.corrections[:1]]
    for card in [card for card in first.newer if card not in first.corrections][:1]:
        found.append(Notice(NoticeKind.NEWER, {"title": card.title, "date": str(card.published)}))
    return found


def stale(times: TimeReading, today: date, told: Sequence[ArticleCard]) -> list[Notice]:
    """That the news told is old, where the question asks for what is so now."""
    if not times.time_bound or not told:
        return []
    since = max((one.first for one in times.expressions if one.first), default=today - FRESH)
    dates = [card.published for card in told]
    newest = max((day for day in dates if day is not None), key=lambda day: day.latest, default=None)
    if newest is not None and newest.latest >= since:
        return []
    return [Notice(NoticeKind.STALE, {"newest": newest.text} if newest else {})]


def covering(
    db: Database, snapshot: Snapshot, within: NDArray[np.bool_], question: Question | None
) -> list[ArticleCard]:
    """The articles that hold every content word of a topic (all articles without one), newest first."""
    if question is None or not question.topic:
        return snapshot.by_date(within)
    wanted = [(term.term, *question.alternatives.get(term.term, ())) for term in question.topic]
    mask = snapshot.passages(within, credits=False)
    found = passages.holding_all(db, wanted, allowed_ids(snapshot, mask))
    owners = np.zeros(len(snapshot.listed), dtype=np.bool_)
    owners[snapshot.owner[np.searchsorted(snapshot.ids, found)]] = True
    return once(snapshot, snapshot.by_date(owners))


def once(snapshot: Snapshot, cards: Sequence[ArticleCard]) -> list[ArticleCard]:
    """The cards, each story once."""
    told: set[str] = set()
    kept = []
    for card in cards:
        story = snapshot.listed[snapshot.position[card.id]].story
        if story not in told:
            told.add(story)
            kept.append(card)
    return kept


def page_of(topic: str, cards: Sequence[ArticleCard], page: int, size: int) -> Coverage:
    """One page of a list of articles; a page beyond the last gives the last."""
    pages = max(1, math.ceil(len(cards) / size))
    page = min(max(page, 0), pages - 1)
    return Coverage(topic, tuple(cards[page * size : (page + 1) * size]), page, pages, len(cards))
