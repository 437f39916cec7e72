"""Lists of articles, newest first: those on a topic, those whose headline is looked for, one page of them.

Called by `ask`, `respond` and the archive.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from index.datatypes import ArticleCard, Coverage
from index.question.analysis import Question
from index.search.retrieve import allowed_ids
from index.search.snapshot import Snapshot
from index.store.fts5 import full_text


def covering(
    db: Database, snapshot: Snapshot, within: NDArray[np.bool_], question: Question | None
) -> list[ArticleCard]:
    """The articles that hold every content word of a topic (all articles without one), newest first."""
    if question is None or not question.topic:
        return snapshot.by_date(within)
    wanted = [(term.term, *question.alternatives.get(term.term, ())) for term in question.topic]
    mask = snapshot.passages(within, credits=False)
    found = full_text(db).holding_all(wanted, allowed_ids(snapshot, mask))
    owners = np.zeros(len(snapshot.listed), dtype=np.bool_)
    owners[snapshot.owner[np.searchsorted(snapshot.ids, found)]] = True
    return once(snapshot, snapshot.by_date(owners))


def once(snapshot: Snapshot, cards: Sequence[ArticleCard]) -> list[ArticleCard]:
    """The cards, each story once."""
    seen: set[str] = set()
    kept = []
    for card in cards:
        story = snapshot.listed[snapshot.position[card.id]].story
        if story not in seen:
            seen.add(story)
            kept.append(card)
    return kept


def matching(cards: Sequence[ArticleCard], match: str) -> Sequence[ArticleCard]:
    """The cards that are meant by a number ("#12"), or by a part of a headline or url; all where `match` is empty."""
    wanted = match.strip().casefold()
    if not wanted:
        return cards
    if re.fullmatch(r"#?\d+", wanted):
        return [card for card in cards if card.id == int(wanted.lstrip("#"))]
    return [card for card in cards if wanted in card.title.casefold() or wanted in (card.url or "").casefold()]


def page_of(topic: str, cards: Sequence[ArticleCard], page: int, size: int) -> Coverage:
    """One page of a list of articles; a page beyond the last gives the last."""
    pages = max(1, math.ceil(len(cards) / size))
    page = min(max(page, 0), pages - 1)
    return Coverage(topic, tuple(cards[page * size : (page + 1) * size]), page, pages, len(cards))
