"""How rare words are in general text, so that rarity is known even for an archive of one article.

Word frequencies come from wordfreq, loaded at the first question in a language (0.1 s and 50 MB for English). The
vocabulary of terms is `index/terms.py`'s business; here words are looked up as written.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import lru_cache

from index.folding import fold

PASSAGE_WORDS = 200
_UNKNOWN = 5e-9  # of a word that even the large lists (down to 1e-8) do not have
_UNKNOWN_SMALL = 5e-7  # where there is only a small list (down to 1e-6)
_UNLISTED = 5e-6  # for a language without any list: every word is middling


@lru_cache(maxsize=16)
def _frequencies(lang: str) -> tuple[Mapping[str, float], float]:
    """Word -> share of all words in general text, and the share to assume for a word not listed."""
    from wordfreq import available_languages, get_frequency_dict  # 0.1 s, only for questions

    lang = {"und": "en", "no": "nb", "nn": "nb", "sr": "sh", "hr": "sh", "bs": "sh"}.get(lang, lang)
    if lang in available_languages("large"):
        return get_frequency_dict(lang, "large"), _UNKNOWN
    if lang in available_languages("small"):
        return get_frequency_dict(lang, "small"), _UNKNOWN_SMALL
    return {}, _UNLISTED


def word_share(word: str, lang: str) -> float:
    """The share of `word` in general text; 0.0 where a large list does not have it, -1.0 where that tells nothing."""
    share, unknown = _frequencies(lang)
    return max(share.get(form, 0.0) for form in (word.casefold(), fold(word))) or (0.0 if unknown == _UNKNOWN else -1.0)


def idf(share: float) -> float:
    """A share of all words as nats of rarity; see `index.terms.background_idf`."""
    return max(0.0, -math.log(-math.expm1(-PASSAGE_WORDS * share)))


def number_idf(word: str) -> float:
    """Small numbers and years stand in many articles, long numbers in one."""
    digits = sum(map(str.isdecimal, word))
    if not word.isdecimal():
        return 8.0
    if digits == 4 and 1900 <= int(word) <= 2100:
        return 4.0
    return {1: 3.0, 2: 4.5, 3: 6.0}.get(digits, 9.0)


def share(forms: Iterable[str], lang: str, *, product: bool = False) -> float:
    """The share of the commonest of `forms`, or of words so rare that no list has them.

    With `product`, the forms are the characters of a pair, and its share is as if they met by chance.
    """
    table, unknown = _frequencies(lang)
    if product:
        return max(math.prod(table.get(form, unknown) for form in forms), unknown)
    return max(max((table.get(form, 0.0) for form in forms), default=0.0), unknown)


def listed(forms: Iterable[str], lang: str) -> bool:
    """Whether the list of `lang` has any of `forms`."""
    return any(form in _frequencies(lang)[0] for form in forms)
