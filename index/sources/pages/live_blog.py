"""Reads the entries of a live blog, each with its own time, from a page's elements or from its linked data.

Called by `body.py`. It must not know the rest of the page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement as Element  # type: ignore[import-untyped]  # comes with trafilatura

from index.sources.pages.markup import words

_ENTRY_CLASS = re.compile(r"live-?blog-?\w*|live|ticker-?\w*|timeline|key-?event|entry|update|post|item")
_HOLDS_BLOCKS = ".//p|.//li|.//blockquote|.//div|.//h2|.//h3|.//h4|.//figcaption"


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
        marked = _repeated(tree)
    found = []
    for element in marked if len(marked) > 1 else ():
        time = next(iter(element.xpath(".//time")), None)
        heads = [text for one in element.iter("h2", "h3", "h4") if (text := words(one))]
        paragraphs = _paragraphs(element, time)
        if time is not None and paragraphs:
            found.append(_entry(words(time), str(time.get("datetime", "")), heads, paragraphs))
    return found


def _repeated(tree: Element) -> list[Element]:
    """Elements with the class of an entry, among others like them, each with a time: the outermost ones."""
    groups: dict[tuple[Element, str], list[Element]] = {}
    for element in tree.iter("article", "li", "section", "div"):
        name = str(element.get("class", ""))
        parent = element.getparent()
        if parent is not None and any(_ENTRY_CLASS.fullmatch(word) for word in name.lower().split()):
            groups.setdefault((parent, name), []).append(element)
    alike = [element for group in groups.values() if len(group) > 1 for element in group]
    timed = {element for element in alike if 1 <= len(element.xpath(".//time")) <= 2}
    return [one for one in alike if one in timed and not any(above in timed for above in one.iterancestors())]


def _paragraphs(element: Element, time: Element | None) -> list[str]:
    """The innermost blocks of an entry that hold neither its time nor a subhead."""
    blocks = [
        one for one in element.iter("p", "li", "blockquote", "div") if not one.xpath(_HOLDS_BLOCKS) and words(one)
    ]
    if not blocks:
        blocks = [element]
    return [words(one) for one in blocks if time is None or one is element or time not in one.iter("time")]


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
