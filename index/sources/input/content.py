"""Reads one file unchanged, whole or as a stream, or says in one line why it cannot be read.

Called by `index/sources/file_source.py` and the readers. It must not know formats, except that a name ending in .gz is
compressed. Nothing here unpacks without end: what is compressed beyond all measure is refused.
"""

from __future__ import annotations

import gzip
import io
import os
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol
from zipfile import BadZipFile

from index.errors import RecordError

UNPACKED = (OSError, EOFError, zlib.error, BadZipFile)  # what reading compressed data raises
PACKED_BY = 200  # articles are packed to a tenth of their size; by more than this only what was made to burst is
PACKED_FREE = 10_000_000  # bytes that are unpacked without looking at the ratio

Stamp = tuple[int, int, int, int]


class Bomb(OSError):
    """Compressed data that unpacks to far more than articles do."""


class Content(Protocol):
    """What a file holds, wherever it lies. `key` is its path inside the source, and what a person is shown."""

    @property
    def key(self) -> str:
        """The path inside the source."""

    @property
    def ending(self) -> str:
        """The ending that tells the format, in lower case, without .gz."""

    def whole(self, max_bytes: int) -> bytes:
        """All bytes, unpacked. RecordError under `key` where they cannot be read or are more than `max_bytes`."""

    def stream(self) -> AbstractContextManager[BinaryIO]:
        """The open file, unpacked. Reading raises one of UNPACKED where it cannot be read."""


@dataclass(frozen=True, slots=True)
class DiskFile:
    """A file of this machine; see Content."""

    path: Path
    key: str

    @property
    def ending(self) -> str:
        """The ending that tells the format, in lower case, without .gz."""
        return ending(self.path.name)

    def whole(self, max_bytes: int) -> bytes:
        """See Content. A file that changed meanwhile is read once more."""
        return read_whole(self.path, name=self.key, key=self.key, max_bytes=max_bytes)

    @contextmanager
    def stream(self) -> Iterator[BinaryIO]:
        """See Content. RecordError at the end where the file changed meanwhile."""
        with self.path.open("rb") as file:
            before = stamp(os.fstat(file.fileno()))
            yield unpacked(file, self.path.name)
            if before != stamp(self.path.stat()):
                message = f"{self.key} changed while it was read; index it again for the rest"
                raise RecordError(message, source=self.key)


def ending(name: str) -> str:
    """The ending of a file name that tells its format, in lower case, without .gz: ".txt"."""
    path = Path(name)
    return path.with_suffix("").suffix.lower() if path.suffix.lower() == ".gz" else path.suffix.lower()


def unpacked(file: BinaryIO, name: str) -> BinaryIO:
    """The file itself, or what a file named *.gz unpacks to."""
    if not name.lower().endswith(".gz"):
        return file
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    return bounded(gzip.GzipFile(fileobj=file), size)


class _Bounded(io.RawIOBase):
    def __init__(self, source: io.BufferedIOBase | BinaryIO, packed: int) -> None:
        self.source, self.left = source, PACKED_FREE + packed * PACKED_BY

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self.source.read(min(len(buffer), 8_192))
        self.left -= len(data)
        if self.left < 0:
            raise Bomb
        buffer[: len(data)] = data
        return len(data)


def bounded(source: io.BufferedIOBase | BinaryIO, packed: int) -> BinaryIO:
    """What `source` unpacks from `packed` bytes; reading raises Bomb where that is more than articles unpack to."""
    return io.BufferedReader(_Bounded(source, packed), 8_192)  # little is lost where it breaks off


def stamp(status: os.stat_result) -> Stamp:
    """What changes when a file changes: device, inode, size in bytes, time of change in nanoseconds."""
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def reason(error: Exception, name: str) -> str:
    """One line for a person on why `name` could not be read."""
    match error:
        case Bomb():
            why = "unpacks to far more than articles do and was not read; unpack it by hand"
        case FileNotFoundError():
            why = "vanished before it could be read"
        case PermissionError():
            why = "cannot be opened: no permission to read it"
        case EOFError():
            why = "is cut short: the compressed file ends too early"
        case zlib.error() | gzip.BadGzipFile():
            why = "is damaged: it is not sound gzip data"
        case BadZipFile():
            why = "is damaged: it is not a sound zip file"
        case OSError():
            why = f"cannot be read: {(error.strerror or 'input/output error').lower()}"
        case _:
            why = "cannot be read"
    return f"{name} {why}"


@contextmanager
def spoken(name: str, key: str | None) -> Iterator[None]:
    """Turn what reading compressed data raises into a RecordError."""
    try:
        yield
    except UNPACKED as error:
        raise RecordError(reason(error, name), source=name, key=key) from None


def read_whole(path: Path, *, name: str, key: str | None, max_bytes: int) -> bytes:
    """The bytes of `path`, decompressed. A file that changed meanwhile is read once more.

    RecordError with `key` where it cannot be read, holds over `max_bytes` bytes, or keeps changing.
    """
    for _ in range(2):
        with spoken(name, key), path.open("rb") as file:
            before = stamp(os.fstat(file.fileno()))
            data = _content(file, path, max_bytes)
            after = stamp(path.stat())
        if data is None:
            raise RecordError(f"{name} is larger than {max_bytes:,} bytes", source=name, key=key)
        if before == after:
            return data
    raise RecordError(f"{name} kept changing while it was read; try again later", source=name, key=key)


def _content(file: BinaryIO, path: Path, max_bytes: int) -> bytes | None:
    """The bytes, None where they are more than `max_bytes`."""
    data = unpacked(file, path.name).read(max_bytes + 1)
    return data if len(data) <= max_bytes else None
