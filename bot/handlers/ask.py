"""Questions: in private, in groups, by /ask, and edited ones.

Registered by `app`. A question edited by its asker edits the same reply.
"""

from __future__ import annotations

import logging

from telegram import Message, Update

from bot.access.roles import Action, may
from bot.context import BotContext, Visit
from bot.delivery.outbox import Delivered, QuoteGone
from bot.handlers.admission import admitted
from bot.handlers.groups import may_ask
from bot.journal import Delivery
from bot.messages.answers import answer_reply
from bot.messages.lists import coverage_reply
from bot.messages.questions import LONGEST, Asked, Unfit, asked, asked_by_command
from bot.messages.reply import Reply
from index.datatypes import Answer, AnswerKind, Filter, NoticeKind
from index.errors import NotFound, StoreError, Withdrawn

log = logging.getLogger(__name__)


async def message(update: Update, context: BotContext) -> None:
    """A message in private, or one in a group that may be meant for the bot; new or edited."""
    written = update.effective_message
    assert isinstance(written, Message)  # the filter lets nothing else through
    meant = asked(written, context.me)
    if meant is None:
        return
    visit, album = await context.visit(update), written.media_group_id
    if album is None or written.edit_date is not None:
        await _respond(visit, meant, written)
    elif visit.services.albums.came(album, words=meant.unfit is not Unfit.NOT_TEXT):
        if meant.unfit is Unfit.NOT_TEXT:
            visit.services.spawn(_respond_unless_asked(visit, meant, written, album))
        else:
            await _respond(visit, meant, written)


async def _respond_unless_asked(visit: Visit, meant: Asked, written: Message, album: str) -> None:
    """Answer a picture of an album for all of it, where none of the others asks anything."""
    if await visit.services.albums.stays_silent(album):
        await _respond(visit, meant, written)


async def command(update: Update, context: BotContext) -> None:
    """/ask with a question behind it, or in reply to one."""
    written = update.effective_message
    assert isinstance(written, Message)
    await _respond(await context.visit(update), asked_by_command(written, context.me), written)


async def _respond(visit: Visit, meant: Asked, written: Message) -> None:
    """Answer a message, in place of an earlier answer where it was edited."""
    previous = None
    if written.edit_date is not None:
        previous = await visit.journal.deliveries.reply_to(visit.chat.id, written.message_id)
    if written.edit_date is not None and (meant.unfit is Unfit.NOT_TEXT or not may(visit.role, Action.ASK)):
        return  # a live location edits itself for hours; who may not ask has had an answer to the question itself
    if not await allowed(visit):
        return
    if meant.unfit is not None:
        await _put(visit, await unfit_reply(visit, meant.unfit), written, previous)
    else:
        async with visit.services.outbox.typing(visit.place):
            before = await visit.journal.deliveries.thread(visit.chat.id, visit.asker, written.message_id)
            reply = await look_up(visit, meant.question, previous=before)
        await _put(visit, reply, written, previous)


async def allowed(visit: Visit) -> bool:
    """Whether this sender may ask now; says so politely, and only once, where not."""
    if not (await admitted(visit, Action.ASK) and await may_ask(visit)):
        return False
    refusal = visit.services.access.question(visit.asker)
    if refusal is not None and refusal.tell:
        await visit.say("asked.too_fast", count=refusal.seconds)
    return refusal is None


async def look_up(
    visit: Visit, question: str, *, filters: tuple[Filter, ...] | None = None, previous: str | None = None
) -> Reply:
    """Ask the archive and lay out what it says. `filters` None: the question's own; `previous`: what it may lean on."""
    answer = await visit.archive.ask(question, filters=filters, previous=previous)
    return await lay_out(visit, answer)


async def lay_out(visit: Visit, answer: Answer, n: int = 0) -> Reply:
    """An answer as a reply, its quote `n`; page `n` of the newest coverage where what was asked is a topic."""
    if answer.kind is AnswerKind.COVERAGE:
        topic = whole_question(answer)
        coverage = await visit.archive.coverage(topic, page=n, filters=answer.filters)
        return coverage_reply(coverage, visit.texts, visit.encode, answer=answer)
    beyond = await page_beyond(visit, answer, n)
    return answer_reply(answer, n, visit.texts, visit.encode, brief=visit.group.brief, beyond=beyond)


def whole_question(answer: Answer) -> str:
    """The question as it was looked up: made whole where it leaned on the one before."""
    leaned = (notice.values.get("question") for notice in answer.notices if notice.kind is NoticeKind.FOLLOW_UP)
    return next((whole for whole in leaned if whole), answer.question)


async def asked_before(visit: Visit, answer_id: str) -> Answer:
    """The answer whose question is gone back to. NotFound where its words are erased by now."""
    answer = await visit.archive.recall(answer_id)
    if not answer.question:
        raise NotFound(answer_id)
    return answer


async def page_beyond(visit: Visit, answer: Answer, n: int) -> int:
    """The page of the quote's context on which its article may be read on: 1 after it, -1 before it, 0 nowhere."""
    if not answer.answered:
        return 0
    try:
        context = await visit.archive.context(answer.id, n)
    except (NotFound, Withdrawn):
        return 0
    return 1 if context.last > 0 else -1 if context.first < 0 else 0


async def _put(visit: Visit, reply: Reply, written: Message, previous: int | None) -> None:
    """Send a reply or replace the previous one, and note what is shown where."""
    try:
        sent = await _send_or_edit(visit, reply, previous)
    except QuoteGone:  # removed since it was found: say what is left of the answer
        answer = await visit.archive.recall(reply.answer_id or "")
        reply = await lay_out(visit, answer, reply.shown)
        sent = await _send_or_edit(visit, reply, previous)
    await note(visit, reply, sent, question_id=written.message_id)


async def _send_or_edit(visit: Visit, reply: Reply, previous: int | None) -> Delivered:
    if previous is not None and await visit.services.outbox.edit(visit.chat.id, previous, reply):
        return Delivered(visit.chat.id, previous)
    return await visit.send(reply)


async def new(update: Update, context: BotContext) -> None:
    """/new: the next question stands for itself."""
    visit = await context.visit(update)
    written = update.effective_message
    assert isinstance(written, Message)
    reply = Reply(visit.texts.say("new.done"))
    await note(visit, reply, await visit.send(reply), question_id=written.message_id)


async def note(visit: Visit, reply: Reply, sent: Delivered, *, question_id: int | None = None) -> None:
    """Remember which message shows which answer, and where it is known, to which question of whom."""
    delivery = Delivery(
        reply.answer_id or "", sent.chat_id, sent.message_id, reply.shown, visit.texts.lang, visit.group.brief
    )
    journal = visit.journal
    asker = visit.asker if question_id is not None else None
    try:
        await journal.deliveries.record(delivery, question_id=question_id, asker=asker)
    except StoreError as error:  # the answer has arrived: its reader need not hear of this
        log.error("a message cannot be withdrawn later, it could not be noted: %s", error)


async def unfit_reply(visit: Visit, unfit: Unfit) -> Reply:
    """What to say to a message that holds no question."""
    if unfit is Unfit.NO_WORDS:
        examples = await visit.archive.examples(visit.texts.lang, 1)
        if examples:
            return Reply(visit.texts.say("asked.no_words", example=examples[0]))
        return Reply(visit.texts.say("asked.no_words_plain"))
    return Reply(visit.texts.say(f"asked.{unfit.value}", **({"limit": LONGEST} if unfit is Unfit.TOO_LONG else {})))
