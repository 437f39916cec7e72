"""A text as the server makes it: cleaned, trimmed, with checked entities and those it finds by itself.

Called by every method that takes a text. Raises `ApiError` with the server's words. Knows no chats and no HTTP.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from .entities import (
    AUTOMATIC,
    HIDDEN_DATA,
    Entity,
    capped,
    in_order,
    nested_properly,
    utf16_length,
    with_found,
)
from .errors import bad_request
from .html_markup import MarkupError, parse_html
from .links import found_in
from .markdown_markup import parse_markdown, parse_markdown_v2
from .weblinks import BadLink, checked_link, mentioned_user

MAX_TEXT = 4096  # code points, after markup is read
MAX_RAW_BYTES = 32768
MAX_CAPTION = 1024

_DROPPED = re.compile("[\r\u2028-\u202e\u0333\u033f\u030a]")
_CONTROL = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f]")
_MARKS = re.compile("[\u200e\u200f]+(?=[\u200e\u200f])")
_EMPTY = re.compile(
    "[\u1680\u180e\u2000-\u200f\u202e\u202f\u205f\u2800\u3000\ufffc\ufeff\u00a0 \n\U000e0000-\U000e007f]*"
)

_PARSERS = {"html": parse_html, "markdownv2": parse_markdown_v2, "markdown": parse_markdown}
_FORMATS = frozenset(
    [
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "blockquote",
        "expandable_blockquote",
        "code",
        "pre",
        "text_link",
        "text_mention",
        "custom_emoji",
        "date_time",
    ]
)


@dataclass(frozen=True, slots=True)
class FormattedText:
    """What a message carries: the text and its entities, in order."""

    text: str
    entities: tuple[Entity, ...] = ()

    def entities_json(self) -> list[dict[str, Any]]:
        return [entity.as_json() for entity in self.entities]


def cleaned(text: str) -> str:
    """The text without what the server deletes or turns into spaces; not trimmed."""
    text = _CONTROL.sub(" ", _DROPPED.sub("", text))
    return _MARKS.sub(lambda run: "\u200c" * len(run[0]), text)


def is_blank(text: str) -> bool:
    """Whether nothing in it can be seen."""
    return _EMPTY.fullmatch(text) is not None


def read_text(raw: str, parse_mode: str, entities: Any) -> FormattedText:
    """Text and entities as a method gives them; `entities` the parsed JSON or None. Not checked for length or blank."""
    if len(raw.encode("utf-8", "surrogatepass")) > MAX_RAW_BYTES:
        raise bad_request("text is too long")
    mode = parse_mode.lower()
    if mode and mode != "none":
        if mode not in _PARSERS:
            raise bad_request("unsupported parse_mode")
        try:
            text, wanted = _PARSERS[mode](raw)
        except MarkupError as error:
            raise bad_request(f"can't parse entities: {error}") from None
    else:
        text, wanted = raw, _wanted_entities(entities)
    return fixed(text, wanted)


def message_text(raw: str, parse_mode: str, entities: Any) -> FormattedText:
    """The same for a message: never empty, at most 4,096 code points."""
    if not raw:
        raise bad_request("message text is empty")
    text = read_text(raw, parse_mode, entities)
    if is_blank(text.text):
        raise bad_request("text must be non-empty")
    if len(text.text) > MAX_TEXT:
        raise bad_request("message is too long")
    return text


def caption_text(raw: str, parse_mode: str, entities: Any) -> FormattedText:
    """The same for a caption, which may be empty."""
    text = read_text(raw, parse_mode, entities)
    if len(text.text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return text


def _wanted_entities(entities: Any) -> list[Entity]:
    if not isinstance(entities, list):  # malformed JSON is passed over in silence
        return []
    wanted = (_wanted_entity(entity) for entity in entities)
    return [entity for entity in wanted if entity is not None]


def _wanted_entity(entity: Any) -> Entity | None:
    def refuse(why: str) -> Exception:
        return bad_request(f"can't parse MessageEntity: {why}")

    if not isinstance(entity, dict):
        raise refuse("expected an Object")
    kind = entity.get("type")
    numbers = []
    for name in ("offset", "length"):
        if name not in entity:
            raise refuse(f'Can\'t find field "{name}"')
        try:
            numbers.append(int(entity[name]))
        except (TypeError, ValueError):
            raise refuse(f'Field "{name}" must be a valid Number') from None
    if not isinstance(kind, str):
        raise refuse('Can\'t find field "type"')
    if kind in AUTOMATIC:
        return None
    if kind not in _FORMATS:
        raise refuse("Unsupported type specified")
    return _with_fields(kind, numbers[0], numbers[1], entity, refuse)


def _with_fields(kind: str, offset: int, length: int, entity: dict[str, Any], refuse: Any) -> Entity:
    extra: tuple[tuple[str, str | int], ...] = ()
    if kind == "pre" and entity.get("language"):
        extra = (("language", str(entity["language"])),)
    elif kind == "text_link":
        if not isinstance(entity.get("url"), str):
            raise refuse('Can\'t find field "url"')
        user = mentioned_user(entity["url"])
        if user is not None:
            return Entity("text_mention", offset, length, (("user_id", user),))
        try:
            extra = (("url", checked_link(cleaned(entity["url"]))),)
        except BadLink as error:
            raise bad_request(f"entity URL '{entity['url']}' is invalid: {error}") from None
    elif kind == "text_mention":
        user_field = entity.get("user")
        if not isinstance(user_field, dict) or "id" not in user_field:
            raise refuse('Can\'t find field "user"')
        extra = (("user_id", int(user_field["id"])),)
    elif kind == "custom_emoji":
        extra = (("custom_emoji_id", str(entity.get("custom_emoji_id", ""))),)
    elif kind == "date_time":
        extra = (("unix_time", int(entity.get("unix_time", 0))),)
    return Entity(kind, offset, length, extra)


def fixed(text: str, wanted: list[Entity]) -> FormattedText:
    """Repaired and trimmed, with the automatic entities. Raises 400 for bad offsets."""
    text, entities = repaired(text, wanted)
    text, entities = _trimmed(text, nested_properly(_without_blank(text, entities)))
    entities = _without_blank(text, with_found(entities, found_in(text)))
    entities = [entity for entity in entities if entity.type != "custom_emoji"]  # for bots with a bought name only
    return FormattedText(text, tuple(in_order(capped(entities))))


def repaired(text: str, wanted: list[Entity]) -> tuple[str, list[Entity]]:
    """Cleaned but not trimmed, entities checked, moved along and nested properly. Raises 400 for bad offsets."""
    for entity in wanted:
        if not 0 <= entity.offset <= 1_000_000:
            raise bad_request(f"receive an entity with incorrect offset {entity.offset}")
        if not 0 <= entity.length <= 1_000_000:
            raise bad_request(f"receive an entity with incorrect length {entity.length}")
    entities = nested_properly(entity for entity in wanted if entity.length)
    return cleaned(text), nested_properly(_moved_by_cleaning(text, entities))


def _moved_by_cleaning(text: str, entities: list[Entity]) -> list[Entity]:
    """The entities at their places in the cleaned text; 400 where one begins or ends where no character does."""
    if not entities:
        return []
    places: dict[int, int] = {}  # UTF-16 offset before -> after, at the borders of characters
    middles: dict[int, int] = {}  # UTF-16 offset inside a character -> byte offset after that character
    before = after = byte = 0
    for character in text:
        places[before] = after
        width = utf16_length(character)
        byte += len(character.encode("utf-8", "surrogatepass"))
        if width == 2:
            middles[before + 1] = byte
        before += width
        after += 0 if _DROPPED.match(character) else width
    places[before] = after
    _check_places(entities, middles, end=before)
    return [
        Entity(e.type, places[e.offset], places[e.end] - places[e.offset], e.extra)
        for e in entities
        if places[e.end] > places[e.offset]
    ]


def _check_places(entities: list[Entity], middles: dict[int, int], end: int) -> None:
    """Raise 400 for the fault that comes first in the text; of several at one place, the innermost that ends there."""
    faults: list[tuple[int, int, int, str]] = []
    for nesting, entity in enumerate(in_order(entities)):
        start = f"entity beginning at UTF-16 offset {entity.offset} ends "
        if entity.end in middles:
            where = f"in a middle of a UTF-16 symbol at byte offset {middles[entity.end]}"
            faults.append((entity.end, 0, -nesting, start + where))
        if entity.offset in middles:
            where = f"in a middle of a UTF-16 symbol at byte offset {middles[entity.offset]}"
            faults.append((entity.offset, 1, nesting, "entity begins " + where))
        if entity.offset > end:
            where = f"after the end of the text at UTF-16 offset {entity.offset}"
            faults.append((end + 1, 2, nesting, "entity begins " + where))
        elif entity.end > end:
            where = f"after the end of the text at UTF-16 offset {entity.end}"
            faults.append((end + 1, 3, -nesting, start + where))
    if faults:
        raise bad_request(min(faults)[3])


def _without_blank(text: str, entities: list[Entity]) -> list[Entity]:
    """Entities without the spaces they begin with, and none of spaces only (code and links are left as they are)."""
    units = text.encode("utf-16-le", "surrogatepass")
    blank = [units[2 * at : 2 * at + 2] in (b" \0", b"\n\0") for at in range(len(units) // 2)]
    kept: list[Entity] = []
    for entity in in_order(entities):
        begin, end = entity.offset, entity.end
        if entity.type not in HIDDEN_DATA:
            while begin < end and blank[begin]:
                begin += 1
        if begin < end:
            kept.append(Entity(entity.type, begin, end - begin, entity.extra))
    return kept


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    text = text.rstrip(" \n")
    end = utf16_length(text)
    entities = [Entity(e.type, e.offset, min(e.end, end) - e.offset, e.extra) for e in entities if e.offset < end]
    floor = min((entity.offset for entity in entities), default=end)
    lead = min(len(text) - len(text.lstrip(" \n")), floor)
    return text[lead:], [Entity(e.type, e.offset - lead, e.length, e.extra) for e in entities]
