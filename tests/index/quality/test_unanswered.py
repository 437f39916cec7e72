"""The board of unanswered questions: by meaning, by terms where no model knows the language, muted without words."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from newsroom import open_archive, three_stories, write
from word_embedder import WordEmbedder

from index.archive import Archive
from index.datatypes import AnswerKind, Unanswered
from index.errors import NotFound
from index.store import schema
from index.store.database import migrate

POOL = "When does the swimming pool reopen?"
POOL_AGAIN = "When does the swimming pool reopen again?"
SNOW = "How deep is the snow on Mount Garn?"
RUSSIAN = "Когда снова откроется бассейн?"
RUSSIAN_AGAIN = "Когда бассейн снова откроется для детей?"


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    archive = open_archive(tmp_path)
    archive.reindex([three_stories(tmp_path / "news")])
    return archive


def asked(archive: Archive, *questions: str, previous: str | None = None) -> list[str]:
    """Ask, and be told nothing: the ids of the answers."""
    answers = [archive.ask(question, previous=previous) for question in questions]
    assert all(answer.kind is not AnswerKind.ANSWERED for answer in answers)
    return [answer.id for answer in answers]


def board(archive: Archive, ids: list[str]) -> list[tuple[str, int]]:
    return [(one.question, one.count) for one in archive.unanswered(ids) if one.mute is None]


def test_wordings_of_one_meaning_are_one_asked_most_first(archive: Archive) -> None:
    ids = asked(archive, SNOW, POOL, POOL_AGAIN, "when does the  swimming pool reopen")
    assert [count for _, count in board(archive, ids)] == [3, 1]
    assert board(archive, ids)[1] == (SNOW, 1)
    assert board(archive, ids[:1]) == [(SNOW, 1)], "only what readers were given counts"


def test_questions_in_a_language_the_model_does_not_know_are_brought_together_by_their_terms(archive: Archive) -> None:
    ids = asked(archive, RUSSIAN, RUSSIAN_AGAIN, POOL)
    assert [count for _, count in board(archive, ids)] == [2, 1]


def test_without_a_model_terms_alone_bring_together(tmp_path: Path) -> None:
    archive = Archive.open(tmp_path / "data")
    archive.reindex([three_stories(tmp_path / "news")])
    ids = asked(archive, POOL, POOL_AGAIN, SNOW)
    assert [count for _, count in board(archive, ids)] == [2, 1]
    archive.mute(ids[0], ids)
    ids += asked(archive, "Does the swimming pool reopen?")
    assert board(archive, ids) == [(SNOW, 1)]


def test_a_mute_holds_for_later_wordings_and_in_another_process(archive: Archive, tmp_path: Path) -> None:
    ids = asked(archive, POOL, SNOW)
    number = archive.mute(ids[0], ids, by="test")
    assert archive.mute(ids[0], ids) == number, "pressing twice mutes once"
    again = open_archive(tmp_path)
    ids += asked(again, POOL_AGAIN)
    *open_, hidden = again.unanswered(ids)
    assert [one.question for one in open_] == [SNOW]
    assert (hidden.mute, hidden.count) == (number, 2)
    assert again.unmute(number)
    assert not again.unmute(number)
    assert [count for _, count in board(again, ids)] == [2, 1]


def test_a_mute_outlives_a_change_of_the_model_by_its_terms(archive: Archive, tmp_path: Path) -> None:
    ids = asked(archive, POOL, SNOW)
    archive.mute(ids[0], ids)
    other = Archive.open(tmp_path / "data", embedder=WordEmbedder(name="other"))
    ids += asked(other, POOL_AGAIN)
    assert board(other, ids) == [(SNOW, 1)]


def test_a_mute_keeps_no_words(archive: Archive, tmp_path: Path) -> None:
    ids = asked(archive, POOL)
    archive.mute(ids[0], ids)
    archive.forget_questions(ids)
    [hidden] = archive.unanswered(ids)
    assert (hidden.question, hidden.count) == ("", 0)
    with sqlite3.connect(tmp_path / "data" / "archive.db") as db:
        kept = str(db.execute("SELECT * FROM mutes, mute_meanings").fetchall()).casefold()
    assert not any(word in kept for word in ("pool", "swim", "reopen"))


def test_what_is_forgotten_cannot_be_muted(archive: Archive) -> None:
    ids = asked(archive, POOL)
    archive.forget_questions(ids)
    with pytest.raises(NotFound):
        archive.mute(ids[0], ids)
    assert archive.unanswered(ids) == ()


def test_a_question_that_leaned_on_another_is_listed_whole(archive: Archive) -> None:
    before = archive.ask("What did the swing bridge cost?")
    after = archive.ask("And how much was the toll for it in euros on Mars?", previous=before.id)
    found = archive.unanswered([after.id], [after.id])
    assert len(found) == 1
    assumed = [notice.values["question"] for notice in after.notices if "question" in notice.values]
    assert found[0].question == (assumed or [after.question])[0]


def test_topics_without_an_article_are_asked_in_vain_and_others_not(archive: Archive) -> None:
    nothing, something = archive.ask("Patagonia"), archive.ask("bakery")
    assert {nothing.kind, something.kind} == {AnswerKind.COVERAGE}
    assert board(archive, [nothing.id, something.id]) == [("Patagonia", 1)]


def judged(archive: Archive, question: str) -> tuple[str, Unanswered]:
    answer = archive.ask(question)
    assert answer.answered
    [one] = archive.unanswered([answer.id], [answer.id])
    return answer.id, one


def test_an_answer_that_did_not_help_is_marked_until_there_is_another(archive: Archive, tmp_path: Path) -> None:
    question = "How many loaves does Imke Sand bake a night?"
    answer_id, one = judged(archive, question)
    assert (one.unhelpful, one.count, one.answered) == (1, 1, False)
    assert one.closest is not None
    assert one.closest.title == "Rye bread prize for Mill Lane"
    write(tmp_path / "news", "snow", "Snow on Mount Garn", "The snow on Mount Garn is four metres deep.")
    archive.reindex([tmp_path / "news"])
    [same] = archive.unanswered([answer_id], [answer_id])
    assert not same.answered, "the very answer that did not help"
    (tmp_path / "news" / "bakery.json").unlink()
    text = "Imke Sand bakes 500 loaves a night in Mill Lane since the spring, her daughter said."
    write(tmp_path / "news", "loaves", "Imke Sand bakes more loaves a night", text)
    archive.reindex([tmp_path / "news"], prune=True)
    [other] = archive.unanswered([answer_id], [answer_id])
    assert other.answered


def test_what_is_answered_by_now_comes_behind_what_is_not(archive: Archive, tmp_path: Path) -> None:
    ids = asked(archive, SNOW, SNOW, POOL)
    assert [one.answered for one in archive.unanswered(ids)] == [False, False]
    text = "The snow on Mount Garn is four metres deep, the mountain rescue service said. So deep a snow is rare."
    write(tmp_path / "news", "snow", "How deep the snow is on Mount Garn", text)
    archive.reindex([tmp_path / "news"])
    assert [(one.question, one.answered) for one in archive.unanswered(ids)] == [(POOL, False), (SNOW, True)]


def test_an_archive_from_before_gets_its_tables(tmp_path: Path) -> None:
    before = schema.MIGRATIONS[: schema.MIGRATIONS.index(schema.mutes)]
    migrate(tmp_path / "data" / "archive.db", before)
    archive = open_archive(tmp_path)
    archive.reindex([three_stories(tmp_path / "news")])
    ids = asked(archive, POOL)
    assert archive.mute(ids[0], ids) == 1
