"""What a text says that the question does not: new names, new numbers, and whether they are of the kind asked for.

Called by `index.features` and `index.pinpoint`. Pure; English words for numbers and times, capitals for names.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache

from index.question import Asks, Question, word_set
from index.terms import terms as terms_of

COUNTED_WITHIN = 3  # terms between a number and what is counted: "412 young men", "46 of the 120 drivers"

_NUMBER = re.compile(r"\d[\d.,:]*")
_NUMBER_WORDS = word_set(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion "
    "trillion dozen half twice double triple"
)
_QUANTITIES = word_set(
    "no none nobody nothing neither both all every half most several few many couple pair dozens hundreds thousands "
    "millions billions handful single once twice zero"
)
_DATE_WORDS = word_set(
    "january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday spring summer autumn fall winter today yesterday tomorrow"
)
_NAME = re.compile(r"(?:(?<=[^\s.?!:“\"] )|(?<=[^\s.?!:“\"] [‘'(\[]))[A-ZÀ-ÖØ-ÞŁŚŠŽČĆİА-ЯЁІЇЄҐΑ-Ω][\w]*(?:['’.\-]\w+)*")
# Money as newspapers print it: "$148 million", "41 million crowns", "5 euros", "£2.3bn".
_MONEY = re.compile(
    r"(?:[$€£¥₽₹₴₩]|\b(?:USD|EUR|GBP|CHF|Rs\.?)) ?\d"
    r"|\b[\d.,]*\d(?: ?(?:million|billion|trillion|thousand|hundred|bn|m|k))? ?"
    r"(?:[$€£¥₽₹₴₩]"
    r"|(?:[a-z]+ )?(?:dollar|euro|pound|cent|penny|pence|crown|franc|yen|yuan|rouble|ruble|rupee|peso)s?\b)",
    re.IGNORECASE,
)
_MONEY_WORD = re.compile(
    r"\b(?:costs?|prices?|priced|paid|pays?|paying|worth|budgets?|fees?|salar(?:y|ies)|spends?|spent|earns?|earned|money|"
    r"dollars?|euros?|pounds?|fined|sold|valued)\b",
    re.IGNORECASE,
)
_WORDS_ASKED = re.compile(
    r"\b(?:what|how)\s+(?:did|does|do|has|have|had|will|would)\b.*\b"
    r"(?:say|said|tell|told|think|call|described?|warn(?:ed)?|argued?|claim(?:ed)?|react(?:ed)?|respond(?:ed)?|reply"
    r"|replied|comment(?:ed)?|announced?|expect)\b"
    r"|\bwas sagte?\b|\bqué (?:dijo|dice)\b|\bqu.a dit\b|\bчто (?:сказала?|говорит)\b",
    re.IGNORECASE,
)
_PRICE = re.compile(r"\bprice\b|\b(?:costs?|prices|worth|budget|paid|salary)\W*$", re.IGNORECASE)
_SAYS_WHERE = re.compile(
    r"\b(?:in|at|near|outside|off|on|from|to|of|around|across)\s+(?:the\s+|[a-z]+\s+(?:of\s+)?){0,3}(?=[A-ZÀ-ÖØ-Þ])"
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


def tells(question: Question, text: str, known: frozenset[str]) -> bool:
    """As `offers`, looked at more closely: money where money is asked for, a name that says where for "where".

    "What will the tram cost?" is not told by how many voted for it, nor "Where did they meet?" by who else was there.
    """
    if asks_money(question):
        return _MONEY.search(text) is not None
    if question.asks is Asks.WHERE:
        names = new_names(text, known)
        places = (_WORD.match(text, match.end()) for match in _SAYS_WHERE.finditer(text))
        return any(place is not None and place[0].casefold() in names for place in places)
    return offers(question.asks, text, known)


def asks_money(question: Question) -> bool:
    """Whether money is asked for: "how much was paid", "what does it cost", not "what was the money for"."""
    asked = {Asks.AMOUNT: _MONEY_WORD, Asks.WHAT: _PRICE}.get(question.asks)
    return asked is not None and asked.search(question.text) is not None


def asks_words(question: Question) -> bool:
    """Whether somebody's words are asked for: "What did Holm say about the wall?", "How did the union react?"."""
    return _WORDS_ASKED.search(question.text) is not None


def counts(question: Question, terms: Sequence[str]) -> bool:
    """Whether a text with these terms numbers what "how many" asks for: "46 of the 120 drivers", "twelve young men"."""
    if question.asks is not Asks.COUNT or not question.content:
        return False
    counted = question.content[0].term
    return any(
        term[0].isdigit() or term in _number_stems()
        for n, one in enumerate(terms)
        if one == counted
        for term in terms[max(0, n - COUNTED_WITHIN) : n]
    )


def says_how_many(question: Question, text: str) -> bool:
    """Whether `text` may tell a number without one, where something is counted: "nobody", "dozens", "several"."""
    return question.asks is Asks.COUNT and not _QUANTITIES.isdisjoint(_LETTERS.findall(text.lower()))


@cache
def _number_stems() -> frozenset[str]:
    return frozenset(term for word in _NUMBER_WORDS for term in terms_of(word, "en"))


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
