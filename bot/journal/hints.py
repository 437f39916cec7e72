"""Hints to administrators that are given once, whatever happens in between."""

from __future__ import annotations

from bot.journal.file import File, now


class Hints(File):
    """Which hints were given."""

    def hint(self, subject: str) -> bool:
        """Whether a hint about this subject is still to be given; True only once."""
        with self._writing() as db:
            return bool(db.execute("INSERT OR IGNORE INTO hints VALUES (?, ?)", (subject, now())).rowcount)
