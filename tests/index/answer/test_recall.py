"""Answers said before, read again: the same words or the plain fact that they are gone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import newsroom
import pytest

from index.archive import Archive
from index.datatypes import Answer, NoticeKind, OutletRights, Span
from index.errors import NotFound, Withdrawn
from index.store.database import connect, transaction

FERRY = "How many passengers does the last ferry to Sandholm carry?"


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    newsroom.three_stories(tmp_path / "articles")
    archive = newsroom.open_archive(tmp_path)
    archive.reindex([tmp_path / "articles"])
    return archive


@pytest.fixture
def answer(archive: Archive) -> Answer:
    return archive.ask(FERRY, top=3)


def tamper(tmp_path: Path, statement: str, *values: object) -> None:
    with connect(tmp_path / "data" / "archive.db") as db, transaction(db):
        db.execute(statement, values)


class TestRecall:
    def test_all_of_an_answer_comes_back(self, archive: Archive, answer: Answer) -> None:
        again = archive.recall(answer.id)
        assert again == replace(
            answer,
            seconds=0.0,
            quotes=tuple(replace(quote, also_in=(), corrections=(), newer=()) for quote in answer.quotes),
        )

    def test_a_declined_answer_keeps_what_was_closest(self, archive: Archive) -> None:
        declined = archive.ask("What is the capital of Mongolia near the bridge?")
        assert archive.recall(declined.id).closest == declined.closest

    def test_what_is_removed_leaves_the_closest_too(self, archive: Archive) -> None:
        topic = archive.ask("ferry")
        archive.remove(topic.closest[0].id)
        assert archive.recall(topic.id).closest == ()

    def test_an_answer_that_was_not_kept_is_unknown(self, archive: Archive) -> None:
        with pytest.raises(NotFound, match="not known here"):
            archive.recall(archive.ask(FERRY, keep=False).id)

    def test_notices_come_back(self, archive: Archive) -> None:
        stale = archive.ask("What is the latest about the swing bridge?", as_of=date(2026, 11, 1), top=1)
        assert NoticeKind.STALE in {notice.kind for notice in stale.notices}
        assert archive.recall(stale.id).notices == stale.notices

    @pytest.mark.parametrize("n", [-1, 3, 99])
    def test_there_is_no_such_quote(self, archive: Archive, answer: Answer, n: int) -> None:
        with pytest.raises(NotFound, match="no such quote"):
            archive.quote(answer.id, n)
        with pytest.raises(NotFound):
            archive.context(answer.id, n)


class TestWordsThatChanged:
    """The database says something else than when the answer was given: never shown, never verified."""

    def test_a_text_that_was_tampered_with(self, archive: Archive, answer: Answer, tmp_path: Path) -> None:
        tamper(tmp_path, "UPDATE versions SET text = replace(text, '212', '312')")
        with pytest.raises(Withdrawn, match="not what was recorded"):
            archive.quote(answer.id, 0)
        assert archive.recall(answer.id).quotes[0].withheld == "withdrawn"
        assert not archive.verify(answer.quotes[0])

    def test_a_text_that_became_shorter(self, archive: Archive, answer: Answer, tmp_path: Path) -> None:
        tamper(tmp_path, "UPDATE versions SET text = substr(text, 1, 10)")
        assert not archive.verify(answer.quotes[0])
        assert archive.recall(answer.id).quotes[0].withheld == "withdrawn"
        with pytest.raises(Withdrawn):
            archive.quote(answer.id, 0)

    def test_a_citation_of_other_words_does_not_verify(self, archive: Archive, answer: Answer) -> None:
        first = answer.quotes[0]
        moved = Span(first.span.start, first.span.end - 1)
        for wrong in (
            replace(first, text=first.text + " "),
            replace(first, span=moved),
            replace(first, span=Span(0, 10**6)),
            replace(first, version_id=999),
        ):
            assert not archive.verify(wrong)
        assert archive.verify(first)


class TestRightsToday:
    def opened(self, tmp_path: Path, **rights: object) -> Archive:
        return newsroom.open_archive(tmp_path, outlets={"The Oldport Mail": OutletRights(**rights)})

    def test_an_embargo_set_later_withholds_at_once(self, archive: Archive, answer: Answer, tmp_path: Path) -> None:
        strict = self.opened(tmp_path, embargo_until=datetime.now(UTC) + timedelta(days=1))
        assert {quote.withheld for quote in strict.recall(answer.id).quotes} == {"withdrawn"}
        assert not strict.verify(answer.quotes[0])
        with pytest.raises(Withdrawn, match="may not be shown yet"):
            strict.context(answer.id, 0)

    def test_a_shorter_quote_allowed_later_gives_headline_and_link(
        self, archive: Archive, answer: Answer, tmp_path: Path
    ) -> None:
        strict = self.opened(tmp_path, max_quote_chars=20)
        again = strict.quote(answer.id, 0)
        assert (again.withheld, again.text, again.passage_text, again.highlight) == ("max_quote_chars", "", "", None)
        assert again.article == answer.quotes[0].article
        assert strict.context(answer.id, 0).text == ""

    def test_rights_that_end_give_nothing_back_that_was_not_recorded(self, archive: Archive, tmp_path: Path) -> None:
        held = self.opened(tmp_path, link_only=True).ask(FERRY)
        assert archive.recall(held.id).quotes[0].text == ""
        assert archive.recall(held.id).quotes[0].withheld == "link_only"


def test_a_sentence_longer_than_a_highlight_is_quoted_without_one(tmp_path: Path) -> None:
    words = f"The report of the harbour board lists {'one more pier with a crane, ' * 14}and 41 old quays."
    newsroom.write(tmp_path / "articles", "piers", "All piers of Oldport", f"{words} It is long.", language="en")
    archive = newsroom.open_archive(tmp_path)
    archive.reindex([tmp_path / "articles"])
    answer = archive.ask("How many old quays does the report of the harbour board list?", top=1)
    assert 350 < len(words) < 800
    assert words in answer.quotes[0].text
    assert answer.quotes[0].highlight is None
    assert archive.recall(answer.id).quotes[0].text == answer.quotes[0].text
