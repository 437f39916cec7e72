"""Answers said before, read again: the same words from the same place, or the plain fact that they are gone.

Called by the archive for buttons, links and the check before sending. A kept answer holds no words: they are sliced
from the version afresh and must have the sha256 recorded with the answer.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from sqlite_utils import Database

from index.answer import citation as answering
from index.answer import reading_on
from index.answer.corrections import correcting, corrections
from index.datatypes import Answer, ArticleCard, Citation, Context, DateOrigin, Label, Version
from index.errors import NotFound, Withdrawn
from index.search.snapshot import Snapshot
from index.store import answers, articles
from index.store.answers import Kept

GONE = ArticleCard(0, "", None, None, (), (), None, DateOrigin.NONE, None, None)


def recall(db: Database, snapshot: Snapshot, answer_id: str) -> Answer:
    """A kept answer with its quotes as they can be shown today. Raises NotFound."""
    kept = answers.get(db, answer_id)
    shown = [snapshot.card(article_id) for article_id in kept.closest]
    return Answer(
        id=kept.id,
        question=kept.question or "",
        as_of=kept.as_of,
        lang=kept.lang,
        kind=kept.kind,
        confidence=kept.confidence,
        quotes=tuple(_beside(db, snapshot, shown_today(db, snapshot, one), one) for one in kept.citations),
        closest=tuple(card for card in shown if card is not None),
        notices=kept.notices,
        filters=kept.filters,
        newest_article=kept.newest,
        generation=kept.generation,
    )


def quote(db: Database, snapshot: Snapshot, answer_id: str, n: int) -> tuple[Citation, Version]:
    """The n-th quote of a kept answer and its version. Raises NotFound, or Withdrawn where it may not be shown."""
    kept = answers.get(db, answer_id).citations
    if not 0 <= n < len(kept):
        raise NotFound("This answer has no such quote.")
    citation, version = _read(db, snapshot, kept[n])
    return _beside(db, snapshot, citation, kept[n]), version


def shown_today(db: Database, snapshot: Snapshot, kept: Kept) -> Citation:
    """A kept citation as it can be shown; `withheld` is "withdrawn" where it is gone."""
    try:
        return _read(db, snapshot, kept)[0]
    except (NotFound, Withdrawn):
        return _citation(kept, GONE, withheld="withdrawn")


def verify(db: Database, snapshot: Snapshot, citation: Citation) -> bool:
    """Whether the words of a citation are still what the archive holds, and may be shown."""
    try:
        version = articles.version(db, citation.version_id)
    except (NotFound, Withdrawn):
        return False
    if citation.span.end > len(version.text) or not _may_show(snapshot, version):
        return False
    words = citation.span.of(version.text)
    return answering.sha256(words) == citation.sha256 and (citation.withheld is not None or words == citation.text)


def context(db: Database, snapshot: Snapshot, answer_id: str, n: int, page: int, share: float) -> Context:
    """A page of the paragraphs around a quote. Raises NotFound or Withdrawn."""
    citation, version = quote(db, snapshot, answer_id, n)
    rights = snapshot.rights_of(citation.article)
    if citation.withheld or rights.link_only or rights.max_quote_chars:
        share = 0.0
    reading = reading_on.reading(version, citation.span, share)
    number = min(max(page, reading.first), reading.last)
    span = reading.page(number)
    text = "" if citation.withheld else span.of(version.text)
    return Context(citation, text, span, number, reading.first, reading.last, reading.limited)


def _beside(db: Database, snapshot: Snapshot, citation: Citation, kept: Kept) -> Citation:
    """A citation with the other articles shown beside it, as far as they may be shown today."""
    place = snapshot.position.get(citation.article.id)
    if place is None:
        return citation
    shown = snapshot.shown(datetime.now(UTC))
    copies = [n for n in snapshot.stories[snapshot.listed[place].story] if n != place]
    later = [snapshot.position[id_] for id_ in kept.newer if id_ in snapshot.position]
    return replace(
        citation,
        also_in=tuple(snapshot.listed[n].card for n in copies if shown[n]),
        corrections=correcting(citation.article, corrections(db, snapshot)),
        newer=tuple(snapshot.listed[n].card for n in later if shown[n]),
    )


def _read(db: Database, snapshot: Snapshot, kept: Kept) -> tuple[Citation, Version]:
    version = articles.version(db, kept.version_id)
    if not _may_show(snapshot, version):
        raise Withdrawn("This article may not be shown yet.")
    card = snapshot.card(version.article_id) or articles.card(version.article_id, version.metadata)
    rights = snapshot.rights_of(card)
    bare = _citation(kept, card, withheld=kept.withheld)
    if rights.link_only:
        return _citation(kept, card, withheld="link_only"), version
    if rights.max_quote_chars is not None and len(kept.span) > rights.max_quote_chars:
        return _citation(kept, card, withheld="max_quote_chars"), version
    if kept.span.end > len(version.text) or answering.sha256(kept.span.of(version.text)) != kept.sha256:
        raise Withdrawn("The words of this quote are not what was recorded.")
    return (answering.reread(bare, version) if kept.withheld is None else bare), version


def _may_show(snapshot: Snapshot, version: Version) -> bool:
    place = snapshot.position.get(version.article_id)
    return place is not None and bool(snapshot.shown(datetime.now(UTC))[place])


def _citation(kept: Kept, card: ArticleCard, *, withheld: str | None) -> Citation:
    return Citation(
        article=card,
        version_id=kept.version_id,
        span=kept.span,
        sha256=kept.sha256,
        text="",
        highlight=kept.highlight if withheld is None else None,
        kind=Label(kept.kind),
        speaker=None,
        passage=kept.passage,
        passage_text="",
        score=kept.score,
        withheld=withheld,
    )
