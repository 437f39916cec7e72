"""The tables of docs/terminal.md, made from the argument parser: every command, and every option with its meaning.

`python -m tests.docs` writes them into the page; a test compares the page with the parser.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from bot.terminal.cli import _parser

PAGE = Path(__file__).parents[2] / "docs" / "terminal.md"
BEGIN, END = "<!-- from --help: `make docs` -->", "<!-- end -->"
EVERYWHERE = {"help", "config"}  # options of every command: the page says so once


def subcommands() -> dict[str, argparse.ArgumentParser]:
    """Each terminal command with its parser, in the order of --help."""
    (found,) = (action for action in _parser()._actions if isinstance(action, argparse._SubParsersAction))
    return dict(found.choices)


def tables() -> str:
    """Both tables as Markdown."""
    return "\n".join([*_commands(), "", *_options()])


def written(page: str) -> str:
    """The page with the tables as they are now."""
    before, rest = page.split(BEGIN, 1)
    return f"{before}{BEGIN}\n\n{tables()}\n\n{END}{rest.split(END, 1)[1]}"


def _commands() -> Iterator[str]:
    yield from ("| Command | What it does |", "| --- | --- |")
    for name, parser in subcommands().items():
        yield f"| `{' '.join([name, *map(_typed, _own(parser))])}` | {parser.description} |"


def _options() -> Iterator[str]:
    yield from ("| Command | Argument | Meaning |", "| --- | --- | --- |")
    for name, parser in subcommands().items():
        for action in _own(parser):
            yield f"| `{name}` | `{_name(action)}` | {_sentence(action.help or '')} |"


def _own(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    return [action for action in parser._actions if action.dest not in EVERYWHERE]


def _name(action: argparse.Action) -> str:
    """An argument as it is typed, without the brackets of what may be left out."""
    value = str(action.metavar or "").replace("|", " or ")
    words = f"{value} ..." if action.nargs in ("*", "+") else value if action.nargs != 0 else ""
    return " ".join(filter(None, [*action.option_strings[-1:], words]))


def _typed(action: argparse.Action) -> str:
    needed = not action.option_strings and action.nargs not in ("*", "?")
    return _name(action) if needed else f"[{_name(action)}]"


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."
