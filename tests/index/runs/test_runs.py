"""One run at a time: the lease, its heartbeat, its end, and how others watch and stop it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import newsroom
import pytest
from word_embedder import WordEmbedder

from index.archive import Archive
from index.datatypes import Failure, IndexReport, Phase, Progress
from index.errors import RunBusy
from index.store import runs, schema
from index.store.database import connect, migrate, transaction


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "archive.db"
    migrate(path, schema.MIGRATIONS)
    return path


@pytest.fixture
def dead_pid() -> int:
    """The id of a process that is no more."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def age(store: Path, **columns: object) -> None:
    with connect(store) as db, transaction(db):
        for name, value in columns.items():
            db.execute(f"UPDATE runs SET {name} = ? WHERE ended IS NULL", (value,))


def past(**ago: float) -> str:
    return (datetime.now(UTC) - timedelta(**ago)).isoformat(timespec="seconds")


class TestLease:
    def test_a_second_caller_is_told_which_run_and_since_when(self, store: Path) -> None:
        with connect(store) as db:
            runs.begin(db, "full", "cli")
            since = runs.current(db)
            assert since is not None
            with pytest.raises(RunBusy, match=rf"\(full, since {since.started:%H:%M} UTC\): wait for it or cancel it"):
                runs.begin(db, "reindex", "telegram")

    def test_it_is_free_again_after_the_end(self, store: Path) -> None:
        with connect(store) as db:
            runs.finish(db, runs.begin(db, "reindex", ""), "done", None)
            assert runs.current(db) is None
            assert runs.begin(db, "reindex", "") > 1

    def test_that_of_a_dead_process_is_taken_over_at_once(self, store: Path, dead_pid: int) -> None:
        with connect(store) as db:
            runs.begin(db, "reindex", "cli")
            age(store, pid=dead_pid)
            assert runs.current(db) is None
            runs.begin(db, "reindex", "telegram")
            died = runs.last(db)
        assert died is not None
        assert (died.outcome, died.by) == ("died", "cli")

    def test_a_silent_one_is_taken_over_after_a_minute(self, store: Path) -> None:
        with connect(store) as db:
            first = runs.begin(db, "reindex", "")
            age(store, heartbeat=past(seconds=50))
            assert runs.current(db) is not None
            age(store, heartbeat=past(seconds=70))
            assert runs.current(db) is None
            second = runs.begin(db, "reindex", "")
            assert not runs.beat(db, first, Progress(phase=Phase.READING, done=1, total=0)), (
                "who lost the lease has to stop"
            )
            assert runs.beat(db, second, Progress(phase=Phase.READING, done=1, total=0))

    def test_who_lost_it_cannot_end_the_run_of_another(self, store: Path) -> None:
        with connect(store) as db:
            first = runs.begin(db, "reindex", "")
            age(store, heartbeat=past(seconds=70))
            second = runs.begin(db, "reindex", "")
            runs.finish(db, first, "done", None)
            running = runs.current(db)
        assert running is not None and running.id == second

    def test_of_many_that_try_at_once_one_gets_it(self, store: Path) -> None:
        start, won, lost = threading.Barrier(8), [], []

        def attempt() -> None:
            with connect(store) as db:
                start.wait()
                try:
                    with transaction(db):
                        won.append(runs.begin(db, "reindex", ""))
                except RunBusy as error:
                    lost.append(error)

        threads = [threading.Thread(target=attempt) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert (len(won), len(lost)) == (1, 7)

    def test_the_database_itself_allows_one_run_only(self, store: Path) -> None:
        with connect(store) as db:
            runs.begin(db, "reindex", "")
            row = "'reindex', '', 1, '', '', '{}'"
            with pytest.raises(Exception, match="UNIQUE"):
                db.conn.execute(f'INSERT INTO runs(kind, "by", pid, started, heartbeat, progress) VALUES ({row})')


class TestWatching:
    def test_the_progress_is_read_from_elsewhere(self, store: Path) -> None:
        now = Progress(phase=Phase.EMBEDDING, done=64, total=200, added=3, changed=1, unchanged=9, removed=2, failed=1)
        with connect(store) as db:
            run_id = runs.begin(db, "reindex", "telegram")
            assert runs.beat(db, run_id, now)
        with connect(store, readonly=True) as other:
            running = runs.current(other)
        assert running is not None
        assert (running.id, running.kind, running.by, running.pid) == (run_id, "reindex", "telegram", os.getpid())
        assert running.progress == now
        assert datetime.now(UTC) - running.started < timedelta(minutes=1)

    def test_the_last_run_keeps_its_report(self, store: Path) -> None:
        report = IndexReport(
            added=2,
            failures=(Failure("wire.jsonl line 7", "not valid JSON"),),
            warnings=("Früh: no date",),
            seconds=1.5,
        )
        with connect(store) as db:
            assert runs.last(db) is None
            runs.finish(db, runs.begin(db, "full", "cli"), "done", report)
            last = runs.last(db)
        assert last is not None
        assert (last.kind, last.by, last.outcome, last.report) == ("full", "cli", "done", report)

    def test_a_run_without_report_is_remembered_too(self, store: Path) -> None:
        with connect(store) as db:
            runs.finish(db, runs.begin(db, "reindex", ""), "failed", None)
            last = runs.last(db)
        assert last is not None and (last.outcome, last.report) == ("failed", None)


class TestCancelling:
    def test_nothing_to_cancel(self, store: Path, dead_pid: int) -> None:
        with connect(store) as db:
            assert not runs.cancel(db)
            runs.begin(db, "reindex", "")
            age(store, pid=dead_pid)
            assert not runs.cancel(db), "a dead run cannot be asked"

    def test_the_run_hears_of_it_at_its_next_beat(self, store: Path) -> None:
        with connect(store) as db:
            run_id = runs.begin(db, "reindex", "")
            assert runs.beat(db, run_id, Progress(phase=Phase.READING, done=0, total=0))
            assert runs.cancel(db)
            assert not runs.beat(db, run_id, Progress(phase=Phase.READING, done=1, total=0))

    def test_the_wish_does_not_reach_the_run_after_it(self, store: Path) -> None:
        with connect(store) as db:
            first = runs.begin(db, "reindex", "")
            runs.cancel(db)
            runs.finish(db, first, "cancelled", None)
            assert runs.beat(db, runs.begin(db, "reindex", ""), Progress(phase=Phase.READING, done=0, total=0))


class TestRunsOfAnArchive:
    """The lease at work: an archive with 200 articles, and others that look on."""

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        for n in range(200):
            text = f"The council of ward {n} met on Monday. Its clerk counted {n} votes for the new wall. "
            newsroom.write(tmp_path / "articles", f"note{n:03}", f"Ward {n} votes", text, language="en")
        return tmp_path / "articles"

    def test_another_archive_sees_the_run_and_may_not_begin_one(self, tmp_path: Path, folder: Path) -> None:
        archive, other = newsroom.open_archive(tmp_path), newsroom.open_archive(tmp_path)
        seen = []

        def watch(progress: Progress) -> None:
            seen.append(other.run())
            with pytest.raises(RunBusy, match=r"reindex, since \d\d:\d\d UTC"):
                other.reindex([folder])
            with pytest.raises(RunBusy):
                other.reindex([folder / "note000.json"])

        archive.reindex([folder], progress=watch, by="telegram")
        assert {(run.kind, run.by) for run in seen if run is not None} == {("reindex", "telegram")}
        assert [run.progress.added for run in seen if run is not None][-1] == 200
        assert other.run() is None

    @pytest.mark.parametrize("phase", ["reading", "embedding"])
    def test_cancelled_from_elsewhere_it_stops_within_a_batch_and_keeps_what_is_done(
        self, tmp_path: Path, folder: Path, phase: str
    ) -> None:
        archive, other = newsroom.open_archive(tmp_path), newsroom.open_archive(tmp_path)
        after: list[Progress] = []

        def watch(progress: Progress) -> None:
            if after or (progress.phase == phase and progress.added):
                if not after:
                    assert other.cancel()
                after.append(progress)

        report = archive.reindex([folder], progress=watch)
        assert report.cancelled
        assert len(after) == 2, "the beat that saw the wish is the last one"
        status = other.status()
        assert status.articles == report.added
        assert status.last_run is not None and status.last_run.outcome == "cancelled"
        assert status.running is None
        if phase == "reading":
            assert 0 < report.added < 200
        else:
            assert (report.added, status.pending) == (200, 200 - report.embedded)
            assert 0 < report.embedded < 200
        rest = archive.reindex()
        assert (rest.added, rest.embedded) == (200 - report.added, 200 - report.embedded)
        assert not rest.cancelled

    def test_cancelled_from_another_process(self, tmp_path: Path, folder: Path) -> None:
        code = (
            "import sys, time; from pathlib import Path; from index.archive import Archive\n"
            "archive = Archive.open(Path(sys.argv[1])); print('ready', flush=True)\n"
            "while not archive.cancel(): time.sleep(0.01)"
        )
        newsroom.open_archive(tmp_path)
        paths = os.pathsep.join(str(Path(__file__).parents[2] / room) for room in ("tools", ".."))
        with subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path / "data")],
            env=os.environ | {"PYTHONPATH": paths},
            stdout=subprocess.PIPE,
        ) as other:
            assert other.stdout is not None
            other.stdout.readline()
            archive = Archive.open(tmp_path / "data", embedder=WordEmbedder())
            report = archive.reindex([folder], progress=lambda _: other.wait(60))
            assert other.wait(60) == 0
        assert report.cancelled
        assert archive.status().articles == report.added < 200

    def test_outcomes_are_told_apart(self, tmp_path: Path, folder: Path) -> None:
        archive = newsroom.open_archive(tmp_path)

        def outcome() -> tuple[str, str]:
            last = archive.status().last_run
            assert last is not None
            return last.kind, last.outcome

        archive.reindex([folder], dry_run=True)
        assert outcome() == ("dry", "done")
        archive.reindex([folder / "note000.json"])
        assert outcome() == ("reindex", "done")

        def interrupted(progress: Progress) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            archive.reindex([folder], full=True, progress=interrupted)
        assert outcome() == ("full", "failed")
        archive.reindex([folder])
        assert outcome() == ("reindex", "done")
