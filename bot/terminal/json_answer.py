"""Answer -> the JSON document of schema 1 that scripts rely on.

Called by `ask --json` and by batches. Offsets are half-open and count code points. A field is always there, null where
nothing is known. Pure; must not know how it is written out.
"""

from __future__ import annotations

import json
from typing import Any

from bot.messages.catalogue import ENGLISH, catalogue
from bot.messages.words import notice_words
from index.datatypes import Answer, ArticleCard, ArticleLabel, Citation, PartialDate, Span

SCHEMA = 1
LABELS = {ArticleLabel.OPINION, ArticleLabel.LIVE, ArticleLabel.SPONSORED, ArticleLabel.SATIRE}

Document = dict[str, Any]


def answer_document(answer: Answer, id: object = None) -> Document:
    """The whole answer; `id` is the asker's own name for the question, None where there is none."""
    texts = catalogue(ENGLISH)
    return {
        "schema": SCHEMA,
        "id": id,
        "answer_id": answer.id,
        "question": answer.question,
        "as_of": answer.as_of.isoformat() if answer.as_of else None,
        "lang": answer.lang,
        "answered": answer.answered,
        "confidence": min(1.0, max(0.0, float(answer.confidence))),
        "notices": [{"kind": notice.kind.value, "text": notice_words(notice, texts)} for notice in answer.notices],
        "filters": [{"field": one.field, "value": one.value, "source": one.source} for one in answer.filters],
        "quotes": [quote_document(citation) for citation in answer.quotes],
        "closest": [article_document(card) for card in answer.closest],
        "newest_article": _date(answer.newest_article),
        "seconds": round(answer.seconds, 6),
    }


def quote_document(citation: Citation) -> Document:
    """One quote; where the outlet's rights withhold its words, `text` and `passage` are empty."""
    speaker = citation.speaker
    return {
        "text": citation.text,
        "highlight": _range(citation.highlight) if citation.highlight else None,
        "kind": citation.kind.value,
        "article": article_document(citation.article),
        "version": citation.version_id,
        "span": _range(citation.span),
        "passage": "" if citation.withheld else citation.passage_text,
        "speaker": {"name": speaker.name, "description": speaker.description} if speaker else None,
        "also_in": [article_document(card) for card in citation.also_in],
        "score": float(citation.score),
    }


def article_document(card: ArticleCard) -> Document:
    """An article without its text. A correction is news: it has no label of its own in this schema."""
    return {
        "id": card.id,
        "title": card.title,
        "outlet": card.outlet,
        "agency": card.agency,
        "authors": list(card.authors),
        "contributors": list(card.contributors),
        "published": _date(card.published),
        "date_origin": card.date_origin.value,
        "label": card.label.value if card.label in LABELS else None,
        "url": card.url,
    }


def line(document: Document) -> str:
    """The document on one line, ready for UTF-8."""
    return (
        json.dumps(document, ensure_ascii=False, allow_nan=False)
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
    )


def _date(day: PartialDate | None) -> str | None:
    return day.text if day else None


def _range(span: Span) -> list[int]:
    return [span.start, span.end]
