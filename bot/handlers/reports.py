"""Reports of quotes: into the administrators' inbox, and the outcome back to the reader.

Called by the buttons under a quote and by /reports.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace

from telegram import Update

from bot.background.tell_administrators import tell, tell_administrators
from bot.context import BotContext, Services, Visit
from bot.delivery.outbox import Place
from bot.handlers.press_result import Outcome
from bot.journal import Reason, Report, ReportOutcome
from bot.messages import keyboards
from bot.messages.answers import answer_reply
from bot.messages.buttons import Encode, Forged, Press, Pressed
from bot.messages.catalogue import Catalogue, choose
from bot.messages.reply import Reply
from index.datatypes import Answer, Withheld
from index.errors import ArchiveError, NotFound

log = logging.getLogger(__name__)

SHOWN = 5
"""Reports shown at once."""


async def file_report(visit: Visit, answer_id: str, n: int, reason: Reason) -> str:
    """Keep a report and show it to every administrator; what to tell the reader."""
    services = visit.services
    report = Report(0, answer_id, n, reason, visit.user_id, visit.texts.lang)  # the outcome goes to the reader alone
    number = await services.journal.reports.add(report, visit.user_id)
    if number is None:
        return visit.texts.say("report.again")
    services.spawn(_show(services, replace(report, id=number)))
    return visit.texts.say("report.thanks")


async def _show(services: Services, report: Report, admin: int | None = None) -> None:
    """Send one report to one administrator, or to all of them."""
    try:
        answer = await services.archive.recall(report.answer_id)
    except ArchiveError as error:
        log.warning("a report could not be shown to the administrators: %s", error)
        return

    def compose(texts: Catalogue, encode: Encode) -> Reply:
        return report_reply(report, answer, texts, encode)

    if admin is None:
        await tell_administrators(services, compose)
    else:
        await tell(services, admin, compose)


def report_reply(report: Report, answer: Answer, texts: Catalogue, encode: Encode) -> Reply:
    """A report as administrators see it: the quote, the reason, and the buttons that settle it."""
    shown = answer_reply(answer, report.n, texts, encode)
    settling = [
        keyboards.button(texts.say(f"button.{outcome}"), encode(Press.RESOLVE, report.id, outcome))
        for outcome in ReportOutcome
    ]
    ban = keyboards.button(texts.say("button.ban_reporter"), encode(Press.BAN_REPORTER, report.id))
    reason = texts.say("report.inbox", reason=texts.say(f"reason.{report.reason}"))
    words = f"{shown.text}\n\n⚑ {reason}"
    keyboard = keyboards.keyboard([settling[:2], settling[2:], [ban]])
    return Reply(words, shown.entities, keyboard, shown.quoted, report.answer_id, report.n)


async def inbox(update: Update, context: BotContext) -> None:
    """/reports: the open ones, oldest first, `SHOWN` at a time."""
    visit = await context.visit(update)
    reports = await visit.journal.reports.open()
    if not reports:
        await visit.say("reports.none")
        return
    await visit.say("reports.title", count=len(reports))
    await _show_some(visit, reports)


async def more(visit: Visit, pressed: Pressed) -> Outcome:
    """The reports after the last one shown, in messages of their own; the button's message says how many are left."""
    reports = await visit.journal.reports.open(pressed.number(0))
    if not reports:
        return Outcome(reply=Reply(visit.texts.say("reports.no_more")))
    visit.services.spawn(_show_some(visit, reports))
    return Outcome(reply=Reply(visit.texts.say("reports.title", count=len(reports))))


async def _show_some(visit: Visit, reports: Sequence[Report]) -> None:
    for report in reports[:SHOWN]:
        await _show(visit.services, report, visit.user_id)
    left = len(reports) - SHOWN
    if left > 0:
        on = keyboards.button(
            visit.texts.say("button.more_reports"), visit.encode(Press.REPORTS, reports[SHOWN - 1].id)
        )
        words = visit.texts.say("reports.left", count=left)
        await visit.services.outbox.send_quietly(visit.place, Reply(words, keyboard=keyboards.keyboard([[on]])))


async def resolve(visit: Visit, pressed: Pressed) -> Outcome:
    """Settle a report, and tell the reader who made it. The first administrator settles; the others learn how."""
    number, outcome = pressed.number(0), _outcome(pressed)
    services, texts = visit.services, visit.texts
    report = await services.journal.reports.find(number)
    if report is None:
        raise NotFound("report")
    if outcome is ReportOutcome.REMOVED and report.outcome is None and (standing := await _still_there(visit, report)):
        return Outcome(texts.say("report.not_removed", article=standing), alert=True)
    settled = await services.journal.reports.settle(number, outcome)
    if settled is None:
        decided = await services.journal.reports.find(number)
        return _settled(visit, number, (decided or report).outcome or outcome, texts.say("report.settled_before"))
    await services.journal.audit.note(visit.user_id, f"report {outcome}", str(number))
    if settled.chat_id is not None:
        outcome_reply = Reply(choose(settled.lang).say(f"report.{outcome}"))
        services.spawn(services.outbox.send_quietly(Place(settled.chat_id), outcome_reply))
    return _settled(visit, number, outcome, "")


def _outcome(pressed: Pressed) -> ReportOutcome:
    try:
        return ReportOutcome(pressed.text(1))
    except ValueError as error:
        raise Forged(pressed.text(1)) from error


async def _still_there(visit: Visit, report: Report) -> str | None:
    """The number of the reported quote's article while it is in the archive: nobody is to learn it was removed."""
    answer = await visit.archive.recall(report.answer_id)
    if report.n >= len(answer.quotes) or answer.quotes[report.n].withheld is Withheld.WITHDRAWN:
        return None
    return str(answer.quotes[report.n].article.id)


def _settled(visit: Visit, number: int, outcome: str, note: str) -> Outcome:
    texts = visit.texts
    label = texts.say(f"button.{outcome}") if f"button.{outcome}" in texts else outcome
    ban = keyboards.button(texts.say("button.ban_reporter"), visit.encode(Press.BAN_REPORTER, number))
    words = texts.say("report.resolved", outcome=label)
    return Outcome(note, reply=Reply(words, keyboard=keyboards.keyboard([[ban]])))
