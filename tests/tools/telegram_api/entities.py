"""Message entities as the server keeps them: their order, their nesting, their repair.

Called by `text` and the two markup readers. Offsets and lengths are UTF-16 code units, as on the wire. Knows nothing
of chats, of HTTP or of pytest.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

SPLITTABLE = ("bold", "italic", "underline", "strikethrough", "spoiler")
BLOCKQUOTES = frozenset({"blockquote", "expandable_blockquote"})
HIDDEN_DATA = frozenset({"text_link", "text_mention", "code", "pre"})
AUTOMATIC = frozenset({"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"})

_PRIORITY = {
    "blockquote": 0,
    "expandable_blockquote": 0,
    "pre": 11,
    "code": 20,
    "text_link": 49,
    "text_mention": 49,
    "date_time": 49,
    "bold": 90,
    "italic": 91,
    "underline": 92,
    "strikethrough": 93,
    "spoiler": 94,
    "custom_emoji": 99,
}


@dataclass(frozen=True, slots=True)
class Entity:
    """A marked stretch of text: `offset` and `length` in UTF-16 code units, `extra` the fields of its type."""

    type: str
    offset: int
    length: int
    extra: tuple[tuple[str, str | int], ...] = ()

    @property
    def end(self) -> int:
        return self.offset + self.length

    def as_json(self) -> dict[str, Any]:
        return {"type": self.type, "offset": self.offset, "length": self.length, **dict(self.extra)}


def utf16_length(text: str) -> int:
    """How many UTF-16 code units `text` takes."""
    return len(text) + sum(character > "\uffff" for character in text)


def utf16_slice(text: str, offset: int, length: int) -> str:
    """The part of `text` that an entity covers; both numbers are UTF-16 code units."""
    units = text.encode("utf-16-le", "surrogatepass")
    return units[2 * offset : 2 * (offset + length)].decode("utf-16-le", "replace")


def in_order(entities: Iterable[Entity]) -> list[Entity]:
    """Sorted as the server sorts: by place, the longer first, then by kind."""
    return sorted(entities, key=lambda e: (e.offset, -e.length, _priority(e)))


def _priority(entity: Entity) -> int:
    priority = _PRIORITY.get(entity.type, 50)
    return priority - 1 if entity.type == "pre" and entity.extra else priority


def without_overlaps(entities: Iterable[Entity]) -> list[Entity]:
    """Keep the first of any entities that touch the same character."""
    kept: list[Entity] = []
    end = 0
    for entity in entities:
        if entity.offset >= end:
            kept.append(entity)
            end = entity.end
    return kept


def nested_properly(entities: Iterable[Entity]) -> list[Entity]:
    """The entities, with forbidden nesting undone as the server undoes it.

    Links, mentions and code may not overlap one another, quotations may not overlap quotations; bold and its kin are
    merged where they touch and split at the borders of the others; nothing is emphasised inside code.
    """
    continuous, quotes, splittable = _by_family(in_order(entities))
    continuous = without_overlaps(continuous)
    quotes = without_overlaps(quotes)
    continuous = _outside_quote_borders(continuous, quotes)
    return _resplit(splittable, in_order(continuous + quotes))


def with_found(entities: Iterable[Entity], found: list[Entity]) -> list[Entity]:
    """Add entities found in the text (links, commands), where those that were asked for leave room."""
    continuous, quotes, splittable = _by_family(entities)
    taken = continuous
    fresh = [
        new
        for new in _outside_quote_borders(found, quotes)
        if not any(new.offset < old.end and old.offset < new.end for old in taken)
    ]
    return _resplit(splittable, in_order(continuous + fresh + quotes))


def _by_family(entities: Iterable[Entity]) -> tuple[list[Entity], list[Entity], list[Entity]]:
    continuous: list[Entity] = []
    quotes: list[Entity] = []
    splittable: list[Entity] = []
    for entity in entities:
        family = splittable if entity.type in SPLITTABLE else quotes if entity.type in BLOCKQUOTES else continuous
        family.append(entity)
    return continuous, quotes, splittable


def _outside_quote_borders(entities: list[Entity], quotes: list[Entity]) -> list[Entity]:
    def crosses(entity: Entity, quote: Entity) -> bool:
        if entity.end <= quote.offset or quote.end <= entity.offset:
            return False
        return entity.offset < quote.offset or quote.end < entity.end

    return [entity for entity in entities if not any(crosses(entity, quote) for quote in quotes)]


def _resplit(splittable: list[Entity], others: list[Entity]) -> list[Entity]:
    if not splittable:
        return others
    return in_order(others + _Splitter(splittable).split_at(others))


class _Splitter:
    """Cuts emphasis at the borders of other entities and joins touching pieces of one kind."""

    def __init__(self, entities: list[Entity]) -> None:
        self._waiting = in_order(entities)[::-1]
        self._open: dict[str, tuple[int, int]] = {}
        self._done: list[Entity] = []

    def split_at(self, others: list[Entity]) -> list[Entity]:
        around: list[Entity] = []
        for other in others:
            self._close_before(other.offset, around)
            around.append(other)
        self._close_before(1 << 30, around)
        return self._done

    def _close_before(self, offset: int, around: list[Entity]) -> None:
        while around and offset >= around[-1].end:
            kept = len(self._done)
            self._take_until(around[-1].end)
            if around[-1].type in ("code", "pre"):
                del self._done[kept:]
            around.pop()
        self._take_until(offset)

    def _take_until(self, end: int) -> None:
        while self._waiting and self._waiting[-1].offset < end:
            entity = self._waiting.pop()
            begin, until = self._open.get(entity.type, (0, -1))
            if entity.offset <= until:
                self._open[entity.type] = (begin, max(until, entity.end))
            else:
                self._flush(entity.offset)
                self._open[entity.type] = (entity.offset, entity.end)
        self._flush(end)

    def _flush(self, offset: int) -> None:
        for kind in SPLITTABLE:
            if kind not in self._open:
                continue
            begin, end = self._open[kind]
            if begin >= offset:
                continue
            self._done.append(Entity(kind, begin, min(end, offset) - begin))
            if end <= offset:
                del self._open[kind]
            else:
                self._open[kind] = (offset, end)


def capped(entities: Iterable[Entity], limit: int = 100) -> list[Entity]:
    """At most `limit` entities with a link, code or quotation, and as many of emphasis; the rest is dropped."""
    kept: list[Entity] = []
    counts = {True: 0, False: 0}
    for entity in entities:
        if entity.type in AUTOMATIC:
            kept.append(entity)
            continue
        emphasis = entity.type in SPLITTABLE
        counts[emphasis] += 1
        if counts[emphasis] <= limit:
            kept.append(entity)
    return kept


def moved(entity: Entity, by: int) -> Entity:
    """The same entity, `by` code units later."""
    return replace(entity, offset=entity.offset + by)
