"""The picture of /questions: bars for the questions of each day, above them a line for the share answered. PNG.

Called by the administrators' handlers. Drawn with Pillow, which is small and installs everywhere; a plotting library
would bring ten times as much for one picture. It stands on a ground of its own, so that it reads alike in light and
dark chats. Pure but for looking for a font.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise

from PIL import Image, ImageDraw, ImageFont

from bot.messages.days import Day

SIZE = (1280, 720)
LEFT, RIGHT = 110, 1240
"""The edges of both panels, in pixels."""
SHARE, COUNT = (80, 240), (330, 640)
"""Top and bottom of the panel of shares and of the panel of counts."""
GROUND, INK, FAINT = "#ffffff", "#1f2933", "#d9dee4"
ANSWERED, DECLINED, TOPICS, LINE = "#3b7dd8", "#f0883e", "#b6bfc9", "#14532d"
TEXT = 26
FONTS = ("DejaVuSans.ttf", "NotoSans-Regular.ttf", "Arial.ttf", "arial.ttf")
"""Fonts that have Latin, Cyrillic and Arabic letters, where the machine has one of them."""
LATIN = 0x024F
"""The last letter that Pillow's own font is sure to have."""
LABELLED = 5
"""Every so many days have their date below."""
NICE = (1, 2, 5)

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


def chart(days: Sequence[Day], label: Callable[[Day], str], counts: str, shares: str) -> bytes:
    """The picture as PNG. `label` writes a day below its bar; `counts` and `shares` name what the panels show.

    What the fonts of this machine cannot write is left out: the words under the picture tell it, too.
    """
    image = Image.new("RGB", SIZE, GROUND)
    draw = ImageDraw.Draw(image)
    step, top = scale(max(day.questions for day in days))
    _panel(draw, SHARE, shares, [(percent / 100, str(percent)) for percent in (0, 50, 100)])
    _shares(draw, days)
    _panel(draw, COUNT, counts, [(count / top, str(count)) for count in range(0, top + 1, step)])
    _bars(draw, days, top)
    _dates(draw, days, label)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def scale(most: int) -> tuple[int, int]:
    """The step between two lines of the grid and the top of the axis, for counts up to `most`: round numbers."""
    step, power = 1, 1
    while 5 * step < most:
        index = NICE.index(step // power)
        power, step = (power * 10, power * 10) if index == len(NICE) - 1 else (power, power * NICE[index + 1])
    return step, step * max(1, -(-most // step))


def _y(panel: tuple[int, int], part: float) -> float:
    """Where a part of a panel's height (0 to 1) stands."""
    top, bottom = panel
    return bottom - part * (bottom - top)


def _slots(days: Sequence[Day]) -> list[tuple[float, float]]:
    """The left and right edge of each day's bar."""
    width = (RIGHT - LEFT) / len(days)
    return [(LEFT + (n + 0.14) * width, LEFT + (n + 0.86) * width) for n in range(len(days))]


def _panel(draw: ImageDraw.ImageDraw, panel: tuple[int, int], title: str, marks: Sequence[tuple[float, str]]) -> None:
    """The grid of a panel, its axis and its title. `marks` are parts of its height and their labels."""
    for part, words in marks:
        y = _y(panel, part)
        draw.line([(LEFT, y), (RIGHT, y)], FAINT if part else INK, 2)
        draw.text((LEFT - 14, y), words, INK, _font(), anchor="rm")
    if _writable(title):
        draw.text((LEFT - 80, panel[0] - 30), title, INK, _font(), anchor="ls")


def _bars(draw: ImageDraw.ImageDraw, days: Sequence[Day], top: int) -> None:
    for day, (start, end) in zip(days, _slots(days), strict=True):
        below = 0
        for count, colour in ((day.answered, ANSWERED), (day.declined, DECLINED), (day.topics, TOPICS)):
            if count:
                high, low = _y(COUNT, (below + count) / top), _y(COUNT, below / top)
                draw.rectangle([start, high, end, low - 1], colour)
            below += count


def _shares(draw: ImageDraw.ImageDraw, days: Sequence[Day]) -> None:
    """A dot for each day that had a share, joined to the day before where that had one, too."""
    middles = [(start + end) / 2 for start, end in _slots(days)]
    points = [None if day.share is None else (x, _y(SHARE, day.share)) for x, day in zip(middles, days, strict=True)]
    for before, after in pairwise(points):
        if before is not None and after is not None:
            draw.line([before, after], LINE, 4)
    for x, y in filter(None, points):
        draw.ellipse([x - 8, y - 8, x + 8, y + 8], LINE, GROUND, 2)


def _dates(draw: ImageDraw.ImageDraw, days: Sequence[Day], label: Callable[[Day], str]) -> None:
    for n, (day, (start, end)) in enumerate(zip(days, _slots(days), strict=True)):
        if (len(days) - 1 - n) % LABELLED == 0:
            middle = (start + end) / 2
            draw.line([(middle, COUNT[1]), (middle, COUNT[1] + 8)], INK, 2)
            words = label(day) if _writable(label(day)) else f"{day.date:%m-%d}"
            draw.text((min(middle, RIGHT - 40), COUNT[1] + 44), words, INK, _font(), anchor="ms")


@cache
def _found() -> Font | None:
    """A font of this machine that writes more than Latin letters."""
    for name in FONTS:
        try:
            return ImageFont.truetype(name, TEXT)
        except OSError:
            continue
    return None


def _font() -> Font:
    return _found() or ImageFont.load_default(TEXT)


def _writable(words: str) -> bool:
    return _found() is not None or all(ord(sign) <= LATIN for sign in words)
