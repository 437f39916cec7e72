"""Conversations for tests: the real bot over a real archive of a few articles, on the local Bot API server."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from telegram_api import Message, Person, TelegramServer
from telegram_api.limits import Flood
from word_embedder import WordEmbedder

from bot.app import build_application
from bot.context import BotApplication, Services, services_of
from bot.delivery import lanes
from bot.journal import JOURNAL, Journal
from bot.lifecycle import shut, start
from bot.open_archive import options as options_of
from config.sections import Archive as ArchiveSettings
from config.settings import Settings, Source, Telegram
from index.archive import Archive
from index.datatypes import Options

ADMIN = 900_001

HARBOUR = """---
title: Harbour wall to be raised by a metre
outlet: The Kesselau Courier
authors: [Jane Doe]
published: 2025-11-21
url: https://courier.example.org/harbour-wall
---
The harbour wall of Kesselau will be raised by a metre, the council decided on Thursday. Work starts in May and will
take two years.

“We cannot wait for the next flood,” said Ada Berg, the harbour master. “The wall of 1954 has done its duty, and it has
cracks that nobody can mend.”

The work costs 4.2 million euros. The state pays half of the sum, and the town borrows the rest at a fixed rate.

Fishermen at the east quay fear for their moorings. The council promised them pontoons for as long as the work goes on.
"""
FERRY = """---
title: Ferry to Norholm stops for the winter
outlet: The Norholm Post
published: 2024-01-09
url: https://post.example.org/ferry
---
The ferry between Kesselau and Norholm stops for the winter, its operator said. The last crossing leaves on Sunday at
noon.

The vessel Sigrid needs a new engine. The yard in Bremerhaven has no berth for it before March.
"""
MUSEUM = """---
title: Museum finds a letter of the shipwright Holm
outlet: The Kesselau Courier
published: 2023-06
---
The town museum found a letter by the shipwright Elias Holm in a drawer. In the letter Holm complains about the price of
oak.
"""
ARTICLES = {"harbour.md": HARBOUR, "ferry.md": FERRY, "museum.md": MUSEUM}
QUESTION = "When does the work on the harbour wall start?"


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """No limits on sending, in the bot or the server: for conversations where they are not the point."""
    for chats in ("IN_PRIVATE", "IN_GROUP"):
        monkeypatch.setattr(lanes, chats, ((1_000, 1.0),))
    monkeypatch.setattr(Flood, "spend", lambda self, chat_id, *, group: None)


@dataclass
class Room:
    """The running bot, the server it talks to, and the archive it asks."""

    server: TelegramServer
    application: BotApplication
    archive: Archive
    articles: Path

    @property
    def services(self) -> Services:
        return services_of(self.application)

    @property
    def journal(self) -> Journal:
        """What the bot remembers, read as another process would."""
        return Journal(self.services.settings.archive.path / JOURNAL, self.services.seal)

    def reader(self, name: str = "Reader", language_code: str = "en") -> Person:
        """A person who pressed Start some time ago."""
        return self.server.person(name, language_code=language_code, started=True)

    def admin(self, number: int = ADMIN) -> Person:
        """An administrator that the settings name."""
        return self.server.person("Editor", user_id=number, started=True)

    async def stop(self) -> None:
        """As when the process ends."""
        await shut(self.application)


def write_articles(folder: Path, articles: Mapping[str, str]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in articles.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def settings_for(
    server: TelegramServer,
    data: Path,
    sources: Path,
    admins: Sequence[int] = (ADMIN,),
    per_minute: int = 1_000,
    channels: Sequence[int] = (),
    *,
    sections: Mapping[str, Any] | None = None,
    **more: Any,
) -> Settings:
    """`more` is set in the section [telegram], too; `sections` are other sections."""
    posted = [Source(kind="channel", channel=number) for number in channels]
    return Settings(
        telegram=Telegram(
            token=SecretStr(server.token),
            admins=tuple(admins),
            base_url=server.base_url,
            base_file_url=server.base_file_url,
            poll_seconds=2,
            questions_per_minute=per_minute,
            **more,
        ),
        archive=ArchiveSettings(path=data, sources=(sources,)),
        **(sections or {}) | {"sources": (*(sections or {}).get("sources", ()), *posted)},
    )


@asynccontextmanager
async def conversation(
    folder: Path,
    *,
    server: TelegramServer | None = None,
    articles: Mapping[str, str] = ARTICLES,
    options: Options | None = None,
    per_minute: int = 1_000,
    sections: Mapping[str, Any] | None = None,
    admins: Sequence[int] = (ADMIN,),
    channels: Sequence[int] = (),
    **more: Any,
) -> AsyncIterator[Room]:
    """A bot that runs until the block ends; on `server`, where one is given, as after a restart.

    `more` is set in the section [telegram]: `access="approval"`. `sections` are other sections of the settings; with
    them the archive has the options that they make.
    """
    if server is None:
        async with (
            TelegramServer() as fresh,
            conversation(
                folder,
                server=fresh,
                articles=articles,
                options=options,
                per_minute=per_minute,
                sections=sections,
                admins=admins,
                channels=channels,
                **more,
            ) as room,
        ):
            yield room
        return
    sources = write_articles(folder / "articles", articles)
    settings = settings_for(server, folder / "data", sources, admins, per_minute, channels, sections=sections, **more)
    chosen = options or (options_of(settings) if sections else None)
    archive = Archive.open(folder / "data", options=chosen, embedder=WordEmbedder())
    archive.reindex([sources])
    application = build_application(settings, archive)
    try:
        await start(application)
        yield Room(server, application, archive, sources)
    finally:
        await shut(application)
        archive.close()


def quote(message: Message) -> str:
    """The one quote block of a message."""
    [block] = message.marked("blockquote", "expandable_blockquote")
    return block


def answer_id(message: Message) -> str:
    """The answer that a message shows, read from its buttons."""
    return message.button("Context").data.split(".")[1]


async def press(person: Person, message: Message, button: str) -> Message:
    """Press a button, and see what the message becomes."""
    await (await person.presses(message, button)).answered()
    return await person.sees_edit(message)
