"""Whatever getUpdates brings, what follows is read: an update that cannot be parsed is skipped, alone."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Update

from bot.delivery.unreadable import readable

PERSON = {"id": 7, "is_bot": False, "first_name": "Ada"}
CHAT = {"id": 7, "type": "private", "first_name": "Ada"}
MESSAGE: dict[str, Any] = {"message_id": 3, "date": 1_700_000_000, "chat": CHAT, "from": PERSON, "text": "Where is it?"}
SOUND = {"update_id": 12, "message": MESSAGE}


def answer(*updates: Any) -> bytes:
    return json.dumps({"ok": True, "result": list(updates)}).encode()


def numbers(body: bytes) -> list[int]:
    """What python-telegram-bot makes of an answer: it raises where one update cannot be parsed."""
    return [update.update_id for update in Update.de_list(json.loads(body)["result"], None)]


def poisoned(**changes: Any) -> dict[str, Any]:
    return {"update_id": 11, "message": {**MESSAGE, **changes}}


POISON: dict[str, Any] = {
    "a chat that is null": poisoned(chat=None),
    "a chat that is text": poisoned(chat="me"),
    "a chat that is a list": poisoned(chat=[1]),
    "a huge date": poisoned(date=10**30),
    "a date that is text": poisoned(date="yesterday"),
    "no date": {"update_id": 11, "message": {name: value for name, value in MESSAGE.items() if name != "date"}},
    "a sender without a name": poisoned(**{"from": {"id": 7}}),
    "entities that are no list": poisoned(entities=5),
    "an entity without an offset": poisoned(entities=[{"type": "bold"}]),
    "a photo of numbers": poisoned(photo=[1, 2]),
    "a message that is a list": {"update_id": 11, "message": [MESSAGE]},
    "a message that is text": {"update_id": 11, "message": "hello"},
    "a button without a sender": {"update_id": 11, "callback_query": {"id": "1", "chat_instance": "x"}},
    "an inline query of numbers": {"update_id": 11, "inline_query": [1]},
}


@pytest.mark.parametrize("update", POISON.values(), ids=POISON.keys())
def test_a_broken_update_is_skipped_and_the_next_is_read(update: Any, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        body, broken = readable(answer(update, SOUND))
    assert numbers(body) == [11, 12]
    assert broken == 1
    assert json.loads(body)["result"] == [{"update_id": 11}, SOUND]
    assert len(caplog.records) == 1
    assert "11" in caplog.text
    assert "Where is it?" not in caplog.text


@pytest.mark.parametrize(
    "update", [None, 5, "x", [], {}, {"update_id": "11"}, {"update_id": True}, {"update_id": 10**40}]
)
def test_an_update_without_a_number_is_left_out(update: Any) -> None:
    body, broken = readable(answer(update, SOUND))
    assert (numbers(body), broken) == ([12], 1)


def test_sound_updates_are_passed_on_byte_for_byte() -> None:
    unknown = {"update_id": 13, "something_new": {"x": 1}}
    body = answer(SOUND, unknown)
    assert readable(body) == (body, 0)


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"null", b'{"ok": false}', b'{"ok": true, "result": 5}'])
def test_what_is_no_list_of_updates_stays_as_it_is(body: bytes) -> None:
    assert readable(body) == (body, 0)


def test_updates_nested_too_deep_are_skipped_by_their_numbers() -> None:
    deep = b"[" * 100_000 + b"]" * 100_000
    body = b'{"ok": true, "result": [{"update_id": 11, "message": ' + deep + b'}, {"update_id": 12}]}'
    safe, broken = readable(body)
    assert (numbers(safe), broken) == ([11, 12], 2)


junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(sorted(MESSAGE)), junk)
def test_whatever_one_field_holds_the_updates_after_it_are_read(field: str, value: Any) -> None:
    body, _ = readable(answer(poisoned(**{field: value}), SOUND))
    assert numbers(body) == [11, 12]


@given(st.lists(junk, max_size=4))
def test_whatever_comes_it_can_be_parsed(updates: list[Any]) -> None:
    body, _ = readable(answer(*updates, SOUND))
    assert numbers(body)[-1] == 12
