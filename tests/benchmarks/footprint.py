"""Memory and start-up of a serving process: seconds to the first answer, peak memory after many.

python tests/benchmarks/footprint.py ARCHIVE_FOLDER [--asks 500]

Each figure comes from a fresh process. Peak memory is what the system counted as resident at most (ru_maxrss).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]

CHILD = """
import json, resource, sys, time
sys.path[:0] = [{root!r}, {here!r}]
from pathlib import Path
from asking import QUESTIONS, SAMPLE, questions
from index.archive import Archive
from index.vectors.embedder import embedded
archive = Archive.open(Path({folder!r}), embedder=embedded())
asked = questions(QUESTIONS if QUESTIONS.is_file() else SAMPLE)
words, day = next(asked)
archive.ask(words, as_of=day)
first = time.time()
for _ in range({asks} - 1):
    words, day = next(asked)
    archive.ask(words, as_of=day)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
print(json.dumps({{"first": first, "peak": peak}}))
"""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    options.add_argument("--asks", type=int, default=500)
    given = options.parse_args()
    code = CHILD.format(root=str(ROOT), here=str(Path(__file__).parent), folder=str(given.folder), asks=given.asks)
    started = time.time()
    found = json.loads(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout)
    print(f"first answer {found['first'] - started:.2f} s after process start")
    print(f"peak memory after {given.asks} asks: {found['peak'] / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
