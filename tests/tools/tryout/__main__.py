"""`python -m tryout`: talk to the bot in the terminal. Lines may also be piped in."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress

from rich.console import Console

from bot.logs import configure
from bot.terminal.sample import open_sample
from config.settings import Settings, SettingsError, load
from index.archive import Archive
from index.errors import ArchiveError

from .client import HELP, Client, converse
from .desk import running, try_settings
from .screen import Screen

WELCOME = "This is the real bot on a Telegram server of this machine. Nothing leaves it. /? shows what can be typed."


def main() -> int:
    """The exit status: 0, or 2 where the sample archive cannot be opened, told in one line."""
    screen = Console(highlight=False)
    try:
        settings = try_settings(load())
        configure(settings.log.level, settings.log_file)
        archive = open_sample(settings, Console(stderr=True))
    except (SettingsError, ArchiveError) as error:
        sys.stderr.write(f"try: {error}\n")
        return 2
    try:
        with suppress(KeyboardInterrupt):
            asyncio.run(_talk(settings, archive, Screen(screen)))
    finally:
        archive.close()
    return 0


async def _talk(settings: Settings, archive: Archive, screen: Screen) -> None:
    async with running(settings, archive) as server:
        client = Client(server, screen, server.person("Reader", started=True))
        typed = sys.stdin.isatty()
        screen.say(WELCOME if not typed else f"{WELCOME}\n{HELP.format(bot=server.bot.username)}")
        for example in archive.examples("en", 3):
            screen.say(f"For example: {example}")
        await converse(client, _reader(asyncio.get_running_loop(), typed), echo=not typed)


def _reader(loop: asyncio.AbstractEventLoop, typed: bool) -> Callable[[str], Awaitable[str | None]]:
    """Lines of standard input, read in a thread that nobody has to wait for when the program ends."""

    def read(prompt: str, found: asyncio.Future[str | None]) -> None:
        try:
            line: str | None = input(prompt if typed else "")
        except (EOFError, UnicodeDecodeError):
            line = None
        with suppress(RuntimeError):  # the loop has ended meanwhile
            loop.call_soon_threadsafe(_settle, found, line)

    async def lines(prompt: str) -> str | None:
        found: asyncio.Future[str | None] = loop.create_future()
        threading.Thread(target=read, args=(prompt, found), daemon=True).start()
        return await found

    if typed:
        with suppress(ImportError):
            import readline  # noqa: F401  # gives `input` its history and editing keys
    return lines


def _settle(found: asyncio.Future[str | None], line: str | None) -> None:
    if not found.cancelled():
        found.set_result(line)


if __name__ == "__main__":
    sys.exit(main())
