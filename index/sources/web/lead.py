"""What a feed, a sitemap or a list says of an article before anybody has read it.

Made by `feed.py`, `json_feed.py` and `sitemap.py`, used by `reading.py`. It must not know the network.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from fnmatch import fnmatchcase
from urllib.parse import urljoin, urlsplit

from index.clean.dates import read_date
from index.datatypes import Facts, as_facts

# What is certainly no page with an article.
_OTHER = (
    *(".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg", ".ico", ".mp3", ".mp4", ".m3u8", ".webm"),
    *(".zip", ".css", ".js", ".woff2"),
)


@dataclass(frozen=True, slots=True)
class Lead:
    """An address and what the list says of its article; empty where it says nothing.

    `published` is the date as given, `changed` when the list says that the article last changed. `content` is markup:
    the whole article, where the list holds it. `id` is the list's own name for it.
    """

    url: str
    title: str = ""
    published: str = ""
    authors: tuple[str, ...] = ()
    outlet: str = ""
    language: str = ""
    changed: datetime | None = None
    content: str = ""
    id: str = ""

    @property
    def told(self) -> Facts:
        """The fields of a record that the list knows."""
        known: Facts = {
            "title": self.title,
            "published": self.published,
            "authors": list(self.authors),
            "outlet": self.outlet,
            "language": self.language,
        }
        return as_facts({name: value for name, value in known.items() if value})

    def is_wanted(self, include: Sequence[str], exclude: Sequence[str]) -> bool:
        """Whether the owner wants it: by its path, and because it is no picture or the like."""
        try:
            parts = urlsplit(self.url)
        except ValueError:
            return True  # told when it is asked for
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        if parts.path.lower().endswith(_OTHER) or any(fnmatchcase(path, one) for one in exclude):
            return False
        return not include or any(fnmatchcase(path, one) for one in include)


def absolute(base: str, link: str) -> str:
    """An address as it stands in a document that came from `base`, made whole; as it stands where that cannot be."""
    try:
        return urljoin(base, link) if link else ""
    except ValueError:
        return link


def moment(value: str) -> datetime | None:
    """The last moment that a date as given can mean; None where it is none."""
    day, at = read_date(value)
    if at is not None:
        return at if at.tzinfo else at.replace(tzinfo=UTC)
    if day is None:
        return None
    return datetime.combine(day.latest, time(), UTC) + timedelta(days=1)
