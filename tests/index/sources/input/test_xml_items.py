"""Cutting an XML file at its items: every item once, whatever the chunks, whatever stands between."""

from __future__ import annotations

import io

from exports import post, wxr
from hypothesis import given
from hypothesis import strategies as st

from index.sources.input.xml_items import Piece, chunks, cut


def pieces(data: bytes, size: int = 7, *, max_bytes: int = 10_000) -> list[Piece]:
    return list(cut([data[at : at + size] for at in range(0, len(data), size)], "item", max_bytes=max_bytes))


def test_head_and_items() -> None:
    found = pieces(b"<rss><channel><item>one</item> \n <x:item a='b'>two</x:item></channel></rss>")
    assert found == [
        Piece("head", b"<rss><channel>"),
        Piece("item", b"<item>one</item>"),
        Piece("item", b"<x:item a='b'>two</x:item>"),
    ]


def test_marks_in_sections_and_comments_are_words() -> None:
    data = b"<r><!-- <item> --><item><![CDATA[see <item> and </item>.]]><!-- </item> --></item></r>"
    assert [piece.data for piece in pieces(data)[1:]] == [data[18:-4]]


def test_other_names_that_begin_alike_are_none() -> None:
    assert [piece.kind for piece in pieces(b"<r><items><itemRef/><item/><item>a</item></items></r>")] == [
        "head",
        "item",
    ]


def test_an_item_that_never_ends_costs_itself_alone() -> None:
    data = b"<r><item>one<item>two</item><item>three"
    assert [(piece.kind, piece.data) for piece in pieces(data)[1:]] == [
        ("unclosed", b"<item>one"),
        ("item", b"<item>two</item>"),
        ("unclosed", b"<item>three"),
    ]


def test_a_section_that_never_ends_costs_its_item_alone() -> None:
    data = b"<r><item><![CDATA[one</item>\n<item><![CDATA[two]]></item><item>three</item></r>"
    found = [(piece.kind, piece.data) for piece in pieces(data)[1:]]
    assert found == [
        ("unclosed", b"<item><![CDATA[one</item>\n"),
        ("item", b"<item><![CDATA[two]]></item>"),
        ("item", b"<item>three</item>"),
    ]


def test_an_enormous_item_is_told_once_and_passed_over() -> None:
    data = b"<r><item>" + b"x" * 5000 + b"</item><item>two</item></r>"
    found = pieces(data, 100, max_bytes=1000)
    assert [piece.kind for piece in found] == ["head", "enormous", "item"]
    assert found[-1].data == b"<item>two</item>"


def test_utf16_is_cut_as_well() -> None:
    stream = io.BytesIO("\ufeff<r><item>Ж</item></r>".encode("utf-16-le"))
    assert list(cut(chunks(stream), "item", max_bytes=1000))[1] == Piece("item", "<item>Ж</item>".encode())


@given(st.integers(1, 300))
def test_the_size_of_chunks_does_not_matter(size: int) -> None:
    data = wxr(*(post(n, text="<p>]] > <![CDATA[ -- <item></p>") for n in range(3))).encode()
    assert pieces(data, size) == pieces(data, len(data))


@given(
    st.lists(st.sampled_from([b"<item>", b"</item>", b"<![CDATA[", b"]]>", b"<!--", b"-->", b"x", b"<", b"<item/>"]))
)
def test_no_byte_is_given_twice(parts: list[bytes]) -> None:
    data = b"".join(parts)
    found = pieces(data, 3)
    assert sum(len(piece.data) for piece in found) <= len(data)
    assert all(piece.data in data for piece in found)
