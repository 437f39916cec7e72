"""Reads articles in IPTC NewsML-G2: one news item, or a message of many, item by item.

Called by `dispatch.py`. Items that are no text (pictures, graphics, packages) are left out. An article is named by the
item's guid, so that it stays the same article over its versions.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from functools import partial

from index.datatypes import Facts, RawRecord, Record
from index.errors import RecordError
from index.sources.input import rights
from index.sources.input.fields import named_fields
from index.sources.input.xml_items import Piece, namespaces
from index.sources.input.xml_tree import Element, as_html, child, children, declared_encoding, local, parse, words
from index.sources.newsroom import nitf

READER = "newsml/1"

_GUID = re.compile(rb"""<[^>]*?\bguid\s*=\s*["']([^"']{1,500})["']""")
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def records(pieces: Iterable[Piece], *, key: str) -> Iterator[RawRecord | RecordError]:
    """The text items of a NewsML-G2 file that was cut at its items."""
    declared, around = None, ""
    number = 0
    for piece in pieces:
        if piece.kind == "head":
            declared, around = declared_encoding(piece.data[:200]), namespaces(piece.data)
            continue
        number += 1
        name = f"{key} item {number}"
        guid = _guid(piece.data)
        own = f"{key}#{guid}" if guid else key
        if piece.kind != "item":
            yield RecordError(f"{name} {piece.complaint}", source=name, key=own)
            continue
        digest = hashlib.sha256(f"{READER}\n".encode() + piece.data).hexdigest()
        own = own if guid else f"{key}#{digest}"
        try:
            item = child(parse(piece.data, name=name, key=own, declared=declared, namespaces=around), "newsItem")
        except RecordError as error:
            yield error
            continue
        if item is not None and _is_text(item):
            yield RawRecord(own, digest, name, partial(_load, item, guid, key=own, name=name))


def _guid(data: bytes) -> str:
    match = _GUID.match(data)
    return match[1].decode("utf-8", "backslashreplace").strip() if match else ""


def _is_text(item: Element) -> bool:
    """Whether an item is of text, as its class says; one without a class is."""
    kind = child(item, "itemMeta", "itemClass")
    return kind is None or re.fullmatch(r"(?:\w+:)?(?:text|)", kind.get("qcode", "")) is not None


def _load(item: Element, guid: str, *, key: str, name: str) -> Record:
    meta, content = child(item, "itemMeta"), child(item, "contentMeta")
    fields = named_fields(_stated(item, meta, content))
    status = child(meta, "pubStatus")
    rights.check(
        key=key,
        name=name,
        title=fields.get("title", ""),
        story=guid,
        status=status.get("qcode", "") or status.get("uri", "") if status is not None else "",
        notice=words(child(meta, "edNote")),
        embargo=words(child(meta, "embargoed")),
    )
    body, inner = _content(child(item, "contentSet"))
    if not body:
        raise RecordError(f"{name} has no text", source=name, key=key)
    return Record(key=key, format="newsml", body=body, fields={**inner, **fields})


def _stated(item: Element, meta: Element | None, content: Element | None) -> Facts:
    headlines = children(content, "headline")
    main = next((one for one in headlines if "main" in one.get("role", "")), next(iter(headlines), None))
    provider = _named(child(meta, "provider"))
    credit = words(child(content, "creditline"))
    issued = [words(child(meta, tag)) for tag in ("firstCreated", "versionCreated")]
    issued.insert(0, words(child(content, "contentCreated")))
    return {
        "title": words(main) or words(child(meta, "title")),
        "outlet": provider or _named(child(content, "infoSource")),
        "agency": credit if credit != provider else "",
        "authors": _authors(content),
        "contributors": [_named(one) for one in children(content, "contributor")],
        "published": next(filter(None, issued), ""),
        "language": _language(item, content),
        "url": _link(meta),
        "label": _label(content),
    }


def _authors(content: Element | None) -> list[str]:
    """The byline as printed, else the persons who are named as creators."""
    bylines = [words(one) for one in children(content, "by")]
    people = [one for one in children(content, "creator") if one.get("type", "").endswith(("person", "cpnat:person"))]
    return [*filter(None, bylines)] or [*filter(None, map(_named, people))]


def _named(element: Element | None) -> str:
    """What a party is called: its name, its literal, or what stands behind the colon of its code."""
    if element is None:
        return ""
    name = words(child(element, "name"))
    return name or element.get("literal", "") or element.get("qcode", "").rpartition(":")[2]


def _language(item: Element, content: Element | None) -> str:
    language = child(content, "language")
    return (language.get("tag", "") if language is not None else "") or item.get(_LANG, "")


def _link(meta: Element | None) -> str:
    """The address of the article on the web."""
    links = [one.get("href", "") for one in children(meta, "link") if "previous" not in one.get("rel", "").lower()]
    return next((link for link in links if link.startswith(("http://", "https://"))), "")


def _label(content: Element | None) -> str:
    """The genre where it says something, else the first subject with a name."""
    genres = [_named(one) for one in children(content, "genre")]
    return next((one for one in genres if one.lower() in ("opinion", "editorial", "column", "commentary")), "")


def _content(contents: Element | None) -> tuple[str, Facts]:
    """The text of the first rendition that can be read, and what stands around it."""
    from index.sources.pages.web_page import fragment  # here, because it loads an HTML parser

    for one in contents if contents is not None else ():
        inner = next(iter(one), None)
        if local(one) == "inlineXML" and inner is not None:
            if local(inner) == "nitf":
                body, fields = nitf.article(inner)
            else:
                main = child(inner, "body")
                page = fragment(as_html(main if main is not None else inner, {}))
                body, fields = page.body, Facts(**page.fields)
            if body.strip():
                return body, fields
        if local(one) == "inlineData" and one.get("encoding", "") == "":
            text = "".join(one.itertext()).strip()
            if "html" in one.get("contenttype", ""):
                page = fragment(" ".join(text.split()))
                text, fields = page.body, Facts(**page.fields)
                return text, fields
            if text:
                return text, {}
    return "", {}
