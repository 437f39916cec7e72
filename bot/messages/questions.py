"""Message -> the question in it, or why there is none.

Called by the handlers of messages. In private every message is one; in groups only what is said to the bot: a mention,
a reply to one of its messages, or /ask. Pure: sees values, never the network.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from telegram import Message, MessageEntity, User

LONGEST = 1_000
"""Code points of the longest question taken."""
SAYS_NOTHING = re.compile(r"^[\W_]*$")


class Unfit(StrEnum):
    """Why a message holds no question that can be looked up; each is the key of a sentence under "asked."."""

    EMPTY = "empty"  # a mention or /ask with nothing behind it
    NO_WORDS = "no_words"  # only emoji or punctuation
    TOO_LONG = "too_long"
    NOT_TEXT = "not_text"  # a sticker, a voice message, a picture without a caption


@dataclass(frozen=True, slots=True)
class Asked:
    """A message that was meant for the bot: its question, or why there is none."""

    question: str = ""
    unfit: Unfit | None = None


def asked(message: Message, me: User) -> Asked | None:
    """What `message` asks the bot `me`; None where it was not meant for the bot."""
    if _is_copy(message, me):
        return None
    if message.chat.type == message.chat.PRIVATE:
        return judge(words_of(message), has_text=bool(words_of(message)))
    if is_command(message):
        return None
    mentions = _mentions(message, me)
    if not mentions and not _replies_to(message, me):
        return None
    words = _without(words_of(message), mentions)
    if not words.strip() and mentions:
        return judge(_asked_about(message, me))
    return judge(words, has_text=bool(words_of(message)))


def _is_copy(message: Message, me: User) -> bool:
    """Whether nobody wrote this: a quote of ours sent through inline mode, or a post of the linked channel."""
    by_us = message.via_bot is not None and message.via_bot.id == me.id
    return by_us or message.is_automatic_forward is True


def asked_by_command(message: Message, me: User) -> Asked:
    """What is asked behind /ask; with nothing behind it, the message that it replies to."""
    words = words_of(message).split(maxsplit=1)
    return judge(words[1] if len(words) == 2 else _asked_about(message, me))


def judge(words: str, *, has_text: bool = True) -> Asked:
    """Whether these words can be looked up."""
    question = " ".join(words.split())
    if not has_text:
        return Asked(unfit=Unfit.NOT_TEXT)
    if not question:
        return Asked(unfit=Unfit.EMPTY)
    if len(question) > LONGEST:
        return Asked(unfit=Unfit.TOO_LONG)
    if SAYS_NOTHING.match(question) or not any(unicodedata.category(sign)[0] in "LN" for sign in question):
        return Asked(unfit=Unfit.NO_WORDS)
    return Asked(question)


def words_of(message: Message) -> str:
    """The text of a message, or the caption of its picture or file."""
    return message.text or message.caption or ""


def is_command(message: Message) -> bool:
    """Whether a message begins with a command, to whatever bot."""
    return any(entity.type == MessageEntity.BOT_COMMAND and entity.offset == 0 for entity in _entities(message))


def _entities(message: Message) -> tuple[MessageEntity, ...]:
    return tuple(message.entities or message.caption_entities or ())


def _mentions(message: Message, me: User) -> list[tuple[int, int]]:
    """Where the bot is mentioned, as code-point ranges of the text."""
    text = words_of(message)
    found = []
    for entity in _entities(message):
        start, end = _code_points(text, entity)
        by_name = entity.type == MessageEntity.MENTION and text[start:end].lower() == f"@{me.username}".lower()
        by_id = entity.type == MessageEntity.TEXT_MENTION and entity.user is not None and entity.user.id == me.id
        if by_name or by_id:
            found.append((start, end))
    return found


def _code_points(text: str, entity: MessageEntity) -> tuple[int, int]:
    units = text.encode("utf-16-le")
    start = len(units[: entity.offset * 2].decode("utf-16-le", "ignore"))
    return start, start + len(
        units[entity.offset * 2 : (entity.offset + entity.length) * 2].decode("utf-16-le", "ignore")
    )


def _without(text: str, ranges: list[tuple[int, int]]) -> str:
    for start, end in sorted(ranges, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return re.sub(r"^[\s,:;]+", "", text)


def _replies_to(message: Message, me: User) -> bool:
    answered = message.reply_to_message
    return answered is not None and answered.from_user is not None and answered.from_user.id == me.id


def _asked_about(message: Message, me: User) -> str:
    """The text of the message that this one replies to, unless it is the bot's own."""
    other = message.reply_to_message
    if other is None or _replies_to(message, me) or other.forum_topic_created is not None:
        return ""
    return words_of(other)
