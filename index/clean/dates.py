"""Dates as newspapers print them, with the precision known. Strict: what is ambiguous is no date.

Called by `article.py` and `paragraphs.py`. Pure; it must not know articles. Month names come from CLDR (babel).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache

from babel.dates import get_month_names

from index.datatypes import PartialDate, Span

_LOCALES = ("en", "de", "es", "fr", "it", "pt", "nl", "ru", "uk", "pl", "sv")
_YEARS = range(1700, 2101)


def find_dates(text: str) -> Iterator[tuple[PartialDate, Span]]:
    """Every date in `text` known to the day or month, in order; a bare year is none."""
    if not re.search(r"\d{4}", text):  # whatever the pattern finds has a year; most texts have none
        return
    for match in _pattern().finditer(text):
        date = _partial(match)
        if date is not None:
            yield date, Span(*match.span())


def find_date(text: str) -> PartialDate | None:
    """The first date in `text` known to the day, else the first known to the month."""
    found = [date for date, _ in find_dates(text)]
    return next((date for date in found if len(date.text) == 10), found[0] if found else None)


def is_date_line(text: str) -> bool:
    """Whether `text` is nothing but a date: weekday, time of day and zone may stand with it."""
    if len(text) > 80 or not any(character.isdigit() for character in text):
        return False
    spans = [span for _, span in find_dates(text)]
    if not spans:
        return False
    rest = text
    for span in reversed(spans):
        rest = rest[: span.start] + " " + rest[span.end :]
    return not re.sub(_AROUND, " ", rest, flags=re.IGNORECASE).strip(" ,.|·•-–—:()")


def read_date(value: str) -> tuple[PartialDate | None, datetime | None]:
    """A date given as a field: the day (month, year) as printed, and the moment where the time of day is known.

    A time without a zone is taken as UTC.
    """
    value = value.strip()
    if re.fullmatch(r"\d{4}", value):
        return (PartialDate(value) if int(value) in _YEARS else None), None
    moment = _moment(value)
    if moment is not None:
        return _day(moment.year, moment.month, moment.day), moment
    iso = re.match(r"(\d{4})-(\d{2})(?:-(\d{2}))?(?!\d)", value)
    if iso:
        return _day(*(int(part) if part else None for part in iso.groups())), None
    return find_date(value), None


def url_date(url: str) -> PartialDate | None:
    """The date in the path of an address (/2022/06/17/, /2022/jun/17/, /2022-06-17-), None where there is none."""
    match = re.search(r"[/-](\d{4})[/-](\d{1,2}|[a-z]{3})[/-](\d{1,2})(?=[/-]|$)", url.lower())
    if not match:
        return None
    year, month, day = match.groups()
    number = int(month) if month.isdigit() else _months().get(month)
    return _day(int(year), number, int(day)) if number else None


_AROUND = (
    r"\b(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\b|\b\d{1,2}[:.h]\d{2}(?::\d{2})?\b"
    r"|\b\d{1,2}\s*(?=[ap]\.?m)|\b[ap]\.?m\b\.?|\b(?:e|c|m|p)?[sd]?t\b|\b(?:gmt|utc|bst|cest?|msk|uhr|at|um)\b"
    r"|\b(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)\b|[+-]\d{2}:?\d{2}"
    r"|\b(?:lunes|martes|miércoles|jueves|viernes|sábado|domingo)\b"
    r"|\b(?:понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|года?|г)\b"
)


@cache
def _months() -> dict[str, int]:
    """Month names and abbreviations in lower case without dots; the first language to name a month has it."""
    names: dict[str, int] = {"sept": 9}
    for locale in _LOCALES:
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in get_month_names(width, context, locale).items():
                    plain = name.lower().strip(".")
                    if len(plain) > 2 and not plain.isdigit():
                        names.setdefault(plain, int(number))
    return names


@cache
def _pattern() -> re.Pattern[str]:
    month = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    return re.compile(
        rf"""(?<![\w/.-])(?:
            (?P<iy>\d{{4}})-(?P<im>\d{{2}})-(?P<id>\d{{2}})
          | (?P<mm>{month})\b\.?\s+(?P<md>\d{{1,2}})(?:st|nd|rd|th)?\s*,\s*(?P<my>\d{{4}})
          | (?P<dd>\d{{1,2}})(?:st|nd|rd|th|º|er|\.)?\s+(?:de\s+|of\s+)?
            (?P<dm>{month})\b\.?,?\s+(?:de\s+|del\s+)?(?P<dy>\d{{4}})
          | (?P<nd>\d{{1,2}})\.\s?(?P<nm>\d{{1,2}})\.\s?(?P<ny>\d{{4}})
          | (?P<sa>\d{{1,2}})/(?P<sb>\d{{1,2}})/(?P<sy>\d{{4}})
          | (?P<cy>\d{{4}})\s?[年년]\s?(?P<cm>\d{{1,2}})\s?[月월]\s?(?P<cd>\d{{1,2}})\s?[日일]
          | (?P<om>{month})\b\.?,?\s+(?:de\s+)?(?P<oy>\d{{4}})
        )(?![\w/-]|\.\d)""",
        re.IGNORECASE | re.VERBOSE,
    )


def _partial(match: re.Match[str]) -> PartialDate | None:
    found = match.groupdict()
    for year, month, day in (("iy", "im", "id"), ("ny", "nm", "nd"), ("cy", "cm", "cd")):
        if found[year]:
            return _day(int(found[year]), int(found[month]), int(found[day]))
    for year, month, day in (("my", "mm", "md"), ("dy", "dm", "dd")):
        if found[year]:
            return _day(int(found[year]), _months()[found[month].lower()], int(found[day]))
    if found["sy"]:
        return _slashed(int(found["sa"]), int(found["sb"]), int(found["sy"]))
    if found["om"] == "may":  # the verb
        return None
    return _day(int(found["oy"]), _months()[found["om"].lower()], None)


def _slashed(first: int, second: int, year: int) -> PartialDate | None:
    """21/11/2017 and 11/21/2017 are plain; 03/04/2017 could be either day and is no date."""
    if first > 12:
        return _day(year, second, first)
    if second > 12 or first == second:
        return _day(year, first, second)
    return None


def _day(year: int | None, month: int | None, day: int | None) -> PartialDate | None:
    if year is None or month is None or year not in _YEARS:
        return None
    try:
        return PartialDate(f"{year:04}-{month:02}" + (f"-{day:02}" if day is not None else ""))
    except ValueError:
        return None


def _moment(value: str) -> datetime | None:
    """The moment that `value` names, if it names a time of day."""
    try:
        moment = datetime.fromisoformat(value) if re.match(r"\d{4}-?\d{2}-?\d{2}[T ]\d", value) else None
        if moment is None and re.search(r"\d \w{3,9} \d{4} \d{1,2}:\d{2}", value):
            moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    return moment.replace(tzinfo=UTC) if moment is not None and moment.tzinfo is None else moment
