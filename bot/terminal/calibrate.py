"""`calibrate`: find the confidence below which this archive should decline, and with --apply make it so.

Called by the command line. The best ground is questions with known answers; then readers' votes; without either, an
estimate from questions made of the archive's own sentences. Nothing is changed without --apply.
"""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from bot.journal import JOURNAL, verdicts
from bot.terminal import show
from bot.terminal.evaluate import followed, opened, print_tables, tell_left_out
from bot.terminal.exit_status import DONE, UsageError
from bot.terminal.invocation import program
from bot.terminal.question_file import ask_all, read_sheet
from config.settings import Settings
from index.archive import Archive
from index.datatypes import Basis, FloorOrigin
from index.errors import NotFound
from index.quality.figures import floor_keeping, share
from index.quality.judge import Kind

ENOUGH_VOTES = 30
ENOUGH_QUESTIONS = 10  # answerable ones: fewer say nothing about a tenth of them
ROWS = 4  # of the neighbourhood, on each side


@dataclass(frozen=True, slots=True)
class Ground:
    """What a floor is found on: confidences to keep, and by name those to decline."""

    basis: Basis
    keep: tuple[float, ...]
    decline: dict[str, tuple[float, ...]]
    words: str  # what it is, and how far it can be trusted


def calibrate(arguments: Namespace, settings: Settings) -> int:
    """Show what floors would do around the one that keeps the share; with --apply keep it."""
    screen, aside = show.console(), show.console(sys.stderr)
    with closing(opened(arguments, settings, aside)) as archive:
        if arguments.undo:
            return _undo(archive, screen)
        ground = _ground(arguments, settings, archive, aside)
        if len(ground.keep) < ENOUGH_QUESTIONS:
            raise UsageError(_too_few(ground))
        found = floor_keeping(ground.keep, arguments.keep)
        screen.print(ground.words, soft_wrap=True)
        print_tables(screen, [neighbourhood(ground, found, archive.floor().value)])
        for words in _findings(ground, found, arguments.keep, archive):
            screen.print(words, soft_wrap=True)
        for words in _outcome(archive, ground, found, arguments):
            screen.print(words, soft_wrap=True)
    return DONE


def _undo(archive: Archive, screen: Console) -> int:
    had = archive.calibrated()
    archive.forget_calibration()
    now = archive.floor()
    words = f"The calibrated floor {had.floor:.3f} is gone." if had else "No floor was calibrated."
    screen.print(f"{words} The floor is {now.value:.3f} ({now.origin}).", soft_wrap=True)
    return DONE


# -- what it is found on ----------------------------------------------------------------------------------------------


def _ground(arguments: Namespace, settings: Settings, archive: Archive, aside: Console) -> Ground:
    """Questions where a file is named, else votes where there are enough, else the archive alone."""
    if arguments.questions is not None:
        return _from_questions(arguments, archive, aside)
    return _from_votes(settings, archive) or _from_archive(archive)


def _from_questions(arguments: Namespace, archive: Archive, aside: Console) -> Ground:
    sheet = read_sheet(arguments.questions)
    tell_left_out(sheet, aside)
    outcomes = ask_all(archive, sheet.cases, top=1, follow=followed(aside)).outcomes
    by_kind = {kind: tuple(one.confidence for one in outcomes if one.kind is kind) for kind in Kind}
    answerable = by_kind.pop(Kind.ANSWERABLE)
    names = {Kind.NEAR_MISS: "near misses", Kind.ABSENT: "absent topics"}
    decline = {names[kind]: values for kind, values in by_kind.items() if values}
    return Ground(Basis.QUESTIONS, answerable, decline, f"Measured on {len(outcomes)} questions of {sheet.name}.")


def _from_votes(settings: Settings, archive: Archive) -> Ground | None:
    """The confidences of answers that readers found helpful or not; None below ENOUGH_VOTES of them."""
    liked: list[float] = []
    disliked: list[float] = []
    for one in verdicts(settings.archive.path / JOURNAL):
        try:
            confidence = archive.recall(one.answer_id).confidence
        except NotFound:
            continue
        if one.helpful != one.unhelpful:
            (liked if one.helpful > one.unhelpful else disliked).append(confidence)
    if len(liked) + len(disliked) < ENOUGH_VOTES:
        return None
    words = (
        f"From what readers thought of {len(liked) + len(disliked)} answers. Only what was answered can be voted on: "
        "votes can show that the floor is too low, never that it is too high."
    )
    return Ground(Basis.VOTES, tuple(liked), {"not helpful": tuple(disliked)} if disliked else {}, words)


def _from_archive(archive: Archive) -> Ground:
    made = archive.rehearse()
    words = (
        f"An estimate, from {len(made)} questions made of the archive's own sentences, each asked with its article and "
        "as if that were missing. They repeat the article's words, so it is surer of them than it will be of readers': "
        "take the floor for an upper bound. Real questions (--questions FILE) tell more."
    )
    missing = {"article missing": tuple(one.missing for one in made)}
    return Ground(Basis.ARCHIVE, tuple(one.held for one in made), missing, words)


def _too_few(ground: Ground) -> str:
    what = {
        Basis.QUESTIONS: "answerable questions in the file",
        Basis.VOTES: "answers that readers found helpful",
        Basis.ARCHIVE: "English sentences in the archive that count something",
    }[ground.basis]
    return f"too few to go by: {len(ground.keep)} {what}, {ENOUGH_QUESTIONS} are needed; name --questions FILE"


# -- what is found ----------------------------------------------------------------------------------------------------


def neighbourhood(ground: Ground, found: float, current: float) -> Table:
    """What the floors around `found` would keep and decline, with the current one among them."""
    steps = [round(found + 0.02 * step, 4) for step in range(-ROWS, ROWS + 1) if step]
    rows = sorted({*(step for step in steps if 0 < step < 1), found, current})
    table = Table(
        "floor", "kept", *(f"{name} declined" for name in ground.decline), "", box=SIMPLE_HEAD, pad_edge=False
    )
    for floor in rows:
        marks = [name for value, name in ((found, "keeps the share"), (current, "in use")) if value == floor]
        shares = (f"{share(one < floor for one in values):.3f}" for values in ground.decline.values())
        kept = share(one >= floor for one in ground.keep)
        table.add_row(f"{floor:.3f}", f"{kept:.3f}", *shares, ", ".join(marks))
    return table


def _findings(ground: Ground, found: float, keep: float, archive: Archive) -> Iterator[str]:
    declined = [f"{share(one < found for one in values):.0%} of the {name}" for name, values in ground.decline.items()]
    then = f" and declines {', '.join(declined)}" if declined else ""
    yield f"A floor of {found:.3f} keeps {keep:.0%} of the answerable{then}."
    now, kept = archive.floor(), archive.calibrated()
    yield f"In use is {now.value:.3f} ({now.origin})."
    if kept is not None and now.origin is FloorOrigin.SHIPPED:
        yield f"A floor of {kept.floor:.3f} was calibrated for another ranking or model and is passed over."


def _outcome(archive: Archive, ground: Ground, found: float, arguments: Namespace) -> Sequence[str]:
    if not arguments.apply:
        return ["Nothing was changed; --apply makes it this archive's floor."]
    path = archive.calibrate(found, keep=arguments.keep, basis=ground.basis, count=len(ground.keep))
    lines = [f"Written to {path}. To undo it: {program()} calibrate{_flags(arguments)} --undo"]
    if archive.floor().origin is FloorOrigin.SETTINGS:
        lines.append("It does not count yet: answers.floor of the settings comes first. Take that out.")
    return lines


def _flags(arguments: Namespace) -> str:
    config = f" --config {arguments.config}" if getattr(arguments, "config", None) else ""
    return f"{config}{' --sample' if arguments.sample else ''}"
