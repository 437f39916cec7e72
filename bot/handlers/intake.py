"""What administrators hand in: a file, a post sent on, a link. Read, shown, and nothing of it kept until they decide.

Registered by `app` for administrators in private. What is decided, and the questions on the way, are in `drafts`.
"""

from __future__ import annotations

import hashlib
import logging

from telegram import Bot, Document, Message, MessageEntity, Update
from telegram.error import BadRequest, TelegramError
from telegram.ext import filters

from bot.context import BotContext, Visit
from bot.delivery.posts import sent_on
from bot.handlers import ask, drafts
from bot.journal import Draft
from bot.messages.attribution import entry
from bot.messages.drafts import intake_reply
from bot.messages.questions import words_of
from index.datatypes import Edit, Submission
from index.errors import SourceError

log = logging.getLogger(__name__)

LARGEST = 20_000_000
"""Bytes; Telegram gives bots no larger file."""


class _OnlyLink(filters.MessageFilter):
    """A message that is a web address and nothing else."""

    def filter(self, message: Message) -> bool:
        words = (message.text or "").strip()
        marks = message.parse_entities([MessageEntity.URL]) if message.text else {}
        return bool(words) and words in marks.values()


ONLY_LINK = _OnlyLink()


async def submitted(update: Update, context: BotContext) -> None:
    """A file, or a message sent on. Of an album the one with words counts."""
    visit, message = await context.visit(update), update.effective_message
    assert isinstance(message, Message)  # the filter lets nothing else through
    document, words = message.document, words_of(message)
    if document is not None and (message.forward_origin is None or _is_readable(visit, document)):
        await _file(visit, context.bot, document)
        return
    album = message.media_group_id
    if album is not None and not visit.services.albums.came(album, words=bool(words)):
        return
    if words:
        await _post(visit, message)
    elif album is None:
        await visit.say("intake.no_text")
    else:
        visit.services.spawn(_unless_words_come(visit, album))


async def _unless_words_come(visit: Visit, album: str) -> None:
    if await visit.services.albums.stays_silent(album):
        await visit.say("intake.no_text")


async def _file(visit: Visit, bot: Bot, document: Document) -> None:
    name = document.file_name or "file"
    if (document.file_size or 0) > LARGEST:
        await visit.say("intake.too_big", name=name)
    elif not _is_readable(visit, document):
        await visit.say("intake.unreadable", name=name, endings=" ".join(visit.archive.readable()))
    else:
        async with visit.services.outbox.typing(visit.place):
            data = await _downloaded(visit, bot, document, name)
            if data is not None:
                await offer(visit, Submission(hashlib.sha256(data).hexdigest()[:16], name, data))


def _is_readable(visit: Visit, document: Document) -> bool:
    return (document.file_name or "").lower().removesuffix(".gz").endswith(visit.archive.readable())


async def _downloaded(visit: Visit, bot: Bot, document: Document, name: str) -> bytes | None:
    """The bytes of a file, only in memory; None where Telegram does not give it, after saying so."""
    try:
        file = await bot.get_file(document.file_id)
        return bytes(await file.download_as_bytearray())
    except TelegramError as error:
        big = isinstance(error, BadRequest) and "too big" in str(error).lower()
        log.warning("a file was not given by Telegram: %s", error)
        await visit.say("intake.too_big" if big else "intake.not_given", name=name)
        return None


async def _post(visit: Visit, message: Message) -> None:
    """A message that was sent on: an article where it has words, from the channel that it first stood in."""
    channel, body = sent_on(message)
    submission = visit.archive.sent_on(channel, body)
    await offer(visit, submission)


async def link(update: Update, context: BotContext) -> None:
    """A web address: the article that stands there."""
    visit, message = await context.visit(update), update.effective_message
    assert message is not None  # the filter lets nothing else through
    url = (message.text or "").strip()
    url = url if "://" in url else f"https://{url}"
    async with visit.services.outbox.typing(visit.place):
        try:
            submission = await visit.archive.page(url)
        except SourceError as error:
            await visit.say("intake.no_article", url=url[:200], reason=str(error))
            return
        await offer(visit, submission)


async def offer(visit: Visit, submission: Submission) -> None:
    """Show what was submitted, with the buttons that decide; say in a line why it cannot be taken in."""
    services = visit.services
    found = await services.archive.preview(submission)
    if not found.count:
        await visit.say("intake.failed", reason=found.failures[0] if found.failures else submission.name)
        return
    before = await services.archive.submitted(submission.key)
    if before and "://" not in submission.key:  # the very bytes; what stands at an address may have changed
        known = f"#{before[0].id} {entry(before[0], visit.texts)}"
        await visit.say("intake.same", entry=known)
        return
    draft = Draft(key=submission.key, name=submission.name, data=submission.data)
    number = await services.journal.drafts.add(visit.chat.id, draft)
    sent = await visit.send(intake_reply(number, submission.name, found, Edit(), visit.texts, visit.encode))
    await services.journal.drafts.show(number, sent.message_id)


async def answered(update: Update, context: BotContext) -> None:
    """A reply: to a question of ours for a headline, outlet, date or author, else a question like any other."""
    message = update.effective_message
    assert isinstance(message, Message)  # the filter lets nothing else through
    visit, asked = await context.visit(update), message.reply_to_message
    prompt = None
    if asked is not None:
        journal = visit.journal
        prompt = await journal.drafts.prompt(visit.chat.id, asked.message_id)
    if prompt is None:
        await ask.message(update, context)
    else:
        await drafts.answer(visit, *prompt, message.text or "")
