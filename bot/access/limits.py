"""Who may do what, and how often.

Called by the handlers. Administrators are those whom the settings name; what each role may do stands in `roles`. Pure
but for the clock it is given.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from bot.access.roles import Mode, Role, Standing, role_of

WINDOW = 60.0
"""Seconds that the limit of questions counts over."""
REQUEST_EVERY = 3_600.0
"""Seconds between two requests of one person to be let in."""
TYPED = 3
"""Inline queries for one question: each pause while typing is a query."""


@dataclass
class _Asker:
    asked: deque[float] = field(default_factory=deque)
    told: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """A question too many: seconds until the next is taken, and whether to say so (once)."""

    seconds: int
    tell: bool


class Access:
    """Whom the settings name, and what each user asked within the last minute. Kept in memory, never written.

    `mode` says to whom the bot is open, `readers` who may ask in any mode.
    """

    def __init__(
        self,
        admins: Collection[int],
        per_minute: int,
        clock: Callable[[], float],
        *,
        mode: Mode = Mode.OPEN,
        readers: Collection[int] = (),
    ) -> None:
        self._admins = frozenset(admins)
        self._mode = mode
        self._readers = frozenset(readers)
        self._limit = per_minute
        self._clock = clock
        self._requested: dict[int, float] = {}
        self._askers: dict[tuple[int, bool], _Asker] = {}

    @property
    def admins(self) -> frozenset[int]:
        """The administrators' user ids."""
        return self._admins

    def is_admin(self, user_id: int | None) -> bool:
        """Whether this user administers the bot."""
        return user_id in self._admins

    def role(self, person: int, standing: Standing) -> Role:
        """What somebody (a user, or a chat that writes in its own name) is to the bot outside of groups."""
        return role_of(
            self._mode, standing, administrator=self.is_admin(person), listed=bool(person) and person in self._readers
        )

    def request(self, person: int) -> bool:
        """Whether somebody may ask to be let in; once an hour, however often they have themselves forgotten."""
        now = self._clock()
        self._requested = {who: at for who, at in self._requested.items() if at > now - REQUEST_EVERY}
        if person in self._requested:
            return False
        self._requested[person] = now
        return True

    def question(self, asker: int) -> Refusal | None:
        """Count a question; None where it may be asked."""
        return self._count((asker, False), self._limit)

    def inline(self, asker: int) -> Refusal | None:
        """Count an inline query, apart from the questions; None where it may be looked up."""
        return self._count((asker, True), TYPED * self._limit)

    def _count(self, asker: tuple[int, bool], limit: int) -> Refusal | None:
        now = self._clock()
        if len(self._askers) > 10_000:
            self._forget_idle(now)
        state = self._askers.setdefault(asker, _Asker())
        while state.asked and state.asked[0] <= now - WINDOW:
            state.asked.popleft()
        if len(state.asked) < limit:
            state.asked.append(now)
            state.told = False
            return None
        refusal = Refusal(max(1, math.ceil(state.asked[0] + WINDOW - now)), not state.told)
        state.told = True
        return refusal

    def _forget_idle(self, now: float) -> None:
        idle = [who for who, state in self._askers.items() if not state.asked or state.asked[-1] <= now - WINDOW]
        for who in idle:
            del self._askers[who]
