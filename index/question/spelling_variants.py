"""Other spellings under which the archive may know a name or a number of a question.

Called by retrieval with the question's terms and the archive's own vocabulary. It must not know of stores or ranking.
A reader is told "searched X as Y", so one name is never turned into another: spellings come from a curated list, from
rules of transliteration that keep sound and length, or, for a word that neither the archive nor general text knows,
from one slip of the keys inside the word. Numbers are written in words and back, never guessed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from index.language.british import other_spellings
from index.language.numerals import SCALES, number_words, ordinal_word, word_numbers
from index.language.spellings import ALIASES, FAMILIES
from index.language.stopwords import stopwords
from index.language.terms import Term, terms, word_share
from index.language.vocabulary import SHORTEST, Vocabulary, letters, spelling_key

Reason = Literal["spelling", "typo", "expansion", "number"]


@dataclass(frozen=True, slots=True)
class Substitution:
    """`asked`, the words question[start:end], is also searched as `found`.

    `term` is what the index holds: one term, or the terms of a phrase joined by spaces. `reason`: "spelling" (another
    spelling of the same name) and "typo" are worth telling the reader; "expansion" (U.S., United States; labour, labor)
    and "number" (49, forty-nine) only widen the search.
    """

    asked: str
    found: str
    term: str
    reason: Reason
    start: int
    end: int


SAFE = 7  # letters from which one slip is believed for a word that stands in one or two documents
LONG = 10  # letters from which two slips are allowed
CLEARLY = 5  # times as frequent as the next candidate
SLIPPED = 50  # times as frequent in the archive, where that has the misspelling too
SLIP = 400  # times as frequent in general text as its misspelling


def alternatives(question: Sequence[Term], vocabulary: Vocabulary, lang: str) -> list[Substitution]:
    """What else to search for the words of `question`, found in `vocabulary`; in question order, never the asked term.

    Several alternatives of one word are further spellings of the same thing, the most frequent first.
    """
    found = [*_aliases(question, vocabulary, lang), *_numbers(question, lang)]
    covered = {(one.start, one.end) for one in found}
    for term in question:
        if (term.start, term.end) not in covered and term.kind in ("name", "word") and term.term.isalpha():
            found += (
                _british(term, vocabulary, lang) or _spellings(term, vocabulary, lang) or _typo(term, vocabulary, lang)
            )
    held = [one for one in found if vocabulary.documents(one.term)]
    held.sort(key=lambda one: (one.start, -vocabulary.documents(one.term)))
    return list({(one.start, one.end, one.term): one for one in reversed(held)}.values())[::-1]


def as_terms(
    question: Sequence[Term], found: Sequence[Substitution], vocabulary: Vocabulary
) -> Mapping[str, tuple[str, ...]]:
    """Term of the question -> single terms that count as it. A phrase counts by the rarest of its terms."""
    table: dict[str, list[str]] = defaultdict(list)
    for one in found:
        rarest = min(one.term.split(), key=vocabulary.documents)
        for term in question:
            if one.start <= term.start and term.end <= one.end and term.kind != "stop" and term.term != rarest:
                table[term.term].append(rarest)
    return {term: tuple(dict.fromkeys(others)) for term, others in table.items()}


# --- spellings -------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _families() -> dict[str, list[str]]:
    lines = [line.split() for line in FAMILIES.strip().splitlines()]
    return {word: line for line in lines for word in line}


def _spellings(asked: Term, vocabulary: Vocabulary, lang: str) -> list[Substitution]:
    written = letters(asked.surface)
    found = []
    for other in _families().get(written, ()):
        (term,) = terms(other, lang) or ("",)
        if term != asked.term and vocabulary.documents(term):
            surface = vocabulary.surface(term)
            found.append(_instead(asked, surface if letters(surface) == other else other.title(), term, "spelling"))
    curated = {one.term for one in found}
    ending = spelling_key(written, sounds=False)
    for term in vocabulary.spelled_like(written):
        surface = vocabulary.surface(term)
        if term not in curated and term != asked.term and spelling_key(surface, sounds=False) == ending:
            found.append(_instead(asked, surface, term, "spelling"))
    return found


def _british(asked: Term, vocabulary: Vocabulary, lang: str) -> list[Substitution]:
    """The same word as Americans, or the British, write it, where the archive holds that."""
    if lang not in ("en", "und"):
        return []
    found = [(other, term) for other in other_spellings(letters(asked.surface)) for term in terms(other, "en")]
    return [
        _instead(asked, other, term, "expansion")
        for other, term in found
        if term != asked.term and vocabulary.documents(term)
    ]


def _instead(asked: Term, found: str, term: str, reason: Reason) -> Substitution:
    return Substitution(asked.surface, found, term, reason, asked.start, asked.end)


# --- slips of the keys -----------------------------------------------------------------------------------------------


def _typo(asked: Term, vocabulary: Vocabulary, lang: str) -> list[Substitution]:
    """The one word of the archive that `asked` was surely meant to be, if there is one."""
    written = letters(asked.surface)
    if len(written) < SHORTEST or not written.isalpha():
        return []
    alike = vocabulary.spelled_like(written)
    near = [term for term in vocabulary.near(written) if _inside(written, letters(vocabulary.surface(term)))]
    if not alike and not near and len(written) >= LONG:
        near = [term for term in vocabulary.near(written, 2) if _inside(written, letters(vocabulary.surface(term)), 2)]
    candidates = [term for term in dict.fromkeys((*alike, *near)) if _meant(asked, term, vocabulary, lang)]
    candidates.sort(key=vocabulary.documents, reverse=True)
    if not candidates or (
        len(candidates) > 1 and vocabulary.documents(candidates[0]) < CLEARLY * vocabulary.documents(candidates[1])
    ):
        return []
    best = candidates[0]
    return [_instead(asked, vocabulary.surface(best), best, "spelling" if best in alike else "typo")]


def _inside(asked: str, other: str, edge: int = 1) -> bool:
    """Whether what differs lies inside: another first or last letter makes another name (Ivanov, Ivanova)."""
    return asked[:edge] == other[:edge] and asked[-edge:] == other[-edge:]


def _meant(asked: Term, term: str, vocabulary: Vocabulary, lang: str) -> bool:
    """Whether the archive and general text allow that `asked` is a slip for `term`: rare or unknown next to it."""
    documents, surface = vocabulary.documents(term), vocabulary.surface(term)
    if term == asked.term or surface.lower() in stopwords(lang):
        return False
    if asked.surface[0].isupper() and surface.islower():
        return False  # a name for a common word
    if documents <= SLIPPED * vocabulary.documents(asked.term):
        return False
    if documents < 3 and len(asked.surface) < SAFE:
        return False  # two short rare names are more often two people
    share = word_share(asked.surface, lang)
    return share == 0 or (share > 0 and word_share(surface, lang) >= SLIP * share)


# --- acronyms and old names ------------------------------------------------------------------------------------------


@lru_cache(maxsize=16)
def _alias_table(lang: str) -> dict[tuple[str, ...], list[tuple[str, str]]]:
    """Terms of one name of a thing -> (name, terms joined) of its other names."""
    table: dict[tuple[str, ...], list[tuple[str, str]]] = defaultdict(list)
    for group in ALIASES:
        analysed = [(name, tuple(terms(name, lang))) for name in group]
        for name, key in analysed:
            others = [(other, " ".join(parts)) for other, parts in analysed if other != name and parts != key]
            table[key] += others
    return dict(table)


_US_NOUNS = frozenset(
    ("troop", "militari", "armi", "forc", "presid", "govern", "congress", "soldier", "marin", "secretari", "senat")
)


def _aliases(question: Sequence[Term], vocabulary: Vocabulary, lang: str) -> Iterator[Substitution]:
    table = _alias_table(lang)
    i = 0
    while i < len(question):
        for length in (6, 5, 4, 3, 2, 1):
            run = question[i : i + length]
            others = table.get(tuple(term.term for term in run)) if len(run) == length else None
            if others and any(term.kind != "stop" for term in run) and _as_a_name(run):
                asked = " ".join(term.surface for term in run)
                for name, term in others:
                    yield Substitution(asked, name, term, "expansion", run[0].start, run[-1].end)
                i += length - 1
                break
        i += 1
    yield from _small_us(question)


def _as_a_name(run: Sequence[Term]) -> bool:
    """A short acronym counts only in capitals: "au", "who" and "la" are words."""
    first = run[0].surface
    return len(run) > 1 or len(first) > 3 or first[:1].isupper() or len(first) == 3


def _small_us(question: Sequence[Term]) -> Iterator[Substitution]:
    """The country in a question without capitals: "the us", "us troops"."""
    if any(term.surface != term.surface.lower() for term in question):
        return
    for i, term in enumerate(question):
        before = question[i - 1].term if i else ""
        after = question[i + 1].term if i + 1 < len(question) else ""
        if term.term == "us" and (before == "the" or after in _US_NOUNS):
            yield _instead(term, "U.S.", "usa", "expansion")


# --- numbers ---------------------------------------------------------------------------------------------------------


def _numbers(question: Sequence[Term], lang: str) -> Iterator[Substitution]:
    i = 0
    while i < len(question):
        length, number = _spelled(question, i, lang)
        if length:
            yield from _in_figures(question, i, length, number)
            i += length
            continue
        if question[i].kind == "number":
            yield from _in_words(question, i, lang)
        i += 1


def _spelled(question: Sequence[Term], at: int, lang: str) -> tuple[int, int]:
    """How many words from `at` on spell a number, the longest run, and which; (0, 0) for none."""
    names = word_numbers(lang)
    for length in (5, 4, 3, 2, 1):
        words = tuple(term.surface.lower() for term in question[at : at + length])
        if len(words) == length and words in names:
            return length, names[words]
    return 0, 0


def _in_figures(question: Sequence[Term], at: int, length: int, number: int) -> Iterator[Substitution]:
    run = question[at : at + length]
    asked = " ".join(term.surface for term in run)
    yield Substitution(asked, str(number), str(number), "number", run[0].start, run[-1].end)
    following = question[at + length] if at + length < len(question) else None
    if following and following.surface.lower() in SCALES:
        whole = number * SCALES[following.surface.lower()]
        yield Substitution(
            f"{asked} {following.surface}", f"{whole:,}", str(whole), "number", run[0].start, following.end
        )


def _in_words(question: Sequence[Term], at: int, lang: str) -> Iterator[Substitution]:
    term = question[at]
    following = question[at + 1] if at + 1 < len(question) else None
    scale = SCALES.get(following.surface.lower(), 0) if following else 0
    if following and scale and (value := _scaled(term.term, scale)):
        asked = f"{term.surface} {following.surface}"
        yield Substitution(asked, f"{value:,}", str(value), "number", term.start, following.end)
    if not term.term.isdecimal() or len(term.term) > 13:
        return
    number = int(term.term)
    if not term.surface[-1:].isdecimal():  # 4th
        words = ordinal_word(number, lang)
    elif number >= 1000:
        words = _round(number)
    else:
        words = number_words(number, lang)
    if words:
        yield _instead(term, words, " ".join(terms(words, lang)), "number")


def _scaled(term: str, scale: int) -> int:
    """1d2 and a million: 1200000; 0 where it is not a whole number."""
    whole, _, fraction = term.partition("d")
    if not (whole + fraction).isdecimal() or len(fraction) > 6 or len(whole) > 4:
        return 0
    value, rest = divmod(int(whole + fraction) * scale, 10 ** len(fraction))
    return 0 if rest else value


def _round(number: int) -> str:
    """1200000 as "1.2 million"; "" where it is not as short as that."""
    for name, scale in reversed(SCALES.items()):
        if number >= scale and number * 10 % scale == 0 and scale > 1000:
            return f"{number / scale:g} {name}"
    return ""
