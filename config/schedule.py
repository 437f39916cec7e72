"""When something is to be done again and again, as its owner writes it: "every 15 minutes", "weekdays at 6:00, 18:00".

Called by the settings, which tell what cannot be read; whoever keeps time asks a `Schedule` what comes next. A crontab
line is read by cronsim, and every other time of day becomes one, so that all of them follow the rules of Debian's cron
when the clocks change: what falls into the skipped hour is done right after it, what falls into the repeated hour is
done once. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from cronsim import CronSim, CronSimError

EXAMPLES = (
    '"every 15 minutes", "hourly", "daily at 06:30", "weekdays at 6:00, 18:00", "mondays at 8:00"'
    ' or a crontab line like "30 6 * * 1-5"'
)
SPANS = '"36 hours", "2 days" or "1 week"'

_UNITS = {"minute": 1, "min": 1, "hour": 60, "day": 1440, "week": 10_080}  # minutes
_LONGEST = 366 * 1440  # minutes
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_GROUPS = {"daily": "*", "every day": "*", "weekdays": "1-5", "weekends": "6,0"}
_SPAN = re.compile(r"(\d{1,6})?\s*([a-z]+?)s?")
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Schedule:
    """When something is due: at times of the clock (`lines` of a crontab), or every `period` since 1970.

    `words` is how its owner wrote it.
    """

    words: str
    lines: tuple[str, ...] = ()
    period: timedelta | None = None

    def after(self, moment: datetime, zone: tzinfo) -> datetime:
        """The first time after an aware moment, in UTC; the times of the clock are those of `zone`."""
        if self.period is not None:
            return _EPOCH + ((moment - _EPOCH) // self.period + 1) * self.period
        return min(_next(line, moment, zone) for line in self.lines)

    def before(self, moment: datetime, zone: tzinfo) -> datetime:
        """The last time that is not after an aware moment, in UTC."""
        if self.period is not None:
            return _EPOCH + ((moment - _EPOCH) // self.period) * self.period
        return max(_last(line, moment, zone) for line in self.lines)


def _next(line: str, moment: datetime, zone: tzinfo) -> datetime:
    fired = (one.astimezone(UTC) for one in CronSim(line, moment.astimezone(zone)))
    return next(one for one in fired if one > moment)  # in an hour that comes twice, it may name the first one


def _last(line: str, moment: datetime, zone: tzinfo) -> datetime:
    """Looked for forwards from a day that is early enough, so that both directions agree about every hour."""
    for days in (2, 40, 400, 3_000, 20_000):
        start = moment - timedelta(days=days)
        if (first := _next(line, start, zone)) > moment:
            continue
        for later in CronSim(line, start.astimezone(zone)):
            if later > moment:
                return first
            first = later.astimezone(UTC)
    return _EPOCH


def read_schedule(words: str) -> Schedule:
    """The schedule that `words` write. ValueError in one line, with examples, where they write none."""
    plain = " ".join(words.lower().split())
    found = _period(plain) or _clock(plain) or _crontab(plain)
    if found is None:
        raise ValueError(f"is no schedule; write {EXAMPLES}")
    return Schedule(words.strip(), *found)


def read_span(words: str) -> timedelta:
    """The length of time that `words` write, like "2 days". ValueError in one line where they write none."""
    minutes = _minutes(" ".join(words.lower().split()))
    if minutes is None:
        raise ValueError(f"is no length of time; write {SPANS}")
    return timedelta(minutes=minutes)


def _minutes(plain: str) -> int | None:
    span = _SPAN.fullmatch(plain)
    if span is None or span[2] not in _UNITS:
        return None
    minutes = int(span[1] or 1) * _UNITS[span[2]]
    return minutes if 0 < minutes <= _LONGEST else None


def _period(plain: str) -> tuple[tuple[str, ...], timedelta | None] | None:
    if plain == "hourly":
        return (), timedelta(hours=1)
    minutes = _minutes(plain.removeprefix("every ")) if plain.startswith("every ") else None
    return ((), timedelta(minutes=minutes)) if minutes else None


def _clock(plain: str) -> tuple[tuple[str, ...], None] | None:
    """Days and times of day, as lines of a crontab."""
    days, at, times = plain.partition(" at ")
    named = _GROUPS.get(days) or _weekdays(days.removeprefix("every "))
    if not at or named is None:
        return None
    clock = [_time(one) for one in re.split(r"\s*,\s*|\s+and\s+", times.strip())]
    if None in clock:
        return None
    return tuple(f"{one[1]} {one[0]} * * {named}" for one in dict.fromkeys(clock) if one), None


def _weekdays(plain: str) -> str | None:
    """ "mondays", "mon and thu": the days as a crontab numbers them."""
    numbers = [_weekday(one) for one in re.split(r"\s*,\s*|\s+and\s+", plain)]
    return ",".join(str(one) for one in numbers) if None not in numbers else None


def _weekday(word: str) -> int | None:
    full = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
    names = {name: number for number, name in enumerate(_DAYS)} | {name: number for number, name in enumerate(full)}
    return names.get(word, names.get(word.removesuffix("s")))


def _time(word: str) -> tuple[int, int] | None:
    """(hour, minute) of "6", "06:30", "6:30 pm"."""
    found = _TIME.fullmatch(word)
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found[3] == "pm" else 0)
    return (hour, minute) if hour < 24 and minute < 60 else None


def _crontab(plain: str) -> tuple[tuple[str, ...], None] | None:
    if len(plain.split()) != 5 or next(_firings(plain), None) is None:
        return None
    return (plain,), None


def _firings(line: str) -> Iterator[datetime]:
    try:
        yield from CronSim(line, _EPOCH)
    except CronSimError:
        return
