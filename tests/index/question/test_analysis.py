"""What a question asks, of when, and whether it is one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.packs.pack import Asks
from index.question.analysis import analyse, asked
from index.question.times import read_times

DAY = date(2024, 3, 15)


def read(text, lang):
    return analyse(text, lang, read_times(text, lang, DAY))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Who resigned from the harbour board?", Asks.WHO),
        ("Where did the two ministers meet?", Asks.WHERE),
        ("In which city was the ferry built?", Asks.WHERE),
        ("When did the strike begin?", Asks.WHEN),
        ("What year did the mill close?", Asks.WHEN),
        ("How many passengers were on board?", Asks.COUNT),
        ("How much did the bridge cost?", Asks.AMOUNT),
        ("How long will the lease run?", Asks.AMOUNT),
        ("What percentage of voters turned out?", Asks.AMOUNT),
        ("Why was the tunnel closed?", Asks.WHY),
        ("How did the rescuers reach the cave?", Asks.HOW),
        ("Which company bought the shipyard?", Asks.WHICH),
        ("The shipyard was sold to which company?", Asks.WHICH),
        ("The mayor stepped down on Friday. Who takes over?", Asks.WHO),
        ("What did the mayor promise?", Asks.WHAT),
        ("Did the mayor resign?", Asks.CLAIM),
        ("Is the bridge open again?", Asks.CLAIM),
        ("harbour strike", Asks.NOTHING),
    ],
)
def test_the_kind_of_answer_is_read_from_the_question(text, kind):
    assert asked(text) is kind


@pytest.mark.parametrize(
    ("text", "lang", "kind"),
    [
        ("Wer leitet den Hafen?", "de", Asks.WHO),
        ("Was sagte Kern?", "de", Asks.WHAT),
        ("Wie viele Menschen kamen?", "de", Asks.COUNT),
        ("Où se trouve le navire ?", "fr", Asks.WHERE),
        ("¿Cuándo empezó la huelga?", "es", Asks.WHEN),
        ("Кто возглавил порт?", "ru", Asks.WHO),
        ("Сколько человек погибло?", "ru", Asks.COUNT),
        ("Коли почався страйк?", "uk", Asks.WHEN),
    ],
)
def test_other_languages_have_their_question_words(text, lang, kind):
    assert asked(text, lang) is kind


@pytest.mark.parametrize("text", ["harbour strike", "Lindqvist", "interest rates", "peace talks Geneva"])
def test_a_few_bare_words_are_a_topic(text):
    assert read(text, "en").is_topic


@pytest.mark.parametrize(
    ("text", "lang", "topic"),
    [
        ("latest on the tram", "en", "tram"),
        ("news about the ferry", "en", "ferry"),
        ("anything new on the harbour strike?", "en", "harbour strike"),
        ("any news about Ingrid Lindqvist?", "en", "Ingrid Lindqvist"),
        ("the latest news from Port Ostvik", "en", "Port Ostvik"),
        ("articles about the harbour", "en", "harbour"),
        ("latest news", "en", ""),
        ("articles", "en", ""),
        ("latest tram", "en", "tram"),
        ("Ostvik news", "en", "Ostvik"),
        ("the latest Port Ostvik news", "en", "Port Ostvik"),
        ("breaking news", "en", ""),
        ("Ostvik Nachrichten", "de", "Ostvik"),
        ("новости порта", "ru", "порта"),
        ("Neues zur Brücke", "de", "Brücke"),
        ("noticias sobre la desaladora", "es", "desaladora"),
    ],
)
def test_asking_for_news_of_something_is_a_topic(text, lang, topic):
    question = read(text, lang)
    assert question.is_topic
    assert " ".join(term.surface for term in question.topic) == topic


@pytest.mark.parametrize(
    "text",
    [
        "news about who won the harbour race",
        "latest on why the ferry stopped",
        "reports of two ships that ran aground near Ostvik in fog",
        "news of the ferry made passengers angry",
        "What is the latest on the tram?",
        "Ostvik news?",
        "Toy Story",
    ],
)
def test_where_more_than_a_topic_follows_it_is_asked_as_before(text):
    assert read(text, "en").lead == 0


@pytest.mark.parametrize(
    "text",
    ["Who is Lindqvist?", "mayor resigned", "Lindqvist?", "why strike", "what the harbour strike means for trade"],
)
def test_a_question_or_a_statement_is_no_topic(text):
    assert not read(text, "en").is_topic


def test_who_reported_asks_for_the_credit_line():
    assert read("Who reported from Lisbon?", "en").wants_credit
    assert read("Which journalist wrote the story?", "en").wants_credit
    assert not read("Who won the election?", "en").wants_credit


def test_the_words_of_a_relative_time_are_read_as_time_and_not_searched():
    question = read("Which ferry sank this week?", "en")
    assert question.time.time_bound
    assert [term.surface for term in question.content] == ["ferry", "sank"]


def test_a_year_stays_among_the_words():
    question = read("Which ferry sank in 2016?", "en")
    assert "2016" in [term.surface for term in question.content]
    assert not question.time.time_bound


def test_the_kind_noun_is_told_from_what_is_known():
    question = read("The harbour has a new crane. Which colour is it?", "en")
    assert [question.terms[n].surface for n in question.kind_nouns] == ["colour"]
    assert "harbour" not in [question.terms[n].surface for n in question.focus]


def test_other_spellings_are_added_without_touching_the_question():
    question = read("Where is Kyiv?", "en")
    widened = question.with_alternatives({"kyiv": ("kiev",)})
    assert widened.alternatives == {"kyiv": ("kiev",)}
    assert question.alternatives == {}
    assert widened.terms == question.terms


@given(st.text(max_size=120), st.sampled_from(["en", "de", "ru", "und", "xx"]))
def test_any_text_can_be_analysed(text, lang):
    question = read(text, lang)
    assert set(question.content) <= set(question.terms)
    assert question.focus <= set(range(len(question.terms)))
    assert bool(question.content) == bool(question.terms)
