"""Metadata from outside an article: outlet, section, kind, language, paywall, overriding what was read.

Called by the readers of files (sidecars) and by whoever reads the settings (rules by domain or folder). Pure: a record
and what is said of it in, the record as it is to be taken out. Words of the text are never touched.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any
from urllib.parse import urlsplit

from index.clean.dates import read_date
from index.datatypes import ArticleLabel, DateOrigin, Facts, Record, as_facts

PAYWALLED_QUOTE = 200
"""Characters that are quoted of an article behind a paywall, where nothing else is said."""
NEWS = "news"
"""The label that says: plain news, whatever section and address say."""


class BadOverride(ValueError):
    """What is said of an article cannot be understood; the message names the field and the cure."""


@dataclass(frozen=True, slots=True)
class Override:
    """What is said of an article; None leaves what was read. `label` is an ArticleLabel's value or `NEWS`.

    `paywall`: at most `max_quote_chars` characters are quoted, `PAYWALLED_QUOTE` where that is not given.
    """

    title: str | None = None
    outlet: str | None = None
    agency: str | None = None
    authors: tuple[str, ...] | None = None
    published: str | None = None
    url: str | None = None
    section: str | None = None
    label: str | None = None
    language: str | None = None
    paywall: bool | None = None
    max_quote_chars: int | None = None

    def __post_init__(self) -> None:
        kinds = (NEWS, *(label.value for label in ArticleLabel))
        if self.label is not None and self.label not in kinds:
            raise BadOverride(f"label is {self.label!r}; known are {', '.join(kinds)}")
        if self.language is not None and not re.fullmatch(r"[a-z]{2}", self.language):
            raise BadOverride(f"language is {self.language!r}; write two letters, as in 'en'")
        if self.max_quote_chars is not None and self.max_quote_chars < 1:
            raise BadOverride(f"max_quote_chars is {self.max_quote_chars}; write a number from 1 up")
        if self.published is not None and read_date(self.published)[0] is None:
            raise BadOverride(f"published is {self.published!r}; write YYYY-MM-DD, YYYY-MM or YYYY")


@dataclass(frozen=True, slots=True)
class Rule:
    """What is said of all articles of a domain ("mail.example", with its subdomains) or of a folder ("archive/2017").

    `where` holds a domain or the beginning of a record's key, in whole folders.
    """

    where: str
    override: Override

    def covers(self, record: Record) -> bool:
        """Whether the rule is about this record."""
        folder = self.where.strip("/")
        if record.key == folder or record.key.startswith(f"{folder}/"):
            return True
        domain = _host(self.where if "//" in self.where else f"//{self.where}")
        host = _host(str(record.fields.get("url", "")))
        return bool(domain) and (host == domain or host.endswith(f".{domain}"))


def apply(record: Record, rules: Sequence[Rule] = (), own: Override | None = None) -> Record:
    """The record as it is to be taken: each rule that covers it goes over those before, `own` (a sidecar) over all.

    What a sidecar says of a record overrides later rules as well: it is kept among the fields, as "own".
    """
    kept = record.fields.get("own")
    own = own or (kept if isinstance(kept, Override) else None)
    said = [rule.override for rule in rules if rule.covers(record)] + ([own] if own is not None else [])
    if not said:
        return record
    taken: dict[str, Any] = {}
    for override in said:
        taken |= {one.name: value for one in fields(override) if (value := getattr(override, one.name)) is not None}
    return Record(record.key, record.format, record.body, {**record.fields, **_as_fields(taken), "own": own})


def override_of(values: Mapping[str, object]) -> Override:
    """The override that a table of a file or of the settings holds. BadOverride for an unknown name or a wrong kind."""
    known = {one.name for one in fields(Override)}
    found: dict[str, Any] = {}
    for name, value in values.items():
        if name not in known:
            raise BadOverride(f"{name} is not known; known are {', '.join(sorted(known))}")
        found[name] = _value(name, value)
    return Override(**found)


def _value(name: str, value: object) -> object:
    if name == "paywall":
        if isinstance(value, bool):
            return value
        raise BadOverride("paywall is neither true nor false")
    if name == "max_quote_chars":
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        raise BadOverride("max_quote_chars is no number")
    if name == "authors":
        listed = [value] if isinstance(value, str) else value
        if isinstance(listed, list | tuple) and all(isinstance(one, str) for one in listed):
            return tuple(listed)
        raise BadOverride("authors is no list of names")
    if name == "published" and not isinstance(value, str):
        return str(value)  # a date, or a year, as TOML and YAML read it
    if isinstance(value, str) and value.strip():
        return value.strip()
    raise BadOverride(f"{name} is no text")


def _as_fields(taken: Mapping[str, Any]) -> Facts:
    """What was said, under the names that a record's fields have."""
    plain = ("title", "outlet", "agency", "published", "url", "language")
    found: dict[str, Any] = {name: taken[name] for name in plain if name in taken}
    if "label" in taken:
        found |= {"label": "", "news": True} if taken["label"] == NEWS else {"label": taken["label"], "news": False}
    if "authors" in taken:
        found["authors"] = list(taken["authors"])
    if "published" in taken:
        found["date_origin"] = DateOrigin.EDITOR.value
    if "section" in taken:
        found["sections"] = [taken["section"]]
        found.setdefault("label", "")  # a section given goes before the one that was read
    limit = taken.get("max_quote_chars", PAYWALLED_QUOTE if taken.get("paywall") else None)
    if taken.get("paywall") is False:
        limit = taken.get("max_quote_chars")
    return as_facts(found | ({"max_quote_chars": limit} if limit is not None else {}))


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
