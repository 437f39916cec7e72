"""Gives the files inside a zip file, one by one, none of them unpacked to disk.

Called by `index/sources/formats/registry.py`. It must not know the formats of members. Names only name: "../x" is the
member "x". A zip inside a zip is not opened. How much is unpacked is bounded for each member and in all.
"""

from __future__ import annotations

import io
import os
import re
import zipfile
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO, cast

from index.errors import RecordError
from index.sources.input.content import PACKED_BY, PACKED_FREE, UNPACKED, Bomb, bounded, ending, reason, unpacked
from index.sources.input.folder import is_unwanted

MOST_MEMBERS = 200_000
_DIRECTORY = 46  # bytes that a member takes at least in the directory at the end
_BROKEN = (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError)


@dataclass(slots=True)
class _Budget:
    """How many bytes may still be unpacked from a file."""

    left: int


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside a zip file; see `files.Content`."""

    archive: zipfile.ZipFile
    info: zipfile.ZipInfo
    key: str
    budget: _Budget

    @property
    def ending(self) -> str:
        """The ending that tells the format, in lower case, without .gz."""
        return ending(self.key)

    def whole(self, max_bytes: int) -> bytes:
        """See Content."""
        if self.info.file_size > max_bytes:
            raise RecordError(f"{self.key} is larger than {max_bytes:,} bytes", source=self.key, key=self.key)
        with self.stream() as stream:
            data = stream.read(max_bytes + 1)
        if len(data) > max_bytes:
            raise RecordError(f"{self.key} is larger than {max_bytes:,} bytes", source=self.key, key=self.key)
        return data

    @contextmanager
    def stream(self) -> Iterator[BinaryIO]:
        """See Content. RecordError where the member cannot be read."""
        try:
            self._spend()
            file = self.archive.open(self.info)
        except _BROKEN as error:
            raise RecordError(_why(error, self.key), source=self.key, key=self.key) from None
        try:
            with file:
                yield self._unpacked(bounded(cast(BinaryIO, file), self.info.compress_size))
        except UNPACKED as error:
            raise RecordError(_why(error, self.key), source=self.key, key=self.key) from None

    def _spend(self) -> None:
        """Refuse a member that was made to burst; what any other unpacks to counts for the whole file."""
        if self.info.file_size > PACKED_FREE + PACKED_BY * self.info.compress_size:
            raise Bomb
        self.budget.left -= self.info.file_size
        if self.budget.left < 0:
            raise Bomb

    def _unpacked(self, plain: BinaryIO) -> BinaryIO:
        if not self.key.lower().endswith(".gz"):
            return plain
        data = plain.read(self.info.file_size)
        return unpacked(io.BytesIO(data), self.key)


def _why(error: Exception, name: str) -> str:
    match error:
        case NotImplementedError():
            return f"{name} is compressed in a way that is not read; pack it anew as a plain zip file"
        case RuntimeError():
            return f"{name} is encrypted; pack it without a password"
        case zlib.error() | ValueError():
            return f"{name} is damaged: it is not a sound zip file"
        case _:
            return reason(error, name)


def members(stream: BinaryIO, *, key: str, readable: Collection[str]) -> Iterator[Member | RecordError]:
    """The members whose ending is among `readable`, in the order of the file.

    RecordError (raised) under the file's key where it is no zip file or was made to burst.
    """
    whole = io.BytesIO(stream.read()) if not stream.seekable() else stream
    size = whole.seek(0, os.SEEK_END)
    _check_directory(whole, size, key)
    try:
        archive = zipfile.ZipFile(whole)
    except _BROKEN as error:
        raise RecordError(_why(error, key), source=key, key=key) from None
    with archive:
        infos = archive.infolist()
        if len(infos) > MOST_MEMBERS:
            raise RecordError(f"{key} has more than {MOST_MEMBERS:,} members", source=key, key=key)
        budget = _Budget(max(100_000_000, size * PACKED_BY))
        for info in infos:
            found = _member(archive, info, key, budget, readable)
            if found is not None:
                yield found


def _check_directory(file: BinaryIO, size: int, key: str) -> None:
    """Refuse a directory with more members than are read, before it is read into memory."""
    file.seek(max(0, size - 66_000))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at >= 0 and len(tail) >= at + 16:
        length = int.from_bytes(tail[at + 12 : at + 16], "little")
        if length == 0xFFFFFFFF:  # the size stands elsewhere, and is that of a directory of 4 GB
            length = size
        if min(length, size) > MOST_MEMBERS * _DIRECTORY * 4:
            raise RecordError(f"{key} has more than {MOST_MEMBERS:,} members", source=key, key=key)
    file.seek(0)


def _member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, key: str, budget: _Budget, readable: Collection[str]
) -> Member | RecordError | None:
    """A member to be read, a line on one that is not, None for what is no article: folders, hidden files, pictures."""
    parts = [part for part in re.split(r"[/\\]", _printable(info.filename)) if part not in ("", ".", "..")]
    if info.is_dir() or not parts or parts[0] == "__MACOSX" or any(map(is_unwanted, parts)):
        return None
    name = f"{key}#{'/'.join(parts)}"
    if ending(name) == ".zip":
        return RecordError(f"{name} is a zip file inside a zip file; unpack it by hand", source=name, key=name)
    return Member(archive, info, name, budget) if ending(name) in readable else None


def _printable(name: str) -> str:
    return "".join(character if character.isprintable() else "?" for character in name)
