"""PDFs: the order of reading over columns, paragraphs, furniture of pages, hyphens; what cannot be read is told."""

from __future__ import annotations

import time
import zlib
from pathlib import Path

import pytest
from exports import LEFT, RIGHT, pdf_bytes, read, record, wrapped

from index.errors import RecordError

STORY = (
    "The swing bridge at Oldport was opened on Friday, two years late. It cost 41 million crowns.",
    "Lorries over 12 tonnes are not allowed on it, and the treasurer said that tolls would follow.",
    "A bridge is a promise made of steel, the mayor told the crowd that had waited in the rain.",
)


def refused(folder: Path, data: bytes) -> str:
    [raw], _ = read(folder, "a.pdf", data)
    with pytest.raises(RecordError) as told:
        raw.load()
    return str(told.value)


def drawn(pdf, lines: list[str], x: float, y: float, step: float = 5) -> float:
    for line in lines:
        pdf.text(x, y, line)
        y += step
    return y


def test_one_column_becomes_paragraphs(tmp_path: Path) -> None:
    def build(pdf) -> None:
        pdf.add_page()
        for text in STORY:
            pdf.multi_cell(60, 5, text, align="L", new_x="LMARGIN", new_y="NEXT")
            pdf.ln(3)

    assert record(tmp_path, "a.pdf", pdf_bytes(build)).body.split("\n\n") == list(STORY)


def test_first_lines_that_are_indented_begin_paragraphs(tmp_path: Path) -> None:
    def build(pdf) -> None:
        pdf.add_page()
        y = 30.0
        for text in STORY:
            first, *rest = wrapped(pdf, text, 60)
            pdf.text(24, y, first)
            y = drawn(pdf, rest, 20, y + 5)

    assert record(tmp_path, "a.pdf", pdf_bytes(build)).body.split("\n\n") == list(STORY)


@pytest.mark.parametrize("by_rows", [True, False])
def test_columns_are_read_one_after_the_other(tmp_path: Path, by_rows: bool) -> None:
    """Also where the file draws them line by line across the page."""

    def build(pdf) -> None:
        pdf.add_page()
        pdf.set_font("Times", size=20)
        pdf.text(20, 25, "Ferry line ends in May, passengers are paid")
        pdf.set_font("Times", size=11)
        left, right = wrapped(pdf, LEFT, 75), wrapped(pdf, RIGHT, 75)
        if by_rows:
            for number in range(max(len(left), len(right))):
                drawn(pdf, left[number : number + 1], 20, 40 + 5 * number)
                drawn(pdf, right[number : number + 1], 105, 40 + 5 * number)
        else:
            drawn(pdf, left, 20, 40)
            drawn(pdf, right, 105, 40)

    found = record(tmp_path, "a.pdf", pdf_bytes(build))
    assert found.body.split("\n\n") == ["Ferry line ends in May, passengers are paid", LEFT, RIGHT]
    assert found.fields["title"] == "Ferry line ends in May, passengers are paid"
    assert found.fields["headings"] == ["Ferry line ends in May, passengers are paid"]


def test_three_justified_columns(tmp_path: Path) -> None:
    texts = [f"Story {n}: {text}" for n, text in enumerate((LEFT, RIGHT, *STORY, LEFT, RIGHT))]

    def build(pdf) -> None:
        pdf.add_page()
        pdf.set_font("Helvetica", "B", 18)
        pdf.multi_cell(0, 8, "A headline over the whole width of the page that needs two lines", new_y="NEXT")
        pdf.ln(4)
        pdf.set_font("Times", size=10)
        pdf.set_auto_page_break(True, 230)  # short columns
        with pdf.text_columns(ncols=3, gutter=6, text_align="J") as columns:
            for text in texts:
                columns.write(text)
                columns.ln(8)

    body = record(tmp_path, "a.pdf", pdf_bytes(build)).body.split("\n\n")
    assert body == ["A headline over the whole width of the page that needs two lines", *texts]


def test_running_heads_and_page_numbers_are_left_out(tmp_path: Path) -> None:
    def build(pdf) -> None:
        for page, text in enumerate(STORY, 1):
            pdf.add_page()
            drawn(pdf, [f"The Oldport Mail   10 May 2024   Page {page}"], 20, 10)
            drawn(pdf, wrapped(pdf, text, 60), 20, 30)
            drawn(pdf, [f"- {page} -"], 100, 290)

    assert record(tmp_path, "a.pdf", pdf_bytes(build)).body.split("\n\n") == list(STORY)


def test_a_sentence_goes_on_over_the_page(tmp_path: Path) -> None:
    def build(pdf) -> None:
        lines = wrapped(pdf, LEFT, 60)
        for page, part in enumerate((lines[:3], lines[3:]), 1):
            pdf.add_page()
            drawn(pdf, ["The Oldport Mail"], 20, 10)
            drawn(pdf, part, 20, 30)
            drawn(pdf, [str(page)], 100, 290)

    assert record(tmp_path, "a.pdf", pdf_bytes(build)).body == LEFT


def test_words_are_joined_and_their_own_hyphens_stay(tmp_path: Path) -> None:
    lines = [
        *(
            "The news-",
            "paper wrote that the well-",
            "known baker won the munici-",
            "pal prize of Old-",
            "port for the",
        ),
        *("Sino-", "Danish loaf. The bread, a mas-", "terpiece, is a state-of-the-", "art one."),
    ]

    def build(pdf) -> None:
        pdf.add_page()
        drawn(pdf, lines, 20, 30)

    assert record(tmp_path, "a.pdf", pdf_bytes(build)).body == (
        "The newspaper wrote that the well-known baker won the municipal prize of Oldport for the Sino-Danish loaf. "
        "The bread, a masterpiece, is a state-of-the-art one."
    )


def test_the_dates_of_the_file_are_no_date_of_publication(tmp_path: Path) -> None:
    def build(pdf) -> None:
        pdf.add_page()
        pdf.set_title("Microsoft Word - draft7.doc")
        pdf.multi_cell(60, 5, STORY[0])

    fields = record(tmp_path, "a.pdf", pdf_bytes(build)).fields
    assert "published" not in fields
    assert "title" not in fields


# -- what cannot be read ----------------------------------------------------------------------------------------------


def one_page(pdf) -> None:
    pdf.add_page()
    pdf.multi_cell(60, 5, STORY[0])


def test_an_encrypted_file_is_told(tmp_path: Path) -> None:
    def build(pdf) -> None:
        one_page(pdf)
        pdf.set_encryption(owner_password="a", user_password="b")

    assert refused(tmp_path, pdf_bytes(build)) == "a.pdf is encrypted; save it without a password"


def test_a_file_that_only_forbids_changes_is_read(tmp_path: Path) -> None:
    def build(pdf) -> None:
        one_page(pdf)
        pdf.set_encryption(owner_password="a")

    assert record(tmp_path, "a.pdf", pdf_bytes(build)).body == STORY[0]


def test_a_scan_is_told(tmp_path: Path) -> None:
    assert "holds no text, only pictures of it" in refused(tmp_path, pdf_bytes(lambda pdf: pdf.add_page()))


@pytest.mark.parametrize("part", [0.3, 0.6])
def test_a_truncated_file_is_told(tmp_path: Path, part: float) -> None:
    data = pdf_bytes(one_page)
    assert refused(tmp_path, data[: int(part * len(data))]).startswith("a.pdf ")


def test_streams_that_burst_are_refused_before_they_do(tmp_path: Path) -> None:
    bomb = zlib.compress(b"0" * 120_000_000, 9)
    stream = b"9 0 obj <</Length %d/Filter/FlateDecode>>\nstream\n%b\nendstream endobj\n" % (len(bomb), bomb)
    started = time.process_time()
    told = refused(tmp_path, pdf_bytes(one_page).replace(b"xref\n", stream + b"xref\n", 1))
    assert told == "a.pdf unpacks to far more than a PDF does and was not read"
    assert time.process_time() - started < 5
