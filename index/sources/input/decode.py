"""Turns bytes into text, or says in one line why they are no text.

Called by the readers of `index/sources/`. It must not know formats. UTF-8 is tried first and decides; other encodings
are guessed by charset-normalizer from those that newspapers use. A damaged UTF-8 file is refused instead of being
guessed at: a quote must never show characters that nobody wrote.
"""

from __future__ import annotations

import codecs
import re

from index.errors import RecordError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_LEGACY = [
    *("cp1252", "latin_1", "cp1251", "koi8_r", "cp866", "cp1250", "iso8859_2", "cp1253", "cp1254", "cp1255", "cp1256"),
    *("cp1257", "shift_jis", "euc_jp", "gb18030", "big5", "euc_kr"),
]

_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def byte_order_mark(data: bytes) -> str | None:
    """The codec that the byte order mark at the start names, None where there is no mark."""
    return next((codec for mark, codec in _BOMS if data.startswith(mark)), None)


def decode(data: bytes, *, name: str, key: str | None, declared: str | None = None) -> str:
    """The text in `data`; `declared` is the encoding its own header names.

    RecordError where it is empty, binary, damaged or in an encoding that is not known.
    """
    if not data.strip():
        raise RecordError(f"{name} is empty", source=name, key=key)
    marked = byte_order_mark(data) or _unmarked_utf16(data)
    if marked:
        return _strictly(data, marked, name, key)
    if b"\0" in data or is_binary(data):
        raise RecordError(f"{name} is not text but binary data", source=name, key=key)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if _is_damaged_utf8(data):
            where = f"byte {error.start + 1:,}"
            raise RecordError(f"{name} is damaged: its UTF-8 breaks off at {where}", source=name, key=key) from None
    return _legacy(data, name, key, declared)


def is_binary(data: bytes) -> bool:
    """Whether the beginning holds more control characters than a text has by mistake."""
    return len(_CONTROLS.findall(data[:4096])) > len(data[:4096]) // 50


def _strictly(data: bytes, codec: str, name: str, key: str | None) -> str:
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        raise RecordError(f"{name} is damaged: its {codec.upper()} text is cut", source=name, key=key) from None
    if not text.strip():
        raise RecordError(f"{name} is empty", source=name, key=key)
    return text


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of Western text is zero."""
    head = data[:2048]
    pairs = len(head) // 2
    if pairs < 4 or len(data) % 2:
        return None
    if head[1::2].count(0) > 0.7 * pairs and head[::2].count(0) == 0:
        return "utf-16-le"
    if head[::2].count(0) > 0.7 * pairs and head[1::2].count(0) == 0:
        return "utf-16-be"
    return None


def _is_damaged_utf8(data: bytes) -> bool:
    """Whether most of what is not ASCII is sound UTF-8: then the rest is damage, not another encoding."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\N{REPLACEMENT CHARACTER}")
    sound = sum(1 for character in text if character > "\x7f") - broken
    return sound > 2 * broken


def encoding(head: bytes) -> str:
    """The codec of a text of which only the first bytes are at hand, for what is read line by line.

    The end of `head` may cut a character. UTF-8 where nothing better can be recognised.
    """
    marked = byte_order_mark(head) or _unmarked_utf16(head[: len(head) // 2 * 2])
    if marked:
        return marked
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "utf-8" if _is_damaged_utf8(head) else (_guessed(head) or "utf-8")
    return "utf-8"


def _guessed(data: bytes) -> str | None:
    from charset_normalizer import from_bytes  # here, because most archives never need it

    best = from_bytes(data[:200_000], cp_isolation=_LEGACY).best()
    return best.encoding if best is not None else None


def _legacy(data: bytes, name: str, key: str | None, declared: str | None) -> str:
    for codec in (declared, _guessed):
        try:
            chosen = codec(data) if callable(codec) else codec
            if chosen:
                return data.decode(chosen)
        except (LookupError, UnicodeDecodeError, ValueError):
            continue  # a wrong declaration is common on the web: look at the bytes instead
    raise RecordError(f"{name} has an encoding that cannot be told; save it as UTF-8", source=name, key=key)
