"""Names are taken from bylines and credit lines as they are printed, or not at all."""

from __future__ import annotations

import pytest

from index.clean.bylines import byline, credits, each_once, is_credit_line, is_name, names


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("By Jane Doe", ("Jane Doe",)),
        ("Jane Doe and José Núñez", ("Jane Doe", "José Núñez")),
        ("By Jane Doe, John Roe and Al Poe", ("Jane Doe", "John Roe", "Al Poe")),
        ("By John Roe, Jr.", ("John Roe, Jr.",)),
        ("By Jane Doe, Staff Writer", ("Jane Doe",)),
        ("By Jane Doe, The Associated Press", ("Jane Doe",)),
        ("By Jane Doe | The Evening Courier", ("Jane Doe",)),
        ("Ariane de Vogue; Danielle Wiener-Bronner", ("Ariane de Vogue", "Danielle Wiener-Bronner")),
        ("Von Jürgen Althoff-Brandt und Eva Groß", ("Jürgen Althoff-Brandt", "Eva Groß")),
        ("Анна Кац и Иван Петров", ("Анна Кац", "Иван Петров")),
        ("王小明", ("王小明",)),
        ("jane@example.com", ()),
        ("Reuters", ()),
        ("", ()),
    ],
)
def test_names_of_a_byline(text: str, people: tuple[str, ...]) -> None:
    assert names(text) == people


@pytest.mark.parametrize("text", ["By the way", "By 2030", "By Tuesday, all had left", "By Jove!", "Nearby Jane Doe"])
def test_not_bylines(text: str) -> None:
    assert byline(text) == ((), None)


def test_names_have_capitals_where_the_script_has_them() -> None:
    assert is_name("Leonardo da Vinci")
    assert not is_name("the mayor")
    assert not is_name("Channel 4")


@pytest.mark.parametrize(
    ("line", "authors", "contributors"),
    [
        (
            "(Doe reported from Paris, Roe from Rome and Poe of the Rome Bureau from Oslo. Al Lund and Bo Berg of the"
            " Rome Bureau in Oslo and special correspondent Cy Dahl in Amman, Jordan, contributed to this report.)",
            ("Doe", "Roe", "Poe"),
            ("Al Lund", "Bo Berg", "Cy Dahl"),
        ),
        ("(Doe reported from Port Ellery. Al Lund contributed.)", ("Doe",), ("Al Lund",)),
        ("CNN's Jane Doe, Al Lund and Bo Berg contributed to this report.", (), ("Jane Doe", "Al Lund", "Bo Berg")),
        ("Associated Press writer Jane Doe in Paris contributed to this report.", (), ("Jane Doe",)),
        ("AP Sports Writer Al Lund contributed to this story.", (), ("Al Lund",)),
        ("Contributing: Jane Doe, USA TODAY; The Associated Press", (), ("Jane Doe", "The Associated Press")),
        ("(Reporting by Jane Doe in Paris and Al Lund; Editing by Bo Berg)", ("Jane Doe", "Al Lund"), ()),
        ("Additional reporting by Jane Doe", (), ("Jane Doe",)),
    ],
)
def test_credit_lines(line: str, authors: tuple[str, ...], contributors: tuple[str, ...]) -> None:
    assert is_credit_line(line)
    assert credits(line) == (authors, contributors)


@pytest.mark.parametrize(
    "line",
    [
        "The rain contributed to the flood, the inquiry found.",
        "(The figure was first reported in 2019.)",
        "She reported from Moscow for ten years before she was expelled, and wrote two books about it.",
        "Reporting by the city's newspapers led to three arrests last year.",
        "“He contributed to this report,” she said.",
    ],
)
def test_prose_about_reporting_is_no_credit_line(line: str) -> None:
    assert not is_credit_line(line)


@pytest.mark.parametrize(
    ("given", "once"),
    [
        (["Ada Berg Jon Holm", "Ada Berg", "Jon Holm"], ("Ada Berg", "Jon Holm")),
        (["Ada Berg", "Jon Holm", "Ada Berg Jon Holm Eva Lind", "Eva Lind"], ("Ada Berg", "Jon Holm", "Eva Lind")),
        (["Ada Berg", "Ada Berg Holm"], ("Ada Berg", "Ada Berg Holm")),
        (["Ada Berg", "Ada Berg"], ("Ada Berg",)),
        ([], ()),
    ],
)
def test_names_run_together_are_said_once(given, once):
    assert each_once(given) == once
