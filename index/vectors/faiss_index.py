"""The vector index: passage ids and unit vectors in FAISS, searched by cosine, saved next to the database.

Archive holds one `VectorIndex` and swaps it for another; ingesting builds, adds and removes; retrieving searches.
Values are immutable: `add` and `remove` give a new index that shares the built part, so readers go on searching
theirs. The file is a cache that can be rebuilt from the store at any time; it holds the built part only. Knows
nothing of texts, passages' contents or the database.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import faiss as _faiss
import numpy as np
from numpy.typing import ArrayLike, NDArray

from index.vectors import swap_file
from index.vectors.vector_store import Ids, Vectors, VectorsUnusable

faiss: Any = _faiss  # the types that some versions ship know only part of its interface

FLAT_LIMIT = 150_000  # vectors; beyond, an exact scan costs more than the approximate index loses
MIN_RECALL = 0.97
_STALE_SHARE = 0.10
_STALE_FLOOR = 256  # so many rows are scanned in no time, however small the built part
_SCHEMA = 1
_MAPPED_FROM = 64 << 20  # bytes; larger files are mapped instead of read, and shared between processes


@dataclass(frozen=True, eq=False)
class VectorIndex:
    """Unit vectors by int64 id (not negative). Cosines are rounded to six decimals; ties go to the smaller id.

    `fingerprint` is the embedder's, `generation` the store's when the index was built.
    """

    dimension: int
    fingerprint: str
    generation: int
    _main: Any  # a faiss index, never changed after it was built
    _main_ids: Ids  # ascending
    _hidden: Ids  # ids of the built part that were removed or given anew, ascending
    _tail_ids: Ids  # ascending
    _tail: Vectors

    @classmethod
    def build(  # what an index is named after, and its size limits
        cls,
        ids: ArrayLike,
        vectors: ArrayLike,
        *,
        dimension: int | None = None,
        fingerprint: str = "",
        generation: int = 0,
        flat_limit: int = FLAT_LIMIT,
        threads: int = 0,
    ) -> VectorIndex:
        """Index unit rows by unique ids: exactly up to `flat_limit` of them, approximately beyond.

        `dimension` is needed where there are no rows; `threads` 0 means every core. ValueError for repeated or
        negative ids, and for rows that are not unit vectors.
        """
        keys, rows = _checked(ids, vectors, dimension)
        with _threads(threads or os.cpu_count() or 1):
            main = _flat(keys, rows) if len(keys) <= flat_limit else _inverted(keys, rows)
        return cls(rows.shape[1], fingerprint, generation, main, keys, keys[:0], keys[:0], rows[:0].copy())

    def add(self, ids: ArrayLike, vectors: ArrayLike) -> VectorIndex:
        """The index with these rows too; a row given for a known id takes its place. ValueError as for `build`."""
        keys, rows = _checked(ids, vectors, self.dimension)
        if not len(keys):
            return self
        kept = ~_within(self._tail_ids, keys)
        tail_ids = np.concatenate([self._tail_ids[kept], keys])
        tail = np.concatenate([self._tail[kept], rows])
        order = np.argsort(tail_ids)
        hidden = np.union1d(self._hidden, keys[_within(keys, self._main_ids)])
        return replace(self, _hidden=hidden, _tail_ids=tail_ids[order], _tail=tail[order])

    def remove(self, ids: ArrayLike) -> VectorIndex:
        """The index without these ids; unknown ones do no harm."""
        keys = _as_ids(ids)
        kept = ~np.isin(self._tail_ids, keys)
        hidden = np.union1d(self._hidden, keys[_within(keys, self._main_ids)])
        return replace(self, _hidden=hidden, _tail_ids=self._tail_ids[kept], _tail=self._tail[kept])

    @cached_property
    def ids(self) -> Ids:
        """Every id that a search can find, ascending."""
        return np.union1d(np.setdiff1d(self._main_ids, self._hidden, assume_unique=True), self._tail_ids)

    def __len__(self) -> int:
        return len(self._main_ids) - len(self._hidden) + len(self._tail_ids)

    @property
    def exact(self) -> bool:
        """Whether cosines are those of the vectors given; an approximate index is off by up to some .01."""
        return not isinstance(self._main, faiss.IndexIVF)

    @property
    def kind(self) -> str:
        """What status shows: "Flat", or "IVF1549,SQ8 nprobe 24"."""
        return "Flat" if self.exact else f"IVF{self._main.nlist},SQ8 nprobe {self._main.nprobe}"

    @property
    def needs_rebuild(self) -> bool:
        """Whether additions and removals since the build have grown past a tenth of it, or nothing was built yet."""
        built, changed = len(self._main_ids), len(self._tail_ids) + len(self._hidden)
        return changed > max(_STALE_FLOOR, _STALE_SHARE * built) if built else changed > 0

    def search(
        self, query: ArrayLike, k: int, allowed: ArrayLike | None = None, excluded: ArrayLike | None = None
    ) -> tuple[Ids, Vectors]:
        """The `k` ids nearest to a unit vector, best first, with their cosines; fewer where there are fewer.

        `allowed` (None: all) and `excluded` restrict before the cut. One thread; safe from many at once.
        """
        vector = self._query(query)
        if k <= 0:
            return self._tail_ids[:0], self._tail[:0, 0]
        only = None if allowed is None else _as_ids(allowed)
        without = np.unique(_as_ids(() if excluded is None else excluded))
        found, cosines = self._search_main(vector, k, only, without)
        tail = ~_within(self._tail_ids, without)
        if only is not None:
            tail &= np.isin(self._tail_ids, only)
        return _best(
            np.concatenate([found, self._tail_ids[tail]]),
            np.concatenate([cosines, _rounded(self._tail[tail] @ vector)]),
            k,
        )

    def scores(self, query: ArrayLike, ids: ArrayLike, vectors_of: Callable[[Ids], ArrayLike] | None = None) -> Vectors:
        """The cosine of each id, in their order; NaN for an id that is not in the index.

        Exact where the index is. Where it is not, `vectors_of` (ids -> their unit rows, from the store) makes them so.
        """
        vector, keys = self._query(query), _as_ids(ids)
        result = np.full(len(keys), np.nan, dtype=np.float32)
        in_tail = _within(keys, self._tail_ids)
        result[in_tail] = self._tail[np.searchsorted(self._tail_ids, keys[in_tail])] @ vector
        in_main = _within(keys, self._main_ids) & ~_within(keys, self._hidden)
        wanted = keys[in_main]
        if not len(wanted):
            return _rounded(result)
        if self.exact:
            result[in_main] = self._main.reconstruct_batch(wanted) @ vector
        elif vectors_of is not None:
            result[in_main] = np.asarray(vectors_of(wanted), dtype=np.float32) @ vector
        else:
            result[in_main] = self._approximate(vector, wanted)
        return _rounded(result)

    def save(self, path: Path) -> None:
        """Write the built part next to `path` and swap the header at `path` (JSON) in one step.

        Additions and removals are not saved: after `open`, compare `ids` with the store. OSError where it fails;
        the last saved index is then untouched.
        """
        facts = {
            "schema": _SCHEMA,
            "count": len(self._main_ids),
            "dimension": self.dimension,
            "fingerprint": self.fingerprint,
            "generation": self.generation,
        }
        swap_file.save(path, lambda draft: _write(self._main, draft), facts)

    def close(self) -> None:
        """Nothing is held but memory."""

    @classmethod
    def saved_at(cls, path: Path, *, fingerprint: str) -> int | None:
        """The generation of the index saved at `path`, by its header alone; None where none is of this model."""
        facts = swap_file.peek(path)
        if facts.get("schema") != _SCHEMA or facts.get("fingerprint") != fingerprint:
            return None
        return int(facts.get("generation", -1))

    @classmethod
    def open(cls, path: Path, *, fingerprint: str) -> VectorIndex:
        """The index saved at `path`. VectorsUnusable where it is missing, damaged or of another model."""
        try:
            facts, data = swap_file.load(path)
            if facts["schema"] != _SCHEMA or facts["fingerprint"] != fingerprint:
                raise VectorsUnusable(f"the vector index {path.name} is of another model: it is built anew")
            main = faiss.read_index(str(data), faiss.IO_FLAG_MMAP_IFC if data.stat().st_size > _MAPPED_FROM else 0)
            ids, dimension, generation = _ids_of(main), int(facts["dimension"]), int(facts["generation"])
            if len(ids) != facts["count"] or main.d != dimension:
                raise VectorsUnusable(f"the vector index {path.name} does not hold what it says: it is built anew")
        except FileNotFoundError as error:
            raise VectorsUnusable(f"there is no vector index {path.name} yet: it is built anew") from error
        except (OSError, ValueError, KeyError, TypeError, RuntimeError) as error:
            raise VectorsUnusable(f"the vector index {path.name} is damaged: it is built anew") from error
        none, no_rows = ids[:0], np.empty((0, dimension), dtype=np.float32)
        return cls(dimension, fingerprint, generation, main, ids, none, none, no_rows)

    def _query(self, query: ArrayLike) -> Vectors:
        vector = np.ascontiguousarray(query, dtype=np.float32)
        if vector.shape != (self.dimension,):
            raise ValueError(f"a question's vector has {self.dimension} numbers here, not shape {vector.shape}")
        return vector

    def _search_main(self, vector: Vectors, k: int, only: Ids | None, without: Ids) -> tuple[Ids, Vectors]:
        """The best `k` of the built part and every further one that ties with the last of them."""
        masked = np.union1d(self._hidden, without) if len(without) else self._hidden
        if only is not None:
            only = only[(only >= 0) & ~_within(only, masked)]
        total = len(self._main_ids) if only is None else min(len(only), len(self._main_ids))
        if not total:
            return self._main_ids[:0], self._tail[:0, 0]
        parameters = self._parameters(only, masked)
        want = min(k + 16, total)
        with _threads(1):
            while True:
                cosines, ids = self._main.search(vector[None], want, params=parameters)
                found, rounded = ids[0][ids[0] >= 0], _rounded(cosines[0][ids[0] >= 0])
                if want == total or len(found) < want or rounded[k - 1] > rounded[-1]:
                    return found, rounded
                want = min(want * 2, total)

    def _parameters(self, only: Ids | None, masked: Ids) -> Any:  # noqa: ANN401  # faiss has no types
        selector = None
        if only is not None:
            selector = _selector(only)
        elif len(masked):
            selector = faiss.IDSelectorNot(_selector(masked))
        if self.exact:
            return faiss.SearchParameters(sel=selector)
        # The fewer rows are allowed, the more lists must be visited to meet as many of them.
        share = 1.0 if only is None else min(1.0, len(only) / len(self._main_ids))
        return faiss.SearchParametersIVF(sel=selector, nprobe=min(self._main.nlist, round(self._main.nprobe / share)))

    def _approximate(self, vector: Vectors, wanted: Ids) -> Vectors:
        unique, back = np.unique(wanted, return_inverse=True)
        parameters = faiss.SearchParametersIVF(sel=_selector(unique), nprobe=self._main.nlist)
        with _threads(1):
            cosines, ids = self._main.search(vector[None], len(unique), params=parameters)
        result: Vectors = cosines[0][np.argsort(ids[0])][back]
        return result


def _write(main: Any, path: Path) -> None:  # noqa: ANN401  # faiss has no types
    try:
        faiss.write_index(main, str(path))
    except RuntimeError as error:  # what faiss makes of a full disk
        raise OSError(f"the vector index cannot be written: {error}") from error


def _flat(ids: Ids, rows: Vectors) -> Any:  # noqa: ANN401  # faiss has no types
    index = faiss.index_factory(rows.shape[1], "IDMap2,Flat", faiss.METRIC_INNER_PRODUCT)
    index.add_with_ids(rows, ids)
    return index


def _inverted(ids: Ids, rows: Vectors) -> Any:  # noqa: ANN401  # faiss has no types
    """IVF with about 4 sqrt(n) lists and 8 bits a number, trained on a sample, its nprobe fitted to MIN_RECALL."""
    lists = max(1, min(round(4 * len(ids) ** 0.5), len(ids) // 39))  # k-means wants 39 points a list
    index = faiss.index_factory(rows.shape[1], f"IVF{lists},SQ8", faiss.METRIC_INNER_PRODUCT)
    chance = np.random.default_rng(len(ids))  # the same vectors always give the same index
    index.train(rows[np.sort(chance.choice(len(ids), min(len(ids), 64 * lists), replace=False))])
    index.add_with_ids(rows, ids)
    index.nprobe = _fitted_nprobe(index, ids, rows, _likely_questions(rows, chance))
    return index


def _likely_questions(rows: Vectors, chance: np.random.Generator, count: int = 200) -> Vectors:
    """Unit vectors as far from their nearest rows as questions are (a cosine of about .7): halfway between two rows.

    The rows themselves would flatter the index: each lies in the midst of its own list.
    """
    pairs = chance.choice(len(rows), (2, min(len(rows), count)))
    between = rows[pairs[0]] + 0.9 * rows[pairs[1]]  # .9: opposite rows must not cancel out
    halfway: Vectors = between / np.linalg.norm(between, axis=1, keepdims=True)
    return halfway


def _fitted_nprobe(index: Any, ids: Ids, rows: Vectors, sample: Vectors, k: int = 100) -> int:  # noqa: ANN401
    """The least nprobe, by steps of a quarter, whose recall of the true best `k` reaches MIN_RECALL on `sample`."""
    k = min(k, len(ids))
    _, exact = faiss.knn(sample, rows, k, metric=faiss.METRIC_INNER_PRODUCT)
    truth = [set(ids[row].tolist()) for row in exact]
    nprobe = 1
    while nprobe < index.nlist:
        _, found = index.search(sample, k, params=faiss.SearchParametersIVF(nprobe=nprobe))
        hits = sum(len(want & set(got.tolist())) for want, got in zip(truth, found, strict=True))
        if hits >= MIN_RECALL * k * len(sample):
            break
        nprobe = min(int(index.nlist), nprobe + max(1, nprobe // 4))
    return nprobe


def _ids_of(main: Any) -> Ids:  # noqa: ANN401  # faiss has no types
    if not isinstance(main, faiss.IndexIVF):
        ids: Ids = faiss.vector_to_array(main.id_map)
        return ids
    lists = main.invlists
    parts = [faiss.rev_swig_ptr(lists.get_ids(n), lists.list_size(n)) for n in range(lists.nlist) if lists.list_size(n)]
    return np.sort(np.concatenate(parts))


def _selector(ids: Ids) -> Any:  # noqa: ANN401  # faiss has no types
    """Membership of ids: one bit an id where they lie close enough, else a hash set."""
    largest = int(ids.max())
    if largest > 1024 * len(ids) + (1 << 20):
        return faiss.IDSelectorBatch(ids)
    member = np.zeros(largest + 1, dtype=bool)
    member[ids] = True
    return faiss.IDSelectorBitmap(np.packbits(member, bitorder="little"))


def _checked(ids: ArrayLike, vectors: ArrayLike, dimension: int | None) -> tuple[Ids, Vectors]:
    """Ids ascending and their rows."""
    keys = _as_ids(ids)
    rows = np.ascontiguousarray(vectors, dtype=np.float32)
    if not len(keys) and dimension is not None:
        rows = rows.reshape(0, dimension)
    if rows.ndim != 2 or len(rows) != len(keys) or dimension not in (None, rows.shape[1]):
        raise ValueError(f"{len(keys)} ids do not go with vectors of shape {rows.shape}")
    if len(keys) and np.any(np.diff(keys) <= 0):
        order = np.argsort(keys, kind="stable")
        keys, rows = keys[order], rows[order]
    if len(keys) and (keys[0] < 0 or np.any(np.diff(keys) == 0)):
        raise ValueError("ids must be unique and not negative")
    norms = np.einsum("ij,ij->i", rows, rows)
    if not np.all(np.abs(norms - 1) < 1e-2):  # also false for NaN
        raise ValueError("vectors must have length 1")
    return keys, rows


def _within(keys: Ids, ascending: Ids) -> NDArray[np.bool_]:
    """Which of `keys` stand in `ascending`."""
    if not len(ascending):
        return np.zeros(len(keys), dtype=bool)
    at = np.minimum(np.searchsorted(ascending, keys), len(ascending) - 1)
    found: NDArray[np.bool_] = ascending[at] == keys
    return found


def _as_ids(ids: ArrayLike) -> Ids:
    return np.asarray(ids, dtype=np.int64).reshape(-1)


def _rounded(cosines: Vectors) -> Vectors:
    """Cosines as they are compared: float32 sums differ in the seventh decimal by the order of adding."""
    return np.clip(np.round(cosines, 6), -1, 1)


def _best(ids: Ids, cosines: Vectors, k: int) -> tuple[Ids, Vectors]:
    order = np.lexsort((ids, -cosines))[:k]
    return ids[order], cosines[order]


@contextlib.contextmanager
def _threads(count: int) -> Iterator[None]:
    """OpenMP threads for the faiss calls inside. OpenMP counts by calling thread, so no other thread is disturbed."""
    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(count)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(before)
