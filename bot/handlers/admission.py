"""The door: who is let through to what, what the others hear, and requests to be let in.

Wraps commands in `app`, and is asked by whatever else acts for somebody. The table is in `bot.access.roles`.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any

from telegram import InlineKeyboardMarkup, Update

from bot.access.roles import Action, Role, Standing, may
from bot.background.tell_administrators import tell_administrators
from bot.context import BotContext, Services, Visit
from bot.delivery.outbox import Place
from bot.handlers.press_result import Outcome
from bot.journal import Applicant
from bot.messages import keyboards
from bot.messages.audit import SHORT
from bot.messages.buttons import Encode, Forged, Press, Pressed
from bot.messages.catalogue import Catalogue, choose
from bot.messages.reply import Reply
from bot.messages.words import one_line
from index.errors import NotFound

Handler = Callable[[Update, BotContext], Coroutine[Any, Any, None]]

TOLD_ONCE = (Role.UNLISTED, Role.BANNED)
"""Roles that hear one line; after it, and in every other role that may not ask, there is silence."""
DECISIONS = (Standing.ALLOWED, Standing.REFUSED, Standing.BANNED)
ACTS = {Standing.ALLOWED: "allow", Standing.REFUSED: "refuse", Standing.BANNED: "ban"}
LONGEST_NAME = 120


def guarded(action: Action, handler: Handler) -> Handler:
    """A handler that only hears from those who may do this."""

    async def guarded_handler(update: Update, context: BotContext) -> None:
        if await admitted(await context.visit(update), action):
            await handler(update, context)

    return guarded_handler


async def admitted(visit: Visit, action: Action) -> bool:
    """Whether the sender may do this; where not, they have been answered."""
    if may(visit.role, action):
        return True
    if may(visit.role, Action.REQUEST):
        await _request(visit)
    elif visit.role in TOLD_ONCE and await visit.journal.readers.first_refusal(visit.asker):
        await visit.say(
            f"access.{visit.role.value}", **({"user": str(visit.asker)} if visit.role is Role.UNLISTED else {})
        )
    return False


def press_refused(visit: Visit) -> Outcome:
    """What somebody sees who may not press a button."""
    key = "pressed.ask_first" if may(visit.role, Action.REQUEST) else "pressed.not_admitted"
    return Outcome(visit.texts.say(key), alert=True)


async def _request(visit: Visit) -> None:
    """Tell a stranger that an editor will look at it, and the administrators that somebody asks: both once."""
    services = visit.services
    if not services.access.request(visit.asker):
        return
    number = await services.journal.readers.request(visit.asker, visit.texts.lang)
    if number is None:
        return
    await visit.say("access.pending")
    applicant = Applicant(number, "", Standing.PENDING, visit.asker, visit.texts.lang, "")
    services.spawn(
        tell_administrators(services, lambda texts, encode: request_reply(applicant, visit.name, texts, encode))
    )


def request_reply(applicant: Applicant, name: str, texts: Catalogue, encode: Encode) -> Reply:
    """A request to be let in as administrators see it. `name` is shown to them and kept nowhere else."""
    user = "–" if applicant.chat_id is None else str(applicant.chat_id)
    words = texts.say("access.request", name=one_line(name, LONGEST_NAME) or "–", user=user)
    labels = ("button.allow", "button.refuse", "button.ban")
    row = [
        keyboards.button(texts.say(label), encode(Press.ADMIT, applicant.number, standing.value))
        for label, standing in zip(labels, DECISIONS, strict=True)
    ]
    return Reply(words, keyboard=keyboards.keyboard([row]))


async def decide(visit: Visit, pressed: Pressed) -> Outcome:
    """A button under a request. The first administrator to press decides; the others learn what was decided."""
    number, standing = pressed.number(0), _decision(pressed)
    services = visit.services
    decided = await services.journal.readers.decide(number, standing)
    applicant = await services.journal.readers.find(number)
    if applicant is None:
        raise NotFound("request")
    if decided:
        await note_decision(visit, applicant)
        tell(services, applicant)
    return _decided(visit, applicant, "" if decided else visit.texts.say("access.settled"))


async def change(visit: Visit, pressed: Pressed) -> Outcome:
    """The button under a decided request: the other way."""
    services, standing = visit.services, _decision(pressed)
    applicant = await services.journal.readers.find(pressed.number(0))
    if applicant is None:
        raise NotFound("request")
    if applicant.standing is not standing:
        await services.journal.readers.stand(applicant.person, standing)
        applicant = replace(applicant, standing=standing)
        await note_decision(visit, applicant)
        tell(services, applicant)
    return _decided(visit, applicant, "")


def _decision(pressed: Pressed) -> Standing:
    if pressed.text(1) not in DECISIONS:
        raise Forged(pressed.text(1))
    return Standing(pressed.text(1))


def _decided(visit: Visit, applicant: Applicant, note: str) -> Outcome:
    texts = visit.texts
    below = texts.say(f"access.is.{applicant.standing.value}")
    return Outcome(note, below=below, keyboard=_other_way(applicant, texts, visit.encode))


def _other_way(applicant: Applicant, texts: Catalogue, encode: Encode) -> InlineKeyboardMarkup | None:
    other = Standing.BANNED if applicant.standing is Standing.ALLOWED else Standing.ALLOWED
    label = texts.say("button.ban" if other is Standing.BANNED else "button.allow")
    return keyboards.keyboard([[keyboards.button(label, encode(Press.STAND, applicant.number, other.value))]])


async def note_decision(visit: Visit, applicant: Applicant) -> None:
    """Into the audit: what was decided, about whom by pseudonym."""
    services = visit.services
    act = ACTS[applicant.standing]
    await services.journal.audit.note(visit.user_id, act, f"reader {applicant.person[:SHORT]}")


def tell(services: Services, applicant: Applicant) -> None:
    """Let a person know what was decided, where they can be found; a ban shows in the next refusal."""
    if applicant.chat_id is None or applicant.standing is Standing.BANNED:
        return
    words = choose(applicant.lang or None).say(f"access.{applicant.standing.value}")
    services.spawn(services.outbox.send_quietly(Place(applicant.chat_id), Reply(words)))
