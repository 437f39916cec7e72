"""Articles to measure with: real news where it lies beside the project, otherwise the sample archive over and over."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

NEWS = Path(__file__).parents[3] / "shared" / "newsqa" / "articles.jsonl.gz"
SAMPLE = Path(__file__).parents[2] / "index" / "sample" / "articles"


def some_articles(folder: Path, given: Path | None, count: int) -> Path:
    """A JSONL of `count` articles, spread evenly over the collection."""
    lines = _lines(given or NEWS) if (given or NEWS).is_file() else _sample(count)
    chosen = lines[:: max(1, len(lines) // count)][:count]
    path = folder / "articles.jsonl"
    path.write_text("\n".join(chosen), "utf-8")
    return path


def _lines(path: Path) -> list[str]:
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode()
    return [line.strip() for line in text.splitlines() if line.strip()]


def _sample(count: int) -> list[str]:
    texts = [path.read_text("utf-8") for path in sorted(SAMPLE.glob("*.txt"))]
    return [
        json.dumps({"title": f"Article {n}", "text": texts[n % len(texts)], "url": f"https://sample.example/{n}"})
        for n in range(count)
    ]
