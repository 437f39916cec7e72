"""From a reader's words to what is asked, of when, of which articles, in which spelling."""

from __future__ import annotations

from datetime import date

import pytest

from index.datatypes import Filter, FilterField, NoticeKind
from index.language.vocabulary import Vocabulary
from index.question.filters import Roster
from index.question.understand import Understood, understand

TODAY = date(2026, 5, 6)
ROSTER = Roster(["The Oldport Mail", "Coast Echo"], ["Ada Venn", "Nils Orr"])
VOCABULARY = Vocabulary(
    [("kyiv", "Kyiv", 9), ("ferri", "ferry", 4), ("sandholm", "Sandholm", 5), ("bridg", "bridge", 7), ("49", "49", 2)]
)


def read(text: str, given: list[Filter] | None = None, lang: str = "en") -> Understood:
    return understand(text, lang, as_of=TODAY, vocabulary=VOCABULARY, roster=ROSTER, given=given)


def searched(understood: Understood) -> set[str]:
    return {term.surface.casefold() for term in understood.question.content}


class TestFilters:
    QUESTION = "What was written about the ferry in the Coast Echo in March 2026?"

    def test_they_are_read_told_and_not_searched_for(self) -> None:
        understood = read(self.QUESTION)
        assert ("outlet", "Coast Echo") in {(one.field, one.value) for one in understood.filters}
        assert [n.values for n in understood.notices if n.kind is NoticeKind.FILTER] == [
            {"filter": one.source} for one in understood.filters
        ]
        assert "ferry" in searched(understood)
        assert "echo" not in searched(understood)

    def test_dropped_filters_are_words_again(self) -> None:
        understood = read(self.QUESTION, given=[])
        assert understood.filters == ()
        assert not [notice for notice in understood.notices if notice.kind is NoticeKind.FILTER]
        assert "echo" in searched(understood)

    def test_the_same_filters_given_change_nothing(self) -> None:
        understood = read(self.QUESTION)
        again = read(self.QUESTION, given=list(understood.filters))
        assert again.question == understood.question
        assert again.filters == understood.filters

    def test_a_filter_given_beside_those_in_the_words_keeps_them_out_of_the_search(self) -> None:
        understood = read(self.QUESTION)
        extra = Filter(FilterField.AUTHOR, "Ada Venn", "given")
        assert searched(read(self.QUESTION, given=[*understood.filters, extra])) == searched(understood)

    def test_an_unknown_outlet_is_no_filter(self) -> None:
        assert read("What did the Morning Post report about the ferry?").filters == ()


class TestSpelling:
    def test_another_spelling_of_a_name_is_searched_and_said(self) -> None:
        understood = read("What happened in Kiev?")
        assert {"kyiv"} <= {other for others in understood.question.alternatives.values() for other in others}
        assert {"asked": "Kiev", "used": "Kyiv"} in [n.values for n in understood.notices]

    def test_a_typo_is_mended_and_said(self) -> None:
        understood = read("When does the boat to Sandhlom leave?")
        assert [dict(n.values) for n in understood.notices if n.kind is NoticeKind.SPELLING] == [
            {"asked": "Sandhlom", "used": "Sandholm"}
        ]

    def test_a_number_in_words_is_searched_without_a_word_about_it(self) -> None:
        understood = read("Who bought forty-nine boats?")
        assert "49" in {other for others in understood.question.alternatives.values() for other in others}
        assert understood.notices == ()

    def test_what_is_spelt_as_in_the_archive_stays(self) -> None:
        understood = read("When does the ferry to Sandholm leave?")
        assert understood.notices == ()


class TestTimes:
    @pytest.mark.parametrize("text", ["What is the latest about the bridge?", "What happened this week?"])
    def test_a_question_for_now_is_time_bound(self, text: str) -> None:
        assert read(text).times.time_bound

    def test_another_is_not(self) -> None:
        assert not read("Who opened the bridge?").times.time_bound

    def test_times_count_from_the_day_of_asking(self) -> None:
        first = read("What happened yesterday at the bridge?").times.expressions[0]
        assert (first.first, first.last) == (date(2026, 5, 5), date(2026, 5, 5))


@pytest.mark.parametrize("odd", ["", " ", "?", "🙂", "'; DROP TABLE articles", "a" * 4096, "from to in of", "2026"])
def test_any_text_is_read_without_complaint(odd: str) -> None:
    assert read(odd).question is not None
