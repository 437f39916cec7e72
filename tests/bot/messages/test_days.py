"""Questions by the day, in the newsroom's time zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.journal import Question
from bot.messages.days import SHOWN, Day, beginning, days
from index.datatypes import AnswerKind

TODAY = date(2026, 3, 30)
BERLIN = ZoneInfo("Europe/Berlin")  # summer time began the day before
ANSWERED, DECLINED = (AnswerKind.ANSWERED, False), (AnswerKind.DECLINED, True)
TOPIC, EMPTY_TOPIC = (AnswerKind.COVERAGE, True), (AnswerKind.COVERAGE, False)


def test_a_question_belongs_to_the_day_it_was_in_the_newsroom() -> None:
    late = Question("late", datetime(2026, 3, 29, 22, 30, tzinfo=UTC))  # half past midnight in Berlin
    early = Question("early", datetime(2026, 3, 29, 21, 30, tzinfo=UTC))
    outcomes = {"late": ANSWERED, "early": DECLINED}
    *_, before, today = days([early, late], outcomes, TODAY, BERLIN)
    assert (before, today) == (Day(TODAY - timedelta(days=1), declined=1), Day(TODAY, answered=1))
    assert days([late], outcomes, TODAY, ZoneInfo("UTC"))[-2].answered == 1


def test_what_came_of_it_is_told_apart() -> None:
    at = datetime(2026, 3, 30, 10, tzinfo=UTC)
    outcomes = {"a": ANSWERED, "d": DECLINED, "t": TOPIC, "n": EMPTY_TOPIC, "e": (AnswerKind.EMPTY, False)}
    today = days([Question(name, at) for name in "adtnex"], outcomes, TODAY, BERLIN)[-1]
    assert today == Day(TODAY, answered=1, declined=3, topics=1), "a topic without an article is not answered"
    assert today.questions == 5
    assert today.share == pytest.approx(0.25)
    assert Day(TODAY, topics=2).share is None


@given(st.lists(st.datetimes(datetime(2026, 1, 1), datetime(2026, 4, 30))))
def test_thirty_days_each_once_and_only_what_is_within_them(moments: list[datetime]) -> None:
    asked = [Question(str(n), moment.replace(tzinfo=UTC)) for n, moment in enumerate(moments)]
    shown = days(asked, {one.answer_id: ANSWERED for one in asked}, TODAY, BERLIN)
    assert [day.date for day in shown] == [TODAY - timedelta(days=SHOWN - 1 - n) for n in range(SHOWN)]
    start, end = beginning(TODAY, BERLIN), beginning(TODAY + timedelta(days=SHOWN), BERLIN)
    assert sum(day.questions for day in shown) == sum(start <= one.at < end for one in asked)
