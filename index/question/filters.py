"""Filters in plain words: which outlet, which author, which time of publication a question restricts itself to.

Called when a question comes without filters of its own. It knows the archive's outlets and authors only as the lists
in a `Roster`, and is conservative: a name that the archive does not have, or that could mean two of its outlets, is no
filter, and neither is "according to the Harbour Post", which asks what was said and not who printed it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.datatypes import Filter, FilterField
from index.language.folding import fold
from index.language.terms import RARE, background_idf
from index.question.analysis import analyse
from index.question.times import TimeExpression, TimeReading


@dataclass(frozen=True, slots=True)
class FilteredQuestion:
    """The filters of a question in the order of their words; the question without those words, and its times."""

    filters: tuple[Filter, ...]
    question: str
    times: TimeReading


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    field: FilterField
    value: str


class Roster:
    """The outlets (with agencies, where they count as such) and authors of an archive, by every name they go by.

    Built once for each state of the archive. An outlet is known by its name, with or without "The", by its last words
    ("the Post"), and by its initials ("HP Weekly", "NYT"); a short name that two outlets share is nobody's.
    """

    def __init__(self, outlets: Iterable[str], authors: Iterable[str]) -> None:
        self._outlets: dict[str, set[str]] = defaultdict(set)
        self._short: dict[str, set[str]] = defaultdict(set)
        self._authors: dict[str, set[str]] = defaultdict(set)
        for outlet in outlets:
            words = _bare(outlet)
            self._outlets[" ".join(words)].add(outlet)
            for short in _short_names(words):
                self._short[short].add(outlet)
        for author in authors:
            if len(words := _words(author)) > 1:
                self._authors[" ".join(words)].add(author)

    def outlet(self, name: str) -> str | None:
        """The one outlet called `name`; None where there is none, or more than one."""
        key = " ".join(_bare(name))
        return _one(self._outlets.get(key)) or (None if key in self._outlets else _one(self._short.get(key)))

    def author(self, name: str) -> str | None:
        """The one author of this full name, however capitalised or accented; None for a part of a name."""
        return _one(self._authors.get(" ".join(_words(name))))


def _one(names: set[str] | None) -> str | None:
    return next(iter(names)) if names and len(names) == 1 else None


def _words(name: str) -> list[str]:
    """The words of a name, folded, without dots and punctuation: "L.A. Times" is "la times"."""
    return re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", fold(name).replace(".", ""))


_ARTICLES = frozenset({"the", "der", "die", "das", "dem", "den", "el", "la", "los", "las"})


def _bare(name: str) -> list[str]:
    words = _words(name)
    return words[1:] if len(words) > 1 and words[0] in _ARTICLES else words


_OF = frozenset({"of", "for", "de", "del", "di", "da", "do", "du", "von", "vom", "der", "des", "van"})


def _short_names(words: Sequence[str]) -> Iterator[str]:
    """Its last words and initials; the Voice of Port Ann is not "Port Ann", which is a place."""
    if len(words) < 2:
        return
    belongs = next((i for i, word in enumerate(words) if word in _OF), len(words))
    for i in range(1, min(len(words), belongs + 1)):
        yield " ".join(words[i:])
    if len(words) > 2:
        yield "".join(word[0] for word in words)
        yield "".join(word[0] for word in words[:-1]) + " " + words[-1]


# --- phrases ---------------------------------------------------------------------------------------------------------

_OUTLET = re.compile(
    r"(?<!\w)(?:in|from|by|on|im|in der|in dem|in den|aus|aus der|aus dem|von|vom|en|de|del|por|в|из)\s+"
    r"(?P<the>(?:the|der|dem|den|das|die|el|la)\s+)?(?=\w)",
    re.IGNORECASE,
)
_AUTHOR = re.compile(r"(?<!\w)(?:by|von|por|de)\s+(?=\w)", re.IGNORECASE)
# What names the articles themselves: after it, any source phrase is one.
_PRINTED = re.compile(
    r"(?<!\w)(?:articles?|stor(?:y|ies)|reports?|reporting|coverage|news|headlines?|pieces?|columns?|interviews?|published|"
    r"printed|written|reported|appeared|read|artikeln?|berichten?|meldung(?:en)?|nachrichten|veröffentlicht|erschienen|"
    r"geschrieben|art[íi]culos?|noticias?|publicad[oa]s?|escrit[oa]s?|стать[а-я]+|новост[а-я]+)\s+$",
    re.IGNORECASE,
)
# What somebody made or did: "by" after it tells who did, not who wrote of it.
_DONE = re.compile(
    r"(?<!\w)(?:\w{2,}ed|\w+en|done|made|said|told|led|won|run|shot|sent|held|sold|hit|book|novel|film|movie|song|album|"
    r"memoir|paint\w+|play|speech|statement|remarks?|comments?|tweets?|claims?|attacks?|gesagt|ge\w+t|buch|roman|rede|"
    r"libro|novela|pel[íi]cula|discurso)\s+$",
    re.IGNORECASE,
)
# Who or what belongs to an outlet: "a photographer from Reuters" is matter.
_BELONGS = re.compile(
    r"(?<!\w)(?:photographers?|reporters?|journalists?|correspondents?|editors?|team|crew|man|woman|people|someone|anyone|"
    r"staff|shares?|stakes?|jobs?|work\w*|invest\w*|resign\w*|fired|hired|journalist(?:in|en)?|periodistas?|журналист\w*)"
    r"\s+$",
    re.IGNORECASE,
)
_BY = ("by", "von", "por")
_GOES_ON = re.compile(r"(?:in|on|about|since|from|over|über|zu|seit|sobre|desde|о|об|с)\s", re.IGNORECASE)
_NAME_WORD = re.compile(r"[^\W_][\w'’.&-]*")
LONGEST_NAME = 7  # words


def read_filters(question: str, lang: str, times: TimeReading, roster: Roster) -> FilteredQuestion:
    """The filters that the words of `question` ask for; `times` is what it says of time.

    A "published" filter comes from a time of publication ("since 2016", "articles from 2016"), or stands beside a bare
    topic: in a question, "in 2016" may be the time of the event, see index/question/times.py.
    """
    found = [*_authors(question, roster), *_outlets(question, lang, roster)]
    found += _times(question, lang, times, found)
    found.sort(key=lambda one: (one.start, -one.end))
    kept: list[_Found] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    filters = tuple(Filter(one.field, one.value, question[one.start : one.end]) for one in kept)
    rest = _without(question, kept)
    return FilteredQuestion(filters, rest, times.moved(_places(question, kept, rest)) if kept else times)


def _times(question: str, lang: str, times: TimeReading, others: Sequence[_Found]) -> Iterator[_Found]:
    for one in times.filters or _of_topic(question, lang, times.priors, others):
        yield _Found(one.start, one.end, FilterField.PUBLISHED, f"{one.first or ''}..{one.last or ''}")


def _of_topic(
    question: str, lang: str, times: Sequence[TimeExpression], others: Sequence[_Found]
) -> list[TimeExpression]:
    """The times next to a bare topic and its `others` filters, which say when its articles appeared: "Ostvik in 2024".

    A year alone may be part of a name ("World Cup 2014"), and what is counted from today asks for the newest.
    """
    told = [one for one in times if not one.relative and not one.words.isdecimal()]
    marks = [*others, *(_Found(one.start, one.end, FilterField.PUBLISHED, "") for one in told)]
    rest = _without(question, sorted(marks, key=lambda one: one.start))
    return told if told and rest and analyse(rest, lang).is_topic else []


def _authors(question: str, roster: Roster) -> Iterator[_Found]:
    for match in _AUTHOR.finditer(question):
        for end in _name_ends(question, match.end(), shortest=2):
            author = roster.author(question[match.end() : end])
            if author and _is_source(question, match.start(), end):
                yield _Found(match.start(), end, FilterField.AUTHOR, author)
                break


def _outlets(question: str, lang: str, roster: Roster) -> Iterator[_Found]:
    for match in _OUTLET.finditer(question):
        for end in _name_ends(question, match.end(), shortest=1):
            name = question[match.end() : end]
            outlet = roster.outlet(name)
            if outlet and _is_plain(name, lang, question, match) and _is_source(question, match.start(), end):
                yield _Found(match.start(), end, FilterField.OUTLET, outlet)
                break


def _name_ends(question: str, start: int, *, shortest: int) -> list[int]:
    """Where a name that begins at `start` may end, the longest first: words with single gaps between them."""
    ends: list[int] = []
    at = start
    while len(ends) < LONGEST_NAME and (word := _NAME_WORD.match(question, at)):
        ends.append(word.start() + len(word.group().rstrip(".'’-")))
        at = word.end() + 1
        if question[word.end() : at] != " ":
            break
    return ends[shortest - 1 :][::-1]


def _is_plain(name: str, lang: str, question: str, match: re.Match[str]) -> bool:
    """Whether a name of one word is meant as a name: "in the Times", not "in the times", "in der Welt"."""
    word = question[match.end() : match.end() + len(name)]
    if len(_bare(name)) > 1:
        return True
    if not word[0].isupper():
        return False
    if _PRINTED.search(question, 0, match.start()):
        return True
    others = question[: match.start()].split()[1:]
    capitals_tell = lang != "de" and (not others or any(other[0].islower() for other in others))
    return capitals_tell or background_idf(_words(word)[-1], lang) >= RARE


def _is_source(question: str, start: int, end: int) -> bool:
    """Whether question[start:end] says where to look: behind a word for articles, or loose at an edge."""
    after = question[end:].lstrip(" ")
    if question[end : end + 2] in ("'s", "’s") or after[:1].isupper():
        return False  # Laura King's dog, the Times Square
    if _PRINTED.search(question, 0, start):
        return True
    matter = _DONE if question[start:].lower().startswith(_BY) else _BELONGS
    if matter.search(question, 0, start):
        return False
    before = question[:start].rstrip()
    opens = not before or before[-1] in ",;:"
    closes = not re.search(r"\w", after) or after[0] in ",;:"
    return opens or closes or bool(_GOES_ON.match(after))


def _without(question: str, found: Sequence[_Found]) -> str:
    """The question without the words found, its gaps and punctuation mended; unchanged where none were."""
    if not found:
        return question
    parts, at = [], 0
    for one in found:
        parts.append(question[at : one.start])
        at = one.end
    rest = " ".join(" ".join([*parts, question[at:]]).split())
    rest = re.sub(r"\s+([,;:?.!])", r"\1", rest)
    rest = re.sub(r"[,;:]+(?=[,;:?.!])|^[,;:?.!\s]+|[,;:\s]+$", "", rest)
    return rest


def _places(question: str, found: Sequence[_Found], rest: str) -> Callable[[int, int], tuple[int, int] | None]:
    """Where a range of the question stands in what `_without` left of it; None where a word of it was taken out.

    Letters and digits are in both, in one order: only gaps and punctuation were mended.
    """
    taken = {n for one in found for n in range(one.start, one.end)}
    kept = (n for n, sign in enumerate(question) if sign.isalnum() and n not in taken)
    there = dict(zip(kept, (n for n, sign in enumerate(rest) if sign.isalnum()), strict=True))

    def place(start: int, end: int) -> tuple[int, int] | None:
        signs = [n for n in range(start, end) if question[n].isalnum()]
        if not signs or not all(n in there for n in signs):
            return None
        return there[signs[0]], there[signs[-1]] + 1

    return place
