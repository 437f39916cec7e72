"""Reads the entries of a live blog, each with its own time, from a page's elements or from its linked data.

Called by `page_body.py`. It must not know the rest of the page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement as Element  # type: ignore[import-untyped]  # comes with trafilatura

from index.sources.markup import words

_ENTRY_CLASS = re.compile(r"live-?blog-?\w*|live|ticker-?\w*|timeline|key-?event|entry|update|post|item")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its time as printed ("14:32"), its moment (ISO 8601, "" where unknown), subheads, paragraphs."""

    clock: str
    moment: str
    headings: tuple[str, ...]
    paragraphs: tuple[str, ...]


def entries(tree: Element) -> list[Entry]:
    """The entries of a live blog as the page shows them: repeated elements that hold a time."""
    marked = tree.xpath("//*[@itemprop='liveBlogUpdate']")
    if len(marked) < 2:
        timed = [element for element in tree.iter("article", "li", "section", "div") if element.xpath(".//time")]
        timed = [one for one in timed if _is_entry(one) and not any(_is_entry(e) for e in one.iterancestors())]
        marked = timed
    found = []
    for element in marked if len(marked) > 1 else ():
        time = next(iter(element.xpath(".//time")), None)
        heads = [text for one in element.iter("h2", "h3", "h4") if (text := words(one))]
        blocks = [one for one in element.iter("p", "li", "blockquote") if not one.xpath(".//p|.//li") and words(one)]
        paragraphs = [words(one) for one in blocks if time is None or time not in list(one.iter())]
        if time is not None and paragraphs:
            found.append(_entry(words(time), str(time.get("datetime", "")), heads, paragraphs))
    return found


def _is_entry(element: Element) -> bool:
    """Whether an element is one of a live blog's entries: by its class, among others like it, with time and text."""
    name = str(element.get("class", "")).lower()
    parent = element.getparent()
    if parent is None or not any(_ENTRY_CLASS.fullmatch(word) for word in name.split()) or not element.xpath(".//p"):
        return False
    like = [one for one in parent if isinstance(one.tag, str) and one.get("class") == element.get("class")]
    return len(like) > 1 and len(element.xpath(".//time")) <= 2


def from_updates(updates: Sequence[tuple[str, str, str]]) -> list[Entry]:
    """The entries as linked data gives them: (moment, headline, text)."""
    found = []
    for moment, headline, text in updates:
        lines = [" ".join(line.split()) for line in re.split(r"\n+", text)]
        found.append(_entry("", moment, [headline] if headline else [], [line for line in lines if line]))
    return found


def _entry(shown: str, moment: str, heads: Sequence[str], paragraphs: Sequence[str]) -> Entry:
    clock = re.search(r"T(\d{2}:\d{2})", moment)
    dated = any(sign.isdigit() for sign in shown)  # "2 minutes ago" and "now" were true once
    told = shown if dated and not re.search(r"\bago\b|\bvor\b|hace|назад", shown) else ""
    return Entry(told or (clock[1] if clock else shown), moment, tuple(heads), tuple(paragraphs))
