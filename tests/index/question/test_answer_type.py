"""What a question asks for beside its words, and whether a text gives it: money, a number, somebody's words."""

import pytest

from index.language.packs.pack import Asks
from index.language.terms import terms
from index.question.analysis import analyse
from index.question.answer_type import asks_money, new_names, numbers_counted, offers, whose_words


@pytest.mark.parametrize(
    "question",
    [
        "What is the price of the tram?",
        "What will the tram to Gullmouth cost?",
        "What was the salary of the mayor?",
        "How much was paid for the tram?",
        "How much will the coach earn?",
    ],
)
def test_money_is_asked_for(question):
    assert asks_money(analyse(question, "en"))


@pytest.mark.parametrize(
    "question",
    [
        "What is behind the rise in fuel prices?",
        "What happened to the price of oil?",
        "What is in the budget?",
        "How old was the man who was fined?",
        "How much time did Aasen spend in prison?",
    ],
)
def test_no_money_is_asked_for(question):
    assert not asks_money(analyse(question, "en"))


@pytest.mark.parametrize(
    ("question", "lang", "whose"),
    [
        ("What did Greta Holm say about the wall?", "en", {"greta", "holm"}),
        ("How did the union react?", "en", {"union"}),
        ("What has Holm promised?", "en", {"holm"}),
        ("What are residents saying about the tram?", "en", {"residents"}),
        ("Was sagte Kern?", "de", {"kern"}),
        ("Что сказал Керн?", "ru", {"керн"}),
    ],
)
def test_whose_words_are_asked_for(question, lang, whose):
    assert whose_words(analyse(question, lang)) == whose


@pytest.mark.parametrize(
    "question",
    ["What did the phone call reveal?", "How did the claim fail?", "What did Kern do after he said no?", "Who spoke?"],
)
def test_nobodys_words_are_asked_for(question):
    assert whose_words(analyse(question, "en")) is None


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How many drivers of Vale have learned to sign?", "So far 46 of the 120 drivers have."),
        ("How many of the 120 drivers have learned to sign?", "So far 46 drivers have."),
        ("How many young workers came?", "Forty-nine young workers came."),
        ("At the mill, how many workers left?", "Twelve workers left."),
    ],
)
def test_what_is_counted_has_its_number(question, text):
    assert numbers_counted(analyse(question, "en"), terms(text, "en"))


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How many workers left?", "One of the workers said it was cold."),
        ("How many workers left?", "In 2019 workers asked for more."),
        ("How many of the 120 drivers passed?", "The 120 drivers were tested."),
        ("Who hired the workers?", "Twelve workers were hired."),
    ],
)
def test_another_number_is_none_of_what_is_counted(question, text):
    assert not numbers_counted(analyse(question, "en"), terms(text, "en"))


def test_the_first_word_behind_a_quotation_is_no_name_for_its_capital():
    assert new_names("“We want it gone.” It is cold. “Yes.” They left.", frozenset()) == set()


@pytest.mark.parametrize(
    "text",
    [
        "The bridge opened in May.",
        "In March the bridge opened.",
        "Spring came late; by fall the tram was back.",
        "It has been closed since last March.",
        "The school moves in the fall.",
        "It is to open this spring.",
        "The tram was back by early May.",
        "The road is closed from March.",
        "May's opening was put off.",
        "The vote is on Tuesday.",
    ],
)
def test_a_month_or_season_says_when(text):
    assert offers(Asks.WHEN, text, frozenset(), "en")


@pytest.mark.parametrize(
    "text",
    [
        "The council may vote on it.",
        "Thousands joined the march on the harbour.",
        "Rents could fall again.",
        "The water comes from a spring above the town.",
        "The government may fall.",
        "Rents began to fall again.",
        "The price of spring water rose.",
    ],
)
def test_a_word_that_only_looks_like_a_month_or_season_does_not(text):
    assert not offers(Asks.WHEN, text, frozenset(), "en")


def test_a_month_of_the_question_is_nothing_new():
    assert not offers(Asks.WHEN, "The bridge opened in May.", frozenset({"may"}), "en")


@pytest.mark.parametrize(
    ("asks", "text", "lang"),
    [
        (Asks.WHEN, "Er trat im Januar zurück.", "de"),
        (Asks.WHEN, "Dimitió en enero.", "es"),
        (Asks.WHEN, "Он ушёл в отставку в январе.", "ru"),
        (Asks.WHEN, "Il a démissionné en janvier.", "fr"),
        (Asks.WHEN, "Zrezygnował 5 stycznia.", "pl"),
        (Asks.COUNT, "Drei Menschen starben.", "de"),
        (Asks.COUNT, "Murieron tres personas.", "es"),
        (Asks.COUNT, "Погибли три человека.", "ru"),
        (Asks.COUNT, "Trois personnes sont mortes.", "fr"),
    ],
)
def test_dates_and_numbers_are_known_in_each_language(asks, text, lang):
    assert offers(asks, text, frozenset(), lang)


@pytest.mark.parametrize(
    ("asks", "text", "lang"),
    [
        (Asks.WHEN, "Er trat überraschend zurück.", "de"),
        (Asks.COUNT, "Viele Menschen starben.", "de"),
        (Asks.COUNT, "Murieron varias personas.", "es"),
        (Asks.COUNT, "One came.", "de"),  # an English number is none in German
    ],
)
def test_what_is_no_date_or_number_in_a_language_counts_as_none(asks, text, lang):
    assert not offers(asks, text, frozenset(), lang)


def test_capitals_tell_names_only_where_they_do_so():
    snow = "Gestern fiel im Norden der erste Schnee des Jahres."
    calm = "Gestern fiel der erste Regen."
    assert offers(Asks.WHO, snow, frozenset(), "de") == offers(Asks.WHO, calm, frozenset(), "de")
    assert not offers(Asks.WHO, "Yesterday the first snow fell.", frozenset(), "en")
