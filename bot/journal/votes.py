"""What readers thought of the quotes they were shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.journal.file import Part, moment, now
from index.store.database import connect


@dataclass(frozen=True, slots=True)
class Verdict:
    """What readers thought of the first quote of an answer: how many found it helpful, how many not."""

    answer_id: str
    helpful: int
    unhelpful: int


@dataclass(frozen=True, slots=True)
class Judged:
    """What readers thought of one quote (n from 0) of an answer."""

    answer_id: str
    n: int
    helpful: int
    unhelpful: int


@dataclass(frozen=True, slots=True)
class Tally:
    """How it went since a moment: answers given, and votes on them."""

    questions: int
    helpful: int
    unhelpful: int


class Votes(Part):
    """Readers' votes, one for each reader and quote."""

    def cast(self, answer_id: str, n: int, voter: int, *, helpful: bool) -> None:
        """A reader's last word on a quote."""
        with self._file.writing() as db:
            db.execute(
                "INSERT OR REPLACE INTO votes VALUES (?, ?, ?, ?, ?)",
                (answer_id, n, self._file.person(voter), helpful, now()),
            )

    def count(self, since: datetime | None = None) -> tuple[int, int]:
        """How many votes were helpful and how many not, since a moment (aware), or ever."""
        limit = moment(since) if since is not None else ""
        counted = dict(self._file.rows("SELECT helpful, count(*) FROM votes WHERE at >= ? GROUP BY helpful", (limit,)))
        return counted.get(1, 0), counted.get(0, 0)

    def worst(self) -> list[Judged]:
        """The quotes that somebody found unhelpful, the worst first, then those judged last."""
        rows = self._file.rows(
            "SELECT answer_id, n, sum(helpful), sum(NOT helpful) FROM votes GROUP BY answer_id, n"
            " HAVING sum(NOT helpful) > 0 ORDER BY sum(NOT helpful) - sum(helpful) DESC, max(at) DESC, answer_id, n"
        )
        return [Judged(*row) for row in rows]

    def unhelpful(self) -> frozenset[str]:
        """The answers that more readers found unhelpful than helpful."""
        rows = self._file.rows("SELECT answer_id FROM votes GROUP BY answer_id HAVING sum(NOT helpful) > sum(helpful)")
        return frozenset(row[0] for row in rows)


def verdicts(path: Path) -> list[Verdict]:
    """What readers thought, by answer, in the journal at `path`; nothing where there is none. Needs no key."""
    if not path.is_file():
        return []
    with connect(path, readonly=True) as db:
        rows = db.execute(
            "SELECT answer_id, sum(helpful), sum(NOT helpful) FROM votes WHERE n = 0"
            " GROUP BY answer_id ORDER BY answer_id"
        ).fetchall()
    return [Verdict(*row) for row in rows]
