"""What readers reported to the editors, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.journal.file import File, now


@dataclass(frozen=True, slots=True)
class Report:
    """What a reader reported about a quote. `outcome` is None while it is open."""

    id: int
    answer_id: str
    n: int
    reason: str
    chat_id: int | None
    lang: str
    outcome: str | None = None


class Reports(File):
    """Readers' reports, one for each reader and quote."""

    def report(self, report: Report, reporter: int) -> int | None:
        """Keep a report; its number, or None where this reader reported that quote already."""
        sealed = self._seal.close(str(report.chat_id)) if report.chat_id is not None else None
        with self._writing() as db:
            cursor = db.execute(
                "INSERT OR IGNORE INTO reports (answer_id, n, reporter, sealed, lang, reason, at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (report.answer_id, report.n, self._person(reporter), sealed, report.lang, report.reason, now()),
            )
            return cursor.lastrowid if cursor.rowcount else None

    def open_reports(self) -> list[Report]:
        """The reports nobody has settled, oldest first."""
        return self._reports("outcome IS NULL", ())

    def settle(self, report_id: int, outcome: str) -> Report | None:
        """Close a report; it as it was, None where there is no open one of that number."""
        found = self._reports("id = ? AND outcome IS NULL", (report_id,))
        with self._writing() as db:
            db.execute("UPDATE reports SET outcome = ?, settled = ? WHERE id = ?", (outcome, now(), report_id))
        return found[0] if found else None

    def _reports(self, where: str, values: Sequence[object]) -> list[Report]:
        columns = "id, answer_id, n, reason, sealed, lang, outcome"
        rows = self._rows(f"SELECT {columns} FROM reports WHERE {where} ORDER BY id", values)
        return [
            Report(number, answer_id, n, reason, self._opened(sealed), lang, outcome)
            for number, answer_id, n, reason, sealed, lang, outcome in rows
        ]
