"""What indexing costs beside the model: a whole run against the bare `encode` of the same passages.

python tests/benchmarks/indexing.py [--articles FILE] [--count 40] [--pairs 5]

Both sides use the same model object, batch size, number type and threads. Runs alternate (bare, whole, bare, ...) in
one process, so that a slow moment of the machine meets both; the figure is the median of the pairs' ratios.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path

from corpus import some_articles

from index.archive import Archive
from index.runs import ingest
from index.store import vectors
from index.store.database import connect
from index.vectors.embedder import embedded


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--articles", type=Path, help="a JSONL of articles (default: real news if at hand)")
    options.add_argument("--count", type=int, default=40)
    options.add_argument("--pairs", type=int, default=5)
    given = options.parse_args()
    embedder = embedded()
    embedder.embed_question("warm")
    with tempfile.TemporaryDirectory() as folder:
        source = some_articles(Path(folder), given.articles, given.count)
        texts = embedded_texts(Path(folder) / "texts", source)
        ratios = []
        for pair in range(given.pairs):
            bare = timed_bare(embedder, texts)
            whole = timed_whole(embedder, Path(folder) / f"archive-{pair}", source)
            ratios.append(whole / bare)
            print(f"pair {pair + 1}: bare {bare:.2f} s, whole {whole:.2f} s, ratio {whole / bare:.3f}", flush=True)
    print(f"{len(texts)} passages; indexing / bare encode: median {statistics.median(ratios):.3f}")


def embedded_texts(folder: Path, source: Path) -> list[str]:
    """The very texts that a run over `source` embeds."""
    archive = Archive.open(folder)
    archive.reindex([source])
    with connect(folder / "archive.db") as db:
        queue = vectors.queue(db, -1, {"en", "und"})
        waiting = [one for start in range(0, len(queue), 500) for one in vectors.texts(db, queue[start : start + 500])]
    return [ingest.embedded_text(one.title, one.text) for one in waiting]


def timed_bare(embedder: object, texts: list[str]) -> float:
    import torch

    model, size, threads = embedder._model, embedder._batch_size, embedder._passage_threads  # type: ignore[attr-defined]
    torch.set_num_threads(threads)
    started = time.perf_counter()
    model.encode(texts, batch_size=size, normalize_embeddings=True, show_progress_bar=False)
    return time.perf_counter() - started


def timed_whole(embedder: object, folder: Path, source: Path) -> float:
    started = time.perf_counter()
    archive = Archive.open(folder, embedder=embedder)  # type: ignore[arg-type]
    archive.reindex([source])
    archive.close()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
