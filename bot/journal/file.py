"""The journal's file: reading and writing it, pseudonyms and sealed chats. What each part of the journal stands on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from bot.keys import Seal
from index.store.database import connect, transaction


class File:
    """The file at `path`, whose people and chats only `seal` can name. Opens a connection for each call."""

    def __init__(self, path: Path, seal: Seal) -> None:
        self._path = path
        self._seal = seal

    @contextmanager
    def writing(self) -> Iterator[Database]:
        """A write transaction: all of the block counts, or nothing of it. StoreError where it cannot be written."""
        with connect(self._path) as db, transaction(db):
            yield db

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """What a query finds."""
        with connect(self._path) as db:
            return list(db.execute(sql, values).fetchall())

    def person(self, user_id: int) -> str:
        """The pseudonym under which a person is known here."""
        return self._seal.person(user_id)

    def chat(self, chat_id: int) -> str:
        """The pseudonym under which a chat is known here."""
        return self._seal.chat(chat_id)

    def sealed(self, chat_id: int) -> str:
        """A chat's number, encrypted: for a chat that must be found again."""
        return self._seal.close(str(chat_id))

    def opened(self, sealed: str | None) -> int | None:
        """The number that `sealed` encrypted; None where there is none, or where another key did."""
        plain = self._seal.open(sealed) if sealed else None
        return int(plain) if plain is not None else None


class Part:
    """One noun of the journal: its rows in the shared file."""

    def __init__(self, file: File) -> None:
        self._file = file


def insert(db: Database, table: str, **row: object) -> None:
    """One row. Not through sqlite-utils, whose own insert would end the transaction."""
    marks = ", ".join("?" * len(row))
    db.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", list(row.values()))


def moment(when: datetime) -> str:
    """A moment (aware) as the journal writes it: UTC, ISO 8601, to the second."""
    return when.astimezone(UTC).isoformat(timespec="seconds")


def now() -> str:
    """This moment, as the journal writes it."""
    return moment(datetime.now(UTC))


def ago(time: timedelta) -> str:
    """The moment so long ago, as the journal writes it."""
    return moment(datetime.now(UTC) - time)
