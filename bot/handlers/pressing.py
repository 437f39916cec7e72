"""A button was pressed: read its data, do what it says, answer, change its message.

Registered by `app`; what each button does stands in `READERS` and `ADMINISTRATORS`. The press is answered before the
message changes, so that the button stops waiting at once.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress

from telegram import CallbackQuery, Message, Update
from telegram.error import TelegramError

from bot.access.roles import Action, may
from bot.context import BotContext, Visit
from bot.delivery.outbox import Delivered, QuoteGone
from bot.handlers import (
    admin,
    admission,
    answer_buttons,
    audit,
    backups,
    browse,
    drafts,
    edits,
    groups,
    inventory,
    people,
    personal,
    reports,
    statistics,
    takedown,
    unanswered,
)
from bot.handlers.ask import note
from bot.handlers.press_result import Outcome
from bot.messages.answers import withdrawn_reply
from bot.messages.buttons import Forged, Press, Pressed, decode
from bot.messages.reply import Reply
from index.errors import NotFound, Withdrawn

log = logging.getLogger(__name__)

Handler = Callable[[Visit, Pressed], Awaitable[Outcome]]
ListHandler = Callable[[Visit, Pressed, CallbackQuery], Awaitable[Outcome]]

READERS: Mapping[Press, Handler] = {
    Press.QUOTE: answer_buttons.quote,
    Press.CONTEXT: answer_buttons.context,
    Press.OTHERS: answer_buttons.others,
    Press.CARD: answer_buttons.card,
    Press.HELPFUL: answer_buttons.helpful,
    Press.REPORT: answer_buttons.report,
    Press.REASON: answer_buttons.reason,
    Press.UNFILTER: answer_buttons.unfilter,
    Press.AFRESH: answer_buttons.afresh,
    Press.FORGET: personal.forget,
    Press.LANGUAGE: personal.set_language,
    Press.SETTING: groups.set_one,
}
LISTS: Mapping[Press, ListHandler] = {
    Press.LIST: browse.turn,
    Press.LISTED: browse.open_one,
}
"""Buttons of lists, some of which only the title of their message knows."""
ADMINISTRATORS: Mapping[Press, Handler] = {
    Press.CANCEL: admin.press_cancel,
    Press.REMOVED: admin.turn_removed,
    Press.REMOVE: admin.ask_to_remove,
    Press.REMOVE_NOW: admin.remove_now,
    Press.KEEP: admin.keep,
    Press.RESTORE: admin.restore_one,
    Press.RESOLVE: reports.resolve,
    Press.SOURCES: inventory.turn,
    Press.READ_SOURCE: inventory.read_now,
    Press.HISTORY: inventory.history,
    Press.BACKUP: backups.make_now,
    Press.ERASE: takedown.ask_to_erase,
    Press.ERASE_NOW: takedown.erase_now,
    Press.LEAVE: takedown.leave,
    Press.EDIT: edits.open_one,
    Press.FIELD: drafts.ask,
    Press.DECIDE: drafts.decide,
    # the newsroom's desk
    Press.ADMIT: admission.decide,
    Press.STAND: admission.change,
    Press.LIFT: people.lift,
    Press.BAN_REPORTER: people.ban_reporter,
    Press.REPORTS: reports.more,
    Press.UNANSWERED: unanswered.turn,
    Press.MUTE: unanswered.mute,
    Press.MUTED: unanswered.turn_muted,
    Press.UNMUTE: unanswered.unmute,
    Press.FEEDBACK: statistics.turn_feedback,
    Press.AUDIT: audit.turn,
    Press.AUDIT_FILE: audit.send_file,
}
ADMINISTRATORS_LISTS: Mapping[Press, ListHandler] = {
    Press.ARTICLES: admin.turn_articles,
}

ACTIONS: Mapping[Press, Action] = {
    Press.FORGET: Action.OWN,
    Press.LANGUAGE: Action.ABOUT,
    **dict.fromkeys((*ADMINISTRATORS, *ADMINISTRATORS_LISTS), Action.ADMINISTER),
}
"""What pressing a button means for who may do it; those not named are `Action.PRESS`."""


async def press(update: Update, context: BotContext) -> None:
    """Any button under any message of ours."""
    query = update.callback_query
    assert query is not None  # only button presses arrive here
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
    elif outcome.below:
        await _write_below(visit, query, outcome)


async def _do(visit: Visit, pressed: Pressed, query: CallbackQuery) -> Outcome:
    kind = pressed.press
    action = ACTIONS.get(kind, Action.PRESS)
    if not may(visit.role, action):
        if action is not Action.ADMINISTER:
            return admission.press_refused(visit)
        await visit.journal.audit.note(visit.user_id, kind.name.lower(), allowed=False)
        return Outcome(visit.texts.say("pressed.not_yours"), alert=True)
    if kind in READERS:
        return await READERS[kind](visit, pressed)
    if kind in LISTS:
        return await LISTS[kind](visit, pressed, query)
    return await _administer(visit, pressed, query)


async def _administer(visit: Visit, pressed: Pressed, query: CallbackQuery) -> Outcome:
    """What an administrator's button does; of what is gone by now, only that."""
    kind = pressed.press
    try:
        if kind in ADMINISTRATORS_LISTS:
            return await ADMINISTRATORS_LISTS[kind](visit, pressed, query)
        return await ADMINISTRATORS[kind](visit, pressed)
    except NotFound:
        return Outcome(visit.texts.say("pressed.no_longer"), alert=True)


async def _answer(query: CallbackQuery, outcome: Outcome) -> None:
    with suppress(TelegramError):  # too late, or not to be reached: the press is forgotten, the message still changes
        await query.answer(outcome.note[:200] or None, show_alert=outcome.alert)


async def _write_below(visit: Visit, query: CallbackQuery, outcome: Outcome) -> None:
    """Leave the message as it is, with a line under it.

    Where the message has the new buttons already, an earlier press wrote that line.
    """
    message = query.message
    if not isinstance(message, Message) or message.text is None:
        return  # Telegram no longer gives its text
    if message.reply_markup == outcome.keyboard:
        return
    reply = Reply(f"{message.text}\n\n{outcome.below}", tuple(message.entities), outcome.keyboard)
    await visit.services.outbox.edit(visit.chat.id, message.message_id, reply)


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
        await services.journal.deliveries.show(visit.chat.id, message.message_id, reply.shown)
