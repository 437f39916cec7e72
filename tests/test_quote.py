"""What a quote takes along: whole sentences, nothing cut that changes the sense, never more than may be shown."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from index import segment
from index.datatypes import Label, LabelledSpan, Sentence, Span
from index.quote import MAX_HIGHLIGHT, MAX_QUOTE, MAX_STEPS_BACK, Excerpt, excerpt
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
    return text, segment.sentences(text, [LabelledSpan(0, len(text), Label.PROSE)], "en")


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
