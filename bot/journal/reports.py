"""What readers reported to the editors, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.journal.file import Part, now


class Reason(StrEnum):
    """Why a reader reports a quote, in the order that readers are offered."""

    WRONG = "wrong"
    CONTEXT = "context"
    SPEAKER = "speaker"
    DATE = "date"
    OTHER = "other"

    @classmethod
    def of(cls, word: str) -> Reason:
        """The reason of this name; OTHER for a name that is none."""
        return next((one for one in cls if one == word), cls.OTHER)


class ReportOutcome(StrEnum):
    """What can come of a report, each with a sentence for its reader."""

    CORRECTED = "corrected"
    REMOVED = "removed"
    NOTED = "noted"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class Report:
    """What a reader reported about a quote.

    `outcome` is None while it is open, else a `ReportOutcome`, or a word that earlier versions had for one.
    """

    id: int
    answer_id: str
    n: int
    reason: Reason
    chat_id: int | None
    lang: str
    outcome: str | None = None


class Reports(Part):
    """Readers' reports, one for each reader and quote."""

    def add(self, report: Report, reporter: int) -> int | None:
        """Keep a report; its number, or None where this reader reported that quote already."""
        sealed = self._file.sealed(report.chat_id) if report.chat_id is not None else None
        with self._file.writing() as db:
            cursor = db.execute(
                "INSERT OR IGNORE INTO reports (answer_id, n, reporter, sealed, lang, reason, at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (report.answer_id, report.n, self._file.person(reporter), sealed, report.lang, report.reason, now()),
            )
            return cursor.lastrowid if cursor.rowcount else None

    def open(self, after: int = 0) -> list[Report]:
        """The reports nobody has settled, oldest first; only those that came after number `after`."""
        return self._where("outcome IS NULL AND id > ?", (after,))

    def find(self, report_id: int) -> Report | None:
        """One report, open or settled; None where it is not kept any more."""
        found = self._where("id = ?", (report_id,))
        return found[0] if found else None

    def reporter(self, report_id: int) -> str | None:
        """The pseudonym of whoever made a report."""
        rows = self._file.rows("SELECT reporter FROM reports WHERE id = ?", (report_id,))
        return rows[0][0] if rows else None

    def settle(self, report_id: int, outcome: ReportOutcome) -> Report | None:
        """Close a report; it as it was, None where there is no open one of that number: the first one settles it."""
        with self._file.writing() as db:
            settled = db.execute(
                "UPDATE reports SET outcome = ?, settled = ? WHERE id = ? AND outcome IS NULL",
                (outcome, now(), report_id),
            ).rowcount
        report = self.find(report_id) if settled else None
        return None if report is None else replace(report, outcome=None)

    def _where(self, where: str, values: Sequence[object]) -> list[Report]:
        columns = "id, answer_id, n, reason, sealed, lang, outcome"
        rows = self._file.rows(f"SELECT {columns} FROM reports WHERE {where} ORDER BY id", values)
        return [
            Report(number, answer_id, n, Reason.of(reason), self._file.opened(sealed), lang, outcome)
            for number, answer_id, n, reason, sealed, lang, outcome in rows
        ]
