"""Whether a source is in trouble: it cannot be read, or has brought nothing new for longer than is usual with it.

Called by the archive with a source's own history. What is usual is learned from the gaps between the runs that brought
something new, so that a weekly magazine and a wire are measured by themselves. Three things keep false alarms away:
history is needed that has seen at least two weekends; a gap that came twice, as each night and weekend does, is usual;
and what was not looked at is not called stale. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from index.datatypes import Alarm, RunOutcome, SourceRun, Trouble

LEAST_GAPS = 8
"""Gaps between news that have to be known before anything is usual."""
LEAST_SPAN = timedelta(days=15)
"""How long ago the first of them has to be: two weekends."""
LEAST = timedelta(days=1)
"""Nothing is called stale before."""
OF_NINETIETH = 3.0  # of the gap that nine of ten do not exceed
OF_RECURRING = 1.5  # of the longest gap that came twice; the very longest may have been a breakdown


def alarms(
    runs: Sequence[SourceRun],
    news: Sequence[datetime],
    now: datetime,
    *,
    begun: datetime | None = None,
    after: timedelta | None = None,
) -> tuple[Alarm, ...]:
    """What is wrong with a source now.

    `runs` are its latest readings and `news` the times of those that brought something new, both the newest first;
    `begun` is when it was read first. `after` is how long it may bring nothing, as its owner set it; then the clock
    counts, else the last good look.
    """
    return tuple(one for one in (_failed(runs), _stale(runs, news, now, begun, after)) if one is not None)


def _failed(runs: Sequence[SourceRun]) -> Alarm | None:
    ended = [run for run in runs if run.outcome is not RunOutcome.CANCELLED]
    if not ended or ended[0].outcome is not RunOutcome.FAILED:
        return None
    row = next((n for n, run in enumerate(ended) if run.outcome is not RunOutcome.FAILED), len(ended))
    return Alarm(Trouble.FAILED, ended[row - 1].at, reason=ended[0].reason)


def _stale(
    runs: Sequence[SourceRun],
    news: Sequence[datetime],
    now: datetime,
    begun: datetime | None,
    after: timedelta | None,
) -> Alarm | None:
    looked = next((run.at for run in runs if run.outcome is RunOutcome.DONE), None)
    usual = after or patience(news)
    if looked is None or usual is None:
        return None
    last = news[0] if news else begun or looked
    until = now if after is not None else looked
    return Alarm(Trouble.STALE, last, usual=usual) if until - last > usual else None


def patience(news: Sequence[datetime]) -> timedelta | None:
    """How long a source may bring nothing new, by the times (newest first) when it did; None where that is unknown."""
    gaps = sorted(later - earlier for later, earlier in pairwise(news))
    if len(gaps) < LEAST_GAPS or news[0] - news[-1] < LEAST_SPAN:
        return None
    ninetieth = gaps[min(len(gaps) - 1, round(0.9 * (len(gaps) - 1)))]
    return max(LEAST, OF_NINETIETH * ninetieth, OF_RECURRING * gaps[-2])
