"""What a text says that the question does not: new names, new numbers, and whether they are of the kind asked for.

Called by `index.features` and `index.pinpoint`. Pure; English words for numbers and times, capitals for names.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from index.question import Asks, Question, word_set
from index.stopwords import stopwords

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
_COUNTED = re.compile(r"\bhow many ((?:\w+\W{1,2}){1,6})", re.I)
_FIGURE = r"\d[\d.,]*|" + "|".join(sorted(_NUMBER_WORDS, key=lambda word: (-len(word), word)))
_FORMS = (  # what is asked for in these words has this form
    (r"percent(?:age)?|per cent|proportion", r"(\d)\s?%|(\w+) per\s?cent"),
    (r"how old|what age", r"(\d{1,3})[- ]years?[- ]old|, (\d{1,3}),|\baged? (\d{1,3})|\bage of (\d{1,3})"),
    (r"(?:what|which) year", r"\b((?:1[89]|20)\d\d)\b"),
    (r"how long", rf"\b({_FIGURE})[- ](?:\w+ )?(?:second|minute|hour|day|week|month|year|decade|meter|metre|mile|k)"),
    (
        r"how much",
        r"[$€£¥₹]\s?(\d)|\b(\d[\d.,]*|\w+) (?:\w+ )?(?:dollars|euros|pounds|yen|crowns|cents|percent)\b|(\d)\s?%",
    ),
)
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


def asked_form(question: Question) -> re.Pattern[str] | None:
    """The form that the answer to an English question has, where its words tell: a percentage, so many drivers."""
    if question.lang != "en" or question.asks not in (Asks.COUNT, Asks.AMOUNT, Asks.WHEN):
        return None
    counted = _COUNTED.search(question.text)
    if counted:
        words = [word for word in _LETTERS.findall(counted.group(1).lower()) if word not in stopwords("en")]
        nouns = "|".join(word[: max(4, len(word) - 2)] for word in words)
        return re.compile(rf"\b({_FIGURE})\b(?:\W{{1,3}}\w+){{0,3}}?\W{{1,3}}(?:{nouns})", re.I) if nouns else None
    folded = question.text.casefold()
    form = next((form for asked, form in _FORMS if re.search(rf"\b(?:{asked})\b", folded)), None)
    return re.compile(form, re.I) if form else None


def fits(form: re.Pattern[str] | None, text: str, known: frozenset[str]) -> float:
    """1 where `text` holds the form with a figure that is not `known`, -1 where it does not; 0 without a form."""
    if form is None:
        return 0.0
    figures = (next((one for one in match.groups() if one), "") for match in form.finditer(text))
    return 1.0 if any(figure.rstrip(".,").casefold() not in known for figure in figures) else -1.0
