"""Which articles correct a given one: same url, or its headline or url named in their text.

Called when quotes are made and when they are read again, so that a correction is shown with the article for ever.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlite_utils import Database

from index.datatypes import ArticleCard
from index.search.snapshot import Snapshot
from index.store import articles

TELLING = 12  # characters from which a headline found in a text is no accident


@dataclass(frozen=True, slots=True)
class Correction:
    """An article labelled as a correction, with its text."""

    card: ArticleCard
    text: str


def corrections(db: Database, snapshot: Snapshot) -> tuple[Correction, ...]:
    """All corrections that may be shown now."""
    shown = snapshot.shown(datetime.now(UTC))
    listed = [one for one in snapshot.corrections if shown[snapshot.position[one.card.id]]]
    texts = articles.versions(db, [one.version_id for one in listed])
    return tuple(Correction(one.card, texts[one.version_id].text) for one in listed if one.version_id in texts)


def correcting(card: ArticleCard, known: Sequence[Correction]) -> tuple[ArticleCard, ...]:
    """Those of `known` that correct the article."""
    return tuple(one.card for one in known if one.card.id != card.id and _names(one, card))


def _names(correction: Correction, card: ArticleCard) -> bool:
    if card.url and (card.url == correction.card.url or card.url in correction.text):
        return True
    return len(card.title) >= TELLING and card.title in correction.text
