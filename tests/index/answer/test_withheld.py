"""What its source withdraws goes from the archive at the next run, whatever else the source lists."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from exports import NITF, as_json, news_item, newsml, ninjs, post, wxr
from newsroom import open_archive

from index.archive import Archive
from index.datatypes import IndexReport
from index.store.database import connect


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return open_archive(tmp_path)


def index(archive: Archive, path: Path, text: str) -> IndexReport:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    return archive.reindex([path.parent])


KILLS = {
    "a.xml": (NITF, NITF.replace('"usable"', '"canceled"')),
    "b.xml": (newsml(news_item("urn:n:1")), newsml(news_item("urn:n:1", status="stat:canceled"))),
    "c.json": (as_json(ninjs()), as_json(ninjs(pubstatus="withheld"))),
    "d.xml": (wxr(post(1)), wxr(post(1, status="draft"))),
}


@pytest.mark.parametrize("name", sorted(KILLS))
def test_a_killed_article_goes_even_where_it_is_all_that_the_source_holds(
    archive: Archive, tmp_path: Path, name: str
) -> None:
    usable, killed = KILLS[name]
    path = tmp_path / "wire" / name
    assert index(archive, path, usable).added == 1
    report = index(archive, path, killed)
    assert (report.removed, report.failures) == (1, ())
    assert archive.status().articles == 0
    assert any(line.startswith("Kept out: ") for line in report.warnings)
    assert index(archive, path, killed).removed == 0


@pytest.mark.parametrize("name", sorted(KILLS))
def test_what_is_released_again_comes_back(archive: Archive, tmp_path: Path, name: str) -> None:
    usable, killed = KILLS[name]
    path = tmp_path / "wire" / name
    index(archive, path, killed)
    report = index(archive, path, usable)
    assert (report.added, archive.status().articles) == (1, 1)


def test_a_dry_run_tells_and_removes_nothing(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "wire" / "a.xml"
    index(archive, path, KILLS["a.xml"][0])
    path.write_text(KILLS["a.xml"][1])
    report = archive.reindex([path.parent], dry_run=True)
    assert report.removed_titles == ("Ferry to Sandholm ends",)
    assert archive.status().articles == 1


def test_a_kill_that_comes_as_a_file_of_its_own_is_obeyed_for_good(archive: Archive, tmp_path: Path) -> None:
    wire = tmp_path / "wire"
    index(archive, wire / "1.xml", newsml(news_item("urn:n:1"), news_item("urn:n:2")))
    report = index(archive, wire / "2.xml", newsml(news_item("urn:n:1", status="stat:canceled", version=2)))
    assert report.removed == 1
    assert archive.status().articles == 1
    again = archive.reindex([wire])
    assert (again.added, again.removed, archive.status().articles) == (0, 0, 1)


def test_what_expires_goes_although_its_file_did_not_change(archive: Archive, tmp_path: Path) -> None:
    wire = tmp_path / "wire"
    until = (datetime.now(UTC) + timedelta(seconds=2.5)).isoformat()
    compact = until.replace("-", "").replace(":", "")[:15] + "Z"
    index(archive, wire / "a.json", as_json(ninjs(expires=until)))
    assert index(archive, wire / "b.xml", NITF.replace("<doc.c", f'<date.expire norm="{compact}"/><doc.c')).added == 1
    assert archive.status().articles == 2
    time.sleep(max(0, (datetime.fromisoformat(until) - datetime.now(UTC)).total_seconds()) + 0.1)
    report = archive.reindex([wire])
    assert (report.removed, archive.status().articles) == (2, 0)


def test_drafts_that_were_never_public_are_not_told(archive: Archive, tmp_path: Path) -> None:
    report = index(archive, tmp_path / "wire" / "a.xml", wxr(post(1), post(2, status="draft"), post(3, status="draft")))
    assert (report.added, report.failures, report.warnings) == (1, (), ())


def test_other_articles_stay(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "wire" / "a.xml"
    index(archive, path, wxr(*(post(n, title=f"Story {n}") for n in range(4))))
    report = index(
        archive, path, wxr(*(post(n, title=f"Story {n}", status="trash" if n else "publish") for n in range(4)))
    )
    assert (report.removed, report.unchanged) == (3, 1)


@pytest.mark.parametrize("kill", ["first.json", "kill.json"])
def test_what_is_killed_leaves_search_nothing(archive: Archive, tmp_path: Path, kill: str) -> None:
    usable, killed = KILLS["c.json"]
    folder = tmp_path / "wire"
    index(archive, folder / "first.json", usable)

    def known() -> dict[str, int]:
        with connect(tmp_path / "data" / "archive.db", readonly=True) as db:
            tables = ("passages", "passages_fts", "surfaces", "vectors")
            return {name: db.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables}

    assert all(known().values())
    assert index(archive, folder / kill, killed).removed == 1
    assert set(known().values()) == {0}
