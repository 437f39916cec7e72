"""Small numbers in words, by num2words: what a number is called, and what number some words call."""

from __future__ import annotations

from functools import lru_cache

from num2words import num2words

from index.language.packs.table import pack_of

SCALES = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000, "trillion": 1_000_000_000_000}
_LIMITS = {"en": 1_000}  # below which numbers are called by words; of others below 100
_ORDINALS = (*range(3, 21), 30)  # "first" and "second" are mostly no numbers


def number_words(number: int, lang: str) -> str:
    """What `number` is called in `lang`, hyphens included; "" where it is out of range or the language is unknown."""
    code = pack_of(lang).code
    return _called(number, code) if 0 <= number < _LIMITS.get(code, 100) else ""


def ordinal_word(number: int, lang: str) -> str:
    """The ordinal of `number` as one English word ("fourth"); "" where there is none."""
    known = pack_of(lang).code == "en" and number in (1, 2, *_ORDINALS)
    return str(num2words(number, to="ordinal", lang="en")) if known else ""


@lru_cache(maxsize=8)
def word_numbers(lang: str) -> dict[tuple[str, ...], int]:
    """Words (small letters, no hyphens) -> number, for reading. "One" and "second" are left out: mostly not numbers."""
    code = pack_of(lang).code
    limit = _LIMITS.get(code, 100)
    names = {tuple(words.replace("-", " ").split()): n for n in range(limit) if (words := number_words(n, lang))}
    if code == "en":
        joined = {(*words[:2], "and", *words[2:]): n for words, n in names.items() if n > 100 and n % 100}
        names |= joined | {(ordinal_word(n, lang),): n for n in _ORDINALS}
    return {words: number for words, number in names.items() if number != 1}


@lru_cache(maxsize=32)
def number_words_of(lang: str) -> frozenset[str]:
    """The single words, in small letters, that numbers are written with in `lang`."""
    pack = pack_of(lang)
    if pack.numbers:
        return frozenset(pack.numbers.split())
    called = [_called(number, pack.code) for number in (*range(2, 101), 1_000, 1_000_000)]
    return frozenset(word for words in called for word in words.replace("-", " ").lower().split() if len(word) > 1)


def _called(number: int, code: str) -> str:
    try:
        words = str(num2words(number, lang=code))
    except NotImplementedError:
        return ""
    return words.replace(" and ", " ") if code == "en" else words
