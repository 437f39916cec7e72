"""Which lines of an outlet recur because they are its furniture, and which because its reporters write them again.

Called by `index/runs/learn_furniture.py`. Pure: articles in, verdicts out. Recurring alone proves nothing: "No one was
hurt." recurs, and so does the paragraph that tells once more how a war began. Furniture is a line that recurs over
different stories, has nothing to do with them, and either speaks to the reader or, no sentence, always stands at the
same end of them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from zlib import crc32

from index.datatypes import Label, LabelledSpan
from index.language.stopwords import stopwords

LONGEST = 240  # characters; a longer paragraph is never learned
LEAST = 5  # stories in which a line stands before it is looked at
LEAST_SHARE = 0.003  # of the outlet's stories
_RELATED = 0.34  # of the words of a line of furniture at most so many stand elsewhere in its articles,
_RELATED_PITCH = 0.6  # and of a pitch, which speaks of news and stories as the articles do
_EDGE = 0.8  # share of its articles in which it is among the first or last paragraphs
_EDGE_SHARE = 0.1  # of the outlet's stories: a sentence at the edge must be in so many
_ENDS = 2  # paragraphs that count as an end of an article

_READER = re.compile(
    r"\b(?:you|your|yours|our|ours|(?-i:us)|we[’']re|we[’']ve|subscri\w+|newsletters?|sign up|click|tap|follow|"
    r"read more|listen|"
    r"watch|download|e-?mail|inbox|podcast|app|cookies?|sponsor\w*|partner content|journalism|donat\w+|membership|"
    r"copyright|rights reserved|photo gallery|live scores?|more (?:on|from|at|news|stories)|"
    r"ihre?[rnm]?|unsere?[rnm]?|uns|abonn\w+|anmelden|folgen sie|lesen sie|usted|nuestr[oa]s?|suscr\w+|síguenos|"
    r"votre|vos|notre|nos|abonnez|suivez|вас|ваш\w*|вам|наш\w*|нас|подпи\w+|читайте|следите)\b"
    r"|نشرتنا|اشترك|تابع|订阅|关注|扫码|点击|購読|登録",
    re.IGNORECASE,
)
_IMPERATIVE = re.compile(
    r"(?:[►•▶*—–-]\s*)?(?:read|see|watch|follow|sign|subscribe|click|download|get|listen|share|join|check|"
    r"support|contact|send|"
    r"shop|visit|learn|explore|find|take|play|try|donate|browse|submit|report|stay|never miss|don[’']t miss|more)\b",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"\b(?:said|says|told|reached out|request(?:s|ed)? for comment|declined|"
    r"did not (?:immediately )?(?:respond|reply|return)|"
    r"according to|respond(?:ed)?|investigat\w+|police|officials|reuters|reported|сообщ\w+|заяв\w+|sagte|"
    r"teilte|dijo|dit)\b",
    re.IGNORECASE,
)
_QUOTES = re.compile('[“”"„«»「」]')
_LABELLED = re.compile(r"[^:]{1,40}:\s*(?:\S+\s*){0,4}")
_FINISHED = (".", "!", "?", "…", "。", "؟", "！", "？")
_BETWEEN = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]{4,}|[\u4e00-\u9fff]{2}")


@dataclass(slots=True)
class Seen:
    """What is known of one line so far. `variants` is the line with its numbers.

    Of the articles that hold it, headlines, longest paragraphs and stories are counted apart: one piece that was read
    twice, a little differently each time, is the same in one of the three.
    """

    line: str
    marks: tuple[set[str], set[str], set[str]] = field(default_factory=lambda: (set(), set(), set()))
    articles: int = 0
    related: float = 0.0
    edge: int = 0
    variants: set[str] = field(default_factory=set)

    def add(self, occurrence: Occurrence, marks: tuple[str, str, str]) -> None:
        """Count one more article that holds the line; `marks` are its headline, longest paragraph and story."""
        self.articles += 1
        for known, mark in zip(self.marks, marks, strict=True):
            known.add(mark)
        self.related += occurrence.related
        self.edge += occurrence.at_end
        if len(self.variants) < 4:
            self.variants.add(occurrence.line)

    @property
    def stories(self) -> int:
        """In how many different stories the line stands."""
        return min(map(len, self.marks))


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A line in an article: `related` is the share of its words that stand elsewhere in the text."""

    folded: str
    line: str
    at_end: bool
    related: float


def fold(line: str) -> str:
    """What is the same in a line wherever it stands: its letters in lower case, every number as one zero."""
    return _NUMBER.sub("0", _BETWEEN.sub("", line.casefold()))


def bucket(folded: str, size: int) -> int:
    """One of `size` buckets, the same for the same line for ever."""
    return crc32(folded.encode()) % size


def candidates(text: str, labels: Sequence[LabelledSpan]) -> Iterator[tuple[int, str, str]]:
    """(number of the paragraph, line, folded) of every line that could be learned: short prose without quotation."""
    for number, one in enumerate(labels):
        if one.label is Label.PROSE and 3 <= one.end - one.start <= LONGEST:
            line = one.span.of(text)
            if not _QUOTES.search(line) and (folded := fold(line)):
                yield number, line, folded


def occurrences(text: str, labels: Sequence[LabelledSpan], lang: str, wanted: Collection[str]) -> Iterator[Occurrence]:
    """The `wanted` lines (folded) of an article, each once."""
    met: set[str] = set()
    prose = ""
    for number, line, folded in candidates(text, labels):
        if folded in wanted and folded not in met:
            met.add(folded)
            prose = prose or "\n".join(one.span.of(text) for one in labels if one.label is not Label.FURNITURE)
            at_end = len(labels) > 3 * _ENDS and (number < _ENDS or number >= len(labels) - _ENDS)
            yield Occurrence(folded, line, at_end, _related(line, prose, lang))


def _related(line: str, text: str, lang: str) -> float:
    words = {word for word in _WORD.findall(line.casefold()) if word not in stopwords(lang)}
    if not words:
        return 0.0
    return len(words & set(_WORD.findall(text.replace(line, " ").casefold()))) / len(words)


def marks(title: str, text: str, labels: Sequence[LabelledSpan], story: str) -> tuple[str, str, str]:
    """What tells one piece from another: its headline, its longest paragraph, the digest of its prose."""
    longest = max((one.span.of(text) for one in labels), key=len, default="")
    return fold(title) or story, fold(longest), story


def least(stories: int) -> int:
    """In how many of an outlet's stories a line must stand before it is looked at."""
    return max(LEAST, round(LEAST_SHARE * stories))


def is_furniture(seen: Seen, stories: int) -> bool:
    """Whether a recurring line is the outlet's furniture; `stories` is how many the outlet has."""
    line = seen.line
    if seen.stories < least(stories) or _numbers_vary(seen) or line.rstrip().endswith(":"):
        return False
    if _REPORTED.search(line) or _LABELLED.fullmatch(line):
        return False
    related = seen.related / seen.articles
    if _READER.search(line) or _IMPERATIVE.match(line):
        return related <= _RELATED_PITCH
    if line.rstrip().endswith(_FINISHED):
        return False  # a sentence that speaks to nobody is reporting, however often it is written
    always = seen.edge / seen.articles >= _EDGE and seen.stories / stories >= _EDGE_SHARE
    return always and related <= _RELATED


def _numbers_vary(seen: Seen) -> bool:
    """Whether the line says another number each time: then it says something."""
    return len({tuple(re.findall(r"\d+", one)) for one in seen.variants}) > 1


def relabelled(text: str, labels: Sequence[LabelledSpan], dropped: Collection[str]) -> tuple[LabelledSpan, ...]:
    """The labels with those lines as furniture whose folded form is in `dropped`; no offset changes."""
    if not dropped:
        return tuple(labels)
    found = {number for number, _, folded in candidates(text, labels) if folded in dropped}
    return tuple(replace(one, label=Label.FURNITURE) if n in found else one for n, one in enumerate(labels))
