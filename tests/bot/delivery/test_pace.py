"""How fast messages may leave."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.pace import Pace


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@given(gaps=st.lists(st.floats(0, 2), max_size=60))
def test_a_chats_pace_is_kept_whatever_comes(gaps: list[float]) -> None:
    clock = Clock()
    pace = Pace(((3, 3.0), (5, 10.0)), clock)
    sent: list[float] = []
    for gap in gaps:
        clock.now += gap
        clock.now += pace.wait()
        pace.mark()
        sent.append(clock.now)
    for count, seconds in ((3, 3.0), (5, 10.0)):
        for first, later in zip(sent, sent[count:], strict=False):
            assert later - first >= seconds - 1e-6


def test_a_pause_that_telegram_asks_for_is_kept() -> None:
    clock = Clock()
    pace = Pace(((3, 3.0),), clock)
    pace.close(5)
    assert pace.wait() == pace.closed_for() == 5
    assert not pace.idle()
    clock.now = 5
    assert pace.wait() == 0
    assert pace.idle()
