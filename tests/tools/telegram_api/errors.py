"""The one way in which a method says no: an HTTP status, a description, and what else the answer carries.

Raised everywhere in this package, turned into an answer by `server`.
"""

from __future__ import annotations

from typing import Any


class ApiError(Exception):
    """An answer `{"ok": false, ...}`; `code` is the HTTP status, `description` is complete with its prefix."""

    def __init__(self, code: int, description: str, parameters: dict[str, Any] | None = None) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.parameters = parameters


def bad_request(reason: str, parameters: dict[str, Any] | None = None) -> ApiError:
    """400. The first letter becomes small unless the reason is one of the backend's CODE_WORDS."""
    shouted = len(reason) > 1 and (reason[1] == "_" or reason[1].isupper())
    return ApiError(400, "Bad Request: " + (reason if shouted else reason[:1].lower() + reason[1:]), parameters)


def forbidden(reason: str) -> ApiError:
    """403: the chat is there, and this bot may not."""
    return ApiError(403, f"Forbidden: {reason}")


def too_many_requests(seconds: int) -> ApiError:
    """429: try again after so many whole seconds."""
    return ApiError(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})
