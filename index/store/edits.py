"""Corrections by people in the database: a layer over the immutable versions, which no reading of a source touches."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from index.datatypes import EDITABLE, Edit, Metadata


def get(db: Database, article_id: int) -> Edit | None:
    """What people set of an article, None where they set nothing."""
    row = db.execute("SELECT fields FROM edits WHERE article_id = ?", (article_id,)).fetchone()
    return load(row[0]) if row else None


def last(db: Database, article_id: int) -> tuple[str, datetime] | None:
    """Who corrected an article last, and when."""
    row = db.execute('SELECT "by", at FROM edits WHERE article_id = ?', (article_id,)).fetchone()
    return (row[0], datetime.fromisoformat(row[1])) if row else None


def put(db: Database, article_id: int, edit: Edit, *, by: str, at: str) -> None:
    """Keep what people set of an article, in place of what they set before."""
    db.execute("INSERT OR REPLACE INTO edits VALUES (?, ?, ?, ?)", (article_id, dump(edit), by, at))


def drop(db: Database, article_id: int) -> bool:
    """Go back to what was read; False where nothing was corrected."""
    return bool(db.execute("DELETE FROM edits WHERE article_id = ?", (article_id,)).rowcount)


def over(metadata: Metadata, edit: Edit | None) -> Metadata:
    """Metadata as people corrected it. Pure."""
    if edit is None:
        return metadata
    fields = edit.fields()
    if "published" in fields:
        fields["published_at"] = None  # the time of day was of the date as read
    return replace(metadata, **fields)


def dump(edit: Edit) -> str:
    """An edit as JSON, only what it sets."""
    set_ = {name: value for name in EDITABLE if (value := getattr(edit, name)) is not None}
    return json.dumps(set_, ensure_ascii=False)


def load(text: str | None) -> Edit | None:
    """The reverse of `dump`; None for None."""
    if text is None:
        return None
    row: dict[str, Any] = json.loads(text)
    if "authors" in row:
        row["authors"] = tuple(row["authors"])
    return Edit(**row)
