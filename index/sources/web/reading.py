"""Reads the pages that a list leads to: asks only where something may have changed, and knows each article again.

Called by the sources of feeds, sitemaps and lists. One article has one key, its canonical address when it was first
read, however many addresses lead to it and wherever it moves. What a list says completes what the page does not.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from index.clean.addresses import canonical
from index.datatypes import Gone, RawRecord, Record, Remark
from index.errors import RecordError, RecordLater
from index.sources.pages import web_page
from index.sources.web import article_page, naming
from index.sources.web.failure import FetchError, Trouble, shown
from index.sources.web.fetch import Response, Validators, Web
from index.sources.web.lead import Lead
from index.sources.web.memory import Memory, page, validators
from index.store.fetches import Fetched

Found = RawRecord | RecordError | Gone | Remark

HTML = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1"
SOONEST, LATEST = timedelta(hours=1), timedelta(days=30)


@dataclass
class Reading:
    """One reading of one source. `fresh`: everything is fetched anew, whatever was remembered."""

    web: Web
    memory: Memory
    fresh: bool = False
    given: set[str] = field(default_factory=set)  # keys
    asked: int = 0
    had: int = 0  # pages that a host answered for
    quiet: int = 0  # pages that there was no reason to ask
    put_off: dict[str, int] = field(default_factory=dict)  # pages not asked, by host left alone
    reason: str = ""  # the first trouble with a host
    waiting: int = 0  # pages that are for the next run

    def article(self, lead: Lead, *, always: bool = False, trusting: bool = False) -> Iterator[Found]:
        """The article that a lead leads to; nothing where it was given already, or has to wait.

        `always` asks in any case. `trusting` believes the lead where it says that nothing has changed.
        """
        row = self.memory.find(lead.url)
        if (row.key if row else canonical(lead.url)) in self.given:
            return
        if row is not None and row.stored:
            if self.memory.is_removed(row.key):  # whatever its page says now
                yield self._unchanged(row, lead)
                return
            row = self._completed(row, lead)
            is_quiet = not self._is_to_be_asked(row, lead, always=always, trusting=trusting)
            self.quiet += is_quiet
            if is_quiet or not self._may_ask(lead.url):
                yield self._unchanged(row, lead)
                return
        elif not self._may_ask(lead.url):
            return
        yield from self._ask(lead, row)

    def again(self, row: Fetched) -> Iterator[Found]:
        """A page that no list names any more, looked at once more where it is time."""
        if row.key not in self.given and self._may_ask(row.link):
            yield from self._ask(Lead(row.link), row)

    def as_it_was(self, row: Fetched) -> Iterator[Found]:
        """A page that is listed as before, and not to be asked yet."""
        if row.key not in self.given:
            self.quiet += 1
            yield self._unchanged(row, Lead(row.link))

    def rest(self, name: str) -> Iterator[Found]:
        """What is to be reported of the source at the end. Raises RecordError where nothing at all could be had."""
        if self.reason and not self.had and not self.quiet:
            raise RecordError(self.reason, source=name)
        for host, count in self.put_off.items():
            message = (
                f"{host} was left alone after it failed, so {count:,} of its pages were not asked; try again later"
            )
            yield RecordError(message, source=name)
        if self.waiting:
            limit = self.web.rules.pages_per_run
            yield Remark(
                f"{name}: {self.waiting:,} more pages wait for the next run;"
                f" one run asks for {limit:,} (web.pages_per_run)"
            )

    def now(self) -> datetime:
        """This moment in UTC."""
        return datetime.fromtimestamp(self.web.now(), UTC)

    # -- whether to ask -----------------------------------------------------------------------------------------------

    def _is_to_be_asked(self, row: Fetched, lead: Lead, *, always: bool, trusting: bool) -> bool:
        if always or self.fresh or (lead.changed is not None and lead.changed > row.at):
            return True
        if row.via == "feed" and _sha256(lead.content.encode()) != row.digest:
            return True
        return not (trusting and lead.changed is not None) and self.is_due(row)

    def is_due(self, row: Fetched) -> bool:
        """A page is asked again after a tenth of its age: at most hourly, at least every thirty days."""
        if self.fresh:
            return True
        age = row.at - row.since
        return self.now() - row.at >= min(max(age / 10, SOONEST), LATEST)

    def _may_ask(self, url: str) -> bool:
        """Whether a page may be asked now; one that may not is counted."""
        try:
            alone = self.web.is_left_alone(url)
        except FetchError:
            return True  # told when it is asked for
        if alone:
            host = urlsplit(shown(url)).netloc
            self.put_off[host] = self.put_off.get(host, 0) + 1
            self.reason = self.reason or f"{host} is left alone for a while; try again later"
        elif self.asked >= self.web.rules.pages_per_run:
            self.waiting += 1
        else:
            return True
        return False

    # -- asking -------------------------------------------------------------------------------------------------------

    def _ask(self, lead: Lead, row: Fetched | None) -> Iterator[Found]:
        known = row if row is not None and row.stored else None
        key = row.key if row else canonical(lead.url)
        try:
            response = self._get(lead.url, known)
        except FetchError as error:
            yield from self._not_had(error, lead, known, key)
            return
        self.had += 1
        if known is not None and naming.is_astray(response, known):
            self.memory.forget(known)
            known, key = None, canonical(lead.url)
        if known is None:
            yield from self._new(response, lead, key)
        elif not response.changed or self._is_same(response, known):
            if response.changed:
                given = response.validators
                known = replace(known, etag=given.etag, last_modified=given.last_modified)
            self.memory.unchanged(known, self.now())
            yield self._unchanged(known, lead)
        else:
            yield from self._changed(response, lead, known)

    def _get(self, url: str, known: Fetched | None) -> Response:
        """The page, or that it is as it was; one that moved is fetched in any case."""
        self.asked += 1
        given = validators(known) if known and known.via == "page" and not self.fresh else None
        response = self._page(url, given)
        if known is not None and not response.changed and page(response.url) != known.ended:
            return self._page(url, None)
        return response

    def _page(self, url: str, given: Validators | None) -> Response:
        return self.web.get(url, accept=HTML, max_bytes=self.web.rules.max_page_bytes, validators=given)

    def _is_same(self, response: Response, known: Fetched) -> bool:
        same = known.via == "page" and page(response.url) == known.ended and not self.fresh
        return same and _sha256(response.data) == known.digest

    def _not_had(self, error: FetchError, lead: Lead, known: Fetched | None, key: str) -> Iterator[Found]:
        """What becomes of an article whose page cannot be had."""
        told = shown(lead.url)
        if error.trouble is Trouble.HOST:
            self.reason = self.reason or str(error)
        else:
            self.had += 1
        if error.trouble is Trouble.GONE and known is not None:
            yield from self._gone(lead, known)
        elif error.trouble is Trouble.BARRED and lead.content and (known is None or known.via == "feed"):
            yield from self.of_feed(lead, known, key)
        else:
            yield self._kept(RecordError(str(error), source=told, key=key))

    def _gone(self, lead: Lead, known: Fetched) -> Iterator[Found]:
        """An article whose page is gone; it stays where another address of it, or the page that it led to, is there."""
        other = self.memory.another(known)
        if other is not None:
            self.memory.forget(known)
            yield self._unchanged(other, lead)
            return
        if known.page != known.ended and known.ended == page(known.key):
            self.memory.forget(known)
            own = replace(known, page=known.ended, link=known.key)
            self.memory.put(own)
            yield from self._ask(replace(lead, url=known.key), own)
            return
        self.given.add(known.key)
        yield Gone(known.key, known.title or shown(known.link))

    def _new(self, response: Response, lead: Lead, key: str) -> Iterator[Found]:
        """The article of a page that is not in the archive."""
        try:
            record = article_page.of_page(response, key, lead.url)
            key = naming.key(response, record, lead, self.memory, self._page)
        except RecordError as error:
            if lead.content:
                yield from self.of_feed(lead, None, key)
            else:
                yield self._kept(error)
            return
        row = self._remember(response, lead, key, record, None)
        if key not in self.given:
            yield self._given(row, partial(article_page.completed, replace(record, key=key), row.told))

    def _changed(self, response: Response, lead: Lead, known: Fetched) -> Iterator[Found]:
        """The article of a page that is not as it was, or not where it was."""
        other = self.memory.find(response.url) if page(response.url) != known.ended else None
        if other is not None and other.key not in ("", known.key) and response.permanent:
            self.given.add(known.key)  # its new address was read first, as an article of its own
            yield Gone(known.key, known.title or shown(known.link))
            return
        try:
            record = article_page.of_page(response, known.key, lead.url)
        except RecordError as error:
            yield self._kept(error)
            return
        row = self._remember(response, lead, known.key, record, known)
        yield self._given(row, partial(article_page.completed, record, row.told))

    def of_feed(self, lead: Lead, known: Fetched | None, key: str) -> Iterator[Found]:
        """The article as the feed itself holds it, because its page cannot be had."""
        try:
            record = article_page.of_feed(lead, key)
        except RecordError as error:
            yield self._kept(error)
            return
        stand_in = Response(lead.url, lead.content.encode(), "text/html", "utf-8", Validators())
        row = self._remember(stand_in, lead, key, record, known, via="feed")
        yield self._given(row, partial(article_page.completed, record, row.told))

    def _kept(self, error: RecordError) -> RecordError:
        """An article that cannot be read now: what the archive has of it stays."""
        if error.key is not None:
            self.given.add(error.key)
        return error

    # -- giving -------------------------------------------------------------------------------------------------------

    def _completed(self, row: Fetched, lead: Lead) -> Fetched:
        """What is known of an article with what this list says, where nobody has said it before."""
        told = {name: value or lead.told.get(name, "") for name, value in row.told.items()}
        if told == row.told:
            return row
        row = replace(row, told=told)
        self.memory.put(row)
        return row

    def _remember(
        self,
        response: Response,
        lead: Lead,
        key: str,
        record: Record,
        known: Fetched | None,
        *,
        via: str = "page",
    ) -> Fetched:
        now, before = self.now(), known.told if known else {}
        row = Fetched(
            page=known.page if known else page(lead.url) or key,
            link=lead.url,
            ended=page(response.url) or key,
            key=key,
            digest=_sha256(response.data),
            since=known.since if known else now,
            at=now,
            etag=response.validators.etag,
            last_modified=response.validators.last_modified,
            via=via,
            title=str(record.fields.get("title", "") or lead.title),
            told={name: lead.told.get(name) or before.get(name, "") for name in article_page.lacking(record)},
        )
        self.memory.put(row)
        return row

    def _unchanged(self, row: Fetched, lead: Lead) -> RawRecord:
        """An article as it was: where the archive reads by other rules by now, it is read anew."""
        if row.via == "feed" and lead.content:
            return self._given(row, partial(_of_feed, lead, row.key, row.told))
        return self._given(row, partial(self._anew, row))

    def _given(self, row: Fetched, load: partial[Record]) -> RawRecord:
        self.given.add(row.key)
        reader = web_page.READER if row.via == "page" else article_page.FEED_READER
        said = json.dumps(row.told, sort_keys=True, ensure_ascii=False)
        return RawRecord(
            row.key, _sha256(f"{reader} {row.digest} {row.ended} {said}".encode()), shown(row.link) or row.title, load
        )

    def _anew(self, row: Fetched) -> Record:
        """The article fetched once more. RecordLater where one run asks for no more, RecordError where it fails."""
        if not self._may_ask(row.link):
            raise RecordLater(f"{shown(row.link)} is read anew later", source=shown(row.link), key=row.key)
        self.asked += 1
        try:
            response = self._page(row.link, None)
        except FetchError as error:
            raise RecordError(str(error), source=shown(row.link), key=row.key) from None
        return article_page.completed(article_page.of_page(response, row.key, row.link), row.told)


def _of_feed(lead: Lead, key: str, told: Mapping[str, Any]) -> Record:
    return article_page.completed(article_page.of_feed(lead, key), told)


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
