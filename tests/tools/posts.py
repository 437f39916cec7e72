"""Posts of Telegram channels for tests, in the form of Telegram Desktop's export."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from index.sources.telegram.export import packed

CHANNEL = -1001234567890
NOON = 1_763_726_400  # 21 Nov 2025, 12:00 UTC

Part = str | tuple[str, ...]


def parts(*given: Part) -> list[dict[str, str]]:
    """Plain text, or (type, text), or (type, text, address)."""
    found = []
    for one in given:
        kind, text, *href = ("plain", one) if isinstance(one, str) else one
        found.append({"type": kind, "text": text} | ({"href": href[0]} if href else {}))
    return found


def message(number: int, *given: Part, **more: Any) -> dict[str, Any]:
    body = {"id": number, "type": "message", "date_unixtime": str(NOON + number), "text_entities": parts(*given)}
    return body | more


def kept(*messages: dict[str, Any], name: str = "Harbour News") -> bytes:
    return packed({"id": CHANNEL, "name": name}, messages)


def export(path: Path, *messages: dict[str, Any], **chat: Any) -> Path:
    """A result.json as Telegram Desktop writes it."""
    about = {"name": "Harbour News", "type": "public_channel", "id": 1234567890}
    path.write_text(json.dumps(about | chat | {"messages": list(messages)}, ensure_ascii=False), "utf-8")
    return path
