"""The archive at one moment: which articles and passages a question may be answered from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.datatypes import ArticleCard, DateOrigin, Filter, FilterField, Label, OutletRights, PartialDate
from index.search.snapshot import Snapshot
from index.store.articles import Listed

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


def listed(
    id_: int, published: str | None = None, *, at: datetime | None = None, story: str = "", **fields: object
) -> Listed:
    day = PartialDate(published) if published else None
    known = {"outlet": None, "agency": None, "authors": (), "contributors": ()} | fields
    card = ArticleCard(
        id_, f"Article {id_}", **known, published=day, date_origin=DateOrigin.FIELD, label=None, url=None
    )
    first, last = (day.earliest.isoformat(), day.latest.isoformat()) if day else (None, None)
    return Listed(card, id_, first, last, at, story or str(id_))


def snapshot(*articles: Listed, kinds: Sequence[Label] = (Label.PROSE,), **rights: OutletRights) -> Snapshot:
    """Each article with one passage of each of `kinds`."""
    owner = np.repeat(np.arange(len(articles), dtype=np.int32), len(kinds))
    codes = np.array([list(Label).index(kind) for _ in articles for kind in kinds], dtype=np.int8)
    return Snapshot(1, articles, np.arange(1, len(owner) + 1), owner, codes, 10.0, rights)


def ids(archive: Snapshot, as_of: date | None = None, *filters: Filter) -> set[int]:
    mask = archive.within(as_of, filters, NOW)
    return {one.card.id for one, kept in zip(archive.listed, mask, strict=True) if kept}


class TestDates:
    ARCHIVE = snapshot(
        listed(1, "2017-11-21"), listed(2, "2017-11"), listed(3, "2017"), listed(4), listed(5, "2018-01-01")
    )

    @pytest.mark.parametrize(
        ("value", "found"),
        [
            ("2017-11-21..2017-11-21", {1, 2, 3}),
            ("2017-11-22..2017-11-30", {2, 3}),
            ("2017-01-01..2017-12-31", {1, 2, 3}),
            ("2018-01-01..", {5}),
            ("..2017-10-31", {3}),
            ("..", {1, 2, 3, 5}),
        ],
    )
    def test_a_date_counts_where_it_can_be_in_the_range(self, value: str, found: set[int]) -> None:
        assert ids(self.ARCHIVE, None, Filter(FilterField.PUBLISHED, value, "given")) == found

    def test_as_of_leaves_out_what_is_surely_newer_and_keeps_the_undated(self) -> None:
        assert ids(self.ARCHIVE, date(2017, 11, 20)) == {2, 3, 4}
        assert ids(self.ARCHIVE, date(2017, 11, 21)) == {1, 2, 3, 4}

    def test_newest_first_and_the_undated_last(self) -> None:
        everything = self.ARCHIVE.shown(NOW)
        assert [card.id for card in self.ARCHIVE.by_date(everything)] == [5, 1, 2, 3, 4]
        newest = self.ARCHIVE.newest(everything)
        assert newest is not None and newest.id == 5

    def test_nothing_dated_has_no_newest(self) -> None:
        undated = snapshot(listed(1), listed(2))
        assert undated.newest(undated.shown(NOW)) is None
        assert snapshot().newest(snapshot().shown(NOW)) is None

    @given(st.dates(date(2016, 1, 1), date(2019, 1, 1)), st.dates(date(2016, 1, 1), date(2019, 1, 1)))
    def test_a_wider_range_finds_no_fewer(self, one: date, other: date) -> None:
        first, last = sorted((one, other))
        inner = ids(self.ARCHIVE, None, Filter(FilterField.PUBLISHED, f"{first}..{last}", ""))
        outer = ids(
            self.ARCHIVE, None, Filter(FilterField.PUBLISHED, f"{first - timedelta(9)}..{last + timedelta(9)}", "")
        )
        assert inner <= outer


class TestNames:
    ARCHIVE = snapshot(
        listed(1, outlet="The Oldport Mail", authors=("Ada Venn",)),
        listed(2, agency="the oldport mail", contributors=("ada venn", "Nils Orr")),
        listed(3, outlet="Coast Echo"),
    )

    def test_outlet_or_agency_in_any_case(self) -> None:
        assert ids(self.ARCHIVE, None, Filter(FilterField.OUTLET, "THE OLDPORT MAIL", "")) == {1, 2}

    def test_author_or_contributor_in_any_case(self) -> None:
        assert ids(self.ARCHIVE, None, Filter(FilterField.AUTHOR, "Ada Venn", "")) == {1, 2}

    def test_filters_add_up(self) -> None:
        both = [Filter(FilterField.OUTLET, "the oldport mail", ""), Filter(FilterField.AUTHOR, "nils orr", "")]
        assert ids(self.ARCHIVE, None, *both) == {2}

    def test_a_name_must_be_whole(self) -> None:
        assert ids(self.ARCHIVE, None, Filter(FilterField.OUTLET, "Oldport", "")) == set()


class TestEmbargo:
    @pytest.mark.parametrize(("ahead", "shown"), [(timedelta(hours=-1), True), (timedelta(hours=1), False)])
    def test_an_outlet_waits_for_its_moment(self, ahead: timedelta, shown: bool) -> None:
        rights = OutletRights(embargo_until=NOW + ahead)
        archive = snapshot(listed(1, outlet="Coast Echo"), listed(2), **{"coast echo": rights})
        assert (1 in ids(archive)) is shown
        assert 2 in ids(archive)

    @pytest.mark.parametrize(
        ("published", "at", "shown"),
        [
            ("2026-05-01", None, True),
            ("2026-05-02", None, True),
            ("2026-05-03", None, False),
            ("2026", None, True),
            ("2027", None, False),
            ("2026-05-02", NOW + timedelta(hours=23), True),
            ("2026-05-02", NOW + timedelta(hours=25), False),
        ],
    )
    def test_a_date_more_than_a_day_ahead_waits(self, published: str, at: datetime | None, shown: bool) -> None:
        assert (ids(snapshot(listed(1, published, at=at))) == {1}) is shown


class TestPassages:
    ARCHIVE = snapshot(listed(1, story="a"), listed(2, story="a"), listed(3), kinds=[Label.PROSE, Label.CREDIT])

    def test_credit_lines_only_where_asked_for(self) -> None:
        within = np.array([True, False, True])
        assert self.ARCHIVE.ids[self.ARCHIVE.passages(within, credits=False)].tolist() == [1, 5]
        assert self.ARCHIVE.ids[self.ARCHIVE.passages(within, credits=True)].tolist() == [2, 6]

    def test_their_articles(self) -> None:
        mask = np.array([False, False, True, False, False, False])
        assert self.ARCHIVE.passages_owners(mask).tolist() == [False, True, False]

    def test_one_story_is_told_by_several(self) -> None:
        assert self.ARCHIVE.stories == {"a": (0, 1), "3": (2,)}

    def test_articles_are_found_by_id(self) -> None:
        assert self.ARCHIVE.card(3) == self.ARCHIVE.listed[2].card
        assert self.ARCHIVE.card(9) is None
