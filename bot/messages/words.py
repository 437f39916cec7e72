"""Words that several messages and the terminal share: a line cut to fit, notices, what is known of a source.

Pure; no formatting and no buttons.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from bot.messages.catalogue import Catalogue
from index.clean.canonical_text import as_sent
from index.datatypes import Alarm, Notice, SourceRun, SourceState, Trouble

LONGEST_NAME = 120
LONGEST_REASON = 250
MOST_IN_STATUS = 8


def one_line(words: str, longest: int) -> str:
    """`words` on one line as Telegram delivers it, cut at a word with "…" beyond `longest` code points."""
    flat = " ".join(as_sent(words).split())
    if len(flat) <= longest:
        return flat
    cut = flat[: longest - 1]
    at_word = cut.rsplit(" ", 1)[0] if " " in cut[longest // 2 :] else cut
    return at_word.rstrip(" ,;:.") + "…"


def notice_words(notice: Notice, texts: Catalogue) -> str:
    """A notice as a sentence of the reader's language; dates among its values are shown as the reader writes them."""
    known = {name: value for name, value in notice.values.items() if value not in ("", "None")}
    values = {name: _dated(value, texts) for name, value in known.items()}
    try:
        return texts.say(f"notice.{notice.kind.value}", **values)
    except KeyError:  # a value that the sentence needs is not there: say it without
        return texts.say(f"notice.{notice.kind.value}.plain")


def _dated(value: str, texts: Catalogue) -> str:
    from_text = texts.date_from(value)
    return one_line(value, 100) if from_text is None else from_text


@dataclass(frozen=True, slots=True)
class Listed:
    """A source with its times: when it is read next (None without a schedule), whether it waits for its turn."""

    state: SourceState
    next: datetime | None = None
    waits: bool = False


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


def history_line(run: SourceRun, texts: Catalogue, zone: tzinfo) -> str:
    """One reading of a source, in a line."""
    reason = f": {texts.isolate(run.reason)}" if run.reason else ""
    line = texts.isolate(run.line())
    return f"{texts.moment(run.at.astimezone(zone))}, {texts.say(f'outcome.{run.outcome}')}, {line}{reason}"


def status_words(listed: Sequence[Listed], texts: Catalogue, zone: tzinfo) -> Iterator[str]:
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
