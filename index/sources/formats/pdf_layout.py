"""From lines on pages to paragraphs: columns, page furniture, words hyphenated at line ends. Pure.

Called by `pdf.py`. It must not know files. Measures are in points, from the top left corner of a page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from wordfreq import zipf_frequency

_EDGE = 3  # lines at the top and at the bottom of a page that can be its furniture
_PAGE_NUMBER = re.compile(
    r"[-–—|•\s]*(?:(?:page|seite|página|стр\.?|p\.)\s*)?\d{1,4}(?:\s*(?:/|of|von|de|из)\s*\d{1,4})?[-–—|•\s]*", re.I
)
_FINISHED = re.compile(r"[.!?…:;»”\"’)\]。！？]\s*$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line, or the part of one that stands in a column. `size` is that of its letters."""

    text: str
    left: float
    right: float
    baseline: float
    size: float


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph on one line of text, and the size of its letters."""

    text: str
    size: float


# -- page furniture ---------------------------------------------------------------------------------------------------


def without_furniture(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The pages without running heads and page numbers: lines at an edge that recur on other pages but for numbers.

    A single page keeps all but a number that stands alone at its edge.
    """
    edges = [[line for row in _edges(page) for line in row] for page in pages]
    seen = Counter(shape for edge in edges for shape in {_shape(line) for line in edge})
    often = max(2, round(0.3 * len(pages)))
    kept = [[line for line in page if line not in gone] for page in pages for gone in [_recurring(page, seen, often)]]
    return [[line for line in page if not _is_page_number(line, page)] for page in kept]


def _recurring(page: Sequence[Line], seen: Counter[tuple[str, int]], often: int) -> set[Line]:
    """The lines at the edges that recur, from the outermost inwards up to the first that does not."""
    found: set[Line] = set()
    rows = _edges(page)
    for edge in (rows[:_EDGE], rows[: -_EDGE - 1 : -1]):
        for row in edge:
            if any(seen[_shape(line)] < often for line in row):
                break
            found.update(row)
    return found


def _edges(page: Sequence[Line]) -> list[list[Line]]:
    """The rows of a page from top to bottom; none where it has too few for some to be its furniture."""
    rows: list[list[Line]] = []
    for line in sorted(page, key=lambda line: line.baseline):
        if rows and abs(line.baseline - rows[-1][0].baseline) < 4:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows if len(rows) > 2 else []


def _is_page_number(line: Line, page: Sequence[Line]) -> bool:
    outermost = line.baseline in (min(one.baseline for one in page), max(one.baseline for one in page))
    return outermost and len(page) > 2 and _PAGE_NUMBER.fullmatch(line.text) is not None


def _shape(line: Line) -> tuple[str, int]:
    """What recurs: the words without their numbers, at about the same height."""
    return re.sub(r"\d+|\b[ivxlc]+\b", "#", line.text.casefold()), round(line.baseline / 12)


# -- the order of reading ---------------------------------------------------------------------------------------------


def in_order(lines: Sequence[Line]) -> list[Line]:
    """The lines as people read them: column by column, what spans columns in its place."""
    gutter = _gutter(lines)
    if gutter is None:
        return _rows(lines)
    ordered: list[Line] = []
    band: list[Line] = []
    for line in sorted(lines, key=lambda line: line.baseline):
        if line.left < gutter - 1 and line.right > gutter:
            ordered += [*_band(band, gutter), line]
            band = []
        else:
            band.append(line)
    return [*ordered, *_band(band, gutter)]


def _band(lines: Sequence[Line], gutter: float) -> list[Line]:
    left = [line for line in lines if line.left < gutter - 1]
    right = [line for line in lines if line.left >= gutter - 1]
    return [*(in_order(left) if right else _rows(left)), *(in_order(right) if left else _rows(right))]


def _gutter(lines: Sequence[Line]) -> float | None:
    """Where a column begins: the left edge that most lines respect, with lines side by side; None where none is."""
    if len(lines) < 4:
        return None
    best: tuple[float, float] | None = None
    for start in {round(line.left) for line in lines}:
        left = [line for line in lines if line.right <= start - 2]
        right = [line for line in lines if line.left >= start - 1.5]
        crossing = len(lines) - len(left) - len(right)
        beside = _side_by_side(left, right)
        if beside < 2 or beside < 0.25 * min(len(left), len(right)) or crossing > 0.5 * len(lines):
            continue
        score = beside - crossing
        if best is None or (score, -start) > best:
            best = (score, -start)
    return None if best is None else -best[1]


def _side_by_side(left: Sequence[Line], right: Sequence[Line]) -> int:
    """How many lines of running text on the right have one on the left at their height."""
    heights = [line.baseline for line in left if len(line.text) > 14]
    return sum(
        any(abs(line.baseline - height) < 0.6 * line.size for height in heights)
        for line in right
        if len(line.text) > 14
    )


def _rows(lines: Sequence[Line]) -> list[Line]:
    """The lines of one column from top to bottom; parts at one height become one line."""
    rows: list[Line] = []
    for line in sorted(lines, key=lambda line: (line.baseline, line.left)):
        last = rows[-1] if rows else None
        if last is not None and abs(line.baseline - last.baseline) < 0.35 * max(line.size, last.size):
            first, second = sorted((last, line), key=lambda line: line.left)
            text, right = f"{first.text} {second.text}", max(first.right, second.right)
            rows[-1] = Line(text, first.left, right, last.baseline, max(first.size, second.size))
        else:
            rows.append(line)
    return rows


# -- paragraphs -------------------------------------------------------------------------------------------------------


def paragraphs(pages: Sequence[Sequence[Line]]) -> list[Paragraph]:
    """The paragraphs of lines in order. One may go on in the next column and on the next page."""
    lines = [line for page in pages for line in page]
    known = Counter(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", " ".join(line.text for line in lines).casefold()))
    leading = _leading(lines)
    found: list[Paragraph] = []
    block: list[Line] = []
    for line in lines:
        if block and _parts(block, line, leading):
            found.append(_joined(block, known))
            block = []
        block.append(line)
    if block:
        found.append(_joined(block, known))
    return [part for part in found if part.text]


def _leading(lines: Sequence[Line]) -> float:
    """The usual distance from a line to the next, in sizes of its letters."""
    steps = [
        (after.baseline - before.baseline) / before.size
        for before, after in pairwise(lines)
        if before.size and 0 < after.baseline - before.baseline < 3 * before.size
    ]
    return median(steps) if steps else 1.2


def _parts(block: Sequence[Line], line: Line, leading: float) -> bool:
    """Whether a paragraph ends before `line`."""
    last = block[-1]
    size = max(last.size, line.size, 1.0)
    if abs(last.size - line.size) > 0.12 * size:
        return True
    step = line.baseline - last.baseline
    goes_on = not _FINISHED.search(last.text) and line.text[:1].islower()
    if goes_on and 0 < step < 3 * leading * size:
        return False
    if step < 0 or abs(line.left - last.left) > 12 * size:  # the next column or page
        return bool(_FINISHED.search(last.text)) or line.text[:1].isupper()
    if step > 1.35 * leading * size:
        return True
    if bool(_FINISHED.search(last.text)) or line.text[:1].isupper():
        edge = min(one.left for one in block)
        before = last.left if len(block) == 1 else edge
        indented = 0.6 * size < line.left - before < 6 * size and last.left <= before + 0.5 * size
        widest = max([one.right for one in block] + [line.right])
        short = widest - last.right > 0.25 * (widest - edge)
        return indented or (short and bool(_FINISHED.search(last.text)))
    return False


def _joined(block: Sequence[Line], known: Counter[str]) -> Paragraph:
    text = block[0].text
    for line in block[1:]:
        text = _with(text, line.text, known)
    return Paragraph(text.replace("\xad", "").strip(), block[0].size)


def _with(text: str, line: str, known: Counter[str]) -> str:
    """A text and the line that follows it: a word hyphenated at the line's end becomes one."""
    if text.endswith("\xad"):
        return _unhyphenated(text[:-1], line, known)
    if re.search(r"[^\W\d_]-$", text) and line[:1].isalpha():
        return _unhyphenated(text[:-1], line, known)
    return f"{text} {line}"


def _unhyphenated(text: str, line: str, known: Counter[str]) -> str:
    """Join the halves of a word. Its hyphen stays where the word has one of its own ("well-known").

    What the document does elsewhere decides, then whether the joined word is a word, then whether the halves are.
    """
    before, after = re.search(r"[^\W_]+$", text), re.match(r"[^\W\d_]+", line)
    if before is None or after is None or line[:1].isupper():
        return f"{text}-{line}"
    joined, hyphenated = f"{before[0]}{after[0]}".casefold(), f"{before[0]}-{after[0]}".casefold()
    if known[joined] != known[hyphenated]:
        return f"{text}{line}" if known[joined] > known[hyphenated] else f"{text}-{line}"
    if _commonness(joined) > 0:
        return f"{text}{line}"
    if before[0][0].isupper() and not re.search(r"(?:^|[.!?:]\W+)$", text[: before.start()]):
        return f"{text}{line}"  # a name: "Oldport"
    compound = min(map(_commonness, (before[0].casefold(), after[0].casefold()))) >= 3.5
    return f"{text}-{line}" if compound else f"{text}{line}"


def _commonness(word: str) -> float:
    """How common a word is in the languages that hyphenate most, on the Zipf scale; 0 where it is none."""
    return max(_frequencies(word))


def _frequencies(word: str) -> Iterator[float]:
    for lang in ("ru",) if re.match("[\u0400-\u04ff]", word) else ("en", "de", "es", "fr"):
        yield float(zipf_frequency(word, lang, wordlist="small"))
