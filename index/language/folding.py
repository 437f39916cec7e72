"""One form for each letter: case, diacritics, width and the letter forms of Arabic folded away.

The lowest layer of search: terms, names and languages are compared in this form. Pure.
"""

from __future__ import annotations

import unicodedata

_LETTERS = str.maketrans({
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t", "ŋ": "n",
    "ə": "a", "ё": "е", "ґ": "г", "ى": "ي", "ة": "ه", "ی": "ي", "ک": "ك", "ـ": "",
})  # fmt: skip
# Marks that make another letter rather than an accent: й, ї, ў and the voiced kana.
_KEPT_MARKS = {"\u0306": "иу", "\u0308": "і", "\u3099": None, "\u309a": None}


def fold(text: str) -> str:
    """`text` in small letters without diacritics, in one form for each letter; punctuation stays."""
    if text.isascii():
        return text.lower()
    kept: list[str] = []
    base = ""
    for char in unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold()):
        if unicodedata.category(char) in ("Mn", "Mc", "Me", "Cf"):
            kept.append(_mark(char, base))
            continue
        base = char
        kept.append(str(unicodedata.decimal(char)) if char.isdecimal() else char)
    return unicodedata.normalize("NFC", "".join(kept)).translate(_LETTERS)


def _mark(char: str, base: str) -> str:
    """What stays of a combining mark behind `base`: nothing, itself, or for an Indic vowel sign its vowel."""
    if char in _KEPT_MARKS:
        bases = _KEPT_MARKS[char]
        return char if bases is None or (base and base in bases) else ""
    if 0x0900 <= ord(char) <= 0x0D7F and 0x3E <= ord(char) & 0x7F <= 0x4C:
        return chr(ord(char) - 0x38)  # the blocks of India share one layout: sign and independent vowel are 0x38 apart
    return ""


def alnum(word: str) -> str:
    """The letters and digits of `word` alone."""
    return word if word.isalnum() else "".join(filter(str.isalnum, word))
