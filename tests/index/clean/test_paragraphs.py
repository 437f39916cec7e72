"""What stands around the prose: headline, bylines, credit lines, copyright, captions, datelines, furniture."""

from __future__ import annotations

import pytest

from index.clean.paragraphs import Findings, read
from index.datatypes import Label, PartialDate

PROSE = "The bridge was closed on Tuesday after divers had found a crack in it, the city said, and it will stay closed."


def found(*paragraphs: str, title: str = "") -> Findings:
    return read(paragraphs, title=title)


def test_a_newspaper_page_as_text() -> None:
    page = found(
        "Join our new Telegram channel and get all the news first!",
        "City closes bridge",
        "By Jane Doe and José Núñez",
        "Published Nov. 21, 2017, 3:04 p.m.",
        "The bridge on Monday, Nov. 20, 2017. (Jun Pellow/The Paper)",
        "PORT ELLERY (AP) — " + PROSE,
        "A crack in the pillar",
        PROSE,
        "(Doe reported from Port Ellery. Al Roe and special correspondent Bo Lund in Amman, Jordan, contributed.)",
        "© 2017 The Paper",
        "Visit The Paper at",
        "Distributed by\u00a0Big Content Agency, Inc.",
    )
    assert [label.value for label in page.labels] == [
        *("furniture", "heading", "credit", "furniture", "caption", "prose", "heading", "prose", "credit"),
        *("furniture", "furniture", "furniture"),
    ]
    assert page.title == "City closes bridge"
    assert page.authors == ("Jane Doe", "José Núñez")
    assert page.contributors == ("Al Roe", "Bo Lund")
    assert page.text_date == PartialDate("2017-11-21")
    assert page.caption_date == PartialDate("2017-11-20")
    assert page.dateline == "PORT ELLERY (AP)"
    assert page.dateline_agency == "AP"
    assert page.outlet == "The Paper"
    assert page.agency == "Big Content Agency, Inc."
    assert page.copyright == "© 2017 The Paper"
    assert page.copyright_year == PartialDate("2017")


def test_a_known_title_is_found_again_in_the_text() -> None:
    assert found("CITY CLOSES BRIDGE!", PROSE, title="City closes bridge").labels == [Label.HEADING, Label.PROSE]


def test_a_section_above_the_headline_is_not_the_headline() -> None:
    page = found("World", "City closes bridge after a crack is found", PROSE)
    assert page.title == "City closes bridge after a crack is found"
    assert page.labels[0] is Label.HEADING


def test_a_first_sentence_is_no_headline() -> None:
    assert found(PROSE, PROSE).title == ""
    assert found("The bridge is closed.", PROSE).title == ""
    assert found("Only one line").title == ""


@pytest.mark.parametrize(
    ("paragraph", "dateline", "agency", "date"),
    [
        ("MOSCOW (AP) - Text", "MOSCOW (AP)", "AP", None),
        ("(CNN) Text", "(CNN)", "CNN", None),
        ("Hong Kong (CNN) Text", "Hong Kong (CNN)", "CNN", None),
        ("PORT ELLERY, Sept. 3, 2025 — Text", "PORT ELLERY, Sept. 3, 2025", None, "2025-09-03"),
        ("MOSCOW, Nov. 21 (Reuters) - Text", "MOSCOW, Nov. 21 (Reuters)", "Reuters", None),
        ("ST. PETERSBURG, Fla. (AP) — Text", "ST. PETERSBURG, Fla. (AP)", "AP", None),
        ("KESSELAU, 8. April 2025 - Der Text", "KESSELAU, 8. April 2025", None, "2025-04-08"),
        ("RIBAMAR, 11 de mayo de 2026 — El texto", "RIBAMAR, 11 de mayo de 2026", None, "2026-05-11"),
        ("МОСКВА, 21 ноября 2017 — Текст", "МОСКВА, 21 ноября 2017", None, "2017-11-21"),
        ("PORT ELLERY (Coastline Press) - Text", "PORT ELLERY (Coastline Press)", "Coastline Press", None),
        ("Apple (AAPL) shares fell", None, None, None),
        ("The World Health Organization (WHO) said", None, None, None),
        ("Putin — who spoke on Tuesday — said", None, None, None),
    ],
)
def test_datelines(paragraph: str, dateline: str | None, agency: str | None, date: str | None) -> None:
    page = found(f"{paragraph} that the bridge would stay closed.", PROSE, title="T")
    assert page.labels[0] is Label.PROSE
    assert (page.dateline, page.dateline_agency) == (dateline, agency)
    assert page.dateline_date == (PartialDate(date) if date else None)


@pytest.mark.parametrize(
    "line", ["By Jane Doe", "BY JANE DOE", "Von Jürgen Althoff-Brandt", "Por Lucía Marchena Ríos", "Автор: Анна Кац"]
)
def test_bylines_are_credit(line: str) -> None:
    page = found("City closes bridge", line, PROSE)
    assert page.labels == [Label.HEADING, Label.CREDIT, Label.PROSE]
    assert len(page.authors) == 1


def test_an_agency_in_the_byline() -> None:
    page = found("City closes bridge", "By Jane Doe, Associated Press", PROSE)
    assert (page.authors, page.agency) == (("Jane Doe",), "Associated Press")


@pytest.mark.parametrize(
    "line", ["By the river it was quiet", "By Tuesday, all had left", "Por favor, no molesten al conductor"]
)
def test_what_only_begins_like_a_byline(line: str) -> None:
    assert found("City closes bridge", PROSE, line, PROSE).authors == ()


def test_a_name_after_a_dash_signs_unless_a_quotation_stands_before() -> None:
    assert found(PROSE, "– Jane Doe", title="T").labels[1] is Label.CREDIT
    assert found("“I am not sorry.”", "– Jane Doe", title="T").labels[1] is Label.PROSE


def test_links_after_their_title_are_furniture() -> None:
    page = found(PROSE, "Related stories", "Mayor resigns", "Bridge to reopen", PROSE, title="T")
    assert [label.value for label in page.labels] == ["prose", "furniture", "furniture", "furniture", "prose"]


def test_a_copyright_in_the_middle_of_an_article_is_not_its_own() -> None:
    page = found(*[PROSE] * 10, "© 1999 Someone", *[PROSE] * 10, title="T")
    assert page.copyright is None


@pytest.mark.parametrize(
    ("line", "outlet", "year"),
    [
        ("© 2017 The Paper", "The Paper", "2017"),
        ("Copyright 2021, The Paper. All rights reserved.", "The Paper", "2021"),
        ("(c) 2019-2021 The Paper", "The Paper", "2021"),
        ("© The Paper 2018", "The Paper", "2018"),
        ("Copyright © 2017 by The Paper, Inc.", "The Paper, Inc", "2017"),
    ],
)
def test_copyright_lines(line: str, outlet: str, year: str) -> None:
    page = found(PROSE, line, title="T")
    assert page.labels[1] is Label.FURNITURE
    assert page.copyright_year == PartialDate(year)
    assert (page.outlet or "").rstrip(".") == outlet
