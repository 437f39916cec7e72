"""A question as read is answered, declined or shown as coverage, by the confidence of what was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import newsroom
import numpy as np
import pytest

from index.answer import respond as module
from index.answer.respond import CLOSEST, NEARBY, Asked, announced, respond
from index.datatypes import Answer, AnswerKind, NoticeKind
from index.language.vocabulary import Vocabulary
from index.question.filters import Roster
from index.question.understand import understand
from index.search.snapshot import take
from index.search.term_counts import TermCounts
from index.store import passages
from index.store.database import connect

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
FLOOR = 0.5
FERRY = "How many passengers does the last ferry to Sandholm carry?"
LATER = newsroom.FERRY.replace("3 May", "10 May").replace("212 passengers", "180 passengers")


class Backwards:
    """Reads the candidates closely and prefers the one that was last."""

    name = "backwards"

    def scores(self, question: str, passages: Sequence[str]) -> np.ndarray:
        return np.arange(len(passages), dtype=np.float32)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("respond")
    folder = newsroom.three_stories(home / "articles")
    newsroom.write(folder, "later", "Ferry to Sandholm stops a week later", LATER, published="2026-03-09")
    newsroom.write(folder, "choir", "Choir sings in Mill Lane", "A choir of forty sang in Mill Lane.", published=None)
    archive = newsroom.open_archive(home)
    archive.reindex([folder])
    archive.close()
    return home / "data" / "archive.db"


@pytest.fixture
def room(data: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Asks by text alone; `confidences` are those of the hits, in their order."""
    with connect(data) as db:
        snapshot = take(db, {})
        vocabulary = Vocabulary(passages.vocabulary(db))
        found = module.retrieve

        def ask(question: str, *, confidences: Sequence[float] = (), top: int | None = None, **changes: Any) -> Answer:
            def retrieve(*args: Any, **legs: Any) -> list[Any]:
                hits = found(*args, **legs)
                given = [*confidences, *[0.0] * len(hits)]
                return [replace(hit, confidence=one) for hit, one in zip(hits, given, strict=False)] or hits

            if confidences:
                monkeypatch.setattr(module, "retrieve", retrieve)
            read = understand(question, "en", as_of=NOW.date(), vocabulary=vocabulary, roster=Roster([], []))
            asked = Asked(
                read=read,
                snapshot=snapshot,
                counts=TermCounts(),
                within=snapshot.within(None, read.filters, NOW),
                now=NOW,
                as_of=None,
                meaning=None,
                wants_meaning=False,
                floor=FLOOR,
                vocabulary=vocabulary,
            )
            draft = Answer("id", question, None, "en", AnswerKind.EMPTY, 0.0)
            return respond(db, replace(asked, **changes), draft, top)

        yield SimpleNamespace(ask=ask, db=db, snapshot=snapshot)


class TestFloor:
    def test_what_reaches_it_is_quoted(self, room: Any) -> None:
        answer = room.ask(FERRY, confidences=[FLOOR])
        assert (answer.kind, answer.confidence) == (AnswerKind.ANSWERED, FLOOR)
        assert "passengers" in answer.quotes[0].text
        assert answer.closest == ()

    def test_what_does_not_is_declined_with_the_closest_coverage(self, room: Any) -> None:
        answer = room.ask(FERRY, confidences=[0.49, NEARBY, NEARBY / 2])
        assert (answer.kind, answer.confidence, answer.quotes) == (AnswerKind.DECLINED, 0.49, ())
        assert 1 <= len(answer.closest) <= 2

    def test_top_quotes_what_it_would_have_quoted(self, room: Any) -> None:
        answer = room.ask(FERRY, confidences=[0.49, 0.48], top=2)
        assert (answer.kind, answer.confidence, len(answer.quotes)) == (AnswerKind.DECLINED, 0.49, 2)

    def test_a_further_quote_needs_half_the_confidence_of_the_first(self, room: Any) -> None:
        titles = [quote.article.title for quote in room.ask("Who said what of the ferry?", top=9).quotes]
        assert len(titles) > 1
        assert len(room.ask("Who said what of the ferry?", confidences=[0.9, 0.44, 0.9]).quotes) == 1


class TestReranker:
    def test_it_chooses_among_what_reaches_the_floor(self, room: Any) -> None:
        plain = room.ask(FERRY, confidences=[0.9, 0.8], top=2)
        answer = room.ask(FERRY, confidences=[0.9, 0.8], reranker=Backwards())
        assert answer.quotes[0].span == plain.quotes[1].span
        assert answer.confidence == 0.8

    def test_what_lies_below_the_floor_is_no_answer_however_well_it_reads(self, room: Any) -> None:
        plain = room.ask(FERRY, confidences=[0.9, 0.4])
        answer = room.ask(FERRY, confidences=[0.9, 0.4], reranker=Backwards())
        assert [quote.span for quote in answer.quotes] == [plain.quotes[0].span]
        assert answer.confidence == 0.9

    def test_where_nothing_reaches_it_the_question_is_declined(self, room: Any) -> None:
        answer = room.ask(FERRY, confidences=[0.4, 0.3, 0.2], reranker=Backwards())
        assert (answer.kind, answer.quotes) == (AnswerKind.DECLINED, ())
        assert answer.confidence < FLOOR


class TestCoverage:
    def test_a_topic_is_no_question(self, room: Any) -> None:
        answer = room.ask("Sandholm ferry")
        assert (answer.kind, answer.quotes) == (AnswerKind.COVERAGE, ())
        assert [card.title for card in answer.closest] == [
            "Ferry to Sandholm stops a week later",
            "Ferry to Sandholm stops in May",
        ]

    def test_it_lists_a_few_headlines(self, room: Any) -> None:
        assert len(room.ask("latest news").closest) == min(CLOSEST, len(room.snapshot.listed))


class TestAnnounced:
    def test_a_newer_article_of_the_story_is_announced_with_the_older(self, room: Any) -> None:
        quotes = {quote.article.title: quote for quote in room.ask(FERRY, top=9).quotes}
        older, later = quotes["Ferry to Sandholm stops in May"], quotes["Ferry to Sandholm stops a week later"]
        assert [card.title for card in older.newer] == [later.article.title]
        assert later.newer == ()

    def test_another_story_is_not(self, room: Any) -> None:
        bridge = room.ask("Who opened the swing bridge at Oldport?", top=1).quotes[0]
        assert bridge.article.title == "Swing bridge opens two years late"
        assert bridge.newer == ()

    def test_without_a_quote_there_is_nothing_to_announce(self, room: Any) -> None:
        assert announced(room.db, None, [], ()) == ()  # type: ignore[arg-type]


def test_the_days_are_counted_from_the_moment_of_the_question(room: Any) -> None:
    fresh = room.ask("What is the latest about the ferry to Sandholm?", top=1)
    assert NoticeKind.STALE not in {notice.kind for notice in fresh.notices}
    stale = room.ask("What is the latest about the ferry to Sandholm?", top=1, now=NOW.replace(month=6))
    assert [dict(notice.values) for notice in stale.notices if notice.kind is NoticeKind.STALE] == [
        {"newest": stale.quotes[0].article.published.text}
    ]
    asked_then = room.ask(
        "What is the latest about the ferry?", top=1, as_of=date(2026, 3, 10), now=NOW.replace(month=6)
    )
    assert NoticeKind.STALE not in {notice.kind for notice in asked_then.notices}
