"""The shape of a language pack: its small words, its words of time, and how its speakers ask.

A pack is data. Whatever it leaves out is not done in that language: no rule of another language takes its place.
Patterns are fragments of regular expressions, matched without regard to case.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Asks(StrEnum):
    """The kind of answer that a question expects."""

    WHO = "who"
    WHERE = "where"
    WHEN = "when"
    COUNT = "count"  # how many
    AMOUNT = "amount"  # how much, how long, how old, what percentage
    WHY = "why"
    HOW = "how"
    WHICH = "which"  # one of a kind that the question names
    WHAT = "what"
    CLAIM = "claim"  # yes or no
    NOTHING = "nothing"  # a topic, an order, a bare statement


@dataclass(frozen=True, slots=True)
class Calendar:
    """Words of time; groups inside the fragments do not capture.

    Months, weekdays and seasons stand in order; `units` are day, week, month, year, hour.
    """

    months: tuple[str, ...]
    weekdays: tuple[str, ...]  # Monday first
    seasons: tuple[str, ...]  # spring first
    units: tuple[str, ...]
    numbers: tuple[str, ...]  # one, two, ... twelve
    past: str
    this: str
    following: str
    past_after: str  # "pasado" stands behind its noun
    ago: str  # with {n} and {unit}
    days: tuple[tuple[str, int], ...]  # today, yesterday, ... and how many days from as_of
    day_month: tuple[str, ...]  # with {d}, {m} and {y}
    of: str  # what may stand between month or season and year
    at: str  # what must stand before a month alone
    parts: tuple[str, str, str]  # early, mid, late
    since: str
    before: str
    after: str
    until: str
    lead: str  # other words that belong to an expression: in, on, the
    opening: str  # "between", "from" before the first of two
    joining: str  # "and", "to" between two
    published: str  # what asks for articles of that time
    coverage: str  # what does so only before "from"
    out_of: str  # "from"
    fresh: str
    year_tail: str = ""  # "года"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The words of questions that lean on the one before.

    `about` has the group `topic`. `persons` maps a pronoun to the gender it tells: "m", "f" or "". `owned` finds
    possessives that stand for a person; `asking` question words of several words; `subject` what stands before the
    person that a question is about.
    """

    opening: str
    about: str
    persons: Mapping[str, str]
    things: tuple[str, ...]
    owned: str = ""
    asking: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Topics:
    """What asks for news of something rather than for a fact.

    `lead` stands before a topic ("news about the"); `before` and `after` around one ("latest ... news").
    """

    lead: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Pack:
    """One language. Words are separated by spaces; stop words are folded as in index/language/terms.py.

    `phrases` are tried in order before single question words. `auxiliaries` open a question that asks yes or no.
    `verbs` make three words a statement instead of a topic. `credit` asks who wrote or photographed. `numbers` and
    `dates` are the words that count as one; without them they come from num2words and CLDR. `doubtful_dates` finds,
    in its groups, words that are a date only where they stand as one. `capitals_are_names` is false where every noun
    has a capital, or no letter has.
    """

    code: str
    stopwords: str = ""
    calendar: Calendar | None = None
    question_words: Mapping[Asks, str] = field(default_factory=dict)
    phrases: tuple[tuple[str, Asks], ...] = ()
    auxiliaries: str = ""
    verbs: str = ""
    participle: str = ""
    credit: str = ""
    topics: Topics | None = None
    follow_up: FollowUp | None = None
    numbers: str = ""
    dates: str = ""
    doubtful_dates: str = ""
    capitals_are_names: bool = True
