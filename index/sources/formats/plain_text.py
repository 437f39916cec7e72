"""Reads a plain text file: the whole file is one article, its metadata stands in its lines.

Called by `index/sources/file_source.py`. Recognising headline, credits and the like is the business of
`index/clean/paragraphs.py`.
"""

from __future__ import annotations

from index.datatypes import Record
from index.sources.input.decode import decode

READER = "text/1"


def read(data: bytes, *, key: str, name: str) -> Record:
    """The article in the bytes of a text file; RecordError where they are no text."""
    return Record(key=key, format="text", body=decode(data, name=name, key=key))
