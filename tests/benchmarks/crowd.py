"""Many readers asking within a minute, under Telegram's limits: how long they wait, and whether each is answered.

PYTHONPATH=tests/tools python tests/benchmarks/crowd.py [ARCHIVE_FOLDER] [--readers 200] [--questions 2] [--seconds 60]

The real bot with the real model, over a copy of ARCHIVE_FOLDER or over the sample archive, on the strict local server
with its flood limits on. Every reader asks in a private chat, at moments spread evenly at random. A wait is the time
from the question's sending until its answer reaches the server. The exit status is 1 where an answer is missing, out of
order or there twice.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import shutil
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle, islice, pairwise
from pathlib import Path

from asking import QUESTIONS, SAMPLE
from telegram_api import Message, Person, TelegramServer
from tryout.desk import running, settings_in

from bot.build import KEY
from bot.journal import JOURNAL, Journal
from bot.keys import open_seal
from bot.terminal.sample import ARTICLES
from index.archive import Archive
from index.vectors.embedder import embedded

PATIENCE = 120.0
"""Seconds to wait for what is still missing when the last question was asked."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was sent: who, its message, the server's time."""

    person: Person
    message: Message
    at: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of the questions: waits in seconds, and how many answers went wrong in which way."""

    waits: Sequence[float]
    missing: int
    disordered: int
    doubled: int
    refused: int
    busiest_second: int


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path, nargs="?")
    options.add_argument("--readers", type=int, default=200)
    options.add_argument("--questions", type=int, default=2, help="of each reader")
    options.add_argument("--seconds", type=float, default=60.0)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        data = Path(temporary) / "data"
        archive, questions = opened(given.folder, data)
        times = moments(given.readers, given.questions, given.seconds)
        outcome = asyncio.run(crowd(archive, data, times, list(islice(cycle(questions), len(times)))))
        archive.close()
    report(outcome)
    return 1 if outcome.missing or outcome.disordered or outcome.doubled else 0


def opened(folder: Path | None, data: Path) -> tuple[Archive, Sequence[str]]:
    """A copy of the archive in `folder`, or the sample archive, and questions for it."""
    if folder is not None:
        shutil.copytree(folder, data, ignore=shutil.ignore_patterns("bot.*", "*.log*"))
    archive = Archive.open(data, embedder=embedded())
    if folder is None:
        archive.reindex([ARTICLES])
    rows = (QUESTIONS if folder is not None and QUESTIONS.is_file() else SAMPLE).read_text("utf-8").splitlines()
    questions = [json.loads(row)["question"] for row in rows]
    archive.ask(questions[0], keep=False)  # loads the model
    return archive, questions


def moments(readers: int, questions: int, seconds: float) -> list[tuple[float, int]]:
    """When which reader asks: (second, reader), in their order, the same for the same numbers."""
    chance = random.Random(readers * questions)
    return sorted((chance.uniform(0, seconds), reader) for reader in range(readers) for _ in range(questions))


async def crowd(archive: Archive, data: Path, times: Sequence[tuple[float, int]], questions: Sequence[str]) -> Outcome:
    """Let them ask, wait for the answers, and look at what was sent where."""
    async with running(settings_in(data), archive) as server:
        readers = {n: server.person(f"Reader {n}", started=True) for n in {reader for _, reader in times}}
        asked: list[Asked] = []
        begun = server.clock.now()
        for (second, reader), question in zip(times, questions, strict=True):
            await asyncio.sleep(max(0.0, begun + second - server.clock.now()))
            at = server.clock.now()
            asked.append(Asked(readers[reader], await readers[reader].says(question), at))
        journal = Journal(data / JOURNAL, open_seal(data / KEY))
        await _settled(server, len(asked))
        return judged(server, journal, asked)


async def _settled(server: TelegramServer, expected: int) -> None:
    """Until all is answered and noted, or nothing has come for long."""
    known, quiet = 0, 0.0
    while quiet < (PATIENCE if known < expected else 3.0):
        await asyncio.sleep(0.5)
        sent = len(list(_sent(server)))
        quiet, known = (0.0 if sent > known else quiet + 0.5), sent


def _sent(server: TelegramServer) -> Iterator[tuple[int, int, float]]:
    """The messages that the server took: chat, number, time."""
    for request in server.requests("sendMessage"):
        if request.status == 200:
            result = request.answer["result"]
            yield result["chat"]["id"], result["message_id"], request.at


def judged(server: TelegramServer, journal: Journal, asked: Sequence[Asked]) -> Outcome:
    """Every question against the reply that the bot noted for it, and every message against the questions."""
    sent = {(chat, number): at for chat, number, at in _sent(server)}
    replies = [journal.deliveries.reply_to(one.person.chat.id, one.message.id) for one in asked]
    by_chat: dict[int, list[int]] = {}
    for one, reply in zip(asked, replies, strict=True):
        if reply is not None:
            by_chat.setdefault(one.person.chat.id, []).append(reply)
    answered = [(one, reply) for one, reply in zip(asked, replies, strict=True) if reply is not None]
    seconds = Counter(int(at) for at in sent.values())
    return Outcome(
        waits=[sent[one.person.chat.id, reply] - one.at for one, reply in answered],
        missing=len(asked) - len(answered),
        disordered=sum(first >= second for numbers in by_chat.values() for first, second in pairwise(numbers)),
        doubled=len(sent) - len({(one.person.chat.id, reply) for one, reply in answered}),
        refused=sum(request.status == 429 for request in server.log),
        busiest_second=max(seconds.values(), default=0),
    )


def report(outcome: Outcome) -> None:
    """The figures."""
    waits = outcome.waits
    wrong = f"{outcome.missing} missing, {outcome.disordered} out of order, {outcome.doubled} double"
    print(f"{len(waits)} answered, {wrong}")
    print(f"refused by the limits (429): {outcome.refused}; sent in the busiest second: {outcome.busiest_second}")
    if len(waits) > 1:
        parts = statistics.quantiles(waits, n=100)
        figures = {"median": statistics.median(waits), "95th": parts[94], "99th": parts[98], "longest": max(waits)}
        print("wait: " + ", ".join(f"{name} {seconds * 1e3:.0f} ms" for name, seconds in figures.items()))


if __name__ == "__main__":
    sys.exit(main())
