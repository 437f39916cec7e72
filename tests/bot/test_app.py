"""The table of handlers: every command of a menu does something, and administrators have theirs."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from telegram.ext import CommandHandler

from bot import app
from bot.context import SERVICES, BotApplication
from bot.delivery.menus import ADMINISTRATORS, GROUPS, READERS


class Application:
    """Keeps the handlers that are registered."""

    def __init__(self) -> None:
        self.bot_data: dict[str, Any] = {SERVICES: SimpleNamespace(access=None)}
        self.handlers: list[Any] = []

    def add_handler(self, handler: Any) -> None:
        self.handlers.append(handler)

    def add_error_handler(self, handler: Any) -> None:
        pass


def test_every_command_of_a_menu_is_registered() -> None:
    application = Application()
    app.register_handlers(cast(BotApplication, application))
    known = {name for one in application.handlers if isinstance(one, CommandHandler) for name in one.commands}
    assert {*READERS, *GROUPS, *ADMINISTRATORS} <= known


def test_the_menu_of_administrators_names_their_commands() -> None:
    assert set(app.ADMINISTRATORS) == set(ADMINISTRATORS)


def test_an_administrators_command_is_refused_to_everybody_else() -> None:
    application = Application()
    app.register_handlers(cast(BotApplication, application))
    commands = [one for one in application.handlers if isinstance(one, CommandHandler)]
    for name in ADMINISTRATORS:
        assert [one.callback is app.admin.refuse for one in commands if name in one.commands] == [False, True]
