"""The data behind a button: what it does and to which answer, signed for the chat it was made for.

Called by the renderer, which makes buttons, and by the handlers, which read them. Data is 64 bytes at most, holds ids,
numbers and the few words that a list is about, and means the same after a restart. Data that was not made here for that
very chat is `Forged`.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from bot.keys import SIGNATURE_CHARACTERS, Seal

LONGEST = 64
_FIELD = re.compile(r"[A-Za-z0-9_-]*")


class Press(StrEnum):
    """What pressing a button asks for; the fields that its data carries stand behind."""

    QUOTE = "q"  # answer, quote number
    CONTEXT = "c"  # answer, quote number, page
    HELPFUL = "h"  # answer, quote number, "1" or "0"
    OTHERS = "o"  # answer, quote number: other coverage
    CARD = "k"  # answer, article: a headline of an answer's list
    LIST = "l"  # page of a list of coverage, what it is about (`about`)
    LISTED = "i"  # page, article, what the list is about (`about`): a headline of a list of coverage
    UNFILTER = "x"  # answer, number of the filter to drop
    AFRESH = "n"  # answer: ask its question by itself
    REPORT = "r"  # answer, quote number: show the reasons
    REASON = "w"  # answer, quote number, reason
    RESOLVE = "v"  # report, outcome
    LANGUAGE = "g"  # language code, or "auto"
    SETTING = "s"  # setting, value
    FORGET = "f"  # "1" or "0"
    CANCEL = "e"  # nothing
    ARTICLES = "p"  # page of the administrators' list, what it is about (`about`)
    REMOVED = "t"  # page of the list of removed articles
    REMOVE = "m"  # article: asks to confirm
    REMOVE_NOW = "y"  # article
    KEEP = "z"  # article: do not remove it
    RESTORE = "u"  # article
    SOURCES = "so"  # page
    READ_SOURCE = "rn"  # source
    HISTORY = "hy"  # source, page
    BACKUP = "bk"  # nothing
    ERASE = "er"  # article: asks to confirm
    ERASE_NOW = "en"  # article
    LEAVE = "le"  # article: removed, but not erased
    EDIT = "de"  # article: to correct it
    FIELD = "df"  # draft, field: asks for its value
    DECIDE = "dd"  # draft, decision
    # the newsroom's desk
    ADMIT = "ad"  # request, what is decided
    STAND = "st"  # request, what is decided instead
    LIFT = "li"  # person: no longer banned
    BAN_REPORTER = "br"  # report
    REPORTS = "rs"  # the last report shown: the ones after it
    UNANSWERED = "ua"  # page
    MUTE = "mu"  # answer, page
    MUTED = "ml"  # page
    UNMUTE = "um"  # mute, page
    FEEDBACK = "fb"  # page
    AUDIT = "au"  # page
    AUDIT_FILE = "af"  # nothing


class Forged(Exception):
    """The data of a button was not made by this bot for this chat."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button's data, read: what it asks for and its fields."""

    press: Press
    fields: tuple[str, ...]

    def text(self, at: int) -> str:
        """A field; Forged where there is none."""
        try:
            return self.fields[at]
        except IndexError as error:
            raise Forged(self.press) from error

    def words(self, at: int) -> str | None:
        """The words of a list, as `about` put them; None where the button carries none. Forged where they are none."""
        if len(self.fields) <= at:
            return None
        try:
            return base64.urlsafe_b64decode(self.fields[at] + "=" * (-len(self.fields[at]) % 4)).decode()
        except ValueError as error:
            raise Forged(self.press) from error

    def number(self, at: int) -> int:
        """A field as a number; Forged where it is none."""
        try:
            return int(self.text(at))
        except ValueError as error:
            raise Forged(self.press) from error


class Encode(Protocol):
    """Makes the data of a button for one chat."""

    def __call__(self, press: Press, *fields: str | int) -> str:
        """The signed data; ValueError where it would not fit."""


def about(encode: Encode, press: Press, *fields: str | int, words: str, answer_id: str | None = None) -> str:
    """The data of a list's button, which carries what the list is about: its answer, else its words.

    The answer's id, empty where there is none, and the words stand behind `fields`. Words that no button can hold, more
    than some 30 letters, are left out: the list's own title says them.
    """
    if answer_id is not None:
        return encode(press, *fields, answer_id)
    packed = base64.urlsafe_b64encode(words.encode()).decode().rstrip("=")
    try:
        return encode(press, *fields, "", packed)
    except ValueError:
        return encode(press, *fields)


def place_of(chat_id: int | None) -> str:
    """What a signature is bound to: a chat, or "inline" for messages sent through inline mode."""
    return "inline" if chat_id is None else str(chat_id)


def encoder(seal: Seal, chat_id: int | None) -> Encode:
    """A function that makes the data of buttons for one chat: `encode(Press.QUOTE, answer_id, 1)`."""
    place = place_of(chat_id)

    def encode(press: Press, *fields: str | int) -> str:
        words = [str(value) for value in fields]
        if not all(_FIELD.fullmatch(word) for word in words):
            raise ValueError(f"a button cannot carry {words}")
        data = ".".join([press.value, *words])
        signed = f"{data}.{seal.sign(data, place)}"
        if len(signed) > LONGEST:
            raise ValueError(f"the data of a button has {len(signed)} bytes")
        return signed

    return encode


def decode(seal: Seal, chat_id: int | None, data: str) -> Pressed:
    """What a button's data says; Forged where it was not made by `encoder` for this chat."""
    body, _, signature = data.rpartition(".")
    if len(signature) != SIGNATURE_CHARACTERS or not seal.signed(body, place_of(chat_id), signature):
        raise Forged(data)
    press, *fields = body.split(".")
    try:
        return Pressed(Press(press), tuple(fields))
    except ValueError as error:
        raise Forged(data) from error
