"""The vector index against brute force: every answer it gives is the one numpy gives, at every size and restriction."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.vectors.faiss_index import MIN_RECALL, VectorIndex
from index.vectors.vector_store import VectorsUnusable

ROOT = Path(__file__).parents[3]
D = 16


def unit(count: int, seed: int = 0, dimension: int = D) -> np.ndarray:
    rows = np.random.default_rng(seed).standard_normal((count, dimension)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def topics(count: int, seed: int = 0, dimension: int = 32) -> np.ndarray:
    """Unit rows that gather around topics, as passages do."""
    chance = np.random.default_rng(seed)
    rows = chance.standard_normal((40, dimension))[chance.integers(0, 40, count)]
    rows = (rows + 0.7 * chance.standard_normal((count, dimension))).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def brute_force(rows: dict[int, np.ndarray], query: np.ndarray, k: int) -> list[tuple[int, float]]:
    cosines = {key: float(np.clip(np.round(row @ query, 6), -1, 1)) for key, row in rows.items()}
    return sorted(cosines.items(), key=lambda pair: (-pair[1], pair[0]))[:k]


def assert_same(found: tuple[np.ndarray, np.ndarray], expected: list[tuple[int, float]]) -> None:
    ids, cosines = found
    assert len(ids) == len(expected)
    assert cosines == pytest.approx([cosine for _, cosine in expected], abs=3e-6)
    assert list(zip(-cosines, ids, strict=True)) == sorted(zip(-cosines, ids, strict=True))
    far_from_a_tie = [  # where neighbours differ by less than rounding, either order is right
        n
        for n, (_, cosine) in enumerate(expected)
        if all(abs(cosine - other) > 3e-6 for m, (_, other) in enumerate(expected) if m != n) and n < len(expected) - 1
    ]
    assert [ids[n] for n in far_from_a_tie] == [expected[n][0] for n in far_from_a_tie]


id_sets = st.sets(st.integers(0, 400), max_size=60)


@settings(max_examples=150, deadline=None)
@given(
    built=id_sets,
    added=id_sets,
    removed=id_sets,
    allowed=st.none() | id_sets,
    excluded=st.none() | id_sets,
    k=st.integers(0, 80),
    seed=st.integers(0, 1000),
)
def test_search_is_brute_force_over_what_is_left(*, built, added, removed, allowed, excluded, k, seed):
    rows = dict(zip(sorted(built), unit(len(built), seed), strict=True))
    index = VectorIndex.build(list(rows), list(rows.values()), dimension=D)
    new = dict(zip(sorted(added), unit(len(added), seed + 1), strict=True))
    index = index.add(list(new), np.array(list(new.values())).reshape(-1, D)).remove(list(removed))
    left = {key: row for key, row in {**rows, **new}.items() if key not in removed}
    query = unit(1, seed + 2)[0]

    assert index.ids.tolist() == sorted(left)
    assert len(index) == len(left)
    reachable = {
        key: row
        for key, row in left.items()
        if (allowed is None or key in allowed) and (excluded is None or key not in excluded)
    }
    found = index.search(
        query,
        k,
        allowed=None if allowed is None else list(allowed),
        excluded=None if excluded is None else np.array(list(excluded), dtype=np.int64),
    )
    assert_same(found, brute_force(reachable, query, k))

    asked = sorted(built | added | {401})
    scores = index.scores(query, asked)
    for key, score in zip(asked, scores, strict=True):
        if key in left:
            assert score == pytest.approx(left[key] @ query, abs=3e-6)
        else:
            assert np.isnan(score)


class TestTies:
    def test_equal_vectors_come_in_the_order_of_their_ids_also_at_the_cut(self):
        same = np.repeat(unit(1), 300, axis=0)
        ids = np.random.default_rng(0).permutation(300)
        index = VectorIndex.build(ids, same)
        for k in (1, 7, 120, 299):
            assert index.search(same[0], k)[0].tolist() == list(range(k))

    def test_a_copy_in_the_tail_ties_with_the_original(self):
        rows = unit(5)
        index = VectorIndex.build([10, 11, 12, 13, 14], rows).add([3, 20], rows[[2, 2]])
        ids, cosines = index.search(rows[2], 3)
        assert ids.tolist() == [3, 12, 20]
        assert len(set(cosines.tolist())) == 1


class TestChange:
    def test_a_row_given_anew_takes_the_place_of_the_old(self):
        rows = unit(6)
        index = VectorIndex.build([1, 2, 3], rows[:3]).add([2], rows[3:4])
        assert index.ids.tolist() == [1, 2, 3]
        assert index.scores(rows[3], [2])[0] == pytest.approx(1, abs=1e-6)
        assert index.add([2], rows[4:5]).scores(rows[4], [2])[0] == pytest.approx(1, abs=1e-6)

    def test_what_was_removed_can_come_back(self):
        rows = unit(3)
        index = VectorIndex.build([1, 2, 3], rows).remove([2])
        assert index.search(rows[1], 3)[0].tolist().count(2) == 0
        assert index.add([2], rows[1:2]).search(rows[1], 1)[0].tolist() == [2]

    def test_the_index_changed_from_stays_as_it_was(self):
        rows = unit(4)
        before = VectorIndex.build([1, 2, 3], rows[:3])
        before.add([4], rows[3:]).remove([1])
        assert before.ids.tolist() == [1, 2, 3]
        assert before.search(rows[0], 1)[0].tolist() == [1]

    def test_it_asks_for_a_rebuild_past_a_tenth(self):
        index = VectorIndex.build(np.arange(4000), unit(4000))
        assert not index.remove(np.arange(200)).add(np.arange(5000, 5200), unit(200)).needs_rebuild
        assert index.remove(np.arange(200)).add(np.arange(5000, 5201), unit(201)).needs_rebuild

    def test_a_small_archive_takes_some_hundred_changes_first(self):
        index = VectorIndex.build([1], unit(1))
        assert not index.add(np.arange(2, 258), unit(256)).needs_rebuild
        assert index.add(np.arange(2, 259), unit(257)).needs_rebuild


class TestInput:
    @pytest.mark.parametrize("ids", [[1, 1], [-1, 2], [1], [1, 2, 3]])
    def test_ids_that_do_not_fit_are_refused(self, ids):
        with pytest.raises(ValueError, match="ids"):
            VectorIndex.build(ids, unit(2))

    @pytest.mark.parametrize("factor", [0, 2, np.nan, np.inf])
    def test_rows_that_are_not_unit_vectors_are_refused(self, factor):
        with pytest.raises(ValueError, match="length 1"):
            VectorIndex.build([1, 2], unit(2) * np.float32(factor))

    def test_a_question_of_another_dimension_is_refused(self):
        with pytest.raises(ValueError, match="16 numbers"):
            VectorIndex.build([1], unit(1)).search(unit(1, dimension=8)[0], 1)

    def test_ids_far_apart_are_found_and_restricted_alike(self):
        ids = [0, 5, 2**40, 2**62]
        rows = unit(4)
        index = VectorIndex.build(ids, rows)
        assert sorted(index.search(rows[0], 9)[0].tolist()) == ids
        assert index.search(rows[0], 9, allowed=[2**62, 2**61, -3])[0].tolist() == [2**62]
        assert sorted(index.search(rows[0], 9, excluded=[2**40])[0].tolist()) == [0, 5, 2**62]

    def test_an_empty_index_finds_nothing(self):
        empty = VectorIndex.build([], [], dimension=D)
        assert (len(empty), empty.search(unit(1)[0], 5)[0].tolist(), empty.needs_rebuild) == (0, [], False)


@pytest.fixture(scope="module")
def rows():
    return topics(3000)


@pytest.fixture(scope="module")
def inverted(rows):
    index = VectorIndex.build(np.arange(3000) * 3, rows, flat_limit=500, fingerprint="m")
    assert not index.exact
    return index


class TestApproximate:
    """Past `flat_limit`: IVF with scalar quantisation."""

    def test_its_kind_is_told_by_its_size(self, inverted):
        assert inverted.kind.startswith("IVF76,SQ8 nprobe ")
        assert VectorIndex.build([1], unit(1)).kind == "Flat"

    def test_recall_against_exact_search_is_what_was_calibrated(self, inverted, rows):
        exact = VectorIndex.build(np.arange(3000) * 3, rows)
        queries = topics(100, seed=8) + rows[:100]
        queries /= np.linalg.norm(queries, axis=1, keepdims=True)
        shared = [len(set(inverted.search(q, 50)[0]) & set(exact.search(q, 50)[0])) for q in queries]
        assert sum(shared) / (50 * len(queries)) >= MIN_RECALL - 0.02

    def test_a_narrow_restriction_still_finds_all_it_allows(self, inverted, rows):
        allowed = np.arange(0, 3000, 75) * 3
        ids, cosines = inverted.search(rows[0], len(allowed), allowed)
        assert sorted(ids) == sorted(allowed)
        assert cosines == pytest.approx(rows[ids // 3] @ rows[0], abs=0.02)

    def test_removed_and_excluded_ids_never_come_up_and_added_ones_do(self, inverted, rows):
        index = inverted.remove([0]).add([1], rows[:1])
        found = index.search(rows[0], 20, excluded=[3])[0]
        assert found[0] == 1
        assert not {0, 3} & set(found.tolist())

    def test_scores_are_close_and_exact_with_the_store_s_vectors(self, inverted, rows):
        asked = np.array([30, 3, 30, 7, 8997])
        close = inverted.scores(rows[0], asked)
        exact = inverted.scores(rows[0], asked, vectors_of=lambda ids: rows[ids // 3])
        truth = rows[asked // 3] @ rows[0]
        known = [0, 1, 2, 4]
        assert close[known] == pytest.approx(truth[known], abs=0.02)
        assert exact[known] == pytest.approx(truth[known], abs=2e-6)
        assert np.isnan([close[3], exact[3]]).all()

    def test_the_same_vectors_give_the_same_index(self, inverted, rows):
        again = VectorIndex.build(np.arange(3000) * 3, rows, flat_limit=500)
        assert again.kind == inverted.kind
        for row in rows[:20]:
            assert again.search(row, 30)[0].tolist() == inverted.search(row, 30)[0].tolist()


class TestFile:
    @pytest.mark.parametrize("flat_limit", [10_000, 500])
    @pytest.mark.parametrize("mapped_from", [0, 1 << 40])
    def test_what_was_saved_is_opened_again(self, tmp_path, rows, flat_limit, mapped_from, monkeypatch):
        monkeypatch.setattr("index.vectors.faiss_index._MAPPED_FROM", mapped_from)
        index = VectorIndex.build(
            np.arange(3000)[::-1], rows[::-1], flat_limit=flat_limit, fingerprint="model", generation=7
        )
        index.save(tmp_path / "vectors.json")
        opened = VectorIndex.open(tmp_path / "vectors.json", fingerprint="model")
        assert (opened.generation, opened.dimension, opened.kind) == (7, 32, index.kind)
        assert opened.ids.tolist() == index.ids.tolist()
        opened = opened.add([9000], rows[5:6]).remove([5])
        for allowed in (None, np.arange(40, 900)):
            assert (
                opened.search(rows[5], 9, allowed, [6])[0].tolist()
                == index.add([9000], rows[5:6]).remove([5]).search(rows[5], 9, allowed, [6])[0].tolist()
            )

    def test_an_empty_index_is_kept_too(self, tmp_path):
        VectorIndex.build([], [], dimension=D, fingerprint="m").save(tmp_path / "v.json")
        assert len(VectorIndex.open(tmp_path / "v.json", fingerprint="m")) == 0

    def test_additions_and_removals_are_left_to_the_store(self, tmp_path):
        index = VectorIndex.build([1, 2], unit(2), fingerprint="m").add([3], unit(1)).remove([1])
        index.save(tmp_path / "v.json")
        assert VectorIndex.open(tmp_path / "v.json", fingerprint="m").ids.tolist() == [1, 2]

    def test_saving_again_leaves_one_pair_of_files_and_readers_undisturbed(self, tmp_path, monkeypatch):
        monkeypatch.setattr("index.vectors.faiss_index._MAPPED_FROM", 0)
        path = tmp_path / "v.json"
        VectorIndex.build(np.arange(50), unit(50), fingerprint="m").save(path)
        reader = VectorIndex.open(path, fingerprint="m")
        VectorIndex.build(np.arange(60), unit(60, seed=5), fingerprint="m").save(path)
        assert len(list(tmp_path.iterdir())) == 2
        assert reader.search(unit(50)[7], 1)[0].tolist() == [7]
        assert len(VectorIndex.open(path, fingerprint="m")) == 60

    def test_there_is_none_yet(self, tmp_path):
        with pytest.raises(VectorsUnusable, match="no vector index"):
            VectorIndex.open(tmp_path / "v.json", fingerprint="m")

    def test_another_model_s_index_is_foreign(self, tmp_path):
        VectorIndex.build([1], unit(1), fingerprint="old").save(tmp_path / "v.json")
        with pytest.raises(VectorsUnusable, match="another model"):
            VectorIndex.open(tmp_path / "v.json", fingerprint="new")

    @pytest.mark.parametrize("part", ["header", "data"])
    @settings(max_examples=60, deadline=None)
    @given(data=st.data())
    def test_any_damage_is_noticed(self, tmp_path_factory, part, data):
        path = tmp_path_factory.mktemp("damage") / "v.json"
        VectorIndex.build(np.arange(20), unit(20), fingerprint="m", generation=3).save(path)
        victim = path if part == "header" else next(path.parent.glob("*.data"))
        content = bytearray(victim.read_bytes())
        at = data.draw(st.integers(0, len(content) - 1))
        if data.draw(st.booleans(), label="truncate"):
            del content[at:]
        else:
            content[at] ^= data.draw(st.integers(1, 255))
        victim.write_bytes(content)
        try:
            opened = VectorIndex.open(path, fingerprint="m")
        except VectorsUnusable:
            return
        assert part == "header"  # a space there: it still says the same
        assert (opened.generation, opened.search(unit(20)[4], 1)[0].tolist()) == (3, [4])

    def test_lost_data_beside_a_header_is_noticed(self, tmp_path):
        VectorIndex.build([1], unit(1), fingerprint="m").save(tmp_path / "v.json")
        next(tmp_path.glob("*.data")).unlink()
        with pytest.raises(VectorsUnusable):
            VectorIndex.open(tmp_path / "v.json", fingerprint="m")

    def test_a_failed_save_leaves_the_last_one(self, tmp_path, monkeypatch):
        path = tmp_path / "v.json"
        VectorIndex.build([1], unit(1), fingerprint="m").save(path)

        def full(handle: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("os.fsync", full)
        with pytest.raises(OSError, match="No space"):
            VectorIndex.build([1, 2], unit(2), fingerprint="m").save(path)
        assert VectorIndex.open(path, fingerprint="m").ids.tolist() == [1]
        assert len(list(tmp_path.iterdir())) == 2


def test_readers_search_while_the_index_is_changed_and_swapped():
    rows = unit(400)
    holder = [VectorIndex.build(np.arange(300), rows[:300])]
    wrong: list[object] = []
    stop = threading.Event()

    def read(seed: int) -> None:
        chance = np.random.default_rng(seed)
        try:
            while not stop.is_set():
                n = int(chance.integers(0, 200))  # these are never removed
                ids, cosines = holder[0].search(rows[n], 3)
                if ids[0] != n or cosines[0] < 0.999:
                    wrong.append((n, ids, cosines))
        except Exception as error:
            wrong.append(error)

    readers = [threading.Thread(target=read, args=(seed,)) for seed in range(4)]
    for reader in readers:
        reader.start()
    for turn in range(60):
        index = holder[0].add(np.arange(300, 400), rows[300:]).remove(np.arange(200, 300 + turn))
        holder[0] = index
        holder[0] = VectorIndex.build(np.arange(300), rows[:300], flat_limit=10_000)
    stop.set()
    for reader in readers:
        reader.join()
    assert wrong == []


def test_importing_the_module_loads_numpy_and_faiss_alone():
    code = (
        "import sys\nbefore = set(sys.modules)\nimport index.vectors.faiss_index\n"
        "ours = {name.split('.')[0] for name in set(sys.modules) - before} - sys.stdlib_module_names\n"
        "heavy = {'torch', 'sentence_transformers', 'transformers', 'sqlite_utils', 'telegram', 'scipy', 'sklearn'}\n"
        "print(sorted(ours & heavy), {'faiss', 'numpy', 'index'} <= ours)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "[] True", done.stderr
