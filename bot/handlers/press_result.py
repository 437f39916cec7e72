"""What a pressed button comes to: a short note over the chat, and what its message shows from now on."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import InlineKeyboardMarkup

from bot.messages.reply import Reply


@dataclass(frozen=True, slots=True)
class Outcome:
    """`note` is shown for a moment, as an alert to be closed where `alert`; `reply` replaces the button's message.

    `below` keeps the message as it is, puts a line under it and `keyboard` in place of its buttons. `asked` says that
    the reply is another answer than the one shown before.
    """

    note: str = ""
    alert: bool = False
    reply: Reply | None = None
    asked: bool = False
    below: str = ""
    keyboard: InlineKeyboardMarkup | None = None
