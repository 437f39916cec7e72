"""What is handed in: kept first, taken in after, whatever happens in between; histories and live posts are one."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from newsroom import open_archive, three_stories
from posts import CHANNEL, NOON, export, message

from index.archive import Archive
from index.datatypes import Edit, RunKind, SourceKind, SourceSpec, Submission
from index.errors import NotFound, RunBusy
from index.runs import submissions as handing
from index.store import runs
from index.store.database import connect, transaction

NEWS = "Harbour News"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    archive = open_archive(tmp_path)
    yield archive
    archive.close()


def posted(archive: Archive, number: int, *given: Any, **more: Any) -> None:
    album, handle = more.pop("album", None), more.pop("handle", None)
    archive.submit_post(CHANNEL, NEWS, handle, message(number, *given, **more), album)


def titles(archive: Archive) -> list[str]:
    return sorted(card.title for card in archive.articles(size=100).items)


def at_once(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handing, "ALBUM_PAUSE", handing.ALBUM_PAUSE * 0)


# -- posts ------------------------------------------------------------------------------------------------------------


def test_a_post_is_found_by_its_words_when_take_returns(archive: Archive) -> None:
    assert archive.waits() is None
    posted(archive, 7, "The lighthouse of Norholm gets a new lamp. It shines for nineteen miles.")
    assert archive.waits() == 0
    assert archive.take().added == 1
    answer = archive.ask("How far does the lamp of the lighthouse shine?")
    assert "nineteen miles" in answer.quotes[0].text
    assert answer.quotes[0].article.outlet == NEWS
    assert archive.waits() is None


def test_a_channel_is_called_as_its_owner_says_else_as_telegram_does(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    posted(archive, 7, "The lamp shines for nineteen miles.")
    archive.reindex()
    assert [spec.shown for spec in archive.status().sources] == [NEWS]
    owned = SourceSpec(f"channel:{CHANNEL}", SourceKind.CHANNEL, "Our channel")
    archive = open_archive(tmp_path, sources=(owned,))
    posted(archive, 8, "Work starts in May.")
    archive.reindex()
    assert [spec.shown for spec in archive.status().sources] == ["Our channel"]
    assert {card.outlet for card in archive.articles().items} == {NEWS}


def test_an_edit_of_a_post_replaces_its_words_and_keeps_its_number(archive: Archive) -> None:
    posted(archive, 7, "The lamp shines for nineteen miles.")
    archive.take()
    [before] = archive.articles().items
    posted(archive, 7, "The lamp shines for twenty miles.", edited_unixtime=str(NOON + 99))
    assert archive.take().changed == 1
    [after] = archive.articles().items
    assert (after.id, after.title) == (before.id, "The lamp shines for twenty miles")


def test_a_post_that_loses_its_words_goes(archive: Archive) -> None:
    posted(archive, 7, "The lamp shines for nineteen miles.")
    archive.take()
    posted(archive, 7, edited_unixtime=str(NOON + 99))
    assert archive.take().removed == 1
    assert titles(archive) == []


def test_a_picture_without_words_is_no_article_and_no_failure(archive: Archive) -> None:
    posted(archive, 7)
    report = archive.take()
    assert report.line() == "+0 ~0 =0 -0 !0"
    assert archive.waits() is None


def test_what_was_handed_in_while_a_run_is_under_way_waits_for_its_end(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    begun, go_on = threading.Event(), threading.Event()

    def hold(_: object) -> None:
        begun.set()
        go_on.wait(10)

    folder = three_stories(tmp_path / "articles")
    running = threading.Thread(target=archive.reindex, args=([folder],), kwargs={"progress": hold})
    running.start()
    assert begun.wait(10)
    posted(archive, 7, "The lamp shines for nineteen miles.")
    with pytest.raises(RunBusy):
        archive.take()
    assert archive.waits() == 0
    go_on.set()
    running.join()
    archive.take()
    assert "The lamp shines for nineteen miles" in titles(archive)


def test_what_was_handed_in_survives_the_end_of_the_process(tmp_path: Path) -> None:
    first = open_archive(tmp_path)
    posted(first, 7, "The lamp shines for nineteen miles.")
    first.close()
    again = open_archive(tmp_path)
    assert again.waits() == 0
    again.take()
    assert titles(again) == ["The lamp shines for nineteen miles"]


def test_a_run_takes_in_what_waits_and_a_full_one_reads_it_all_again(archive: Archive) -> None:
    for number in range(1, 51):
        posted(archive, number, f"Ship number {number} leaves the port at noon.")
    assert archive.reindex().added == 50
    assert archive.waits() is None
    assert archive.reindex(full=True).line() == "+0 ~0 =50 -0 !0"


def test_the_last_run_told_is_never_the_taking_in_of_a_post(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    archive.reindex([three_stories(tmp_path / "articles")])
    posted(archive, 7, "The lamp shines for nineteen miles.")
    archive.take()
    last = archive.status().last_run
    assert last is not None
    assert (last.kind, last.report and last.report.added) == ("reindex", 3)


def test_an_edit_that_comes_while_a_post_is_taken_in_goes_on_waiting(archive: Archive) -> None:
    from index.store import submissions

    posted(archive, 7, "The lamp shines for nineteen miles.")
    with connect(archive._database) as db:
        pending = submissions.pending(db, 1)
    posted(archive, 7, "The lamp shines for twenty miles.")
    with connect(archive._database) as db, transaction(db):
        submissions.taken(db, pending)
    assert archive.waits() == 0


def test_a_run_waits_for_the_end_of_taking_in_and_is_not_told_of_it(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = three_stories(tmp_path / "articles")
    with connect(archive._database) as db, transaction(db):
        taking = runs.begin(db, RunKind.TAKE, "test")
    assert archive.run() is None
    assert archive.status().running is None
    assert not archive.cancel()

    def end() -> None:
        with connect(archive._database) as db, transaction(db):
            runs.finish(db, taking, "done", None)

    threading.Timer(0.2, end).start()
    assert archive.reindex([folder]).added == 3
    with connect(archive._database) as db, transaction(db):
        runs.begin(db, RunKind.TAKE, "test")
    monkeypatch.setattr("index.runs.lease.TAKE_PATIENCE", 0.1)
    with pytest.raises(RunBusy):
        archive.reindex([folder])


# -- albums -----------------------------------------------------------------------------------------------------------


def test_the_pictures_of_an_album_are_one_post_under_its_first_number(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    posted(archive, 8, album="a1", photo="x")
    wait = archive.waits()
    assert wait is not None
    assert 1 < wait <= 2
    posted(archive, 7, "The wall today. It has cracks.", album="a1", photo="x")
    at_once(archive, monkeypatch)
    posted(archive, 9, album="a1", photo="x")
    assert archive.take().added == 1
    [card] = archive.articles().items
    assert card.url == "https://t.me/c/1234567890/7"


def test_a_picture_that_comes_late_joins_its_album(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    at_once(archive, monkeypatch)
    posted(archive, 8, "The wall today. It has cracks.", album="a1", photo="x")
    archive.take()
    posted(archive, 7, album="a1", photo="x")
    assert archive.take().removed == 0
    assert len(archive.articles().items) == 1


# -- forgetting -------------------------------------------------------------------------------------------------------


def test_a_forgotten_post_is_gone_and_no_run_and_no_history_brings_it_back(archive: Archive, tmp_path: Path) -> None:
    posted(archive, 7, "The lamp shines for nineteen miles.", handle="harbournews")
    posted(archive, 8, "The ferry Sigrid needs an engine.", handle="harbournews")
    archive.take()
    [gone] = archive.forget_post("https://t.me/harbournews/7")
    assert gone.title == "The lamp shines for nineteen miles"
    archive.reindex(full=True)
    archive.reindex([export(tmp_path / "result.json", message(7, "The lamp shines for nineteen miles."))])
    assert titles(archive) == ["The ferry Sigrid needs an engine"]
    assert archive.waits() is None


@pytest.mark.parametrize("link", ["https://t.me/c/1234567890/9", "https://t.me/other/7", "https://example.org/7"])
def test_the_link_of_no_post_is_told(archive: Archive, link: str) -> None:
    posted(archive, 7, "The lamp shines for nineteen miles.", handle="harbournews")
    archive.take()
    with pytest.raises(NotFound):
        archive.forget_post(link)
    assert len(titles(archive)) == 1


def test_an_album_is_forgotten_by_the_link_of_any_of_its_pictures(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_once(archive, monkeypatch)
    posted(archive, 7, "The wall today. It has cracks.", album="a1", photo="x")
    posted(archive, 8, album="a1", photo="x")
    archive.take()
    archive.forget_post("https://t.me/c/1234567890/8?single")
    assert titles(archive) == []


# -- histories --------------------------------------------------------------------------------------------------------


HISTORY = (
    {"id": 1, "type": "service", "action": "create_channel", "date_unixtime": str(NOON)},
    message(2, "The harbour is closed. Ships wait."),
    message(3, "Ferry cancelled\nThe ferry stops.", photo="photos/1.jpg", date_unixtime=str(NOON)),
    message(4, photo="photos/2.jpg", date_unixtime=str(NOON)),
    message(5, photo="photos/3.jpg"),
)


def test_an_exported_history_is_read_into_the_channel(archive: Archive, tmp_path: Path) -> None:
    assert archive.reindex([export(tmp_path / "result.json", *HISTORY)], dry_run=True).added == 2
    assert archive.articles().total == 0
    report = archive.reindex([export(tmp_path / "result.json", *HISTORY)])
    assert report.line() == "+2 ~0 =0 -0 !0"
    assert {card.url for card in archive.articles().items} == {
        "https://t.me/c/1234567890/2",
        "https://t.me/c/1234567890/3",
    }
    assert archive.reindex([tmp_path / "result.json"]).line() == "+0 ~0 =2 -0 !0"
    assert archive.reindex().added == 0


def test_posts_of_a_history_and_live_ones_are_the_same(archive: Archive, tmp_path: Path) -> None:
    posted(archive, 2, "The harbour is closed. Ships wait.", handle="harbournews")
    posted(archive, 3, "Ferry cancelled\nThe ferry stops.", photo="a", album="99", date_unixtime=str(NOON))
    posted(archive, 4, photo="b", album="99", date_unixtime=str(NOON))
    archive.reindex()
    assert archive.reindex([export(tmp_path / "result.json", *HISTORY)]).line() == "+0 ~0 =2 -0 !0"
    archive.reindex(full=True)
    assert archive.articles().total == 2


def test_a_live_album_joins_the_one_of_the_history(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_once(archive, monkeypatch)
    archive.reindex([export(tmp_path / "result.json", *HISTORY)])
    posted(archive, 4, "And the boats rest.", photo="b", album="99", date_unixtime=str(NOON))
    archive.take()
    assert archive.articles().total == 2


def test_a_newer_history_brings_edits_an_older_one_undoes_none(archive: Archive, tmp_path: Path) -> None:
    posted(archive, 2, "The harbour is closed until Friday.", edited_unixtime=str(NOON + 500))
    archive.take()
    archive.reindex([export(tmp_path / "old.json", message(2, "The harbour is closed."))])
    assert titles(archive) == ["The harbour is closed until Friday"]
    newer = message(2, "The harbour is open.", edited_unixtime=str(NOON + 900))
    assert archive.reindex([export(tmp_path / "new.json", newer)]).changed == 1
    assert titles(archive) == ["The harbour is open"]


def test_links_become_public_once_the_channel_is_known_to_be(archive: Archive, tmp_path: Path) -> None:
    archive.reindex([export(tmp_path / "result.json", *HISTORY)])
    posted(archive, 10, "Work starts in May.", handle="harbournews")
    archive.reindex()
    assert {card.url for card in archive.articles().items} == {f"https://t.me/harbournews/{n}" for n in (2, 3, 10)}


def test_a_whole_account_gives_its_channels_alone(archive: Archive, tmp_path: Path) -> None:
    channel = json.loads(export(tmp_path / "one.json", *HISTORY).read_text("utf-8"))
    private = {"name": "Ada", "type": "personal_chat", "id": 5, "messages": [message(1, "Dinner at eight?")]}
    (tmp_path / "result.json").write_text(json.dumps({"chats": {"list": [private, channel]}}), "utf-8")
    archive.reindex([tmp_path / "result.json"])
    assert archive.articles().total == 2


def test_an_export_without_a_channel_is_told(archive: Archive, tmp_path: Path) -> None:
    report = archive.reindex([export(tmp_path / "result.json", *HISTORY, type="personal_chat")])
    [failure] = report.failures
    assert failure.line() == (
        "result.json is an export from Telegram without a channel: export the channel's own history"
    )


# -- from editors -----------------------------------------------------------------------------------------------------

FILE = b"""---
title: Lighthouse gets a new lamp
outlet: The Norholm Post
---
The lighthouse of Norholm gets a new lamp next week. The lamp shines for nineteen miles.

Sign up for our newsletter to get it in your inbox.
"""


def test_a_file_is_previewed_and_nothing_of_it_stays(archive: Archive) -> None:
    found = archive.preview(Submission("k", "lamp.md", FILE))
    [one] = found.first
    assert (found.count, found.failures) == (1, ())
    assert (one.article.title, one.article.outlet, one.article.published) == (
        "Lighthouse gets a new lamp",
        "The Norholm Post",
        None,
    )
    assert one.words == 16
    assert one.furniture == ("Sign up for our newsletter to get it in your inbox.",)
    assert one.twin is None
    assert archive.articles().total == 0


def test_a_file_handed_in_with_corrections_is_an_article_with_them(archive: Archive) -> None:
    archive.submit(Submission("k", "lamp.md", FILE, edit=Edit(published="2025-12", title="A lamp for Norholm")))
    archive.take()
    [card] = archive.submitted("k")
    assert (card.title, str(card.published), card.date_origin) == ("A lamp for Norholm", "2025-12", "editor")
    assert archive.edited(card.id).read.title == "Lighthouse gets a new lamp"
    archive.reindex(full=True)
    assert archive.submitted("k") == (card,)


def test_an_article_that_is_there_already_is_told_and_can_be_replaced(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    archive.reindex([three_stories(tmp_path / "articles")])
    old = next(card for card in archive.articles().items if card.url)
    data = json.dumps({"title": "Ferry stops", "text": "The ferry stops on 4 May. No boat leaves.", "url": old.url})
    submission = Submission("k", "ferry.json", data.encode(), replaces=old.id)
    [one] = archive.preview(submission).first
    assert one.twin == old
    archive.submit(submission)
    assert archive.take().added == 1
    assert old.id not in {card.id for card in archive.articles().items}
    archive.reindex(full=True)
    archive.reindex([tmp_path / "articles"], full=True)
    assert "Ferry stops" in titles(archive)
    assert old.title not in titles(archive)
    assert archive.restore(old.id).title == old.title


def test_a_file_of_several_articles_is_counted(archive: Archive) -> None:
    lines = [json.dumps({"title": f"Story {n}", "text": f"Ship {n} leaves the port.", "id": n}) for n in range(9)]
    data = "\n".join([*lines, "{"]).encode()
    found = archive.preview(Submission("k", "wire.jsonl", data))
    assert (found.count, len(found.first)) == (9, 5)
    assert found.failures[0].startswith("wire.jsonl line 10: not valid JSON")
    archive.submit(Submission("k", "wire.jsonl", data))
    archive.take()
    assert len(archive.submitted("k")) == 9


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("notes.xyz", b"words", "notes.xyz is of a kind that is not read"),
        ("empty.txt", b"", "empty.txt is empty"),
        ("empty.md", b"---\ntitle: Only this\n---\n", "empty.md has a headline and no text"),
        ("broken.json", b"{", "broken.json line 1: not valid JSON"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_line(archive: Archive, name: str, data: bytes, reason: str) -> None:
    found = archive.preview(Submission("0123abcd", name, data))
    assert (found.count, len(found.failures)) == (0, 1)
    assert found.failures[0].startswith(reason)
    assert "0123abcd" not in found.failures[0]


@pytest.mark.parametrize("name", ["م" * 300 + ".md", "../../etc/lamp.md", "la\x00mp\n.md", " .md"])
def test_any_name_of_a_file_will_do(archive: Archive, name: str) -> None:
    assert archive.preview(Submission("k", name, FILE)).count == 1


def test_files_are_read_without_leaving_any(archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import tempfile

    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    archive.preview(Submission("k", "../../lamp.md", FILE))
    archive.submit(Submission("k", "lamp.md", FILE))
    archive.take()
    assert list((tmp_path / "temporary").iterdir()) == []
    assert archive.articles().total == 1


def test_a_run_forgets_single_takes_after_some_days(archive: Archive) -> None:
    posted(archive, 7, "The lamp shines for nineteen miles.")
    archive.take()
    with connect(archive._database) as db, transaction(db):
        db.execute("UPDATE runs SET ended = '2020-01-01T00:00:00+00:00'")
        runs.begin(db, "take", "test")
        assert db.execute("SELECT count(*) FROM runs").fetchone()[0] == 1
