"""A message being written: its text and the entities that format it.

Called by the renderer. Ranges are counted in code points while writing and given to Telegram in UTF-16 by `entities`.
Pure; must not know the archive.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from telegram import MessageEntity
from telegram.constants import MessageLimit

from index.datatypes import Span

LONGEST = int(MessageLimit.MAX_TEXT_LENGTH)
"""Code points that fit one message."""

BOLD = MessageEntity.BOLD
ITALIC = MessageEntity.ITALIC
QUOTE = MessageEntity.BLOCKQUOTE
FOLDED_QUOTE = MessageEntity.EXPANDABLE_BLOCKQUOTE


@dataclass
class Page:
    """Text written piece by piece, each piece formatted as it is added."""

    text: str = ""
    _entities: list[MessageEntity] = field(default_factory=list)

    def write(self, words: str, style: str | None = None, *, url: str | None = None) -> Span | None:
        """Append `words`, with a style and a link where given; the range they take, None where there are none."""
        if not words:
            return None
        span = Span(len(self.text), len(self.text) + len(words))
        self.text += words
        if style is not None:
            self.mark(span, style)
        if url is not None:
            self.mark(span, MessageEntity.TEXT_LINK, url=url)
        return span

    def mark(self, span: Span, style: str, *, url: str | None = None) -> None:
        """Format a range that is already written."""
        self._entities.append(MessageEntity(style, span.start, len(span), url=url))

    def line(self, words: str, style: str | None = None, *, url: str | None = None) -> Span | None:
        """Append `words` as a line of its own; nothing where there are none."""
        if not words:
            return None
        if self.text and not self.text.endswith("\n"):
            self.text += "\n"
        return self.write(words, style, url=url)

    def gap(self) -> None:
        """An empty line before what comes next."""
        if self.text:
            self.text = self.text.rstrip("\n") + "\n\n"

    @property
    def room(self) -> int:
        """Code points that may still be written."""
        return LONGEST - len(self.text)

    def entities(self) -> tuple[MessageEntity, ...]:
        """The formatting, in UTF-16 offsets, outer entities before those they contain."""
        ordered = sorted(self._entities, key=lambda entity: (entity.offset, -entity.length))
        return tuple(MessageEntity.adjust_message_entities_to_utf_16(self.text, ordered))
