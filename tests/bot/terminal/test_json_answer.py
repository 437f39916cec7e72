"""The JSON of one answer: schema 1, every field there, offsets that hold."""

import hashlib
import json
from datetime import date

import pytest

from bot.terminal.json_answer import answer_document, article_document, line, quote_document
from index.datatypes import (
    Answer,
    AnswerKind,
    ArticleCard,
    ArticleLabel,
    Citation,
    DateOrigin,
    Filter,
    FilterField,
    Label,
    Notice,
    NoticeKind,
    PartialDate,
    Span,
    Speaker,
    Withheld,
)

TEXT = "The bridge 🌉 opens today. “We waited,” said the mayor, Ada Quill."
CARD = ArticleCard(
    id=7,
    title="Bridge opens",
    outlet="Harbour Post",
    agency=None,
    authors=("Jo Reed",),
    contributors=(),
    published=PartialDate("2024-09"),
    date_origin=DateOrigin.FIELD,
    label=None,
    url=None,
)


def citation(**changes) -> Citation:
    values = {
        "article": CARD,
        "version_id": 3,
        "span": Span(100, 100 + len(TEXT)),
        "sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
        "text": TEXT,
        "highlight": Span(26, len(TEXT)),
        "kind": Label.PROSE,
        "speaker": Speaker("Ada Quill", "the mayor"),
        "passage": Span(90, 300),
        "passage_text": f"Before. {TEXT} After.",
        "score": 0.875,
    }
    return Citation(**{**values, **changes})


def answer(**changes) -> Answer:
    values = {
        "id": "a1",
        "question": "What did the mayor say?",
        "as_of": date(2024, 10, 1),
        "lang": "en",
        "kind": AnswerKind.ANSWERED,
        "confidence": 0.9,
        "quotes": (citation(),),
        "closest": (CARD,),
        "notices": (Notice(NoticeKind.STALE, {"newest": "2017"}),),
        "filters": (Filter(FilterField.PUBLISHED, "2024-09-01..2024-09-30", "in September 2024"),),
        "newest_article": PartialDate("2024-09"),
        "seconds": 0.012345678,
    }
    return Answer(**{**values, **changes})


ARTICLE = {
    "id": 7,
    "title": "Bridge opens",
    "outlet": "Harbour Post",
    "agency": None,
    "authors": ["Jo Reed"],
    "contributors": [],
    "published": "2024-09",
    "date_origin": "field",
    "label": None,
    "url": None,
}


def test_a_whole_answer():
    document = answer_document(answer(), "q-1")
    notice = document["notices"][0]
    assert notice["kind"] == "stale"
    assert "2017" in notice["text"]
    assert {**document, "notices": []} == {
        "schema": 1,
        "id": "q-1",
        "answer_id": "a1",
        "question": "What did the mayor say?",
        "as_of": "2024-10-01",
        "lang": "en",
        "answered": True,
        "confidence": 0.9,
        "notices": [],
        "filters": [{"field": "published", "value": "2024-09-01..2024-09-30", "source": "in September 2024"}],
        "quotes": [
            {
                "text": TEXT,
                "highlight": [26, len(TEXT)],
                "kind": "prose",
                "article": ARTICLE,
                "version": 3,
                "span": [100, 100 + len(TEXT)],
                "passage": f"Before. {TEXT} After.",
                "speaker": {"name": "Ada Quill", "description": "the mayor"},
                "also_in": [],
                "score": 0.875,
            }
        ],
        "closest": [ARTICLE],
        "newest_article": "2024-09",
        "seconds": 0.012346,
    }


def test_offsets_count_code_points():
    quote = quote_document(citation())
    start, end = quote["highlight"]
    assert quote["text"][start:end] == "“We waited,” said the mayor, Ada Quill."
    assert quote["span"][1] - quote["span"][0] == len(quote["text"])


def test_what_is_not_known_is_null_not_missing():
    bare = answer(
        as_of=None, kind=AnswerKind.DECLINED, quotes=(), closest=(), notices=(), filters=(), newest_article=None
    )
    document = answer_document(bare)
    assert document.keys() == answer_document(answer()).keys()
    assert document["id"] is document["as_of"] is document["newest_article"] is None
    assert document["answered"] is False
    assert document["confidence"] == 0.9, "declining does not zero it"
    quote = quote_document(citation(highlight=None, speaker=None))
    assert quote["highlight"] is quote["speaker"] is None


@pytest.mark.parametrize("kind", [kind for kind in AnswerKind if kind is not AnswerKind.ANSWERED])
def test_only_an_answer_is_answered(kind):
    assert answer_document(answer(kind=kind))["answered"] is False


def test_a_withheld_quote_gives_no_words_away():
    quote = quote_document(citation(text="", highlight=None, withheld=Withheld.LINK_ONLY))
    assert quote["text"] == quote["passage"] == ""


def test_a_correction_has_no_label_in_schema_1():
    labels = {
        label: article_document(ArticleCard(**{**_fields(CARD), "label": label}))["label"] for label in ArticleLabel
    }
    assert labels == {
        "opinion": "opinion",
        "live": "live",
        "sponsored": "sponsored",
        "satire": "satire",
        "correction": None,
    }


def _fields(card: ArticleCard) -> dict[str, object]:
    return {name: getattr(card, name) for name in card.__dataclass_fields__}


def test_every_notice_has_english_words():
    notices = tuple(Notice(kind) for kind in NoticeKind)
    texts = [notice["text"] for notice in answer_document(answer(notices=notices))["notices"]]
    assert len(texts) == len(NoticeKind)
    assert all(texts)


def test_a_document_is_one_line():
    words = line(answer_document(answer(question="a\u2028b\u2029c\nd")))
    assert len(words.splitlines()) == 1
    assert json.loads(words)["question"] == "a\u2028b\u2029c\nd"
    assert "🌉" in words
