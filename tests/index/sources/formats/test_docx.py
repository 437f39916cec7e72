"""Word documents: title, headings and captions by their styles, the words as they stand once changes are accepted."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from exports import docx_bytes, read, record

from index.errors import RecordError


def test_styles_and_properties(tmp_path: Path) -> None:
    found = record(tmp_path, "a.docx", docx_bytes())
    assert found.body.split("\n\n") == [
        "Bridge reopens after repairs",
        "The bridge reopened on Friday.",
        "What it cost",
        "It cost 41 million crowns.",
        "The bridge on Friday.",
    ]
    assert found.fields == {
        "title": "Bridge reopens after repairs",
        "authors": ["Jane Doe", "Ada Venn"],
        "language": "en-GB",
        "headings": ["Bridge reopens after repairs", "What it cost"],
        "captions": ["The bridge on Friday."],
    }


def test_pending_changes_are_read_as_accepted(tmp_path: Path) -> None:
    def build(document) -> None:
        paragraph = document.add_paragraph("He did ")
        for xml in (
            "<w:ins {ns} w:id='1' w:author='a'><w:r><w:t>not </w:t></w:r></w:ins>",
            "<w:del {ns} w:id='2' w:author='a'><w:r><w:delText>never </w:delText></w:r></w:del>",
            "<w:r {ns}><w:rPr><w:vanish/></w:rPr><w:t>secretly </w:t></w:r>",
            "<w:hyperlink {ns}><w:r><w:t>resign</w:t></w:r></w:hyperlink>",
            "<w:r {ns}><w:t>.</w:t><w:br/><w:t>Next line.</w:t></w:r>",
        ):
            paragraph._p.append(parse_xml(xml.format(ns=nsdecls("w"))))

    assert record(tmp_path, "a.docx", docx_bytes(build)).body == "He did not resign.\nNext line."


def test_tables_are_read_row_by_row_and_a_box_is_paragraphs(tmp_path: Path) -> None:
    def build(document) -> None:
        document.add_paragraph("Before.")
        table = document.add_table(2, 2)
        for number, cell in enumerate(table._cells):
            cell.text = f"cell {number}"
        box = document.add_table(1, 1).rows[0].cells[0]
        box.text = "In a box."
        box.add_paragraph("Second in the box.")

    assert record(tmp_path, "a.docx", docx_bytes(build)).body.split("\n\n") == [
        "Before.",
        "cell 0 | cell 1",
        "cell 2 | cell 3",
        "In a box.",
        "Second in the box.",
    ]


def damaged(change) -> bytes:
    """A sound document with its parts changed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx_bytes())) as sound, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        for info in sound.infolist():
            made.writestr(info.filename, change(info.filename, sound.read(info)))
    return packed.getvalue()


LAUGHS = (
    b"<!DOCTYPE x ["
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b']><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&j;'
)
LAUGHS += b"</w:t></w:r></w:p></w:body></w:document>"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (docx_bytes()[:3000], "not a sound .docx file"),
        (
            damaged(lambda name, data: data[: len(data) // 2] if name == "word/document.xml" else data),
            "its XML is damaged",
        ),
        (
            damaged(lambda name, data: b"\0" * 150_000_000 if name == "word/document.xml" else data),
            "unpacks to far more",
        ),
        (damaged(lambda name, data: LAUGHS if name == "word/document.xml" else data), "damaged|holds no text"),
        (damaged(lambda name, data: b"<x/>" if name == "[Content_Types].xml" else data), "no Word document"),
        (docx_bytes(lambda document: None), "holds no text"),
    ],
    ids=["truncated", "broken part", "zip bomb", "billion laughs", "no types", "empty"],
)
def test_what_cannot_be_read_is_one_line(tmp_path: Path, data: bytes, why: str) -> None:
    [raw], _ = read(tmp_path, "a.docx", data)
    with pytest.raises(RecordError, match=why):
        raw.load()
