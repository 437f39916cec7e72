"""An element's text, value and classes, as all readers of markup take them."""

from __future__ import annotations

import html
import re

from lxml.html import HtmlElement as Element  # type: ignore[import-untyped]  # comes with trafilatura


def words(element: Element) -> str:
    """An element's text on one line."""
    return " ".join("".join(element.itertext()).split())


def value_of(element: Element) -> str:
    """What an element with itemprop says: its attribute, the name of the thing it holds, or its text."""
    named = element.xpath(".//*[@itemprop='name']") if element.get("itemscope") is not None else []
    source = named[0] if named else element
    return plain(source.get("content") or source.get("datetime") or words(source))


def has_class(element: Element, wanted: re.Pattern[str]) -> bool:
    """Whether a word of the element's classes is one of those wanted."""
    return any(wanted.fullmatch(word) for word in re.split(r"[\s_-]+", str(element.get("class", "")).lower()) if word)


def plain(text: str) -> str:
    """A value without the character references and tags that some sites leave in it, on one line."""
    if "&" in text:
        text = html.unescape(html.unescape(text))
    if "<" in text:
        text = re.sub(r"</?[a-zA-Z][^<>]{0,80}>", "", text)
    return " ".join(text.split())
