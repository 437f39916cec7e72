"""Small numbers in words and in figures: English from 0 to 999, German and Spanish from 0 to 99.

Data and two pure functions for `index/question/spelling_variants.py`: what a number is called, and what number some
words call.
"""

from __future__ import annotations

from functools import lru_cache

_EN = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
_EN_ONES = [*_EN.split(), "eighteen", "nineteen"]
_EN_TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_EN_ORDINALS = {
    "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
    "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
    "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
}  # fmt: skip
_DE = "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn"
_DE_ONES = [*_DE.split(), "achtzehn", "neunzehn"]
_DE_TENS = ["", "", "zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"]
_ES = "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete"
_ES_ONES = [
    *_ES.split(), "dieciocho", "diecinueve", "veinte", "veintiuno", "veintidós", "veintitrés", "veinticuatro",
    "veinticinco", "veintiséis", "veintisiete", "veintiocho", "veintinueve",
]  # fmt: skip
_ES_TENS = ["", "", "", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa"]
SCALES = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000, "trillion": 1_000_000_000_000}


def number_words(number: int, lang: str) -> str:
    """What `number` is called in `lang`, hyphens included; "" where it is out of range."""
    if lang == "de":
        return _german(number) if 0 <= number < 100 else ""
    if lang == "es":
        return _spanish(number) if 0 <= number < 100 else ""
    return _english(number) if lang in ("en", "und") and 0 <= number < 1000 else ""


def ordinal_word(number: int, lang: str) -> str:
    """The ordinal of `number` as one English word ("fourth"); "" where there is none."""
    names = {number: word for word, number in _EN_ORDINALS.items()} | {1: "first", 2: "second"}
    return names.get(number, "") if lang in ("en", "und") else ""


@lru_cache(maxsize=8)
def word_numbers(lang: str) -> dict[tuple[str, ...], int]:
    """Words (small letters, no hyphens) -> number, for reading. "one" and "second" are left out: mostly not numbers."""
    limit = 1000 if lang in ("en", "und") else 100
    names = {tuple(words.replace("-", " ").split()): n for n in range(limit) if (words := number_words(n, lang))}
    if lang in ("en", "und"):
        joined = {(*words[:2], "and", *words[2:]): n for words, n in names.items() if n > 100 and n % 100}
        names |= joined | {(word,): n for word, n in _EN_ORDINALS.items()}
    for pronoun in (("one",), ("ein",), ("uno",)):
        names.pop(pronoun, None)
    return names


def _english(number: int) -> str:
    if number < 20:
        return _EN_ONES[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return _EN_TENS[tens] + (f"-{_EN_ONES[ones]}" if ones else "")
    hundreds, rest = divmod(number, 100)
    return f"{_EN_ONES[hundreds]} hundred" + (f" {_english(rest)}" if rest else "")


def _german(number: int) -> str:
    if number == 1:
        return "eins"
    if number < 20:
        return _DE_ONES[number]
    tens, ones = divmod(number, 10)
    return (f"{_DE_ONES[ones]}und" if ones else "") + _DE_TENS[tens]


def _spanish(number: int) -> str:
    if number < 30:
        return _ES_ONES[number]
    tens, ones = divmod(number, 10)
    return _ES_TENS[tens] + (f" y {_ES_ONES[ones]}" if ones else "")
