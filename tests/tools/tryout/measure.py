"""How wide words are, and where lines break, without any font at hand.

Called by `drawing`. The widths are Helvetica's, with room for the widest font that a browser may take
for it: words may end early, but never outside their bubble. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from .marks import Run

_NARROW = "ijl'|"
_SLIM = "ft.,:;!/\\[]I ·"
_SMALL = 'r-()"`{}“”‘’*'
_WIDE = "mMW@%—…"
_CAPITAL_WIDTHS = {"B": 0.667, "F": 0.611, "J": 0.5, "L": 0.556, "T": 0.611, "Z": 0.611, "G": 0.778, "O": 0.778}
_BOLD = 1.12
_ROOM = 1.14  # DejaVu Sans against Helvetica
_WORD = re.compile(r"\S+|\s+")


def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a text in a sans-serif font of `size`, in the unit of `size`."""
    return sum(map(_character, text)) * size * _ROOM * (_BOLD if bold else 1.0)


def _character(character: str) -> float:  # noqa: PLR0911  # a table in words
    if character in _NARROW:
        return 0.23
    if character in _SLIM:
        return 0.28
    if character in _SMALL:
        return 0.34
    if character in _WIDE:
        return 0.9
    if character > "\u2e80":  # East Asian, and emoji
        return 1.2 if character > "\uffff" else 1.0
    if character.isupper():
        return _CAPITAL_WIDTHS.get(character, 0.7)
    return 0.5 if character in "ckszvxyJ" else 0.56


def line_width(line: Iterable[Run], size: float) -> float:
    """The width of a line of runs."""
    return sum(width(run.text, size, bold=run.style.bold) for run in line)


def wrapped(line: Iterable[Run], room: float, size: float) -> list[tuple[Run, ...]]:
    """The line broken between words into lines of at most `room`; a longer word stands alone."""
    lines: list[list[Run]] = [[]]
    used = 0.0
    for word in _words(line):
        needed = line_width([word], size)
        if used and not word.text.isspace() and used + needed > room:
            lines.append([])
            used = 0.0
        if used or not word.text.isspace():
            lines[-1].append(word)
            used += needed
    return [_joined(words) for words in lines]


def _words(line: Iterable[Run]) -> Iterator[Run]:
    for run in line:
        for word in _WORD.findall(run.text):
            yield replace(run, text=word)


def _joined(words: list[Run]) -> tuple[Run, ...]:
    joined: list[Run] = []
    for word in words:
        if joined and joined[-1].style == word.style:
            joined[-1] = replace(word, text=joined[-1].text + word.text)
        else:
            joined.append(word)
    if joined:
        joined[-1] = replace(joined[-1], text=joined[-1].text.rstrip())
    return tuple(joined)
