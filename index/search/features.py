"""Evidence that a passage answers a question, as numbers that mean the same in every archive.

Called by `index.search.rank` and by the training script. Pure. It must not know how the evidence is weighed, and it
never describes a question alone: every number is about a question AND a passage (or its article).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.datatypes import Label, PartialDate
from index.question.analysis import Question
from index.question.answer_type import is_of_kind, new_names, new_numbers, question_words
from index.search.agreement import agreement, coincidence, votes
from index.search.claims import reported_of_others
from index.search.term_matches import Statistics, Stretches, Wanted, neighbours, places, stretches, wanted

WINDOW = 40  # terms: about two sentences
NEAR = 12  # terms around the best stretch in which an answer is looked for

Row = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may answer, with the raw scores of the two legs.

    `terms` and `title_terms` come from `index.language.terms.terms`: in the order of the words, a word of two spellings
    giving one term, so that the place of a term is not that of a letter. `bm25` is positive, larger is better, 0 where
    no term of the question stands there. `cosine` (-1..1) is None where the vector leg does not count. `start` is where
    the passage begins in its article's text (code points).
    """

    passage_id: int
    article_id: int
    label: Label
    text: str
    title: str
    terms: Sequence[str]
    title_terms: Sequence[str]
    bm25: float
    cosine: float | None
    published: PartialDate | None = None
    opinion: bool = False
    start: int = 0


FEATURES = (
    # Shares are those of the question's content terms, each weighed by its rarity (nats): 0..1. Support is log(1 + n),
    # for n votes weighed by how promising the voters are (`index.search.agreement`).
    "cover",  # share that the passage holds
    "cover_title",  # share that passage or headline hold
    "window",  # share that the passage's best stretch of WINDOW terms holds
    "window_title",  # share that the best stretch or the headline hold
    "weight",  # share that the passage holds, where a term held n times counts n / (n + 0.9)
    "names",  # share of the question's names that passage or headline hold; 1 where it has none
    "numbers",  # share of the question's numbers that passage or headline hold; 1 where it has none
    "sharp",  # share that the passage's best stretch of half of WINDOW terms holds
    "rest",  # share that passage or headline hold, the noun left out that names the kind of answer ("which breed")
    "focus",  # share of the terms of the sentence that asks that passage or headline hold
    "missing",  # rarity (tens of nats) of the rarest term that neither passage nor headline hold
    "pairs",  # share of the question's neighbouring terms that stand at most APART terms apart in the passage
    "title",  # share that the headline holds
    "article",  # share that all candidate passages of the article and its headline hold together
    "type",  # 1 where something of the kind asked for, not in the question, stands near the best stretch
    "novel",  # 1 - 0.6 ** n for n names near the best stretch that the question does not hold
    "agreed",  # support by other articles' best passages of the new name or number that they support most
    "shared",  # support by other articles' best passages of the eight new terms near the best stretch
    "lead_article",  # `article` less that of the best article: 0 or below
    "best_of_article",  # `weight` less that of the article's best candidate passage: 0 or below
    "theme",  # support by other articles' best passages of the thirty new terms that they support most
    "at_once",  # support by other articles' best passages that came out within days of the article
    "early",  # exp(-n / 1500) for a passage that begins n characters into its article
    "early_title",  # `early` times `title`
    "dated",  # 1 where the question names a past time and the article came out within 30 days of it
    # Youth: exp(-age / scale), with the age in days, counted from as_of or the newest article, or from the past time
    # that the question names; 0 for an undated article.
    "week",  # youth on a scale of 7 days
    "month",  # youth on a scale of 30 days
    "year",  # youth on a scale of 365 days
    "present",  # `month` where the question asks for what is so now, else 0
    "credit",  # 1 for a caption or credit line; -1 for a credit line where the question asks who reported; 0 for prose
    "opinion",  # 1 for an opinion piece or satire
    "another",  # share (unweighed) of the acts that a claim asserts and the passage reports of somebody else
    # Relative to the other candidates: these order, they never decide.
    "bm25_share",  # the passage's BM25 as a share of the best candidate's
    "article_share",  # the largest `bm25_share` of the article's candidate passages
    "cosine",  # cosine of question and passage, 0 where the vector leg does not count
    "cosine_gap",  # `cosine` less that of the best candidate: 0 or below
)
COLUMN = {name: column for column, name in enumerate(FEATURES)}
"""Feature -> its column in a table of features."""


def features(
    question: Question,
    candidates: Sequence[Candidate],
    *,
    as_of: date | None,
    newest: date | None,
    statistics: Statistics,
) -> Row:
    """The evidence of each candidate: shape (candidates, FEATURES). Where cosines are None both columns are 0."""
    table = np.zeros((len(candidates), len(FEATURES)))
    if not candidates:
        return table
    today = min((day for day in (as_of, newest) if day is not None), default=None)
    age, dated = ages(question, [candidate.published for candidate in candidates], today)
    columns = _youth(question, age, dated=dated)
    columns |= _words(question, candidates, wanted(question, statistics), age)
    columns |= _relative(candidates)
    columns["early"] = np.exp(-np.array([candidate.start for candidate in candidates]) / 1500.0)
    columns["early_title"] = columns["early"] * columns["title"]
    table[:, COLUMN["credit"]] = [_credit(candidate.label, question.wants_credit) for candidate in candidates]
    table[:, COLUMN["opinion"]] = [candidate.opinion for candidate in candidates]
    if question.is_claim:
        table[:, COLUMN["another"]] = [reported_of_others(question, one.text, one.terms) for one in candidates]
    for name, column in columns.items():
        table[:, COLUMN[name]] = column
    return table


def _words(question: Question, candidates: Sequence[Candidate], wanted: Wanted, age: Row) -> dict[str, Row]:
    """What the words of passages and headlines say."""
    rows, size = len(candidates), len(wanted.idf)
    body = places([candidate.terms for candidate in candidates], wanted)
    counts = body.counts(rows, size)
    title = places([candidate.title_terms for candidate in candidates], wanted).counts(rows, size) > 0
    found = counts > 0
    both = found | title
    window, sharp = (stretches(body, wanted, rows, width) for width in (WINDOW, WINDOW // 2))
    columns = {
        "cover": wanted.share(found),
        "cover_title": wanted.share(both),
        "window": wanted.share(window.held),
        "window_title": wanted.share(window.held | title),
        "weight": wanted.share(counts / (counts + 0.9)),
        "names": wanted.share(both, wanted.names),
        "numbers": wanted.share(both, wanted.numbers),
        "sharp": wanted.share(sharp.held),
        "rest": wanted.share(both, wanted.rest),
        "focus": wanted.share(both, wanted.focus),
        "missing": (~both * wanted.idf).max(axis=1) / 10.0,
        "pairs": neighbours(body, wanted, rows),
        "title": wanted.share(title),
    }
    columns |= _of_articles(candidates, wanted, both, columns["weight"])
    promise = columns["weight"] + 0.5 * columns["window_title"] + 0.3 * np.exp(-age / 30)
    articles = [candidate.article_id for candidate in candidates]
    voters = votes(promise, articles, [candidate.passage_id for candidate in candidates])
    columns["at_once"] = coincidence(voters, articles, age)
    return columns | _new(question, candidates, wanted, window, voters)


def _of_articles(
    candidates: Sequence[Candidate], wanted: Wanted, both: NDArray[np.bool_], weight: Row
) -> dict[str, Row]:
    """What the candidate passages of one article say together, and how each compares with its best."""
    ids, owner = np.unique([candidate.article_id for candidate in candidates], return_inverse=True)
    together = np.zeros((len(ids), both.shape[1]), dtype=np.bool_)
    np.logical_or.at(together, owner, both)
    strongest = np.zeros(len(ids))
    np.maximum.at(strongest, owner, weight)
    share = wanted.share(together)
    return {
        "article": share[owner],
        "lead_article": share[owner] - share.max(),
        "best_of_article": weight - strongest[owner],
    }


def _new(
    question: Question, candidates: Sequence[Candidate], wanted: Wanted, window: Stretches, voters: Mapping[int, float]
) -> dict[str, Row]:
    """What stands near the best stretch that the question does not say, and who else says it."""
    known = question_words(question)
    kind, novel, said, near = [], [], [], []
    for candidate, first, last in zip(candidates, window.first.tolist(), window.last.tolist(), strict=True):
        text = _stretch(candidate, first, last)
        names, numbers = new_names(text, known), new_numbers(text, known, question.lang)
        kind.append(is_of_kind(question.asks, text, known, names, numbers, question.lang))
        novel.append(1.0 - 0.6 ** len(names))
        said.append(names | numbers)
        near.append(set(candidate.terms[max(0, first - NEAR) : last + NEAR + 1]).difference(wanted.slots))
    articles = [candidate.article_id for candidate in candidates]
    return {
        "type": np.array(kind, dtype=np.float64),
        "novel": np.array(novel),
        "agreed": agreement(voters, articles, said, 1),
        "shared": agreement(voters, articles, near, 8),
        "theme": agreement(voters, articles, [set(one.terms).difference(wanted.slots) for one in candidates], 30),
    }


def _stretch(candidate: Candidate, first: int, last: int) -> str:
    """The text around terms `first` to `last`, by proportion: terms and letters run in step closely enough."""
    scale = len(candidate.text) / max(1, len(candidate.terms))
    return candidate.text[max(0, int((first - NEAR) * scale)) : int((last + NEAR + 1) * scale)]


def _credit(label: Label, wanted: bool) -> float:
    """How much the label speaks against the passage."""
    if label is Label.CREDIT and wanted:
        return -1.0
    return float(label is not Label.PROSE)


def ages(question: Question, published: Sequence[PartialDate | None], today: date | None) -> tuple[Row, bool]:
    """Days from each day of publication to `today`, or to the past times the question speaks of; and whether it does.

    Infinity where either day is unknown.
    """
    meant = _times_meant(question, published, today)
    days = {one: _days(one, meant, today) for one in set(published)}
    return np.array([days[one] for one in published]), bool(meant)


def _youth(question: Question, age: Row, *, dated: bool) -> dict[str, Row]:
    """Youth at several scales; `dated` where ages are counted from a time that the question names."""
    scales = {"week": 7, "month": 30, "year": 365}
    columns = {name: np.exp(-age / days) for name, days in scales.items()}
    columns["dated"] = ((age <= 30) & dated).astype(np.float64)
    columns["present"] = columns["month"] * question.time.time_bound
    return columns


def _days(published: PartialDate | None, meant: Sequence[tuple[date, date]], today: date | None) -> float:
    """How many days lie between the day of publication and the times `meant`, else `today`; infinity: unknown."""
    if published is None or today is None:
        return math.inf
    return float(min(_away(published, first, last) for first, last in meant or [(today, today)]))


def _times_meant(
    question: Question, published: Sequence[PartialDate | None], today: date | None
) -> list[tuple[date, date]]:
    """The past ranges that the question speaks of and some article is of; none where it asks for what is so now.

    A year from long before the archive ("the 1973 decision") is matter, not the time of an article.
    """
    if today is None or question.time.time_bound:
        return []
    ranges = [(one.first or date.min, one.last) for one in question.time.priors if one.last and one.last < today]
    return [(first, last) for first, last in ranges if any(day and _away(day, first, last) == 0 for day in published)]


def _away(published: PartialDate, first: date, last: date) -> int:
    """How many days lie between the day of publication and first..last; 0 where it can be inside."""
    earliest, latest = _bounds(published)
    if latest < first:
        return (first - latest).days
    return max(0, (earliest - last).days)


@lru_cache(maxsize=20_000)
def _bounds(published: PartialDate) -> tuple[date, date]:
    """The first and the last day it can be: the same few days are looked at by every question."""
    return published.earliest, published.latest


def _relative(candidates: Sequence[Candidate]) -> dict[str, Row]:
    """The columns that compare candidates with the best of them."""
    bm25 = np.array([candidate.bm25 for candidate in candidates])
    share = bm25 / max(float(bm25.max()), 1e-9)
    best: dict[int, float] = {}
    for candidate, own in zip(candidates, share.tolist(), strict=True):
        best[candidate.article_id] = max(own, best.get(candidate.article_id, 0.0))
    columns = {"bm25_share": share, "article_share": np.array([best[one.article_id] for one in candidates])}
    known = [candidate.cosine for candidate in candidates if candidate.cosine is not None]
    if known:
        columns["cosine"] = np.array([candidate.cosine or 0.0 for candidate in candidates])
        columns["cosine_gap"] = columns["cosine"] - max(known)
    return columns
