"""From the sentences that answer to a quote that does not mislead: whole sentences, nothing cut that changes the sense.

Called by `index/answer.py`. Pure: it moves over the sentence ranges of one version and returns a range, never words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.datatypes import Sentence, Span
from index.speech import balanced, opens_dependent

MAX_QUOTE = 800  # characters
MAX_HIGHLIGHT = 350
MAX_STEPS_BACK = 3  # sentences taken along so that the opening can be understood


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A quote's range and the answering range inside it, both in the version's text."""

    span: Span
    highlight: Span


def excerpt(
    text: str, run: Sequence[Sentence], first: int, last: int, lang: str, limit: int = MAX_QUOTE
) -> Excerpt | None:
    """The quote around sentences `first` to `last` of `run`, at most `limit` characters; None where they are longer.

    `run` are neighbouring sentences of one label, in order. The quote takes along what its opening refers to, closes
    every quotation it opens, and fills up with whole sentences around as far as `limit` allows. Where the answer is two
    sentences and too long, the one that can stand alone is kept.
    """
    for start, end in _choices(first, last):
        grown = _understandable(text, run, start, end, lang, limit)
        if grown is not None:
            start, end = _filled(text, run, *grown, lang, limit)
            return Excerpt(_range(run, start, end), _highlight(run, first, last, start, end))
    return None


def _choices(first: int, last: int) -> list[tuple[int, int]]:
    """What must be inside, the fullest choice first."""
    return [(first, last)] + [(n, n) for n in range(first, last + 1) if first != last]


def _highlight(run: Sequence[Sentence], first: int, last: int, start: int, end: int) -> Span:
    """The answering sentences that are inside the quote, at most two and MAX_HIGHLIGHT characters."""
    first, last = max(first, start), min(last, end, max(first, start) + 1)
    while last > first and run[last].end - run[first].start > MAX_HIGHLIGHT:
        last -= 1
    return Span(run[first].start, run[last].end)


def _understandable(
    text: str, run: Sequence[Sentence], first: int, last: int, lang: str, limit: int
) -> tuple[int, int] | None:
    """The smallest run around these sentences that opens on its own feet and closes its quotations; None: too long."""
    start, end = first, last
    if _length(run, start, end) > limit:
        return None
    for _ in range(MAX_STEPS_BACK):
        if start == 0 or not opens_dependent(run[start].span.of(text), lang):
            break
        if _length(run, start - 1, end) > limit:
            break
        start -= 1
    return _closed(text, run, start, end, limit) or _closed(text, run, first, last, limit) or (start, end)


def _closed(text: str, run: Sequence[Sentence], start: int, end: int, limit: int) -> tuple[int, int] | None:
    """The smallest run around these sentences in which every quotation is closed, within its paragraph and `limit`."""
    if balanced(_range(run, start, end).of(text)):
        return start, end
    paragraphs = (run[start].paragraph, run[end].paragraph)
    for more in range(1, len(run)):
        for before in range(more + 1):
            low, high = start - before, end + more - before
            if low < 0 or high >= len(run) or _length(run, low, high) > limit:
                continue
            same = (run[low].paragraph, run[high].paragraph) == paragraphs
            if same and balanced(_range(run, low, high).of(text)):
                return low, high
    return None


def _filled(text: str, run: Sequence[Sentence], start: int, end: int, lang: str, limit: int) -> tuple[int, int]:
    """The run grown by whole sentences as far as `limit` allows: its paragraphs first, then on, then back.

    The largest growth that opens on its own feet and closes its quotations wins; none is better than a bad one.
    """
    best = start, end
    low, high = start, end
    while True:
        step = _next_step(run, low, high, limit)
        if step is None:
            return best
        low, high = step
        if not balanced(_range(run, low, high).of(text)):
            continue
        if low == best[0] or low == 0 or not opens_dependent(run[low].span.of(text), lang):
            best = low, high


def _next_step(run: Sequence[Sentence], low: int, high: int, limit: int) -> tuple[int, int] | None:
    """One sentence more: of the same paragraph if there is one, otherwise after, otherwise before."""
    back = (low - 1, high) if low > 0 and _length(run, low - 1, high) <= limit else None
    on = (low, high + 1) if high + 1 < len(run) and _length(run, low, high + 1) <= limit else None
    if back and run[back[0]].paragraph == run[low].paragraph:
        return back
    return on or back


def _length(run: Sequence[Sentence], first: int, last: int) -> int:
    return run[last].end - run[first].start


def _range(run: Sequence[Sentence], first: int, last: int) -> Span:
    return Span(run[first].start, run[last].end)
