"""Which hits are quoted, and who is named as the speaker of the emphasised words."""

from __future__ import annotations

from citations import card, citation

from index.answer.citation import SHOWN, cite, distinct, said_by
from index.clean import sentences as segment
from index.datatypes import Citation, Hit, Label, LabelledSpan, Metadata, OutletRights, Passage, Span, Version, Withheld
from index.question.analysis import analyse

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
    withheld = [citation("", withheld=Withheld.LINK_ONLY, highlight=None, span=Span(n, n + 9)) for n in (0, 50)]
    other = citation("", withheld=Withheld.LINK_ONLY, highlight=None, article=card(id=8))
    assert distinct([*withheld, other]) == (withheld[0], other)


def test_an_answer_has_few_quotes() -> None:
    assert len(distinct(quote(n, n + 10, (n, n + 5)) for n in range(0, 200, 20))) == SHOWN


LEAD = "Greta Holm opened the new bridge over the Tassen on Monday, after nine years of work and two floods."
MIDDLE = [
    f"Speaker number {n} of the day thanked the builders, the council and the weather at some length." for n in range(3)
]
FACT = "The bridge over the Tassen took 57 million crowns and 412 workers."
AFTER = [f"Stand {n} sold hot soup, bread and small flags to those who had come by bus or on foot." for n in range(8)]


def quoted(question: str, *, passage: int, headline: str = "") -> Citation:
    """What is quoted of an article of which the first `passage` sentences were found."""
    told = [LEAD, *MIDDLE, FACT, *AFTER]
    text = "\n\n".join(told)
    found = segment.sentences(text, [LabelledSpan(0, len(text), Label.PROSE)], "en")
    version = Version(1, 1, text, "", Metadata(title=headline, lang="en"), found)
    span = Span(0, found[passage - 1].end)
    hit = Hit(Passage(1, 1, span, Label.PROSE), card(), bm25=1.0, cosine=None, score=1.0, confidence=1.0)
    return cite(analyse(question, "en"), hit, version, OutletRights())


def test_a_quote_keeps_to_the_passage_that_was_found_and_opens_with_it() -> None:
    quote = quoted("How many workers did the bridge over the Tassen take?", passage=5)
    assert quote.text.startswith(LEAD)
    assert FACT in quote.text
    assert quote.highlight is not None
    assert "412 workers" in quote.text[quote.highlight.start : quote.highlight.end]


def test_the_headline_helps_to_tell_which_sentence_answers() -> None:
    quote = quoted("What did the bridge over the Tassen see?", passage=5, headline="Greta Holm opens bridge")
    assert quote.highlight is not None
    assert quote.text[quote.highlight.start : quote.highlight.end].startswith(LEAD)
