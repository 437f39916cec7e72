"""Makes a record of what came from the web: of a page, or of the text that a feed itself holds.

Called by `reading.py`. It must not know the network or what was read before.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from index.datatypes import Record, as_facts
from index.errors import RecordError
from index.sources.pages import web_page
from index.sources.web.document import Form, recognise
from index.sources.web.failure import shown
from index.sources.web.fetch import Response
from index.sources.web.lead import Lead

FEED_READER = "feed-text/1"
FIELDS = ("title", "published", "authors", "outlet", "language")  # what lists say of articles
log = logging.getLogger(__name__)

_PAGE = ("text/html", "application/xhtml+xml")
_KINDS = {Form.FEED: "feed", Form.JSON_FEED: "feed", Form.SITEMAP: "sitemap", Form.INDEX: "sitemap"}


def of_page(response: Response, key: str, asked: str) -> Record:
    """The article of a page that was asked for as `asked`. RecordError where it is no page, or has no article."""
    told = shown(asked)
    if is_front_page(response.url) and not is_front_page(asked):
        raise RecordError(f"{told} leads to the front page; its article may be gone", source=told, key=key)
    document = recognise(response.data, response.media)
    if document.form in _KINDS or (document.form is Form.OTHER and response.media not in _PAGE):
        cure = f'set kind = "{_KINDS[document.form]}"' if document.form in _KINDS else "save it and index the file"
        raise RecordError(f"{told} is not a web page but {document.words}; {cure}", source=told, key=key)
    with _unforeseen(told, key):
        record = web_page.read(response.data, key=key, name=told, url=response.url, charset=response.charset)
    if not record.body.strip():
        raise RecordError(f"{told} has no text; it may show it to browsers alone", source=told, key=key)
    return record


def of_feed(lead: Lead, key: str) -> Record:
    """The article as the feed holds it. RecordError where that is no text."""
    told = shown(lead.url) or lead.title
    with _unforeseen(told, key):
        record = web_page.fragment(lead.content)
    if not record.body.strip():
        raise RecordError(f"{told} has no text", source=told, key=key)
    return replace(record, key=key, fields={**record.fields, "url": lead.url})


@contextmanager
def _unforeseen(told: str, key: str) -> Iterator[None]:
    """One page that no reader was written for is one line, and does not end the source."""
    try:
        yield
    except RecordError:
        raise
    except Exception:
        log.exception("%s could not be read.", told)
        message = f"{told} could not be read; the log says why"
        raise RecordError(message, source=told, key=key) from None


def lacking(record: Record) -> tuple[str, ...]:
    """What the page itself does not say. A date that was only read off its address is as good as none."""
    guessed = ("published",) if record.fields.get("date_origin") == "url" else ()
    return tuple(name for name in FIELDS if name in guessed or not record.fields.get(name))


def completed(record: Record, told: Mapping[str, Any]) -> Record:
    """The record with what lists said of it, where the page itself does not say it."""
    fields: dict[str, Any] = dict(record.fields)
    for name in lacking(record):
        if told.get(name):
            fields[name] = told.get(name)
            if name == "published":
                fields.pop("date_origin", None)
    return replace(record, fields=as_facts(fields))


def is_front_page(url: str) -> bool:
    """Whether an address is that of a whole site."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.path in ("", "/") and not parts.query
