"""/questions and /feedback: how much is asked and answered, and what readers thought of it.

Registered by `app` for administrators; the buttons are listed in `pressing`.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from telegram import Update
from telegram.helpers import create_deep_linked_url

from bot.context import BotContext, Services, Visit
from bot.handlers.press_result import Outcome
from bot.journal import Judged
from bot.messages.buttons import Pressed
from bot.messages.chart import chart
from bot.messages.days import SHOWN, Day, beginning, days, share
from bot.messages.feedback import PERIODS, Feedback, Opinion, Votes, feedback_reply, page_of
from bot.messages.reply import File, FileKind, Reply
from index.errors import NotFound

LATE = timedelta(hours=1)
"""An answer is kept a little before it is noted as given."""
PICTURE = "questions.png"


async def questions(update: Update, context: BotContext) -> None:
    """/questions: the last days in a picture."""
    visit = await context.visit(update)
    services = visit.services
    zone = services.settings.answers.zone
    today = datetime.now(zone).date()
    since = beginning(today, zone)
    asked = await services.journal.questions.since(since)
    outcomes = await services.archive.outcomes(since - LATE)
    shown = days(asked, outcomes, today, zone)
    if not any(day.questions for day in shown):
        await visit.say("figures.none", days=SHOWN)
        return
    texts = visit.texts
    picture = await services.bridge(
        chart, shown, lambda day: texts.day(day.date), texts.say("figures.axis"), texts.say("figures.axis_share")
    )
    await visit.send(Reply(_caption(visit, shown), file=File(FileKind.PHOTO, PICTURE, picture)))


def _caption(visit: Visit, shown: tuple[Day, ...]) -> str:
    say = visit.texts.say
    answered, declined = sum(day.answered for day in shown), sum(day.declined for day in shown)
    topics = sum(day.topics for day in shown)
    lines = [
        say("figures.title", count=answered + declined + topics, days=SHOWN),
        say("figures.counts", answered=answered, declined=declined, topics=topics),
    ]
    part = share(answered, declined)
    if part is not None:
        lines.append(say("figures.share", share=round(100 * part)))
    return "\n".join([*lines, "", say("figures.key", zone=visit.services.settings.answers.timezone)])


async def feedback(update: Update, context: BotContext) -> None:
    """/feedback: votes, and the quotes judged worst."""
    visit = await context.visit(update)
    await visit.send(await _feedback(visit, 0))


async def turn_feedback(visit: Visit, pressed: Pressed) -> Outcome:
    """Another page."""
    return Outcome(reply=await _feedback(visit, pressed.number(0)))


async def _feedback(visit: Visit, page: int) -> Reply:
    services = visit.services
    now = datetime.now(UTC)
    votes = [Votes(within, *await services.journal.votes.count(now - within)) for within in PERIODS]
    votes.append(Votes(None, *await services.journal.votes.count()))
    judged = await services.journal.votes.worst()
    shown, page, pages = page_of(judged, page)
    opinions = [one for one in [await _opinion(services, each) for each in shown] if one is not None]
    return feedback_reply(Feedback(votes, opinions, len(judged), page, pages), visit.texts, visit.encode)


async def _opinion(services: Services, judged: Judged) -> Opinion | None:
    try:
        answer = await services.archive.recall(judged.answer_id)
    except NotFound:
        return None
    username = services.outbox.username
    link = create_deep_linked_url(username, f"{judged.n}{answer.id}") if username and judged.n < 10 else None
    return Opinion(judged, answer, link)
