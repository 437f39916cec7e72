"""What the server marks by itself in any text (links, mentions, tags, commands), and which links it accepts.

Called by `text` for every text and by `keyboards` for buttons. Pure: strings in, ranges out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from .domains import TOP_LEVEL
from .entities import Entity, in_order, utf16_length, without_overlaps

_BAD_URL_END = ".:;,('?!`"
_SHORT_USERNAMES = frozenset({"gif", "vid", "pic"})

_TELEGRAM_SCHEME = re.compile(r"(?:tg|ton)\Z", re.IGNORECASE | re.ASCII)
_TELEGRAM_HOST = re.compile(r"[A-Za-z0-9_-]{1,253}")

Range = tuple[int, int]


def found_in(text: str) -> list[Entity]:
    """The automatic entities of `text`, in order, never overlapping."""
    ranges: list[tuple[str, int, int]] = []
    ranges += (("mention", *found) for found in _mentions(text))
    ranges += (("bot_command", *found) for found in _commands(text))
    ranges += (("hashtag", *found) for found in _hashtags(text))
    ranges += (("cashtag", *found) for found in _cashtags(text))
    ranges += (("url", *found) for found in _telegram_urls(text))
    ranges += _urls_and_emails(text)
    wide = without_overlaps(in_order(Entity(kind, begin, end - begin) for kind, begin, end in ranges))
    return [_in_utf16(text, entity) for entity in wide]


def _in_utf16(text: str, entity: Entity) -> Entity:
    return Entity(entity.type, utf16_length(text[: entity.offset]), utf16_length(text[entity.offset : entity.end]))


def is_word(character: str) -> bool:
    """Whether a letter, a number or an underscore."""
    return character == "_" or (character != "" and unicodedata.category(character)[0] in "LN")


def _is_tag_letter(character: str) -> bool:
    if character in ("_", "\u200c", "\u00b7") or "\u0d80" <= character <= "\u0dff":
        return True
    category = unicodedata.category(character)
    return category[0] == "L" or category == "Nd"


def _before(text: str, at: int, floor: int = 0) -> str:
    return text[at - 1] if at > floor else ""


def _mentions(text: str) -> Iterator[Range]:
    for match in re.finditer(r"@([A-Za-z0-9_]+)", text):
        name = match[1]
        if is_word(_before(text, match.start())) or not 2 <= len(name) <= 32:
            continue
        if is_word(text[match.end() : match.end() + 1]):
            continue
        if len(name) >= 4 or name.lower() in _SHORT_USERNAMES:
            yield match.span()


def _commands(text: str) -> Iterator[Range]:
    position = 0
    while (position := text.find("/", position)) >= 0:
        start, position = position, position + 1
        before = _before(text, start)
        if is_word(before) or (before and before in "/<>"):
            continue
        match = re.compile(r"/([A-Za-z0-9_]*)(@[A-Za-z0-9_]*)?").match(text, start)
        assert match is not None
        position = match.end()
        if not 1 <= len(match[1]) <= 64:
            position = match.end(1)
            continue
        if match[2] is not None and not 3 <= len(match[2]) - 1 <= 32:
            continue
        after = text[match.end() : match.end() + 1]
        if not is_word(after) and not (after and after in "/<>"):
            yield match.span()


def _hashtags(text: str) -> Iterator[Range]:
    position = 0
    while (position := text.find("#", position)) >= 0:
        start, position = position, position + 1
        before = _before(text, start)
        if before and _is_tag_letter(before):
            continue
        end = position
        while end < len(text) and _is_tag_letter(text[end]):
            end += 1
        position = end
        body = text[start + 1 : min(end, start + 257)]
        if text[end : end + 1] == "#":
            continue
        if any(unicodedata.category(letter)[0] == "L" for letter in body):
            yield start, _owner_end(text, start + 1 + len(body))


def _cashtags(text: str) -> Iterator[Range]:
    for match in re.finditer(r"\$(1INCH|[A-Z]*)", text):
        if not 1 <= len(match[1]) <= 8:
            continue
        end = _owner_end(text, match.end())
        before, after = _before(text, match.start()), text[end : end + 1]
        if before == "$" or (before and _is_tag_letter(before)):
            continue
        if after != "$" and not (after and _is_tag_letter(after)):
            yield match.start(), end


def _owner_end(text: str, end: int) -> int:
    """A tag may name the chat it belongs to: `#tag@channel`."""
    match = re.compile(r"@[A-Za-z0-9_]{3,32}(?![A-Za-z0-9_])").match(text, end)
    return match.end() if match else end


def _is_url_symbol(character: str) -> bool:
    if "\u2000" <= character <= "\u206f":
        return character in "\u200c\u200d" or "\u2010" <= character <= "\u2015"
    return unicodedata.category(character)[0] != "Z"


def _is_path_symbol(character: str) -> bool:
    return character not in '\n<>"«»' and _is_url_symbol(character)


def _is_user_symbol(character: str) -> bool:
    return character not in "\n/[]{}()'`<>\"@«»" and _is_url_symbol(character)


def _is_domain_symbol(character: str) -> bool:
    if character < "\u00c0":
        return character.isascii() and (character.isalnum() or character in "._-~")
    return _is_url_symbol(character)


def _is_protocol_symbol(character: str) -> bool:
    if character.isascii():
        return character.isalnum() or character in "+-"
    return unicodedata.category(character)[0] != "Z"


def _path_end(text: str, start: int) -> int:
    """Where the path, query or fragment that begins at `start` ends; `start` itself when there is none worth it."""
    if text[start : start + 1] not in ("/", "?", "#"):
        return start
    end = start + 1
    while end < len(text) and _is_path_symbol(text[end]):
        end += 1
    while end > start + 1 and text[end - 1] in _BAD_URL_END:
        end -= 1
    return end if text[start] == "/" or end > start + 1 else start


def _telegram_urls(text: str) -> Iterator[Range]:
    position = 0
    while len(text[position:].encode()) > 5 and (colon := text.find(":", position)) >= 0:
        scheme = _TELEGRAM_SCHEME.search(text, max(0, colon - 3), colon)
        if scheme is None or not text.startswith("://", colon):
            position = colon + 1
            continue
        host = _TELEGRAM_HOST.match(text, colon + 3)
        position = colon + 3 if host is None else _path_end(text, host.end())
        if host is not None:
            yield scheme.start(), position


def _urls_and_emails(text: str) -> Iterator[tuple[str, int, int]]:
    for begin, end in _url_candidates(text):
        candidate = text[begin:end]
        if is_email(candidate):
            yield "email", begin, end
        elif candidate.startswith("mailto:") and is_email(candidate[7:]):
            yield "email", begin + 7, end
        elif length := _url_length(candidate):
            yield "url", begin, begin + length


def _url_candidates(text: str) -> Iterator[Range]:
    floor = 0
    while True:
        dot = text.find(".", floor)
        if dot < 0 or dot + 1 == len(text):
            return
        if text[dot + 1] == " ":
            floor = dot + 2
            continue
        begin, end, good = _candidate_at(text, floor, dot)
        if good:
            if end > dot + 1:
                yield begin, end
            while text[end : end + 1] == ".":
                end += 1
        else:
            while text[end - 1] != ".":
                end -= 1
        floor = max(end, dot + 1)


def _candidate_at(text: str, floor: int, dot: int) -> tuple[int, int, bool]:
    """Begin, end and plausibility of the link around the dot; nothing before `floor` is looked at."""
    begin = dot
    while begin > floor and _is_domain_symbol(text[begin - 1]):
        begin -= 1
    end, has_at = dot, False
    while end < len(text) and (text[end] == "@" or _is_domain_symbol(text[end])):
        has_at = has_at or text[end] == "@"
        end += 1
    if has_at:
        while begin > floor and _is_user_symbol(text[begin - 1]):
            begin -= 1
    end = _path_end(text, _port_end(text, end))
    while end > dot + 1 and text[end - 1] == ".":
        end -= 1
    good = True
    if _before(text, begin, floor) == "@":
        user = begin - 1
        while user > floor and _is_user_symbol(text[user - 1]):
            user -= 1
        good = not has_at and user != begin - 1
        begin = user
    begin, fits = _with_protocol(text, floor, begin)
    return begin, end, good and fits


def _port_end(text: str, end: int) -> int:
    match = re.compile(r":0*([1-9][0-9]{0,4})(?![0-9])", re.ASCII).match(text, end)
    return match.end() if match and int(match[1]) <= 65535 else end


def _with_protocol(text: str, floor: int, begin: int) -> tuple[int, bool]:
    if begin == floor:
        return begin, True
    prefix = text[floor:begin]
    if len(prefix.encode()) < 6 or not prefix.endswith("://"):
        before = text[begin - 1]
        return begin, not (is_word(before) or before in "/#@")
    start = begin - 3
    while start > floor and _is_protocol_symbol(text[start - 1]):
        start -= 1
    protocol = text[start : begin - 3].lower()
    if protocol.endswith("http") and protocol != "shttp":
        return begin - 7, True
    if protocol.endswith("https"):
        return begin - 8, True
    if protocol.endswith("ftp") and protocol not in ("tftp", "sftp"):
        return begin - 6, True
    return begin, False


def is_email(text: str) -> bool:
    """Whether the server would mark all of `text` as an e-mail address."""
    user, _, domain = text.partition("@")
    *parts, last = re.split(r"[.+]", user)
    if any(len(part) > 26 for part in parts) or len(parts) > 10 or not 1 <= len(last) <= 35:
        return False
    if not re.fullmatch(r"[A-Za-z0-9_.+-]*", user):
        return False
    *labels, top = domain.split(".")
    if not 1 <= len(labels) <= 6 or not re.fullmatch(r"[A-Za-z]{2,8}", top):
        return False
    return all(re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9_-]{0,28}[A-Za-z0-9])?", label) for label in labels)


def _url_length(url: str) -> int:
    """How much of a candidate is a link, 0 when none of it is."""
    protocol = re.match(r"(?i:https?|ftp)://", url)
    rest = url[protocol.end() :] if protocol else url
    cut = min((at for at in map(rest.find, "/?#") if at >= 0), default=len(rest))
    domain, path = rest[:cut], rest[cut:]
    domain = domain.partition("@")[2] if "@" in domain else domain
    domain = domain.rpartition(":")[0] if ":" in domain else domain
    if domain.lower() == "teiegram.org" or not _is_good_domain(domain, protocol is not None):
        return 0
    return len(url) - len(path) + _balanced_length(path)


def _balanced_length(path: str) -> int:
    depth = dict.fromkeys("([{", 0)
    closing = dict(zip(")]}", "([{", strict=True))
    end = len(path)
    for at, character in enumerate(path):
        if character in depth:
            depth[character] += 1
        elif character in closing:
            depth[closing[character]] -= 1
            if depth[closing[character]] < 0:
                end = at
                break
    while end > 0 and path[end - 1] in _BAD_URL_END:
        end -= 1
    return end


def _is_good_domain(domain: str, has_protocol: bool) -> bool:
    labels = domain.split(".")
    if len(labels) == 1 or any(not label or len(label.encode()) >= 64 or label.endswith("-") for label in labels):
        return False
    if len(labels) == 4 and all(re.fullmatch(r"0|[1-9][0-9]{0,2}", x) and int(x) <= 255 for x in labels):
        return True
    top = labels[-1]
    if all(label.isascii() and label.isdigit() for label in labels) or len(top) <= 1 or "_" in labels[-2]:
        return False
    if top.startswith("xn--"):
        return re.fullmatch(r"[A-Za-z0-9]{2,}", top[4:]) is not None
    if "_" in top or "-" in top:
        return False
    return has_protocol or _is_top_level(top)


def _is_top_level(label: str) -> bool:
    lower = label.lower()
    if lower != label and lower[1:] == label[1:]:  # "Hello.This" at the joint of two sentences is no link
        return False
    return lower in TOP_LEVEL
