"""Sentences are exact, whole and in order; passages are runs of them that lose nothing."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.clean import sentences as segment
from index.clean.sentences import passages, sentences
from index.datatypes import Label, LabelledSpan, Sentence

CASES = [
    line.split("\t")
    for line in (Path(__file__).with_name("sentences.txt")).read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]
QUOTABLE = (Label.PROSE, Label.CAPTION, Label.CREDIT)
ALPHABET = st.sampled_from(
    [
        *"aB9é .!?…,:;()[]\"'“”‘’„«»\n\t-—",
        "\n\n",
        "U.S. ",
        "Gov. ",
        "said. ",
        "The ",
        "世",
        "。",
        "「",
        "」",
        "م",
        "؟",
        "Й",
        "👍🏽",
        "\u00a0",
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(ALPHABET, max_size=120).map("".join))
LANGUAGES = st.sampled_from(["en", "de", "es", "ru", "ar", "zh", "ja", "fr", "und", "xx", ""])


def prose(text: str, lang: str = "en") -> tuple[Sentence, ...]:
    return sentences(text, [LabelledSpan(0, len(text), Label.PROSE)], lang) if text else ()


def strings(text: str, lang: str = "en") -> list[str]:
    return [sentence.span.of(text) for sentence in prose(text, lang)]


@st.composite
def articles(draw: st.DrawFn) -> tuple[str, list[LabelledSpan]]:
    """Paragraphs with labels, as the cleaner lays them: in order, some text under no label."""
    text, labels = "", []
    for _ in range(draw(st.integers(0, 6))):
        paragraph, label = draw(TEXTS), draw(st.sampled_from([*Label, None]))
        if paragraph and label is not None:
            labels.append(LabelledSpan(len(text), len(text) + len(paragraph), label))
        text += paragraph + "\n\n"
    return text, labels


@pytest.mark.parametrize(("lang", "marked"), CASES, ids=range(len(CASES)))
def test_hard_paragraphs_end_where_a_reader_ends_them(lang: str, marked: str) -> None:
    assert strings(marked.replace("¦", ""), lang) == [part.strip() for part in marked.split("¦")]


def test_a_long_quotation_is_split_inside() -> None:
    text = "“" + "We waited for the boats until it was dark, and no boat came. " * 6 + "Then we walked home,” Ito said."
    parts = strings(text)
    assert len(parts) == 7
    assert parts[-1] == "Then we walked home,” Ito said."


def test_no_closing_mark_stands_alone() -> None:
    text = "“It is late. ” He left. (They did not answer.) “So be it.” ”"
    assert all(any(c.isalpha() for c in part) and part[0] not in "”)" for part in strings(text))


def test_sentences_stop_at_blank_lines_and_count_paragraphs() -> None:
    text = "An unfinished line\n\nOne. of those\nwrapped lines.\n \nEnd of it."
    found = prose(text)
    assert [(s.span.of(text), s.paragraph) for s in found] == [
        ("An unfinished line", 0),
        ("One. of those\nwrapped lines.", 1),
        ("End of it.", 2),
    ]


def test_furniture_and_unlabelled_text_hold_no_sentences() -> None:
    text = "Sign up now.\n\nIt rained.\n\nNot ours."
    labels = [LabelledSpan(0, 12, Label.FURNITURE), LabelledSpan(14, 24, Label.PROSE)]
    assert sentences(text, labels, "en") == (Sentence(14, 24, Label.PROSE, 1),)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(articles(), LANGUAGES)
def test_sentences_are_exact_slices_that_lose_nothing(article: tuple[str, list[LabelledSpan]], lang: str) -> None:
    text, labels = article
    found = sentences(text, labels, lang)
    covered: set[int] = set()
    end = paragraph = 0
    for sentence in found:
        part = sentence.span.of(text)
        assert part and part == part.strip()
        assert sentence.start >= end
        assert sentence.paragraph >= paragraph
        assert "\n\n" not in part
        assert any(label.span.covers(sentence.span) and label.label is sentence.label for label in labels)
        end, paragraph = sentence.end, sentence.paragraph
        covered.update(range(sentence.start, sentence.end))
    for label in labels:
        if label.label is not Label.FURNITURE:
            assert all(text[at].isspace() or at in covered for at in range(label.start, label.end))


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(articles(), LANGUAGES)
def test_every_quotable_sentence_is_in_a_passage_of_whole_sentences(
    article: tuple[str, list[LabelledSpan]], lang: str
) -> None:
    text, labels = article
    found = sentences(text, labels, lang)
    spans = passages(text, found)
    starts, ends = {s.start for s in found}, {s.end for s in found}
    for span, label in spans:
        assert span.start in starts
        assert span.end in ends
        assert {s.label for s in found if span.covers(s.span)} == {label}
    for sentence in found:
        if sentence.label in QUOTABLE:
            assert any(span.covers(sentence.span) and label is sentence.label for span, label in spans)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(1, 250), st.sampled_from([" ", "\n\n"])), max_size=40))
def test_passages_keep_the_limits_and_move_on(shape: list[tuple[int, str]]) -> None:
    text = "".join("Word " + "word " * (length - 1) + "ends." + gap for length, gap in shape)
    found = prose(text)
    assert len(found) == len(shape)
    spans = passages(text, found)
    for span, _ in spans:
        inside = [s for s in found if span.covers(s.span)]
        if len(inside) > 1:
            assert len(span.of(text).split()) <= segment.MAX_WORDS
            assert len(span) <= segment.MAX_CHARACTERS
    assert all(a.start < b.start and a.end < b.end for (a, _), (b, _) in pairwise(spans))


def test_neighbouring_passages_share_one_short_sentence() -> None:
    text = " ".join(f"Sentence number {n} has exactly seven words." for n in range(60))
    spans = [span for span, _ in passages(text, prose(text))]
    for before, after in pairwise(spans):
        shared = text[after.start : before.end]
        assert len(strings(shared)) == 1


def test_a_long_sentence_is_not_repeated() -> None:
    long = "Word" + " word" * 69 + "."
    text = " ".join([long] * 6)
    spans = [span for span, _ in passages(text, prose(text))]
    assert all(before.end < after.start for before, after in pairwise(spans))


def test_a_passage_over_120_words_ends_with_its_paragraph() -> None:
    paragraph = " ".join(["Nine plain words stand in each of these sentences."] * 7)
    text = "\n\n".join([paragraph] * 4)
    assert passages(text, prose(text))[0][0].end == len(paragraph) * 2 + 2


def test_a_sentence_over_the_limit_is_a_passage_of_its_own() -> None:
    text = "It began.\n\n" + "word " * 400 + "ends.\n\nIt was over."
    spans = passages(text, prose(text))
    assert [span.of(text)[-5:] for span, _ in spans] == ["egan.", "ends.", "over."]


def test_headings_and_furniture_break_prose_and_belong_to_none() -> None:
    text = "First.\n\nSubhead\n\nSecond.\n\nSign up\n\nThird."
    labels = [
        LabelledSpan(0, 6, Label.PROSE),
        LabelledSpan(8, 15, Label.HEADING),
        LabelledSpan(17, 24, Label.PROSE),
        LabelledSpan(26, 33, Label.FURNITURE),
        LabelledSpan(35, 41, Label.PROSE),
    ]
    spans = passages(text, sentences(text, labels, "en"))
    assert [span.of(text) for span, _ in spans] == ["First.", "Second.", "Third."]


def test_a_text_of_headings_alone_is_still_found() -> None:
    text = "Mayor quits"
    assert [label for _, label in passages(text, sentences(text, [LabelledSpan(0, 11, Label.HEADING)], "en"))] == [
        Label.HEADING
    ]


def test_two_cjk_characters_count_as_one_word() -> None:
    text = "市长今天说会议已经结束了。" * 60
    assert len(passages(text, prose(text, "zh"))[0][0]) > segment.MAX_WORDS * 2 - 30
