"""What a reader is warned of before the quotes."""

from __future__ import annotations

from datetime import date

import pytest
from citations import card, citation

from index.answer.notices import stale, warnings
from index.datatypes import ArticleLabel, NoticeKind, PartialDate
from index.question.times import read_times

TODAY = date(2026, 3, 10)


def noticed(question: str, *published: str | None) -> list[dict[str, str]]:
    cards = [card(published=PartialDate(day) if day else None) for day in published]
    return [dict(notice.values) for notice in stale(read_times(question, "en", TODAY), TODAY, cards)]


class TestStale:
    @pytest.mark.parametrize("published", ["2026-03-09", "2026-02-08", "2026-02", "2026"])
    def test_news_of_the_last_thirty_days_is_not_old(self, published: str) -> None:
        assert noticed("What is the latest on the ferry?", published) == []

    @pytest.mark.parametrize("published", ["2026-02-07", "2026-01", "2025"])
    def test_older_news_is_where_the_question_asks_for_now(self, published: str) -> None:
        assert noticed("What is the latest on the ferry?", published) == [{"newest": published}]
        assert noticed("When did the ferry stop?", published) == []

    def test_the_time_that_the_question_names_counts_instead(self) -> None:
        assert noticed("What happened this week?", "2026-02-28") == [{"newest": "2026-02-28"}]

    def test_the_newest_of_them_counts(self) -> None:
        assert noticed("latest ferry news", "2020", "2026-03-01", None) == []
        assert noticed("latest ferry news", "2020", "2021-05", None) == [{"newest": "2021-05"}]

    def test_undated_articles_are_announced_without_a_date(self) -> None:
        assert noticed("latest ferry news", None) == [{}]

    def test_where_nothing_is_shown_nothing_is_old(self) -> None:
        assert noticed("latest ferry news") == []


class TestWarnings:
    def kinds(self, *quotes: object) -> list[NoticeKind]:
        return [notice.kind for notice in warnings(quotes)]  # type: ignore[arg-type]

    def test_only_the_first_quote_is_warned_of(self) -> None:
        opinion = citation(article=card(label=ArticleLabel.OPINION))
        assert self.kinds(opinion, citation()) == [NoticeKind.OPINION]
        assert self.kinds(citation(), opinion) == []
        assert self.kinds() == []

    def test_a_retracted_article_comes_first(self) -> None:
        article = card(label=ArticleLabel.SATIRE, retracted=True)
        assert self.kinds(citation(article=article)) == [NoticeKind.RETRACTED, NoticeKind.SATIRE]

    def test_a_correction_is_not_announced_a_second_time_as_newer(self) -> None:
        other = card(id=9, title="Correction: Harbour wall")
        assert self.kinds(citation(corrections=(other,), newer=(other,))) == [NoticeKind.CORRECTION]
        assert self.kinds(citation(corrections=(other,), newer=(other, card(id=10)))) == [
            NoticeKind.CORRECTION,
            NoticeKind.NEWER,
        ]
