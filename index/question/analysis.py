"""What a question asks: its terms, the kind of answer it expects, and the time it speaks of.

Called by `index.search.retrieve`, `index.search.rank`, `index.answer.highlight` and `index.answer.citation`. Pure. It
knows no archive: nothing here says whether an answer exists.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from itertools import takewhile

from index.language.packs.pack import Asks, Topics
from index.language.packs.table import PACKS, pack_of
from index.language.terms import Term, question_terms
from index.question.times import TimeReading

_TOKEN = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_SENTENCE = re.compile(r"[^.?!]+[.?!]*")


LONGEST_TOPIC = 3  # words
_TIMELESS = TimeReading()


@dataclass(frozen=True)
class Question:
    """A question as read: `terms` are its search terms in order, stop words included (`Term.kind`).

    `focus` holds the places in `terms` that stand in the sentence that asks, `kind_nouns` those of them that name the
    kind of answer ("which breed"): a passage that answers need not hold these.
    `lead` is how many characters ask for news of a topic ("latest on the"), 0 where none do: their words are no matter;
    nor are those behind `tail`, where such words follow a topic ("Ostvik news").
    `time` is the reading of its time expressions. `alternatives` maps a term to other terms that count as it (spellings
    of one name, figures and number words).
    """

    text: str
    lang: str
    terms: tuple[Term, ...]
    asks: Asks
    is_topic: bool
    wants_credit: bool
    focus: frozenset[int] = frozenset()
    kind_nouns: frozenset[int] = frozenset()
    lead: int = 0
    tail: int | None = None
    time: TimeReading = _TIMELESS
    alternatives: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def content(self) -> tuple[Term, ...]:
        """The terms that carry matter: no stop words, no "this week"; all of them where nothing else is left."""
        return tuple(self.terms[n] for n in self.content_places)

    @cached_property
    def topic(self) -> tuple[Term, ...]:
        """The terms that articles on a topic hold; none where any article will do ("latest news")."""
        return self.content if self._matter or not (self.lead or self.tail) else ()

    @cached_property
    def content_places(self) -> tuple[int, ...]:
        """The places of `content` in `terms`."""
        return self._matter or tuple(range(len(self.terms)))

    @cached_property
    def _matter(self) -> tuple[int, ...]:
        relative = [(one.start, one.end) for one in self.time.expressions if one.relative]
        return tuple(
            n
            for n, term in enumerate(self.terms)
            if term.kind != "stop"
            and term.start >= self.lead
            and (self.tail is None or term.start < self.tail)
            and not any(start <= term.start < end for start, end in relative)
        )

    @property
    def is_claim(self) -> bool:
        """Whether it is put as a claim that is true or not ("Did she resign?")."""
        return self.asks is Asks.CLAIM

    def with_alternatives(self, alternatives: Mapping[str, tuple[str, ...]]) -> Question:
        """The same question, in which other spellings count as its terms."""
        return replace(self, alternatives=dict(alternatives))


def analyse(text: str, lang: str, time: TimeReading = _TIMELESS) -> Question:
    """Read a question. `lang` is ISO 639-1 or "und"; `time` is what `text` says of time (`index.question.times`).

    >>> analyse("How many soldiers died?", "en").asks
    <Asks.COUNT: 'count'>
    """
    asks = asked(text, lang)
    terms = question_terms(text, lang)
    start, end = _asking(text, lang)
    lead, tail = _lead(text, lang, terms), None
    if not lead:
        lead, tail = _around(text, lang)
    news = bool(lead or tail)
    return Question(
        text=text,
        lang=lang,
        terms=terms,
        asks=Asks.NOTHING if news else asks,
        is_topic=news or (asks is Asks.NOTHING and _is_topic(text, lang)),
        wants_credit=bool(pack_of(lang).credit) and _pattern(pack_of(lang).credit).search(text) is not None,
        focus=frozenset(n for n, term in enumerate(terms) if start <= term.start < end),
        kind_nouns=_kind_nouns(text, lang, terms, start, end),
        lead=lead,
        tail=tail,
        time=time,
    )


def asked(text: str, lang: str = "en") -> Asks:
    """The kind of answer `text` asks for; of several sentences the last that asks decides."""
    sentences = [match.group() for match in _SENTENCE.finditer(text) if _TOKEN.search(match.group())]
    for sentence in reversed(sentences):
        kind = _asked_by(sentence, lang)
        if kind is not Asks.NOTHING:
            return kind
    return Asks.NOTHING


def _asking(text: str, lang: str) -> tuple[int, int]:
    """The range of the sentence that asks; the whole text where none does."""
    sentences = [match for match in _SENTENCE.finditer(text) if _TOKEN.search(match.group())]
    for sentence in reversed(sentences):
        if _asked_by(sentence.group(), lang) is not Asks.NOTHING:
            return sentence.span()
    return 0, len(text)


def _kind_nouns(text: str, lang: str, terms: Sequence[Term], start: int, end: int) -> frozenset[int]:
    """The places of the one or two plain words right behind "which" or "what" in the sentence that asks."""
    words = _question_words(lang)
    inside = [n for n, term in enumerate(terms) if start <= term.start < end]
    for position, n in enumerate(inside):
        if words.get(terms[n].surface.casefold()) in (Asks.WHICH, Asks.WHAT):
            run = list(takewhile(lambda m: terms[m].kind == "word", inside[position + 1 :]))
            return frozenset(run if len(run) <= 2 else run[:1])
    return frozenset()


def _asked_by(sentence: str, lang: str) -> Asks:
    """The kind of answer one sentence asks for."""
    tokens = [match.group().casefold().replace("’", "'") for match in _TOKEN.finditer(sentence)]
    words = _question_words(lang)
    if tokens[0] in pack_of(lang).auxiliaries.split() and sentence.rstrip().endswith("?"):
        return Asks.CLAIM
    for phrase, kind in pack_of(lang).phrases:
        if _pattern(phrase).search(sentence):
            return kind
    interrogative = sentence.rstrip().endswith("?")
    for position, token in enumerate(tokens):
        if token in words and (interrogative or position == 0):
            return words[token]
    if len(tokens) > 3 and interrogative:
        return Asks.CLAIM
    return Asks.NOTHING


@cache
def _question_words(lang: str) -> dict[str, Asks]:
    """Every question word of `lang`, or of all known languages where `lang` is none of them."""
    known = PACKS[lang].question_words if lang in PACKS else None
    tables = [known] if known else [pack.question_words for pack in PACKS.values()]
    return {word: kind for table in tables for kind, words in table.items() for word in words.split()}


@cache
def _pattern(fragment: str) -> re.Pattern[str]:
    return re.compile(fragment, re.I)


def _lead(text: str, lang: str, terms: Sequence[Term]) -> int:
    """How long the words are that ask for news of a topic; 0 where more than a short topic follows, or nothing asks."""
    topics = pack_of(lang).topics
    match = _pattern(topics.lead).match(text) if topics else None
    if match is None:
        return 0
    rest = text[match.end() :]
    tokens = [one.group() for one in _TOKEN.finditer(rest)]
    matter = [term for term in terms if term.start >= match.end() and term.kind != "stop"]
    asks = any(token.casefold() in _question_words(lang) for token in tokens)
    speaks = asks or any(_looks_like_verb(token, position, lang) for position, token in enumerate(tokens))
    return 0 if len(matter) > LONGEST_TOPIC or speaks else match.end()


def _around(text: str, lang: str) -> tuple[int, int | None]:
    """Where a topic begins and ends between words that ask for news of it; 0 and None where it is no such topic."""
    topics = pack_of(lang).topics or Topics("")
    if not topics.before or text.rstrip().endswith("?"):
        return 0, None
    before, after = _pattern(topics.before).match(text), _pattern(topics.after).search(text)
    start, end = before.end() if before else 0, after.start() if after else len(text)
    fresh = before is not None and bool(before.group().strip().removeprefix("the").strip())
    if not (fresh or after) or start >= end or not _is_topic(text[start:end], lang):
        return 0, None
    return start, end if after else None


def _is_topic(text: str, lang: str) -> bool:
    """Whether `text` is one to three words without a verb: a topic to be browsed rather than a question."""
    tokens = [match.group() for match in _TOKEN.finditer(text)]
    if not 1 <= len(tokens) <= LONGEST_TOPIC or text.rstrip().endswith("?"):
        return False
    return not any(_looks_like_verb(token, position, lang) for position, token in enumerate(tokens))


def _looks_like_verb(token: str, position: int, lang: str) -> bool:
    """A guess that needs no tagger: auxiliaries, the common verbs of news, and small-letter participles."""
    folded, pack = token.casefold(), pack_of(lang)
    if folded in pack.auxiliaries.split() or (folded in pack.verbs.split() and position > 0):
        return True
    ends = bool(pack.participle) and folded.endswith(pack.participle)
    return position > 0 and token.islower() and len(token) > 4 and ends
