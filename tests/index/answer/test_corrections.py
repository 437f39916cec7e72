"""Which articles correct another, and what looking for them costs."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import newsroom
import pytest

from index.answer.corrections import corrections
from index.archive import Archive
from index.search.snapshot import take
from index.store import articles
from index.store.database import connect

NOW = datetime(2026, 3, 10, tzinfo=UTC)
URL = "https://mail.example/ferry"
FERRY = "How many passengers does the last ferry to Sandholm carry?"
MANY = 40


def note(folder: Path, name: str, text: str, **fields: Any) -> None:
    newsroom.write(folder, name, f"Correction: {name}", text, label="correction", **fields)


def found(tmp_path: Path) -> dict[str, list[str]]:
    """The corrections of each article by its headline, as they are known at NOW."""
    archive = newsroom.open_archive(tmp_path)
    archive.reindex([tmp_path / "articles"])
    with connect(tmp_path / "data" / "archive.db") as db:
        snapshot = take(db, {})
        cards = [one.card for one in snapshot.listed]
        known = corrections(db, snapshot, cards, NOW)
    return {card.title: [one.title for one in known[card.id]] for card in cards if card.id in known}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return newsroom.three_stories(tmp_path / "articles")


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("An earlier version gave another number of passengers.", {"url": URL}),
        (f"An earlier version of {URL} gave another number.", {}),
        ("Our story “Ferry to Sandholm stops in May” gave another number of passengers.", {}),
    ],
)
def test_an_article_is_corrected_by_its_url_or_headline(
    folder: Path, tmp_path: Path, text: str, fields: dict[str, str]
) -> None:
    note(folder, "note", text, **fields)
    assert found(tmp_path) == {"Ferry to Sandholm stops in May": ["Correction: note"]}


def test_a_short_headline_in_a_text_is_an_accident(folder: Path, tmp_path: Path) -> None:
    newsroom.write(folder, "short", "Rye bread", newsroom.BAKERY + " It is dark.")
    note(folder, "note", "What we wrote of Rye bread was wrong.")
    assert found(tmp_path) == {}


def test_an_article_that_is_no_correction_corrects_nothing(folder: Path, tmp_path: Path) -> None:
    newsroom.write(folder, "plain", "Letters", "I read “Ferry to Sandholm stops in May” with sorrow.")
    assert found(tmp_path) == {}


def test_a_correction_that_may_not_be_shown_yet_is_not(folder: Path, tmp_path: Path) -> None:
    note(folder, "note", f"An earlier version of {URL} gave another number.", published="2026-03-20")
    assert found(tmp_path) == {}


def test_it_does_not_correct_itself_and_they_come_in_order(folder: Path, tmp_path: Path) -> None:
    note(folder, "a", f"An earlier version of {URL} was wrong. See Correction: b.")
    note(folder, "b", f"Of {URL} we wrote another number; see our Correction: a.")
    known = found(tmp_path)
    assert known["Ferry to Sandholm stops in May"] == ["Correction: a", "Correction: b"]
    assert known["Correction: a"] == ["Correction: b"]


def test_the_texts_of_corrections_are_never_read_and_a_version_once_a_reply(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(MANY):
        note(folder, f"n{n}", f"The clerk of ward {n} was misnamed in an earlier version.")
    archive = newsroom.open_archive(tmp_path)
    archive.reindex([folder])
    read: list[int] = []
    make = articles._version

    def counting(row: Any) -> Any:
        read.append(row[0])
        return make(row)

    monkeypatch.setattr(articles, "_version", counting)

    def versions_read(act: Any) -> tuple[Any, list[int]]:
        read.clear()
        return act(), list(read)

    answer, asked = versions_read(lambda: archive.ask(FERRY, top=3))
    assert sorted(asked) == sorted({quote.version_id for quote in answer.quotes})
    _, recalled = versions_read(lambda: archive.recall(answer.id))
    assert sorted(recalled) == sorted(asked)
    _, leaning = versions_read(lambda: Archive.ask(archive, "and when?", previous=answer.id, top=1))
    assert len(leaning) == 2  # the one that was quoted before, the one that is quoted now
