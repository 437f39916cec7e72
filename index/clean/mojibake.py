"""Text that was decoded wrongly and saved so ("itâ€™s" for "it’s"), mended where that is certain. Pure.

Called by `article.py`. The one home of ftfy. A quote must show what the newspaper wrote; so nothing is mended that
could have been written on purpose. Certain means: the whole text, read back as the bytes it came from, is sound UTF-8
without any loss; ftfy finds it damaged before and hardly after; and the damage stands inside words, more than once.
"""

from __future__ import annotations

import re

# What the first byte of a character of UTF-8 and those after it look like, read as Windows-1252 or Latin-1.
_LEADS = "\u00c2-\u00f4"
_TRAILS = "\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_SUSPECT = re.compile(f"[{_LEADS}][{_TRAILS}]+")
_LETTER = re.compile(r"[^\W\d_]")


def mend(text: str, *, least: int = 2) -> str:
    """`text` as it was before it was decoded wrongly, or unchanged where that is not certain.

    `least` is in how many places damage must stand inside words; fewer are enough for the headline of a text that was
    found damaged itself.
    """
    suspects = list(_SUSPECT.finditer(text))
    if not suspects:
        return text
    inside = sum(1 for match in suspects if _touches_a_word(text, match))
    if inside < least or any(_is_spoken_of(text, match) for match in suspects):
        return text
    mended = _read_back(text)
    if mended is None:
        return text
    from ftfy.badness import badness  # here, because most archives never need it

    return mended if badness(text) > 4 * badness(mended) else text


def _touches_a_word(text: str, match: re.Match[str]) -> bool:
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    return bool(_LETTER.match(before) or _LETTER.match(after))


def _is_spoken_of(text: str, match: re.Match[str]) -> bool:
    """Whether a sequence stands alone between quotation marks or brackets: then the text is about it."""
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    return (before, after) in {('"', '"'), ("'", "'"), ("“", "”"), ("(", ")"), ("`", "`"), ("«", "»"), ("„", "“")}


def _read_back(text: str) -> str | None:
    """The text decoded rightly, None where any of it was not decoded wrongly."""
    import ftfy.bad_codecs  # noqa: F401  # registers the codec "sloppy-windows-1252"

    for codec in ("sloppy-windows-1252", "latin-1"):
        try:
            return text.encode(codec).decode("utf-8")
        except UnicodeError:
            continue
    return None
