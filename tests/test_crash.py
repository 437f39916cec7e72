"""A re-index that is killed at any moment: nothing is lost, nothing is half done, the next run goes on.

The child process counts its steps (a hundred of SQLite's instructions, or a file of the archive opened, renamed,
removed) and kills itself at a step drawn by a seeded generator: each of the 30 moments is the same in every run.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import shutil
import signal
import sqlite3
import sys
import threading
from pathlib import Path
from typing import Any

import newsroom
import pytest
from word_embedder import WordEmbedder

from index.archive import Archive
from index.datatypes import AnswerKind
from index.runs import ingest, refresh
from index.store.database import connect

KILLS = 30
STEP = 100
QUESTIONS = (
    "How many passengers does the last ferry to Sandholm carry?",
    "What did the swing bridge at Oldport cost?",
    "How many loaves does Imke Sand bake a night?",
    "Who counted 17 votes in ward 17?",
    "What is the capital of Mongolia?",
)

workers = multiprocessing.get_context("forkserver")
workers.set_forkserver_preload(["index.archive", "index.clean.article", "index.clean.sentences", "word_embedder"])


def ward(folder: Path, n: int, more: str = "") -> None:
    text = (
        f"The council of ward {n} met on Monday. Its clerk, Vera Lund, counted {n} votes for the new wall.{more}\n\n"
        f"“Nobody in ward {n} wants a wall,” said Ivo Kern, who lives there.\n\nThe wall costs {n} crowns a metre."
    )
    newsroom.write(folder, f"ward{n:02}", f"Ward {n} votes on its wall", text, language="en")


def change(folder: Path) -> None:
    """What is different when the folder is indexed again: some of everything."""
    for n in range(0, 12, 3):
        ward(folder, n, " The mayor stayed away.")
    for n in range(16, 26):
        ward(folder, n)
    (folder / "ward01.json").unlink()
    (folder / "ward02.json").write_text("{ broken", "utf-8")
    newsroom.write(folder, "ferry", "Ferry to Sandholm stops", newsroom.FERRY.replace("212", "190"), language="en")


def run(data: Path, steps: Any, fatal: int) -> None:
    """Re-index in this process, which kills itself at step number `fatal` (0: never)."""
    refresh.BATCH_ARTICLES, ingest.EMBED_BATCH = 4, 4
    archive = opened(data)
    steps.value = 0

    def step() -> None:
        steps.value += 1
        if steps.value == fatal:
            os.kill(os.getpid(), signal.SIGKILL)

    def seen(event: str, details: tuple[Any, ...]) -> None:
        if event in ("open", "os.rename", "os.remove") and str(details[0]).startswith(str(data)):
            step()

    def connected(*args: Any, **options: Any) -> sqlite3.Connection:
        connection = real(*args, **options)
        connection.set_progress_handler(step, STEP)
        return connection

    real = sqlite3.connect
    sqlite3.connect = connected  # type: ignore[assignment]
    sys.addaudithook(seen)
    archive.reindex()


def in_child(data: Path, fatal: int) -> tuple[int, int]:
    """(exit code, steps taken) of a re-index in a process of its own."""
    steps = workers.Value("q", 0)
    child = workers.Process(target=run, args=(data, steps, fatal))
    child.start()
    child.join()
    assert child.exitcode is not None
    return child.exitcode, steps.value


def opened(data: Path) -> Archive:
    return Archive.open(data, embedder=WordEmbedder())


def answers(archive: Archive) -> list[Any]:
    """What the archive says, down to the spans and the confidence."""
    said = []
    for question in QUESTIONS:
        answer = archive.ask(question, top=3, keep=False)
        quotes = [(q.article.title, q.text, q.highlight, q.passage_text, q.score) for q in answer.quotes]
        said.append((answer.kind, answer.confidence, quotes))
    return said


def contents(data: Path) -> dict[str, Any]:
    """Everything an index run makes, told by keys instead of numbers."""
    with connect(data / "archive.db", readonly=True) as db:
        article = "SELECT a.key, a.fingerprint, a.segmenter, v.text, v.metadata, v.labels, v.sentences FROM articles a"
        passage = 'SELECT a.key, p.start, p."end", p.label, p.length, p.input, f.title, f.body FROM passages p'
        queries = {
            "articles": f"{article} JOIN versions v ON v.id = a.version_id ORDER BY 1",
            "versions": "SELECT a.key, v.sha256 FROM articles a JOIN versions v ON v.article_id = a.id ORDER BY 1, 2",
            "passages": f"{passage} JOIN versions v ON v.id = p.version_id JOIN articles a ON a.id = v.article_id"
            " JOIN passages_fts f ON f.rowid = p.id ORDER BY 1, 2",
            "vectors": "SELECT input, vector FROM vectors ORDER BY 1",
            "surfaces": "SELECT * FROM surfaces ORDER BY 1, 2",
            "sources": "SELECT path, listed FROM sources",
        }
        return {name: db.execute(query).fetchall() for name, query in queries.items()}


def assert_whole(data: Path) -> None:
    """No half article: every one has its sentences, its passages, their full text."""
    with connect(data / "archive.db", readonly=True) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        count = {
            name: db.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in ("passages", "passages_fts")
        }
        assert count["passages"] == count["passages_fts"]
        rows = db.execute(
            "SELECT a.key, v.sentences, (SELECT count(*) FROM passages p WHERE p.version_id = v.id),"
            " (SELECT count(*) FROM passages p JOIN versions o ON o.id = p.version_id WHERE o.article_id = a.id)"
            " FROM articles a LEFT JOIN versions v ON v.id = a.version_id"
        ).fetchall()
        orphans = "SELECT count(*) FROM passages_fts WHERE rowid NOT IN (SELECT id FROM passages)"
        assert db.execute(orphans).fetchone() == (0,)
        db.execute("SELECT count(*) FROM passages_fts WHERE passages_fts MATCH 'wall'").fetchone()
    assert len(rows) >= 18
    for key, sentences, current, every in rows:
        assert json.loads(sentences or "[]"), f"{key} has no sentences"
        assert current == every > 0, f"{key} is found by other words than its own"


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive whose folder has changed since it was indexed."""
    home = tmp_path_factory.mktemp("crash")
    folder = newsroom.three_stories(home / "articles")
    for n in range(16):
        ward(folder, n)
    opened(home / "data").reindex([folder])
    change(folder)
    return home / "data"


@pytest.fixture(scope="module")
def unharmed(before: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """The same archive after a run that nobody killed, and the steps it took."""
    data = tmp_path_factory.mktemp("unharmed") / "data"
    shutil.copytree(before, data)
    code, steps = in_child(data, 0)
    assert code == 0
    return data, steps


class TestKilled:
    @pytest.mark.parametrize("kill", range(KILLS))
    def test_the_archive_answers_and_the_next_run_goes_on(
        self, before: Path, unharmed: tuple[Path, int], tmp_path: Path, kill: int
    ) -> None:
        whole, steps = unharmed
        fatal = 1 + int(steps * (kill + random.Random(kill).random()) / KILLS)  # one in each thirtieth of the run
        data = tmp_path / "data"
        shutil.copytree(before, data)
        code, _ = in_child(data, min(fatal, steps - 1))
        assert code == -signal.SIGKILL

        assert_whole(data)
        archive = opened(data)
        for question in QUESTIONS[:3]:
            answer = archive.ask(question)
            assert answer.kind is AnswerKind.ANSWERED
            assert all(archive.verify(quote) for quote in answer.quotes)
        ferry = archive.ask(QUESTIONS[0], top=3)
        assert len({words in q.text for q in ferry.quotes for words in ("212", "190") if words in q.text}) == 1
        assert archive.run() is None

        archive.close()
        assert in_child(data, 0)[0] == 0
        assert_whole(data)
        assert contents(data) == contents(whole)
        assert answers(opened(data)) == answers(opened(whole))
        status = opened(data).status()
        assert (status.pending, status.last_run and status.last_run.outcome) == (0, "done")

    def test_killed_again_and_again_it_still_arrives(
        self, before: Path, unharmed: tuple[Path, int], tmp_path: Path
    ) -> None:
        whole, steps = unharmed
        data = tmp_path / "data"
        shutil.copytree(before, data)
        for n in range(1, 6):
            assert in_child(data, steps * n // 8)[0] in (-signal.SIGKILL, 0)
            assert_whole(data)
        assert in_child(data, 0)[0] == 0
        assert contents(data) == contents(whole)
        assert answers(opened(data)) == answers(opened(whole))

    def test_the_first_run_of_all_can_be_killed_too(self, tmp_path: Path) -> None:
        folder = newsroom.three_stories(tmp_path / "articles")
        for n in range(8):
            ward(folder, n)
        child = workers.Process(target=first_run, args=(tmp_path / "data", folder))
        child.start()
        child.join()
        assert child.exitcode == -signal.SIGKILL
        archive = opened(tmp_path / "data")
        assert archive.status().articles > 0
        assert archive.reindex([folder]).failed == 0
        assert archive.status().articles == 11
        assert archive.ask(QUESTIONS[0]).answered


def first_run(data: Path, folder: Path) -> None:
    """The very first run, killed after its first batch."""
    refresh.BATCH_ARTICLES = 4
    opened(data).reindex([folder], progress=lambda now: os.kill(os.getpid(), signal.SIGKILL) if now.added else None)


class TestMeanwhile:
    @pytest.mark.parametrize("where", ["this process", "another process"])
    def test_whoever_asks_during_a_run_always_gets_an_answer(self, before: Path, tmp_path: Path, where: str) -> None:
        data = tmp_path / "data"
        shutil.copytree(before, data)
        archive = opened(data)
        over = threading.Event()
        said: list[Any] = []

        def ask() -> None:
            while not over.is_set() or len(said) < 20:
                try:
                    answer = archive.ask(QUESTIONS[len(said) % 3])
                    said.append((answer.kind, bool(answer.quotes), all(map(archive.verify, answer.quotes))))
                except Exception as error:
                    said.append(repr(error))

        reader = threading.Thread(target=ask)
        reader.start()
        if where == "this process":
            opened(data).reindex(full=True)
        else:
            assert in_child(data, 0)[0] == 0
        over.set()
        reader.join()
        assert len(said) >= 20
        assert set(said) == {(AnswerKind.ANSWERED, True, True)}
