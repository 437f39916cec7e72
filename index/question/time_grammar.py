"""The grammar of time expressions: which stretches of a question mean which days, without the words around them.

Called by `index/question/times.py`, which reads the prepositions. The words of each language stand in
`index/language/packs/`. A general date parser was tried first: it misses "last November", reads "in" as part of a
date and loads for seconds.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from index.language.packs.english import CALENDAR as ENGLISH
from index.language.packs.pack import Calendar
from index.language.packs.table import pack_of

Days = tuple[date, date]
Resolver = Callable[[re.Match[str], date], Days | None]


@dataclass(frozen=True, slots=True)
class Moment:
    """The days first..last that question[start:end] means. `yearless`: the year was guessed; `relative`: from as_of."""

    first: date
    last: date
    start: int
    end: int
    yearless: bool = False
    relative: bool = False


WEEK_DAYS = 9  # "this week" reaches so far back: a question about the week is asked at its end, or after it
_YEAR = r"(?:19|20)\d\d"
_COUNTED = re.compile(
    r"\s*(?:%|[- ]?(?:percent|people|troops|dollars|euros|pounds|soldiers|civilians|children|women|men|refugees|"
    r"migrants|prisoners|votes|jobs|cases|deaths|times|points|miles|kilomet(?:er|re)s|km|met(?:er|re)s|feet|"
    r"tons|Menschen|Euro|personas|человек)\b)",
    re.IGNORECASE,
)
_NAMED_DAY = re.compile(r"\b(?:black|good|super|bloody|cyber|ruby|ash|palm|fat|shrove|easter)\s+$", re.IGNORECASE)
_NAMED_PAPER = re.compile(r"\s+(?:times|telegraph|mirror|express|mail|post|night live|night football)\b", re.IGNORECASE)
_UNITS = ("day", "week", "month", "year", "hour")


@lru_cache(maxsize=8)
def grammar(lang: str) -> Grammar:
    """The grammar of `lang`; English for a language without one."""
    calendar = pack_of(lang).calendar
    return Grammar(calendar or ENGLISH, english=calendar in (None, ENGLISH))


class Grammar:
    """The compiled rules of one language."""

    def __init__(self, words: Calendar, *, english: bool) -> None:
        self.words = words
        self.english = english
        self._rules: list[tuple[re.Pattern[str], Resolver, bool]] = []
        self._at = re.compile(rf"(?<!\w)(?:{words.at})(?:\s+the)?\s+$", re.IGNORECASE)
        self._add_dates()
        self._add_months_and_years()
        self._add_relative()

    def moments(self, question: str, as_of: date) -> list[Moment]:
        """What the rules match, in order and disjoint; of two that overlap the longer, of equals the earlier rule's."""
        found = sorted(self._matches(question, as_of), key=lambda one: one.start - one.end)
        kept: list[Moment] = []
        for one in found:
            if all(one.end <= other.start or other.end <= one.start for other in kept):
                kept.append(one)
        return sorted(kept, key=lambda one: one.start)

    def _matches(self, question: str, as_of: date) -> Iterator[Moment]:
        for pattern, resolve, relative in self._rules:
            for match in pattern.finditer(question):
                try:
                    days = resolve(match, as_of)
                except (ValueError, OverflowError):
                    continue  # 30 February, or before the year 1
                if days:
                    yearless = "y" in pattern.groupindex and not match["y"]
                    yield Moment(*days, *match.span(), yearless=yearless, relative=relative)

    # --- rules

    def _rule(self, pattern: str, resolve: Resolver, *, relative: bool = False) -> None:
        spaced = pattern.replace(" ", r"\s+")
        compiled = re.compile(rf"(?<![\w$€£])(?<!\d[.,-])(?:{spaced})(?![\w%]|[.,]\d)", re.IGNORECASE)
        self._rules.append((compiled, resolve, relative))

    def _add_dates(self) -> None:
        self._rule(r"(?P<y>\d{4})-(?P<mm>\d{1,2})-(?P<d>\d{1,2})", self._day)
        self._rule(r"(?P<d>\d{1,2})\. ?(?P<mm>\d{1,2})\. ?(?P<y>\d{4})".replace(" ?", r"\s?"), self._day)
        if self.english:
            self._rule(r"(?P<mm>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4})", self._day)
        for form in self.words.day_month:
            filled = form.replace("{d}", "(?P<d>[0-3]?[0-9])").replace("{m}", _any("m", self.words.months))
            self._rule(filled.replace("{y}", self._year_pattern()), self._day)

    def _year_pattern(self) -> str:
        return rf"(?P<y>{_YEAR})" + (f"{self.words.year_tail}?" if self.words.year_tail else "")

    def _add_months_and_years(self) -> None:
        words, year = self.words, self._year_pattern()
        months, part = _any("m", words.months), _any("p", words.parts)
        self._rule(rf"(?:{part}[- ])?{months}{words.of} {year}", self._month)
        self._rule(rf"(?:{part}[- ])?{months}(?P<y>(?!))?", self._bare_month)
        self._rule(rf"(?:{part}[- ](?:the year |des jahres |el año )?)?{year}", self._year)
        self._rule(rf"(?P<y>{_YEAR})\s?[-–/]\s?(?P<to>{_YEAR}|\d\d)", self._years)
        self._rule(r"(?P<y>(?:19|20)\d0)(?:'?s|er)", self._decade)
        self._rule(rf"{_any('s', words.seasons)}{words.of} {year}", self._season)
        self._rule(rf"{_any('q', ('first', 'second', 'third', 'fourth'))} quarter of {year}", self._quarter)
        self._rule(rf"{_any('q', ('q1', 'q2', 'q3', 'q4'))} {year}", self._quarter)

    def _add_relative(self) -> None:
        words = self.words
        unit, number = _any("u", words.units), rf"(?:{_any('n', words.numbers)}|(?P<digits>\d{{1,3}}))"
        self._rule(words.ago.replace("{n}", number).replace("{unit}", unit), self._ago, relative=True)
        for order in (f"{words.past} {number}", f"{number} {words.past}"):
            self._rule(f"{order} {unit}", self._last_few, relative=True)
        nouns = (unit, _any("m", words.months), _any("w", words.weekdays), _any("s", words.seasons))
        steps = ((words.past, -1), (words.this, 0), (words.following, 1))
        for which, step in steps:
            for noun in nouns:
                self._rule(f"{which} {noun}", _stepping(step), relative=True)
        for noun in nouns if words.past_after else ():
            self._rule(f"{noun} {words.past_after}", _stepping(-1), relative=True)
        for pattern, offset in words.days:
            self._rule(f"(?:{pattern})", _offset(offset), relative=True)
        self._rule(_any("w", words.weekdays), self._weekday, relative=True)

    # --- what a match means

    def _day(self, match: re.Match[str], as_of: date) -> Days:
        named = _which(match, "m")
        month = named + 1 if named is not None else int(match["mm"])
        if match["y"]:
            day = date(int(match["y"]), month, int(match["d"]))
        else:
            day = _last_day_like(month, int(match["d"]), as_of)
        return day, day

    def _month(self, match: re.Match[str], as_of: date) -> Days:
        month = (_which(match, "m") or 0) + 1
        year = int(match["y"]) if match["y"] else as_of.year - (month > as_of.month)
        first, last = _month_days(year, month)
        thirds = ((1, 10), (11, 20), (21, last.day))
        part = _which(match, "p")
        return (
            (first, last) if part is None else (first.replace(day=thirds[part][0]), last.replace(day=thirds[part][1]))
        )

    def _bare_month(self, match: re.Match[str], as_of: date) -> Days | None:
        """A month without a year: the last one begun, and only where a word before it says that it is one."""
        said = _which(match, "p") is not None or self._at.search(match.string, 0, match.start())
        return self._month(match, as_of) if said or _next_to_another_month(match, self.words) else None

    def _year(self, match: re.Match[str], as_of: date) -> Days | None:
        if _COUNTED.match(match.string, match.end()):
            return None
        year, part = int(match["y"]), _which(match, "p")
        first, last = ((1, 12), (1, 4), (5, 8), (9, 12))[0 if part is None else part + 1]
        return date(year, first, 1), _month_days(year, last)[1]

    def _years(self, match: re.Match[str], as_of: date) -> Days | None:
        first = int(match["y"])
        last = int(match["to"]) if len(match["to"]) == 4 else first // 100 * 100 + int(match["to"])
        return (date(first, 1, 1), date(last, 12, 31)) if first < last <= first + 50 else None

    def _decade(self, match: re.Match[str], as_of: date) -> Days:
        return date(int(match["y"]), 1, 1), date(int(match["y"]) + 9, 12, 31)

    def _season(self, match: re.Match[str], as_of: date) -> Days:
        return _season_days(int(match["y"]), _which(match, "s") or 0)

    def _quarter(self, match: re.Match[str], as_of: date) -> Days:
        month = 3 * (_which(match, "q") or 0) + 1
        return date(int(match["y"]), month, 1), _month_days(int(match["y"]), month + 2)[1]

    def _ago(self, match: re.Match[str], as_of: date) -> Days:
        """As exact as it was said: a day, the week around it, the month, the year."""
        count, unit = _count(match), _UNITS[_which(match, "u") or 0]
        if unit == "hour":
            return (as_of - timedelta(hours=count + 23), as_of)
        if unit == "day":
            day = as_of - timedelta(days=count)
            return day, day
        if unit == "week":
            day = as_of - timedelta(weeks=count)
            return day - timedelta(days=3), day + timedelta(days=3)
        if unit == "month":
            return _month_days(*_shift_month(as_of, -count))
        return date(as_of.year - count, 1, 1), date(as_of.year - count, 12, 31)

    def _last_few(self, match: re.Match[str], as_of: date) -> Days:
        count, unit = _count(match), _UNITS[_which(match, "u") or 0]
        if unit == "month":
            year, month = _shift_month(as_of, -count)
            return date(year, month, min(as_of.day, calendar.monthrange(year, month)[1])), as_of
        if unit == "year":
            return date(as_of.year - count, as_of.month, min(as_of.day, 28)), as_of
        days = {"hour": (count + 23) // 24, "day": count, "week": 7 * count}[unit]
        return as_of - timedelta(days=days), as_of

    def _weekday(self, match: re.Match[str], as_of: date) -> Days | None:
        """The last such day, today included; not "Black Friday", not "the Sunday Times"."""
        text = match.string
        if _NAMED_DAY.search(text, 0, match.start()) or _NAMED_PAPER.match(text, match.end()):
            return None
        if self.english and match.group()[0].islower() and not re.search(r"\bon\s+$", text[: match.start()], re.I):
            return None
        day = as_of - timedelta(days=(as_of.weekday() - (_which(match, "w") or 0)) % 7)
        return day, day


# --- groups of a match -----------------------------------------------------------------------------------------------


def _any(name: str, words: Sequence[str]) -> str:
    """One of `words`, in groups name0, name1, ...; see `_which`."""
    return "(?:" + "|".join(f"(?P<{name}{i}>{word})" for i, word in enumerate(words)) + ")"


def _which(match: re.Match[str], name: str) -> int | None:
    """Which of the words given to `_any` matched."""
    for group, text in match.groupdict().items():
        number = group.removeprefix(name)
        if text and number != group and number.isdecimal():
            return int(number)
    return None


def _count(match: re.Match[str]) -> int:
    named = _which(match, "n")
    return int(match["digits"] or 1) if named is None else named + 1


def _next_to_another_month(match: re.Match[str], words: Calendar) -> bool:
    """Whether a month stands on the other side of a joining word: "from May to July"."""
    month = rf"(?:{'|'.join(words.months)})"
    after = re.compile(rf"\s*(?:{words.joining})\s*(?:the\s+)?{month}\b", re.IGNORECASE)
    before = re.compile(rf"\b{month}\s*(?:{words.joining})\s*(?:the\s+)?$", re.IGNORECASE)
    return bool(after.match(match.string, match.end()) or before.search(match.string, 0, match.start()))


# --- days ------------------------------------------------------------------------------------------------------------


def _month_days(year: int, month: int) -> Days:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _shift_month(day: date, months: int) -> tuple[int, int]:
    index = day.year * 12 + day.month - 1 + months
    return index // 12, index % 12 + 1


def _last_day_like(month: int, day: int, as_of: date) -> date:
    """The last such day up to as_of; 29 February looks further back."""
    for year in range(as_of.year, as_of.year - 9, -1):
        if day <= calendar.monthrange(year, month)[1] and date(year, month, day) <= as_of:
            return date(year, month, day)
    raise ValueError(f"no day {day} in month {month}")


def _season_days(year: int, season: int) -> Days:
    """Spring 0 to winter 3, by months as in the north; winter ends in the next year."""
    first = date(year, 3 * season + 3, 1)
    return first, _month_days(*_shift_month(first, 2))[1]


def _offset(days: int) -> Resolver:
    def resolve(_: re.Match[str], as_of: date) -> Days:
        day = as_of + timedelta(days=days)
        return day, day

    return resolve


def _stepping(step: int) -> Resolver:
    """What "last", "this" and "next" (-1, 0, 1) mean before a unit, a month, a weekday or a season."""

    def resolve(match: re.Match[str], as_of: date) -> Days | None:
        unit, month, weekday, season = (_which(match, name) for name in "umws")
        if unit is not None:
            return _step_unit(_UNITS[unit], step, as_of)
        if month is not None:
            return _step(lambda year: _month_days(year, month + 1), step, as_of)
        if season is not None:
            return _step(lambda year: _season_days(year, season), step, as_of)
        behind = (as_of.weekday() - (weekday or 0)) % 7
        day = as_of - timedelta(days=behind) + timedelta(days=7 if step == 1 else 0)
        if step == -1 and behind == 0:
            day -= timedelta(days=7)
        return day, day

    return resolve


def _step(days: Callable[[int], Days], step: int, as_of: date) -> Days:
    """Of something that comes once a year: the last one over (-1), the one now or next (1), this year's (0)."""
    years = [days(as_of.year + offset) for offset in (-2, -1, 0, 1, 2)]
    if step < 0:
        return [one for one in years if one[1] < as_of][-1]
    if step > 0:
        return next(one for one in years if one[0] > as_of)
    return next((one for one in years if one[0] <= as_of <= one[1]), years[2])


def _step_unit(unit: str, step: int, as_of: date) -> Days | None:
    if unit == "day":
        return None if step else (as_of, as_of)
    if unit == "week":
        if step == 0:
            return as_of - timedelta(days=WEEK_DAYS), as_of
        monday = as_of - timedelta(days=as_of.weekday() - 7 * step)
        return monday, monday + timedelta(days=6)
    if unit == "month":
        return _month_days(*_shift_month(as_of, step))
    if unit == "year":
        return date(as_of.year + step, 1, 1), date(as_of.year + step, 12, 31)
    return (as_of - timedelta(days=1), as_of) if step < 0 else None
