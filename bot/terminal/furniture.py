"""The terminal command `furniture`: which recurring lines are left out as furniture, and a person's word on them.

Called by the command line. Nothing is lost by it: the lines stay in the articles' texts, and `--undo` takes a
word back.
"""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator
from contextlib import closing

from rich.text import Text

from bot.open_archive import open_archive
from bot.terminal import show
from bot.terminal.exit_status import DONE, WRONG
from bot.terminal.show import Line, safe
from config.settings import Settings
from index.archive import Archive
from index.datatypes import FurnitureLine
from index.errors import NotFound

_DONE = {"keep": "Kept", "drop": "Left out", None: "By what is learned again"}


def furniture(arguments: Namespace, settings: Settings) -> int:
    """List the recurring lines, or do at once what a person decides on some of them."""
    with closing(open_archive(settings)) as archive:
        for numbers, decision in ((arguments.keep, "keep"), (arguments.drop, "drop"), (arguments.undo, None)):
            if numbers:
                return _decide(archive, numbers, decision)
        lines = [one for one in archive.furniture(arguments.outlet) if one.dropped or arguments.all]
    show.show(show.console(), furniture_lines(lines))
    return DONE


def furniture_lines(lines: Iterable[FurnitureLine]) -> Iterator[Line]:
    """Recurring lines, one a line with its number, as `furniture --keep` and `--drop` want it."""
    none = True
    for one in lines:
        none = False
        verdict = ("left out" if one.dropped else "kept") + (" by hand" if one.decided else "")
        row = Text(f"{one.id:>6}  ", style="cyan")
        row.append(f"{verdict:<16} ", style="red" if one.dropped else "green")
        row.append(f"{one.stories:>5} stories  ", style="blue")
        row.append(safe(one.text), style="bold")
        row.append(safe(f" — {one.outlet}"), style="dim")
        yield Line(row)
    if none:
        yield Line(Text("No line is left out for recurring; `index` looks for such lines, --all shows those kept."))


def _decide(archive: Archive, numbers: list[int], decision: str | None) -> int:
    outcome = DONE
    for number in numbers:
        try:
            line = archive.decide_furniture(number, decision, by="terminal")
        except NotFound as error:
            sys.stderr.write(f"quotewire: {error}\n")
            outcome = WRONG
            continue
        words = f"{_DONE[decision]} {number}: {line.text}"
        show.console().print(safe(words), soft_wrap=True)
    return outcome
