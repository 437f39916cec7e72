"""Calibrating: which floor keeps a share of the answerable, on what ground, and whose floor counts."""

import json
import re
from argparse import Namespace
from dataclasses import asdict
from pathlib import Path

import pytest
from newsroom import open_archive, three_stories

from bot.journal import JOURNAL, Journal, Verdict, verdicts
from bot.keys import Seal
from bot.terminal import calibrate as command
from bot.terminal.calibrate import ENOUGH_VOTES, Ground, neighbourhood
from bot.terminal.cli import main
from bot.terminal.exit_status import UsageError
from config.settings import load
from index.archive import Archive
from index.datatypes import Basis, Calibrated, Floor, FloorOrigin, Label, Metadata, Sentence, Version
from index.quality.floor import Calibration, ranking
from index.quality.synthetic_questions import draft
from index.search.rank import floor as shipped

KEPT = Calibrated(0.42, 0.9, Basis.QUESTIONS, 40, ranking(), "words")


# -- whose floor counts -----------------------------------------------------------------------------------------------


def test_settings_come_before_calibrated_before_shipped(tmp_path):
    calibration = Calibration(tmp_path)
    assert calibration.floor(None, "words") == Floor(shipped(), FloorOrigin.SHIPPED)
    calibration.keep(KEPT)
    assert calibration.floor(None, "words") == Floor(0.42, FloorOrigin.CALIBRATED)
    assert calibration.floor(0.3, "words") == Floor(0.3, FloorOrigin.SETTINGS)
    assert calibration.floor(0.0, "words") == Floor(0.0, FloorOrigin.SETTINGS)
    calibration.keep(None)
    calibration.keep(None)  # undoing twice does no harm
    assert calibration.floor(None, "words").origin is FloorOrigin.SHIPPED


def test_a_calibrated_floor_holds_for_its_ranking_and_model_only(tmp_path):
    calibration = Calibration(tmp_path)
    calibration.keep(KEPT)
    assert calibration.floor(None, "another model").origin is FloorOrigin.SHIPPED
    assert calibration.floor(None, None).origin is FloorOrigin.SHIPPED
    (tmp_path / "floor.json").write_text(json.dumps(asdict(KEPT) | {"ranking": "of last year"}))
    assert Calibration(tmp_path).floor(None, "words").origin is FloorOrigin.SHIPPED
    assert Calibration(tmp_path).calibrated().floor == 0.42


@pytest.mark.parametrize("words", ["", "[]", "{", '{"floor": 0.4}', json.dumps(asdict(KEPT) | {"floor": 7})])
def test_a_damaged_file_is_told_and_passed_over(tmp_path, caplog, words):
    (tmp_path / "floor.json").write_text(words)
    assert Calibration(tmp_path).floor(None, "words").origin is FloorOrigin.SHIPPED
    assert "cannot be used" in caplog.text


def test_a_running_archive_takes_up_what_another_process_calibrates(tmp_path):
    serving, other = open_archive(tmp_path), open_archive(tmp_path)
    serving.reindex([three_stories(tmp_path / "articles")])
    question = "How many loaves does Imke Sand bake a night?"
    confidence = serving.ask(question, keep=False).confidence
    other.calibrate(confidence, keep=0.9, basis=Basis.QUESTIONS, count=40)
    assert serving.floor() == Floor(confidence, FloorOrigin.CALIBRATED)
    assert serving.ask(question, keep=False).answered
    other.calibrate(min(1.0, confidence + 1e-6), keep=0.9, basis=Basis.QUESTIONS, count=400)
    assert not serving.ask(question, keep=False).answered
    other.forget_calibration()
    assert serving.floor().origin is FloorOrigin.SHIPPED


# -- the grounds ------------------------------------------------------------------------------------------------------


def version(text: str, title: str) -> Version:
    return Version(1, 1, text, "", Metadata(title=title, lang="en"), (Sentence(0, len(text), Label.PROSE, 0),))


def test_a_question_is_made_from_a_sentence_that_counts():
    paper = version("The last boat to Sandholm carries 212 passengers across the windy channel.", "Ferry to Oldport")
    assert draft(paper) == ("How many passengers: Oldport boat Sandholm carries across windy channel?", "212")


def test_nothing_is_made_from_sentences_that_count_nothing_or_say_little():
    assert draft(version("The ferry to Sandholm will stop running in May.", "Ferry")) is None
    assert draft(version("It has 212 seats.", "Ferry")) is None


def test_a_made_question_is_asked_with_and_without_its_article(tmp_path):
    archive = open_archive(tmp_path)
    archive.reindex([three_stories(tmp_path / "articles")])
    made = archive.rehearse(10)
    assert len(made) == 3  # passengers, tonnes, loaves
    assert all(one.held > one.missing for one in made)


@pytest.fixture
def settings(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QUOTEWIRE_ARCHIVE__PATH", str(tmp_path / "data"))
    return load()


@pytest.fixture
def archive(tmp_path, settings):
    made = open_archive(tmp_path)
    made.reindex([three_stories(tmp_path / "articles")])
    yield made
    made.close()


def vote(archive: Archive, count: int, *, liked: int) -> list[str]:
    """So many answers that a reader voted on, the first `liked` of them helpful."""
    journal = Journal(Path("data") / JOURNAL, Seal(bytes(32)))
    ids = []
    for n in range(count):
        answer = archive.ask("How many loaves does Imke Sand bake a night?")
        journal.votes.cast(answer.id, 0, n, helpful=n < liked)
        journal.votes.cast(answer.id, 1, n, helpful=False)  # of a second quote, which says nothing of the confidence
        ids.append(answer.id)
    return ids


def test_votes_count_by_answer_and_for_its_first_quote(archive):
    assert verdicts(Path("data") / JOURNAL) == []
    one, other = vote(archive, 2, liked=1)
    found = {verdict.answer_id: verdict for verdict in verdicts(Path("data") / JOURNAL)}
    assert found == {one: Verdict(one, 1, 0), other: Verdict(other, 0, 1)}


def test_votes_are_the_ground_once_there_are_enough(archive, settings):
    vote(archive, ENOUGH_VOTES - 1, liked=20)
    assert command._from_votes(settings, archive) is None
    vote(archive, 1, liked=1)
    # journals number voters by hash: the same reader's vote on another answer is another vote
    ground = command._from_votes(settings, archive)
    assert ground is not None and (ground.basis, len(ground.keep)) == ("votes", 21)
    assert len(ground.decline["not helpful"]) == 9


def test_the_neighbourhood_shows_the_floor_found_and_the_one_in_use():
    ground = Ground(Basis.QUESTIONS, (0.5, 0.6, 0.7), {"near misses": (0.2, 0.55)}, "")
    table = neighbourhood(ground, 0.6, 0.3)
    cells = list(zip(*(column.cells for column in table.columns), strict=True))
    assert ("0.600", "0.667", "1.000", "keeps the share") in cells
    assert ("0.300", "1.000", "0.500", "in use") in cells
    assert [row[0] for row in cells] == sorted(row[0] for row in cells)


# -- the command ------------------------------------------------------------------------------------------------------


def questions(folder: Path, count: int = 12) -> Path:
    path = folder / "questions.jsonl"
    asked = [
        "How many loaves does Imke Sand bake a night",
        "What did the swing bridge at Oldport cost",
        "Who is Greta Holm",
    ]
    lines = [
        {"id": n, "question": f"{asked[n % 3]}{'?' * (n // 3 + 1)}", "kind": "answerable", "answer": "x"}
        for n in range(count)
    ]
    lines.append({"id": "moon", "question": "Who walked on the moon first?", "kind": "absent_topic"})
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    return path


def arguments(**given: object) -> Namespace:
    known = {"questions": None, "keep": 0.9, "apply": False, "undo": False, "sample": False, "config": None}
    return Namespace(**(known | given))


@pytest.fixture
def calibrate(archive, settings, monkeypatch, capsys):
    """Runs the command over the three stories; what it printed."""

    def run(**given: object) -> str:
        monkeypatch.setattr(command, "opened", lambda *_: archive)
        assert command.calibrate(arguments(**given), settings) == 0
        return " ".join(capsys.readouterr().out.split())

    return run


def test_nothing_changes_without_apply(calibrate, archive, tmp_path):
    told = calibrate(questions=questions(tmp_path))
    assert "keeps 90% of the answerable and declines" in told and "Nothing was changed" in told
    assert archive.floor().origin is FloorOrigin.SHIPPED and not (tmp_path / "data" / "floor.json").exists()


def test_apply_makes_it_the_floor_and_undo_takes_it_back(calibrate, archive, tmp_path):
    told = calibrate(questions=questions(tmp_path), apply=True)
    assert re.search(r"To undo it: \S+ \S*run_bot\.py calibrate --undo", told)
    value = float(re.search(r"A floor of ([\d.]+) keeps", told)[1])
    assert archive.floor() == Floor(pytest.approx(value, abs=1e-3), FloorOrigin.CALIBRATED)
    assert (archive.calibrated().basis, archive.calibrated().count) == ("questions", 12)
    told = calibrate(undo=True)
    assert "is gone" in told and archive.floor().origin is FloorOrigin.SHIPPED
    assert "No floor was calibrated" in calibrate(undo=True)


def test_a_floor_in_the_settings_is_named_where_it_stands_in_the_way(calibrate, archive, tmp_path):
    archive._options = type(archive._options)(floor=0.5)
    assert "answers.floor of the settings comes first" in calibrate(questions=questions(tmp_path), apply=True)


def test_a_floor_of_another_ranking_is_named(calibrate, archive, tmp_path):
    (tmp_path / "data" / "floor.json").write_text(json.dumps(asdict(KEPT) | {"ranking": "old"}))
    assert "A floor of 0.420 was calibrated for another ranking" in calibrate(questions=questions(tmp_path))


def test_too_few_questions_are_refused_with_the_cure(archive, settings, monkeypatch, tmp_path):
    monkeypatch.setattr(command, "opened", lambda *_: archive)
    with pytest.raises(UsageError, match=r"too few to go by: 3 answerable .* 10 are needed"):
        command.calibrate(arguments(questions=questions(tmp_path, 3)), settings)
    with pytest.raises(UsageError, match="English sentences in the archive"):
        command.calibrate(arguments(), settings)


def test_from_the_archive_alone_it_is_an_estimate(calibrate, monkeypatch):
    monkeypatch.setattr(command, "ENOUGH_QUESTIONS", 1)
    told = calibrate()
    assert told.startswith("An estimate, from") and "upper bound" in told and "Nothing was changed" in told


@pytest.mark.parametrize("share", ["0", "1.5", "most"])
def test_a_share_is_between_nothing_and_all(settings, capsys, share):
    with pytest.raises(SystemExit) as ended:
        main(["calibrate", "--keep", share])
    assert ended.value.code == 2
    assert "is not a share like 0.9" in capsys.readouterr().err
