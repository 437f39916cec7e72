"""A post of a channel as an article: its headline, its words, its furniture, where it is from."""

from __future__ import annotations

import pytest
from posts import NOON, Part, kept, message

from index.clean.article import clean
from index.datatypes import Label, Manuscript
from index.errors import RecordError
from index.sources.telegram import post


def article(*given: Part, handle: str | None = None, **more: object) -> Manuscript:
    return clean(post.read(kept(message(7, *given, **more)), key="7", name="Harbour News 7", handle=handle))


def labelled(paper: Manuscript, label: Label) -> list[str]:
    return [one.span.of(paper.text) for one in paper.labels if one.label is label]


def test_a_first_line_that_stands_apart_is_the_headline_and_not_repeated_in_the_text() -> None:
    paper = article("Ferry to Norholm cancelled\n\nThe ferry stops for the winter. It needs an engine.")
    assert paper.metadata.title == "Ferry to Norholm cancelled"
    assert labelled(paper, Label.HEADING) == ["Ferry to Norholm cancelled"]
    assert labelled(paper, Label.PROSE) == ["The ferry stops for the winter. It needs an engine."]


def test_a_bold_first_line_is_a_headline_even_with_a_full_stop() -> None:
    paper = article(("custom_emoji", "🔥"), ("bold", "Council votes."), "\nThe council voted 9 to 3.")
    assert paper.metadata.title == "Council votes."
    assert labelled(paper, Label.PROSE) == ["The council voted 9 to 3."]


def test_a_post_of_sentences_is_called_by_its_first_which_stays_quotable() -> None:
    paper = article("The harbour is closed until Friday. Ships wait outside.")
    assert paper.metadata.title == "The harbour is closed until Friday"
    assert labelled(paper, Label.PROSE) == ["The harbour is closed until Friday. Ships wait outside."]


def test_a_single_sentence_is_both_name_and_text() -> None:
    paper = article("The mayor visited ", ("hashtag", "#Kesselau"))
    assert paper.metadata.title == "The mayor visited #Kesselau"
    assert labelled(paper, Label.PROSE) == ["The mayor visited #Kesselau"]


def test_a_long_first_sentence_is_cut_at_a_word_in_the_name_only() -> None:
    sentence = "The harbour wall " + "and the council " * 12 + "agree."
    paper = article(sentence)
    assert paper.metadata.title.endswith("…")
    assert len(paper.metadata.title) <= 121
    assert sentence.startswith(paper.metadata.title[:-1])
    assert labelled(paper, Label.PROSE) == [sentence]


def test_tags_links_and_invitations_at_the_end_are_furniture() -> None:
    paper = article(
        ("bold", "⚡️ Ferry to Norholm cancelled"),
        "\n\nThe ferry stops, its operator said on Monday.\n\n",
        ("text_link", "Read more", "https://courier.example.org/ferry"),
        "\n\n",
        ("hashtag", "#ferry"),
        " ",
        ("hashtag", "#norholm"),
        "\n👉 Subscribe: ",
        ("link", "t.me/harbournews"),
        "\n",
        ("mention", "@harbournews"),
    )
    assert paper.metadata.title == "Ferry to Norholm cancelled"
    assert labelled(paper, Label.PROSE) == ["The ferry stops, its operator said on Monday."]
    assert labelled(paper, Label.FURNITURE) == [
        "Read more",
        "#ferry #norholm",
        "👉 Subscribe: t.me/harbournews",
        "@harbournews",
    ]


def test_tags_behind_the_last_sentence_are_parted_from_it() -> None:
    paper = article("Storm hits the port. Crews are safe. ", ("hashtag", "#storm"), " ", ("hashtag", "#port"))
    assert labelled(paper, Label.PROSE) == ["Storm hits the port. Crews are safe."]
    assert labelled(paper, Label.FURNITURE) == ["#storm #port"]


@pytest.mark.parametrize("words", ["Подробнее", "Mehr dazu", "Leer más", "المزيد"])
def test_reading_on_is_furniture_in_other_languages(words: str) -> None:
    paper = article("The wall is raised. It costs millions.\n", ("text_link", words, "https://example.org/a"))
    assert labelled(paper, Label.FURNITURE) == [words]


def test_a_public_channel_has_readable_links_a_private_one_those_of_its_members() -> None:
    assert article("Work starts in May.", handle="harbournews").metadata.url == "https://t.me/harbournews/7"
    assert article("Work starts in May.").metadata.url == "https://t.me/c/1234567890/7"


@pytest.mark.parametrize(
    ("link", "meant"),
    [
        ("https://t.me/harbournews/7", ("harbournews", 7)),
        ("t.me/s/harbournews/7?single", ("harbournews", 7)),
        ("https://t.me/c/1234567890/7", ("-1001234567890", 7)),
        ("http://telegram.me/harbournews/12/", ("harbournews", 12)),
        ("https://t.me/harbournews", None),
        ("https://example.org/harbournews/7", None),
    ],
)
def test_the_link_of_a_post_is_read_back(link: str, meant: tuple[str, int] | None) -> None:
    assert post.addressed(link) == meant


def test_outlet_author_date_and_origin_are_told() -> None:
    known = article("Work starts in May.", author="Jane Doe", forwarded_from="Norholm Radio").metadata
    assert (known.outlet, known.authors, known.agency) == ("Harbour News", ("Jane Doe",), "Norholm Radio")
    assert str(known.published) == "2025-11-21"
    assert known.published_at is not None
    assert known.published_at.timestamp() == NOON + 7


def test_an_album_is_one_post_with_all_its_captions() -> None:
    data = kept(message(8), message(7, "The wall today.\nIt has cracks that nobody can mend."), message(9))
    paper = clean(post.read(data, key="7", name="Harbour News 7"))
    assert paper.metadata.url == "https://t.me/c/1234567890/7"
    assert "cracks" in paper.text


def test_older_exports_mix_strings_and_parts() -> None:
    old = {"id": 7, "type": "message", "date": "2020-05-01T09:30:00"}
    text = ["The ferry ", {"type": "bold", "text": "Sigrid"}, " is back."]
    paper = clean(post.read(kept(old | {"text": text}), key="7", name="n"))
    assert paper.text == "The ferry Sigrid is back."
    assert str(paper.metadata.published) == "2020-05-01"


@pytest.mark.parametrize(
    ("given", "page"),
    [
        ([("link", "https://courier.example.org/wall")], "https://courier.example.org/wall"),
        ([("text_link", "Wall to be raised", "https://a.example/wall")], "https://a.example/wall"),
        (["Wall to be raised\n", ("link", "a.example/wall")], "https://a.example/wall"),
        (["The wall is raised. The town pays.\n", ("link", "https://a.example/wall")], None),
        (["Wall to be raised\n", ("link", "https://t.me/other/5")], None),
        ([("link", "https://a.example/1"), "\n", ("link", "https://a.example/2")], None),
        (["Work starts in May."], None),
    ],
)
def test_a_post_that_only_announces_a_page_is_known(given: list[Part], page: str | None) -> None:
    assert post.only_link(kept(message(7, *given))) == page


def test_without_the_page_the_words_of_its_link_are_the_post() -> None:
    paper = article(("text_link", "Harbour wall to be raised", "https://courier.example.org/wall"))
    assert paper.metadata.title == "Harbour wall to be raised"
    assert labelled(paper, Label.PROSE) == ["Harbour wall to be raised"]
    bare = article(("link", "https://courier.example.org/wall"))
    assert labelled(bare, Label.PROSE) == ["https://courier.example.org/wall"]


def test_pictures_and_tags_alone_hold_nothing_to_read() -> None:
    assert not post.has_words(kept(message(7)))
    assert not post.has_words(kept(message(7, ("hashtag", "#photo"), "\n", ("mention", "@harbournews"))))
    with pytest.raises(RecordError, match="Harbour News 7 holds no text"):
        post.read(kept(message(7, "🔥🔥")), key="7", name="Harbour News 7")
    with pytest.raises(RecordError, match="is not a post"):
        post.read(b"{}", key="7", name="n")


def test_two_equal_lines_of_a_post_have_each_its_own_label() -> None:
    paper = article(
        "The tram opens\n\nThe first tram leaves the harbour at noon.\n\nThe tram opens\n\nRead more: @coast"
    )
    first, last = (one for one in paper.labels if paper.text[one.start : one.end] == "The tram opens")
    assert first.label is Label.HEADING
    assert last.label is Label.PROSE
