"""Which sentences take back or deny the one before them."""

from __future__ import annotations

import pytest

from index.speech import denies, takes_back


@pytest.mark.parametrize(
    ("sentence", "lang"),
    [
        ("It never happened.", "en"),
        ("But it never happened.", "en"),
        ("That did not happen.", "en"),
        ("That wasn't true.", "en"),
        ("The report was false.", "en"),
        ("“That message is false,” said Ada Venn.", "en"),
        ("The claims turned out to be untrue.", "en"),
        ("He denied it.", "en"),
        ("She later denied the allegations.", "en"),
        ("It never happened.", "und"),
        ("Das stimmt nicht.", "de"),
        ("Das ist falsch.", "de"),
        ("Dazu kam es nie.", "de"),
        ("«Es un rumor, y además es un rumor viejo», señaló.", "es"),
        ("Nunca ocurrió.", "es"),
    ],
)
def test_a_sentence_that_takes_back(sentence: str, lang: str) -> None:
    assert takes_back(sentence, lang)


@pytest.mark.parametrize(
    ("sentence", "lang"),
    [
        ("She did not say when the line might return.", "en"),
        ("It never rains here.", "en"),
        ("It is not so bad.", "en"),
        ("This is not the first time.", "en"),
        ("They were wrong to do it.", "en"),
        ("He has not denied it.", "en"),
        ("The weir did not break.", "en"),
        ("The trial was not true to its word.", "en"),
        ("Das Haus ist falsch gebaut.", "de"),
        ("Es regnet nicht.", "de"),
        ("No es un barco.", "es"),
        ("It never happened.", "ja"),
    ],
)
def test_a_sentence_that_does_not(sentence: str, lang: str) -> None:
    assert not takes_back(sentence, lang)


@pytest.mark.parametrize(
    ("sentence", "denying"),
    [
        ("Tomas Reck has denied involvement in the sale.", True),
        ("Reck repeatedly denied the report.", True),
        ("The mayor denies any part in it.", True),
        ("Reck denied himself nothing.", False),
        ("Reck rejected a pay offer of 3 percent.", False),
    ],
)
def test_somebody_who_denies(sentence: str, denying: bool) -> None:
    assert denies(sentence, "en") == denying
