"""Reads the XML that newsrooms exchange: tells by its first element what a file is and hands it to its reader.

Called by `index/sources/formats/registry.py`. WordPress exports and NewsML-G2 hold many articles and are read item by
item; NITF holds one.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import partial
from itertools import chain
from typing import BinaryIO

from index.datatypes import RawRecord
from index.errors import RecordError
from index.sources.input import rights
from index.sources.input.xml_items import chunks, cut
from index.sources.newsroom import newsml, nitf, wxr

_FIRST = re.compile(rb"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)(?=[\s/>])")
_ASIDE = re.compile(rb"<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL)
_IDENT = re.compile(rb"""<doc-id\b[^>]*?\bid-string\s*=\s*["']([^"'<>]{1,300})["']""")
_EXPIRY = re.compile(rb"""<date\.expire\b[^>]*?\bnorm\s*=\s*["']([^"'<>]{1,40})["']""")
_NEWSML = {"newsItem", "newsMessage", "packageItem", "conceptItem", "knowledgeItem", "planningItem", "catalogItem"}


def file_records(stream: BinaryIO, *, key: str, max_bytes: int) -> Iterator[RawRecord | RecordError]:
    """The articles of an XML file; RecordError (raised) under the file's key where it is none that is read."""
    pieces = chunks(stream)
    first = next(pieces, b"")
    if not first.strip():
        raise RecordError(f"{key} is empty", source=key, key=key)
    root = _root(first)
    if root == "nitf":
        yield _one(chain([first], pieces), key, max_bytes)
    elif root in ("rss", "RDF"):
        yield from wxr.records(cut(chain([first], pieces), "item", max_bytes=max_bytes), key=key)
    elif root in _NEWSML:
        yield from newsml.records(cut(chain([first], pieces), "newsItem", max_bytes=max_bytes), key=key)
    else:
        what = f"its first element is <{root}>" if root else "it has no element"
        message = f"{key} is no XML that is read ({what}); readable are WordPress exports, NITF and NewsML-G2"
        raise RecordError(message, source=key, key=key)


def _root(first: bytes) -> str:
    match = _FIRST.search(_ASIDE.sub(b"", first))
    return match[1].decode("ascii", "replace") if match else ""


def _one(pieces: Iterator[bytes], key: str, max_bytes: int) -> RawRecord:
    data = bytearray()
    for piece in pieces:
        data += piece
        if len(data) > max_bytes:
            raise RecordError(f"{key} is larger than {max_bytes:,} bytes", source=key, key=key)
    expiry = _EXPIRY.search(data, 0, 65_536)
    expired = expiry is not None and rights.has_expired(expiry[1].decode("ascii", "replace"))
    digest = hashlib.sha256(f"{nitf.READER}{' expired' * expired}\n".encode() + data).hexdigest()
    ident = _IDENT.search(data, 0, 65_536)
    own = f"{key}#{ident[1].decode('utf-8', 'backslashreplace')}" if ident else key
    return RawRecord(key=own, digest=digest, name=key, load=partial(nitf.read, bytes(data), key=own, name=key))
