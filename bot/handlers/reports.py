"""Reports of quotes: into the administrators' inbox, and the outcome back to the reader.

Called by the buttons under a quote and by /reports.
"""

from __future__ import annotations

import logging
from dataclasses import replace

from telegram import Update

from bot import keyboards
from bot.buttons import Press, Pressed, encoder
from bot.catalogue import choose
from bot.context import BotContext, Services, Visit
from bot.handlers.outcome import Outcome
from bot.journal import Report
from bot.lanes import Closing, Flooded, Unreachable
from bot.outbox import Place
from bot.render import answer_reply
from bot.reply import Reply
from index.errors import ArchiveError

log = logging.getLogger(__name__)

OUTCOMES = ("fixed", "dismissed")


async def file_report(visit: Visit, answer_id: str, n: int, reason: str) -> str:
    """Keep a report and show it to every administrator; what to tell the reader."""
    services = visit.services
    report = Report(0, answer_id, n, reason, visit.user_id, visit.texts.lang)  # the outcome goes to the reader alone
    number = await services.bridge(services.journal.report, report, visit.user_id)
    if number is None:
        return visit.texts.say("report.again")
    for admin in services.access.admins:
        services.spawn(_show(services, admin, replace(report, id=number)))
    return visit.texts.say("report.thanks")


async def _show(services: Services, admin: int, report: Report) -> None:
    """Send one report to one administrator, who may never have pressed Start."""
    lang = await services.bridge(services.journal.language, admin)
    try:
        reply = await _report_reply(services, admin, report, lang)
        await services.outbox.send(Place(admin), reply)
    except (Unreachable, Flooded, Closing, ArchiveError) as error:
        log.warning("a report could not be shown to an administrator: %s", error)


async def _report_reply(services: Services, admin: int, report: Report, lang: str | None) -> Reply:
    texts, encode = choose(lang), encoder(services.seal, admin)
    answer = await services.bridge(services.archive.recall, report.answer_id)
    shown = answer_reply(answer, report.n, texts, encode)
    rows = [
        [
            keyboards.button(texts.say("button.fixed"), encode(Press.RESOLVE, report.id, "fixed")),
            keyboards.button(texts.say("button.dismiss"), encode(Press.RESOLVE, report.id, "dismissed")),
        ]
    ]
    reason = texts.say("report.inbox", reason=texts.say(f"reason.{report.reason}"))
    words = f"{shown.text}\n\n⚑ {reason}"
    return Reply(words, shown.entities, keyboards.keyboard(rows), shown.quoted, report.answer_id, report.n)


async def inbox(update: Update, context: BotContext) -> None:
    """/reports: the open ones, at most five at a time."""
    visit = await context.visit(update)
    reports = await visit.services.bridge(visit.services.journal.open_reports)
    if not reports:
        await visit.say("reports.none")
        return
    await visit.say("reports.title", count=len(reports))
    for report in reports[:5]:
        await _show(visit.services, visit.user_id, report)


async def resolve(visit: Visit, pressed: Pressed) -> Outcome:
    """Settle a report, and tell the reader who made it."""
    outcome = pressed.text(1) if pressed.text(1) in OUTCOMES else "dismissed"
    services = visit.services
    report = await services.bridge(services.journal.settle, pressed.number(0), outcome)
    await services.bridge(services.journal.audit, visit.user_id, f"report {outcome}", str(pressed.number(0)))
    if report is not None and report.chat_id is not None:
        told = Reply(choose(report.lang).say(f"report.{outcome}"))
        services.spawn(services.outbox.send_quietly(Place(report.chat_id), told))
    return Outcome(reply=Reply(visit.texts.say("report.resolved")))
