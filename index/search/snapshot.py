"""What can be found at one moment: the articles and passages of one generation, with what filters need of them.

Built from the database by what serves when the generation changes, then shared by all questions until the next one.
Immutable. Knows no question; the vector leg follows its generation, so that both legs search the same archive.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from index.datatypes import ArticleCard, ArticleLabel, Filter, FilterField, Label, OutletRights, PartialDate
from index.question.filters import Roster
from index.store import articles, passages
from index.store.articles import Listed

AHEAD = timedelta(days=1)  # a publication date further ahead than this is an embargo
_ALWAYS = -np.inf
_UNDATED = 0


@dataclass(frozen=True)
class Snapshot:
    """The archive at generation `generation`.

    `ids` are the passage ids, ascending (int64, shape (n,)); `owner` the position in `listed` of each one's article
    (int32); `kinds` its label as a position in `Label` (int8). `average_length` is that of a passage, in search terms.
    """

    generation: int
    listed: tuple[Listed, ...]
    ids: NDArray[np.int64]
    owner: NDArray[np.int32]
    kinds: NDArray[np.int8]
    average_length: float
    rights: Mapping[str, OutletRights]

    @cached_property
    def position(self) -> dict[int, int]:
        """Article id -> position in `listed`."""
        return {one.card.id: n for n, one in enumerate(self.listed)}

    @cached_property
    def first_day(self) -> NDArray[np.int32]:
        """The first day each article can be of, as ordinal; 0 where undated."""
        return self._days([one.published_from for one in self.listed])

    @cached_property
    def last_day(self) -> NDArray[np.int32]:
        """The last day each article can be of, as ordinal; 0 where undated."""
        return self._days([one.published_to for one in self.listed])

    @cached_property
    def free_from(self) -> NDArray[np.float64]:
        """The moment (seconds since 1970) from which each article may be shown; minus infinity: always."""
        return np.array([self._free_from(one) for one in self.listed], dtype=np.float64)

    @cached_property
    def stories(self) -> dict[str, tuple[int, ...]]:
        """Positions of the articles that tell one story word for word, by story digest."""
        together: dict[str, list[int]] = {}
        for n, one in enumerate(self.listed):
            together.setdefault(one.story, []).append(n)
        return {story: tuple(members) for story, members in together.items()}

    @cached_property
    def languages(self) -> dict[str, int]:
        """How many articles there are in each language."""
        counts: dict[str, int] = {}
        for one in self.listed:
            counts[one.card.lang] = counts.get(one.card.lang, 0) + 1
        return counts

    @cached_property
    def roster(self) -> Roster:
        """The outlets, agencies and authors by the names they go by."""
        cards = [one.card for one in self.listed]
        outlets = {name for card in cards for name in (card.outlet, card.agency) if name}
        authors = {name for card in cards for name in (*card.authors, *card.contributors)}
        return Roster(sorted(outlets), sorted(authors))

    def card(self, article_id: int) -> ArticleCard | None:
        """The card of an article, None where it is not here."""
        place = self.position.get(article_id)
        return None if place is None else self.listed[place].card

    def rights_of(self, card: ArticleCard) -> OutletRights:
        """What the article's outlet allows."""
        rights = self.rights.get((card.outlet or "").casefold(), _FREE)
        limits = [limit for limit in (rights.max_quote_chars, card.max_quote_chars) if limit is not None]
        return replace(rights, max_quote_chars=min(limits)) if card.max_quote_chars is not None else rights

    @property
    def everything(self) -> NDArray[np.bool_]:
        """All articles, also those that may not be shown yet: shape (articles,)."""
        return np.ones(len(self.listed), dtype=np.bool_)

    def shown(self, moment: datetime) -> NDArray[np.bool_]:
        """Which articles may be shown at `moment`: shape (articles,)."""
        free: NDArray[np.bool_] = self.free_from <= moment.timestamp()
        return free

    def within(self, as_of: date | None, filters: Sequence[Filter], moment: datetime) -> NDArray[np.bool_]:
        """Which articles a question may be answered from: shape (articles,). Undated ones pass every cut by as_of."""
        mask: NDArray[np.bool_] = self.shown(moment)
        if as_of is not None:
            mask &= self.first_day <= as_of.toordinal()
        for one in filters:
            mask &= _TESTS[one.field](self, one.value)
        return mask

    def other_than(self, article_ids: Collection[int]) -> NDArray[np.bool_]:
        """Which articles are none of these: shape (articles,)."""
        mask = np.ones(len(self.listed), dtype=np.bool_)
        mask[[self.position[one] for one in article_ids if one in self.position]] = False
        return mask

    def passages(self, within: NDArray[np.bool_], *, credits: bool) -> NDArray[np.bool_]:
        """Which passages a question may be answered from: shape (passages,). Credit lines only where asked for."""
        mask: NDArray[np.bool_] = within[self.owner]
        credit = _KINDS.index(Label.CREDIT)
        mask &= (self.kinds == credit) if credits else (self.kinds != credit)
        return mask

    def passages_owners(self, mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Which articles the passages in `mask` belong to: shape (articles,)."""
        owners = np.zeros(len(self.listed), dtype=np.bool_)
        owners[self.owner[mask]] = True
        return owners

    def newest(self, within: NDArray[np.bool_]) -> ArticleCard | None:
        """The newest dated article among those."""
        if not len(self.listed):
            return None
        days = np.where(within, self.last_day, _UNDATED)
        best = int(np.argmax(days))
        return self.listed[best].card if days[best] != _UNDATED else None

    def by_date(self, within: NDArray[np.bool_]) -> list[ArticleCard]:
        """Those articles, newest first, undated last."""
        places = np.flatnonzero(within)
        order = sorted(places, key=lambda n: (-int(self.first_day[n]), -int(self.last_day[n]), -self.listed[n].card.id))
        return [self.listed[n].card for n in order]

    @cached_property
    def corrections(self) -> tuple[Listed, ...]:
        """The articles that correct others."""
        return tuple(one for one in self.listed if one.card.label is ArticleLabel.CORRECTION)

    def _free_from(self, one: Listed) -> float:
        until = self.rights_of(one.card).embargo_until
        moments = [until.timestamp()] if until else []
        published = one.published_at
        if published is None and one.published_from:
            published = datetime.combine(date.fromisoformat(one.published_from), time(), UTC)
        if published is not None:
            moments.append((published - AHEAD).timestamp())
        return max(moments, default=_ALWAYS)

    @staticmethod
    def _days(texts: Sequence[str | None]) -> NDArray[np.int32]:
        return np.array([date.fromisoformat(text).toordinal() if text else _UNDATED for text in texts], dtype=np.int32)

    def _published(self, value: str) -> NDArray[np.bool_]:
        first, _, last = value.partition("..")
        mask: NDArray[np.bool_] = self.first_day != _UNDATED
        if first:
            mask &= self.last_day >= PartialDate(first).earliest.toordinal()
        if last:
            mask &= self.first_day <= PartialDate(last).latest.toordinal()
        return mask

    def _outlet(self, value: str) -> NDArray[np.bool_]:
        wanted = value.casefold()
        names = ({(one.card.outlet or "").casefold(), (one.card.agency or "").casefold()} for one in self.listed)
        return np.fromiter((wanted in some for some in names), np.bool_, len(self.listed))

    def _author(self, value: str) -> NDArray[np.bool_]:
        wanted = value.casefold()
        names = ((*one.card.authors, *one.card.contributors) for one in self.listed)
        return np.fromiter((wanted in map(str.casefold, some) for some in names), np.bool_, len(self.listed))


_KINDS = tuple(Label)
_FREE = OutletRights()
_TESTS: Mapping[FilterField, Callable[[Snapshot, str], NDArray[np.bool_]]] = {
    FilterField.PUBLISHED: Snapshot._published,
    FilterField.OUTLET: Snapshot._outlet,
    FilterField.AUTHOR: Snapshot._author,
}


def take(db: Database, rights: Mapping[str, OutletRights], before: Snapshot | None = None) -> Snapshot:
    """The archive as it is in the database; the caller reads in one transaction, so that all is of one generation.

    What did not change since the snapshot `before` is taken from there.
    """
    generation = articles.generation(db)
    listed = tuple(articles.listed(db, {one.card.id: one for one in before.listed} if before else {}))
    rows = passages.catalogue(db)
    position = {one.card.id: n for n, one in enumerate(listed)}
    rows = [row for row in rows if row[1] in position]
    kinds = {label.value: n for n, label in enumerate(_KINDS)}
    return Snapshot(
        generation,
        listed,
        np.fromiter((row[0] for row in rows), np.int64, len(rows)),
        np.fromiter((position[row[1]] for row in rows), np.int32, len(rows)),
        np.fromiter((kinds[row[2]] for row in rows), np.int8, len(rows)),
        sum(row[3] for row in rows) / len(rows) if rows else 0.0,
        {name.casefold(): right for name, right in rights.items()},
    )
