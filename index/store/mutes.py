"""Meanings of questions that editors do not want to hear of again: vectors and digests of terms, never words."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from index.store.articles import now

Vector = NDArray[np.float32]

DIGEST_BYTES = 8


@dataclass(frozen=True, slots=True)
class Meaning:
    """One question of a mute: its vector by the model of that fingerprint (None without), and its terms, digested."""

    model: str
    vector: Vector | None
    salt: bytes
    terms: frozenset[str]

    def digests(self, terms: Iterable[str]) -> frozenset[str]:
        """Other terms, digested alike so that they can be compared."""
        return digests(terms, self.salt)


@dataclass(frozen=True, slots=True)
class Mute:
    """Questions that were muted together, and when."""

    id: int
    at: datetime
    meanings: tuple[Meaning, ...]


def digests(terms: Iterable[str], salt: bytes) -> frozenset[str]:
    """Terms as salted digests: equal for equal terms, and no words."""
    return frozenset(hashlib.blake2b(term.encode(), digest_size=DIGEST_BYTES, salt=salt).hexdigest() for term in terms)


def meaning(model: str, vector: Vector | None, terms: Iterable[str]) -> Meaning:
    """What is kept of a question."""
    salt = secrets.token_bytes(hashlib.blake2b.SALT_SIZE)
    return Meaning(model, vector, salt, digests(terms, salt))


def put(db: Database, meanings: Sequence[Meaning], by: str) -> int:
    """Keep a mute; its number."""
    cursor = db.execute('INSERT INTO mutes (at, "by") VALUES (?, ?)', (now(), by))
    number = int(cursor.lastrowid or 0)
    for one in meanings:
        vector = None if one.vector is None else one.vector.astype("<f4").tobytes()
        row = (number, one.model, vector, one.salt, json.dumps(sorted(one.terms)))
        db.execute("INSERT INTO mute_meanings VALUES (?, ?, ?, ?, ?)", row)
    return number


def drop(db: Database, number: int) -> bool:
    """Forget a mute; False where there is none of that number."""
    return bool(db.execute("DELETE FROM mutes WHERE id = ?", (number,)).rowcount)


def every(db: Database) -> tuple[Mute, ...]:
    """All mutes, the last one first."""
    found: dict[int, list[Meaning]] = {}
    rows = db.execute("SELECT mute_id, model, vector, salt, terms FROM mute_meanings").fetchall()
    for number, model, vector, salt, terms in rows:
        unit = None if vector is None else np.frombuffer(vector, dtype="<f4").astype(np.float32)
        found.setdefault(number, []).append(Meaning(model, unit, salt, frozenset(json.loads(terms))))
    mutes = db.execute("SELECT id, at FROM mutes ORDER BY id DESC").fetchall()
    return tuple(Mute(number, datetime.fromisoformat(at), tuple(found.get(number, ()))) for number, at in mutes)
