"""What serves questions keeps up with the database: small changes at once, large ones in the background."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import newsroom
import numpy as np
import pytest
from numpy.typing import NDArray
from word_embedder import WordEmbedder

from index import serving as module
from index.archive import Archive
from index.datatypes import Options
from index.errors import ModelMissing
from index.search import vector_leg
from index.serving import Serving
from index.store import articles
from index.store.database import connect, transaction
from index.vectors.faiss_index import VectorIndex

QUESTION = "How many passengers does the last ferry to Sandholm carry?"
TRAM = "The tram to the mill carries 55 riders a day, its driver said. The line was opened in spring."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return newsroom.three_stories(tmp_path / "articles")


@pytest.fixture
def archive(tmp_path: Path, folder: Path) -> Iterator[Archive]:
    archive = newsroom.open_archive(tmp_path)
    archive.reindex([folder])
    yield archive
    archive.close()


@pytest.fixture
def serving(tmp_path: Path, archive: Archive) -> Iterator[Serving]:
    serving = served(tmp_path)
    yield serving
    serving.close()


def served(tmp_path: Path, embedder: WordEmbedder | None = None) -> Serving:
    data = tmp_path / "data"
    return Serving(data / "archive.db", data / "vectors.json", Options(), embedder or WordEmbedder())


def many(folder: Path, first: int, last: int) -> None:
    for n in range(first, last):
        text = f"The council of ward {n} met on Monday. Its clerk counted {n} votes for the new wall."
        newsroom.write(folder, f"ward{n:03}", f"Ward {n} votes", text, language="en")


def soon(true: Callable[[], bool], seconds: float = 20) -> bool:
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.02)
    return true()


def held(serving: Serving) -> int:
    index = serving.vectors()
    assert index is not None
    return len(index)


class TestSnapshots:
    def test_the_same_one_serves_until_something_changes(self, serving: Serving) -> None:
        first = serving.snapshot(at_once=True)
        assert serving.snapshot(at_once=True) is first
        with serving.reading() as (_, snapshot):
            assert snapshot is first

    def test_what_another_archive_did_is_noticed(self, serving: Serving, archive: Archive, folder: Path) -> None:
        before = serving.snapshot(at_once=True)
        newsroom.write(folder, "tram", "Tram to the mill", TRAM)
        archive.reindex()
        after = serving.snapshot(at_once=True)
        assert after.generation > before.generation
        assert (len(before.listed), len(after.listed)) == (3, 4)

    def test_a_question_sees_connection_and_snapshot_of_one_moment(
        self, serving: Serving, archive: Archive, folder: Path
    ) -> None:
        with serving.reading() as (db, snapshot):
            newsroom.write(folder, "ferry", "Ferry stops", newsroom.FERRY.replace("212", "190"))
            archive.reindex(full=True)
            assert articles.generation(db) == snapshot.generation
            rows = db.execute("SELECT id FROM passages ORDER BY id").fetchall()
            assert [row[0] for row in rows] == snapshot.ids.tolist()
        with serving.reading() as (_, later):
            assert later.generation > snapshot.generation
            assert set(later.ids.tolist()).isdisjoint(snapshot.ids.tolist())

    def test_who_began_earlier_does_not_turn_the_clock_back(self, serving: Serving, archive: Archive) -> None:
        with serving.reading() as (_, old):
            archive.reindex(full=True)
            new = serving.snapshot(at_once=True)
            assert new.generation > old.generation
        assert serving.snapshot(at_once=True) is new


class TestVectors:
    def test_new_vectors_are_taken_in_and_those_of_passages_that_are_gone_dropped(
        self, serving: Serving, archive: Archive, folder: Path
    ) -> None:
        assert held(serving) == 3
        many(folder, 0, 5)
        archive.reindex()
        serving.snapshot(at_once=True)
        assert held(serving) == 8
        archive.remove(archive.ask(QUESTION).quotes[0].article.id)
        serving.snapshot(at_once=True)
        index = serving.vectors()
        assert index is not None
        assert index.ids.tolist() == serving.snapshot(at_once=True).ids.tolist()

    def test_without_a_model_there_are_none(self, tmp_path: Path, archive: Archive) -> None:
        data = tmp_path / "data"
        assert Serving(data / "archive.db", data / "vectors.json", Options(), None).vectors() is None

    def test_more_than_a_question_should_wait_for_is_left_to_the_worker(
        self, serving: Serving, archive: Archive, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(vector_leg, "INLINE", 10)
        assert held(serving) == 3
        many(folder, 0, 40)
        archive.reindex()
        archive.close()  # its own worker would save all 43 vectors, sooner or later
        (serving._file).unlink()
        serving.snapshot(at_once=True)
        woken: list[bool] = []
        with monkeypatch.context() as asleep:  # a worker that is quick has all 43 before they can be counted
            asleep.setattr(serving._leg, "_tend", lambda: woken.append(True))
            assert held(serving) == 13
        assert woken
        serving.tend()
        assert soon(lambda: held(serving) == 43)

    def test_an_index_that_another_process_saved_is_opened_instead(
        self, serving: Serving, archive: Archive, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(vector_leg, "INLINE", 10)
        assert held(serving) == 3
        many(folder, 0, 300)
        archive.reindex()
        serving.snapshot(at_once=True)
        assert held(serving) == 303

    @pytest.mark.parametrize("damage", [b"", b"{", b'{"facts": {}}', b"\x00" * 99])
    def test_a_damaged_file_is_built_anew(self, tmp_path: Path, archive: Archive, damage: bytes) -> None:
        for file in (tmp_path / "data").glob("vectors*"):
            file.write_bytes(damage)
        again = served(tmp_path)
        assert not again.is_saved()
        assert held(again) == 3
        again.freshen()
        assert again.is_saved()
        assert held(served(tmp_path)) == 3

    def test_another_model_never_searches_the_vectors_of_the_first(self, tmp_path: Path, archive: Archive) -> None:
        other = served(tmp_path, WordEmbedder(32, name="other"))
        index = other.vectors()
        assert index is not None
        assert (len(index), index.dimension) == (0, 32)


class TestSaving:
    def saved(self, tmp_path: Path) -> VectorIndex:
        return VectorIndex.open(tmp_path / "data" / "vectors.json", fingerprint=WordEmbedder().fingerprint)

    def test_a_run_leaves_a_saved_index_of_the_archive_as_it_is(
        self, tmp_path: Path, archive: Archive, serving: Serving
    ) -> None:
        assert serving.is_saved()
        assert len(self.saved(tmp_path)) == 3

    def test_small_changes_are_kept_beside_it(self, tmp_path: Path, archive: Archive, folder: Path) -> None:
        many(folder, 0, 20)
        archive.reindex()
        assert len(self.saved(tmp_path)) == 3
        assert held(served(tmp_path)) == 23

    def test_large_ones_make_a_new_one(self, tmp_path: Path, archive: Archive, folder: Path) -> None:
        many(folder, 0, 300)
        archive.reindex()
        assert len(self.saved(tmp_path)) == 303

    def test_so_does_cutting_all_passages_anew(self, tmp_path: Path, archive: Archive, folder: Path) -> None:
        many(folder, 0, 300)
        archive.reindex()
        archive.reindex(full=True)
        assert self.saved(tmp_path).ids.tolist() == served(tmp_path).snapshot().ids.tolist()

    def test_a_run_killed_before_it_was_saved_is_made_good_by_the_next(self, tmp_path: Path, archive: Archive) -> None:
        for file in (tmp_path / "data").glob("vectors*"):
            file.unlink()
        assert archive.reindex().embedded == 0
        assert len(self.saved(tmp_path)) == 3


class TestWorker:
    def test_one_file_is_found_by_text_at_once_and_by_meaning_soon(self, archive: Archive, folder: Path) -> None:
        newsroom.submit(archive, newsroom.write(folder, "tram", "Tram to the mill", TRAM))
        assert "55 riders" in archive.ask("How many riders does the tram to the mill carry?").quotes[0].text
        assert soon(lambda: archive.status().pending == 0, 5)
        assert soon(lambda: archive.status().index_type == "Flat, 4 vectors", 5)

    def test_an_article_restored_gets_its_vectors_back(self, archive: Archive, folder: Path) -> None:
        removed = archive.remove(archive.ask(QUESTION).quotes[0].article.id).id
        newsroom.write(folder, "tram", "Tram to the mill", TRAM)
        archive.reindex()
        archive.restore(removed)
        assert soon(lambda: archive.status().pending == 0)
        assert archive.ask(QUESTION).answered

    def test_much_is_left_to_a_run(self, archive: Archive, folder: Path, tmp_path: Path) -> None:
        many(folder, 0, module.SMALL + 20)
        Archive.open(tmp_path / "data").reindex()
        assert archive.status().pending == module.SMALL + 20
        newsroom.submit(archive, newsroom.write(tmp_path, "ward", "Ward nine", "Ward nine has a new door."))
        time.sleep(0.3)
        assert archive.status().pending == module.SMALL + 21

    def test_a_model_that_fails_leaves_the_text_and_is_tried_again(
        self, tmp_path: Path, archive: Archive, folder: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        class Flaky(WordEmbedder):
            broken = True

            def embed_passages(self, texts: Any) -> NDArray[np.float32]:
                if self.broken:
                    raise ModelMissing("The model is gone")
                return super().embed_passages(texts)

        model = Flaky()
        flaky = Archive.open(tmp_path / "data", embedder=model)
        newsroom.submit(flaky, newsroom.write(folder, "tram", "Tram to the mill", TRAM))
        assert soon(lambda: "Vectors are still missing: The model is gone" in caplog.text)
        assert flaky.coverage("tram").total == 1
        model.broken = False
        newsroom.submit(flaky, newsroom.write(folder, "tram2", "Another tram", TRAM + " It is red."))
        assert soon(lambda: flaky.status().pending == 0)
        flaky.close()

    def test_closing_ends_it(self, archive: Archive, folder: Path) -> None:
        newsroom.submit(archive, newsroom.write(folder, "tram", "Tram to the mill", TRAM))
        worker = archive._serving._worker
        assert worker is not None
        archive.close()
        assert not worker._thread.is_alive()


def test_generations_only_grow(tmp_path: Path, archive: Archive) -> None:
    with connect(tmp_path / "data" / "archive.db") as db:
        before = articles.generation(db)
        with transaction(db):
            articles.advance(db)
        assert articles.generation(db) == before + 1
