"""Opens a source of any kind: files and folders, what people submitted, the web.

Called by `index/runs/refresh.py`. A new kind is one opener here and one entry of traits in `index/datatypes/source.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from index.datatypes import Gone, Handed, RawRecord, Remark, SourceKind, SourceSpec, Submission
from index.errors import RecordError
from index.sources.file_source import open_source
from index.sources.submitted import Submitted

if TYPE_CHECKING:
    from index.sources.web.fetch import Web

Found = RawRecord | RecordError | Gone | Handed | Remark
"""What a source gives: an article, why one cannot be read, that one is no longer there, what is another source's, or a
word about itself."""


class Source(Protocol):
    """Gives its articles one by one, not yet parsed.

    `exhaustive` is True where an article that it does not give is gone: a folder, a whole sitemap. A feed only gives
    the latest and is not.
    """

    @property
    def exhaustive(self) -> bool:
        """Whether what is not given any more is gone; certain once `records` has come to its end."""

    def records(self) -> Iterator[Found]:
        """Every article. What cannot be read is one RecordError among them; one that is raised ends the source."""


@dataclass(frozen=True, slots=True)
class Asking:
    """How the web is asked in one reading: by `web`, by the shipped rules where it is None.

    With `fresh` nothing is believed that was remembered of it, without `keep` nothing is remembered.
    """

    web: Web | None = None
    fresh: bool = False
    keep: bool = True


@dataclass(frozen=True, slots=True)
class Opening:
    """How sources are opened in one reading.

    `database` is where a source remembers what it was given or saw before. `waiting` and `more` are for what was
    submitted: only what waits to be taken in, and what is not kept yet.
    """

    database: Path
    max_bytes: int
    asking: Asking = Asking()
    waiting: bool = False
    more: tuple[Submission, ...] = ()


def open_kind(spec: SourceSpec, opening: Opening) -> Source:
    """The source that `spec` describes. SourceMissing where nothing is there, SourceError where it cannot be read."""
    return _OPENERS[spec.kind](spec, opening)


def _files(spec: SourceSpec, opening: Opening) -> Source:
    return open_source(Path(spec.location), max_bytes=opening.max_bytes, fields=spec.fields)


def _web(spec: SourceSpec, opening: Opening) -> Source:
    from index.sources.web import fetch  # here, because most commands ask nobody on the web
    from index.sources.web.opening import open_web

    asking = opening.asking
    return open_web(spec, opening.database, asking.web or fetch.Web(), fresh=asking.fresh, keep=asking.keep)


def _submitted(spec: SourceSpec, opening: Opening) -> Source:
    alone = Opening(opening.database, opening.max_bytes, Asking(opening.asking.web, fresh=True, keep=False))

    def pages(url: str) -> Iterator[Found]:
        return _web(SourceSpec(url, SourceKind.PAGES), alone).records()

    return Submitted(opening.database, spec, opening.max_bytes, pages, opening.waiting, opening.more)


_OPENERS: Mapping[SourceKind, Callable[[SourceSpec, Opening], Source]] = MappingProxyType({
    SourceKind.FILES: _files,
    SourceKind.PAGES: _web,
    SourceKind.FEED: _web,
    SourceKind.SITEMAP: _web,
    SourceKind.CHANNEL: _submitted,
    SourceKind.DESK: _submitted,
})  # fmt: skip


def part_of(source: Source, home: SourceSpec, part: SourceSpec) -> str:
    """What keys get before them where a file or folder is part of `home`: a path with a slash, or nothing."""
    path = Path(part.location)
    inside = (path if path.is_dir() else path.parent).relative_to(home.location).as_posix()
    return "" if inside == "." else f"{inside}/"
