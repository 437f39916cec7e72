"""When each host may be asked again: at a pace, and not at all for a while where it fails or asks for that.

Called by `fetch.py` before and after every request. Clock and sleep are handed in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

FAILURES = 3  # so many times in a row a host may fail
LEFT_ALONE = 600.0  # seconds; then it is asked again
STEP = 1.0  # seconds slept at a time, so that a run can be stopped


@dataclass(slots=True)
class _Host:
    asked: float | None = None  # when it answered last
    failures: int = 0
    until: float = 0.0  # not to be asked before


class Pace:
    """The pace of every host. `tick` is called while one waits."""

    def __init__(
        self, seconds: float, *, clock: Callable[[], float], sleep: Callable[[float], None], tick: Callable[[], None]
    ) -> None:
        self._seconds, self._clock, self._sleep, self._tick = seconds, clock, sleep, tick
        self._hosts: dict[str, _Host] = {}

    def is_left_alone(self, host: str) -> bool:
        """Whether a host is not asked at the moment."""
        return self._host(host).until > self._clock()

    def wait(self, host: str, delay: float = 0.0) -> None:
        """Wait until a host may be asked: `delay` seconds after its last answer where that is longer than our pace."""
        asked = self._host(host).asked
        if asked is not None:
            self.pause(asked + max(self._seconds, delay) - self._clock())

    def pause(self, seconds: float) -> None:
        """Let time pass."""
        ends = self._clock() + seconds
        while (left := ends - self._clock()) > 0:
            self._tick()
            self._sleep(min(left, STEP))

    def answered(self, host: str) -> None:
        """Note that a host has answered."""
        one = self._host(host)
        one.asked, one.failures = self._clock(), 0

    def failed(self, host: str) -> None:
        """Note that a host has not; after some times in a row it is left alone."""
        one = self._host(host)
        one.asked, one.failures = self._clock(), one.failures + 1
        if one.failures >= FAILURES:
            one.until, one.failures = self._clock() + LEFT_ALONE, 0

    def leave_alone(self, host: str, seconds: float) -> None:
        """Note that a host asked not to be asked for so long."""
        self._host(host).until = self._clock() + seconds

    def _host(self, host: str) -> _Host:
        return self._hosts.setdefault(host, _Host())
