"""The real bot as a process: waiting for its polls, its end, its children."""

from __future__ import annotations

import asyncio
from asyncio.subprocess import Process
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from telegram_api import TelegramServer

ROOT = Path(__file__).parents[2]
Found = TypeVar("Found")


async def polls(server: TelegramServer, times: int = 1) -> None:
    """Wait until the bot has asked for updates."""
    async with asyncio.timeout(40):
        while len(server.requests("getUpdates")) < times:
            await asyncio.sleep(0.05)


async def ended(process: Process) -> tuple[int | None, str]:
    """The exit status, and what was told on standard error."""
    async with asyncio.timeout(40):
        _, told = await process.communicate()
    return process.returncode, told.decode()


def children(pid: int | None) -> Iterator[Path]:
    """The runs that process `pid` started and that still go on, as their folders of /proc."""
    for status in Path("/proc").glob("[0-9]*/status"):
        with suppress(OSError):
            words = status.read_text()
            if f"PPid:\t{pid}\n" in words and b"\0index\0" in (status.parent / "cmdline").read_bytes():
                yield status.parent


async def eventually(look: Callable[[], Found | None]) -> Found:
    """What `look` finds once it is neither None nor False."""
    async with asyncio.timeout(20):
        while not (found := look()):
            await asyncio.sleep(0.02)
    return found
