"""Menus and profile: set where they differ, in every language, and no fuss where there is nobody to set them for."""

from __future__ import annotations

import logging
from typing import Any, cast

import pytest
from telegram import Bot
from telegram.error import BadRequest

from bot.delivery.menus import publish
from bot.messages.catalogue import languages

ABSENT, PRESENT = 1, 2


class Telegram:
    """Knows no menu yet, and no chat with the administrator who never pressed Start."""

    def __init__(self) -> None:
        self.menus: list[tuple[int | None, str | None]] = []

    async def get_my_commands(self, scope: Any, code: str | None) -> tuple[()]:
        self._meet(scope)
        return ()

    async def set_my_commands(self, commands: Any, scope: Any, code: str | None) -> None:
        self._meet(scope)
        self.menus.append((getattr(scope, "chat_id", None), code))

    def _meet(self, scope: Any) -> None:
        if getattr(scope, "chat_id", None) == ABSENT:
            raise BadRequest("Chat not found")

    def __getattr__(self, name: str) -> Any:
        async def nothing(*_: object) -> None:
            return None

        return nothing


async def test_an_administrator_who_never_pressed_start_is_noted_once(caplog: pytest.LogCaptureFixture) -> None:
    telegram = Telegram()
    with caplog.at_level(logging.INFO):
        await publish(cast(Bot, telegram), [ABSENT, PRESENT])
    assert [record.getMessage() for record in caplog.records] == ["a menu was not set: Chat not found"]
    assert sum(who == PRESENT for who, _ in telegram.menus) == len(languages())
