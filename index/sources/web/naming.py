"""Tells which article a page is: the key of the article that it is known as under another address, or one of its own.

Called by `reading.py`. A page may lead to an article of another outlet, but never take its place.
"""

from __future__ import annotations

from collections.abc import Callable

from index.clean.addresses import canonical
from index.datatypes import Record
from index.errors import RecordError
from index.sources.web.article_page import is_front_page
from index.sources.web.failure import FetchError, shown
from index.sources.web.fetch import Response, Validators
from index.sources.web.lead import Lead
from index.sources.web.memory import Memory, page, validators
from index.store.fetches import Fetched

Ask = Callable[[str, Validators | None], Response]
"""Asks for a page. FetchError where it cannot be had."""


def key(response: Response, record: Record, lead: Lead, memory: Memory, ask: Ask) -> str:
    """The key of a page that is new: that of its article where another address of it is known.

    RecordError where it led, for now, to a page that others lead to as well.
    """
    ended, title = canonical(response.url), str(record.fields.get("title", ""))
    other = memory.find(ended)
    if other is not None:
        is_page = response.permanent or other.page == page(ended)
        if is_page or not lead.title or lead.title in (title, other.title):
            return other.key
        told = shown(lead.url)
        message = f"{told} leads to {shown(ended)}, as others do: it may ask for a login or consent"
        raise RecordError(message, source=told, key=canonical(lead.url))
    declared = _declared(record, ended)
    other = memory.find(declared) or memory.keyed(declared)
    if other is not None:  # another article's: a site that names one address everywhere
        return other.key if other.title == title else ended
    moved = _moved(ended, title, memory, ask)
    return moved.key if moved is not None else declared


def is_astray(response: Response, known: Fetched) -> bool:
    """Whether an address that only led to an article leads somewhere else by now, and is it no more."""
    return known.page != page(known.key) and page(response.url) != known.ended


def _declared(record: Record, ended: str) -> str:
    """The address that a page says it has, unless that is another outlet's or the whole site's."""
    declared = canonical(str(record.fields.get("url", "")) or ended)
    return ended if is_front_page(declared) or _host(declared) != _host(ended) else declared


def _moved(ended: str, title: str, memory: Memory, ask: Ask) -> Fetched | None:
    """The article of this headline that has moved to `ended`, for good, since it was read."""
    if not title:
        return None
    for other in memory.titled(title, _host(ended)):
        try:
            response = ask(other.link, validators(other))
        except FetchError:
            continue
        if response.permanent and page(response.url) == page(ended):
            return other
    return None


def _host(url: str) -> str:
    return page(url).split("/")[0]
