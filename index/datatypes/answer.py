"""What the archive says to a question: quotes with their attribution, notices, coverage, context."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from index.datatypes.article import ArticleCard, Passage
from index.datatypes.text import Label, PartialDate, Span


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is speaking in a quotation, as printed: the name, and the description that goes with it."""

    name: str
    description: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A candidate passage with its evidence, as retrieval found it and ranking scored it.

    `bm25` and `cosine` are the raw scores of the two legs (cosine is None where the vector leg does not count).
    `score` orders; `confidence` is the absolute probability that this passage answers.
    """

    passage: Passage
    article: ArticleCard
    bm25: float
    cosine: float | None
    score: float
    confidence: float
    also_in: tuple[ArticleCard, ...] = ()


class Withheld(StrEnum):
    """Why only headline and link of a quote are shown."""

    LINK_ONLY = "link_only"  # the outlet allows no quotes
    MAX_QUOTE_CHARS = "max_quote_chars"  # nor so long ones
    TOO_LONG = "too_long"  # no whole sentence fits into a message
    WITHDRAWN = "withdrawn"  # gone since: removed, under embargo, or not the words that were recorded


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim quote with its attribution: `text` is the slice `span` of version `version_id`.

    `highlight` is a range of `text`: the one or two sentences that answer. `sha256` is that of `text` in UTF-8.
    `kind` is Label.PROSE, CAPTION or CREDIT. Where the quote is `withheld`, `text` is empty and `highlight` None.
    """

    article: ArticleCard
    version_id: int
    span: Span
    sha256: str
    text: str
    highlight: Span | None
    kind: Label
    speaker: Speaker | None
    passage: Span
    passage_text: str
    score: float
    also_in: tuple[ArticleCard, ...] = ()
    corrections: tuple[ArticleCard, ...] = ()
    newer: tuple[ArticleCard, ...] = ()
    withheld: Withheld | None = None
    moment: datetime | None = None  # of a live blog: when the entry that is quoted was written
    correction: str = ""  # the outlet's own note of correction, verbatim


class NoticeKind(StrEnum):
    """What a notice above the quotes is about."""

    STALE = "stale"  # the question asks for the latest, the newest answer is old
    OPINION = "opinion"
    SATIRE = "satire"
    CORRECTION = "correction"
    RETRACTED = "retracted"  # the outlet has retracted the article quoted
    NEWER = "newer"
    SPELLING = "spelling"  # a name was searched in another spelling
    FILTER = "filter"
    FOLLOW_UP = "follow_up"
    TEXT_ONLY = "text_only"  # vectors are missing: found by words alone


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a reader should know before the quotes; `values` fill the sentence of the interface language."""

    kind: NoticeKind
    values: Mapping[str, str] = field(default_factory=dict)


class FilterField(StrEnum):
    """By what articles are filtered."""

    PUBLISHED = "published"
    OUTLET = "outlet"  # or agency
    AUTHOR = "author"


@dataclass(frozen=True, slots=True)
class Filter:
    """A restriction on the articles searched.

    `value` for the time of publication is "FROM..TO" with either side empty, days as YYYY-MM-DD. `source` is the words
    of the question it was read from, or "given".
    """

    field: FilterField
    value: str
    source: str


class AnswerKind(StrEnum):
    """What came of a question."""

    ANSWERED = "answered"
    DECLINED = "declined"
    COVERAGE = "coverage"  # not a question: the newest coverage of a topic
    EMPTY = "empty"  # the archive holds no article


@dataclass(frozen=True, slots=True)
class Answer:
    """What the archive says to a question: quotes, or an honest no with the closest coverage.

    `confidence` (0..1) is that of the first quote, or of what would have been it. `closest` are at most five articles:
    the nearest to a question that is declined, the newest on a topic; none where it is answered. `newest_article` is
    the date of the newest one that was searched. `generation` is the state of the archive that answered.
    """

    id: str
    question: str
    as_of: date | None
    lang: str
    kind: AnswerKind
    confidence: float
    quotes: tuple[Citation, ...] = ()
    closest: tuple[ArticleCard, ...] = ()
    notices: tuple[Notice, ...] = ()
    filters: tuple[Filter, ...] = ()
    newest_article: PartialDate | None = None
    seconds: float = 0.0
    generation: int = 0

    @property
    def answered(self) -> bool:
        """Whether the archive answers the question."""
        return self.kind is AnswerKind.ANSWERED


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Questions of one meaning that the archive did not answer.

    `question` is the wording asked most, `answer_id` the answer that it got. `unhelpful` of the `count` questions were
    answered, but readers found it unhelpful. `answered` says that the archive answers by now. `mute` is the number of
    the mute that hides it; then `question` is "" where its words are not kept any more.
    """

    answer_id: str
    question: str
    count: int
    unhelpful: int
    asked_at: datetime  # the last time
    closest: ArticleCard | None = None
    answered: bool = False
    mute: int | None = None
    muted_at: datetime | None = None
    generation: int = 0


@dataclass(frozen=True, slots=True)
class Coverage:
    """One page of articles, newest first. `page` counts from 0; `pages` is at least 1.

    `notices` are what a reader should know before the list of a topic.
    """

    topic: str
    items: tuple[ArticleCard, ...]
    page: int
    pages: int
    total: int
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """The paragraphs around a quote, or before (page < 0) and after them (page > 0).

    `text` is the slice `span` of the version. `first` and `last` are the lowest and highest page there are. `limited`
    is True where the rights' share of the article, not the article itself, ends the reading.
    """

    citation: Citation
    text: str
    span: Span
    page: int
    first: int
    last: int
    limited: bool
