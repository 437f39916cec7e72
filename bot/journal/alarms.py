"""Which troubles of which sources the administrators have been warned of, so that each is reported once."""

from __future__ import annotations

from datetime import datetime

from bot.journal.file import Part, insert, moment, now


class Alarms(Part):
    """The alarms that are out, by source (its location) and trouble."""

    def raised(self) -> dict[tuple[str, str], str]:
        """The alarms that were sent and are not over: (source, trouble) -> what the source was called."""
        rows = self._file.rows("SELECT source, trouble, name FROM alarms")
        return {(source, trouble): name for source, trouble, name in rows}

    def add(self, source: str, trouble: str, name: str, since: datetime) -> None:
        """Note that the administrators heard of an alarm."""
        with self._file.writing() as db:
            insert(db, "alarms", source=source, trouble=trouble, name=name, since=moment(since), at=now())

    def end(self, source: str, trouble: str) -> None:
        """Note that an alarm is over."""
        with self._file.writing() as db:
            db.execute("DELETE FROM alarms WHERE source = ? AND trouble = ?", (source, trouble))
