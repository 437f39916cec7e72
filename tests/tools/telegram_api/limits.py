"""How much a bot may send: token buckets for all chats, for one chat, and for one group.

Asked by every method that sends or edits. The real numbers are undocumented and vary; these are the ones that
Telegram's own advice names. Time comes from the clock, so a test can pass it quickly.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from .clock import Clock
from .errors import too_many_requests


@dataclass(slots=True)
class Bucket:
    """`burst` at once, refilled at `rate` a second."""

    rate: float
    burst: float
    filled: float
    at: float

    def wait(self, now: float) -> float:
        """Seconds until one more may pass; 0 when it may now."""
        self.filled = min(self.burst, self.filled + (now - self.at) * self.rate)
        self.at = now
        return 0.0 if self.filled >= 1 - 1e-9 else (1 - self.filled) / self.rate


class Flood:
    """The limits of one bot. `enabled` False lets everything pass."""

    def __init__(self, clock: Clock) -> None:
        self.enabled = True
        self.per_second = 30.0
        self.chat_burst = 3.0
        self.group_per_minute = 20.0
        self._clock = clock
        self._buckets: dict[tuple[str, int], Bucket] = {}

    def spend(self, chat_id: int, *, group: bool) -> None:
        """Count one message or edit. Raises 429 with the seconds to wait, and counts nothing then."""
        if not self.enabled:
            return
        now = self._clock.now()
        buckets = [
            self._bucket("all", 0, self.per_second, self.per_second),
            self._bucket("chat", chat_id, 1.0, self.chat_burst),
        ]
        if group:
            buckets.append(self._bucket("group", chat_id, self.group_per_minute / 60, self.group_per_minute))
        wait = max(bucket.wait(now) for bucket in buckets)
        if wait > 0:
            raise too_many_requests(max(1, math.ceil(wait)))
        for bucket in buckets:
            bucket.filled -= 1

    def _bucket(self, kind: str, chat_id: int, rate: float, burst: float) -> Bucket:
        key = (kind, chat_id)
        if key not in self._buckets:
            self._buckets[key] = Bucket(rate, burst, burst, self._clock.now())
        return self._buckets[key]
