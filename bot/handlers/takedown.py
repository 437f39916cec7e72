"""A removed article erased for good: the second, final step behind /remove.

The buttons are listed in `pressing`.
"""

from __future__ import annotations

import logging

from bot import backup as backups
from bot.background.withdrawals import affected, withdraw
from bot.context import Visit
from bot.handlers.press_result import Outcome
from bot.messages import keyboards
from bot.messages.buttons import Press, Pressed
from bot.messages.reply import Reply
from index.errors import ArchiveError

log = logging.getLogger(__name__)

BY = "telegram"


async def ask_to_erase(visit: Visit, pressed: Pressed) -> Outcome:
    """The button under what was removed: asks to confirm."""
    number, say = pressed.number(0), visit.texts.say
    rows = [
        [
            keyboards.button(say("button.erase_now"), visit.encode(Press.ERASE_NOW, number)),
            keyboards.button(say("button.leave"), visit.encode(Press.LEAVE, number)),
        ]
    ]
    return Outcome(reply=Reply(say("erase.confirm", number=f"#{number}"), keyboard=keyboards.keyboard(rows)))


async def leave(visit: Visit, pressed: Pressed) -> Outcome:
    """Removed, but not erased after all."""
    return Outcome(reply=Reply(visit.texts.say("erase.left", number=f"#{pressed.number(0)}")))


async def erase_now(visit: Visit, pressed: Pressed) -> Outcome:
    """Confirmed: every word of it goes. What could not be done says why and can be pressed again."""
    services, say = visit.services, visit.texts.say
    number = pressed.number(0)
    shown = f"#{number}"
    if number not in await services.archive.all_removed():
        return Outcome(say("erase.restored"), alert=True)
    deliveries = await affected(services, number)
    try:
        await services.archive.erase(number, by=BY)
    except ArchiveError as error:
        log.error("article %d could not be erased: %s", number, error)
        return Outcome(reply=_failed(visit, number, str(error)))
    finally:
        services.spawn(withdraw(services, deliveries))
    await services.journal.audit.note(visit.user_id, "erase", shown)
    known = await services.bridge(backups.known, services.settings.backup_folder)
    words = say("erase.done", number=shown)
    if known:
        words += "\n" + say("erase.backups", count=len(known))
    return Outcome(reply=Reply(words))


def _failed(visit: Visit, number: int, reason: str) -> Reply:
    """Why an article could not be erased, with the button that tries again."""
    again = keyboards.button(visit.texts.say("button.erase_now"), visit.encode(Press.ERASE_NOW, number))
    words = visit.texts.say("erase.failed", number=f"#{number}", reason=reason)
    return Reply(words, keyboard=keyboards.keyboard([[again]]))
