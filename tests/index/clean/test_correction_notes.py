"""An outlet's own corrections and retractions are found where they stand; stories about corrections are not."""

from __future__ import annotations

import pytest

from index.clean.correction_notes import correction, is_retracted

STORY = "The hospital will have 180 beds, the department said on Monday."


@pytest.mark.parametrize(
    "note",
    [
        "Correction: The hospital is to open in 2026, not in 2025.",
        "CORRECTION (May 4, 2024): The hospital is to open in 2026.",
        "Clarification — The beds are counted without the intensive ward.",
        "An earlier version of this article misstated the year in which the hospital opens.",
        "This article was amended on 4 March 2024 to correct the number of beds.",
        "This story has been updated to correct the number of beds.",
        "Editor’s note: We have corrected the number of beds.",
        "Korrektur: In einer früheren Version stand, das Haus öffne 2025.",
        "Fe de errores: el hospital abrirá en 2026.",
        "Поправка: больница откроется в 2026 году.",
        "更正：医院将于2026年开放。",
    ],
)
def test_a_note_of_correction_is_found(note):
    assert correction([STORY, note]) == 1


@pytest.mark.parametrize(
    "paragraph",
    [
        "Corrections officers went on strike on Monday.",
        "The correction of the ballot took nine hours.",
        "Market correction fears grew after the sale.",
        "An earlier version of the bill had passed in May.",
        "The report was corrected twice before it was published, she said.",
        "“Correction,” the captain said: there were two boats.",
    ],
)
def test_reporting_about_corrections_is_no_note(paragraph):
    assert correction([STORY, paragraph]) is None


def test_a_note_that_the_markup_gives_is_found_whatever_it_looks_like():
    assert correction([STORY, "The year was wrong. It is 2026."], "The year was wrong. It is 2026.") == 1


def test_retraction_before_the_headline_or_in_a_note():
    assert is_retracted("RETRACTED: Gout drug halves stays", [STORY])
    assert is_retracted("Gout drug", ["Editor’s note: This article has been retracted.", STORY])
    assert not is_retracted("Drug maker retracted its claim", [STORY, "The company has retracted the claim."])
    assert not is_retracted("Gout drug", [STORY] * 9 + ["This article has been retracted, the journal said in 2019."])
