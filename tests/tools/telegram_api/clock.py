"""The server's time, which a test may turn forward or let run faster.

Message dates, the lifetime of queries and the flood limits all follow it; network waits do not.
"""

from __future__ import annotations

import time


class Clock:
    """Seconds since the epoch, running `speed` times as fast as ours, with jumps."""

    def __init__(self, speed: float = 1.0) -> None:
        self.speed = speed
        self._epoch = time.time()
        self._origin = time.monotonic()
        self._jumped = 0.0

    def now(self) -> float:
        """The server's time in seconds, never going back."""
        return self._epoch + (time.monotonic() - self._origin) * self.speed + self._jumped

    def date(self) -> int:
        """The time as messages carry it, in whole seconds."""
        return int(self.now())

    def advance(self, seconds: float) -> None:
        """Jump forward."""
        if seconds < 0:
            raise ValueError("time does not go back")
        self._jumped += seconds
