"""Who did what: administrators' acts, and others' attempts at them."""

from __future__ import annotations

from bot.journal.file import File, insert, now


class Audit(File):
    """The record of administrators' acts, which stays."""

    def acted(self, user_id: int) -> bool:
        """Whether this user did anything as an administrator; that record stays."""
        return bool(self._rows("SELECT 1 FROM audit WHERE who = ? AND allowed LIMIT 1", (self._person(user_id),)))

    def audit(self, user_id: int, action: str, subject: str = "", *, allowed: bool = True) -> None:
        """Note an administrator's act, or somebody's attempt at one."""
        with self._writing() as db:
            who = self._person(user_id)
            insert(db, "audit", at=now(), who=who, action=action, subject=subject[:200], allowed=allowed)
