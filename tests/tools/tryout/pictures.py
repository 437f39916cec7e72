"""`python -m tryout.pictures [FOLDER]`: draw the README's pictures anew, from real exchanges with the bot."""

from __future__ import annotations

import asyncio
import shutil
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from telegram_api import TelegramServer

from bot.open_archive import embedder
from bot.terminal.sample import ARTICLES
from index.archive import Archive

from . import exchanges
from .desk import running, settings_in
from .drawing import Chat, draw

READERS: tuple[Callable[[TelegramServer], Awaitable[Chat]], ...] = (
    exchanges.private,
    exchanges.declined,
    exchanges.group,
    exchanges.inline,
)
KNOWN = 8
"""How many of the sample's files the archive knows before the administrator's run."""


def main() -> int:
    """Write a picture for each exchange into the folder named on the command line, else into docs."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "docs")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        chats = asyncio.run(_readers(Path(scratch))) | asyncio.run(_admin(Path(scratch)))
    for name, chat in chats.items():
        path = folder / f"{name}.svg"
        path.write_text(draw(chat), "utf-8")
        sys.stdout.write(f"{path}\n")
    return 0


async def _readers(scratch: Path) -> dict[str, Chat]:
    settings = settings_in(scratch / "readers")
    archive = Archive.open(settings.archive.path, embedder=embedder(settings))
    try:
        archive.reindex([ARTICLES])
        async with running(settings, archive) as server:
            return {exchange.__name__: await exchange(server) for exchange in READERS}
    finally:
        archive.close()


async def _admin(scratch: Path) -> dict[str, Chat]:
    sources = scratch / "articles"
    sources.mkdir()
    for article in sorted(ARTICLES.iterdir())[:KNOWN]:
        shutil.copy(article, sources)
    settings = settings_in(scratch / "admin", sources)
    paced = exchanges.Paced(embedder(settings))
    archive = Archive.open(settings.archive.path, embedder=paced)
    try:
        archive.reindex([sources])
        async with running(settings, archive) as server:
            return {"admin": await exchanges.admin(server, sources, paced)}
    finally:
        archive.close()


if __name__ == "__main__":
    sys.exit(main())
