"""Corrections of headline, outlet, date and authors: over what was read, everywhere, through every run, and undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from newsroom import FERRY, open_archive, three_stories, write

from bot.terminal.json_answer import answer_document
from index.archive import Archive
from index.datatypes import DateOrigin, Edit, Filter, FilterField
from index.errors import EditedMeanwhile, NotFound, Withdrawn
from index.runs.metadata_edits import read_edit
from index.store.database import connect

QUESTION = "When does the ferry to Sandholm stop running?"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    archive = open_archive(tmp_path)
    archive.reindex([three_stories(tmp_path / "articles")])
    yield archive
    archive.close()


def ferry(archive: Archive) -> int:
    return next(card.id for card in archive.articles().items if card.url)


WRONG_ALL = Edit(title="Zeppelin line ends", outlet="The Norholm Post", published="2019-05", authors=("Jo Reed",))


def test_a_correction_shows_wherever_the_article_does(archive: Archive) -> None:
    number = ferry(archive)
    card = archive.edit(number, WRONG_ALL, by="desk")
    assert (card.title, card.outlet, str(card.published), card.authors) == (
        "Zeppelin line ends",
        "The Norholm Post",
        "2019-05",
        ("Jo Reed",),
    )
    assert card.date_origin is DateOrigin.EDITOR
    answer = archive.ask(QUESTION)
    assert answer.quotes[0].article == card
    assert archive.recall(answer.id).quotes[0].article == card
    assert archive.article(number) == card
    assert card in archive.coverage("Sandholm").items
    document = answer_document(answer)["quotes"][0]["article"]
    assert (document["title"], document["published"], document["date_origin"]) == (card.title, "2019-05", "editor")


def test_the_words_quoted_are_never_touched(archive: Archive) -> None:
    before = archive.ask(QUESTION).quotes[0]
    archive.edit(ferry(archive), WRONG_ALL)
    after = archive.ask(QUESTION).quotes[0]
    assert (after.text, after.sha256, after.version_id, after.span) == (
        before.text,
        before.sha256,
        before.version_id,
        before.span,
    )
    assert archive.verify(before)


@pytest.mark.parametrize(
    ("one", "found"),
    [
        (Filter(FilterField.OUTLET, "The Norholm Post", "given"), True),
        (Filter(FilterField.OUTLET, "The Oldport Mail", "given"), False),
        (Filter(FilterField.PUBLISHED, "2019-05-01..2019-05-31", "given"), True),
        (Filter(FilterField.PUBLISHED, "2026-01-01..", "given"), False),
        (Filter(FilterField.AUTHOR, "Jo Reed", "given"), True),
        (Filter(FilterField.AUTHOR, "Ada Venn", "given"), False),
    ],
)
def test_filters_go_by_the_correction(archive: Archive, one: Filter, found: bool) -> None:
    number = ferry(archive)
    archive.edit(number, WRONG_ALL)
    answer = archive.ask(QUESTION, filters=[one], top=5)
    assert (number in {quote.article.id for quote in answer.quotes}) is found


def test_as_of_goes_by_the_corrected_date(archive: Archive) -> None:
    from datetime import date

    number = ferry(archive)
    assert number not in {one.article.id for one in archive.ask(QUESTION, as_of=date(2020, 1, 1), top=5).quotes}
    archive.edit(number, WRONG_ALL)
    assert number in {one.article.id for one in archive.ask(QUESTION, as_of=date(2020, 1, 1), top=5).quotes}


def test_the_corrected_headline_is_searched_and_embedded(archive: Archive) -> None:
    number = ferry(archive)
    archive.edit(number, WRONG_ALL)
    assert number in {one.article.id for one in archive.ask("What about the zeppelin?", top=3).quotes}
    archive.reindex()
    with connect(archive._database) as db:
        titles = {row[0] for row in db.execute("SELECT title FROM passages_fts WHERE body LIKE '%captain%'")}
        missing = db.execute("SELECT count(*) FROM passages WHERE input NOT IN (SELECT input FROM vectors)").fetchone()
    assert titles == {"zeppelin line end"}
    assert missing[0] == 0


def test_corrections_survive_every_run_and_new_versions(archive: Archive, tmp_path: Path) -> None:
    number = ferry(archive)
    card = archive.edit(number, WRONG_ALL)
    archive.reindex([tmp_path / "articles"])
    archive.reindex([tmp_path / "articles"], full=True)
    assert archive.article(number) == card
    write(
        tmp_path / "articles", "ferry", "Ferry to Sandholm stops", FERRY + "\n\nMore boats are to come.", url=card.url
    )
    assert archive.reindex([tmp_path / "articles"]).changed == 1
    assert archive.article(number).title == "Zeppelin line ends"
    assert archive.edited(number).read.title == "Ferry to Sandholm stops"
    answer = archive.ask("What about the zeppelin?", top=3)
    assert number in {one.article.id for one in answer.quotes}
    again = open_archive(tmp_path)
    assert again.article(number).title == "Zeppelin line ends"
    published = Filter(FilterField.PUBLISHED, "2019-05-01..2019-05-31", "given")
    assert number in {one.article.id for one in again.ask(QUESTION, filters=[published], top=5).quotes}


def test_corrections_add_up_and_are_undone_to_what_was_read(archive: Archive) -> None:
    number = ferry(archive)
    before = archive.article(number)
    archive.edit(number, Edit(title="Zeppelin line ends"), by="ada")
    archive.edit(number, Edit(published="2019"), by="bo")
    edited = archive.edited(number)
    assert (edited.article.title, str(edited.article.published), edited.by) == ("Zeppelin line ends", "2019", "bo")
    assert edited.read == before
    assert archive.undo_edit(number) == before
    assert archive.edited(number).by is None
    with connect(archive._database) as db:
        found = db.execute("SELECT count(*) FROM passages_fts WHERE passages_fts MATCH 'zeppelin'").fetchone()
    assert found[0] == 0


def test_the_second_of_two_editors_is_told(archive: Archive) -> None:
    from index.runs.metadata_edits import as_edit

    number = ferry(archive)
    seen = as_edit(archive.article(number))
    archive.edit(number, Edit(title="Zeppelin line ends"), seen=seen)
    with pytest.raises(EditedMeanwhile):
        archive.edit(number, Edit(outlet="The Norholm Post"), seen=seen)
    with pytest.raises(EditedMeanwhile):
        archive.undo_edit(number, seen=seen)
    assert archive.article(number).outlet == "The Oldport Mail"


def test_what_is_not_there_cannot_be_corrected(archive: Archive) -> None:
    with pytest.raises(NotFound):
        archive.edit(99, WRONG_ALL)
    number = ferry(archive)
    archive.remove(number)
    with pytest.raises(Withdrawn):
        archive.edit(number, WRONG_ALL)


def test_a_removed_article_stays_removed_under_its_old_address(archive: Archive, tmp_path: Path) -> None:
    number = ferry(archive)
    archive.edit(number, WRONG_ALL)
    archive.remove(number)
    assert [card.title for card in archive.removed().items] == ["Zeppelin line ends"]
    archive.reindex([tmp_path / "articles"], full=True)
    assert archive.articles().total == 2
    assert archive.restore(number).title == "Zeppelin line ends"


@pytest.mark.parametrize(
    ("field", "words", "edit"),
    [
        ("title", "  A lamp\n for  Norholm ", Edit(title="A lamp for Norholm")),
        ("outlet", "The Post", Edit(outlet="The Post")),
        ("outlet", "–", Edit(outlet="")),
        ("published", "2017", Edit(published="2017")),
        ("published", "November 2017", Edit(published="2017-11")),
        ("published", "21.11.2017", Edit(published="2017-11-21")),
        ("published", "21 ноября 2017", Edit(published="2017-11-21")),
        ("published", "-", Edit(published="")),
        ("authors", "Ada Venn, Jo Reed", Edit(authors=("Ada Venn", "Jo Reed"))),
        ("authors", "-", Edit(authors=())),
    ],
)
def test_what_a_person_writes_is_read(field: str, words: str, edit: Edit) -> None:
    assert read_edit(field, words) == edit


@pytest.mark.parametrize(
    ("field", "words", "wrong"),
    [
        ("published", "next Tuesday", "not a date"),
        ("published", "03/04/2017", "not a date"),
        ("published", "2017-02-30", "not a date"),
        ("title", "-", "empty"),
        ("title", " \n", "empty"),
        ("title", "x" * 301, "too long"),
    ],
)
def test_what_cannot_be_read_is_refused(field: str, words: str, wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        read_edit(field, words)


def test_a_change_reads_no_other_article_again(archive: Archive) -> None:
    before = archive._serving.snapshot(at_once=True)
    number = ferry(archive)
    archive.edit(number, WRONG_ALL)
    after = archive._serving.snapshot(at_once=True)
    same = [old.card.id for old, new in zip(before.listed, after.listed, strict=True) if old is new]
    assert sorted([*same, number]) == [one.card.id for one in before.listed]
    archive.undo_edit(number)
    assert archive._serving.snapshot(at_once=True).listed == before.listed
