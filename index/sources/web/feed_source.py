"""A feed as a source: its newest articles, and now and then those that it listed before.

Called by `opening.py`. A feed lists the latest alone: what drops out of it stays in the archive. Whether it is still
there, and as it was, is asked ever less often as it ages. The feed itself is asked with its validators, but only where
everything that it listed is in the archive: what failed or was cut short comes again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from index.clean.addresses import canonical
from index.datatypes import Remark, SourceSpec
from index.errors import RecordError, SourceError
from index.sources.web import feed
from index.sources.web.failure import FetchError, shown
from index.sources.web.feed import Feed, NoFeed
from index.sources.web.fetch import Response, Web
from index.sources.web.lead import Lead
from index.sources.web.memory import page, validators
from index.sources.web.reading import Found, Reading
from index.store.fetches import Fetched

ACCEPT = "application/rss+xml,application/atom+xml,application/feed+json,application/xml;q=0.9,*/*;q=0.1"
MOST_AGAIN = 200  # articles that it does not list any more, looked at in one run


class FeedSource:
    """A feed that was fetched when this was made. SourceError where it could not be had, or is none."""

    exhaustive = False

    def __init__(self, spec: SourceSpec, reading: Reading) -> None:
        self._spec, self._reading = spec, reading
        self._as_before: frozenset[str] = frozenset()  # the keys of what it lists, where it has not changed
        self._response = self._fetched(reading.web)
        self._feed = self._read(self._response)

    def records(self) -> Iterator[Found]:
        """The articles that it lists, then those that it listed before and that are due."""
        reading = self._reading
        if self._feed.flaw:
            yield Remark(f"{self._spec.shown}: the feed {self._feed.flaw}")
        for lead in self._feed.leads:
            if lead.is_wanted(self._spec.include, self._spec.exclude):
                yield from self._article(lead)
        yield from self._earlier()
        yield from reading.rest(self._spec.shown)
        self._remember()

    def _article(self, lead: Lead) -> Iterator[Found]:
        if lead.url:
            yield from self._reading.article(lead)
            return
        key = f"entry:{lead.id or lead.title}@{self._spec.location}"  # no address of the web
        if not lead.content:
            name = lead.title or lead.id or "an entry"
            yield RecordError(f"{name}: the feed gives neither an address nor the text", source=name, key=key)
        elif key not in self._reading.given:
            whole = replace(lead, outlet=self._feed.title)
            yield from self._reading.of_feed(whole, self._reading.memory.find(key), key)

    def _earlier(self) -> Iterator[Found]:
        """What it listed before: what is due is looked at once more, and where it is as it was, so is what it lists."""
        again = 0
        for row in self._reading.memory.of_source(self._spec.location):
            if again < MOST_AGAIN and self._reading.is_due(row):
                again += 1
                yield from self._reading.again(row)
            elif row.key in self._as_before:
                yield from self._reading.as_it_was(row)

    # -- the feed itself ----------------------------------------------------------------------------------------------

    def _fetched(self, web: Web) -> Response:
        known = self._known()
        given = validators(known) if known else None
        try:
            response = web.get(self._spec.location, accept=ACCEPT, max_bytes=web.rules.max_list_bytes, validators=given)
        except FetchError as error:
            raise SourceError(str(error), source=self._spec.shown) from None
        if known is not None and not response.changed:
            self._as_before = frozenset(known.told["keys"])
        return response

    def _known(self) -> Fetched | None:
        """The feed as it was last read, where the archive has all that it listed."""
        if self._reading.fresh:
            return None
        row = self._reading.memory.find(self._place)
        keys = row.told.get("keys", []) if row else []
        return row if keys and self._reading.memory.are_stored(keys) else None

    def _read(self, response: Response) -> Feed:
        if not response.changed:
            return Feed("", ())
        try:
            found = feed.read(response.data, response.url, response.media)
        except NoFeed as error:
            raise SourceError(f"{shown(self._spec.location)} {error}", source=self._spec.shown) from None
        if not found.leads:
            message = f"{shown(self._spec.location)} is a feed without any articles; check the address"
            raise SourceError(message, source=self._spec.shown)
        return found

    def _remember(self) -> None:
        """Keep the feed's validators with the keys of what it listed."""
        given = self._response.validators
        if not self._response.changed or not (given.etag or given.last_modified):
            return
        memory, now = self._reading.memory, self._reading.now()
        wanted = [one for one in self._feed.leads if one.url and one.is_wanted(self._spec.include, self._spec.exclude)]
        rows = [(one.url, memory.find(one.url)) for one in wanted]
        keys = sorted({row.key if row else canonical(url) for url, row in rows})
        memory.put(
            Fetched(
                page=self._place,
                link=self._spec.location,
                ended=self._place,
                key="",
                digest="",
                since=now,
                at=now,
                etag=given.etag,
                last_modified=given.last_modified,
                told={"keys": keys},
            )
        )

    @property
    def _place(self) -> str:
        """What the memory knows the feed by; no page has such a name."""
        return f"feed {page(self._spec.location)}"
