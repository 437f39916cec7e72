"""Opens a source of any kind: files and folders, what people handed in, the web.

Called by `index/runs/refresh.py`. Each kind has a room of its own; this is where they are told apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from index.datatypes import Gone, Handed, RawRecord, Remark, SourceKind, SourceSpec, Submission
from index.errors import RecordError, SourceError
from index.sources.file_source import open_source
from index.sources.submitted import Submitted

if TYPE_CHECKING:
    from index.sources.web.fetch import Web

Found = RawRecord | RecordError | Gone | Handed | Remark
"""What a source gives: an article, why one cannot be read, that one is no longer there, what is another source's, or a
word about itself."""

WEB = (SourceKind.PAGES, SourceKind.FEED, SourceKind.SITEMAP)


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


def open_kind(
    spec: SourceSpec,
    database: Path,
    *,
    max_bytes: int,
    asking: Asking | None = None,
    waiting: bool = False,
    more: tuple[Submission, ...] = (),
) -> Source:
    """The source that `spec` describes. SourceMissing where nothing is there, SourceError where it cannot be read.

    `database` is where a source remembers what it was handed or told before. `waiting` and `more` are for what was
    handed in: only what waits to be taken in, and what is not kept yet.
    """
    asking = asking or Asking()
    match spec.kind:
        case SourceKind.FILES:
            return open_source(Path(spec.location), max_bytes=max_bytes, fields=spec.fields)
        case SourceKind.PAGES | SourceKind.FEED | SourceKind.SITEMAP:
            from index.sources.web import fetch, opening  # here, because most commands ask nobody on the web

            return opening.open_web(spec, database, asking.web or fetch.Web(), fresh=asking.fresh, keep=asking.keep)
        case SourceKind.CHANNEL | SourceKind.DESK:

            def pages(url: str) -> Iterator[Found]:
                alone = Asking(asking.web, fresh=True, keep=False)
                page = SourceSpec(url, SourceKind.PAGES)
                return open_kind(page, database, max_bytes=max_bytes, asking=alone).records()

            return Submitted(database, spec, max_bytes, pages, waiting, more)
        case _:
            raise SourceError(f"{spec.shown} is of a kind that is not read: {spec.kind}", source=spec.shown)


def part_of(source: Source, home: SourceSpec, part: SourceSpec) -> str:
    """What keys get before them where a file or folder is part of `home`: a path with a slash, or nothing."""
    path = Path(part.location)
    inside = (path if path.is_dir() else path.parent).relative_to(home.location).as_posix()
    return "" if inside == "." else f"{inside}/"
