"""How an archive behaves, as its owner chose."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo

from index.datatypes.source import SourceSpec

Clock = Callable[[], datetime]
"""Gives this moment, aware."""


@dataclass(frozen=True, slots=True)
class OutletRights:
    """What an outlet allows: quote length in characters, link only, nothing before a moment."""

    max_quote_chars: int | None = None
    link_only: bool = False
    embargo_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class WebRules:
    """How the web is asked. `user_agent` is what we call ourselves there.

    `allow_private` names hosts, addresses and networks that may be asked although they are not public. One host is
    asked every `seconds_per_host`, or less often where its robots.txt says so. A server may be silent for
    `timeout_seconds`, and a request may take `deadline_seconds` as a whole. Larger pages than `max_page_bytes` and
    larger feeds and sitemaps than `max_list_bytes` are not read; sizes count unpacked. In one run, a source asks for
    at most `pages_per_run` pages.
    """

    user_agent: str = "Quotewire"
    allow_private: tuple[str, ...] = ()
    seconds_per_host: float = 1.0
    timeout_seconds: float = 20.0
    deadline_seconds: float = 60.0
    max_page_bytes: int = 5_000_000
    max_list_bytes: int = 50_000_000
    pages_per_run: int = 1_000


@dataclass(frozen=True, slots=True)
class Options:
    """How an archive behaves.

    `outlets` maps an outlet's name (any case) to its rights. `context_share` is the part of an article that paging
    through context may show. `question_days` is how long question texts are kept. `floor` replaces the confidence
    below which a question is declined; None keeps the shipped one. `max_bytes` is the largest file read. `sources` are
    those that the owner set, read where a run is given none. `web` says how the web is asked. `learn_furniture`: lines
    that recur over an outlet's stories are looked at, and left out where they are its furniture. `zone` is the
    newsroom's time zone: "today" is its day.
    """

    outlets: Mapping[str, OutletRights] = field(default_factory=dict)
    context_share: float = 0.25
    question_days: int = 90
    floor: float | None = None
    max_bytes: int = 50_000_000
    sources: tuple[SourceSpec, ...] = ()
    web: WebRules = field(default_factory=WebRules)
    learn_furniture: bool = True
    zone: tzinfo = UTC
