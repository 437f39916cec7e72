"""Questions that lean on the one before: "and when?", "what did he say about Iran?", "what about the bridge?".

Called by the archive with the last turn of the same chat. Pure rules, no model: what they assume is told to the reader,
who can ask afresh with one tap. Unsure means: it stands alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from index.language.packs.pack import Asks, FollowUp
from index.language.packs.table import pack_of
from index.language.terms import Term, question_terms
from index.question.analysis import asked
from index.speech.lexicon import MEN, WOMEN

LONGEST_LEANING = 9  # words; a longer question says what it means

_TOKEN = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Turn:
    """What was asked before in this chat, and who spoke in the words quoted then."""

    question: str
    speaker: str | None = None


def complete(question: str, lang: str, before: Turn) -> str | None:
    """The question made whole with what the turn before was about; None where it stands alone.

    >>> complete("and when?", "en", Turn("Where did Putin meet Assad?"))
    'When did Putin meet Assad?'
    >>> complete("What did he say about Iran?", "en", Turn("Where did Putin meet Assad?", "Vladimir Putin"))
    'What did Vladimir Putin say about Iran?'
    >>> complete("How high is Mount Ararat?", "en", Turn("Where did Putin meet Assad?")) is None
    True
    """
    words_of = _words_of(lang)
    bare = _pattern(words_of.opening).sub("", question.strip(), count=1)
    words = _TOKEN.findall(bare)
    if not before.question.strip() or not words or len(words) > LONGEST_LEANING:
        return None
    if asked(before.question, lang) is Asks.NOTHING:  # a topic or a remark: only its people can be meant
        return _with_person(bare, lang, before)
    if topic := _pattern(words_of.about).match(bare):
        return _with_topic(before.question, topic["topic"], lang)
    if len(words) <= 2 and asked(f"{bare.rstrip('?')}?", lang) not in (Asks.NOTHING, Asks.CLAIM):
        return _asked_anew(bare, before.question, lang)
    return _with_person(bare, lang, before) or _beside(bare, lang, before, leans=bare != question.strip())


def _words_of(lang: str) -> FollowUp:
    """The words of follow-up questions in a language; of one without them no question leans on another."""
    return pack_of(lang).follow_up or FollowUp("", "", {}, ())


@cache
def _pattern(fragment: str) -> re.Pattern[str]:
    """The pattern of a fragment; an empty fragment matches nothing."""
    return re.compile(fragment or r"(?!)", re.I)


def _beside(question: str, lang: str, before: Turn, *, leans: bool) -> str | None:
    """Both questions in a row, where this one points at a thing it does not name."""
    words = _TOKEN.findall(question)
    points = any(word.casefold() in _words_of(lang).things for word in words) or (leans and len(words) <= 4)
    return f"{_closed(question)} {before.question}" if points and not _names(question, lang) else None


def _asked_anew(word: str, before: str, lang: str) -> str:
    """The question before with another question word: "when" + "Where did X meet Y?" is "When did X meet Y?"."""
    first = _pattern(_words_of(lang).asking).match(before.lstrip("¿ ")) or _TOKEN.match(before.lstrip("¿ "))
    fresh = word.rstrip("? ").strip("¿ ")
    if first is not None and asked(f"{first.group()}?", lang) not in (Asks.NOTHING, Asks.CLAIM):
        start = before.index(first.group())
        rest = before[start + len(first.group()) :]
        return f"{fresh[:1].upper()}{fresh[1:]}{rest}"
    return f"{fresh[:1].upper()}{fresh[1:]}? {before}"


def _with_topic(before: str, topic: str, lang: str) -> str:
    """The question before, about something else: its last name gives way to the new one; otherwise both are asked."""
    names = list(_runs(before, lang))
    if names and _names(topic, lang):
        start, end = names[-1]
        return f"{before[:start]}{topic}{before[end:]}"
    return f"{topic[:1].upper()}{topic[1:]}: {before}"


def _with_person(question: str, lang: str, before: Turn) -> str | None:
    """The question with the person meant by its first pronoun; None without a pronoun or a person."""
    if owned := _pattern(_words_of(lang).owned).search(question):
        person = _person(owned.group(), lang, before)
        return person and f"{question[: owned.start()]}{person}'s{question[owned.end() :]}"
    for match in _TOKEN.finditer(question):
        pronoun = match.group().casefold() in _words_of(lang).persons
        if pronoun and not _names(question, lang, before_end=match.start()):
            person = _person(match.group(), lang, before)
            return person and f"{question[: match.start()]}{person}{question[match.end() :]}"
    return None


def _person(pronoun: str, lang: str, before: Turn) -> str | None:
    """Who is meant: whom the question was about ("What did X say?"), else who spoke, else the first name in it.

    A man is never "she", nor a woman "he", as far as a given name tells.
    """
    gender = _words_of(lang).persons.get(pronoun.casefold(), "")
    runs = list(_runs(before.question, lang))
    names = [before.question[start:end] for start, end in runs]
    subject = _pattern(_words_of(lang).subject)
    asked_of = [name for name, (start, _) in zip(names, runs, strict=True) if subject.search(before.question[:start])]
    persons = [name for name in (*asked_of, before.speaker, *names) if name and _may_be(name, gender)]
    surely = [name for name in persons if gender and _gender_of(name) == gender]
    return next(iter([*surely, *persons]), None)


def _gender_of(name: str) -> str:
    given = name.split()[0].casefold() if " " in name else ""
    if given in WOMEN and given in MEN:
        return ""
    return "f" if given in WOMEN else "m" if given in MEN else ""


def _may_be(name: str, gender: str) -> bool:
    return not gender or _gender_of(name) in ("", gender)


def _runs(text: str, lang: str) -> Iterator[tuple[int, int]]:
    """The names in a text, neighbouring name words joined, as ranges."""
    run: list[Term] = []
    for term in question_terms(text, lang):
        if run and (term.kind != "name" or text[run[-1].end : term.start].strip(" -")):
            yield run[0].start, run[-1].end
            run = []
        if term.kind == "name":
            run.append(term)
    if run:
        yield run[0].start, run[-1].end


def _names(text: str, lang: str, *, before_end: int | None = None) -> bool:
    """Whether a text holds a name, before a place in it where one is given."""
    return any(before_end is None or end <= before_end for _, end in _runs(text, lang))


def _closed(question: str) -> str:
    return question if question.endswith(("?", ".", "!")) else f"{question}?"
