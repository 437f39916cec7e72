"""The plainest vector store and full-text index: what the contracts ask, without an engine. Second of their kind."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike

from index.store.full_text import Allowed, Entry
from index.vectors.vector_store import Ids, Vectors, VectorsUnusable

K1, B = 1.2, 0.75  # of BM25, as in FTS5


@dataclass(frozen=True)
class PlainVectors:
    """A dictionary of rows."""

    dimension: int
    fingerprint: str
    generation: int
    rows: Mapping[int, np.ndarray]
    kind: str = "Plain"
    needs_rebuild: bool = False

    @classmethod
    def build(
        cls, ids: ArrayLike, vectors: ArrayLike, *, dimension: int, fingerprint: str = "", generation: int = 0
    ) -> PlainVectors:
        rows = np.asarray(vectors, np.float32).reshape(-1, dimension)
        keys = np.asarray(ids, np.int64).tolist()
        if len(set(keys)) != len(keys) or any(key < 0 for key in keys):
            raise ValueError("ids must be unique and not negative")
        return cls(dimension, fingerprint, generation, dict(zip(keys, rows, strict=True)))

    @classmethod
    def open(cls, path: Path, *, fingerprint: str) -> PlainVectors:
        if cls.saved_at(path, fingerprint=fingerprint) is None:
            raise VectorsUnusable("there is no such store: it is built anew")
        kept = json.loads(path.read_text())
        return cls.build(kept["ids"], kept["rows"], dimension=kept["dimension"], fingerprint=fingerprint,
                         generation=kept["generation"])  # fmt: skip

    @classmethod
    def saved_at(cls, path: Path, *, fingerprint: str) -> int | None:
        kept = json.loads(path.read_text()) if path.is_file() else {}
        return kept["generation"] if kept.get("fingerprint") == fingerprint else None

    @property
    def ids(self) -> Ids:
        return np.array(sorted(self.rows), np.int64)

    def __len__(self) -> int:
        return len(self.rows)

    def add(self, ids: ArrayLike, vectors: ArrayLike) -> PlainVectors:
        fresh = self.build(ids, vectors, dimension=self.dimension)
        return replace(self, rows={**self.rows, **fresh.rows})

    def remove(self, ids: ArrayLike) -> PlainVectors:
        gone = set(np.asarray(ids, np.int64).tolist())
        return replace(self, rows={key: row for key, row in self.rows.items() if key not in gone})

    def search(
        self, query: ArrayLike, k: int, allowed: ArrayLike | None = None, excluded: ArrayLike | None = None
    ) -> tuple[Ids, Vectors]:
        only = None if allowed is None else set(np.asarray(allowed, np.int64).tolist())
        without = set() if excluded is None else set(np.asarray(excluded, np.int64).tolist())
        ids = [key for key in self.rows if (only is None or key in only) and key not in without]
        scored = sorted(zip((-self.scores(query, ids)).tolist(), ids, strict=True))[: max(0, k)]
        return np.array([key for _, key in scored], np.int64), np.array([-cosine for cosine, _ in scored], np.float32)

    def scores(self, query: ArrayLike, ids: ArrayLike, vectors_of: Callable[[Ids], ArrayLike] | None = None) -> Vectors:
        vector = np.asarray(query, np.float32)
        keys = np.asarray(ids, np.int64).reshape(-1).tolist()
        found = [float(self.rows[key] @ vector) if key in self.rows else math.nan for key in keys]
        return np.clip(np.round(np.array(found, np.float32), 6), -1, 1)

    def save(self, path: Path) -> None:
        rows = [self.rows[key].tolist() for key in self.ids.tolist()]
        facts = {"dimension": self.dimension, "fingerprint": self.fingerprint, "generation": self.generation}
        path.write_text(json.dumps({**facts, "ids": self.ids.tolist(), "rows": rows}))

    def close(self) -> None:
        pass


class PlainText:
    """A dictionary of entries, weighed by BM25 as FTS5 does."""

    def __init__(self) -> None:
        self._entries: dict[int, Entry] = {}

    def add(self, entries: Iterable[Entry]) -> None:
        self._entries |= {entry.id: entry for entry in entries}

    def remove(self, ids: Iterable[int]) -> None:
        for one in ids:
            self._entries.pop(one, None)

    def search(self, terms: Iterable[str], limit: int, allowed: Allowed) -> list[tuple[int, float]]:
        wanted = [term for term in dict.fromkeys(terms) if term]
        holding = {term: [id_ for id_, words in self._words() if term in words] for term in wanted}
        average = sum(len(words) for _, words in self._words()) / max(1, len(self._entries))
        scores: dict[int, float] = {}
        for id_, words in self._words():
            counts = Counter(words)
            for term in wanted:
                if counts[term]:
                    rarity = math.log((len(self._entries) - len(holding[term]) + 0.5) / (len(holding[term]) + 0.5))
                    damped = counts[term] + K1 * (1 - B + B * len(words) / average)
                    scores[id_] = scores.get(id_, 0.0) + max(rarity, 1e-6) * counts[term] * (K1 + 1) / damped
        ranked = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
        return [pair for pair in ranked if allowed(pair[0])][:limit]

    def holding_all(self, groups: Iterable[Sequence[str]], allowed: Allowed) -> list[int]:
        wanted = [{term for term in group if term} for group in groups]
        if not wanted or not all(wanted):
            return []
        return sorted(
            id_ for id_, words in self._words() if all(group & set(words) for group in wanted) and allowed(id_)
        )

    def entries(self, ids: Sequence[int]) -> Mapping[int, Entry]:
        return {one: self._entries[one] for one in ids if one in self._entries}

    def frequencies(self, terms: Iterable[str]) -> dict[str, int]:
        return {term: sum(term in words for _, words in self._words()) for term in terms}

    def vocabulary(self) -> Iterator[tuple[str, int]]:
        yield from Counter(term for _, words in self._words() for term in set(words)).items()

    def __len__(self) -> int:
        return len(self._entries)

    def optimize(self) -> None:
        pass

    def close(self) -> None:
        pass

    def _words(self) -> list[tuple[int, list[str]]]:
        return [(entry.id, f"{entry.title} {entry.body}".split()) for entry in self._entries.values()]
