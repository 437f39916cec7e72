"""The buttons under an answer: other quotes, context, other coverage, judgement, report, filters.

Listed in `pressing`, which reads the button, calls one of these and puts what it returns in place of the message.
"""

from __future__ import annotations

from bot.context import Visit
from bot.handlers.ask import allowed, asked_before, lay_out, look_up, whole_question
from bot.handlers.press_result import Outcome
from bot.handlers.reports import file_report
from bot.journal import Reason
from bot.messages.answers import card_reply, context_reply, others_reply
from bot.messages.buttons import Pressed
from bot.messages.keyboards import reasons_keyboard
from bot.messages.reply import Reply
from index.datatypes import Answer, Filter


async def quote(visit: Visit, pressed: Pressed) -> Outcome:
    """Another quote of the same answer, or back to it."""
    answer = await visit.archive.recall(pressed.text(0))
    return Outcome(reply=await lay_out(visit, answer, pressed.number(1)))


async def context(visit: Visit, pressed: Pressed) -> Outcome:
    """The paragraphs around the quote, before them or after them."""
    answer_id, n, page = pressed.text(0), pressed.number(1), pressed.number(2)
    found = await visit.archive.context(answer_id, n, page)
    answer = await visit.archive.recall(answer_id)
    return Outcome(reply=context_reply(answer, n, found, visit.texts, visit.encode))


async def others(visit: Visit, pressed: Pressed) -> Outcome:
    """The same story elsewhere, newer pieces and corrections."""
    answer_id, n = pressed.text(0), pressed.number(1)
    citation = await visit.archive.quote(answer_id, n)
    return Outcome(reply=others_reply(answer_id, n, citation, visit.texts, visit.encode))


async def card(visit: Visit, pressed: Pressed) -> Outcome:
    """One of a declined answer's headlines."""
    article = await visit.archive.article(pressed.number(1))
    return Outcome(reply=card_reply(pressed.text(0), article, visit.texts, visit.encode))


async def helpful(visit: Visit, pressed: Pressed) -> Outcome:
    """The reader's judgement."""
    journal = visit.journal
    good = pressed.number(2) == 1
    await journal.votes.cast(pressed.text(0), pressed.number(1), visit.user_id, helpful=good)
    return Outcome(visit.texts.say("pressed.thanks"))


async def report(visit: Visit, pressed: Pressed) -> Outcome:
    """Show the reasons for a report under the quote. Raises Withdrawn where it is gone."""
    answer_id, n = pressed.text(0), pressed.number(1)
    await visit.archive.quote(answer_id, n)
    answer = await visit.archive.recall(answer_id)
    shown = await lay_out(visit, answer, n)
    reasons = reasons_keyboard(answer_id, n, visit.texts, visit.encode)
    note = visit.texts.say("report.ask")
    return Outcome(note, reply=Reply(shown.text, shown.entities, reasons, shown.quoted, answer_id, n))


async def reason(visit: Visit, pressed: Pressed) -> Outcome:
    """File the report and go back to the quote. Raises Withdrawn where it is gone."""
    answer_id, n, why = pressed.text(0), pressed.number(1), Reason.of(pressed.text(2))
    await visit.archive.quote(answer_id, n)
    note = await file_report(visit, answer_id, n, why)
    answer = await visit.archive.recall(answer_id)
    return Outcome(note, alert=True, reply=await lay_out(visit, answer, n))


async def unfilter(visit: Visit, pressed: Pressed) -> Outcome:
    """Ask the same question without one of its filters."""
    answer, dropped = await asked_before(visit, pressed.text(0)), pressed.number(1)
    rest = tuple(one for i, one in enumerate(answer.filters) if i != dropped)
    return await _ask_again(visit, _unfiltered(answer), rest)


async def afresh(visit: Visit, pressed: Pressed) -> Outcome:
    """Ask a question that was taken together with the one before, now by itself."""
    return await _ask_again(visit, (await asked_before(visit, pressed.text(0))).question)


async def _ask_again(visit: Visit, question: str, filters: tuple[Filter, ...] | None = None) -> Outcome:
    """Another answer in place of the one shown; nothing where the reader asked too much lately."""
    if not await allowed(visit):
        return Outcome()
    return Outcome(reply=await look_up(visit, question, filters=filters), asked=True)


def _unfiltered(answer: Answer) -> str:
    """The question without the words that its filters were read from: they are given as filters now, or dropped."""
    question = whole_question(answer)
    for one in answer.filters:
        question = question.replace(one.source, " ")
    return " ".join(question.split()) or answer.question
