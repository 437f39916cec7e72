"""Questions made from an archive's own sentences, to estimate how sure it is of what it holds and of what it does not.

Called by the archive, which asks each one twice: with its article, and as if that had never been printed. An estimate
only: readers ask in other words than the article's. English sentences that count something; other languages give none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from index.datatypes import Answer, Label, Version
from index.language.stopwords import stopwords
from index.search.snapshot import Snapshot
from index.store import articles

WORDS = 6  # of the sentence's own that the question keeps; readers recall no more
NAMES = 2  # of the headline's

_COUNTED = re.compile(r"\b(\d[\d,]*)\s+([a-z]{3,}s|[a-z]{3,}\s[a-z]{3,}s)\b")
_NAME = re.compile(r"(?<!^)\b[A-Z][a-z]{2,}")
_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class Draft:
    """A question that one sentence answers, and the articles that print that sentence."""

    question: str
    answer: str
    articles: frozenset[int]


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """The confidence of a made question with its article in the archive, and with it left out."""

    question: str
    held: float
    missing: float


def rehearse(made: Iterable[Draft], ask: Callable[..., Answer]) -> tuple[Rehearsal, ...]:
    """Each question asked with its articles and without them. `ask` is `Archive.ask`."""
    return tuple(
        Rehearsal(
            one.question,
            ask(one.question, filters=(), keep=False).confidence,
            ask(one.question, filters=(), keep=False, without=one.articles).confidence,
        )
        for one in made
    )


def drafts(db: Database, snapshot: Snapshot, count: int, now: datetime) -> Iterator[Draft]:
    """Up to `count` made questions, at most one an article, spread evenly from the newest to the oldest."""
    cards = [card for card in snapshot.by_date(snapshot.shown(now)) if card.lang == "en"]
    made = 0
    for card in cards[:: max(1, len(cards) // (3 * count))]:  # two articles in three may count nothing
        listed = snapshot.listed[snapshot.position[card.id]]
        found = draft(articles.version(db, listed.version_id))
        if found is not None and made < count:
            made += 1
            same = frozenset(snapshot.listed[place].card.id for place in snapshot.stories[listed.story])
            yield Draft(*found, same)


def draft(version: Version) -> tuple[str, str] | None:
    """A question that a sentence of the article's prose answers, and the answer; None where none counts anything."""
    names = _NAME.findall(version.metadata.title)[:NAMES]
    for sentence in version.sentences:
        words = sentence.span.of(version.text)
        counted = _COUNTED.search(words) if sentence.label is Label.PROSE else None
        if counted is not None:
            rest = _kept(words[: counted.start()], words[counted.end() :])
            if len(rest) >= WORDS // 2:
                kept = dict.fromkeys([*names, *rest])
                return f"How many {counted[2]}: {' '.join(kept)}?", counted[1]
    return None


def _kept(before: str, after: str) -> list[str]:
    """The words of matter nearest to the figure, in their order."""
    dull = stopwords("en")
    first, last = ([w for w in _WORD.findall(side) if w.casefold() not in dull] for side in (before, after))
    return [*first[-WORDS // 2 :], *last[: WORDS // 2]]
