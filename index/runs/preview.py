"""An article before it is taken in: what would be read of it, and whether it is there already.

Called by the archive for editors who hand something in. Nothing is kept.
"""

from __future__ import annotations

from pathlib import Path

from sqlite_utils import Database

from index.clean.article import clean
from index.datatypes import Label, Manuscript, Preview, Previews, Submission
from index.errors import RecordError
from index.sources.submitted import opened
from index.store import articles
from index.store.database import connect

SHOWN = 5
"""So many articles of a file are read for the preview; the others are only counted."""

_QUOTABLE = frozenset({Label.PROSE, Label.CAPTION, Label.CREDIT})


def preview(database: Path, submission: Submission, max_bytes: int) -> Previews:
    """What a submission holds. Where it cannot be read at all there is no article, and a failure says why."""
    count, first, failures = 0, list[Preview](), list[str]()
    with connect(database) as db:
        for found in opened(submission, max_bytes):
            try:
                if isinstance(found, RecordError):
                    raise found
                if len(first) < SHOWN:
                    first.append(_looked_at(db, clean(found.load())))
                count += 1
            except RecordError as error:
                failures.append(_plainly(str(error), submission))
    return Previews(count, tuple(first), tuple(failures))


def _looked_at(db: Database, paper: Manuscript) -> Preview:
    spans = {label: [one.span.of(paper.text) for one in paper.labels if one.label is label] for label in Label}
    story = articles.story_digest(paper)
    twin = articles.twin(db, paper.metadata.url, story)
    return Preview(
        article=articles.card(0, paper.metadata),
        words=sum(len(words.split()) for label in _QUOTABLE for words in spans[label]),
        furniture=tuple(spans[Label.FURNITURE]),
        twin=articles.article(db, twin) if twin is not None else None,
        removed=articles.is_buried(db, paper.metadata.url, story),
    )


def _plainly(reason: str, submission: Submission) -> str:
    """A reason without the key that the article would have had, which tells a person nothing."""
    return reason.replace(f"{submission.key}/", "")
