"""Reads the text of a PDF in the order in which people read it, without running heads and page numbers.

Called by `index/sources/formats/registry.py`. The one home of pypdfium2 (PDFium, the reader of Chrome): it tells
characters and where they stand; lines, columns and paragraphs are made of them in `pdf_layout.py`. The dates in a PDF
are those of the file and are not taken for the date of publication.
"""

from __future__ import annotations

import ctypes
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from index.datatypes import Record
from index.errors import RecordError
from index.sources.formats.pdf_layout import Line, Paragraph, in_order, paragraphs, without_furniture
from index.sources.input.fields import named_fields

READER = "pdf/1"

MOST_PAGES = 1_000
MOST_CHARACTERS = 200_000  # on one page; a newspaper's has 40,000
_BITE = 65_536
_MOST_UNPACKED = 400_000_000  # bytes of all streams together
_PASSWORD = 4  # FPDF_ERR_PASSWORD


def read(data: bytes, *, key: str, name: str) -> Record:
    """The article in the bytes of a PDF; RecordError where it is none, is encrypted, or holds no text."""
    if b"%PDF-" not in data[:1024]:
        raise RecordError(f"{name} is no PDF", source=name, key=key)
    _check_streams(data, key, name)
    pages, title = _pages(data, key, name)
    pages = without_furniture(pages)
    parts = paragraphs([in_order(page) for page in pages])
    if not parts:
        message = f"{name} holds no text, only pictures of it; let a program recognise its text (OCR) first"
        raise RecordError(message, source=name, key=key)
    usual = _usual_size(parts)
    headings = [part.text for part in parts if part.size >= 1.15 * usual and len(part.text) < 200]
    body = "\n\n".join(part.text for part in parts)
    fields = named_fields({"title": _title(parts, usual, title)})
    return Record(key=key, format="pdf", body=body, fields={**fields, "headings": headings, "captions": []})


def _check_streams(data: bytes, key: str, name: str) -> None:
    """Refuse a PDF whose streams unpack to far more than a PDF's do, before anything unpacks them."""
    total, position = 0, 0
    most = min(_MOST_UNPACKED, 50_000_000 + 100 * len(data))
    while (position := data.find(b"stream", position)) >= 0:
        position += len(b"stream")
        start = position + (2 if data[position : position + 2] == b"\r\n" else 1)
        if data[start : start + 1] not in (b"\x78", b"\x58", b"\x48", b"\x68"):
            continue
        unpacker, rest = zlib.decompressobj(), data[start : start + _BITE]
        try:
            while rest and total <= most:
                total += len(unpacker.decompress(rest, _BITE))
                rest = unpacker.unconsumed_tail
                if not rest and not unpacker.eof:
                    start += _BITE
                    rest = data[start : start + _BITE]
        except zlib.error:
            continue
        if total > most:
            raise RecordError(f"{name} unpacks to far more than a PDF does and was not read", source=name, key=key)


def _pages(data: bytes, key: str, name: str) -> tuple[list[list[Line]], str]:
    """The lines of every page, and the title that the file names."""
    import pypdfium2  # here, because it loads a library of several megabytes

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == _PASSWORD
        why = "is encrypted; save it without a password" if locked else "is damaged: it cannot be read as a PDF"
        raise RecordError(f"{name} {why}", source=name, key=key) from None
    with document:
        if len(document) > MOST_PAGES:
            raise RecordError(f"{name} has more than {MOST_PAGES:,} pages; split it", source=name, key=key)
        title = str(document.get_metadata_value("Title"))
        pages: list[list[Line]] = []
        unknown = known = 0
        for number in range(len(document)):
            try:
                page = document[number]
                with_page = page.get_textpage()
            except pypdfium2.PdfiumError:
                raise RecordError(f"{name} page {number + 1} is damaged", source=name, key=key) from None
            if with_page.count_chars() > MOST_CHARACTERS:
                raise RecordError(f"{name} page {number + 1} has too many characters", source=name, key=key)
            lines, lost = _lines(with_page, page.get_height())
            pages.append(lines)
            unknown, known = unknown + lost, known + sum(len(line.text) for line in lines)
            with_page.close()
            page.close()
    if unknown > 0.02 * (known + unknown):
        message = f"{name} does not tell which letters it shows; let a program recognise its text (OCR) first"
        raise RecordError(message, source=name, key=key)
    return pages, title


@dataclass(frozen=True, slots=True)
class _Letter:
    """A character as it is drawn; `baseline` counts from the bottom of the page. "\n" ends a line."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    drawn: bool = True


def _lines(page: Any, height: float) -> tuple[list[Line], int]:  # noqa: ANN401  # pypdfium2 declares no types
    """The lines of a page as the file draws them, cut where a gap is wider than a word's; how many letters are lost."""
    lines: list[Line] = []
    run: list[_Letter] = []
    lost = 0
    for letter in _letters(page):
        if not letter.text:
            lost += letter.drawn
        elif letter.text == "\n":
            _close(lines, run, height)
        elif not letter.drawn:
            if run:
                run.append(replace(run[-1], text=" "))
        else:
            if run and _breaks(run, letter):
                _close(lines, run, height)
            run.append(letter)
    _close(lines, run, height)
    return lines, lost


def _breaks(run: Sequence[_Letter], letter: _Letter) -> bool:
    """Whether a character stands apart from the line before it: another line, or another column."""
    last = next((one for one in reversed(run) if one.text != " "), run[-1])
    size = max(letter.size, last.size)
    apart = letter.left - last.right > 1.3 * size or letter.left < last.right - 3 * size
    return apart or abs(letter.baseline - last.baseline) > 0.6 * size


def _close(lines: list[Line], run: list[_Letter], height: float) -> None:
    """The run becomes a line."""
    text = re.sub(r"\s+", " ", "".join(one.text for one in run)).strip()
    inked = [one for one in run if one.text.strip()]
    if text and inked:
        size, baseline = (Counter(values).most_common(1)[0][0] for values in zip(*map(_measure, inked), strict=True))
        left, right = min(one.left for one in inked), max(one.right for one in inked)
        lines.append(Line(text, left, right, height - baseline, size))
    run.clear()


def _measure(letter: _Letter) -> tuple[float, float]:
    return round(letter.size, 1), round(letter.baseline, 1)


def _letters(page: Any) -> Iterator[_Letter]:  # noqa: ANN401
    """Every character of a page; one that the file does not say is drawn and without text."""
    from pypdfium2 import raw

    left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))
    matrix = raw.FS_MATRIX()
    for number in range(page.count_chars()):
        code = raw.FPDFText_GetUnicode(page, number)
        raw.FPDFText_GetCharBox(page, number, left, right, bottom, top)
        raw.FPDFText_GetCharOrigin(page, number, x, y)
        size = raw.FPDFText_GetFontSize(page, number)
        if raw.FPDFText_GetMatrix(page, number, matrix):
            size *= (matrix.c**2 + matrix.d**2) ** 0.5 or 1.0
        drawn = raw.FPDFText_IsGenerated(page, number) != 1
        unknown = drawn and raw.FPDFText_HasUnicodeMapError(page, number) == 1
        yield _Letter("" if unknown else _text(code), left.value, right.value, y.value, size, drawn)


def _text(code: int) -> str:
    """A character as text: line ends as one, PDFium's marks of a hyphen at a line's end as a soft one, "" for none."""
    if code in (0x0A, 0x0D):
        return "\n"
    if code in (0x02, 0xFFFE):
        return "\xad"
    return "" if code in (0, 0xFFFD) or 0xD800 <= code <= 0xDFFF or 0xE000 <= code <= 0xF8FF else chr(code)


def _usual_size(parts: Sequence[Paragraph]) -> float:
    """The size of most letters."""
    sizes: Counter[float] = Counter()
    for part in parts:
        sizes[round(part.size, 1)] += len(part.text)
    return sizes.most_common(1)[0][0]


def _title(parts: Sequence[Paragraph], usual: float, stated: str) -> str:
    """The title that the file names if it stands in the text, else the largest lines near the top."""
    flat = " ".join(part.text for part in parts[:12])
    stated = " ".join(stated.split())
    if stated and _plain(stated) and _plain(stated) in _plain(flat):
        return stated
    largest = max(parts[:8], key=lambda part: part.size)
    return largest.text if largest.size >= 1.3 * usual and len(largest.text) < 250 else ""


def _plain(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()
