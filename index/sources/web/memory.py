"""What was learnt of the web before: validators, and which article an address leads to.

Called by `reading.py` and the sources. A dry run remembers for itself alone. What is remembered too early, because a
run was killed before its articles were stored, does no harm: an address is only believed where its article is in the
archive.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from index.clean.addresses import identity
from index.sources.web.fetch import Validators
from index.store import fetches
from index.store.database import connect, transaction
from index.store.fetches import Fetched


class Memory:
    """The memory of one source's reading. `keep` False: nothing is written to the database."""

    def __init__(self, database: Path, *, keep: bool) -> None:
        self._database, self._keep = database, keep
        self._now: dict[str, Fetched | None] = {}  # of this dry run; None: forgotten

    def find(self, url: str) -> Fetched | None:
        """What is known of an address, whatever form it is given in, also by where another one led."""
        wanted = page(url)
        if wanted in self._now:
            return self._now[wanted]
        with connect(self._database) as db:
            found = fetches.find(db, wanted)
        if found is not None and self._now.get(found.page, found) is None:
            found = None
        return found or next((one for one in self._now.values() if one and one.ended == wanted), None)

    def keyed(self, key: str) -> Fetched | None:
        """What is known of an article by its key."""
        with connect(self._database) as db:
            found = fetches.keyed(db, key)
        return found or next((one for one in self._now.values() if one and one.key == key), None)

    def another(self, known: Fetched) -> Fetched | None:
        """Another address of the same article."""
        with connect(self._database) as db:
            return fetches.another(db, known)

    def of_source(self, location: str) -> list[Fetched]:
        """The pages of the articles that a source has, those asked longest ago first."""
        with connect(self._database) as db:
            return fetches.of_source(db, location)

    def titled(self, title: str, host: str) -> list[Fetched]:
        """The pages of a host whose stored article has just this headline."""
        with connect(self._database) as db:
            return fetches.titled(db, title, host)

    def is_removed(self, key: str) -> bool:
        """Whether an editor removed the article."""
        with connect(self._database) as db:
            return fetches.is_removed(db, key)

    def are_stored(self, keys: Sequence[str]) -> bool:
        """Whether the archive has all these articles."""
        with connect(self._database) as db:
            return fetches.are_stored(db, keys)

    def put(self, one: Fetched) -> None:
        """Remember an address."""
        if not self._keep:
            self._now[one.page] = one
            return
        with connect(self._database) as db, transaction(db):
            fetches.put(db, one)

    def forget(self, one: Fetched) -> None:
        """Forget an address."""
        if not self._keep:
            self._now[one.page] = None
            return
        with connect(self._database) as db, transaction(db):
            fetches.forget_page(db, one.page)

    def unchanged(self, one: Fetched, at: datetime) -> None:
        """Remember that an address was asked and is as it was."""
        self.put(replace(one, at=at))


def page(url: str) -> str:
    """What all addresses of one page have in common; the address itself where it is none of the web."""
    return identity(url) or url


def validators(one: Fetched) -> Validators:
    """The validators that a server gave for a page."""
    return Validators(one.etag, one.last_modified)
