"""Dates as newspapers print them, read with the precision known; what is ambiguous is no date."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.clean.dates import find_date, is_date_line, read_date, url_date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2017-11-21", "2017-11-21"),
        ("Nov. 21, 2017", "2017-11-21"),
        ("Tuesday, November 21st, 2017", "2017-11-21"),
        ("21 November 2017", "2017-11-21"),
        ("21. November 2017", "2017-11-21"),
        ("21.11.2017", "2017-11-21"),
        ("21/11/2017", "2017-11-21"),
        ("11/21/2017", "2017-11-21"),
        ("Sept. 3, 2025", "2025-09-03"),
        ("3. März 2025", "2025-03-03"),
        ("11 de mayo de 2026", "2026-05-11"),
        ("21 ноября 2017 года", "2017-11-21"),
        ("le 1er août 2020", "2020-08-01"),
        ("2017年11月21日", "2017-11-21"),
        ("November 2017", "2017-11"),
        ("ноябрь 2017", "2017-11"),
        ("in May 2020, then on May 5, 2021", "2021-05-05"),
        ("03/04/2017", None),
        ("Feb. 30, 2017", None),
        ("Nov. 21", None),
        ("version 1.2.2017.4", None),
        ("he may 2017", None),
        ("yesterday", None),
    ],
)
def test_dates_in_text(text: str, date: str | None) -> None:
    found = find_date(text)
    assert (str(found) if found else None) == date


@settings(deadline=None)  # the first call loads models and patterns
@given(st.dates(min_value=datetime(1700, 1, 1).date(), max_value=datetime(2100, 12, 31).date()))
def test_every_day_is_read_back(day: object) -> None:
    assert str(find_date(f"{day:%d %B %Y}")) == f"{day:%Y-%m-%d}"
    assert str(find_date(f"{day:%b}. {day:%d}, {day:%Y}")) == f"{day:%Y-%m-%d}"


@pytest.mark.parametrize(
    ("value", "date", "moment"),
    [
        ("2024-05-06", "2024-05-06", None),
        ("2024-05", "2024-05", None),
        ("2024", "2024", None),
        ("2024-05-06T07:08:09Z", "2024-05-06", datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)),
        ("2024-05-06 07:08", "2024-05-06", datetime(2024, 5, 6, 7, 8, tzinfo=UTC)),
        ("2024-05-06T00:30:00+02:00", "2024-05-06", datetime(2024, 5, 6, 0, 30, tzinfo=timezone(timedelta(hours=2)))),
        ("Mon, 06 May 2024 07:08:00 GMT", "2024-05-06", datetime(2024, 5, 6, 7, 8, tzinfo=UTC)),
        ("May 6, 2024", "2024-05-06", None),
        ("0000-00-00", None, None),
        ("2024-13-45", None, None),
        ("soon", None, None),
        ("", None, None),
    ],
)
def test_dates_given_as_fields(value: str, date: str | None, moment: datetime | None) -> None:
    found, at = read_date(value)
    assert (str(found) if found else None) == date
    assert at == moment


@settings(deadline=None)  # the first call loads models and patterns
@given(st.text(max_size=40))
def test_no_text_is_too_odd_to_look_for_a_date_in(text: str) -> None:
    read_date(text)
    find_date(text)
    url_date(text)
    is_date_line(text)


@pytest.mark.parametrize(
    ("url", "date"),
    [
        ("https://example.com/2022/06/17/us/story/index.html", "2022-06-17"),
        ("https://example.com/world/2022/jun/17/story", "2022-06-17"),
        ("https://example.com/story-2022-06-17", "2022-06-17"),
        ("https://example.com/1234/56/78/", None),
        ("https://example.com/story/12345", None),
    ],
)
def test_dates_in_addresses(url: str, date: str | None) -> None:
    found = url_date(url)
    assert (str(found) if found else None) == date


def test_a_line_of_nothing_but_a_date() -> None:
    assert is_date_line("Tuesday, Nov. 21, 2017")
    assert is_date_line("Tue 21 Nov 2017 10.00 GMT") or is_date_line("Tue 21 Nov 2017 10:00 GMT")
    assert is_date_line("21. November 2017, 14:05 Uhr")
    assert is_date_line("June 21, 2025, 5:20 p.m.")
    assert not is_date_line("On Nov. 21, 2017 the bridge was closed")
    assert not is_date_line("Nothing here")
