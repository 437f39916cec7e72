"""The quality gate: floors belong to their data, rise by themselves, and fall only for a reason that is kept."""

import gzip
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.quality.judge import Kind, Outcome
from tests.quality import gate
from tests.quality.gate import Measured, lowered, problems, raised

DAY = date(2026, 5, 4)
QUESTION = {"hit@1": 0.05, "quote@1": 0.05, "exactness": 0.05}


def reached(digest: str = "d1", **figures: float) -> Measured:
    named = {name.replace("_at_", "@"): value for name, value in figures.items()}
    return Measured(digest, named, {name: QUESTION.get(name, 0.05) for name in named})


def first(**figures: float) -> dict:
    return raised(None, reached(**figures), 1)


def test_without_floors_the_gate_is_shut_and_says_how_to_open_it():
    assert problems("sample", None, reached()) == ["sample: no floors yet; python -m tests.quality.gate sample --raise"]


def test_floors_stand_just_below_what_was_reached_but_quotes_are_exact_or_wrong():
    entry = first(hit_at_1=0.8, exactness=1.0)
    assert entry["floors"] == {"hit@1": 0.7495, "exactness": 1.0}
    assert problems("sample", entry, reached(hit_at_1=0.75, exactness=1.0)) == []
    shut = problems("sample", entry, reached(hit_at_1=0.7, exactness=0.999))
    assert shut == [
        "sample: hit@1 is 0.7000, below its floor of 0.7495",
        "sample: exactness is 0.9990, below its floor of 1.0000",
    ]


def test_a_figure_that_is_not_measured_any_more_shuts_the_gate():
    assert problems("sample", first(hit_at_1=0.8), reached()) == [
        "sample: hit@1 is not measured any more, its floor is 0.7495"
    ]


def test_other_data_shut_the_gate_however_good_the_figures():
    (told,) = problems("sample", first(hit_at_1=0.8), reached("d2", hit_at_1=1.0))
    assert "questions or articles changed" in told


def test_raising_never_lowers():
    entry = raised(first(hit_at_1=0.8, quote_at_1=0.6), reached(hit_at_1=0.76, quote_at_1=0.9), 1)
    assert entry["floors"] == {"hit@1": 0.7495, "quote@1": 0.8495}
    with pytest.raises(ValueError, match=r"below its floor.*--lower --reason"):
        raised(entry, reached(hit_at_1=0.5, quote_at_1=0.9), 1)


def test_raising_takes_up_new_data_and_new_figures():
    entry = raised(first(hit_at_1=0.8), reached("d2", hit_at_1=0.8, quote_at_1=0.5), 1)
    assert entry["digest"] == "d2" and set(entry["floors"]) == {"hit@1", "quote@1"}


@pytest.mark.parametrize("reason", ["", "  "])
def test_lowering_without_a_reason_is_refused(reason):
    with pytest.raises(ValueError, match="lowered for a reason"):
        lowered(first(hit_at_1=0.8), reached(hit_at_1=0.5), 1, reason, DAY)


def test_lowering_where_nothing_fell_is_refused():
    with pytest.raises(ValueError, match="nothing to lower"):
        lowered(first(hit_at_1=0.8), reached(hit_at_1=0.8), 1, "because", DAY)


def test_lowering_keeps_the_reason_and_lowers_only_what_fell():
    before = first(hit_at_1=0.8, quote_at_1=0.6)
    entry = lowered(before, reached(hit_at_1=0.5, quote_at_1=0.6), 1, " simpler ranking ", DAY)
    assert entry["floors"] == {"hit@1": 0.4495, "quote@1": 0.5495}
    assert entry["lowered"] == [
        {"day": "2026-05-04", "reason": "simpler ranking", "floors": {"hit@1": [0.7495, 0.4495]}}
    ]
    again = lowered(entry, reached(hit_at_1=0.3, quote_at_1=0.6), 1, "simpler still", DAY)
    assert [note["reason"] for note in again["lowered"]] == ["simpler ranking", "simpler still"]
    assert raised(again, reached(hit_at_1=0.9, quote_at_1=0.9), 1)["lowered"] == again["lowered"]


@given(st.dictionaries(st.sampled_from(["hit@1", "mrr@10", "speaker"]), st.floats(0, 1), min_size=1))
def test_what_was_just_measured_always_passes(figures):
    measured = Measured("d", figures, dict.fromkeys(figures, 0.03))
    assert problems("sample", raised(None, measured, 1), measured) == []


def test_one_question_counts_by_how_many_there_are_of_its_kind():
    def one(kind: Kind, speaker: bool | None) -> Outcome:
        return Outcome("1", "Who?", kind, "who", 0.5, True, 1, 1, True, speaker, None, "", 0.0)

    outcomes = [one(Kind.ANSWERABLE, True), *[one(Kind.ANSWERABLE, None)] * 3, *[one(Kind.NEAR_MISS, None)] * 2]
    shares = {name: gate._one(name, outcomes) for name in ("hit@1", "near_miss_auroc", "speaker")}
    assert shares == {"hit@1": 1 / 4, "near_miss_auroc": 1 / 2, "speaker": 1.0}


def test_the_digest_is_of_what_is_in_the_files(tmp_path):
    plain, packed, again = tmp_path / "a.jsonl", tmp_path / "b.gz", tmp_path / "c" / "b.gz"
    plain.write_text("one")
    packed.write_bytes(gzip.compress(b"two", mtime=1))
    again.parent.mkdir()
    again.write_bytes(gzip.compress(b"two", mtime=2))
    before = gate.digest([plain, packed])
    assert gate.digest([plain, again]) == before
    plain.write_text("other")
    assert gate.digest([plain, packed]) != before


def test_floors_are_there_for_the_sample_as_it_is():
    kept = json.loads(gate.FLOORS.read_text("utf-8"))
    data = gate.datasets(None)["sample"]
    assert kept["sample"]["digest"] == gate.digest(data.files)
    assert kept["sample"]["floors"]["exactness"] == 1.0


def test_real_news_that_is_not_here_is_told_and_passes(capsys, tmp_path):
    assert gate.main(["newsqa", "holes", "--newsqa", str(tmp_path / "gone")]) == 0
    assert "newsqa: not measured, because" in capsys.readouterr().out


def fixed(monkeypatch, path: Path, value: float) -> None:
    monkeypatch.setattr(gate, "FLOORS", path)
    monkeypatch.setattr(gate, "run", lambda *_: None)
    monkeypatch.setattr(gate, "measured", lambda *_: reached(hit_at_1=value))


def test_the_command_shuts_raises_and_lowers(monkeypatch, tmp_path, capsys):
    path = tmp_path / "floors.json"
    fixed(monkeypatch, path, 0.8)
    assert gate.main(["sample"]) == 1
    assert gate.main(["sample", "--raise"]) == 0
    assert gate.main(["sample"]) == 0
    fixed(monkeypatch, path, 0.4)
    assert gate.main(["sample"]) == 1
    assert gate.main(["sample", "--raise"]) == 1
    assert gate.main(["sample", "--lower"]) == 1
    assert json.loads(path.read_text("utf-8"))["sample"]["floors"]["hit@1"] == 0.6995
    assert gate.main(["sample", "--lower", "--reason", "smaller model"]) == 0
    assert gate.main(["sample"]) == 0
    assert "0.4000  floor 0.2995" in capsys.readouterr().out
