"""Question + hits -> citations: which sentences to quote, what to emphasise, who says it, what may not be shown.

Called by `respond` and `recall`. Pure: it is given the versions that it quotes from; a citation's words are always a
slice of one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from itertools import takewhile

from index import speech
from index.answer.excerpt import MAX_HIGHLIGHT, MAX_QUOTE, answering, excerpt
from index.answer.highlight import Place, SentenceView, pinpoint
from index.datatypes import ArticleCard, Citation, Hit, OutletRights, Sentence, Span, Speaker, Version, Withheld
from index.language import terms
from index.question.analysis import Question

SHOWN = 3  # quotes in an answer
CONSIDERED = 8  # hits that these are chosen from
# What a quote is worth besides its length. The unit of the sum is one character of length: that a quote speaks of all
# that was asked is worth as much as 1,500 characters more. Chosen by measuring on news questions.
TELLING = 1500  # speaking of all that was asked instead of nothing
HOLDING = 1000  # holding every sentence that may be the answer
OPENING = 200  # beginning where the passage does
OUTSIDE = -0.7  # each character that is not of the passage: the passage was found, not what follows it
COMPARED = 0.5  # a further quote needs this share of the first one's confidence


def cite(question: Question, hit: Hit, version: Version, rights: OutletRights) -> Citation:
    """The quote that answers `question` best within a hit's passage.

    Where the outlet's rights or a sentence's length forbid quoting, `withheld` says so and no words are given.
    """
    run, inside = _around(version, hit)
    offset = run.index(inside[0])
    held = cache(lambda n: tuple(terms.terms(run[n].span.of(version.text), question.lang)))
    views = [
        SentenceView(one.span.of(version.text), held(offset + n), paragraph=one.paragraph)
        for n, one in enumerate(inside)
    ]
    lang = version.metadata.lang
    places = pinpoint(question, views, version.metadata.title)
    first, last = answering(version.text, run, offset + places[0].first, offset + places[0].last, lang)
    limit = min(MAX_QUOTE, rights.max_quote_chars or MAX_QUOTE)
    bare = _bare(hit, version)
    if rights.link_only:
        return replace(bare, withheld=Withheld.LINK_ONLY)
    found = excerpt(
        version.text,
        run,
        (first, last),
        lang,
        limit=limit,
        gains=_gains(run, hit.passage.span, offset, places, _coverage(question, held)),
    )
    if found is None:
        return replace(bare, withheld=Withheld.MAX_QUOTE_CHARS if limit < MAX_QUOTE else Withheld.TOO_LONG)
    words = found.span.of(version.text)
    return replace(
        bare,
        span=found.span,
        sha256=sha256(words),
        text=words,
        highlight=found.highlight.shift(-found.span.start) if len(found.highlight) <= MAX_HIGHLIGHT else None,
        speaker=said_by(version, found.highlight),
        passage_text=words if rights.max_quote_chars else hit.passage.span.of(version.text),
    )


def _gains(
    run: Sequence[Sentence],
    passage: Span,
    offset: int,
    places: Sequence[Place],
    speaks_of: Callable[[int, int], float],
) -> Callable[[int, int], float]:
    """What a quote from one sentence of `run` to another gains, in the worth of one character of length.

    The passage begins with sentence `offset` of `run`; `places` are counted from there.
    """

    def gained(first: int, last: int) -> float:
        span = Span(run[first].start, run[last].end)
        outside = max(0, passage.start - span.start) + max(0, span.end - passage.end)
        held = sum(one.chance for one in places if first <= offset + one.first and offset + one.last <= last)
        kept_to = OPENING * (first == offset) + OUTSIDE * outside
        return TELLING * speaks_of(first, last) + HOLDING * held + kept_to

    return gained


def _coverage(question: Question, terms_of: Callable[[int], Sequence[str]]) -> Callable[[int, int], float]:
    """The rarity-weighted share of the question's terms that sentences hold, from one to another by number."""
    weights = {term.term: max(0.1, term.idf_background) for term in question.content}
    total = sum(weights.values()) or 1.0

    @cache
    def held(n: int) -> frozenset[str]:
        words = set(terms_of(n))
        return frozenset(term for term in weights if words & {term, *question.alternatives.get(term, ())})

    def share(first: int, last: int) -> float:
        return sum(weights[term] for term in frozenset().union(*map(held, range(first, last + 1)))) / total

    return share


def choose(hits: Sequence[Hit], top: int | None, least: float = 0.0) -> list[Hit]:
    """The hits to quote: `top` of them, or those of the first CONSIDERED that stand comparison with the very first.

    None of the latter has a confidence below `least`.
    """
    if top is not None or not hits:
        return list(hits[:top])
    least = max(least, COMPARED * hits[0].confidence)
    return list(takewhile(lambda hit: hit.confidence >= least, hits[:CONSIDERED]))


def distinct(quotes: Iterable[Citation]) -> tuple[Citation, ...]:
    """Up to SHOWN of these quotes, none whose answering words an earlier one shows already."""
    kept: list[Citation] = []
    for quote in quotes:
        if len(kept) < SHOWN and not any(_shows(earlier, quote) for earlier in kept):
            kept.append(quote)
    return tuple(kept)


def closest(hits: Sequence[Hit], count: int = SHOWN) -> tuple[ArticleCard, ...]:
    """The articles of the best hits, each once: what to show instead of an answer."""
    cards = {hit.article.id: hit.article for hit in hits}
    return tuple(cards.values())[:count]


def said_by(version: Version, highlight: Span) -> Speaker | None:
    """Who speaks in the emphasised words; where only one of two sentences is quoted words, whose these are.

    What somebody is reported to have said, without quotation marks, names no speaker for the sentence next to it.
    """
    whole = speech.speaker(version.text, version.sentences, highlight)
    if whole is not None:
        return whole
    parts = [one.span for one in version.sentences if highlight.covers(one.span)]
    quoted = [part for part in parts if part != highlight and speech.quotations(version.text, part)]
    found = {speech.speaker(version.text, version.sentences, part) for part in quoted} - {None}
    return found.pop() if len(found) == 1 else None


def sha256(words: str) -> str:
    """The digest by which a quote's words are checked again before they are sent."""
    return hashlib.sha256(words.encode()).hexdigest()


def _around(version: Version, hit: Hit) -> tuple[list[Sentence], list[Sentence]]:
    """All neighbouring sentences of the passage's label, and those of them that are the passage."""
    places = [n for n, one in enumerate(version.sentences) if hit.passage.span.covers(one.span)]
    low, high = places[0], places[-1]
    inside = list(version.sentences[low : high + 1])
    while low > 0 and version.sentences[low - 1].label is hit.passage.label:
        low -= 1
    while high + 1 < len(version.sentences) and version.sentences[high + 1].label is hit.passage.label:
        high += 1
    return list(version.sentences[low : high + 1]), inside


def _shows(earlier: Citation, later: Citation) -> bool:
    """Whether a quote shows what a later one would: of its emphasised words, or the bare reference to its article."""
    if earlier.withheld or later.withheld:
        return earlier.article.id == later.article.id and earlier.withheld == later.withheld
    if earlier.version_id != later.version_id:
        return False
    words = later.highlight.shift(later.span.start) if later.highlight else later.span
    return words.start < earlier.span.end and earlier.span.start < words.end


def _bare(hit: Hit, version: Version) -> Citation:
    """The attribution of a hit, with no words yet."""
    return Citation(
        article=hit.article,
        version_id=version.id,
        span=hit.passage.span,
        sha256=sha256(hit.passage.span.of(version.text)),
        text="",
        highlight=None,
        kind=hit.passage.label,
        speaker=None,
        passage=hit.passage.span,
        passage_text="",
        score=hit.score,
        also_in=hit.also_in,
        moment=moment_of(version, hit.passage.span),
        correction=own_correction(version),
    )


def moment_of(version: Version, span: Span) -> datetime | None:
    """When the entry of a live blog in which `span` begins was written; None where the article has no entries."""
    return next((moment for start, moment in reversed(version.metadata.entries) if start <= span.start), None)


def own_correction(version: Version) -> str:
    """The outlet's note of correction in the version's own text, "" where there is none."""
    note = version.metadata.correction
    return note.of(version.text) if note is not None else ""


def reread(citation: Citation, version: Version) -> Citation:
    """A kept citation with its words read afresh, its speaker found anew."""
    words = citation.span.of(version.text)
    highlight = citation.highlight and Span(
        citation.span.start + citation.highlight.start, citation.span.start + citation.highlight.end
    )
    speaker = said_by(version, highlight or citation.span)
    return replace(
        citation,
        text=words,
        speaker=speaker,
        passage_text=citation.passage.of(version.text),
        moment=moment_of(version, citation.span),
        correction=own_correction(version),
    )
