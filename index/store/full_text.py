"""What the archive asks of a full-text index. FTS5 (`fts5.py`) is the first; another stands next to it.

Its texts are search terms, joined by spaces, that `index/language/terms.py` made: stems, spellings and bigrams are
ours whatever the engine. `tests/index/store/test_full_text.py` is the contract that every index has to pass.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

Allowed = Callable[[int], bool]
"""Whether the passage of an id may be found."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One passage's search terms: those of its headline and its own, each joined by spaces."""

    id: int
    title: str
    body: str


class FullText(Protocol):
    """The search terms of passages by id. What is added is found when the caller's transaction ends."""

    def add(self, entries: Iterable[Entry]) -> None:
        """Take in entries of new ids."""

    def remove(self, ids: Iterable[int]) -> None:
        """Take entries out; unknown ids do no harm."""

    def search(self, terms: Iterable[str], limit: int, allowed: Allowed) -> list[tuple[int, float]]:
        """The entries that hold any of the terms, best BM25 first, ties by id: (id, score), higher is better.

        `allowed` restricts before the cut. Terms are never syntax.
        """

    def holding_all(self, groups: Iterable[Sequence[str]], allowed: Allowed) -> list[int]:
        """The ids, ascending, of the entries that hold at least one term of every group."""

    def entries(self, ids: Sequence[int]) -> Mapping[int, Entry]:
        """Entries by id; unknown ids are left out."""

    def frequencies(self, terms: Iterable[str]) -> dict[str, int]:
        """In how many entries each term stands; 0 where in none."""

    def vocabulary(self) -> Iterator[tuple[str, int]]:
        """Every term and in how many entries it stands."""

    def __len__(self) -> int:
        """How many entries there are."""

    def optimize(self) -> None:
        """Rewrite the index, so that it holds no trace of what was taken out."""

    def close(self) -> None:
        """Let go of the engine; the index is not asked again."""
