"""The months, seasons and days that a text names: from the packs, for other languages from CLDR."""

from __future__ import annotations

import re
from functools import lru_cache

from babel.core import UnknownLocaleError
from babel.dates import get_day_names, get_month_names

from index.language.packs.pack import Calendar
from index.language.packs.table import pack_of

_LETTERS = re.compile(r"[^\W\d_]+")


def dates_in(text: str, lang: str) -> set[str]:
    """The words of `text`, in small letters, that name a time in `lang`."""
    words, pattern, doubtful = _known(lang)
    found = set(words.intersection(_LETTERS.findall(text.lower())))
    if pattern:
        found |= {match.group().lower() for match in pattern.finditer(text)}
    if doubtful:
        found |= {word.lower() for groups in doubtful.findall(text) for word in groups if word}
    return found


@lru_cache(maxsize=32)
def _known(lang: str) -> tuple[frozenset[str], re.Pattern[str] | None, re.Pattern[str] | None]:
    """Words that always name a time, a pattern of inflected ones, and one of words that do so only in their place."""
    pack = pack_of(lang)
    if pack.dates:
        return frozenset(pack.dates.split()), None, re.compile(pack.doubtful_dates) if pack.doubtful_dates else None
    if pack.calendar:
        return frozenset(), _pattern(pack.calendar), None
    return _by_cldr(pack.code), None, None


def _pattern(calendar: Calendar) -> re.Pattern[str]:
    days = (word for word, _ in calendar.days)
    fragments = "|".join((*calendar.months, *calendar.weekdays, *calendar.seasons, *days))
    return re.compile(rf"\b(?:{fragments})(?!\w)", re.IGNORECASE)


def _by_cldr(code: str) -> frozenset[str]:
    try:
        names = [
            *(name for kind in ("format", "stand-alone") for name in get_month_names("wide", kind, code).values()),
            *get_day_names("wide", "format", code).values(),
        ]
    except (UnknownLocaleError, ValueError):
        return frozenset()
    return frozenset(word for name in names for word in _LETTERS.findall(name.lower()) if len(word) > 2)
