"""Cleaning: canonical text that Telegram leaves alone, a label for every paragraph, metadata as printed."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram_api.text import fixed

from index.clean.article import clean, paragraphs
from index.clean.canonical_text import as_sent
from index.datatypes import ArticleLabel, DateOrigin, Label, Manuscript, PartialDate, Record
from index.errors import RecordError
from index.sources.file_source import open_source

SHARED = Path(__file__).parents[4] / "shared"

awkward = st.text(
    st.one_of(
        st.sampled_from(
            "\r\n\t \u2028\u202a\u202e\u200e\u200f\u200c\u0333\u033f\u030a\u0301\u0323\x00\x1f\x85\u00a0aeÅé"
        ),
        st.characters(),
    ),
    max_size=60,
)


def cleaned(body: str, kind: str = "text", **fields: Any) -> Manuscript:
    return clean(Record(key="a.txt", format=kind, body=body, fields=fields))


def labelled(manuscript: Manuscript, label: Label) -> list[str]:
    return [one.span.of(manuscript.text) for one in manuscript.labels if one.label is label]


# as_sent


@settings(deadline=None)  # the first call loads models and patterns
@given(awkward)
def test_as_sent_changes_nothing_the_second_time(text: str) -> None:
    assert as_sent(as_sent(text)) == as_sent(text)


@settings(deadline=None)  # the first call loads models and patterns
@given(awkward)
def test_telegram_leaves_a_sent_text_alone(text: str) -> None:
    assert fixed(as_sent(text), []).text == as_sent(text)


@settings(deadline=None)  # the first call loads models and patterns
@given(awkward, st.integers(0, 60), st.integers(0, 60))
def test_a_slice_of_a_sent_text_is_a_sent_text(text: str, start: int, end: int) -> None:
    piece = as_sent(text)[start:end]
    assert as_sent(piece) == piece.strip(" \n")


@settings(deadline=None)  # the first call loads models and patterns
@given(awkward)
def test_a_sent_text_is_valid_and_composed(text: str) -> None:
    sent = as_sent(text)
    assert sent.encode().decode() == sent
    assert "\0" not in sent
    assert unicodedata.is_normalized("NFC", sent)


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("a\r\nb", "a\nb"),
        ("a\tb\x07c", "a b c"),
        ("A\u030angstrom", "Ångstrom"),
        ("x\u030ay", "xy"),
        ("e\u030a\u0301", "é"),
        ("a\u200e\u200f\u200eb", "a\u200c\u200c\u200eb"),
        ("\ud83d cut", "cut"),
        ("  around \n\n", "around"),
        ("one\u2028two", "onetwo"),
    ],
)
def test_what_telegram_rewrites(text: str, sent: str) -> None:
    assert as_sent(text) == sent


# Canonical text


@settings(deadline=None)  # the first call loads models and patterns
@given(st.lists(awkward, max_size=8).map("\n".join), awkward)
def test_labels_cover_every_paragraph_and_never_overlap(body: str, title: str) -> None:
    try:
        manuscript = cleaned(body, title=title)
    except RecordError:
        return
    text, position = manuscript.text, 0
    for one in manuscript.labels:
        assert text[position : one.start] == ("\n\n" if position else "")
        assert one.start < one.end
        assert "\n" not in one.span.of(text)
        position = one.end
    assert position == len(text)
    assert text == as_sent(text)


def test_every_kind_of_line_end_separates() -> None:
    assert paragraphs("a\r\n\r\nb\rc\u2029d\u2028e\x0bf\x85g") == ["a", "b", "c", "d", "e", "f", "g"]


def test_lines_wrapped_by_hand_are_joined() -> None:
    body = (
        "The council met on Tuesday evening and talked for three hours about\n"
        "the bridge, which has been closed to lorries since the spring of the\n"
        "year before last.\n\n"
        "Nothing was decided."
    )
    assert [len(paragraph.split("\n")) for paragraph in paragraphs(body)] == [1, 1]
    assert paragraphs(body)[0].endswith("closed to lorries since the spring of the year before last.")


def test_short_lines_stay_apart() -> None:
    assert paragraphs("By Jane Doe\nThe Paper\n\nText.") == ["By Jane Doe", "The Paper", "Text."]


def test_invisible_characters_that_hide_words_go() -> None:
    assert paragraphs("\ufeffinter\u00adnational  trade\u00a0") == ["international trade"]


def test_a_record_without_text_is_an_error_that_names_it() -> None:
    with pytest.raises(RecordError, match=r"a\.txt has no text") as caught:
        cleaned(" \n\n ")
    assert caught.value.key == "a.txt"
    with pytest.raises(RecordError, match="has a headline and no text"):
        cleaned("", title="Only a headline")
    with pytest.raises(RecordError, match="has no text"):
        cleaned("Advertisement\n\nSign up for our newsletter.")


# Metadata


def test_fields_go_before_what_the_text_says() -> None:
    body = "Another headline\n\nBy Somebody Else\n\nPublished May 1, 2020\n\nText is here.\n\n© 2019 Another Paper"
    metadata = cleaned(
        body,
        title="The headline",
        outlet="The Paper",
        authors=["By Jane Doe and John Roe Jr."],
        published="2024-05-06",
        agency="AP",
        url="https://www.example.com/2023/01/02/x",
    ).metadata
    assert metadata.title == "The headline"
    assert metadata.outlet == "The Paper"
    assert metadata.authors == ("Jane Doe", "John Roe Jr.")
    assert (str(metadata.published), metadata.date_origin) == ("2024-05-06", DateOrigin.FIELD)
    assert metadata.agency == "AP"


def test_without_title_and_date_nothing_is_invented() -> None:
    manuscript = cleaned("The mayor said on Tuesday that the bridge would stay closed. Nobody was pleased.")
    assert manuscript.metadata.title == ""
    assert manuscript.metadata.published is None
    assert manuscript.metadata.date_origin is DateOrigin.NONE
    assert manuscript.notes == ("no headline found", "no publication date found")


@pytest.mark.parametrize(
    ("body", "url", "date", "origin"),
    [
        ("Published Nov. 21, 2017\n\nText.", None, "2017-11-21", DateOrigin.TEXT),
        ("PORT ELLERY, Sept. 3, 2025 — Text.", None, "2025-09-03", DateOrigin.DATELINE),
        ("Text.", "https://example.com/2022/06/17/x/index.html", "2022-06-17", DateOrigin.URL),
        ("Text.\n\n© 2017 The Paper", None, "2017", DateOrigin.COPYRIGHT),
        ("Text.\n\n© 2022 The Paper", "https://example.com/2022/06/17/x", "2022-06-17", DateOrigin.URL),
        ("MOSCOW, Nov. 21 (Reuters) - Text.", None, None, DateOrigin.NONE),
        ("Updated Nov. 21, 2017\n\nText.", None, None, DateOrigin.NONE),
        ("A bridge on May 5, 2016. (Jane Doe/The Paper)\n\nText.", None, None, DateOrigin.NONE),
    ],
)
def test_a_date_has_its_origin(body: str, url: str | None, date: str | None, origin: DateOrigin) -> None:
    metadata = cleaned(f"A headline\n\n{body}", title="A headline", url=url).metadata
    assert metadata.published == (PartialDate(date) if date else None)
    assert metadata.date_origin is origin


def test_the_time_of_day_is_kept_where_it_is_known() -> None:
    given_time = cleaned("Text.", published="2024-05-06T00:30:00+02:00").metadata
    assert str(given_time.published) == "2024-05-06"
    assert given_time.published_at == datetime(2024, 5, 6, 0, 30, tzinfo=timezone(timedelta(hours=2)))
    assert cleaned("Text.", published="2024-05-06 07:08").metadata.published_at == datetime(
        2024, 5, 6, 7, 8, tzinfo=UTC
    )
    assert cleaned("Text.", published="2024-05-06").metadata.published_at is None


def test_the_host_stands_in_for_an_unknown_outlet() -> None:
    assert cleaned("Text.", url="https://www.example.com/a").metadata.outlet == "example.com"
    assert cleaned("Text.", url="http://[broken").metadata.outlet is None
    assert cleaned("Text.").metadata.outlet is None


def test_a_desk_is_not_an_author() -> None:
    metadata = cleaned("Text.", url="https://cnn.com/a", authors=["Cnn Business", "Jane Doe"]).metadata
    assert metadata.authors == ("Jane Doe",)


@pytest.mark.parametrize(
    ("fields", "label"),
    [
        ({"label": "Opinion"}, ArticleLabel.OPINION),
        ({"title": "Opinion: Build the wall"}, ArticleLabel.OPINION),
        ({"title": "Opinion | Build the wall"}, ArticleLabel.OPINION),
        ({"title": "Мнение: стройте стену"}, ArticleLabel.OPINION),
        ({"url": "https://example.com/opinion/2024/a"}, ArticleLabel.OPINION),
        ({"title": "Live updates: the storm"}, ArticleLabel.LIVE),
        ({"url": "https://example.com/live/storm"}, ArticleLabel.LIVE),
        ({"title": "Correction: the bridge"}, ArticleLabel.CORRECTION),
        ({"label": "Sponsored content"}, ArticleLabel.SPONSORED),
        ({"label": "News", "title": "Live music returns to the square"}, None),
        ({"title": "Opinion is divided over the wall"}, None),
        ({"url": "https://example.com/news/live"}, None),
        ({"title": "Correction officers walk out"}, None),
    ],
)
def test_what_is_not_plain_news_is_labelled(fields: dict[str, str], label: ArticleLabel | None) -> None:
    assert cleaned("Text stands here.", **fields).metadata.label is label


LANGUAGES = {
    "en": "The bridge over the river was closed on Tuesday after divers had found a long crack in one of its pillars.",
    "de": "Die Brücke über den Fluss wurde am Dienstag gesperrt, nachdem Taucher einen Riss gefunden hatten.",
    "es": "El puente sobre el río fue cerrado el martes después de que los buzos encontraran una larga grieta.",
    "ru": "Мост через реку был закрыт во вторник после того, как водолазы обнаружили в опоре длинную трещину.",
    "ar": "أُغلق الجسر فوق النهر يوم الثلاثاء بعد أن عثر الغواصون على شق طويل في أحد أعمدته.",
    "zh": "潜水员在一根桥墩上发现一条长裂缝后，这座跨河大桥于星期二关闭，市政府发言人说。",
}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_language_is_recognised(lang: str) -> None:
    assert cleaned(LANGUAGES[lang]).metadata.lang == lang


def test_a_given_language_is_taken_and_a_short_text_has_none() -> None:
    assert cleaned("Text.", language="de-AT").metadata.lang == "de"
    assert cleaned("Text.").metadata.lang == "und"


# Whole articles


def test_captions_and_headings_that_the_source_marks_are_labelled() -> None:
    manuscript = cleaned(
        "Text one.\n\nA heading.\n\nText two.\n\nThe mayor at work.",
        kind="html",
        captions=["The  mayor at work."],
        headings=["A heading."],
    )
    assert labelled(manuscript, Label.CAPTION) == ["The mayor at work."]
    assert labelled(manuscript, Label.HEADING) == ["A heading."]


def test_the_article_on_syria_is_read_as_a_person_reads_it() -> None:
    path = SHARED / "articles" / "russia-syria-2017.txt"
    if not path.exists():
        pytest.skip("the shared articles are not here")
    [raw] = open_source(path).records()
    assert not isinstance(raw, RecordError)
    manuscript = clean(raw.load())
    metadata = manuscript.metadata
    assert metadata.title.startswith("Russia’s military role")
    assert metadata.title.endswith("Assad")
    assert metadata.outlet == "Los Angeles Times"
    assert metadata.agency == "Tribune Content Agency, LLC"
    assert (str(metadata.published), metadata.date_origin) == ("2017", DateOrigin.COPYRIGHT)
    assert str(metadata.caption_date) == "2017-11-21"
    assert metadata.authors == ("Aryres", "Zavis", "Wilkinson")
    assert metadata.contributors == ("Laura King", "Noah Bierman", "Nabih Bulos")
    assert metadata.lang == "en"
    kinds = [one.label for one in manuscript.labels]
    assert kinds[:3] == [Label.FURNITURE, Label.HEADING, Label.CAPTION]
    assert kinds[-4:] == [Label.CREDIT, Label.FURNITURE, Label.FURNITURE, Label.FURNITURE]
    assert set(kinds[3:-4]) == {Label.PROSE}
    assert manuscript.notes == ()


def test_every_real_article_can_be_cleaned_and_most_of_it_is_prose() -> None:
    path = SHARED / "newsqa" / "articles.jsonl.gz"
    if not path.exists():
        pytest.skip("the shared articles are not here")
    prose = everything = 0
    for number, raw in enumerate(open_source(path).records()):
        if number % 20:
            continue
        assert not isinstance(raw, RecordError)
        manuscript = clean(raw.load())
        assert manuscript.text == as_sent(manuscript.text)
        assert manuscript.metadata.date_origin is DateOrigin.FIELD
        prose += sum(len(text) for text in labelled(manuscript, Label.PROSE))
        everything += len(manuscript.text)
    assert 0.93 < prose / everything < 0.99
