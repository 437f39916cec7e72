"""Wrongly decoded text is mended where that is certain; whatever somebody may have written stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.clean.article import clean
from index.clean.mojibake import mend
from index.datatypes import Record

ENGLISH = "It’s a “test” — the naïve café’s owner wouldn’t say more, she told Łódź’s paper."
RUSSIAN = "Президент заявил во вторник, что операция подходит к концу."
PORTUGUESE = "A população de São Paulo não está só: NÃO É VERDADE, disse João. À meia-noite, “São” e “Ã” bastam."


def misread(text: str, codec: str = "sloppy-windows-1252") -> str:
    import ftfy.bad_codecs  # noqa: F401

    return text.encode().decode(codec)


@pytest.mark.parametrize("text", [ENGLISH, RUSSIAN, PORTUGUESE, "Größe und Übermut tun selten gut, hieß es früher."])
@pytest.mark.parametrize("codec", ["sloppy-windows-1252", "latin-1"])
def test_text_that_was_misread_as_a_whole_is_mended(text: str, codec: str) -> None:
    assert misread(text, codec) != text
    assert mend(misread(text, codec)) == text


@pytest.mark.parametrize(
    "text",
    [
        *(ENGLISH, RUSSIAN, PORTUGUESE),
        "NÃO, CORAÇÃO, AVÓS E PÃES: MANHÃ DE SÃO JOÃO.",
        "L'ÎLE DÂ’EAU, Â« tout Â»",  # half of it only: no whole text reads back
        "“â€™” is what an apostrophe becomes when UTF-8 is read as Windows-1252; “Ã©” was an é, itâ€™s said.",
        "Readers saw â€ and Ã where quotation marks belong.",
        f"{ENGLISH} A reader had written “{misread('café’s')}” before.",  # sound text around damaged text
        "Plain words, nothing else.",
        "It costs 5 Â£.",  # once, and beside no letter
    ],
)
def test_what_may_have_been_written_stays(text: str) -> None:
    assert mend(text) == text


@given(st.text())
def test_mending_is_done_once(text: str) -> None:
    assert mend(mend(text)) == mend(text)


@given(st.text(alphabet="abcABC ÀÁÂÃÇÉÊÍÓÔÕÚàáâãçéêíóôõú,.“”’—", max_size=200))
def test_romance_text_is_left_alone(text: str) -> None:
    if not any(pair in text for pair in ("Ã“", "Â“", "Ã”", "Â”", "â€", "Ã’", "Â’", "Ã—", "Â—")):
        assert mend(text) == text


def test_an_article_is_mended_with_its_fields_and_a_note_says_so() -> None:
    body = misread(f"{ENGLISH}\n\n{ENGLISH}")
    paper = clean(Record("a", "text", body, {"title": misread("Café opens"), "authors": [misread("Zoë Löw")]}))
    assert paper.text == f"{ENGLISH}\n\n{ENGLISH}"
    assert (paper.metadata.title, paper.metadata.authors) == ("Café opens", ("Zoë Löw",))
    assert "its characters had been decoded wrongly and were mended" in paper.notes


def test_a_sound_article_has_no_such_note() -> None:
    paper = clean(Record("a", "text", PORTUGUESE, {"title": "São João"}))
    assert not any("mended" in note for note in paper.notes)
