"""Splits canonical text into sentences, and runs of sentences into passages: the spans everything else quotes.

Called by ingest for each new version of an article. Pure; knows labelled spans, not sources, stores or models.

Sentence boundaries come from sentencex, chosen by measuring on 77 hard paragraphs of news in eight languages
(tests/index/clean/sentences.txt; a short quotation counts as one sentence) and on 18,069 paragraphs of real news:

    splitter     paragraphs right   boundary precision / recall   sentences a second, one core
    sentencex           70 of 77                  .932 / .976                       530,000
    pysbd               67 of 77                  .900 / .964                         2,000
    blingfire           52 of 77                  .752 / .940                        42,000
    syntok              49 of 77                  .768 / .869                        12,000

The rules on top of it mend what news brings: ranks and titles, times and dates, quotation marks. A quotation stays
whole while its sentence is short; a long one is split inside. With the rules all 77 are right, at 130,000 sentences
a second (4,403 articles in 2 s).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from sentencex import get_sentence_boundaries

from index.datatypes import Label, LabelledSpan, Sentence, Span

VERSION = "1"

MAX_WORDS = 180
"""A passage grows up to so many words (two CJK characters count as one)."""
MAX_CHARACTERS = 1300
"""A passage grows up to so many code points; only a single longer sentence is a longer passage."""
PARAGRAPH_END_AFTER = 120
"""From so many words on, a passage that has to end somewhere ends with a paragraph where it can."""
MAX_OVERLAP_WORDS = 60
"""The last sentence of a passage opens the next one too, unless it is longer than this."""
LONG_SENTENCE = 250
"""A sentence of more code points than this is split inside its quotation."""

_QUOTABLE = frozenset({Label.PROSE, Label.CAPTION, Label.CREDIT})
_BLANK_LINE = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_OPENING = "“„‘‚«‹「『（([¿¡"
_CLOSING = "”’»›」』）)]"
_QUOTE_MASK = str.maketrans(dict.fromkeys('"“”„«»‹›「」『』', " "))
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003134f]")
_TOKEN = re.compile(r"\w+")
_WORD = re.compile(r"[^\W\d_]")

# Never the end of a sentence, in any language that prints them: ranks, titles, "v.", saints.
_TITLE = re.compile(
    r"(?:^|[\s(\[“\"‘«—–-])(?:Gov|Govs|Sen|Sens|Rep|Reps|Gen|Lt|Col|Sgt|Cpl|Capt|Cmdr|Adm|Maj|Brig|Pvt|Pfc|Supt|Det|Dr|Drs|Prof|Mr|Mrs|Ms|"
    r"Messrs|St|Ste|Rev|Hon|Amb|Atty|Msgr|Fr|vs?|cf|M|MM|Mme|Mlle|Sr|Sra|Srta|D|Hr|г-н|ул|им|г-жа)\.$"
)
_MONTH_OR_NUMBER = re.compile(r"\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|No|Nos|Nr|art|Art|p|pp|§)\.$")
_CLOCK = re.compile(r"\b[ap]\.m\.$")
_AFTER_CLOCK = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:[ECMPAG][SD]?T|UTC|BST|CEST|IST|JST|AKDT|HST|Eastern|Central|Pacific)\b"
    r"|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)|\d)"
)
_LOWER_WORD = re.compile(r"[^\W\d_]+(?=[\s,;:!?'’-]|$)")
_NUMBERING = re.compile(r"\W*(?:\d{1,3}|[A-Za-z])[.)]")
_ATTRIBUTION = re.compile(
    r"(?!(?:The|He|She|It|They|We|But|And|Then|That|This|Nobody|Everyone)\b)(?:[^\W\d_a-zа-я][\w.'’-]*\s+){1,3}"
    r"(?:said|says|asked|asks|wrote|tweeted|replied|added|recalled|wondered|cried|shouted|told)\b"
)
_BRACKETED = re.compile(r"[(\[][^()\[\]]*[.!?…][\"”’»]?[)\]](?=\s+[^\sa-z,;:])")


def sentences(text: str, labels: Sequence[LabelledSpan], lang: str) -> tuple[Sentence, ...]:
    """The sentences of `text` in order: trimmed, not empty, never overlapping, never over a blank line.

    Every character but white space under a label other than FURNITURE lies in one; text under no label and
    furniture lie in none. `paragraph` counts the blocks between blank lines or labels (furniture counts too).
    `lang` is ISO 639-1; an unknown one is split like English.
    """
    code = lang if len(lang) == 2 and lang.isascii() and lang.isalpha() else "en"
    found: list[Sentence] = []
    for number, (block, label) in enumerate(_blocks(text, labels)):
        if label is Label.FURNITURE:
            continue
        paragraph = block.of(text)
        for start, end in _split(paragraph, code):
            found.append(Sentence(block.start + start, block.start + end, label, number))
    return tuple(found)


def passages(text: str, sentences: Sequence[Sentence]) -> tuple[tuple[Span, Label], ...]:
    """Runs of whole sentences of one label, in order: at most MAX_WORDS and MAX_CHARACTERS, one sentence of overlap.

    Every sentence of prose, caption or credit is in at least one passage. A sentence over MAX_CHARACTERS is a passage
    of its own, uncut: the only kind that is longer. Headings are in none, unless the text has nothing else.
    """
    quotable = any(sentence.label in _QUOTABLE for sentence in sentences)
    wanted = _QUOTABLE if quotable else frozenset({Label.HEADING})
    found: list[tuple[Span, Label]] = []
    for run in _runs(text, sentences):
        if run[0].label in wanted:
            found.extend((Span(part[0].start, part[-1].end), run[0].label) for part in _parts(text, run))
    return tuple(found)


def _blocks(text: str, labels: Sequence[LabelledSpan]) -> Iterator[tuple[Span, Label]]:
    """Each labelled stretch, cut at blank lines, without its outer white space."""
    for labelled in sorted(labels):
        at, stretch = labelled.start, text[labelled.start : labelled.end]
        edges = [0, *(edge for gap in _BLANK_LINE.finditer(stretch) for edge in gap.span()), len(stretch)]
        for start, end in zip(edges[::2], edges[1::2], strict=True):
            trimmed = _trim(stretch, start, end)
            if trimmed[0] < trimmed[1]:
                yield Span(at + trimmed[0], at + trimmed[1]), labelled.label


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The range without white space at its ends; empty where there is nothing else."""
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return start, end


def _split(paragraph: str, lang: str) -> list[tuple[int, int]]:
    """The sentences of one paragraph as ranges of it."""
    cuts = _mended(paragraph, _boundaries(paragraph, lang))
    more = set(cuts)
    for start, end in _pairs(cuts, len(paragraph)):
        piece = paragraph[start:end]
        if piece[0] in "([" and (bracketed := _BRACKETED.match(piece)):
            more.add(start + bracketed.end())
        if end - start > LONG_SENTENCE and (masked := piece.translate(_QUOTE_MASK)) != piece:
            more.update(start + cut for cut in _boundaries(masked, lang))
    if len(more) > len(cuts):
        cuts = _mended(paragraph, sorted(more))
    ranges = [_trim(paragraph, start, end) for start, end in _pairs(cuts, len(paragraph))]
    return _without_fragments(paragraph, [piece for piece in ranges if piece[0] < piece[1]])


def _pairs(cuts: list[int], length: int) -> Iterator[tuple[int, int]]:
    return zip([0, *cuts], [*cuts, length], strict=True)


def _boundaries(paragraph: str, lang: str) -> list[int]:
    """The cuts sentencex proposes, as offsets strictly inside the paragraph."""
    if len(paragraph) < 4:
        return []
    return [
        cut for found in get_sentence_boundaries(lang, paragraph) if 0 < (cut := found["end_index"]) < len(paragraph)
    ]


def _mended(paragraph: str, cuts: Iterable[int]) -> list[int]:
    """The cuts that stand, each moved so that quotation marks and brackets go with the words they enclose."""
    kept: list[int] = []
    for proposed in cuts:
        cut = _after_closing(paragraph, _before_opening(paragraph, proposed))
        if 0 < cut < len(paragraph) and (not kept or cut > kept[-1]) and _stands(paragraph, cut):
            kept.append(cut)
    return kept


def _before_opening(paragraph: str, cut: int) -> int:
    """`cut`, moved to the left of quotation marks that open what follows it."""
    if cut < len(paragraph) and not paragraph[cut].isspace():
        while cut > 1 and (
            paragraph[cut - 1] in _OPENING or (paragraph[cut - 1] in "\"'" and paragraph[cut - 2].isspace())
        ):
            cut -= 1
    return cut


def _after_closing(paragraph: str, cut: int) -> int:
    """`cut`, moved to the right of quotation marks and brackets that close what stands before it."""
    at = cut
    while at < len(paragraph):
        if paragraph[at] in _CLOSING or (paragraph[at] in "\"'" and _closes(paragraph, at)):
            cut = at = at + 1
        elif paragraph[at].isspace():
            at += 1
        else:
            break
    return cut


def _closes(paragraph: str, at: int) -> bool:
    """Whether a straight quotation mark closes: it touches what stands before it, not what stands after."""
    return not paragraph[at - 1].isspace() and (at + 1 == len(paragraph) or not paragraph[at + 1].isalnum())


def _stands(paragraph: str, cut: int) -> bool:
    """Whether a sentence may really end at `cut`: no abbreviation, no lower case to follow, no word cut through."""
    left, right = paragraph[:cut].rstrip(), paragraph[cut:].lstrip()
    if not left or not right:
        return False
    tail = left[-24:]
    if not (paragraph[cut - 1].isspace() or paragraph[cut].isspace() or _may_touch(tail, right)):
        return False
    if right[0].islower() and _LOWER_WORD.match(right):
        return False
    return not (_leads_on(tail, right) if tail[-1] == "." else _is_said(tail, right))


def _leads_on(tail: str, right: str) -> bool:
    """Whether the full stop belongs to an abbreviation that what follows goes with."""
    if right[0].isdigit() and _MONTH_OR_NUMBER.search(tail):
        return True
    return bool(_TITLE.search(tail) or (_CLOCK.search(tail) and _AFTER_CLOCK.match(right)))


def _is_said(tail: str, right: str) -> bool:
    """Whether the quotation that ends here is only said by what follows: "Who knows?" Ito said. 「…。」と述べた。"""
    if tail[-1] in "」』":
        return "\u3041" <= right[0] <= "\u309f"
    return re.search(r"[?!][\"”»]$", tail) is not None and _ATTRIBUTION.match(right) is not None


def _may_touch(tail: str, right: str) -> bool:
    """Whether two sentences may meet without a space: in CJK, after a closing mark, or where the space is missing."""
    if _CJK.match(right) or _CJK.search(tail[-3:]) or tail[-1] in "。！？؟।॥":
        return True
    if not (right[0].isupper() or right[0] in "“„«"):
        return False
    return tail[-1] in '”»")' or re.search(r"[^\W\d_]{3}[.!?…]$", tail) is not None


def _without_fragments(paragraph: str, ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The ranges with pieces of fewer than three letters joined to a neighbour: numbering forward, the rest back."""
    joined: list[tuple[int, int]] = []
    open_from: int | None = None
    for start, end in ranges:
        begin = start if open_from is None else open_from
        open_from = None
        piece = paragraph[begin:end]
        if not _is_fragment(piece):
            joined.append((begin, end))
        elif joined and not _NUMBERING.fullmatch(piece):
            joined[-1] = (joined[-1][0], end)
        else:
            open_from = begin
    if open_from is not None:
        if joined:
            joined[-1] = (joined[-1][0], ranges[-1][1])
        else:
            joined.append((open_from, ranges[-1][1]))
    return joined


def _is_fragment(piece: str) -> bool:
    if len(piece) > 12:
        return False
    letters = _WORD.findall(piece)
    return len(letters) < 3 and not any(_CJK.match(letter) for letter in letters)


def _runs(text: str, sentences: Sequence[Sentence]) -> Iterator[list[Sentence]]:
    """Neighbouring sentences of one label with only white space between them."""
    run: list[Sentence] = []
    for sentence in sentences:
        if run and (run[-1].label is not sentence.label or text[run[-1].end : sentence.start].strip()):
            yield run
            run = []
        run.append(sentence)
    if run:
        yield run


def _parts(text: str, run: list[Sentence]) -> Iterator[list[Sentence]]:
    """One run as overlapping parts, each within the limits or a single sentence."""
    words = [_words(text[sentence.start : sentence.end]) for sentence in run]
    first = 0
    while first < len(run):
        last = _furthest(run, words, first)
        if last + 1 < len(run):
            last = _paragraph_end(run, words, first, last)
        yield run[first : last + 1]
        first = last + 1
        if first < len(run) and first - 1 > 0 and _overlaps(run, words, first - 1):
            first -= 1


def _words(sentence: str) -> int:
    cjk = len(_CJK.findall(sentence))
    return (cjk + 1) // 2 + len(_TOKEN.findall(_CJK.sub(" ", sentence))) if cjk else len(sentence.split())


def _fits(run: list[Sentence], words: list[int], first: int, last: int) -> bool:
    return sum(words[first : last + 1]) <= MAX_WORDS and run[last].end - run[first].start <= MAX_CHARACTERS


def _furthest(run: list[Sentence], words: list[int], first: int) -> int:
    last = first
    while last + 1 < len(run) and _fits(run, words, first, last + 1):
        last += 1
    return last


def _paragraph_end(run: list[Sentence], words: list[int], first: int, last: int) -> int:
    """The last sentence at or before `last` that ends a paragraph past PARAGRAPH_END_AFTER words, else `last`."""
    for at in range(last, first, -1):
        if sum(words[first : at + 1]) <= PARAGRAPH_END_AFTER:
            break
        if run[at].paragraph != run[at + 1].paragraph:
            return at
    return last


def _overlaps(run: list[Sentence], words: list[int], at: int) -> bool:
    """Whether the sentence at `at` opens the next part too: it is short and leaves room for the one after it."""
    return words[at] <= MAX_OVERLAP_WORDS and _fits(run, words, at, at + 1)
