"""What administrators are shown: progress and outcome of a run, the archive at a glance.

Called by the handlers for administrators. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from bot.journal import Tally
from bot.messages import keyboards
from bot.messages.attribution import entry
from bot.messages.buttons import Encode, Press
from bot.messages.catalogue import Catalogue
from bot.messages.page import BOLD, Page
from bot.messages.reply import Reply
from bot.messages.words import one_line
from index.datatypes import IndexReport, Progress, RunRecord, Status

MOST_LISTED = 15
LONGEST_ENTRY = 160
ROOM_BELOW = 300
"""Code points kept free for what comes after a list."""


def progress_line(progress: Progress) -> str:
    """What a run has done so far, as its last line will put it."""
    p = progress
    return f"+{p.added} ~{p.changed} ={p.unchanged} -{p.removed} !{p.failed}"


def progress_reply(progress: Progress | None, texts: Catalogue, encode: Encode) -> Reply:
    """A run under way, with a button to stop it."""
    stop = keyboards.keyboard([[keyboards.button(texts.say("button.cancel_run"), encode(Press.CANCEL))]])
    if progress is None:
        return Reply(texts.say("run.starting"), keyboard=stop)
    phase = texts.say(f"run.phase.{progress.phase}")
    key = "run.progress" if progress.total else "run.progress_open"
    values: dict[str, object] = {"phase": phase, "done": progress.done}
    if progress.total:
        values["total"] = progress.total
    return Reply(f"{texts.say(key, **values)}\n{texts.isolate(progress_line(progress))}", keyboard=stop)


def report_reply(report: IndexReport, texts: Catalogue) -> Reply:
    """What a run did, or would do: what was not read and why, and the summary as its last line."""
    page = Page()
    page.line(_ending(report, texts), BOLD)
    _listed(page, "run.failures", [one.line() for one in report.failures], texts)
    _listed(page, "run.warnings", report.warnings, texts)
    if report.dry_run:
        _listed(page, "run.added", report.added_titles, texts)
        _listed(page, "run.changed", report.changed_titles, texts)
        _listed(page, "run.removed", report.removed_titles, texts)
    page.gap()
    page.line(texts.isolate(report.line()))
    return Reply(page.text, page.entities())


def _ending(report: IndexReport, texts: Catalogue) -> str:
    if report.cancelled:
        return texts.say("run.cancelled")
    if report.dry_run:
        return texts.say("run.dry")
    return texts.say("run.done", duration=texts.duration(max(1.0, report.seconds)))  # never "0 seconds"


def _listed(page: Page, title: str, entries: Sequence[str], texts: Catalogue) -> None:
    """A titled list, as long as there is room; the rest is counted."""
    if not entries or page.room < 2 * ROOM_BELOW:
        return
    page.gap()
    page.line(texts.say(title), BOLD)
    for number, words in enumerate(entries):
        if number == MOST_LISTED or page.room < LONGEST_ENTRY + ROOM_BELOW:
            page.line(texts.say("run.more", count=len(entries) - number))
            return
        page.line(one_line(words, LONGEST_ENTRY))


def status_reply(status: Status, today: Tally, uptime: float, texts: Catalogue, sources: Sequence[str] = ()) -> Reply:
    """The archive at a glance; `sources` are lines about its sources."""
    page = Page()
    say = texts.say
    _write_articles(page, status, texts)
    page.gap()
    page.line(_last_run(status.last_run, texts))
    if status.running is not None:
        page.line(say("status.running", line=progress_line(status.running.progress)))
    if sources:
        page.gap()
        page.line(say("status.sources"), BOLD)
    for words in sources:
        if page.room > LONGEST_ENTRY + 2 * ROOM_BELOW:
            page.line(words)
    page.gap()
    page.line(say("status.model", model=status.model) if status.model else say("status.no_model"))
    if status.index_type:
        page.line(say("status.index", kind=status.index_type, size=size_shown(status.index_bytes)))
    page.line(say("status.database", size=size_shown(status.database_bytes)))
    page.line(say("status.uptime", duration=texts.duration(uptime)))
    page.line(say("status.readers", count=today.questions, helpful=today.helpful, unhelpful=today.unhelpful))
    return Reply(page.text, page.entities())


def _write_articles(page: Page, status: Status, texts: Catalogue) -> None:
    say = texts.say
    page.line(say("status.articles", count=status.articles), BOLD)
    page.line(say("status.passages", count=status.passages))
    page.line(say("status.pending", pending=status.pending))
    if status.removed:
        page.line(say("status.removed", removed=status.removed))
    if status.newest is not None:
        page.line(say("status.newest", entry=entry(status.newest, texts)))
    spoken = sorted(status.languages.items(), key=lambda each: -each[1])[:8]
    page.line(
        say("status.languages", languages=", ".join(f"{code} {count}" for code, count in spoken)) if spoken else ""
    )


def _last_run(run: RunRecord | None, texts: Catalogue) -> str:
    if run is None:
        return texts.say("status.no_run")
    when = texts.moment((run.ended or run.started).astimezone(UTC) if run.started else datetime.now(UTC))
    line = run.report.line() if run.report else "-"
    return texts.say("status.last_run", when=when, outcome=texts.say(f"outcome.{run.outcome}"), line=line)


def size_shown(count: int) -> str:
    """A number of bytes as a person reads it."""
    size = float(count)
    for unit in ("B", "kB", "MB"):
        if size < 1000:
            return f"{size:.0f} {unit}"
        size /= 1000
    return f"{size:.1f} GB"
