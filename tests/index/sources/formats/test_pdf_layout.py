"""From lines to paragraphs, on lines made by hand: columns, furniture, what goes on and what begins."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index.sources.formats.pdf_layout import Line, in_order, paragraphs, without_furniture


def line(text: str, left: float, baseline: float, *, width: float = 200, size: float = 10) -> Line:
    return Line(text, left, left + width, baseline, size)


def column(name: str, left: float, count: int = 6, top: float = 100) -> list[Line]:
    return [line(f"{name} line number {n} runs on", left, top + 12 * n) for n in range(count)]


def test_what_spans_columns_stands_where_it_stands() -> None:
    top, middle = line("A headline over both columns", 50, 60, width=450), line("A bar", 50, 190, width=450)
    parts = [column("a", 50), column("b", 300), column("c", 50, top=220), column("d", 300, top=220)]
    given_lines = [one for part in parts for one in part]
    mixed = sorted([top, middle, *given_lines], key=lambda one: (one.baseline, one.left))
    assert in_order(mixed) == [top, *parts[0], *parts[1], middle, *parts[2], *parts[3]]


def test_a_table_of_short_cells_is_no_pair_of_columns() -> None:
    rows = [[line(f"key {n}", 50, 100 + 12 * n, width=40), line(f"{n}", 200, 100 + 12 * n, width=20)] for n in range(5)]
    assert [one.text for one in in_order([one for row in rows for one in row])] == [f"key {n} {n}" for n in range(5)]


def test_a_sentence_that_recurs_inside_pages_stays() -> None:
    pages = [column(f"page {page}", 50) for page in "abc"]
    for page in pages:
        page[3] = line("This very sentence stands on each page.", 50, page[3].baseline)
    assert without_furniture(pages) == pages


def test_a_number_at_the_edge_of_a_single_page_is_its_number() -> None:
    page = column("a", 50)
    assert without_furniture([[*page, line("17", 290, 800, width=12)]]) == [page]
    assert without_furniture([[*page, line("In 2024", 290, 800, width=12)]])[0][-1].text == "In 2024"


def test_a_change_of_size_begins_a_paragraph() -> None:
    lines = [line("Heading", 50, 100, size=14), line("the text below it", 50, 115)]
    assert [part.text for part in paragraphs([lines])] == ["Heading", "the text below it"]


@given(st.lists(st.builds(line, st.text("ab -.", min_size=1), st.floats(0, 500), st.floats(0, 800)), max_size=30))
def test_no_line_is_lost_or_doubled_by_putting_it_in_order(lines: list[Line]) -> None:
    def letters(texts: list[str]) -> list[str]:
        return sorted("".join(texts).replace(" ", ""))

    assert letters([one.text for one in in_order(lines)]) == letters([one.text for one in lines])
