"""The life of the running bot: it ends within seconds, says why it cannot run, notices when Telegram goes silent."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from conversation import ARTICLES, QUESTION, conversation, write_articles
from processes import ROOT, children, ended, eventually, polls
from telegram_api import TelegramServer

from bot.delivery import polling

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")

ADMIN = 900_001


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as server:
        yield server


async def serve(server: TelegramServer, folder: Path, *, token: str | None = None) -> Process:
    """`run_bot.py serve` as a person would start it."""
    sources = write_articles(folder / "articles", ARTICLES)
    ours = {
        "TELEGRAM_BOT_TOKEN": token or server.token,
        "QUOTEWIRE_TELEGRAM__BASE_URL": server.base_url,
        "QUOTEWIRE_TELEGRAM__BASE_FILE_URL": server.base_file_url,
        "QUOTEWIRE_TELEGRAM__ADMINS": f"[{ADMIN}]",
        "QUOTEWIRE_TELEGRAM__POLL_SECONDS": "2",
        "QUOTEWIRE_ARCHIVE__PATH": str(folder / "data"),
        "QUOTEWIRE_ARCHIVE__SOURCES": str(sources),
        "OMP_NUM_THREADS": "1",
    }
    return await asyncio.create_subprocess_exec(
        sys.executable, "run_bot.py", "serve", cwd=ROOT, env=os.environ | ours, stdout=PIPE, stderr=PIPE
    )


async def test_a_signal_ends_the_bot_within_five_seconds(server: TelegramServer, tmp_path: Path) -> None:
    process = await serve(server, tmp_path)
    await polls(server, 2)
    started = time.monotonic()
    process.send_signal(signal.SIGTERM)
    status, told = await ended(process)
    assert time.monotonic() - started < 5
    assert status == 0
    assert "Traceback" not in told
    assert server.token not in told


NOTICE = "---\ntitle: Notice {n}\n---\nNotice {n} hangs in the hall since noon of day {n}.\n"


async def test_a_signal_ends_the_bot_even_during_a_run(server: TelegramServer, tmp_path: Path) -> None:
    long = {
        f"{n}.md": f"---\ntitle: Notice {n}\n---\n" + f"The council met for the {n}th time. " * 60 for n in range(400)
    }
    write_articles(tmp_path / "articles", long)
    process = await serve(server, tmp_path)
    editor = server.person("Editor", user_id=ADMIN, started=True)
    await polls(server)
    message = await editor.asks("/reindex", timeout=30)
    run = [await eventually(lambda: next(children(process.pid), None))]
    await asyncio.sleep(1)
    assert message.text.startswith(("Starting", "Reading", "Embedding"))
    started = time.monotonic()
    process.send_signal(signal.SIGTERM)
    status, told = await ended(process)
    assert time.monotonic() - started < 5
    assert status == 0
    assert "Traceback" not in told
    assert not [one for one in run if one.exists()], "the run ended with it"


async def test_a_run_is_a_process_of_its_own_that_gives_way_and_never_sees_the_token(
    server: TelegramServer, tmp_path: Path
) -> None:
    process = await serve(server, tmp_path)
    editor = server.person("Editor", user_id=ADMIN, started=True)
    await polls(server)
    write_articles(tmp_path / "articles", {f"{n}.md": NOTICE.format(n=n) for n in range(200)})
    message = await editor.asks("/reindex", timeout=30)
    child = await eventually(lambda: next(children(process.pid), None))
    assert server.token.encode() not in (child / "environ").read_bytes() + (child / "cmdline").read_bytes()
    await eventually(lambda: niceness(child) == 10)
    assert (await editor.asks("/reindex")).text.startswith("A run is already in progress: ")
    await server.wait_for(lambda: not message.buttons, 60)
    assert message.text.splitlines()[-1] == "+203 ~0 =0 -0 !0"
    answer = await server.person("Reader", started=True).asks("When did notice 77 hang in the hall?", timeout=30)
    assert "Notice 77 hangs" in answer.text
    process.send_signal(signal.SIGTERM)
    await ended(process)


async def test_a_run_can_be_stopped_while_its_process_only_begins(server: TelegramServer, tmp_path: Path) -> None:
    process = await serve(server, tmp_path)
    editor = server.person("Editor", user_id=ADMIN, started=True)
    await polls(server)
    message = await editor.asks("/reindex", timeout=30)
    assert (await (await editor.presses(message, "Stop")).answered()).text.startswith("Asked the run to stop.")
    await server.wait_for(lambda: not message.buttons, 60)
    assert message.text.startswith("Stopped.")
    again = await editor.asks("/reindex", timeout=30)
    await server.wait_for(lambda: not again.buttons, 60)
    assert again.text.splitlines()[-1].endswith("-0 !0")
    assert not list(children(process.pid))
    process.send_signal(signal.SIGTERM)
    await ended(process)


def niceness(process: Path) -> int:
    return os.getpriority(os.PRIO_PROCESS, int(process.name))


async def test_a_wrong_token_is_told_in_one_line(server: TelegramServer, tmp_path: Path) -> None:
    process = await serve(server, tmp_path, token="123456789:AAE-some-other-token-that-is-wrong-00")
    status, told = await ended(process)
    assert status == 2
    assert "Telegram does not know this bot token: copy it again from @BotFather." in told.splitlines()
    assert "Traceback" not in told
    assert "some-other-token" not in told


async def test_a_second_poller_ends_the_first_with_a_clear_line(server: TelegramServer, tmp_path: Path) -> None:
    process = await serve(server, tmp_path)
    await polls(server, 2)
    rival = await serve(server, tmp_path / "rival")
    status, told = await ended(process)
    assert status == 2
    assert any(line.startswith("Another program polls Telegram with the same bot token") for line in told.splitlines())
    rival.send_signal(signal.SIGTERM)
    await ended(rival)


async def test_a_silent_telegram_is_noticed_and_polling_starts_anew(
    server: TelegramServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot import lifecycle

    async def impatient(updater, request, start, *, silence, every):
        await polling.watch(updater, request, start, silence=3.0, every=0.2)

    monkeypatch.setattr(lifecycle, "watch", impatient)
    async with conversation(tmp_path, server=server) as room:
        reader = room.reader()
        await reader.asks(QUESTION)
        server.faults.hang("getUpdates")
        await asyncio.sleep(2.5)
        await reader.says(QUESTION)
        assert "Work starts in May" in (await reader.reply(timeout=12)).text


async def test_updates_of_one_chat_keep_their_order_and_chats_go_side_by_side(
    server: TelegramServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with conversation(tmp_path, server=server) as room:
        slow, quick = room.reader("Slow"), room.reader("Quick")
        real = room.archive.ask

        quick_is_answered = threading.Event()

        def ask(question, **options):
            if question.startswith("Slow"):
                quick_is_answered.wait(20)
            return real(question, **options)

        monkeypatch.setattr(room.archive, "ask", ask)
        await slow.says("Slow: when does the work on the harbour wall start?")
        await slow.says("What does the vessel Sigrid need?")
        await quick.says(QUESTION)
        await quick.reply()
        assert [message.text for message in server.messages(slow) if message.raw["from"]["is_bot"]] == []
        quick_is_answered.set()
        assert "Work starts in May" in (await slow.reply()).text
        assert "engine" in (await slow.reply()).text
