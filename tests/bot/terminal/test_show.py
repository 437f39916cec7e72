"""What a terminal shows: attribution first, the answering sentence emphasised, plain text into a pipe."""

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from rich.console import Console

from bot.messages.catalogue import catalogue
from bot.terminal.show import answer_lines, console, coverage_lines, report_lines, safe, show, status_lines
from index.datatypes import (
    Answer,
    AnswerKind,
    ArticleCard,
    ArticleLabel,
    Citation,
    Coverage,
    DateOrigin,
    Failure,
    IndexReport,
    Label,
    Notice,
    NoticeKind,
    PartialDate,
    Phase,
    Progress,
    Run,
    RunKind,
    RunOutcome,
    RunRecord,
    SourceSpec,
    Span,
    Speaker,
    Status,
    Withheld,
)

TEXTS = catalogue("en")
WORDS = "The quay wall held through the night. “We were lucky,” said the harbour master, who had not slept at all."
EMPHASIS = Span(38, len(WORDS))
CARD = ArticleCard(
    id=12,
    title="Quay wall holds",
    outlet="Harbour Post",
    agency="North Wire",
    authors=("Jo Reed",),
    contributors=("Al Vane",),
    published=PartialDate("2024-09-12"),
    date_origin=DateOrigin.FIELD,
    label=ArticleLabel.OPINION,
    url="https://harbourpost.example/quay",
    caption_date=PartialDate("2017-11-21"),
)


def citation(**changes) -> Citation:
    values = {
        "article": CARD,
        "version_id": 1,
        "span": Span(0, len(WORDS)),
        "sha256": "",
        "text": WORDS,
        "highlight": EMPHASIS,
        "kind": Label.PROSE,
        "speaker": Speaker("Ida Holm", "the harbour master"),
        "passage": Span(0, len(WORDS)),
        "passage_text": WORDS,
        "score": 1.0,
    }
    return Citation(**{**values, **changes})


def answer(kind=AnswerKind.ANSWERED, **changes) -> Answer:
    return Answer("id", "Did it hold?", None, "en", kind, 0.8, **changes)


def plain(lines) -> str:
    screen = console(io.StringIO())
    show(screen, lines)
    return screen.file.getvalue()


def coloured(lines, width=60) -> str:
    stream = io.StringIO()
    show(Console(file=stream, force_terminal=True, width=width, color_system="standard", highlight=False), lines)
    return stream.getvalue()


def test_a_quote_says_where_it_is_from_before_it_speaks():
    shown = plain(answer_lines(answer(quotes=(citation(),)), TEXTS))
    assert shown == (
        "Quay wall holds\n"
        "Harbour Post (North Wire) · 12 Sep 2024 · Opinion\n"
        "By Jo Reed; with Al Vane\n"
        "https://harbourpost.example/quay\n"
        "Speaker: Ida Holm, the harbour master\n"
        f"  {WORDS}\n"
    )


def test_a_pipe_gets_whole_lines_without_colours():
    long = " ".join(["word"] * 100) + "."
    shown = plain(answer_lines(answer(quotes=(citation(text=f"{long}\n{long}", highlight=Span(0, 4)),)), TEXTS))
    assert shown.count(f"  {long}\n") == 2
    assert "\x1b" not in shown


def test_a_terminal_gets_the_answering_sentence_emphasised():
    shown = coloured(answer_lines(answer(quotes=(citation(),)), TEXTS), width=200)
    before, emphasised = WORDS[: EMPHASIS.start], WORDS[EMPHASIS.start :]
    assert f"  {before}\x1b[1;32m{emphasised}\x1b[0m" in shown


@pytest.mark.parametrize("variable", ["NO_COLOR"])
def test_colours_can_be_declined(monkeypatch, variable):
    monkeypatch.setenv(variable, "1")
    stream = io.StringIO()
    show(
        Console(file=stream, force_terminal=True, width=200),
        answer_lines(answer(quotes=(citation(),)), TEXTS),
    )
    assert "32m" not in stream.getvalue()


def test_a_caption_and_a_credit_line_are_called_so():
    assert "Caption of a photograph taken 21 Nov 2017" in plain(
        answer_lines(answer(quotes=(citation(kind=Label.CAPTION),)), TEXTS)
    )
    assert "\nCredit line\n" in plain(answer_lines(answer(quotes=(citation(kind=Label.CREDIT),)), TEXTS))


def test_a_withheld_quote_shows_no_words():
    held = citation(text="", highlight=None, withheld=Withheld.LINK_ONLY)
    shown = plain(answer_lines(answer(quotes=(held,)), TEXTS))
    assert "headline and link only" in shown
    assert "https://harbourpost.example/quay" in shown


def test_declining_lists_the_closest_coverage_as_no_answer():
    declined = answer(AnswerKind.DECLINED, closest=(CARD,))
    shown = plain(answer_lines(declined, TEXTS))
    assert shown.startswith("The archive does not answer this.\nThe closest coverage, which is not an answer:\n")
    assert "Quay wall holds — Harbour Post" in shown
    asked_for = plain(answer_lines(answer(AnswerKind.DECLINED, quotes=(citation(),)), TEXTS))
    assert asked_for.index("which is not an answer") < asked_for.index(WORDS)


def test_declining_without_coverage_says_how_new_the_archive_is_and_names_no_command_of_telegrams():
    declined = answer(AnswerKind.DECLINED, closest=(), newest_article=PartialDate("2024-09-12"))
    words = "The archive does not answer this.\nThe newest article I have is from 12 Sep 2024.\n"
    assert plain(answer_lines(declined, TEXTS)) == words


def test_notices_come_first():
    stale = answer(quotes=(citation(),), notices=(Notice(NoticeKind.STALE, {"newest": "2017"}),))
    assert plain(answer_lines(stale, TEXTS)).startswith("The newest article I have on this is from 2017.\n\n")


def test_an_empty_archive_says_how_to_fill_it():
    assert plain(answer_lines(answer(AnswerKind.EMPTY), TEXTS, "venv/bin/python run_bot.py")) == (
        "The archive holds no articles yet.\n"
        "Fill it: venv/bin/python run_bot.py index PATH\n"
        'Or try the sample first: venv/bin/python run_bot.py ask --sample "QUESTION"\n'
    )


def test_a_topic_lists_headlines():
    shown = plain(answer_lines(answer(AnswerKind.COVERAGE, closest=(CARD,)), TEXTS))
    assert shown.startswith("Newest coverage: Did it hold?\n  Quay wall holds — ")


def test_an_article_cannot_command_the_terminal():
    words = "red \x1b[31m, bell \x07, title \x9d0;x\x9c, back \x08\r"
    assert len(safe(words)) == len(words)
    shown = plain(answer_lines(answer(quotes=(citation(text=words, highlight=Span(0, 3)),)), TEXTS))
    assert not set(shown) & {"\x1b", "\x07", "\x9d", "\x9c", "\x08", "\r"}


def test_markup_of_an_article_stays_as_it_is():
    words = "[bold]not bold[/bold] :smile: [/nothing]"
    assert words in plain(answer_lines(answer(quotes=(citation(text=words, highlight=None),)), TEXTS))


def test_a_list_gives_numbers_for_remove():
    shown = plain(coverage_lines(Coverage("", (CARD,), 1, 3, 42), TEXTS))
    assert shown.split()[0] == "12"
    assert "Page 2 of 3, 42 articles" in shown
    assert plain(coverage_lines(Coverage("x", (), 0, 1, 0), TEXTS)) == "No articles match “x”.\n"


def test_a_run_ends_in_one_line_then_what_failed_and_why():
    report = IndexReport(1, 2, 3, 4, failures=(Failure("a.txt", "it is empty"),), warnings=("half of it is gone",))
    assert plain(report_lines(report)) == "+1 ~2 =3 -4 !1\n! a.txt: it is empty\nwarning: half of it is gone\n"


def test_a_dry_run_tells_titles():
    report = IndexReport(1, 1, added_titles=("New",), changed_titles=("Old",), dry_run=True)
    assert plain(report_lines(report)) == "+ New\n~ Old\n+1 ~1 =0 -0 !0\n"


def test_the_state_of_the_archive():
    started = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
    status = Status(
        articles=4403,
        passages=34000,
        pending=12,
        removed=1,
        newest=CARD,
        languages={"en": 4400, "de": 3},
        sources=(SourceSpec("/wire"),),
        last_run=RunRecord(1, RunKind.REINDEX, "terminal", started, started, RunOutcome.DONE, IndexReport(added=5)),
        running=Run(2, RunKind.FULL, "terminal", 99, started, Progress(phase=Phase.EMBEDDING, done=10, total=200)),
        model="all-MiniLM-L6-v2",
        index_type="Flat",
        index_bytes=1_500_000,
        database_bytes=999,
        generation=7,
    )
    shown = plain(status_lines(status, TEXTS, UTC, Path("/srv/wire")))
    for words in (
        "Articles:  4,403 (1 removed)",
        "Folder:    /srv/wire",
        "34,000, 12 waiting",
        "12 Sep 2024, Quay wall holds",
        "+5 ~0 =0 -0 !0",
        "2 Jan 2026, 03:04",
        "full, embedding 10 of 200 (process 99)",
        "Flat, 1.5 MB, generation 7",
        "999 bytes",
    ):
        assert words in shown
