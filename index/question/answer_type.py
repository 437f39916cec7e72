"""What a text says that the question does not: new names, new numbers, and whether they are of the kind asked for.

Called by `index.search.features` and `index.answer.highlight`. Pure. Words for numbers and times are those of the
question's language; capitals tell names where they do so in it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache

from index.language.date_words import dates_in
from index.language.numerals import number_words_of
from index.language.packs.pack import Asks
from index.language.packs.table import pack_of
from index.language.stopwords import stopwords
from index.language.terms import terms as terms_of
from index.question.analysis import Question

_HOW_MANY = re.compile(r"\bhow many\b", re.IGNORECASE)
COUNTED_WITHIN = 3  # terms between a number and what is counted: "412 young men", "46 of the 120 drivers"

_NUMBER = re.compile(r"\d[\d.,:]*")
_NAME = re.compile(
    r"(?:(?<=[^\s.?!:“”»\"] )|(?<=[^\s.?!:“”»\"] [‘'(\[]))[A-ZÀ-ÖØ-ÞŁŚŠŽČĆİА-ЯЁІЇЄҐΑ-Ω][\w]*(?:['’.\-]\w+)*"
)
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
_SAY = "say|think|tell|write|promise|add|argue|warn|announce|claim|respond|reply|react|comment|describe"
_SAID = "said|told|written|promised|added|argued|warned|announced|claimed|responded|replied|reacted|commented|described"
_SAYING = "saying|telling|promising|arguing|warning|claiming|responding|reacting"
_WORDS_ASKED = re.compile(
    r"\b(?:what|how)\s+(?:"
    rf"(?:did|does|do|will|would)\s+(?P<did>(?:[\w.'’-]+\s+){{1,6}}?)(?:{_SAY})"
    rf"|(?:has|have|had)\s+(?P<has>(?:[\w.'’-]+\s+){{1,6}}?)(?:{_SAID})"
    rf"|(?:is|are|was|were)\s+(?P<is>(?:[\w.'’-]+\s+){{1,6}}?)(?:{_SAYING})"
    r")(?=\s*[?.!,;]|\s*$|\s+(?:about|of|on|to|that|when|after|in|at|for|with|as|his|her|their|the)\b)"
    r"|\bwas sagten?\s+(?P<de>(?:\w+\s+){0,3}\w+)|\bqué (?:dijo|dice)\s+(?P<es>(?:\w+\s+){0,3}\w+)"
    r"|\bчто (?:сказала?|говорит|заявила?)\s+(?P<ru>(?:\w+\s+){0,3}\w+)",
    re.IGNORECASE,
)
_HOW_MUCH = re.compile(r"\bhow much\b(?! time\b)", re.IGNORECASE)
_PRICE = re.compile(
    r"\bwhat(?:['’]s| is| was| will be| would be| are| were) the (?:\w+ ){0,2}(?:price|cost|salary|fee|fine|budget)s?\b"
    r"|\bwhat (?:will|would|does|do|did)\b.*\b(?:cost|earn|pay|charge)\b|\bwhat .*\b(?:worth|paid)\W*$",
    re.IGNORECASE,
)
_SAYS_WHERE = re.compile(
    r"\b(?:in|at|near|outside|off|on|from|to|of|around|across)\s+(?:the\s+|[a-z]+\s+(?:of\s+)?){0,3}(?=[A-ZÀ-ÖØ-Þ])"
)
_LETTERS = re.compile(r"[^\W\d_]+")
_POSSESSIVE = re.compile(r"['’]s$")
_WORD = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*")


def question_words(question: Question) -> frozenset[str]:
    """The words of the question as written, folded: what stands among them is not new."""
    return frozenset(match.group().casefold() for match in _WORD.finditer(question.text))


def new_names(text: str, known: frozenset[str]) -> set[str]:
    """The capitalised words of `text`, folded, that start no sentence and stand not in `known`."""
    return {folded for word in _NAME.findall(text) if (folded := _POSSESSIVE.sub("", word.casefold())) not in known}


def new_numbers(text: str, known: frozenset[str], lang: str) -> set[str]:
    """The figures and number words of `text` that do not stand in `known` (folded words)."""
    figures = {figure.rstrip(".,:") for figure in _NUMBER.findall(text)}
    words = number_words_of(lang).intersection(_letters(text))
    return (figures | words) - known


def offers(asks: Asks, text: str, known: frozenset[str], lang: str) -> bool:
    """Whether `text` holds something of the kind asked for that does not stand in `known` (folded words)."""
    return is_of_kind(asks, text, known, new_names(text, known), new_numbers(text, known, lang), lang)


def tells(question: Question, text: str, known: frozenset[str]) -> bool:
    """As `offers`, looked at more closely: money where money is asked for, a name that says where for "where".

    "What will the tram cost?" is not told by how many voted for it, nor "Where did they meet?" by who else was there.
    """
    if asks_money(question):
        return _MONEY.search(text) is not None
    if question.asks is Asks.WHERE and pack_of(question.lang).code == "en":
        names = new_names(text, known)
        places = (_WORD.match(text, match.end()) for match in _SAYS_WHERE.finditer(text))
        return any(place is not None and place[0].casefold() in names for place in places)
    return offers(question.asks, text, known, question.lang)


def asks_money(question: Question) -> bool:
    """Whether money is asked for: "how much was paid", "what does it cost", not "what was the money for"."""
    if question.asks is Asks.AMOUNT:
        return _HOW_MUCH.search(question.text) is not None and _MONEY_WORD.search(question.text) is not None
    return question.asks is Asks.WHAT and _PRICE.search(question.text) is not None


def whose_words(question: Question) -> frozenset[str] | None:
    """The words, folded, by which the one is named whose words are asked for; None where no words are.

    >>> from index.question.analysis import analyse
    >>> sorted(whose_words(analyse("What did Greta Holm say about the wall?", "en")))
    ['greta', 'holm']
    """
    match = _WORDS_ASKED.search(question.text)
    if match is None:
        return None
    named = next(group for group in match.groups() if group is not None)
    return frozenset(word.casefold() for word in _WORD.findall(named)) - stopwords(question.lang)


def numbers_counted(question: Question, terms: Sequence[str]) -> bool:
    """Whether a text with these terms numbers what "how many" asks for: "46 of the 120 drivers", "twelve young men".

    A year numbers nothing, nor does what the question says itself, nor "one of the".
    """
    match = _HOW_MANY.search(question.text)
    if match is None:
        return False
    behind = [term for term in question.content if term.start >= match.end() and not term.term[0].isdigit()][:2]
    own = {term.term for term in question.terms}
    return any(
        _is_count(terms, place) and terms[place] not in own
        for n, one in enumerate(terms)
        if any(one == term.term for term in behind)
        for place in range(max(0, n - COUNTED_WITHIN), n)
    )


def _is_count(terms: Sequence[str], place: int) -> bool:
    term, following = terms[place], terms[place + 1 : place + 2]
    if term.isdigit():
        return not 1900 <= int(term) < 2100
    return term[0].isdigit() or (term in _number_stems() and not (term == "one" and following == ["of"]))


@cache
def _number_stems() -> frozenset[str]:
    return frozenset(term for word in number_words_of("en") for term in terms_of(word, "en"))


def _letters(text: str) -> list[str]:
    """The words of `text`, folded, figures left out."""
    return _LETTERS.findall(text.lower())


def is_of_kind(  # one text, looked at once by its callers
    asks: Asks, text: str, known: frozenset[str], names: Collection[str], numbers: Collection[str], lang: str
) -> bool:
    """`offers` with the new names and numbers of `text` found already.

    Where capitals tell no names, nothing speaks against a text that is asked for one.
    """
    match asks:
        case Asks.COUNT | Asks.AMOUNT:
            return bool(numbers)
        case Asks.WHEN:
            return bool(numbers) or bool(dates_in(text, lang) - known)
        case Asks.WHO | Asks.WHERE:
            return bool(names) or not pack_of(lang).capitals_are_names
        case _:
            return True
