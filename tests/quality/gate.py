"""The quality gate: what the archive reached over fixed questions and articles, it must go on reaching.

    python -m tests.quality.gate sample                              within `make test`, too
    python -m tests.quality.gate newsqa holes --newsqa ../shared/newsqa     `make quality`
    ... --raise                      measure anew: floors rise to just below what was reached, none falls
    ... --lower --reason "WHY"       floors fall to just below what was reached; the reason is kept in floors.json

A floor belongs to its data: where questions or articles changed, nothing passes until somebody measures anew.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import logging
import sys
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.terminal.question_file import Trial, ask_all, read_sheet
from index.archive import Archive
from index.quality.figures import figures
from index.quality.judge import Kind, Outcome
from index.vectors.embedder import embedded

ROOT = Path(__file__).parents[2]
FLOORS = Path(__file__).with_name("floors.json")
SAMPLE = ROOT / "index" / "sample"

Entry = dict[str, Any]  # of floors.json: digest, slack, floors, lowered


@dataclass(frozen=True, slots=True)
class Data:
    """What figures are measured on: articles, questions, the urls left out; `slack` is in questions."""

    name: str
    articles: Path
    questions: Path
    drop: Path | None
    slack: int

    @property
    def files(self) -> list[Path]:
        """Every file that the figures depend on."""
        articles = sorted(self.articles.iterdir()) if self.articles.is_dir() else [self.articles]
        return [*articles, self.questions, *([self.drop] if self.drop else [])]


@dataclass(frozen=True, slots=True)
class Measured:
    """What was reached on which data: figure -> value, and how much one question more or less makes of it."""

    digest: str
    figures: Mapping[str, float]
    question: Mapping[str, float]


def datasets(newsqa: Path | None) -> dict[str, Data]:
    """The data there is a gate for, by name; those over real news only where they are."""
    found = {"sample": Data("sample", SAMPLE / "articles", SAMPLE / "questions.jsonl", None, 2)}
    if newsqa is not None:
        articles, holes = newsqa / "articles.jsonl.gz", newsqa / "holes"
        found["newsqa"] = Data("newsqa", articles, newsqa / "questions.jsonl", None, 2)
        found["holes"] = Data("holes", articles, holes / "questions.jsonl", holes / "drop.txt", 2)
    return found


# -- floors, pure -----------------------------------------------------------------------------------------------------


def problems(name: str, entry: Entry | None, measured: Measured) -> list[str]:
    """Why the gate is shut, a line a reason with its cure; empty where it is open."""
    anew = f"python -m tests.quality.gate {name} --raise"
    if not entry:
        return [f"{name}: no floors yet; {anew}"]
    if entry["digest"] != measured.digest:
        return [f"{name}: questions or articles changed since the floors were measured; {anew}"]
    return [f"{name}: {words}" for words in _below(entry["floors"], measured.figures)]


def _below(floors: Mapping[str, float], reached: Mapping[str, float]) -> Iterator[str]:
    for figure, floor in floors.items():
        value = reached.get(figure)
        if value is None:
            yield f"{figure} is not measured any more, its floor is {floor:.4f}"
        elif value < floor:
            yield f"{figure} is {value:.4f}, below its floor of {floor:.4f}"


def raised(entry: Entry | None, measured: Measured, slack: int) -> Entry:
    """The entry with every floor at least as high as before. ValueError where a figure fell below its floor."""
    entry = entry or {"floors": {}, "lowered": []}
    fallen = list(_below(entry["floors"], measured.figures))
    if fallen:
        raise ValueError(f'{"; ".join(fallen)}: lowering takes --lower --reason "..."')
    new = _floors(measured, slack)
    floors = {figure: max(new[figure], entry["floors"].get(figure, 0.0)) for figure in new}
    return {"digest": measured.digest, "floors": floors, "lowered": entry["lowered"]}


def lowered(entry: Entry | None, measured: Measured, slack: int, reason: str, day: date) -> Entry:
    """The entry with the floors that are not reached lowered, the reason kept. ValueError without a reason."""
    if not reason.strip():
        raise ValueError('a floor is lowered for a reason: --lower --reason "..."')
    entry = entry or {"floors": {}, "lowered": []}
    new = _floors(measured, slack)
    fallen = {
        figure: [floor, new.get(figure)]
        for figure, floor in entry["floors"].items()
        if measured.figures.get(figure, -1.0) < floor
    }
    if not fallen:
        raise ValueError("no figure is below its floor: there is nothing to lower")
    kept = {figure: floor for figure, floor in entry["floors"].items() if figure not in fallen}
    note = {"day": day.isoformat(), "reason": reason.strip(), "floors": fallen}
    floors = {figure: max(value, kept.get(figure, 0.0)) for figure, value in new.items()}
    return {"digest": measured.digest, "floors": floors, "lowered": [*entry["lowered"], note]}


def _floors(measured: Measured, slack: int) -> dict[str, float]:
    """Just below what was reached: `slack` questions, so that a tie that falls otherwise elsewhere does no harm."""
    return {
        figure: round(max(0.0, value - slack * measured.question[figure] - 5e-4), 4) if figure != "exactness" else 1.0
        for figure, value in measured.figures.items()
    }


# -- measuring --------------------------------------------------------------------------------------------------------


def measured(data: Data, trial: Trial) -> Measured:
    """The figures of a trial, and the share of one question in each."""
    reached = figures(trial.outcomes) | {"exactness": trial.exactness}
    return Measured(digest(data.files), reached, {name: _one(name, trial.outcomes) for name in reached})


def _one(figure: str, outcomes: Sequence[Outcome]) -> float:
    """What one question more or less can make of a figure."""
    counted: Callable[[Outcome], bool] = lambda one: one.kind is Kind.ANSWERABLE  # noqa: E731
    for kind in (Kind.NEAR_MISS, Kind.ABSENT):
        if figure.startswith(kind):
            counted = lambda one, kind=kind: one.kind is kind  # noqa: E731
    if figure == "speaker":
        counted = lambda one: one.speaker is not None  # noqa: E731
    return 1 / max(1, sum(map(counted, outcomes)))


def digest(files: Iterable[Path]) -> str:
    """sha256 over names and contents; what is compressed counts by what is in it."""
    total = hashlib.sha256()
    for file in files:
        raw = file.read_bytes()
        content = gzip.decompress(raw) if file.suffix == ".gz" else raw
        total.update(f"{file.name}\n{hashlib.sha256(content).hexdigest()}\n".encode())
    return total.hexdigest()


def run(data: Data, folder: Path) -> Trial:
    """Ask every question of the archive in `folder`, which is brought up to date first."""
    cases = read_sheet(data.questions).cases
    with closing(Archive.open(folder, embedder=embedded())) as archive:
        archive.reindex([data.articles], by="quality gate")
        return ask_all(archive, cases, without=_dropped(archive, data.drop))


def _dropped(archive: Archive, drop: Path | None) -> Collection[int]:
    """The ids of the articles whose urls `drop` lists."""
    urls = set(drop.read_text("utf-8").split()) if drop else set()
    return [card.id for card in archive.articles(size=1_000_000).items if card.url in urls] if urls else []


# -- the command ------------------------------------------------------------------------------------------------------


def main(argv: Sequence[str] | None = None) -> int:
    """Run the gate: 0 where it is open, 1 where it is shut."""
    args = _parser().parse_args(argv)
    logging.basicConfig(level=logging.ERROR)
    newsqa = args.newsqa if args.newsqa and (args.newsqa / "articles.jsonl.gz").is_file() else None
    known = datasets(newsqa)
    shut = 0
    for name in args.data:
        if name not in known:
            print(
                f"{name}: not measured, because {args.newsqa or 'no folder'} holds no news questions (--newsqa FOLDER)"
            )
            continue
        with _folder(name, args.cache) as folder:
            now = measured(known[name], run(known[name], folder))
        kept = _kept()  # read anew each time: measuring takes minutes, and others write, too
        for figure, value in now.figures.items():
            floor = kept.get(name, {}).get("floors", {}).get(figure)
            print(f"{name:<7} {figure:<28} {value:.4f}" + ("" if floor is None else f"  floor {floor:.4f}"))
        shut += _judge(args, kept, known[name], now)
    return 1 if shut else 0


def _judge(args: argparse.Namespace, kept: dict[str, Entry], data: Data, now: Measured) -> int:
    """Check the floors, or move them; 1 where that fails."""
    try:
        if args.up:
            kept[data.name] = raised(kept.get(data.name), now, data.slack)
        elif args.lower:
            kept[data.name] = lowered(kept.get(data.name), now, data.slack, args.reason, date.today())
        else:
            found = problems(data.name, kept.get(data.name), now)
            print("\n".join(found) or f"{data.name}: every figure is at its floor or above")
            return 1 if found else 0
    except ValueError as error:
        print(f"{data.name}: {error}")
        return 1
    FLOORS.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", "utf-8")
    print(f"{data.name}: floors written to {FLOORS.name}")
    return 0


def _kept() -> dict[str, Entry]:
    return dict(json.loads(FLOORS.read_text("utf-8"))) if FLOORS.is_file() else {}


@contextmanager
def _folder(name: str, cache: Path) -> Iterator[Path]:
    """The data folder to index into: a fleeting one for the sample, one that stays for the thousands of articles."""
    if name == "sample":
        with tempfile.TemporaryDirectory() as fleeting:
            yield Path(fleeting)
    else:
        yield cache


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="gate", description="Hold the archive's figures against their floors.")
    parser.add_argument("data", nargs="+", choices=["sample", "newsqa", "holes"])
    parser.add_argument("--newsqa", type=Path, help="the folder of the news questions")
    parser.add_argument("--cache", type=Path, default=ROOT / "build" / "newsqa", help="where their index is kept")
    move = parser.add_mutually_exclusive_group()
    move.add_argument("--raise", dest="up", action="store_true", help="measure anew; no floor falls")
    move.add_argument("--lower", action="store_true", help="let floors fall; needs --reason")
    parser.add_argument("--reason", default="")
    return parser


if __name__ == "__main__":
    sys.exit(main())
