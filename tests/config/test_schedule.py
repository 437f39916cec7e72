"""Schedules in words and as lines of a crontab: what can be written, and what comes next, also when clocks change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.schedule import read_schedule, read_span
from config.settings import SettingsError, load

BERLIN = ZoneInfo("Europe/Berlin")
WEDNESDAY = datetime(2026, 11, 25, 16, 43, 20, tzinfo=UTC)
WRITTEN = [
    "every minute",
    "every 15 minutes",
    "hourly",
    "every 2 hours",
    "daily at 06:30",
    "daily at 2:30",
    "every day at 6:30 pm",
    "weekdays at 6:00, 18:00",
    "weekends at 9",
    "mondays at 8:00",
    "mon, thu and sat at 8:15 and 20:15",
    "30 6 * * 1-5",
    "*/20 2 * * *",
    "0 0 29 2 *",
]


def local(words: str, moment: datetime = WEDNESDAY, zone: ZoneInfo = BERLIN) -> str:
    return f"{read_schedule(words).after(moment, zone).astimezone(zone):%a %Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("words", "following"),
    [
        ("every 15 minutes", "Wed 2026-11-25 17:45"),
        ("Every  15 Minutes", "Wed 2026-11-25 17:45"),
        ("hourly", "Wed 2026-11-25 18:00"),
        ("daily at 06:30", "Thu 2026-11-26 06:30"),
        ("daily at 6, 18", "Wed 2026-11-25 18:00"),
        ("every day at 6:30 pm", "Wed 2026-11-25 18:30"),
        ("daily at 12 am", "Thu 2026-11-26 00:00"),
        ("weekdays at 6:00, 18:00", "Wed 2026-11-25 18:00"),
        ("weekends at 9", "Sat 2026-11-28 09:00"),
        ("mondays at 8:00", "Mon 2026-11-30 08:00"),
        ("every monday at 8", "Mon 2026-11-30 08:00"),
        ("mon and thu at 8", "Thu 2026-11-26 08:00"),
        ("30 6 * * 1-5", "Thu 2026-11-26 06:30"),
        ("0 0 29 2 *", "Tue 2028-02-29 00:00"),
    ],
)
def test_what_is_written_says_what_comes_next(words: str, following: str) -> None:
    assert local(words) == following


@pytest.mark.parametrize(
    "words",
    [
        "evry 15 minutes",
        "daily",
        "daily at",
        "daily at 25:00",
        "daily at 6:60",
        "every 0 minutes",
        "every 400 days",
        "someday at 8",
        "daily at 13 pm",
        "* * * * * *",
        "61 * * * *",
        "0 0 30 2 *",
        "at 6",
        "every",
        "*",
    ],
)
def test_what_cannot_be_read_is_told_with_examples(words: str) -> None:
    with pytest.raises(ValueError, match=r'^is no schedule; write "every 15 minutes", .*"30 6 \* \* 1-5"$'):
        read_schedule(words)


@pytest.mark.parametrize(
    ("words", "span"),
    [
        ("36 hours", timedelta(hours=36)),
        ("2 days", timedelta(days=2)),
        ("a week", None),
        ("week", timedelta(days=7)),
        ("", None),
        ("2 years", None),
        ("0 days", None),
        ("-1 days", None),
    ],
)
def test_lengths_of_time(words: str, span: timedelta | None) -> None:
    if span is None:
        with pytest.raises(ValueError, match="is no length of time; write"):
            read_span(words)
    else:
        assert read_span(words) == span


class TestWhenClocksChange:
    """Berlin, 29 March 2026: 2:00 becomes 3:00. 25 October 2026: 3:00 becomes 2:00."""

    def firings(self, words: str, start: datetime, count: int) -> list[str]:
        schedule, found = read_schedule(words), []
        for _ in range(count):
            start = schedule.after(start, BERLIN)
            found.append(f"{start:%d %H:%M}")
        return found

    def test_what_falls_into_the_skipped_hour_comes_right_after_it(self) -> None:
        assert self.firings("daily at 2:30", datetime(2026, 3, 28, tzinfo=UTC), 3) == [
            "28 01:30",
            "29 01:00",
            "30 00:30",
        ]

    def test_what_falls_into_the_repeated_hour_comes_once(self) -> None:
        start = datetime(2026, 10, 24, tzinfo=UTC)
        assert self.firings("daily at 2:30", start, 3) == ["24 00:30", "25 00:30", "26 01:30"]

    @pytest.mark.parametrize("minute", range(0, 120, 10))
    def test_within_the_repeated_hour_the_next_one_is_still_ahead(self, minute: int) -> None:
        moment = datetime(2026, 10, 25, 0, 35, tzinfo=UTC) + timedelta(minutes=minute)
        assert read_schedule("daily at 2:30").after(moment, BERLIN) == datetime(2026, 10, 26, 1, 30, tzinfo=UTC)

    def test_the_time_of_day_stays_the_same_on_both_sides(self) -> None:
        assert local("daily at 06:30", datetime(2026, 3, 28, 12, tzinfo=UTC)).endswith("06:30")
        assert local("daily at 06:30", datetime(2026, 3, 29, 12, tzinfo=UTC)).endswith("06:30")

    def test_periods_go_on_evenly(self) -> None:
        times = self.firings("every 30 minutes", datetime(2026, 10, 25, 0, 0, tzinfo=UTC), 4)
        assert times == ["25 00:30", "25 01:00", "25 01:30", "25 02:00"]


@given(
    st.sampled_from(WRITTEN),
    st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)),
    st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"]),
)
def test_before_and_after_are_neighbours(words: str, moment: datetime, name: str) -> None:
    schedule, zone = read_schedule(words), ZoneInfo(name)
    last, following = schedule.before(moment, zone), schedule.after(moment, zone)
    assert last <= moment < following
    assert schedule.after(last, zone) == following


def test_settings_tell_a_schedule_that_cannot_be_read_in_one_line(tmp_path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(
        '[[sources]]\nkind = "files"\npath = "a"\nschedule = "evry day"\nalarm_after = "long"\n[backup]\nschedule = 5\n'
    )
    with pytest.raises(SettingsError) as told:
        load(file)
    schedule, span, backup = told.value.problems
    assert schedule.startswith("sources.0.schedule = 'evry day': is no schedule; write \"every 15 minutes\"")
    assert span == 'sources.0.alarm_after = \'long\': is no length of time; write "36 hours", "2 days" or "1 week"'
    assert backup.startswith("backup.schedule = '5': is no schedule; write")


def test_settings_hold_schedules_ready_to_be_asked(tmp_path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(
        '[[sources]]\nkind = "files"\npath = "a"\nschedule = "hourly"\n[[sources]]\nkind = "files"\npath = "b"'
    )
    hourly, none = load(file).sources
    assert hourly.schedule is not None
    assert hourly.schedule.words == "hourly"
    assert none.schedule is None
