"""Who was let in, refused or banned, and who asks to be let in."""

from __future__ import annotations

from dataclasses import dataclass

from bot.access.roles import Standing
from bot.journal.file import Part, now


@dataclass(frozen=True, slots=True)
class Applicant:
    """Somebody about whom something was or is to be decided.

    `person` is their pseudonym. `chat_id` is where they hear of it, None where it is not known any more.
    """

    number: int
    person: str
    standing: Standing
    chat_id: int | None
    lang: str
    at: str


class Readers(Part):
    """One row a person; none for those of whom there is nothing to know."""

    def standing(self, user_id: int) -> Standing:
        """What was decided about somebody."""
        rows = self._file.rows("SELECT standing FROM standings WHERE person = ?", (self._file.person(user_id),))
        return Standing(rows[0][0]) if rows else Standing.UNKNOWN

    def request(self, user_id: int, lang: str) -> int | None:
        """Note that somebody asks to be let in; the number of the request, None where it is known or decided."""
        with self._file.writing() as db:
            cursor = db.execute(
                "INSERT INTO standings (person, standing, sealed, lang, at) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT (person) DO UPDATE SET standing = excluded.standing, sealed = excluded.sealed,"
                " lang = excluded.lang, told = 0, at = excluded.at WHERE standing = ? RETURNING id",
                (
                    self._file.person(user_id),
                    Standing.PENDING,
                    self._file.sealed(user_id),
                    lang,
                    now(),
                    Standing.UNKNOWN,
                ),
            )
            row = cursor.fetchone()
        return int(row[0]) if row else None

    def find(self, number: int) -> Applicant | None:
        """The person of this number."""
        found = self._where("id = ?", (number,))
        return found[0] if found else None

    def with_standing(self, standing: Standing, most: int) -> list[Applicant]:
        """Those of whom this was decided, the last ones first."""
        return self._where("standing = ? ORDER BY at DESC, id DESC LIMIT ?", (standing, most))

    def decide(self, number: int, standing: Standing) -> bool:
        """Decide about a request; False where it is decided already, or withdrawn."""
        with self._file.writing() as db:
            cursor = db.execute(
                "UPDATE standings SET standing = ?, told = 0, at = ? WHERE id = ? AND standing = ?",
                (standing, now(), number, Standing.PENDING),
            )
            return bool(cursor.rowcount)

    def stand(self, person: str, standing: Standing) -> Applicant:
        """Decide about somebody known by their pseudonym, whatever was decided before; they as they were before."""
        before = self._where("person = ?", (person,))
        with self._file.writing() as db:
            db.execute(
                "INSERT INTO standings (person, standing, at) VALUES (?, ?, ?) ON CONFLICT (person) DO UPDATE"
                " SET standing = excluded.standing, told = 0, at = excluded.at",
                (person, standing, now()),
            )
        return before[0] if before else Applicant(0, person, Standing.UNKNOWN, None, "", "")

    def first_refusal(self, user_id: int) -> bool:
        """Note that somebody was turned away; whether it is the first time since they may not use the bot."""
        with self._file.writing() as db:
            cursor = db.execute(
                "INSERT INTO standings (person, standing, told, at) VALUES (?, ?, 1, ?)"
                " ON CONFLICT (person) DO UPDATE SET told = 1 WHERE NOT told",
                (self._file.person(user_id), Standing.UNKNOWN, now()),
            )
            return bool(cursor.rowcount)

    def _where(self, where: str, values: tuple[object, ...]) -> list[Applicant]:
        rows = self._file.rows(f"SELECT id, person, standing, sealed, lang, at FROM standings WHERE {where}", values)
        return [
            Applicant(number, person, Standing(standing), self._file.opened(sealed), lang, at)
            for number, person, standing, sealed, lang, at in rows
        ]
