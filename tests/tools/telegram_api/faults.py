"""Faults on demand: what goes wrong with the next calls of a method.

Ordered by tests through `server.faults`, executed by `server`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Fault:
    """One thing to go wrong, `times` times, with calls of `method` (all, when empty) to `chat_id` (any, when None)."""

    kind: str  # flood, error, html, reset, slow, hang, too_large
    method: str
    times: int
    chat_id: int | None = None
    seconds: float = 0.0
    code: int = 500
    description: str = ""


class Faults:
    """The faults still to come."""

    def __init__(self) -> None:
        self.waiting: list[Fault] = []

    def flood(self, method: str, retry_after: int = 5, times: int = 1, chat_id: int | None = None) -> None:
        """429 with `retry_after` seconds; nothing is done."""
        self._add(Fault("flood", method, times, chat_id, seconds=retry_after))

    def error(
        self,
        method: str,
        code: int = 500,
        description: str = "Internal Server Error: restart",
        times: int = 1,
        chat_id: int | None = None,
    ) -> None:
        """Any error answer; nothing is done."""
        self._add(Fault("error", method, times, chat_id, code=code, description=description))

    def bad_gateway(self, method: str, times: int = 1, chat_id: int | None = None) -> None:
        """502 with a page of HTML, as from a proxy; nothing is done."""
        self._add(Fault("html", method, times, chat_id, code=502))

    def too_large(self, method: str, times: int = 1, chat_id: int | None = None) -> None:
        """413, as for an upload over the limit."""
        self._add(
            Fault("error", method, times, chat_id, code=413, description="Request Entity Too Large"),
        )

    def reset(self, method: str, times: int = 1, chat_id: int | None = None) -> None:
        """The connection breaks in the middle of the answer; the call itself was carried out."""
        self._add(Fault("reset", method, times, chat_id))

    def slow(self, method: str, seconds: float, times: int = 1, chat_id: int | None = None) -> None:
        """The answer comes `seconds` late; the call itself was carried out at once."""
        self._add(Fault("slow", method, times, chat_id, seconds=seconds))

    def hang(self, method: str = "getUpdates", times: int = 1, chat_id: int | None = None) -> None:
        """No answer ever comes and nothing is done, until the server closes."""
        self._add(Fault("hang", method, times, chat_id))

    def clear(self) -> None:
        """Nothing more goes wrong."""
        self.waiting.clear()

    def _add(self, fault: Fault) -> None:
        self.waiting.append(fault)

    def take(self, method: str, chat_id: str) -> Fault | None:
        """The fault for this call, used up by it."""
        for fault in self.waiting:
            if fault.method and fault.method.lower() != method.lower():
                continue
            if fault.chat_id is not None and str(fault.chat_id) != chat_id:
                continue
            fault.times -= 1
            if fault.times <= 0:
                self.waiting.remove(fault)
            return fault
        return None
