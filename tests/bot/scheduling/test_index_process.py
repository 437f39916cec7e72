"""A run of the index beside the bot: what it gets, and what becomes of a process that ends without a report."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from word_embedder import WordEmbedder

from bot.scheduling.index_process import InChild, RunFailed, index_command, index_environment
from bot.threads.async_archive import AsyncArchive
from bot.threads.bridge import Bridge
from config.sections import Archive as ArchiveSettings
from config.settings import Settings, Telegram
from index.archive import Archive
from index.datatypes import SourceSpec
from index.errors import RunBusy

TOKEN = "123456789:AAE-a-token-that-nobody-may-see"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    archive = Archive.open(tmp_path / "data", embedder=WordEmbedder())
    yield archive
    archive.close()


def child(archive: Archive, program: str) -> InChild:
    return InChild(AsyncArchive(archive, Bridge(1)), (sys.executable, "-c", program), {})


async def test_what_a_child_says_last_is_why_it_failed(archive: Archive) -> None:
    with pytest.raises(RunFailed, match=r"^nothing to read: name files$"):
        await child(archive, "import sys; sys.exit('a warning\\nquotewire: nothing to read: name files')").reindex()


async def test_a_child_that_is_killed_is_said_to_have_broken_off(archive: Archive) -> None:
    with pytest.raises(RunFailed, match="broke off"):
        await child(archive, "import os, signal; os.kill(os.getpid(), signal.SIGKILL)").reindex()


async def test_a_child_that_hears_nothing_is_killed_when_the_bot_ends(archive: Archive) -> None:
    deaf = child(archive, "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)")
    work = asyncio.create_task(deaf.reindex())
    while deaf._child is None:
        await asyncio.sleep(0.05)
    await asyncio.sleep(1)
    async with asyncio.timeout(3):
        await deaf.close()
        assert (await work).cancelled
    assert not deaf.is_busy


async def test_a_run_cancelled_while_its_process_is_started_ends_at_once(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    start, starting, go_on = asyncio.create_subprocess_exec, asyncio.Event(), asyncio.Event()

    async def held(*command: str, **options: Any) -> asyncio.subprocess.Process:
        process = await start(*command, **options)
        starting.set()
        await go_on.wait()
        return process

    monkeypatch.setattr(asyncio, "create_subprocess_exec", held)
    run = child(archive, "import time; time.sleep(60)")
    work = asyncio.create_task(run.reindex())
    await starting.wait()
    assert await run.cancel()
    go_on.set()
    async with asyncio.timeout(20):
        assert (await work).cancelled


async def test_without_a_run_there_is_nothing_to_stop(archive: Archive) -> None:
    idle = child(archive, "")
    assert not await idle.cancel()
    await idle.close()


def test_the_child_gets_the_archive_and_settings_of_the_bot_and_never_its_token(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("QUOTEWIRE_TELEGRAM__TOKEN", TOKEN)
    monkeypatch.setenv("quotewire_telegram", f'{{"token": "{TOKEN}"}}')
    monkeypatch.setenv("QUOTEWIRE_MODEL__BATCH_SIZE", "8")
    archive = ArchiveSettings(path=tmp_path / "data", sources=(tmp_path / "articles",))
    settings = Settings.model_construct(telegram=Telegram(token=SecretStr(TOKEN)), archive=archive)
    given = index_environment(settings)
    assert TOKEN not in " ".join(given.values())
    assert given["QUOTEWIRE_MODEL__BATCH_SIZE"] == "8"
    assert given["QUOTEWIRE_ARCHIVE__PATH"] == str(tmp_path / "data")
    assert given["QUOTEWIRE_ARCHIVE__SOURCES"] == f'["{tmp_path / "articles"}"]'
    assert index_command(Path("my.toml"))[2:5] == ("--config", "my.toml", "index")


async def test_a_second_run_is_refused_while_the_first_begins(archive: Archive) -> None:
    slow = child(archive, "import time; time.sleep(60)")
    work = asyncio.create_task(slow.reindex())
    await asyncio.sleep(0)
    with pytest.raises(RunBusy, match="Another run has just begun"):
        await slow.reindex()
    await slow.close()
    assert (await work).cancelled


async def test_the_child_is_told_which_sources_to_read(archive: Archive) -> None:
    told = child(archive, "import sys; sys.exit('quotewire: ' + ' '.join(sys.argv[1:]))")
    with pytest.raises(RunFailed, match=r"^--source /wire --source https://example.org/feed --full$"):
        await told.reindex([SourceSpec("/wire"), SourceSpec("https://example.org/feed")], full=True)


async def test_a_child_that_found_another_run_is_no_failure(archive: Archive) -> None:
    late = child(archive, "import sys; sys.exit('quotewire: Another run is under way')")
    with archive._lease.alone("reindex", "elsewhere"), pytest.raises(RunBusy):
        await late.reindex()
