"""An article: its metadata and versions, the card that shows it, what people corrected of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from index.datatypes.text import ArticleLabel, DateOrigin, Label, LabelledSpan, PartialDate, Sentence, Span


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
    lang: str = "und"  # ISO 639-1, "und" where it is not known
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
class Edited:
    """An article with what people corrected of it. `article` is as it is shown, `read` as its source has it."""

    article: ArticleCard
    read: ArticleCard
    by: str | None = None  # who corrected it last, None where nobody did
    at: datetime | None = None
