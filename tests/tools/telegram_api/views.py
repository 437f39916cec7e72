"""What people see: messages, buttons, answers. Handed out by `client`, read by tests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .entities import utf16_slice
from .world import Chat, Json, Stored

_ACTIONS = ("callback_data", "url", "copy_text", "switch_inline_query", "switch_inline_query_current_chat")


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button; what it does stands in `raw`."""

    text: str
    raw: Json

    @property
    def data(self) -> str:
        """The callback data, empty for other buttons."""
        return str(self.raw.get("callback_data", ""))

    @property
    def url(self) -> str:
        return str(self.raw.get("url", ""))

    @property
    def copies(self) -> str:
        """What a copy button puts on the clipboard."""
        return str(self.raw.get("copy_text", {}).get("text", ""))


class Message:
    """A message as it is now: edits and deletion show at once."""

    def __init__(self, chat: Chat, stored: Stored, inline_id: str = "") -> None:
        self.chat = chat
        self.stored = stored
        self.inline_id = inline_id
        self.seen_versions = len(stored.versions)

    def __repr__(self) -> str:
        return f"<message {self.id} in {self.chat.id}: {self.text!r}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Message) and other.stored is self.stored

    def __hash__(self) -> int:
        return id(self.stored)

    @property
    def id(self) -> int:
        return self.stored.id

    @property
    def raw(self) -> Json:
        """The message in the form of the Bot API."""
        return self.stored.body

    @property
    def text(self) -> str:
        """The text, or the caption of a file."""
        return str(self.raw.get("text", self.raw.get("caption", "")))

    @property
    def entities(self) -> list[Json]:
        """The entities of text or caption; offsets in UTF-16 units."""
        found: list[Json] = self.raw.get("entities") or self.raw.get("caption_entities") or []
        return found

    @property
    def by_bot(self) -> bool:
        return self.stored.by_bot

    @property
    def deleted(self) -> bool:
        return self.stored.deleted

    @property
    def versions(self) -> list[str]:
        """The texts it has had, the present one last."""
        return [str(body.get("text", body.get("caption", ""))) for body in self.stored.versions]

    @property
    def reply_to(self) -> int | None:
        """The id of the message it answers."""
        replied = self.raw.get("reply_to_message")
        return int(replied["message_id"]) if replied else None

    @property
    def topic(self) -> int | None:
        thread = self.raw.get("message_thread_id")
        return int(thread) if thread else None

    @property
    def rows(self) -> list[list[Button]]:
        """The inline buttons, row by row."""
        keyboard = self.raw.get("reply_markup", {}).get("inline_keyboard", [])
        return [[Button(button["text"], button) for button in row] for row in keyboard]

    @property
    def buttons(self) -> list[Button]:
        return [button for row in self.rows for button in row]

    def button(self, wanted: str) -> Button:
        """The button with this text, data or part of its text. Raises LookupError naming those there are."""
        for fits in (
            lambda b: b.text == wanted,
            lambda b: b.data == wanted,
            lambda b: wanted.lower() in b.text.lower(),
        ):
            for button in self.buttons:
                if fits(button):
                    return button
        raise LookupError(f"no button {wanted!r} among {[button.text for button in self.buttons]}")

    def marked(self, *kinds: str) -> list[str]:
        """The pieces of text under entities of these kinds: `marked("blockquote", "expandable_blockquote")`."""
        return [utf16_slice(self.text, e["offset"], e["length"]) for e in self.entities if e["type"] in kinds]

    @property
    def links(self) -> list[str]:
        """Every address a reader could open from the text."""
        found = []
        for entity in self.entities:
            if entity["type"] == "text_link":
                found.append(str(entity["url"]))
            elif entity["type"] == "url":
                found.append(utf16_slice(self.text, entity["offset"], entity["length"]))
        return found


@dataclass(frozen=True, slots=True)
class CallbackAnswer:
    """What a person saw after pressing a button."""

    text: str = ""
    show_alert: bool = False
    url: str = ""
    cache_time: int = 0


@dataclass(frozen=True, slots=True)
class InlineResult:
    """One line of the list under the input field. `query` is what it answered."""

    raw: Json
    query: str

    @property
    def id(self) -> str:
        return str(self.raw["id"])

    @property
    def title(self) -> str:
        return str(self.raw.get("title", ""))

    @property
    def description(self) -> str:
        return str(self.raw.get("description", ""))

    @property
    def message(self) -> dict[str, Any]:
        """The message it would become: text, entities."""
        return dict(self.raw.get("message", {}))

    @property
    def text(self) -> str:
        return str(self.message.get("text", ""))


@dataclass(frozen=True, slots=True)
class InlineAnswer:
    """The whole list, with the button above it."""

    results: list[InlineResult]
    button: Json | None
    next_offset: str
    cache_time: int
    is_personal: bool
