"""What was sent where: which message shows which answer, for threads, edits and withdrawals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.journal import questions
from bot.journal.file import Part, ago, insert, now

THREAD_LASTS = timedelta(minutes=30)
"""How long a question may lean on the one before."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message that shows an answer. `message_id` is 0 for one sent through inline mode, known by `inline_id`."""

    answer_id: str
    chat_id: int
    message_id: int
    shown: int
    lang: str
    brief: bool = False
    inline_id: str | None = None


class Deliveries(Part):
    """The messages that show answers."""

    def record(self, sent: Delivery, *, question_id: int | None = None, asker: int | None = None) -> None:
        """Note that a message shows an answer, in place of what it showed before.

        Without `question_id` and `asker`, those known of the message stay. An empty `answer_id` notes a reply that is
        none.
        """
        known = (self._file.chat(sent.chat_id), sent.message_id, sent.inline_id)
        which = "chat = ? AND message_id = ? AND inline_id IS ?"
        with self._file.writing() as db:
            before = db.execute(f"SELECT question_id, asker, answer_id FROM deliveries WHERE {which}", known).fetchone()
            db.execute(f"DELETE FROM deliveries WHERE {which}", known)
            old_question, old_asker, old_answer = before or (None, None, None)
            if question_id is not None and old_answer and old_answer != sent.answer_id:
                questions.outdated(db, old_answer)
            who = self._file.person(asker) if asker is not None else old_asker
            counted = question_id is not None or sent.inline_id is not None
            if sent.answer_id:
                questions.note(db, sent.answer_id, who, counted=counted)
            insert(
                db,
                "deliveries",
                chat=self._file.chat(sent.chat_id),
                sealed=self._file.sealed(sent.chat_id),
                message_id=sent.message_id,
                inline_id=sent.inline_id,
                question_id=question_id if question_id is not None else old_question,
                asker=who,
                answer_id=sent.answer_id or None,
                shown=sent.shown,
                lang=sent.lang,
                brief=sent.brief,
                at=now(),
            )

    def show(self, chat_id: int, message_id: int, shown: int) -> None:
        """Note which quote of its answer a message shows now."""
        with self._file.writing() as db:
            db.execute(
                "UPDATE deliveries SET shown = ?, withdrawn = 0 WHERE chat = ? AND message_id = ?",
                (shown, self._file.chat(chat_id), message_id),
            )

    def reply_to(self, chat_id: int, question_id: int) -> int | None:
        """The message that answered the message `question_id` of a chat."""
        rows = self._file.rows(
            "SELECT message_id FROM deliveries WHERE chat = ? AND question_id = ? ORDER BY id DESC LIMIT 1",
            (self._file.chat(chat_id), question_id),
        )
        return int(rows[0][0]) if rows else None

    def thread(self, chat_id: int, asker: int, before: int) -> str | None:
        """The answer that a sender was given to their last message before number `before`, if that was lately."""
        rows = self._file.rows(
            "SELECT answer_id, at FROM deliveries WHERE chat = ? AND asker = ? AND question_id < ?"
            " ORDER BY question_id DESC LIMIT 1",
            (self._file.chat(chat_id), self._file.person(asker), before),
        )
        lately = ago(THREAD_LASTS)
        return rows[0][0] if rows and rows[0][1] >= lately else None

    def of(self, answer_ids: Sequence[str]) -> list[Delivery]:
        """Every message that shows one of these answers and is not withdrawn, where its chat can be unsealed."""
        found: list[Delivery] = []
        for answer_id in answer_ids:
            rows = self._file.rows(
                "SELECT sealed, message_id, shown, lang, brief, inline_id FROM deliveries"
                " WHERE answer_id = ? AND NOT withdrawn",
                (answer_id,),
            )
            for sealed, message_id, shown, lang, brief, inline_id in rows:
                chat_id = self._file.opened(sealed)
                if chat_id is not None:
                    found.append(Delivery(answer_id, chat_id, message_id, shown, lang, bool(brief), inline_id))
        return found

    def withdraw(self, sent: Delivery) -> None:
        """Note that a message says by now that its quote was withdrawn."""
        with self._file.writing() as db:
            db.execute(
                "UPDATE deliveries SET withdrawn = 1 WHERE chat = ? AND message_id = ? AND inline_id IS ?",
                (self._file.chat(sent.chat_id), sent.message_id, sent.inline_id),
            )

    def forget(self, sent: Delivery) -> None:
        """Forget a message that nobody can reach any more."""
        with self._file.writing() as db:
            db.execute(
                "DELETE FROM deliveries WHERE chat = ? AND message_id = ? AND inline_id IS ?",
                (self._file.chat(sent.chat_id), sent.message_id, sent.inline_id),
            )

    def forget_chat(self, chat_id: int) -> None:
        """Nothing can be sent to a chat any more: forget what was."""
        with self._file.writing() as db:
            db.execute("DELETE FROM deliveries WHERE chat = ?", (self._file.chat(chat_id),))
