"""Reads parse_mode MarkdownV2 and the old Markdown: text and entities, or the server's own complaint.

Called by `text`. Offsets in complaints are UTF-8 bytes of the text as sent, offsets in entities UTF-16 units of
the result.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .entities import Entity, in_order, utf16_length
from .html_markup import MarkupError
from .weblinks import linked_entity_fields

_RESERVED = "_*[]()~`>#+-=|{}.!\n"
_SPACE = " \t\r\n\0\v"
_NAMES = {
    "bold": "Bold",
    "italic": "Italic",
    "underline": "Underline",
    "strikethrough": "Strikethrough",
    "spoiler": "Spoiler",
    "code": "Code",
    "pre": "Pre",
    "precode": "PreCode",
    "text_link": "TextUrl",
    "custom_emoji": "CustomEmoji",
    "blockquote": "BlockQuote",
}


_OPENINGS = {  # the longer before the shorter
    "__": "underline",
    "_": "italic",
    "*": "bold",
    "~": "strikethrough",
    "||": "spoiler",
    "![": "custom_emoji",
    "[": "text_link",
    "```": "pre",
    "`": "code",
}


@dataclass(slots=True)
class _Open:
    type: str
    offset: int
    at: int
    begin: int
    language: str = ""


@dataclass(slots=True)
class _Reader:
    source: str
    at: int = 0
    text: str = ""
    length: int = 0
    quoting: bool = False
    line_start: bool = True  # whether a quotation may begin here
    entities: list[Entity] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)

    def peek(self, ahead: int = 0) -> str:
        at = self.at + ahead
        return self.source[at] if at < len(self.source) else "\0"

    def sees(self, characters: str) -> bool:
        return self.source.startswith(characters, self.at)

    def byte(self, at: int) -> int:
        return len(self.source[:at].encode("utf-8", "surrogatepass"))

    def append(self, characters: str) -> None:
        self.text += characters
        self.length += utf16_length(characters)

    def inside(self) -> str:
        return self.stack[-1].type if self.stack else ""

    def unended(self) -> MarkupError:
        last = self.stack[-1]
        return MarkupError(f"Can't find end of {_NAMES[last.type]} entity at byte offset {self.byte(last.at)}")


def parse_markdown_v2(source: str) -> tuple[str, list[Entity]]:
    """Text and entities of `source`. Raises MarkupError."""
    reader = _Reader(source)
    while reader.at < len(source):
        character = reader.peek()
        if character == "\\" and "\1" <= reader.peek(1) <= "~":
            reader.append(reader.peek(1))
            reader.line_start = reader.peek(1) == "\n"
            reader.at += 2
            continue
        reserved = "`" if reader.inside() in ("code", "pre", "precode") else _RESERVED
        if character not in reserved:
            reader.append(character)
            reader.line_start = False
            reader.at += 1
        elif _ends(reader):
            _end(reader)
        else:
            _begin(reader)
    if reader.inside() == "blockquote":
        _add(reader, "blockquote")
    if reader.stack:
        raise reader.unended()
    return reader.text, in_order(reader.entities)


def _ends_expandable(reader: _Reader) -> bool:
    """Two bars that close a quotation: nothing may stand between them and its end."""
    if not reader.quoting or not reader.sees("||"):
        return False
    after = reader.peek(2)
    return reader.at + 2 == len(reader.source) or (after == "\n" and reader.peek(3) != ">")


def _ends(reader: _Reader) -> bool:
    if not reader.stack:
        return False
    if reader.quoting and reader.peek() == "\n" and reader.peek(1) != ">":
        return True
    kind = reader.inside()
    if kind != "spoiler" and _ends_expandable(reader):
        return True
    if kind == "italic":
        return reader.peek() == "_" and reader.peek(1) != "_"
    if kind == "blockquote":
        return False
    closing = {
        "bold": "*",
        "code": "`",
        "pre": "```",
        "precode": "```",
        "underline": "__",
        "strikethrough": "~",
        "spoiler": "||",
        "text_link": "]",
        "custom_emoji": "]",
    }
    return reader.sees(closing[kind])


def _reserved(character: str) -> MarkupError:
    return MarkupError(f"Character '{character}' is reserved and must be escaped with the preceding '\\'")


def _begin(reader: _Reader) -> None:
    character, at = reader.peek(), reader.at
    if character == "\n":
        reader.append("\n")
        reader.line_start = True
        reader.at += 1
        return
    if character == ">":
        if not reader.line_start:
            raise _reserved(character)
        reader.at += 1
        if not reader.quoting:
            reader.quoting = True
            reader.stack.append(_Open("blockquote", reader.length, at, len(reader.text)))
        return
    opening = next((opening for opening in _OPENINGS if reader.sees(opening)), None)
    if opening is None:
        raise _reserved(character)
    reader.at += len(opening)
    kind, language = _OPENINGS[opening], ""
    if kind == "pre":
        language = _language(reader)
        kind = "precode" if language else "pre"
    reader.stack.append(_Open(kind, reader.length, at, len(reader.text), language))


def _language(reader: _Reader) -> str:
    end = reader.at
    while end < len(reader.source) and reader.source[end] not in _SPACE and reader.source[end] != "`":
        end += 1
    language = ""
    if end < len(reader.source) and reader.source[end] != "`":
        language = reader.source[reader.at : end]
        reader.at = end
    if reader.peek() in "\n\r":
        reader.at += 2 if reader.peek(1) in "\n\r" and reader.peek() != reader.peek(1) else 1
    return language


def _end(reader: _Reader) -> None:
    kind = reader.inside()
    expandable = kind != "spoiler" and _ends_expandable(reader)
    if (reader.peek() == "\n" or expandable) and kind != "blockquote":
        raise reader.unended()
    if kind == "blockquote":
        _end_quote(reader, expandable)
    elif kind in ("text_link", "custom_emoji"):
        _end_link(reader)
    else:
        width = {"underline": 2, "spoiler": 2, "pre": 3, "precode": 3}.get(kind, 1)
        reader.at += width
        _add(reader, kind)


def _end_quote(reader: _Reader, expandable: bool) -> None:
    reader.at += 2 if expandable else 0
    if reader.at < len(reader.source):
        reader.append("\n")
        reader.line_start = True
        reader.at += 1
    reader.quoting = False
    _add(reader, "expandable_blockquote" if expandable else "blockquote")


def _add(reader: _Reader, kind: str, extra: tuple[tuple[str, str | int], ...] = ()) -> None:
    opened = reader.stack.pop()
    length = reader.length - opened.offset
    if kind == "precode":
        kind, extra = "pre", (("language", opened.language),)
    if length:
        reader.entities.append(Entity(kind, opened.offset, length, extra))


def _end_link(reader: _Reader) -> None:
    opened = reader.stack[-1]
    emoji = opened.type == "custom_emoji"
    if reader.peek(1) != "(":
        if emoji:
            raise MarkupError("The entity must contain a tg://emoji or tg://time URL")
        url = reader.text[opened.begin :]
        reader.at += 1
    else:
        reader.at += 2
        url = _url(reader)
    if emoji:
        _end_emoji(reader, url)
        return
    link = linked_entity_fields(url)
    if link is None:
        reader.stack.pop()
    else:
        _add(reader, link[0], link[1])


def _url(reader: _Reader) -> str:
    begin, url = reader.at, ""
    while reader.at < len(reader.source) and reader.peek() != ")":
        if reader.peek() == "\\" and "\1" <= reader.peek(1) <= "~":
            reader.at += 1
        url += reader.peek()
        reader.at += 1
    if reader.peek() != ")":
        raise MarkupError(f"Can't find end of a URL at byte offset {reader.byte(begin)}")
    reader.at += 1
    return url


def _end_emoji(reader: _Reader, url: str) -> None:
    if match := re.fullmatch(r"tg://emoji\?id=(-?[1-9][0-9]{0,18})", url, re.IGNORECASE):
        _add(reader, "custom_emoji", (("custom_emoji_id", match[1]),))
    elif match := re.fullmatch(r"tg://time\?unix=([1-9][0-9]{0,9})(?:&format=[A-Za-z]*)?", url, re.IGNORECASE):
        _add(reader, "date_time", (("unix_time", int(match[1])),))
    else:
        raise MarkupError("Invalid tg://emoji or tg://time URL specified")


_OLD = {"_": "italic", "*": "bold", "`": "code", "[": "text_link"}


def parse_markdown(source: str) -> tuple[str, list[Entity]]:
    """The old mode, without nesting. Raises MarkupError."""
    reader = _Reader(source)
    while reader.at < len(source):
        character = reader.peek()
        if character == "\\" and reader.peek(1) in _OLD:
            reader.append(reader.peek(1))
            reader.at += 2
        elif character in _OLD:
            _old_entity(reader)
        else:
            reader.append(character)
            reader.at += 1
    return reader.text, in_order(reader.entities)


def _old_entity(reader: _Reader) -> None:
    begin, kind = reader.at, _OLD[reader.peek()]
    closing = "]" if kind == "text_link" else reader.peek()
    language = ""
    if reader.sees("```"):
        kind, closing = "pre", "```"
        reader.at += 3
        language = _language(reader)
    else:
        reader.at += 1
    end = reader.source.find(closing, reader.at)
    if end < 0:
        raise MarkupError(f"Can't find end of the entity starting at byte offset {reader.byte(begin)}")
    offset, inner = reader.length, reader.source[reader.at : end]
    reader.append(inner)
    reader.at = end + len(closing)
    extra: tuple[tuple[str, str | int], ...] = (("language", language),) if language else ()
    if kind == "text_link":
        url = inner
        if inner and reader.peek() == "(":
            close = reader.source.find(")", reader.at)
            close = len(reader.source) if close < 0 else close
            url = reader.source[reader.at + 1 : close]
            reader.at = close + 1
        link = linked_entity_fields(url) if inner else None
        if link is None:
            return
        kind, extra = link
    if reader.length > offset:
        reader.entities.append(Entity(kind, offset, reader.length - offset, extra))
