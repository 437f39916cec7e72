"""From the sentences that answer to a quote that does not mislead: whole sentences, nothing cut that changes the sense.

Called by `index/answer/citation.py`. Pure: it moves over the sentence ranges of one version and returns a range, never
words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.datatypes import Sentence, Span
from index.speech import balanced, denies, opens_dependent, quotations, takes_back

MAX_QUOTE = 800  # characters
MAX_HIGHLIGHT = 350
WHOLE = 50  # characters that each end which is a paragraph's is worth
MAX_STEPS_BACK = 3  # sentences taken along so that the opening can be understood
_ENDED = re.compile(r"[.!?…。！？؟।][\W_]*$")  # the full stops of several scripts


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A quote's range and the answering range inside it, both in the version's text."""

    span: Span
    highlight: Span


def excerpt(
    text: str,
    run: Sequence[Sentence],
    answering: tuple[int, int],
    lang: str,
    *,
    limit: int = MAX_QUOTE,
    gains: Callable[[int, int], float] = lambda first, last: 0.0,
) -> Excerpt | None:
    """The quote around the `answering` sentences (first, last) of `run`; None where they are longer than `limit`.

    `run` are neighbouring sentences of one label, in order. The quote takes along what its opening refers to, closes
    every quotation it opens, and fills up with whole sentences around as far as `limit` characters allow. Where the
    answer is two sentences and too long, the one that can stand alone is kept.

    Of the quotes there are, the longest is chosen; `gains` says how many characters more a quote from one sentence of
    `run` to another is worth.
    """
    first, last = answering
    for start, end in _choices(first, last):
        grown = _understandable(text, run, start, end, lang, limit)
        if grown is not None:
            windows = _windows(run, *grown, limit)
            windows.sort(key=lambda ends: -_worth(run, *ends) - gains(*ends))
            start, end = _first_sound(text, run, grown, windows, lang)
            return Excerpt(_range(run, start, end), _highlight(run, first, last, start, end))
    return None


def answering(text: str, run: Sequence[Sentence], first: int, last: int, lang: str) -> tuple[int, int]:
    """The one or two sentences to emphasise instead of `first` to `last`, where these alone would mislead.

    A question that an interview asks brings its answer; what the next sentence takes back ("It never happened.") or
    denies brings that sentence, and the other way round. They stay as they are where that is too long for a highlight.
    """
    if first and takes_back(run[first].span.of(text), lang) and _length(run, first - 1, first) <= MAX_HIGHLIGHT:
        return first - 1, first
    after = last + 1
    if after >= len(run) or run[after].end - run[last].start > MAX_HIGHLIGHT:
        return first, last
    following = run[after].span.of(text)
    if _asks_alone(text, run, last) or takes_back(following, lang):
        return last, after
    if first == last and run[after].paragraph == run[last].paragraph and denies(following, lang):
        return last, after
    return first, last


def _asks_alone(text: str, run: Sequence[Sentence], place: int) -> bool:
    """Whether a sentence is a question and a paragraph of its own, with another paragraph behind it."""
    asks = run[place].span.of(text).endswith("?")
    opens = place == 0 or run[place - 1].paragraph != run[place].paragraph
    return asks and opens and place + 1 < len(run) and run[place + 1].paragraph != run[place].paragraph


def _leans(text: str, run: Sequence[Sentence], place: int, lang: str) -> bool:
    """Whether a quote may not open with this sentence: it refers back, or the one who says it is named before.

    A sentence all in brackets is an aside on the one before it.
    """
    words = run[place].span.of(text)
    if opens_dependent(words, lang) or (words.startswith("(") and words.rstrip(".").endswith(")")):
        return True
    paragraph = [one for one in run if one.paragraph == run[place].paragraph]
    whole = Span(paragraph[0].start, paragraph[-1].end)
    rest = Span(run[place].start, whole.end)
    quoted = [each for each in quotations(text, whole) if each.end > rest.start]
    covered = sum(len(text[max(each.start, rest.start) : each.end]) for each in quoted)
    between = sum(text[a.end : b.start].isspace() for a, b in pairwise(quoted))
    return bool(quoted) and covered + between >= len(rest)


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
        if start == 0 or not _leans(text, run, start, lang):
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


def _windows(run: Sequence[Sentence], start: int, end: int, limit: int) -> list[tuple[int, int]]:
    """Every run around these sentences that fits."""
    return [
        (low, high)
        for low in range(start, -1, -1)
        if _length(run, low, end) <= limit
        for high in range(end, len(run))
        if _length(run, low, high) <= limit
    ]


def _first_sound(
    text: str, run: Sequence[Sentence], grown: tuple[int, int], windows: Sequence[tuple[int, int]], lang: str
) -> tuple[int, int]:
    """The first run that opens on its own feet, closes its quotations and ends on no question; `grown` if none does.

    Neither end is filled up with a loose line, as headlines of other articles are.
    """
    loose = _loose(text, run)
    for low, high in windows:
        stands = low == grown[0] or (low not in loose and (low == 0 or not _leans(text, run, low, lang)))
        hangs = high > grown[1] and (high in loose or _asks_alone(text, run, high))
        if stands and not hangs and balanced(_range(run, low, high).of(text)):
            return low, high
    return grown


def _loose(text: str, run: Sequence[Sentence]) -> frozenset[int]:
    """The places of paragraphs of one sentence that nothing ends, a headline or a link; none where few have an end."""
    ended = [_ENDED.search(one.span.of(text)) is not None for one in run]
    if 2 * sum(ended) < len(run):
        return frozenset()
    numbers = Counter(one.paragraph for one in run)
    return frozenset(n for n, one in enumerate(run) if not ended[n] and numbers[one.paragraph] == 1)


def _worth(run: Sequence[Sentence], low: int, high: int) -> int:
    """Its length, and WHOLE more for each end that is a paragraph's."""
    opens = low == 0 or run[low - 1].paragraph != run[low].paragraph
    closes = high == len(run) - 1 or run[high + 1].paragraph != run[high].paragraph
    return _length(run, low, high) + WHOLE * (opens + closes)


def _length(run: Sequence[Sentence], first: int, last: int) -> int:
    return run[last].end - run[first].start


def _range(run: Sequence[Sentence], first: int, last: int) -> Span:
    return Span(run[first].start, run[last].end)
