"""Reading on around a quote: whole paragraphs, page by page, never more of an article than its rights allow."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from index.answer.reading_on import PAGE, Reading, reading
from index.clean import sentences
from index.datatypes import Label, LabelledSpan, Metadata, Span, Version

sentence = st.integers(2, 60).map(lambda n: f"The board met {'again and ' * n}left.")
blocks = st.lists(
    st.tuples(
        st.lists(sentence, min_size=1, max_size=5).map(" ".join),
        st.sampled_from([Label.PROSE] * 6 + [Label.HEADING, Label.CAPTION, Label.FURNITURE]),
    ),
    min_size=1,
    max_size=25,
)


def version(paragraphs: list[tuple[str, Label]]) -> Version:
    text, labels = "", []
    for words, label in paragraphs:
        text += "\n\n" if text else ""
        labels.append(LabelledSpan(len(text), len(text) + len(words), label))
        text += words
    return Version(1, 1, text, "", Metadata(), sentences.sentences(text, labels, "en"))


@st.composite
def quotes(draw: st.DrawFn) -> tuple[Version, Span]:
    """An article with prose in it, and one to three neighbouring sentences of one paragraph of it."""
    article = version([("It begins here with a line of prose.", Label.PROSE), *draw(blocks)])
    prose = [one for one in article.sentences if one.label is Label.PROSE]
    first = draw(st.integers(0, len(prose) - 1))
    last = first
    while last + 1 < len(prose) and last - first < 2 and prose[last + 1].paragraph == prose[first].paragraph:
        last += 1
    return article, Span(prose[first].start, prose[last].end)


def pages(found: Reading) -> list[Span]:
    return [found.page(number) for number in range(found.first, found.last + 1)]


class TestPromises:
    @given(quotes(), st.floats(0, 1))
    def test_the_share_is_never_exceeded_but_by_the_quote_itself(
        self, quoted: tuple[Version, Span], share: float
    ) -> None:
        article, quote = quoted
        found = reading(article, quote, share)
        shown = pages(found)[-1].end - pages(found)[0].start
        whole = sum(len(one.span) for one in article.sentences)
        assert shown <= max(share * whole, len(quote))

    @given(quotes(), st.floats(0, 1))
    def test_pages_are_in_order_never_overlap_and_page_0_holds_the_quote(
        self, quoted: tuple[Version, Span], share: float
    ) -> None:
        article, quote = quoted
        found = reading(article, quote, share)
        ranges = pages(found)
        assert found.first <= 0 <= found.last
        assert found.page(0).covers(quote)
        for one, following in pairwise(ranges):
            assert one.end <= following.start
            assert not article.text[one.end : following.start].strip(), "between two pages no words are left out"
        assert found.page(found.first - 5) == ranges[0]
        assert found.page(found.last + 5) == ranges[-1]

    @given(quotes(), st.floats(0, 1))
    def test_a_page_is_whole_paragraphs_or_just_the_quote(self, quoted: tuple[Version, Span], share: float) -> None:
        article, quote = quoted
        starts = {min(s.start for s in article.sentences if s.paragraph == one.paragraph) for one in article.sentences}
        ends = {max(s.end for s in article.sentences if s.paragraph == one.paragraph) for one in article.sentences}
        for span in pages(reading(article, quote, share)):
            assert span == quote or (span.start in starts and span.end in ends)

    @given(quotes(), st.floats(0, 1))
    def test_a_page_is_short_unless_one_paragraph_is_long(self, quoted: tuple[Version, Span], share: float) -> None:
        article, quote = quoted
        for span in pages(reading(article, quote, share)):
            inside = {one.paragraph for one in article.sentences if span.covers(one.span)}
            assert len(span) <= PAGE or len(inside) == 1 or span.covers(quote)

    @given(quotes(), st.floats(0, 1))
    def test_furniture_is_on_no_page(self, quoted: tuple[Version, Span], share: float) -> None:
        article, quote = quoted
        found = reading(article, quote, share)
        covered = [one for span in pages(found) for one in article.sentences if span.covers(one.span)]
        assert all(one.label in (Label.PROSE, Label.HEADING) for one in covered)
        length = sum(len(article.text[span.start : span.end].strip()) for span in pages(found))
        assert length == sum(map(len, pages(found)))


class TestByExample:
    ARTICLE = version([(f"Paragraph {n} of the story stands here.", Label.PROSE) for n in range(100)])

    def quote(self, paragraph: int) -> Span:
        return self.ARTICLE.sentences[paragraph].span

    def test_a_quarter_is_shown_as_much_before_as_after(self) -> None:
        found = reading(self.ARTICLE, self.quote(50), 0.25)
        first, last = found.page(found.first), found.page(found.last)
        assert found.limited
        assert abs((self.quote(50).start - first.start) - (last.end - self.quote(50).end)) <= 45
        assert 0.2 < (last.end - first.start) / len(self.ARTICLE.text) <= 0.25

    def test_at_the_beginning_the_share_goes_to_what_follows(self) -> None:
        found = reading(self.ARTICLE, self.quote(0), 0.5)
        assert (found.first, found.last) == (0, 1)
        assert found.page(1).end > 0.4 * len(self.ARTICLE.text)

    def test_the_whole_article_may_be_read_where_the_rights_allow_it(self) -> None:
        found = reading(self.ARTICLE, self.quote(50), 1.1)
        assert not found.limited
        assert (found.page(found.first).start, found.page(found.last).end) == (0, len(self.ARTICLE.text))

    def test_no_share_leaves_the_quote(self) -> None:
        found = reading(self.ARTICLE, self.quote(50), 0.0)
        assert (pages(found), found.limited) == ([self.quote(50)], True)

    def test_a_caption_is_read_with_captions_only(self) -> None:
        article = version([("Prose.", Label.PROSE), ("The boat at the quay.", Label.CAPTION), ("More.", Label.PROSE)])
        caption = next(one.span for one in article.sentences if one.label is Label.CAPTION)
        assert pages(reading(article, caption, 1.0)) == [caption]
