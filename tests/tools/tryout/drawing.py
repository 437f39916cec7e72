"""A chat as an SVG picture: bubbles, quote bars, buttons, inline cards. Plain shapes and system fonts.

Called by `pictures` with what `exchanges` brought home. Pure: the same chat is the same file.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from .marks import Block, Run, Style, blocks
from .measure import line_width, width, wrapped

WIDTH = 640
MARGIN = 20
SIZE = 15
LEADING = 21
SMALL = 13
ROOM = 470  # of the text in a bubble
PAD = 13
QUOTE_PAD = 11
BUTTON = 34
GAP = 4
FOLDED = 3
SLACK = 1.03  # a font may be a little wider than the one measured with

INK, FAINT, ACCENT, LINK = "#1c2b36", "#6d7f8c", "#3390d5", "#2a7ab8"
OURS, THEIRS = "#ffffff", "#e4fbd2"
FONTS = "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, Helvetica, Arial, 'Liberation Sans', sans-serif"


@dataclass(frozen=True)
class Bubble:
    """A message; `body` is what the Bot API says it is."""

    body: dict[str, Any]
    mine: bool = False
    name: str = ""
    replied: str = ""


@dataclass(frozen=True)
class Aside:
    """A remark between messages."""

    words: str


@dataclass(frozen=True)
class Cards:
    """What inline mode offers over the line being typed: titles with their descriptions."""

    typed: str
    above: str
    results: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Chat:
    """Everything on one picture."""

    title: str
    subtitle: str
    items: Sequence[Bubble | Aside | Cards]


@dataclass
class _Sheet:
    """The picture so far and how far down it reaches."""

    shapes: list[str] = field(default_factory=list)
    y: float = 0.0

    def box(  # noqa: PLR0917  # as SVG has them
        self, x: float, y: float, w: float, h: float, fill: str, radius: float = 0, more: str = ""
    ) -> None:
        self.shapes.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{w:.1f}" height="{h:.1f}" rx="{radius:g}" fill="{fill}"{more}/>'
        )

    def words(self, x: float, y: float, text: str, look: str) -> None:
        self.shapes.append(f'<text x="{x:.1f}" y="{y:.1f}" {look}>{escape(text)}</text>')

    def line(self, x: float, y: float, line: Sequence[Run], size: float = SIZE) -> None:
        spans = "".join(f"<tspan{_look(run.style)}>{escape(run.text)}</tspan>" for run in line)
        self.shapes.append(f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}">{spans}</text>')


def draw(chat: Chat) -> str:
    """The picture as the text of an SVG file."""
    sheet = _Sheet()
    _header(sheet, chat)
    for item in chat.items:
        _DRAW[type(item)](sheet, item)
        sheet.y += 10
    height = sheet.y + 10
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" width="{WIDTH}" '
        f'height="{height:.0f}" role="img" aria-label={quoteattr(chat.title)} font-family="{FONTS}" '
        f'font-size="{SIZE}" fill="{INK}" xml:space="preserve">'
    )
    ground = (
        '<defs><linearGradient id="ground" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#cfe2ee"/>'
        '<stop offset="1" stop-color="#d6e8d8"/></linearGradient></defs>'
        f'<rect width="{WIDTH}" height="{height:.0f}" rx="14" fill="url(#ground)"/>'
    )
    return "\n".join([opening, ground, *sheet.shapes, "</svg>"]) + "\n"


def _header(sheet: _Sheet, chat: Chat) -> None:
    sheet.shapes.append(
        f'<path d="M0 14 a14 14 0 0 1 14 -14 h{WIDTH - 28} a14 14 0 0 1 14 14 v42 h-{WIDTH} z" fill="#ffffff"/>'
    )
    sheet.words(MARGIN, 25, chat.title, 'font-weight="600" font-size="16"')
    sheet.words(MARGIN, 44, chat.subtitle, f'fill="{FAINT}" font-size="{SMALL}"')
    sheet.y = 72


# -- messages


def _bubble(sheet: _Sheet, bubble: Bubble) -> None:
    body = bubble.body
    parts = [_laid(block) for block in blocks(body.get("text", ""), body.get("entities", []))]
    rows: list[list[dict[str, Any]]] = body.get("reply_markup", {}).get("inline_keyboard", [])
    inner = _inner_width(bubble, parts, rows)
    x = WIDTH - MARGIN - inner - 2 * PAD if bubble.mine else MARGIN
    head = (LEADING if bubble.name else 0) + (LEADING + 8 if bubble.replied else 0)
    height = head + sum(_block_height(part) for part in parts) + 2 * PAD - 6
    sheet.box(x, sheet.y, inner + 2 * PAD, height, THEIRS if bubble.mine else OURS, 13, ' stroke="#b7c9d3"')
    sheet.y += PAD - 3
    _head(sheet, bubble, x + PAD, inner)
    for part in parts:
        _block(sheet, part, x + PAD, inner)
    sheet.y += PAD - 3
    for row in rows:
        _buttons(sheet, row, x, inner + 2 * PAD)


def _laid(block: Block) -> Block:
    """The block with its lines broken; of a folded one those that an app shows at first."""
    room = ROOM - (2 * QUOTE_PAD if block.quote else 0)
    lines = [part for line in block.lines for part in wrapped(line, room, SIZE)]
    return replace(block, lines=tuple(lines[:FOLDED]) if block.folded else tuple(lines))


def _inner_width(bubble: Bubble, parts: Sequence[Block], rows: Sequence[Sequence[dict[str, Any]]]) -> float:
    texts = [line_width(line, SIZE) + (2 * QUOTE_PAD + 4 if p.quote else 0) for p in parts for line in p.lines]
    keys = [sum(width(one["text"], SMALL) + 34 for one in row) - 2 * PAD for row in rows]
    heads = [width(bubble.name, SMALL, bold=True), width(bubble.replied, SMALL) + 12]
    return min(max(texts + keys + heads) * SLACK, ROOM * SLACK)


def _block_height(part: Block) -> float:
    return sum(LEADING if line else LEADING * 0.6 for line in part.lines) + (12 if part.quote else 0)


def _head(sheet: _Sheet, bubble: Bubble, x: float, inner: float) -> None:
    if bubble.name:
        sheet.words(x, sheet.y + 13, bubble.name, f'fill="{ACCENT}" font-weight="600" font-size="{SMALL}"')
        sheet.y += LEADING
    if bubble.replied:
        sheet.box(x, sheet.y, inner, LEADING + 2, ACCENT, 4, ' fill-opacity="0.12"')
        sheet.box(x, sheet.y, 3, LEADING + 2, ACCENT, 1.5)
        words = _cut(bubble.replied, inner - 16)
        sheet.words(x + 10, sheet.y + 16, words, f'fill="{FAINT}" font-size="{SMALL}"')
        sheet.y += LEADING + 8


def _block(sheet: _Sheet, part: Block, x: float, inner: float) -> None:
    if part.quote:
        high = _block_height(part) - 4
        sheet.box(x, sheet.y, inner, high, ACCENT, 5, ' fill-opacity="0.10"')
        sheet.box(x, sheet.y, 3.5, high, ACCENT, 1.7)
        sheet.y += 4
    for line in part.lines:
        if line:
            sheet.line(x + (QUOTE_PAD if part.quote else 0), sheet.y + SIZE, line)
        sheet.y += LEADING if line else LEADING * 0.6
    if part.folded:
        chevron = f"M{x + inner - 22:.1f} {sheet.y - 10:.1f} l5 5 l5 -5"
        sheet.shapes.append(f'<path d="{chevron}" fill="none" stroke="{ACCENT}" stroke-width="1.8"/>')
    if part.quote:
        sheet.y += 8


def _buttons(sheet: _Sheet, row: Sequence[dict[str, Any]], x: float, room: float) -> None:
    sheet.y += GAP
    each = (room - GAP * (len(row) - 1)) / len(row)
    for place, button in enumerate(row):
        left = x + place * (each + GAP)
        sheet.box(left, sheet.y, each, BUTTON, "#ffffff", 9, ' fill-opacity="0.72"')
        sheet.words(
            left + each / 2,
            sheet.y + 22,
            _cut(button["text"], each - 8),
            f'text-anchor="middle" font-size="{SMALL}" font-weight="500" fill="{LINK}"',
        )
        if "url" in button:
            corner = f"M{left + each - 14:.1f} {sheet.y + 8:.1f} h6 v6 m0 -6 l-6 6"
            sheet.shapes.append(f'<path d="{corner}" fill="none" stroke="{LINK}" stroke-width="1.2"/>')
    sheet.y += BUTTON


# -- what is no message


def _aside(sheet: _Sheet, aside: Aside) -> None:
    wide = width(aside.words, SMALL) * SLACK + 24
    sheet.box((WIDTH - wide) / 2, sheet.y, wide, 24, "#5f7f8f", 12, ' fill-opacity="0.55"')
    sheet.words(WIDTH / 2, sheet.y + 16.5, aside.words, f'text-anchor="middle" fill="#ffffff" font-size="{SMALL}"')
    sheet.y += 24


def _cards(sheet: _Sheet, cards: Cards) -> None:
    wide = WIDTH - 2 * MARGIN
    laid = [(title, [_cut(line, wide - 2 * PAD) for line in text.splitlines()[:2]]) for title, text in cards.results]
    above = 34 if cards.above else 0
    high = above + sum(34 + 18 * len(lines) for _, lines in laid)
    sheet.box(MARGIN, sheet.y, wide, high + 46, "#ffffff", 13, ' stroke="#b7c9d3"')
    if cards.above:
        look = f'text-anchor="middle" fill="{LINK}" font-size="{SMALL}" font-weight="500"'
        sheet.words(WIDTH / 2, sheet.y + 22, cards.above, look)
        sheet.y += above
    for title, lines in laid:
        sheet.box(MARGIN, sheet.y, wide, 1, "#e3eaee")
        cut = _cut(title, wide - 2 * PAD, bold=True)
        sheet.words(MARGIN + PAD, sheet.y + 22, cut, 'font-weight="600" font-size="14"')
        for number, line in enumerate(lines):
            sheet.words(MARGIN + PAD, sheet.y + 41 + 18 * number, line, f'fill="{FAINT}" font-size="{SMALL}"')
        sheet.y += 34 + 18 * len(lines)
    sheet.box(MARGIN, sheet.y, wide, 1, "#c9d6de")
    sheet.line(MARGIN + PAD, sheet.y + 29, _typed(cards.typed))
    caret = MARGIN + PAD + line_width(_typed(cards.typed), SIZE) + 3
    sheet.box(min(caret, WIDTH - MARGIN - 8), sheet.y + 14, 1.5, 20, ACCENT)
    sheet.y += 46


def _typed(words: str) -> tuple[Run, ...]:
    name, _, rest = words.partition(" ")
    return Run(f"{name} ", Style(link=True)), Run(rest, Style())


def _cut(text: str, room: float, *, bold: bool = False) -> str:
    """The text, as much of it as there is room for."""
    if width(text, SMALL, bold=bold) <= room:
        return text
    while text and width(text + "…", SMALL, bold=bold) > room:
        text = text[:-1]
    return text.rstrip() + "…"


def _look(style: Style) -> str:
    looks = [
        ' font-weight="700"' if style.bold else "",
        ' font-style="italic"' if style.italic else "",
        f' fill="{LINK}"' if style.link else "",
    ]
    return "".join(looks)


_DRAW: dict[type, Callable[[_Sheet, Any], None]] = {Bubble: _bubble, Aside: _aside, Cards: _cards}
