"""The real bot over the sample articles, on a local Telegram server: everything a try-out needs, and no token.

Entered by `__main__` and `pictures`. Reaches nothing outside this machine.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from pydantic import SecretStr
from telegram_api import TelegramServer

from bot.app import build_application
from bot.lifecycle import shut, start
from bot.terminal.sample import ARTICLES
from config.sections import Archive as ArchiveSettings
from config.settings import Settings, Telegram
from index.archive import Archive

ADMIN = 900_001
"""The Telegram number of the administrator who stands ready."""
USERNAME = "quotewire_bot"


def try_settings(settings: Settings) -> Settings:
    """The settings, aimed at a data folder of its own beside the real one."""
    path = settings.archive.path.absolute()
    return _aimed(settings, path.with_name(f"{path.name or 'quotewire'}-try"))


def settings_in(folder: Path, sources: Path = ARTICLES) -> Settings:
    """Settings as they come, aimed at `folder`; no file and no environment variable changes them."""
    return _aimed(Settings.model_construct(), folder, sources)


def _aimed(settings: Settings, folder: Path, sources: Path = ARTICLES) -> Settings:
    archive = ArchiveSettings(path=folder, sources=(sources,))
    return settings.model_copy(update={"archive": archive, "telegram": Telegram(admins=(ADMIN,), poll_seconds=2)})


@asynccontextmanager
async def running(settings: Settings, archive: Archive) -> AsyncIterator[TelegramServer]:
    """The server, with the bot polling it until the block ends."""
    async with TelegramServer(username=USERNAME) as server:
        server.person("Editor", user_id=ADMIN, started=True)
        reached = settings.telegram.model_copy(
            update={
                "token": SecretStr(server.token),
                "base_url": server.base_url,
                "base_file_url": server.base_file_url,
            }
        )
        application = build_application(settings.model_copy(update={"telegram": reached}), archive)
        try:
            await start(application)
            yield server
        finally:
            await shut(application)
