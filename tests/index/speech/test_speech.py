"""Who speaks: right on the labelled quotations, silent where it is not certain, and always in the words of the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.clean.sentences import sentences
from index.datatypes import Label, LabelledSpan, Span, Speaker
from index.speech import balanced, opens_dependent, quotations, speaker

SYRIA = Path(__file__).parents[4] / "shared" / "articles" / "russia-syria-2017.txt"
WORDS = st.sampled_from(
    [
        *(
            "“",
            "”",
            '"',
            "‘",
            "’",
            "«",
            "»",
            "„",
            "(",
            ")",
            ",",
            ".",
            ":",
            ";",
            "?",
            "!",
            "—",
            "\n\n",
            "he",
            "She",
            "the",
        ),
        *("said", "says", "saying", "told", "according to", "The", "of", "Ann Lee", "Dr.", "Putin", "Ministry", "and"),
        *("minister", "a fellow at", "who", "insisting that", "it rained", "Q:", "Falk:", "Why?", "сказал", "Белов"),
        *("sagte", "U.S.", "— Jo Day (@jo) May 1, 2024"),
    ]
)


@dataclass(frozen=True)
class Case:
    text: str
    span: Span
    name: str
    about: str


def cases() -> Iterator[Case]:
    """The labelled quotations: text (¶ is a blank line), quoted words asked about, name or nothing, description."""
    for line in (Path(__file__).with_name("quotations.tsv")).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            text, quoted, name, about = (*line.split("\t"), "", "")[:4]
            text = text.replace("¶", "\n\n")
            at = text.index(quoted)
            yield Case(text, Span(at, at + len(quoted)), name, about)


def ask(text: str, span: Span | None = None, lang: str = "en") -> Speaker | None:
    found = sentences(text, [LabelledSpan(0, len(text), Label.PROSE)], lang)
    return speaker(text, found, span or Span(0, len(text)))


def test_the_labelled_quotations_are_enough_and_of_every_kind() -> None:
    known = list(cases())
    assert len(known) >= 150
    assert sum(not case.name for case in known) >= 35


def test_a_name_given_is_right() -> None:
    given_names = [(case, found) for case in cases() if (found := ask(case.text, case.span))]
    right = sum(found.name == case.name for case, found in given_names)
    assert right / len(given_names) >= 0.97


def test_most_speakers_are_found() -> None:
    named = [case for case in cases() if case.name]
    found = [ask(case.text, case.span) for case in named]
    right = sum(each is not None and each.name == case.name for case, each in zip(named, found, strict=True))
    assert right / len(named) >= 0.95


def test_descriptions_stand_apart_from_names() -> None:
    named = [case for case in cases() if case.name]
    found = [(case, ask(case.text, case.span)) for case in named]
    right = sum(each is not None and (each.description or "") == case.about for case, each in found)
    assert right / len(named) >= 0.95


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("49 years", "Anna Borshchevskaya"),
        ("What they want to do is limit", "Anna Borshchevskaya"),
        ("nearing completion", "Putin"),
        ("all the tasks have been", "Putin"),
        ("forced to declare my resignation", "Riyad Hijab"),
        ("lengthen the life", "Riyad Hijab"),
        ("strange thing", "Osama Abu Zaid"),
        ("unite on a constructive basis", "Sergei Lavrov"),
        ("great call", None),
        ("political process", None),
        ("humiliating loss", None),
    ],
)
def test_a_real_article(words: str, expected: str | None) -> None:
    if not SYRIA.exists():
        pytest.skip("the article is not at hand")
    text = SYRIA.read_text("utf-8")
    at = text.index(words)
    found = ask(text, Span(at, at + len(words)))
    assert (found.name if found else None) == expected


def test_a_whole_sentence_may_be_asked_about() -> None:
    text = "Boyle called it a “great day,” telling reporters, “We are speaking of peace at last.”"
    assert ask(text) == Speaker("Boyle")


def test_words_of_two_speakers_have_no_single_one() -> None:
    assert ask("“We are ready,” Surikov said.\n\n“So are we all,” said Olga Brandt.") is None


def test_narration_has_no_speaker() -> None:
    assert ask("The two ministers met in Vienna. Surikov left early.") is None


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=60), st.data())
def test_a_speaker_is_always_printed_in_the_text(parts: list[str], data: st.DataObject) -> None:
    text = " ".join(parts)
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    found = ask(text, span)
    if found is not None:
        assert found.name
        assert found.name in text
        assert "\n" not in found.name
        assert found.description is None or found.description in text


@settings(deadline=None)
@given(st.text(max_size=120))
def test_any_text_is_read_without_an_error(text: str) -> None:
    if text:
        ask(text)
    for span in quotations(text):
        assert span.of(text)
    assert balanced(text) in (True, False)


def test_a_very_long_paragraph_of_quotations_is_read() -> None:
    text = "“We waited for the boats,” said Ann Lee. " + "“No boat came that day.” " * 800
    at = text.rindex("No boat")
    assert ask(text, Span(at, at + 7)) == Speaker("Ann Lee")


def test_quotations_are_found_with_their_marks() -> None:
    text = 'He said "yes." She wrote: “No. ‘Nie’?” «Да», »so« 6\'5" tall (x) “and on'
    assert [span.of(text) for span in quotations(text)] == ['"yes."', "“No. ‘Nie’?”", "«Да»", "»so«", "“and on"]


def test_a_quotation_left_open_ends_with_its_paragraph() -> None:
    text = "“It began.\n\n“It ended,” he said."
    assert [span.of(text) for span in quotations(text)] == ["“It began.", "“It ended,”"]


def test_apostrophes_open_nothing() -> None:
    assert quotations("It's the clubs' own fault, the '90s' last. Don't ask.") == []


@pytest.mark.parametrize(
    "text",
    ["“A (b) c.”", 'He said "a" and "b".', "«Да»", "„Ja“", "1) One. b) Two.", "6'5\" tall", "“A.\n\n“B,” he said.", ""],
)
def test_balanced(text: str) -> None:
    assert balanced(text)


@pytest.mark.parametrize("text", ["“A b.", "a b.”", 'He said "a.', 'a," he said.', "(a", "but)", "«Да", "“a)”"])
def test_not_balanced(text: str) -> None:
    assert not balanced(text)


@pytest.mark.parametrize(
    ("sentence", "lang"),
    [
        ("He left.", "en"),
        ("“They lied,” Kemp said.", "en"),
        ("But the bridge held.", "en"),
        ("The move angered unions.", "en"),
        ("The company said so.", "en"),
        ("The new law takes effect in May.", "en"),
        ("This was new.", "en"),
        ("The 35-year-old had never won the cup.", "en"),
        ("Doch er ging.", "de"),
        ("Sin embargo, nadie fue.", "es"),
        ("Он ушёл.", "ru"),
    ],
)
def test_sentences_that_lean_on_the_one_before(sentence: str, lang: str) -> None:
    assert opens_dependent(sentence, lang)


@pytest.mark.parametrize(
    ("sentence", "lang"),
    [
        ("Helen Marsh left.", "en"),
        ("The Energy Ministry said so.", "en"),
        ("The River Elm rose.", "en"),
        ("The number of fires fell.", "en"),
        ("The group Clean Harbour sued.", "en"),
        ("Italy voted.", "en"),
        ("A 35-year-old won the cup.", "en"),
        ("The 120-year-old bridge fell.", "en"),
        ("Theresa Day won.", "en"),
        ("他走了。", "zh"),
        ("", "en"),
    ],
)
def test_sentences_that_stand_alone(sentence: str, lang: str) -> None:
    assert not opens_dependent(sentence, lang)
