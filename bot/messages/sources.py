"""The sources as administrators are shown them: a page of all, the history of one, what is wrong.

Called by the handlers, the watch over the sources and the terminal. A source is named in a button by a short digest of
its location. Pure.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from bot.messages import keyboards
from bot.messages.buttons import Encode, Press
from bot.messages.catalogue import Catalogue
from bot.messages.page import BOLD, Page, one_line
from bot.messages.reply import Reply
from index.datatypes import Alarm, SourceRun, SourceState, Trouble

SOURCES_ON_PAGE = 5
RUNS_ON_PAGE = 12
LONGEST_NAME = 120
LONGEST_REASON = 250
MOST_IN_STATUS = 8


@dataclass(frozen=True, slots=True)
class Listed:
    """A source with its times: when it is read next (None without a schedule), whether it waits for its turn."""

    state: SourceState
    next: datetime | None = None
    waits: bool = False


def tag(location: str) -> str:
    """What stands for a source in a button."""
    return hashlib.sha256(location.encode()).hexdigest()[:12]


def alarm_line(state: SourceState, alarm: Alarm, texts: Catalogue, zone: tzinfo) -> str:
    """What is wrong with a source, as a warning."""
    name = one_line(state.spec.shown, LONGEST_NAME)
    when = texts.moment(alarm.since.astimezone(zone))
    if alarm.trouble is Trouble.FAILED:
        return texts.say("alarm.failed", source=name, since=when, reason=one_line(alarm.reason, LONGEST_REASON))
    usual = texts.duration(alarm.usual.total_seconds()) if alarm.usual else ""
    return texts.say("alarm.stale", source=name, since=when, usual=usual)


def facts(one: Listed, texts: Catalogue, zone: tzinfo) -> Iterator[str]:
    """What is known of a source, a line each, without its name and its troubles."""
    state, say = one.state, texts.say
    yield say("sources.articles", kind=say(f"sources.kind.{state.spec.kind}"), count=state.articles)
    yield _last(state.last, texts, zone)
    if state.news is not None:
        yield say("sources.news", when=texts.moment(state.news.astimezone(zone)))
    if one.waits:
        yield say("sources.waits")
    elif one.next is not None:
        yield say("sources.next", when=texts.moment(one.next.astimezone(zone)))
    if not state.is_read:
        yield say("sources.left_out")


def _last(run: SourceRun | None, texts: Catalogue, zone: tzinfo) -> str:
    if run is None:
        return texts.say("sources.never")
    when, outcome = texts.moment(run.at.astimezone(zone)), texts.say(f"outcome.{run.outcome}")
    return texts.say("status.last_run", when=when, outcome=outcome, line=run.line())


def sources_reply(listed: Sequence[Listed], page_number: int, texts: Catalogue, encode: Encode, zone: tzinfo) -> Reply:
    """A page of the sources, each with buttons that read it now and show its history."""
    if not listed:
        return Reply(texts.say("sources.none"))
    pages = -(-len(listed) // SOURCES_ON_PAGE)
    page_number = min(max(page_number, 0), pages - 1)
    page, rows = Page(), []
    page.line(texts.say("sources.title", count=len(listed)), BOLD)
    first = page_number * SOURCES_ON_PAGE
    for n, one in enumerate(listed[first : first + SOURCES_ON_PAGE], first + 1):
        _write(page, n, one, texts, zone)
        number, key = texts.number(n), tag(one.state.spec.location)
        rows.append(
            [
                keyboards.button(texts.say("button.read_now", number=number), encode(Press.READ_SOURCE, key)),
                keyboards.button(texts.say("button.history", number=number), encode(Press.HISTORY, key, 0)),
            ]
        )
    rows.append(list(keyboards.turning(page_number, pages, texts, lambda to: encode(Press.SOURCES, to))))
    return Reply(page.text, page.entities(), keyboards.keyboard(rows))


def _write(page: Page, number: int, one: Listed, texts: Catalogue, zone: tzinfo) -> None:
    page.gap()
    page.line(f"{texts.number(number)}. ")
    page.write(one_line(one.state.spec.shown, LONGEST_NAME), BOLD)
    for words in facts(one, texts, zone):
        page.line(words)
    for alarm in one.state.alarms:
        page.line(alarm_line(one.state, alarm, texts, zone))


def history_reply(
    state: SourceState, runs: Sequence[SourceRun], page_number: int, texts: Catalogue, encode: Encode, zone: tzinfo
) -> Reply:
    """A page of the readings of a source, the newest first. `runs` are all that are shown."""
    pages = max(1, -(-len(runs) // RUNS_ON_PAGE))
    page_number = min(max(page_number, 0), pages - 1)
    page, key = Page(), tag(state.spec.location)
    page.line(one_line(state.spec.shown, LONGEST_NAME), BOLD)
    page.gap()
    for run in runs[page_number * RUNS_ON_PAGE : (page_number + 1) * RUNS_ON_PAGE]:
        page.line(one_line(history_line(run, texts, zone), LONGEST_REASON))
    if not runs:
        page.line(texts.say("sources.never"))
    turning = keyboards.turning(page_number, pages, texts, lambda to: encode(Press.HISTORY, key, to))
    back = keyboards.button(texts.say("button.back_to_list"), encode(Press.SOURCES, 0))
    return Reply(page.text, page.entities(), keyboards.keyboard([turning, [back]]))


def history_line(run: SourceRun, texts: Catalogue, zone: tzinfo) -> str:
    """One reading of a source, in a line."""
    reason = f": {texts.isolate(run.reason)}" if run.reason else ""
    line = texts.isolate(run.line())
    return f"{texts.moment(run.at.astimezone(zone))}, {texts.say(f'outcome.{run.outcome}')}, {line}{reason}"


def status_lines(listed: Sequence[Listed], texts: Catalogue, zone: tzinfo) -> Iterator[str]:
    """The sources as /status has them: a line each, and what is wrong with any."""
    for one in listed[:MOST_IN_STATUS]:
        last = one.state.last
        when = texts.moment(last.at.astimezone(zone)) if last else "–"
        name = texts.isolate(one_line(one.state.spec.shown, 60))
        line = texts.isolate(last.line()) if last else ""
        following = f"; {texts.say('sources.next', when=texts.moment(one.next.astimezone(zone)))}" if one.next else ""
        yield f"• {name}: {when} {line}{following}"
    if len(listed) > MOST_IN_STATUS:
        yield texts.say("run.more", count=len(listed) - MOST_IN_STATUS)
    for one in listed:
        for alarm in one.state.alarms:
            yield alarm_line(one.state, alarm, texts, zone)
