"""The time expressions of a question, as ranges of days seen from a given day.

Called when a question is read. Pure: it knows the words of a few languages and nothing of the archive. "In 2016" tells
when something happened, and an article of 2017 may tell of it: a prior. "Since 2016" or "articles from 2016" also says
when an article that answers was published: a filter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from index.language.folding import fold
from index.language.packs.english import CALENDAR as ENGLISH
from index.language.packs.pack import Calendar
from index.language.packs.table import PACKS, pack_of
from index.language.stopwords import stopwords
from index.question.time_grammar import Moment, grammar


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """The days first..last, both included, None for an open side; question[start:end] == words it was read from.

    `hard`: it restricts the day of publication and may filter; otherwise it tells of the event and is a prior.
    `relative`: it was counted from as_of.
    """

    first: date | None
    last: date | None
    start: int
    end: int
    words: str
    hard: bool = False
    relative: bool = False


@dataclass(frozen=True, slots=True)
class TimeReading:
    """What a question says about time.

    `fresh` are the ranges (start, end) of the words that ask for what is so now: "latest", "this week".
    """

    expressions: tuple[TimeExpression, ...] = ()
    fresh: tuple[tuple[int, int], ...] = ()

    @property
    def time_bound(self) -> bool:
        """Whether the question asks for what is so now: then old news must be announced."""
        return bool(self.fresh)

    @property
    def filters(self) -> tuple[TimeExpression, ...]:
        """Those that restrict publication."""
        return tuple(one for one in self.expressions if one.hard)

    @property
    def priors(self) -> tuple[TimeExpression, ...]:
        """Those that tell when the event was."""
        return tuple(one for one in self.expressions if not one.hard)

    def moved(self, place: Callable[[int, int], tuple[int, int] | None]) -> TimeReading:
        """The same reading of a part of the question: `place` gives each range there, None where it is left out."""
        there = [(one, place(one.start, one.end)) for one in self.expressions]
        fresh = [place(*one) for one in self.fresh]
        return TimeReading(
            tuple(replace(one, start=at[0], end=at[1]) for one, at in there if at is not None),
            tuple(at for at in fresh if at is not None),
        )


_FROM = re.compile(r"(?:from|aus|от)\s", re.IGNORECASE)  # not "of": the fires of 2016
FRESH_DAYS = 14  # a range counted from as_of that reaches so near to it asks for news


def read_times(question: str, lang: str, as_of: date) -> TimeReading:
    """The time expressions of `question` in order, never overlapping. Other languages: English and plain dates."""
    around = _around(lang if pack_of(lang).calendar else "en")
    moments = grammar(lang).moments(question, as_of)
    expressions = tuple(around.read(question, one, as_of) for one in _joined(question, moments, around))
    fresh = [match.span() for match in around.fresh.finditer(question)]
    near = [(one.start, one.end) for one in expressions if one.relative and _reaches(one, as_of)]
    return TimeReading(expressions, (*fresh, *near))


def _reaches(one: TimeExpression, as_of: date) -> bool:
    last = one.last or as_of
    return last >= as_of - timedelta(days=FRESH_DAYS) and (one.first is None or one.first <= as_of)


def _joined(question: str, moments: Sequence[Moment], around: _Around) -> Iterator[Moment]:
    """Two moments with "between ... and", "from ... to" about them are one."""
    i = 0
    while i < len(moments):
        one = moments[i]
        if i + 1 < len(moments) and around.joins(question, one, moments[i + 1]):
            opening = around.opening.search(question, 0, one.start)
            yield _span(one, moments[i + 1], opening.start() if opening else one.start)
            i += 2
            continue
        yield one
        i += 1


def _span(one: Moment, other: Moment, start: int) -> Moment:
    """From the first to the last day of both; a first without a year takes the other's, or the year before it."""
    if one.yearless and one.first > other.last:
        one = _with_year(one, other.last.year)
    elif one.yearless and not other.yearless and not other.relative:
        one = _with_year(one, other.first.year)
    if one.yearless and one.first > other.last:
        one = _with_year(one, one.first.year - 1)
    first, last = min(one.first, other.first), max(one.last, other.last)
    return Moment(first, last, start, other.end, relative=one.relative or other.relative)


def _with_year(one: Moment, year: int) -> Moment:
    """The same days of `year`; where a 29th is missing, unchanged."""
    try:
        span = one.last - one.first
        first = one.first.replace(year=year)
        return replace(one, first=first, last=first + span)
    except (ValueError, OverflowError):
        return one


# --- the words around ------------------------------------------------------------------------------------------------


@lru_cache(maxsize=8)
def _around(lang: str) -> _Around:
    return _Around(pack_of(lang).calendar or ENGLISH)


class _Around:
    """The words of one language that stand before and between moments, compiled."""

    def __init__(self, words: Calendar) -> None:
        def before(pattern: str) -> re.Pattern[str]:
            return re.compile(rf"(?<!\w)(?:{pattern})\s+$", re.IGNORECASE)

        the = r"(?:\s+(?:the|de[mnr]|die|das|el|la|los|las))?"
        self.since, self.until = before(f"(?:{words.since}){the}"), before(f"(?:{words.until}){the}")
        self.earlier, self.later = before(f"(?:{words.before}){the}"), before(f"(?:{words.after}){the}")
        self.lead = before(rf"(?:{words.lead})(?:\s+(?:{words.lead}))?")
        self.opening = before(f"(?:{words.opening}){the}")
        self.between = re.compile(rf"\s*(?:{words.joining}){the}\s*", re.IGNORECASE)
        self.published, self.coverage = before(words.published), before(words.coverage)
        # "articles about the ferry from 2016": an order for articles, with a few words of topic
        self.listing = re.compile(
            rf"\s*(?:(?:the|all|any|some)\s+)?(?:{words.published}|{words.coverage})(?:\s+[^\s?.!]+){{2,5}}\s+",
            re.IGNORECASE,
        )
        self.out_of = re.compile(rf"(?:{words.out_of})\s", re.IGNORECASE)
        self.fresh = re.compile(rf"(?<!\w)(?:{words.fresh})(?!\w)", re.IGNORECASE)

    def joins(self, question: str, one: Moment, other: Moment) -> bool:
        """Whether a word that joins stands between, and one that opens before (a dash needs none)."""
        gap = question[one.end : other.start]
        opened = self.opening.search(question, 0, one.start) or gap.strip() in ("-", "–")
        return bool(opened and self.between.fullmatch(gap))

    def read(self, question: str, one: Moment, as_of: date) -> TimeExpression:
        """`one` with the words before it, and what they make of it."""
        first: date | None = one.first
        last: date | None = one.last
        hard = False
        the_event = re.search(r"\b(?:the|de[mnr]|die|las?|los|el)\s+$", question[: one.start], re.IGNORECASE)
        if match := self.since.search(question, 0, one.start):
            last, hard = None, True
        elif match := self.earlier.search(question, 0, one.start):
            first, last = None, one.last if the_event else one.first - timedelta(days=1)
        elif match := self.later.search(question, 0, one.start):
            first, last = (one.first if the_event else one.last + timedelta(days=1)), None
        elif match := self.until.search(question, 0, one.start):
            first = None
        else:
            match = self.lead.search(question, 0, one.start)
        start = match.start() if match else one.start
        hard = (hard and not _event_follows(question, one.end)) or self._of_articles(question, start)
        hard = hard and one.first <= as_of
        return TimeExpression(first, last, start, one.end, question[start : one.end], hard, one.relative)

    def _of_articles(self, question: str, start: int) -> bool:
        """Whether the words at `start` tell when articles appeared: "articles in 2016", "news from 2016"."""
        if self.published.search(question, 0, start):
            return True
        if self.coverage.search(question, 0, start) and self.out_of.match(question, start):
            return True
        return bool(self.listing.fullmatch(question, 0, start) and _FROM.match(question, start))


def _event_follows(question: str, end: int) -> bool:
    """Whether the noun of an event comes next: "since the 2019 elections"."""
    following = re.match(r"\s+(\w+)", question[end:])
    return bool(
        following and not any(fold(following[1]) in stopwords(lang) for lang, pack in PACKS.items() if pack.calendar)
    )
