"""The parameters of one request, however they came: query string, form, multipart or JSON.

Built by `server`, read by `methods`. Everything is text until a method asks for something else.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from .errors import bad_request


@dataclass(frozen=True, slots=True)
class Upload:
    """A file part of a multipart request."""

    filename: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Params:
    """Values by name, and uploaded files by the name of their part."""

    values: dict[str, str] = field(default_factory=dict)
    files: dict[str, Upload] = field(default_factory=dict)

    def __contains__(self, name: str) -> bool:
        return name in self.values or name in self.files

    def text(self, name: str) -> str:
        """The value as it came; empty when missing."""
        return self.values.get(name, "")

    def integer(self, name: str, default: int = 0) -> int:
        """A whole number; `default` when missing or no number, as the real server reads it."""
        try:
            return int(self.values.get(name, "").strip())
        except ValueError:
            return default

    def boolean(self, name: str) -> bool:
        """True for true, yes and 1."""
        return self.values.get(name, "").strip().lower() in ("true", "yes", "1")

    def json(self, name: str, label: str = "") -> Any:
        """The parsed value, None when missing or empty. Raises 400 where it is no JSON."""
        raw = self.values.get(name, "")
        if not raw:
            return None
        try:
            return json.loads(raw)
        except ValueError:
            raise bad_request(f"can't parse {label or name.replace('_', ' ')} JSON object") from None

    def lenient_json(self, name: str) -> Any:
        """The same, where the server passes over what it cannot read."""
        try:
            return json.loads(self.values.get(name) or "null")
        except ValueError:
            return None
