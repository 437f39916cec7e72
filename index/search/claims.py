"""Whether what a claim asserts is reported of the one it names: "Did Holm resign?" is not met by another's resignation.

Called by `index.search.features`. Pure. Its titles, pronouns and passives are English, so it says nothing in
other languages, and nothing where it cannot tell. It must not know how much a doubt weighs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache

from index.language.packs import english
from index.language.packs.table import pack_of
from index.language.stopwords import stopwords
from index.language.terms import terms
from index.question.analysis import Question

_END = re.compile(r"(?<=[.!?…][\"”’)])\s+|(?<=[.!?…])\s+(?=[\"“‘(]?[^\W\d_a-z])|\n+")
_ABBREVIATION = re.compile(r"(?:^|[\s(])(?:[^\W\d_]|Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Col|Lt|Sgt|St|Jr|Sr|No|vs?)\.$")
_ASIDE = re.compile(r",\s(?:who|whom|whose|which|the|a|an|his|her|their|its|then|formerly|now)\s[^,.;:!?]{3,120},")
_PASSIVE = re.compile(r"^\W*(?:was|were|is|are)\b|\b(?:been|being|be)\b", re.I)
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
_PRONOUNS = frozenset(english.PRONOUNS.split())
_BE = frozenset(english.BE.split())
_DAYS = frozenset(f"{english.DATES} march may".split())
_TITLES = frozenset(english.TITLES.split())
BEHIND = 6  # words behind the act in which its bearer may stand ("the resignation of Holm")


def reported_of_others(question: Question, text: str, held: Sequence[str]) -> float:
    """The share of the claim's acts in `text` that are reported of others than those it names, 0..1.

    `held` are the search terms of `text`. 0 where the question is no claim, names nobody, or its acts are not reported
    at all: absence is scored by other features.
    """
    if not question.is_claim or pack_of(question.lang).code != "en":
        return 0.0
    names = [term.surface.casefold() for term in question.content if term.kind == "name"]
    acts = {term.term for term in question.content if term.kind == "word"}.intersection(held)
    if not names or not acts:
        return 0.0
    spelt = {form for name in names for form in (name, _POSSESSIVE.sub("", name))}
    spelt |= {other for term in question.content for other in question.alternatives.get(term.term, ())}
    borne = _borne(text, acts, spelt, question)
    return sum(not own for own in borne.values()) / len(borne) if borne else 0.0


def _borne(text: str, acts: set[str], names: set[str], question: Question) -> dict[str, bool]:
    """Of each act that somebody is reported to do, or to suffer where that is asked, whether it is one of `names`."""
    lang, suffered = question.lang, _PASSIVE.search(question.text) is not None
    said = [_WORD.findall(_ASIDE.sub(" ", sentence)) for sentence in _sentences(text)]
    runs_of = cache(lambda n: _name_runs(said[n], lang))
    found: dict[str, bool] = {}
    for n, words in enumerate(said):
        for place, word in enumerate(words):
            for act in acts.intersection(_stems(word, lang)):
                undergone = suffered and not _BE.intersection(map(str.casefold, words[max(0, place - 2) : place]))
                bearer = (undergone and _behind(place, runs_of(n))) or _bearer(
                    place, words, runs_of(n), _named_before(n, runs_of)
                )
                if bearer:
                    found[act] = found.get(act, False) or _is_named(bearer, names)
    return found


def _named_before(n: int, runs_of: Callable[[int], list[tuple[int, list[str]]]]) -> list[str]:
    """The names of the last sentence before the `n`th that has any."""
    runs = next((runs for earlier in range(n - 1, -1, -1) if (runs := runs_of(earlier))), [])
    return [word for _, run in runs for word in run]


@lru_cache(maxsize=20_000)
def _stems(word: str, lang: str) -> frozenset[str]:
    """The search terms of a word: the same words stand in most candidates."""
    return frozenset(terms(word, lang))


def _sentences(text: str) -> Iterator[str]:
    """The sentences of `text`, as far as punctuation tells."""
    kept = ""
    for piece in _END.split(text):
        kept = f"{kept} {piece}" if kept else piece
        if not _ABBREVIATION.search(kept):
            yield kept
            kept = ""
    if kept:
        yield kept


def _name_runs(words: Sequence[str], lang: str) -> list[tuple[int, list[str]]]:
    """The runs of capitalised words, folded, each with the place of its last word."""
    small = stopwords(lang)
    runs: list[tuple[int, list[str]]] = []
    for place, word in enumerate(words):
        folded = _POSSESSIVE.sub("", word.casefold())
        if not word[0].isupper() or folded in _DAYS or (folded in small and place == 0) or folded in _PRONOUNS:
            continue
        if runs and runs[-1][0] == place - 1:
            runs[-1] = (place, [*runs[-1][1], folded])
        else:
            runs.append((place, [folded]))
    return runs


def _bearer(place: int, words: Sequence[str], runs: Sequence[tuple[int, list[str]]], before: list[str]) -> list[str]:
    """Who does what stands at `place`: the nearest name before it, one of the last sentence for a pronoun, or after."""
    ahead = [run for end, run in runs if end < place]
    if ahead:
        return ahead[-1]
    if before and any(word.casefold() in _PRONOUNS for word in words[:place]):
        return before
    return _behind(place, runs)


def _behind(place: int, runs: Sequence[tuple[int, list[str]]]) -> list[str]:
    """The first name in the words behind `place`."""
    return next((run for end, run in runs if place < end <= place + BEHIND), [])


def _is_named(bearer: Sequence[str], names: set[str]) -> bool:
    """Whether the bearer's name is among `names`; another first name before a family name is another person."""
    if not names.intersection(bearer):
        return False
    first = [word for word in bearer if word not in _TITLES]
    return len(first) < 2 or len(names) < 2 or bearer[-1] not in names or first[0] in names or len(first[0]) == 1
