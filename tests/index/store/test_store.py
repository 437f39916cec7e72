"""The database: its shape comes in numbered steps, what is put in comes out unchanged, ids mean one thing for ever."""

from __future__ import annotations

import multiprocessing
import sqlite3
import threading
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from index.clean.canonical_text import as_sent
from index.datatypes import (
    Answer,
    AnswerKind,
    ArticleLabel,
    DateOrigin,
    Filter,
    FilterField,
    Label,
    LabelledSpan,
    Manuscript,
    Metadata,
    Notice,
    NoticeKind,
    PartialDate,
    Sentence,
    SourceSpec,
    Span,
)
from index.errors import NotFound, StoreCorrupt, StoreError, StoreFull, StoreLocked, StoreTooNew, Withdrawn
from index.store import answers, articles, database, passages, schema, sources, vectors
from index.store.articles import Reading, dump_metadata, load_metadata
from index.store.database import connect, hold, migrate, transaction, unchanging
from index.store.fts5 import full_text

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
rich = st.sampled_from(["👩‍👩‍👧‍👦", "東京で", "e\u0301", "नमस्ते", "\u200bzero", "مرحبا", "🇺🇦", "ß", "\U0002070e", "ﬁ"])
texts = st.lists(words | rich, min_size=1, max_size=8).map("".join).map(as_sent).filter(str.strip)
names = st.none() | words
metadata = st.builds(
    Metadata,
    title=words,
    outlet=names,
    agency=names,
    authors=st.lists(words, max_size=3).map(tuple),
    contributors=st.lists(words, max_size=3).map(tuple),
    published=st.none() | st.sampled_from([PartialDate("2017"), PartialDate("2017-11"), PartialDate("2017-11-21")]),
    published_at=st.none() | st.datetimes(timezones=st.just(UTC)),
    date_origin=st.sampled_from(DateOrigin),
    url=names,
    lang=st.sampled_from(["en", "zh", "und"]),
    label=st.none() | st.sampled_from(ArticleLabel),
    dateline=names,
    copyright=names,
    caption_date=st.none() | st.just(PartialDate("2016-02")),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "archive.db"
    migrate(made, schema.MIGRATIONS)
    return made


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("store") / "archive.db"
    migrate(made, schema.MIGRATIONS)
    return made


def paper(text: str, **known: Any) -> Manuscript:
    return Manuscript(text, (LabelledSpan(0, len(text), Label.PROSE),), Metadata(**known))


def put(db: Database, text: str, key: str = "a.txt", **known: Any) -> tuple[int, int]:
    source = sources.add(db, SourceSpec("/news"))
    article_id, version_id = articles.put(db, Reading(source, key, "f", "s", "c"), paper(text, **known))
    assert version_id is not None
    drafted = passages.Drafted(Span(0, len(text)), Label.PROSE, "", " ".join(text.casefold().split()), text)
    passages.put(db, version_id, [drafted])
    return article_id, version_id


class TestMigrations:
    def test_a_fresh_file_gets_the_newest_shape(self, path: Path) -> None:
        with connect(path) as db:
            assert db.execute("PRAGMA user_version").fetchone()[0] == len(schema.MIGRATIONS)
            assert db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
            assert articles.generation(db) == 0

    def test_again_changes_nothing(self, path: Path) -> None:
        before = path.read_bytes()
        migrate(path, schema.MIGRATIONS)
        assert path.read_bytes() == before

    def test_only_the_missing_steps_are_taken(self, tmp_path: Path) -> None:
        taken: list[int] = []
        steps = [lambda db, n=n: taken.append(n) for n in range(3)]
        migrate(tmp_path / "x.db", steps[:2])
        migrate(tmp_path / "x.db", steps)
        assert taken == [0, 1, 2]

    def test_a_step_that_fails_leaves_nothing_behind(self, tmp_path: Path) -> None:
        def broken(db: Database) -> None:
            db.execute("CREATE TABLE half (a)")
            raise RuntimeError("power failure")

        with pytest.raises(RuntimeError):
            migrate(tmp_path / "x.db", [broken])
        with connect(tmp_path / "x.db") as db:
            assert db.table_names() == []
        migrate(tmp_path / "x.db", [lambda db: db.execute("CREATE TABLE half (a)")])

    def test_what_a_newer_program_wrote_is_left_alone(self, path: Path) -> None:
        with connect(path) as db:
            db.execute("PRAGMA user_version = 99")
        with pytest.raises(StoreTooNew, match=r"archive\.db was written by a newer Quotewire: update this one"):
            migrate(path, schema.MIGRATIONS)

    def test_two_processes_may_migrate_at_once(self, tmp_path: Path) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["index.store.schema"])
        for n in range(3):
            start = context.Barrier(2)
            both = [context.Process(target=_migrate, args=(tmp_path / f"{n}.db", start)) for _ in range(2)]
            for process in both:
                process.start()
            for process in both:
                process.join()
            assert [process.exitcode for process in both] == [0, 0]

    def test_a_file_that_another_process_is_just_writing_is_waited_for(self, tmp_path: Path) -> None:
        path, held = tmp_path / "x.db", threading.Event()

        def hold() -> None:
            other = sqlite3.connect(path, isolation_level=None)
            other.execute("BEGIN IMMEDIATE")
            held.set()
            time.sleep(0.3)
            other.execute("ROLLBACK")
            other.close()

        holder = threading.Thread(target=hold)
        holder.start()
        held.wait()
        migrate(path, schema.MIGRATIONS)
        holder.join()
        with connect(path) as db:
            assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)

    def test_so_may_many_threads(self, tmp_path: Path) -> None:
        start, failed = threading.Barrier(6), []

        def work() -> None:
            start.wait()
            try:
                migrate(tmp_path / "x.db", schema.MIGRATIONS)
            except StoreError as error:
                failed.append(error)

        threads = [threading.Thread(target=work) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failed == []


def _migrate(path: Path, start: Any) -> None:
    start.wait()
    migrate(path, schema.MIGRATIONS)


class TestRoundTrips:
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(texts, st.data())
    def test_any_text_comes_back_as_it_is_and_sqlite_slices_as_python_does(
        self, shared: Path, text: str, data: st.DataObject
    ) -> None:
        start = data.draw(st.integers(0, len(text) - 1))
        span = Span(start, data.draw(st.integers(start + 1, len(text))))
        with connect(shared) as db, transaction(db):
            _, version_id = put(db, text, key=text)
            draft = passages.Drafted(span, Label.PROSE, "", "x", span.of(text))
            passages.put(db, version_id, [draft])
            sentences = (Sentence(span.start, span.end, Label.CAPTION, 3),)
            articles.set_sentences(db, version_id, sentences)
            version = articles.version(db, version_id)
            assert (version.text, version.sentences) == (text, sentences)
            newest = max(row[0] for row in passages.catalogue(db))
            assert passages.found(db, [newest])[newest].text == span.of(text)
            assert vectors.texts(db, [newest])[0].text == span.of(text)
            passages.clear(db, version.article_id)
            articles.delete(db, version.article_id)

    @given(metadata)
    def test_metadata_comes_back_as_it_is(self, given_: Metadata) -> None:
        assert load_metadata(dump_metadata(given_)) == given_
        assert dump_metadata(load_metadata(dump_metadata(given_))) == dump_metadata(given_)

    def test_an_answer_is_kept_without_its_words(self, path: Path) -> None:
        answer = Answer(
            id="abc",
            question="Wer?",
            as_of=date(2026, 1, 2),
            lang="de",
            kind=AnswerKind.DECLINED,
            confidence=0.25,
            notices=(Notice(NoticeKind.STALE, {"newest": "2017"}),),
            filters=(Filter(FilterField.OUTLET, "Kurier", "im Kurier"),),
            newest_article=PartialDate("2017-11"),
            generation=7,
        )
        with connect(path) as db:
            answers.put(db, answer)
            kept = answers.get(db, "abc")
            with pytest.raises(NotFound):
                answers.get(db, "abd")
        assert (kept.question, kept.as_of, kept.kind, kept.confidence) == ("Wer?", date(2026, 1, 2), "declined", 0.25)
        assert (kept.notices, kept.filters, kept.newest) == (answer.notices, answer.filters, PartialDate("2017-11"))

    def test_vectors_come_back_as_they_are(self, path: Path) -> None:
        rows = np.random.default_rng(1).standard_normal((2, 8)).astype(np.float32)
        with connect(path) as db:
            ids = [put(db, text, key=text) and passages.catalogue(db)[-1][0] for text in ("one two", "three four")]
            model = vectors.model_id(db, "fingerprint", "words")
            assert vectors.queue(db, model, ["und"]) == [ids[1], ids[0]], "the longest first"
            vectors.put(db, model, [passages.input_digest(text) for text in ("one two", "three four")], rows)
            assert vectors.queue(db, model, ["und"]) == []
            found, loaded = vectors.load(db, model, None, 8)
            assert found.tolist() == ids == vectors.ready(db, model).tolist()
            assert np.array_equal(loaded, rows)
            assert np.array_equal(vectors.load(db, model, np.array(ids[1:]), 8)[1], rows[1:])
            assert vectors.pending_count(db, None, ["und"]) == 2
            assert vectors.pending_count(db, None, ["en"]) == 0

    def test_a_whole_question_is_never_syntax(self, path: Path) -> None:
        with connect(path) as db:
            put(db, 'near "the" or not title:x')
            everything = ['"', 'near"', "or", "NOT", "title:x", "*", "", "a" * 500]
            assert full_text(db).search(everything, 5, lambda _: True)
            assert full_text(db).search([], 5, lambda _: True) == []
            assert full_text(db).search(everything, 5, lambda _: False) == []


class TestIds:
    def test_an_id_is_never_given_twice(self, path: Path) -> None:
        with connect(path) as db:
            first = put(db, "One text.")
            first_passage = passages.catalogue(db)[-1][0]
            passages.clear(db, first[0])
            articles.delete(db, first[0])
            second = put(db, "One text.")
            assert second[0] > first[0]
            assert second[1] > first[1]
            assert passages.catalogue(db)[-1][0] > first_passage

    def test_the_same_text_makes_no_new_version(self, path: Path) -> None:
        with connect(path) as db:
            article_id, _ = put(db, "One text.", title="A")
            reading = Reading(1, "a.txt", "other bytes", "s", "c")
            assert articles.put(db, reading, paper("One text.", title="A")) == (article_id, None)
            assert articles.known(db, 1)["a.txt"].fingerprint == "other bytes"
            assert articles.put(db, reading, paper("One text.", title="B"))[1] is not None

    def test_clearing_an_article_clears_its_full_text(self, path: Path) -> None:
        with connect(path) as db:
            article_id, _ = put(db, "One text.")
            assert passages.clear(db, article_id) == 1
            assert db.execute("SELECT count(*) FROM passages_fts").fetchone() == (0,)
            assert full_text(db).search(["text"], 5, lambda _: True) == []


class TestTombstones:
    def test_removed_and_restored(self, path: Path) -> None:
        with connect(path) as db:
            article_id, version_id = put(db, "One text.", title="A", url="https://x")
            story = articles.story_digest(paper("one TEXT"))
            assert articles.bury(db, article_id, "editor").title == "A"
            assert articles.is_buried(db, "https://x", "")
            assert articles.is_buried(db, None, story)
            assert not articles.is_buried(db, None, "")
            for read in (lambda: articles.version(db, version_id), lambda: articles.article(db, article_id)):
                with pytest.raises(Withdrawn):
                    read()
            assert articles.versions(db, [version_id]) == {}
            with pytest.raises(Withdrawn):
                articles.bury(db, article_id, "editor")
            assert articles.unbury(db, article_id).title == "A"
            assert not articles.is_buried(db, "https://x", story)


class TestTrouble:
    def test_a_transaction_is_all_or_nothing(self, path: Path) -> None:
        with pytest.raises(RuntimeError), connect(path) as db, transaction(db):
            put(db, "One text.")
            raise RuntimeError("stop")
        with connect(path) as db:
            assert passages.count(db) == 0

    def test_a_reader_sees_one_moment_while_others_write(self, path: Path) -> None:
        with connect(path) as reader, unchanging(reader):
            assert passages.count(reader) == 0
            with connect(path) as writer, transaction(writer):
                put(writer, "One text.")
            assert passages.count(reader) == 0
        with connect(path) as reader:
            assert passages.count(reader) == 1

    @pytest.mark.parametrize(
        ("code", "kind", "words"),
        [
            (sqlite3.SQLITE_BUSY, StoreLocked, "is locked by another program"),
            (sqlite3.SQLITE_LOCKED, StoreLocked, "is locked by another program"),
            (sqlite3.SQLITE_CORRUPT, StoreCorrupt, "was left as it is"),
            (sqlite3.SQLITE_NOTADB, StoreCorrupt, "restore it from a backup"),
            (sqlite3.SQLITE_FULL, StoreFull, "free some room"),
            (sqlite3.SQLITE_READONLY, StoreError, "check the rights of its folder"),
            (sqlite3.SQLITE_IOERR | 3 << 8, StoreError, "the disk failed or has no room left"),
        ],
    )
    def test_each_error_is_one_line_with_the_cure(self, path: Path, code: int, kind: type, words: str) -> None:
        failure = sqlite3.OperationalError("raw words")
        failure.sqlite_errorcode = code
        with pytest.raises(kind) as caught, connect(path):
            raise failure
        assert words in str(caught.value)
        assert "archive.db" in str(caught.value)
        assert "\n" not in str(caught.value)

    def test_reading_only_cannot_write(self, path: Path) -> None:
        with pytest.raises(StoreError), connect(path, readonly=True) as db:
            articles.advance(db)

    def test_waiting_for_a_lock_ends(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
        waiting = pytest.raises(StoreLocked)
        with connect(path) as holder, transaction(holder), waiting, connect(path) as db, transaction(db):
            pass

    def test_old_questions_expire(self, path: Path) -> None:
        answer = Answer(id="a", question="Who?", as_of=None, lang="en", kind=AnswerKind.EMPTY, confidence=0)
        with connect(path) as db:
            answers.put(db, answer)
            assert answers.expire_questions(db, 90) == 0
            old = datetime(2020, 1, 1, tzinfo=UTC).isoformat(timespec="seconds")
            db.execute("UPDATE answers SET asked_at = ?", (old,))
            assert answers.expire_questions(db, 90) == 1
            assert answers.get(db, "a").question is None


def test_while_a_database_is_held_no_closing_connection_empties_its_log(tmp_path):
    path = tmp_path / "archive.db"
    migrate(path, schema.MIGRATIONS)
    log = path.with_name("archive.db-wal")
    let_go = hold(path)
    with connect(path) as db, transaction(db):
        db.execute("INSERT INTO state VALUES ('told', 1)")
    assert log.stat().st_size > 0
    let_go()
    assert not log.exists()
