"""What waits for an administrator's decision: something submitted, a correction; and the questions asked about it.

It outlives a restart and is gone after a day, or when it is decided.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.journal.file import Part, ago, insert, now

DRAFT_LASTS = timedelta(days=1)
"""How long a decision may take."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Something submitted (`article` is None), or a correction of an article.

    `key`, `name` and `data` are those of what was submitted. `changes` is what its administrator set so far, `seen`
    what the article was like when they began. `message_id` is the message that shows it, 0 before there is one.
    """

    id: int = 0
    article: int | None = None
    key: str = ""
    name: str = ""
    data: bytes = b""
    changes: Mapping[str, Any] | None = None
    seen: Mapping[str, Any] | None = None
    message_id: int = 0


class Drafts(Part):
    """Drafts, each known only in the chat it was made in, and the prompts that ask for a field of one."""

    def add(self, chat_id: int, draft: Draft) -> int:
        """Keep a new draft; its number."""
        with self._file.writing() as db:
            insert(
                db,
                "drafts",
                chat=self._file.chat(chat_id),
                article=draft.article,
                key=draft.key,
                name=draft.name,
                data=draft.data,
                changes=json.dumps(draft.changes or {}),
                seen=json.dumps(draft.seen or {}),
                message_id=draft.message_id,
                at=now(),
            )
            return int(db.execute("SELECT last_insert_rowid()").fetchone()[0])

    def find(self, chat_id: int, number: int) -> Draft | None:
        """A draft of this chat; None where it was decided or its time is over."""
        rows = self._file.rows(
            "SELECT id, article, key, name, data, changes, seen, message_id FROM drafts"
            " WHERE id = ? AND chat = ? AND at >= ?",
            (number, self._file.chat(chat_id), ago(DRAFT_LASTS)),
        )
        if not rows:
            return None
        id_, article, key, name, data, changes, seen, message_id = rows[0]
        return Draft(id_, article, key, name, data, json.loads(changes), json.loads(seen), message_id)

    def change(self, number: int, changes: Mapping[str, Any]) -> None:
        """Keep what the administrator set so far."""
        with self._file.writing() as db:
            db.execute("UPDATE drafts SET changes = ? WHERE id = ?", (json.dumps(changes), number))

    def show(self, number: int, message_id: int) -> None:
        """Note which message shows a draft."""
        with self._file.writing() as db:
            db.execute("UPDATE drafts SET message_id = ? WHERE id = ?", (message_id, number))

    def drop(self, number: int) -> bool:
        """Erase a draft with its prompts, its bytes overwritten; False where it is gone already."""
        with self._file.writing() as db:
            db.execute("PRAGMA secure_delete = ON")
            return bool(db.execute("DELETE FROM drafts WHERE id = ?", (number,)).rowcount)

    def expire(self) -> int:
        """Erase the drafts whose time is over; how many."""
        with self._file.writing() as db:
            db.execute("PRAGMA secure_delete = ON")
            return int(db.execute("DELETE FROM drafts WHERE at < ?", (ago(DRAFT_LASTS),)).rowcount)

    def add_prompt(self, chat_id: int, message_id: int, number: int, field: str) -> None:
        """Note that a message asks for a field of a draft; a reply to it is the value."""
        with self._file.writing() as db:
            db.execute(
                "INSERT OR REPLACE INTO prompts VALUES (?, ?, ?, ?)",
                (self._file.chat(chat_id), message_id, number, field),
            )

    def prompt(self, chat_id: int, message_id: int) -> tuple[int, str] | None:
        """(draft, field) that a message asks for; None where it asks for nothing any more."""
        rows = self._file.rows(
            "SELECT draft_id, field FROM prompts WHERE chat = ? AND message_id = ?",
            (self._file.chat(chat_id), message_id),
        )
        return rows[0] if rows else None
