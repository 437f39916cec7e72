"""What a quote takes along: whole sentences, nothing cut that changes the sense, never more than may be shown."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from index.answer.excerpt import MAX_HIGHLIGHT, MAX_QUOTE, MAX_STEPS_BACK, Excerpt, answering, excerpt
from index.clean import sentences
from index.datatypes import Label, LabelledSpan, Sentence, Span
from index.speech import balanced, opens_dependent

NAMES = ("The harbour board", "Greta Holm", "A spokesman for the city", "The mayor of Oldport")
PLAIN = tuple(f"{name} {verb}." for name in NAMES for verb in ("met on Monday", "has not sold the boat since 2019"))
LEANING = ("She did not say when.", "But that was not all.", "He denied it.", "They left at noon.")
SAID = (
    "“Nobody here wants a wall,” said Ivo Kern, who lives there.",
    "“We will wait,” she said. “The boat can wait too.”",
    '"It is over," said the clerk. "Nobody came. The hall was empty."',
)
LONG = tuple(f"The report lists {'one more pier, ' * n}and the old quay." for n in (5, 25, 40, 60))

paragraphs = st.lists(
    st.lists(st.sampled_from(PLAIN + LEANING + SAID + LONG), min_size=1, max_size=4).map(" ".join),
    min_size=1,
    max_size=6,
)
plain_paragraphs = st.lists(
    st.lists(st.sampled_from(PLAIN + LEANING + LONG), min_size=1, max_size=5).map(" ".join), min_size=1, max_size=4
)


def article(blocks: Sequence[str]) -> tuple[str, tuple[Sentence, ...]]:
    text = "\n\n".join(blocks)
    return text, sentences.sentences(text, [LabelledSpan(0, len(text), Label.PROSE)], "en")


def quoted(text: str, words: str, *, limit: int = MAX_QUOTE) -> str:
    """The quote around the sentences that `words` begin and end."""
    _, run = article(text.split("\n\n"))
    start = text.index(words)
    inside = [n for n, one in enumerate(run) if one.start < start + len(words) and start < one.end]
    found = excerpt(text, run, (inside[0], inside[-1]), "en", limit=limit)
    assert found is not None
    return found.span.of(text)


class TestPromises:
    @given(paragraphs, st.data(), st.sampled_from([120, 300, MAX_QUOTE]))
    def test_whole_sentences_within_the_limit_with_the_answer_inside(
        self, blocks: list[str], data: st.DataObject, limit: int
    ) -> None:
        text, run = article(blocks)
        first = data.draw(st.integers(0, len(run) - 1))
        last = min(first + data.draw(st.integers(0, 1)), len(run) - 1)
        found = excerpt(text, run, (first, last), "en", limit=limit)
        shortest = min(run[first].end - run[first].start, run[last].end - run[last].start)
        assert (found is None) == (shortest > limit)
        if found is None:
            return
        assert found.span.start in {one.start for one in run}
        assert found.span.end in {one.end for one in run}
        assert len(found.span) <= limit
        assert found.span.covers(found.highlight)
        answering = [one for one in run[first : last + 1] if found.highlight.covers(one.span)]
        assert found.highlight == Span(answering[0].start, answering[-1].end)
        assert len(answering) == 1 or len(found.highlight) <= MAX_HIGHLIGHT

    @given(paragraphs, st.data())
    def test_quotation_marks_that_close_in_the_text_close_in_the_quote(
        self, blocks: list[str], data: st.DataObject
    ) -> None:
        blocks = [block for block in blocks if len(block) <= MAX_QUOTE] or [PLAIN[0]]
        assert all(map(balanced, blocks))
        text, run = article(blocks)
        place = data.draw(st.integers(0, len(run) - 1))
        found = excerpt(text, run, (place, place), "en")
        assert found is not None
        assert balanced(found.span.of(text))

    @given(plain_paragraphs, st.data())
    def test_an_opening_that_leans_takes_along_what_it_leans_on(self, blocks: list[str], data: st.DataObject) -> None:
        text, run = article(blocks)
        place = data.draw(st.integers(0, len(run) - 1))
        found = excerpt(text, run, (place, place), "en")
        if found is None:
            return
        low = next(n for n, one in enumerate(run) if one.start == found.span.start)
        if low > 0 and opens_dependent(run[low].span.of(text), "en"):
            assert place - low == MAX_STEPS_BACK or run[place].end - run[low - 1].start > MAX_QUOTE

    @given(paragraphs, st.data())
    def test_it_fills_up_to_the_limit(self, blocks: list[str], data: st.DataObject) -> None:
        text, run = article(blocks)
        place = data.draw(st.integers(0, len(run) - 1))
        if run[-1].end - run[0].start <= MAX_QUOTE:
            assert excerpt(text, run, (place, place), "en") == Excerpt(Span(run[0].start, run[-1].end), run[place].span)


class TestByExample:
    def test_a_pronoun_brings_the_person(self) -> None:
        text = "It rained. Greta Holm chairs the board. She did not say when the line might return."
        assert quoted(text, "She did not", limit=80) == text[11:]

    def test_a_quotation_is_never_left_open(self) -> None:
        text = "It rained all day in the city. “We will wait,” she said. “The boat can wait too.” Nobody came."
        for limit in (60, 80, 100):
            assert balanced(quoted(text, "“The boat can wait too.”", limit=limit))

    def test_of_two_answering_sentences_that_are_too_long_one_is_kept(self) -> None:
        text = f"The first one says {'a lot ' * 30}here. The second one says {'a lot ' * 30}there."
        assert quoted(text, text, limit=250) == text[: text.index(" The second")]

    def test_a_sentence_over_the_limit_is_not_cut_but_refused(self) -> None:
        text, run = article([f"The report lists {'pier after pier, ' * 60}and ends."])
        assert len(run[0].span) > MAX_QUOTE
        assert excerpt(text, run, (0, 0), "en") is None

    def test_the_one_who_speaks_is_named_in_the_quote_or_its_words_do_not_open_it(self) -> None:
        told = "“We were told at night,” said Greta Holm, the chair."
        goes_on = "“Nobody asked us. Nobody will.”"
        inquiry = "A judge will ask why the sirens were late."
        text = f"{told}\n\n{goes_on}\n\n{inquiry}"
        assert quoted(text, inquiry, limit=len(f"{goes_on}\n\n{inquiry}")) == inquiry
        assert quoted(text, goes_on, limit=len(f"{told}\n\n{goes_on}")) == f"{told}\n\n{goes_on}"

    def test_it_does_not_end_on_a_question_that_an_interview_asks_next(self) -> None:
        text = "Q: How high is the wall?\n\nA: Four meters.\n\nQ: Who pays?\n\nA: The city does, all of it, for good."
        assert quoted(text, "A: Four", limit=55) == text[: text.index("\n\nQ: Who")]


class TestWhatIsEmphasised:
    """Never half of what was said: an answer that is denied in the next sentence brings the denial."""

    def emphasised(self, text: str, words: str) -> str:
        _, run = article(text.split("\n\n"))
        places = [n for n, one in enumerate(run) if one.span.of(text) in words]
        first, last = answering(text, run, places[0], places[-1], "en")
        return text[run[first].start : run[last].end]

    def test_what_the_next_sentence_takes_back(self) -> None:
        claim = "In 2016 the mayor ordered the wall torn down, saying “the time has come.”"
        for back in ("It never happened.", "But that was not true.", "The report was false."):
            text = f"The wall is old. {claim} {back} It stands there still."
            assert self.emphasised(text, claim) == f"{claim} {back}"
            assert self.emphasised(text, f"The wall is old. {claim}") == f"{claim} {back}"

    def test_what_takes_back_is_not_emphasised_without_what_it_takes_back(self) -> None:
        text = "The wall is old. The mayor had it torn down. It never happened. It stands there still."
        for words in ("It never happened.", "It never happened. It stands there still."):
            assert self.emphasised(text, words) == "The mayor had it torn down. It never happened."

    def test_what_somebody_denies_in_the_same_paragraph(self) -> None:
        text = "The report names Kern as the man who signed it. Kern has denied involvement in the sale.\n\nIt rained."
        assert self.emphasised(text, text[: text.index(" Kern has")]) == text[: text.index("\n\n")]

    def test_what_an_interviewer_asks(self) -> None:
        text = "Q: Did they ask you to wait?\n\nA: “No. That rumour is wrong.”\n\nQ: Why did you stay?\n\nA: “For her.”"
        question, answer = text.split("\n\n")[:2]
        assert self.emphasised(text, question) == f"{question}\n\n{answer}"

    def test_what_nobody_denies_stays_alone(self) -> None:
        text = "The board met on Monday. It did not say when the line might return. It never rains here."
        for sentence in ("The board met on Monday.", "It did not say when the line might return."):
            assert self.emphasised(text, sentence) == sentence

    def test_a_denial_that_is_too_long_to_be_emphasised_too_changes_nothing(self) -> None:
        text = f"The mayor sold the boat. It never happened, {'as he said, ' * 40}and it never will."
        assert self.emphasised(text, "The mayor sold the boat.") == "The mayor sold the boat."


class TestEnds:
    """What a quote is filled up with ends as sentences do."""

    ANSWER = "The harbour board sold the old ferry to a shipyard in Oldport for a single crown."
    MORE = "Nobody on the quay was surprised by that."

    def test_a_loose_line_at_either_end_is_left_out(self) -> None:
        text = "\n\n".join(["Ten ferries to see before you die", self.ANSWER, self.MORE, "MORE: What ferries cost"])
        assert quoted(text, self.ANSWER) == f"{self.ANSWER}\n\n{self.MORE}"

    def test_a_loose_line_between_paragraphs_may_stay(self) -> None:
        text = "\n\n".join([self.ANSWER, "Why the ferry went", self.MORE])
        assert quoted(text, self.ANSWER) == text

    def test_a_loose_line_that_answers_is_quoted(self) -> None:
        text = "\n\n".join([self.ANSWER, self.MORE, "Tickets: ten crowns at the door"])
        assert quoted(text, "Tickets") == text

    def test_where_lines_have_no_ends_all_are_alike(self) -> None:
        text = "\n\n".join(["Ferry sold", "Board silent", "Quay empty"])
        assert quoted(text, "Board silent") == text

    def test_an_aside_opens_no_quote(self) -> None:
        before = f"The report lists {'one more pier, ' * 50}and the old quay. (It had cost ninety million.)"
        assert quoted(f"{before}\n\n{self.ANSWER}\n\n{self.MORE}", self.ANSWER) == f"{self.ANSWER}\n\n{self.MORE}"
        dated = "OLDPORT (Wire) " + self.ANSWER
        assert quoted(dated, "OLDPORT") == dated
