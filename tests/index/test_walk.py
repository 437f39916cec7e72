"""The walks through the rooms, as docs/design/walk_of_a_question.md and walk_of_an_article.md have them: down, once."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import newsroom
import pytest

import index
from index.archive import Archive
from index.question import understand
from tests.test_floors import INDEX

HOUSE = str(Path(index.__file__).parent)
FLOOR = {room: number for number, rooms in enumerate(INDEX) for room in rooms}
QUESTION = "How many passengers does the last ferry to Sandholm carry this week?"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    newsroom.three_stories(tmp_path / "articles")
    archive = newsroom.open_archive(tmp_path)
    archive.reindex([tmp_path / "articles"])
    archive.ask(QUESTION, keep=False)  # what is read once is read
    yield archive
    archive.close()


def room_of(frame: FrameType | None) -> tuple[str, str] | None:
    """The room of index/ in which a frame, or the nearest one it was called from, runs; and the function."""
    while frame is not None:
        file = frame.f_code.co_filename
        if file.startswith(HOUSE):
            return Path(file).relative_to(HOUSE).parts[0].removesuffix(".py"), frame.f_code.co_qualname
        frame = frame.f_back
    return None


def walked(act: Callable[[], object]) -> list[tuple[str, str, str]]:
    """(room, room entered, function) for each call within index/ that leads from one room into another."""
    steps: list[tuple[str, str, str]] = []

    def look(frame: FrameType, event: str, _: Any) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(HOUSE):
            here, there = room_of(frame.f_back), room_of(frame)
            if here is not None and there is not None and here[0] != there[0]:
                steps.append((here[0], *there))

    sys.setprofile(look)
    try:
        act()
    finally:
        sys.setprofile(None)
    return steps


def test_every_call_leads_down(archive: Archive) -> None:
    steps = walked(lambda: archive.ask(QUESTION))
    assert {"answer", "question", "search", "store", "vectors", "speech"} <= {entered for _, entered, _ in steps}
    up = {
        (left, entered, function)
        for left, entered, function in steps
        if FLOOR[entered] > FLOOR[left] and not function.startswith("allowed_ids.")  # SQLite asks what may answer
    }
    assert up == set()


def test_each_step_is_taken_once_and_in_order(archive: Archive) -> None:
    """Between these the walk comes back to the room that leads it: the only times that it climbs."""
    steps = [function for left, _, function in walked(lambda: archive.ask(QUESTION)) if left == "answer"]
    taken = ("question_language", "understand", "retrieve", "versions", "put")
    assert [one for one in steps if one in taken] == list(taken)


def test_the_door_is_entered_once_and_times_are_read_once(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    times = understand.read_times

    def counting(question: str, *rest: Any) -> Any:
        read.append(question)
        return times(question, *rest)

    monkeypatch.setattr(understand, "read_times", counting)
    steps = walked(lambda: archive.ask("articles by Ada Venn about the ferry since 2025"))
    assert read == ["articles by Ada Venn about the ferry since 2025"]
    assert [function for left, entered, function in steps if entered == "archive"] == []
    assert [function for left, _, function in steps if left == "archive" and "Answering" in function] == [
        "QuestionAnswering.ask"
    ]


def walk_of_a_new_article(archive: Archive, folder: Path) -> list[tuple[str, str, str]]:
    (folder / "lighthouse.txt").write_text(
        "The lighthouse opens\n\nThe lighthouse of Sandholm opens in June, a keeper said."
    )
    return walked(lambda: archive.reindex([folder]))


def test_an_article_is_led_down_by_the_run_alone(archive: Archive, tmp_path: Path) -> None:
    steps = walk_of_a_new_article(archive, tmp_path / "articles")
    up = {(left, entered, function) for left, entered, function in steps if FLOOR[entered] > FLOOR[left]}
    assert {(left, entered) for left, entered, _ in up} == {("runs", "serving")}, "the index it was passed"
    assert "archive" not in {entered for _, entered, _ in steps}


def test_each_step_of_an_article_is_taken_once_and_in_order(archive: Archive, tmp_path: Path) -> None:
    """Between these the walk comes back to the run that leads it: the only times that it climbs."""
    steps = [function for left, _, function in walk_of_a_new_article(archive, tmp_path / "articles") if left == "runs"]
    taken = ("open_kind", "read", "clean", "sentences", "passages", "set_sentences", "queue", "Serving.freshen")
    assert [one for one in steps if one in taken] == list(taken)
