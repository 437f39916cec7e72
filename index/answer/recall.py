"""Answers given before, read again: the same words from the same place, or the plain fact that they are gone.

Called by the archive for buttons, links and the check before sending, and by `ask` for the turn before. A kept answer
holds no words: they are sliced from the version afresh and must have the sha256 recorded with the answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlite_utils import Database

from index.answer import reading_on
from index.answer.citation import reread, sha256
from index.answer.corrections import corrections
from index.datatypes import Answer, ArticleCard, Citation, Context, DateOrigin, Label, NoticeKind, Version, Withheld
from index.errors import NotFound, Withdrawn
from index.question.follow_up import Turn
from index.search.snapshot import Snapshot
from index.store import answers, articles
from index.store.answers import Kept

GONE = ArticleCard(0, "", None, None, (), (), None, DateOrigin.NONE, None, None)


def recall(db: Database, snapshot: Snapshot, answer_id: str, now: datetime) -> Answer:
    """A kept answer with its quotes as they can be shown `now`. Each version is read once. Raises NotFound."""
    kept = answers.get(db, answer_id)
    versions = articles.versions(db, [one.version_id for one in kept.citations])
    shown = [_shown(snapshot, one, versions.get(one.version_id), now) for one in kept.citations]
    closest = (snapshot.card(article_id) for article_id in kept.closest)
    return Answer(
        id=kept.id,
        question=kept.question or "",
        as_of=kept.as_of,
        lang=kept.lang,
        kind=kept.kind,
        confidence=kept.confidence,
        quotes=_with_others(db, snapshot, shown, kept.citations, now),
        closest=tuple(card for card in closest if card is not None),
        notices=kept.notices,
        filters=kept.filters,
        newest_article=kept.newest,
        generation=kept.generation,
    )


def turn(db: Database, snapshot: Snapshot, answer_id: str, now: datetime) -> Turn | None:
    """What a kept answer was about, for the question after it: as it was made whole, and who spoke; None: not known."""
    try:
        kept = answers.get(db, answer_id)
    except NotFound:
        return None
    first = kept.citations[:1]
    versions = articles.versions(db, [one.version_id for one in first])
    speakers = (_shown(snapshot, one, versions.get(one.version_id), now).speaker for one in first)
    assumed = (notice.values["question"] for notice in kept.notices if notice.kind is NoticeKind.FOLLOW_UP)
    return Turn(next(assumed, kept.question or ""), next((one.name for one in speakers if one), None))


def quote(db: Database, snapshot: Snapshot, answer_id: str, n: int, now: datetime) -> Citation:
    """The n-th quote of a kept answer. Raises NotFound, or Withdrawn where it may not be shown."""
    return _quoted(db, snapshot, answer_id, n, now)[0]


def verify(db: Database, snapshot: Snapshot, citation: Citation, now: datetime) -> bool:
    """Whether the words of a citation are still what the archive holds, and may be shown."""
    try:
        version = articles.version(db, citation.version_id)
    except (NotFound, Withdrawn):
        return False
    if citation.span.end > len(version.text) or not _may_show(snapshot, version, now):
        return False
    words = citation.span.of(version.text)
    return sha256(words) == citation.sha256 and (citation.withheld is not None or words == citation.text)


def context(
    db: Database, snapshot: Snapshot, answer_id: str, n: int, page: int, *, share: float, now: datetime
) -> Context:
    """A page of the paragraphs around a quote. Raises NotFound or Withdrawn."""
    citation, version = _quoted(db, snapshot, answer_id, n, now)
    rights = snapshot.rights_of(citation.article)
    if citation.withheld or rights.link_only or rights.max_quote_chars:
        share = 0.0
    reading = reading_on.reading(version, citation.span, share)
    number = min(max(page, reading.first), reading.last)
    span = reading.page(number)
    text = "" if citation.withheld else span.of(version.text)
    return Context(citation, text, span, number, reading.first, reading.last, reading.limited)


def _quoted(db: Database, snapshot: Snapshot, answer_id: str, n: int, now: datetime) -> tuple[Citation, Version]:
    """The n-th quote of a kept answer and its version."""
    kept = answers.get(db, answer_id).citations
    if not 0 <= n < len(kept):
        raise NotFound("This answer has no such quote.")
    version = articles.version(db, kept[n].version_id)
    citation = _reread(snapshot, kept[n], version, now)
    return _with_others(db, snapshot, [citation], [kept[n]], now)[0], version


def _with_others(
    db: Database, snapshot: Snapshot, quotes: Sequence[Citation], kept: Sequence[Kept], now: datetime
) -> tuple[Citation, ...]:
    """Citations with the other articles that are shown with them, as far as they may be shown now."""
    visible = snapshot.shown(now)
    correcting = corrections(db, snapshot, [one.article for one in quotes if one.article is not GONE], now)

    def cards(places: Iterable[int]) -> tuple[ArticleCard, ...]:
        return tuple(snapshot.listed[place].card for place in places if visible[place])

    def completed(citation: Citation, later: Sequence[int]) -> Citation:
        place = snapshot.position.get(citation.article.id)
        if place is None:
            return citation
        return replace(
            citation,
            also_in=cards(one for one in snapshot.stories[snapshot.listed[place].story] if one != place),
            corrections=correcting.get(citation.article.id, ()),
            newer=cards(snapshot.position[id_] for id_ in later if id_ in snapshot.position),
        )

    return tuple(completed(citation, one.newer) for citation, one in zip(quotes, kept, strict=True))


def _shown(snapshot: Snapshot, kept: Kept, version: Version | None, now: datetime) -> Citation:
    """A kept citation as it can be shown; withheld as withdrawn where it is gone."""
    try:
        if version is not None:
            return _reread(snapshot, kept, version, now)
    except Withdrawn:
        pass
    return _citation(kept, GONE, withheld=Withheld.WITHDRAWN)


def _reread(snapshot: Snapshot, kept: Kept, version: Version, now: datetime) -> Citation:
    """A kept citation with its words sliced from the version afresh. Raises Withdrawn."""
    if not _may_show(snapshot, version, now):
        raise Withdrawn("This article may not be shown yet.")
    card = snapshot.card(version.article_id) or articles.card(version.article_id, version.metadata)
    rights = snapshot.rights_of(card)
    if rights.link_only:
        return _citation(kept, card, withheld=Withheld.LINK_ONLY)
    if rights.max_quote_chars is not None and len(kept.span) > rights.max_quote_chars:
        return _citation(kept, card, withheld=Withheld.MAX_QUOTE_CHARS)
    if kept.span.end > len(version.text) or sha256(kept.span.of(version.text)) != kept.sha256:
        raise Withdrawn("The words of this quote are not what was recorded.")
    bare = _citation(kept, card, withheld=kept.withheld)
    return reread(bare, version) if kept.withheld is None else bare


def _may_show(snapshot: Snapshot, version: Version, now: datetime) -> bool:
    place = snapshot.position.get(version.article_id)
    return place is not None and bool(snapshot.shown(now)[place])


def _citation(kept: Kept, card: ArticleCard, *, withheld: Withheld | None) -> Citation:
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
