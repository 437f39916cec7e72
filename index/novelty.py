"""What a text says that the question does not: new names, new numbers, and whether they are of the kind asked for.

Called by `index.features` and `index.pinpoint`. Pure; English words for numbers and times, capitals for names.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from index.question import Asks, Question, word_set

_NUMBER = re.compile(r"\d[\d.,:]*")
_NUMBER_WORDS = word_set(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion "
    "trillion dozen half twice double triple"
)
_DATE_WORDS = word_set(
    "january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday spring summer autumn fall winter today yesterday tomorrow"
)
_NAME = re.compile(r"(?:(?<=[^\s.?!:“\"] )|(?<=[^\s.?!:“\"] [‘'(\[]))[A-ZÀ-ÖØ-ÞŁŚŠŽČĆİА-ЯЁІЇЄҐΑ-Ω][\w]*(?:['’.\-]\w+)*")
_LETTERS = re.compile(r"[a-z]+")
_POSSESSIVE = re.compile(r"['’]s$")
_WORD = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*")


def question_words(question: Question) -> frozenset[str]:
    """The words of the question as written, folded: what stands among them is not new."""
    return frozenset(match.group().casefold() for match in _WORD.finditer(question.text))


def new_names(text: str, known: frozenset[str]) -> set[str]:
    """The capitalised words of `text`, folded, that start no sentence and stand not in `known`."""
    return {folded for word in _NAME.findall(text) if (folded := _POSSESSIVE.sub("", word.casefold())) not in known}


def new_numbers(text: str, known: frozenset[str]) -> set[str]:
    """The figures and number words of `text` that stand not in `known` (folded words)."""
    figures = {figure.rstrip(".,:") for figure in _NUMBER.findall(text)}
    words = _NUMBER_WORDS.intersection(_LETTERS.findall(text.lower()))
    return (figures | words) - known


def offers(asks: Asks, text: str, known: frozenset[str]) -> bool:
    """Whether `text` holds something of the kind asked for that stands not in `known` (folded words)."""
    return is_of_kind(asks, text, known, new_names(text, known), new_numbers(text, known))


def is_of_kind(asks: Asks, text: str, known: frozenset[str], names: Collection[str], numbers: Collection[str]) -> bool:
    """`offers` with the new names and numbers of `text` found already."""
    match asks:
        case Asks.COUNT | Asks.AMOUNT:
            return bool(numbers)
        case Asks.WHEN:
            dates = _DATE_WORDS.intersection(_LETTERS.findall(text.lower()))
            return bool(dates - known) or bool(numbers)
        case Asks.WHO | Asks.WHERE:
            return bool(names)
        case _:
            return True
