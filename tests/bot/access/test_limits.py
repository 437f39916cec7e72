"""Who may do what, and how often."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.access.limits import Access, Refusal
from bot.access.roles import Mode, Role, Standing


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_only_those_whom_the_settings_name_are_administrators() -> None:
    access = Access([7], 10, Clock())
    assert access.is_admin(7)
    assert not access.is_admin(8)
    assert not access.is_admin(None)
    assert not Access([], 10, Clock()).is_admin(0)


def test_a_question_too_many_is_told_once_and_again_only_after_a_good_one() -> None:
    clock = Clock()
    access = Access([], 2, clock)
    assert [access.question(1) for _ in range(4)] == [None, None, Refusal(60, True), Refusal(60, False)]
    assert access.question(2) is None, "others are not affected"
    clock.now = 59.5
    assert access.question(1) == Refusal(1, False)
    clock.now = 60.0
    assert [access.question(1) for _ in range(3)] == [None, None, Refusal(60, True)]


@given(gaps=st.lists(st.floats(0, 30), max_size=60))
def test_never_more_than_the_limit_within_any_minute(gaps: list[float]) -> None:
    clock = Clock()
    access = Access([], 5, clock)
    taken: list[float] = []
    for gap in gaps:
        clock.now += gap
        if access.question(1) is None:
            taken.append(clock.now)
    assert all(sum(start <= moment < start + 60 for moment in taken) <= 5 for start in taken)


def test_inline_queries_are_counted_apart_from_questions() -> None:
    access = Access([], 1, Clock())
    assert [access.inline(1) is None for _ in range(4)] == [True, True, True, False]
    assert access.question(1) is None


def test_somebody_asks_to_be_let_in_once_an_hour_at_most() -> None:
    clock = Clock()
    access = Access([], 10, clock)
    assert [access.request(1), access.request(1), access.request(2)] == [True, False, True]
    clock.now = 3_600.0
    assert access.request(1)


def test_the_settings_make_readers_of_those_they_name_in_every_mode() -> None:
    for mode in Mode:
        access = Access([7], 10, Clock(), mode=mode, readers=[8])
        assert access.role(7, Standing.BANNED) is Role.ADMINISTRATOR
        assert access.role(8, Standing.UNKNOWN) is Role.READER
        assert access.role(8, Standing.BANNED) is Role.BANNED
        assert access.role(9, Standing.UNKNOWN) is (
            Role.READER if mode is Mode.OPEN else access.role(0, Standing.UNKNOWN)
        )
