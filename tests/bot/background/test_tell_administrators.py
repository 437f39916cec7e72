"""What goes to all administrators: each in their language, and whether it has to be sent again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from telegram.error import NetworkError

from bot.background.tell_administrators import tell_administrators
from bot.context import Services
from bot.delivery.lanes import Flooded, Unreachable
from bot.delivery.outbox import Delivered, Place
from bot.journal import JOURNAL, Journal
from bot.keys import Seal
from bot.messages.buttons import Encode, Press
from bot.messages.catalogue import Catalogue
from bot.messages.reply import Reply
from bot.threads.async_journal import AsyncJournal
from bot.threads.bridge import Bridge

ANNA, BORIS = 1_001, 1_002


class Sending:
    """Stands for the outbox: keeps what it was to send; `fails` says to whom it cannot."""

    def __init__(self, fails: Mapping[int, Exception]) -> None:
        self.sent: dict[int, Reply] = {}
        self._fails = fails

    async def send(self, place: Place, reply: Reply) -> Delivered:
        if place.chat_id in self._fails:
            raise self._fails[place.chat_id]
        self.sent[place.chat_id] = reply
        return Delivered(place.chat_id, 50)


def services(tmp_path: Path, *, admins: tuple[int, ...] = (ANNA, BORIS), **fails: Exception) -> tuple[Any, Journal]:
    seal = Seal(bytes(32))
    journal = Journal(tmp_path / JOURNAL, seal)
    numbers = {"anna": ANNA, "boris": BORIS}
    sending = Sending({numbers[name]: error for name, error in fails.items()})
    parts = SimpleNamespace(
        seal=seal,
        journal=AsyncJournal(journal, Bridge(1)),
        outbox=sending,
        access=SimpleNamespace(admins=admins),
    )
    return parts, journal


def hello(texts: Catalogue, encode: Encode) -> Reply:
    return Reply(f"{texts.lang} {encode(Press.BACKUP)}")


async def test_each_hears_it_in_their_language_with_buttons_signed_for_their_chat(tmp_path: Path) -> None:
    parts, journal = services(tmp_path)
    journal.preferences.choose_language(BORIS, "ru")
    assert await tell_administrators(cast(Services, parts), hello)
    first, second = parts.outbox.sent[ANNA].text.split(), parts.outbox.sent[BORIS].text.split()
    assert (first[0], second[0]) == ("en", "ru")
    assert first[1] != second[1]


@pytest.mark.parametrize(
    ("fails", "done"),
    [
        ({"anna": NetworkError("away")}, True),  # one of them knows
        ({"anna": NetworkError("away"), "boris": Unreachable("blocked")}, False),
        ({"anna": Flooded(60.0), "boris": Flooded(60.0)}, False),
        ({"anna": Unreachable("blocked"), "boris": Unreachable("blocked")}, True),  # nobody ever will
    ],
)
async def test_it_is_tried_again_only_where_it_reached_nobody_and_may_reach_one_later(
    tmp_path: Path, fails: dict[str, Exception], done: bool
) -> None:
    parts, _ = services(tmp_path, **fails)
    assert await tell_administrators(cast(Services, parts), hello) is done


async def test_without_administrators_there_is_nothing_to_try_again(tmp_path: Path) -> None:
    parts, _ = services(tmp_path, admins=())
    assert await tell_administrators(cast(Services, parts), hello)


async def test_a_message_that_shows_an_answer_is_noted_so_that_its_quote_can_be_withdrawn(tmp_path: Path) -> None:
    parts, journal = services(tmp_path)
    await tell_administrators(cast(Services, parts), lambda texts, _: Reply("a quote", answer_id="answer", shown=2))
    noted = journal.deliveries.of(["answer"])
    assert sorted((one.chat_id, one.message_id, one.shown) for one in noted) == [(ANNA, 50, 2), (BORIS, 50, 2)]
