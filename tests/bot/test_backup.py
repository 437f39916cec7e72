"""Backups: whole while the archive is used and a run goes on, checked before anything is touched, put back exactly."""

from __future__ import annotations

import hashlib
import json
import logging
import sqlite3
import stat
import threading
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import newsroom
import pytest

from bot import backup as backups
from bot.backup import MANIFEST, BackupError, known, make, named, prune, restore
from bot.folder_lock import occupied
from bot.journal import Journal
from bot.keys import open_seal
from bot.terminal.cli import main
from index.archive import Archive
from index.errors import StoreError, StoreLocked

NOW = datetime(2026, 11, 25, 6, 30, tzinfo=UTC)
FERRY = "How many passengers does the last ferry to Sandholm carry?"
READER = 4711
Said = Callable[..., tuple[int, str, str]]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """An archive of three articles, with a bot's memory and key beside it."""
    archive = newsroom.open_archive(tmp_path)
    archive.reindex([newsroom.three_stories(tmp_path / "articles")])
    journal(tmp_path / "data").preferences.choose_language(READER, "ru")
    (tmp_path / "data" / "floor.json").write_text("{}", "utf-8")
    yield archive
    archive.close()


@pytest.fixture
def data(archive: Archive, tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def saved(data: Path, tmp_path: Path) -> Path:
    """A backup of the archive."""
    return make(data, tmp_path / "saved.zip", NOW).path


def journal(data: Path) -> Journal:
    return Journal(data / "bot.db", open_seal(data / "bot.key"))


def contents(data: Path) -> dict[str, str]:
    """Every file of a folder and its digest."""
    files = [path for path in data.rglob("*") if path.is_file()]
    return {str(path.relative_to(data)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


class TestMaking:
    def test_it_holds_all_that_cannot_be_made_again_under_its_sha256(self, saved: Path) -> None:
        with zipfile.ZipFile(saved) as bundle:
            told = json.loads(bundle.read(MANIFEST))
            assert set(told["members"]) == {"archive.db", "bot.db", "bot.key", "floor.json"}
            assert told["made"] == "2026-11-25T06:30:00+00:00"
            for name, facts in told["members"].items():
                data = bundle.read(name)
                assert (len(data), hashlib.sha256(data).hexdigest()) == (facts["size"], facts["sha256"])

    def test_only_its_owner_may_read_it_for_it_holds_the_key(self, saved: Path) -> None:
        assert stat.S_IMODE(saved.stat().st_mode) == 0o600

    def test_it_is_consistent_while_a_run_goes_on(self, archive: Archive, data: Path, tmp_path: Path) -> None:
        for n in range(120):
            newsroom.write(tmp_path / "articles", f"ward{n}", f"Ward {n} votes", f"Ward {n} counted {n} votes. " * 20)
        run = threading.Thread(target=archive.reindex)
        run.start()
        made = []
        while run.is_alive():
            made.append(make(data, tmp_path / f"during-{len(made)}.zip", NOW).path)
        run.join()
        assert made
        for n, one in enumerate(made):
            restore(tmp_path / f"again{n}", one, NOW)
            with sqlite3.connect(tmp_path / f"again{n}" / "archive.db") as db:
                assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
                assert db.execute("PRAGMA foreign_key_check").fetchall() == []
                (halves,) = db.execute("SELECT count(*) FROM articles WHERE version_id IS NULL").fetchone()
            assert halves == 0

    def test_where_it_cannot_be_written_nothing_is_left(self, data: Path, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("in the way")
        with pytest.raises(BackupError, match=r"cannot be written: "):
            make(data, tmp_path / "file" / "saved.zip", NOW)
        target = tmp_path / "full.zip"
        target.write_text("the one before")
        with pytest.MonkeyPatch.context() as patch, pytest.raises(BackupError, match="no space left on device"):
            patch.setattr(backups, "_add", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
            make(data, target, NOW)
        assert target.read_text() == "the one before"
        assert not [one for one in tmp_path.iterdir() if one.name.startswith(".backup-")]

    def test_without_an_archive_there_is_nothing_to_back_up(self, tmp_path: Path) -> None:
        with pytest.raises(BackupError, match="holds no archive"):
            make(tmp_path / "nowhere", tmp_path / "saved.zip", NOW)

    def test_the_newest_are_kept(self, data: Path, tmp_path: Path) -> None:
        folder = tmp_path / "backups"
        for hours in range(5):
            moment = NOW + timedelta(hours=hours)
            make(data, named(folder, moment), moment)
        (folder / "notes.zip").write_text("somebody else's")
        prune(folder, 2)
        assert [one.made.hour for one in known(folder)] == [10, 9]
        assert (folder / "notes.zip").exists()


class TestRestoring:
    def test_everything_is_as_it_was(self, archive: Archive, data: Path, saved: Path, tmp_path: Path) -> None:
        archive.remove(archive.ask(FERRY).quotes[0].article.id)
        journal(data).preferences.choose_language(READER, "ar")
        archive.close()  # as whoever restores stops the bot first: its background thread saves vectors
        aside = restore(data, saved, NOW)
        assert aside == data / "replaced-20261125-063000"
        again = newsroom.open_archive(tmp_path)
        answer = again.ask(FERRY)
        assert "212 passengers" in answer.quotes[0].text
        assert journal(data).preferences.language(READER) == "ru"
        old = Archive.open(aside)
        assert old.status().removed == 1, "what was there before is kept"
        again.close()
        old.close()

    def test_into_an_empty_folder(self, saved: Path, tmp_path: Path) -> None:
        assert restore(tmp_path / "new", saved, NOW) is None
        assert {path.name for path in (tmp_path / "new").iterdir()} == {"archive.db", "bot.db", "bot.key", "floor.json"}
        assert stat.S_IMODE((tmp_path / "new" / "bot.key").stat().st_mode) == 0o600

    def test_the_vector_index_of_before_is_not_taken_for_the_new_one(
        self, archive: Archive, data: Path, saved: Path, tmp_path: Path
    ) -> None:
        restore(data, saved, NOW)
        assert not list(data.glob("vectors*"))
        again = newsroom.open_archive(tmp_path)
        again.tidy()
        assert list(data.glob("vectors*"))
        assert again.status().pending == 0
        assert again.ask(FERRY).answered
        again.close()


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[200] ^= 1
    path.write_bytes(data)


def rewritten(change: Callable[[dict[str, bytes]], None]) -> Callable[[Path], None]:
    """A backup whose members were changed by somebody."""

    def spoil(path: Path) -> None:
        with zipfile.ZipFile(path) as bundle:
            members = {name: bundle.read(name) for name in bundle.namelist()}
        change(members)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bundle:
            for name, data in members.items():
                bundle.writestr(name, data)

    return spoil


def manifest(change: Callable[[dict], None]) -> Callable[[Path], None]:
    def spoil(members: dict[str, bytes]) -> None:
        told = json.loads(members[MANIFEST])
        change(told)
        members[MANIFEST] = json.dumps(told).encode()

    return rewritten(spoil)


def climbing(told: dict) -> None:
    told["members"]["../evil"] = told["members"]["bot.key"]


def bomb(members: dict[str, bytes]) -> None:
    members["floor.json"] = b"0" * 50_000_000


SPOILT: dict[str, tuple[Callable[[Path], None], str]] = {
    "cut off": (cut, "is no backup of Quotewire, or it is damaged or cut off"),
    "empty": (lambda path: path.write_bytes(b""), "is no backup of Quotewire"),
    "not a zip file": (lambda path: path.write_text("hello " * 500), "is no backup of Quotewire"),
    "a flipped bit": (flip, "damaged"),
    "another zip file": (rewritten(lambda members: members.pop(MANIFEST)), "is no backup of Quotewire"),
    "no manifest to be read": (rewritten(lambda members: members.update({MANIFEST: b"{"})), "is no backup of"),
    "an archive exchanged": (rewritten(lambda members: members.update({"archive.db": b"x" * 9})), "archive.db is not"),
    "a member missing": (rewritten(lambda members: members.pop("bot.key")), "bot.key is not what was backed up"),
    "a member that unpacks without end": (rewritten(bomb), "floor.json is not what was backed up"),
    "a path that climbs": (manifest(climbing), "is no backup of Quotewire"),
    "of a newer Quotewire": (manifest(lambda told: told.update(quotewire=9)), "made by a newer Quotewire"),
    "without an archive": (manifest(lambda told: told["members"].pop("archive.db")), "is no backup of Quotewire"),
    "members of another shape": (manifest(lambda told: told.update(members=[1])), "is no backup of Quotewire"),
}


@pytest.mark.parametrize("what", SPOILT)
def test_what_is_not_whole_or_not_ours_is_told_and_nothing_touched(data: Path, saved: Path, what: str) -> None:
    spoil, told = SPOILT[what]
    spoil(saved)
    before = contents(data)
    with pytest.raises(StoreError, match=told) as error:
        restore(data, saved, NOW)
    assert "\n" not in str(error.value)
    assert contents(data) == before


def test_a_newer_schema_is_refused(data: Path, tmp_path: Path) -> None:
    with sqlite3.connect(data / "archive.db") as db:
        db.execute("PRAGMA user_version = 99")
    saved = make(data, tmp_path / "newer.zip", NOW).path
    with pytest.raises(BackupError, match="made by a newer Quotewire: update this one"):
        restore(tmp_path / "other", saved, NOW)
    assert list((tmp_path / "other").iterdir()) == []


def test_where_a_step_fails_everything_goes_back(data: Path, saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = contents(data)
    real, steps = Path.rename, iter(range(100))

    def rename(self: Path, target: Path) -> Path:
        if next(steps) == 5:
            raise OSError(5, "Input/output error", str(target))
        return real(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(BackupError, match="cannot be read or written: input/output error"):
        restore(data, saved, NOW)
    assert contents(data) == before


def test_a_folder_is_used_by_one_bot(tmp_path: Path) -> None:
    with occupied(tmp_path), pytest.raises(StoreLocked, match="A bot uses the data folder"), occupied(tmp_path):
        pass
    with occupied(tmp_path):
        assert [path.name for path in tmp_path.iterdir()] == ["serving.lock"]


class TestInTheTerminal:
    @pytest.fixture
    def said(
        self, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> Iterator[Said]:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("QUOTEWIRE_ARCHIVE__PATH", str(data))

        def run(*words: str) -> tuple[int, str, str]:
            capsys.readouterr()
            try:
                status = main([*words])
            except SystemExit as ended:
                status = int(ended.code or 0)
            out, err = capsys.readouterr()
            return status, out, err

        root = logging.getLogger()
        before, level = root.handlers[:], root.level
        yield run
        root.handlers[:], root.level = before, level

    def test_made_restored_and_told(self, said: Said, data: Path, tmp_path: Path) -> None:
        status, out, err = said("backup", str(tmp_path / "mine.zip"))
        assert (status, out.split()[0]) == (0, str(tmp_path / "mine.zip"))
        assert "It holds the key of the bot" in err
        status, out, err = said("restore", str(tmp_path / "mine.zip"))
        assert (status, out) == (2, "")
        assert err == f"quotewire: {data} holds an archive already: --force puts it aside and restores the backup\n"
        status, out, _ = said("restore", "--force", str(tmp_path / "mine.zip"))
        assert status == 0
        assert "3 articles" in out.splitlines()[0]
        assert out.splitlines()[1].startswith(f"What was there before is in {data}/replaced-")

    def test_without_a_name_it_goes_where_the_settings_say_and_old_ones_go(
        self, said: Said, data: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("QUOTEWIRE_BACKUP__FOLDER", str(tmp_path / "kept"))
        monkeypatch.setenv("QUOTEWIRE_BACKUP__KEEP", "1")
        old = make(data, named(tmp_path / "kept", NOW - timedelta(days=400)), NOW)
        assert said("backup")[0] == 0
        [kept] = known(tmp_path / "kept")
        assert kept.path != old.path

    def test_numbers_still_mean_removed_articles(self, said: Said) -> None:
        assert said("remove", "1")[0] == 0
        status, out, _ = said("restore", "1")
        assert (status, out[:11]) == (0, "Restored 1:")

    @pytest.mark.parametrize(
        ("words", "told"),
        [
            (["12", "backup.zip"], "give the numbers of removed articles, or one backup file"),
            (["backup.zip"], "backup.zip: no such backup file, and no number of an article"),
            (["1", "--force"], "--force goes with a backup file"),
        ],
    )
    def test_what_is_meant_is_asked_for(self, said: Said, words: list[str], told: str) -> None:
        status, _, err = said("restore", *words)
        assert (status, err) == (2, f"quotewire: {told}\n")

    def test_not_while_a_bot_or_a_run_uses_the_folder(
        self, said: Said, archive: Archive, data: Path, saved: Path
    ) -> None:
        before = contents(data)
        with occupied(data):
            status, _, err = said("restore", "--force", str(saved))
            assert (status, err) == (2, f"quotewire: A bot uses the data folder {data}: stop it first.\n")
        with archive._lease.alone("reindex", "elsewhere"):
            status, _, err = said("restore", "--force", str(saved))
            assert status == 2
            assert "a run is under way" in err
        assert {name: one for name, one in contents(data).items() if name in before and name.startswith("bot")} == {
            name: one for name, one in before.items() if name.startswith("bot")
        }

    def test_a_damaged_archive_can_be_replaced(self, said: Said, data: Path, saved: Path) -> None:
        for file in data.glob("archive.db*"):
            file.write_bytes(b"broken" * 1000)
        assert said("restore", "--force", str(saved))[0] == 0
        assert "Articles:  3" in said("status")[1]

    def test_erased_from_the_terminal(self, said: Said, archive: Archive, data: Path) -> None:
        which = str(archive.articles("Ferry").items[0].id)
        status, out, _ = said("remove", "--erase", which)
        assert (status, out) == (0, f"Erased for good: {which}\n")
        assert b"212 passengers" not in b"".join(file.read_bytes() for file in data.iterdir() if file.is_file())
        status, _, err = said("restore", which)
        assert status == 2
        assert f"Article {which} was erased for good" in err
