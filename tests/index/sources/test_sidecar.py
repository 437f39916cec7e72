"""A sidecar beside a file says what its articles are; a change of it makes them be read again."""

from __future__ import annotations

from pathlib import Path

import pytest
from newsroom import BRIDGE, FERRY, open_archive, write

from index.errors import RecordError
from index.sources.file_source import open_source


def records(folder: Path) -> list:
    return list(open_source(folder).records())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, "ferry", "Ferry stops", FERRY)
    (tmp_path / "bridge.txt").write_text(f"Bridge opens\n\n{BRIDGE}", "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("ferry.json.meta.toml", 'outlet = "The Evening Mail"\npublished = 2017-11-21'),
        ("ferry.meta.toml", 'outlet = "The Evening Mail"\npublished = "2017-11-21"'),
        ("ferry.meta.yaml", "outlet: The Evening Mail\npublished: 2017-11-21"),
        ("ferry.meta.json", '{"outlet": "The Evening Mail", "published": "2017-11-21"}'),
    ],
)
def test_a_sidecar_goes_over_what_was_read(folder, name, content):
    (folder / name).write_text(content, "utf-8")
    read = {item.key: item.load() for item in records(folder)}
    assert set(read) == {"bridge.txt", "ferry.json"}  # it is no article itself
    assert (read["ferry.json"].fields["outlet"], read["ferry.json"].fields["published"]) == (
        "The Evening Mail",
        "2017-11-21",
    )
    assert "outlet" not in read["bridge.txt"].fields


def test_a_change_of_the_sidecar_changes_the_digest(folder):
    digests = set()
    for content in (None, 'outlet = "A"', 'outlet = "B"'):
        if content:
            (folder / "ferry.meta.toml").write_text(content, "utf-8")
        digests.add(next(item.digest for item in records(folder) if item.key == "ferry.json"))
    assert len(digests) == 3


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("ferry.meta.toml", "outlet = ", "ferry.meta.toml cannot be understood"),
        ("ferry.meta.toml", "outlte = 'X'", "outlte is not known"),
        ("ferry.meta.json", "[1]", "is no table of fields"),
        ("ferry.meta.json", "[" * 100_000, "is larger than|cannot be understood"),
        ("ferry.meta.yaml", "a: [", "cannot be understood"),
        ("ferry.meta.yaml", "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"), "no table|understood"),
    ],
)
def test_a_broken_sidecar_is_told_and_the_last_good_version_stays(folder, name, content, complaint):
    (folder / name).write_text(content, "latin-1")
    found = records(folder)
    errors = [item for item in found if isinstance(item, RecordError)]
    assert [error.key for error in errors] == ["ferry.json"]
    assert __import__("re").search(complaint, str(errors[0]))
    assert [item.key for item in found if not isinstance(item, RecordError)] == ["bridge.txt"]


def test_the_archive_follows_a_sidecar(folder, tmp_path_factory):
    archive = open_archive(tmp_path_factory.mktemp("archive"))
    archive.reindex([folder])
    (folder / "ferry.meta.toml").write_text('outlet = "The Evening Mail"\nmax_quote_chars = 60', "utf-8")
    report = archive.reindex()
    assert report.line() == "+0 ~1 =1 -0 !0"
    answer = archive.ask("When will the ferry to Sandholm stop?", top=1)
    assert answer.quotes[0].article.outlet == "The Evening Mail"
    assert all(len(quote.text) <= 60 for quote in answer.quotes if "Ferry" in quote.article.title)
