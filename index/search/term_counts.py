"""In how many passages each search term stands, counted once for each state of the archive.

Held by what serves, next to the snapshot of the same generation. Safe to use from many threads.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlite_utils import Database

from index.store.fts5 import full_text


class TermCounts:
    """The counts of one generation. Counting a common term takes long, so every term is counted once."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}

    def of(self, db: Database, terms: Sequence[str]) -> dict[str, int]:
        """Each term -> the passages of the archive that hold it; 0 where none does."""
        unknown = [term for term in terms if term not in self._known]
        self._known.update(full_text(db).frequencies(unknown))
        return {term: self._known[term] for term in terms}
