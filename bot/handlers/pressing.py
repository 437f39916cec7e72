"""A button was pressed: read its data, do what it says, answer, change its message.

Registered by `app`; what each button does stands in `READERS` and `ADMINISTRATORS`. The press is answered before the
message changes, so that the button stops waiting at once.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress

from telegram import CallbackQuery, Update
from telegram.error import BadRequest

from bot.buttons import Forged, Press, Pressed, decode
from bot.context import BotContext, Visit
from bot.handlers import admin, browse, drafts, edits, groups, personal, reading, reports
from bot.handlers.ask import note
from bot.handlers.outcome import Outcome
from bot.outbox import Delivered, QuoteGone
from bot.render import withdrawn_reply
from bot.reply import Reply
from index.errors import NotFound, Withdrawn

log = logging.getLogger(__name__)

Handler = Callable[[Visit, Pressed], Awaitable[Outcome]]

READERS: Mapping[Press, Handler] = {
    Press.QUOTE: reading.quote,
    Press.CONTEXT: reading.context,
    Press.OTHERS: reading.others,
    Press.CARD: reading.card,
    Press.HELPFUL: reading.helpful,
    Press.REPORT: reading.report,
    Press.REASON: reading.reason,
    Press.UNFILTER: reading.unfilter,
    Press.AFRESH: reading.afresh,
    Press.FORGET: personal.forget,
    Press.LANGUAGE: personal.set_language,
    Press.SETTING: groups.set_one,
}
LISTS: Mapping[Press, Callable[[Visit, Pressed, str], Awaitable[Outcome]]] = {
    Press.LIST: browse.turn,
    Press.LISTED: browse.open_one,
}
"""Buttons that also need to know what their list is about, which stands in their message."""
ADMINISTRATORS: Mapping[Press, Handler] = {
    Press.CANCEL: admin.press_cancel,
    Press.REMOVED: admin.turn_removed,
    Press.REMOVE: admin.ask_to_remove,
    Press.REMOVE_NOW: admin.remove_now,
    Press.KEEP: admin.keep,
    Press.RESTORE: admin.restore_one,
    Press.RESOLVE: reports.resolve,
    Press.EDIT: edits.open_one,
    Press.FIELD: drafts.ask,
    Press.DECIDE: drafts.decide,
}
ADMINISTRATORS_LISTS: Mapping[Press, Callable[[Visit, Pressed, str], Awaitable[Outcome]]] = {
    Press.ARTICLES: admin.turn_articles,
}


async def press(update: Update, context: BotContext) -> None:
    """Any button under any message of ours."""
    query = update.callback_query
    assert query is not None  # only button presses are handed here
    if query.message is None:
        await query.answer()  # under an inline message, where our buttons only open links
        return
    visit = await context.visit(update)
    try:
        pressed = decode(context.services.seal, visit.chat.id, query.data or "")
        outcome = await _do(visit, pressed, query)
    except (Forged, ValueError):
        log.warning("a button with data that is not ours was pressed")
        outcome = Outcome(visit.texts.say("pressed.forged"), alert=True)
    except NotFound:
        outcome = Outcome(visit.texts.say("pressed.gone"), alert=True)
    except Withdrawn:
        outcome = Outcome(visit.texts.say("pressed.withdrawn"), alert=True, reply=withdrawn_reply(None, visit.texts))
    await _answer(query, outcome)
    if outcome.reply is not None:
        await _show(visit, query, outcome, outcome.reply)


async def _do(visit: Visit, pressed: Pressed, query: CallbackQuery) -> Outcome:
    kind = pressed.press
    if kind in READERS:
        return await READERS[kind](visit, pressed)
    if kind in LISTS:
        return await LISTS[kind](visit, pressed, browse.topic_behind(query))
    if not visit.is_admin:
        await visit.services.bridge(visit.services.journal.audit, visit.user_id, kind.name.lower(), allowed=False)
        return Outcome(visit.texts.say("pressed.not_yours"), alert=True)
    if kind in ADMINISTRATORS_LISTS:
        return await ADMINISTRATORS_LISTS[kind](visit, pressed, browse.topic_behind(query))
    return await ADMINISTRATORS[kind](visit, pressed)


async def _answer(query: CallbackQuery, outcome: Outcome) -> None:
    with suppress(BadRequest):  # too late: the press is forgotten, the message still changes
        await query.answer(outcome.note[:200] or None, show_alert=outcome.alert)


async def _show(visit: Visit, query: CallbackQuery, outcome: Outcome, reply: Reply) -> None:
    """Put the outcome in place of the button's message, and note which quote it shows."""
    services, message = visit.services, query.message
    assert message is not None
    try:
        await services.outbox.edit(visit.chat.id, message.message_id, reply)
    except QuoteGone:
        await services.outbox.edit(visit.chat.id, message.message_id, withdrawn_reply(reply.answer_id, visit.texts))
    if outcome.asked:
        await note(visit, reply, Delivered(visit.chat.id, message.message_id))
    elif reply.quoted is not None:
        await services.bridge(services.journal.turned, visit.chat.id, message.message_id, reply.shown)
