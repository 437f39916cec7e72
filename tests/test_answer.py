"""Which hits are quoted, and who is named as the speaker of the emphasised words."""

from __future__ import annotations

from test_render import card, citation

from index import segment
from index.answer import SHOWN, distinct, said_by
from index.datatypes import Citation, Label, LabelledSpan, Metadata, Span, Version

KERN = "“Nobody here wants a wall,” said Ivo Kern, who lives there."
PLAIN = "The wall was built in 1794."
TOLD = "According to Greta Holm, the line is closed."


def named(*emphasised: str) -> str | None:
    """The speaker named for these sentences, which stand in one paragraph."""
    text = " ".join(emphasised)
    sentences = segment.sentences(text, [LabelledSpan(0, len(text), Label.PROSE)], "en")
    assert len(sentences) == len(emphasised)
    version = Version(1, 1, text, "", Metadata(lang="en"), sentences)
    found = said_by(version, Span(0, len(text)))
    return found.name if found else None


def test_quoted_words_beside_the_narrators_have_their_speaker() -> None:
    assert named(KERN) == "Ivo Kern"
    assert named(PLAIN, KERN) == "Ivo Kern"


def test_what_is_reported_without_quotation_marks_names_nobody_for_the_sentence_beside_it() -> None:
    assert named(TOLD) == "Greta Holm"
    assert named(TOLD, PLAIN) is None
    assert named(PLAIN, TOLD) is None


def test_the_narrators_words_have_no_speaker() -> None:
    assert named(PLAIN) is None


def quote(start: int, end: int, told: tuple[int, int], *, version: int = 1) -> Citation:
    """A quote of text[start:end] whose emphasised words are text[told]."""
    inside = Span(told[0] - start, told[1] - start)
    return citation("x" * (end - start), version_id=version, span=Span(start, end), highlight=inside)


def test_what_an_earlier_quote_shows_is_not_quoted_again() -> None:
    first, same = quote(0, 500, (100, 200)), quote(300, 800, (400, 500))
    assert distinct([first, same]) == (first,)


def test_what_only_begins_in_an_earlier_quote_is_quoted() -> None:
    first, other = quote(0, 500, (100, 200)), quote(300, 900, (600, 700))
    assert distinct([first, other]) == (first, other)


def test_the_same_place_of_another_article_is_another_quote() -> None:
    first, other = quote(0, 500, (100, 200)), quote(0, 500, (100, 200), version=2)
    assert distinct([first, other]) == (first, other)


def test_an_article_that_may_not_be_quoted_is_named_once() -> None:
    withheld = [citation("", withheld="link_only", highlight=None, span=Span(n, n + 9)) for n in (0, 50)]
    other = citation("", withheld="link_only", highlight=None, article=card(id=8))
    assert distinct([*withheld, other]) == (withheld[0], other)


def test_an_answer_has_few_quotes() -> None:
    assert len(distinct(quote(n, n + 10, (n, n + 5)) for n in range(0, 200, 20))) == SHOWN
