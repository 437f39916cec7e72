"""The conversations of the README's pictures: real questions, put to the real bot, and what it really said.

Called by `pictures` with a running server. Each returns the chat as it stood at the end.
"""

from __future__ import annotations

import asyncio
import re
import shutil
import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from telegram_api import Message, Person, TelegramServer

from bot.background.run_progress import EDIT_EVERY
from bot.terminal.sample import ARTICLES
from index.vectors.embedder import Embedder

from .desk import ADMIN, USERNAME
from .drawing import Aside, Bubble, Cards, Chat
from .marks import QUOTES

PATIENCE = 60.0
BOT = "Quotewire"
STEADY_SECONDS = "9"
_DURATION = re.compile(r"(?<=in )\d+(?= seconds?\.)")


async def private(server: TelegramServer) -> Chat:
    """A question with its answer, and a bare topic."""
    reader = server.person("Mira", started=True)
    items = await _asked(reader, "What did Anton Breck say about the islanders?", answered=True)
    items += await _asked(reader, "Imelda Oduwale")
    return Chat(BOT, "bot", items)


async def declined(server: TelegramServer) -> Chat:
    """What the archive does not say."""
    reader = server.person("Mira", started=True)
    items = await _asked(reader, "What is the capital of Mongolia?")
    items += await _asked(reader, "🤔")
    return Chat(BOT, "bot", items)


async def group(server: TelegramServer) -> Chat:
    """A mention and a reply to the bot, in a group that chose short answers."""
    mira, jonas = server.person("Mira", started=True), server.person("Jonas", started=True)
    room = server.supergroup("Rovers supporters", mira)
    room.adds_bot(mira)
    await mira.reply(PATIENCE, room)
    room.adds(jonas)
    talk = await jonas.says("Is Stannard really leaving the Rovers?", room)
    await (await mira.presses(await mira.asks("/settings", room), "Answers: full")).answered()
    mira.reads_all(room)
    asked = await mira.says(f"@{USERNAME} What did Minna Oxley say about the contract?", room)
    first = await mira.reply(PATIENCE, room)
    again = await jonas.says("What did Stannard say about packing?", room, reply_to=first)
    second = await mira.reply(PATIENCE, room)
    _quoting(first)
    _quoting(second)
    return Chat(
        "Rovers supporters",
        "3 members",
        [
            Bubble(talk.raw, name="Jonas"),
            Bubble(asked.raw, mine=True),
            Bubble(first.raw, name=BOT, replied=asked.text),
            Bubble(again.raw, name="Jonas", replied=_first_line(first)),
            Bubble(second.raw, name=BOT, replied=again.text),
        ],
    )


async def inline(server: TelegramServer) -> Chat:
    """The bot's name typed in a chat it is not in, and the card that was chosen."""
    mira, jonas = server.person("Mira", started=True), server.person("Jonas")
    room = server.group("Jonas", mira)
    room.adds(jonas)
    asked = await jonas.says("What will the new tram cost?", room)
    words = "What will the tram to Gullhaven cost?"
    found = await mira.inline(words, chat_type="group", timeout=PATIENCE)
    chosen = await mira.chooses(found.results[0], room)
    cards = [(result.title, result.description) for result in found.results[:3]]
    return Chat(
        "Jonas",
        "last seen recently",
        [
            Bubble(asked.raw),
            Cards(f"@{USERNAME} {words}", (found.button or {}).get("text", ""), cards),
            Aside("one tap later"),
            Bubble(chosen.raw, mine=True, name=f"via @{USERNAME}"),
        ],
    )


async def admin(server: TelegramServer, sources: Path, pace: Paced) -> Chat:
    """A run over new articles and a broken file, while it goes on and when it is done; an article taken out."""
    editor = server.person("Editor", user_id=ADMIN, started=True)
    for article in ARTICLES.iterdir():
        shutil.copy(article, sources)
    (sources / "2026-10-05-cut-off.json").write_text('{"title": "Ferry timetable for the win', "utf-8")
    pace.hold()
    asked = await editor.says("/reindex")
    message = await editor.reply(PATIENCE)
    await asyncio.to_thread(pace.held.wait, PATIENCE)
    await asyncio.sleep(2 * EDIT_EVERY)  # the message tells the newest progress at its next edit
    under_way = dict(message.raw)
    pace.go.set()
    await server.wait_for(lambda: not message.buttons, PATIENCE)
    removing = await editor.says("/remove museum theft")
    which = await editor.reply(PATIENCE)
    return Chat(
        BOT,
        "bot",
        [
            Bubble(asked.raw, mine=True),
            Bubble(under_way),
            Aside("the same message, a little later"),
            Bubble(_steady(message)),
            Bubble(removing.raw, mine=True),
            Bubble(which.raw),
        ],
    )


class Paced:
    """An embedder that waits in the middle of its work, so that a run can be looked at."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._holding = False
        self.held, self.go = threading.Event(), threading.Event()
        self.name, self.fingerprint = embedder.name, embedder.fingerprint
        self.dimension, self.languages = embedder.dimension, embedder.languages

    def hold(self) -> None:
        """Wait for `go` before the next batch."""
        self._holding = True

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """As the real one, unless it is to wait."""
        if self._holding:
            self.held.set()
            self.go.wait(PATIENCE)
        return self._embedder.embed_passages(texts)

    def embed_question(self, text: str) -> NDArray[np.float32]:
        """As the real one."""
        return self._embedder.embed_question(text)


async def _asked(reader: Person, words: str, *, answered: bool = False) -> list[Bubble | Aside | Cards]:
    asked = await reader.says(words)
    answer = await reader.reply(PATIENCE)
    if answered:
        _quoting(answer)
    return [Bubble(asked.raw, mine=True), Bubble(answer.raw)]


def _quoting(answer: Message) -> None:
    """Raises ValueError where a picture would show no quote: then the exchange needs another question."""
    if not answer.marked(*QUOTES):
        raise ValueError(f"no quote, but: {answer.text}")


def _first_line(message: Message) -> str:
    return message.text.partition("\n")[0]


def _steady(message: Message) -> dict[str, object]:
    """The message with the seconds of a run, which differ from machine to machine, set to one number."""
    body = dict(message.raw)
    seconds = _DURATION.search(body["text"])
    if seconds is None:
        return body
    shift = len(STEADY_SECONDS) - len(seconds[0])
    entities = [
        one
        | ({"offset": one["offset"] + shift} if one["offset"] > seconds.start() else {"length": one["length"] + shift})
        for one in body.get("entities", [])
    ]
    return body | {"text": _DURATION.sub(STEADY_SECONDS, body["text"], count=1), "entities": entities}
