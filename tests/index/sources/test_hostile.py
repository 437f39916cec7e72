"""Whatever a file holds, its reader gives articles or says in one line why not; nothing else ever comes out."""

from __future__ import annotations

import gzip
import json
import re
import tempfile
from pathlib import Path

import exports
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from index.clean.article import clean
from index.datatypes import Manuscript, RawRecord
from index.errors import RecordError
from index.sources.file_source import open_source
from index.sources.formats.registry import READABLE

SPECIMENS = Path(__file__).parent / "specimens"

SOUND: dict[str, bytes] = {
    ".csv": exports.CSV.encode(),
    ".docx": exports.docx_bytes(),
    ".eml": exports.EML.encode(),
    ".html": b"<html><body><article><h1>Bridge</h1><p>The bridge reopened on Friday.</p></article></body></html>",
    ".json": exports.as_json(exports.ninjs()).encode(),
    ".jsonl": exports.as_json(exports.ninjs()).encode() + b'\n{"title": "T", "text": "<p>Words.</p>", "url": "u"}\n',
    ".md": b"---\ntitle: Bridge\n---\n\nThe *bridge* reopened.\n",
    ".pdf": exports.pdf_bytes(lambda pdf: (pdf.add_page(), pdf.multi_cell(80, 5, exports.LEFT))),
    ".txt": "Bridge reopens\n\nThe bridge “reopened” on Friday.".encode(),
    ".xml": exports.wxr(exports.post(1), exports.post(2)).encode(),
    ".nitf.xml": exports.NITF.encode(),
    ".newsml.xml": exports.newsml(exports.news_item()).encode(),
    ".zip": exports.zip_bytes({"a.txt": "Words.", "b.xml": exports.wxr(exports.post(1)), "c.csv": exports.CSV}),
    ".csv.gz": gzip.compress(exports.CSV.encode()),
}
BRISK = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)


def outcome(folder: Path, name: str, data: bytes, **options: int) -> tuple[list[Manuscript], list[str]]:
    """The cleaned articles of a file, and a line for each that could not be read."""
    path = folder / name
    path.write_bytes(data)
    papers, lines = [], []
    for found in open_source(path, **options).records():
        try:
            if isinstance(found, RecordError):
                raise found
            assert isinstance(found, RawRecord)
            assert found.key.encode()
            papers.append(clean(found.load()))
        except RecordError as error:
            assert "\n" not in str(error)
            lines.append(str(error))
    return papers, lines


@pytest.mark.parametrize("ending", sorted(SOUND))
@BRISK
@given(data=st.binary(max_size=300))
@example(data=b"")
@example(data=b"\0" * 64)
@example(data=b"\xef\xbb\xbf")
@example(data=b"\xff\xfe<\0r\0s\0s\0>\0")
def test_any_bytes_are_read_or_refused(ending: str, data: bytes, tmp_path: Path) -> None:
    outcome(tmp_path, f"a{ending}", data)


@st.composite
def mutated(draw: st.DrawFn, sound: bytes) -> bytes:
    """A sound file with a few pieces cut out, doubled, or overwritten."""
    data = bytearray(sound)
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 40)))
        change = draw(st.sampled_from(["cut", "double", "bytes", "truncate"]))
        if change == "cut":
            del data[start:end]
        elif change == "double":
            data[start:start] = data[start:end]
        elif change == "bytes":
            data[start:end] = draw(st.binary(max_size=8))
        elif draw(st.booleans()):
            del data[start:]
    return bytes(data)


@pytest.mark.parametrize("ending", sorted(SOUND))
@BRISK
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused(ending: str, data: st.DataObject, tmp_path: Path) -> None:
    outcome(tmp_path, f"a{ending}", data.draw(mutated(SOUND[ending])))


@pytest.mark.parametrize("ending", sorted(SOUND))
def test_the_sound_files_are_read_without_a_complaint(ending: str, tmp_path: Path) -> None:
    papers, lines = outcome(tmp_path, f"a{ending}", SOUND[ending])
    assert papers
    assert not lines


@pytest.mark.parametrize(
    "text", ["\ud800<p>A.</p>", "<p>A.\0</p>", "<html><ead><body><p>A.</p>", "<frameset><p>A.</p>"]
)
def test_markup_that_stumbles_keeps_its_words(text: str, tmp_path: Path) -> None:
    [paper], lines = outcome(tmp_path, "a.json", json.dumps({"title": "T", "text": text}).encode())
    assert (paper.text, lines) == ("A.", [])


def test_every_format_is_tried() -> None:
    tried = {f".{name.removesuffix('.gz').rpartition('.')[2]}" for name in SOUND}
    same = {
        ".text": ".txt",
        ".markdown": ".md",
        ".htm": ".html",
        ".xhtml": ".html",
        ".ndjson": ".jsonl",
        ".tsv": ".csv",
    }
    assert {same.get(ending, ending) for ending in READABLE} == tried


# -- the specimens ----------------------------------------------------------------------------------------------------
# specimens/<format>/ holds broken and hostile files; lines.tsv says of each how many articles it gives and what is
# reported, a pattern for each line in order.


def told() -> list[tuple[str, int, list[str]]]:
    rows = [line.split("\t") for line in (SPECIMENS / "lines.tsv").read_text("utf-8").splitlines() if line]
    return [(name, int(count), patterns) for name, count, *patterns in rows]


@pytest.mark.parametrize(("name", "count", "patterns"), told(), ids=[name for name, *_ in told()])
def test_a_specimen_is_told_in_one_line(name: str, count: int, patterns: list[str]) -> None:
    path = SPECIMENS / name
    with tempfile.TemporaryDirectory() as folder:
        papers, lines = outcome(Path(folder), path.name, path.read_bytes())
    assert len(papers) == count, lines
    assert len(lines) == len(patterns), lines
    for line, pattern in zip(lines, patterns, strict=True):
        assert re.search(pattern, line), line


def test_every_specimen_is_told_of() -> None:
    there = {path.relative_to(SPECIMENS).as_posix() for path in SPECIMENS.rglob("*") if path.is_file()}
    assert there - {"lines.tsv"} == {name for name, *_ in told()}
