"""Fit the last step of ranking and say what it is worth: python -m tests.quality.train NEWSQA --cache DIR

NEWSQA holds articles.jsonl.gz, questions.jsonl, holes/, train/, score.py and gold.py of the news questions. The words'
weights are fitted on train/ alone, so every figure over questions.jsonl is of questions they have never seen; the few
numbers that bring in the cosine and the calibration are fitted on questions.jsonl in folds of whole weeks. Writes
index/search/rank.json and, under --cache, the run files that score.py reads. `--vectors FILE` is an SQLite file of
passage vectors by sha256 of what was embedded; without it everything is done by words. --dry-run writes no weights.
"""

from __future__ import annotations

import argparse
import json
import pickle
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from index.answer.highlight import SentenceView, pinpoint
from index.clean.sentences import sentences
from index.datatypes import Label, LabelledSpan
from index.language.terms import terms
from index.search.rank import doubt, is_live, read_weights
from tests.quality import fit
from tests.quality.collection import Asked, Collection, Json, ask, load, read_vectors, text_leg

FOLDS = 5
KEPT = 0.90  # of the answerable questions, by the shipped floor


def main(argv: Sequence[str] | None = None) -> None:
    """Run the whole training."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("newsqa", type=Path)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--vectors", type=Path)
    parser.add_argument("--ablate", action="store_true", help="also refit without each group of features")
    parser.add_argument(
        "--order-alone", action="store_true", help="keep the networks, fit order, calibration and floor"
    )
    parser.add_argument("--dry-run", action="store_true")
    args = parser.parse_args(argv)
    torch.set_num_threads(1)
    sys.path.insert(0, str(args.newsqa.resolve()))
    tables = tables_of(args.newsqa, args.cache, args.vectors)
    target = Path(__file__).parents[2] / "index" / "search" / "rank.json"
    kept = json.loads(target.read_text("utf-8")) if args.order_alone else None
    model, figures = train(tables, args.cache, kept)
    for line in figures:
        print(line)
    if args.ablate:
        ablation(tables)
    if not args.dry_run:
        target.write_text(json.dumps(model, separators=(",", ":")) + "\n", "utf-8")


# --- data ------------------------------------------------------------------------------------------------------------


def tables_of(newsqa: Path, cache: Path, vectors: Path | None) -> dict[str, list[Asked]]:
    """Candidates and features of every question: train and train with holes, dev and dev with holes."""
    stored = cache / "tables.pickle"
    if stored.exists():
        return dict(pickle.loads(stored.read_bytes()))
    tables = _train_tables(newsqa, cache / "train") | _dev_tables(newsqa, cache / "dev", vectors)
    stored.write_bytes(pickle.dumps(tables))
    return tables


def _questions(path: Path) -> list[Json]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _dev_tables(newsqa: Path, cache: Path, vectors: Path | None) -> dict[str, list[Asked]]:
    from score import is_hit  # type: ignore[import-not-found]  # beside the data

    collection = load(newsqa / "articles.jsonl.gz", cache)
    asked_vectors: dict[str, Any] = {}
    questions, holes = _questions(newsqa / "questions.jsonl"), _questions(newsqa / "holes" / "questions.jsonl")
    if vectors is not None:
        from index.vectors.embedder import embedded  # loads torch models

        read_vectors(collection, vectors)
        embedder = embedded()
        asked_vectors = {one["id"]: embedder.embed_question(one["question"]) for one in questions}
    urls = set((newsqa / "holes" / "drop.txt").read_text("utf-8").split())
    dropped = frozenset(n for n, article in enumerate(collection.articles) if article["url"] in urls)

    def every(records: list[Json], without: frozenset[int]) -> list[Asked]:
        return [
            ask(collection, one, vector=asked_vectors.get(one["id"]), dropped=without, is_hit=is_hit) for one in records
        ]

    return {"dev": every(questions, frozenset()), "dev holes": every(holes, dropped)}


def _train_tables(newsqa: Path, cache: Path) -> dict[str, list[Asked]]:
    from score import is_hit  # beside the data

    collection = load(newsqa / "train" / "articles.jsonl.gz", cache)
    questions = _questions(newsqa / "train" / "questions.jsonl")
    answerable = [one for one in questions if one["kind"] == "answerable"]
    dropped = _holes(collection, answerable, is_hit)
    return {
        "train": [ask(collection, one, is_hit=is_hit) for one in questions],
        "train holes": [ask(collection, one, dropped=dropped, is_hit=is_hit) for one in answerable],
    }


def _holes(collection: Collection, answerable: Sequence[Json], is_hit: Any) -> frozenset[int]:
    """The articles that hold the answers of a random half of the questions: without them these are near misses."""
    from index.question.analysis import analyse
    from index.question.times import read_times

    chooser = random.Random(5)
    dropped: set[int] = set()
    for one in answerable:
        if chooser.random() < 0.5:
            time = read_times(one["question"], "en", date.fromisoformat(one["date"]))
            found = text_leg(collection, analyse(one["question"], "en", time), "9999", (), 400)
            dropped |= {collection.pieces[n].article for n in found if is_hit(one, collection.pieces[n].text)}
    return frozenset(dropped)


# --- training --------------------------------------------------------------------------------------------------------


def train(tables: dict[str, list[Asked]], runs: Path, kept: Json | None = None) -> tuple[Json, list[str]]:
    """The model for rank.json and the lines of figures; writes the run files of the held-out questions.

    `kept` is a model whose networks stay as they are.
    """
    answerable = [one for one in tables["train"] if one.record["kind"] == "answerable"]
    everything = tables["train"] + tables["train holes"]
    model: Json = {"weights": {}, "floor": 0.5}
    lines: list[str] = []
    by_name: Json = {}
    for name, without in (("timely", ()), ("timeless", (*fit.TIMES, *fit.TIMELY_ALONE))):
        stored = {
            "order": fit.order(answerable, [one for one in fit.ORDERING if one not in without]) | {"cosine": 0.0},
            "evidence": kept["weights"][name]["evidence"]
            if kept
            else fit.evidence(everything, [one for one in fit.EVIDENCE if one not in without]),
        }
        if without:
            stored["order"]["year"] = 0.1  # a tie-break
        held_out = finish(stored, tables["dev"], tables["dev holes"], meaning=name == "timeless")
        if name == "timely":
            model["floor"] = held_out["floor"]
        else:
            shift(stored, held_out, model["floor"])
        lines += report(name, held_out, tables, model["floor"], runs)
        model["weights"][name] = stored
        by_name[name] = held_out
    lines += report("as shipped", _as_shipped(by_name, tables["dev holes"]), tables, model["floor"], runs)
    return model, [*lines, f"floor {model['floor']}", question_only(tables["dev holes"])]


def _as_shipped(by_name: Json, holes: Sequence[Asked]) -> Json:
    """The timely figures, with the timeless confidence where the archive does not follow the news of that day."""
    mixed = dict(by_name["timely"])
    for leg in ("both", "text"):
        sure = {one.record["id"]: is_live(one.candidates, one.table, 10**6) for one in holes}
        mixed[leg] = {name: by_name["timely" if live else "timeless"][leg][name] for name, live in sure.items()}
    return mixed


def finish(stored: Json, full: Sequence[Asked], holes: Sequence[Asked], *, meaning: bool) -> Json:
    """Fit what the cosine and the calibration need, into `stored` on all weeks; scores and confidences out of fold.

    Without `meaning` the order is by words and age alone.
    """
    stored |= {"text": [0.0, 1.0], "both": [0.0, 1.0, 0.0]}
    weights = read_weights(stored)
    fold = _folds([*full, *holes])
    bases = [one.table @ weights.order for one in full]
    right_of = {one.record["id"]: n for n, one in enumerate(full)}
    out: Json = {"scores": {}, "scores holes": {}, "both": {}, "text": {}}
    for k in (*range(FOLDS), None):
        inside = [n for n, one in enumerate(full) if fold[one.record["date"]] != k]
        cosine = fit.cosine_weight([bases[n] for n in inside], [full[n] for n in inside]) if meaning else 0.0
        firsts = [_first(one, weights, cosine) for one in holes]
        learn = np.array([fold[one.record["date"]] != k for one in holes])
        columns = np.array([[one.evidence, one.cosine] for one in firsts])
        right = np.array([one.right for one in firsts])
        text = fit.calibration(columns[learn][:, :1], right[learn])
        both = fit.calibration(columns[learn], right[learn])
        if k is None:
            stored |= {"text": text, "both": both}
            stored["order"]["cosine"] = cosine
            continue
        for one in full:
            if fold[one.record["date"]] == k:
                out["scores"][one.record["id"]] = bases[right_of[one.record["id"]]] + cosine * _cosines(one)
        for one, row, first in zip(holes, columns, firsts, strict=True):
            if fold[one.record["date"]] == k:
                out["scores holes"][one.record["id"]] = one.table @ weights.order + cosine * _cosines(one)
                out["text"][one.record["id"]] = _probability(text[0] + text[1] * row[0] - first.doubt)
                out["both"][one.record["id"]] = _probability(both[0] + both[1:] @ row - first.doubt)
    kept = sorted(out["both"][one.record["id"]] for one in holes if one.record["kind"] == "answerable")
    lost = int((1 - KEPT) * len(kept))
    out["floor"] = round(float(kept[lost - 1] + kept[lost]) / 2, 4)  # half way between the last lost and the first kept
    return out


def shift(stored: Json, held_out: Json, floor: float) -> None:
    """Move the log odds so that one floor keeps the same share of the answerable under both sets of weights."""
    by = np.log(floor / (1 - floor)) - np.log(held_out["floor"] / (1 - held_out["floor"]))
    for leg in ("text", "both"):
        stored[leg][0] = round(stored[leg][0] + by, 5)
        held_out[leg] = {name: _probability(np.log(one / (1 - one)) + by) for name, one in held_out[leg].items()}


def _folds(asked: Sequence[Asked]) -> dict[str, int]:
    """Day -> fold, so that the questions of one week are never on both sides."""
    days = sorted({one.record["date"] for one in asked})
    random.Random(0).shuffle(days)
    return {day: n % FOLDS for n, day in enumerate(days)}


def _cosines(one: Asked) -> NDArray[np.float64]:
    known = np.array([candidate.cosine is not None for candidate in one.candidates])
    column = one.table[:, fit.AT["cosine"]]
    return np.where(known, column, np.median(column[known]) if known.any() else 0.0)


@dataclass(frozen=True, slots=True)
class First:
    """The candidate that comes first: its evidence, its cosine, the doubt about it, and whether it holds the answer."""

    evidence: float
    cosine: float
    doubt: float
    right: bool


def _first(one: Asked, weights: Any, cosine: float) -> First:
    """What is known of the candidate that comes first."""
    first = int(np.argmax(one.table @ weights.order + cosine * _cosines(one)))
    return First(
        float(weights.evidence(one.table)[first]),
        float(_cosines(one)[first]),
        float(doubt(one.table)[first]),
        bool(one.hits[first]),
    )


def _probability(odds: float) -> float:
    return float(1.0 / (1.0 + np.exp(-odds)))


# --- figures ---------------------------------------------------------------------------------------------------------


def report(name: str, held_out: Json, tables: dict[str, list[Asked]], floor: float, runs: Path) -> list[str]:
    """score.py's figures out of fold, over the full collection for the order and with holes for the declining."""
    from score import score  # beside the data

    lines = []
    order = {one.record["id"]: _run_line(one, held_out["scores"][one.record["id"]], 1.0, 0.0) for one in tables["dev"]}
    figures = score([one.record for one in tables["dev"]], order)
    wanted = ("hit@1", "hit@3", "hit@5", "hit@10", "mrr@10", "quote@1", "answer_in_highlight")
    lines.append(f"{name}, order: " + ", ".join(f"{key} {figures[key]:.3f}" for key in wanted))
    for leg in ("both", "text"):
        holes = {
            one.record["id"]: _run_line(
                one, held_out["scores holes"][one.record["id"]], held_out[leg][one.record["id"]], floor
            )
            for one in tables["dev holes"]
        }
        figures = score([one.record for one in tables["dev holes"]], holes)
        told = [key for key in figures if key.startswith(("near_miss", "absent", "answered"))]
        lines.append(f"{name}, confidence by {leg}: " + ", ".join(f"{key} {figures[key]}" for key in told))
        _write_run(runs / f"{name.replace(' ', '-')}-{leg}-holes.jsonl", holes)
    _write_run(runs / f"{name.replace(' ', '-')}-full.jsonl", order)
    return lines


def _run_line(one: Asked, scores: NDArray[np.float64], confidence: float, floor: float) -> Json:
    """One line of a run file."""
    best = np.argsort(-scores, kind="stable")[:10]
    quotes = [_quote(one, int(n)) if place == 0 else _passage(one, int(n)) for place, n in enumerate(best)]
    return {
        "id": one.record["id"],
        "confidence": confidence,
        "answered": confidence >= floor,
        "quotes": quotes,
    }


def _passage(one: Asked, n: int) -> Json:
    text = one.candidates[n].text
    return {"text": text[:800], "passage": text, "highlight": None}


def _quote(one: Asked, n: int) -> Json:
    """The passage with the sentences that answer, cut to 800 characters around them as the archive's quotes are."""
    text = one.candidates[n].text
    found = sentences(text, [LabelledSpan(0, len(text), Label.PROSE)], "en")
    views = [SentenceView(s.span.of(text), terms(s.span.of(text), "en")) for s in found]
    best = pinpoint(one.question, views, one.candidates[n].title)[0]
    first, last = best.first, best.last
    low, high = first, last
    while True:
        if high + 1 < len(found) and found[high + 1].end - found[low].start <= 800:
            high += 1
        elif low > 0 and found[high].end - found[low - 1].start <= 800:
            low -= 1
        else:
            break
    start = found[low].start
    return {
        "text": text[start : found[high].end],
        "passage": text,
        "highlight": [found[first].start - start, found[last].end - start],
    }


def _write_run(path: Path, run: dict[str, Json]) -> None:
    path.write_text("".join(json.dumps(line) + "\n" for line in run.values()), "utf-8")


def question_only(holes: Sequence[Asked]) -> str:
    """How far the question alone would tell answerable from near miss: what no feature may make use of."""
    from score import auroc  # beside the data

    used = [one for one in holes if one.record["kind"] != "absent_topic"]
    fold = _folds(used)
    columns = np.array(
        [
            [len(one.question.terms), len(one.question.content), len(one.question.text), hash(one.question.asks) % 7]
            + [float(one.question.asks == kind) for kind in type(one.question.asks)]
            + [sum(term.kind == "name" for term in one.question.terms), float(one.question.time.time_bound)]
            + [float(np.mean([term.idf_background for term in one.question.content]))]
            for one in used
        ]
    )
    columns = (columns - columns.mean(0)) / (columns.std(0) + 1e-9)
    right = np.array([one.record["kind"] == "answerable" for one in used])
    places = np.array([fold[one.record["date"]] for one in used])
    told = np.zeros(len(used))
    for k in range(FOLDS):
        weights = np.array(fit.calibration(columns[places != k], right[places != k]))
        told[places == k] = weights[0] + columns[places == k] @ weights[1:]
    return f"question alone: AUROC {auroc(list(told[right]), list(told[~right])):.3f}"


GROUPS = {
    "headline": ("title", "cover_title", "window_title", "rest", "focus"),
    "stretches and neighbours": ("window", "window_title", "sharp", "pairs"),
    "age": fit.TIMES,
    "articles of the same days": ("at_once",),
    "theme": ("theme",),
    "the lead of a telling headline": ("early_title",),
    "agreement of articles": ("agreed", "shared"),
    "the article around it": ("article", "lead_article", "best_of_article"),
    "kind of answer": ("type", "novel", "rest"),
    "names, numbers, rarest missing": ("names", "numbers", "missing"),
    "place in the article": ("early",),
    "BM25 itself": ("bm25_share", "article_share"),
}


def ablation(tables: dict[str, list[Asked]]) -> None:
    """Print what is lost without each group of features, by words alone (the networks refitted each time)."""
    from score import auroc  # beside the data

    answerable = [one for one in tables["train"] if one.record["kind"] == "answerable"]
    everything = tables["train"] + tables["train holes"]
    for name, group in ({"nothing left out": ()} | GROUPS).items():
        stored = {
            "order": fit.order(answerable, [one for one in fit.ORDERING if one not in group]) | {"cosine": 0.0},
            "evidence": fit.evidence(everything, [one for one in fit.EVIDENCE if one not in group]),
            "text": [0, 1],
            "both": [0, 1, 0],
        }
        weights = read_weights(stored)
        ranks = []
        for one in tables["dev"]:
            if one.record["kind"] == "answerable":
                hits = np.flatnonzero(one.hits[np.argsort(-(one.table @ weights.order), kind="stable")[:10]])
                ranks.append(hits[0] + 1 if len(hits) else 99)
        best = {
            kind: [_first(one, weights, 0.0).evidence for one in tables["dev holes"] if one.record["kind"] == kind]
            for kind in ("answerable", "near_miss")
        }
        hit1, hit10 = (np.mean(np.array(ranks) <= k) for k in (1, 10))
        mrr = np.mean([1 / place if place <= 10 else 0.0 for place in ranks])
        told = auroc(best["answerable"], best["near_miss"])
        print(f"without {name:32s} hit@1 {hit1:.3f} hit@10 {hit10:.3f} MRR {mrr:.3f} near-miss AUROC {told:.3f}")


if __name__ == "__main__":
    main()
