"""A message as blocks of lines of runs: what stands in a quote, what is bold, what is a link.

Read by `screen` and `drawing`. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

QUOTES = ("blockquote", "expandable_blockquote")
LINKS = ("text_link", "url", "mention", "bot_command", "email", "hashtag", "cashtag")


@dataclass(frozen=True, slots=True)
class Style:
    """How a character looks."""

    bold: bool = False
    italic: bool = False
    link: bool = False
    quote: bool = False
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one line that look alike."""

    text: str
    style: Style


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that stand in a quote together, or outside together; an app shows the first few of a `folded` one."""

    lines: tuple[tuple[Run, ...], ...]
    quote: bool
    folded: bool = False


def blocks(text: str, entities: Sequence[dict[str, Any]]) -> list[Block]:
    """A text under its entities, whose offsets are UTF-16 code units as on the wire."""
    styled = list(zip(text, _styles(text, entities), strict=True))
    parts = groupby(styled, key=lambda pair: (pair[1].quote, pair[1].folded))
    return [Block(tuple(_lines(list(part))), quote, folded) for (quote, folded), part in parts]


def _lines(styled: list[tuple[str, Style]]) -> Iterator[tuple[Run, ...]]:
    if styled and styled[0][0] == "\n":  # the line that the block before it ended
        styled = styled[1:]
    line: list[tuple[str, Style]] = []
    for character, style in styled:
        if character == "\n":
            yield _runs(line)
            line = []
        else:
            line.append((character, style))
    if line:
        yield _runs(line)


def _runs(line: list[tuple[str, Style]]) -> tuple[Run, ...]:
    grouped = groupby(line, key=lambda pair: pair[1])
    return tuple(Run("".join(character for character, _ in part), style) for style, part in grouped)


def _styles(text: str, entities: Sequence[dict[str, Any]]) -> Iterator[Style]:
    at = 0
    for character in text:
        kinds = {one["type"] for one in entities if one["offset"] <= at < one["offset"] + one["length"]}
        quote, link = not kinds.isdisjoint(QUOTES), not kinds.isdisjoint(LINKS)
        yield Style("bold" in kinds, "italic" in kinds, link, quote, "expandable_blockquote" in kinds)
        at += 2 if character > "\uffff" else 1
