"""Which troubles of which sources the administrators were told of, so that each is told once."""

from __future__ import annotations

from datetime import datetime

from bot.journal.file import File, insert, now


class Alarms(File):
    """The alarms that are out, by source (its location) and trouble."""

    def alarms(self) -> dict[tuple[str, str], str]:
        """The alarms that were told and are not over: (source, trouble) -> what the source was called."""
        return {
            (source, trouble): name for source, trouble, name in self._rows("SELECT source, trouble, name FROM alarms")
        }

    def raise_alarm(self, source: str, trouble: str, name: str, since: datetime) -> None:
        """Note that the administrators were told."""
        with self._writing() as db:
            moment = since.isoformat(timespec="seconds")
            insert(db, "alarms", source=source, trouble=trouble, name=name, since=moment, at=now())

    def end_alarm(self, source: str, trouble: str) -> None:
        """Note that an alarm is over."""
        with self._writing() as db:
            db.execute("DELETE FROM alarms WHERE source = ? AND trouble = ?", (source, trouble))
