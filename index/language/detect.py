"""Which of the archive's languages a question is written in.

Called when a question arrives. Pure. A question is too short for statistical identification, so it is told by its
script and its small words, among the languages that the archive holds.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from index.language.stopwords import stopwords
from index.language.terms import fold

_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = {
    "CYRILLIC": ("ru", "uk", "bg", "sr", "be", "mk", "kk"),
    "ARABIC": ("ar", "fa", "ur"),
    "CJK": ("zh", "ja"),
    "HIRAGANA": ("ja",),
    "KATAKANA": ("ja",),
    "HANGUL": ("ko",),
    "HEBREW": ("he",),
    "GREEK": ("el",),
    "DEVANAGARI": ("hi", "mr", "ne"),
    "THAI": ("th",),
}
_LATIN = "LATIN"
_TWO_SCRIPTS = {"sr", "kk", "az", "uz", "ja"}
_LOOK = 150  # characters, evenly taken, that tell a script; ten times as many tell a language
_TELLING = 100  # words from which small words tell a language
_FEW = 0.1  # a text with a smaller share of small words is in another language


def question_language(text: str, archive: Mapping[str, int]) -> str:
    """The ISO 639-1 code of the question's language; "und" where it is not known.

    `archive` counts the archive's articles by language. Only its languages compete where the script allows one of
    them; small words decide between them, then the number of articles.
    """
    script = _script(text)
    if script is None:
        return "und"
    by_script = _SCRIPTS.get(script)
    held = [code for code in sorted(archive, key=lambda code: -archive[code]) if code != "und"]
    if by_script is not None:
        return next((code for code in held if code in by_script), by_script[0])
    latin = [code for code in held if not any(code in codes for codes in _SCRIPTS.values())] or ["en"]
    words = _WORD.findall(fold(text))
    return max(latin, key=lambda code: (_small_words(words, code), -latin.index(code)))


def is_plausible(lang: str, text: str) -> bool:
    """Whether a text can be in the language that its page declares: templates declare one language for every page.

    A text in another script is not, nor is a longer one with hardly any of the language's small words.
    """
    script = _script(text[: 10 * _LOOK : 10])
    scripts = [name for name, codes in _SCRIPTS.items() if lang in codes]
    if script is None or script not in (*_SCRIPTS, _LATIN) or lang in _TWO_SCRIPTS:
        return True
    if (scripts and script not in scripts) or (not scripts and script != _LATIN):
        return False
    words = _WORD.findall(text[: 10 * _LOOK].casefold())
    known = stopwords(lang)
    return script != _LATIN or len(words) < _TELLING or not known or _small_words(words, lang) > _FEW * len(words)


def _small_words(words: list[str], code: str) -> int:
    known = stopwords(code)
    return sum(word in known for word in words)


def _script(text: str) -> str | None:
    """The script that most letters are of, as Unicode names it."""
    counts: dict[str, int] = {}
    for char in text:
        if char.isalpha():
            name = unicodedata.name(char, "").split(" ")[0]
            counts[name] = counts.get(name, 0) + 1
    return max(counts, key=lambda name: counts[name]) if counts else None
