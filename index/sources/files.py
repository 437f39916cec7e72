"""Reads one file whole and unchanged, or says in one line why it cannot be read.

Called by `index/sources/open.py`. It must not know formats, except that a name ending in .gz is compressed.
"""

from __future__ import annotations

import gzip
import os
import zlib
from pathlib import Path
from typing import BinaryIO

from index.errors import RecordError

Stamp = tuple[int, int, int, int]


def stamp(status: os.stat_result) -> Stamp:
    """What changes when a file changes: device, inode, size in bytes, time of change in nanoseconds."""
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def reason(error: Exception, name: str) -> str:
    """One line for a person on why `name` could not be read."""
    match error:
        case FileNotFoundError():
            return f"{name} vanished before it could be read"
        case PermissionError():
            return f"{name} cannot be opened: no permission to read it"
        case EOFError():
            return f"{name} is cut short: the compressed file ends too early"
        case zlib.error() | gzip.BadGzipFile():
            return f"{name} is damaged: it is not sound gzip data"
        case OSError():
            return f"{name} cannot be read: {(error.strerror or 'input/output error').lower()}"
        case _:
            return f"{name} cannot be read"


def read_whole(path: Path, *, name: str, key: str | None, max_bytes: int) -> bytes:
    """The bytes of `path`, decompressed. A file that changed meanwhile is read once more.

    RecordError with `key` where it cannot be read, holds over `max_bytes` bytes, or keeps changing.
    """
    for _ in range(2):
        try:
            with path.open("rb") as file:
                before = stamp(os.fstat(file.fileno()))
                data = _content(file, path, max_bytes)
                after = stamp(path.stat())
        except (OSError, EOFError, zlib.error) as error:
            raise RecordError(reason(error, name), source=name, key=key) from None
        if data is None:
            raise RecordError(f"{name} is larger than {max_bytes:,} bytes", source=name, key=key)
        if before == after:
            return data
    raise RecordError(f"{name} kept changing while it was read; try again later", source=name, key=key)


def _content(file: BinaryIO, path: Path, max_bytes: int) -> bytes | None:
    """The bytes, None where they are more than `max_bytes`."""
    if path.suffix.lower() == ".gz":
        with gzip.open(file) as unpacked:
            data = unpacked.read(max_bytes + 1)
    else:
        data = file.read(max_bytes + 1)
    return data if len(data) <= max_bytes else None
