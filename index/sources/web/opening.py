"""Opens a source of the web, and tells what an address is that somebody just typed.

Called by `index/sources/kinds.py` and the archive.
"""

from __future__ import annotations

from pathlib import Path

from index.datatypes import SourceKind, SourceSpec
from index.errors import SourceError
from index.sources.web.document import Form, recognise
from index.sources.web.failure import FetchError, shown
from index.sources.web.feed_source import FeedSource
from index.sources.web.fetch import Web
from index.sources.web.inflate import is_packed
from index.sources.web.memory import Memory
from index.sources.web.page_source import PageSource
from index.sources.web.reading import Reading
from index.sources.web.sitemap_source import SitemapSource

_KINDS = {
    Form.FEED: SourceKind.FEED,
    Form.JSON_FEED: SourceKind.FEED,
    Form.SITEMAP: SourceKind.SITEMAP,
    Form.INDEX: SourceKind.SITEMAP,
    Form.PAGE: SourceKind.PAGES,
}


def open_web(
    spec: SourceSpec, database: Path, web: Web, *, fresh: bool = False, keep: bool = True
) -> FeedSource | SitemapSource | PageSource:
    """The feed, sitemap or list of pages that `spec` describes. SourceError where it cannot be had.

    `fresh` believes nothing that was remembered, `keep` False remembers nothing.
    """
    reading = Reading(web, Memory(database, keep=keep), fresh)
    match spec.kind:
        case SourceKind.FEED:
            return FeedSource(spec, reading)
        case SourceKind.SITEMAP:
            return SitemapSource(spec, reading)
        case _:
            return PageSource(spec, reading)


def recognised(web: Web, url: str) -> SourceSpec:
    """The source at an address: a feed, a sitemap or a page. SourceError where it is nothing that is read."""
    try:
        response = web.get(url, accept="*/*", max_bytes=web.rules.max_list_bytes)
    except FetchError as error:
        raise SourceError(str(error), source=shown(url)) from None
    if is_packed(response.data):
        return SourceSpec(url, SourceKind.SITEMAP)
    document = recognise(response.data, response.media)
    kind = _KINDS.get(document.form)
    if kind is None:
        message = f"{shown(url)} is neither a page nor a feed nor a sitemap, but {document.words}; check the address"
        raise SourceError(message, source=shown(url))
    return SourceSpec(url, kind)
