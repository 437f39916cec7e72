"""Which reader takes which file: by its ending, and for XML by its first element.

Called by `index/sources/file_source.py`, and by `zip_members.py` for what a zip file holds. It must not know where
files lie. A reader is imported when the first file of its format comes by, because most load a library.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from index.datatypes import Handed, RawRecord, Record
from index.errors import RecordError
from index.sources.formats import json_records, plain_text
from index.sources.input.content import UNPACKED, Content, reason

READABLE = (
    *(".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".json", ".jsonl", ".ndjson"),
    *(".xml", ".csv", ".tsv", ".pdf", ".docx", ".eml", ".zip"),
)

Given = Iterator[RawRecord | RecordError | Handed]


@dataclass(frozen=True, slots=True)
class Terms:
    """How files are read. `max_bytes` is the most one article may have.

    `fields` says for our fields (title, text, published, ...) what they are called in JSON and CSV files.
    """

    max_bytes: int = 50_000_000
    fields: Mapping[str, str] = field(default_factory=dict)


def records(content: Content, terms: Terms) -> Given:
    """The articles of a file, or why they cannot be read. An error under the file's key stands for all it holds."""
    try:
        yield from _records(content, terms)
    except RecordError as error:
        yield error
    except UNPACKED as error:
        yield RecordError(reason(error, content.key), source=content.key, key=content.key)


def _records(content: Content, terms: Terms) -> Given:
    key = content.key
    match content.ending:
        case ".jsonl" | ".ndjson":
            yield from _lines(content, terms)
        case ".json":
            single = _whole(content, terms, key=None)
            yield from json_records.file_records(single, key=key, name=key, fields=terms.fields)
        case ".csv" | ".tsv":
            from index.sources.formats import table

            with content.stream() as stream:
                yield from table.row_records(stream, key=key, max_bytes=terms.max_bytes, fields=terms.fields)
        case ".xml":
            from index.sources.newsroom import dispatch

            with content.stream() as stream:
                yield from dispatch.file_records(stream, key=key, max_bytes=terms.max_bytes)
        case ".zip":
            from index.sources.formats import zip_members

            with content.stream() as stream:
                for member in zip_members.members(stream, key=key, readable=READABLE):
                    if isinstance(member, RecordError):
                        yield member
                    else:
                        yield from records(member, terms)
        case ending:
            yield _article(content, terms, *_reader(ending))


def _article(content: Content, terms: Terms, reader: str, read: Callable[..., Record]) -> RawRecord:
    """The article of a file that holds one."""
    key = content.key
    data = content.whole(terms.max_bytes)
    if not data.strip():
        raise RecordError(f"{key} is empty", source=key, key=key)
    digest = hashlib.sha256(f"{reader}\n".encode() + data).hexdigest()
    return RawRecord(key=key, digest=digest, name=key, load=partial(read, data, key=key, name=key))


def _reader(ending: str) -> tuple[str, Callable[..., Record]]:
    """Name and version of the reader of a one-article format, and the reader."""
    match ending:
        case ".md" | ".markdown":
            from index.sources.formats import markdown

            return markdown.READER, markdown.read
        case ".html" | ".htm" | ".xhtml":
            from index.sources.pages import web_page

            return web_page.READER, web_page.read
        case ".pdf":
            from index.sources.formats import pdf

            return pdf.READER, pdf.read
        case ".docx":
            from index.sources.formats import docx

            return docx.READER, docx.read
        case ".eml":
            from index.sources.formats import eml

            return eml.READER, eml.read
    return plain_text.READER, plain_text.read


def _whole(content: Content, terms: Terms, *, key: str | None) -> bytes:
    """All bytes of a file that may hold any number of articles: where it cannot be read, they are under `key`."""
    try:
        return content.whole(terms.max_bytes)
    except RecordError as error:
        raise RecordError(str(error), source=error.source, key=key) from None


def _lines(content: Content, terms: Terms) -> Given:
    key = content.key
    try:
        with content.stream() as stream:
            lines = json_records.line_records(stream, key=key, name=key, max_bytes=terms.max_bytes, fields=terms.fields)
            first = next(lines, RecordError(f"{key} is empty", source=key))
            yield first
            yield from lines
    except UNPACKED as error:
        yield RecordError(reason(error, key), source=key)
