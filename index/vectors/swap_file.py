"""A large file and its small header, swapped together in one step.

The vector index keeps itself in one. The header (JSON) names the data file beside it and its digest; replacing the
header is the swap, so a process that is killed while saving leaves the last good pair. Knows nothing of what is kept.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

_BLOCK = 1 << 20
_BLOCKS = 64
_ABANDONED = 3600  # seconds after which a draft belongs to nobody any more


def save(path: Path, write: Callable[[Path], None], facts: Mapping[str, Any]) -> None:
    """Let `write` fill a new data file next to `path`, then swap the header at `path`, with `facts`, for the old one.

    OSError where it fails; what was saved before is then untouched. Data files of earlier headers are deleted.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with _draft(path) as draft:
        write(draft)
        _sync(draft)
        digest = _digest(draft, facts)
        data = path.with_name(f"{path.stem}-{digest[:16]}.data")
        draft.replace(data)
    with _draft(path) as draft:
        header = {"facts": dict(facts), "file": data.name, "digest": digest}
        draft.write_text(json.dumps(header, indent=1), "utf-8")
        _sync(draft)
        draft.replace(path)
    _sync(path.parent)
    _clear(path, data)


def load(path: Path) -> tuple[dict[str, Any], Path]:
    """The facts saved at `path` and the data file that goes with them, found whole.

    FileNotFoundError where there is none, OSError where it cannot be read, ValueError where it is damaged.
    """
    try:
        return _load(path)
    except FileNotFoundError:
        return _load(path)  # another process may have swapped the pair between our two looks


def peek(path: Path) -> dict[str, Any]:
    """The facts saved at `path` as they stand there, the data file not looked at; none where there is nothing sound."""
    try:
        match json.loads(path.read_text("utf-8")):
            case {"facts": dict(facts)}:
                return facts
    except (OSError, ValueError):
        pass
    return {}


def _load(path: Path) -> tuple[dict[str, Any], Path]:
    match json.loads(path.read_text("utf-8")):
        case {"facts": dict(facts), "file": str(name), "digest": str(digest)}:
            data = path.with_name(Path(name).name)
            if _digest(data, facts) == digest:
                return facts, data
    raise ValueError(f"{path.name} or its data is not what was saved")


def _digest(path: Path, facts: Mapping[str, Any]) -> str:
    """sha256 (hex) over `facts`, a file's size and 64 evenly spaced blocks of it of 1 MiB: all up to 64 MiB."""
    size = path.stat().st_size
    total = -(-size // _BLOCK)
    count = min(total, _BLOCKS)
    digest = hashlib.sha256(json.dumps([dict(facts), size], sort_keys=True).encode())
    with path.open("rb") as stream:
        for block in (n * (total - 1) // max(1, count - 1) for n in range(count)):
            stream.seek(block * _BLOCK)
            digest.update(stream.read(_BLOCK))
    return digest.hexdigest()


@contextlib.contextmanager
def _draft(path: Path) -> Iterator[Path]:
    """A file next to `path` that is gone afterwards unless it was renamed."""
    handle, name = tempfile.mkstemp(prefix=f".{path.stem}-", suffix=".draft", dir=path.parent)
    os.close(handle)
    try:
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def _clear(path: Path, data: Path) -> None:
    """Delete earlier data files, and drafts that a killed process left."""
    for old in path.parent.glob(f"{path.stem}-*.data"):
        if old != data:
            old.unlink(missing_ok=True)
    for draft in path.parent.glob(f".{path.stem}-*.draft"):
        with contextlib.suppress(FileNotFoundError):
            if time.time() - draft.stat().st_mtime > _ABANDONED:
                draft.unlink()


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
