"""Filters in plain words: read only where the archive has the outlet or author and the words are about sources."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.question.filters import FilteredQuestion, Roster
from index.question.filters import read_filters as read_filters_of
from index.question.times import read_times

TODAY = date(2017, 11, 25)
ROSTER = Roster(
    outlets=[
        "Harbour Post",
        "Los Angeles Times",
        "Northern Gazette",
        "Southern Gazette",
        "Reuters",
        "The Week",
        "Die Welt",
    ],
    authors=["Laura King", "Anna Weber", "Ivana Kottasová", "Stringer", "J.R. Hart", "Boris Pavlenko"],
)


def read_filters(question: str, lang: str, roster: Roster = ROSTER) -> FilteredQuestion:
    return read_filters_of(question, lang, read_times(question, lang, TODAY), roster)


def read(question: str, lang: str = "en") -> tuple[list[tuple[str, str]], str]:
    found = read_filters(question, lang)
    return [(one.field, one.value) for one in found.filters], found.question


@pytest.mark.parametrize(
    ("question", "author", "rest"),
    [
        ("What happened in Sochi by Laura King?", "Laura King", "What happened in Sochi?"),
        ("articles by laura king about Sochi", "Laura King", "articles about Sochi"),
        ("By Laura King: what happened in Sochi?", "Laura King", "what happened in Sochi?"),
        ("Stories by Ivana Kottasova on the summit", "Ivana Kottasová", "Stories on the summit"),
        ("reports written by J. R. Hart about grain", None, "reports written by J. R. Hart about grain"),
        ("reports written by J.R. Hart about grain", "J.R. Hart", "reports written about grain"),
    ],
)
def test_an_author_of_the_archive(question: str, author: str | None, rest: str) -> None:
    assert read(question) == ([("author", author)] if author else [], rest)


@pytest.mark.parametrize(
    "question",
    [
        "Who was accused by Laura King?",
        "Who was shot by Laura King?",
        "Which book by Laura King won?",
        "What was the speech by Laura King about?",
        "articles by Laura Kingsley about Sochi",
        "articles by Stringer about Sochi",
        "articles by King about Sochi",
        "What did Laura King write?",
        "What happened near the house by Laura King's lake?",
        "articles by Maria Sand",
    ],
)
def test_no_author_filter(question: str) -> None:
    assert read(question) == ([], question)


@pytest.mark.parametrize(
    ("question", "outlet", "rest"),
    [
        ("What happened in Sochi, in the Harbour Post?", "Harbour Post", "What happened in Sochi?"),
        ("What was said in the Times about the truce?", "Los Angeles Times", "What was said about the truce?"),
        ("What was said in the LA Times about the truce?", "Los Angeles Times", "What was said about the truce?"),
        ("What was said in the L.A. Times about the truce?", "Los Angeles Times", "What was said about the truce?"),
        ("news on Sochi from Reuters", "Reuters", "news on Sochi"),
        ("articles from the los angeles times about grain", "Los Angeles Times", "articles about grain"),
        ("stories in The Week about grain", "The Week", "stories about grain"),
        ("In the Northern Gazette, who won?", "Northern Gazette", "who won?"),
    ],
)
def test_an_outlet_of_the_archive(question: str, outlet: str, rest: str) -> None:
    assert read(question) == ([("outlet", outlet)], rest)


@pytest.mark.parametrize(
    "question",
    [
        "What happened according to the Los Angeles Times?",
        "What did the Harbour Post report?",
        "What happened in the Gazette?",
        "Who lived in the times of trouble?",
        "What happened in the week before the vote?",
        "What opened in Times Square?",
        "Who fell in the Times Building?",
        "Which photographer from Reuters was hurt?",
        "Who bought shares in the Harbour Post?",
        "What happened in the Evening Star?",
        "How many died in Sochi?",
        "",
    ],
)
def test_no_outlet_filter(question: str) -> None:
    assert read(question) == ([], question)


@pytest.mark.parametrize(
    ("question", "value", "rest"),
    [
        ("How many have died since 2016?", "2016-01-01..", "How many have died?"),
        ("articles from November 2016 about Sochi", "2016-11-01..2016-11-30", "articles about Sochi"),
        ("news from last week on grain", "2017-11-13..2017-11-19", "news on grain"),
        ("stories published before 2016", "..2015-12-31", "stories published"),
    ],
)
def test_a_time_of_publication(question: str, value: str, rest: str) -> None:
    assert read(question) == ([("published", value)], rest)


def test_the_time_of_an_event_is_no_filter() -> None:
    assert read("Who won in 2016?") == ([], "Who won in 2016?")


def test_several_filters_stand_in_the_order_of_their_words() -> None:
    found = read_filters("What happened in Sochi since 2016, by Laura King, in the Times?", "en")
    assert [(one.field, one.value, one.source) for one in found.filters] == [
        ("published", "2016-01-01..", "since 2016"),
        ("author", "Laura King", "by Laura King"),
        ("outlet", "Los Angeles Times", "in the Times"),
    ]
    assert found.question == "What happened in Sochi?"


def test_a_question_of_filters_alone_leaves_nothing() -> None:
    assert read("by Laura King") == ([("author", "Laura King")], "")


def test_german() -> None:
    assert read("Artikel von Anna Weber über Korn", "de") == ([("author", "Anna Weber")], "Artikel über Korn")
    assert read("Was geschah seit 2016 in Sotschi?", "de") == (
        [("published", "2016-01-01..")],
        "Was geschah in Sotschi?",
    )
    assert read("Was ist das größte Problem in der Welt?", "de") == ([], "Was ist das größte Problem in der Welt?")
    assert read("Artikel aus der Welt über Korn", "de") == ([("outlet", "Die Welt")], "Artikel über Korn")


def test_spanish() -> None:
    assert read("artículos de Laura King sobre grano", "es") == ([("author", "Laura King")], "artículos sobre grano")


def test_a_short_name_of_two_outlets_is_nobodys() -> None:
    assert ROSTER.outlet("the Gazette") is None
    assert ROSTER.outlet("Post") == "Harbour Post"
    assert Roster(["Times", "Harbour Times"], []).outlet("the Times") == "Times"
    assert Roster(["The Times", "Times"], []).outlet("the Times") is None


def test_the_place_that_an_outlet_belongs_to_is_not_its_name() -> None:
    roster = Roster(["La Voz de Ribera", "The Voice of Port Ann"], [])
    for name in ("Ribera", "de Ribera", "Port Ann", "Ann"):
        assert roster.outlet(name) in (None, "La Voz de Ribera" if name == "de Ribera" else None)
    assert roster.outlet("the Voice of Port Ann") == "The Voice of Port Ann"
    question = "¿Quién privatiza el agua de Ribera?"
    assert read_filters(question, "es", roster).filters == ()
    asked = read_filters("noticias de La Voz de Ribera", "es", roster)
    assert [one.value for one in asked.filters] == ["La Voz de Ribera"]


def test_an_archive_without_outlets_and_authors_reads_only_times() -> None:
    found = read_filters("by Laura King in the Times since 2016", "en", Roster([], []))
    assert [one.field for one in found.filters] == ["published"]


PARTS = st.sampled_from(
    [
        "by Laura King",
        "in the Times",
        "since 2016",
        "from Reuters",
        "articles",
        "?",
        ",",
        "Sochi",
        "what happened",
        "’s",
        "the",
        "",
    ]
)


@settings(deadline=None)
@given(
    st.one_of(st.text(max_size=60), st.lists(PARTS, max_size=8).map(" ".join)),
    st.sampled_from(("en", "de", "ru", "xx")),
)
def test_every_filter_names_words_of_the_question_and_something_the_archive_has(question: str, lang: str) -> None:
    found = read_filters(question, lang)
    for one in found.filters:
        assert one.source in question
        if one.field == "author":
            assert ROSTER.author(one.value) == one.value
    if not found.filters:
        assert found.question == question


class TestTopics:
    """A time beside a bare topic tells when its articles appeared; inside a question it may be that of the event."""

    @pytest.mark.parametrize(
        ("topic", "published", "rest"),
        [
            ("Ostvik in 2016", "2016-01-01..2016-12-31", "Ostvik"),
            ("harbour wall Ostvik in November 2016", "2016-11-01..2016-11-30", "harbour wall Ostvik"),
            ("harbour November 2016", "2016-11-01..2016-11-30", "harbour"),
        ],
    )
    def test_it_filters(self, topic: str, published: str, rest: str) -> None:
        assert read(topic) == ([("published", published)], rest)

    def test_it_filters_beside_an_outlet(self) -> None:
        filters, rest = read("Ostvik in the Harbour Post in 2016")
        assert filters == [("outlet", "Harbour Post"), ("published", "2016-01-01..2016-12-31")]
        assert rest == "Ostvik"

    @pytest.mark.parametrize(
        "question", ["Who won in 2016?", "World Cup 2014", "in 2016", "what happened to Ostvik harbour in 2016"]
    )
    def test_it_does_not_filter_a_question_a_name_or_nothing(self, question: str) -> None:
        assert read(question) == ([], question)
