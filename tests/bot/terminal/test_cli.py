"""The terminal contract: what scripts rely on, run for real over the sample archive with the real model."""

import json
import logging
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from newsroom import write

from bot.terminal.cli import _parser, main
from bot.terminal.commands import COMMANDS
from index.archive import Archive

ROOT = Path(__file__).parents[3]
SAMPLE = ROOT / "index" / "sample" / "articles"
TRAM = "How long will the new tram link to Gullhaven be?"
ABSENT = "What is the capital of Mongolia?"

ARTICLE_FIELDS = {
    "id": int,
    "title": str,
    "outlet": (str, type(None)),
    "agency": (str, type(None)),
    "authors": list,
    "contributors": list,
    "published": (str, type(None)),
    "date_origin": str,
    "label": (str, type(None)),
    "url": (str, type(None)),
}
QUOTE_FIELDS = {
    "text": str,
    "highlight": (list, type(None)),
    "kind": str,
    "article": dict,
    "version": int,
    "span": list,
    "passage": str,
    "speaker": (dict, type(None)),
    "also_in": list,
    "score": (int, float),
}
ANSWER_FIELDS = {
    "schema": int,
    "id": (str, int, type(None)),
    "answer_id": str,
    "question": str,
    "as_of": (str, type(None)),
    "lang": str,
    "answered": bool,
    "confidence": (int, float),
    "notices": list,
    "filters": list,
    "quotes": list,
    "closest": list,
    "newest_article": (str, type(None)),
    "seconds": (int, float),
}


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    """A data folder whose archive holds the sample articles; tests that change it make their own."""
    path = tmp_path_factory.mktemp("home") / "data"
    with pytest.MonkeyPatch.context() as patch:
        alone(patch, path)
        assert main(["index", str(SAMPLE)]) == 0
    return path


@pytest.fixture(autouse=True)
def alone_here(monkeypatch, tmp_path):
    """No settings but the test's own, and the log handlers of the tests put back."""
    alone(monkeypatch, tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = before, level


def alone(patch: pytest.MonkeyPatch, path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("QUOTEWIRE_") or name == "TELEGRAM_BOT_TOKEN"]:
        patch.delenv(name)
    patch.setenv("QUOTEWIRE_ARCHIVE__PATH", str(path))


@pytest.fixture
def indexed(home, monkeypatch) -> Path:
    monkeypatch.setenv("QUOTEWIRE_ARCHIVE__PATH", str(home))
    return home


@pytest.fixture
def said(capsys):
    """Runs a command and gives its exit status, standard output and standard error."""

    def run(*words: object) -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            status = main([str(word) for word in words])
        except SystemExit as ending:
            status = ending.code
        out, err = capsys.readouterr()
        return status, out, err

    return run


def apart(*words: object, **more) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own."""
    command = [sys.executable, str(ROOT / "run_bot.py"), *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, **more)


def check_fields(record: dict, fields: dict) -> None:
    assert record.keys() == fields.keys()
    for name, kind in fields.items():
        assert isinstance(record[name], kind), name


def check_document(document: dict) -> None:
    """That it is schema 1 to the letter, sizes and offsets included."""
    check_fields(document, ANSWER_FIELDS)
    assert document["schema"] == 1
    assert 0 <= document["confidence"] <= 1
    for card in document["closest"]:
        check_fields(card, ARTICLE_FIELDS)
    for quote in document["quotes"]:
        check_fields(quote, QUOTE_FIELDS)
        check_fields(quote["article"], ARTICLE_FIELDS)
        start, end = quote["span"]
        assert end - start == len(quote["text"]) <= 800
        assert len(quote["passage"]) <= 1300
        assert quote["kind"] in {"prose", "caption", "credit"}
        assert quote["article"]["label"] in {"opinion", "live", "sponsored", None}
        if quote["highlight"]:
            start, end = quote["highlight"]
            assert 0 <= start < end <= len(quote["text"])
            assert end - start <= 350


# -- ask --------------------------------------------------------------------------------------------------------------


def test_an_answer_in_json(indexed, said):
    status, out, err = said("ask", TRAM, "--json")
    document = json.loads(out)
    check_document(document)
    assert (status, err, out.count("\n")) == (0, "", 1)
    assert document["answered"]
    assert "8.7-kilometer" in document["quotes"][0]["text"]
    assert document["id"] is None
    assert document["question"] == TRAM


def test_a_quote_is_the_slice_of_its_version(indexed, said):
    document = json.loads(said("ask", TRAM, "--json")[1])
    archive = Archive.open(indexed)
    kept = archive.recall(document["answer_id"])
    assert [quote.text for quote in kept.quotes] == [quote["text"] for quote in document["quotes"]]
    assert all(archive.verify(quote) for quote in kept.quotes)


def test_an_answer_to_read(indexed, said):
    status, out, _ = said("ask", TRAM)
    assert status == 0
    assert "8.7-kilometer" in out
    assert out.index("By ") < out.index("8.7-kilometer"), "attribution first"
    assert "\x1b" not in out, "plain into a pipe"


def test_a_question_may_be_typed_without_quotes(indexed, said):
    assert said("ask", *TRAM.split(), "--json")[0] == 0


def test_declining_is_status_1_and_has_no_quotes(indexed, said):
    status, out, _ = said("ask", ABSENT, "--json")
    document = json.loads(out)
    check_document(document)
    assert (status, document["answered"], document["quotes"]) == (1, False, [])
    assert said("ask", ABSENT)[0] == 1


def test_top_gives_quotes_also_where_the_answer_is_no(indexed, said):
    document = json.loads(said("ask", ABSENT, "--json", "--top", 4)[1])
    check_document(document)
    assert not document["answered"]
    assert 1 <= len(document["quotes"]) <= 4
    without = json.loads(said("ask", ABSENT, "--json")[1])
    assert document["confidence"] == pytest.approx(without["confidence"]), "the same number either way"


def test_as_of_leaves_out_what_came_later(indexed, said):
    document = json.loads(said("ask", TRAM, "--json", "--top", 10, "--as-of", "2025-01-01")[1])
    check_document(document)
    assert document["as_of"] == "2025-01-01"
    dates = [quote["article"]["published"] for quote in document["quotes"]]
    assert dates
    assert all(day is None or day[:10] <= "2025-01-01" for day in dates)


def test_an_empty_archive_says_how_to_fill_it(said):
    status, out, _ = said("ask", TRAM)
    assert status == 1
    assert "run_bot.py index PATH" in out


def test_the_sample_has_a_data_folder_of_its_own(said, tmp_path):
    status, out, err = said("ask", "--sample", TRAM)
    assert (status, "8.7-kilometer" in out) == (0, True)
    assert "once" in err
    assert not (tmp_path / "data").exists(), "the real archive is not touched"
    status, _, err = said("ask", "--sample", TRAM)
    assert (status, err) == (0, ""), "the second time it is there"


# -- batches ----------------------------------------------------------------------------------------------------------


def test_a_batch_keeps_the_order_one_line_each(indexed, said, tmp_path):
    questions = tmp_path / "questions.jsonl"
    lines = [
        json.dumps({"id": "a", "question": TRAM}),
        "no json",
        json.dumps({"id": 3, "question": ABSENT, "date": "2025-01-01"}),
        json.dumps({"id": "d", "question": ""}),
    ]
    questions.write_text("\n".join(lines), "utf-8")
    target = tmp_path / "answers.jsonl"
    status, out, err = said("ask", "--batch", questions, "--output", target, "--top", 10)
    told = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
    assert (status, out, err) == (0, "", "")
    assert [line["id"] for line in told] == ["a", None, 3, "d"]
    assert told[1].keys() == told[3].keys() == {"id", "error"}
    for line in (told[0], told[2]):
        check_document(line)
    assert told[0]["answered"]
    assert told[2]["as_of"] == "2025-01-01"


def test_a_batch_without_output_goes_to_standard_output(indexed, said, tmp_path):
    (tmp_path / "q.jsonl").write_text(json.dumps({"question": TRAM}) + "\n")
    status, out, _ = said("ask", "--batch", tmp_path / "q.jsonl")
    assert status == 0
    check_document(json.loads(out))


# -- mistakes ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words, told",
    [
        (["ask"], "there is no question"),
        (["ask", "  "], "there is no question"),
        (["ask", "Who?", "--top", "0"], "not a number from 1 to 100"),
        (["ask", "Who?", "--as-of", "yesterday"], "'yesterday' is not a day written as YYYY-MM-DD"),
        (["ask", "Who?", "--as-of", "2017-02-30"], "is not a day"),
        (["ask", "Who?", "--output", "x"], "--output goes with --batch"),
        (["ask", "Who?", "--batch", "x"], "not both"),
        (["ask", "--batch", "none.jsonl"], "none.jsonl: no such file"),
        (["ask", "a\udcff"], "not UTF-8"),
        (["index", "nowhere"], "nowhere: no such file or folder"),
        (["index"], "nothing to read"),
        (["remove", "999"], "999"),
        (["remove", "x"], "invalid int value: 'x'"),
        (["restore", "999"], "999"),
        (["frobnicate"], "invalid choice: 'frobnicate'"),
        (["status", "--loud"], "unrecognized arguments: --loud"),
        (["--config", "none.toml", "status"], "none.toml: no such settings file"),
        (["status", "--config", "none.toml"], "none.toml: no such settings file"),
        (["serve"], "@BotFather"),
        ([], "@BotFather"),
    ],
)
def test_a_mistake_is_one_line_and_status_2(said, words, told):
    status, out, err = said(*words)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert told in err
    assert "Traceback" not in err


def test_wrong_settings_are_told_all_at_once(said, monkeypatch):
    monkeypatch.setenv("QUOTEWIRE_TELEGRAM__POLL_SECONDS", "0")
    monkeypatch.setenv("QUOTEWIRE_LOG__LEVEL", "LOUD")
    status, _, err = said("status")
    assert (status, err.count("\n")) == (2, 2)


def test_a_damaged_database_is_told_and_left_as_it_is(said, tmp_path):
    (tmp_path / "data").mkdir()
    database = tmp_path / "data" / "archive.db"
    database.write_bytes(b"not a database, but a hundred bytes and more of something else" * 40)
    before = database.read_bytes()
    status, _, err = said("ask", TRAM)
    assert (status, err.count("\n")) == (2, 1)
    assert database.read_bytes() == before


def test_a_fault_of_ours_is_one_line_with_the_rest_in_the_log(said, monkeypatch, tmp_path):
    def fail(*_args, **_more):
        raise RuntimeError("the inside of it")

    monkeypatch.setattr(Archive, "status", fail)
    status, _, err = said("status")
    assert (status, err.count("\n")) == (2, 1)
    assert "the inside of it" not in err
    log = tmp_path / "data" / "quotewire.log"
    assert str(log) in err
    assert "the inside of it" in log.read_text()


# -- the archive ------------------------------------------------------------------------------------------------------


def copied(folder: Path, count: int = 3) -> list[Path]:
    """Some plain articles of the sample, in a folder of one's own."""
    folder.mkdir()
    chosen = sorted(SAMPLE.glob("*.txt"))[:count]
    for path in chosen:
        (folder / path.name).write_bytes(path.read_bytes())
    return [folder / path.name for path in chosen]


def test_an_index_run_ends_in_its_summary(said, tmp_path):
    files = copied(tmp_path / "wire")
    assert said("index", tmp_path / "wire", "--dry-run")[1].splitlines()[-1] == "+3 ~0 =0 -0 !0"
    assert said("index", tmp_path / "wire")[:2] == (0, "+3 ~0 =0 -0 !0\n")
    files[0].write_text(
        files[0].read_text("utf-8") + "\n\nThe council meets again on Friday, the mayor said.\n", "utf-8"
    )
    (tmp_path / "wire" / "broken.json").write_text("{")
    status, out, _ = said("index")
    assert status == 0, "what can be read is read, from the folder that is known"
    assert out.splitlines()[0] == "+0 ~1 =2 -0 !1"
    assert "broken.json" in out.splitlines()[1]


def test_nothing_readable_is_a_mistake(said, tmp_path):
    (tmp_path / "broken.json").write_text("{")
    assert said("index", tmp_path / "broken.json")[0] == 2


def test_sources_of_the_settings_are_read_when_none_are_named(said, tmp_path, monkeypatch):
    copied(tmp_path / "wire")
    monkeypatch.setenv("QUOTEWIRE_ARCHIVE__SOURCES", str(tmp_path / "wire"))
    assert said("index")[1] == "+3 ~0 =0 -0 !0\n"


def test_a_removed_article_is_gone_until_restored(said, tmp_path):
    copied(tmp_path / "wire")
    said("index", tmp_path / "wire")
    out = said("articles")[1]
    number = re.search(r"^ *(\d+) .*[Tt]ram", out, re.MULTILINE)[1]
    assert said("ask", TRAM)[0] == 0
    assert said("remove", number, 999)[0] == 2, "one is not there; the other is removed all the same"
    assert "8.7-kilometer" not in said("ask", TRAM)[1]
    assert re.search(rf"^ *{number} ", said("articles", "--removed")[1], re.MULTILINE)
    assert said("index")[1] == "+0 ~0 =3 -0 !0\n", "a run does not bring it back"
    status, out, _ = said("restore", number)
    assert (status, out.startswith(f"Restored {number}: ")) == (0, True)
    assert "8.7-kilometer" in said("ask", TRAM)[1]


def test_a_correction_is_made_shown_and_undone(said, tmp_path):
    copied(tmp_path / "wire")
    said("index", tmp_path / "wire")
    number = re.search(r"^ *(\d+) .*[Tt]ram", said("articles")[1], re.MULTILINE)[1]
    before = said("edit", number)[1]
    status, out, _ = said("edit", number, "--title", "A tram for Gullhaven", "--published", "May 2023")
    assert (status, out.splitlines()[:2]) == (0, ["A tram for Gullhaven", "The Harbour Post · May 2023"])
    assert "As it was read, before terminal corrected it:" in out
    assert said("index", "--full")[1] == "+0 ~0 =3 -0 !0\n"
    article = json.loads(said("ask", TRAM, "--json")[1])["quotes"][0]["article"]
    assert (article["title"], article["published"], article["date_origin"]) == (
        "A tram for Gullhaven",
        "2023-05",
        "editor",
    )
    assert said("edit", number, "--undo") == (0, before, "")
    for wrong in (["--published", "soon"], ["--undo", "--title", "x"]):
        status, out, err = said("edit", number, *wrong)
        assert (status, out, err.count("\n")) == (2, "", 1)
    assert said("edit", "999")[0] == 2
    assert said("edit", number)[1] == before


def test_articles_are_paged_and_matched(indexed, said):
    status, out, _ = said("articles", "--size", 5, "--page", 2)
    assert status == 0
    assert len(out.splitlines()) == 6
    assert out.splitlines()[-1].startswith("Page 2 of ")
    assert "tram" in said("articles", "tram")[1].lower()
    assert said("articles", "zzzz")[1] == "No articles match “zzzz”.\n"


def test_the_state_is_told(indexed, said):
    status, out, _ = said("status")
    assert status == 0
    assert "all-MiniLM-L6-v2" in out
    assert "0 waiting for their vectors" in out
    assert str(SAMPLE) in out


def test_a_chat_answers_line_by_line(indexed):
    done = apart("chat", input=f"{TRAM}\n\n{ABSENT}\n")
    assert done.returncode == 0, done.stderr
    assert done.stdout.index("8.7-kilometer") < done.stdout.index("The archive does not answer this.")


# -- processes --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [["--help"], ["ask", "--help"], ["status"]])
def test_what_needs_no_model_loads_none(indexed, words):
    code = (
        "import sys; from bot.terminal.cli import main\n"
        f"try: ending = main({words!r})\n"
        "except SystemExit as error: ending = error.code\n"
        "loaded = {'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)\n"
        "sys.stderr.write(repr((ending, sorted(loaded))))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stderr == "(0, [])"


def test_the_program_itself_answers_and_declines(indexed):
    done = apart("ask", "--json", "--", TRAM, env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0"})
    assert (done.returncode, done.stderr) == (0, "")
    check_document(json.loads(done.stdout))


@pytest.mark.parametrize("words", [["ask", "--json", TRAM], ["articles"]])
def test_a_reader_that_leaves_early_causes_no_noise(indexed, words):
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "run_bot.py"), "ask", "--json", TRAM],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(60) == 0


def test_serve_tells_in_one_line_that_telegram_is_out_of_reach_and_how_to_set_the_first_admin(indexed):
    nowhere = {"TELEGRAM_BOT_TOKEN": "12345:AAFsecret", "QUOTEWIRE_TELEGRAM__BASE_URL": "http://127.0.0.1:9/bot"}
    done = apart("serve", env={**os.environ, **nowhere})
    assert (done.returncode, done.stdout) == (2, "")
    assert "telegram.admins" in done.stderr.splitlines()[0]
    assert "Telegram cannot be reached" in done.stderr.splitlines()[-1]
    assert "secret" not in done.stderr


def test_no_token_shows_in_what_serve_says(tmp_path):
    (tmp_path / "settings.toml").write_text("[telegram]\ntoken = 'AAF secret'\n")
    done = apart("--config", tmp_path / "settings.toml", "serve")
    assert done.returncode == 2
    assert "secret" not in done.stdout + done.stderr


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM])
def test_a_run_is_stopped_politely_and_goes_on_later(tmp_path, signum):
    folder = tmp_path / "wire"
    folder.mkdir()
    text = (SAMPLE / "2025-09-03-flood-first-report.txt").read_text("utf-8")
    for number in range(400):
        (folder / f"{number:03}.txt").write_text(f"{text}\n\nIt was report number {number}.\n", "utf-8")
    command = [sys.executable, str(ROOT / "run_bot.py"), "index", str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    archive = Archive.open(tmp_path / "data")
    ends = time.monotonic() + 60
    while not archive.status().articles and time.monotonic() < ends:
        time.sleep(0.05)
    process.send_signal(signum)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 128 + signum, err
    assert "Stopped before the end" in out
    kept = archive.status().articles
    assert kept > 0
    report = archive.reindex([folder])
    assert (kept + report.added, report.failed) == (400, 0), "the next run goes on"


def test_recurring_lines_are_listed_and_decided_on(said, tmp_path, monkeypatch):
    monkeypatch.setenv("QUOTEWIRE_ARCHIVE__PATH", str(tmp_path / "data"))
    pitch = "Our readers keep the Mail going."
    for topic in ("ferry", "bakery", "school", "bridge", "orchard"):
        text = f"The {topic} closes for a month, its owner announced.\n\nThe {topic} needs a roof.\n\n{pitch}"
        write(tmp_path / "papers", topic, f"The {topic} closes", text)
    with closing(Archive.open(tmp_path / "data")) as archive:  # by text alone: the model is not the point
        archive.reindex([tmp_path / "papers"])
        (line,) = archive.furniture()
    status, out, _ = said("furniture")
    assert (status, f"{pitch} — The Oldport Mail" in out, "left out" in out) == (0, True, True)
    assert said("furniture", "--keep", line.id)[1] == f"Kept {line.id}: {pitch}\n"
    assert "No line is left out" in said("furniture", "--outlet", "the oldport mail")[1]
    assert "kept by hand" in said("furniture", "--all")[1]
    assert said("furniture", "--undo", line.id)[0] == 0
    status, _, err = said("furniture", "--drop", 999)
    assert (status, err) == (2, "quotewire: There is no line 999; `furniture` lists them.\n")


def test_every_command_that_can_be_typed_is_in_the_table():
    (typed,) = [action.choices for action in _parser()._actions if action.dest == "command"]
    assert set(typed) == set(COMMANDS)
