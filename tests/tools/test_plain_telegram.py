"""The bot on another Bot API server, which does everything differently that the documentation leaves open."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from conversation import ADMIN, ARTICLES, QUESTION, write_articles
from plain_telegram import TOKEN, PlainTelegram
from pydantic import SecretStr
from telegram.request import HTTPXRequest
from word_embedder import WordEmbedder

from bot import build
from bot.app import build_application
from bot.lifecycle import shut, start
from config.sections import Archive as ArchiveSettings
from config.settings import Settings, Telegram
from index.archive import Archive

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")

READER = 1_001
MANY = {
    f"{n}.md": f"---\ntitle: Ferry report {n}\npublished: 2024-01-{n:02}\n---\nThe ferry number {n} was late again.\n"
    for n in range(1, 13)
}


@asynccontextmanager
async def serving(
    folder: Path, server: PlainTelegram, articles: dict[str, str] = ARTICLES
) -> AsyncIterator[PlainTelegram]:
    """The bot of `folder`, pointed at `server` by its bare address."""
    async with server:
        sources = write_articles(folder / "articles", articles)
        archive = Archive.open(folder / "data", embedder=WordEmbedder())
        archive.reindex([sources])
        telegram = Telegram(
            token=SecretStr(TOKEN),
            admins=(ADMIN,),
            base_url=f"{server.url}/bot",
            base_file_url=f"{server.url}/file/bot",
            poll_seconds=1,
        )
        application = build_application(
            Settings(telegram=telegram, archive=ArchiveSettings(path=folder / "data", sources=(sources,))), archive
        )
        try:
            await start(application)
            yield server
        finally:
            await shut(application)
            archive.close()


@pytest.mark.parametrize("terse", [True, False], ids=["terse", "wordy"])
async def test_a_question_is_answered_and_read_on_without_an_alarm(tmp_path: Path, terse: bool) -> None:
    async with serving(tmp_path, PlainTelegram(terse=terse)) as server:
        server.says(READER, QUESTION)
        [answer] = await server.answers(READER)
        assert "Work starts in May" in answer["text"]
        server.presses(READER, answer["message_id"], "Context")
        await server.until(lambda: "Back to the quote" in server.buttons(READER))
        server.presses(READER, answer["message_id"], "Back to the quote")
        await server.until(lambda: "Context" in server.buttons(READER))
        assert server.chat(READER) == [answer]
        assert server.chat(ADMIN) == [], "nobody is alarmed: nothing says that the quote came out different"


@pytest.mark.parametrize("terse", [True, False], ids=["terse", "wordy"])
async def test_an_edited_question_edits_its_answer(tmp_path: Path, terse: bool) -> None:
    async with serving(tmp_path, PlainTelegram(terse=terse)) as server:
        number = server.says(READER, QUESTION)
        await server.answers(READER)
        server.edits(READER, number, "What does the vessel Sigrid need?")
        await server.until(lambda: "new engine" in server.chat(READER)[0]["text"])
        assert len(server.chat(READER)) == 1


async def test_menus_are_published_where_they_cannot_be_read(tmp_path: Path) -> None:
    async with serving(tmp_path, PlainTelegram()) as server:
        await server.until(lambda: len(server.called("setMyCommands")) == 9)  # readers, groups, an administrator
        assert len(server.called("setMyDescription")) == 3
        assert len(server.called("setMyShortDescription")) == 3


async def test_a_server_without_menus_and_profile_still_serves(tmp_path: Path) -> None:
    missing = frozenset({"setMyCommands", "setMyDescription", "setMyShortDescription", "sendChatAction"})
    async with serving(tmp_path, PlainTelegram(unknown=missing)) as server:
        server.says(READER, "/start")
        [hello] = await server.answers(READER)
        assert "exact words" in hello["text"]


async def test_a_press_that_cannot_be_answered_still_changes_its_message(tmp_path: Path) -> None:
    async with serving(tmp_path, PlainTelegram(unknown=frozenset({"answerCallbackQuery"}))) as server:
        server.says(READER, QUESTION)
        [answer] = await server.answers(READER)
        server.presses(READER, answer["message_id"], "Context")
        await server.until(lambda: "Back to the quote" in server.buttons(READER))


@pytest.mark.parametrize("terse", [True, False], ids=["terse", "wordy"])
@pytest.mark.parametrize("asked", ["ferry", "/latest ferry"])
async def test_a_list_keeps_its_topic_where_formatting_is_not_echoed(tmp_path: Path, terse: bool, asked: str) -> None:
    articles = MANY | {"harbour.md": ARTICLES["harbour.md"]}
    async with serving(tmp_path, PlainTelegram(terse=terse), articles) as server:
        server.says(READER, asked)
        [listed] = await server.answers(READER)
        assert listed["text"].startswith("Newest coverage: ferry")
        server.presses(READER, listed["message_id"], "Older")
        await server.until(lambda: "Page 2 of 2" in server.chat(READER)[0]["text"])
        assert server.chat(READER)[0]["text"].startswith("Newest coverage: ferry")
        assert "Harbour wall" not in server.chat(READER)[0]["text"]


async def test_answers_that_arrive_behind_those_of_others_are_found_and_not_sent_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def impatient(**options: object) -> HTTPXRequest:
        return HTTPXRequest(**(options | {"read_timeout": 0.5}))  # type: ignore[arg-type]

    monkeypatch.setattr(build, "HTTPXRequest", impatient)
    async with serving(tmp_path, PlainTelegram(slow={"sendMessage": 2.0})) as server:
        readers = [READER + n for n in range(6)]
        for reader in readers:
            server.says(reader, QUESTION)
        for reader in readers:
            await server.answers(reader)
        await server.until(lambda: server.unchanged == len(readers))
        assert [len(server.chat(reader)) for reader in readers] == [1] * len(readers)
