"""/ban and /allow: by number, by reply to a forwarded message, a report or a request, or from a list.

Registered by `app` for administrators; the buttons are listed in `pressing`.
"""

from __future__ import annotations

from dataclasses import replace

from telegram import (
    Message,
    MessageOriginChannel,
    MessageOriginChat,
    MessageOriginHiddenUser,
    MessageOriginUser,
    Update,
)

from bot.access.roles import Standing
from bot.context import BotContext, Visit
from bot.handlers.admission import note_decision, request_reply, tell
from bot.handlers.press_result import Outcome
from bot.journal import Applicant
from bot.messages import keyboards
from bot.messages.audit import SHORT
from bot.messages.buttons import Forged, Press, Pressed, decode
from bot.messages.page import BOLD, Page
from bot.messages.reply import Reply
from index.errors import NotFound

MOST_BANNED = 20
"""Banned readers listed at once, the last ones first."""
MOST_WAITING = 5


class Unclear(Exception):
    """Nobody is named whom a command could be about. The key of the sentence that says why."""


async def ban(update: Update, context: BotContext) -> None:
    """/ban: nothing of theirs is answered any more. Alone: who is banned."""
    visit = await context.visit(update)
    if not await _stand(visit, update.effective_message, context.args or [], Standing.BANNED):
        await visit.send(await _banned(visit))


async def allow(update: Update, context: BotContext) -> None:
    """/allow: let somebody in, or lift a ban. Alone: who is waiting."""
    visit = await context.visit(update)
    if not await _stand(visit, update.effective_message, context.args or [], Standing.ALLOWED):
        await _waiting(visit)


async def ban_reporter(visit: Visit, pressed: Pressed) -> Outcome:
    """The button under a report."""
    person = await visit.journal.reports.reporter(pressed.number(0))
    if person is None:
        raise NotFound("report")
    try:
        return Outcome(await _decided(visit, person, None, Standing.BANNED), alert=True)
    except Unclear as unclear:
        return Outcome(visit.texts.say(str(unclear)), alert=True)


async def lift(visit: Visit, pressed: Pressed) -> Outcome:
    """A button of the list of those who are banned."""
    services = visit.services
    applicant = await services.journal.readers.find(pressed.number(0))
    if applicant is None:
        raise NotFound("reader")
    note = await _decided(visit, applicant.person, applicant.chat_id, Standing.ALLOWED)
    return Outcome(note, reply=await _banned(visit))


async def _stand(visit: Visit, message: Message | None, args: list[str], standing: Standing) -> bool:
    """Do what a command says about whomever it names; False where it names nobody and replies to nothing."""
    try:
        if args:
            user_id = _number(args[0])
            person = visit.services.seal.person(user_id)
        elif message is not None and message.reply_to_message is not None:
            person, user_id = await _meant(visit, message.reply_to_message)
        else:
            return False
        await visit.send(Reply(await _decided(visit, person, user_id or None, standing)))
    except Unclear as unclear:
        await visit.say(str(unclear))
    return True


def _number(word: str) -> int:
    digits = word.removeprefix("-")
    if not (digits.isdecimal() and len(digits) < 20):
        raise Unclear("people.usage")
    return int(word)


async def _meant(visit: Visit, message: Message) -> tuple[str, int]:
    """Whom a replied-to message is about: pseudonym, and number (0 where it is not known). Raises Unclear."""
    number = _sender(message)
    if number:
        return visit.services.seal.person(number), number
    person = await _behind(visit, message)
    if person is None:
        raise Unclear("people.nobody")
    return person, 0


def _sender(message: Message) -> int:
    """Who wrote a forwarded message, 0 where it is none. Raises Unclear where they hide it."""
    origin = message.forward_origin
    if isinstance(origin, MessageOriginHiddenUser):
        raise Unclear("people.hidden")
    if isinstance(origin, MessageOriginUser):
        return origin.sender_user.id
    if isinstance(origin, MessageOriginChat):
        return origin.sender_chat.id
    return origin.chat.id if isinstance(origin, MessageOriginChannel) else 0


async def _behind(visit: Visit, message: Message) -> str | None:
    """The reader behind a report or a request of ours, known by its buttons."""
    journal = visit.journal
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    for data in (one.callback_data for row in rows for one in row):
        if not isinstance(data, str):
            continue
        try:
            pressed = decode(visit.services.seal, visit.chat.id, data)
        except Forged:
            continue
        if pressed.press in (Press.RESOLVE, Press.BAN_REPORTER):
            return await journal.reports.reporter(pressed.number(0))
        if pressed.press in (Press.ADMIT, Press.STAND):
            applicant = await journal.readers.find(pressed.number(0))
            return applicant.person if applicant else None
    return None


async def _decided(visit: Visit, person: str, user_id: int | None, standing: Standing) -> str:
    """Ban somebody or let them in, and tell what came of it. Raises Unclear for an administrator."""
    services = visit.services
    if person in [services.seal.person(admin) for admin in services.access.admins]:
        raise Unclear("people.administrator")
    before = await services.journal.readers.stand(person, standing)
    key = f"people.{standing.value}"
    if before.standing is standing:
        key = f"people.already.{standing.value}"
    else:
        now = replace(before, standing=standing, chat_id=before.chat_id or user_id)
        await note_decision(visit, now)
        if before.standing is not Standing.UNKNOWN:
            tell(services, now)
    return visit.texts.say(key, who=person[:SHORT])


async def _banned(visit: Visit) -> Reply:
    """Who is banned, each with a button that lifts it."""
    services, texts = visit.services, visit.texts
    banned = await services.journal.readers.with_standing(Standing.BANNED, MOST_BANNED)
    if not banned:
        return Reply(texts.say("people.none_banned"))
    page = Page()
    page.line(texts.say("people.banned_title"), BOLD)
    page.gap()
    for one in banned:
        page.line(texts.say("people.entry", who=_who(one), when=texts.moment(services.local(one.at))))
    buttons = [
        keyboards.button(texts.say("button.lift", who=_who(one)), visit.encode(Press.LIFT, one.number))
        for one in banned
    ]
    return Reply(page.text, page.entities(), keyboards.keyboard([[one] for one in buttons]))


def _who(applicant: Applicant) -> str:
    return applicant.person[:SHORT]


async def _waiting(visit: Visit) -> None:
    """Show who asks to be let in, a message each as when they asked."""
    services, texts = visit.services, visit.texts
    waiting = await services.journal.readers.with_standing(Standing.PENDING, 1_000)
    if not waiting:
        await visit.say("people.none_waiting")
        return
    await visit.say("people.waiting_title", count=len(waiting))
    for one in waiting[::-1][:MOST_WAITING]:
        await visit.send(request_reply(one, "", texts, visit.encode))
