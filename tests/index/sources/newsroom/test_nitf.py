"""IPTC NITF: head and body head are fields, the body is the article; a kill is obeyed."""

from __future__ import annotations

from pathlib import Path

import pytest
from exports import NITF, read, record

from index.clean.article import clean
from index.errors import RecordWithheld


def test_an_article_with_all_its_fields(tmp_path: Path) -> None:
    found = record(tmp_path, "ferry.xml", NITF)
    assert found.key == "ferry.xml#ferry-1"
    assert found.body.split("\n\n") == [
        "Board finds no captain",
        "OLDPORT",
        "The ferry to Sandholm stops on 3 May, the harbour board said.",
        "No captain left",
        "“We have no captain,” said Greta Holm—the chair.",
        "The ferry at the old quay.",
        "Reporting by Ada Venn",
    ]
    assert found.fields == {
        "title": "Ferry to Sandholm ends",
        "outlet": "The Oldport Mail",
        "agency": "North Wire",
        "authors": ["Ada Venn"],
        "published": "20240510T101500+0200",
        "label": "Local",
        "headings": ["Board finds no captain", "No captain left"],
        "captions": ["The ferry at the old quay."],
    }


def test_its_date_is_understood(tmp_path: Path) -> None:
    metadata = clean(record(tmp_path, "ferry.xml", NITF)).metadata
    assert metadata.published is not None
    assert metadata.published.text == "2024-05-10"
    assert metadata.published_at is not None
    assert metadata.published_at.isoformat() == "2024-05-10T10:15:00+02:00"
    assert (metadata.authors, metadata.agency) == (("Ada Venn",), "North Wire")


def test_a_byline_without_marked_persons_loses_only_the_job(tmp_path: Path) -> None:
    text = NITF.replace("<person>Ada Venn</person>", "Ada Venn, ")
    assert record(tmp_path, "a.xml", text).fields["authors"] == ["By Ada Venn"]


@pytest.mark.parametrize(
    "change",
    [
        ('management-status="usable"', 'management-status="withheld"'),
        ('management-status="usable"', 'management-status="canceled"'),
        ("<doc-id", '<ed-msg info="KILL: wrong person named"/><doc-id'),
        ("<doc-id", "<ed-msg>Bulletin kill</ed-msg><doc-id"),
    ],
)
def test_a_killed_article_is_withheld(tmp_path: Path, change: tuple[str, str]) -> None:
    [raw], _ = read(tmp_path, "a.xml", NITF.replace(*change))
    with pytest.raises(RecordWithheld) as told:
        raw.load()
    assert told.value.story == "ferry-1"


def test_a_note_that_only_speaks_of_killing_kills_nothing(tmp_path: Path) -> None:
    text = NITF.replace("<doc-id", '<ed-msg info="UPDATES with police on the killing of two"/><doc-id')
    assert record(tmp_path, "a.xml", text).fields["title"] == "Ferry to Sandholm ends"


def test_tables_lists_and_quotations_keep_their_words(tmp_path: Path) -> None:
    content = (
        "<bq><block><p>A quoted paragraph.</p></block></bq><ul><li>One</li><li>Two</li></ul>"
        "<table><tr><td>Ferry</td></tr><tr><td>Bridge</td></tr></table><p>End &amp; <em>done</em>.</p>"
    )
    start, end = NITF.index("<body.content>") + len("<body.content>"), NITF.index("</body.content>")
    body = record(tmp_path, "a.xml", NITF[:start] + content + NITF[end:]).body
    for words in ("A quoted paragraph.", "One", "Two", "Ferry", "Bridge", "End & done."):
        assert words in body.split("\n\n")
