"""What readers thought of the quotes, as a reply: how many votes, and the quotes judged worst.

Called by the administrators' handlers. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.journal import Judged
from bot.messages import keyboards
from bot.messages.attribution import entry
from bot.messages.buttons import Encode, Press
from bot.messages.catalogue import Catalogue
from bot.messages.page import BOLD, ITALIC, Page
from bot.messages.reply import Reply
from bot.messages.unanswered import turn, within
from bot.messages.words import one_line
from index.datatypes import Answer, Withheld

ON_PAGE = 6
PERIODS = (timedelta(days=7), timedelta(days=30))
LONGEST_QUESTION = 200


@dataclass(frozen=True, slots=True)
class Opinion:
    """A judged quote with its answer as it is today, and the link that opens it (None without one)."""

    judged: Judged
    answer: Answer
    link: str | None


@dataclass(frozen=True, slots=True)
class Votes:
    """How many votes were helpful and how many not, within some time (None: ever)."""

    within: timedelta | None
    helpful: int
    unhelpful: int


@dataclass(frozen=True, slots=True)
class Feedback:
    """What readers thought: the votes by period, and a page (from 0) of the `total` quotes judged unhelpful."""

    votes: Sequence[Votes]
    opinions: Sequence[Opinion]
    total: int
    page: int
    pages: int


def page_of(judged: Sequence[Judged], page: int) -> tuple[Sequence[Judged], int, int]:
    """The quotes on a page, the page that is shown (counting from 0), and how many there are."""
    page, pages = within(page, len(judged), ON_PAGE)
    return judged[page * ON_PAGE : (page + 1) * ON_PAGE], page, pages


def feedback_reply(feedback: Feedback, texts: Catalogue, encode: Encode) -> Reply:
    """The votes by period and a page of the quotes that somebody found unhelpful."""
    votes, opinions, page, pages = feedback.votes, feedback.opinions, feedback.page, feedback.pages
    if not any(one.helpful or one.unhelpful for one in votes):
        return Reply(texts.say("feedback.none"))
    sheet = Page()
    sheet.line(texts.say("feedback.title"), BOLD)
    for one in votes:
        values: dict[str, object] = {"helpful": one.helpful, "unhelpful": one.unhelpful}
        if one.within is None:
            sheet.line(texts.say("feedback.ever", **values))
        else:
            sheet.line(texts.say("feedback.period", days=one.within.days, **values))
    if opinions:
        sheet.gap()
        sheet.line(texts.say("feedback.worst", count=feedback.total), BOLD)
        for number, opinion in enumerate(opinions, page * ON_PAGE + 1):
            _entry(sheet, number, opinion, texts)
        sheet.gap()
        if pages > 1:
            sheet.line(texts.say("coverage.page", page=page + 1, pages=pages), ITALIC)
        sheet.line(texts.say("feedback.hint"), ITALIC)
    turning = turn(page, pages, texts, lambda to: encode(Press.FEEDBACK, to))
    return Reply(sheet.text, sheet.entities(), keyboards.keyboard([turning]))


def _entry(sheet: Page, number: int, opinion: Opinion, texts: Catalogue) -> None:
    judged, answer = opinion.judged, opinion.answer
    sheet.gap()
    sheet.line(f"{texts.number(number)}. ")
    question = one_line(answer.question, LONGEST_QUESTION)
    words = texts.say("unanswered.entry", question=question) if question else texts.say("feedback.no_question")
    sheet.write(words, url=opinion.link)
    sheet.line(texts.say("feedback.votes", unhelpful=judged.unhelpful, helpful=judged.helpful))
    if judged.n < len(answer.quotes):
        quote = answer.quotes[judged.n]
        gone = quote.withheld is Withheld.WITHDRAWN
        sheet.line(texts.say("feedback.removed") if gone else entry(quote.article, texts))
