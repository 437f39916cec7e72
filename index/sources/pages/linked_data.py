"""Reads the JSON-LD of a web page: which of its articles the page is about, and what is said of it.

Called by `facts.py`. It must not know the page's other markup. The types are those of schema.org: Article,
NewsArticle and their subclasses, BlogPosting and LiveBlogPosting.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from index.clean.addresses import identity
from index.clean.bylines import AGENCIES
from index.sources.pages.markup import plain

Node = Mapping[str, Any]

_DEEPEST = 12
_LABELS = {
    "OpinionNewsArticle": "opinion",
    "LiveBlogPosting": "live",
    "AdvertiserContentArticle": "sponsored",
    "SatiricalArticle": "satire",
}
_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*;?\s*$")
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")


def nodes(scripts: Sequence[str]) -> list[Node]:
    """The things that the scripts describe at their top, in order, references between them followed; broken ones go."""
    found = [node for script in scripts for node in _top(_parsed(script), 0)]
    known: dict[str, Node] = {}
    for node in found:
        name = node.get("@id")
        if isinstance(name, str) and len(node) > len(known.get(name, {})):
            known[name] = node
    return [_followed(node, known) for node in found]


def article(known: Sequence[Node], *, addresses: frozenset[str], headlines: frozenset[str]) -> Node | None:
    """The article that the page is about: by its address, by its headline, else the first; None where there is none.

    `addresses` are identities of the page's address (`weburl.identity`), `headlines` its headlines, `folded`. An
    article that has both an address and a headline, and neither is the page's, is a link to another one.
    """
    articles = [node for node in known if _is_article(node)]
    scored = [(_likeness(node, addresses, headlines), -number, node) for number, node in enumerate(articles)]
    scored = [one for one in scored if one[0] > -2]
    if not scored:
        return None
    best = max(scored, key=lambda one: one[:2])
    same = [node for likeness, _, node in scored if likeness > 0 and best[0] > 0 and node is not best[2]]
    merged: dict[str, Any] = {}
    for node in (best[2], *same):
        merged = {**node, **merged}
    merged["@type"] = [name for node in (best[2], *same) for name in _types(node)]
    return merged


def facts(node: Node) -> dict[str, Any]:
    """The fields of an article as our readers name them; what it does not say is left out."""
    people, agencies = _authors(node.get("author") or node.get("creator"))
    label = next((_LABELS[name] for name in _types(node) if name in _LABELS), "")
    sections = [*_texts(node.get("articleSection")), *_texts(node.get("genre"))]
    address = _address(node)
    found: dict[str, Any] = {
        "title": plain(_first(node.get("headline")) or _first(node.get("name"))),
        "authors": people,
        "agency": next(iter(agencies), ""),
        "outlet": plain(_first(node.get("publisher")) or _first(node.get("sourceOrganization"))),
        "published": _first(node.get("datePublished")) or _first(node.get("dateCreated")),
        "modified": _first(node.get("dateModified")),
        "url": address,
        "language": _first(node.get("inLanguage")),
        "label": label,
        "sections": [plain(one) for one in sections],
        "correction": plain(_correction(node.get("correction"))),
        "retracted": "retract" in _first(node.get("creativeWorkStatus")).lower(),
    }
    if found["outlet"].startswith(("http://", "https://", "#")):
        found["outlet"] = ""
    return {name: value for name, value in found.items() if value}


def updates(node: Node) -> list[tuple[str, str, str]]:
    """(time, headline, text) of each entry of a live blog, in the order given."""
    found = []
    for entry in _listed(node.get("liveBlogUpdate")):
        if isinstance(entry, Mapping):
            text = _first(entry.get("articleBody")) or _first(entry.get("text"))
            found.append((_first(entry.get("datePublished")), plain(_first(entry.get("headline"))), text))
    return [one for one in found if one[2]]


def folded(headline: str) -> str:
    """A headline's letters and digits alone, to compare by."""
    return "".join(filter(str.isalnum, headline.casefold()))


def _parsed(script: str) -> object:
    bare = _WRAPPING.sub("", _WRAPPING.sub("", script.strip()).strip())
    for text in (bare, _TRAILING_COMMA.sub("", bare)):
        try:
            return json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
    return None  # the meta tags and the page itself say the same


def _top(content: object, depth: int) -> Iterator[Node]:
    """The things described at the top: in a list, in "@graph", or as what a page is mainly about."""
    if depth > _DEEPEST:
        return
    if isinstance(content, list):
        for item in content:
            yield from _top(item, depth + 1)
    elif isinstance(content, Mapping):
        yield content
        for name in ("@graph", "mainEntity"):
            yield from _top(content.get(name), depth + 1)
        if not _is_article(content) and isinstance(content.get("mainEntityOfPage"), Mapping):
            yield from _top(content["mainEntityOfPage"], depth + 1)


def _followed(node: Node, known: Mapping[str, Node]) -> Node:
    """The node with what it only names by "@id" put in its place, two steps deep."""

    def follow(value: object, depth: int) -> object:
        if isinstance(value, list) and depth:
            return [follow(one, depth) for one in value]
        if isinstance(value, Mapping) and depth:
            name = value.get("@id")
            if isinstance(name, str) and name in known and not set(value) - {"@id", "@type"}:
                value = known[name]
            return {key: follow(one, depth - 1) for key, one in value.items()}
        return value

    wanted = ("author", "creator", "publisher", "sourceOrganization")
    return {key: follow(value, 2) if key in wanted else value for key, value in node.items()}


def _types(node: Node) -> list[str]:
    given = node.get("@type")
    return [re.split(r"[/#:]", name)[-1] for name in _texts(given)]


def _is_article(node: Node) -> bool:
    return any(
        name.endswith("Article") or name in ("BlogPosting", "LiveBlogPosting", "Report") for name in _types(node)
    )


def _likeness(node: Node, addresses: frozenset[str], headlines: frozenset[str]) -> int:
    """How surely the article is the page's: 1 for its address, 1 for its headline; -1 for another's."""
    address, headline = identity(_address(node)), folded(plain(_first(node.get("headline"))))
    by_address = 0 if not address or not addresses else 1 if address in addresses else -1
    alike = headline and any(headline.startswith(one) or one.startswith(headline) for one in headlines if one)
    by_headline = 0 if not headline or not headlines else 1 if alike else -1
    return by_address + by_headline


def _address(node: Node) -> str:
    for name in ("url", "mainEntityOfPage", "@id"):
        value = node.get(name)
        found = value.get("@id") or value.get("url") if isinstance(value, Mapping) else value
        if isinstance(found, str) and found.startswith(("http://", "https://")):
            return found
    return ""


def _authors(value: object) -> tuple[list[str], list[str]]:
    """The people and the news agencies among the authors; other organisations are nobody's name."""
    people: list[str] = []
    agencies: list[str] = []
    for one in _listed(value):
        names = [plain(name) for name in _texts(one) if not name.startswith(("http://", "https://", "/", "#"))]
        organisation = isinstance(one, Mapping) and any("Organization" in name for name in _types(one))
        agencies += [name for name in names if name in AGENCIES]
        people += [name for name in names if name not in AGENCIES and not organisation]
    return people, agencies


def _correction(value: object) -> str:
    """The words of a correction: a text, or a CorrectionComment, or several of them."""
    notes = [one.get("text") or one if isinstance(one, Mapping) else one for one in _listed(value)]
    return " ".join(text for note in notes for text in _texts(note) if not text.startswith(("http://", "https://")))


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _first(value: object) -> str:
    return next(iter(_texts(value)), "")


def _texts(value: object) -> list[str]:
    """Every text in `value`, however it is wrapped; of a thing its name."""
    if isinstance(value, str):
        return [value.strip()] if value.strip() else []
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]
    if isinstance(value, Mapping):
        return next(filter(None, (_texts(value.get(name)) for name in ("name", "text", "@value", "url"))), [])
    return []
