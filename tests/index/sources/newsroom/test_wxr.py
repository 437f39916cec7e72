"""WordPress exports: published posts are articles, with their authors' names, in the site's own time."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest
from exports import post, read, record, wxr

from index.errors import RecordWithheld
from index.sources.newsroom.wxr import without_shortcodes


def test_a_post_is_an_article_with_the_sites_name_and_the_authors(tmp_path: Path) -> None:
    found = record(tmp_path, "export.xml", wxr(post(7)))
    assert found.key == "export.xml#https://vale.example/?p=7"
    assert found.body == "The bridge reopened on Friday after repairs."
    assert found.fields == {
        "title": "Bridge reopens",
        "authors": ["Jane Doe"],
        "outlet": "The Vale Observer & Mail",
        "published": "2024-05-10T12:00:00+02:00",
        "url": "https://vale.example/7",
        "language": "en-GB",
        "label": "News",
        "headings": [],
        "captions": [],
    }


def test_an_author_without_a_display_name_is_called_by_login(tmp_path: Path) -> None:
    export = wxr(post(1)).replace("<dc:creator><![CDATA[jdoe]]>", "<dc:creator><![CDATA[mweber]]>")
    assert record(tmp_path, "a.xml", export).fields["authors"] == ["mweber"]


def test_pages_attachments_and_menus_are_no_articles(tmp_path: Path) -> None:
    kinds = ["page", "attachment", "nav_menu_item", "revision", "wp_block"]
    raws, errors = read(tmp_path, "a.xml", wxr(*(post(n, kind=kind) for n, kind in enumerate(kinds, 1)), post(9)))
    assert [raw.key for raw in raws] == ["a.xml#https://vale.example/?p=9"]
    assert not errors


@pytest.mark.parametrize("status", ["draft", "private", "trash", "pending", "future"])
def test_what_is_not_published_is_withheld(tmp_path: Path, status: str) -> None:
    raws, [error] = read(tmp_path, "a.xml", wxr(post(1, status=status)))
    assert not raws
    assert isinstance(error, RecordWithheld)
    assert error.expected
    assert str(error) == f"Bridge reopens (a.xml item 1) is not published ({status})"


def test_a_post_behind_a_password_is_withheld(tmp_path: Path) -> None:
    export = wxr(post(1)).replace("<wp:post_password><![CDATA[]]>", "<wp:post_password><![CDATA[secret]]>")
    _, [error] = read(tmp_path, "a.xml", export)
    assert isinstance(error, RecordWithheld)
    assert "is behind a password" in str(error)
    assert "secret" not in str(error)


def test_an_opinion_category_goes_before_others(tmp_path: Path) -> None:
    more = '<category domain="category" nicename="o"><![CDATA[Opinion]]></category>'
    assert record(tmp_path, "a.xml", wxr(post(1, more=more))).fields["label"] == "Opinion"


def test_a_caption_shortcode_is_a_caption(tmp_path: Path) -> None:
    text = (
        "Before.\n\n[caption id='a' align='left' width='300']<a href='x'><img src='a.jpg'/></a> The bridge on Friday."
        '[/caption]\n\n[caption width="3" caption="The mayor speaks."]<img src="b.jpg">[/caption]\n\nAfter.'
    )
    found = record(tmp_path, "a.xml", wxr(post(1, text=text)))
    assert found.fields["captions"] == ["The bridge on Friday.", "The mayor speaks."]
    assert found.body.split("\n\n") == ["Before.", "After.", "The bridge on Friday.", "The mayor speaks."]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("One [gallery ids='1,2,3'] two.", "One  two."),
        ("[dropcap]O[/dropcap]nce upon a time.", "Once upon a time."),
        ('[pullquote align="left"]Words stay.[/pullquote]', "Words stay."),
        ("See [embed]https://x.example/v[/embed] here.", "See  here."),
        ("[youtube https://y.example/1]", ""),
        (
            "He said [sic] that [the mayor] “[laughs]” went [to X.",
            "He said [sic] that [the mayor] “[laughs]” went [to X.",
        ),
        ("A list [1] and [a] and [...].", "A list [1] and [a] and [...]."),
    ],
)
def test_shortcodes_go_and_the_writers_brackets_stay(given: str, kept: str) -> None:
    assert without_shortcodes(given) == kept


def test_paragraphs_of_the_old_and_of_the_block_editor(tmp_path: Path) -> None:
    old = "First line\nsecond line.\n\nNext <b>paragraph</b>."
    new = "<!-- wp:paragraph -->\n<p>One\nsentence.</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:heading -->\n<h2>More</h2>"
    raws, _ = read(tmp_path, "a.xml", wxr(post(1, text=old), post(2, text=new)))
    assert [raw.load().body for raw in raws] == [
        "First line\nsecond line.\n\nNext paragraph.",
        "One sentence.\n\nMore",
    ]


def test_a_post_keeps_its_digest_while_others_change(tmp_path: Path) -> None:
    before, _ = read(tmp_path, "a.xml", wxr(post(1), post(2)))
    after, _ = read(tmp_path, "a.xml", wxr(post(2), post(1, text="<p>Changed.</p>")))
    assert before[1].digest == after[0].digest
    assert before[0].digest != after[1].digest


def test_a_renamed_author_is_a_change(tmp_path: Path) -> None:
    [before], _ = read(tmp_path, "a.xml", wxr(post(1)))
    [after], _ = read(tmp_path, "a.xml", wxr(post(1)).replace("[Jane Doe]", "[Jane Roe]"))
    assert before.digest != after.digest
    assert after.load().fields["authors"] == ["Jane Roe"]


def test_an_rss_file_with_whole_articles_is_read_likewise(tmp_path: Path) -> None:
    feed = (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>The Mail</title>'
        "<item><title>Bread</title><link>https://m.example/1</link><pubDate>Fri, 10 May 2024 10:00:00 +0200</pubDate>"
        "<content:encoded>&lt;p&gt;A prize.&lt;/p&gt;</content:encoded></item>"
        "<item><title>Teaser</title><link>https://m.example/2</link><description>Short.</description></item>"
        "</channel></rss>"
    )
    found = record(tmp_path, "feed.xml", feed)
    assert (found.body, found.fields["outlet"]) == ("A prize.", "The Mail")
    assert found.fields["published"] == "Fri, 10 May 2024 10:00:00 +0200"


def test_memory_does_not_grow_with_the_export(tmp_path: Path) -> None:
    peaks = []
    for count in (200, 2000):
        items = (post(n, text=f"<p>{'words of an article ' * 200}</p>") for n in range(count))
        (tmp_path / f"{count}.xml").write_text(wxr(*items))
        from index.sources.file_source import open_source

        source = open_source(tmp_path / f"{count}.xml")
        tracemalloc.start()
        total = sum(1 for _ in source._all())
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert total == count
    assert peaks[1] < 1.1 * peaks[0] + 200_000
