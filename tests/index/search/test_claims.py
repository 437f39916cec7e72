"""Claims: what is told of another is no answer to a claim about the one it names."""

from datetime import date

import pytest

from index.language.terms import terms
from index.question.analysis import analyse
from index.search.claims import reported_of_others
from index.search.rank import floor
from tests.index.search.test_rank import candidate, ranked


def doubt(question, text, lang="en"):
    return reported_of_others(analyse(question, lang), text, terms(text, lang))


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Did Lindqvist resign?", "Lindqvist praised her deputy Aasen, who resigned on Monday."),
        ("Did Ingrid Lindqvist resign?", "Erik Lindqvist resigned on Monday. Ingrid Lindqvist, his sister, stays."),
        ("Was Lindqvist arrested?", "Police arrested Aasen on Friday. Lindqvist was not at home."),
        ("Has Lindqvist been sentenced?", "Lindqvist watched as the court sentenced Aasen to three years."),
        ("Will Aasen retire?", "Aasen thanked Dr. Moe of the clinic. Moe retires in June."),
    ],
)
def test_what_another_did_is_reported_of_others(question, text):
    assert doubt(question, text) == 1.0


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Did Lindqvist resign?", "Ingrid Lindqvist resigned on Monday after nine years."),
        ("Did Ingrid Lindqvist resign?", "Ingrid Lindqvist, who succeeded Tor Aasen in May, resigned on Monday."),
        ("Did Mayor Lindqvist resign?", "Ms. Lindqvist was not at the meeting. She resigned on Friday."),
        ("Did Lindqvist resign?", "After the resignation of Lindqvist the board elected Aasen."),
        ("Was Lindqvist arrested?", "Police arrested Lindqvist on Friday."),
        ("Did Lindqvist resign?", "Aasen resigned in May. Lindqvist resigned in June."),
        ("Did Lindqvist resign?", "LINDQVIST RESIGNED. The board met at noon."),
    ],
)
def test_what_the_named_one_did_is_not(question, text):
    assert doubt(question, text) == 0.0


@pytest.mark.parametrize(
    ("question", "text", "lang"),
    [
        ("Who resigned?", "Aasen resigned. Lindqvist stays.", "en"),  # no claim
        ("Did the ferry sink?", "The Havfrue sank off Ostvik.", "en"),  # names nobody
        ("Did Lindqvist resign?", "Lindqvist and Aasen met in Ostvik.", "en"),  # the act is not told
        ("Trat Lindqvist zurück?", "Der Vorstand Aasen trat am Montag zurück.", "de"),  # capitals tell no names
    ],
)
def test_where_it_cannot_tell_it_raises_no_doubt(question, text, lang):
    assert doubt(question, text, lang) == 0.0


def test_an_act_of_another_is_declined_and_ranks_below_the_named_ones():
    title = "The harbour board of Ostvik"
    another = candidate(
        1, "Lindqvist praised Tor Aasen, who resigned as head of the harbour board of Ostvik.", title=title
    )
    own = candidate(2, "Lindqvist resigned as head of the harbour board of Ostvik, Tor Aasen said.", title=title)
    question = "Did Lindqvist resign as head of the harbour board of Ostvik?"
    assert ranked(question, [another])[0].confidence < floor() <= ranked(question, [own])[0].confidence
    assert ranked(question, [another, own], as_of=date(2024, 3, 15))[0].candidate is own
