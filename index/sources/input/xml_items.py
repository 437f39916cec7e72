"""Cuts an XML file into its items as it is read, without parsing it as a whole.

Called by `dispatch.py`. It must not know what stands in an item. An export of ten years is one file: cut first and
parsed item by item, memory does not grow with it, and an item that is no valid XML costs itself alone.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Literal

CHUNK = 65_536


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the file: what stands before the first item, an item, or the beginning of one that cannot be read."""

    kind: Literal["head", "item", "unclosed", "enormous"]
    data: bytes

    @property
    def complaint(self) -> str:
        """What a person is told of an item that is not whole, after its name; "" for one that is."""
        return _COMPLAINTS.get(self.kind, "")


_COMPLAINTS = {"unclosed": "is cut short: its end is missing", "enormous": "is larger than one article may be"}
_DECLARED = re.compile(r"""\bxmlns(?::[\w.-]+)?\s*=\s*(?:"[^"<]*"|'[^'<]*')""")


def namespaces(head: bytes) -> str:
    """The namespace declarations in the head of a file, which its items need to be parsed by themselves."""
    found = {one.split("=")[0].strip(): one for one in _DECLARED.findall(head.decode("utf-8", "replace"))}
    return " ".join(found.values()) or 'xmlns:none="none"'


def chunks(stream: BinaryIO) -> Iterator[bytes]:
    """The bytes of a stream, UTF-16 made UTF-8 on the way: the marks of XML are looked for as ASCII."""
    first = stream.read(CHUNK)
    rest = iter(lambda: stream.read(CHUNK), b"")
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        decoder = codecs.getincrementaldecoder("utf-16")("replace")
        yield decoder.decode(first).encode()
        yield from (decoder.decode(chunk).encode() for chunk in rest)
        return
    yield first
    yield from rest


class _Cutter:
    """The state of one file being cut."""

    def __init__(self, tag: str, max_bytes: int) -> None:
        name = re.escape(tag.encode())
        self.mark = re.compile(rb"<!\[CDATA\[|<!--|<(/?)(?:[\w.-]+:)?" + name + rb"(?=[\s/>])[^<>]*>")
        # An item's end and the next one's start in one section: the section was never closed.
        self.joint = re.compile(rb"</(?:[\w.-]+:)?" + name + rb"\s*>\s*<(?:[\w.-]+:)?" + name + rb"[\s>]")
        self.max_bytes = max_bytes
        self.buffer = bytearray()
        self.scanned = 0  # what lies before needs no second look
        self.start: int | None = None  # where the item in hand begins
        self.closing = b""  # the end of the CDATA section or comment in hand
        self.opened = 0  # where that began
        self.head_given = False
        self.dropping = False

    def feed(self, chunk: bytes) -> Iterator[Piece]:
        self.buffer += chunk
        while True:
            found = self._step()
            if found is None:
                break
            yield from found
        yield from self._trim()

    def _step(self) -> Iterable[Piece] | None:
        """What the next mark brings; None where more bytes are needed."""
        if self.closing:
            return self._close_section()
        match = self.mark.search(self.buffer, self.scanned)
        if match is None:
            opening = self.buffer.rfind(b"<", max(self.scanned, len(self.buffer) - CHUNK))
            self.scanned = opening if opening >= 0 else len(self.buffer)  # a mark may be cut by the chunk's end
            return None
        self.scanned = match.end()
        if match[1] is None:
            self.closing, self.opened = (b"]]>" if match[0].startswith(b"<![") else b"-->"), match.start()
            return ()
        if match[1]:
            return self._end(match.end())
        return self._begin(match.start()) if not match[0].endswith(b"/>") else ()

    def _close_section(self) -> Iterable[Piece] | None:
        end = self.buffer.find(self.closing, self.scanned)
        if end < 0:
            self.scanned = max(self.scanned, len(self.buffer) - 2)
            return None
        joint = self.joint.search(self.buffer, self.opened, end) if self.start is not None else None
        self.closing = b""
        if joint is None:
            self.scanned = end + 3
            return ()
        next_item = self.buffer.index(b"<", joint.start() + 1)
        self.scanned = next_item
        return self._cut(next_item, "unclosed")

    def _begin(self, start: int) -> Iterable[Piece]:
        pieces: list[Piece] = []
        if self.start is not None:
            pieces.extend(self._cut(start, "unclosed"))
            start = 0
        if not self.head_given:
            self.head_given = True
            pieces.append(Piece("head", bytes(self.buffer[:start])))
        self.start, self.dropping = start, False
        return pieces

    def _end(self, end: int) -> Iterable[Piece]:
        if self.start is None:
            return ()
        return self._cut(end, "item")

    def _cut(self, end: int, kind: Literal["item", "unclosed"]) -> Iterable[Piece]:
        """The item in hand ends at `end`; what follows moves to the front."""
        assert self.start is not None
        data = bytes(self.buffer[self.start : end])
        del self.buffer[:end]
        self.scanned = max(0, self.scanned - end)
        self.start = None
        dropped, self.dropping = self.dropping, False
        return () if dropped else (Piece(kind, data),)

    def _trim(self) -> Iterator[Piece]:
        """Let go of what is not needed: what lies between items, and the rest of an item that is too large."""
        if self.start is not None and not self.dropping and len(self.buffer) - self.start > self.max_bytes:
            yield Piece("enormous", bytes(self.buffer[self.start : self.start + 2000]))
            self.dropping = True
        if self.dropping or (self.head_given and self.start is None):
            del self.buffer[: self.scanned]
            self.opened = max(0, self.opened - self.scanned)
            self.scanned = 0
            self.start = 0 if self.start is not None else None
        elif not self.head_given and len(self.buffer) > self.max_bytes:
            del self.buffer[self.max_bytes // 2 : self.scanned]  # what is before the first item is never that large
            self.scanned = min(self.scanned, len(self.buffer))

    def finish(self) -> Iterator[Piece]:
        if self.start is not None and not self.dropping:
            yield Piece("unclosed", bytes(self.buffer[self.start :]))
        if not self.head_given:
            yield Piece("head", bytes(self.buffer))


def cut(pieces: Iterable[bytes], tag: str, *, max_bytes: int) -> Iterator[Piece]:
    """The head of the file, then every element `tag` (under any prefix), in order. One may have `max_bytes`."""
    cutter = _Cutter(tag, max_bytes)
    for chunk in pieces:
        yield from cutter.feed(chunk)
    yield from cutter.finish()
