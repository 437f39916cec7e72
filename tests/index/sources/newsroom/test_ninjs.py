"""IPTC ninjs: versions 1 to 3 read alike; what may not be served is withheld."""

from __future__ import annotations

from pathlib import Path

import pytest
from exports import as_json, ninjs, read, record

from index.errors import RecordWithheld
from index.sources.newsroom.ninjs import is_item

SECOND = {
    "uri": "https://north.example/items/1",
    "standard": {"name": "ninjs", "version": "2.1"},
    "type": "text",
    "firstcreated": "2024-05-10T09:00:00+02:00",
    "versioncreated": "2024-05-10T12:30:00+02:00",
    "pubstatus": "usable",
    "headlines": [{"role": "short", "value": "Rain"}, {"role": "main", "value": "Rain for the Vale"}],
    "bodies": [
        {"role": "main", "contenttype": "text/plain", "value": "Plain."},
        {"role": "main", "contenttype": "text/html", "value": "<p>Rain is expected\nin the Vale on Sunday.</p>"},
    ],
    "by": "Ada Venn",
    "infosources": [{"name": "North Wire", "uri": "n"}],
    "genres": [{"name": "Analysis"}, {"name": "Opinion"}],
    "associations": [
        {"name": "main", "type": "picture", "descriptions": [{"role": "caption", "value": "Clouds over the Vale."}]}
    ],
    "language": "en",
}


def test_version_1(tmp_path: Path) -> None:
    found = record(tmp_path, "a.json", as_json(ninjs()))
    assert found.key == "a.json#tag:north.example,2024:1"
    assert found.body.split("\n\n") == [
        "Rain is expected in the Vale on Sunday.",
        "Wind",
        "Wind, too.",
        "Clouds over the Vale.",
    ]
    assert found.fields == {
        "title": "Rain for the Vale",
        "authors": ["Ada Venn"],
        "outlet": "North Wire",
        "published": "2024-05-10T12:30:00+02:00",
        "language": "en-GB",
        "headings": ["Wind"],
        "captions": ["Clouds over the Vale."],
    }


def test_version_2(tmp_path: Path) -> None:
    found = record(tmp_path, "a.json", as_json(SECOND))
    assert found.body == "Rain is expected in the Vale on Sunday.\n\nClouds over the Vale."
    assert found.fields == {
        "title": "Rain for the Vale",
        "authors": ["Ada Venn"],
        "outlet": "North Wire",
        "published": "2024-05-10T09:00:00+02:00",
        "url": "https://north.example/items/1",
        "language": "en",
        "label": "Opinion",
        "headings": [],
        "captions": ["Clouds over the Vale."],
    }


def test_plain_text_keeps_its_paragraphs(tmp_path: Path) -> None:
    found = record(tmp_path, "a.json", as_json(ninjs(body_html="", body_text="One < two.\n\nThree.", associations={})))
    assert found.body == "One < two.\n\nThree."


def test_lists_and_lines_of_items(tmp_path: Path) -> None:
    items = [ninjs(uri="a"), ninjs(uri="b")]
    assert [raw.key for raw in read(tmp_path, "l.json", as_json(items))[0]] == ["l.json#a", "l.json#b"]
    lines = "\n".join(map(as_json, items))
    assert [raw.key for raw in read(tmp_path, "l.jsonl", lines)[0]] == ["l.jsonl#a", "l.jsonl#b"]


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"pubstatus": "canceled"}, "was killed by its source"),
        ({"pubstatus": "withheld"}, "is withheld by its source"),
        ({"embargoed": "2099-05-10T00:00:00+02:00"}, "is under embargo until 2099-05-10 00:00 UTC+02:00"),
        ({"ednote": "MANDATORY KILL. Do not use."}, "was killed by its source"),
        ({"expires": "2001-05-10T00:00:00Z"}, "could be used until 2001-05-10 only"),
    ],
)
def test_what_may_not_be_served_is_withheld(tmp_path: Path, more: dict[str, str], why: str) -> None:
    [raw], _ = read(tmp_path, "a.json", as_json(ninjs(**more)))
    with pytest.raises(RecordWithheld) as told:
        raw.load()
    assert str(told.value) == f"Rain for the Vale (a.json) {why}"


def test_other_json_is_no_item() -> None:
    assert not is_item({"uri": "x", "title": "T", "text": "Words."})
    assert not is_item({"headline": "H", "pubstatus": "usable"})
    assert not is_item(["uri"])
