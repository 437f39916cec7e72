"""Hints to administrators that are given once, whatever happens in between."""

from __future__ import annotations

from bot.journal.file import Part, now


class Hints(Part):
    """Which hints were given."""

    def is_first(self, subject: str) -> bool:
        """Whether a hint about this subject is still to be given; True only once."""
        with self._file.writing() as db:
            return bool(db.execute("INSERT OR IGNORE INTO hints VALUES (?, ?)", (subject, now())).rowcount)
