"""What reading did to the articles of a source or of a whole run, counted once for all who report it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RunOutcome(StrEnum):
    """How a run, or one reading of one source, ended."""

    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"
    DIED = "died"  # its process ended without a word


@dataclass(frozen=True, slots=True)
class Counts:
    """Articles added, changed, unchanged and removed, and things that could not be read."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    failed: int = 0

    def line(self) -> str:
        """The one-line summary: `+added ~changed =unchanged -removed !failed`."""
        return f"+{self.added} ~{self.changed} ={self.unchanged} -{self.removed} !{self.failed}"

    def since(self, before: Counts) -> Counts:
        """What came on top of `before`."""
        return Counts(
            self.added - before.added,
            self.changed - before.changed,
            self.unchanged - before.unchanged,
            self.removed - before.removed,
            self.failed - before.failed,
        )
