"""A run started from Telegram begins only where there is something to read, and whoever asks hears how long it took."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bot.background import run_progress
from bot.background.run_progress import reindex
from bot.delivery.outbox import Delivered
from bot.messages.catalogue import catalogue
from bot.messages.reply import Reply
from config.settings import Settings
from index.datatypes import IndexReport, SourceSpec

EN = catalogue("en")
WIRE = SourceSpec("/wire")


class Chat:
    """Stands for an administrator's visit, the outbox, the archive and the run: keeps what was said and what was read.

    `configured` are the sources of the settings, `known` those of the archive.
    """

    is_busy = False

    def __init__(self, *, configured: Sequence[Path] = (), known: Sequence[SourceSpec] = ()) -> None:
        self.texts, self.id = EN, 1
        self.said: list[str] = []
        self.runs: list[Sequence[SourceSpec]] = []
        self._known = tuple(known)
        settings = Settings.model_construct(archive=SimpleNamespace(sources=tuple(configured)), sources=())
        self.chat = self.archive = self
        self.services = SimpleNamespace(runner=self, outbox=self, archive=self, settings=settings)

    def encode(self, press: str, *fields: str | int) -> str:
        return "data"

    async def run(self) -> None:
        return None

    async def status(self) -> Any:
        return SimpleNamespace(sources=self._known)

    async def reindex(self, sources: Sequence[SourceSpec] = (), **options: bool) -> IndexReport:
        self.runs.append(sources)
        return IndexReport(seconds=0.2)

    async def say(self, key: str) -> None:
        self.said.append(EN.say(key))

    async def send(self, reply: Reply) -> Delivered:
        return Delivered(1, 50)

    async def edit(self, chat_id: int, message_id: int, reply: Reply) -> bool:
        self.said.append(reply.text)
        return True


async def ran(chat: Any, sources: Sequence[SourceSpec] = ()) -> list[str]:
    await reindex(chat, sources)
    said: list[str] = chat.said
    return said


async def test_without_any_source_nothing_runs() -> None:
    chat = Chat()
    assert await ran(chat) == [EN.say("run.nothing")]
    assert chat.runs == []


@pytest.mark.parametrize(
    ("chat", "sources"),
    [(Chat(configured=[Path("/wire")]), ()), (Chat(known=[WIRE]), ()), (Chat(), (WIRE,))],
    ids=["in the settings", "known to the archive", "named"],
)
async def test_a_source_is_read_wherever_it_is_known_from(chat: Chat, sources: Sequence[SourceSpec]) -> None:
    await ran(chat, sources)
    assert chat.runs == [sources]


async def test_the_start_of_the_process_counts_in_the_time_of_a_run(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter((100.0, 108.0))
    monkeypatch.setattr(run_progress, "time", SimpleNamespace(monotonic=lambda: next(clock)))
    [text] = await ran(Chat(known=[WIRE]))
    assert text.startswith("Done in 8 seconds.")
