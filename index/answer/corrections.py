"""Which articles correct a given one: same url, or its headline or url named in their text.

Called when quotes are made and when they are read again, so that a correction is shown with the article for ever.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlite_utils import Database

from index.datatypes import ArticleCard
from index.search.snapshot import Snapshot
from index.store import articles

TELLING = 12  # characters from which a headline found in a text is no accident


def corrections(
    db: Database, snapshot: Snapshot, cards: Sequence[ArticleCard], now: datetime
) -> dict[int, tuple[ArticleCard, ...]]:
    """The corrections of these articles that may be shown `now`, by article id; an article without any is left out.

    The database looks for names in the corrections' texts: none of them is read here.
    """
    shown = snapshot.shown(now)
    known = [one for one in snapshot.corrections if shown[snapshot.position[one.card.id]]]
    if not known:
        return {}
    named = articles.naming(db, [one.version_id for one in known], {name for card in cards for name in _names(card)})
    found = {
        card.id: tuple(
            one.card
            for one in known
            if one.card.id != card.id
            and ((card.url and card.url == one.card.url) or named.get(one.version_id, set()) & _names(card))
        )
        for card in cards
    }
    return {article_id: correcting for article_id, correcting in found.items() if correcting}


def _names(card: ArticleCard) -> set[str]:
    """What a correction may call an article by."""
    return {name for name in (card.url, card.title if len(card.title) >= TELLING else None) if name}
