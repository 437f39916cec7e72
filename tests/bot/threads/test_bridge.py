"""Synchronous code called from the event loop: where it runs, what comes back, and what mypy sees of it."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from bot.threads.bridge import Async, Bridge, threaded, threaded_long

ROOT = Path(__file__).parents[3]


class Clerk:
    """Something synchronous."""

    def name(self, word: str, *, times: int = 1) -> str:
        """The thread it is called in, and what it was given."""
        return f"{threading.current_thread().name} {word * times}"

    def fails(self) -> None:
        raise LookupError("no such thing")

    def sleeps(self, seconds: float) -> None:
        time.sleep(seconds)


class AsyncClerk(Async[Clerk]):
    name = threaded(Clerk.name)
    fails = threaded(Clerk.fails)
    sleeps = threaded(Clerk.sleeps)
    long_name = threaded_long(Clerk.name)


@pytest.fixture
def clerk() -> AsyncClerk:
    return AsyncClerk(Clerk(), Bridge(1))


async def test_a_method_runs_in_a_worker_thread_and_its_result_comes_back(clerk: AsyncClerk) -> None:
    assert await clerk.name("a", times=3) == "archive_0 aaa"


async def test_what_it_raises_is_raised_where_it_is_awaited(clerk: AsyncClerk) -> None:
    with pytest.raises(LookupError, match="no such thing"):
        await clerk.fails()


async def test_a_long_run_has_a_thread_of_its_own_and_takes_no_readers(clerk: AsyncClerk) -> None:
    busy = asyncio.ensure_future(clerk.sleeps(0.5))
    await asyncio.sleep(0.05)
    assert await clerk.long_name("b") == "run b"
    assert not busy.done(), "the only worker was busy all the while"
    await busy


async def test_the_method_is_looked_up_when_it_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    known = Clerk()
    clerk = AsyncClerk(known, Bridge(1))
    monkeypatch.setattr(known, "name", lambda word: f"another {word}")
    assert await clerk.name("c") == "another c"


WRONG_CALLS = """
from bot.threads.async_archive import AsyncArchive
from bot.threads.async_journal import AsyncJournal

async def calls(archive: AsyncArchive, journal: AsyncJournal) -> None:
    await archive.recall(7)  # line 6: a number for a text
    (await archive.recall("id")).quites  # line 7: no such attribute of an Answer
    await journal.readers.standing("7")  # line 8: a text for a number
    await journal.votes.cast("id", 0, 7)  # line 9: `helpful` is missing
    archive.ask("words").question  # line 10: not awaited
"""


def test_mypy_sees_the_parameters_and_the_result_of_each_method(tmp_path: Path) -> None:
    (tmp_path / "wrong.py").write_text(WRONG_CALLS, "utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file", str(ROOT / "pyproject.toml")]
    told = subprocess.run(
        [*command, str(tmp_path / "wrong.py")], cwd=ROOT, capture_output=True, text=True, timeout=600, check=False
    ).stdout
    wrong = [line for line in told.splitlines() if "wrong.py" in line and ": error:" in line]
    assert [line.split(":")[1] for line in wrong] == ["6", "7", "8", "9", "10"], told
