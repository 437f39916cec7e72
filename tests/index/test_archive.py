"""The archive as those above it see it: ask, read on, remove and restore, rights and embargoes."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import newsroom
import numpy as np
import pytest
from numpy.typing import NDArray
from word_embedder import WordEmbedder

from index.archive import Archive
from index.datatypes import AnswerKind, Filter, FilterField, Label, NoticeKind, Options, OutletRights
from index.errors import NotFound, SourceError, StoreCorrupt, Withdrawn

FERRY = "How many passengers does the last ferry to Sandholm carry?"


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    newsroom.three_stories(tmp_path / "articles")
    archive = newsroom.open_archive(tmp_path)
    archive.reindex([tmp_path / "articles"])
    return archive


class TestAsking:
    def test_an_answer_quotes_the_words_that_stand_in_the_article(self, archive: Archive) -> None:
        answer = archive.ask(FERRY)
        assert answer.kind is AnswerKind.ANSWERED
        first = answer.quotes[0]
        assert first.text in newsroom.FERRY
        assert first.highlight is not None and "212 passengers" in first.highlight.of(first.text)
        assert first.sha256 == hashlib.sha256(first.text.encode()).hexdigest()

    def test_attribution_comes_with_the_quote(self, archive: Archive) -> None:
        card = archive.ask(FERRY).quotes[0].article
        assert card.title == "Ferry to Sandholm stops in May"
        assert (card.outlet, card.authors, str(card.published)) == ("The Oldport Mail", ("Ada Venn",), "2026-03-02")
        assert card.url == "https://mail.example/ferry"

    def test_the_speaker_of_quoted_words_is_named(self, archive: Archive) -> None:
        answer = archive.ask("Why can nobody steer the ferry through the channel: what did Greta Holm say?")
        assert answer.quotes[0].speaker is not None
        assert answer.quotes[0].speaker.name == "Greta Holm"

    def test_what_the_archive_does_not_say_is_declined(self, archive: Archive) -> None:
        answer = archive.ask("What is the capital of Mongolia?")
        assert answer.kind is AnswerKind.DECLINED
        assert answer.quotes == ()
        assert answer.closest == ()  # nothing is close, so nothing is called so

    def test_the_closest_coverage_is_named_where_there_is_some(self, archive: Archive) -> None:
        answer = archive.ask("Which engineer designed the steel of the bridge?")
        assert answer.kind is AnswerKind.DECLINED
        assert answer.closest[0].title == "Swing bridge opens two years late"

    def test_top_quotes_also_where_the_answer_is_no_and_confidence_stays_the_same(self, archive: Archive) -> None:
        declined = archive.ask("How much did the bakery pay for the windmill licence of 1901?")
        asked_for = archive.ask("How much did the bakery pay for the windmill licence of 1901?", top=2)
        assert len(asked_for.quotes) == 2
        assert asked_for.confidence == declined.confidence
        assert asked_for.kind is declined.kind

    def test_an_empty_archive_says_so(self, tmp_path: Path) -> None:
        assert newsroom.open_archive(tmp_path).ask("Who is there?").kind is AnswerKind.EMPTY

    def test_a_bare_topic_gets_the_newest_coverage_and_no_invented_answer(self, archive: Archive) -> None:
        answer = archive.ask("ferry")
        assert answer.kind is AnswerKind.COVERAGE
        assert [card.title for card in answer.closest] == ["Ferry to Sandholm stops in May"]
        assert answer.quotes == ()

    def test_as_of_leaves_out_what_is_newer(self, archive: Archive) -> None:
        answer = archive.ask(FERRY, as_of=date(2026, 2, 28), top=5)
        assert "Ferry to Sandholm stops in May" not in {quote.article.title for quote in answer.quotes}

    def test_filters_restrict_and_are_told(self, archive: Archive) -> None:
        only_old = Filter(FilterField.PUBLISHED, "..2025-12-31", "before 2026")
        answer = archive.ask("Who won a prize?", filters=[only_old], top=5)
        assert {quote.article.title for quote in answer.quotes} == {"Rye bread prize for Mill Lane"}
        assert answer.filters == (only_old,)

    def test_filters_are_read_from_the_question_and_can_be_dropped(self, archive: Archive) -> None:
        question = "What did Ada Venn report: articles by Ada Venn about the bridge"
        assert ("author", "Ada Venn") in {(one.field, one.value) for one in archive.ask(question).filters}
        assert archive.ask(question, filters=()).filters == ()

    def test_stale_news_is_announced_where_the_question_asks_for_now(self, archive: Archive) -> None:
        answer = archive.ask("What is the latest about the swing bridge?", as_of=date(2026, 11, 1), top=1)
        assert NoticeKind.STALE in {notice.kind for notice in answer.notices}

    def test_no_stale_notice_where_the_news_is_fresh(self, archive: Archive) -> None:
        answer = archive.ask("What is the latest about the ferry to Sandholm?", as_of=date(2026, 3, 4), top=1)
        assert NoticeKind.STALE not in {notice.kind for notice in answer.notices}

    def test_a_question_is_never_full_text_syntax(self, archive: Archive) -> None:
        for odd in (
            '"ferry" AND NOT (',
            "title:ferry OR *",
            "NEAR(ferry, 2)",
            "ferry^2 -boat",
            "'; DROP TABLE articles",
        ):
            archive.ask(odd)
        assert archive.ask(FERRY).answered

    @pytest.mark.parametrize("odd", ["", "   ", "?!", "🙂🙂", "\x00", "ferry\ud800", "a" * 10_000, "the of and"])
    def test_any_text_gets_an_answer_of_some_kind(self, archive: Archive, odd: str) -> None:
        assert archive.ask(odd).kind in set(AnswerKind)

    def test_examples_are_questions_the_archive_answers(self, archive: Archive) -> None:
        examples = archive.examples("en", 3)
        assert examples
        assert all(archive.ask(example).answered for example in examples)

    def test_examples_are_found_once_for_each_language(self, archive: Archive, tmp_path: Path) -> None:
        put = []

        class Counting(WordEmbedder):
            def embed_question(self, text: str) -> NDArray[np.float32]:
                put.append(text)
                return super().embed_question(text)

        counting = Archive.open(tmp_path / "data", embedder=Counting())
        first = [counting.examples("en", 3), counting.examples("ru", 3), counting.examples("en", 1)]
        asked = len(put)
        assert asked
        assert [counting.examples("en", 3), counting.examples("ru", 3), counting.examples("en", 1)] == first
        assert len(put) == asked
        counting.remove(counting.ask(FERRY).quotes[0].article.id)
        assert counting.examples("en", 3) != first[0]


class TestToday:
    """Days are counted in the newsroom's time zone: 18:30 on 29 September in Los Angeles is the 30th in Greenwich."""

    @pytest.fixture
    def evening(self, tmp_path: Path) -> Archive:
        newsroom.write(tmp_path / "articles", "early", "Ferry runs late", newsroom.FERRY, published="2026-09-28")
        newsroom.write(tmp_path / "articles", "late", "Bridge closed", newsroom.BRIDGE, published="2026-09-29")
        archive = Archive.open(
            tmp_path / "data",
            options=Options(zone=ZoneInfo("America/Los_Angeles")),
            clock=lambda: datetime(2026, 9, 30, 1, 30, tzinfo=UTC),
        )
        archive.reindex([tmp_path / "articles"])
        return archive

    @pytest.mark.parametrize(
        ("asked", "day"), [("articles from yesterday", "2026-09-28"), ("articles from today", "2026-09-29")]
    )
    def test_a_question_counts_from_it(self, evening: Archive, asked: str, day: str) -> None:
        answer = evening.ask(asked)
        assert [one.value for one in answer.filters] == [f"{day}..{day}"]
        assert [str(card.published) for card in answer.closest] == [day]

    def test_so_does_a_list_of_articles(self, evening: Archive) -> None:
        assert [str(card.published) for card in evening.coverage("articles from yesterday").items] == ["2026-09-28"]

    def test_what_came_out_today_is_not_stale(self, evening: Archive) -> None:
        assert evening.ask("What happened today at the swing bridge?", top=1).notices == ()

    def test_the_clock_is_looked_at_once_a_question(self, tmp_path: Path) -> None:
        looks = []

        def clock() -> datetime:
            looks.append(datetime(2026, 9, 30, 1, 30, tzinfo=UTC))
            return looks[-1]

        newsroom.three_stories(tmp_path / "articles")
        archive = Archive.open(tmp_path / "data", clock=clock)
        archive.reindex([tmp_path / "articles"])
        before = len(looks)
        answer = archive.ask("What is the latest on the ferry to Sandholm?", top=3)
        assert len(looks) == before + 1
        archive.recall(answer.id)
        assert len(looks) == before + 2


class TestOneStoryOnce:
    def test_a_wire_copy_is_listed_beside_the_quote(self, tmp_path: Path) -> None:
        folder = newsroom.three_stories(tmp_path / "articles")
        newsroom.write(
            folder, "copy", "No more boats to Sandholm", newsroom.FERRY.replace("\n\n", "\n \n"), outlet="Coast Echo"
        )
        archive = newsroom.open_archive(tmp_path)
        archive.reindex([folder])
        answer = archive.ask(FERRY, top=5)
        quoted = [quote.article.outlet for quote in answer.quotes if "212 passengers" in quote.text]
        assert len(quoted) == 1
        also = {card.outlet for card in answer.quotes[0].also_in}
        assert also | set(quoted) == {"The Oldport Mail", "Coast Echo"}
        assert archive.recall(answer.id).quotes[0].also_in == answer.quotes[0].also_in


class TestBesideTheQuote:
    """Corrections and newer articles are announced, now and when the answer is read again."""

    NOTE = (
        "An article of 2 March under the headline “Ferry to Sandholm stops in May” gave a wrong number. "
        "The last boat carries 190 passengers."
    )
    LATER = (
        "The ferry to Sandholm will not stop running on 3 May after all, the harbour board said on Thursday. "
        "The last boat leaves at 10 p.m. and carries 212 passengers. “We have found a captain who knows the channel,” "
        "said Greta Holm, the board's chair."
    )

    def open(self, tmp_path: Path) -> Archive:
        folder = newsroom.three_stories(tmp_path / "articles")
        newsroom.write(folder, "note", "Correction: ferry", self.NOTE, published="2026-03-04", label="correction")
        newsroom.write(folder, "later", "Ferry to Sandholm does not stop in May", self.LATER, published="2026-04-09")
        archive = newsroom.open_archive(tmp_path)
        archive.reindex([folder])
        return archive

    def test_they_are_shown_and_stay(self, tmp_path: Path) -> None:
        archive = self.open(tmp_path)
        answer = archive.ask("Why will the ferry to Sandholm stop running on 3 May?", top=5)
        first = next(quote for quote in answer.quotes if quote.article.title == "Ferry to Sandholm stops in May")
        assert [card.title for card in first.corrections] == ["Correction: ferry"]
        assert "Ferry to Sandholm does not stop in May" in [card.title for card in first.newer]
        n = answer.quotes.index(first)
        again = archive.quote(answer.id, n)
        assert (again.corrections, again.newer) == (first.corrections, first.newer)


class TestReadingOn:
    def test_a_kept_answer_is_read_again_word_for_word(self, archive: Archive) -> None:
        answer = archive.ask(FERRY)
        again = archive.recall(answer.id)
        assert [quote.text for quote in again.quotes] == [quote.text for quote in answer.quotes]
        assert again.quotes[0].highlight == answer.quotes[0].highlight
        assert archive.quote(answer.id, 0).text == answer.quotes[0].text
        assert archive.verify(again.quotes[0])

    def test_it_survives_a_restart_and_a_full_reindex(self, archive: Archive, tmp_path: Path) -> None:
        answer = archive.ask(FERRY)
        archive.reindex(full=True)
        archive.close()
        assert newsroom.open_archive(tmp_path).quote(answer.id, 0).text == answer.quotes[0].text

    def test_an_answer_to_an_older_version_keeps_its_words(self, archive: Archive, tmp_path: Path) -> None:
        answer = archive.ask(FERRY)
        newsroom.write(tmp_path / "articles", "ferry", "Ferry to Sandholm stops", newsroom.FERRY.replace("212", "190"))
        archive.reindex()
        assert "212 passengers" in archive.quote(answer.id, 0).text
        assert "190 passengers" in archive.ask(FERRY).quotes[0].text

    def test_unknown_answers_and_quotes_are_not_found(self, archive: Archive) -> None:
        answer = archive.ask(FERRY)
        with pytest.raises(NotFound):
            archive.recall("nothing-here")
        with pytest.raises(NotFound):
            archive.quote(answer.id, 99)

    def test_context_holds_the_quote_and_stops_at_the_share(self, archive: Archive) -> None:
        answer = archive.ask(FERRY)
        context = archive.context(answer.id, 0)
        assert answer.quotes[0].text in context.text or context.text == answer.quotes[0].text
        assert context.text in newsroom.FERRY

    def test_changed_words_do_not_verify(self, archive: Archive) -> None:
        from dataclasses import replace

        first = archive.ask(FERRY).quotes[0]
        assert not archive.verify(replace(first, text=first.text.replace("212", "312")))
        assert not archive.verify(replace(first, sha256="0" * 64))

    def test_no_quote_text_is_kept_with_an_answer(self, archive: Archive, tmp_path: Path) -> None:
        from index.store.database import connect

        archive.ask(FERRY)
        with connect(tmp_path / "data" / "archive.db") as db:
            kept = str([list(db.query(f"SELECT * FROM {table}")) for table in ("answers", "citations")])
        assert "The last boat leaves" not in kept


class TestRemoving:
    def test_a_removed_article_is_gone_at_once_everywhere(self, archive: Archive) -> None:
        answer = archive.ask(FERRY)
        removed = archive.remove(answer.quotes[0].article.id, by="editor")
        assert removed.title == "Ferry to Sandholm stops in May"
        assert all(quote.article.id != removed.id for quote in archive.ask(FERRY, top=5).quotes)
        assert archive.coverage("ferry").total == 0
        with pytest.raises(Withdrawn):
            archive.quote(answer.id, 0)
        with pytest.raises(Withdrawn):
            archive.article(removed.id)
        assert archive.recall(answer.id).quotes[0].withheld == "withdrawn"
        assert archive.recall(answer.id).quotes[0].text == ""
        assert not archive.verify(answer.quotes[0])
        assert answer.id in archive.answers_quoting(removed.id)

    def test_later_runs_do_not_bring_it_back(self, archive: Archive, tmp_path: Path) -> None:
        archive.remove(archive.ask(FERRY).quotes[0].article.id)
        newsroom.write(
            tmp_path / "articles", "ferry", "Ferry stops", newsroom.FERRY + " More.", url="https://mail.example/ferry"
        )
        newsroom.write(tmp_path / "articles", "again", "The same words elsewhere", newsroom.FERRY, outlet="Coast Echo")
        newsroom.write(
            tmp_path / "articles", "moved", "The same url", "Other words. " * 9, url="https://mail.example/ferry"
        )
        report = archive.reindex(full=True)
        assert (report.added, report.changed) == (0, 0)
        assert archive.coverage("ferry").total == 0

    def test_it_can_be_restored(self, archive: Archive) -> None:
        answer = archive.ask(FERRY)
        article_id = answer.quotes[0].article.id
        archive.remove(article_id)
        assert [card.id for card in archive.removed().items] == [article_id]
        archive.restore(article_id)
        assert archive.removed().total == 0
        assert archive.ask(FERRY).quotes[0].article.id == article_id
        assert archive.quote(answer.id, 0).text == answer.quotes[0].text

    def test_what_is_not_there_cannot_be_removed_or_restored(self, archive: Archive) -> None:
        with pytest.raises(NotFound):
            archive.remove(999)
        with pytest.raises(NotFound):
            archive.restore(1)


class TestRights:
    def open(self, tmp_path: Path, **rights: object) -> Archive:
        newsroom.three_stories(tmp_path / "articles")
        archive = newsroom.open_archive(tmp_path, outlets={"the oldport mail": OutletRights(**rights)})
        archive.reindex([tmp_path / "articles"])
        return archive

    def test_link_only_gives_headline_and_link_but_no_words(self, tmp_path: Path) -> None:
        archive = self.open(tmp_path, link_only=True)
        answer = archive.ask(FERRY)
        first = answer.quotes[0]
        assert (first.withheld, first.text, first.passage_text, first.highlight) == ("link_only", "", "", None)
        assert archive.recall(answer.id).quotes[0].text == ""
        assert archive.context(answer.id, 0).text == ""

    def test_a_quote_is_no_longer_than_the_outlet_allows(self, tmp_path: Path) -> None:
        archive = self.open(tmp_path, max_quote_chars=120)
        answer = archive.ask(FERRY)
        first = answer.quotes[0]
        assert 0 < len(first.text) <= 120
        assert len(first.passage_text) <= 120
        assert len(archive.context(answer.id, 0).text) <= 120

    def test_rights_given_later_hold_for_old_answers(self, tmp_path: Path) -> None:
        newsroom.three_stories(tmp_path / "articles")
        archive = newsroom.open_archive(tmp_path)
        archive.reindex([tmp_path / "articles"])
        answer = archive.ask(FERRY)
        strict = newsroom.open_archive(tmp_path, outlets={"The Oldport Mail": OutletRights(link_only=True)})
        assert strict.recall(answer.id).quotes[0].withheld == "link_only"

    def test_an_embargo_hides_until_its_moment(self, tmp_path: Path) -> None:
        hidden = self.open(tmp_path, embargo_until=datetime.now(UTC) + timedelta(hours=1))
        assert hidden.ask(FERRY, top=5).quotes == ()
        assert hidden.coverage().total == 0
        shown = newsroom.open_archive(
            tmp_path, outlets={"the oldport mail": OutletRights(embargo_until=datetime.now(UTC) - timedelta(hours=1))}
        )
        assert shown.ask(FERRY).answered

    def test_an_article_dated_more_than_a_day_ahead_waits(self, tmp_path: Path) -> None:
        ahead = (datetime.now(UTC) + timedelta(days=3)).date().isoformat()
        newsroom.write(
            tmp_path / "articles", "ferry", "Ferry to Sandholm stops in May", newsroom.FERRY, published=ahead
        )
        archive = newsroom.open_archive(tmp_path)
        archive.reindex([tmp_path / "articles"])
        assert archive.ask(FERRY, top=5).quotes == ()
        assert archive.coverage("ferry").total == 0


class TestCaptionsAndCredits:
    TEXT = (
        "The lighthouse at Cape Rook was switched on again on Tuesday after a dark winter.\n\n"
        "Keepers had waited for a lamp from abroad since October.\n\n"
        "(Lena Moss reported from Cape Rook. Otto Brandt contributed to this report.)"
    )

    def test_credit_lines_answer_only_who_reported(self, tmp_path: Path) -> None:
        newsroom.write(tmp_path / "articles", "lamp", "Lighthouse shines again", self.TEXT)
        archive = newsroom.open_archive(tmp_path)
        archive.reindex([tmp_path / "articles"])
        who = archive.ask("Who reported from Cape Rook?", top=1).quotes[0]
        assert who.kind is Label.CREDIT
        assert "Lena Moss" in who.text
        others = archive.ask("What happened to the lighthouse at Cape Rook?", top=5).quotes
        assert all(quote.kind is not Label.CREDIT for quote in others)


class TestCoverage:
    def test_everything_newest_first_in_pages(self, archive: Archive) -> None:
        first = archive.coverage(size=2)
        assert [card.title for card in first.items] == [
            "Ferry to Sandholm stops in May",
            "Swing bridge opens two years late",
        ]
        assert (first.page, first.pages, first.total) == (0, 2, 3)
        assert [card.title for card in archive.coverage(size=2, page=9).items] == ["Rye bread prize for Mill Lane"]

    def test_a_topic_holds_all_its_words(self, archive: Archive) -> None:
        assert archive.coverage("swing bridge").total == 1
        assert archive.coverage("swing ferry").total == 0

    def test_what_asks_for_news_is_no_part_of_the_topic(self, archive: Archive) -> None:
        ferry = ["Ferry to Sandholm stops in May"]
        for words in ("latest on the ferry", "news about the ferry", "anything new on the ferry?"):
            assert [card.title for card in archive.coverage(words).items] == ferry
            answer = archive.ask(words)
            assert (answer.kind, [card.title for card in answer.closest]) == (AnswerKind.COVERAGE, ferry)
        assert archive.coverage("latest news").total == 3

    def test_the_latest_that_is_old_is_announced(self, archive: Archive) -> None:
        notices = archive.ask("latest on the ferry", as_of=date(2031, 1, 1)).notices
        assert [(notice.kind, notice.values) for notice in notices] == [(NoticeKind.STALE, {"newest": "2026-03-02"})]
        assert archive.ask("latest on the ferry", as_of=date(2026, 3, 9)).notices == ()
        assert archive.ask("ferry", as_of=date(2031, 1, 1)).notices == ()

    def test_filters_in_its_words_count_and_are_told(self, archive: Archive) -> None:
        answer = archive.ask("articles by Ada Venn")
        assert [card.title for card in answer.closest] == ["Ferry to Sandholm stops in May"]
        assert [notice.kind for notice in answer.notices] == [NoticeKind.FILTER]
        assert archive.coverage("articles by Ada Venn").total == 1

    @pytest.mark.parametrize("top", [None, 3])
    def test_a_filter_alone_lists_what_it_lets_through(self, archive: Archive, top: int | None) -> None:
        answer = archive.ask("by Ada Venn", top=top)
        assert answer.kind is AnswerKind.COVERAGE
        assert answer.closest
        assert {"Ada Venn"} <= {name for card in answer.closest for name in card.authors}
        assert answer.quotes == ()
        assert archive.coverage("stories from November 2025").total == 1

    def test_articles_match_headline_url_or_number(self, archive: Archive) -> None:
        assert archive.articles("rye bread").total == 1
        ferry = archive.articles("mail.example/ferry").items[0]
        assert archive.articles(f"#{ferry.id}").items == (ferry,)


class TestStatusAndTrouble:
    def test_status_counts_what_is_there(self, archive: Archive) -> None:
        status = archive.status()
        assert (status.articles, status.pending, status.removed) == (3, 0, 0)
        assert status.newest is not None and status.newest.title == "Ferry to Sandholm stops in May"
        assert status.last_run is not None and status.last_run.outcome == "done"
        assert status.index_type is not None and status.index_type.startswith("Flat")

    def test_nothing_to_index_is_said(self, tmp_path: Path) -> None:
        with pytest.raises(SourceError, match="nothing to index"):
            newsroom.open_archive(tmp_path).reindex()

    def test_a_corrupt_vector_file_is_rebuilt(self, archive: Archive, tmp_path: Path) -> None:
        archive.close()
        for file in (tmp_path / "data").glob("vectors*"):
            file.write_bytes(b"not what it was")
        again = newsroom.open_archive(tmp_path)
        assert again.ask(FERRY).answered
        assert again.status().index_type == "Flat, 3 vectors"

    def test_a_corrupt_database_is_said_and_left_alone(self, archive: Archive, tmp_path: Path) -> None:
        archive.close()
        database = tmp_path / "data" / "archive.db"
        for companion in database.parent.glob("archive.db-*"):
            companion.unlink()
        database.write_bytes(b"this is no database" * 500)
        before = database.read_bytes()
        with pytest.raises(StoreCorrupt, match=r"archive\.db is damaged"):
            newsroom.open_archive(tmp_path)
        assert database.read_bytes() == before

    def test_old_question_texts_are_erased(self, archive: Archive, tmp_path: Path) -> None:
        answer = archive.ask(FERRY)
        assert archive.recall(answer.id).question == FERRY
        assert newsroom.open_archive(tmp_path, question_days=-1).recall(answer.id).question == ""

    def test_who_serves_has_them_erased_daily_and_no_question_does(self, tmp_path: Path) -> None:
        newsroom.three_stories(tmp_path / "articles")
        archive = newsroom.open_archive(tmp_path, question_days=-1)
        archive.reindex([tmp_path / "articles"])
        answer = archive.ask(FERRY)
        archive.ask("What does the bakery bake?")
        assert archive.recall(answer.id).question == FERRY
        archive.expire_questions()
        assert archive.recall(answer.id).question == ""

    def test_a_question_that_leans_on_one_that_leant_keeps_the_matter(self, archive: Archive) -> None:
        first = archive.ask(FERRY)
        second = archive.ask("and when?", previous=first.id)
        third = archive.ask("why?", previous=second.id)
        assumed = [one.values["question"] for one in third.notices if one.kind is NoticeKind.FOLLOW_UP]
        assert assumed == ["Why" + FERRY[FERRY.index(" ") :]]

    def test_a_question_can_be_forgotten(self, archive: Archive) -> None:
        answer = archive.ask(FERRY)
        leaning = archive.ask("and when?", previous=answer.id)
        archive.forget_questions([answer.id, leaning.id])
        assert archive.recall(answer.id).question == ""
        assert archive.recall(leaning.id).notices == ()


class TestWarming:
    def test_it_loads_the_model_and_changes_nothing(self, archive: Archive) -> None:
        before = archive.status()
        archive.warm()
        assert archive.status() == before

    def test_an_archive_that_cannot_be_warmed_stays_quiet(self, tmp_path: Path) -> None:
        Archive.open(tmp_path / "data").warm()
