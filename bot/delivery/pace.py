"""How fast messages may leave: so many within so many seconds, in one chat and in all.

Called by the outbox. Telegram's own limits are undocumented and vary; these stay a little under what it advises. Pure
but for the clock it is given.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence

Clock = Callable[[], float]
Limit = tuple[int, float]
"""At most so many sends within so many seconds."""

EVERYWHERE: Sequence[Limit] = ((26, 1.0),)
IN_PRIVATE: Sequence[Limit] = ((3, 3.2),)
IN_GROUP: Sequence[Limit] = ((3, 3.2), (18, 60.0))


class Pace:
    """Counts what was sent and says how long the next must wait. Times are seconds of `clock`."""

    def __init__(self, limits: Sequence[Limit], clock: Clock) -> None:
        self._limits = limits
        self._clock = clock
        self._sent: deque[float] = deque(maxlen=max(count for count, _ in limits))
        self._closed_until = float("-inf")

    def wait(self) -> float:
        """Seconds until another may be sent, 0 where it may at once."""
        now = self._clock()
        waits = [self._closed_until - now]
        for count, seconds in self._limits:
            if len(self._sent) >= count:
                waits.append(self._sent[-count] + seconds - now)
        return max(0.0, *waits)

    def closed_for(self) -> float:
        """Seconds for which Telegram itself forbade sending, 0 where it does not."""
        return max(0.0, self._closed_until - self._clock())

    def mark(self) -> None:
        """One is being sent now."""
        self._sent.append(self._clock())

    def close(self, seconds: float) -> None:
        """Nothing may be sent for so long: Telegram said so."""
        self._closed_until = max(self._closed_until, self._clock() + seconds)

    def idle(self) -> bool:
        """Whether nothing that was sent counts any more."""
        longest = max(seconds for _, seconds in self._limits)
        return self.closed_for() == 0 and (not self._sent or self._sent[-1] + longest < self._clock())
