"""The editors' board as replies: what readers asked in vain, and what of it is muted.

Called by the administrators' handlers. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.messages import keyboards
from bot.messages.attribution import entry, web_address
from bot.messages.buttons import Encode, Press
from bot.messages.catalogue import Catalogue
from bot.messages.keyboards import Row
from bot.messages.page import BOLD, ITALIC, Page
from bot.messages.reply import Reply
from bot.messages.words import one_line
from index.datatypes import Unanswered

ON_PAGE = 6
LONGEST_QUESTION = 200

Local = Callable[[datetime], datetime]
"""Brings a moment into the newsroom's time zone."""


def unanswered_reply(every: Sequence[Unanswered], page: int, days: int, texts: Catalogue, encode: Encode) -> Reply:
    """A page of what is open, each with the button that mutes it; those answered by now marked and last."""
    open_ = [one for one in every if one.mute is None]
    muted = len(every) - len(open_)
    way = [keyboards.button(texts.say("button.muted", count=muted), encode(Press.MUTED, 0))] if muted else []
    if not open_:
        return Reply(texts.say("unanswered.none"), keyboard=keyboards.keyboard([way]))
    page, pages = within(page, len(open_), ON_PAGE)
    shown = open_[page * ON_PAGE : (page + 1) * ON_PAGE]
    sheet = Page()
    sheet.line(texts.say("unanswered.title", count=len([one for one in open_ if not one.answered])), BOLD)
    sheet.line(texts.say("unanswered.kept", count=days), ITALIC)
    for number, one in enumerate(shown, page * ON_PAGE + 1):
        _entry(sheet, number, one, texts)
    _foot(sheet, texts.say("unanswered.hint"), page, pages, texts)
    mutes = [
        keyboards.button(texts.say("button.mute", number=number), encode(Press.MUTE, one.answer_id, page))
        for number, one in enumerate(shown, page * ON_PAGE + 1)
    ]
    turning = turn(page, pages, texts, lambda to: encode(Press.UNANSWERED, to))
    return Reply(sheet.text, sheet.entities(), keyboards.keyboard([*keyboards.in_rows(mutes), turning, way]))


def muted_reply(every: Sequence[Unanswered], page: int, local: Local, texts: Catalogue, encode: Encode) -> Reply:
    """A page of what is muted, each with the button that brings it back."""
    muted = [one for one in every if one.mute is not None]
    back = [keyboards.button(texts.say("button.back_to_list"), encode(Press.UNANSWERED, 0))]
    if not muted:
        return Reply(texts.say("muted.none"), keyboard=keyboards.keyboard([back]))
    page, pages = within(page, len(muted), ON_PAGE)
    shown = muted[page * ON_PAGE : (page + 1) * ON_PAGE]
    sheet = Page()
    sheet.line(texts.say("muted.title", count=len(muted)), BOLD)
    for number, one in enumerate(shown, page * ON_PAGE + 1):
        if one.question:
            _entry(sheet, number, one, texts)
        else:
            sheet.gap()
            when = texts.moment(local(one.muted_at or one.asked_at))
            sheet.line(f"{texts.number(number)}. {texts.say('unanswered.forgotten', when=when)}")
    _foot(sheet, texts.say("muted.hint"), page, pages, texts)
    buttons = [
        keyboards.button(texts.say("button.unmute", number=number), encode(Press.UNMUTE, one.mute or 0, page))
        for number, one in enumerate(shown, page * ON_PAGE + 1)
    ]
    turning = turn(page, pages, texts, lambda to: encode(Press.MUTED, to))
    return Reply(sheet.text, sheet.entities(), keyboards.keyboard([*keyboards.in_rows(buttons), turning, back]))


def _entry(sheet: Page, number: int, one: Unanswered, texts: Catalogue) -> None:
    """A meaning: its question, how often it was asked, what else is to be known of it, the closest article."""
    sheet.gap()
    sheet.line(f"{texts.number(number)}. ")
    sheet.write(texts.say("unanswered.entry", question=one_line(one.question, LONGEST_QUESTION)), BOLD)
    marks = [texts.say("unanswered.times", count=one.count)]
    if one.unhelpful:
        marks.append(f"👎 {texts.say('unanswered.unhelpful')}")
    if one.answered:
        marks.append(f"✓ {texts.say('unanswered.meanwhile')}")
    sheet.line(" · ".join(marks))
    if one.closest is not None:
        sheet.line(texts.say("unanswered.closest"))
        sheet.write(entry(one.closest, texts), url=web_address(one.closest.url))


def _foot(sheet: Page, hint: str, page: int, pages: int, texts: Catalogue) -> None:
    sheet.gap()
    if pages > 1:
        sheet.line(texts.say("coverage.page", page=page + 1, pages=pages), ITALIC)
    sheet.line(hint, ITALIC)


def within(page: int, count: int, size: int) -> tuple[int, int]:
    """A page that there is, counting from 0, and how many there are."""
    pages = max(1, -(-count // size))
    return min(max(page, 0), pages - 1), pages


def turn(page: int, pages: int, texts: Catalogue, data: Callable[[int], str]) -> Row:
    """The buttons to the pages around, for lists that do not go by time."""
    row = []
    if page > 0:
        row.append(keyboards.button(f"◀ {texts.number(page)}", data(page - 1)))
    if page + 1 < pages:
        row.append(keyboards.button(f"{texts.number(page + 2)} ▶", data(page + 1)))
    return row
