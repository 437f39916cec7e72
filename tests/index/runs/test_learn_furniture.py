"""Lines that recur over an outlet's stories are learned as its furniture; reporting that recurs is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from newsroom import open_archive, write

from index.archive import Archive
from index.datatypes import Label
from index.errors import NotFound
from index.store import articles
from index.store import furniture as store
from index.store.database import connect

PITCH = "Our readers keep the Mail going, and the tide table comes with it."
BACKGROUND = "Sandholm broke away from the union in 1991 and has claimed the outer islands ever since."
COMMENT = "The company did not respond to a request for comment."
HURT = "No one was hurt."
TOPICS = ("ferry", "bakery", "school", "bridge", "orchard", "library", "harbour", "theatre")


def story(topic: str, *, tail: str = PITCH, extra: str = "") -> str:
    return (
        f"The {topic} on Lantern Street will close for a month, its owner announced on Tuesday evening.\n\n"
        f"Neighbours of the {topic} had asked for longer hours since the spring, and were not amused.\n\n{extra}"
        f"A {topic} of that age needs a new roof every forty years, the {topic} keeper Ada Venn explained.\n\n{tail}"
    )


def fill(folder: Path, *, extra: str = "", tail: str = PITCH) -> Path:
    for topic in TOPICS:
        write(folder, topic, f"The {topic} closes for a month", story(topic, extra=extra, tail=tail))
    return folder


def sentences(archive: Archive, words: str) -> list[Label]:
    """The labels of the sentences of every article that begin with these words."""
    with connect(archive._database) as db:
        listed = [one.version_id for one in articles.listed(db)]
        versions = articles.versions(db, listed).values()
    return [
        one.label
        for version in versions
        for one in version.sentences
        if version.text[one.start : one.end].startswith(words[:20])
    ]


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    archive = open_archive(tmp_path)
    archive.reindex([fill(tmp_path / "papers", extra=f"{HURT}\n\n{COMMENT}\n\n")])
    return archive


def test_a_pitch_that_recurs_is_left_out(archive):
    assert [(one.text, one.stories, one.dropped) for one in archive.furniture() if one.dropped] == [(PITCH, 8, True)]
    assert sentences(archive, PITCH) == []


def test_reporting_that_recurs_stays(archive):
    assert sentences(archive, HURT) == [Label.PROSE] * 8
    assert sentences(archive, COMMENT) == [Label.PROSE] * 8
    assert {one.text for one in archive.furniture() if not one.dropped} == {HURT, COMMENT}


def test_background_told_again_in_every_story_of_an_affair_stays(tmp_path):
    archive = open_archive(tmp_path)
    tail = "The islands and the union had met in Sandholm for talks that ended before lunch.\n\n" + BACKGROUND
    archive.reindex([fill(tmp_path / "papers", tail=tail)])
    assert sentences(archive, BACKGROUND) == [Label.PROSE] * 8


def test_one_piece_read_many_times_is_one_story(tmp_path):
    archive = open_archive(tmp_path)
    for number in range(9):
        write(tmp_path / "papers", str(number), f"The ferry closes ({number})", story("ferry") + f"\n\nCopy {number}.")
    archive.reindex([tmp_path / "papers"])
    assert not any(one.dropped for one in archive.furniture())


def test_numbers_that_vary_say_something(tmp_path):
    archive = open_archive(tmp_path)
    for number, topic in enumerate(TOPICS):
        write(
            tmp_path / "papers",
            topic,
            f"The {topic} closes",
            story(topic, tail=f"You can vote until {number + 3} May."),
        )
    archive.reindex([tmp_path / "papers"])
    assert not any(one.dropped for one in archive.furniture())


def test_text_and_labels_as_read_stay_and_a_new_article_is_relabelled_at_once(archive, tmp_path):
    with connect(archive._database) as db:
        before = {
            one.version_id: articles.versions(db, [one.version_id])[one.version_id] for one in articles.listed(db)
        }
        assert all(PITCH in version.text for version in before.values())
        assert all(
            label.label is Label.PROSE
            for id_ in before
            for label in articles.labels(db, id_)
            if label.span.of(before[id_].text) == PITCH
        )
    write(tmp_path / "papers", "museum", "The museum closes for a month", story("museum"))
    archive.reindex([tmp_path / "papers" / "museum.json"])
    assert sentences(archive, PITCH) == []


def test_a_person_can_keep_a_line_and_take_that_back(archive):
    line = next(one for one in archive.furniture() if one.dropped)
    archive.decide_furniture(line.id, "keep", by="test")
    assert sentences(archive, PITCH) == [Label.PROSE] * 8
    archive.reindex(full=True)
    assert sentences(archive, PITCH) == [Label.PROSE] * 8  # a decision outlives the next run
    assert [(one.dropped, one.decided) for one in archive.furniture() if one.id == line.id] == [(False, True)]
    archive.decide_furniture(line.id, None, by="test")
    assert sentences(archive, PITCH) == []


def test_a_person_can_leave_a_line_out(archive):
    line = next(one for one in archive.furniture() if one.text == COMMENT)
    archive.decide_furniture(line.id, "drop", by="test")
    assert sentences(archive, COMMENT) == []
    assert archive.furniture("the oldport mail")[0].outlet == "The Oldport Mail"
    with pytest.raises(NotFound, match="no line 999"):
        archive.decide_furniture(999, "drop")


def test_what_was_learned_is_taken_back_where_the_owner_does_not_want_it(archive, tmp_path):
    unlearning = open_archive(tmp_path, learn_furniture=False)
    unlearning.reindex()
    assert sentences(unlearning, PITCH) == [Label.PROSE] * 8
    with connect(archive._database) as db:
        assert store.every(db) == {}
    archive.reindex()
    assert sentences(archive, PITCH) == []


def test_nothing_is_looked_at_again_while_nothing_is_new(archive, monkeypatch):
    def never(*_: object) -> None:
        raise AssertionError("read again")

    monkeypatch.setattr(store, "pages", never)
    archive.reindex()
