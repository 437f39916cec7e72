"""Learns an outlet's furniture from its own articles, and labels it so: over the same texts, and reversible.

Called by the archive, inside a run and when a person decides on a line. Texts, offsets and the labels that were read
stay as they are; the lines known as furniture lie over them and are left out when sentences and passages are made.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path
from time import monotonic

import numpy as np
from sqlite_utils import Database

from index.clean.recurring_lines import LEAST, Seen, bucket, candidates, is_furniture, least, marks, occurrences
from index.datatypes import FurnitureLine, Phase
from index.runs.ingest import resegment
from index.runs.lease import Underway
from index.store import articles
from index.store import furniture as store
from index.store.database import connect, transaction

_BUCKETS = 1 << 20
_NEWS = 0.1  # an outlet's lines are learned again when so much of it is new
_BATCH = 64
_BEAT_EVERY = 0.5  # seconds


def keep_up(database: Path, run: Underway, *, learning: bool) -> None:
    """Learn the outlets' furniture within a run, or take back what was learned where the owner does not want it."""
    beaten = monotonic()

    def beat() -> None:
        nonlocal beaten
        if monotonic() - beaten > _BEAT_EVERY:
            beaten = monotonic()
            run.beat(run.tally.progress(Phase.READING, run.tally.done))

    (learn if learning else unlearn)(database, beat)


def learn(database: Path, beat: Callable[[], None]) -> int:
    """Learn the lines of every outlet with enough news, and relabel what changed; how many articles that were."""
    with connect(database) as db:
        waiting = [name for name, count, new in store.outlets(db) if count >= LEAST and new >= max(1, _NEWS * count)]
    return sum(_learn(database, outlet, beat) for outlet in waiting)


def unlearn(database: Path, beat: Callable[[], None]) -> int:
    """Take back all that was learned, and relabel; what people decided stays."""
    with connect(database) as db:
        before = {name: store.dropped(db, name) for name, _, _ in store.outlets(db)}
        with transaction(db):
            store.forget(db)
        changed = {name: lines - store.dropped(db, name) for name, lines in before.items()}
    return sum(_relabel(database, outlet, lines, beat) for outlet, lines in changed.items() if lines)


def decide(database: Path, line_id: int, decision: str | None, by: str) -> FurnitureLine:
    """Do what a person says of a line: "keep" it as prose, "drop" it, or None: go by what was learned. NotFound."""
    with connect(database) as db, transaction(db):
        line, folded = store.decide(db, line_id, decision, by)
    _relabel(database, line.outlet, {folded}, lambda: None)
    return line


def _learn(database: Path, outlet: str, beat: Callable[[], None]) -> int:
    with connect(database) as db:
        frequent, stories, newest = _frequent(db, outlet, beat)
        seen: dict[str, Seen] = {}
        for page in store.pages(db, outlet) if frequent.any() else ():
            wanted = {
                folded for _, _, folded in candidates(page.text, page.labels) if frequent[bucket(folded, _BUCKETS)]
            }
            of = marks(page.title, page.text, page.labels, page.story) if wanted else ("", "", "")
            for one in occurrences(page.text, page.labels, page.lang, wanted):
                seen.setdefault(one.folded, Seen(one.line)).add(one, of)
            beat()
        found = [
            (folded, one.line, one.stories, is_furniture(one, stories))
            for folded, one in seen.items()
            if one.stories >= least(stories)
        ]
        before = store.dropped(db, outlet)
        with transaction(db):
            store.learned(db, outlet, newest, found)
        changed = before ^ store.dropped(db, outlet)
    return _relabel(database, outlet, changed, beat) if changed else 0


def _frequent(db: Database, outlet: str, beat: Callable[[], None]) -> tuple[np.ndarray, int, int]:
    """Which buckets may hold a line of enough stories; how many stories there are; the newest version.

    A first look in a fixed piece of memory, however large the outlet: lines that share a bucket are told apart later.
    """
    counts = np.zeros(_BUCKETS, np.uint16)
    stories: set[str] = set()
    newest = 0
    for page in store.pages(db, outlet):
        newest = max(newest, page.version_id)
        if page.story not in stories:
            stories.add(page.story)
            held = {bucket(folded, _BUCKETS) for _, _, folded in candidates(page.text, page.labels)}
            places = np.fromiter(held, np.int64, len(held))
            counts[places] = np.minimum(counts[places], 65_000) + 1
        beat()
    return counts >= least(len(stories)), len(stories), newest


def _relabel(database: Path, outlet: str, lines: Collection[str], beat: Callable[[], None]) -> int:
    """Make sentences and passages anew in the outlet's articles that hold one of these lines."""
    with connect(database) as db:
        held = [
            page.article_id
            for page in store.pages(db, outlet)
            if any(folded in lines for _, _, folded in candidates(page.text, page.labels))
        ]
        for start in range(0, len(held), _BATCH):
            with transaction(db):
                for article_id in held[start : start + _BATCH]:
                    resegment(db, article_id)
                articles.advance(db)
            beat()
    return len(held)
