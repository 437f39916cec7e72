"""From how often a word stands in general text to how rare it is in passages.

Arithmetic for `index/language/terms.py`, which owns the word lists. A question's words are weighed by this, so that
rarity is known even for an archive of one article.
"""

from __future__ import annotations

import math

PASSAGE_WORDS = 200


def idf(share: float) -> float:
    """The rarity in nats of a word with this share of all words: `-ln(1 - exp(-200 share))`.

    That is the negative logarithm of the chance that a passage of 200 words holds it; 0 for a word in every passage.
    """
    return max(0.0, -math.log(-math.expm1(-PASSAGE_WORDS * share)))


def number_idf(word: str) -> float:
    """The rarity of a number: small numbers and years stand in many articles, long numbers in one."""
    digits = sum(map(str.isdecimal, word))
    if not word.isdecimal():
        return 8.0
    if digits == 4 and 1900 <= int(word) <= 2100:
        return 4.0
    return {1: 3.0, 2: 4.5, 3: 6.0}.get(digits, 9.0)
