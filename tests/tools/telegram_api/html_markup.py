"""Reads parse_mode HTML: text and entities, or the server's own complaint.

Called by `text`. Offsets in complaints are UTF-8 bytes of the text as sent, offsets in entities UTF-16 units of
the result.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .entities import Entity, in_order, utf16_length
from .weblinks import linked_entity_fields

_SIMPLE = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "u": "underline",
    "ins": "underline",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
_TAGS = frozenset(_SIMPLE) | {"a", "tg-emoji", "tg-time", "pre", "code", "blockquote"}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_SPACE = " \t\r\n\0\v"
_REFERENCE = re.compile(r"&(?:#x([0-9A-Fa-f]*)|#([0-9]*)|([A-Za-z]*));?", re.ASCII)


class MarkupError(ValueError):
    """Markup that the server refuses; the text is what follows "can't parse entities: "."""


@dataclass(slots=True)
class _Open:
    tag: str
    attributes: dict[str, str]
    offset: int
    begin: int


@dataclass(slots=True)
class _Reader:
    source: str
    at: int = 0
    text: str = ""
    length: int = 0
    entities: list[Entity] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)

    def peek(self) -> str:
        return self.source[self.at] if self.at < len(self.source) else "\0"

    def over(self) -> bool:
        return self.peek() == "\0"

    def byte(self, at: int) -> int:
        return len(self.source[:at].encode("utf-8", "surrogatepass"))

    def skip_space(self) -> None:
        while not self.over() and self.peek() in _SPACE:
            self.at += 1

    def append(self, characters: str) -> None:
        self.text += characters
        self.length += utf16_length(characters)


def _lowered(text: str) -> str:
    return "".join(letter.lower() if letter.isascii() else letter for letter in text)


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Text and entities of `source`. Raises MarkupError."""
    reader = _Reader(source)
    while reader.at < len(source):
        character = source[reader.at]
        if character == "<":
            (_end_tag if source[reader.at + 1 : reader.at + 2] == "/" else _start_tag)(reader)
            continue
        decoded = _decoded(reader) if character == "&" else None
        if decoded is None:
            decoded = character
            reader.at += 1
        reader.append(decoded)
    if reader.stack:
        raise MarkupError(f'Can\'t find end tag corresponding to start tag "{reader.stack[-1].tag}"')
    if any("\ud800" <= character <= "\udfff" for character in reader.text):
        raise MarkupError(
            "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate "
            "code units"
        )
    return reader.text, in_order(_without_loose_language(reader.entities))


def _without_loose_language(entities: list[Entity]) -> list[Entity]:
    return [Entity(e.type, e.offset, e.length) if e.type == "code" else e for e in entities]


def _decoded(reader: _Reader) -> str | None:
    match = _REFERENCE.match(reader.source, reader.at)
    assert match is not None
    hexadecimal, decimal, name = match.groups()
    if name is not None:
        character = _NAMED.get(name)
    else:
        bare = match[0].rstrip(";")
        code = int(hexadecimal or "0", 16) if decimal is None else int(decimal or "0")
        character = chr(code) if 0 < code < 0x10FFFF and len(bare) < 10 else None
    if character is not None:
        reader.at = match.end()
    return character


def _start_tag(reader: _Reader) -> None:
    begin = reader.at
    reader.at += 1
    while reader.peek() not in _SPACE and reader.peek() != ">":
        reader.at += 1
    if reader.over():
        raise MarkupError(f"Unclosed start tag at byte offset {reader.byte(begin)}")
    tag = _lowered(reader.source[begin + 1 : reader.at])
    if tag not in _TAGS:
        raise MarkupError(f'Unsupported start tag "{tag}" at byte offset {reader.byte(begin)}')
    attributes = _attributes(reader, tag, begin)
    if tag == "span" and attributes.get("class") != "tg-spoiler":
        raise MarkupError(f'Tag "span" must have class "tg-spoiler" at byte offset {reader.byte(begin)}')
    reader.at += 1
    reader.stack.append(_Open(tag, attributes, reader.length, len(reader.text)))


_WANTED = {
    "a": ("href", ""),
    "code": ("class", "language-"),
    "span": ("class", "tg-"),
    "tg-emoji": ("emoji-id", ""),
    "blockquote": ("expandable", ""),
}


def _attributes(reader: _Reader, tag: str, begin: int) -> dict[str, str]:
    found: dict[str, str] = {}
    while reader.peek() != ">":
        reader.skip_space()
        if reader.peek() == ">":
            break
        name, value = _attribute(reader, tag, begin)
        wanted = _WANTED.get(tag)
        if tag == "tg-time" or (wanted and name == wanted[0] and value.startswith(wanted[1])):
            found[name] = value
    return found


def _attribute(reader: _Reader, tag: str, begin: int) -> tuple[str, str]:
    start = reader.at
    while reader.peek() not in _SPACE and reader.peek() not in "=>/\"'":
        reader.at += 1
    name = reader.source[start : reader.at]
    where = f'tag "{tag}" at byte offset {reader.byte(begin)}'
    if not name:
        raise MarkupError(f"Empty attribute name in the {where}")
    reader.skip_space()
    if reader.over():
        raise MarkupError(f"Unclosed start {where}")
    if reader.peek() != "=":
        return name, ""
    reader.at += 1
    reader.skip_space()
    if reader.over():
        raise MarkupError(f"Unclosed start {where}")
    value = _quoted(reader) if reader.peek() in "'\"" else _bare(reader)
    if reader.over():
        raise MarkupError(f"Unclosed start tag at byte offset {reader.byte(begin)}")
    return name, value


def _bare(reader: _Reader) -> str:
    start = reader.at
    while reader.peek().isascii() and (reader.peek().isalnum() or reader.peek() in ".-"):
        reader.at += 1
    if reader.peek() not in _SPACE and reader.peek() != ">":
        raise MarkupError(f"Unexpected end of name token at byte offset {reader.byte(start)}")
    return _lowered(reader.source[start : reader.at])


def _quoted(reader: _Reader) -> str:
    quote = reader.peek()
    reader.at += 1
    value = ""
    while not reader.over() and reader.peek() != quote:
        decoded = _decoded(reader) if reader.peek() == "&" else None
        if decoded is None:
            decoded = reader.peek()
            reader.at += 1
        value += decoded
    if reader.peek() == quote:
        reader.at += 1
    return value


def _end_tag(reader: _Reader) -> None:
    begin = reader.at
    if not reader.stack:
        raise MarkupError(f"Unexpected end tag at byte offset {reader.byte(begin)}")
    reader.at += 2
    while reader.peek() not in _SPACE and reader.peek() != ">":
        reader.at += 1
    name = _lowered(reader.source[begin + 2 : reader.at])
    reader.skip_space()
    if reader.peek() != ">":
        raise MarkupError(f"Unclosed end tag at byte offset {reader.byte(begin)}")
    opened = reader.stack.pop()
    if name and name != opened.tag:
        raise MarkupError(
            f'Unmatched end tag at byte offset {reader.byte(begin)}, expected "</{opened.tag}>", found "</{name}>"'
        )
    reader.at += 1
    if reader.length > opened.offset:
        _close(reader, opened)


def _close(reader: _Reader, opened: _Open) -> None:
    offset, length = opened.offset, reader.length - opened.offset
    if opened.tag in _SIMPLE:
        reader.entities.append(Entity(_SIMPLE[opened.tag], offset, length))
    elif opened.tag == "blockquote":
        kind = "expandable_blockquote" if "expandable" in opened.attributes else "blockquote"
        reader.entities.append(Entity(kind, offset, length))
    elif opened.tag == "a":
        link = linked_entity_fields(opened.attributes.get("href") or reader.text[opened.begin :])
        if link:
            reader.entities.append(Entity(link[0], offset, length, link[1]))
    elif opened.tag == "tg-emoji":
        number = opened.attributes.get("emoji-id", "")
        if not re.fullmatch(r"-?[0-9]{1,19}", number) or int(number) == 0:
            raise MarkupError("Invalid custom emoji identifier specified")
        reader.entities.append(Entity("custom_emoji", offset, length, (("custom_emoji_id", number),)))
    elif opened.tag == "tg-time":
        _close_time(reader, opened, length)
    else:
        _close_code(reader, opened, length)


def _close_time(reader: _Reader, opened: _Open, length: int) -> None:
    moment = opened.attributes.get("unix", "")
    if re.fullmatch(r"[1-9][0-9]{0,9}", moment):
        extra: tuple[tuple[str, str | int], ...] = (("unix_time", int(moment)),)
        reader.entities.append(Entity("date_time", opened.offset, length, extra))


def _close_code(reader: _Reader, opened: _Open, length: int) -> None:
    language = opened.attributes.get("class", "")[len("language-") :]
    last = reader.entities[-1] if reader.entities else None
    covers = last is not None and (last.offset, last.length) == (opened.offset, length)
    if opened.tag == "pre":
        if last and covers and last.type == "code" and last.extra:
            reader.entities[-1] = Entity("pre", opened.offset, length, last.extra)
        else:
            reader.entities.append(Entity("pre", opened.offset, length))
        return
    extra = (("language", language),) if language else ()
    if last and covers and last.type == "pre" and not last.extra and extra:
        reader.entities[-1] = Entity("pre", opened.offset, length, extra)
    else:
        reader.entities.append(Entity("code", opened.offset, length, extra))
