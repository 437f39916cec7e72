"""Lists of articles as replies: the newest coverage, one article's card, the administrators' lists.

Called by the handlers that browse. What a list is about is carried by its buttons, so that turning its pages needs
nothing kept. `topic_of` reads it from the title of lists whose buttons carry nothing: those of earlier versions, and
those about more words than a button holds. Pure.
"""

from __future__ import annotations

from telegram import InlineKeyboardMarkup, Message, MessageEntity

from bot.messages import keyboards
from bot.messages.answers import attribute, numbered, write_notices
from bot.messages.attribution import entry, web_address
from bot.messages.buttons import Encode, Press, about
from bot.messages.catalogue import Catalogue, catalogue, languages
from bot.messages.page import BOLD, ITALIC, Page
from bot.messages.reply import Reply
from bot.messages.words import one_line
from index.datatypes import Answer, ArticleCard, Coverage

LONGEST_TOPIC = 120
MARK = MessageEntity.UNDERLINE
"""Formats the topic in a list's first line, and nothing else of ours."""


def coverage_reply(coverage: Coverage, texts: Catalogue, encode: Encode, *, answer: Answer | None = None) -> Reply:
    """The newest coverage of a topic as dated headlines, with a button for each and for the pages around.

    `answer` is the one that it is, where a question was a topic.
    """
    topic, answer_id = one_line(coverage.topic, LONGEST_TOPIC), answer.id if answer else None
    page, buttons = Page(), keyboards.coverage_keyboard(coverage, answer, texts, encode)
    write_notices(page, answer.notices if answer else coverage.notices, texts)
    if not coverage.items:
        page.line(texts.say("coverage.none", topic=topic) if topic else texts.say("answer.empty"))
        return Reply(page.text, page.entities(), buttons, answer_id=answer_id)
    _title(page, topic, texts)
    numbered(page, coverage.items, texts)
    page.gap()
    if coverage.pages > 1:
        page.line(texts.say("coverage.page", page=coverage.page + 1, pages=coverage.pages), ITALIC)
    page.line(texts.say("coverage.hint"), ITALIC)
    return Reply(page.text, page.entities(), buttons, answer_id=answer_id)


def _title(page: Page, topic: str, texts: Catalogue) -> None:
    """The title of a list, its topic marked so that it can be read back."""
    if not topic:
        page.line(texts.say("coverage.title_all"), BOLD)
    else:
        before, after = texts.say("coverage.title", topic="\0").split("\0")
        page.write(before, BOLD)
        page.write(topic, MARK)
        page.write(after, BOLD)
    page.gap()


def topic_of(message: Message) -> str:
    """The topic of a list that was sent: what its mark covers; nothing for the list of everything.

    Where Telegram gives the text without its formatting, the title in any of our languages tells.
    """
    marked = message.parse_entities([MARK])
    read = (_within(message.text or "", title) for title in _TITLES if not marked)
    return next(iter(marked.values()), None) or next(filter(None, read), "")


def _within(text: str, title: tuple[str, str]) -> str:
    """What stands in place of the placeholder of a title, in the line of `text` that is one; else nothing."""
    key, name = title
    for lang in languages():
        before, after = catalogue(lang).say(key, **{name: "\0"}).split("\0")
        for line in text.split("\n"):
            _, found, rest = line.partition(before)
            if found and rest.endswith(after):
                return rest.removesuffix(after)
    return ""


_TITLES = (("coverage.title", "topic"), ("articles.match", "match"))


def listed_reply(
    card: ArticleCard, topic: str, page_number: int, texts: Catalogue, encode: Encode, *, answer_id: str | None = None
) -> Reply:
    """One article of a list, named in full, with the way back to its page."""
    page = Page()
    _title(page, one_line(topic, LONGEST_TOPIC), texts)
    attribute(page, card, texts)
    back = about(encode, Press.LIST, page_number, words=topic, answer_id=answer_id)
    return Reply(page.text, page.entities(), keyboards.card_keyboard(card, back, texts))


def articles_reply(coverage: Coverage, texts: Catalogue, encode: Encode) -> Reply:
    """The administrators' list: each article with its number, what matches `coverage.topic`."""
    match = one_line(coverage.topic, LONGEST_TOPIC)
    if not coverage.items:
        return Reply(texts.say("articles.none"))
    page = Page()
    page.line(texts.say("articles.title", count=coverage.total), BOLD)
    if match:
        before, after = texts.say("articles.match", match="\0").split("\0")
        page.write(f" {before}")
        page.write(match, MARK)
        page.write(after)
    page.gap()
    turning = keyboards.turning(
        coverage.page, coverage.pages, texts, lambda to: about(encode, Press.ARTICLES, to, words=coverage.topic)
    )
    _write_entries(page, coverage, texts)
    return Reply(page.text, page.entities(), keyboards.keyboard([turning]))


def _write_entries(page: Page, coverage: Coverage, texts: Catalogue) -> None:
    for card in coverage.items:
        page.line(f"{texts.lead}#{card.id} ")
        page.write(entry(card, texts), url=web_address(card.url))


def removed_reply(coverage: Coverage, texts: Catalogue, encode: Encode) -> Reply:
    """The removed articles, each with a button that restores it."""
    if not coverage.items:
        return Reply(texts.say("restore.none"))
    page = Page()
    page.line(texts.say("restore.title", count=coverage.total), BOLD)
    page.gap()
    _write_entries(page, coverage, texts)
    numbers = [keyboards.button(f"#{card.id}", encode(Press.RESTORE, card.id)) for card in coverage.items]
    turning = keyboards.turning(coverage.page, coverage.pages, texts, lambda to: encode(Press.REMOVED, to))
    return Reply(page.text, page.entities(), keyboards.keyboard([*keyboards.in_rows(numbers), turning]))


def which_reply(coverage: Coverage, texts: Catalogue, encode: Encode, press: Press = Press.REMOVE) -> Reply:
    """Several articles that could be meant by /remove or another command, each with the button of that."""
    page = Page()
    page.line(texts.say("remove.which"), BOLD)
    page.gap()
    _write_entries(page, coverage, texts)
    numbers = [keyboards.button(f"#{card.id}", encode(press, card.id)) for card in coverage.items]
    return Reply(page.text, page.entities(), keyboards.keyboard(keyboards.in_rows(numbers)))


def confirm_reply(card: ArticleCard, texts: Catalogue, encode: Encode) -> Reply:
    """The article that /remove is about, with the button that removes it."""
    page = Page()
    page.line(texts.say("remove.confirm"), BOLD)
    page.gap()
    attribute(page, card, texts)
    return Reply(page.text, page.entities(), _confirming(card, texts, encode))


def _confirming(card: ArticleCard, texts: Catalogue, encode: Encode) -> InlineKeyboardMarkup | None:
    return keyboards.keyboard(
        [
            [
                keyboards.button(texts.say("button.remove"), encode(Press.REMOVE_NOW, card.id)),
                keyboards.button(texts.say("button.keep"), encode(Press.KEEP, card.id)),
            ]
        ]
    )
