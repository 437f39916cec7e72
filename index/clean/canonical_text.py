"""The canonical form of a text: what Telegram delivers unchanged.

Called by whoever stores, sends or compares text. Pure.
"""

from __future__ import annotations

import re
import unicodedata

_DROPPED = {code: None for code in (0x0D, *range(0x2028, 0x202F), 0x0333, 0x033F, 0x030A)}


_SPACED = {code: " " for code in range(0x20) if code not in (0x0A, 0x0D)}


_SENT = _DROPPED | _SPACED


_REWRITTEN = re.compile("[\x00-\x09\x0b-\x1f\u2028-\u202e\u0333\u033f\u030a\ud800-\udfff]")


_MARKS = re.compile("[\u200e\u200f]{2,}")


def as_sent(text: str) -> str:
    """What Telegram makes of `text`, in NFC: the one form in which we store, send and compare. Idempotent.

    Carriage returns, line and direction controls (U+2028 to U+202E), U+0333, U+033F, U+030A and lone surrogates go;
    other controls and tabs become spaces; in a run of direction marks all but the last become U+200C; spaces and line
    breaks around the text are trimmed.
    """
    text = unicodedata.normalize("NFC", text)
    if _REWRITTEN.search(text):
        text = re.sub("[\ud800-\udfff]", "", text).translate(_SENT)
        text = unicodedata.normalize("NFC", text)  # dropping a mark can bring two others together
    if "\u200e" in text or "\u200f" in text:
        text = _MARKS.sub(lambda run: "\u200c" * (len(run[0]) - 1) + run[0][-1], text)
    return text.strip(" \n")


EDGES = " \u00a0\u3000\u200b\u2060\u2009\u202f\t\n"


def as_line(value: object) -> str:
    """A field as one line of canonical text; "" where it is no text."""
    return as_sent(re.sub(r"\s+", " ", value)).strip(EDGES) if isinstance(value, str) else ""
