"""Full text by SQLite's own FTS5, in the archive's database and its transactions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlite_utils import Database

from index.store.full_text import Allowed, Entry, FullText


def full_text(db: Database) -> FullText:
    """The full text of the archive behind a connection. Another engine is chosen here."""
    return Fts5(db)


class Fts5:
    """The tables `passages_fts` and `passages_vocab`, seen through one connection and bound to its thread."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, entries: Iterable[Entry]) -> None:
        """Take in entries of new ids."""
        self._db.conn.executemany(
            "INSERT INTO passages_fts(rowid, title, body) VALUES (?, ?, ?)",
            ((entry.id, entry.title, entry.body) for entry in entries),
        )

    def remove(self, ids: Iterable[int]) -> None:
        """Take entries out; unknown ids do no harm."""
        self._db.conn.executemany("DELETE FROM passages_fts WHERE rowid = ?", ((one,) for one in ids))

    def search(self, terms: Iterable[str], limit: int, allowed: Allowed) -> list[tuple[int, float]]:
        """The entries that hold any of the terms, best BM25 first: (id, score), higher is better."""
        match = match_expression(terms)
        if not match:
            return []
        self._db.conn.create_function("allowed", 1, allowed, deterministic=True)
        rows = self._db.execute(
            "SELECT rowid, -bm25(passages_fts) AS score FROM passages_fts"
            " WHERE passages_fts MATCH ? AND allowed(rowid) ORDER BY score DESC, rowid LIMIT ?",
            (match, limit),
        )
        return [(id_, score) for id_, score in rows]

    def holding_all(self, groups: Iterable[Sequence[str]], allowed: Allowed) -> list[int]:
        """The ids of the entries that hold, in headline or body, at least one term of every group."""
        wanted = [match_expression(group) for group in groups]
        if not wanted or not all(wanted):
            return []
        self._db.conn.create_function("allowed", 1, allowed, deterministic=True)
        rows = self._db.execute(
            "SELECT rowid FROM passages_fts WHERE passages_fts MATCH ? AND allowed(rowid) ORDER BY rowid",
            (" AND ".join(f"({group})" for group in wanted),),
        )
        return [row[0] for row in rows]

    def entries(self, ids: Sequence[int]) -> Mapping[int, Entry]:
        """Entries by id; unknown ids are left out."""
        marks = ",".join("?" * len(ids))
        rows = self._db.execute(f"SELECT rowid, title, body FROM passages_fts WHERE rowid IN ({marks})", tuple(ids))
        return {id_: Entry(id_, title, body) for id_, title, body in rows}

    def frequencies(self, terms: Iterable[str]) -> dict[str, int]:
        """In how many entries each term stands; 0 where in none."""
        wanted = list(dict.fromkeys(terms))
        marks = ",".join("?" * len(wanted))
        rows = self._db.execute(f"SELECT term, doc FROM passages_vocab WHERE term IN ({marks})", wanted)
        known = dict(rows.fetchall())
        return {term: int(known.get(term, 0)) for term in wanted}

    def vocabulary(self) -> Iterator[tuple[str, int]]:
        """Every term and in how many entries it stands."""
        yield from self._db.execute("SELECT term, doc FROM passages_vocab")

    def __len__(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM passages_fts").fetchone()[0])

    def optimize(self) -> None:
        """Rewrite the index, so that it holds no trace of what was taken out."""
        self._db.execute("INSERT INTO passages_fts(passages_fts) VALUES ('optimize')")

    def close(self) -> None:
        """Nothing is held: the connection is the caller's."""


def match_expression(terms: Iterable[str]) -> str:
    """Any of the terms, each quoted so that nothing in a question can be read as syntax."""
    return " OR ".join('"' + term.replace('"', '""') + '"' for term in dict.fromkeys(terms) if term)
