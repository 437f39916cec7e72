"""Single pages as a source: one address, a list of them in the settings, or in a text file.

Called by `opening.py`. Every page is asked in every run, with its validators. What is taken off the list is gone.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from index.datatypes import SourceSpec
from index.errors import RecordError, SourceError, SourceMissing
from index.sources.input.content import read_whole
from index.sources.input.decode import decode
from index.sources.web.lead import Lead
from index.sources.web.reading import Found, Reading

MAX_LIST_BYTES = 10_000_000


class PageSource:
    """A list of pages. SourceError where the list cannot be read."""

    exhaustive = True

    def __init__(self, spec: SourceSpec, reading: Reading) -> None:
        self._spec, self._reading = spec, reading
        self._urls = spec.urls or _listed(spec)

    def records(self) -> Iterator[Found]:
        """The article of every page."""
        for url in dict.fromkeys(self._urls):
            lead = Lead(url)
            if lead.is_wanted(self._spec.include, self._spec.exclude):
                yield from self._reading.article(lead, always=True)
        yield from self._reading.rest(self._spec.shown)


def _listed(spec: SourceSpec) -> tuple[str, ...]:
    """The addresses of a source: itself, or the lines of its file; lines that begin with # are none."""
    if spec.location.startswith(("http://", "https://")):
        return (spec.location,)
    path = Path(spec.location)
    if not path.is_absolute():
        raise SourceError(f"{spec.shown} has no addresses any more; set urls, or take it out", source=spec.shown)
    if not path.exists():
        raise SourceMissing(f"{path} is not there; give a text file with an address a line", source=spec.shown)
    try:
        text = decode(read_whole(path, name=path.name, key=None, max_bytes=MAX_LIST_BYTES), name=path.name, key=None)
    except RecordError as error:
        raise SourceError(str(error), source=spec.shown) from None
    lines = [line.strip() for line in text.splitlines()]
    urls = tuple(line for line in lines if line and not line.startswith("#"))
    if not urls:
        raise SourceError(f"{path.name} lists no addresses; write one a line", source=spec.shown)
    return urls
