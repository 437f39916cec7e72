"""Brings the many names of an article's fields to ours: JSON keys, front matter and JSON-LD alike.

Called by the readers. It must not interpret values beyond their shape: dates and names stay as they were given.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from index.datatypes import Facts, as_facts
from index.errors import SourceError

# For each of our fields the names it goes by, best first, in lower case without "_", "-" and ":".
_NAMES: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "headline", "ogtitle"),
    "text": ("text", "body", "content", "articlebody", "fulltext"),
    "authors": ("authors", "author", "byline", "by", "creator"),
    "contributors": ("contributors", "contributor"),
    "outlet": ("outlet", "source", "publisher", "publication", "sitename", "ogsitename"),
    "agency": ("agency", "distributor", "wire"),
    "published": (
        *("published", "date", "publishedat", "datepublished", "pubdate", "publishdate", "publicationdate"),
        *("publishedtime", "articlepublishedtime"),
    ),
    "url": ("url", "link", "canonicalurl", "permalink", "ogurl"),
    "language": ("language", "lang", "inlanguage"),
    "label": ("label", "section", "articlesection"),
}
_LISTS = frozenset({"authors", "contributors"})
OURS = (*_NAMES, "id")


def checked(fields: Mapping[str, str]) -> Mapping[str, str]:
    """A mapping of our fields to the names they have in files; SourceError where one is none of ours."""
    unknown = sorted(set(fields) - set(OURS))
    if unknown:
        raise SourceError(f"fields names {unknown[0]!r}, which is no field of an article; those are {', '.join(OURS)}")
    return fields


def mapped(values: Mapping[str, Any], fields: Mapping[str, str]) -> Mapping[str, Any]:
    """`values` with those that `fields` names put under our names; "meta.head" is "head" of the object "meta".

    A field of ours that is mapped is taken from where the mapping says and from nowhere else.
    """
    if not fields:
        return values
    taken = {ours: _at(values, theirs) for ours, theirs in fields.items()}
    others = {name for ours in fields for name in (ours, *_NAMES.get(ours, ()))}
    rest = {key: value for key, value in values.items() if str(key).lower().translate(_PLAIN) not in others}
    return {**rest, **taken}


def _at(values: Any, place: str) -> Any:  # noqa: ANN401  # whatever a file holds
    if isinstance(values, Mapping) and place in values:
        return values[place]
    for part in place.split("."):
        if not isinstance(values, Mapping):
            return None
        values = values.get(part)
    return values


def named_fields(values: Mapping[str, Any]) -> Facts:
    """The fields of `values` under our names, empty ones left out; "text" is the body.

    Authors and contributors are lists of str, everything else is str.
    """
    given = {str(key).lower().translate(_PLAIN): value for key, value in values.items()}
    found: dict[str, Any] = {}
    for ours, names in _NAMES.items():
        for name in names:
            texts = _texts(given.get(name))
            if not texts:
                continue
            if ours in _LISTS:
                found[ours] = texts
            else:
                found[ours] = "\n\n".join(texts) if ours == "text" else texts[0]
            break
    return as_facts(found)


_PLAIN = str.maketrans("", "", "_-: ")


def _texts(value: object) -> list[str]:
    """Every text in `value`, however it is wrapped."""
    match value:
        case str():
            return [value] if value.strip() else []
        case date():
            return [value.isoformat()]
        case int() | float() if not isinstance(value, bool):
            return [_number(value)]
        case list() | tuple():
            return [text for item in value for text in _texts(item)]
        case Mapping():
            return next(filter(None, (_texts(value.get(name)) for name in ("name", "title", "url", "@id"))), [])
    return []


def _number(value: float) -> str:
    """A number as text; one too large for a year is a time in seconds or milliseconds since 1970."""
    if value < 1e8:
        return str(value)
    seconds = value / 1000 if value > 1e11 else value
    try:
        return datetime.fromtimestamp(seconds, UTC).isoformat()
    except (OverflowError, OSError, ValueError):
        return str(value)
