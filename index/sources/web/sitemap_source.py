"""A sitemap as a source: every page that it and its further sitemaps list.

Called by `opening.py`. A whole sitemap says all there is: what it lists no longer is gone. A news sitemap lists the
last two days alone, and one of which a part could not be read says nothing about the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from index.datatypes import SourceSpec
from index.errors import RecordError, SourceError
from index.sources.web import sitemap
from index.sources.web.article_page import is_front_page
from index.sources.web.failure import FetchError, shown
from index.sources.web.inflate import Damaged, TooLarge, is_packed, unpacked
from index.sources.web.lead import Lead
from index.sources.web.memory import page
from index.sources.web.reading import Found, Reading
from index.sources.web.sitemap import NoSitemap, Sitemap

ACCEPT = "application/xml,text/xml;q=0.9,text/plain;q=0.5,*/*;q=0.1"
DEEPEST = 3  # a sitemap of sitemaps of sitemaps; the protocol knows no deeper
MOST_SITEMAPS = 1_000
_NEVER = datetime.min.replace(tzinfo=UTC)


class SitemapSource:
    """A sitemap that was fetched when this was made. SourceError where it could not be had, or is none."""

    def __init__(self, spec: SourceSpec, reading: Reading) -> None:
        self._spec, self._reading = spec, reading
        self._seen: set[str] = set()
        self._whole = False  # whether any of it is more than news
        try:
            self._root = self._fetched(spec.location)
        except _Unread as error:
            raise SourceError(str(error), source=spec.shown) from None

    @property
    def exhaustive(self) -> bool:
        """Whether what is not listed is gone; known once it was read."""
        return self._whole

    def records(self) -> Iterator[Found]:
        """The articles, the latest first."""
        leads: list[Lead] = []
        for found in self._leads(self._root, 1):
            if isinstance(found, Lead):
                leads.append(found)
            else:
                yield found
        leads.sort(key=lambda one: one.changed or _NEVER, reverse=True)
        for lead in leads:
            if lead.is_wanted(self._spec.include, self._spec.exclude) and not is_front_page(lead.url):
                yield from self._reading.article(lead, trusting=True)
        yield from self._reading.rest(self._spec.shown)

    def _leads(self, found: Sitemap, depth: int) -> Iterator[Lead | Found]:
        self._whole = self._whole or not (found.news or found.children)
        yield from found.leads
        for number, address in enumerate(found.children):
            if page(address) in self._seen:
                continue
            if depth >= DEEPEST or len(self._seen) >= MOST_SITEMAPS:
                left = len(found.children) - number
                message = f"{self._spec.shown}: {left:,} sitemaps were not read, because it has too many or in too deep"
                yield RecordError(message, source=self._spec.shown)
                return
            try:
                child = self._fetched(address)
            except _Unread as error:
                yield RecordError(str(error), source=shown(address))
                continue
            yield from self._leads(child, depth + 1)

    def _fetched(self, url: str) -> Sitemap:
        self._seen.add(page(url))
        web = self._reading.web
        told, limit = shown(url), web.rules.max_list_bytes
        try:
            response = web.get(url, accept=ACCEPT, max_bytes=limit)
            data = unpacked(response.data, limit) if is_packed(response.data) else response.data
            return sitemap.read(data, response.media)
        except (FetchError, NoSitemap) as error:
            raise _Unread(str(error) if isinstance(error, FetchError) else f"{told} {error}") from None
        except TooLarge:
            raise _Unread(f"{told} unpacks to more than {limit:,} bytes and was not read") from None
        except Damaged:
            raise _Unread(f"{told} is damaged: its gzip data is not sound") from None


class _Unread(Exception):
    """A sitemap that cannot be read; `str` is the line for a person."""
