"""The picture of /questions: what is drawn where."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bot.messages import chart as drawing
from bot.messages.chart import ANSWERED, COUNT, DECLINED, GROUND, LEFT, LINE, RIGHT, SHARE, SIZE, TOPICS, chart, scale
from bot.messages.days import SHOWN, Day

FIRST = date(2026, 3, 1)


def drawn(*filled: Day, label: str = "1 Mar", title: str = "Questions a day") -> Image.Image:
    """The picture of days, the last of them `filled`."""
    empty = [Day(FIRST + timedelta(days=n)) for n in range(SHOWN - len(filled))]
    return Image.open(io.BytesIO(chart([*empty, *filled], lambda day: label, title, "Answered, %"))).convert("RGB")


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour[1:]))


def column(image: Image.Image, x: int, panel: tuple[int, int]) -> list[tuple[int, ...]]:
    return [image.getpixel((x, y)) for y in range(*panel)]  # type: ignore[misc]


def last_bar() -> int:
    width = (RIGHT - LEFT) / SHOWN
    return round(RIGHT - width / 2)


def test_bars_are_stacked_to_scale_on_an_opaque_ground() -> None:
    image = drawn(Day(FIRST, answered=3, declined=2, topics=5))
    assert image.size == SIZE
    assert image.getpixel((2, 2)) == rgb(GROUND)
    bar = column(image, last_bar(), COUNT)
    heights = [bar.count(rgb(colour)) / len(bar) for colour in (ANSWERED, DECLINED, TOPICS)]
    assert heights == pytest.approx([0.3, 0.2, 0.5], abs=0.02)
    assert bar[0] == rgb(TOPICS)
    assert bar[-2] == rgb(ANSWERED)


def test_the_share_stands_above_at_its_height_and_only_where_there_is_one() -> None:
    share = column(drawn(Day(FIRST, answered=1, declined=1)), last_bar(), SHARE)
    marks = [y for y, colour in enumerate(share) if colour == rgb(LINE)]
    assert sum(marks) / len(marks) == pytest.approx(len(share) / 2, abs=2)
    assert rgb(LINE) not in column(drawn(Day(FIRST, topics=4)), last_bar(), SHARE)


def test_days_without_a_share_break_the_line() -> None:
    day = Day(FIRST, answered=1)
    width = (RIGHT - LEFT) / SHOWN
    between = round(RIGHT - width)
    beside = column(drawn(day, day), between, (SHARE[0] - 4, SHARE[1]))
    apart = column(drawn(day, Day(FIRST), day), between, (SHARE[0] - 4, SHARE[1]))
    assert rgb(LINE) in beside
    assert rgb(LINE) not in apart


def test_words_that_no_font_here_can_write_are_left_to_the_caption(monkeypatch: pytest.MonkeyPatch) -> None:
    drawing._found.cache_clear()
    monkeypatch.setattr(drawing, "FONTS", ())
    try:
        plain = drawn(title="Вопросов в день", label="1 марта")
        title = plain.crop((0, COUNT[0] - 60, SIZE[0], COUNT[0] - 14))
        assert title.getcolors() == [(title.width * title.height, rgb(GROUND))]
    finally:
        drawing._found.cache_clear()


@given(st.integers(0, 10**7))
def test_the_axis_has_few_round_steps_and_reaches_the_highest_bar(most: int) -> None:
    step, top = scale(most)
    assert top >= max(most, 1)
    assert top % step == 0
    assert top // step <= 5
    assert str(step).rstrip("0") in {"1", "2", "5"}
    assert step == 1 or top - step < most
