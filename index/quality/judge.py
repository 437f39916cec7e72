"""Whether one question with a known answer was answered well, and if not, where it went wrong.

Called by the evaluation, which asks the archive and counts. Pure: texts in, a judgement out. It must not know how the
answer was found, so that the metric stays independent of the ranker.

A text is a hit when it holds the known answer, case and typography aside, and at least SHARE of the content words of
question and evidence: an answer like "three" or "Monday" stands in many texts that are about something else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from index.datatypes import Answer, Citation
from index.language.folding import fold
from index.language.stopwords import stopwords
from index.language.terms import terms
from index.question.analysis import asked

SHARE = 0.25
PASSAGE, QUOTE, HIGHLIGHT = 1300, 800, 350  # characters of each that are judged: what the contract allows
_UNSPACED = {"zh", "ja", "th"}

_WORD = re.compile(r"[^\W_]{3,}")
_ARTICLE = re.compile(r"(an?|the)\s+")
_EDGES = " .\"'"
_STRAIGHT = str.maketrans("‘’‚‛“”„‟«»", '\'\'\'\'""""""')


class Kind(StrEnum):
    """What the archive should do with a question."""

    ANSWERABLE = "answerable"
    NEAR_MISS = "near_miss"  # the affair is covered, the answer stands nowhere
    ABSENT = "absent_topic"


class Fault(StrEnum):
    """Where a question went wrong, worst first; the value is what a person reads."""

    ANSWERED = "answered though it should be declined"
    NOTHING = "nothing found"
    ARTICLE = "wrong article"
    PASSAGE = "right article, wrong passage"
    QUOTE = "right passage, not in the quote"
    DECLINED = "declined though the passage was first"
    HIGHLIGHT = "right quote, not in the highlight"


@dataclass(frozen=True, slots=True)
class Case:
    """A question and what is known about its answer; empty where nothing is. `article` is a url."""

    id: str
    question: str
    kind: Kind
    answer: str = ""
    evidence: str = ""
    article: str = ""
    speaker: str = ""
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a case. Ranks count from 1, None where no passage (or quoted text) is a hit.

    `speaker` is None where none is known or no quote is a hit. `fault` is None where nothing went wrong.
    """

    id: str
    question: str
    kind: Kind
    asks: str
    confidence: float
    answered: bool
    passage_rank: int | None
    quote_rank: int | None
    highlighted: bool
    speaker: bool | None
    fault: Fault | None
    quoted: str  # the headline of the first quote's article
    seconds: float

    @property
    def right(self) -> bool:
        """Whether a reader was served well: the answer in the first quote, or an honest no."""
        if self.kind is Kind.ANSWERABLE:
            return self.answered and self.quote_rank == 1
        return not self.answered

    @property
    def merit(self) -> tuple[bool, int, int, bool]:
        """A value that is greater for a better outcome of the same case."""
        return self.right, -(self.quote_rank or 99), -(self.passage_rank or 99), self.highlighted


def judge(case: Case, answer: Answer) -> Outcome:
    """The judgement of one answer, asked with as many quotes as are to be ranked."""
    texts = [quote.text[:QUOTE] for quote in answer.quotes]
    passages = [(quote.passage_text or quote.text)[:PASSAGE] for quote in answer.quotes]
    answerable = case.kind is Kind.ANSWERABLE
    passage_rank = _first_hit(case, passages, answer.lang) if answerable else None
    quote_rank = _first_hit(case, texts, answer.lang) if answerable else None
    highlighted = answerable and bool(answer.quotes) and holds(highlight(answer.quotes[0]), case.answer)
    return Outcome(
        id=case.id,
        question=case.question,
        kind=case.kind,
        asks=asked(case.question, answer.lang).value,
        confidence=answer.confidence,
        answered=answer.answered,
        passage_rank=passage_rank,
        quote_rank=quote_rank,
        highlighted=highlighted,
        speaker=_speaker(case, answer.quotes, quote_rank),
        fault=_fault(case, answer, passage_rank, quote_rank, highlighted),
        quoted=answer.quotes[0].article.title if answer.quotes else "",
        seconds=answer.seconds,
    )


def is_hit(case: Case, text: str, lang: str = "en") -> bool:
    """Whether `text` holds the answer of `case` and is about what it asks."""
    wanted = content(f"{case.question} {case.evidence}", lang) - content(key(case.answer), lang)
    return holds(text, case.answer) and len(wanted & content(text, lang)) >= SHARE * len(wanted)


def holds(text: str, answer: str) -> bool:
    """Whether `answer` stands in `text`, its article and the typography aside; "18" does not stand in "2018"."""
    wanted = key(answer)
    if not wanted:
        return False
    before = r"(?<!\d)(?<!\d[.,])" if wanted[0].isdigit() else ""
    after = r"(?!\d|[.,]\d)" if wanted[-1].isdigit() else ""
    return re.search(before + re.escape(wanted) + after, plain(text)) is not None


def plain(text: str) -> str:
    """`text` in small letters with straight quotation marks and single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_STRAIGHT).lower().split())


def key(answer: str) -> str:
    """What of an answer has to stand in a text: no article in front, no quotation marks or full stop around."""
    words = plain(answer).strip(_EDGES)
    return _ARTICLE.sub("", words, count=1).strip(_EDGES) if _ARTICLE.match(words) else words


def content(text: str, lang: str = "en") -> frozenset[str]:
    """The words of `text` that carry matter; where words are not spaced, its search terms."""
    dull = stopwords(lang)
    if lang in _UNSPACED:
        return frozenset(terms(text, lang)) - dull
    return frozenset(word for word in _WORD.findall(plain(text)) if fold(word) not in dull)


def highlight(citation: Citation) -> str:
    """The emphasised words of a quote as far as they are judged, "" where there are none."""
    return citation.highlight.of(citation.text)[:HIGHLIGHT] if citation.highlight and citation.text else ""


def _first_hit(case: Case, texts: Iterable[str], lang: str) -> int | None:
    return next((n for n, text in enumerate(texts, 1) if is_hit(case, text, lang)), None)


def _fault(
    case: Case, answer: Answer, passage_rank: int | None, quote_rank: int | None, highlighted: bool
) -> Fault | None:
    if case.kind is not Kind.ANSWERABLE:
        return Fault.ANSWERED if answer.answered else None
    if not answer.quotes:
        return Fault.NOTHING
    if passage_rank != 1 and quote_rank != 1:
        return Fault.PASSAGE if _right_article(case, answer, passage_rank) else Fault.ARTICLE
    if quote_rank != 1:
        return Fault.QUOTE
    if not answer.answered:
        return Fault.DECLINED
    return None if highlighted else Fault.HIGHLIGHT


def _right_article(case: Case, answer: Answer, passage_rank: int | None) -> bool:
    """Whether the first quote is of an article known to answer: the one named, or that of a hit further down."""
    first = answer.quotes[0]
    if case.article:
        return case.article in {card.url for card in (first.article, *first.also_in)}
    return passage_rank is not None and answer.quotes[passage_rank - 1].article.id == first.article.id


def _speaker(case: Case, quotes: tuple[Citation, ...], quote_rank: int | None) -> bool | None:
    """Whether the quote that answers names the speaker, by at least a part of the name that ends alike."""
    if not case.speaker or quote_rank is None:
        return None
    found = quotes[quote_rank - 1].speaker
    if found is None:
        return False
    one, other = plain(case.speaker).split(), plain(found.name).split()
    return one[-1] == other[-1] and (set(one) <= set(other) or set(other) <= set(one))
