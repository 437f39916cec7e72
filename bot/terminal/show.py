"""What the archive says, for a terminal: quotes with their attribution first, lists, the state, a run's result.

Called by the commands. The functions named after what they show give lines of styled text, pure; `show` prints them:
in colour and wrapped on a terminal, plain and whole lines into a file or pipe. Must not know where things come from.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path
from typing import TextIO

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from bot.messages.attribution import (
    byline,
    correction_line,
    entry_line,
    headline,
    kind_line,
    published,
    source_line,
    speaker_line,
)
from bot.messages.catalogue import Catalogue
from bot.messages.words import Listed, alarm_line, facts, history_line, notice_words, status_words
from index.datatypes import (
    Answer,
    AnswerKind,
    ArticleCard,
    Citation,
    Coverage,
    Edited,
    IndexReport,
    SourceRun,
    SourceState,
    Status,
    Withheld,
)

INDENT = 2
# What would move the cursor or change the colours of a terminal when an article holds it. One sign for one sign, so
# that ranges stay right.
_CONTROLS = {
    code: "\N{REPLACEMENT CHARACTER}" for code in [*range(0x20), *range(0x7F, 0xA0)] if chr(code) not in "\n\t"
}


@dataclass(frozen=True, slots=True)
class Line:
    """Styled text and how far it stands in."""

    text: Text
    indent: int = 0


class _Screen(Console):
    """A console that leaves a closed pipe to its caller, where rich would end the process."""

    def on_broken_pipe(self) -> None:
        """Raise again the BrokenPipeError that rich is handling."""
        raise


def console(stream: TextIO | None = None) -> Console:
    """A console on `stream` (standard output) that takes every word as it is."""
    return _Screen(file=stream or sys.stdout, markup=False, highlight=False, emoji=False)


def show(screen: Console, lines: Iterable[Line]) -> None:
    """Print the lines: wrapped at words on a terminal, otherwise left whole for the next program."""
    for line in lines:
        if screen.is_terminal:
            screen.print(Padding(line.text, (0, 0, 0, line.indent)))
        else:
            for part in line.text.split("\n"):
                screen.print(Text(" " * line.indent) + part if part else part, soft_wrap=True)


def safe(words: str) -> str:
    """`words` without the signs that a terminal would obey; of the same length."""
    return words.translate(_CONTROLS)


def _line(words: str, style: str = "", indent: int = 0) -> Line:
    return Line(Text(safe(words), style=style), indent)


# -- answers ----------------------------------------------------------------------------------------------------------


def answer_lines(answer: Answer, texts: Catalogue, program: str = "quotewire") -> Iterator[Line]:
    """The quotes with their attribution, or an honest no with the closest coverage.

    `program` is how this program is started, for the hint that an empty archive gives.
    """
    for notice in answer.notices:
        yield _line(notice_words(notice, texts), "italic yellow")
    if answer.notices:
        yield _line("")
    if answer.answered:
        yield from _quotes(answer.quotes, texts)
    elif answer.kind is AnswerKind.EMPTY:
        yield _line("The archive holds no articles yet.", "bold")
        yield _line(f"Fill it: {program} index PATH")
        yield _line(f'Or try the sample first: {program} ask --sample "QUESTION"')
    elif answer.kind is AnswerKind.COVERAGE:
        yield _line(texts.say("coverage.title", topic=answer.question), "bold")
        yield from _listed(answer.closest, texts)
    else:
        yield from _declined(answer, texts)


def _quotes(quotes: Iterable[Citation], texts: Catalogue) -> Iterator[Line]:
    for number, citation in enumerate(quotes, 1):
        if number > 1:
            yield _line("")
        yield from quote_lines(citation, texts)


def quote_lines(citation: Citation, texts: Catalogue) -> Iterator[Line]:
    """One quote: where it is from, who speaks, the words with the answering sentence emphasised, what goes with it."""
    yield from card_lines(citation.article, texts)
    yield from _given(entry_line(citation, texts), "blue")
    yield from _given(kind_line(citation, texts), "magenta")
    yield from _given(speaker_line(citation, texts), "cyan")
    if citation.withheld or not citation.text:
        yield _line(texts.say(f"withheld.{citation.withheld or Withheld.TOO_LONG}"), "italic", INDENT)
    else:
        words = Text(safe(citation.text))
        if citation.highlight:
            words.stylize("bold green", citation.highlight.start, citation.highlight.end)
        yield Line(words, INDENT)
    yield from _given(correction_line(citation, texts), "yellow")
    for key in ("also_in", "corrections", "newer"):
        cards: tuple[ArticleCard, ...] = getattr(citation, key)
        if cards:
            listed = "; ".join(named(card, texts) for card in cards)
            yield _line(texts.say(f"quote.{key}", articles=listed), "dim")


def card_lines(card: ArticleCard, texts: Catalogue) -> Iterator[Line]:
    """An article named in full: headline, outlet, date, byline, link."""
    yield _line(headline(card, texts), "bold")
    yield _line(source_line(card, texts), "blue")
    yield from _given(byline(card, texts), "blue")
    yield from _given(card.url or "", "blue underline")


def _declined(answer: Answer, texts: Catalogue) -> Iterator[Line]:
    yield _line(texts.say("answer.declined"), "bold")
    if answer.closest:
        yield _line(texts.say("answer.closest"), "italic")
        yield from _listed(answer.closest, texts)
    elif answer.newest_article:
        yield _line(texts.say("answer.newest", date=texts.date(answer.newest_article)))
    if answer.quotes:
        yield _line("")
        yield _line("What it would have quoted, which is not an answer:", "italic")
        yield from _quotes(answer.quotes, texts)


def _listed(cards: Iterable[ArticleCard], texts: Catalogue) -> Iterator[Line]:
    for card in cards:
        yield _line(named(card, texts), indent=INDENT)


def named(card: ArticleCard, texts: Catalogue) -> str:
    """An article in one line: headline, outlet, date."""
    return f"{headline(card, texts)} — {source_line(card, texts)}"


def _given(words: str, style: str) -> Iterator[Line]:
    if words:
        yield _line(words, style)


# -- the archive ------------------------------------------------------------------------------------------------------


def edited_lines(known: Edited, texts: Catalogue) -> Iterator[Line]:
    """An article as it is shown, and where people corrected it, as it was read."""
    card, read = known.article, known.read
    for words, style in ((headline(card, texts), "bold"), (source_line(card, texts), ""), (byline(card, texts), "")):
        if words:
            yield _line(words, style)
    if known.by is None:
        return
    yield _line(f"As it was read, before {known.by} corrected it:", "italic")
    for words in (headline(read, texts), source_line(read, texts), byline(read, texts)):
        if words:
            yield _line(words, indent=INDENT)


def coverage_lines(coverage: Coverage, texts: Catalogue) -> Iterator[Line]:
    """A page of articles, one a line with its number, as `remove` and `restore` want it."""
    for card in coverage.items:
        row = Text(f"{card.id:>6}  ", style="cyan")
        row.append(f"{published(card, texts):<12} ", style="blue")
        row.append(safe(headline(card, texts)), style="bold")
        row.append(safe(f" — {source_line(card, texts)}"), style="dim")
        yield Line(row)
    if not coverage.items:
        yield _line("No articles." if not coverage.topic else f"No articles match “{coverage.topic}”.")
    elif coverage.pages > 1:
        yield _line(f"Page {coverage.page + 1} of {coverage.pages}, {coverage.total:,} articles", "dim")


def status_lines(status: Status, texts: Catalogue, zone: tzinfo, folder: Path) -> Iterator[Line]:
    """The archive at a glance, a fact a line; `folder` is its data folder."""
    removed = f" ({status.removed:,} removed)" if status.removed else ""
    last = status.last_run
    facts = {
        "Articles": f"{status.articles:,}{removed}",
        "Languages": ", ".join(f"{lang} {count:,}" for lang, count in status.languages.items()) or "none",
        "Passages": f"{status.passages:,}, {status.pending:,} waiting for their vectors",
        "Newest": f"{published(status.newest, texts)}, {headline(status.newest, texts)}" if status.newest else "none",
        "Sources": ", ".join(spec.shown for spec in status.sources) or "none",
        "Last run": f"{last.kind}, {last.outcome}, {texts.moment(last.started.astimezone(zone))}" if last else "never",
        "Running": _running(status),
        "Model": status.model or "none: answers come by words alone",
        "Index": f"{status.index_type or 'none'}, {_size(status.index_bytes)}, generation {status.generation}",
        "Database": _size(status.database_bytes),
        "Folder": str(folder.absolute()),
    }
    for name, value in facts.items():
        row = Text(f"{name + ':':<11}", style="cyan")
        yield Line(row.append(safe(value), style="default"))
    if last and last.report:
        yield _line(last.report.line(), indent=11)


def _running(status: Status) -> str:
    run = status.running
    if run is None:
        return "nothing"
    return f"{run.kind}, {run.progress.phase} {run.progress.done:,} of {run.progress.total or '?'} (process {run.pid})"


def _size(count: int) -> str:
    size, unit = float(count), "bytes"
    for larger in ("kB", "MB", "GB"):
        if size < 1000:
            break
        size, unit = size / 1000, larger
    return f"{size:.0f} {unit}" if unit == "bytes" else f"{size:.1f} {unit}"


def source_status_lines(listed: Sequence[Listed], texts: Catalogue, zone: tzinfo) -> Iterator[Line]:
    """The sources below the archive at a glance: when each was read and will be, what is wrong with any."""
    for words in status_words(listed, texts, zone):
        yield _line(words, "yellow" if words.startswith("⚠") else "", indent=11)


def source_lines(listed: Sequence[Listed], texts: Catalogue, zone: tzinfo) -> Iterator[Line]:
    """The sources, each with what is known of it."""
    for one in listed:
        yield _line(one.state.spec.shown, "bold")
        if one.state.spec.name:
            yield _line(one.state.spec.location, "dim", indent=INDENT)
        for words in facts(one, texts, zone):
            yield _line(words, indent=INDENT)
        for alarm in one.state.alarms:
            yield _line(alarm_line(one.state, alarm, texts, zone), "yellow", indent=INDENT)
    if not listed:
        yield _line(texts.say("sources.none"))


def history_lines(state: SourceState, runs: Sequence[SourceRun], texts: Catalogue, zone: tzinfo) -> Iterator[Line]:
    """How each reading of a source went, the newest first."""
    yield _line(state.spec.shown, "bold")
    for run in runs:
        yield _line(history_line(run, texts, zone), "yellow" if run.reason else "", indent=INDENT)
    if not runs:
        yield _line(texts.say("sources.never"), indent=INDENT)


# -- a run ------------------------------------------------------------------------------------------------------------


def report_lines(report: IndexReport) -> Iterator[Line]:
    """What a run did: for a dry run by title, then the one-line summary, then what failed and why."""
    if report.dry_run:
        titles = {"+": report.added_titles, "~": report.changed_titles, "-": report.removed_titles}
        for sign, listed in titles.items():
            for title in listed:
                yield _line(f"{sign} {title}")
    yield _line(report.line(), "bold")
    for failure in report.failures:
        yield _line(f"! {failure.line()}", "red")
    for warning in report.warnings:
        yield _line(f"warning: {warning}", "yellow")
    if report.cancelled:
        yield _line("Stopped before the end. What was done is kept; the next run goes on from there.", "yellow")
