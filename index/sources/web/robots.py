"""What robots.txt allows us, by RFC 9309.

Called by `fetch.py`, which fetches it. Pure. Protego reads it, because the standard library's robotparser knows
neither the wildcards nor the precedence of the longest rule that RFC 9309 asks for.
"""

from __future__ import annotations

from dataclasses import dataclass

from protego import Protego

READ_BYTES = 512 << 10  # of a longer one the beginning counts; RFC 9309 asks for at least 500 kibibytes
KEPT_SECONDS = 86_400.0  # RFC 9309: not longer than a day
KEPT_UNREACHABLE = 1_800.0


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one host for one program. `unreachable` says why they could not be read; then nothing is allowed."""

    rules: Protego | None
    agent: str
    unreachable: str = ""

    def allows(self, url: str) -> bool:
        """Whether we may ask for an address."""
        if self.unreachable:
            return False
        return self.rules is None or bool(self.rules.can_fetch(url, self.agent))

    @property
    def delay(self) -> float:
        """Seconds that have to lie between two requests; 0 where it does not say."""
        if self.rules is None:
            return 0.0
        rate = self.rules.request_rate(self.agent)
        between = rate.seconds / rate.requests if rate and rate.requests else 0.0
        return max(float(self.rules.crawl_delay(self.agent) or 0.0), between, 0.0)


def read(data: bytes, user_agent: str) -> Robots:
    """The rules in a robots.txt for the program that calls itself `user_agent`."""
    return Robots(Protego.parse(data[:READ_BYTES].decode("utf-8-sig", "replace")), product(user_agent))


def product(user_agent: str) -> str:
    """The name that robots.txt knows a program by: "Quotewire" of "Quotewire/1.0 (+https://example.com/bot)"."""
    return user_agent.split("/", 1)[0].split(" ", 1)[0] or user_agent
