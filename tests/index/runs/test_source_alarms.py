"""When a source is in trouble: it failed, or it brought nothing new for longer than is usual with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.datatypes import Alarm, RunOutcome, SourceRun, SourceSpec, Trouble
from index.runs.source_alarms import LEAST, alarms, patience

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)  # a Wednesday
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WIRE = SourceSpec("/wire")


def run(at: datetime, outcome: str = "done", *, added: int = 0, reason: str = "") -> SourceRun:
    return SourceRun(source=WIRE, at=at, outcome=RunOutcome(outcome), added=added, reason=reason)


def back(*gaps: timedelta, last: datetime = NOW) -> list[datetime]:
    """Times of news, the newest first, with these gaps."""
    times = [last]
    for gap in gaps:
        times.append(times[-1] - gap)
    return times


def daily(count: int, last: datetime = NOW) -> list[datetime]:
    return back(*[DAY] * count, last=last)


class TestFailed:
    def test_the_last_run_failed(self) -> None:
        runs = [run(NOW, "failed", reason="it is gone"), run(NOW - HOUR)]
        assert alarms(runs, [], NOW) == (Alarm(Trouble.FAILED, NOW, "it is gone"),)

    def test_since_the_first_of_those_in_a_row(self) -> None:
        runs = [run(NOW, "failed"), run(NOW - HOUR, "failed"), run(NOW - 2 * HOUR), run(NOW - 3 * HOUR, "failed")]
        assert alarms(runs, [], NOW)[0].since == NOW - HOUR

    def test_a_run_that_was_stopped_says_nothing(self) -> None:
        assert alarms([run(NOW, "cancelled"), run(NOW - HOUR)], [], NOW) == ()
        assert alarms([run(NOW, "cancelled"), run(NOW - HOUR, "failed")], [], NOW)[0].trouble is Trouble.FAILED

    def test_over_when_it_is_read_again(self) -> None:
        assert alarms([run(NOW), run(NOW - HOUR, "failed")], [], NOW) == ()

    def test_without_a_run_nothing_is_known(self) -> None:
        assert alarms([], [], NOW, after=HOUR) == ()


class TestLearned:
    def test_a_daily_source_may_be_silent_for_three_of_its_gaps(self) -> None:
        assert patience(daily(20)) == 3 * DAY

    @pytest.mark.parametrize("news", [[], daily(1), daily(7), back(*[HOUR] * 40), back(*[HOUR] * 24 * 13)])
    def test_nothing_is_usual_before_enough_is_known(self, news: Sequence[datetime]) -> None:
        assert patience(news) is None

    def test_one_breakdown_in_the_past_does_not_make_it_patient(self) -> None:
        assert patience(back(*[DAY] * 10, 12 * DAY, *[DAY] * 10)) == 3 * DAY

    def test_nights_and_weekends_are_usual(self) -> None:
        """A wire that moves every hour of a working day, and never at night or on a weekend."""
        start = NOW.replace(hour=18)
        hours = [start - n * HOUR for n in range(24 * 35)]
        news = [at for at in hours if at.weekday() < 5 and 8 <= at.hour <= 18]
        usual = patience(news)
        assert usual is not None
        assert usual > 62 * HOUR  # Friday evening to Monday morning
        assert usual < 5 * DAY

    def test_stale_beyond_that_since_the_last_news(self) -> None:
        news = daily(20, last=NOW - 4 * DAY)
        [alarm] = alarms([run(NOW), run(news[0], added=1)], news, NOW)
        assert alarm == Alarm(Trouble.STALE, news[0], usual=3 * DAY)

    def test_what_was_not_looked_at_is_not_called_stale(self) -> None:
        news = daily(20, last=NOW - 9 * DAY)
        assert alarms([run(news[0] + HOUR), run(news[0], added=1)], news, NOW) == ()

    def test_failed_looks_are_none(self) -> None:
        news = daily(20, last=NOW - 9 * DAY)
        [alarm] = alarms([run(NOW, "failed"), run(news[0], added=1)], news, NOW)
        assert alarm.trouble is Trouble.FAILED


class TestSet:
    def test_the_owners_word_counts_by_the_clock(self) -> None:
        news = [NOW - 3 * DAY]
        [alarm] = alarms([run(NOW - 3 * DAY, added=1)], news, NOW, after=2 * DAY)
        assert alarm == Alarm(Trouble.STALE, news[0], usual=2 * DAY)
        assert alarms([run(NOW - 3 * DAY, added=1)], news, NOW, after=4 * DAY) == ()

    def test_it_overrides_what_was_learned(self) -> None:
        news = daily(20, last=NOW - 4 * DAY)
        assert alarms([run(NOW)], news, NOW, after=7 * DAY) == ()

    def test_a_source_that_never_brought_anything_counts_from_its_first_reading(self) -> None:
        runs = [run(NOW), run(NOW - HOUR)]
        assert alarms(runs, [], NOW, begun=NOW - DAY, after=2 * DAY) == ()
        assert alarms(runs, [], NOW, begun=NOW - 3 * DAY, after=2 * DAY)[0].since == NOW - 3 * DAY


@given(st.lists(st.integers(1, 100), min_size=8, max_size=60))
def test_what_is_usual_is_never_less_than_nine_of_ten_gaps(hours: list[int]) -> None:
    usual = patience(back(*[timedelta(hours=n) for n in hours]))
    if usual is not None:
        assert usual >= LEAST
        assert sum(timedelta(hours=n) > usual for n in hours) <= max(1, len(hours) // 10)
