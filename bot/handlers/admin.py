"""What administrators do: index, look, remove, restore. Everybody else is refused politely, and that is noted.

Registered by `app`, which lets only administrators through to these; the buttons are listed in `pressing`.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import datetime

from telegram import CallbackQuery, Update

from bot.access.roles import Action
from bot.background.run_progress import reindex as run_reindex
from bot.background.withdrawals import affected, withdraw
from bot.context import BotContext, Services, Visit
from bot.handlers.admission import admitted
from bot.handlers.browse import topic_behind
from bot.handlers.inventory import listed
from bot.handlers.press_result import Outcome
from bot.messages import keyboards
from bot.messages.attribution import headline
from bot.messages.buttons import Press, Pressed
from bot.messages.lists import LONGEST_TOPIC, articles_reply, confirm_reply, removed_reply, which_reply
from bot.messages.reply import Reply
from bot.messages.runs_and_status import status_reply
from bot.messages.words import status_words
from index.errors import NotFound, Withdrawn

MODES: Mapping[str, Mapping[str, bool]] = {"": {}, "full": {"full": True}, "dry": {"dry_run": True}}
BY = "telegram"


async def refuse(update: Update, context: BotContext) -> None:
    """An administrator's command from somebody else, or not in private."""
    visit = await context.visit(update)
    written = (update.effective_message.text if update.effective_message else None) or ""
    if visit.is_admin:
        await visit.say("admin.private_only")
        return
    await _audit(visit, written.split()[0] if written else "", allowed=False)
    if await admitted(visit, Action.ABOUT):
        await visit.say("admin.refused")


async def _audit(visit: Visit, action: str, subject: str = "", *, allowed: bool = True) -> None:
    await visit.journal.audit.note(visit.user_id, action, subject, allowed=allowed)


async def reindex(update: Update, context: BotContext) -> None:
    """/reindex, /reindex full, /reindex dry: goes on behind this handler."""
    visit = await context.visit(update)
    word = " ".join(context.args or []).lower()
    if word not in MODES:
        await visit.say("admin.usage.reindex")
        return
    await _audit(visit, "reindex", word)
    visit.services.spawn(run_reindex(visit, (), **MODES[word]))


async def cancel(update: Update, context: BotContext) -> None:
    """/cancel: stop the run in progress, whoever started it."""
    visit = await context.visit(update)
    await visit.say(await _cancelled(visit))


async def press_cancel(visit: Visit, pressed: Pressed) -> Outcome:
    """The button under a run's progress."""
    return Outcome(visit.texts.say(await _cancelled(visit)))


async def _cancelled(visit: Visit) -> str:
    await _audit(visit, "cancel")
    return "run.cancelling" if await visit.services.runner.cancel() else "run.none"


async def status(update: Update, context: BotContext) -> None:
    """/status: the archive at a glance."""
    visit = await context.visit(update)
    services = visit.services
    found = await services.archive.status()
    today = await services.journal.tally(_midnight(services))
    known = status_words(await listed(services), visit.texts, services.settings.answers.zone)
    await visit.send(status_reply(found, today, time.monotonic() - services.started, visit.texts, tuple(known)))


def _midnight(services: Services) -> datetime:
    """When the newsroom's day began."""
    now = datetime.now(services.settings.answers.zone)
    return now.replace(hour=0, minute=0, second=0, microsecond=0)


async def articles(update: Update, context: BotContext) -> None:
    """/articles, with words to search headlines for."""
    visit = await context.visit(update)
    match = " ".join(context.args or [])[:LONGEST_TOPIC]
    found = await visit.archive.articles(match)
    await visit.send(articles_reply(found, visit.texts, visit.encode))


async def turn_articles(visit: Visit, pressed: Pressed, query: CallbackQuery) -> Outcome:
    """Another page of the articles."""
    match = topic_behind(pressed, 2, query)
    found = await visit.archive.articles(match, page=pressed.number(0))
    return Outcome(reply=articles_reply(found, visit.texts, visit.encode))


async def remove(update: Update, context: BotContext) -> None:
    """/remove with a number, a link or words of a headline: asks to confirm, or which one is meant."""
    visit = await context.visit(update)
    match = " ".join(context.args or [])[:500]
    if not match:
        await visit.say("remove.usage")
        return
    found = await visit.archive.articles(match)
    if not found.items:
        await visit.say("remove.none", match=match[:LONGEST_TOPIC])
    elif found.total == 1:
        await visit.send(confirm_reply(found.items[0], visit.texts, visit.encode))
    else:
        await visit.send(which_reply(found, visit.texts, visit.encode))


async def ask_to_remove(visit: Visit, pressed: Pressed) -> Outcome:
    """One of several that could be meant."""
    card = await visit.archive.article(pressed.number(0))
    return Outcome(reply=confirm_reply(card, visit.texts, visit.encode))


async def remove_now(visit: Visit, pressed: Pressed) -> Outcome:
    """Confirmed: out of the archive at once, and out of the messages that quote it as fast as Telegram allows."""
    services, number = visit.services, pressed.number(0)
    deliveries = await affected(services, number)
    card = await services.archive.remove(number, by=BY)
    await _audit(visit, "remove", f"#{number}")
    words = visit.texts.say("remove.done", headline=headline(card, visit.texts))
    if deliveries:
        words += "\n" + visit.texts.say("remove.withdrawing", count=len(deliveries))
    services.spawn(withdraw(services, deliveries))
    erase = keyboards.button(visit.texts.say("button.erase"), visit.encode(Press.ERASE, number))
    return Outcome(reply=Reply(words, keyboard=keyboards.keyboard([[erase]])))


async def keep(visit: Visit, pressed: Pressed) -> Outcome:
    """Not removed after all."""
    card = await visit.archive.article(pressed.number(0))
    return Outcome(reply=Reply(visit.texts.say("remove.kept", headline=headline(card, visit.texts))))


async def restore(update: Update, context: BotContext) -> None:
    """/restore with a number; alone, the list of what was removed."""
    visit = await context.visit(update)
    word = (context.args or [""])[0].lstrip("#")
    if not word.isdecimal():
        found = await visit.archive.removed()
        await visit.send(removed_reply(found, visit.texts, visit.encode))
        return
    try:
        await visit.send(await _restored(visit, int(word)))
    except (NotFound, Withdrawn) as error:
        await visit.say("admin.failed", reason=str(error))


async def turn_removed(visit: Visit, pressed: Pressed) -> Outcome:
    """Another page of what was removed."""
    found = await visit.archive.removed(page=pressed.number(0))
    return Outcome(reply=removed_reply(found, visit.texts, visit.encode))


async def restore_one(visit: Visit, pressed: Pressed) -> Outcome:
    """The button of a removed article."""
    return Outcome(reply=await _restored(visit, pressed.number(0)))


async def _restored(visit: Visit, number: int) -> Reply:
    card = await visit.archive.restore(number, by=BY)
    await _audit(visit, "restore", f"#{number}")
    return Reply(visit.texts.say("restore.done", headline=headline(card, visit.texts)))
