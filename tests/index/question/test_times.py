"""Time expressions of a question: which days they mean, seen from Saturday 25 November 2017."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.question.times import TimeExpression, TimeReading, read_times

SATURDAY = date(2017, 11, 25)


def days(question: str, lang: str = "en", as_of: date = SATURDAY) -> str:
    """The ranges read from a question: "FROM..TO" each."""
    return " ".join(f"{one.first or ''}..{one.last or ''}" for one in read_times(question, lang, as_of).expressions)


def only(question: str, lang: str = "en") -> TimeExpression:
    (one,) = read_times(question, lang, SATURDAY).expressions
    return one


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What happened in 2016?", "2016-01-01..2016-12-31"),
        ("Who won the 2016 election?", "2016-01-01..2016-12-31"),
        ("What happened in November 2017?", "2017-11-01..2017-11-30"),
        ("What happened in Sept. 2016?", "2016-09-01..2016-09-30"),
        ("What happened on 3 May?", "2017-05-03..2017-05-03"),
        ("What happened on December 24?", "2016-12-24..2016-12-24"),
        ("What happened on Nov. 21, 2016?", "2016-11-21..2016-11-21"),
        ("What happened on the 21st of November 2017?", "2017-11-21..2017-11-21"),
        ("What happened on 2017-11-21?", "2017-11-21..2017-11-21"),
        ("What happened on 11/21/2017?", "2017-11-21..2017-11-21"),
        ("What happened on 29 February?", "2016-02-29..2016-02-29"),
        ("What happened in February 2016?", "2016-02-01..2016-02-29"),
        ("What happened early in the war, in early 2017?", "2017-01-01..2017-04-30"),
        ("What happened in mid-2017?", "2017-05-01..2017-08-31"),
        ("What happened at the end of October?", "2017-10-21..2017-10-31"),
        ("What happened in the summer of 2016?", "2016-06-01..2016-08-31"),
        ("What happened in the second quarter of 2017?", "2017-04-01..2017-06-30"),
        ("What happened in the 1990s?", "1990-01-01..1999-12-31"),
        ("Who led the 2016-17 season?", "2016-01-01..2017-12-31"),
        ("What happened between 2015 and 2017?", "2015-01-01..2017-12-31"),
        ("What happened from May to July 2016?", "2016-05-01..2016-07-31"),
        ("What happened from October to March?", "2016-10-01..2017-03-31"),
        ("What happened before 2016?", "..2015-12-31"),
        ("What was said before the 2018 elections?", "..2018-12-31"),
        ("What happened after March 2016?", "2016-04-01.."),
        ("What happened until 3 May 2016?", "..2016-05-03"),
        ("How many died since 2016?", "2016-01-01.."),
    ],
)
def test_dates_as_they_are_written(question: str, expected: str) -> None:
    assert days(question) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What happened today?", "2017-11-25..2017-11-25"),
        ("What happened yesterday?", "2017-11-24..2017-11-24"),
        ("What happened the day before yesterday?", "2017-11-23..2017-11-23"),
        ("What happened three days ago?", "2017-11-22..2017-11-22"),
        ("What happened a week ago?", "2017-11-15..2017-11-21"),
        ("What happened two months ago?", "2017-09-01..2017-09-30"),
        ("What happened two years ago?", "2015-01-01..2015-12-31"),
        ("What happened this week?", "2017-11-16..2017-11-25"),
        ("What happened last week?", "2017-11-13..2017-11-19"),
        ("What happened last month?", "2017-10-01..2017-10-31"),
        ("What happened last year?", "2016-01-01..2016-12-31"),
        ("What happened this year?", "2017-01-01..2017-12-31"),
        ("What happened last November?", "2016-11-01..2016-11-30"),
        ("What happened last October?", "2017-10-01..2017-10-31"),
        ("What happened last summer?", "2017-06-01..2017-08-31"),
        ("What happened in December?", "2016-12-01..2016-12-31"),
        ("What happened on Monday?", "2017-11-20..2017-11-20"),
        ("What happened Tuesday night?", "2017-11-21..2017-11-21"),
        ("What happened on Saturday?", "2017-11-25..2017-11-25"),
        ("What happened last Saturday?", "2017-11-18..2017-11-18"),
        ("What happened over the past three weeks?", "2017-11-04..2017-11-25"),
        ("What happened in the last 24 hours?", "2017-11-24..2017-11-25"),
        ("What happens next year?", "2018-01-01..2018-12-31"),
        ("What changed since last Friday?", "2017-11-24.."),
    ],
)
def test_times_counted_from_the_day_of_asking(question: str, expected: str) -> None:
    assert days(question) == expected


@pytest.mark.parametrize(
    "question",
    [
        "Did Theresa May resign?",
        "May I ask about the march on Washington?",
        "How many of the 2000 people died?",
        "Who paid $2016 for it?",
        "Who flew 2016 miles?",
        "What did the Sunday Times report?",
        "What was sold on Black Friday?",
        "What is on the 30 February list?",
        "Who was second?",
        "Is the 1,999 figure right?",
        "Who owns flight 20175?",
        "When did it happen?",
        "",
    ],
)
def test_what_only_looks_like_a_time(question: str) -> None:
    assert read_times(question, "en", SATURDAY) == TimeReading()


@pytest.mark.parametrize(
    ("lang", "question", "expected"),
    [
        ("de", "Was geschah im November 2017?", "2017-11-01..2017-11-30"),
        ("de", "Was geschah am 3. Mai 2016?", "2016-05-03..2016-05-03"),
        ("de", "Was geschah am 21.11.2017?", "2017-11-21..2017-11-21"),
        ("de", "Was geschah letzten November?", "2016-11-01..2016-11-30"),
        ("de", "Was geschah vor drei Tagen?", "2017-11-22..2017-11-22"),
        ("de", "Was geschah in den letzten zwei Wochen?", "2017-11-11..2017-11-25"),
        ("de", "Was geschah zwischen 2015 und 2017?", "2015-01-01..2017-12-31"),
        ("de", "Was geschah vor 2016?", "..2015-12-31"),
        ("de", "Was geschieht seit 2016?", "2016-01-01.."),
        ("de", "Was geschah Anfang 2017?", "2017-01-01..2017-04-30"),
        ("de", "Was geschah gestern?", "2017-11-24..2017-11-24"),
        ("es", "¿Qué pasó en noviembre de 2017?", "2017-11-01..2017-11-30"),
        ("es", "¿Qué pasó el 3 de mayo de 2016?", "2016-05-03..2016-05-03"),
        ("es", "¿Qué pasó el mes pasado?", "2017-10-01..2017-10-31"),
        ("es", "¿Qué pasó hace dos semanas?", "2017-11-08..2017-11-14"),
        ("es", "¿Qué pasó entre 2015 y 2017?", "2015-01-01..2017-12-31"),
        ("es", "¿Qué pasó en los últimos tres meses?", "2017-08-25..2017-11-25"),
        ("es", "¿Qué ha pasado desde 2016?", "2016-01-01.."),
        ("es", "¿Qué pasó ayer?", "2017-11-24..2017-11-24"),
        ("ru", "Что было в ноябре 2017 года?", "2017-11-01..2017-11-30"),
        ("ru", "Что было 3 мая 2016 года?", "2016-05-03..2016-05-03"),
        ("ru", "Что было в прошлом году?", "2016-01-01..2016-12-31"),
        ("ru", "Что было три дня назад?", "2017-11-22..2017-11-22"),
        ("ru", "Что было с 2015 по 2017 год?", "2015-01-01..2017-12-31"),
        ("ru", "Что изменилось с 2016 года?", "2016-01-01.."),
        ("ru", "Что было на этой неделе?", "2017-11-16..2017-11-25"),
        ("ru", "Что было вчера?", "2017-11-24..2017-11-24"),
        ("xx", "kas notika 2017-11-21", "2017-11-21..2017-11-21"),
    ],
)
def test_other_languages(lang: str, question: str, expected: str) -> None:
    assert days(question, lang) == expected


def test_the_words_are_told_with_their_preposition() -> None:
    question = "How many died in November 2017 in Aleppo?"
    one = only(question)
    assert one.words == question[one.start : one.end] == "in November 2017"


@pytest.mark.parametrize(
    "question",
    [
        "Show articles from 2016",
        "what was published in 2016",
        "news from 2016?",
        "What is known since 2016?",
        "How many died since 2016 in Aleppo?",
    ],
)
def test_a_time_of_publication_filters(question: str) -> None:
    reading = read_times(question, "en", SATURDAY)
    assert len(reading.filters) == 1
    assert reading.priors == ()


@pytest.mark.parametrize(
    "question",
    [
        "Who died in 2016?",
        "Who won after 2016?",
        "Who will rule since 2030?",
        "Who won last week?",
        "Who made headlines this week?",
        "Which study published this week is right?",
        "Who ruled since the 2016 vote?",
        "What was in the news last week?",
    ],
)
def test_a_time_of_an_event_is_a_prior(question: str) -> None:
    reading = read_times(question, "en", SATURDAY)
    assert reading.filters == ()
    assert len(reading.priors) == 1


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What is the latest on Syria?", "latest"),
        ("Who is the current president?", "current"),
        ("How many have died so far?", "so far"),
        ("Who leads now?", "now"),
        ("What happened this week?", "this week"),
        ("What happened yesterday?", "yesterday"),
    ],
)
def test_questions_about_the_present_are_time_bound(question: str, words: str) -> None:
    reading = read_times(question, "en", SATURDAY)
    assert reading.time_bound
    assert words in [question[start:end] for start, end in reading.fresh]


@pytest.mark.parametrize(
    "question", ["Who won in 2016?", "Who won last year?", "Who won last November?", "Who won?", "Who knows?"]
)
def test_questions_about_the_past_are_not(question: str) -> None:
    assert not read_times(question, "en", SATURDAY).time_bound


WORDS = st.sampled_from([
    *("in", "since", "last", "this", "next", "past", "between", "and", "from", "to", "before", "after", "the", "until"),
    *("May", "march", "November", "3", "31", "29", "0", "999", "2016", "2017", "2000", "1990s", "2016-17", "-", "24"),
    *("week", "months", "years", "days", "hours", "ago", "three", "yesterday", "Monday", "summer", "early", "late"),
    *("of", "over", "now"),
])  # fmt: skip


@settings(deadline=None)
@given(
    st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=12).map(" ".join)),
    st.sampled_from(("en", "de", "es", "ru", "zh")),
    st.dates(date(1990, 1, 1), date(2100, 12, 31)),
)
def test_any_question_is_read_and_every_range_runs_forward(question: str, lang: str, as_of: date) -> None:
    end = 0
    for one in read_times(question, lang, as_of).expressions:
        assert one.first is None or one.last is None or one.first <= one.last
        assert one.first or one.last
        assert end <= one.start < one.end <= len(question)
        assert one.words == question[one.start : one.end]
        end = one.end


@pytest.mark.parametrize(
    ("question", "hard"),
    [
        ("articles about the ferry from 2016", True),
        ("news about Oldport from March 2016", True),
        ("articles about the fires of 2016", False),
        ("Which articles of the treaty date from 2016?", False),
        ("Who sold the boat from 2016?", False),
    ],
)
def test_an_order_for_articles_from_a_time_is_a_filter(question: str, hard: bool) -> None:
    assert [one.hard for one in read_times(question, "en", date(2026, 3, 9)).expressions] == [hard]
