"""Where a run of the index that Telegram started takes place: next to the answering process, or in a thread of it.

Used by `indexing`. Beside it is what `serve` does: a child process at low priority, so that readers hardly wait longer.
It reads the same settings, never sees the token, and tells how far it is through the archive's own record of runs. The
thread is for a bot that is put together around an open archive. Must not know who hears of a run.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import bot
from bot.threads.async_archive import AsyncArchive
from config.settings import PREFIX, TOKEN_VARIABLE, Settings
from index.datatypes import IndexReport, RunOutcome, RunRecord, SourceSpec
from index.errors import ArchiveError, RunBusy

ENDED_WELL = (RunOutcome.DONE, RunOutcome.CANCELLED)
BY = "telegram"
LAST_CHANCE = 1.0
"""Seconds between asking a child to stop and killing it."""


class RunFailed(ArchiveError):
    """A run in a process of its own ended without a report."""


class Runner(Protocol):
    """Runs the index, one run at a time."""

    @property
    def is_busy(self) -> bool:
        """Whether a run was begun here of which the archive may not know yet."""

    async def reindex(
        self, sources: Sequence[SourceSpec] = (), *, full: bool = False, dry_run: bool = False
    ) -> IndexReport:
        """Bring the archive up to date with these sources, with all where none is given. Raises ArchiveError."""

    async def cancel(self) -> bool:
        """Ask the run in progress, whoever started it, to stop; False where there is none."""

    async def close(self) -> None:
        """Stop a run of ours, and wait no longer than a moment for it. Runs of others go on."""


@dataclass
class InThread:
    """Runs in a thread of the process that answers."""

    archive: AsyncArchive
    sources: Sequence[SourceSpec]
    is_busy: bool = False  # the archive knows at once

    async def reindex(
        self, sources: Sequence[SourceSpec] = (), *, full: bool = False, dry_run: bool = False
    ) -> IndexReport:
        """As the protocol says."""
        return await self.archive.reindex(sources or self.sources, full=full, dry_run=dry_run, by=BY)

    async def cancel(self) -> bool:
        """As the protocol says."""
        return await self.archive.cancel()

    async def close(self) -> None:
        """As the protocol says: the thread ends with the process."""
        run = await self.archive.run()
        if run is not None and run.pid == os.getpid():
            await self.archive.cancel()


@dataclass
class InChild:
    """Runs as `command`, a process of its own; `environment` is what it gets."""

    archive: AsyncArchive
    command: Sequence[str]
    environment: Mapping[str, str]
    is_busy: bool = False  # it takes a child some seconds to open the archive
    _child: asyncio.subprocess.Process | None = None
    _cancelled: bool = False

    async def reindex(
        self, sources: Sequence[SourceSpec] = (), *, full: bool = False, dry_run: bool = False
    ) -> IndexReport:
        """As the protocol says."""
        if self.is_busy:
            raise RunBusy("Another run has just begun: wait for it or cancel it.")
        self.is_busy, self._cancelled = True, False
        chosen = [word for spec in sources for word in ("--source", spec.location)]
        options = [*chosen, *(["--full"] if full else []), *(["--dry-run"] if dry_run else [])]
        try:
            return await self._run_child(options)
        finally:
            self.is_busy = False

    async def _run_child(self, options: Sequence[str]) -> IndexReport:
        before = await self._last_run()
        if self._cancelled:
            return IndexReport(cancelled=True)
        self._child = child = await asyncio.create_subprocess_exec(
            *self.command,
            *options,
            env=self.environment,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
            start_new_session=True,  # Ctrl-C at the terminal is for the bot, which tells its child
        )
        if self._cancelled:  # while it was being started
            _signal(child, kill=False)
        try:
            _, errors = await child.communicate()
        finally:
            if child.returncode is not None:  # else `close` sees to it
                self._child = None
        now = await self._last_run()
        running = await self.archive.run()
        if running is not None and running.pid != child.pid and (now and now.id) == (before and before.id):
            raise RunBusy("Another run has just begun: wait for it or cancel it.")
        return self._report(before, now, errors.decode("utf-8", "replace"))

    async def _last_run(self) -> RunRecord | None:
        return (await self.archive.status()).last_run

    def _report(self, before: RunRecord | None, now: RunRecord | None, errors: str) -> IndexReport:
        ours = now is not None and (before is None or now.id != before.id) and now.outcome in ENDED_WELL
        if now is not None and ours and now.report is not None:
            return now.report
        if self._cancelled:
            return IndexReport(cancelled=True)  # before it had begun
        lines = [line for line in errors.splitlines() if line.strip()]
        raise RunFailed(lines[-1].removeprefix("quotewire: ") if lines else "it broke off; the log tells more")

    async def cancel(self) -> bool:
        """As the protocol says; a child that has not begun is ended."""
        if await self.archive.cancel():
            return True
        if not self.is_busy:
            return False
        self._cancelled = True
        if self._child is not None:
            _signal(self._child, kill=False)
        return True

    async def close(self) -> None:
        """As the protocol says: what a killed run has committed stays, and the next one goes on from there."""
        self._cancelled, child = True, self._child
        if child is None:
            return
        _signal(child, kill=False)
        try:
            await asyncio.wait_for(child.wait(), LAST_CHANCE)
        except TimeoutError:
            _signal(child, kill=True)
            await child.wait()
        self._child = None


def _signal(child: asyncio.subprocess.Process, *, kill: bool) -> None:
    with suppress(ProcessLookupError):
        child.kill() if kill else child.terminate()


def index_command(config: Path | None) -> tuple[str, ...]:
    """How `run_bot.py index` is started next to this process, with the same settings file."""
    program = Path(bot.__file__).parents[1] / "run_bot.py"
    named = ["--config", str(config)] if config is not None else []
    return (sys.executable, str(program), *named, "index", "--nice", "--by", BY)


def index_environment(settings: Settings) -> dict[str, str]:
    """This process's environment without the bot's token, and with the very archive and sources it has."""
    hidden = {TOKEN_VARIABLE, f"{PREFIX}TELEGRAM__TOKEN", f"{PREFIX}TELEGRAM"}
    kept = {name: value for name, value in os.environ.items() if name.upper() not in hidden}
    archive = settings.archive
    kept[f"{PREFIX}ARCHIVE__PATH"] = str(archive.path.absolute())
    if archive.sources:
        kept[f"{PREFIX}ARCHIVE__SOURCES"] = json.dumps([str(path.expanduser().absolute()) for path in archive.sources])
    return kept
