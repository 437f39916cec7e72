"""IPTC NewsML-G2: text items are articles, named by their guid; what the agency cancelled is withheld."""

from __future__ import annotations

from pathlib import Path

import pytest
from exports import NITF, news_item, newsml, read, record

from index.errors import RecordWithheld


def test_an_item_with_all_its_fields(tmp_path: Path) -> None:
    found = record(tmp_path, "m.xml", newsml(news_item("urn:n:1")))
    assert found.key == "m.xml#urn:n:1"
    assert found.body == "Rain is expected in the Vale on Sunday."
    assert found.fields == {
        "title": "Rain for the Vale",
        "outlet": "North Wire",
        "authors": ["By Ada Venn"],
        "published": "2024-05-10T09:00:00+02:00",
        "language": "en-GB",
        "headings": [],
        "captions": [],
    }


def test_many_items_of_a_message_and_one_that_stands_alone(tmp_path: Path) -> None:
    raws, errors = read(tmp_path, "m.xml", newsml(*(news_item(f"urn:n:{n}") for n in range(50))))
    assert (len(raws), errors) == (50, [])
    alone = news_item("urn:n:7").replace("<newsItem ", '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" ')
    assert record(tmp_path, "one.xml", alone).key == "one.xml#urn:n:7"


def test_prefixes_do_not_matter(tmp_path: Path) -> None:
    text = newsml(news_item("urn:n:1"))
    for name in ("newsMessage", "header", "sent", "itemSet", "newsItem", "itemMeta", "itemClass", "provider", "name",
                 "pubStatus", "contentMeta", "headline", "by", "contentSet", "inlineXML"):  # fmt: skip
        text = text.replace(f"<{name}", f"<nar:{name}").replace(f"</{name}", f"</nar:{name}")
    text = text.replace('xmlns="http://iptc.org', 'xmlns:nar="http://iptc.org')
    found = record(tmp_path, "m.xml", text)
    assert (found.fields["title"], found.body) == ("Rain for the Vale", "Rain is expected in the Vale on Sunday.")


def test_an_item_that_carries_nitf(tmp_path: Path) -> None:
    nitf = NITF[NITF.index("<nitf>") :].replace("&ldquo;", "“").replace("&rdquo;", "”").replace("&mdash;", "—")
    text = newsml(news_item("urn:n:1"))
    start, end = text.index("<html"), text.index("</html>") + len("</html>")
    found = record(tmp_path, "m.xml", text[:start] + nitf.replace("<nitf>", '<nitf xmlns="">') + text[end:])
    assert "The ferry to Sandholm stops on 3 May, the harbour board said." in found.body.split("\n\n")
    assert found.fields["title"] == "Rain for the Vale"
    assert found.fields["captions"] == ["The ferry at the old quay."]


def test_plain_text_is_read_too(tmp_path: Path) -> None:
    text = newsml(news_item("urn:n:1"))
    start, end = text.index("<inlineXML"), text.index("</inlineXML>") + len("</inlineXML>")
    plain = '<inlineData contenttype="text/plain">One.\n\nTwo.</inlineData>'
    assert record(tmp_path, "m.xml", text[:start] + plain + text[end:]).body == "One.\n\nTwo."


@pytest.mark.parametrize("kind", ["ninat:picture", "ninat:video", "ninat:graphic", "ninat:audio", "ninat:composite"])
def test_what_is_no_text_is_left_out(tmp_path: Path, kind: str) -> None:
    assert read(tmp_path, "m.xml", newsml(news_item(kind=kind))) == ([], [])


@pytest.mark.parametrize(
    "status", ["stat:canceled", "stat:withheld", "http://cv.iptc.org/newscodes/pubstatusg2/canceled"]
)
def test_what_may_not_be_served_is_withheld(tmp_path: Path, status: str) -> None:
    [raw], _ = read(tmp_path, "m.xml", newsml(news_item("urn:n:1", status=status)))
    with pytest.raises(RecordWithheld) as told:
        raw.load()
    assert told.value.story == "urn:n:1"


def test_an_embargo_that_has_passed_is_none(tmp_path: Path) -> None:
    meta = "<embargoed>2001-01-01T00:00:00Z</embargoed>"
    assert record(tmp_path, "m.xml", newsml(news_item(meta=meta))).fields["title"] == "Rain for the Vale"
