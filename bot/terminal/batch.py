"""Many questions from a JSONL file: one line in, one line out, in the same order.

Called by `ask --batch`. A line that is no question costs its own line only: it becomes {"id", "error"}. Must not know
the terminal.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.terminal.json_answer import answer_document, line
from index.datatypes import Answer
from index.errors import ArchiveError

logger = logging.getLogger(__name__)

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class BadLine(ValueError):
    """A line of the batch that asks nothing; `id` is its name where it could be read."""

    def __init__(self, reason: str, id: object = None) -> None:
        super().__init__(reason)
        self.id = id


@dataclass(frozen=True, slots=True)
class Query:
    """One line of a batch: the question, the asker's own name for it, the day it is asked as of."""

    question: str
    id: object = None
    as_of: date | None = None


def answers(lines: Iterable[bytes], ask: Callable[[Query], Answer]) -> Iterator[str]:
    """For every line one line of JSON: the answer, or what is wrong with the line."""
    for raw in lines:
        try:
            query = read(raw)
        except BadLine as error:
            yield line({"id": error.id, "error": str(error)})
            continue
        try:
            yield line(answer_document(ask(query), query.id))
        except ArchiveError as error:
            yield line({"id": query.id, "error": str(error)})
        except Exception as error:
            logger.exception("a question could not be answered")
            yield line({"id": query.id, "error": f"this should not have happened ({type(error).__name__})"})


def read(raw: bytes) -> Query:
    """The question of one line. Raises BadLine."""
    record = record_of(raw)
    id, question, day = record.get("id"), record.get("question"), record.get("date")
    if id is not None and not isinstance(id, str | int):
        raise BadLine("id is neither a text nor a whole number")
    if "question" not in record:
        raise BadLine("there is no question in it", id)
    if not isinstance(question, str) or not question.strip():
        raise BadLine("question is not a text with words in it", id)
    if not encodable(question):
        raise BadLine("question is not valid Unicode", id)
    try:
        return Query(question, id, day_of(day) if day is not None else None)
    except ValueError as error:
        raise BadLine(f"date {error}", id) from None


def day_of(words: object) -> date:
    """The day written as YYYY-MM-DD. Raises ValueError with the cure."""
    try:
        if isinstance(words, str) and _DAY.fullmatch(words):
            return date.fromisoformat(words)
    except ValueError:
        pass  # 2017-02-30
    raise ValueError(f"{str(words)[:40]!r} is not a day written as YYYY-MM-DD")


def encodable(words: str) -> bool:
    """Whether `words` can be written as UTF-8: no half of a surrogate pair."""
    try:
        words.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def record_of(raw: bytes) -> dict[str, Any]:
    """The object on one line. Raises BadLine."""
    try:
        record = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise BadLine("the line is not UTF-8 text") from None
    except (ValueError, RecursionError):
        raise BadLine("the line is not JSON" if raw.strip() else "the line is empty") from None
    if not isinstance(record, dict):
        raise BadLine('the line is not an object like {"question": "..."}')
    return record
