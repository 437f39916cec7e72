"""Questions with known answers from a JSONL file, and what the archive makes of them.

Called by `evaluate`, `calibrate` and the quality gate. A line that is no such question is reported and left out. Must
not know the terminal.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.terminal.batch import BadLine, read, record_of
from bot.terminal.exit_status import UsageError
from index.archive import Archive
from index.quality.judge import Case, Kind, Outcome, judge

QUOTES = 10  # looked at for each question

Follow = Callable[[Sequence[Case]], Iterable[Case]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The questions of a file, the digest of its bytes, and what is wrong with the lines left out."""

    name: str
    sha256: str
    cases: tuple[Case, ...]
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of asking every case. `broken` names the quotes that are not, word for word, what the archive holds."""

    outcomes: tuple[Outcome, ...]
    quotes: int
    broken: tuple[str, ...]

    @property
    def exactness(self) -> float:
        """The share of the quotes that are exact: 1.0, or something is badly wrong."""
        return 1 - len(self.broken) / self.quotes if self.quotes else 1.0


def read_sheet(path: Path) -> Sheet:
    """The questions of a JSONL file. UsageError where it cannot be read or holds none."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or 'cannot be read'}") from None
    cases: dict[str, Case] = {}
    left_out: list[str] = []
    for number, line in enumerate(io.BytesIO(raw), 1):
        try:
            case = case_of(line, number)
            if case.id in cases:
                raise BadLine(f"id {case.id} was used before")
            cases[case.id] = case
        except BadLine as error:
            left_out.append(f"{path.name} line {number}: {error}")
    if not cases:
        cure = left_out[0] if left_out else "the file is empty"
        raise UsageError(f"{path}: no question with a known answer in it; {cure}")
    return Sheet(path.name, hashlib.sha256(raw).hexdigest(), tuple(cases.values()), tuple(left_out))


def case_of(line: bytes, number: int) -> Case:
    """The case of one line; without an id its number stands for it. Raises BadLine with what is missing."""
    query, record = read(line), record_of(line)
    try:
        kind = Kind(str(record.get("kind")))
    except ValueError:
        raise BadLine(f"kind is none of {', '.join(Kind)}", query.id) from None
    words = {name: _words(record, name) for name in ("answer", "evidence", "article", "speaker")}
    if kind is Kind.ANSWERABLE and not words["answer"]:
        raise BadLine("it is answerable and has no answer", query.id)
    name = str(number) if query.id is None else str(query.id)
    return Case(name, query.question, kind, as_of=query.as_of, **words)


def _words(record: dict[str, Any], name: str) -> str:
    value = record.get(name)
    if value is not None and not isinstance(value, str):
        raise BadLine(f"{name} is not a text", record.get("id"))
    return (value or "").strip()


def ask_all(
    archive: Archive,
    cases: Sequence[Case],
    *,
    top: int = QUOTES,
    without: Collection[int] = (),
    follow: Follow = iter,
) -> Trial:
    """Ask every case and judge it; each quote is read again from the archive and compared.

    `without` are ids of articles to ask as if they were not there; `follow` shows progress.
    """
    outcomes: list[Outcome] = []
    broken: list[str] = []
    quotes = 0
    for case in follow(cases):
        answer = archive.ask(case.question, as_of=case.as_of, top=top, keep=False, without=without)
        outcomes.append(judge(case, answer))
        for n, citation in enumerate(answer.quotes, 1):
            quotes += 1
            if not archive.verify(citation):
                span = citation.span
                broken.append(f"{case.id}, quote {n}: version {citation.version_id} [{span.start}, {span.end})")
    return Trial(tuple(outcomes), quotes, tuple(broken))
