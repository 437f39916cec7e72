"""Opens a file or folder of articles and gives them one by one, not yet parsed.

Called by `index/runs/ingest.py`. What cannot be read is one RecordError in the stream, and the rest goes on. This
module knows where articles lie; which reader takes which file is the business of `registry.py`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from index.datatypes import Handed, RawRecord
from index.errors import RecordError, SourceError, SourceMissing
from index.sources.formats.registry import READABLE, Terms, records
from index.sources.input.content import DiskFile, ending, reason
from index.sources.input.fields import checked
from index.sources.input.folder import walk
from index.sources.sidecar import is_sidecar, with_sidecar


@dataclass(frozen=True, slots=True)
class Source:
    """A file or folder of articles. `name` is its absolute path; `terms` says how its files are read."""

    path: Path
    kind: Literal["file", "folder"]
    terms: Terms

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
            key = printable(self.path.name)
            yield from with_sidecar(self.path, key, records(DiskFile(self.path, key), self.terms))
            return
        for found in walk(self.path):
            if isinstance(found, RecordError):
                yield found
            elif ending(found.name) in READABLE and not is_sidecar(found):
                key = printable(found.relative_to(self.path).as_posix())
                yield from with_sidecar(found, key, records(DiskFile(found, key), self.terms))


def open_source(path: Path, *, max_bytes: int = 50_000_000, fields: Mapping[str, str] | None = None) -> Source:
    """The source at `path`. SourceMissing where nothing is there, SourceError where it cannot be read at all.

    `fields` says for our fields what they are called in JSON and CSV files: {"title": "hed"}. SourceError where one
    is none of ours.
    """
    terms = Terms(max_bytes, checked(fields or {}))
    path = Path(os.path.abspath(path))  # noqa: PTH100  # keeps symbolic links: the name given is the source's name
    shown = printable(str(path))
    try:
        if path.is_dir():
            os.scandir(path).close()
            return Source(path, "folder", terms)
        path.stat()
    except FileNotFoundError:
        raise SourceMissing(f"{shown} is not there; give a file or folder of articles", source=shown) from None
    except OSError as error:
        raise SourceError(reason(error, shown), source=shown) from None
    if not path.is_file():
        raise SourceError(f"{shown} is neither a file nor a folder", source=shown)
    if ending(path.name) not in READABLE:
        kinds = ", ".join(READABLE)
        raise SourceError(f"{shown} is of a kind that is not read; readable are {kinds} (also .gz)", source=shown)
    return Source(path, "file", terms)


def printable(name: str) -> str:
    """A file name as valid text: bytes that are no UTF-8 are spelt out."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
