"""How fast articles are read, sentences and full text included, without vectors; and whether memory stays flat.

python tests/benchmarks/reading.py [--counts 1000 10000] [--bytes 2000]

Writes a folder of plain text files, each an article of its own words, and indexes it in a child process, so that the
peak of its memory is that of one run. Tells articles for each second of the clock and of processor time: on a busy
machine the second says more.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from index.archive import Archive

SAMPLE = Path(__file__).parents[2] / "index" / "sample" / "articles"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--counts", type=int, nargs="+", default=[1_000, 10_000])
    options.add_argument("--bytes", type=int, default=2_000, help="the size of one article")
    options.add_argument("--run", type=Path, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.run:
        print(json.dumps(run(given.run)))
        return
    figures = []
    for count in given.counts:
        with tempfile.TemporaryDirectory() as folder:
            write(Path(folder) / "articles", count, given.bytes)
            told = subprocess.run(
                [sys.executable, __file__, "--run", folder], stdout=subprocess.PIPE, check=True, text=True
            )
        figures.append(json.loads(told.stdout))
        told_line(figures[-1])
    if len(figures) > 1:
        peaks = [one["peak"] for one in figures]
        print(f"peak memory, most / least: {max(peaks) / min(peaks):.3f}")


def told_line(figure: dict[str, float]) -> None:
    count, wall, cpu, peak = (figure[name] for name in ("count", "wall", "cpu", "peak"))
    print(
        f"{count:,.0f} articles: {count / wall:.0f} a second of the clock, {count / cpu:.0f} a second of processor "
        f"time, peak {peak / 1e6:.0f} MB",
        flush=True,
    )


def write(folder: Path, count: int, size: int) -> None:
    """`count` text files of about `size` bytes: sentences of the sample archive, shuffled, with names of their own."""
    sentences = [
        sentence.strip()
        for path in sorted(SAMPLE.glob("*.txt"))
        if " und " not in path.read_text("utf-8")  # one language, as an article is
        for paragraph in path.read_text("utf-8").split("\n\n")[3:]
        for sentence in paragraph.replace("\n", " ").split(". ")
        if len(sentence) > 40
    ]
    chance = random.Random(size)
    folder.mkdir(parents=True)
    for number in range(count):
        body = ""
        while len(body.encode()) < size - 200:
            paragraph = ". ".join(chance.sample(sentences, 3))
            body += f"{paragraph}, item {chance.randrange(10**6)} of the ledger shows.\n\n"
        text = f"Headline {number} of the day\n\nBy Jane Writer{number % 97}\n12 March 2024\n\n{body[:size]}"
        place = folder / f"{number // 500:03}"
        place.mkdir(exist_ok=True)
        (place / f"{number:06}.txt").write_text(text, "utf-8")


def run(folder: Path) -> dict[str, float]:
    """One run over the articles in `folder`, and what it took."""
    archive = Archive.open(folder / "archive")
    started, used = time.perf_counter(), time.process_time()
    report = archive.reindex([folder / "articles"])
    wall, cpu = time.perf_counter() - started, time.process_time() - used
    archive.close()
    assert not report.failures, report.failures[:3]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return {"count": report.added, "wall": wall, "cpu": cpu, "peak": peak}


if __name__ == "__main__":
    main()
