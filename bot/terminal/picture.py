"""An evaluation as one picture: precision against coverage, and the figures as bars. SVG, written by hand.

Called by `evaluate`. Pure: the document in, the text of an SVG file out. It needs nothing to be seen but a browser.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

from bot.terminal.json_answer import Document
from bot.terminal.scorecard import NAMES

WIDTH, HEIGHT = 1040, 490
LEFT, TOP, SIDE = 60, 60, 340  # the square of the curve
BARS = 680  # where the bars begin
BAR = 280  # the length of a whole one
STEP = 20

_STYLE = (
    "text{font:12px system-ui,sans-serif;fill:#222}.h{font-size:15px;font-weight:600}.d{fill:#666}.g{stroke:#ddd}"
    ".c{fill:none;stroke:#1f6feb;stroke-width:2}.b{fill:#1f6feb}.t{fill:#e8eef7}.m{fill:#d1495b}.n{fill:#fff}"
)


def draw(found: Document) -> str:
    """The picture of an evaluation's document, a whole SVG file."""
    body = "\n".join([*_curve(found), *_bars(found["figures"])])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
        f' role="img"><title>{escape(_title(found))}</title><style>{_STYLE}</style>\n'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>\n{body}\n</svg>\n'
    )


def _title(found: Document) -> str:
    return f"{found['questions']['file']}, {found['questions']['count']} questions"


def _curve(found: Document) -> Iterator[str]:
    """Along the strictest to the laxest floor: how much is answered, and how much of that is right."""
    yield _text(LEFT, 28, _title(found), "h")
    yield _text(LEFT, 46, "up: right, of what is answered; across: answered, of all questions", "d")
    for tenth in range(0, 11, 2):
        share = tenth / 10
        x, y = _place(share, share)
        yield f'<path class="g" d="M{LEFT} {y}H{LEFT + SIDE}M{x} {TOP}V{TOP + SIDE}"/>'
        yield _text(LEFT - 8, y + 4, f"{tenth * 10} %", "d", "end")
        yield _text(x, TOP + SIDE + 18, f"{tenth * 10} %", "d", "middle")
    places = [_place(one["answered"], one["right"]) for one in found["curve"]]
    if places:
        line = "L".join(f"{x} {y}" for x, y in places)
        yield f'<path class="c" d="M{line}"/>'
    yield from _marks(found["floors"])


def _marks(floors: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """A number on the curve for each floor worth naming, and what it stands for below."""
    for n, one in enumerate(floors, 1):
        below = TOP + SIDE + 20 + 18 * n
        yield from _mark(n, *_place(one["answered"], one["right"]))
        yield from _mark(n, LEFT + 8, below - 4)
        yield _text(LEFT + 24, below, f"floor {one['floor']:.3f}, {one['name']}")


def _mark(number: int, x: float, y: float) -> Iterator[str]:
    yield f'<circle class="m" cx="{x}" cy="{y}" r="8"/>'
    yield _text(x, y + 4, str(number), "n", "middle")


def _bars(figures: Mapping[str, float]) -> Iterator[str]:
    for n, name in enumerate(name for name in NAMES if name in figures):
        y = TOP + n * STEP
        yield _text(BARS - 10, y + 12, NAMES[name], anchor="end")
        yield f'<rect class="t" x="{BARS}" y="{y}" width="{BAR}" height="{STEP - 5}"/>'
        yield f'<rect class="b" x="{BARS}" y="{y}" width="{round(BAR * figures[name], 1)}" height="{STEP - 5}"/>'
        yield _text(BARS + BAR + 8, y + 12, f"{figures[name]:.3f}")


def _place(across: float, up: float) -> tuple[float, float]:
    return round(LEFT + SIDE * across, 1), round(TOP + SIDE * (1 - up), 1)


def _text(x: float, y: float, words: str, style: str = "", anchor: str = "start") -> str:
    named = f' class="{style}"' if style else ""
    return f'<text x="{x}" y="{y}"{named} text-anchor="{anchor}">{escape(words)}</text>'
