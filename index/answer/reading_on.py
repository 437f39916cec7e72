"""Reading on around a quote: which paragraphs may be shown, page by page, within the rights' share of the article.

Called by the archive. Pure: it works on the sentence ranges of one version and returns ranges.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.datatypes import Label, Sentence, Span, Version

PAGE = 1500  # characters a page may hold, unless one paragraph is longer


@dataclass(frozen=True, slots=True)
class Reading:
    """The pages there are: `pages[-first]` holds the quote; `limited` where the share ends it before the text does."""

    pages: tuple[Span, ...]
    first: int
    limited: bool

    @property
    def last(self) -> int:
        """The number of the last page; the quote's is 0."""
        return len(self.pages) - 1 + self.first

    def page(self, number: int) -> Span:
        """The range of a page; numbers beyond the ends give the end."""
        return self.pages[min(max(number, self.first), self.last) - self.first]


def reading(version: Version, quote: Span, share: float) -> Reading:
    """The pages around `quote`: at most `share` (0..1) of the version's quotable text, and at least the quote."""
    blocks = _paragraphs(version, quote)
    budget = share * sum(len(one.span) for one in version.sentences)
    low, high = _home(blocks, quote)
    home = low, high
    while True:
        sides = [(high - home[1], low, high + 1), (home[0] - low, low - 1, high)]  # evenly: what grew less comes first
        fitting = [
            (grown, a, b)
            for grown, a, b in sides
            if a >= 0 and b < len(blocks) and blocks[b].end - blocks[a].start <= budget
        ]
        if not fitting:
            break
        _, low, high = min(fitting, key=lambda side: side[0])
    limited = (low, high) != (0, len(blocks) - 1)
    if blocks[home[1]].end - blocks[home[0]].start > max(budget, len(quote)):
        return Reading((quote,), 0, True)
    return _paged(blocks[low : high + 1], home[0] - low, home[1] - low, limited)


def _paged(blocks: Sequence[Span], first: int, last: int, limited: bool) -> Reading:
    """Page 0 around the quote's paragraphs `first` to `last`, the others filled outwards."""
    while first > 0 and blocks[last].end - blocks[first - 1].start <= PAGE:
        first -= 1
        if last + 1 < len(blocks) and blocks[last + 1].end - blocks[first].start <= PAGE:
            last += 1
    while last + 1 < len(blocks) and blocks[last + 1].end - blocks[first].start <= PAGE:
        last += 1
    before = _runs(list(reversed(blocks[:first])))
    after = _runs(list(blocks[last + 1 :]))
    pages = [*reversed(before), Span(blocks[first].start, blocks[last].end), *after]
    return Reading(tuple(pages), -len(before), limited)


def _runs(blocks: Sequence[Span]) -> list[Span]:
    """Neighbouring paragraphs joined into pages of at most PAGE characters, in the order given."""
    pages: list[Span] = []
    for block in blocks:
        joined = Span(min(pages[-1].start, block.start), max(pages[-1].end, block.end)) if pages else block
        if pages and len(joined) <= PAGE:
            pages[-1] = joined
        else:
            pages.append(block)
    return pages


def _home(blocks: Sequence[Span], quote: Span) -> tuple[int, int]:
    touching = [n for n, block in enumerate(blocks) if block.start < quote.end and quote.start < block.end]
    return touching[0], touching[-1]


def _paragraphs(version: Version, quote: Span) -> list[Span]:
    """The paragraphs of the quote's label around it, up to the next words that are not to be quoted."""
    label = next(one.label for one in version.sentences if quote.start <= one.start < quote.end)
    shown = {label, Label.HEADING} if label is Label.PROSE else {label}
    blocks: list[Span] = []
    for one in _by_paragraph([sentence for sentence in version.sentences if sentence.label in shown]):
        if blocks and version.text[blocks[-1].end : one.start].strip():
            if blocks[-1].end >= quote.end:
                break
            blocks.clear()  # furniture in between: a page never runs across it
        blocks.append(one)
    return blocks


def _by_paragraph(sentences: Sequence[Sentence]) -> list[Span]:
    spans: dict[int, Span] = {}
    for one in sentences:
        known = spans.get(one.paragraph)
        spans[one.paragraph] = Span(known.start if known else one.start, one.end)
    return list(spans.values())
