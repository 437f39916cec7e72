"""What an evaluation found: as a JSON document, as tables for a terminal, and held against an earlier one.

Called by `evaluate`. Pure: a document in, renderables out; the document is all that the tables are made from, so that
what is printed and what is kept cannot differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from bot.terminal.json_answer import Document
from bot.terminal.question_file import Sheet, Trial
from bot.terminal.show import safe
from index.quality.figures import KEEP, by_type, curve, figures, floor_keeping, point, worst
from index.quality.judge import Kind, Outcome

SCHEMA = 1
NAMES = {
    "hit@1": "the first passage answers",
    "hit@3": "one of the first 3",
    "hit@5": "one of the first 5",
    "hit@10": "one of the first 10",
    "mrr@10": "mean reciprocal rank",
    "quote@1": "the first quote answers",
    "quote@3": "one of the first 3 quotes",
    "answer_in_highlight": "the answer is emphasised",
    "speaker": "the speaker is right",
    "exactness": "quotes exact to the letter",
    "answered_of_answerable": "answered of the answerable",
    "right_of_answered": "right of the answered",
    "near_miss_declined": "near misses declined",
    "absent_topic_declined": "absent topics declined",
    "near_miss_auroc": "near misses told apart (AUROC)",
    "absent_topic_auroc": "absent topics told apart (AUROC)",
    "near_miss_declined_at_90": "near misses declined, 90 % kept",
    "absent_topic_declined_at_90": "absent topics declined, 90 % kept",
}


@dataclass(frozen=True, slots=True)
class Setting:
    """What the archive was when it was asked."""

    generation: int
    articles: int
    passages: int
    model: str | None
    fingerprint: str | None
    floor: float
    origin: str  # of the floor


def document(sheet: Sheet, trial: Trial, setting: Setting) -> Document:
    """Everything an evaluation found, ready for JSON and for a later comparison."""
    outcomes = trial.outcomes
    answerable = [one.confidence for one in outcomes if one.kind is Kind.ANSWERABLE]
    at = {setting.origin: setting.floor}
    if answerable:
        at["keeps 90 %"] = floor_keeping(answerable, KEEP)
    return {
        "schema": SCHEMA,
        "questions": {
            "file": sheet.name,
            "sha256": sheet.sha256,
            "count": len(outcomes),
            "kinds": {kind.value: sum(one.kind is kind for one in outcomes) for kind in Kind},
            "left_out": list(sheet.left_out),
        },
        "archive": asdict(setting),
        "figures": _rounded(figures(outcomes) | {"exactness": trial.exactness}),
        "quotes": trial.quotes,
        "broken": list(trial.broken),
        "types": {name: _rounded(row) for name, row in by_type(outcomes).items()},
        "floors": [{"name": name} | _rounded(asdict(point(outcomes, floor))) for name, floor in at.items()],
        "curve": [_rounded(asdict(one)) for one in curve(outcomes)],
        "worst": [one.id for one in worst(outcomes)],
        "outcomes": [_outcome(one) for one in outcomes],
    }


def _outcome(one: Outcome) -> Document:
    facts = asdict(one) | {"right": one.right, "merit": list(one.merit)}
    return facts | {"confidence": round(one.confidence, 6), "fault": one.fault.value if one.fault else None}


def _rounded(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: _rounded(value) if isinstance(value, Mapping) else round(value, 6) if isinstance(value, float) else value
        for name, value in row.items()
    }


# -- tables -----------------------------------------------------------------------------------------------------------


def tables(found: Document, worst_shown: int, old: Document | None = None) -> Iterator[Table]:
    """The tables of an evaluation; with `old` also how each figure moved and which questions did."""
    yield figure_table(found, old)
    yield _floor_table(found["floors"])
    yield _type_table(found["types"])
    faulty = [one for one in _by_id(found, found["worst"]) if one]
    if faulty and worst_shown:
        yield _worst_table(faulty[:worst_shown], len(faulty))
    if old is not None:
        yield _moved_table(moved(old, found))


def figure_table(found: Document, old: Document | None = None) -> Table:
    """Every figure by its plain name, with its change where there is an earlier one."""
    kinds = found["questions"]["kinds"]
    title = f"{found['questions']['file']}: " + ", ".join(f"{count} {kind}" for kind, count in kinds.items())
    table = _table(title, "figure", "", "value", *(["was", "change"] if old else []))
    for name, words in NAMES.items():
        if name in found["figures"]:
            value = found["figures"][name]
            table.add_row(name, words, f"{value:.3f}", *(_change(value, old["figures"].get(name)) if old else ()))
    return table


def _change(value: float, was: float | None) -> tuple[str, Text]:
    if was is None:
        return "", Text("new")
    style = "green" if value > was else "red"
    return f"{was:.3f}", Text(f"{value - was:+.3f}", style) if abs(value - was) > 5e-4 else Text("=")


def _floor_table(floors: Sequence[Document]) -> Table:
    table = _table("At a floor of", "floor", "", "answered", "right of these", "answerable kept", *_declined_heads())
    for row in floors:
        shares = (f"{row[name]:.3f}" for name in ("answered", "right", "kept"))
        table.add_row(f"{row['floor']:.3f}", row["name"], *shares, *_declined(row["declined"]))
    return table


def _declined_heads() -> tuple[str, str]:
    return "near misses declined", "absent topics declined"


def _declined(shares: Mapping[str, float]) -> tuple[str, ...]:
    return tuple(f"{shares[kind]:.3f}" if kind in shares else "-" for kind in (Kind.NEAR_MISS, Kind.ABSENT))


def _type_table(types: Mapping[str, Mapping[str, float]]) -> Table:
    heads = ("questions", "hit@1", "quote@1", "answer_in_highlight", "answered")
    table = _table("Answerable questions by what they ask for", "asks", *heads)
    for name, row in types.items():
        table.add_row(name, str(row["questions"]), *(f"{row[head]:.3f}" for head in heads[1:]))
    return table


def _worst_table(faulty: Sequence[Document], total: int) -> Table:
    table = _table(
        f"Where it went wrong ({len(faulty)} of {total})", "id", "confidence", "reason", "question", "quoted"
    )
    for one in faulty:
        table.add_row(
            _plain(one["id"]),
            f"{one['confidence']:.3f}",
            one["fault"],
            _plain(one["question"], 70),
            _plain(one["quoted"], 45),
        )
    return table


def _table(title: str, *heads: str) -> Table:
    table = Table(*heads, title=_plain(title, 200), title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    for column in table.columns:
        column.overflow = "fold"
    return table


def _plain(words: str, most: int = 40) -> str:
    """Words of other people, safe for a table: no control signs, cut."""
    short = words if len(words) <= most else f"{words[: most - 1]}…"
    return safe(" ".join(short.split()))


# -- comparing --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Moved:
    """A question that went better or worse than before, and how it went then and now."""

    id: str
    question: str
    better: bool
    then: str
    now: str


def moved(old: Document, new: Document) -> list[Moved]:
    """The questions in both whose outcome changed, those that got worse first."""
    before = {one["id"]: one for one in old["outcomes"]}
    found = []
    for one in new["outcomes"]:
        was = before.get(one["id"])
        if was and was["question"] == one["question"] and list(was["merit"]) != list(one["merit"]):
            better = list(one["merit"]) > list(was["merit"])
            found.append(Moved(one["id"], one["question"], better, _told(was), _told(one)))
    return sorted(found, key=lambda change: (change.better, change.id))


def _told(outcome: Document) -> str:
    words = outcome["fault"] or "right"
    rank = outcome["passage_rank"]
    return f"{words} (rank {rank})" if rank and rank > 1 else str(words)


def _moved_table(changes: Sequence[Moved]) -> Table:
    better = sum(one.better for one in changes)
    title = f"Against the earlier run: {better} better, {len(changes) - better} worse"
    table = _table(title, "id", "", "was", "is", "question")
    for one in changes:
        table.add_row(
            _plain(one.id),
            Text("better", "green") if one.better else Text("worse", "red"),
            one.then,
            one.now,
            _plain(one.question, 60),
        )
    return table


def comparable(old: Document, new: Document) -> str:
    """What makes a comparison doubtful, "" where nothing does."""
    if old["questions"]["sha256"] != new["questions"]["sha256"]:
        return "the earlier run asked other questions: only those in both are compared, and figures only roughly"
    if old["archive"]["fingerprint"] != new["archive"]["fingerprint"]:
        return "the earlier run used another model"
    return ""


def _by_id(found: Document, ids: Sequence[str]) -> list[Document | None]:
    table = {one["id"]: one for one in found["outcomes"]}
    return [table.get(name) for name in ids]
