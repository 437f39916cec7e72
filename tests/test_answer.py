"""Who is named as the speaker of the emphasised words."""

from __future__ import annotations

from index import segment
from index.answer import said_by
from index.datatypes import Label, LabelledSpan, Metadata, Span, Version

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
