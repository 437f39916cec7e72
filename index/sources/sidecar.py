"""Reads what a file next to an article's file says of it: `story.html.meta.toml` (.yaml, .json) or `story.meta.toml`.

Called by `index/sources/file_source.py`. A change of the sidecar changes the digests of the file's records, so that
they are read again. What the fields mean is the business of `index/clean/overrides.py`.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from index.clean.overrides import BadOverride, Override, apply, override_of
from index.datatypes import Handed, RawRecord, Record
from index.errors import RecordError

ENDINGS = (".meta.toml", ".meta.yaml", ".meta.yml", ".meta.json")
_LARGEST = 100_000  # bytes

Item = RawRecord | RecordError | Handed


def is_sidecar(path: Path) -> bool:
    """Whether a file says something of another one, and is no article itself."""
    return path.name.lower().endswith(ENDINGS)


def with_sidecar(path: Path, key: str, records: Iterator[Item]) -> Iterator[Item]:
    """The records of the file at `path` with what its sidecar says of them; as they are where it has none.

    A sidecar that cannot be read is one RecordError for the whole file: its last good version stays.
    """
    beside = _beside(path)
    if beside is None:
        yield from records
        return
    try:
        data = beside.read_bytes()
        override = _read(data, beside.name)
    except (RecordError, OSError) as error:
        message = str(error) if isinstance(error, RecordError) else f"{beside.name} cannot be read"
        yield RecordError(message, source=beside.name, key=key)
        return
    mark = hashlib.sha256(data).hexdigest()
    for item in records:
        if isinstance(item, RawRecord):
            digest = hashlib.sha256(f"{item.digest} {mark}".encode()).hexdigest()
            item = replace(item, digest=digest, load=partial(_overridden, item.load, override))
        yield item


def _overridden(load: Callable[[], Record], override: Override) -> Record:
    return apply(load(), own=override)


def _beside(path: Path) -> Path | None:
    """The sidecar of a file: its whole name or its stem with one of the endings."""
    names = dict.fromkeys(
        stem + ending for stem in (path.name, re.sub(r"\.\w+(?:\.gz)?$", "", path.name)) for ending in ENDINGS
    )
    return next((one for name in names if (one := path.with_name(name)).is_file()), None)


def _read(data: bytes, name: str) -> Override:
    """The override in the bytes of a sidecar. RecordError in one line, with the file's name and the cure."""
    if len(data) > _LARGEST:
        raise RecordError(f"{name} is larger than {_LARGEST:,} bytes", source=name)
    try:
        text = data.decode("utf-8-sig")
        values = _parsed(text, name)
    except (ValueError, RecursionError) as error:
        complaint = " ".join(str(error).split())[:120]
        raise RecordError(f"{name} cannot be understood: {complaint}", source=name) from None
    if not isinstance(values, dict):
        raise RecordError(f'{name} is no table of fields; write a line such as: outlet = "The Mail"', source=name)
    try:
        return override_of(values)
    except BadOverride as error:
        raise RecordError(f"{name}: {error}", source=name) from None


def _parsed(text: str, name: str) -> object:
    """What a sidecar holds. ValueError where it is broken."""
    if name.lower().endswith(".toml"):
        return tomllib.loads(text)
    if name.lower().endswith(".json"):
        return json.loads(text)
    import yaml  # type: ignore[import-untyped]  # here, because most archives never need it

    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from None
