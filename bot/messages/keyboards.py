"""The buttons under a reply.

Called by the renderer. Every button carries its own answer's id, so it means the same after a restart. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup, SwitchInlineQueryChosenChat

from bot.journal import Reason
from bot.messages.attribution import copyable, web_address
from bot.messages.buttons import Encode, Press, about
from bot.messages.catalogue import Catalogue
from bot.messages.words import one_line
from index.datatypes import Answer, ArticleCard, Citation, Context, Coverage, Filter, NoticeKind, Withheld

Row = Sequence[InlineKeyboardButton]
NUMBERS_IN_ROW = 4


def keyboard(rows: Iterable[Row]) -> InlineKeyboardMarkup | None:
    """The rows that hold a button; None where none does."""
    filled = [list(row) for row in rows if row]
    return InlineKeyboardMarkup(filled) if filled else None


def button(label: str, data: str) -> InlineKeyboardButton:
    """A button that comes back to the bot."""
    return InlineKeyboardButton(label, callback_data=data)


def without_links(given: InlineKeyboardMarkup | None) -> InlineKeyboardMarkup | None:
    """The same keyboard with only those buttons that come back to the bot."""
    if given is None:
        return None
    return keyboard([[one for one in row if one.callback_data is not None] for row in given.inline_keyboard])


def open_article(card: ArticleCard, texts: Catalogue) -> Row:
    """The button that opens the article at its source, where it has an address."""
    url = web_address(card.url)
    return [InlineKeyboardButton(texts.say("button.open"), url=url)] if url else []


def quote_keyboard(
    answer: Answer, n: int, texts: Catalogue, encode: Encode, *, beyond: int = 0
) -> InlineKeyboardMarkup | None:
    """Under quote `n` of an answer: turn, context, source, more, copy, share, judge, drop filters.

    `beyond` is the page of the context on which the article goes on, 0 where there is none.
    """
    citation = answer.quotes[n]
    readable = bool(citation.text)
    return keyboard(
        [
            _turning(answer, n, texts, encode),
            _reading(citation, texts, encode, answer.id, n),
            _more(answer, n, texts, encode, beyond) if readable else [],
            _sharing(citation, texts, answer.id) if citation.withheld is not Withheld.WITHDRAWN else [],
            _judging(texts, encode, answer.id, n) if readable else [],
            *_chips(answer, texts, encode),
        ]
    )


def _turning(answer: Answer, n: int, texts: Catalogue, encode: Encode) -> Row:
    count, row = len(answer.quotes), []
    if n > 0:
        row.append(button(texts.say("button.previous"), encode(Press.QUOTE, answer.id, n - 1)))
    if n + 1 < count:
        label = texts.say("button.next", number=n + 2, count=count)
        row.append(button(label, encode(Press.QUOTE, answer.id, n + 1)))
    return row


def _reading(citation: Citation, texts: Catalogue, encode: Encode, answer_id: str, n: int) -> Row:
    row: list[InlineKeyboardButton] = []
    if citation.text:
        row.append(button(texts.say("button.context"), encode(Press.CONTEXT, answer_id, n, 0)))
    if citation.also_in or citation.newer or citation.corrections:
        row.append(button(texts.say("button.others"), encode(Press.OTHERS, answer_id, n)))
    if citation.withheld is not Withheld.WITHDRAWN:
        row.extend(open_article(citation.article, texts))
    return row


def _more(answer: Answer, n: int, texts: Catalogue, encode: Encode, beyond: int) -> Row:
    """On in the same article: its paragraphs beyond the context, else another quote from it."""
    if beyond:
        return [button(texts.say("button.more"), encode(Press.CONTEXT, answer.id, n, beyond))]
    others = same_article(answer, n)
    return [button(texts.say("button.more"), encode(Press.QUOTE, answer.id, others[0]))] if others else []


def same_article(answer: Answer, n: int) -> list[int]:
    """The numbers of the answer's other readable quotes from the article of quote `n`, those behind it first."""
    article = answer.quotes[n].article.id
    others = [i for i, one in enumerate(answer.quotes) if i != n and one.article.id == article and one.text]
    return sorted(others, key=lambda i: (i < n, i))


def _sharing(citation: Citation, texts: Catalogue, answer_id: str) -> Row:
    copy = CopyTextButton(copyable(citation.article, texts))
    row = [InlineKeyboardButton(texts.say("button.copy"), copy_text=copy)]
    if citation.text:
        chosen = SwitchInlineQueryChosenChat(
            f"={answer_id}", allow_user_chats=True, allow_group_chats=True, allow_channel_chats=True
        )
        row.append(InlineKeyboardButton(texts.say("button.share"), switch_inline_query_chosen_chat=chosen))
    return row


def _judging(texts: Catalogue, encode: Encode, answer_id: str, n: int) -> Row:
    return [
        button(texts.say("button.helpful"), encode(Press.HELPFUL, answer_id, n, 1)),
        button(texts.say("button.unhelpful"), encode(Press.HELPFUL, answer_id, n, 0)),
        button(texts.say("button.report"), encode(Press.REPORT, answer_id, n)),
    ]


def _chips(answer: Answer, texts: Catalogue, encode: Encode) -> list[Row]:
    rows: list[Row] = [
        [button(texts.say("button.unfilter", filter=filter_words(one)), encode(Press.UNFILTER, answer.id, i))]
        for i, one in enumerate(answer.filters[:4])
    ]
    if any(notice.kind is NoticeKind.FOLLOW_UP for notice in answer.notices):
        rows.append([button(texts.say("button.afresh"), encode(Press.AFRESH, answer.id))])
    return rows


def filter_words(one: Filter) -> str:
    """A filter in a few words: the reader's own where it was read from the question."""
    return one_line(one.value if one.source in ("given", "") else one.source, 32)


def inline_keyboard(citation: Citation, texts: Catalogue, link: str | None) -> InlineKeyboardMarkup | None:
    """Under a quote sent through inline mode: the source, and the answer in the bot."""
    proof = [InlineKeyboardButton(texts.say("button.proof"), url=link)] if link else []
    return keyboard([[*open_article(citation.article, texts), *proof]])


def closest_keyboard(answer: Answer, shown: int, texts: Catalogue, encode: Encode) -> InlineKeyboardMarkup | None:
    """Under a declined answer: its headlines by number, and the filters."""
    numbers = [button(texts.number(i + 1), encode(Press.CARD, answer.id, card.id)) for i, card in _first(answer, shown)]
    return keyboard([*in_rows(numbers), *_chips(answer, texts, encode)])


def coverage_keyboard(
    coverage: Coverage, answer: Answer | None, texts: Catalogue, encode: Encode
) -> InlineKeyboardMarkup | None:
    """Under a list of coverage: its headlines by number, the pages around, and the filters of the question it answers.

    The buttons carry the answer's id, else the topic.
    """
    answer_id = answer.id if answer else None

    def data(press: Press, *fields: int) -> str:
        return about(encode, press, *fields, words=coverage.topic, answer_id=answer_id)

    numbers = [
        button(texts.number(i), data(Press.LISTED, coverage.page, card.id)) for i, card in enumerate(coverage.items, 1)
    ]
    pages = turning(coverage.page, coverage.pages, texts, lambda to: data(Press.LIST, to))
    return keyboard([*in_rows(numbers), pages, *(_chips(answer, texts, encode) if answer else [])])


def _first(answer: Answer, shown: int) -> list[tuple[int, ArticleCard]]:
    return list(enumerate(answer.closest[:shown]))


def in_rows(buttons: Sequence[InlineKeyboardButton]) -> list[Row]:
    """Short buttons, `NUMBERS_IN_ROW` side by side."""
    return [buttons[i : i + NUMBERS_IN_ROW] for i in range(0, len(buttons), NUMBERS_IN_ROW)]


def turning(page: int, pages: int, texts: Catalogue, data: Callable[[int], str]) -> Row:
    """The buttons to the pages before and after; `data` makes the data for a page."""
    row: list[InlineKeyboardButton] = []
    if page > 0:
        row.append(button(texts.say("button.newer"), data(page - 1)))
    if page + 1 < pages:
        row.append(button(texts.say("button.older"), data(page + 1)))
    return row


def context_keyboard(
    answer: Answer, n: int, context: Context, texts: Catalogue, encode: Encode
) -> InlineKeyboardMarkup | None:
    """Under a context page: before, after, the answer's other quotes from this article, back to the quote."""
    turning: list[InlineKeyboardButton] = []
    if context.page > context.first:
        turning.append(button(texts.say("button.before"), encode(Press.CONTEXT, answer.id, n, context.page - 1)))
    if context.page < context.last:
        turning.append(button(texts.say("button.after"), encode(Press.CONTEXT, answer.id, n, context.page + 1)))
    quotes = [
        button(
            texts.say("button.same_article", number=i + 1, count=len(answer.quotes)), encode(Press.QUOTE, answer.id, i)
        )
        for i in same_article(answer, n)
    ]
    back = button(texts.say("button.back_to_quote"), encode(Press.QUOTE, answer.id, n))
    return keyboard([turning, *([one] for one in quotes), [back, *open_article(context.citation.article, texts)]])


def card_keyboard(card: ArticleCard, back: str, texts: Catalogue) -> InlineKeyboardMarkup | None:
    """Under a single article's card: the source, copy, back to the list."""
    copy = InlineKeyboardButton(texts.say("button.copy"), copy_text=CopyTextButton(copyable(card, texts)))
    return keyboard([[*open_article(card, texts), copy], [button(texts.say("button.back_to_list"), back)]])


def reasons_keyboard(answer_id: str, n: int, texts: Catalogue, encode: Encode) -> InlineKeyboardMarkup | None:
    """The reasons for reporting a quote, one a row, and the way back."""
    rows = [[button(texts.say(f"reason.{why}"), encode(Press.REASON, answer_id, n, why))] for why in Reason]
    return keyboard([*rows, [button(texts.say("button.back_to_quote"), encode(Press.QUOTE, answer_id, n))]])
