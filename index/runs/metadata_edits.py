"""Corrections of an article's metadata by people, and back to what was read. Never of its words.

Called by the archive inside a transaction. Corrections lie over the versions; whatever shows, filters or searches an
article sees it with them.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlite_utils import Database

from index.clean.canonical_text import as_sent
from index.clean.dates import read_date
from index.datatypes import EDITABLE, ArticleCard, Edit, Edited
from index.errors import EditedMeanwhile
from index.runs import ingest
from index.store import articles, edits

LONGEST = 300
"""Characters of the longest headline, outlet or name taken."""
NONE = ("-", "–", "—")
"""What a person writes for "there is none"."""


def edited(db: Database, article_id: int) -> Edited:
    """An article as it is shown and as it was read. Raises NotFound or Withdrawn."""
    shown = articles.article(db, article_id)
    read = articles.card(article_id, articles.as_read(db, article_id))
    by, at = edits.last(db, article_id) or (None, None)
    return Edited(shown, read, by, at)


def change(db: Database, article_id: int, edit: Edit, seen: Edit | None, by: str) -> ArticleCard:
    """Correct an article. Raises NotFound, Withdrawn, or EditedMeanwhile where it is not as its editor saw it."""
    before = articles.article(db, article_id)
    if seen is not None and seen != as_edit(before):
        raise EditedMeanwhile("Somebody else corrected this article meanwhile.")
    edits.put(db, article_id, edit.over(edits.get(db, article_id) or Edit()), by=by, at=_now())
    return _followed(db, article_id, before)


def undo(db: Database, article_id: int, seen: Edit | None = None) -> ArticleCard:
    """Back to what was read. Raises as `change`."""
    before = articles.article(db, article_id)
    if seen is not None and seen != as_edit(before):
        raise EditedMeanwhile("Somebody else corrected this article meanwhile.")
    edits.drop(db, article_id)
    return _followed(db, article_id, before)


def _followed(db: Database, article_id: int, before: ArticleCard) -> ArticleCard:
    """Let search and filters follow a correction; the article as it is shown now."""
    version = articles.version(db, articles.current_version(db, article_id))
    articles.set_dates(db, article_id, version.metadata)
    if version.metadata.title != before.title:
        ingest.resegment(db, article_id)  # the headline is searched and embedded with each passage
    articles.advance(db)
    return articles.article(db, article_id)


def as_edit(card: ArticleCard) -> Edit:
    """What can be corrected of an article, as it is shown now."""
    return Edit(card.title, card.outlet or "", str(card.published or ""), card.authors)


def read_edit(field: str, words: str) -> Edit:
    """What a person wrote for a field. ValueError, with what is wrong, where it cannot be taken.

    The field is one of EDITABLE; "-" says that there is none.
    """
    value = " ".join(as_sent(words).split())
    if field not in EDITABLE or not value or len(value) > LONGEST:
        raise ValueError("too long" if value else "empty")
    if value in NONE:
        if field == "title":
            raise ValueError("empty")
        return Edit(**{field: () if field == "authors" else ""})  # type: ignore[arg-type]
    if field == "published":
        day, _ = read_date(value)
        if day is None:
            raise ValueError("not a date")
        return Edit(published=day.text)
    if field == "authors":
        return Edit(authors=tuple(name for part in value.split(",") if (name := part.strip())))
    return Edit(**{field: value})  # type: ignore[arg-type]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
