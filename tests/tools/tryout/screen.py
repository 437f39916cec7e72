"""Messages on the terminal: quotes behind a bar, what is bold in bold, buttons by number.

Called by `client`. Knows how things look and not what they do.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text
from telegram_api import Button, InlineResult, Message

from .marks import Run, Style, blocks

BAR = "▌ "
INDENT = "  "
WIDEST = 96


class Screen:
    """A terminal, or a file that looks like the terminal without colours."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._width = min(console.width, WIDEST) - 1

    def say(self, words: str) -> None:
        """A line from the try-out itself."""
        self._console.print(Text(words, "dim"), soft_wrap=True)

    def echo(self, name: str, words: str) -> None:
        """What a person wrote, where the terminal does not show it anyway."""
        self._console.print(Text.assemble((name, "bold green"), f": {words}"), soft_wrap=True)

    def message(self, message: Message, title: str) -> None:
        """A message of the bot with its buttons, numbered from 1."""
        self._console.print(Text(title, "bold cyan"))
        for block in blocks(message.text, message.entities):
            for line in block.lines:
                self._line(line, quote=block.quote)
        number = 0
        for row in message.rows:
            shown = [self._button(button, number + place) for place, button in enumerate(row, 1)]
            number += len(row)
            self._wrapped(Text("  ").join(shown), INDENT)
        self._console.print()

    def cards(self, results: Sequence[InlineResult], above: str) -> None:
        """The list that inline mode shows."""
        if above:
            self._console.print(Text(f"{INDENT}{above}", "blue"))
        for number, result in enumerate(results, 1):
            self._wrapped(Text.assemble((f"[{number}] ", "yellow"), (result.title, "bold")), INDENT)
            for line in result.description.splitlines():
                self._wrapped(Text(line, "dim"), INDENT * 3)
        self._console.print()

    def _button(self, button: Button, number: int) -> Text:
        mark = " ↗" if button.url else ""
        return Text.assemble((f"[{number}]", "yellow"), f" {button.text}{mark}")

    def _line(self, line: tuple[Run, ...], *, quote: bool) -> None:
        words = Text()
        for run in line:
            words.append(run.text, _look(run.style))
        self._wrapped(words, INDENT + BAR if quote else INDENT)

    def _wrapped(self, words: Text, before: str) -> None:
        if not words:
            self._console.print(before.rstrip())
            return
        for part in words.wrap(self._console, self._width - len(before)):
            part.rstrip()
            self._console.print(Text.assemble((before, "green"), part), soft_wrap=True)


def _look(style: Style) -> str:
    looks = {"bold": style.bold, "italic": style.italic, "underline": style.link}
    return " ".join(look for look, is_on in looks.items() if is_on)
