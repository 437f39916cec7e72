"""Schedules kept by the real bot, in processes of its own: each run reads one source, and a signal ends all in time."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from conversation import ADMIN, ARTICLES, write_articles
from processes import ROOT, children, ended, eventually, polls
from telegram_api import TelegramServer

from bot.terminal.cli import main
from index.archive import Archive

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")

SETTINGS = """
[[sources]]
kind = "files"
path = "{folder}/wire"
name = "The wire"
schedule = "daily at 06:30"
[[sources]]
kind = "files"
path = "{folder}/desk"
name = "The desk"
"""


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as server:
        yield server


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    """A settings file of two sources, the first with a schedule."""
    long = "The council met for the {n}th time about the {n}th wall. " * 60
    write_articles(tmp_path / "wire", {f"{n}.md": f"---\ntitle: Wall {n}\n---\n{long.format(n=n)}" for n in range(300)})
    write_articles(tmp_path / "desk", ARTICLES)
    file = tmp_path / "settings.toml"
    file.write_text(SETTINGS.format(folder=tmp_path), "utf-8")
    return file


async def test_a_missed_run_is_made_up_in_a_process_of_its_own_and_a_signal_ends_both(
    server: TelegramServer, settings: Path, tmp_path: Path
) -> None:
    environment = os.environ | {
        "TELEGRAM_BOT_TOKEN": server.token,
        "QUOTEWIRE_TELEGRAM__BASE_URL": server.base_url,
        "QUOTEWIRE_TELEGRAM__BASE_FILE_URL": server.base_file_url,
        "QUOTEWIRE_TELEGRAM__ADMINS": f"[{ADMIN}]",
        "QUOTEWIRE_TELEGRAM__POLL_SECONDS": "2",
        "QUOTEWIRE_ARCHIVE__PATH": str(tmp_path / "data"),
        "OMP_NUM_THREADS": "1",
    }
    program = (sys.executable, "run_bot.py", "--config", str(settings), "serve")
    process = await asyncio.create_subprocess_exec(*program, cwd=ROOT, env=environment, stdout=PIPE, stderr=PIPE)
    await polls(server)
    run = await eventually(lambda: next(children(process.pid), None))
    words = (run / "cmdline").read_bytes().split(b"\0")
    assert words[words.index(b"--source") + 1] == str(tmp_path / "wire").encode()
    assert server.token.encode() not in (run / "environ").read_bytes()
    archive = Archive.open(tmp_path / "data")
    await eventually(archive.run)
    started = time.monotonic()
    process.send_signal(signal.SIGTERM)
    status, told = await ended(process)
    assert time.monotonic() - started < 5
    assert status == 0
    assert "Traceback" not in told
    assert not run.exists()
    assert archive.history(str(tmp_path / "desk")) == ()


def test_a_schedule_that_cannot_be_read_keeps_the_bot_from_starting(
    settings: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.write_text(settings.read_text("utf-8").replace("daily at 06:30", "in the morning"), "utf-8")
    assert main(["--config", str(settings), "serve"]) == 2
    told = capsys.readouterr().err
    assert told.startswith("quotewire: sources.0.schedule = 'in the morning': is no schedule; write ")
    assert told.count("\n") == 1


def test_the_terminal_reads_one_source_by_name_and_shows_all(
    settings: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("QUOTEWIRE_ARCHIVE__PATH", str(tmp_path / "data"))

    def said(*words: str) -> str:
        capsys.readouterr()
        status = main(["--config", str(settings), *words])
        out, err = capsys.readouterr()
        assert status == (2 if err else 0)
        return out + err

    assert said("index", "--source", "The desk").startswith("+3 ~0 =0 -0 !0")
    assert said("index", "--source", str(tmp_path / "desk")).startswith("+0 ~0 =3 -0 !0")
    assert said("index", "--source", "Nobody") == "quotewire: Nobody: no such source; there are The wire, The desk\n"
    listed = said("sources")
    assert listed.splitlines()[0] == "The wire"
    assert "  Not read yet.\n" in listed
    assert "  files, 3 articles\n" in listed
    assert "Next run: " in listed
    assert said("sources", "The desk").count("done, ") == 2
    assert "no such source" in said("sources", "Nobody")
    assert "• The desk: " in said("status")
