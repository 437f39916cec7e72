"""`evaluate`: ask an archive questions with known answers and tell how well it did.

Called by the command line. Tables go to standard output, the JSON and the picture into the files named. A quote
that is not word for word what the archive holds is an error, however good the other figures.
"""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from rich.console import Console, RenderableType
from rich.progress import track

from bot.open_archive import open_archive
from bot.terminal import show
from bot.terminal.exit_status import DONE, WRONG, UsageError
from bot.terminal.json_answer import Document
from bot.terminal.picture import draw
from bot.terminal.question_file import Sheet, ask_all, read_sheet
from bot.terminal.sample import QUESTIONS, open_sample
from bot.terminal.scorecard import SCHEMA, Setting, comparable, document, tables
from config.settings import Settings
from index.archive import Archive
from index.quality.judge import Case

FILE_WIDTH = 170  # columns of a table that goes into a file or pipe


def evaluate(arguments: Namespace, settings: Settings) -> int:
    """Ask every question of the file and show what came of it; WRONG where a quote is not exact."""
    sheet = read_sheet(chosen(arguments))
    old = _earlier(arguments.compare) if arguments.compare else None
    _check_picture(arguments.picture)
    aside = show.console(sys.stderr)
    tell_left_out(sheet, aside)
    with closing(opened(arguments, settings, aside)) as archive:
        trial = ask_all(archive, sheet.cases, top=arguments.top, follow=followed(aside))
        found = document(sheet, trial, setting_of(archive))
    screen = show.console()
    if old is not None and (doubt := comparable(old, found)):
        aside.print(f"quotewire: {doubt}", soft_wrap=True)
    print_tables(screen, tables(found, arguments.worst, old))
    if arguments.json:
        arguments.json.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")
    if arguments.picture:
        arguments.picture.write_text(draw(found), "utf-8")
    if trial.broken:
        aside.print(f"quotewire: {len(trial.broken)} of {trial.quotes} quotes are not what the archive holds:")
        for words in trial.broken[:10]:
            aside.print(f"  {show.safe(words)}", soft_wrap=True)
        return WRONG
    return DONE


def chosen(arguments: Namespace) -> Path:
    """The file of questions that was named; with --sample the sample's own where none is."""
    if arguments.questions is not None:
        return Path(arguments.questions)
    if arguments.sample:
        return QUESTIONS
    raise UsageError("name a file of questions with known answers, one JSON object a line")


def opened(arguments: Namespace, settings: Settings, aside: Console) -> Archive:
    """The archive to ask: the real one, which must hold articles, or the sample."""
    archive = open_sample(settings, aside) if arguments.sample else open_archive(settings)
    if not archive.status().articles:
        archive.close()
        raise UsageError("the archive holds no articles yet: fill it with `index PATH` first")
    return archive


def setting_of(archive: Archive) -> Setting:
    """What the archive is at this moment."""
    status, floor = archive.status(), archive.floor()
    return Setting(
        generation=status.generation,
        articles=status.articles,
        passages=status.passages,
        model=status.model,
        fingerprint=archive.fingerprint(),
        floor=floor.value,
        origin=floor.origin,
    )


def tell_left_out(sheet: Sheet, aside: Console) -> None:
    """Say which lines of a file are not counted and why."""
    for words in sheet.left_out:
        aside.print(f"quotewire: left out: {show.safe(words)}", soft_wrap=True)


def followed(aside: Console) -> Any:  # noqa: ANN401  # a callable that wraps an iterable
    """Progress over the cases, at a terminal only."""

    def follow(cases: Sequence[Case]) -> Iterable[Case]:
        return track(cases, "Asking", console=aside, disable=not aside.is_terminal, transient=True)

    return follow


def print_tables(screen: Console, shown: Iterable[RenderableType]) -> None:
    """Print tables as wide as the terminal, or wide enough not to be folded in a file."""
    if not screen.is_terminal:
        screen.width = FILE_WIDTH
    for one in shown:
        screen.print(one)


def _check_picture(path: Path | None) -> None:
    if path is not None and path.suffix.lower() != ".svg":
        raise UsageError(f"{path}: the picture is written as SVG; name a file that ends in .svg")


def _earlier(path: Path) -> Document:
    """The document of an earlier evaluation. UsageError where it is none."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or 'cannot be read'}") from None
    except ValueError:
        found = None
    known = isinstance(found, dict) and found.get("schema") == SCHEMA
    if not known or not {"questions", "archive", "figures", "outcomes"} <= found.keys():
        raise UsageError(f"{path}: not what `evaluate --json` wrote")
    return dict(found)
