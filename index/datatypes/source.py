"""Where articles come from: sources, the records they give, what is submitted, how a source was read."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any, TypedDict, cast

from index.datatypes.article import ArticleCard, Edit
from index.datatypes.counts import Counts, RunOutcome
from index.datatypes.text import Label


class Facts(TypedDict, total=False):
    """What a source says of an article besides its text. Every reader fills it, cleaning reads it; all may be missing.

    Texts are as the source gave them: dates and names are read by cleaning.
    """

    title: str
    text: str  # the body, where it came among the fields; its reader takes it out
    outlet: str
    agency: str
    authors: list[str]
    contributors: list[str]
    published: str
    modified: str  # when it was changed last, as a page says
    date_origin: str  # a DateOrigin, where the date is not a plain field
    url: str
    language: str
    label: str
    sections: list[str]
    headings: list[str]  # paragraphs of the body that the source marks as such
    captions: list[str]
    asides: list[str]  # ... and as no part of the article
    labels: Mapping[int, Label]  # of a post: what its reader knows of paragraphs, by their place in the body
    entries: list[tuple[str, str]]  # of a live blog: first paragraph and moment of each
    correction: str  # the outlet's note
    retracted: bool
    news: bool  # True: plain news, whatever else is said
    max_quote_chars: int | None
    own: object  # the Override that a sidecar holds, kept so that it goes over later rules


def as_facts(values: Mapping[str, Any]) -> Facts:
    """`values` that a reader collected by name, as facts. ValueError for a name that is none."""
    unknown = values.keys() - Facts.__annotations__.keys()
    if unknown:
        raise ValueError(f"{', '.join(sorted(unknown))}: no fact of an article has this name")
    return cast(Facts, dict(values))


@dataclass(frozen=True, slots=True)
class Record:
    """One article as its source gave it, before cleaning: `body` is text, for "html" already plain paragraphs."""

    key: str
    format: str
    body: str
    fields: Facts = field(default_factory=Facts)


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One article found in a source but not yet parsed, so that what is unchanged costs nothing more.

    `key` names the article for good: path inside the source, and member or record url/id. `digest` is the sha256
    (hex) of its raw bytes with the reader's name and version. `name` is what a person is told ("syria.txt",
    "wire.jsonl line 7"). `load` parses; it may raise RecordError. `edit` is what a person corrected when submitting it,
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


@dataclass(frozen=True, slots=True)
class Traits:
    """What sources of one kind are like: rooms ask for these, never for a kind by name."""

    is_path: bool = False  # its location is a file or folder of this machine
    on_web: bool = False  # its articles are pages: one address is one article, whichever source lists it
    asks_web: bool = True  # pages may be fetched to read it
    exhaustive: bool = True  # what it does not give any more is gone, unless it says otherwise
    submitted: bool = False  # people bring its articles one by one, and take them back one by one
    has_habits: bool = True  # it brings news by a rhythm of its own, which can be missed


class SourceKind(StrEnum):
    """Where the articles of a source come from."""

    FILES = "files"  # a file or folder
    PAGES = "pages"  # web pages, one article each
    FEED = "feed"  # RSS, Atom or JSON feed
    SITEMAP = "sitemap"
    CHANNEL = "channel"  # a Telegram channel: submitted post by post
    DESK = "desk"  # what editors sent in, one by one

    @property
    def traits(self) -> Traits:
        """What sources of this kind are like."""
        return _TRAITS[self]


_TRAITS: Mapping[SourceKind, Traits] = MappingProxyType({
    SourceKind.FILES: Traits(is_path=True, asks_web=False),
    SourceKind.PAGES: Traits(on_web=True),
    SourceKind.FEED: Traits(on_web=True, exhaustive=False),
    SourceKind.SITEMAP: Traits(on_web=True),
    SourceKind.CHANNEL: Traits(submitted=True),
    SourceKind.DESK: Traits(submitted=True, has_habits=False),
})  # fmt: skip


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
        """What people call it."""
        return self.name or self.location


@dataclass(frozen=True, slots=True)
class Submission:
    """Something that was submitted to become an article, as it came.

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
        """sha256 (hex) of what was submitted."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Handed:
    """What a source gives to another one: the posts of a channel that a file of its history holds."""

    source: SourceSpec
    submission: Submission


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRun(Counts):
    """How one reading of one source went; `reason` says why it failed."""

    source: SourceSpec
    at: datetime
    outcome: RunOutcome
    reason: str = ""


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
    """What something submitted holds: `count` articles, the first of them read, and what could not be read."""

    count: int
    first: tuple[Preview, ...]
    failures: tuple[str, ...] = ()
