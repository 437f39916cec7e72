"""The journal's file: reading and writing it, pseudonyms and sealed chats. What every noun of the journal builds on."""

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
    def _writing(self) -> Iterator[Database]:
        with connect(self._path) as db, transaction(db):
            yield db

    def _rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        with connect(self._path) as db:
            return list(db.execute(sql, values).fetchall())

    def _person(self, user_id: int) -> str:
        return self._seal.pseudonym("user", user_id)

    def _chat(self, chat_id: int) -> str:
        return self._seal.pseudonym("chat", chat_id)

    def _opened(self, sealed: str | None) -> int | None:
        plain = self._seal.open(sealed) if sealed else None
        return int(plain) if plain is not None else None


def insert(db: Database, table: str, **row: object) -> None:
    """One row. Not through sqlite-utils, whose own insert would end the transaction."""
    marks = ", ".join("?" * len(row))
    db.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", list(row.values()))


def now() -> str:
    """This moment as the journal writes it: UTC, ISO 8601, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def ago(time: timedelta) -> str:
    """The moment so long ago, as the journal writes it."""
    return (datetime.now(UTC) - time).isoformat(timespec="seconds")
