"""Questions by the day: how many, how many of them answered. What the picture of /questions shows.

Called by the administrators' handlers. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.journal import Question
from index.datatypes import AnswerKind

SHOWN = 30


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the newsroom's calendar: questions answered and declined, and topics looked up."""

    date: date
    answered: int = 0
    declined: int = 0
    topics: int = 0

    @property
    def questions(self) -> int:
        """All that readers sent."""
        return self.answered + self.declined + self.topics

    @property
    def share(self) -> float | None:
        """How much of what asked for an answer got one, from 0 to 1; None where nothing did."""
        return share(self.answered, self.declined)


def share(answered: int, declined: int) -> float | None:
    """The part that was answered, from 0 to 1; None of nothing."""
    return answered / (answered + declined) if answered + declined else None


def days(
    questions: Iterable[Question], outcomes: Mapping[str, tuple[AnswerKind, bool]], today: date, zone: ZoneInfo
) -> tuple[Day, ...]:
    """The last `SHOWN` days until today, the oldest first. `outcomes`: what came of each question, by its answer.

    A question belongs to the day that it was in `zone` when it was put. A topic without an article counts as declined.
    """
    first = today - timedelta(days=SHOWN - 1)
    counts = {first + timedelta(days=n): [0, 0, 0] for n in range(SHOWN)}
    for question in questions:
        outcome = outcomes.get(question.answer_id)
        day = question.at.astimezone(zone).date()
        if outcome is not None and day in counts:
            counts[day][_column(*outcome)] += 1
    return tuple(Day(day, *counted) for day, counted in counts.items())


def _column(kind: AnswerKind, listed: bool) -> int:
    if kind is AnswerKind.ANSWERED:
        return 0
    return 2 if kind is AnswerKind.COVERAGE and listed else 1


def beginning(today: date, zone: ZoneInfo) -> datetime:
    """The moment at which the first of the days shown began."""
    first = today - timedelta(days=SHOWN - 1)
    return datetime(first.year, first.month, first.day, tzinfo=zone)
