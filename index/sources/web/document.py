"""What a document of the web is: feed, sitemap, page or something else, by its first bytes.

Called where a list is read, so that a wrong kind is told with the right one, and for addresses typed at the terminal.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from index.sources.input.decode import encoding, is_binary


class Form(StrEnum):
    """The forms that are distinguished."""

    FEED = "feed"  # RSS or Atom
    JSON_FEED = "json feed"
    SITEMAP = "sitemap"
    INDEX = "index"  # a sitemap of sitemaps
    PAGE = "page"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Document:
    """The form, what a person calls it, and of a page the feed that it names."""

    form: Form
    words: str
    feed: str = ""


_ROOTS = {
    "rss": (Form.FEED, "an RSS feed"),
    "rdf": (Form.FEED, "an RSS feed"),
    "feed": (Form.FEED, "an Atom feed"),
    "urlset": (Form.SITEMAP, "a sitemap"),
    "sitemapindex": (Form.INDEX, "a sitemap index"),
    "html": (Form.PAGE, "a web page"),
}
_ABOVE = re.compile(r"\s*(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\])?[^>]*>)", re.DOTALL | re.IGNORECASE)
_ROOT = re.compile(r"\s*<(?:[\w.-]+:)?([A-Za-z][\w.-]*)")
_JSON_FEED = re.compile(r'"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org')
_LINK = re.compile(r"<link\b[^>]{0,500}>", re.IGNORECASE)
_MAGIC = {b"%PDF-": "a PDF file", b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture", b"GIF8": "a picture"}
_HTML = re.compile(r"<(?:!doctype html|html|head|body|title|meta)\b", re.IGNORECASE)


def recognise(data: bytes, media: str = "") -> Document:
    """What a document is; `media` is the type that the server named."""
    if not data.strip():
        return Document(Form.OTHER, "an empty document")
    named = next((words for magic, words in _MAGIC.items() if data.startswith(magic)), "")
    if named or (is_binary(data) and b"\0" not in data[:64]):
        return Document(Form.OTHER, named or "binary data")
    head = data[:65_536].decode(encoding(data[:4_096]), "replace").lstrip("\ufeff \r\n\t")
    if head.startswith(("{", "[")):
        is_feed = bool(_JSON_FEED.search(head))
        return Document(Form.JSON_FEED, "a JSON feed") if is_feed else Document(Form.OTHER, "JSON, but no feed")
    if _is_list_of_addresses(head):
        return Document(Form.SITEMAP, "a list of addresses")
    form, words = _by_root(head, media)
    return Document(form, words, _feed_of(head) if form is Form.PAGE else "")


def _by_root(head: str, media: str) -> tuple[Form, str]:
    rest, above = head, ""
    while match := _ABOVE.match(rest):
        above, rest = above + match[0], rest[match.end() :]
    root = _ROOT.match(rest)
    name = root[1].lower() if root else ""
    if name in _ROOTS:
        return _ROOTS[name]
    if _HTML.search(above + rest[:4_096]) or (root and media in ("text/html", "application/xhtml+xml")):
        return _ROOTS["html"]
    if root and ("<?xml" in above or media.endswith("xml")):
        return Form.OTHER, f"XML of another kind (<{root[1][:30]}>)"
    return Form.OTHER, "plain text" if media in ("", "text/plain") else media


def _is_list_of_addresses(head: str) -> bool:
    lines = [line.strip() for line in head.splitlines()[:20] if line.strip()]
    return bool(lines) and all(line.startswith(("http://", "https://")) and " " not in line for line in lines)


def _feed_of(head: str) -> str:
    """The address of the feed that a page names, as it stands there."""
    for link in _LINK.findall(head):
        if re.search(r"alternate", link, re.IGNORECASE) and re.search(r"(?:rss|atom)\+xml|feed\+json", link):
            match = re.search(r"""href\s*=\s*["']?([^"'\s>]+)""", link, re.IGNORECASE)
            if match:
                return match[1]
    return ""
