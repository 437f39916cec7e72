"""Reads an article in IPTC NITF: what stands in its head and around its body are fields, the rest is the article.

Called by `dispatch.py`, and by `newsml.py` for the NITF inside a NewsML-G2 item.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from index.datatypes import Facts, Record
from index.errors import RecordError
from index.sources.input import rights
from index.sources.input.fields import named_fields
from index.sources.input.xml_tree import Element, as_html, child, children, local, parse, words

READER = "nitf/1"

# The body is HTML but for these; what is dropped describes files and machines.
_HTML = {
    **{"hl1": "h2", "hl2": "h3", "bq": "blockquote", "block": "div", "media-caption": "figcaption"},
    **{"media-producer": "figcaption", "media-metadata": "drop", "media-object": "drop", "media-reference": "drop"},
    **{"nitf-table-metadata": "drop", "custom-table": "div", "fn": "div", "note": "div", "pronounce": "drop"},
    **{"copyrite": "p", "credit": "p", "datasource": "p"},
}


def read(data: bytes, *, key: str, name: str) -> Record:
    """The article in the bytes of a NITF file.

    RecordError where it is no XML or has no body, RecordWithheld where it was killed or is under embargo.
    """
    root = parse(data, name=name, key=key)
    nitf = root if local(root) == "nitf" else None
    if nitf is None:
        raise RecordError(f"{name} is not NITF", source=name, key=key)
    _check_rights(nitf, key, name)
    body, fields = article(nitf)
    if not body:
        raise RecordError(f"{name} has no text", source=name, key=key)
    return Record(key=key, format="nitf", body=body, fields=fields)


def article(nitf: Element) -> tuple[str, Facts]:
    """The text and the fields of a <nitf> element, "" where it has no text."""
    from index.sources.pages.web_page import fragment  # here, because it loads an HTML parser

    fields: Facts = {**named_fields(_docdata(nitf)), **named_fields(_body_head(nitf))}
    parts = list(_before_text(nitf))
    content = child(nitf, "body", "body.content")
    if content is None:
        return "", fields
    page = fragment(as_html(content, _HTML))
    decks = [words(deck) for deck in children(nitf, "body", "body.head", "hedline", "hl2")]
    after = [words(one) for one in children(nitf, "body", "body.end", "tagline")]
    headings = [*filter(None, decks), *page.fields["headings"]]
    body = "\n\n".join(filter(None, [*parts, page.body, *after])) if page.body.strip() else ""
    return body, {**fields, "headings": headings, "captions": page.fields["captions"]}


def _before_text(nitf: Element) -> Iterator[str]:
    """Deck and dateline, which stand above the text."""
    head = child(nitf, "body", "body.head")
    yield from (words(deck) for deck in children(head, "hedline", "hl2"))
    yield from (words(one) for one in children(head, "dateline"))


def _docdata(nitf: Element) -> dict[str, Any]:
    """What the head says."""
    head, docdata = child(nitf, "head"), child(nitf, "head", "docdata")
    pubdata = child(nitf, "head", "pubdata")
    metas = {one.get("name", "").lower(): one.get("content", "") for one in children(head, "meta")}
    issued = [one.get("norm", "") for tag in ("date.issue", "date.release") for one in children(docdata, tag)]
    printed = pubdata.get("date.publication", "") if pubdata is not None else ""
    kinds = [one.get("tobject.property.type", "") for one in children(head, "tobject", "tobject.property")]
    return {
        "title": words(child(head, "title")),
        "published": next(filter(None, [*issued, printed, metas.get("date", "")]), ""),
        "language": nitf.get("{http://www.w3.org/XML/1998/namespace}lang") or metas.get("language", ""),
        "outlet": (pubdata.get("name", "") if pubdata is not None else "") or metas.get("publisher", ""),
        "url": next(filter(None, (metas.get(one, "") for one in ("canonical", "url", "link"))), ""),
        "label": _label(pubdata, kinds),
    }


def _label(pubdata: Element | None, kinds: list[str]) -> str:
    section = pubdata.get("position.section", "") if pubdata is not None else ""
    return next((kind for kind in kinds if kind.lower() in ("opinion", "editorial", "commentary", "column")), section)


def _body_head(nitf: Element) -> dict[str, Any]:
    """What stands above the text."""
    head = child(nitf, "body", "body.head")
    headline = child(head, "hedline", "hl1")
    distributor = child(head, "distributor", "org")
    return {
        "title": words(headline),
        "authors": [name for byline in children(head, "byline") for name in _names(byline)],
        "agency": words(distributor) if distributor is not None else words(child(head, "distributor")),
    }


def _names(byline: Element) -> list[str]:
    """The persons that a byline marks, else its words without the titles of persons."""
    people = [words(one) for one in byline.iter() if local(one) == "person"]
    if people:
        return people
    titles = [words(one) for one in byline.iter() if local(one) == "byttl"]
    text = words(byline)
    for title in filter(None, titles):
        text = text.replace(title, "").strip(" ,")
    return [text] if text else []


def _check_rights(nitf: Element, key: str, name: str) -> None:
    docdata = child(nitf, "head", "docdata")
    if docdata is None:
        return
    notice, release, expiry, ident = (
        child(docdata, tag) for tag in ("ed-msg", "date.release", "date.expire", "doc-id")
    )
    rights.check(
        key=key,
        name=name,
        title=words(child(nitf, "body", "body.head", "hedline", "hl1")),
        story=ident.get("id-string", "") if ident is not None else "",
        status=docdata.get("management-status", ""),
        notice=f"{notice.get('info', '')} {words(notice)}" if notice is not None else "",
        embargo=release.get("norm", "") if release is not None else "",
        expiry=expiry.get("norm", "") if expiry is not None else "",
    )
