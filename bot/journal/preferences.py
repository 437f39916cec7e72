"""What readers like, and what groups set."""

from __future__ import annotations

from dataclasses import dataclass

from bot.journal.file import Part


@dataclass(frozen=True, slots=True)
class Group:
    """What a group's administrators set. `lang` None: as each reader's Telegram is set."""

    lang: str | None = None
    brief: bool = False
    admins_only: bool = False


class Preferences(Part):
    """Readers' and groups' preferences."""

    def language(self, user_id: int) -> str | None:
        """The language a reader chose; None where Telegram's counts."""
        rows = self._file.rows("SELECT lang FROM people WHERE person = ?", (self._file.person(user_id),))
        return rows[0][0] if rows else None

    def choose_language(self, user_id: int, lang: str | None) -> None:
        """Keep a reader's choice; None goes back to Telegram's."""
        with self._file.writing() as db:
            db.execute("INSERT OR REPLACE INTO people VALUES (?, ?)", (self._file.person(user_id), lang))

    def group(self, chat_id: int) -> Group:
        """What a group's administrators set."""
        rows = self._file.rows(
            "SELECT lang, brief, admins_only FROM groups WHERE chat = ?", (self._file.chat(chat_id),)
        )
        return Group(rows[0][0], bool(rows[0][1]), bool(rows[0][2])) if rows else Group()

    def set_group(self, chat_id: int, group: Group) -> None:
        """Keep what a group's administrators set."""
        with self._file.writing() as db:
            values = (self._file.chat(chat_id), group.lang, group.brief, group.admins_only)
            db.execute("INSERT OR REPLACE INTO groups VALUES (?, ?, ?, ?)", values)
