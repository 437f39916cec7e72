"""Reads a web page: the article of the page as plain paragraphs, its metadata as fields.

Called by `index/sources/open.py`, and by `json_records.py` for texts that hold markup. The one home of trafilatura.
What the page says about itself (JSON-LD, meta tags) goes before what trafilatura infers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import lxml.etree  # type: ignore[import-untyped]  # comes with trafilatura
import lxml.html  # type: ignore[import-untyped]
import trafilatura

from index.datatypes import Record
from index.errors import RecordError
from index.sources.decode import decode
from index.sources.fields import named_fields

READER = "html/1"

_META = {
    "title": ("og:title", "twitter:title", "dc.title", "headline"),
    "outlet": ("og:site_name", "application-name"),
    "authors": ("author", "article:author", "dc.creator", "byl", "parsely-author"),
    "published": ("article:published_time", "datepublished", "date", "dc.date", "pubdate", "parsely-pub-date"),
    "url": ("og:url",),
    "label": ("article:section", "section"),
}
# What the parser of fragments stumbles over: tags of whole documents, and what is no character.
_NO_FRAGMENT = re.compile("</?(?:html|body|frameset)\\b[^>]*>|[\ud800-\udfff\x00]", re.IGNORECASE)
_ARTICLE_TYPES = re.compile(r"Article|BlogPosting|LiveBlog|Report", re.IGNORECASE)


def read(data: bytes, *, key: str, name: str) -> Record:
    """The article in the bytes of a page; RecordError where they are no text or hold no article."""
    declared = re.search(rb"""<meta[^>]{1,100}charset=["']?\s*([\w-]+)""", data[:4096], re.IGNORECASE)
    text = decode(data, name=name, key=key, declared=declared[1].decode("ascii") if declared else None)
    tree = _tree(text)
    if tree is None:
        raise RecordError(f"{name} is not an HTML page", source=name, key=key)
    paragraphs, headings = _article(text)
    captions = [caption for caption in _captions(tree) if caption]
    paragraphs = [text for text in paragraphs if text not in captions] + captions
    fields = {**_inferred(text), **_stated(tree)}
    return Record(
        key=key,
        format="html",
        body="\n\n".join(paragraphs),
        fields={**fields, "headings": headings, "captions": captions},
    )


def fragment(markup: str) -> Record:
    """The paragraphs of a piece of markup that is an article and nothing else; key and metadata are empty."""
    tree = lxml.html.fragment_fromstring(_NO_FRAGMENT.sub("", markup), create_parent="div")
    captions = [caption for caption in _captions(tree) if caption]
    for element in tree.xpath(".//script|.//style|.//figcaption"):
        element.drop_tree()
    for element in tree.iter("br", "p", "div", "li", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "tr"):
        element.tail = "\n\n" + (element.tail or "") if element.tag != "br" else "\n" + (element.tail or "")
    headings = [_words(element) for element in tree.xpath(".//h1|.//h2|.//h3|.//h4|.//h5|.//h6")]
    body = re.sub(r"[^\S\n]+", " ", "".join(tree.itertext()))
    body = "\n\n".join([*filter(None, (part.strip() for part in re.split(r"\n\s*\n", body))), *captions])
    return Record(key="", format="html", body=body, fields={"headings": headings, "captions": captions})


def _tree(text: str) -> lxml.html.HtmlElement | None:
    try:
        return lxml.html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    except (lxml.etree.LxmlError, ValueError):
        return None


def _article(text: str) -> tuple[list[str], list[str]]:
    """The paragraphs of the article, and those of them that are headings."""
    found = trafilatura.bare_extraction(text, include_comments=False, include_tables=True, with_metadata=False)
    body = getattr(found, "body", None)
    paragraphs: list[str] = []
    headings: list[str] = []
    for element in _blocks(body) if body is not None else ():
        words = _words(element)
        if not words:
            continue
        paragraphs.append(words)
        if element.tag == "head":
            headings.append(words)
    return paragraphs, headings


def _blocks(body: lxml.etree._Element) -> Iterator[lxml.etree._Element]:
    """The innermost blocks of trafilatura's tree, in order."""
    outer = {"p", "head", "item", "quote", "row", "ab", "list", "table", "div"}
    for element in body.iter("p", "head", "item", "quote", "row", "ab"):
        holds_blocks = any(child.tag in outer for child in element.iterdescendants() if isinstance(child.tag, str))
        if not holds_blocks or element.tag == "row":
            inside_row = any(above.tag == "row" for above in element.iterancestors())
            if not inside_row:
                yield element


def _words(element: lxml.etree._Element) -> str:
    return re.sub(r"\s+", " ", " ".join("".join(element.itertext()).split())).strip()


def _captions(tree: lxml.html.HtmlElement) -> list[str]:
    return list(
        dict.fromkeys(_words(element) for element in tree.xpath(".//article//figcaption|.//main//figcaption"))
    ) or [_words(element) for element in tree.xpath(".//figcaption")]


def _inferred(text: str) -> dict[str, Any]:
    """What trafilatura makes of the page's metadata."""
    found = trafilatura.extract_metadata(text)
    if found is None:
        return {}
    authors = [author.strip() for author in (found.author or "").split(";") if author.strip()]
    values = {"title": found.title, "outlet": found.sitename, "published": found.date, "url": found.url}
    return named_fields({**values, "authors": authors, "language": found.language})


def _stated(tree: lxml.html.HtmlElement) -> dict[str, Any]:
    """What the page says in JSON-LD, else in its meta tags."""
    metas: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").lower()
        content = (element.get("content") or "").strip()
        if content and not (name.endswith("author") and content.startswith("http")):
            metas.setdefault(name, []).append(content)
    stated = {ours: metas[name] for ours, names in _META.items() for name in reversed(names) if name in metas}
    canonical = tree.xpath("string(.//link[@rel='canonical']/@href)")
    stated |= {"url": [str(canonical)]} if str(canonical).startswith("http") else {}
    stated |= {"language": [tree.get("lang")]} if tree.get("lang") else {}
    return {**named_fields(stated), **_linked_data(tree)}


def _linked_data(tree: lxml.html.HtmlElement) -> dict[str, Any]:
    """The fields of the first article in the page's JSON-LD."""
    for script in tree.xpath(".//script[@type='application/ld+json']"):
        try:
            content = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue  # broken JSON-LD is common; the meta tags say the same
        for item in _items(content):
            if _ARTICLE_TYPES.search(str(item.get("@type", ""))):
                item = {
                    key: value for key, value in item.items() if key not in ("source", "text", "articleBody", "name")
                }
                fields = named_fields(item)
                fields.pop("text", None)
                return fields
    return {}


def _items(content: object) -> Iterator[Mapping[str, Any]]:
    for item in content if isinstance(content, list) else [content]:
        if isinstance(item, dict):
            yield item
            yield from (child for child in item.get("@graph", ()) if isinstance(child, dict))
