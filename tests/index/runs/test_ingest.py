"""What a run of the index does: reads only what changed, removes only what it may, and loses nothing in trouble."""

from __future__ import annotations

import gzip
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import newsroom
import pytest
from word_embedder import WordEmbedder

from index.archive import Archive
from index.clean import article, sentences
from index.datatypes import Progress, Record
from index.errors import ModelChanged, ModelMissing, SourceError, StoreError, StoreFull, StoreLocked
from index.store import database
from index.store.database import connect

FERRY = "How many passengers does the last ferry to Sandholm carry?"
TABLES = (
    *("sources", "articles", "versions", "passages", "passages_fts", "vectors", "models"),
    *("surfaces", "tombstones", "answers", "state"),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return newsroom.three_stories(tmp_path / "articles")


@pytest.fixture
def archive(tmp_path: Path, folder: Path) -> Archive:
    archive = newsroom.open_archive(tmp_path)
    assert archive.reindex([folder]).line() == "+3 ~0 =0 -0 !0"
    return archive


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The keys of the records that were parsed, as they are."""
    keys: list[str] = []
    real = article.clean

    def counted(record: Record) -> Any:
        keys.append(record.key)
        return real(record)

    monkeypatch.setattr(article, "clean", counted)
    return keys


def contents(tmp_path: Path) -> dict[str, list[Any]]:
    with connect(tmp_path / "data" / "archive.db") as db:
        return {name: list(db.execute(f"SELECT * FROM {name}")) for name in TABLES}


def titles(archive: Archive) -> set[str]:
    return {card.title for card in archive.articles(size=500).items}


def many(folder: Path, count: int) -> Path:
    for n in range(count):
        newsroom.write(
            folder, f"note{n:02}", f"Note number {n}", f"The council of ward {n} met on Monday. " * 3, language="en"
        )
    return folder


class TestWhatChanged:
    def test_each_article_counts_once_by_what_became_of_it(self, archive: Archive, folder: Path) -> None:
        newsroom.write(folder, "tram", "Tram line four is late", "The tram to the mill is late again, riders say.")
        newsroom.write(folder, "ferry", "Ferry to Sandholm stops in May", newsroom.FERRY.replace("212", "190"))
        (folder / "bakery.json").write_text("{ this is no JSON", "utf-8")
        (folder / "bridge.json").rename(folder / "crossing.json")
        report = archive.reindex()
        assert report.line() == "+2 ~1 =0 -1 !1"
        assert set(report.added_titles) == {"Tram line four is late", "Swing bridge opens two years late"}
        assert report.changed_titles == ("Ferry to Sandholm stops in May",)
        assert report.removed_titles == ("Swing bridge opens two years late",)
        assert [failure.name for failure in report.failures] == ["bakery.json"]

    def test_what_did_not_change_is_not_even_parsed(self, archive: Archive, parsed: list[str]) -> None:
        assert archive.reindex().line() == "+0 ~0 =3 -0 !0"
        assert parsed == []

    def test_only_the_changed_article_is_parsed(self, archive: Archive, folder: Path, parsed: list[str]) -> None:
        newsroom.write(folder, "bakery", "Rye bread prize for Mill Lane", newsroom.BAKERY + " It closes on Sundays.")
        assert archive.reindex().line() == "+0 ~1 =2 -0 !0"
        assert parsed == ["bakery.json"]

    def test_full_parses_everything_and_changes_nothing(
        self, archive: Archive, parsed: list[str], tmp_path: Path
    ) -> None:
        before = contents(tmp_path)
        assert archive.reindex(full=True).line() == "+0 ~0 =3 -0 !0"
        assert len(parsed) == 3
        after = contents(tmp_path)
        for same in ("articles", "versions", "vectors", "surfaces"):
            assert after[same] == before[same]

    def test_other_bytes_with_the_same_content_make_no_new_version(self, archive: Archive, folder: Path) -> None:
        path = folder / "bakery.json"
        path.write_text(json.dumps(json.loads(path.read_text("utf-8")), indent=4), "utf-8")
        assert archive.reindex().line() == "+0 ~0 =3 -0 !0"

    @pytest.mark.parametrize(
        "field",
        [{"outlet": "Coast Echo"}, {"authors": ["Nils Orr"]}, {"published": "2025-11-09"}, {"url": "https://x"}],
    )
    def test_changed_metadata_makes_a_new_version_of_the_same_words(
        self, archive: Archive, folder: Path, tmp_path: Path, field: dict[str, Any]
    ) -> None:
        given = {"published": "2025-11-08"} | field
        newsroom.write(folder, "bakery", "Rye bread prize for Mill Lane", newsroom.BAKERY, **given)
        assert archive.reindex().line() == "+0 ~1 =2 -0 !0"
        with connect(tmp_path / "data" / "archive.db") as db:
            texts = db.execute("SELECT text FROM versions WHERE text LIKE '%windmill%'").fetchall()
        assert len(texts) == 2
        assert texts[0] == texts[1]

    def test_a_new_version_replaces_the_old_one_in_search(self, archive: Archive, folder: Path) -> None:
        newsroom.write(folder, "ferry", "Ferry to Sandholm stops in May", newsroom.FERRY.replace("212", "190"))
        archive.reindex()
        answer = archive.ask(FERRY, top=5)
        assert "190 passengers" in answer.quotes[0].text
        assert not any("212 passengers" in quote.text for quote in answer.quotes)

    def test_another_cleaner_reads_everything_again(
        self, archive: Archive, parsed: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(article, "VERSION", "another")
        assert archive.reindex().line() == "+0 ~0 =3 -0 !0"
        assert len(parsed) == 3

    def test_two_sources_are_kept_apart(self, archive: Archive, tmp_path: Path) -> None:
        other = tmp_path / "wire"
        newsroom.write(other, "ferry", "Another ferry", "A second ferry will run to Norhaven from June, they said.")
        assert archive.reindex([other]).line() == "+1 ~0 =0 -0 !0"
        assert archive.reindex().line() == "+0 ~0 =4 -0 !0"
        (other / "ferry.json").rename(other / "boat.json")
        assert archive.reindex([other]).line() == "+1 ~0 =0 -1 !0"
        assert len(titles(archive)) == 4

    def test_the_same_words_under_another_key_are_two_articles_and_one_story(
        self, archive: Archive, folder: Path
    ) -> None:
        newsroom.write(folder, "copy", "No more boats", newsroom.FERRY, outlet="Coast Echo")
        assert archive.reindex().line() == "+1 ~0 =3 -0 !0"
        assert archive.articles().total == 4
        assert archive.coverage("ferry").total == 1

    def test_an_article_given_twice_is_kept_once_and_said(self, tmp_path: Path) -> None:
        line = json.dumps(newsroom.article("Ferry stops", newsroom.FERRY, url="https://mail.example/ferry"))
        (tmp_path / "wire.jsonl").write_text(f"{line}\n{line}\n", "utf-8")
        report = newsroom.open_archive(tmp_path).reindex([tmp_path / "wire.jsonl"])
        assert report.line() == "+1 ~0 =0 -0 !1"
        assert "line 2 is the same article as wire.jsonl line 1" in report.failures[0].reason

    def test_an_article_without_headline_or_date_is_taken_in_with_a_warning(self, tmp_path: Path) -> None:
        newsroom.write(tmp_path / "articles", "bare", "", newsroom.BAKERY, published=None)
        report = newsroom.open_archive(tmp_path).reindex([tmp_path / "articles"])
        assert report.added == 1
        assert any("no publication date" in warning for warning in report.warnings)


class TestSegmenting:
    def test_another_segmenter_cuts_anew_in_place(
        self, archive: Archive, tmp_path: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        answer = archive.ask(FERRY)
        before = contents(tmp_path)
        monkeypatch.setattr(sentences, "VERSION", "another")
        embedder = WordEmbedder()
        again = Archive.open(tmp_path / "data", embedder=embedder)
        assert again.reindex().line() == "+0 ~0 =3 -0 !0"
        assert parsed == []
        assert embedder.passages_embedded == 0, "the same inputs have their vectors already"
        after = contents(tmp_path)
        assert after["versions"] == before["versions"]
        assert [row[1:] for row in after["passages"]] == [row[1:] for row in before["passages"]]
        assert {row[0] for row in after["passages"]}.isdisjoint(row[0] for row in before["passages"])
        assert again.quote(answer.id, 0).text == answer.quotes[0].text
        assert again.ask(FERRY).quotes[0].text == answer.quotes[0].text

    def test_once_is_enough(self, archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sentences, "VERSION", "another")
        archive.reindex()
        before = contents(tmp_path)
        archive.reindex()
        assert contents(tmp_path) == before


class TestVectors:
    def test_nothing_pending_leaves_the_model_alone(self, archive: Archive, tmp_path: Path) -> None:
        embedder = WordEmbedder()
        Archive.open(tmp_path / "data", embedder=embedder).reindex()
        assert embedder.passages_embedded == 0

    def test_only_what_is_new_is_embedded(self, archive: Archive, folder: Path, tmp_path: Path) -> None:
        newsroom.write(folder, "tram", "Tram line four is late", "The tram to the mill is late again, riders say.")
        embedder = WordEmbedder()
        report = Archive.open(tmp_path / "data", embedder=embedder).reindex()
        assert report.embedded == embedder.passages_embedded == 1

    def test_wire_copies_share_a_vector(self, archive: Archive, folder: Path) -> None:
        newsroom.write(folder, "copy", "Swing bridge opens two years late", newsroom.BRIDGE, outlet="Coast Echo")
        assert archive.reindex().embedded == 0
        assert archive.status().pending == 0

    def test_another_model_makes_vectors_of_its_own(self, archive: Archive, tmp_path: Path) -> None:
        other = WordEmbedder(32, name="other")
        assert Archive.open(tmp_path / "data", embedder=other).reindex().embedded == 3
        back = WordEmbedder()
        assert Archive.open(tmp_path / "data", embedder=back).reindex().embedded == 0, "the first model's are kept"

    def test_vectors_of_words_that_are_gone_go_too(self, archive: Archive, folder: Path, tmp_path: Path) -> None:
        newsroom.write(folder, "ferry", "Ferry to Sandholm stops in May", newsroom.FERRY.replace("212", "190"))
        archive.reindex()
        held = contents(tmp_path)
        assert {row[0] for row in held["vectors"]} == {row[-1] for row in held["passages"]}

    def test_languages_the_model_does_not_know_get_none(self, tmp_path: Path) -> None:
        text = "Die Fähre nach Sandholm fährt ab Mai nicht mehr, teilte der Hafen am Montag mit. Das Schiff bleibt."
        newsroom.write(tmp_path / "articles", "de", "Fähre eingestellt", text, language="de")
        archive = newsroom.open_archive(tmp_path)
        assert archive.reindex([tmp_path / "articles"]).embedded == 0
        assert archive.status().pending == 0
        assert archive.coverage("Fähre").total == 1

    @pytest.mark.parametrize("error", [ModelMissing("The model is not installed"), ModelChanged("Wrong weights")])
    def test_without_its_model_the_archive_is_searched_by_text_and_says_so(
        self, tmp_path: Path, folder: Path, error: Exception
    ) -> None:
        class Broken(WordEmbedder):
            def embed_passages(self, texts: Any) -> Any:
                raise error

            embed_question = embed_passages

        archive = Archive.open(tmp_path / "data", embedder=Broken())
        report = archive.reindex([folder])
        assert report.line() == "+3 ~0 =0 -0 !0"
        assert report.warnings == (f"{error}; until then the archive is searched by text alone",)
        assert "212 passengers" in archive.ask(FERRY, top=1).quotes[0].text
        assert archive.status().pending == 3
        assert newsroom.open_archive(tmp_path).reindex().embedded == 3

    def test_torch_is_not_loaded_where_nothing_is_pending(self, archive: Archive, tmp_path: Path) -> None:
        code = (
            "import sys; from pathlib import Path; from word_embedder import WordEmbedder\n"
            "from index.archive import Archive\n"
            f"report = Archive.open(Path({str(tmp_path / 'data')!r}), embedder=WordEmbedder()).reindex()\n"
            "assert report.unchanged == 3, report\n"
            "heavy = {'torch', 'sentence_transformers', 'transformers', 'trafilatura', 'py3langid', 'wordfreq'}\n"
            "print(sorted(heavy & sys.modules.keys()))"
        )
        paths = os.pathsep.join(str(Path(__file__).parents[2] / room) for room in ("tools", ".."))
        ran = subprocess.run(
            [sys.executable, "-c", code], env=os.environ | {"PYTHONPATH": paths}, capture_output=True, text=True
        )
        assert (ran.stdout.strip(), ran.returncode) == ("[]", 0), ran.stderr


class TestDryRun:
    def test_it_tells_the_titles_and_writes_nothing(self, archive: Archive, folder: Path, tmp_path: Path) -> None:
        newsroom.write(folder, "tram", "Tram line four is late", "The tram to the mill is late again, riders say.")
        newsroom.write(folder, "ferry", "Ferry stops at last", newsroom.FERRY)
        (folder / "bakery.json").unlink()
        many(folder, 3)
        before = contents(tmp_path)
        report = archive.reindex(dry_run=True)
        assert contents(tmp_path) == before
        assert report.line() == "+4 ~1 =1 -1 !0"
        assert "Tram line four is late" in report.added_titles
        assert report.changed_titles == ("Ferry stops at last",)
        assert report.removed_titles == ("Rye bread prize for Mill Lane",)
        real = archive.reindex()
        assert (real.line(), real.added_titles, real.changed_titles, real.removed_titles) == (
            *(report.line(), report.added_titles, report.changed_titles, report.removed_titles),
        )

    def test_an_unknown_folder_stays_unknown(self, tmp_path: Path, folder: Path) -> None:
        archive = newsroom.open_archive(tmp_path)
        assert archive.reindex([folder], dry_run=True).line() == "+3 ~0 =0 -0 !0"
        assert archive.status().sources == ()
        assert archive.ask(FERRY).kind == "empty"


class TestRemoving:
    def test_a_vanished_article_goes_with_its_passages_and_answers_forget_it(
        self, archive: Archive, folder: Path, tmp_path: Path
    ) -> None:
        answer = archive.ask(FERRY)
        (folder / "ferry.json").unlink()
        many(folder, 9)
        assert archive.reindex().line() == "+9 ~0 =2 -1 !0"
        assert archive.recall(answer.id).quotes[0].withheld == "withdrawn"
        assert not any("ferry" in str(row).casefold() for row in contents(tmp_path)["passages_fts"])

    def test_a_vanished_source_removes_nothing(self, archive: Archive, folder: Path) -> None:
        folder.rename(folder.with_name("elsewhere"))
        report = archive.reindex()
        assert report.line() == "+0 ~0 =0 -0 !1"
        assert "is not there any more, so nothing was removed" in report.warnings[0]
        assert archive.ask(FERRY).answered

    def test_an_empty_source_removes_nothing(self, archive: Archive, folder: Path) -> None:
        for file in folder.iterdir():
            file.unlink()
        report = archive.reindex()
        assert report.removed == 0
        assert "it is empty, and held 3 articles" in report.warnings[0]
        assert archive.ask(FERRY).answered

    @pytest.mark.parametrize(("gone", "removed"), [(3, 3), (4, 0)])
    def test_a_source_that_lists_too_few_removes_nothing(self, tmp_path: Path, gone: int, removed: int) -> None:
        folder = many(tmp_path / "articles", 10)
        archive = newsroom.open_archive(tmp_path)
        archive.reindex([folder])
        for n in range(gone):
            (folder / f"note{n:02}.json").unlink()
        assert archive.reindex().removed == removed
        assert archive.articles().total == 10 - removed
        assert archive.reindex(prune=True).removed == gone - removed

    def test_few_by_few_is_measured_against_what_it_listed_last(self, tmp_path: Path) -> None:
        folder = many(tmp_path / "articles", 10)
        archive = newsroom.open_archive(tmp_path)
        archive.reindex([folder])
        for n in range(6):
            (folder / f"note{n:02}.json").unlink()
            assert archive.reindex().removed == 1

    @pytest.mark.parametrize("prune", [False, True])
    def test_an_unreadable_file_keeps_its_last_good_version(self, archive: Archive, folder: Path, prune: bool) -> None:
        (folder / "ferry.json").write_bytes(b'{"title": "Ferry", "text": "\xff\xfe broken')
        report = archive.reindex(prune=prune)
        assert report.line() == "+0 ~0 =2 -0 !1"
        assert "212 passengers" in archive.ask(FERRY).quotes[0].text

    def test_a_broken_list_keeps_all_its_members(self, tmp_path: Path) -> None:
        wire = tmp_path / "articles" / "wire.json"
        wire.parent.mkdir()
        wire.write_text(json.dumps([newsroom.article(f"Note {n}", f"Ward {n} met.", id=n) for n in range(4)]), "utf-8")
        archive = newsroom.open_archive(tmp_path)
        assert archive.reindex([wire.parent]).added == 4
        wire.write_text(wire.read_text("utf-8")[:-40], "utf-8")
        assert archive.reindex(prune=True).line() == "+0 ~0 =0 -0 !1"
        assert archive.articles().total == 4

    @pytest.mark.parametrize("prune", [False, True])
    def test_a_lost_line_removes_nothing(self, tmp_path: Path, prune: bool) -> None:
        lines = [json.dumps(newsroom.article(f"Note {n}", f"The ward {n} met.", id=n)) for n in range(10)]
        wire = tmp_path / "wire.jsonl"
        wire.write_text("\n".join(lines), "utf-8")
        archive = newsroom.open_archive(tmp_path)
        archive.reindex([wire])
        wire.write_text("\n".join(["{ lost", *lines[2:]]), "utf-8")
        report = archive.reindex(prune=prune)
        assert report.line() == "+0 ~0 =8 -0 !1"
        assert "line 1" in report.failures[0].reason
        assert "it could not be read completely, so nothing was removed" in report.warnings[0]

    @pytest.mark.parametrize("how", ["vanished", "empty", "fewer"])
    def test_prune_removes_all_the_same(self, archive: Archive, folder: Path, how: str) -> None:
        for file in sorted(folder.iterdir())[how == "fewer" :]:
            file.unlink()
        if how == "vanished":
            folder.rmdir()
        report = archive.reindex(prune=True)
        assert report.removed == 3 - (how == "fewer")
        assert not archive.ask(FERRY).answered

    def test_one_source_never_removes_what_another_gave(self, archive: Archive, tmp_path: Path) -> None:
        other = many(tmp_path / "other", 4)
        archive.reindex([other])
        for file in other.iterdir():
            file.unlink()
        archive.reindex([other], prune=True)
        assert len(titles(archive)) == 3

    def test_a_file_that_vanishes_while_its_folder_is_read_is_a_failure(
        self, archive: Archive, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        many(folder, 5)
        archive.reindex()
        newsroom.write(folder, "bakery", "Rye bread prize", newsroom.BAKERY)

        def vanish(record: Record) -> Any:
            (folder / "note03.json").unlink(missing_ok=True)
            return real(record)

        real = article.clean
        monkeypatch.setattr(article, "clean", vanish)
        report = archive.reindex()
        assert report.line() == "+0 ~1 =6 -0 !1"
        assert "note03.json vanished" in report.failures[0].reason
        assert "Note number 3" in titles(archive)


class TestTombstones:
    def removed(self, archive: Archive) -> int:
        return archive.remove(archive.ask(FERRY).quotes[0].article.id).id

    def test_the_same_key_stays_removed_whatever_it_says_now(self, archive: Archive, folder: Path) -> None:
        self.removed(archive)
        newsroom.write(folder, "ferry", "Something else", "Quite another text stands here now, with other words.")
        for full in (False, True):
            assert archive.reindex(full=full).line() == "+0 ~0 =3 -0 !0"
        assert len(titles(archive)) == 2

    def test_the_same_url_elsewhere_is_kept_out_with_a_warning(self, archive: Archive, tmp_path: Path) -> None:
        self.removed(archive)
        newsroom.write(tmp_path / "b", "x", "Moved", "Other words altogether.", url="https://mail.example/ferry")
        report = archive.reindex([tmp_path / "b"])
        assert report.line() == "+0 ~0 =0 -0 !0"
        assert report.warnings == ("Kept out, because an editor removed it: Moved",)

    def test_the_same_text_elsewhere_is_kept_out_however_it_is_set(self, archive: Archive, tmp_path: Path) -> None:
        self.removed(archive)
        newsroom.write(tmp_path / "b", "x", "Copied", newsroom.FERRY.replace("\n\n", "\n").replace("“", '"'))
        assert archive.reindex([tmp_path / "b"]).added == 0

    def test_it_may_come_back_when_the_tombstone_is_lifted(self, archive: Archive, tmp_path: Path) -> None:
        newsroom.write(tmp_path / "b", "x", "Copied", newsroom.FERRY)
        removed = self.removed(archive)
        archive.reindex([tmp_path / "b"])
        archive.restore(removed)
        assert archive.reindex([tmp_path / "b"]).added == 1

    def test_an_article_that_vanished_after_its_removal_keeps_its_tombstone(
        self, archive: Archive, folder: Path
    ) -> None:
        self.removed(archive)
        text = (folder / "ferry.json").read_text("utf-8")
        (folder / "ferry.json").unlink()
        archive.reindex(prune=True)
        (folder / "ferry.json").write_text(text, "utf-8")
        assert archive.reindex().line() == "+0 ~0 =3 -0 !0"
        assert archive.removed().total == 1

    def test_a_dry_run_obeys_them_too(self, archive: Archive, tmp_path: Path) -> None:
        self.removed(archive)
        newsroom.write(tmp_path / "b", "x", "Copied", newsroom.FERRY)
        assert archive.reindex([tmp_path / "b"], dry_run=True).added == 0


class TestOneFile:
    def test_a_file_inside_a_known_folder_belongs_to_it(self, archive: Archive, folder: Path) -> None:
        path = newsroom.write(folder / "2026", "tram", "Tram line four is late", "The tram is late again, riders say.")
        assert archive.reindex([path]).line() == "+1 ~0 =0 -0 !0"
        assert [source.location for source in archive.status().sources] == [str(folder)]
        assert archive.reindex().line() == "+0 ~0 =4 -0 !0"

    def test_so_does_a_folder_inside_a_known_folder(self, archive: Archive, folder: Path) -> None:
        newsroom.write(folder / "2026" / "05", "tram", "Tram line four is late", "The tram is late again, riders say.")
        assert archive.reindex([folder / "2026"]).line() == "+1 ~0 =0 -0 !0"
        assert [source.location for source in archive.status().sources] == [str(folder)]
        assert archive.reindex().line() == "+0 ~0 =4 -0 !0"

    def test_reading_a_part_removes_nothing(self, archive: Archive, folder: Path) -> None:
        (folder / "bridge.json").unlink()
        archive.reindex([folder / "ferry.json"])
        assert len(titles(archive)) == 3

    def test_it_is_found_by_text_when_the_run_is_over(self, archive: Archive, folder: Path) -> None:
        assert archive.coverage("tram").total == 0
        archive.reindex([newsroom.write(folder, "tram", "Tram line four is late", "The tram is late, riders say.")])
        assert archive.coverage("tram").total == 1

    def test_a_file_elsewhere_is_a_source_of_its_own(self, archive: Archive, folder: Path, tmp_path: Path) -> None:
        path = newsroom.write(tmp_path, "tram", "Tram line four is late", "The tram is late again, riders say.")
        assert archive.reindex([path]).added == 1
        assert [source.location for source in archive.status().sources] == [str(folder), str(path)]

    def test_a_known_file_stays_its_own_source_when_its_folder_becomes_one(self, tmp_path: Path, folder: Path) -> None:
        archive = newsroom.open_archive(tmp_path)
        archive.reindex([folder / "ferry.json"])
        archive.reindex([folder])
        assert archive.reindex([folder / "ferry.json"]).line() == "+0 ~0 =1 -0 !0"

    def test_a_path_that_is_not_there_becomes_no_source(self, archive: Archive, folder: Path, tmp_path: Path) -> None:
        for report in (archive.reindex([tmp_path / "typo.json"]), archive.reindex([tmp_path / "tpyo"])):
            assert report.line() == "+0 ~0 =0 -0 !1"
            assert "is not there" in report.failures[0].reason
        assert [source.location for source in archive.status().sources] == [str(folder)]


class TestTrouble:
    def test_one_bad_file_costs_itself_alone(self, tmp_path: Path, folder: Path) -> None:
        (folder / "empty.txt").write_bytes(b"")
        (folder / "picture.txt").write_bytes(bytes(range(256)) * 40)
        (folder / "cut.jsonl.gz").write_bytes(gzip.compress(b'{"title": "a", "text": "b"}\n' * 500)[:-60])
        (folder / "deep.json").write_text("[" * 100_000, "utf-8")
        (folder / "untitled.json").write_text('{"title": "no text"}', "utf-8")
        (folder / "gone.txt").symlink_to(folder / "nowhere")
        report = newsroom.open_archive(tmp_path).reindex([folder])
        assert report.added >= 3
        failed = " ".join(failure.name for failure in report.failures)
        for name in ("empty.txt", "picture.txt", "cut.jsonl.gz", "deep.json", "untitled.json", "gone.txt"):
            assert name in failed
        assert all("\n" not in failure.reason for failure in report.failures)

    def test_a_file_over_the_limit_is_refused_with_its_size(self, tmp_path: Path, folder: Path) -> None:
        (folder / "huge.txt").write_text("Far too much of it. " * 500, "utf-8")
        report = newsroom.open_archive(tmp_path, max_bytes=5_000).reindex([folder])
        assert report.line() == "+3 ~0 =0 -0 !1"
        assert report.failures[0].reason == "huge.txt is larger than 5,000 bytes"

    def test_an_article_that_breaks_its_reader_is_one_failure(
        self, archive: Archive, folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        def broken(record: Record) -> Any:
            if record.key == "bridge.json":
                raise ZeroDivisionError("a bug of ours")
            return real(record)

        real = article.clean
        monkeypatch.setattr(article, "clean", broken)
        report = archive.reindex(full=True)
        assert report.line() == "+0 ~0 =2 -0 !1"
        assert report.failures[0].reason == "bridge.json could not be read; the log says why"
        assert "a bug of ours" in caplog.text
        assert len(titles(archive)) == 3

    def test_trouble_of_the_machine_ends_the_run_in_one_line(
        self, archive: Archive, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(record: Record) -> Any:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(article, "clean", full)
        with pytest.raises(SourceError, match=r"Reading stopped at bakery\.json: no space left on device"):
            archive.reindex(full=True)
        assert archive.ask(FERRY).answered

    def test_a_name_that_is_no_text_is_said(self, archive: Archive, tmp_path: Path) -> None:
        odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9"))
        newsroom.three_stories(odd)
        report = archive.reindex([odd])
        assert report.line() == "+0 ~0 =0 -0 !1"
        assert "caf\\xe9 has a name that is no valid text" in report.failures[0].reason

    def test_a_locked_database_is_said_and_nothing_is_lost(
        self, archive: Archive, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(database, "BUSY_SECONDS", 0.2)
        many(folder, 3)
        with Holding(tmp_path / "data" / "archive.db"):
            with pytest.raises(StoreLocked, match=r"archive\.db is locked by another program"):
                archive.reindex()
            assert "212 passengers" in archive.ask(FERRY).quotes[0].text
            reopened = newsroom.open_archive(tmp_path)
            assert reopened.ask(FERRY).answered
            assert reopened.status().articles == 3
        assert archive.reindex().line() == "+3 ~0 =3 -0 !0"

    def test_a_lock_in_the_middle_of_a_run_ends_it_and_the_next_one_goes_on(
        self, archive: Archive, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(database, "BUSY_SECONDS", 0.2)
        many(folder, 80)
        locks: list[Any] = []

        def lock(progress: Progress) -> None:
            if progress.added and not locks:
                locks.append(Holding(tmp_path / "data" / "archive.db"))
                locks[0].__enter__()

        with pytest.raises(StoreLocked):
            archive.reindex(progress=lock)
        assert archive.ask(FERRY).answered
        locks[0].__exit__()
        report = archive.reindex()
        assert (report.added + report.unchanged, report.failed) == (83, 0)
        assert 0 < report.added < 80
        last = archive.status().last_run
        assert last is not None and last.outcome == "done"

    def test_a_full_disk_is_said_and_the_archive_answers_on(
        self, archive: Archive, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        many(folder, 150)
        with monkeypatch.context() as full:
            _fill(full, tmp_path / "data" / "archive.db")
            with pytest.raises(StoreFull, match=r"The disk that holds archive\.db is full: free some room"):
                archive.reindex()
            for asked in (archive, newsroom.open_archive(tmp_path)):
                assert "212 passengers" in asked.ask(FERRY).quotes[0].text
        report = archive.reindex()
        assert (report.added + report.unchanged, report.failed) == (153, 0)

    def test_a_disk_that_refuses_to_write_is_one_clear_line(self, archive: Archive, folder: Path) -> None:
        many(folder, 150)
        code = (
            "import resource, sys; from pathlib import Path; from word_embedder import WordEmbedder\n"
            "from index.archive import Archive; from index.errors import StoreError\n"
            "archive = Archive.open(Path(sys.argv[1]), embedder=WordEmbedder())\n"
            "size = (Path(sys.argv[1]) / 'archive.db').stat().st_size + 4096\n"
            "resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))\n"
            "try: archive.reindex()\n"
            "except StoreError as error: print(error)"
        )
        paths = os.pathsep.join(str(Path(__file__).parents[2] / room) for room in ("tools", ".."))
        ran = subprocess.run(
            [sys.executable, "-c", code, str(folder.parent / "data")],
            env=os.environ | {"PYTHONPATH": paths},
            capture_output=True,
            text=True,
        )
        assert ran.stdout == "archive.db cannot be read or written: the disk failed or has no room left.\n", ran.stderr
        assert archive.reindex().failed == 0
        assert archive.articles().total == 153

    def test_a_data_folder_that_cannot_be_made_is_said(self, tmp_path: Path) -> None:
        (tmp_path / "data").write_text("a file stands in the way")
        with pytest.raises(StoreError, match="data cannot be made: file exists"):
            newsroom.open_archive(tmp_path)

    def test_a_vector_file_that_cannot_be_saved_costs_nothing_but_time(
        self, tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(*_: Any) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("index.vectors.swap_file.save", full)
        archive = newsroom.open_archive(tmp_path)
        assert archive.reindex([folder]).embedded == 3
        assert archive.status().index_type == "Flat, 3 vectors"


class TestProgress:
    def test_it_is_told_in_phases_and_counts(self, tmp_path: Path) -> None:
        told: list[Progress] = []
        archive = newsroom.open_archive(tmp_path)
        archive.reindex([many(tmp_path / "articles", 40)], progress=told.append)
        assert list(dict.fromkeys(one.phase for one in told)) == ["reading", "embedding", "building"]
        assert [one.done for one in told if one.phase == "reading"][-1] == 40
        embedding = [(one.done, one.total) for one in told if one.phase == "embedding"]
        assert (embedding[0], embedding[-1]) == ((0, 40), (40, 40))

    def test_a_failing_listener_ends_the_run_and_frees_the_lease(self, archive: Archive, folder: Path) -> None:
        def failing(progress: Progress) -> None:
            raise RuntimeError("the terminal went away")

        newsroom.write(folder, "tram", "Tram line four is late", "The tram to the mill is late again, riders say.")
        with pytest.raises(RuntimeError, match="went away"):
            archive.reindex(progress=failing)
        assert archive.run() is None
        assert archive.reindex().failed == 0


class Holding:
    """Another program in the middle of a long write."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> None:
        self.connection = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False)
        self.connection.execute("BEGIN IMMEDIATE")

    def __exit__(self, *_: object) -> None:
        self.connection.close()


def _fill(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """From now on the database cannot grow, as on a disk without room."""
    real: Callable[..., sqlite3.Connection] = sqlite3.connect

    def limited(*args: Any, **options: Any) -> sqlite3.Connection:
        connection = real(*args, **options)
        connection.execute("PRAGMA max_page_count = 1")  # SQLite takes the present size where that is larger
        return connection

    monkeypatch.setattr(sqlite3, "connect", limited)
