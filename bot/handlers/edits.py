"""/edit: correct what was read of an article, by its number, link or words of its headline.

Registered by `app` and `pressing`. What is set, and saving it, is the business of `drafts`.
"""

from __future__ import annotations

from dataclasses import asdict

from telegram import Update

from bot.context import BotContext, Visit
from bot.handlers.press_result import Outcome
from bot.journal import Draft
from bot.messages.buttons import Press, Pressed
from bot.messages.drafts import edit_reply
from bot.messages.lists import LONGEST_TOPIC, which_reply
from bot.messages.reply import Reply
from index.datatypes import Edit


async def command(update: Update, context: BotContext) -> None:
    """/edit with what tells the article; which one is asked where several could be meant."""
    visit = await context.visit(update)
    match = " ".join(context.args or [])[:500]
    if not match:
        await visit.say("edit.usage")
        return
    found = await visit.archive.articles(match)
    exact = [card for card in found.items if card.url == match]
    if not found.items:
        await visit.say("remove.none", match=match[:LONGEST_TOPIC])
    elif len(exact) == 1 or found.total == 1:
        await _open(visit, (exact or found.items)[0].id)
    else:
        await visit.send(which_reply(found, visit.texts, visit.encode, Press.EDIT))


async def open_one(visit: Visit, pressed: Pressed) -> Outcome:
    """The button of an article: the card with its fields comes below."""
    await _open(visit, pressed.number(0))
    return Outcome()


async def _open(visit: Visit, article: int) -> None:
    services = visit.services
    known = await services.archive.edited(article)
    seen = asdict(services.archive.editable(known.article))
    number = await services.journal.drafts.add(visit.chat.id, Draft(article=article, seen=seen))
    reply: Reply = edit_reply(number, known, Edit(), visit.texts, visit.encode)
    sent = await visit.send(reply)
    await services.journal.drafts.show(number, sent.message_id)
