"""The sources as administrators are shown them: a page of all, the history of one, what is wrong.

Called by the handlers, the watch over the sources and the terminal. A source is named in a button by a short digest of
its location. Pure.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import tzinfo

from bot.messages import keyboards
from bot.messages.buttons import Encode, Press
from bot.messages.catalogue import Catalogue
from bot.messages.page import BOLD, Page
from bot.messages.reply import Reply
from bot.messages.words import LONGEST_NAME, LONGEST_REASON, Listed, alarm_line, facts, history_line, one_line
from index.datatypes import SourceRun, SourceState

SOURCES_ON_PAGE = 5
RUNS_ON_PAGE = 12


def tag(location: str) -> str:
    """What stands for a source in a button."""
    return hashlib.sha256(location.encode()).hexdigest()[:12]


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
