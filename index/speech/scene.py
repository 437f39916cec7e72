"""One article's paragraphs and the quotations in them, with narrator's text set apart.

Called by reading and attribution. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from index.datatypes import Sentence, Span
from index.speech.quotations import quotations
from index.speech.tokens import MASK


class Scene:
    """An article as the rules see it. Quotations are known, and masked in `masked`, where mask() was called."""

    def __init__(self, text: str, sentences: Sequence[Sentence]) -> None:
        self.text = text
        self.sentences = sentences
        self.numbers: list[int] = []
        self.paragraphs: list[Span] = []
        for number, group in groupby(sentences, key=lambda sentence: sentence.paragraph):
            run = list(group)
            self.numbers.append(number)
            self.paragraphs.append(Span(run[0].start, run[-1].end))
        self.quoted: dict[int, list[Span]] = {}
        self.masked = text

    def mask(self, first: int, last: int) -> None:
        """Finds the quotations of these paragraphs and masks them, so that narrator's text alone can be read."""
        letters = list(self.text)
        for at in range(first, last):
            self.quoted[at] = quotations(self.text, self.paragraphs[at])
            for quote in self.quoted[at]:
                letters[quote.start : quote.end] = MASK * len(quote)
        self.masked = "".join(letters)

    def is_utterance(self, at: int, k: int) -> bool:
        """Whether quoted words are a sentence of their own rather than part of the narrator's."""
        quote = self.quoted[at][k]
        lead = self.masked[self.sentence_start(quote.start) : quote.start].strip()
        return self.words(quote) > 2 and (not lead or lead[-1] in ",:" or lead[-1] == MASK)

    def sentence_start(self, at: int) -> int:
        """Where the sentence that holds `at` begins."""
        return next((s.start for s in self.sentences if s.start <= at < s.end), at)

    def words(self, quote: Span) -> int:
        """How many words a quotation has."""
        return len(quote.of(self.text).split())


def overlap(one: Span, other: Span) -> Span | None:
    """What two spans share."""
    start, end = max(one.start, other.start), min(one.end, other.end)
    return Span(start, end) if start < end else None
