"""Opens a file or folder of articles and gives them one by one, not yet parsed.

Called by `index/ingest.py`. What cannot be read is one RecordError in the stream, and the rest goes on. This module
knows where articles lie and which reader takes which file; it must not know what stands in them.
"""

from __future__ import annotations

import gzip
import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO, Literal, cast

from index.datatypes import Handed, RawRecord, Record
from index.errors import RecordError, SourceError, SourceMissing
from index.sources import json_records, text
from index.sources.files import read_whole, reason, stamp
from index.sources.folder import walk

READABLE = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".json", ".jsonl", ".ndjson")


@dataclass(frozen=True, slots=True)
class Source:
    """A file or folder of articles. `name` is its absolute path; `max_bytes` is the most one article may have."""

    path: Path
    kind: Literal["file", "folder"]
    max_bytes: int

    @property
    def name(self) -> str:
        """The absolute path."""
        return str(self.path)

    @property
    def exhaustive(self) -> bool:
        """A file that is not there any more is gone."""
        return True

    def records(self) -> Iterator[RawRecord | RecordError | Handed]:
        """Each article, or why it cannot be read. An article met twice is given once, then reported."""
        seen: dict[str, str] = {}
        for item in self._all():
            if isinstance(item, RawRecord):
                if item.key in seen:
                    message = f"{item.name} is the same article as {seen[item.key]}; only the first is kept"
                    item = RecordError(message, source=item.name, key=item.key)
                else:
                    seen[item.key] = item.name
            yield item

    def _all(self) -> Iterator[RawRecord | RecordError | Handed]:
        if self.kind == "file":
            yield from _file_records(self.path, printable(self.path.name), self.max_bytes)
            return
        for found in walk(self.path):
            if isinstance(found, RecordError):
                yield found
            elif suffix(found) in READABLE:
                yield from _file_records(found, printable(found.relative_to(self.path).as_posix()), self.max_bytes)


def open_source(path: Path, *, max_bytes: int = 50_000_000) -> Source:
    """The source at `path`. SourceMissing where nothing is there, SourceError where it cannot be read at all."""
    path = Path(os.path.abspath(path))  # noqa: PTH100  # keeps symbolic links: the name given is the source's name
    shown = printable(str(path))
    try:
        if path.is_dir():
            os.scandir(path).close()
            return Source(path, "folder", max_bytes)
        path.stat()
    except FileNotFoundError:
        raise SourceMissing(f"{shown} is not there; give a file or folder of articles", source=shown) from None
    except OSError as error:
        raise SourceError(reason(error, shown), source=shown) from None
    if not path.is_file():
        raise SourceError(f"{shown} is neither a file nor a folder", source=shown)
    if suffix(path) not in READABLE:
        kinds = ", ".join(READABLE)
        raise SourceError(f"{shown} is of a kind that is not read; readable are {kinds} (also .gz)", source=shown)
    return Source(path, "file", max_bytes)


def suffix(path: Path) -> str:
    """The ending that tells the format, in lower case, without .gz."""
    return path.with_suffix("").suffix.lower() if path.suffix.lower() == ".gz" else path.suffix.lower()


def printable(name: str) -> str:
    """A file name as valid text: bytes that are no UTF-8 are spelt out."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _file_records(path: Path, key: str, max_bytes: int) -> Iterator[RawRecord | RecordError | Handed]:
    ending = suffix(path)
    if ending in (".jsonl", ".ndjson"):
        yield from _lines(path, key, max_bytes)
        return
    many = ending == ".json"  # a file that cannot be opened may have held any number of articles
    try:
        data = read_whole(path, name=key, key=None if many else key, max_bytes=max_bytes)
        if many:
            yield from json_records.file_records(data, key=key, name=key)
            return
        if not data.strip():
            raise RecordError(f"{key} is empty", source=key, key=key)
        reader, read = _reader(ending)
    except RecordError as error:
        yield error
        return
    digest = hashlib.sha256(f"{reader}\n".encode() + data).hexdigest()
    yield RawRecord(key=key, digest=digest, name=key, load=partial(read, data, key=key, name=key))


def _reader(ending: str) -> tuple[str, Callable[..., Record]]:
    """Name and version of the reader of a one-article format, and the reader."""
    if ending in (".md", ".markdown"):
        from index.sources import markdown  # these two load large libraries: only where they are needed

        return markdown.READER, markdown.read
    if ending in (".html", ".htm", ".xhtml"):
        from index.sources import web_page

        return web_page.READER, web_page.read
    return text.READER, text.read


def _lines(path: Path, key: str, max_bytes: int) -> Iterator[RawRecord | RecordError | Handed]:
    try:
        with path.open("rb") as file:
            before = os.fstat(file.fileno())
            if before.st_size == 0:
                yield RecordError(f"{key} is empty", source=key)
                return
            unpacked = cast(BinaryIO, gzip.GzipFile(fileobj=file) if path.suffix.lower() == ".gz" else file)
            yield from json_records.line_records(unpacked, key=key, name=key, max_bytes=max_bytes)
            changed = stamp(before) != stamp(path.stat())
    except OSError as error:
        yield RecordError(reason(error, key), source=key)
        return
    if changed:
        yield RecordError(f"{key} changed while it was read; index it again for the rest", source=key)
