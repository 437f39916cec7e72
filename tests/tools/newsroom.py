"""A small newsroom for tests: writes articles as files, opens archives over them with the deterministic embedder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from word_embedder import WordEmbedder

from index.archive import Archive
from index.datatypes import IndexReport, Options, Submission

FERRY = (
    "The ferry to Sandholm will stop running on 3 May, the harbour board said on Monday. "
    "The last boat leaves at 9 p.m. and carries 212 passengers.\n\n"
    "“We have no captain left who knows the channel,” said Greta Holm, the board's chair. "
    "She did not say when the line might return.\n\n"
    "The board has not sold the boat. It lies at the old quay, where children feed the gulls."
)
BRIDGE = (
    "The swing bridge at Oldport was opened by Mayor Tomas Reck on Friday, two years late.\n\n"
    "It cost 41 million crowns, nearly twice the first estimate, according to the city treasurer. "
    "Lorries over 12 tonnes are not allowed on it.\n\n"
    "“A bridge is a promise made of steel,” Reck said. “This one took us a little longer to keep.”"
)
BAKERY = (
    "A bakery in Mill Lane has won the national prize for rye bread.\n\n"
    "Its owner, Imke Sand, bakes 300 loaves a night with flour from a windmill built in 1794. "
    "The jury praised the crust."
)


def article(title: str, text: str, *, published: str | None = "2026-03-02", **fields: Any) -> dict[str, Any]:
    return {"title": title, "text": text, "published": published, "outlet": "The Oldport Mail", **fields}


def write(folder: Path, name: str, title: str, text: str, **fields: Any) -> Path:
    path = folder / f"{name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(article(title, text, **fields), ensure_ascii=False), "utf-8")
    return path


def three_stories(folder: Path) -> Path:
    write(
        folder, "ferry", "Ferry to Sandholm stops in May", FERRY, url="https://mail.example/ferry", authors=["Ada Venn"]
    )
    write(folder, "bridge", "Swing bridge opens two years late", BRIDGE, published="2026-02-20")
    write(folder, "bakery", "Rye bread prize for Mill Lane", BAKERY, published="2025-11-08")
    return folder


def open_archive(folder: Path, **options: Any) -> Archive:
    return Archive.open(folder / "data", options=Options(**options), embedder=WordEmbedder())


def submit(archive: Archive, path: Path) -> IndexReport:
    """Submit a file as an editor does, and take it in."""
    archive.submit(Submission(path.name, path.name, path.read_bytes()))
    return archive.take()
