"""The contract of a vector store. A new one is a line in STORES: it has to pass all of this."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from plain_stores import PlainVectors

from index.vectors.faiss_index import VectorIndex
from index.vectors.vector_store import VectorStore, VectorStores, VectorsUnusable

STORES: dict[str, VectorStores] = {"faiss": VectorIndex, "plain": PlainVectors}
EVERY = pytest.mark.parametrize("stores", STORES.values(), ids=STORES.keys())
D = 8


def unit(count: int, seed: int = 0) -> np.ndarray:
    rows = np.random.default_rng(seed).standard_normal((count, D)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def built(stores: VectorStores, ids: list[int], seed: int = 0) -> VectorStore:
    return stores.build(ids, unit(len(ids), seed), dimension=D, fingerprint="model", generation=7)


@EVERY
def test_a_vector_is_nearest_to_itself(stores):
    rows, store = unit(50), built(stores, list(range(10, 60)))
    ids, cosines = store.search(rows[3], 5)
    assert ids[0] == 13
    assert cosines[0] == pytest.approx(1.0, abs=1e-5)
    assert (np.diff(cosines) <= 0).all()
    assert (ids.dtype, cosines.dtype, len(ids)) == (np.int64, np.float32, 5)


@EVERY
def test_every_store_finds_what_the_plain_one_finds(stores):
    store, plain = built(stores, list(range(80))), built(PlainVectors, list(range(80)))
    for query in unit(20, seed=1):
        ids, cosines = store.search(query, 10)
        theirs, their_cosines = plain.search(query, 10)
        assert ids.tolist() == theirs.tolist()
        assert cosines == pytest.approx(their_cosines, abs=3e-6)


@EVERY
def test_a_filter_restricts_before_the_cut(stores):
    store, query = built(stores, list(range(100))), unit(1, seed=2)[0]
    order = store.search(query, 100)[0].tolist()
    worst = order[-3:]
    assert store.search(query, 2, allowed=worst)[0].tolist() == worst[:2]
    assert store.search(query, 2, excluded=order[:98])[0].tolist() == worst[1:]
    assert store.search(query, 5, allowed=[])[0].tolist() == []
    assert store.search(query, 0)[0].tolist() == []


@EVERY
def test_ties_go_to_the_smaller_id(stores):
    row = unit(1)[0]
    store = stores.build([9, 4, 7], np.array([row, row, row]), dimension=D, fingerprint="", generation=0)
    assert store.search(row, 2)[0].tolist() == [4, 7]


@EVERY
def test_adding_and_removing_leave_the_store_before_as_it_was(stores):
    store = built(stores, [1, 2, 3])
    more = store.add([4, 2], unit(2, seed=5))
    less = more.remove([1, 99])
    assert (store.ids.tolist(), more.ids.tolist(), less.ids.tolist()) == ([1, 2, 3], [1, 2, 3, 4], [2, 3, 4])
    assert (len(store), len(more), len(less)) == (3, 4, 3)
    assert more.search(unit(2, seed=5)[1], 1)[0].tolist() == [2]  # the row given anew
    assert 1 not in less.search(unit(3)[0], 10)[0]


@EVERY
def test_scores_are_cosines_and_unknown_ids_have_none(stores):
    rows, store = unit(3), built(stores, [5, 6, 7])
    scores = store.scores(rows[0], [7, 5, 8])
    assert scores[:2] == pytest.approx([rows[2] @ rows[0], 1.0], abs=3e-6)
    assert np.isnan(scores[2])


@EVERY
def test_what_was_saved_is_opened_for_the_same_model_alone(stores, tmp_path: Path):
    path = tmp_path / "vectors.json"
    with pytest.raises(VectorsUnusable):
        stores.open(path, fingerprint="model")
    store = built(stores, [1, 2, 3])
    store.save(path)
    again = stores.open(path, fingerprint="model")
    assert (again.ids.tolist(), again.dimension, again.generation) == ([1, 2, 3], D, 7)
    assert again.search(unit(3)[1], 1)[0].tolist() == [2]
    assert stores.saved_at(path, fingerprint="model") == 7
    assert stores.saved_at(path, fingerprint="another") is None
    with pytest.raises(VectorsUnusable):
        stores.open(path, fingerprint="another")
    store.close()


@EVERY
def test_an_empty_store_finds_nothing_and_can_grow(stores):
    store = stores.build([], np.empty((0, D)), dimension=D, fingerprint="", generation=0)
    assert (len(store), store.search(unit(1)[0], 3)[0].tolist()) == (0, [])
    assert store.add([1], unit(1)).search(unit(1)[0], 3)[0].tolist() == [1]


@EVERY
@pytest.mark.parametrize("ids", [[1, 1], [-1, 2]])
def test_ids_are_unique_and_not_negative(stores, ids):
    with pytest.raises(ValueError, match="ids"):
        built(stores, ids)
