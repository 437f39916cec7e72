"""The nouns of the archive: frozen values that every room shares.

All offsets are half-open and count code points (Python string indices) of the text they point into.
This module imports the standard library only.
"""

from __future__ import annotations

import calendar
import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any


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


@dataclass(frozen=True, slots=True)
class Record:
    """One article as its source gave it, before cleaning.

    `body` is decoded text, for "html" already plain paragraphs. Fields found by the reader (front
    matter, JSON keys, page metadata) stand in `fields` under the names title, outlet, agency, authors (list of str),
    published (str as given), url, language, label.

    A page's markup may add: date_origin (a DateOrigin, where the date is not a plain field), sections (list of str),
    headings, captions and asides (paragraphs of the body that the source marks as such; asides are no part of the
    article), entries (of a live blog: (first paragraph, moment)), correction (the outlet's note), retracted (bool).
    What people say of an article adds: news (True: plain news, whatever else is said), max_quote_chars (int).
    A post's reader adds labels (paragraph -> Label), what it knows of single paragraphs.
    """

    key: str
    format: str
    body: str
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One article found in a source but not yet parsed, so that what is unchanged costs nothing more.

    `key` names the article for good: path inside the source, and member or record url/id. `digest` is the sha256
    (hex) of its raw bytes with the reader's name and version. `name` is what a person is told ("syria.txt",
    "wire.jsonl line 7"). `load` parses; it may raise RecordError. `edit` is what a person corrected when handing it in,
    `replaces` the article that it takes the place of; both count only where the article is new.
    """

    key: str
    digest: str
    name: str
    load: Callable[[], Record]
    edit: Edit | None = None
    replaces: int | None = None


@dataclass(frozen=True, slots=True)
class Gone:
    """An article that its source says is no longer there: a page that answers 404 or 410, a post taken down.

    `key` is the key that its RawRecord had, `name` what a person is told.
    """

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Something a source says of itself that is no failure, in one line for a person."""

    line: str


class SourceKind(StrEnum):
    """Where the articles of a source come from."""

    FILES = "files"  # a file or folder
    PAGES = "pages"  # web pages, one article each
    FEED = "feed"  # RSS, Atom or JSON feed
    SITEMAP = "sitemap"
    CHANNEL = "channel"  # a Telegram channel: handed in post by post
    DESK = "desk"  # what editors sent in, one by one


@dataclass(frozen=True, slots=True)
class SourceSpec:
    """A source, as its owner set it or as the archive remembers it.

    `location` is what it is known by for good: an absolute path, an address on the web, "pages:NAME" (a list of
    addresses), "channel:ID" or "desk". `name` is what people call it. `fields` says under which names a table or JSON
    file keeps our fields ({"title": "hed"}). `urls` are the addresses of a list. Of what a feed, sitemap or list
    names, only addresses are read whose path one of `include` fits (all where it is empty) and none of `exclude`:
    patterns as in a shell ("/news/*").
    """

    location: str
    kind: SourceKind = SourceKind.FILES
    name: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    alarm_after: timedelta | None = None  # how long it may bring nothing new; None: as learned from its history
    urls: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """What a person is told of it."""
        return self.name or self.location


@dataclass(frozen=True, slots=True)
class Edit:
    """What people set of an article's metadata, over what was read; None: as read.

    `outlet` and `published` are "" and `authors` is empty where a person said that there is none.
    """

    title: str | None = None
    outlet: str | None = None
    published: str | None = None  # as in PartialDate
    authors: tuple[str, ...] | None = None

    def over(self, other: Edit) -> Edit:
        """Both, this one's word counting where both say something."""
        mine = {name: value for name in EDITABLE if (value := getattr(self, name)) is not None}
        return replace(other, **mine)

    def fields(self) -> dict[str, Any]:
        """What it sets, under the names and in the types that cards and metadata have them."""
        found: dict[str, Any] = {"title": self.title, "authors": self.authors}
        found = {name: value for name, value in found.items() if value is not None}
        if self.outlet is not None:
            found["outlet"] = self.outlet or None
        if self.published is not None:
            found["published"] = PartialDate(self.published) if self.published else None
            found["date_origin"] = DateOrigin.EDITOR
        return found


EDITABLE = ("title", "outlet", "published", "authors")
"""What people can correct of an article."""


@dataclass(frozen=True, slots=True)
class Submission:
    """Something that was handed in to become an article, as it came.

    `key` names it in its source for good, `name` is that of a file whose ending tells the format. `bundle` names what
    came in several parts (a Telegram album); `due` is the moment before which it is not read, because more may come.
    """

    key: str
    name: str
    data: bytes
    bundle: str | None = None
    due: datetime | None = None  # aware
    edit: Edit | None = None
    replaces: int | None = None  # the article whose place it takes

    @property
    def digest(self) -> str:
        """sha256 (hex) of what was handed in."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Handed:
    """What a source gives to another one: the posts of a channel that a file of its history holds."""

    source: SourceSpec
    submission: Submission


@dataclass(frozen=True, slots=True)
class SourceRun:
    """How one reading of one source went. `outcome` is "done", "cancelled" or "failed"; `reason` says why it failed."""

    source: SourceSpec
    at: datetime
    outcome: str
    added: int
    changed: int
    unchanged: int
    removed: int
    failed: int
    reason: str = ""

    def line(self) -> str:
        """The one-line summary: `+added ~changed =unchanged -removed !failed`."""
        return f"+{self.added} ~{self.changed} ={self.unchanged} -{self.removed} !{self.failed}"


class Trouble(StrEnum):
    """What can be wrong with a source."""

    FAILED = "failed"  # it could not be read
    STALE = "stale"  # it has brought nothing new for too long


@dataclass(frozen=True, slots=True)
class Alarm:
    """A source in trouble since a moment. `reason` says why it failed; `usual` is how long it may bring nothing."""

    trouble: Trouble
    since: datetime
    reason: str = ""
    usual: timedelta | None = None


@dataclass(frozen=True, slots=True)
class SourceState:
    """A source at a glance: what it has in the archive, how it was read last, when it last brought something new.

    `is_read` is False for a source that plain runs leave out: it is known, and no longer among those of its owner.
    """

    spec: SourceSpec
    articles: int = 0
    last: SourceRun | None = None
    news: datetime | None = None
    alarms: tuple[Alarm, ...] = ()
    is_read: bool = True


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known about an article besides its text, as printed."""

    title: str = ""
    outlet: str | None = None
    agency: str | None = None  # the news agency or distributor
    authors: tuple[str, ...] = ()
    contributors: tuple[str, ...] = ()
    published: PartialDate | None = None
    published_at: datetime | None = None  # aware, where the source knows the time of day
    date_origin: DateOrigin = DateOrigin.NONE
    url: str | None = None
    lang: str = "und"  # ISO 639-1, "und" where it cannot be told
    label: ArticleLabel | None = None
    dateline: str | None = None
    copyright: str | None = None
    caption_date: PartialDate | None = None  # the photograph's date, never the publication date
    entries: tuple[tuple[int, datetime], ...] = ()  # of a live blog: where each entry begins in the text, its moment
    correction: Span | None = None  # the outlet's own note of correction, as a range of the text
    retracted: bool = False  # the outlet says that the article does not stand any more
    max_quote_chars: int | None = None  # a limit for this article alone, as set by its owner


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A cleaned article, ready to be stored: canonical text, its labelled spans in order, its metadata."""

    text: str
    labels: tuple[LabelledSpan, ...]
    metadata: Metadata
    notes: tuple[str, ...] = ()  # one line each: what was missing or mended


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


@dataclass(frozen=True, slots=True)
class Version:
    """One immutable text of an article. `text[span]` of a version is the same for ever."""

    id: int
    article_id: int
    text: str
    sha256: str
    metadata: Metadata
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class FurnitureLine:
    """A line that recurs in an outlet's articles: in how many stories, whether it is left out as furniture.

    `decided` is True where a person said so, False where it was learned.
    """

    id: int
    outlet: str
    text: str
    stories: int
    dropped: bool
    decided: bool


@dataclass(frozen=True, slots=True)
class ArticleCard:
    """An article as it is shown in lists and attributions; no text."""

    id: int
    title: str
    outlet: str | None
    agency: str | None
    authors: tuple[str, ...]
    contributors: tuple[str, ...]
    published: PartialDate | None
    date_origin: DateOrigin
    label: ArticleLabel | None
    url: str | None
    lang: str = "und"
    copyright: str | None = None
    caption_date: PartialDate | None = None
    retracted: bool = False
    max_quote_chars: int | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences of one version, all of one label: the unit of retrieval. Disposable."""

    id: int
    version_id: int
    span: Span
    label: Label


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


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim quote with its attribution: `text` is the slice `span` of version `version_id`.

    `highlight` is a range of `text`: the one or two sentences that answer. `sha256` is that of `text` in UTF-8.
    `kind` is Label.PROSE, CAPTION or CREDIT. `withheld` is None, or why only headline and link are shown
    ("link_only", "too_long", "max_quote_chars"); then `text` is empty and `highlight` None.
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
    withheld: str | None = None
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


@dataclass(frozen=True, slots=True)
class Filter:
    """A restriction on the articles searched.

    `field` is "published", "outlet" or "author"; `value` for "published" is "FROM..TO" with either side empty,
    days as YYYY-MM-DD. `source` is the words of the question it was read from, or "given".
    """

    field: str
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
    """What the archive says to a question: quotes, or an honest no with the closest coverage."""

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
class Edited:
    """An article with what people corrected of it. `article` is as it is shown, `read` as its source has it."""

    article: ArticleCard
    read: ArticleCard
    by: str | None = None  # who corrected it last, None where nobody did
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """An article before it is taken in. `twin` is one that is there already, by its address or word for word.

    `words` counts those that can be quoted; `furniture` are the lines that never will be. `removed` says that an
    editor took this very article out before.
    """

    article: ArticleCard  # its id is 0
    words: int
    furniture: tuple[str, ...]
    twin: ArticleCard | None = None
    removed: bool = False


@dataclass(frozen=True, slots=True)
class Previews:
    """What something handed in holds: `count` articles, the first of them read, and what could not be read."""

    count: int
    first: tuple[Preview, ...]
    failures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Questions of one meaning that the archive did not answer.

    `question` is the wording asked most, `answer_id` what it was told. `unhelpful` of the `count` questions were
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
class Failure:
    """Something a run could not read, in words for a person."""

    name: str
    reason: str

    def line(self) -> str:
        """Both in one line, the name once."""
        return self.reason if self.reason.startswith(self.name) else f"{self.name}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is. `phase` is "reading", "embedding" or "building"; `total` is 0 where it is not known yet."""

    phase: str
    done: int
    total: int
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What a run did (or, for a dry run, would do). The title lists are filled for dry runs and small runs."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    failures: tuple[Failure, ...] = ()
    warnings: tuple[str, ...] = ()
    added_titles: tuple[str, ...] = ()
    changed_titles: tuple[str, ...] = ()
    removed_titles: tuple[str, ...] = ()
    passages: int = 0
    embedded: int = 0
    seconds: float = 0.0
    dry_run: bool = False
    cancelled: bool = False

    @property
    def failed(self) -> int:
        """How many things could not be read."""
        return len(self.failures)

    def line(self) -> str:
        """The one-line summary: `+added ~changed =unchanged -removed !failed`."""
        return f"+{self.added} ~{self.changed} ={self.unchanged} -{self.removed} !{self.failed}"


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


@dataclass(frozen=True, slots=True)
class Run:
    """An indexing run in progress, in this or another process. `kind` is reindex, full, dry, ingest or take."""

    id: int
    kind: str
    by: str
    pid: int
    started: datetime
    progress: Progress


@dataclass(frozen=True, slots=True)
class RunRecord:
    """An indexing run that ended. `outcome` is "done", "cancelled", "failed" or "died"."""

    id: int
    kind: str
    by: str
    started: datetime
    ended: datetime | None
    outcome: str
    report: IndexReport | None


@dataclass(frozen=True, slots=True)
class Status:
    """The archive at a glance."""

    articles: int
    passages: int
    pending: int  # passages whose vector is still to be made
    removed: int  # articles an editor removed
    newest: ArticleCard | None
    languages: Mapping[str, int]
    sources: tuple[SourceSpec, ...]
    last_run: RunRecord | None
    running: Run | None
    model: str | None
    index_type: str | None
    index_bytes: int
    database_bytes: int
    generation: int


@dataclass(frozen=True, slots=True)
class OutletRights:
    """What an outlet allows: quote length in characters, link only, nothing before a moment."""

    max_quote_chars: int | None = None
    link_only: bool = False
    embargo_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class WebRules:
    """How the web is asked. `user_agent` is what we call ourselves there.

    `allow_private` names hosts, addresses and networks that may be asked although they are not public. One host is
    asked every `seconds_per_host`, or less often where its robots.txt says so. A server may be silent for
    `timeout_seconds`, and a request may take `deadline_seconds` as a whole. Larger pages than `max_page_bytes` and
    larger feeds and sitemaps than `max_list_bytes` are not read; sizes count unpacked. In one run, a source asks for
    at most `pages_per_run` pages.
    """

    user_agent: str = "Quotewire"
    allow_private: tuple[str, ...] = ()
    seconds_per_host: float = 1.0
    timeout_seconds: float = 20.0
    deadline_seconds: float = 60.0
    max_page_bytes: int = 5_000_000
    max_list_bytes: int = 50_000_000
    pages_per_run: int = 1_000


@dataclass(frozen=True, slots=True)
class Options:
    """How an archive behaves.

    `outlets` maps an outlet's name (any case) to its rights. `context_share` is the part of an article that paging
    through context may show. `question_days` is how long question texts are kept. `floor` replaces the confidence
    below which a question is declined; None keeps the shipped one. `max_bytes` is the largest file read. `sources` are
    those that the owner set, read where a run is given none. `web` says how the web is asked. `learn_furniture`: lines
    that recur over an outlet's stories are looked at, and left out where they are its furniture.
    """

    outlets: Mapping[str, OutletRights] = field(default_factory=dict)
    context_share: float = 0.25
    question_days: int = 90
    floor: float | None = None
    max_bytes: int = 50_000_000
    sources: tuple[SourceSpec, ...] = ()
    web: WebRules = field(default_factory=WebRules)
    learn_furniture: bool = True
