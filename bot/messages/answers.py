"""Answer -> reply: the quote, where it is from, and the buttons.

Called by the handlers. The quoted words are copied, never retyped, and their range goes along with the reply, so that
the outbox can check it. Attribution always stands outside the quote block. A reply fits one message whatever the
lengths of headlines and names. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from telegram import InlineKeyboardMarkup

from bot.messages import keyboards
from bot.messages.attribution import (
    byline,
    correction_line,
    entry,
    entry_line,
    headline,
    is_named_by,
    kind_line,
    published,
    source_line,
    speaker_line,
    web_address,
)
from bot.messages.buttons import Encode, Press
from bot.messages.catalogue import Catalogue
from bot.messages.page import BOLD, FOLDED_QUOTE, ITALIC, QUOTE, Page
from bot.messages.reply import Quoted, Reply
from bot.messages.words import notice_words, one_line
from index.datatypes import Answer, AnswerKind, ArticleCard, Citation, Context, Notice, Span, Withheld

FOLD_OVER = 600
"""Longer quotes are folded."""
FOLD_SHOWS = 180
"""Code points of a folded quote that can be relied on to show: three lines of a phone."""
LONGEST_QUOTE = 1_000
LONGEST_CONTEXT = 2_600
LONGEST_NOTICE = 160
MOST_NOTICES = 3
MOST_CLOSEST = 5
MOST_OTHERS = 8


def answer_reply(
    answer: Answer, n: int, texts: Catalogue, encode: Encode, *, brief: bool = False, beyond: int = 0
) -> Reply:
    """Quote `n` (counted from 0) of an answer, or an honest no.

    `brief` shows the emphasised sentences alone. `beyond` is the page of the quote's context on which its article goes
    on, 0 where there is none.
    """
    if answer.quotes and answer.answered:
        number = min(max(n, 0), len(answer.quotes) - 1)
        return _quote_reply(
            answer, number, texts, keyboards.quote_keyboard(answer, number, texts, encode, beyond=beyond), brief
        )
    return _declined_reply(answer, texts, encode)


def receipt_reply(answer: Answer, n: int, texts: Catalogue, encode: Encode, *, beyond: int = 0) -> Reply:
    """Quote `n` with its proof below: article, version, span, checksum and the generation of the index."""
    reply = answer_reply(answer, n, texts, encode, beyond=beyond)
    if reply.quoted is None:
        return reply
    citation = answer.quotes[n]
    proof = texts.say(
        "receipt.lines",
        answer=answer.id,
        article=str(citation.article.id),
        version=str(citation.version_id),
        start=str(citation.span.start),
        end=str(citation.span.end),
        sha256=citation.sha256,
        generation=str(answer.generation),
    )
    return replace(reply, text=f"{reply.text}\n\n{proof}")


def _quote_reply(answer: Answer, n: int, texts: Catalogue, buttons: InlineKeyboardMarkup | None, brief: bool) -> Reply:
    citation = answer.quotes[n]
    page = Page()
    write_notices(page, answer.notices, texts)
    quoted = _quote(page, citation, texts, brief)
    if citation.withheld is not Withheld.WITHDRAWN:
        page.line(speaker_line(citation, texts) if quoted else "")
        _attribution(page, citation, texts, quoted.words if quoted else "")
    return Reply(page.text, page.entities(), buttons, quoted, answer.id, n)


def write_notices(page: Page, notices: Sequence[Notice], texts: Catalogue) -> None:
    """Write what is to be known before a quote or a list, a line for each."""
    for notice in notices[:MOST_NOTICES]:
        page.line(one_line(notice_words(notice, texts), LONGEST_NOTICE), ITALIC)
    page.gap()


def _quote(page: Page, citation: Citation, texts: Catalogue, brief: bool) -> Quoted | None:
    """Write the quote block and say where it stands; where nothing may be quoted, say why instead."""
    part = citation.highlight if brief and citation.highlight else None
    words = part.of(citation.text) if part else citation.text
    if citation.withheld or not words or len(words) > LONGEST_QUOTE:
        page.line(texts.say(f"withheld.{citation.withheld or Withheld.TOO_LONG}"), ITALIC)
        return None
    shown = None if part else citation.highlight
    span = page.write(words, quote_style(words, shown))
    assert span is not None  # words is not empty
    if shown is not None:
        page.mark(shown.shift(span.start), BOLD)
    page.write("\n")
    return Quoted(span, words, citation)


def quote_style(words: str, emphasised: Span | None) -> str:
    """Folded where the quote is long, unless that would fold the emphasised sentence away."""
    seen = emphasised is None or emphasised.end <= FOLD_SHOWS
    return FOLDED_QUOTE if len(words) > FOLD_OVER and seen else QUOTE


def _attribution(page: Page, citation: Citation, texts: Catalogue, words: str) -> None:
    page.gap()
    if is_named_by(citation.article, words):  # as a post is by its first sentence: it need not be said twice
        page.line(source_line(citation.article, texts), url=web_address(citation.article.url))
        page.line(byline(citation.article, texts))
    else:
        attribute(page, citation.article, texts)
    page.line(entry_line(citation, texts), ITALIC)
    page.line(kind_line(citation, texts), ITALIC)
    page.line(correction_line(citation, texts), ITALIC)
    for key, cards in (("also_in", citation.also_in), ("corrections", citation.corrections), ("newer", citation.newer)):
        if cards:
            listed = [_named(card, key, texts) for card in cards[:2]]
            page.line(texts.say(f"quote.{key}", articles="; ".join(listed)))


def _named(card: ArticleCard, key: str, texts: Catalogue) -> str:
    if key == "also_in":
        return texts.isolate(one_line(card.outlet or card.agency or "", 60) or headline(card, texts, 60))
    return f"{texts.isolate(headline(card, texts, 90))} ({texts.isolate(published(card, texts))})"


def attribute(page: Page, card: ArticleCard, texts: Catalogue) -> None:
    """Write an article's headline with its link, then outlet, date and byline."""
    page.line(headline(card, texts), BOLD, url=web_address(card.url))
    page.line(source_line(card, texts))
    page.line(byline(card, texts))


def _declined_reply(answer: Answer, texts: Catalogue, encode: Encode) -> Reply:
    page = Page()
    write_notices(page, answer.notices, texts)
    if answer.kind is AnswerKind.EMPTY:
        page.line(texts.say("answer.empty"))
        return Reply(page.text, page.entities(), answer_id=answer.id)
    page.line(texts.say("answer.declined"))
    closest = answer.closest[:MOST_CLOSEST]
    if closest:
        page.gap()
        page.line(texts.say("answer.closest"), ITALIC)
        numbered(page, closest, texts)
    elif answer.newest_article:
        newest = texts.say("answer.newest", date=texts.date(answer.newest_article))
        page.line(f"{newest} {texts.say('answer.latest')}")
    buttons = keyboards.closest_keyboard(answer, len(closest), texts, encode)
    return Reply(page.text, page.entities(), buttons, answer_id=answer.id)


def numbered(page: Page, cards: tuple[ArticleCard, ...], texts: Catalogue) -> None:
    """Write articles as a numbered list, each headline linked to its source."""
    for number, card in enumerate(cards, 1):
        page.line(f"{texts.lead}{texts.number(number)}. ")
        page.write(entry(card, texts), url=web_address(card.url))


def context_reply(answer: Answer, n: int, context: Context, texts: Catalogue, encode: Encode) -> Reply:
    """The paragraphs around quote `n`, or before or after them, with the article named below."""
    page = Page()
    words, start = _fitting(context)
    span = page.write(words, QUOTE)
    assert span is not None
    _mark_quote(page, context.citation, Span(start, start + len(words)), span.start)
    page.write("\n")
    page.gap()
    attribute(page, context.citation.article, texts)
    if context.limited and context.page in (context.first, context.last):
        page.line(texts.say("context.limited"), ITALIC)
    buttons = keyboards.context_keyboard(answer, n, context, texts, encode)
    quoted = Quoted(span, words, context.citation, exact=False)
    return Reply(page.text, page.entities(), buttons, quoted, answer.id, n)


def _fitting(context: Context) -> tuple[str, int]:
    """Whole paragraphs of the context that fit a message, those of the quote first; with their start in the version."""
    quote, shown = context.citation.span, context.span
    core = quote.shift(-shown.start) if shown.covers(quote) else Span(0, 1)
    span = paragraphs_around(context.text, core, LONGEST_CONTEXT)
    return span.of(context.text), shown.start + span.start


def paragraphs_around(text: str, core: Span, room: int) -> Span:
    """The run of whole paragraphs that grows from those of `core` while it has at most `room` code points.

    Where those of `core` alone are longer, it is cut off after `room`.
    """
    start = text.rfind("\n", 0, core.start) + 1
    end = _line_end(text, core.end - 1)
    if end - start > room:
        return Span(core.start, min(end, core.start + room))
    while True:
        after = _line_end(text, end + 1) if end < len(text) else end
        before = text.rfind("\n", 0, start - 1) + 1 if start else start
        if end < after and after - start <= room:
            end = after
        elif before < start and end - before <= room:
            start = before
        else:
            return _trimmed(text, Span(start, end)) if start < end else core


def _line_end(text: str, start: int) -> int:
    found = text.find("\n", start)
    return len(text) if found < 0 else found


def _trimmed(text: str, span: Span) -> Span:
    words = span.of(text)
    lead = len(words) - len(words.lstrip())
    return Span(span.start + lead, span.start + len(words.rstrip())) if words.strip() else span


def _mark_quote(page: Page, citation: Citation, shown: Span, at: int) -> None:
    """Make the quote's emphasised sentence bold where it stands among the paragraphs shown."""
    inner = citation.highlight.shift(citation.span.start) if citation.highlight else citation.span
    if shown.covers(inner):
        page.mark(inner.shift(at - shown.start), BOLD)


def others_reply(answer_id: str, n: int, citation: Citation, texts: Catalogue, encode: Encode) -> Reply:
    """The same story elsewhere, corrections and newer pieces, each as a headline."""
    page = Page()
    for key in ("also_in", "newer", "corrections"):
        cards: tuple[ArticleCard, ...] = getattr(citation, key)[:MOST_OTHERS]
        if cards:
            page.gap()
            page.line(texts.say(f"others.{key}"), BOLD)
            numbered(page, cards[: MOST_OTHERS // 2], texts)
    if not page.text:
        page.line(texts.say("others.none"))
    back = keyboards.button(texts.say("button.back_to_quote"), encode(Press.QUOTE, answer_id, n))
    return Reply(page.text, page.entities(), keyboards.keyboard([[back]]), answer_id=answer_id, shown=n)


def card_reply(answer_id: str, card: ArticleCard, texts: Catalogue, encode: Encode) -> Reply:
    """One of a declined answer's headlines, named in full."""
    page = Page()
    attribute(page, card, texts)
    buttons = keyboards.card_keyboard(card, encode(Press.QUOTE, answer_id, 0), texts)
    return Reply(page.text, page.entities(), buttons, answer_id=answer_id)


def withdrawn_reply(answer_id: str | None, texts: Catalogue) -> Reply:
    """What stands in place of a quote whose article was removed."""
    page = Page()
    page.line(texts.say("withheld.withdrawn"), ITALIC)
    return Reply(page.text, page.entities(), answer_id=answer_id)
