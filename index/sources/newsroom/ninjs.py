"""Reads an article in IPTC ninjs, versions 1 to 3: a JSON object of its own vocabulary.

Called by `json_records.py` for an object that `is_item`. It must not know files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from index.datatypes import Facts, Record
from index.errors import RecordError
from index.sources.input import rights
from index.sources.input.fields import named_fields

_MARKS = {
    *("body_html", "body_text", "body_xhtml", "bodies", "pubstatus", "versioncreated", "representationtype"),
    *("headlines", "firstcreated", "usageterms", "copyrightholder", "contentcreated"),
}


def is_item(member: object) -> bool:
    """Whether a JSON object is a ninjs item: it has a uri and fields that only ninjs has."""
    return isinstance(member, Mapping) and isinstance(member.get("uri"), str) and bool(_MARKS & set(member))


def has_expired(member: object) -> bool:
    """Whether an item may not be used any more: part of its digest, because its bytes do not change by then."""
    return is_item(member) and isinstance(member, Mapping) and rights.has_expired(_text(member.get("expires")))


def record(member: Mapping[str, Any], *, key: str, name: str) -> Record:
    """The article of an item. RecordError where it has no text, RecordWithheld where it may not be served."""
    fields = named_fields(_stated(member))
    rights.check(
        key=key,
        name=name,
        title=fields.get("title", ""),
        story=str(member.get("uri", "")),
        status=_text(member.get("pubstatus")),
        notice=_text(member.get("ednote")),
        embargo=_text(member.get("embargoed")),
        expiry=_text(member.get("expires")),
    )
    kind = _text(member.get("type")).lower()
    if kind not in ("", "text", "composite"):
        raise RecordError(f"{name} is no text but of type {kind}", source=name, key=key)
    body, inner = _body(member)
    if not body.strip():
        raise RecordError(f"{name} has no text", source=name, key=key)
    captions = [*inner.get("captions", ()), *_captions(member)]
    body = "\n\n".join([body, *(caption for caption in _captions(member) if caption not in body)])
    return Record(key=key, format="ninjs", body=body, fields={**inner, **fields, "captions": captions})


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _mappings(value: object) -> list[Mapping[str, Any]]:
    """The objects in a list, or the values of an object: version 1 has one, later versions the other."""
    members: Iterable[object] = (
        value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    )
    return [one for one in members if isinstance(one, Mapping)]


def _chosen(value: object, *roles: str) -> str:
    """The text of the member whose role is the first of `roles` that is there, else of the first."""
    members = _mappings(value)
    for role in roles:
        for one in members:
            if role in _text(one.get("role")).lower():
                return _text(one.get("value"))
    return _text(members[0].get("value")) if members else ""


def _stated(member: Mapping[str, Any]) -> Facts:
    sources = [_text(one.get("name")) for one in _mappings(member.get("infosources"))]
    holder = member.get("copyrightholder")
    outlet = [_text(member.get("source")), *sources, _text(member.get("provider")), _text(holder)]
    outlet.append(_text(holder.get("name")) if isinstance(holder, Mapping) else "")
    times = [_text(member.get(one)) for one in ("firstpublished", "contentcreated", "firstcreated", "versioncreated")]
    title = _chosen(member.get("headlines"), "main") or _text(member.get("headline")) or _text(member.get("title"))
    return {
        "title": title,
        "authors": _authors(member),
        "outlet": next(filter(None, outlet), ""),
        "published": next(filter(None, times), ""),
        "url": _link(member),
        "language": _text(member.get("language")),
        "label": _label(member),
    }


def _authors(member: Mapping[str, Any]) -> list[str]:
    byline = _text(member.get("byline")) or _text(member.get("by"))
    if byline:
        return [byline]
    named = [*_mappings(member.get("bylines")), *_mappings(member.get("authors"))]
    return [_text(one.get("name")) or _text(one.get("value")) or _text(one.get("byline")) for one in named]


def _link(member: Mapping[str, Any]) -> str:
    """The address on the web: the uri itself only where it is one."""
    renditions = [_text(one.get("href")) for one in _mappings(member.get("links"))]
    places = [_text(member.get("url")), *renditions, _text(member.get("uri"))]
    return next((place for place in places if re.match(r"https?://", place)), "")


def _label(member: Mapping[str, Any]) -> str:
    kinds = [*_mappings(member.get("genres")), *_mappings(member.get("genre"))]
    names = [_text(one.get("name")) for one in kinds]
    telling = (one for one in names if one.lower() in ("opinion", "editorial", "column", "commentary", "live"))
    return next(telling, _text(member.get("section")))


def _body(member: Mapping[str, Any]) -> tuple[str, Facts]:
    """The text and the headings and captions in it; markup is preferred, because it keeps the paragraphs."""
    from index.sources.pages.web_page import fragment  # here, because it loads an HTML parser

    bodies = _mappings(member.get("bodies"))
    bodies.sort(key=lambda one: ("html" not in _text(one.get("contenttype")), "main" not in _text(one.get("role"))))
    texts = [_text(member.get(one)) for one in ("body_html", "body_xhtml", "body_text")]
    texts = [text for text in (*(_text(one.get("value")) for one in bodies), *texts) if text]
    for text in texts:
        if re.search(r"<(?:p|br|div|h\d|ul|table)\b", text, re.IGNORECASE):
            page = fragment(" ".join(text.split()))
            return page.body, Facts(**page.fields)
        return text, {}
    return "", {}


def _captions(member: Mapping[str, Any]) -> list[str]:
    """What stands under the pictures that belong to the article."""
    pictures = [
        one for one in _mappings(member.get("associations")) if _text(one.get("type")) in ("picture", "graphic")
    ]
    texts = [_text(one.get("description_text")) or _chosen(one.get("descriptions"), "caption") for one in pictures]
    return [" ".join(text.split()) for text in dict.fromkeys(texts) if text]
