"""What administrators are shown fits a message and ends with the summary, however much there is to tell."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.journal import Tally
from bot.messages.catalogue import catalogue, languages
from bot.messages.page import LONGEST
from bot.messages.runs_and_status import progress_reply, report_reply, status_reply
from index.datatypes import (
    ArticleCard,
    DateOrigin,
    Failure,
    IndexReport,
    PartialDate,
    Phase,
    Progress,
    RunKind,
    RunOutcome,
    RunRecord,
    Status,
)

EN = catalogue("en")
words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=500)
titles = st.lists(words, max_size=40).map(tuple)


@settings(deadline=None, max_examples=50)
@given(
    failures=st.lists(st.builds(Failure, words, words), max_size=60).map(tuple),
    warnings=titles,
    added=titles,
    changed=titles,
    removed=titles,
    dry=st.booleans(),
    lang=st.sampled_from(languages()),
)
def test_a_report_fits_and_ends_with_its_summary(*, failures, warnings, added, changed, removed, dry, lang) -> None:
    report = IndexReport(
        added=len(added),
        failures=failures,
        warnings=warnings,
        added_titles=added,
        changed_titles=changed,
        removed_titles=removed,
        dry_run=dry,
        seconds=61.0,
    )
    reply = report_reply(report, catalogue(lang))
    assert len(reply.text) <= LONGEST
    summary = f"+{len(added)} ~0 =0 -0 !{len(failures)}"
    assert reply.text.splitlines()[-1] == catalogue(lang).isolate(summary)
    assert catalogue("en").isolate(summary) == summary


@pytest.mark.parametrize(("seconds", "ending"), [(0.2, "Done in 1 second."), (8.1, "Done in 8 seconds.")])
def test_a_report_says_how_long_the_run_took(seconds: float, ending: str) -> None:
    assert report_reply(IndexReport(seconds=seconds), EN).text.splitlines()[0] == ending


@pytest.mark.parametrize(
    ("lang", "line"), [("en", "Today: 1 answer sent, 0 helpful, 0 not"), ("ru", "Сегодня: 1 ответ,")]
)
def test_one_answer_is_counted_in_the_singular(lang: str, line: str) -> None:
    status = Status(1, 1, 0, 0, None, {}, (), None, None, None, None, 0, 0, 1)
    assert line in status_reply(status, Tally(1, 0, 0), 60.0, catalogue(lang)).text


def test_failures_are_named_with_their_reasons_and_the_rest_is_counted() -> None:
    many = tuple(Failure(f"file{n}.txt", "not text") for n in range(20))
    text = report_reply(IndexReport(failures=many, seconds=1.0), EN).text
    assert "file0.txt: not text" in text
    assert "and 5 more" in text
    assert text.endswith("!20")


@pytest.mark.parametrize(
    ("progress", "text"),
    [
        (None, "Starting…"),
        (Progress(phase=Phase.READING, done=3, total=0, added=2), "Reading: 3\n+2 ~0 =0 -0 !0"),
        (
            Progress(phase=Phase.EMBEDDING, done=1_200, total=4_000, unchanged=7),
            "Embedding: 1,200 of 4,000\n+0 ~0 =7 -0 !0",
        ),
    ],
)
def test_progress_tells_how_far_the_run_is(progress: Progress | None, text: str) -> None:
    reply = progress_reply(progress, EN, lambda press, *fields: "data")
    assert reply.text == text
    assert reply.keyboard is not None


def test_the_status_tells_everything_that_is_known() -> None:
    newest = ArticleCard(1, "Title", "Outlet", None, (), (), PartialDate("2025"), DateOrigin.FIELD, None, None)
    moment = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
    run = RunRecord(1, RunKind.REINDEX, "telegram", moment, moment, RunOutcome.DIED, None)
    status = Status(2, 9, 1, 1, newest, {"en": 2}, (), run, None, None, None, 0, 1_234_567, 4)
    text = status_reply(status, Tally(5, 2, 1), 7_300.0, EN).text
    assert text == (
        "2 articles\n9 passages\nWaiting for their vectors: 1\nRemoved by editors: 1\n"
        "Newest: Title — Outlet, 2025\nLanguages: en 2\n\n"
        "Last run: 2 Jan 2026, 03:04 UTC, broken off, -\n\n"
        "Model: none, text search only\nDatabase: 1 MB\nUp for 2 hours\n"
        "Today: 5 answers sent, 2 helpful, 1 not"
    )
