"""A takedown from end to end: one /remove, and a distinctive sentence of the article is looked for everywhere."""

from __future__ import annotations

import asyncio
import io
import math
import re
import sqlite3
import zipfile
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import faiss
import numpy as np
import pytest
from conversation import (
    FERRY,
    HARBOUR,
    QUESTION,
    Room,
    answer_id,
    conversation,
    press,
    quote,
    unhurried,
    write_articles,
)
from telegram_api import Message, Person, TelegramServer
from word_embedder import WordEmbedder

from bot import backup as backups
from index.archive import Archive
from index.datatypes import Edit, Submission
from index.errors import NotFound, SourceError
from index.store.database import connect

pytestmark = [
    pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning"),
    pytest.mark.usefixtures("unhurried"),
]
__all__ = ["unhurried"]  # a fixture

SENTENCE = "We cannot wait for the next flood"
TERMS = ("fisherm", "pontoon", "moor")  # words that it alone has, as they are searched
NAME = "Fishermen"  # a spelling that it alone has


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as server:
        yield server


@pytest.fixture
async def room(server: TelegramServer, tmp_path: Path) -> AsyncIterator[Room]:
    async with conversation(tmp_path, server=server) as room:
        yield room


@pytest.fixture
def editor(room: Room) -> Person:
    return room.admin()


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Every file of the data folder, with what backups hold unpacked."""
    found = {}
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix == ".zip":
            with zipfile.ZipFile(path) as bundle:
                found |= {f"{path.name}/{name}": bundle.read(name) for name in bundle.namelist()}
        elif path.is_file():
            found[path.name] = path.read_bytes()
    return found


def holding(folder: Path, words: str) -> set[str]:
    """The files that hold the words."""
    return {name for name, data in bytes_of(folder).items() if words.encode() in data}


def number(archive: Archive) -> int:
    [card] = archive.articles("harbour wall").items
    return card.id


def searched(data: Path) -> dict[str, int]:
    """How much of the article search still knows, by table."""
    with connect(data / "archive.db", readonly=True) as db:
        match = " OR ".join(f"{term}*" for term in TERMS)
        count = {
            "full text": f"passages_fts WHERE passages_fts MATCH '{match}'",
            "full text rows": "passages_fts WHERE rowid NOT IN (SELECT id FROM passages)",
            "terms": "passages_vocab WHERE term LIKE 'pontoon%'",
            "surfaces": f"surfaces WHERE surface = '{NAME}'",
            "vectors": "vectors WHERE input NOT IN (SELECT input FROM passages)",
        }
        return {what: db.execute(f"SELECT count(*) FROM {where}").fetchone()[0] for what, where in count.items()}


def rows_of(data: Path) -> np.ndarray | None:
    """The vectors in every saved index file there is; None where none can be read, as while one replaces another."""
    found = []
    for file in data.glob("vectors-*.data"):
        with suppress(RuntimeError):  # gone since it was listed
            index = faiss.read_index(str(file))
            codes = faiss.vector_to_array(faiss.downcast_index(index.index).codes)
            found.append(codes.view(np.float32).reshape(index.ntotal, -1))
    return np.concatenate(found) if found else None


def closest(data: Path, words: str) -> float:
    """The highest cosine of a saved vector with the words; infinity where none can be read just now."""
    rows = rows_of(data)
    if rows is None:
        return math.inf
    return float((rows @ WordEmbedder().embed_question(words)).max()) if len(rows) else 0.0


async def removed(editor: Person) -> Message:
    asked = await editor.asks("/remove harbour wall")
    return await press(editor, asked, "Remove it")


async def erased(editor: Person) -> Message:
    asked = await press(editor, await removed(editor), "Erase it for good")
    return await press(editor, asked, "Erase it")


async def until_index_is_clean(archive: Archive, data: Path, words: str) -> None:
    async with asyncio.timeout(10):
        while closest(data, words) > 0.99:
            await asyncio.sleep(0.05)


class TestRemoved:
    async def test_search_knows_nothing_of_it_any_more(self, room: Room, editor: Person, tmp_path: Path) -> None:
        data = tmp_path / "data"
        assert all(searched(data)[name] for name in ("full text", "terms", "surfaces"))
        await removed(editor)
        assert set(searched(data).values()) == {0}

    async def test_its_vectors_leave_the_index_file(self, room: Room, editor: Person, tmp_path: Path) -> None:
        data = tmp_path / "data"
        with connect(data / "archive.db", readonly=True) as db:
            [(title, text)] = db.execute(
                "SELECT json_extract(v.metadata, '$.title'), substr(v.text, p.start + 1, p.\"end\" - p.start)"
                " FROM passages p JOIN versions v ON v.id = p.version_id WHERE v.text LIKE '%flood%' LIMIT 1"
            ).fetchall()
        words = f"{title}\n{text}"
        assert closest(data, words) > 0.99
        await removed(editor)
        await until_index_is_clean(room.archive, data, words)

    async def test_neither_the_bots_memory_nor_the_log_has_a_word_of_it(
        self, room: Room, editor: Person, tmp_path: Path
    ) -> None:
        reader = room.reader()
        answer = await reader.asks(QUESTION)
        await reader.presses(answer, "Helpful")
        await removed(editor)
        assert holding(tmp_path / "data", SENTENCE) <= {"archive.db", "archive.db-wal"}

    async def test_it_can_be_restored_wholly(self, room: Room, editor: Person, tmp_path: Path) -> None:
        before = searched(tmp_path / "data")
        which = number(room.archive)
        await removed(editor)
        await editor.asks(f"/restore {which}")
        after = searched(tmp_path / "data")
        assert {name: after[name] for name in ("full text", "terms")} == {
            name: before[name] for name in ("full text", "terms")
        }
        assert after["surfaces"] == 1
        assert "Work starts in May" in quote(await room.reader().asks(QUESTION))

    async def test_a_card_chosen_from_telegrams_cache_is_withdrawn_at_once(
        self, room: Room, server: TelegramServer, editor: Person
    ) -> None:
        reader = room.reader()
        offered = await reader.inline(QUESTION)
        await removed(editor)
        sent = await reader.chooses(offered.results[0], reader.chat)
        await asyncio.sleep(0.5)
        assert SENTENCE not in sent.text
        assert "withdrawn" in sent.text


class TestErased:
    async def test_no_byte_of_it_is_left_in_the_data_folder(self, room: Room, editor: Person, tmp_path: Path) -> None:
        reader, data = room.reader(), tmp_path / "data"
        await reader.asks(QUESTION)
        assert holding(data, SENTENCE), "the search finds it while it is there"
        done = await erased(editor)
        assert re.fullmatch(r"Erased for good: article #\d+\.", done.text)
        for words in (SENTENCE, "Fishermen at the east quay", "Harbour wall to be raised", "pontoons", "pontoon"):
            assert holding(data, words) == set(), words
        assert set(searched(data).values()) == {0}

    async def test_all_its_versions_go(self, room: Room, editor: Person, tmp_path: Path) -> None:
        (room.articles / "harbour.md").write_text(HARBOUR.replace("two years", "three years"), "utf-8")
        room.archive.reindex([room.articles])
        await erased(editor)
        for words in ("two years", "three years"):
            assert holding(tmp_path / "data", f"will\ntake {words}") == set()
            assert holding(tmp_path / "data", f"take {words}") == set()

    async def test_old_buttons_links_and_messages(self, room: Room, editor: Person, server: TelegramServer) -> None:
        reader = room.reader()
        answer = await reader.asks(QUESTION)
        data, id_ = answer.button("Context").data, answer_id(answer)
        listed = await reader.asks("Who counts the swans of Kesselau?")
        await erased(editor)
        async with asyncio.timeout(5):
            while "withdrawn" not in answer.text:
                await reader.sees_edit(answer)
        await reader.sends_callback(answer, data)
        permalink = await reader.asks(f"/start 0{id_}")
        for message in (answer, permalink, await reader.asks(QUESTION)):
            assert "harbour wall" not in message.text.lower()
            assert SENTENCE not in message.text
        assert "Harbour wall" not in listed.text
        offered = await reader.inline(f"={id_}")
        assert offered.results == []

    async def test_a_full_run_does_not_bring_it_back(self, room: Room, editor: Person, tmp_path: Path) -> None:
        await erased(editor)
        assert (room.articles / "harbour.md").exists()
        room.archive.reindex([room.articles], full=True)
        write_articles(room.articles, {"copy.md": HARBOUR.replace("harbour-wall", "another-address")})
        room.archive.reindex([room.articles], full=True)
        assert "harbour" not in (await room.reader().asks(QUESTION)).text.lower()
        assert holding(tmp_path / "data", SENTENCE) == set()
        assert room.archive.status().articles == 2

    async def test_it_cannot_be_restored(self, room: Room, editor: Person) -> None:
        which = number(room.archive)
        await erased(editor)
        assert (await editor.asks("/restore")).text == "No article is removed."
        told = await editor.asks(f"/restore {which}")
        assert f"Article {which} was erased for good: it cannot be restored." in told.text

    async def test_backups_and_the_audit_made_afterwards_are_free_of_it(
        self, room: Room, editor: Person, tmp_path: Path
    ) -> None:
        data = tmp_path / "data"
        backups.make(data, backups.named(data / "backups", datetime.now(UTC)), datetime.now(UTC))
        done = await erased(editor)
        assert done.text.endswith("1 backup made before may still hold it: delete it.")
        [old] = backups.known(data / "backups")
        assert holding(data, SENTENCE) == {f"{old.path.name}/archive.db"}, "the line above is true"
        old.path.unlink()
        backups.make(data, data / "backups" / "after.zip", datetime.now(UTC))
        assert holding(data, SENTENCE) == set()
        with sqlite3.connect(data / "bot.db") as db:
            acts = db.execute("SELECT action, subject FROM audit").fetchall()
        assert [action for action, _ in acts] == ["remove", "erase"]
        assert "arbour" not in str(acts)

    async def test_after_a_restart_too(self, server: TelegramServer, tmp_path: Path) -> None:
        async with conversation(tmp_path, server=server) as room:
            id_ = answer_id(await room.reader().asks(QUESTION))
            await erased(room.admin())
        async with conversation(tmp_path, server=server) as room:
            reader = room.reader()
            assert "harbour" not in (await reader.asks(QUESTION)).text.lower()
            assert "harbour" not in (await reader.asks(f"/start 0{id_}")).text.lower()
            assert holding(tmp_path / "data", SENTENCE) == set()

    async def test_while_a_run_goes_on_it_says_why_it_waits(self, room: Room, editor: Person, tmp_path: Path) -> None:
        asked = await press(editor, await removed(editor), "Erase it for good")
        with room.archive._lease.alone("reindex", "elsewhere"):
            told = await press(editor, asked, "Erase it")
            assert "is not wholly erased yet: Another run is under way" in told.text
        assert (await press(editor, told, "Erase it")).text.startswith("Erased for good")
        assert holding(tmp_path / "data", SENTENCE) == set()

    async def test_an_old_button_erases_nothing_that_was_restored(self, room: Room, editor: Person) -> None:
        which = number(room.archive)
        asked = await press(editor, await removed(editor), "Erase it for good")
        room.archive.restore(which)
        pressed = await editor.presses(asked, "Erase it")
        assert (await pressed.answered()).text == "This article was restored meanwhile: remove it first."
        assert room.archive.status().articles == 3

    async def test_it_can_be_left_removed(self, room: Room, editor: Person) -> None:
        asked = await press(editor, await removed(editor), "Erase it for good")
        left = await press(editor, asked, "Leave it removed")
        assert left.text.endswith("stays removed, and /restore can bring it back.")
        assert room.archive.removed().total == 1


class TestSentIn:
    @pytest.fixture
    def archive(self, tmp_path: Path) -> Iterator[Archive]:
        archive = Archive.open(tmp_path / "data", embedder=WordEmbedder())
        yield archive
        archive.close()

    def test_the_file_that_an_editor_sent_goes_too_and_what_was_corrected(
        self, archive: Archive, tmp_path: Path
    ) -> None:
        archive.submit(Submission("f1", "harbour.md", HARBOUR.encode()))
        archive.take()
        which = number(archive)
        archive.edit(which, Edit(title="A wall of another name"))
        archive.erase(which)
        for words in (SENTENCE, "A wall of another name", "pontoons"):
            assert holding(tmp_path / "data", words) == set()
        archive.reindex(full=True)
        assert archive.status().articles == 0
        archive.submit(Submission("f2", "again.md", HARBOUR.encode()))
        assert archive.take().added == 0, "sent in again it is still kept out"

    def test_what_came_with_others_in_one_file_is_not_torn_apart(self, archive: Archive, tmp_path: Path) -> None:
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as bundle:
            bundle.writestr("harbour.md", HARBOUR)
            bundle.writestr("ferry.md", FERRY)
        archive.submit(Submission("f1", "sent.zip", file.getvalue()))
        archive.take()
        which = number(archive)
        other = archive.articles("ferry").items[0].id
        with pytest.raises(SourceError, match=rf"Article {which} was sent in with others in one file \(#{other}\)"):
            archive.erase(which)
        assert archive.status().articles == 2, "nothing half done"
        archive.remove(other)
        archive.erase(which)
        assert holding(tmp_path / "data", SENTENCE) == set()

    def test_an_article_that_is_not_there(self, archive: Archive) -> None:
        with pytest.raises(NotFound, match="There is no article 999"):
            archive.erase(999)
