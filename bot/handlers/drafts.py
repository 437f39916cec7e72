"""The decisions about what waits: index, replace, discard; save, undo, cancel; and the fields set on the way.

Called by the buttons and by the replies to our questions. A draft lives in the bot's own memory, so that a restart
in between changes nothing.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from bot.context import Visit
from bot.handlers.press_result import Outcome
from bot.journal import Draft
from bot.messages.buttons import Forged, Pressed
from bot.messages.drafts import (
    FIELDS,
    Decision,
    conflict_reply,
    corrected_reply,
    edit_reply,
    intake_reply,
    over,
    prompt_reply,
    taken_reply,
)
from bot.messages.reply import Reply
from index.datatypes import ArticleCard, Edit, Submission
from index.errors import EditedMeanwhile

BY = "telegram"
TAKING = 3.0
"""Seconds that whoever pressed "Index" waits for the article at most; then it goes on without them."""


async def ask(visit: Visit, pressed: Pressed) -> Outcome:
    """A field's button: asks for its value."""
    draft, field = await _draft(visit, pressed.number(0)), pressed.text(1)
    if field not in FIELDS:
        raise Forged(field)
    if draft is None:
        return _gone(visit)
    card = over(await _card(visit, draft), _edit(draft.changes))
    sent = await visit.send(prompt_reply(field, card, visit.texts))
    journal = visit.journal
    await journal.drafts.add_prompt(visit.chat.id, sent.message_id, draft.id, field)
    return Outcome()


async def answer(visit: Visit, number: int, field: str, words: str) -> None:
    """What somebody replied to such a question: shown in a new card, or why it cannot be taken."""
    services, draft = visit.services, await _draft(visit, number)
    if draft is None:
        await visit.say("draft.gone")
        return
    try:
        edit = services.archive.correction(field, words).over(_edit(draft.changes))
    except ValueError as error:
        wrong = "draft.wrong.long" if str(error) == "too long" else f"draft.wrong.{field}"
        await visit.say(wrong)
        return
    await services.journal.drafts.change(number, _set(edit))
    sent = await visit.send(await _shown(visit, draft, edit))
    await services.journal.drafts.show(number, sent.message_id)
    if draft.message_id:  # the older card must not decide any more what it does not show
        older = await _shown(visit, draft, _edit(draft.changes))
        await services.outbox.edit(visit.chat.id, draft.message_id, Reply(older.text, older.entities))


async def _shown(visit: Visit, draft: Draft, edit: Edit) -> Reply:
    archive, texts, encode = visit.archive, visit.texts, visit.encode
    if draft.article is not None:
        known = await archive.edited(draft.article)
        return edit_reply(draft.id, known, edit, texts, encode)
    found = await archive.preview(_submission(draft))
    return intake_reply(draft.id, draft.name, found, edit, texts, encode)


async def decide(visit: Visit, pressed: Pressed) -> Outcome:
    """A button that ends a draft."""
    draft, (what, replaced) = await _draft(visit, pressed.number(0)), _decision(pressed.text(1))
    if draft is None:
        return _gone(visit)
    if what in (Decision.DISCARD, Decision.CANCEL):
        return await _dropped(visit, draft, what)
    if draft.article is not None:
        return await _corrected(visit, draft, draft.article, undo=what is Decision.UNDO)
    if what not in (Decision.INDEX, Decision.REPLACE):
        raise Forged(what)
    return await _indexed(visit, draft, replaced)


def _decision(words: str) -> tuple[Decision, int | None]:
    """What a button decides, and the article that is replaced if one is. Raises Forged."""
    word, _, number = words.partition("-")
    if word == Decision.REPLACE and number.isdecimal():
        return Decision.REPLACE, int(number)
    try:
        return Decision(words), None
    except ValueError as error:
        raise Forged(words) from error


async def _dropped(visit: Visit, draft: Draft, what: Decision) -> Outcome:
    await visit.journal.drafts.drop(draft.id)
    if draft.article is None:
        await _audit(visit, what, draft.name)
    return Outcome(reply=Reply(visit.texts.say("intake.discarded" if draft.article is None else "edit.kept")))


async def _indexed(visit: Visit, draft: Draft, replaced: int | None) -> Outcome:
    """Into the archive: kept there first, then no longer here."""
    services, edit = visit.services, _edit(draft.changes)
    before = await services.archive.submitted(draft.key) or ()
    again = any(card.id == replaced for card in before)  # the same page, read anew
    submission = _submission(draft, edit if edit != Edit() else None, None if again else replaced)
    await services.archive.submit(submission)
    await services.journal.drafts.drop(draft.id)
    await _audit(visit, "index" if replaced is None else f"replace #{replaced}", draft.name)
    cards = await services.taker.settled(draft.key, TAKING)
    if cards is None:
        return Outcome(reply=Reply(visit.texts.say("intake.stored")))
    if not cards:
        return Outcome(reply=Reply(visit.texts.say("intake.nothing")))
    if again and submission.edit is not None:
        cards = (await services.archive.edit(cards[0].id, submission.edit, by=BY),)
    return Outcome(reply=taken_reply(cards, visit.texts, visit.encode))


async def _corrected(visit: Visit, draft: Draft, article: int, *, undo: bool) -> Outcome:
    """An article's correction, unless somebody else was faster: then what they did is shown."""
    services, edit, seen = visit.services, _edit(draft.changes), _edit(draft.seen)
    before = await _card(visit, draft)
    await services.journal.drafts.drop(draft.id)
    try:
        if undo:
            after = await services.archive.undo_edit(article, seen=seen)
        else:
            after = await services.archive.edit(article, edit, seen=seen, by=BY)
    except EditedMeanwhile:
        return Outcome(reply=conflict_reply(over(before, seen), before, visit.texts, visit.encode))
    await _audit(visit, "undo edit" if undo else "edit", f"#{article} {' '.join(_set(edit))}".strip())
    return Outcome(reply=corrected_reply(before, after, visit.texts, visit.encode))


async def _draft(visit: Visit, number: int) -> Draft | None:
    return await visit.journal.drafts.find(visit.chat.id, number)


async def _card(visit: Visit, draft: Draft) -> ArticleCard:
    """The article that a draft is about, without what was set in it."""
    archive = visit.archive
    if draft.article is not None:
        return await archive.article(draft.article)
    return (await archive.preview(_submission(draft))).first[0].article


async def _audit(visit: Visit, action: str, subject: str) -> None:
    await visit.journal.audit.note(visit.user_id, action, subject)


def _gone(visit: Visit) -> Outcome:
    return Outcome(reply=Reply(visit.texts.say("draft.gone")))


def _submission(draft: Draft, edit: Edit | None = None, replaces: int | None = None) -> Submission:
    return Submission(draft.key, draft.name, draft.data, edit=edit, replaces=replaces)


def _edit(row: Any) -> Edit:  # noqa: ANN401  # as it stood in JSON
    values = dict(row or {})
    if values.get("authors") is not None:
        values["authors"] = tuple(values["authors"])
    return Edit(**values)


def _set(edit: Edit) -> dict[str, Any]:
    """What an edit sets, as it goes into JSON."""
    return {name: value for name, value in asdict(edit).items() if value is not None}
