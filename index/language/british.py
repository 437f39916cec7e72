"""British and American spellings of one English word: "apologise" and "apologize", "harbour" and "harbor".

Called by index/question/spelling_variants.py, which keeps those that the archive holds. Pure rules: most of what they
make is no word.
"""

from __future__ import annotations

import re

SHORTEST = 5  # letters: "hour" and "four" are words of their own

# Each pair of endings goes both ways, whatever inflection follows. "Prise" and "prize" are two words.
_PAIRS = (
    (r"(?<=\w{3})is(e[ds]?|ers?|ing|ations?|ational)$", r"iz\1"),
    (r"(?<=\w{3})iz(e[ds]?|ers?|ing|ations?|ational)$", r"is\1"),
    (r"ys(e[ds]?|ers?|ing)$", r"yz\1"),
    (r"yz(e[ds]?|ers?|ing)$", r"ys\1"),
    (r"our(s|ed|ing|ite|ites|ful|able|al|hoods?|ly)?$", r"or\1"),
    (r"or(s|ed|ing|ite|ites|ful|able|al|hoods?|ly)?$", r"our\1"),
    (r"(t|b)re(s|d)?$", r"\1er\2"),
    (r"(t|b)er(s|ed)?$", r"\1re\2"),
    (r"enc(es?|eless)$", r"ens\1"),
    (r"ens(es?|eless)$", r"enc\1"),
    (r"(?<=[aeiou]l)l(ed|ing|ers?|ors?)$", r"\1"),
    (r"(?<=[aeiou]l)(ed|ing|ers?|ors?)$", r"l\1"),
    (r"ogue(s)?$", r"og\1"),
    (r"og(s)?$", r"ogue\1"),
    (r"mme(s)?$", r"m\1"),
    (r"am(s)?$", r"amme\1"),
)
_DOUBLED = 8  # letters from which "ll" may stand for "l": "filling" is not "filing"


def other_spellings(word: str) -> tuple[str, ...]:
    """How the other side of the ocean may write an English word in small letters; () where it is short.

    >>> other_spellings("apologised"), other_spellings("harbor")
    (('apologized',), ('harbour',))
    """
    if len(word) < SHORTEST:
        return ()
    found = [re.sub(ending, other, word) for ending, other in _PAIRS if len(word) >= _DOUBLED or "l)" not in ending]
    return tuple(dict.fromkeys(each for each in found if each != word and abs(len(each) - len(word)) <= 2))
