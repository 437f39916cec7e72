"""Backups from Telegram: where the last one is, a new one by a button, and those that a schedule makes."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from conversation import ADMIN, conversation, unhurried
from telegram_api import TelegramServer

from bot import backup as backups
from bot.backup import known, make, named
from config.schedule import Schedule, read_schedule
from config.sections import Backup

pytestmark = [
    pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning"),
    pytest.mark.usefixtures("unhurried"),
]
__all__ = ["unhurried"]  # a fixture


def kept(folder: Path, **more: Any) -> dict[str, Any]:
    """The section [backup] of the settings."""
    return {"backup": Backup(folder=folder / "kept", **more)}


async def until(found: Callable[[], Any], seconds: float = 10) -> Any:
    async with asyncio.timeout(seconds):
        while not (one := found()):
            await asyncio.sleep(0.02)
    return one


async def test_a_button_makes_one_and_the_command_tells_of_the_last(tmp_path: Path) -> None:
    async with conversation(tmp_path, sections=kept(tmp_path)) as room:
        editor = room.admin()
        shown = await editor.asks("/backup")
        assert shown.text.startswith(f"No backup yet in {tmp_path / 'kept'}")
        assert "keep it where nobody else can read it" in shown.text
        assert (await (await editor.presses(shown, "Make one now")).answered()).text == "Making a backup…"
        made = await editor.reply()
        [file] = known(tmp_path / "kept")
        assert made.text.startswith(f"Backup made: {file.path.name}, ")
        again = await editor.asks("/backup")
        assert again.text.startswith("Last backup: ")
        assert f"kB, {file.path.name}\n1 backup in {tmp_path / 'kept'}" in again.text
    with sqlite3.connect(tmp_path / "data" / "bot.db") as db:
        assert db.execute("SELECT action, subject FROM audit").fetchall() == [("backup", file.path.name)]
    assert backups.restore(tmp_path / "other", file.path, datetime.now(UTC)) is None


async def test_one_at_a_time(tmp_path: Path) -> None:
    async with conversation(tmp_path, sections=kept(tmp_path)) as room:
        editor = room.admin()
        shown = await editor.asks("/backup")
        room.services.is_backing_up = True
        assert (
            await (await editor.presses(shown, "Make one now")).answered()
        ).text == "A backup is being made already."
        assert known(tmp_path / "kept") == []


async def test_a_schedule_makes_them_and_old_ones_go(tmp_path: Path) -> None:
    always = Schedule("always", period=timedelta(seconds=1.1))
    async with conversation(tmp_path, sections=kept(tmp_path, keep=2, schedule=always)):
        names: set[str] = set()

        def seen() -> bool:
            names.update(one.path.name for one in known(tmp_path / "kept"))
            return len(names) >= 3

        await until(seen)
        await asyncio.sleep(0.3)
        assert len(known(tmp_path / "kept")) <= 3  # the newest is being made, then the oldest goes


async def test_what_was_missed_is_made_up_for_once(tmp_path: Path) -> None:
    sections = kept(tmp_path, schedule=read_schedule("daily at 3:00"))
    async with TelegramServer() as server:
        server.person("Editor", user_id=ADMIN, started=True)
        async with conversation(tmp_path, server=server, sections=sections) as room:
            await until(lambda: known(tmp_path / "kept"))
            assert "The next one is made " in (await room.admin().asks("/backup")).text
        async with conversation(tmp_path, server=server, sections=sections):
            await asyncio.sleep(0.5)
            assert len(known(tmp_path / "kept")) == 1
        known(tmp_path / "kept")[0].path.unlink()
        long_ago = datetime.now(UTC) - timedelta(days=9)
        make(tmp_path / "data", named(tmp_path / "kept", long_ago), long_ago)
        async with conversation(tmp_path, server=server, sections=sections):
            await until(lambda: len(known(tmp_path / "kept")) == 2)


async def test_one_that_fails_is_told_in_a_line(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("in the way")
    async with conversation(tmp_path, sections=kept(tmp_path)) as room:
        editor = room.admin()
        await editor.presses(await editor.asks("/backup"), "Make one now")
        told = (await editor.reply()).text
        assert told.startswith("The backup could not be made: ")
        assert "cannot be written" in told
        assert "\n" not in told
        assert not room.services.is_backing_up


async def test_one_that_fails_by_its_schedule_is_told_to_the_administrators(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("in the way")
    sections = kept(tmp_path, schedule=read_schedule("daily at 3:00"))
    async with conversation(tmp_path, sections=sections) as room:
        assert (await room.admin().reply()).text.startswith("The backup could not be made: ")
