"""Text and its stretches: spans, labels, sentences, dates as precise as they are known.

All offsets are half-open and count code points (Python string indices) of the text they point into.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points, never empty."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The slice of `text` that this span covers; ValueError where it does not fit."""
        if self.end > len(text):
            raise ValueError(f"span [{self.start}, {self.end}) ends after the text ({len(text)})")
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def shift(self, by: int) -> Span:
        """The same range, `by` code points further on (back where negative)."""
        return Span(self.start + by, self.end + by)


class Label(StrEnum):
    """What a stretch of an article's text is."""

    PROSE = "prose"
    HEADING = "heading"  # the headline as it stands in the text, and subheads
    CAPTION = "caption"
    CREDIT = "credit"  # bylines, "(X reported from Moscow.)", photographers' and distributors' lines
    FURNITURE = "furniture"  # promotion, navigation, copyright: never quoted


@dataclass(frozen=True, slots=True, order=True)
class LabelledSpan:
    """A paragraph-like stretch of canonical text and what it is. Spans of one text never overlap."""

    start: int
    end: int
    label: Label

    @property
    def span(self) -> Span:
        """The range alone."""
        return Span(self.start, self.end)


_PARTIAL = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date with the precision known: "2017", "2017-11" or "2017-11-21"."""

    text: str

    def __post_init__(self) -> None:
        if not _PARTIAL.fullmatch(self.text):
            raise ValueError(f"not a date: {self.text!r}")
        self.earliest  # noqa: B018  # raises ValueError for 2017-13 or 2017-02-30

    @property
    def earliest(self) -> date:
        """The first day it can be."""
        year, month, day = (*map(int, self.text.split("-")), 1, 1)[:3]
        return date(year, month, day)

    @property
    def latest(self) -> date:
        """The last day it can be."""
        first = self.earliest
        if len(self.text) == 4:
            return date(first.year, 12, 31)
        if len(self.text) == 7:
            return date(first.year, first.month, calendar.monthrange(first.year, first.month)[1])
        return first

    def __str__(self) -> str:
        return self.text


class DateOrigin(StrEnum):
    """Where a publication date was found; a dateline or copyright year is weaker than a field."""

    FIELD = "field"  # a field of the record or front matter
    MARKUP = "markup"  # a web page's linked data, meta tags or <time>
    TEXT = "text"  # a "Published ..." line
    DATELINE = "dateline"
    COPYRIGHT = "copyright"
    URL = "url"
    EDITOR = "editor"  # set by a person
    NONE = "none"


class ArticleLabel(StrEnum):
    """What kind of article it is, where it is not plain news."""

    OPINION = "opinion"
    LIVE = "live"
    SPONSORED = "sponsored"
    SATIRE = "satire"
    CORRECTION = "correction"


@dataclass(frozen=True, slots=True, order=True)
class Sentence:
    """One sentence of a version: its range, the label it stands under, and the number of its paragraph."""

    start: int
    end: int
    label: Label
    paragraph: int

    @property
    def span(self) -> Span:
        """The range alone."""
        return Span(self.start, self.end)
