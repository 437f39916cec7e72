"""What waits for an administrator's decision, laid out: an article to take in, a correction, the question for a field.

Called by the handlers of intake and corrections. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum

from telegram import ForceReply, InlineKeyboardButton, InlineKeyboardMarkup

from bot.messages import keyboards
from bot.messages.answers import attribute, numbered
from bot.messages.attribution import entry, headline
from bot.messages.buttons import Encode, Press
from bot.messages.catalogue import Catalogue
from bot.messages.page import BOLD, ITALIC, Page
from bot.messages.reply import Reply
from bot.messages.words import one_line
from index.datatypes import ArticleCard, Edit, Edited, Preview, Previews

FIELDS = ("title", "outlet", "published", "authors")


class Decision(StrEnum):
    """What the button that ends a draft says."""

    INDEX = "index"
    REPLACE = "replace"  # behind it the number of the article that is replaced: "replace-7"
    DISCARD = "discard"
    SAVE = "save"
    UNDO = "undo"
    CANCEL = "cancel"


MOST_LINES = 4
LONGEST_LINE = 120
LONGEST_VALUE = 200


def over(card: ArticleCard, edit: Edit) -> ArticleCard:
    """A card as it looks with a correction."""
    return replace(card, **edit.fields())


def value(card: ArticleCard, field: str, texts: Catalogue) -> str:
    """A field of an article in words."""
    if field == "published":
        return texts.date(card.published) if card.published else texts.say("draft.none")
    words = ", ".join(card.authors) if field == "authors" else getattr(card, field)
    return one_line(words or "", LONGEST_VALUE) or texts.say("draft.none")


def intake_reply(number: int, name: str, found: Previews, edit: Edit, texts: Catalogue, encode: Encode) -> Reply:
    """Something submitted, before it is decided: what was read, and the buttons that decide."""
    if found.count > 1:
        return _many_reply(number, name, found, texts, encode)
    preview = found.first[0]
    card, page = over(preview.article, edit), Page()
    page.line(texts.say("intake.title"), BOLD)
    page.gap()
    attribute(page, card, texts)
    page.gap()
    page.line(texts.say("intake.words", count=preview.words))
    missing = [texts.say(f"draft.field.{field}") for field in FIELDS if not getattr(card, field)]
    if missing:
        page.line(texts.say("intake.missing", what=", ".join(missing)))
    if preview.furniture:
        page.line(texts.say("intake.furniture", count=len(preview.furniture)))
        _listed(page, preview.furniture, texts)
    page.gap()
    _told_before(page, preview, texts)
    return Reply(page.text, page.entities(), keyboards.keyboard(_intake_rows(number, preview, texts, encode)))


def _told_before(page: Page, preview: Preview, texts: Catalogue) -> None:
    """What the archive knows of the article already."""
    if preview.removed:
        page.line(texts.say("intake.removed"), ITALIC)
    elif preview.twin is not None:
        page.line(texts.say("intake.twin", entry=f"#{preview.twin.id} {entry(preview.twin, texts)}"), ITALIC)


def _intake_rows(number: int, preview: Preview, texts: Catalogue, encode: Encode) -> Iterator[keyboards.Row]:
    def decide(key: str, what: str = Decision.INDEX, **values: object) -> InlineKeyboardButton:
        return keyboards.button(texts.say(key, **values), encode(Press.DECIDE, number, what))

    if not preview.removed:
        if preview.twin is None:
            yield [decide("button.index")]
        else:
            replacing = decide("button.replace", f"{Decision.REPLACE}-{preview.twin.id}", number=preview.twin.id)
            yield [replacing, decide("button.beside")]
        yield from _field_rows(number, texts, encode)
    yield [decide("button.discard", Decision.DISCARD)]


def _field_rows(number: int, texts: Catalogue, encode: Encode) -> list[keyboards.Row]:
    buttons = [
        keyboards.button(texts.say(f"button.field.{field}"), encode(Press.FIELD, number, field)) for field in FIELDS
    ]
    return [buttons[:2], buttons[2:]]


def _many_reply(number: int, name: str, found: Previews, texts: Catalogue, encode: Encode) -> Reply:
    page = Page()
    page.line(texts.say("intake.many", count=found.count, name=one_line(name, LONGEST_LINE)), BOLD)
    numbered(page, tuple(one.article for one in found.first), texts)
    if found.count > len(found.first):
        page.line(texts.say("run.more", count=found.count - len(found.first)))
    known = sum(one.twin is not None or one.removed for one in found.first)
    if known:
        page.gap()
        page.line(texts.say("intake.known", count=known), ITALIC)
    if found.failures:
        page.gap()
        page.line(texts.say("run.failures"))
        _listed(page, found.failures, texts)
    all_ = keyboards.button(
        texts.say("button.index_all", count=found.count), encode(Press.DECIDE, number, Decision.INDEX)
    )
    none = keyboards.button(texts.say("button.discard"), encode(Press.DECIDE, number, Decision.DISCARD))
    return Reply(page.text, page.entities(), keyboards.keyboard([[all_], [none]]))


def _listed(page: Page, lines: tuple[str, ...], texts: Catalogue) -> None:
    for line in lines[:MOST_LINES]:
        page.line(f"– {one_line(line, LONGEST_LINE)}")
    if len(lines) > MOST_LINES:
        page.line(texts.say("run.more", count=len(lines) - MOST_LINES))


def edit_reply(number: int, known: Edited, edit: Edit, texts: Catalogue, encode: Encode) -> Reply:
    """An article about to be corrected: as it is, and what is to change."""
    page = Page()
    page.line(texts.say("edit.title", number=known.article.id), BOLD)
    page.gap()
    after = over(known.article, edit)
    attribute(page, after, texts)
    changes = list(changed(known.article, after, texts))
    page.gap()
    for line in changes:
        page.line(line)
    for line in changed(known.read, known.article, texts):
        page.line(texts.say("edit.before", change=line), ITALIC)
    cancel = keyboards.button(texts.say("button.cancel"), encode(Press.DECIDE, number, Decision.CANCEL))
    save = keyboards.button(texts.say("button.save"), encode(Press.DECIDE, number, Decision.SAVE))
    undo = keyboards.button(texts.say("button.undo"), encode(Press.DECIDE, number, Decision.UNDO))
    deciding = [save, cancel] if changes else [undo, cancel] if known.by is not None else [cancel]
    rows = [*_field_rows(number, texts, encode), deciding]
    return Reply(page.text, page.entities(), keyboards.keyboard(rows))


def changed(before: ArticleCard, after: ArticleCard, texts: Catalogue) -> Iterator[str]:
    """What differs between two states of an article, a line for each field."""
    for field in FIELDS:
        if getattr(before, field) != getattr(after, field):
            values = {"before": value(before, field, texts), "after": value(after, field, texts)}
            yield texts.say("edit.change", field=texts.say(f"button.field.{field}"), **values)


def prompt_reply(field: str, card: ArticleCard, texts: Catalogue) -> Reply:
    """The question for a field, which the next message answers by replying to it."""
    page = Page()
    page.line(texts.say(f"draft.ask.{field}"), BOLD)
    page.line(texts.say("draft.now", value=value(card, field, texts)))
    page.line(texts.say("draft.how"), ITALIC)
    return Reply(page.text, page.entities(), ForceReply(input_field_placeholder=texts.say(f"button.field.{field}")))


def taken_reply(cards: tuple[ArticleCard, ...], texts: Catalogue, encode: Encode) -> Reply:
    """What came of something that was indexed."""
    if len(cards) != 1:
        return Reply(texts.say("intake.done_many", count=len(cards)))
    page, card = Page(), cards[0]
    page.line(texts.say("intake.done", number=card.id), BOLD)
    attribute(page, card, texts)
    return Reply(page.text, page.entities(), edit_button(card, texts, encode))


def edit_button(card: ArticleCard, texts: Catalogue, encode: Encode) -> InlineKeyboardMarkup | None:
    """The button that corrects an article."""
    return keyboards.keyboard([[keyboards.button(texts.say("button.edit"), encode(Press.EDIT, card.id))]])


def corrected_reply(before: ArticleCard, after: ArticleCard, texts: Catalogue, encode: Encode) -> Reply:
    """A correction that was made, or undone."""
    page = Page()
    page.line(texts.say("edit.done", number=after.id), BOLD)
    for line in changed(before, after, texts):
        page.line(line)
    page.gap()
    attribute(page, after, texts)
    return Reply(page.text, page.entities(), edit_button(after, texts, encode))


def conflict_reply(before: ArticleCard, now: ArticleCard, texts: Catalogue, encode: Encode) -> Reply:
    """Somebody else was faster: what they changed, and the way to look again."""
    page = Page()
    page.line(texts.say("edit.conflict", headline=headline(before, texts)), BOLD)
    for line in changed(before, now, texts):
        page.line(line)
    return Reply(page.text, page.entities(), edit_button(now, texts, encode))
