"""Reads a feed: RSS, Atom (by feedparser, which knows all their dialects) or JSON feed.

Called by `feed_source.py`. Pure: bytes in, leads out.
"""

from __future__ import annotations

import html
import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from index.clean.bylines import names
from index.sources.web.document import Form, recognise
from index.sources.web.lead import Lead, absolute, moment

MOST_ENTRIES = 5_000


class NoFeed(Exception):
    """It is none, or a broken one; `str` says what is wrong."""


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed says: its title and its entries, in its order. `flaw` is "" or what is not right with it."""

    title: str
    leads: tuple[Lead, ...]
    flaw: str = ""


def read(data: bytes, url: str, media: str = "") -> Feed:
    """The feed in `data`, which came from `url`. NoFeed where it is none."""
    document = recognise(data, media)
    if document.form is Form.JSON_FEED:
        return _json_feed(data, url)
    if document.form is not Form.FEED:
        raise NoFeed(_advice(document.form, document.words, absolute(url, document.feed)))
    return _xml_feed(data, url, media)


def _advice(form: Form, words: str, feed: str) -> str:
    if feed:
        return f"is not a feed but {words}; its feed is {feed}"
    cures = {Form.PAGE: "pages", Form.SITEMAP: "sitemap", Form.INDEX: "sitemap"}
    cure = f'set kind = "{cures[form]}"' if form in cures else "check the address"
    return f"is not a feed but {words}; {cure}"


# -- RSS and Atom -----------------------------------------------------------------------------------------------------


def _xml_feed(data: bytes, url: str, media: str) -> Feed:
    import feedparser  # here, because most archives never need it

    # As a stream: feedparser takes a string for an address or a file name that it should open.
    kind = media if "xml" in media else "application/xml"
    told = {"content-type": kind, "content-location": url}
    try:
        found = feedparser.parse(io.BytesIO(data), response_headers=told, sanitize_html=False)
    except Exception as error:  # it raises whatever its parsers stumble over
        raise NoFeed(f"is a feed too broken to be read ({type(error).__name__})") from error
    feed = found.get("feed", {})
    language = _line(feed.get("language", ""))
    leads = tuple(_entry(dict(one), url, language) for one in found.get("entries", [])[:MOST_ENTRIES])
    flaw = "is not well-formed; what could be made out was read" if _is_broken(found) else ""
    return Feed(_line(feed.get("title", "")), leads, flaw)


def _is_broken(found: Mapping[str, Any]) -> bool:
    wrong = found.get("bozo_exception")
    return bool(found.get("bozo")) and type(wrong).__name__ not in ("CharacterEncodingOverride", "NonXMLContentType")


def _entry(entry: Mapping[str, Any], url: str, language: str) -> Lead:
    published = _line(entry.get("published", ""))
    updated = _line(entry.get("updated", ""))
    link = _line(entry.get("feedburner_origlink", "") or entry.get("link", ""))
    return Lead(
        url=absolute(url, link),
        title=_title(entry),
        published=published or updated,
        authors=_authors(entry),
        language=language,
        changed=max(filter(None, map(moment, (published, updated))), default=None),
        content=_content(entry.get("content", [])),
        id=_line(entry.get("id", "")),
    )


def _title(entry: Mapping[str, Any]) -> str:
    title = _line(entry.get("title", ""))
    return title if entry.get("title_detail", {}).get("type") == "text/plain" else _line(_bare(title))


def _authors(entry: Mapping[str, Any]) -> tuple[str, ...]:
    given = [_line(one.get("name", "")) for one in entry.get("authors", []) if isinstance(one, Mapping)]
    given = [one for one in given if one] or [_line(entry.get("author", ""))]
    return tuple(dict.fromkeys(name for one in given if "@" not in one for name in names(one)))


def _content(parts: Sequence[Mapping[str, Any]]) -> str:
    """The article as markup, where the feed holds it and not only a summary."""
    found = [
        html.escape(part["value"]).replace("\n\n", "<p>") if part.get("type") == "text/plain" else part["value"]
        for part in parts
        if isinstance(part.get("value"), str) and part["value"].strip()
    ]
    return max(found, key=len, default="")


# -- JSON feed --------------------------------------------------------------------------------------------------------


def _json_feed(data: bytes, url: str) -> Feed:
    """A JSON feed of version 1 or 1.1 (jsonfeed.org), which feedparser does not read."""
    try:
        whole = json.loads(data)
        items = whole["items"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise NoFeed("is not a whole JSON feed: it has no readable items") from None
    if not isinstance(items, list):
        raise NoFeed("is not a whole JSON feed: its items are no list")
    entries = [one for one in items[:MOST_ENTRIES] if isinstance(one, Mapping)]
    flaw = "" if len(entries) == len(items[:MOST_ENTRIES]) else "holds entries that are none; they were left out"
    shared = _json_authors(whole)
    return Feed(_text(whole, "title"), tuple(_item(one, url, whole, shared) for one in entries), flaw)


def _item(item: Mapping[str, Any], url: str, feed: Mapping[str, Any], shared: tuple[str, ...]) -> Lead:
    published, updated = _text(item, "date_published"), _text(item, "date_modified")
    link = _text(item, "url") or _text(item, "external_url")
    id_ = str(item.get("id", "")) if isinstance(item.get("id"), str | int) else ""
    if not link and id_.startswith(("http://", "https://")):
        link = id_
    content = item.get("content_html")
    if not isinstance(content, str) or not content.strip():
        plain = item.get("content_text")
        content = html.escape(plain).replace("\n\n", "<p>") if isinstance(plain, str) else ""
    return Lead(
        url=absolute(url, link),
        title=_text(item, "title"),
        published=published or updated,
        authors=_json_authors(item) or shared,
        language=_text(item, "language") or _text(feed, "language"),
        changed=max(filter(None, map(moment, (published, updated))), default=None),
        content=content,
        id=id_,
    )


def _json_authors(given: Mapping[str, Any]) -> tuple[str, ...]:
    listed = given.get("authors")
    people = listed if isinstance(listed, list) else [given.get("author")]
    found = [_text(one, "name") for one in people if isinstance(one, Mapping)]
    return tuple(name for one in found for name in names(one))


def _text(given: Mapping[str, Any], name: str) -> str:
    value = given.get(name)
    return _line(value) if isinstance(value, str) else ""


def _line(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _bare(markup: str) -> str:
    """A headline without the markup that some feeds put into it."""
    return html.unescape(re.sub(r"</?[a-zA-Z][^<>]*>", "", markup))
