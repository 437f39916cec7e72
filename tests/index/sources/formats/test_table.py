"""Tables: a row is an article; columns go by their usual names, or by those of a mapping."""

from __future__ import annotations

from pathlib import Path

import pytest
from exports import CSV, as_json, read, record

from index.errors import SourceError
from index.sources.file_source import open_source

DESK = (
    "hed,dek,body_html,author_name,pub,slug\nBridge,In short,<p>It reopened.</p><p>Now.</p>,Jane Doe,2024-05-10,b-1\n"
)
MAPPING = {"title": "hed", "text": "body_html", "authors": "author_name", "published": "pub", "id": "slug"}


def test_columns_are_fields(tmp_path: Path) -> None:
    first, second = read(tmp_path, "a.csv", CSV)[0]
    assert first.key == "a.csv#https://vale.example/7"
    assert first.name == "a.csv row 2"
    assert first.load().body == 'The bridge reopened on Friday.\n\nLorries, too, may "cross" it.'
    assert second.load().fields == {
        "title": "Bread prize",
        "authors": ["Imke Sand"],
        "published": "2024-05-11",
        "url": "https://vale.example/8",
    }


def test_a_mapping_names_the_columns(tmp_path: Path) -> None:
    found = record(tmp_path, "a.csv", DESK, fields=MAPPING)
    assert (found.key, found.body) == ("a.csv#b-1", "It reopened.\n\nNow.")
    assert found.fields["title"] == "Bridge"
    assert (found.fields["authors"], found.fields["published"]) == (["Jane Doe"], "2024-05-10")


def test_a_mapped_field_is_taken_from_nowhere_else(tmp_path: Path) -> None:
    text = "title,hed,text\nNot this,,Words.\n"
    assert "title" not in record(tmp_path, "a.csv", text, fields={"title": "hed"}).fields


def test_json_and_lines_take_the_same_mapping(tmp_path: Path) -> None:
    item = {"meta": {"hed": "Bridge"}, "article.body": "It reopened.", "slug": "b-1"}
    fields = {"title": "meta.hed", "text": "article.body", "id": "slug"}
    one = record(tmp_path, "a.json", as_json(item), fields=fields)
    assert (one.body, one.fields) == ("It reopened.", {"title": "Bridge"})
    line = record(tmp_path, "a.jsonl", as_json(item), fields=fields)
    assert (line.key, line.body) == ("a.jsonl#b-1", "It reopened.")


def test_another_mapping_is_another_article(tmp_path: Path) -> None:
    digests = set()
    for fields in ({"title": "hed", "text": "body_html"}, {"title": "dek", "text": "body_html"}):
        [raw], _ = read(tmp_path, "a.csv", DESK, fields=fields)
        digests.add(raw.digest)
    assert len(digests) == 2


def test_a_mapping_to_what_is_no_field_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(DESK)
    with pytest.raises(SourceError, match=r"fields names 'headlin', which is no field of an article; those are title,"):
        open_source(tmp_path / "a.csv", fields={"headlin": "hed"})


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_any_usual_separator(tmp_path: Path, separator: str) -> None:
    text = separator.join(["title", "text"]) + "\n" + separator.join(["Bridge", '"It; reopened, | at\tlast."']) + "\n"
    assert record(tmp_path, "a.csv", text).body == "It; reopened, | at\tlast."


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_any_usual_encoding(tmp_path: Path, codec: str) -> None:
    words = "Президент заявил во вторник, что операция подходит к концу, и поблагодарил участников встречи."
    found = record(tmp_path, "a.csv", f'title,text\nВстреча,"{words * 3}"\n'.encode(codec))
    assert found.fields["title"] == "Встреча"
    assert found.body == words * 3


def test_a_huge_field_is_read_and_an_endless_line_is_not(tmp_path: Path) -> None:
    long = "word " * 60_000
    raws, errors = read(tmp_path, "a.csv", f"title,text\nLong,{long}\n")
    assert (len(raws), errors) == (1, [])
    raws, [error] = read(tmp_path, "a.csv", f"title,text\nShort,Words.\nLong,{long}\nLost,Words.\n", max_bytes=100_000)
    assert len(raws) == 1
    assert str(error) == "a.csv has a line larger than 100,000 characters"


def test_a_row_without_a_name_of_its_own_is_named_by_its_content(tmp_path: Path) -> None:
    raws, _ = read(tmp_path, "a.csv", "title,text\nOne,Words.\nTwo,Words.\n")
    assert [raw.key for raw in raws] == [f"a.csv#{raw.digest}" for raw in raws]
