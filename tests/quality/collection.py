"""A collection of news articles as the archive would hold it, for training: passages, full text, candidates, vectors.

Used by train.py alone. It goes the archive's own way from article to features (clean, segment, terms, features), but
keeps its passages in one pickle and its full text in one SQLite file, so that hundreds of questions take minutes.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import pickle
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from multiprocessing import Pool
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.clean.article import clean
from index.clean.sentences import passages, sentences
from index.datatypes import Label, PartialDate, Record
from index.errors import ArchiveError
from index.language.terms import terms
from index.question.analysis import Question, analyse
from index.question.times import read_times
from index.runs.ingest import embedded_text
from index.search.features import Candidate, ages, features
from index.search.retrieve import LEG, POOL, youth
from index.search.term_matches import Statistics

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Piece:
    """A passage: its article (place in the collection), its text, label, start and terms."""

    article: int
    text: str
    label: Label
    start: int
    terms: list[str]


@dataclass(slots=True)
class Collection:
    """Articles and their passages; passage n + 1 of the full text is pieces[n]."""

    articles: list[Json]  # title, url, published, title_terms
    pieces: list[Piece]
    frequency: dict[str, int]
    text: sqlite3.Connection
    vectors: dict[int, NDArray[np.float32]] = field(default_factory=dict)
    matrix: NDArray[np.float32] | None = None  # of all passages, where each has its vector

    def statistics(self) -> Statistics:
        """How common terms are."""
        return Statistics(len(self.pieces), lambda term: self.frequency.get(term, 0))

    def input(self, n: int) -> str:
        """What is embedded of piece n."""
        return embedded_text(self.articles[self.pieces[n].article]["title"], self.pieces[n].text)


def load(source: Path, cache: Path) -> Collection:
    """The collection of `source` (articles.jsonl.gz), built once and then read from `cache`."""
    cache.mkdir(parents=True, exist_ok=True)
    pickled, text = cache / "pieces.pickle", cache / "text.db"
    if not pickled.exists():
        with gzip.open(source, "rt", encoding="utf-8") as lines:
            records = [json.loads(line) for line in lines]
        with Pool(2) as pool:
            built = pool.map(_read, enumerate(records), chunksize=50)
        articles = [article for article, _ in built]
        pieces = [piece for _, found in built for piece in found]
        frequency = _write_text(text, articles, pieces)
        pickled.write_bytes(pickle.dumps((articles, pieces, frequency)))
    articles, pieces, frequency = pickle.loads(pickled.read_bytes())
    return Collection(articles, pieces, frequency, sqlite3.connect(text))


def _read(numbered: tuple[int, Json]) -> tuple[Json, list[Piece]]:
    """One article as the archive reads it; one that cannot be read has no passages."""
    n, record = numbered
    article = {"title": record["title"], "url": record["url"], "published": record["published"], "title_terms": []}
    fields = {name: record[name] for name in ("title", "authors", "published", "url")} | {"language": "en"}
    try:
        manuscript = clean(Record(key=str(n), format="text", body=record["text"], fields=fields))
    except ArchiveError:
        return article, []
    article["title"] = manuscript.metadata.title
    article["title_terms"] = terms(manuscript.metadata.title, "en")
    text = manuscript.text
    found = passages(text, sentences(text, manuscript.labels, "en"))
    return article, [Piece(n, span.of(text), label, span.start, terms(span.of(text), "en")) for span, label in found]


def _write_text(path: Path, articles: Sequence[Json], pieces: Sequence[Piece]) -> dict[str, int]:
    """Fill the full text; the number of passages with each term."""
    path.unlink(missing_ok=True)
    db = sqlite3.connect(path)
    db.execute("CREATE VIRTUAL TABLE full USING fts5(title, body, tokenize='unicode61')")
    db.execute("CREATE TABLE days (id INTEGER PRIMARY KEY, article INTEGER, published TEXT)")
    for n, piece in enumerate(pieces, 1):
        article = articles[piece.article]
        row = (n, " ".join(article["title_terms"]), " ".join(piece.terms))
        db.execute("INSERT INTO full (rowid, title, body) VALUES (?, ?, ?)", row)
        db.execute("INSERT INTO days VALUES (?, ?, ?)", (n, piece.article, article["published"]))
    db.execute("CREATE VIRTUAL TABLE vocabulary USING fts5vocab(full, row)")
    db.commit()
    return {term: count for term, count, _ in db.execute("SELECT * FROM vocabulary")}


def read_vectors(collection: Collection, path: Path) -> None:
    """Take the vectors that the SQLite file `path` holds: table v (sha256 of the embedded text, float32 bytes)."""
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as db:
        stored = dict(db.execute("SELECT k, v FROM v"))
    for n in range(len(collection.pieces)):
        blob = stored.get(hashlib.sha256(collection.input(n).encode()).digest())
        if blob is not None:
            collection.vectors[n] = np.frombuffer(blob, np.float32)
    if len(collection.vectors) == len(collection.pieces):
        collection.matrix = np.stack([collection.vectors[n] for n in range(len(collection.pieces))])


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its candidates, their features, and which of them hold the answer (bool)."""

    record: Json
    question: Question
    candidates: list[Candidate]
    table: NDArray[np.float64]
    hits: NDArray[np.bool_]


def ask(
    collection: Collection,
    record: Json,
    *,
    vector: NDArray[np.float32] | None = None,
    dropped: frozenset[int] = frozenset(),
    is_hit: Any,
) -> Asked:
    """Candidates and features of one question as of its day, without the articles in `dropped`."""
    as_of = date.fromisoformat(record["date"])
    question = analyse(record["question"], "en", read_times(record["question"], "en", as_of))
    candidates = _candidates(collection, question, record["date"], vector, dropped)
    table = features(question, candidates, as_of=as_of, newest=as_of, statistics=collection.statistics())
    hits = np.array([is_hit(record, candidate.text) for candidate in candidates], dtype=bool)
    return Asked(record, question, candidates, table, hits)


def _candidates(
    collection: Collection,
    question: Question,
    day: str,
    vector: NDArray[np.float32] | None,
    dropped: frozenset[int],
) -> list[Candidate]:
    """The union of both legs, the best POOL of it by their weighted sum; by words alone where vectors are missing."""
    scores = text_leg(collection, question, day, dropped, LEG)
    cosines: dict[int, float] = {}
    if vector is not None and collection.matrix is not None:
        allowed = (n for n in np.argsort(-(collection.matrix @ vector)) if _allowed(collection, int(n), day, dropped))
        cosines = {int(n): 0.0 for n, _ in zip(allowed, range(POOL), strict=False)}
    pool = list(scores.keys() | cosines.keys())
    if vector is not None:
        cosines = {n: float(collection.vectors[n] @ vector) for n in pool if n in collection.vectors}
    best = max(scores.values(), default=1.0)
    age, _ = ages(question, [_published(collection, n) for n in pool], date.fromisoformat(day))
    young = dict(zip(pool, youth(age).tolist(), strict=True))
    pool.sort(key=lambda n: (-0.6 * scores.get(n, 0.0) / best - 0.4 * cosines.get(n, 0.0) - young[n], n))
    return [_candidate(collection, n, scores.get(n, 0.0), cosines.get(n)) for n in pool[:POOL]]


def _published(collection: Collection, n: int) -> PartialDate:
    return PartialDate(collection.articles[collection.pieces[n].article]["published"])


def _allowed(collection: Collection, n: int, day: str, dropped: frozenset[int]) -> bool:
    article = collection.pieces[n].article
    return article not in dropped and str(collection.articles[article]["published"]) <= day


def text_leg(
    collection: Collection, question: Question, day: str, dropped: Iterable[int], size: int = POOL
) -> dict[int, float]:
    """Piece -> BM25 of the `size` best by words, published up to `day`."""
    wanted = " OR ".join(f'"{term}"' for term in dict.fromkeys(term.term for term in question.content))
    query = """
        SELECT full.rowid - 1, -bm25(full, 1.0, 1.0) AS score, days.article
        FROM full JOIN days ON days.id = full.rowid
        WHERE full MATCH ? AND days.published <= ? ORDER BY score DESC LIMIT ?
    """
    rows = collection.text.execute(query, (wanted, day, size * 4 if dropped else size))
    kept = [(n, score) for n, score, article in rows if article not in dropped]
    return dict(kept[:size])


def _candidate(collection: Collection, n: int, bm25: float, cosine: float | None) -> Candidate:
    piece = collection.pieces[n]
    article = collection.articles[piece.article]
    return Candidate(
        passage_id=n,
        article_id=piece.article,
        label=piece.label,
        text=piece.text,
        title=article["title"],
        terms=piece.terms,
        title_terms=article["title_terms"],
        bm25=bm25,
        cosine=cosine,
        published=_published(collection, n),
        start=piece.start,
    )
