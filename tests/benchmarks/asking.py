"""How long a question takes, and where: against the time to embed the question alone, in the same process.

python tests/benchmarks/asking.py ARCHIVE_FOLDER [--questions FILE] [--asks 1000]

ARCHIVE_FOLDER is a data folder indexed before. Questions are distinct (the model remembers the last ones it was asked),
each ask is paired with an embedding of the same length, and the first answers warm everything up.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

from index.answer import ask, respond
from index.archive import Archive
from index.search import retrieve, vector_leg
from index.store import answers, fts5, passages
from index.vectors.embedder import embedded

QUESTIONS = Path(__file__).parents[3] / "shared" / "newsqa" / "questions.jsonl"
SAMPLE = Path(__file__).parents[2] / "index" / "sample" / "questions.jsonl"
STAGES: list[tuple[ModuleType | type, str]] = [
    (ask, "understand"),
    (vector_leg.VectorLeg, "current"),
    (fts5.Fts5, "search"),
    (passages, "found"),
    (retrieve, "_vector_leg"),
    (retrieve, "rank"),
    (respond, "cite"),
    (answers, "put"),
]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    options.add_argument("--questions", type=Path, default=QUESTIONS if QUESTIONS.is_file() else SAMPLE)
    options.add_argument("--asks", type=int, default=1000)
    given = options.parse_args()
    embedder = embedded()
    archive = Archive.open(given.folder, embedder=embedder)
    asked = questions(given.questions)
    for _ in range(10):
        archive.ask(*next(asked)[:1])
    times: list[float] = []
    alone: list[float] = []
    with stages() as spent:
        for _ in range(given.asks):
            words, day = next(asked)
            alone.append(timed(lambda: embedder.embed_question(f"{words} again")))  # noqa: B023  # called at once
            times.append(timed(lambda: archive.ask(words, as_of=day)))  # noqa: B023
    report(archive, times, alone, spent)


def questions(path: Path) -> Iterator[tuple[str, date | None]]:
    """Distinct questions without end: the file's, then the same with a number that no article holds."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    for turn in range(10_000):
        for row in rows:
            day = date.fromisoformat(row["date"]) if row.get("date") else None
            yield (row["question"] if not turn else f"{row['question']} {turn}"), day


def timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


@contextmanager
def stages() -> Iterator[dict[str, list[float]]]:
    """Clock the parts of an ask while it lasts."""
    spent: dict[str, list[float]] = defaultdict(list)
    originals = [(home, name, getattr(home, name)) for home, name in STAGES]
    for home, name, original in originals:
        setattr(home, name, clocked(original, spent[name]))
    yield spent
    for home, name, original in originals:
        setattr(home, name, original)


def clocked(work: Callable[..., Any], spent: list[float]) -> Callable[..., Any]:
    def run(*args: Any, **named: Any) -> Any:
        started = time.perf_counter()
        try:
            return work(*args, **named)
        finally:
            spent.append(time.perf_counter() - started)

    return run


def report(archive: Archive, times: list[float], alone: list[float], spent: dict[str, list[float]]) -> None:
    status = archive.status()
    median, question = statistics.median(times), statistics.median(alone)
    slowest = statistics.quantiles(times, n=100)[98]
    print(f"{status.passages} passages, {status.index_type}; {len(times)} asks")
    print(f"ask: median {median * 1e3:.1f} ms, 99th percentile {slowest * 1e3:.1f} ms ({slowest / median:.2f} times)")
    print(f"embedding the question alone: median {question * 1e3:.1f} ms; the rest: {(median - question) * 1e3:.1f} ms")
    for name, seconds in sorted(spent.items(), key=lambda item: -statistics.median(item[1] or [0.0])):
        if seconds:
            print(f"  {name:12} median {statistics.median(seconds) * 1e3:6.2f} ms")


if __name__ == "__main__":
    main()
