"""Opening a SQLite file the way Quotewire needs it, through sqlite-utils: pragmas, migrations, errors in words.

Called by whoever keeps tables (the archive, the bot's journal). A connection belongs to the thread that
opened it, so one is opened for each call: 0.7 ms.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from sqlite_utils import Database

from index.errors import StoreCorrupt, StoreError, StoreFull, StoreLocked, StoreTooNew

Migration = Callable[[Database], None]

BUSY_SECONDS = 5.0


@contextmanager
def connect(path: Path, *, readonly: bool = False) -> Iterator[Database]:
    """An open database, closed at the end. SQLite's own errors come out as StoreError in words.

    Nothing is committed for the caller: writes go into `transaction(database)`.
    """
    with spoken(path):
        target = f"file:{_quoted(path)}?mode=ro" if readonly else str(path)
        connection = sqlite3.connect(target, uri=readonly, timeout=BUSY_SECONDS, isolation_level=None)
        database = Database(connection)
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA temp_store = MEMORY")
            yield database
        finally:
            connection.close()


def hold(path: Path) -> Callable[[], None]:
    """Keep the database at `path` open until what is returned is called, from whatever thread.

    The last connection to close moves the log into the database and waits for the disk. While one is held, none of
    those that come and go is the last: a question does not pay for it.
    """
    with spoken(path):
        connection = sqlite3.connect(str(path), timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()  # opens the log, not only the file
        return connection.close


@contextmanager
def transaction(database: Database) -> Iterator[None]:
    """One write transaction: all of it or nothing."""
    connection = database.conn
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


@contextmanager
def writing(path: Path) -> Iterator[Database]:
    """A connection inside one write transaction."""
    with connect(path) as database, transaction(database):
        yield database


@contextmanager
def unchanging(database: Database) -> Iterator[None]:
    """One read transaction: all inside see the database as it was at the first look, whoever writes meanwhile."""
    connection = database.conn
    connection.execute("BEGIN")
    try:
        yield
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def look_ended(database: Database) -> None:
    """End the read transaction of `unchanging` early, so that the same connection may write."""
    if database.conn.in_transaction:
        database.conn.execute("ROLLBACK")


def migrate(path: Path, migrations: Sequence[Migration]) -> None:
    """Bring the file at `path` to the newest shape, one numbered migration at a time; creates it if absent.

    Raises StoreTooNew where a newer Quotewire wrote it, StoreCorrupt where it is no database.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = (error.strerror or "input/output error").lower()
        raise StoreError(f"The data folder {path.parent} cannot be made: {reason}.", path=path) from error
    with connect(path) as database:
        connection = database.conn
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > len(migrations):
            raise StoreTooNew(
                f"{path.name} was written by a newer Quotewire: update this one, or point it at another data folder.",
                path=path,
            )
        if version == len(migrations):
            return
        _write_ahead(connection)
        for number, step in enumerate(migrations[version:], version + 1):
            with transaction(database):
                if connection.execute("PRAGMA user_version").fetchone()[0] >= number:
                    continue  # another process migrated while we waited for the lock
                step(database)
                connection.execute(f"PRAGMA user_version = {number}")


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Switch the file to a write-ahead log, once and for good.

    SQLite does not wait for its busy timeout here: a second process doing the same at this moment is told "locked" at
    once (see "PRAGMA journal_mode" and the exceptions of the busy handler in its documentation). So we wait ourselves.
    """
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if (error.sqlite_errorcode & 0xFF) != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            return


def copy(path: Path, target: Path) -> None:
    """Copy the database at `path`, as it is at one moment, into the new file `target`, whoever writes meanwhile."""
    with connect(path) as database, spoken(target), closing(sqlite3.connect(target)) as taken:
        database.conn.backup(taken)


def schema_of(path: Path) -> int:
    """How many migrations the database at `path` has seen. StoreCorrupt where it is none, or damaged."""
    with connect(path) as database:
        if database.conn.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise StoreCorrupt(f"{path.name} is damaged.", path=path)
        return int(database.conn.execute("PRAGMA user_version").fetchone()[0])


def overwrite_deleted(database: Database) -> None:
    """Fill with zeros whatever this connection deletes from now on."""
    database.conn.execute("PRAGMA secure_delete = ON")


def scrub(path: Path) -> None:
    """Rewrite the file so that neither it nor its write-ahead log holds anything that was deleted.

    Takes as long as writing the whole database. Raises StoreLocked where others read it for too long.
    """
    with connect(path) as database:
        connection = database.conn
        connection.execute("PRAGMA temp_store = FILE")  # as large as the database
        connection.execute("VACUUM")
        deadline = time.monotonic() + BUSY_SECONDS
        while connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
            if time.monotonic() > deadline:
                raise StoreLocked(f"{path.name} is being read: try again in a moment.", path=path)
            time.sleep(0.05)


@contextmanager
def spoken(path: Path) -> Iterator[None]:
    """Turn SQLite's errors about the file at `path` into StoreError that names it and the cure."""
    try:
        yield
    except sqlite3.Error as error:
        raise _in_words(error, path) from error


def _in_words(error: sqlite3.Error, path: Path) -> StoreError:
    primary = getattr(error, "sqlite_errorcode", 0) & 0xFF
    name = path.name
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StoreLocked(f"{name} is locked by another program: close it, then try again.", path=path)
    if primary in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return StoreCorrupt(
            f"{name} is damaged and was left as it is: restore it from a backup, or move it away and index again.",
            path=path,
        )
    if primary == sqlite3.SQLITE_FULL:
        return StoreFull(f"The disk that holds {name} is full: free some room, then run the index again.", path=path)
    if primary in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
        return StoreError(f"{name} cannot be opened or written: check the rights of its folder.", path=path)
    if primary == sqlite3.SQLITE_IOERR:
        return StoreError(f"{name} cannot be read or written: the disk failed or has no room left.", path=path)
    return StoreError(f"{name}: {error}", path=path)


def _quoted(path: Path) -> str:
    return str(path.resolve()).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
