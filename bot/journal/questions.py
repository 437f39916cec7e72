"""Which answers were given to which questions of readers: when, and whose they were. The words are the archive's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlite_utils import Database

from bot.journal.file import Part, moment, now

COUNTED_FOR = timedelta(days=400)
"""How long it is kept that a question was asked, without whose it was."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question that a reader put: the answer it was given, and when (aware, UTC)."""

    answer_id: str
    at: datetime


def note(db: Database, answer_id: str, asker: str | None, *, counted: bool) -> None:
    """Note that an answer was given, inside a transaction; what was noted of it before stays, but it may come to count.

    Not `counted` is what was only typed in inline mode, or asked by a button under another answer.
    """
    db.execute(
        "INSERT INTO asked (answer_id, asker, at, counted) VALUES (?, ?, ?, ?) ON CONFLICT (answer_id) DO UPDATE"
        " SET counted = max(counted, excluded.counted), asker = coalesce(asker, excluded.asker)",
        (answer_id, asker, now(), counted),
    )


def outdated(db: Database, answer_id: str) -> None:
    """A question was put in other words: only the last ones count."""
    db.execute("UPDATE asked SET counted = 0 WHERE answer_id = ?", (answer_id,))


class Questions(Part):
    """One row a question."""

    def typed(self, answer_id: str, asker: int) -> None:
        """Note whose an inline query was, so that it can be forgotten; it counts once one of its quotes is sent."""
        with self._file.writing() as db:
            note(db, answer_id, self._file.person(asker), counted=False)

    def since(self, since: datetime) -> list[Question]:
        """The questions that readers put since a moment (aware), oldest first."""
        rows = self._file.rows(
            "SELECT answer_id, at FROM asked WHERE counted AND at >= ? ORDER BY at, rowid", (moment(since),)
        )
        return [Question(answer_id, datetime.fromisoformat(at)) for answer_id, at in rows]
