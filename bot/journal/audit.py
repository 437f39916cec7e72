"""Who did what: administrators' acts, and others' attempts at them."""

from __future__ import annotations

from dataclasses import dataclass

from bot.journal.file import Part, insert, now


@dataclass(frozen=True, slots=True)
class Act:
    """Something that was done, or refused. `who` is a pseudonym, "" where it is erased; `at` is ISO 8601, UTC."""

    at: str
    who: str
    action: str
    subject: str
    allowed: bool


class Audit(Part):
    """The record of administrators' acts, which stays."""

    def has_acted(self, user_id: int) -> bool:
        """Whether this user did anything as an administrator; that record stays."""
        return bool(
            self._file.rows("SELECT 1 FROM audit WHERE who = ? AND allowed LIMIT 1", (self._file.person(user_id),))
        )

    def note(self, user_id: int, action: str, subject: str = "", *, allowed: bool = True) -> None:
        """Note an administrator's act, or somebody's attempt at one."""
        with self._file.writing() as db:
            who = self._file.person(user_id)
            insert(db, "audit", at=now(), who=who, action=action, subject=subject[:200], allowed=allowed)

    def acts(self, page: int = 0, size: int = -1) -> tuple[list[Act], int]:
        """A page of what was noted, the newest first, and how much there is; all of it where no size is given."""
        ((total,),) = self._file.rows("SELECT count(*) FROM audit")
        rows = self._file.rows(
            "SELECT at, who, action, subject, allowed FROM audit ORDER BY id DESC LIMIT ? OFFSET ?",
            (size, max(0, page) * max(0, size)),
        )
        return [Act(at, who, action, subject, bool(allowed)) for at, who, action, subject, allowed in rows], total
