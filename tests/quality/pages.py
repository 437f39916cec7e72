"""How well pages are read: `python -m tests.quality.pages [NAME ...]` prints every difference and the shares.

Each page of `tests/index/sources/pages/specimens/` has a .toml in `expected/` with what a reader of the page would
say it is. Text is compared as a multiset of words: those labelled prose, subhead, or credit in the page's own text
against those that were expected.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.clean.article import clean
from index.datatypes import Label, Manuscript
from index.sources.pages import web_page

PAGES = Path(__file__).parents[1] / "index" / "sources" / "pages" / "specimens"
FIELDS = ("title", "date", "outlet", "authors", "label", "lang", "url", "agency", "moment", "origin")
_ALWAYS = {"authors", "label"}  # compared also where nothing is expected


@dataclass(frozen=True, slots=True)
class Reading:
    """One page as it was read: `wrong` maps a field to (expected, found), `f1` compares the text, by words."""

    name: str
    wrong: dict[str, tuple[Any, Any]]
    f1: float
    lost: tuple[str, ...]
    extra: tuple[str, ...]


def names() -> list[str]:
    """The pages there are."""
    return sorted(path.stem for path in PAGES.rglob("*.html"))


def _file(name: str) -> Path:
    return next(PAGES.rglob(name))


def manuscript(name: str) -> Manuscript:
    """The page as the archive reads it."""
    return clean(web_page.read(_file(f"{name}.html").read_bytes(), key=f"{name}.html", name=f"{name}.html"))


def read(name: str) -> Reading:
    """Read a page and compare it with what is expected of it."""
    expected = tomllib.loads(_file(f"{name}.toml").read_text("utf-8"))
    paper = manuscript(name)
    found = _found(paper)
    wrong = {
        field: (expected.get(field), found[field])
        for field in FIELDS
        if (field in expected or field in _ALWAYS) and not _equal(field, expected.get(field), found[field])
    }
    text = _shown(paper)
    want, got = _words(expected["text"]), _words(text)
    common = (want & got).total()
    f1 = 2 * common / (want.total() + got.total()) if common else 0.0
    given, kept = set(_lines(expected["text"])), set(_lines(text))
    return Reading(name, wrong, f1, tuple(sorted(given - kept)), tuple(sorted(kept - given)))


def shares(readings: list[Reading]) -> dict[str, float]:
    """For each field the share of pages that have it right, and the mean text F1 as "text"."""
    found = {field: sum(field not in one.wrong for one in readings) / len(readings) for field in FIELDS[:5]}
    return {**found, "text": sum(one.f1 for one in readings) / len(readings)}


def _found(paper: Manuscript) -> dict[str, Any]:
    metadata = paper.metadata
    return {
        "title": metadata.title,
        "date": str(metadata.published),
        "outlet": metadata.outlet,
        "authors": list(metadata.authors),
        "label": metadata.label and metadata.label.value,
        "lang": metadata.lang,
        "url": metadata.url,
        "agency": metadata.agency,
        "moment": metadata.published_at and metadata.published_at.isoformat(),
        "origin": metadata.date_origin.value,
    }


def _equal(field: str, expected: Any, found: Any) -> bool:
    if field == "authors":
        return list(expected or []) == found
    return bool(expected == found)


def _shown(paper: Manuscript) -> str:
    title = re.sub(r"\W", "", paper.metadata.title).casefold()
    parts = [one.span.of(paper.text) for one in paper.labels if one.label in (Label.PROSE, Label.HEADING)]
    return "\n\n".join(part for part in parts if re.sub(r"\W", "", part).casefold() != title)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[\u4e00-\u9fff]|\w+", text))


def main() -> None:
    """Print what differs, page by page, then the shares."""
    chosen = [read(name) for name in sys.argv[1:] or names()]
    for one in chosen:
        if one.wrong or one.f1 < 0.999:
            print(f"{one.name}: F1 {one.f1:.3f}")
            for field, (expected, found) in one.wrong.items():
                print(f"    {field}: {expected!r} expected, {found!r} found")
            for sign, lines in (("lost", one.lost), ("extra", one.extra)):
                for line in lines:
                    print(f"    {sign}: {line[:110]}")
    print(", ".join(f"{field} {share:.3f}" for field, share in shares(chosen).items()), f"over {len(chosen)} pages")


if __name__ == "__main__":
    main()
