"""What concerns one reader: the first hello, help, their number, language, privacy, being forgotten.

Registered by `app`; the buttons are listed in `pressing`.
"""

from __future__ import annotations

from collections.abc import Sequence

from telegram import Update

from bot.context import BotContext, Visit
from bot.handlers.ask import note, page_beyond
from bot.handlers.inline import ASK, HOW
from bot.handlers.press_result import Outcome
from bot.messages import keyboards
from bot.messages.answers import receipt_reply
from bot.messages.buttons import Press, Pressed
from bot.messages.catalogue import catalogue, choose, languages
from bot.messages.page import ITALIC, Page
from bot.messages.reply import Reply
from index.errors import NotFound


async def start(update: Update, context: BotContext) -> None:
    """/start: who we are, with examples from this archive; or the very answer that a link names."""
    payload = (context.args or [ASK])[0]
    if payload == HOW:
        await show_help(update, context)
        return
    visit = await context.visit(update)
    if payload != ASK:
        await _reopen(visit, payload)
        return
    page = Page()
    page.line(visit.texts.say("start.hello"))
    await _examples(page, visit, "start.examples")
    if visit.is_admin:
        page.gap()
        page.line(visit.texts.say("start.admin"))
    await visit.send(Reply(page.text, page.entities()))


async def _reopen(visit: Visit, payload: str) -> None:
    """The answer behind a link: the number of its quote in one digit, then its id."""
    n, answer_id = payload[:1], payload[1:]
    try:
        if not n.isdecimal():
            raise NotFound(payload)
        answer = await visit.archive.recall(answer_id)
        if int(n) >= len(answer.quotes):
            raise NotFound(payload)
    except NotFound:
        await visit.say("start.no_answer")
        return
    beyond = await page_beyond(visit, answer, int(n))
    reply = receipt_reply(answer, int(n), visit.texts, visit.encode, beyond=beyond)
    await note(visit, reply, await visit.send(reply))


async def show_help(update: Update, context: BotContext) -> None:
    """/help: how to ask, with examples from this archive."""
    visit = await context.visit(update)
    page = Page()
    page.line(visit.texts.say("help.body", bot=context.me.username))
    if context.me.supports_inline_queries:
        page.gap()
        page.line(visit.texts.say("help.inline", bot=context.me.username))
    if visit.is_admin and visit.is_private:
        page.gap()
        page.line(visit.texts.say("help.admin"))
    await _examples(page, visit, "help.examples")
    await visit.send(Reply(page.text, page.entities()))


async def _examples(page: Page, visit: Visit, title: str) -> None:
    examples: Sequence[str] = await visit.archive.examples(visit.texts.lang, 3)
    if examples:
        page.gap()
        page.line(visit.texts.say(title))
        for example in examples:
            page.line(example, ITALIC)


async def number(update: Update, context: BotContext) -> None:
    """/id: the number that an administrator's settings need."""
    visit = await context.visit(update)
    if visit.is_private:
        await visit.say("id.user", user=str(visit.user_id))
    else:
        await visit.say("id.chat", user=str(visit.user_id), chat=str(visit.chat.id))


async def privacy(update: Update, context: BotContext) -> None:
    """/privacy: what is kept and for how long."""
    visit = await context.visit(update)
    await visit.say("privacy.body", count=visit.services.settings.answers.question_days)


async def forget_me(update: Update, context: BotContext) -> None:
    """/forgetme: asks before it erases."""
    visit = await context.visit(update)
    row = [
        keyboards.button(visit.texts.say("button.forget"), visit.encode(Press.FORGET, visit.user_id, 1)),
        keyboards.button(visit.texts.say("button.not_now"), visit.encode(Press.FORGET, visit.user_id, 0)),
    ]
    await visit.send(Reply(visit.texts.say("forget.confirm"), keyboard=keyboards.keyboard([row])))


async def forget(visit: Visit, pressed: Pressed) -> Outcome:
    """Erase all that is kept about the one who asked for it, and nobody else."""
    if pressed.number(0) != visit.user_id:
        return Outcome(visit.texts.say("pressed.forged"), alert=True)
    if pressed.number(1) != 1:
        return Outcome(reply=Reply(visit.texts.say("forget.kept")))
    services = visit.services
    answers = await services.journal.forget(visit.user_id)
    await services.archive.forget_questions(answers)
    acted = await services.journal.audit.has_acted(visit.user_id)
    return Outcome(reply=Reply(visit.texts.say("forget.done_but_acts" if acted else "forget.done")))


async def language(update: Update, context: BotContext) -> None:
    """/language: a button for each there is."""
    visit = await context.visit(update)
    rows = [[keyboards.button(catalogue(code).name, visit.encode(Press.LANGUAGE, code))] for code in languages()]
    rows.append([keyboards.button(visit.texts.say("language.auto"), visit.encode(Press.LANGUAGE, "auto"))])
    await visit.send(Reply(visit.texts.say("language.choose"), keyboard=keyboards.keyboard(rows)))


async def set_language(visit: Visit, pressed: Pressed) -> Outcome:
    """The language that was chosen, from now on."""
    code = pressed.text(0)
    lang = code if code in languages() else None
    await visit.journal.preferences.choose_language(visit.user_id, lang)
    texts = choose(lang) if lang else visit.texts
    return Outcome(reply=Reply(texts.say("language.done")))
