"""Answers in the database: what was said, as version, span and sha256, never as text."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlite_utils import Database

from index.datatypes import (
    Answer,
    AnswerKind,
    Citation,
    Filter,
    FilterField,
    Label,
    Notice,
    NoticeKind,
    PartialDate,
    Span,
    Withheld,
)
from index.errors import NotFound
from index.store.articles import now


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept citation: where its words stand, and the sha256 they must have."""

    version_id: int
    span: Span
    sha256: str
    highlight: Span | None
    kind: Label
    passage: Span
    score: float
    withheld: Withheld | None
    newer: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """A kept answer; `question` is None once it was erased. `closest` are article ids."""

    id: str
    question: str | None
    as_of: date | None
    lang: str
    kind: AnswerKind
    confidence: float
    notices: tuple[Notice, ...]
    filters: tuple[Filter, ...]
    closest: tuple[int, ...]
    newest: PartialDate | None
    generation: int
    citations: tuple[Kept, ...]


def put(db: Database, answer: Answer) -> None:
    """Keep an answer and where its quotes stand."""
    db.execute(
        "INSERT INTO answers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            answer.id,
            answer.question,
            now(),
            answer.as_of and answer.as_of.isoformat(),
            answer.lang,
            answer.kind,
            answer.confidence,
            json.dumps([[notice.kind, dict(notice.values)] for notice in answer.notices], ensure_ascii=False),
            json.dumps([[f.field, f.value, f.source] for f in answer.filters], ensure_ascii=False),
            json.dumps([shown.id for shown in answer.closest]),
            answer.newest_article and answer.newest_article.text,
            answer.generation,
        ),
    )
    db.conn.executemany(
        "INSERT INTO citations VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(answer.id, n, *_row(citation)) for n, citation in enumerate(answer.quotes)],
    )


def get(db: Database, answer_id: str) -> KeptAnswer:
    """A kept answer. Raises NotFound."""
    row = db.execute(
        "SELECT question, as_of, lang, kind, confidence, notices, filters, closest, newest, generation"
        " FROM answers WHERE id = ?",
        (answer_id,),
    ).fetchone()
    if row is None:
        raise NotFound("This answer is not known here.")
    question, as_of, lang, kind, confidence, notices, filters, closest, newest, generation = row
    return KeptAnswer(
        answer_id,
        question,
        date.fromisoformat(as_of) if as_of else None,
        lang,
        AnswerKind(kind),
        confidence,
        tuple(Notice(NoticeKind(name), values) for name, values in json.loads(notices)),
        tuple(Filter(FilterField(name), value, source) for name, value, source in json.loads(filters)),
        tuple(json.loads(closest)),
        PartialDate(newest) if newest else None,
        generation,
        _citations(db, answer_id),
    )


@dataclass(frozen=True, slots=True)
class Put:
    """A question whose words are kept, and what came of it. `question` is whole where it leaned on another."""

    answer_id: str
    question: str
    asked_at: datetime
    lang: str
    kind: AnswerKind
    closest: tuple[int, ...]
    generation: int


def put_to(db: Database, answer_ids: Sequence[str]) -> tuple[Put, ...]:
    """The questions of these answers whose words are kept, the newest first."""
    rows = db.execute(
        "SELECT id, question, asked_at, lang, kind, closest, generation, notices FROM answers"
        " WHERE question IS NOT NULL AND id IN (SELECT value FROM json_each(?)) ORDER BY asked_at DESC, id",
        (json.dumps(list(answer_ids)),),
    )
    return tuple(
        Put(
            id_,
            _whole(question, json.loads(notices)),
            datetime.fromisoformat(at),
            lang,
            AnswerKind(kind),
            tuple(json.loads(closest)),
            generation,
        )
        for id_, question, at, lang, kind, closest, generation, notices in rows.fetchall()
    )


def _whole(question: str, notices: Sequence[Any]) -> str:
    assumed = (values.get("question") for kind, values in notices if kind == NoticeKind.FOLLOW_UP)
    return next((words for words in assumed if words), question)


def outcomes(db: Database, since: datetime) -> dict[str, tuple[AnswerKind, bool]]:
    """What came of the questions since then, by answer: its kind, and whether it listed articles."""
    limit = since.astimezone(UTC).isoformat(timespec="seconds")
    rows = db.execute("SELECT id, kind, closest != '[]' FROM answers WHERE asked_at >= ?", (limit,))
    return {id_: (AnswerKind(kind), bool(listed)) for id_, kind, listed in rows.fetchall()}


def quoting(db: Database, article_id: int) -> tuple[str, ...]:
    """The ids of kept answers that quote any version of the article, or list it."""
    rows = db.execute(
        "SELECT DISTINCT c.answer_id FROM citations c JOIN versions v ON v.id = c.version_id WHERE v.article_id = ?"
        " UNION SELECT a.id FROM answers a, json_each(a.closest) j WHERE j.value = ?",
        (article_id, article_id),
    )
    return tuple(row[0] for row in rows)


_ERASE = "UPDATE answers SET question = NULL, notices = '[]', filters = '[]'"


def forget_questions(db: Database, answer_ids: Sequence[str]) -> None:
    """Erase the words of these questions, also those in what was assumed of them."""
    db.conn.executemany(f"{_ERASE} WHERE id = ?", [(id_,) for id_ in answer_ids])


def expire_questions(db: Database, days: int) -> int:
    """Erase the words of questions older than so many days; returns how many."""
    limit = (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="seconds")
    cursor = db.execute(f"{_ERASE} WHERE question IS NOT NULL AND asked_at < ?", (limit,))
    return int(cursor.rowcount)


def forget_titles(db: Database, answer_ids: Sequence[str], titles: Sequence[str]) -> None:
    """Erase the notices of these answers, and of all others that name one of the titles."""
    db.conn.executemany("UPDATE answers SET notices = '[]' WHERE id = ?", [(id_,) for id_ in answer_ids])
    for title in titles:
        db.execute(
            "UPDATE answers SET notices = '[]' WHERE instr(notices, ?)", (json.dumps(title, ensure_ascii=False),)
        )


def _citations(db: Database, answer_id: str) -> tuple[Kept, ...]:
    rows = db.execute(
        'SELECT version_id, start, "end", sha256, highlight_start, highlight_end, kind, passage_start, passage_end,'
        " score, withheld, newer FROM citations WHERE answer_id = ? ORDER BY n",
        (answer_id,),
    )
    return tuple(_kept(row) for row in rows)


def _kept(row: Sequence[Any]) -> Kept:
    version_id, start, end, digest, first, last, kind, passage_start, passage_end, score, withheld, newer = row
    highlight = None if first is None else Span(first, last)
    passage = Span(passage_start, passage_end)
    later, why = tuple(json.loads(newer)), Withheld(withheld) if withheld else None
    return Kept(version_id, Span(start, end), digest, highlight, Label(kind), passage, score, why, later)


def _row(citation: Citation) -> tuple[Any, ...]:
    return (
        citation.version_id,
        citation.span.start,
        citation.span.end,
        citation.sha256,
        citation.highlight and citation.highlight.start,
        citation.highlight and citation.highlight.end,
        citation.kind,
        citation.passage.start,
        citation.passage.end,
        citation.score,
        citation.withheld,
        json.dumps([card.id for card in citation.newer]),
    )
