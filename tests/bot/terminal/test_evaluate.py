"""Evaluating: what counts as a hit, what went wrong where, the figures, and the command that tells them."""

import importlib.util
import json
import random
import sys
import xml.dom.minidom
from argparse import Namespace
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from newsroom import open_archive, three_stories

from bot.terminal import evaluate as command
from bot.terminal.cli import main
from bot.terminal.exit_status import UsageError
from bot.terminal.json_answer import answer_document
from bot.terminal.picture import draw
from bot.terminal.question_file import Trial, ask_all, read_sheet
from bot.terminal.scorecard import Setting, comparable, document, moved
from config.settings import load
from index.archive import Archive
from index.datatypes import Answer, AnswerKind, ArticleCard, Citation, DateOrigin, Label, Span, Speaker
from index.quality.figures import auroc, by_type, curve, figures, floor_keeping, point, worst
from index.quality.judge import Case, Fault, Kind, Outcome, content, holds, is_hit, judge, key

SCORER = Path(__file__).parents[4] / "shared" / "newsqa" / "score.py"
CAPTAIN = Case("1", "How many loaves does Imke Sand bake?", Kind.ANSWERABLE, answer="300 loaves")


# -- what is a hit ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "text", "held"),
    [
        ("The Oldport Mail", "as the “Oldport  mail” wrote", True),
        ("“Rye”", "a rye loaf", True),
        ("18", "opened in 2018", False),
        ("18", "18.5 knots", False),
        ("18", "it was 18.", True),
        ("3,5", "13,5 or 3,50", False),
        ("", "anything", False),
        ("Don't", "they don’t", True),
    ],
)
def test_a_text_holds_an_answer_as_it_is_written_not_as_part_of_a_number(answer, text, held):
    assert holds(text, answer) is held


def test_an_answer_alone_is_no_hit_without_a_quarter_of_what_the_question_is_about():
    assert is_hit(CAPTAIN, "Imke Sand bakes 300 loaves a night.")
    assert not is_hit(CAPTAIN, "The strikers were handed 300 loaves.")


def test_evidence_counts_like_the_question():
    told = replace(CAPTAIN, question="How many?", evidence="The oven of Mill Lane burns all night.")
    assert is_hit(told, "From the oven come 300 loaves before the night ends.")
    assert not is_hit(told, "At sea they ate 300 loaves.")


def test_words_of_matter_are_told_by_language():
    assert content("Wie lang ist der Riss in der Brücke?", "de") == {"lang", "riss", "brücke"}
    assert content("How long is the crack in the bridge?") == {"long", "crack", "bridge"}
    assert content("谁是新市长", "zh")


@given(st.text(max_size=40))
def test_what_is_printed_holds_itself_unless_it_is_nothing(answer):
    assert holds(f"– {answer} –", answer) or not key(answer) or answer.strip()[:1] in "\"'."


# -- where it went wrong ----------------------------------------------------------------------------------------------


def cited(text: str, *, passage: str = "", emphasised: str = "", article: int = 1, speaker: str = "") -> Citation:
    card = ArticleCard(
        article, f"Article {article}", None, None, (), (), None, DateOrigin.NONE, None, f"https://m.example/{article}"
    )
    start = text.index(emphasised) if emphasised else 0
    return Citation(
        article=card,
        version_id=article,
        span=Span(0, max(1, len(text))),
        sha256="",
        text=text,
        highlight=Span(start, start + len(emphasised)) if emphasised else None,
        kind=Label.PROSE,
        speaker=Speaker(speaker) if speaker else None,
        passage=Span(0, max(1, len(passage or text))),
        passage_text=passage or text,
        score=1.0,
    )


def said(*quotes: Citation, answered: bool = True, confidence: float = 0.9) -> Answer:
    kind = AnswerKind.ANSWERED if answered else AnswerKind.DECLINED
    return Answer("a", CAPTAIN.question, None, "en", kind, confidence, quotes)


HIT = "Imke Sand bakes 300 loaves. The jury praised the crust."
MISS = "Imke Sand owns a windmill."
FAULTS = [
    (said(cited(HIT, emphasised="Imke Sand bakes 300 loaves.")), None),
    (said(cited(HIT, emphasised="The jury praised the crust.")), Fault.HIGHLIGHT),
    (said(cited(HIT, emphasised="Imke Sand bakes 300 loaves."), answered=False), Fault.DECLINED),
    (said(cited(MISS, passage=HIT)), Fault.QUOTE),
    (said(cited(MISS, article=1), cited(HIT, article=1)), Fault.PASSAGE),
    (said(cited(MISS, article=2), cited(HIT, article=1)), Fault.ARTICLE),
    (said(cited(MISS)), Fault.ARTICLE),
    (said(answered=False, confidence=0.0), Fault.NOTHING),
]


@pytest.mark.parametrize(("answer", "fault"), FAULTS, ids=[str(fault) for _, fault in FAULTS])
def test_each_way_to_go_wrong_has_its_name(answer, fault):
    assert judge(CAPTAIN, answer).fault is fault


def test_the_right_article_is_the_one_named_where_one_is():
    named = replace(CAPTAIN, article="https://m.example/2")
    assert judge(named, said(cited(MISS, article=2))).fault is Fault.PASSAGE
    assert judge(named, said(cited(MISS, article=1))).fault is Fault.ARTICLE


def test_what_stands_nowhere_has_to_be_declined():
    nowhere = Case("2", "How old is Imke Sand?", Kind.NEAR_MISS)
    assert judge(nowhere, said(cited(MISS))).fault is Fault.ANSWERED
    declined = judge(nowhere, said(cited(MISS), answered=False))
    assert declined.fault is None and declined.right and declined.passage_rank is None


@pytest.mark.parametrize(
    ("named", "right"), [("Imke Sand", True), ("Sand", True), ("Imke", False), ("Tomas Reck", False), ("", False)]
)
def test_a_speaker_is_right_by_the_name_it_ends_in(named, right):
    asked = replace(CAPTAIN, speaker="Imke Sand")
    assert judge(asked, said(cited(HIT, speaker=named))).speaker is right


def test_a_speaker_counts_only_where_one_is_known_and_a_quote_answers():
    assert judge(CAPTAIN, said(cited(HIT, speaker="Imke Sand"))).speaker is None
    assert judge(replace(CAPTAIN, speaker="Imke Sand"), said(cited(MISS))).speaker is None


def test_only_as_much_is_judged_as_the_contract_lets_through():
    late = "word " * 200 + HIT
    outcome = judge(CAPTAIN, said(cited(late, passage=late)))
    assert (outcome.passage_rank, outcome.quote_rank) == (1, None)


# -- figures ----------------------------------------------------------------------------------------------------------


def outcome(kind: str, confidence: float, rank: int | None = None, *, floor: float = 0.5) -> Outcome:
    right_kind = Kind(kind)
    return Outcome(
        id=f"{kind} {confidence}",
        question="Who?",
        kind=right_kind,
        asks="who",
        confidence=confidence,
        answered=confidence >= floor,
        passage_rank=rank,
        quote_rank=rank,
        highlighted=rank == 1,
        speaker=None,
        fault=None if (rank == 1 if right_kind is Kind.ANSWERABLE else confidence < floor) else Fault.ARTICLE,
        quoted="",
        seconds=0.0,
    )


MIXED = [
    outcome("answerable", 0.9, 1),
    outcome("answerable", 0.8, 2),
    outcome("answerable", 0.7, 1),
    outcome("answerable", 0.3, 4),
    outcome("near_miss", 0.75),
    outcome("near_miss", 0.2),
    outcome("absent_topic", 0.1),
]


def test_figures_worked_out_by_hand():
    found = figures(MIXED)
    assert (found["hit@1"], found["hit@3"], found["hit@5"], found["hit@10"]) == (0.5, 0.75, 1, 1)
    assert found["mrr@10"] == pytest.approx((1 + 1 / 2 + 1 + 1 / 4) / 4)
    assert (found["quote@1"], found["quote@3"], found["answer_in_highlight"]) == (0.5, 0.75, 0.5)
    assert found["answered_of_answerable"] == 0.75
    assert found["right_of_answered"] == 0.5  # two of the three answerable ones, and not the near miss
    assert (found["near_miss_declined"], found["absent_topic_declined"]) == (0.5, 1)
    assert found["near_miss_auroc"] == pytest.approx(6 / 8)
    assert found["near_miss_declined_at_90"] == 0.5
    assert "speaker" not in found  # nothing to measure it on is not zero


def test_auroc_counts_ties_half():
    assert auroc([1.0, 0.5], [0.5, 0.0]) == pytest.approx(3.5 / 4)
    assert auroc([0.2], [0.2]) == 0.5


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30), st.floats(0.01, 1))
def test_the_floor_keeps_the_share_and_no_higher_one_does(confidences, keep):
    floor = floor_keeping(confidences, keep)
    kept = [value for value in confidences if value >= floor]
    assert len(kept) >= keep * len(confidences) - 1e-6
    higher = [value for value in confidences if value > floor]
    assert not higher or len(higher) < keep * len(confidences) + 1e-6 or len(higher) < len(kept)


def test_the_floor_of_forty_questions_gives_up_four():
    assert floor_keeping([n / 100 for n in range(40)], 0.9) == 0.04
    with pytest.raises(ValueError, match="a floor needs confidences"):
        floor_keeping([], 0.9)


def test_a_point_tells_what_a_floor_would_do():
    at = point(MIXED, 0.72)
    assert (at.answered, at.kept, at.right) == (3 / 7, 0.5, 1 / 3)
    assert at.declined == {Kind.NEAR_MISS: 0.5, Kind.ABSENT: 1.0}


def test_the_curve_answers_more_with_every_step():
    shares = [one.answered for one in curve(MIXED)]
    assert shares == sorted(shares) and shares[-1] == 1.0 and len(shares) == len(MIXED)


def test_question_types_count_answerable_ones_only():
    assert by_type(MIXED)["who"] == {
        "questions": 4,
        "hit@1": 0.5,
        "quote@1": 0.5,
        "answer_in_highlight": 0.5,
        "answered": 0.75,
    }


def test_the_worst_case_misleads_with_the_greatest_confidence():
    assert [one.confidence for one in worst(MIXED)][:2] == [0.8, 0.75]


# -- files and documents ----------------------------------------------------------------------------------------------

LINES = [
    {"id": "loaves", "question": "How many loaves does Imke Sand bake a night?", "kind": "answerable", "answer": "300"},
    {
        "id": "cost",
        "question": "What did the swing bridge at Oldport cost?",
        "kind": "answerable",
        "answer": "41 million",
    },
    {"id": "age", "question": "How old is Greta Holm?", "kind": "near_miss"},
    {"id": "moon", "question": "Who walked on the moon first?", "kind": "absent_topic", "date": "2026-03-10"},
]


def written(folder: Path, *lines: object) -> Path:
    path = folder / "questions.jsonl"
    path.write_text("".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in lines), "utf-8")
    return path


def test_a_line_that_is_no_question_is_told_and_left_out(tmp_path):
    bad = [
        "nonsense",
        {"question": "Who?"},
        {"question": "Who?", "kind": "answerable"},
        {"question": "Who?", "kind": "near_miss", "speaker": 3},
        LINES[0],
    ]
    sheet = read_sheet(written(tmp_path, *LINES, *bad))
    assert [case.id for case in sheet.cases] == ["loaves", "cost", "age", "moon"]
    assert sheet.cases[3].as_of == date(2026, 3, 10)
    assert [words.partition(": ")[2] for words in sheet.left_out] == [
        "the line is not JSON",
        "kind is none of answerable, near_miss, absent_topic",
        "it is answerable and has no answer",
        "speaker is not a text",
        "id loaves was used before",
    ]


@pytest.mark.parametrize("lines", [(), ("{}",)])
def test_a_file_without_questions_is_an_error(tmp_path, lines):
    with pytest.raises(UsageError, match="no question with a known answer in it"):
        read_sheet(written(tmp_path, *lines))


@pytest.fixture
def archive(tmp_path):
    made = open_archive(tmp_path, floor=0.5)
    made.reindex([three_stories(tmp_path / "articles")])
    yield made
    made.close()


SETTING = Setting(1, 3, 6, "words", "f", 0.5, "settings")


def found(archive: Archive, folder: Path) -> dict:
    sheet = read_sheet(written(folder, *LINES))
    return document(sheet, ask_all(archive, sheet.cases), SETTING)


def test_the_document_tells_everything_and_can_be_written(archive, tmp_path):
    made = json.loads(json.dumps(found(archive, tmp_path), allow_nan=False))
    assert made["questions"]["kinds"] == {"answerable": 2, "near_miss": 1, "absent_topic": 1}
    assert len(made["questions"]["sha256"]) == 64 and made["archive"]["fingerprint"] == "f"
    assert made["figures"]["hit@10"] == 1.0 and made["figures"]["exactness"] == 1.0
    assert made["quotes"] >= 4 and made["broken"] == []
    assert [one["id"] for one in made["outcomes"]] == ["loaves", "cost", "age", "moon"]
    assert {"name", "floor", "answered", "right", "kept", "declined"} <= made["floors"][0].keys()


def test_a_comparison_names_what_moved_and_what_makes_it_doubtful(archive, tmp_path):
    new = found(archive, tmp_path)
    old = json.loads(json.dumps(new))
    assert moved(old, new) == [] and comparable(old, new) == ""
    old["outcomes"][0] |= {"merit": [False, -9, -9, False], "fault": "wrong article", "passage_rank": 9}
    old["outcomes"][3] |= {"merit": [True, -1, -1, True]}
    assert [(one.id, one.better, one.then) for one in moved(old, new)] == [
        ("moon", False, "right"),
        ("loaves", True, "wrong article (rank 9)"),
    ]
    old["archive"]["fingerprint"] = "g"
    assert comparable(old, new) == "the earlier run used another model"
    old["questions"]["sha256"] = "0"
    assert comparable(old, new).startswith("the earlier run asked other questions")


def test_the_picture_is_sound_and_takes_any_file_name(archive, tmp_path):
    made = found(archive, tmp_path)
    made["questions"]["file"] = "<a & b>.jsonl"
    picture = xml.dom.minidom.parseString(draw(made))
    words = [node.firstChild.data for node in picture.getElementsByTagName("text")]
    assert "<a & b>.jsonl, 4 questions" in words and "quotes exact to the letter" in words
    bars = [rect for rect in picture.getElementsByTagName("rect") if rect.getAttribute("class") == "b"]
    assert len(bars) == len(made["figures"])


def test_articles_can_be_asked_around(archive, tmp_path):
    sheet = read_sheet(written(tmp_path, LINES[0]))
    bakery = archive.articles("rye bread").items[0].id
    (held,) = ask_all(archive, sheet.cases).outcomes
    (missing,) = ask_all(archive, sheet.cases, without=[bakery]).outcomes
    assert held.passage_rank == 1 and missing.passage_rank is None
    assert missing.confidence < held.confidence


# -- exactness --------------------------------------------------------------------------------------------------------


class Careless(Archive):
    """An archive that changes a word of what it quotes."""

    def ask(self, *args, **options):
        answer = super().ask(*args, **options)
        quotes = [replace(one, text=one.text.replace("loaves", "rolls")) for one in answer.quotes]
        return replace(answer, quotes=tuple(quotes))


def careless(archive: Archive) -> Archive:
    archive.__class__ = Careless
    return archive


def test_a_changed_word_breaks_exactness_and_is_named(archive, tmp_path):
    sheet = read_sheet(written(tmp_path, LINES[0]))
    trial = ask_all(careless(archive), sheet.cases)
    assert trial.exactness < 1 and trial.broken[0].startswith("loaves, quote 1: version ")
    assert Trial((), 0, ()).exactness == 1.0


def arguments(folder: Path, **given: object) -> Namespace:
    known = {"json": None, "picture": None, "compare": None, "top": 10, "worst": 5, "sample": False}
    return Namespace(questions=written(folder, *LINES), **(known | given))


@pytest.fixture
def settings(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QUOTEWIRE_ARCHIVE__PATH", str(tmp_path / "data"))
    return load()


def test_the_command_fails_where_a_quote_is_not_exact(archive, tmp_path, settings, monkeypatch, capsys):
    monkeypatch.setattr(command, "opened", lambda *_: careless(archive))
    assert command.evaluate(arguments(tmp_path), settings) == 2
    assert "quotes are not what the archive holds" in capsys.readouterr().err


# -- the command ------------------------------------------------------------------------------------------------------


def test_the_command_shows_tables_and_writes_what_it_is_told_to(archive, tmp_path, settings, monkeypatch, capsys):
    monkeypatch.setattr(command, "opened", lambda *_: archive)
    out, picture = tmp_path / "now.json", tmp_path / "now.svg"
    assert command.evaluate(arguments(tmp_path, json=out, picture=picture, compare=None), settings) == 0
    shown = capsys.readouterr().out
    for words in ("hit@1", "quotes exact to the letter", "keeps 90 %", "by what they ask for", "count"):
        assert words in shown
    assert json.loads(out.read_text("utf-8"))["schema"] == 1
    assert picture.read_text("utf-8").startswith("<svg")


def test_the_command_compares_with_what_it_wrote(tmp_path, settings, monkeypatch, capsys):
    def fresh(*_: object) -> Archive:
        made = open_archive(tmp_path, floor=0.5)
        made.reindex([three_stories(tmp_path / "articles")])
        return made

    monkeypatch.setattr(command, "opened", fresh)
    out = tmp_path / "now.json"
    command.evaluate(arguments(tmp_path, json=out), settings)
    capsys.readouterr()
    assert command.evaluate(arguments(tmp_path, compare=out), settings) == 0
    assert "0 better, 0 worse" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["evaluate"], "name a file of questions"),
        (["evaluate", "gone.jsonl"], "gone.jsonl: No such file"),
        (["evaluate", "questions.jsonl", "--picture", "out.png"], "out.png: the picture is written as SVG"),
        (["evaluate", "questions.jsonl", "--compare", "questions.jsonl"], "not what `evaluate --json` wrote"),
        (["evaluate", "questions.jsonl"], "the archive holds no articles yet"),
    ],
)
def test_a_mistake_is_told_in_one_line(tmp_path, settings, capsys, typed, told):
    written(tmp_path, *LINES)
    assert main(typed) == 2
    error = capsys.readouterr().err
    assert told in error and error.count("\n") == 1


# -- against the scorer that judges news questions --------------------------------------------------------------------


def scorer():
    if not SCORER.exists():
        pytest.skip("the news questions are not here")
    sys.path.insert(0, str(SCORER.parent))
    try:
        spec = importlib.util.spec_from_file_location("news_scorer", SCORER)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(SCORER.parent))
    return module


WORDS = ["ferry", "Oldport", "bridge", "captain", "quay", "boat", "Sand", "crowns", "harbour", "the", "was", "in"]
ANSWERS = ["300 loaves", "Greta Holm", "the old quay", "“A promise”", "41 million", "Friday"]


def made_up(seed: int) -> tuple[list[Case], list[Answer]]:
    """Questions and answers thrown together, so that every rank and fault occurs."""
    rng = random.Random(seed)
    cases, given_answers = [], []
    for n in range(60):
        kind = rng.choice([Kind.ANSWERABLE, Kind.ANSWERABLE, Kind.NEAR_MISS, Kind.ABSENT])
        answer = rng.choice(ANSWERS)
        cases.append(
            Case(str(n), f"Who {' '.join(rng.sample(WORDS, 6))}?", kind, answer, " ".join(rng.sample(WORDS, 4)))
        )
        texts = [" ".join([*rng.sample(WORDS, 5), rng.choice(ANSWERS), rng.choice(WORDS)]) for _ in range(10)]
        quotes = tuple(
            cited(text, passage=f"{rng.choice(ANSWERS)} {text}", emphasised=text[len(text) // 2 :]) for text in texts
        )
        given_answers.append(said(*quotes, answered=rng.random() < 0.6, confidence=round(rng.random(), 2)))
    return cases, given_answers


@pytest.mark.parametrize("seed", range(4))
def test_the_figures_agree_with_the_scorer_of_the_news_questions(seed):
    score = scorer().score
    cases, given_answers = made_up(seed)
    questions = [
        {"id": c.id, "question": c.question, "answer": c.answer, "evidence": c.evidence, "kind": c.kind.value}
        for c in cases
    ]
    run = {case.id: answer_document(answer, case.id) for case, answer in zip(cases, given_answers, strict=True)}
    theirs = score(questions, run)
    ours = figures([judge(case, answer) for case, answer in zip(cases, given_answers, strict=True)])
    names = {name: name for name in ours if name in theirs} | {
        f"{kind}_declined_at_90": f"{kind}_declined_at_90" for kind in ("near_miss", "absent_topic")
    }
    assert len(names) >= 15
    assert {name: round(ours[name], 4) for name in names} == {name: theirs[name] for name in names}
