"""Which addresses the server takes for a text link or a button, and how it writes them.

Called by the markup readers (a bad link silently loses its entity), by `text` and `keyboards` (a bad one is an error).
"""

from __future__ import annotations

import re

_SCHEME = re.compile(r"([A-Za-z]+)://")
_HOST = re.compile(r"(?:[A-Za-z0-9._!$,~*'();&+=-]|%[0-9A-Fa-f]{2}|[^\x00-\x7f])+")
_INTERNAL = frozenset({"tg", "ton", "tonsite"})


class BadLink(ValueError):
    """The address is no link; the text says why, in the server's words."""


def checked_link(url: str) -> str:
    """The address as the server would send it on; BadLink when it would not."""
    url = url.strip(" \t\r\n\v\0")
    if not url:
        raise BadLink("URL is empty")
    match = _SCHEME.match(url)
    scheme = match[1].lower() if match else ""
    if scheme in _INTERNAL:
        return _internal_link(scheme, url[len(scheme) + 3 :])
    if match and scheme not in ("http", "https"):
        raise BadLink("Unsupported URL protocol")
    return _web_link(scheme or "http", url[match.end() :] if match else url)


def _internal_link(scheme: str, rest: str) -> str:
    host = re.match(r"[^/?#]*", rest)
    assert host is not None
    if not re.fullmatch(r"[A-Za-z0-9._-]+", host[0]):
        raise BadLink("Wrong " + scheme + " URL")
    tail = rest[host.end() :]
    return f"{scheme}://{host[0].lower()}{tail or ('' if scheme == 'tg' else '/')}"


def _web_link(scheme: str, rest: str) -> str:
    cut = re.match(r"[^/?#]*", rest)
    assert cut is not None
    authority, tail = cut[0], rest[cut.end() :]
    user, at, place = authority.rpartition("@")
    host, colon, port = place.partition(":")
    if not host:
        raise BadLink("URL host is empty")
    if colon and not (re.fullmatch(r"[0-9]+", port) and 1 <= int(port) <= 65535):
        raise BadLink("Wrong port number specified in the URL")
    if not _HOST.fullmatch(host):
        raise BadLink("Disallowed character in URL host")
    if "." not in host:
        raise BadLink("Wrong HTTP URL")
    tail = tail if tail.startswith("/") else "/" + tail
    lowered = "".join(letter.lower() if letter.isascii() else letter for letter in host)
    tail = "".join(f"%{ord(letter):02X}" if letter <= " " else letter for letter in tail)
    return f"{scheme}://{user}{at}{lowered}{colon}{port}{tail}"


def mentioned_user(url: str) -> int | None:
    """The user of a `tg://user?id=...` link."""
    match = re.fullmatch(r"tg:(?://)?user\?id=([1-9][0-9]*)", url, re.IGNORECASE)
    return int(match[1]) if match else None


def linked_entity_fields(url: str) -> tuple[str, tuple[tuple[str, str | int], ...]] | None:
    """Entity type and fields of a link in a text; None where the server drops it without a word."""
    user = mentioned_user(url)
    if user is not None:
        return "text_mention", (("user_id", user),)
    try:
        return "text_link", (("url", checked_link(url)),)
    except BadLink:
        return None
