"""The sentences of one interface language, its plurals, dates and numbers.

Called by the renderer and the handlers. A language is one module of `bot.texts` named by its two-letter code, with
`NAME` (its own name), `RIGHT_TO_LEFT` and `MESSAGES`: key -> sentence, or key -> {plural category: sentence}, where the
category is chosen by the value `count` and the language's own rule. In a language written from right to left, names
and commands of another direction are set apart by themselves. Must not know Telegram or the archive's workings.
"""

from __future__ import annotations

import datetime
import importlib
import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from babel import Locale
from babel.dates import format_date, format_datetime, format_skeleton, format_timedelta
from babel.numbers import format_decimal

import bot.texts
from bot.messages.bidi import RIGHT_TO_LEFT_MARK, handles, isolate, set_apart
from index.datatypes import PartialDate

Message: TypeAlias = str | Mapping[str, str]
"""A sentence, or its plural forms by category."""

ENGLISH = "en"


@dataclass(frozen=True)
class Catalogue:
    """All sentences of one language; what it lacks is said in English."""

    lang: str
    name: str
    right_to_left: bool
    messages: Mapping[str, Message]
    fallback: Catalogue | None = None

    def say(self, key: str, /, **values: object) -> str:
        """The sentence `key` with `values` put in; KeyError for a key that no language has."""
        message = self.messages.get(key)
        if message is None:
            if self.fallback is None:
                raise KeyError(key)
            return self.fallback.say(key, **values)
        if not isinstance(message, str):
            message = self._plural(message, values.get("count", 0))
        bare = handles(message) if self.right_to_left else frozenset()
        return message.format_map({name: self._shown(value, name in bare) for name, value in values.items()})

    def _shown(self, value: object, bare: bool) -> object:
        if isinstance(value, int | float):
            return self.number(value)
        return value if bare or not isinstance(value, str) else self.isolate(value)

    def isolate(self, words: str) -> str:
        """Words that may be of another direction, to stand among others of this language."""
        return isolate(words) if self.right_to_left else words

    @property
    def lead(self) -> str:
        """What a line begins with that runs in this language's direction, whatever it begins with."""
        return RIGHT_TO_LEFT_MARK if self.right_to_left else ""

    def __contains__(self, key: str) -> bool:
        return key in self.messages or (self.fallback is not None and key in self.fallback)

    def _plural(self, forms: Mapping[str, str], count: object) -> str:
        category = self.locale.plural_form(count if isinstance(count, int) else 0)
        return forms.get(category, forms["other"])

    @property
    def locale(self) -> Locale:
        """The rules of this language for dates, numbers and plurals."""
        return Locale.parse(self.lang)

    def date(self, day: PartialDate) -> str:
        """A date with the precision known: "2017", "November 2017", "21 Nov 2017"."""
        pattern = {4: "y", 7: "LLLL y"}.get(len(day.text), "d MMM y")
        return format_date(day.earliest, pattern, locale=self.locale)

    def date_from(self, words: str) -> str | None:
        """The date that `words` write as YYYY[-MM[-DD]], as `date` shows it; None where they write none."""
        try:
            return self.date(PartialDate(words))
        except ValueError:
            return None

    def day(self, day: datetime.date) -> str:
        """A day of this year, in short: "21 Nov"."""
        return format_skeleton("MMMd", day, locale=self.locale)

    def moment(self, when: datetime.datetime) -> str:
        """A date and time of day with its zone."""
        return format_datetime(when, "d MMM y, HH:mm z", locale=self.locale)

    def duration(self, seconds: float) -> str:
        """A length of time in its largest unit: "3 hours"."""
        return format_timedelta(round(seconds), threshold=1.5, locale=self.locale)

    def number(self, value: float) -> str:
        """A number with the language's own separators."""
        return format_decimal(value, locale=self.locale)


@cache
def languages() -> tuple[str, ...]:
    """The codes of the languages there are, English first."""
    found = sorted(module.name for module in pkgutil.iter_modules(bot.texts.__path__) if len(module.name) == 2)
    return (ENGLISH, *(code for code in found if code != ENGLISH))


@cache
def catalogue(lang: str) -> Catalogue:
    """The catalogue of a language that `languages` lists; ValueError for any other."""
    if lang not in languages():
        raise ValueError(f"no texts in {lang!r}; there are {', '.join(languages())}")
    module = importlib.import_module(f"bot.texts.{lang}")
    fallback = None if lang == ENGLISH else catalogue(ENGLISH)
    messages = _apart(module.MESSAGES) if module.RIGHT_TO_LEFT else module.MESSAGES
    return Catalogue(lang, module.NAME, module.RIGHT_TO_LEFT, messages, fallback)


def _apart(messages: Mapping[str, Message]) -> Mapping[str, Message]:
    return {
        key: set_apart(message) if isinstance(message, str) else {form: set_apart(message[form]) for form in message}
        for key, message in messages.items()
    }


def choose(code: str | None) -> Catalogue:
    """The catalogue for a Telegram language code ("ru", "pt-br"), English where we lack it."""
    lang = (code or ENGLISH).split("-")[0].lower()
    return catalogue(lang if lang in languages() else ENGLISH)
