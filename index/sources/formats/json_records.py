"""Reads articles from JSON: one object, a list of objects, or one object a line (JSONL).

Called by `index/sources/file_source.py`. It must not clean anything: fields are only renamed (`fields.py`).
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, BinaryIO

from index.datatypes import Facts, Handed, RawRecord, Record
from index.errors import RecordError
from index.sources.input.content import reason
from index.sources.input.decode import byte_order_mark, decode
from index.sources.input.fields import mapped, named_fields
from index.sources.newsroom import ninjs
from index.sources.telegram import export

READER = "json/1"
NOTHING: Mapping[str, str] = {}

_MARKUP = re.compile(r"</(p|div|h[1-6]|li)\s*>|<br\s*/?>", re.IGNORECASE)


def file_records(
    data: bytes, *, key: str, name: str, fields: Mapping[str, str] = NOTHING
) -> Iterator[RawRecord | RecordError | Handed]:
    """The articles of a .json file: an object is one article under `key`, a list has members under `key#...`.

    The history of a Telegram channel is handed to the source that the channel is.
    RecordError (raised) where it is not JSON; its key is None where the file held more than one article.
    """
    single = data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
    text = decode(data, name=name, key=key if single else None)
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        if isinstance(error, json.JSONDecodeError) and error.msg == "Extra data":
            yield from line_records(
                io.BytesIO(text.encode()), key=key, name=name, max_bytes=len(data) * 4, fields=fields
            )
            return
        line = f"{name} line {error.lineno}" if isinstance(error, json.JSONDecodeError) else name
        raise RecordError(f"{line}: {_complaint(error)}", source=name, key=key if single else None) from None
    if export.is_export(content):
        yield from export.posts(content, name)
        return
    members = _members(content, fields)
    if members is None:
        key = f"{key}#{identity(content)}" if ninjs.is_item(content) else key  # the wire's other files know it so
        load = partial(_load, key, name, content, fields)
        yield RawRecord(key=key, digest=_digest(data, fields, content), name=name, load=load)
        return
    for number, member in enumerate(members, 1):
        yield _raw(member, None, key=key, name=f"{name} item {number}", fields=fields)


def line_records(
    stream: BinaryIO, *, key: str, name: str, max_bytes: int, fields: Mapping[str, str] = NOTHING
) -> Iterator[RawRecord | RecordError]:
    """The articles of a .jsonl file, line by line, so that its size does not matter; a line may have `max_bytes`."""
    for number, line in enumerate(_lines(stream, name, max_bytes), 1):
        place = f"{name} line {number}"
        if isinstance(line, RecordError):
            yield line
        elif len(line) > max_bytes:
            yield RecordError(f"{place} is larger than {max_bytes:,} bytes", source=name)
        elif line.strip():
            yield _line(line, key=key, place=place, fields=fields)


def _line(line: bytes, *, key: str, place: str, fields: Mapping[str, str]) -> RawRecord | RecordError:
    try:
        member = json.loads(decode(line, name=place, key=None))
    except RecordError as error:
        return error
    except (ValueError, RecursionError) as error:
        return RecordError(f"{place}: {_complaint(error)}", source=place)
    return _raw(member, line.strip(), key=key, name=place, fields=fields)


def _lines(stream: BinaryIO, name: str, max_bytes: int) -> Iterator[bytes | RecordError]:
    """The lines in UTF-8 or a legacy encoding; of a line longer than `max_bytes` only the beginning."""
    try:
        first = stream.readline(max_bytes + 1)
        codec = byte_order_mark(first)
        if codec and codec != "utf-8-sig":
            text = (first + stream.read()).decode(codec, "replace")
            yield from (line.encode() for line in text.split("\n"))
            return
        line = first.removeprefix(b"\xef\xbb\xbf")
        while line:
            yield line
            while len(line) > max_bytes and not line.endswith(b"\n"):
                line = stream.readline(max_bytes + 1)
            line = stream.readline(max_bytes + 1)
    except (OSError, EOFError, zlib.error) as error:
        yield RecordError(f"{reason(error, name)}; the articles before the damage were read", source=name)


def _members(content: object, fields: Mapping[str, str]) -> list[Any] | None:
    """The list of articles in a parsed file, None where the file is one article."""
    if isinstance(content, list):
        return content
    if isinstance(content, dict) and not ninjs.is_item(content) and "text" not in named_fields(mapped(content, fields)):
        wrapped = content.get("articles", content.get("items"))
        return wrapped if isinstance(wrapped, list) else None
    return None


def _raw(
    member: object, line: bytes | None, *, key: str, name: str, fields: Mapping[str, str]
) -> RawRecord | RecordError:
    if not isinstance(member, dict):
        return RecordError(f"{name} is not an article: a JSON object was expected", source=name)
    raw = line if line is not None else json.dumps(member, sort_keys=True).encode()
    digest = _digest(raw, fields, member)
    member_key = f"{key}#{identity(mapped(member, fields)) or digest}"
    return RawRecord(key=member_key, digest=digest, name=name, load=partial(_load, member_key, name, member, fields))


def identity(member: Mapping[str, Any]) -> str:
    """What names an article among those of its file for good; "" where it has no such field."""
    for name in ("url", "link", "id", "uuid", "guid", "uri"):
        value = member.get(name)
        if isinstance(value, str) and value.strip():
            return value.strip().encode("utf-8", "backslashreplace").decode()
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
    return ""


def _load(key: str, name: str, member: Mapping[str, Any], mapping: Mapping[str, str]) -> Record:
    if not isinstance(member, dict):
        raise RecordError(f"{name} is not an article: a JSON object was expected", source=name, key=key)
    if ninjs.is_item(member):
        return ninjs.record(member, key=key, name=name)
    return record(named_fields(mapped(member, mapping)), key=key, format="json")


def record(fields: Facts, *, key: str, format: str) -> Record:
    """The article whose text stands among its fields, as plain paragraphs or as markup."""
    body = str(fields.pop("text", ""))
    if _MARKUP.search(body):
        from index.sources.pages.web_page import fragment  # here, because it loads an HTML parser

        page = fragment(body)
        return Record(key=key, format=format, body=page.body, fields={**page.fields, **fields})
    return Record(key=key, format=format, body=body, fields=fields)


def _digest(data: bytes, fields: Mapping[str, str], member: object) -> str:
    """The digest of a member as the mapping reads it: another mapping gives another article, and so does time."""
    mapping = json.dumps(dict(fields), sort_keys=True) if fields else ""
    mapping += " expired" if ninjs.has_expired(member) else ""
    return hashlib.sha256(f"{READER}\n{mapping}".encode() + data).hexdigest()


def _complaint(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"not valid JSON ({error.msg.lower().removesuffix(' at')} at column {error.colno})"
    return "not valid JSON"
