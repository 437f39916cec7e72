"""An article taken out of everything that search knows of it; and, where an editor wants that, erased for good.

Called by the archive inside a transaction. Removing leaves the text of its versions under a tombstone, so that it can
be restored; its passages, their search terms, their vectors and the spellings that it alone had are gone. Erasing
leaves what keeps it out (address and digest of the story) and nothing else.
"""

from __future__ import annotations

from collections import Counter

from sqlite_utils import Database

from index.datatypes import ArticleCard
from index.runs import ingest
from index.store import answers, articles, fetches, passages, runs, vectors
from index.store.database import overwrite_deleted
from index.store.fts5 import full_text


def remove(db: Database, article_id: int, by: str) -> ArticleCard:
    """Take an article out of search and set its tombstone. Raises NotFound or Withdrawn."""
    card = articles.bury(db, article_id, by)
    hide(db, article_id)
    articles.advance(db)
    articles.note_burial(db)
    return card


def hide(db: Database, article_id: int) -> None:
    """Take an article out of all that search looks into."""
    spelled, inputs = _surfaces(db, article_id), passages.inputs(db, article_id)
    passages.clear(db, article_id)
    vectors.drop(db, inputs)
    passages.drop_surfaces(db, spelled)


def bring_back(db: Database, article_id: int) -> ArticleCard:
    """Lift the tombstone and make the article found again. Raises NotFound."""
    card = articles.unbury(db, article_id)
    ingest.resegment(db, article_id)
    passages.add_surfaces(db, _surfaces(db, article_id))
    articles.advance(db)
    return card


def erase(db: Database, article_id: int, by: str) -> None:
    """Erase every word of an article, removing it first where it is not; again does no harm.

    Raises NotFound, or SourceError where it was sent in as part of a file that other articles are read from.
    """
    overwrite_deleted(db)
    if not articles.is_gone(db, article_id):
        remove(db, article_id, by)
    articles.drop_submission(db, article_id)
    titles = [paper.metadata.title for paper in articles.manuscripts(db, article_id) if paper.metadata.title]
    answers.forget_titles(db, answers.quoting(db, article_id), titles)
    runs.forget_titles(db, titles)
    fetches.hollow(db, article_id)
    articles.hollow(db, article_id, by)
    articles.advance(db)
    articles.note_burial(db)
    full_text(db).optimize()


def _surfaces(db: Database, article_id: int) -> Counter[tuple[str, str]]:
    """The words that an article writes with a capital, as they were counted version by version."""
    counts: Counter[tuple[str, str]] = Counter()
    for paper in articles.manuscripts(db, article_id):
        counts.update(ingest.surfaces(paper))
    return counts
