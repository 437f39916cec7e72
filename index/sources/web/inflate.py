"""Unpacks what a server sent compressed, never to more than a bound.

Called by `fetch.py` chunk by chunk, and for sitemaps that are files packed with gzip. It must not know HTTP.
"""

from __future__ import annotations

import zlib


class TooLarge(Exception):
    """More than the bound."""


class Damaged(Exception):
    """Not sound compressed data, or cut short."""


class Inflater:
    """Unpacks gzip or zlib data (`coding` "gzip", "deflate"), or lets through what is not packed ("identity").

    Raises TooLarge as soon as more than `bound` bytes came out, or went in; Damaged where the data is not sound.
    """

    def __init__(self, coding: str, bound: int) -> None:
        self._coding, self._left, self._in_left = coding, bound, bound
        self._engine = None if coding == "identity" else zlib.decompressobj(zlib.MAX_WBITS | 32)
        self._raw_allowed = coding == "deflate"  # servers that leave out zlib's frame
        self._started = False
        self._head = b""  # of zlib data, recognised by its first two bytes

    def feed(self, chunk: bytes) -> bytes:
        """What a chunk unpacks to."""
        self._in_left -= len(chunk)
        if self._in_left < 0:
            raise TooLarge
        if self._engine is None:
            return self._counted(chunk)
        if self._raw_allowed and not self._started:
            self._head = chunk = self._head + chunk
            if len(chunk) < 2:
                return b""
        out = bytearray()
        while chunk:
            out += self._counted(self._step(chunk))
            assert self._engine is not None
            chunk = self._engine.unconsumed_tail
            if self._engine.eof:
                chunk = self._next_member()
        return bytes(out)

    def end(self) -> None:
        """Says that there is no more. Damaged where there should have been."""
        if self._engine is not None and self._started and not self._engine.eof:
            raise Damaged

    def _step(self, chunk: bytes) -> bytes:
        assert self._engine is not None
        try:
            done = self._engine.decompress(chunk, min(self._left + 1, 1 << 20))
        except zlib.error:
            if not self._raw_allowed or self._started:
                raise Damaged from None
            self._raw_allowed, self._engine = False, zlib.decompressobj(-zlib.MAX_WBITS)
            return self._step(chunk)
        self._started = True
        return done

    def _next_member(self) -> bytes:
        """A gzip file may have several parts; zeros after the last are padding."""
        assert self._engine is not None
        rest = self._engine.unused_data
        if not rest.strip(b"\0") or self._coding != "gzip":
            return b""
        self._engine = zlib.decompressobj(zlib.MAX_WBITS | 32)
        return rest

    def _counted(self, data: bytes) -> bytes:
        self._left -= len(data)
        if self._left < 0:
            raise TooLarge
        return data


def is_packed(data: bytes) -> bool:
    """Whether data is a gzip file."""
    return data.startswith(b"\x1f\x8b")


def unpacked(data: bytes, bound: int) -> bytes:
    """What a gzip file holds. Raises TooLarge or Damaged."""
    inflater = Inflater("gzip", bound)
    out = inflater.feed(data)
    inflater.end()
    return out
