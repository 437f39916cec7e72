"""Backups of the data folder: one zip file with everything that cannot be made again, each part under its sha256.

Made while the bot serves and while a run goes on: SQLite's online backup copies each database as of one moment. A
backup is written under a temporary name and renamed when it is whole. Restoring checks every part before anything is
touched, and puts what was there aside. A backup holds the bot's key, so it is readable by its owner alone. The vector
index is left out: it is built again from the archive. Called by the terminal, by /backup and by a schedule.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from bot.journal import JOURNAL
from bot.journal import MIGRATIONS as JOURNAL_MIGRATIONS
from index.archive import DATABASE, newest_schema
from index.errors import StoreError
from index.store.database import copy, schema_of

MANIFEST = "manifest.json"
FORMAT = 1
KEY, FLOOR = "bot.key", "floor.json"
DATABASES = (DATABASE, JOURNAL)
MEMBERS = (*DATABASES, KEY, FLOOR)
"""What a backup may hold, as it is called in the data folder."""
PREFIX, SUFFIX = "quotewire-", ".zip"
BLOCK = 1 << 20
LARGEST_MANIFEST = 1 << 16  # bytes


class BackupError(StoreError):
    """A backup cannot be made, or what was given is none that can be restored."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup file: when it was made, and its size in bytes."""

    path: Path
    made: datetime
    size: int


def named(folder: Path, now: datetime) -> Path:
    """Where a backup that is made now goes."""
    return folder / f"{PREFIX}{now.astimezone(UTC):%Y%m%d-%H%M%S}{SUFFIX}"


def known(folder: Path) -> list[Backup]:
    """The backups of a folder that were named by `named`, the newest first."""
    found = []
    with contextlib.suppress(OSError):
        for path in folder.glob(f"{PREFIX}*{SUFFIX}"):
            with contextlib.suppress(ValueError, OSError):
                made = datetime.strptime(path.name, f"{PREFIX}%Y%m%d-%H%M%S{SUFFIX}").replace(tzinfo=UTC)
                found.append(Backup(path, made, path.stat().st_size))
    return sorted(found, key=lambda one: one.made, reverse=True)


def prune(folder: Path, keep: int) -> None:
    """Delete all but the `keep` newest backups of a folder."""
    for old in known(folder)[keep:]:
        old.path.unlink(missing_ok=True)


# -- making one -------------------------------------------------------------------------------------------------------


def make(data: Path, target: Path, now: datetime) -> Backup:
    """Write the data folder `data` into the file `target`. BackupError where that fails; `target` is then as it was."""
    if not (data / DATABASE).is_file():
        raise BackupError(f"{data} holds no archive: there is nothing to back up.", path=data)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".backup-", dir=target.parent) as drafts:
            draft = Path(drafts) / "draft"
            handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as stream:
                _write(data, stream, Path(drafts), now)
                stream.flush()
                os.fsync(stream.fileno())
            draft.replace(target)
        return Backup(target, now, target.stat().st_size)
    except OSError as error:
        reason = (error.strerror or "input/output error").lower()
        raise BackupError(f"{target} cannot be written: {reason}.", path=target) from error


def _write(data: Path, stream: IO[bytes], drafts: Path, now: datetime) -> None:
    members: dict[str, dict[str, object]] = {}
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as bundle:
        for name in MEMBERS:
            source = data / name
            if not source.is_file():
                continue
            if name in DATABASES:
                source = drafts / name
                copy(data / name, source)
            members[name] = _add(bundle, source, name)
            if name in DATABASES:
                members[name]["schema"] = schema_of(source)
                source.unlink()
        facts = {"quotewire": FORMAT, "made": now.astimezone(UTC).isoformat(timespec="seconds"), "members": members}
        bundle.writestr(MANIFEST, json.dumps(facts, indent=1))


def _add(bundle: zipfile.ZipFile, source: Path, name: str) -> dict[str, object]:
    digest, size = hashlib.sha256(), 0
    with source.open("rb") as given, bundle.open(name, "w", force_zip64=True) as taken:
        while block := given.read(BLOCK):
            digest.update(block)
            size += len(block)
            taken.write(block)
    return {"sha256": digest.hexdigest(), "size": size}


# -- bringing one back ------------------------------------------------------------------------------------------------


def restore(data: Path, source: Path, now: datetime) -> Path | None:
    """Put the backup `source` in place of what the folder `data` holds; where that was put, None where there was none.

    Nobody else may use the folder meanwhile. BackupError, and nothing touched, where the backup is not whole, not one
    of ours, or of a newer Quotewire.
    """
    if not source.is_file():
        raise BackupError(f"{source}: no such file.", path=source)
    try:
        data.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".restore-", dir=data) as drafts:
            names = _unpack(source, Path(drafts))
            for name in names:
                if name in DATABASES:
                    _fits(Path(drafts) / name, source)
            return _swap(data, Path(drafts), names, now)
    except OSError as error:
        reason = (error.strerror or "input/output error").lower()
        raise BackupError(f"{error.filename or data} cannot be read or written: {reason}.", path=data) from error


def _unpack(source: Path, folder: Path) -> list[str]:
    """The members of a backup, each written into `folder` and compared with its sha256."""
    with _opened(source) as bundle:
        members = _manifest(bundle, source)
        for name, facts in members.items():
            _extract(bundle, name, facts, folder / name, source)
    return list(members)


@contextlib.contextmanager
def _opened(source: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(source) as bundle:
            yield bundle
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise BackupError(f"{source} is no backup of Quotewire, or it is damaged or cut off.", path=source) from error


def _manifest(bundle: zipfile.ZipFile, source: Path) -> dict[str, dict[str, Any]]:
    foreign = BackupError(f"{source} is no backup of Quotewire.", path=source)
    try:
        if bundle.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
            raise foreign
        facts = json.loads(bundle.read(MANIFEST))
    except (KeyError, ValueError):
        raise foreign from None
    match facts:
        case {"quotewire": int(version), "members": dict(members)} if version > FORMAT:
            raise BackupError(f"{source} was made by a newer Quotewire: update this one.", path=source)
        case {"quotewire": int(), "members": dict(members)} if DATABASE in members and set(members) <= set(MEMBERS):
            if all(_is_told(one) for one in members.values()):
                return members
    raise foreign


def _is_told(facts: object) -> bool:
    match facts:
        case {"sha256": str(), "size": int()}:
            return True
    return False


def _extract(bundle: zipfile.ZipFile, name: str, facts: dict[str, Any], target: Path, source: Path) -> None:
    damaged = BackupError(f"{source} is damaged: {name} is not what was backed up.", path=source)
    digest, size = hashlib.sha256(), 0
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as taken:
        try:
            with bundle.open(name) as given:
                while block := given.read(BLOCK):
                    digest.update(block)
                    size += len(block)
                    if size > facts["size"]:
                        raise damaged
                    taken.write(block)
        except KeyError:
            raise damaged from None
    if (size, digest.hexdigest()) != (facts["size"], facts["sha256"]):
        raise damaged


def _fits(database: Path, source: Path) -> None:
    """BackupError where a database of a backup is of a newer shape than this program knows."""
    newest = newest_schema() if database.name == DATABASE else len(JOURNAL_MIGRATIONS)
    if schema_of(database) > newest:
        raise BackupError(f"{source} was made by a newer Quotewire: update this one.", path=source)


def _swap(data: Path, drafts: Path, names: list[str], now: datetime) -> Path | None:
    """Put what is there aside, then the new in its place; where a step fails, everything goes back."""
    old = sorted(one for one in data.iterdir() if _is_ours(one.name))
    aside = data / f"replaced-{now.astimezone(UTC):%Y%m%d-%H%M%S}"
    done: list[tuple[Path, Path]] = []
    try:
        if old:
            aside.mkdir()
        for path, target in [*((one, aside / one.name) for one in old), *((drafts / n, data / n) for n in names)]:
            path.rename(target)
            done.append((path, target))
    except OSError:
        for path, target in reversed(done):
            target.rename(path)
        shutil.rmtree(aside, ignore_errors=True)
        raise
    return aside if old else None


def _is_ours(name: str) -> bool:
    return name in MEMBERS or name.startswith(("vectors", *(f"{one}-" for one in DATABASES)))
