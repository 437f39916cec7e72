"""Which one or two sentences of a passage are emphasised."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.answer.highlight import LIMIT, SentenceView, pinpoint
from index.language.terms import terms
from index.question.analysis import analyse

PASSAGE = [
    "The harbour of Ostvik has been quiet since spring.",
    "Its board met four times without a decision.",
    "On Monday the chairwoman, Ingrid Lindqvist, resigned from the harbour board after nine years.",
    "Her deputy takes over until a new board is elected.",
    "Fishermen said they had expected it.",
]


def views(sentences):
    return [SentenceView(text, tuple(terms(text, "en"))) for text in sentences]


def chosen(question, sentences, headline=""):
    best = pinpoint(analyse(question, "en"), views(sentences), headline)[0]
    return " ".join(sentences[best.first : best.last + 1])


def test_the_sentence_with_the_questions_rare_words_is_chosen():
    assert "Lindqvist" in chosen("Who resigned from the harbour board?", PASSAGE)


def test_a_number_is_wanted_where_one_is_asked_for():
    figures = ["The ferry was late.", "On board were 214 passengers.", "Nobody complained about the ferry or its crew."]
    assert "214" in chosen("How many passengers were on board the ferry?", figures)


def test_the_neighbour_that_holds_the_fact_is_taken_along():
    sentences = [
        "The committee chose a new director for the national museum in Ostvik.",
        "She is Berit Aasen, who ran the art school.",
        "The museum opens at ten.",
    ]
    assert "Berit Aasen" in chosen("Who is the new director of the national museum in Ostvik?", sentences)


def test_another_spelling_counts_as_the_word():
    sentences = ["Trains to Kiev are full.", "Trains to Lviv are empty and nobody knows why that should be so."]
    question = analyse("trains to Kyiv?", "en").with_alternatives({"kyiv": ("kiev",)})
    assert pinpoint(question, views(sentences))[0].first == 0


def test_of_two_sentences_on_the_matter_the_one_the_headline_is_about_answers():
    told = [
        "The harbour board of Ostvik met on Monday, and Ivo Kern of the fishermen was there." + " It was cold." * 12,
        "The harbour board of Ostvik met again on Tuesday, and Berit Aasen was chosen." + " It was warm." * 12,
    ]
    asked = "Who did the harbour board of Ostvik meet about?"
    assert chosen(asked, told, "Harbour board of Ostvik meets, Berit Aasen to lead it") == told[1]
    assert chosen(asked, told, "Harbour board of Ostvik meets, Ivo Kern speaks up") == told[0]


def test_the_chances_of_all_places_add_up_to_one_and_the_likeliest_is_first():
    places = pinpoint(analyse("Who resigned from the harbour board?", "en"), views(PASSAGE))
    assert len({(place.first, place.last) for place in places}) == len(places) == 9
    assert sum(place.chance for place in places) == pytest.approx(1)
    assert [place.chance for place in places] == sorted((place.chance for place in places), reverse=True)


def test_a_passage_without_sentences_is_an_error():
    with pytest.raises(ValueError, match="no sentence"):
        pinpoint(analyse("Who?", "en"), [])


@given(
    st.lists(st.text("abc deFG 12.", min_size=1, max_size=400), min_size=1, max_size=8),
    st.text("abc deFG 12.?", max_size=60),
)
def test_one_or_two_adjacent_sentences_that_fit_are_chosen(sentences, question):
    best = pinpoint(analyse(question, "en"), views(sentences))[0]
    first, last = best.first, best.last
    assert 0 <= first <= last < len(sentences)
    assert last - first <= 1
    assert first == last or len(sentences[first]) + len(sentences[last]) <= LIMIT


class TestParagraphs:
    """Two paragraphs are emphasised together only where both are needed."""

    def chosen(self, question, paragraphs):
        told = [(text, n) for n, block in enumerate(paragraphs) for text in block]
        found = [SentenceView(text, tuple(terms(text, "en")), paragraph=n) for text, n in told]
        best = pinpoint(analyse(question, "en"), found)[0]
        return [text for text, _ in told[best.first : best.last + 1]]

    def test_one_speakers_last_words_are_not_emphasised_with_the_next_paragraph(self):
        before = ["“They want us to wait,” Ivo Kern, a lawyer, said by phone. “It’s a strange thing.”"]
        after = ["Mayor Tomas Reck welcomed the departures, saying he expected calm at 12 harbours in Ostvik."]
        assert self.chosen("What did Reck say about the departures?", [before, after]) == after

    def test_a_claim_is_met_by_the_sentence_that_tells_of_it(self):
        before = ["He put the cost of the strike at 4 million crowns in Ostvik."]
        after = ["Lindqvist did not resign, as some had claimed on Thursday."]
        assert self.chosen("Did Lindqvist resign?", [before, after]) == after

    def test_the_fact_beside_the_sentence_that_leads_to_it_is_still_taken_along(self):
        before = ["The committee chose a new director for the national museum in Ostvik."]
        after = ["She is Berit Aasen, who ran the art school."]
        asked = "Who is the new director of the national museum in Ostvik?"
        assert self.chosen(asked, [before, after]) == before + after


@pytest.mark.parametrize(
    "question",
    ["What will the tram to Gullmouth cost?", "How much was paid for the tram?", "What is the price of the tram?"],
)
def test_money_is_wanted_where_money_is_asked_for(question):
    told = [
        "The council of Gullmouth voted 16 to 15 on Wednesday to build tram Line No. 4 to Gullmouth.",
        "The line is expected to cost 148 million crowns.",
        "Two members were absent from the tram vote in Gullmouth.",
    ]
    assert "148 million crowns" in chosen(question, told)


@pytest.mark.parametrize("number", ["46 of the 120", "forty-six", "46"])
def test_how_many_is_told_by_the_number_of_what_is_counted(number):
    told = [
        "Of the 9 bus lines of Vale in Ostvik, 3 were closed in 2024, and drivers of Vale buses protested in Nordby."
        " Vale has run buses since 1921, when the first 2 lines were opened to Holm and Berga.",
        "So far they are many." + " The rest will follow." * 14,
        f"By Monday {number} drivers of Vale had learned to sign." + " The others go on learning with her." * 5,
    ]
    assert f"{number} drivers" in chosen("How many Vale drivers in Ostvik have learned to sign their stops?", told)


def test_other_numbers_are_as_good_where_no_price_is_asked_for():
    told = ["The tram will carry 19,000 passengers a day.", "It will cost $148 million."]
    assert "19,000" in chosen("How many passengers will the tram carry?", told)


def test_a_place_is_wanted_where_one_is_asked_for():
    told = [
        "President Anna Berg met Chancellor Otto Lind on Monday.",
        "Aides of Berg and Lind called the talks useful, Maria Holm said.",
        "The talks were held in the Black Lake resort of Seehof.",
    ]
    assert "Seehof" in chosen("Where did Berg meet Lind for talks?", told[1:])


BUS = [
    "Three people were killed when a bus left the road near Berga on Friday.",
    "The bus of Vale Lines was on its way to Ostvik with 41 passengers.",
    "Its driver, Ole Strand, had asked for a day of rest.",
]


@pytest.mark.parametrize(
    ("question", "told"),
    [("How many people were killed near Berga?", "Three people"), ("Where was the bus of Vale Lines going?", "Ostvik")],
)
def test_a_headline_about_another_side_of_the_story_does_not_draw_the_answer_to_the_lead(question, told):
    padded = [f"{one} {'It rained. ' * 14}".strip() for one in BUS]
    assert told in chosen(question, padded, "Three killed as bus leaves road near Berga")


def test_the_words_of_the_one_who_was_asked_about_are_emphasised():
    told = [
        "“We want the tram,” said Ivo Kern of the builders' union in Ostvik." + " It rained." * 18,
        "Greta Holm, who had been told of the tram, waited." + " It rained." * 20,
        "“The old wall has to go first,” said Greta Holm." + " It rained." * 20,
    ]
    assert "old wall" in chosen("What did Greta Holm say about the tram?", told)


def test_a_question_of_the_article_answers_nothing():
    told = [
        "Did the mayor of Ostvik take money from the builders?" + " ",
        "The mayor of Ostvik took 40 crowns for a bus ticket from the builders." + " It rained." * 20,
    ]
    assert "bus ticket" in chosen("Did the mayor of Ostvik take money from the builders?", told)
