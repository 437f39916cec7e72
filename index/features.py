"""Evidence that a passage answers a question, as numbers that mean the same in every archive.

Called by `index.rank` and by the training script. Pure. It must not know how the evidence is weighed, and it never
describes a question alone: every number is about a question AND a passage (or its article).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.datatypes import Label, PartialDate
from index.question import Asks, Question, word_set

WINDOW = 40  # terms: about two sentences
VOTERS = 12  # articles whose best passages are asked what they have in common
PRIOR = 400.0  # the background frequencies weigh as much as an archive of so many passages
_NUMBER = re.compile(r"\d[\d.,:]*")
_NUMBER_WORDS = word_set(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion "
    "trillion dozen half twice double triple"
)
_DATE_WORDS = word_set(
    "january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday spring summer autumn fall winter today yesterday tomorrow"
)
_NAME = re.compile(r"(?:(?<=[^\s.?!:“\"] )|(?<=[^\s.?!:“\"] [‘'(\[]))[A-ZÀ-ÖØ-ÞŁŚŠŽČĆİА-ЯЁІЇЄҐΑ-Ω][\w]*(?:['’.\-]\w+)*")
_COMMAS = str.maketrans(dict.fromkeys(",.;:()", " "))
_POSSESSIVE = re.compile(r"['’]s$")
_WORD = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may answer, with the raw scores of the two legs.

    `terms` and `title_terms` come from `index.terms.terms`. `bm25` is positive, larger is better, 0 where the text leg
    did not find it. `cosine` is None where the vector leg does not count. `start` and `length` place the passage in
    its article's text (code points).
    """

    passage_id: int
    article_id: int
    label: Label
    text: str
    title: str
    terms: Sequence[str]
    title_terms: Sequence[str]
    bm25: float
    cosine: float | None
    published: PartialDate | None = None
    opinion: bool = False
    start: int = 0


@dataclass(frozen=True, slots=True)
class Statistics:
    """How common terms are in the archive: its number of passages, and how many hold a given term."""

    passages: int
    frequency: Callable[[str], int]

    def idf(self, term: str, background: float) -> float:
        """Rarity of `term` in nats, blended with its `background` rarity so that one article is archive enough."""
        expected = PRIOR * math.exp(-background)
        return -math.log((self.frequency(term) + expected + 0.01) / (self.passages + PRIOR + 0.01))


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The question's content terms as numbered slots: a slot is filled by a term or one of its alternatives."""

    slots: dict[str, int]
    idf: tuple[float, ...]
    total: float
    names: frozenset[int]
    numbers: frozenset[int]
    rest: frozenset[int]
    focus: frozenset[int]
    pairs: dict[tuple[int, int], float]  # neighbours in the question, with their weight
    surfaces: frozenset[str]


FEATURES = (
    "cover",  # rarity-weighted share of the question's terms that the passage holds
    "cover_title",  # ... that passage or headline hold
    "window",  # ... that its best stretch of WINDOW terms holds
    "window_title",  # ... that this stretch or the headline hold
    "weight",  # the same with repeated terms counted, saturating
    "names",  # the share of its names that passage or headline hold
    "numbers",
    "sharp",  # ... that the best half of it holds
    "rest",  # like cover_title, without the noun that the question asks the kind of ("which breed")
    "focus",  # like cover_title, of the sentence that asks alone
    "missing",  # rarity of the rarest term that neither passage nor headline hold
    "pairs",  # share of neighbouring terms that are neighbours there too
    "title",  # share of the question's terms that the headline holds
    "article",  # ... that all candidate passages of its article hold together
    "type",  # something of the kind asked for, not in the question, stands near the best stretch
    "novel",  # how many new names stand near the best stretch, saturating
    "agreed",  # how many other good candidates' articles share its best new name or number
    "shared",  # how much of what is peculiar to the good candidates of other articles stands there too
    "lead_article",  # relative: its article's evidence against that of the best article
    "best_of_article",  # relative: its own evidence against that of the best passage of its article
    "early",  # how near to the article's start
    "dated",  # published in the time that the question names
    "week",  # youth at three scales, counted from as_of or the newest article
    "month",
    "year",
    "credit",  # 1 for a caption or credit line, -1 for a credit line where the question asks who reported
    "opinion",
    "bm25_share",  # relative to the best candidate: these order, they never decide
    "cosine",
    "cosine_gap",
)
_AT = {name: column for column, name in enumerate(FEATURES)}
ABSOLUTE = tuple(name for name in FEATURES if name not in ("bm25_share", "cosine_gap", "week", "month", "year"))


def features(
    question: Question,
    candidates: Sequence[Candidate],
    *,
    as_of: date | None,
    newest: date | None,
    statistics: Statistics,
) -> NDArray[np.float64]:
    """The evidence of each candidate: shape (candidates, FEATURES). Where cosines are None both columns are 0."""
    table = np.zeros((len(candidates), len(FEATURES)))
    if not candidates:
        return table
    wanted = _wanted(question, statistics)
    views = [_view(question, candidate, wanted) for candidate in candidates]
    today = min((day for day in (as_of, newest) if day is not None), default=None)
    meant = _times_meant(question, candidates, today)
    for row, (candidate, view) in enumerate(zip(candidates, views, strict=True)):
        values = _text_evidence(view, wanted) | _date_evidence(candidate, meant, today)
        values["early"] = math.exp(-candidate.start / 1500.0)
        values["credit"] = _credit(candidate.label, question.wants_credit)
        values["opinion"] = float(candidate.opinion)
        table[row] = [values.get(name, 0.0) for name in FEATURES]
    _article_evidence(table, candidates, views, wanted)
    _relative(table, candidates)
    _agreement(table, candidates, views)
    return table


@dataclass(frozen=True, slots=True)
class _View:
    """A candidate seen through the question: the slots it fills, and where it fills most."""

    places: tuple[tuple[int, int], ...]  # (position among the terms, slot)
    found: frozenset[int]
    title: frozenset[int]
    window: frozenset[int]
    sharp: frozenset[int]
    offers: bool
    names: frozenset[str]  # new ones, near the best stretch
    numbers: frozenset[str]
    near_terms: frozenset[str]


def _view(question: Question, candidate: Candidate, wanted: _Wanted) -> _View:
    """Find the question's terms in passage and headline."""
    slots = wanted.slots
    places = tuple((at, slots[term]) for at, term in enumerate(candidate.terms) if term in slots)
    first, last, window = _best_window(places, wanted.idf, WINDOW)
    near = _stretch(candidate, first, last)
    names, numbers = new_names(near, wanted.surfaces), new_numbers(near, wanted.surfaces)
    return _View(
        places=places,
        found=frozenset(slot for _, slot in places),
        title=_filled(candidate.title_terms, wanted),
        window=frozenset(window),
        sharp=frozenset(_best_window(places, wanted.idf, WINDOW // 2)[2]),
        offers=_is_of_kind(question.asks, near, wanted.surfaces, names, numbers),
        names=frozenset(names),
        numbers=frozenset(numbers),
        near_terms=frozenset(candidate.terms[max(0, first - 12) : last + 13]) - slots.keys(),
    )


def _wanted(question: Question, statistics: Statistics) -> _Wanted:
    """Number the distinct content terms of the question and weigh them."""
    slots: dict[str, int] = {}
    idf: list[float] = []
    kinds: list[str] = []
    order: list[int] = []
    focus: set[int] = set()
    rest: set[int] = set()
    for n in question.content_places:
        term = question.terms[n]
        if term.term not in slots:
            slots[term.term] = len(idf)
            idf.append(max(0.1, statistics.idf(term.term, term.idf_background)))
            kinds.append(term.kind)
        order.append(slots[term.term])
        if n in question.focus:
            focus.add(slots[term.term])
        if n not in question.kind_nouns:
            rest.add(slots[term.term])
    for term_text, others in question.alternatives.items():
        for other in others:
            if term_text in slots:
                slots.setdefault(other, slots[term_text])
    return _Wanted(
        slots=slots,
        idf=tuple(idf),
        total=sum(idf),
        names=frozenset(slot for slot, kind in enumerate(kinds) if kind == "name"),
        numbers=frozenset(slot for slot, kind in enumerate(kinds) if kind == "number"),
        rest=frozenset(rest),
        focus=frozenset(focus),
        pairs={(a, b): idf[a] + idf[b] for a, b in pairwise(order) if a != b},
        surfaces=question_words(question),
    )


def _share(wanted: _Wanted, found: Iterable[int], only: frozenset[int] | None = None) -> float:
    """The rarity-weighted share of the slots in `found`; of the slots in `only`, 1.0 where there are none."""
    if only is None:
        return sum(wanted.idf[slot] for slot in found) / wanted.total
    total = sum(wanted.idf[slot] for slot in only)
    return sum(wanted.idf[slot] for slot in found if slot in only) / total if total else 1.0


def _credit(label: Label, wanted: bool) -> float:
    """How much the label speaks against the passage."""
    if label is Label.CREDIT and wanted:
        return -1.0
    return float(label is not Label.PROSE)


def _filled(terms: Sequence[str], wanted: _Wanted) -> frozenset[int]:
    """The slots that `terms` fill."""
    return frozenset(wanted.slots[term] for term in terms if term in wanted.slots)


def _text_evidence(view: _View, wanted: _Wanted) -> dict[str, float]:
    """What the words of passage and headline say."""
    both = view.found | view.title
    uncovered = [wanted.idf[slot] for slot in range(len(wanted.idf)) if slot not in both]
    return {
        "cover": _share(wanted, view.found),
        "cover_title": _share(wanted, both),
        "window": _share(wanted, view.window),
        "window_title": _share(wanted, view.window | view.title),
        "weight": _saturated(view.places, wanted),
        "names": _share(wanted, both, wanted.names),
        "numbers": _share(wanted, both, wanted.numbers),
        "sharp": _share(wanted, view.sharp),
        "rest": _share(wanted, both, wanted.rest),
        "focus": _share(wanted, both, wanted.focus),
        "missing": max(uncovered, default=0.0) / 10.0,
        "pairs": _neighbours(view.places, wanted),
        "title": _share(wanted, view.title),
        "type": float(view.offers),
        "novel": 1.0 - 0.6 ** len(view.names),
    }


def _article_evidence(
    table: NDArray[np.float64], candidates: Sequence[Candidate], views: Sequence[_View], wanted: _Wanted
) -> None:
    """Fill what the candidate passages of one article say together, and how each compares with its best."""
    together: dict[int, frozenset[int]] = {}
    strongest: dict[int, float] = {}
    for candidate, view, weight in zip(candidates, views, table[:, _AT["weight"]], strict=True):
        article = candidate.article_id
        together[article] = together.get(article, view.title) | view.found
        strongest[article] = max(strongest.get(article, 0.0), weight)
    owners = [candidate.article_id for candidate in candidates]
    shares = {article: _share(wanted, found) for article, found in together.items()}
    table[:, _AT["article"]] = [shares[owner] for owner in owners]
    table[:, _AT["lead_article"]] = table[:, _AT["article"]] - max(shares.values())
    table[:, _AT["best_of_article"]] = table[:, _AT["weight"]] - [strongest[owner] for owner in owners]


def _agreement(table: NDArray[np.float64], candidates: Sequence[Candidate], views: Sequence[_View]) -> None:
    """Fill how far the good candidates of other articles speak of the same new things.

    What a news question asks for is often what several articles of the affair have in common beside its own words.
    """
    promise = table[:, _AT["weight"]] + 0.5 * table[:, _AT["window_title"]] + 0.3 * table[:, _AT["month"]]
    votes = _votes(promise, candidates)
    new = [view.names | view.numbers for view in views]
    for column, sets in (("agreed", new), ("shared", [view.near_terms for view in views])):
        spread = Counter(item for items in sets for item in items)
        rarity = {item: math.log(len(sets) / count) for item, count in spread.items()}
        support: dict[str, dict[int, float]] = {}
        for row, vote in votes.items():
            for item in sets[row]:
                support.setdefault(item, {})[candidates[row].article_id] = vote
        totals = {item: sum(by.values()) for item, by in support.items()}
        for row, candidate in enumerate(candidates):
            own = candidate.article_id
            gains = sorted(
                (
                    (totals[item] - support[item].get(own, 0.0)) * min(rarity[item], 3.0)
                    for item in sets[row]
                    if item in totals
                ),
                reverse=True,
            )
            table[row, _AT[column]] = math.log1p(sum(gains[: 1 if column == "agreed" else 8]))


def _votes(promise: NDArray[np.float64], candidates: Sequence[Candidate]) -> dict[int, float]:
    """The rows of the best passage of each of the VOTERS most promising articles, with the weight of its vote."""
    votes: dict[int, float] = {}
    heard: set[int] = set()
    best = max(float(promise.max()), 1e-9)
    for row in np.lexsort((np.array([candidate.passage_id for candidate in candidates]), -promise)):
        owner = candidates[int(row)].article_id
        if owner not in heard:
            heard.add(owner)
            votes[int(row)] = float(max(promise[row], 0.0) / best) ** 4
        if len(votes) == VOTERS:
            break
    return votes


def _best_window(places: Sequence[tuple[int, int]], idf: Sequence[float], width: int) -> tuple[int, int, set[int]]:
    """First and last position and the slots of the stretch of `width` terms that fills the most rarity."""
    if not places:
        return 0, 0, set()
    held = [0] * len(idf)  # how often each slot stands in the stretch; it slides, so each place comes and goes once
    value = best = 0.0
    chosen = end = 0
    for n, (start, gone) in enumerate(places):
        while end < len(places) and places[end][0] < start + width:
            slot = places[end][1]
            value += idf[slot] if not held[slot] else 0.0
            held[slot] += 1
            end += 1
        if value > best + 1e-9:
            best, chosen = value, n
        held[gone] -= 1
        value -= idf[gone] if not held[gone] else 0.0
    return _filled_from(places, chosen, width)


def _filled_from(places: Sequence[tuple[int, int]], first: int, width: int) -> tuple[int, int, set[int]]:
    """Where a stretch that begins at place `first` begins, where it fills its last new slot, and the slots it fills."""
    start = last = places[first][0]
    inside: set[int] = set()
    for at, slot in places[first:]:
        if at >= start + width:
            break
        if slot not in inside:
            inside.add(slot)
            last = at
    return start, last, inside


def _stretch(candidate: Candidate, first: int, last: int) -> str:
    """The text around terms `first` to `last`, by proportion: terms and letters run in step closely enough."""
    scale = len(candidate.text) / max(1, len(candidate.terms))
    return candidate.text[max(0, int((first - 12) * scale)) : int((last + 13) * scale)]


def _saturated(places: Sequence[tuple[int, int]], wanted: _Wanted) -> float:
    """Coverage in which a term counts the more the oftener it stands there, as BM25 has it, without length."""
    counts = Counter(slot for _, slot in places)
    return sum(wanted.idf[slot] * count / (count + 0.9) for slot, count in counts.items()) / wanted.total


def _neighbours(places: Sequence[tuple[int, int]], wanted: _Wanted) -> float:
    """The rarity-weighted share of the question's neighbouring terms that stand at most three apart."""
    if not wanted.pairs:
        return 0.0
    near = {(a, b) for (at, a), (then, b) in pairwise(places) if a != b and then - at <= 3}
    met = sum(weight for (a, b), weight in wanted.pairs.items() if (a, b) in near or (b, a) in near)
    return met / sum(wanted.pairs.values())


def _date_evidence(candidate: Candidate, meant: Sequence[tuple[date, date]], today: date | None) -> dict[str, float]:
    """Youth counted from `today`, or nearness to the times `meant`."""
    published = candidate.published
    if published is None or today is None:
        return {}
    age = _away(published, today, today)
    if meant:
        age = min(_away(published, first, last) for first, last in meant)
    return {
        "week": math.exp(-age / 7),
        "month": math.exp(-age / 30),
        "year": math.exp(-age / 365),
        "dated": float(bool(meant) and age <= 30),
    }


def _times_meant(question: Question, candidates: Sequence[Candidate], today: date | None) -> list[tuple[date, date]]:
    """The past ranges that the question speaks of and some candidate is of; none where it asks for what is so now.

    A year from long before the archive ("the 1973 decision") is matter, not the time of an article.
    """
    if today is None or question.time.time_bound:
        return []
    ranges = [(one.first or date.min, one.last) for one in question.time.priors if one.last and one.last < today]
    days = [candidate.published for candidate in candidates if candidate.published is not None]
    return [(first, last) for first, last in ranges if any(_away(day, first, last) == 0 for day in days)]


def _away(published: PartialDate, first: date, last: date) -> int:
    """How many days lie between the day of publication and first..last; 0 where it can be inside."""
    if published.latest < first:
        return (first - published.latest).days
    return max(0, (published.earliest - last).days)


def _relative(table: NDArray[np.float64], candidates: Sequence[Candidate]) -> None:
    """Fill the columns that compare candidates with the best of them."""
    bm25 = np.array([candidate.bm25 for candidate in candidates])
    table[:, _AT["bm25_share"]] = bm25 / max(float(bm25.max()), 1e-9)
    known = [candidate.cosine for candidate in candidates if candidate.cosine is not None]
    if not known:
        return
    cosines = np.array([0.0 if c.cosine is None else c.cosine for c in candidates])
    table[:, _AT["cosine"]] = cosines
    table[:, _AT["cosine_gap"]] = cosines - max(known)


def question_words(question: Question) -> frozenset[str]:
    """The words of the question as written, folded: what stands among them is not new."""
    return frozenset(match.group().casefold() for match in _WORD.finditer(question.text))


def new_names(text: str, known: frozenset[str]) -> set[str]:
    """The capitalised words of `text`, folded, that start no sentence and stand not in `known`."""
    return {folded for word in _NAME.findall(text) if (folded := _POSSESSIVE.sub("", word.casefold())) not in known}


def new_numbers(text: str, known: frozenset[str]) -> set[str]:
    """The figures and number words of `text` that stand not in `known` (folded words)."""
    figures = {figure.rstrip(".,:") for figure in _NUMBER.findall(text)}
    words = _NUMBER_WORDS.intersection(text.lower().translate(_COMMAS).split())
    return (figures | words) - known


def offers(asks: Asks, text: str, known: frozenset[str]) -> bool:
    """Whether `text` holds something of the kind asked for that stands not in `known` (folded words)."""
    return _is_of_kind(asks, text, known, new_names(text, known), new_numbers(text, known))


def _is_of_kind(asks: Asks, text: str, known: frozenset[str], names: set[str], numbers: set[str]) -> bool:
    """`offers` with the new names and numbers of `text` found already."""
    match asks:
        case Asks.COUNT | Asks.AMOUNT:
            return bool(numbers)
        case Asks.WHEN:
            dates = _DATE_WORDS.intersection(text.lower().translate(_COMMAS).split())
            return bool(dates - known) or bool(numbers)
        case Asks.WHO | Asks.WHERE:
            return bool(names)
        case _:
            return True
