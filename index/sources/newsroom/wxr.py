"""Reads a WordPress export (WXR), post by post; an RSS file with whole articles is read likewise.

Called by `dispatch.py`. Published posts are articles. Pages (imprint, contact), attachments, menus and revisions are
not; neither are drafts, private posts and those behind a password: such a one that was published before goes.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from functools import partial
from typing import Any

from index.datatypes import RawRecord, Record
from index.errors import RecordError, RecordWithheld
from index.sources.input.fields import named_fields
from index.sources.input.xml_items import Piece, namespaces
from index.sources.input.xml_tree import Element, child, children, declared_encoding, local, parse, words

READER = "wxr/1"

# The post types of articles; newsrooms' themes add some of their own besides WordPress' "post".
_ARTICLES = frozenset(
    {"post", "article", "articles", "news", "story", "stories", "opinion", "column", "review", "interview", "liveblog"}
)
_TELLING = re.compile(r"opinion|editorial|comment|column|sponsor|advertorial|partner|live|correction", re.IGNORECASE)


@dataclass(slots=True)
class _Site:
    """What the head of an export says: declarations, the site's name and language, its authors by login."""

    declared: str | None = None
    around: str = ""
    title: str = ""
    language: str = ""
    authors: dict[str, str] = field(default_factory=dict)


def records(pieces: Iterable[Piece], *, key: str) -> Iterator[RawRecord | RecordError]:
    """The published posts of an export that was cut at its items."""
    site = _Site()
    number = 0
    for piece in pieces:
        if piece.kind == "head":
            site = _site(piece.data, key)
            continue
        number += 1
        name = f"{key} item {number}"
        if piece.kind != "item":
            yield RecordError(f"{name} {piece.complaint}", source=name, key=_key_of(piece.data, key))
            continue
        found = _post(piece.data, site, key, name)
        if found is not None:
            yield found


def _site(head: bytes, key: str) -> _Site:
    declared = declared_encoding(head[:200])
    site = _Site(declared, namespaces(head))
    closed = head + b"</channel></rss>"
    try:
        channel = child(parse(closed, name=key, key=key, declared=declared), "channel")
    except RecordError as error:
        if "entities of its own" in str(error):
            raise
        return site  # logins stand for names then
    site.title, site.language = words(child(channel, "title")), words(child(channel, "language"))
    for author in children(channel, "author"):
        names = {local(one): words(one) for one in author}
        full = f"{names.get('author_first_name', '')} {names.get('author_last_name', '')}".strip()
        site.authors[names.get("author_login", "")] = names.get("author_display_name") or full
    return site


def _key_of(data: bytes, key: str) -> str:
    """The key of a post that cannot be parsed, by its guid where that can be seen; else that of the file."""
    match = re.search(rb"<guid\b[^>]*>\s*(?:<!\[CDATA\[)?\s*([^<\]\s]{1,500})", data)
    return f"{key}#{html.unescape(match[1].decode('utf-8', 'backslashreplace'))}" if match else key


def _post(data: bytes, site: _Site, key: str, name: str) -> RawRecord | RecordError | None:
    """The post, why it cannot be read, or None where it is no article."""
    try:
        item = child(
            parse(data, name=name, key=_key_of(data, key), declared=site.declared, namespaces=site.around), "item"
        )
    except RecordError as error:
        return error
    values = _values(item)
    if values.get("post_type", "post") not in _ARTICLES or not _named(values):
        return None
    own = f"{key}#{_named(values)}"
    status = values.get("status", "publish")
    if status != "publish" or values.get("post_password"):
        why = "is behind a password" if status == "publish" else f"is not published ({status})"
        shown = values.get("title") or name
        return RecordWithheld(f"{shown} ({name}) {why}", source=name, key=own, expected=True)
    if not values.get("text"):
        return None if "post_type" not in values else RecordError(f"{name} has no text", source=name, key=own)
    values["creator"] = site.authors.get(values.get("creator", ""), "") or values.get("creator", "")
    given = f"{READER}\n{site.title}\n{site.language}\n{values['creator']}\n".encode(errors="replace")
    return RawRecord(own, hashlib.sha256(given + data).hexdigest(), name, partial(_load, values, site, own))


def _named(values: Mapping[str, Any]) -> str:
    """What names a post for good."""
    return str(values.get("guid") or values.get("link") or values.get("post_id") or "")


def _values(item: Element | None) -> dict[str, Any]:
    """The elements of an item by local name; the first counts."""
    values: dict[str, Any] = {"categories": []}
    for element in item if item is not None else ():
        name, text = local(element), "".join(element.itertext()).strip()
        if name == "category" and element.get("domain", "category") == "category":
            values["categories"].append(text)
        elif name == "encoded":
            values.setdefault("text" if "content" in element.tag.split("}")[0] else "excerpt", text)
        else:
            values.setdefault(name, text)
    return values


def _load(values: Mapping[str, Any], site: _Site, key: str) -> Record:
    from index.sources.pages.web_page import fragment  # here, because it loads an HTML parser

    text = without_shortcodes(values["text"])
    if "<!-- wp:" in text:  # written in blocks: only the older editor lets line breaks speak
        text = " ".join(text.split())
    page = fragment(text)
    categories = values["categories"]
    fields = named_fields(
        {
            "title": html.unescape(values.get("title", "")),
            "authors": [values["creator"]],
            "outlet": html.unescape(site.title),
            "published": _published(values),
            "url": values.get("link", ""),
            "language": site.language,
            "label": next(filter(_TELLING.search, categories), next(iter(categories), "")),
        }
    )
    return Record(key=key, format="wxr", body=page.body, fields={**page.fields, **fields})


def _published(values: Mapping[str, Any]) -> str:
    """The moment of publication in the site's own zone, which the difference of its two clocks tells."""
    local_time, universal = (_time(values.get(name, "")) for name in ("post_date", "post_date_gmt"))
    if universal is None:
        return str(values.get("pubDate") or values.get("date") or values.get("post_date", ""))
    offset = local_time - universal if local_time is not None else timedelta()
    if abs(offset) > timedelta(hours=15):
        offset = timedelta()
    zone = timezone(timedelta(minutes=round(offset.total_seconds() / 60)))
    return (universal.replace(tzinfo=timezone.utc)).astimezone(zone).isoformat()  # noqa: UP017


def _time(value: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None  # 0000-00-00 stands for "not yet"
    return moment.replace(tzinfo=None) if moment.year > 1990 else None


_CAPTION = re.compile(r"\[(?:wp_)?caption\b(?P<said>[^\]]*)\](?P<inside>.*?)\[/(?:wp_)?caption\]", re.DOTALL)
_ATTRIBUTE = re.compile(r"""\bcaption\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_MEDIA = re.compile(r"\s*(?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?", re.IGNORECASE)
_WITHOUT_WORDS = re.compile(
    r"\[(embed|audio|video|playlist|gallery|youtube|vimeo|twitter|instagram|facebook|soundcloud|iframe|contact-form-7|"
    r"googlemaps|poll|code|sourcecode)\b[^\]]*\](?:[^\[]*\[/\1\])?"
)
_SHORTCODE = re.compile(r"\[/?[a-z][\w-]*(?:\s+[\w-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\]]+))+\s*/?\]")
_PAIR = re.compile(r"\[([a-z][\w-]*)\](?=(?:(?!\[\1\]).)*?\[/\1\])|\[/[a-z][\w-]*\]", re.DOTALL)


def without_shortcodes(markup: str) -> str:
    """A post's markup with captions as <figcaption> and WordPress' other shortcodes taken out.

    What a shortcode encloses stays, unless it is an address. Brackets of the writer ("[sic]", "[the mayor]") stay.
    """
    markup = _CAPTION.sub(_figure, markup)
    for shortcode in (_WITHOUT_WORDS, _SHORTCODE, _PAIR):
        markup = shortcode.sub("", markup)
    return markup


def _figure(match: re.Match[str]) -> str:
    stated = _ATTRIBUTE.search(match["said"])
    text = (stated[1] or stated[2] or "") if stated else _MEDIA.sub("", match["inside"], count=1)
    return f"\n\n<figure><figcaption>{text.strip()}</figcaption></figure>\n\n"
