"""/audit: who did what, page by page, and all of it as a file.

Registered by `app` for administrators; the buttons are listed in `pressing`.
"""

from __future__ import annotations

from datetime import UTC, datetime

from telegram import Update

from bot.context import BotContext, Services, Visit
from bot.handlers.press_result import Outcome
from bot.messages.audit import ON_PAGE, Ledger, audit_file, audit_reply
from bot.messages.buttons import Pressed
from bot.messages.reply import File, FileKind, Reply
from bot.messages.unanswered import within


async def audit(update: Update, context: BotContext) -> None:
    """/audit: the newest first."""
    visit = await context.visit(update)
    await visit.send(await _page(visit, 0))


async def turn(visit: Visit, pressed: Pressed) -> Outcome:
    """Another page."""
    return Outcome(reply=await _page(visit, pressed.number(0)))


async def send_file(visit: Visit, pressed: Pressed) -> Outcome:
    """All of it as CSV, in a message of its own."""
    services, texts = visit.services, visit.texts
    acts, _ = await services.journal.audit.acts()
    now = services.local(datetime.now(UTC).isoformat())
    content = audit_file(acts, _admins(services), services.local)
    file = File(FileKind.DOCUMENT, f"audit-{now:%Y-%m-%d}.csv", content)
    reply = Reply(texts.say("audit.file", when=texts.moment(now)), file=file)
    services.spawn(services.outbox.send_quietly(visit.place, reply))
    await services.journal.audit.note(visit.user_id, "audit", "csv")
    return Outcome(texts.say("audit.sent"))


async def _page(visit: Visit, page: int) -> Reply:
    services = visit.services
    _, total = await services.journal.audit.acts(0, 1)
    page, _ = within(page, total, ON_PAGE)
    acts, total = await services.journal.audit.acts(page, ON_PAGE)
    return audit_reply(Ledger(acts, total, page, _admins(services)), services.local, visit.texts, visit.encode)


def _admins(services: Services) -> dict[str, int]:
    """The administrators' pseudonyms, with their number in the settings."""
    return {services.seal.person(user): n for n, user in enumerate(services.settings.telegram.admins, 1)}
