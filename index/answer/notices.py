"""What a reader should know before the quotes: that the news is old, what kind of article it is, what came later.

Called by `ask` and `respond`. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from index.datatypes import ArticleCard, ArticleLabel, Citation, Notice, NoticeKind
from index.question.times import TimeReading

FRESH = timedelta(days=30)  # what "now" and "latest" may be old without a word about it


def stale(times: TimeReading, today: date, shown: Sequence[ArticleCard]) -> list[Notice]:
    """That the articles shown are old, where the question asks for what is so now."""
    if not times.time_bound or not shown:
        return []
    since = max((one.first for one in times.expressions if one.first), default=today - FRESH)
    dates = [card.published for card in shown]
    newest = max((day for day in dates if day is not None), key=lambda day: day.latest, default=None)
    if newest is not None and newest.latest >= since:
        return []
    return [Notice(NoticeKind.STALE, {"newest": newest.text} if newest else {})]


def warnings(quotes: Sequence[Citation]) -> list[Notice]:
    """What is to be known of the first quote's article: retracted, opinion, corrected, or followed by a newer one."""
    if not quotes:
        return []
    first, found = quotes[0], []
    if first.article.retracted:
        found.append(Notice(NoticeKind.RETRACTED))
    kinds = {ArticleLabel.OPINION: NoticeKind.OPINION, ArticleLabel.SATIRE: NoticeKind.SATIRE}
    if first.article.label in kinds:
        found.append(Notice(kinds[first.article.label]))
    found += [Notice(NoticeKind.CORRECTION, {"title": card.title}) for card in first.corrections[:1]]
    for card in [card for card in first.newer if card not in first.corrections][:1]:
        found.append(Notice(NoticeKind.NEWER, {"title": card.title, "date": str(card.published)}))
    return found
