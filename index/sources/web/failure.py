"""Why something could not be fetched, in one line for a person, and what kind of trouble it is.

Raised by everything in this package that stands between an address and its bytes. It must not know articles.
"""

from __future__ import annotations

from enum import StrEnum
from urllib.parse import urlsplit, urlunsplit


class Trouble(StrEnum):
    """What kind of trouble it is, for those who decide what follows from it."""

    HOST = "host"  # the host cannot be reached, or not now: nothing is said about the page
    GONE = "gone"  # the page is not there (any more)
    BARRED = "barred"  # we may not read it: robots.txt, a login, a paywall, a refusal
    UNUSABLE = "unusable"  # what comes is not what was asked for: too large, damaged, in a circle
    FORBIDDEN = "forbidden"  # we do not want to: a private address, no web address


class FetchError(Exception):
    """Something could not be fetched. `str` is one line that names the address and the cure."""

    def __init__(self, message: str, trouble: Trouble, *, host: str = "") -> None:
        super().__init__(message)
        self.trouble = trouble
        self.host = host  # where `trouble` is HOST: which one


def shown(url: str) -> str:
    """An address as it may be shown and logged: without name and password."""
    try:
        parts = urlsplit(url)
        host = parts.netloc.rpartition("@")[2]
    except ValueError:
        return url.rpartition("@")[2] if "@" in url else url
    return urlunsplit(parts._replace(netloc=host, fragment=""))
