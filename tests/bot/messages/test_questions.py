"""Which messages are questions to the bot, and what is asked in them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from telegram import Chat, Message, MessageEntity, User

from bot.messages.questions import Asked, Unfit, asked, asked_by_command, judge

ME = User(1, "Quotewire", True, username="quotewire_bot")
READER = User(2, "Reader", False)


def message(text: str | None, kind: str = "supergroup", **values: Any) -> Message:
    entities = values.pop("entities", entities_of(text or ""))
    chat = Chat(2 if kind == "private" else -100, kind)
    return Message(5, datetime.now(UTC), chat, from_user=READER, text=text, entities=entities, **values)


def entities_of(text: str) -> list[MessageEntity]:
    """What Telegram marks by itself: mentions and commands, in UTF-16."""
    found = []
    for sign, kind in (("@", MessageEntity.MENTION), ("/", MessageEntity.BOT_COMMAND)):
        at = text.find(sign)
        if at >= 0:
            word = text[at:].split()[0].rstrip(":,?")
            found.append(MessageEntity(kind, len(text[:at].encode("utf-16-le")) // 2, len(word)))
    return found


def test_in_private_everything_is_a_question() -> None:
    assert asked(message("Who was it?", "private"), ME) == Asked("Who was it?")


def test_in_a_group_only_what_is_said_to_the_bot() -> None:
    assert asked(message("Who was it?"), ME) is None
    assert asked(message("@other_bot who was it?"), ME) is None
    assert asked(message("@quotewire_bot_2 who was it?"), ME) is None
    assert asked(message("/who@other_bot"), ME) is None


@pytest.mark.parametrize(
    "text",
    [
        "@quotewire_bot who was it?",
        "@QuoteWire_Bot: who was it?",
        "who was it? @quotewire_bot",
        "@quotewire_bot, who was it?",
    ],
)
def test_a_mention_anywhere_is_taken_out(text: str) -> None:
    assert asked(message(text), ME) == Asked("who was it?")


def test_a_mention_behind_emoji_is_found_although_telegram_counts_in_utf_16() -> None:
    assert asked(message("🙂🙂 @quotewire_bot who?"), ME) == Asked("🙂🙂 who?")


def test_a_reply_to_the_bot_is_a_question_and_one_to_others_is_not() -> None:
    of_bot = Message(3, datetime.now(UTC), Chat(-100, "supergroup"), from_user=ME, text="An answer")
    of_other = Message(4, datetime.now(UTC), Chat(-100, "supergroup"), from_user=READER, text="It was Ada?")
    assert asked(message("And when?", reply_to_message=of_bot), ME) == Asked("And when?")
    assert asked(message("And when?", reply_to_message=of_other), ME) is None
    assert asked(message("@quotewire_bot", reply_to_message=of_other), ME) == Asked("It was Ada?")
    assert asked(message("@quotewire_bot", reply_to_message=of_bot), ME) == Asked(unfit=Unfit.EMPTY)
    assert asked_by_command(message("/ask", reply_to_message=of_other), ME) == Asked("It was Ada?")


def test_a_caption_counts_as_text_and_nothing_else_does() -> None:
    captioned = message(None, "private", caption="Who is this?")
    assert asked(captioned, ME) == Asked("Who is this?")
    assert asked(message(None, "private"), ME) == Asked(unfit=Unfit.NOT_TEXT)
    assert asked(message(None), ME) is None


def test_ask_takes_what_stands_behind_it() -> None:
    assert asked_by_command(message("/ask@quotewire_bot  who\nwas it?"), ME) == Asked("who was it?")
    assert asked_by_command(message("/ask"), ME) == Asked(unfit=Unfit.EMPTY)


@pytest.mark.parametrize(
    ("words", "unfit"),
    [
        ("", Unfit.EMPTY),
        (" \n ", Unfit.EMPTY),
        ("🙂👍🏽", Unfit.NO_WORDS),
        ("?!…", Unfit.NO_WORDS),
        ("___", Unfit.NO_WORDS),
        ("a" * 1_001, Unfit.TOO_LONG),
        ("a" * 10_000, Unfit.TOO_LONG),
        ("谁?", None),
        ("٢٠١٧", None),
        ("2017", None),
        ("Кто?", None),
    ],
)
def test_what_cannot_be_looked_up_is_told_apart(words: str, unfit: Unfit | None) -> None:
    assert judge(words).unfit is unfit


def test_copies_of_what_nobody_wrote_are_no_questions() -> None:
    assert asked(message("A quote", "private", via_bot=ME), ME) is None
    assert asked(message("@quotewire_bot in a post", is_automatic_forward=True), ME) is None
