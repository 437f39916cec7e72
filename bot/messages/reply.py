"""A finished reply, ready for the outbox: text, entities, keyboard, and which words of it are quoted.

Made by the renderer, sent by the outbox. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from telegram import ForceReply, InlineKeyboardMarkup, MessageEntity

from index.datatypes import Citation, Span


@dataclass(frozen=True, slots=True)
class Quoted:
    """A verbatim range of a reply: `words` stand at `span` of its text and come from `citation`'s article.

    `exact` says that they are the citation's own words, whole or the part of it that is emphasised; otherwise they are
    the paragraphs around it.
    """

    span: Span
    words: str
    citation: Citation
    exact: bool = True

    def stands_in(self, text: str) -> bool:
        """Whether `text` has exactly the quoted words in that range, and they are those whose sha256 was recorded."""
        if self.span.end > len(text) or self.span.of(text) != self.words:
            return False
        if not self.exact:
            return True
        whole = self.citation.text
        return self.words in whole and sha256(whole.encode()).hexdigest() == self.citation.sha256


class FileKind(StrEnum):
    """How a file is shown: a picture in the chat, or something to download."""

    PHOTO = "photo"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class File:
    """What a message carries besides words."""

    kind: FileKind
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Reply:
    """What is sent: `entities` are in UTF-16 offsets, as Telegram counts. With a `file`, the text is its caption."""

    text: str
    entities: tuple[MessageEntity, ...] = ()
    keyboard: InlineKeyboardMarkup | ForceReply | None = None
    quoted: Quoted | None = None
    answer_id: str | None = None
    shown: int = 0  # the number of the quote shown
    file: File | None = None


def plain(text: str, keyboard: InlineKeyboardMarkup | None = None) -> Reply:
    """A reply without formatting."""
    return Reply(text, keyboard=keyboard)
