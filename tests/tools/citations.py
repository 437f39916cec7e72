"""An article card, a citation and an answer to lay out, with any field changed."""

from __future__ import annotations

from hashlib import sha256

from bot.keys import Seal
from bot.messages.buttons import encoder
from index.datatypes import Answer, AnswerKind, ArticleCard, Citation, DateOrigin, Label, PartialDate, Span

SEAL = Seal(bytes(range(32)))
CHAT = 4711
ENCODE = encoder(SEAL, CHAT)
ANSWER_ID = "Ab3dEf6hIj9kLm2n"


def card(**values: object) -> ArticleCard:
    fixed: dict[str, object] = {
        "id": 7,
        "title": "Harbour wall to be raised",
        "outlet": "The Kesselau Courier",
        "agency": "Northern Press Agency",
        "authors": ("Jane Doe",),
        "contributors": (),
        "published": PartialDate("2025-11-21"),
        "date_origin": DateOrigin.FIELD,
        "label": None,
        "url": "https://courier.example.org/wall",
    }
    return ArticleCard(**(fixed | values))  # type: ignore[arg-type]


def citation(text: str = "The wall will be raised. Work starts in May.", **values: object) -> Citation:
    fixed: dict[str, object] = {
        "article": card(),
        "version_id": 3,
        "span": Span(100, 100 + max(len(text), 1)),
        "sha256": sha256(text.encode()).hexdigest(),
        "text": text,
        "highlight": Span(0, 24),
        "kind": Label.PROSE,
        "speaker": None,
        "passage": Span(0, 10),
        "passage_text": "",
        "score": 1.0,
    }
    return Citation(**(fixed | values))  # type: ignore[arg-type]


def answer(*quotes: Citation, **values: object) -> Answer:
    fixed: dict[str, object] = {
        "id": ANSWER_ID,
        "question": "When is the wall raised?",
        "as_of": None,
        "lang": "en",
        "kind": AnswerKind.ANSWERED,
        "confidence": 0.9,
        "quotes": quotes,
    }
    return Answer(**(fixed | values))  # type: ignore[arg-type]
