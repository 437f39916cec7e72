"""Reads articles from a table (CSV, TSV): a row each, named by the columns of its first row.

Called by `index/sources/formats/registry.py`. It reads row by row, so that the size of the file does not matter. A row
that does not fit its columns is refused: its words would stand under wrong names.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import BinaryIO, cast

from index.datatypes import RawRecord, Record
from index.errors import RecordError
from index.sources.formats.json_records import identity, record
from index.sources.input.decode import encoding, is_binary
from index.sources.input.fields import mapped, named_fields

READER = "table/1"

_HEAD = 262_144  # bytes looked at to tell encoding and separator
_SURROGATE = re.compile("[\ud800-\udfff]")


def row_records(
    stream: BinaryIO, *, key: str, max_bytes: int, fields: Mapping[str, str]
) -> Iterator[RawRecord | RecordError]:
    """The articles of a table. RecordError (raised) under the file's key where its first row names no columns.

    `fields` says what our fields are called in the table. A row may have `max_bytes`.
    """
    buffered = io.BufferedReader(cast(io.RawIOBase, stream), _HEAD)
    head = buffered.peek(_HEAD)
    if not head.strip():
        raise RecordError(f"{key} is empty", source=key, key=key)
    codec = encoding(head)
    if is_binary(head) and not codec.startswith(("utf-16", "utf-32")):
        raise RecordError(f"{key} is not text but binary data", source=key, key=key)
    text = io.TextIOWrapper(buffered, codec, errors="surrogateescape", newline="")
    csv.field_size_limit(max(csv.field_size_limit(), max_bytes))
    lines = _lines(text, key, max_bytes)
    first = next(lines, "")
    columns, separator = _columns(first, lines, fields)
    if "text" not in named_fields(mapped(dict.fromkeys(columns, "x"), fields)):
        message = (
            f"{key}: its first row names no column for the text; call one “text”, or say in the setting fields what "
            f"it is called (columns are {', '.join(columns[:8])[:200]})"
        )
        raise RecordError(message, source=key, key=key)
    rows = csv.reader(lines, delimiter=separator, strict=True)
    yield from _rows(rows, columns, key, fields)


def _lines(text: io.TextIOWrapper, key: str, max_chars: int) -> Iterator[str]:
    """The lines of a file; RecordError where one is endless."""
    while line := text.readline(max_chars + 1):
        if len(line) > max_chars:
            raise RecordError(f"{key} has a line larger than {max_chars:,} characters", source=key, key=key)
        yield line


def _columns(first: str, lines: Iterator[str], fields: Mapping[str, str]) -> tuple[list[str], str]:
    """The names of the columns and what separates them: the separator under which most are known, then most are."""
    best: tuple[int, int, list[str], str] = (-1, -1, [], ",")
    for separator in (",", ";", "\t", "|"):
        try:
            names = [name.strip().lstrip("\ufeff") for name in next(csv.reader([first], delimiter=separator))]
        except (csv.Error, StopIteration):
            continue
        known = len(named_fields(mapped(dict.fromkeys(names, "x"), fields)))
        if (known, len(names)) > best[:2]:
            best = (known, len(names), names, separator)
    return best[2], best[3]


def _rows(
    rows: Iterator[list[str]], columns: list[str], key: str, fields: Mapping[str, str]
) -> Iterator[RawRecord | RecordError]:
    number = 1
    while True:
        number += 1
        name = f"{key} row {number}"
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield RecordError(f"{name} cannot be read: {_complaint(error)}", source=name, key=key)
            continue
        if any(cell.strip() for cell in cells):
            yield _row(cells, columns, key=key, name=name, fields=fields)


def _row(
    cells: list[str], columns: list[str], *, key: str, name: str, fields: Mapping[str, str]
) -> RawRecord | RecordError:
    if len(cells) > len(columns):
        message = f"{name} has {len(cells)} cells for {len(columns)} columns; put quotation marks around its text"
        return RecordError(message, source=name, key=key)
    values = mapped({column: cell for column, cell in zip(columns, cells, strict=False) if column}, fields)
    if any("\0" in cell or _SURROGATE.search(cell) for cell in cells):
        named = _SURROGATE.sub("?", identity(values))
        own = f"{key}#{named}" if named else key
        return RecordError(f"{name} is damaged: it holds bytes that are no text", source=name, key=own)
    given = json.dumps([READER, columns, cells, dict(fields)], sort_keys=True)
    digest = hashlib.sha256(given.encode()).hexdigest()
    own = f"{key}#{identity(values) or digest}"
    return RawRecord(own, digest, name, partial(_load, values, own))


def _load(values: Mapping[str, str], key: str) -> Record:
    return record(named_fields(values), key=key, format="table")


def _complaint(error: csv.Error) -> str:
    told = str(error)
    if "unexpected end" in told:
        return "a quotation mark is opened and never closed"
    return "its quotation marks do not fit" if "expected after" in told else told
