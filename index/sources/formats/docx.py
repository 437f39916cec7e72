"""Reads a Word document (.docx): headings, captions and the document's properties as fields, the rest as text.

Called by `index/sources/formats/registry.py`. The one home of python-docx. Pending changes are read as accepted: what
was inserted stands, what was deleted does not; hidden text, comments and footnotes are left out.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from index.datatypes import Facts, Record
from index.errors import RecordError
from index.sources.input.content import PACKED_BY, PACKED_FREE
from index.sources.input.fields import named_fields

READER = "docx/1"

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LEFT_OUT = {f"{_W}del", f"{_W}moveFrom", f"{_W}drawing", f"{_W}pict", _FALLBACK}
_SPACES = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "\u2011"}
_MOST_UNPACKED = 200_000_000


def read(data: bytes, *, key: str, name: str) -> Record:
    """The article in the bytes of a document; RecordError where they are no Word document or hold no text."""
    _check(data, key, name)
    import docx  # here, because it takes a moment

    try:
        document = docx.Document(io.BytesIO(data))
        properties = _properties(document)
        parts = list(_parts(document))
    except RecordError:
        raise
    except Exception as error:  # the library raises whatever a damaged part leads it to
        told = "its XML is damaged" if "XMLSyntax" in type(error).__name__ else "a part is missing or damaged"
        raise RecordError(f"{name} is no Word document that can be read: {told}", source=name, key=key) from None
    headings = [text for kind, text in parts if kind in ("heading", "title")]
    captions = [text for kind, text in parts if kind == "caption"]
    body = "\n\n".join(text for _, text in parts)
    if not body:
        raise RecordError(f"{name} holds no text", source=name, key=key)
    title = next((text for kind, text in parts if kind == "title"), "") or properties.pop("title", "")
    fields = named_fields({**properties, "title": title})
    return Record(key=key, format="docx", body=body, fields={**fields, "headings": headings, "captions": captions})


def _check(data: bytes, key: str, name: str) -> None:
    """Refuse what is no zip file, is encrypted, or unpacks to far more than a document does."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise RecordError(
            f"{name} is encrypted or an old Word file; save it as .docx without a password", source=name, key=key
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            sizes = [(info.file_size, info.compress_size) for info in packed.infolist()]
            wrong = packed.testzip() if sum(size for size, _ in sizes) < _MOST_UNPACKED else None
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError):
        raise RecordError(f"{name} is damaged: it is not a sound .docx file", source=name, key=key) from None
    if wrong is not None:
        raise RecordError(f"{name} is damaged: its part {wrong!r} is not sound", source=name, key=key)
    if sum(size for size, _ in sizes) > _MOST_UNPACKED or any(
        size > PACKED_FREE + PACKED_BY * packed_size for size, packed_size in sizes
    ):
        raise RecordError(f"{name} unpacks to far more than a document does and was not read", source=name, key=key)


def _properties(document: Any) -> Facts:  # noqa: ANN401  # python-docx declares no types for these
    """The properties that a person filled in. The dates are those of the file, not of publication."""
    core = document.core_properties
    title = core.title if not re.match(r"(?i)microsoft word|untitled|document\d*$|.*\.docx?$", core.title) else ""
    author = core.author if core.author.lower() not in ("python-docx", "user", "admin", "microsoft office user") else ""
    return {"title": title, "authors": re.split(r"\s*;\s*", author), "language": core.language, "label": core.category}


def _parts(document: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401
    """Each paragraph with its kind, those in tables row by row."""
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            yield from _rows(block)
            continue
        text = _words(block._p)
        style = (block.style.name or "") if block.style is not None else ""
        if text:
            yield _kind(style), text


def _kind(style: str) -> str:
    if style == "Title":
        return "title"
    if style.lower().startswith(("heading", "subtitle")):
        return "heading"
    return "caption" if style.lower().startswith("caption") else "text"


def _rows(table: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401
    """A table row by row; a table of one cell is a box of paragraphs."""
    rows = [[cell for cell in row.iter(f"{_W}tc")] for row in table._tbl.iter(f"{_W}tr")]
    if len(rows) == 1 and len(rows[0]) == 1:
        yield from (("text", text) for text in map(_words, rows[0][0].iter(f"{_W}p")) if text)
        return
    for row in rows:
        cells = [" ".join(filter(None, map(_words, cell.iter(f"{_W}p")))) for cell in row]
        if any(cells):
            yield "text", " | ".join(filter(None, cells))


def _words(paragraph: Any) -> str:  # noqa: ANN401
    """The words of a paragraph as a reader sees them once all changes are accepted."""
    found: list[str] = []
    waiting = [paragraph]
    while waiting:
        element = waiting.pop()
        if element.tag in _LEFT_OUT or (element.tag == f"{_W}r" and element.find(f"{_W}rPr/{_W}vanish") is not None):
            continue
        if element.tag == f"{_W}t":
            found.append(element.text or "")
        elif element.tag in _SPACES and element.getparent().tag == f"{_W}r":
            found.append(_SPACES[element.tag])
        waiting.extend(reversed(element))
    return re.sub(r"[^\S\n]+", " ", "".join(found)).strip()
