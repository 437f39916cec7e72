"""What a question asks: its terms, the kind of answer it expects, and the time it speaks of.

Called by `index.search.retrieve`, `index.search.rank`, `index.answer.highlight` and `index.answer.citation`. Pure. It
knows no archive: nothing here says whether an answer exists.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from itertools import takewhile

from index.language.terms import Term, question_terms
from index.question.times import TimeReading, read_times


def word_set(text: str) -> frozenset[str]:
    """The words of `text`, for tables that read as prose."""
    return frozenset(text.split())


class Asks(StrEnum):
    """The kind of answer that a question expects."""

    WHO = "who"
    WHERE = "where"
    WHEN = "when"
    COUNT = "count"  # how many
    AMOUNT = "amount"  # how much, how long, how old, what percentage
    WHY = "why"
    HOW = "how"
    WHICH = "which"  # one of a kind that the question names
    WHAT = "what"
    CLAIM = "claim"  # yes or no
    NOTHING = "nothing"  # a topic, an order, a bare statement


# Question words by kind, in the languages that readers are most likely to write. An unknown language falls back to
# all of them together: a wrong guess costs a feature, never an answer.
_WORDS: dict[str, dict[Asks, str]] = {
    "en": {
        Asks.WHO: "who whom whose who's",
        Asks.WHERE: "where",
        Asks.WHEN: "when",
        Asks.WHY: "why",
        Asks.HOW: "how",
        Asks.WHICH: "which",
        Asks.WHAT: "what what's",
    },
    "de": {
        Asks.WHO: "wer wen wem wessen",
        Asks.WHERE: "wo woher wohin",
        Asks.WHEN: "wann",
        Asks.WHY: "warum weshalb wieso",
        Asks.HOW: "wie",
        Asks.WHICH: "welche welcher welches welchen welchem",
        Asks.WHAT: "was womit worüber wofür wogegen",
        Asks.COUNT: "wieviele",
        Asks.AMOUNT: "wieviel",
    },
    "fr": {
        Asks.WHO: "qui",
        Asks.WHERE: "où",
        Asks.WHEN: "quand",
        Asks.WHY: "pourquoi",
        Asks.HOW: "comment",
        Asks.WHICH: "quel quelle quels quelles lequel laquelle",
        Asks.WHAT: "que quoi qu'est-ce",
        Asks.COUNT: "combien",
    },
    "es": {
        Asks.WHO: "quién quiénes",
        Asks.WHERE: "dónde adónde",
        Asks.WHEN: "cuándo",
        Asks.HOW: "cómo",
        Asks.WHICH: "cuál cuáles",
        Asks.WHAT: "qué",
        Asks.COUNT: "cuántos cuántas",
        Asks.AMOUNT: "cuánto cuánta",
    },
    "it": {
        Asks.WHO: "chi",
        Asks.WHERE: "dove",
        Asks.WHEN: "quando",
        Asks.WHY: "perché",
        Asks.HOW: "come",
        Asks.WHICH: "quale quali",
        Asks.WHAT: "cosa",
        Asks.COUNT: "quanti quante",
        Asks.AMOUNT: "quanto quanta",
    },
    "pt": {
        Asks.WHO: "quem",
        Asks.WHERE: "onde aonde",
        Asks.WHEN: "quando",
        Asks.HOW: "como",
        Asks.WHICH: "qual quais",
        Asks.WHAT: "quê",
        Asks.COUNT: "quantos quantas",
        Asks.AMOUNT: "quanto quanta",
    },
    "ru": {
        Asks.WHO: "кто кого кому кем чей чья чьё",
        Asks.WHERE: "где куда откуда",
        Asks.WHEN: "когда",
        Asks.WHY: "почему зачем отчего",
        Asks.HOW: "как",
        Asks.WHICH: "какой какая какое какие какого каком какую",
        Asks.WHAT: "что чего чему чем",
        Asks.COUNT: "сколько",
    },
    "uk": {
        Asks.WHO: "хто кого кому ким чий чия",
        Asks.WHERE: "де куди звідки",
        Asks.WHEN: "коли",
        Asks.WHY: "чому навіщо",
        Asks.HOW: "як",
        Asks.WHICH: "який яка яке які якого якому яку",
        Asks.WHAT: "що чого чому чим",
        Asks.COUNT: "скільки",
    },
}
_COUNTED = re.compile(r"\bhow\s+(?:many|often|frequently)\b|\bwie\s+viele\b|\bhow\s+few\b", re.I)
_MEASURED = re.compile(
    r"\bhow\s+(?:much|long|old|far|big|large|high|tall|fast|deep|wide|heavy|late|soon|close|expensive|hot|cold|strong)\b"
    r"|\b(?:what|which)\s+(?:\w+\s+)?(?:percent(?:age)?|proportion|share|fraction|number|amount|price|cost|salary|score)\b"
    r"|\bat\s+what\s+age\b|\bwie\s+(?:viel|lange|alt|hoch|weit|groß)\b",
    re.I,
)
_DATED = re.compile(
    r"\b(?:in|on|by|since|until|from|during)?\s*(?:what|which)\s+(?:year|month|day|date|week|decade|century)\b"
    r"|\bwhat\s+time\b|\bhow\s+long\s+ago\b",
    re.I,
)
_PLACED = re.compile(
    r"\b(?:what|which)\s+(?:\w+\s+){0,2}?(?:city|country|state|town|island|village|county|region|place)\b", re.I
)
_AUXILIARY = word_set(
    "is are was were am do does did has have had will would can could should shall may might must isn't aren't wasn't "
    "weren't don't doesn't didn't hasn't haven't hadn't won't wouldn't can't couldn't shouldn't"
)
# Verbs that headlines and short notes are full of: with one of them three words are a statement, not a topic.
_VERBS = word_set(
    "met meet meets won win wins said say says die dies left leave leaves quit quits made make makes took take takes "
    "gave give gives went go goes came come comes got get gets lost lose loses sold sell sells bought buy buys hit "
    "hits cut cuts ran run runs saw see sees told tell tells kept keep keeps held hold holds fell fall falls rose "
    "rise rises began begin begins broke break breaks spoke speak speaks wrote write writes shot struck fled "
    "resign resigns happen happens show tell find explain list give"
)
_CREDIT = re.compile(
    r"\bwho\s+(?:reported|wrote|is\s+reporting|covered|filed|authored|contributed|photographed|took\s+(?:the|this)\s+"
    r"(?:photo|picture)|is\s+the\s+(?:author|reporter|writer|journalist|photographer))\b"
    r"|\b(?:which|what)\s+(?:reporter|journalist|correspondent|writer|author|photographer|news\s+agency)s?\b"
    r"|\bwritten\s+by\s+whom\b|\bwhose\s+byline\b",
    re.I,
)
# What asks for news of something rather than for a fact: "news about the ferry", "anything new on the strike?".
_MEDIA = r"(?:news|articles?|stories|story|coverage|headlines?|reports?|updates?|developments?)"
_LEADS = {
    "en": re.compile(
        r"\s*(?:show me |give me |is there |are there |the |all |any |some )*"
        rf"(?:(?:(?:latest|newest|most recent|recent|breaking) )?{_MEDIA}|"
        r"latest|newest|anything new|something new|what(?:['’]s| is) new)"
        r"(?:\s+(?:on|about|from|of|regarding|concerning|with|in)\s+(?:the\s+)?|\s*[?.!]*\s*$)",
        re.I,
    ),
    "de": re.compile(
        r"\s*(?:gibt es |was gibt es |alle |etwas )*"
        r"(?:neues|neuigkeiten|nachrichten|aktuelles|artikel|meldungen|berichte)"
        r"(?:\s+(?:zu[rm]?|über|von|aus)\s+(?:de[mnr]\s+|die\s+|das\s+)?|\s*[?.!]*\s*$)",
        re.I,
    ),
    "es": re.compile(
        r"[\s¿]*(?:hay |alguna |algo |las |los |últimas |todas las )*(?:noticias|novedades|artículos|nuevo)"
        r"(?:\s+(?:sobre|de|del|acerca de)\s+(?:el\s+|la\s+|los\s+|las\s+)?|\s*[?.!]*\s*$)",
        re.I,
    ),
    "ru": re.compile(
        r"\s*(?:последние |свежие )*(?:новости|новое|статьи)(?:\s+(?:(?:о|об|про|из)\s+)?|\s*[?.!]*\s*$)", re.I
    ),
}
# The same around a topic, or on one side of it: "latest Ostvik news", "newest on Ostvik" is above, "Ostvik headlines".
_AROUND = {
    "en": (
        re.compile(r"\s*(?:the )?(?:(?:latest|newest|most recent|recent)\s+)?(?=\w)", re.I),
        re.compile(r"(?<=\w)(?:\s+(?:latest|news|headlines|coverage|updates|stories|articles))+\s*[.!]*\s*$", re.I),
    ),
    "de": (
        re.compile(r"\s*(?:(?:neueste|aktuelle)\s+)?(?=\w)", re.I),
        re.compile(r"(?<=\w)\s+(?:neuigkeiten|nachrichten|aktuell|schlagzeilen)\s*[?.!]*\s*$", re.I),
    ),
}
_TOKEN = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_SENTENCE = re.compile(r"[^.?!]+[.?!]*")


LONGEST_TOPIC = 3  # words


@dataclass(frozen=True, slots=True)
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
    time: TimeReading = field(default_factory=TimeReading)
    alternatives: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def content(self) -> tuple[Term, ...]:
        """The terms that carry matter: no stop words, no "this week"; all of them where nothing else is left."""
        return tuple(self.terms[n] for n in self.content_places)

    @property
    def topic(self) -> tuple[Term, ...]:
        """The terms that articles on a topic hold; none where any article will do ("latest news")."""
        return self.content if self._matter or not (self.lead or self.tail) else ()

    @property
    def content_places(self) -> tuple[int, ...]:
        """The places of `content` in `terms`."""
        return self._matter or tuple(range(len(self.terms)))

    @property
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


def analyse(text: str, lang: str, as_of: date | None = None) -> Question:
    """Read a question. `lang` is ISO 639-1 or "und"; `as_of` is the day relative times are counted from (None: today).

    >>> analyse("How many soldiers died?", "en", None).asks
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
        is_topic=news or (asks is Asks.NOTHING and _is_topic(text)),
        wants_credit=_CREDIT.search(text) is not None,
        focus=frozenset(n for n, term in enumerate(terms) if start <= term.start < end),
        kind_nouns=_kind_nouns(text, lang, terms, start, end),
        lead=lead,
        tail=tail,
        time=read_times(text, lang, as_of or date.today()),
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
    if tokens[0] in _AUXILIARY and tokens[0] not in words and sentence.rstrip().endswith("?"):  # German "was" asks what
        return Asks.CLAIM
    for pattern, kind in ((_COUNTED, Asks.COUNT), (_DATED, Asks.WHEN), (_MEASURED, Asks.AMOUNT), (_PLACED, Asks.WHERE)):
        if pattern.search(sentence):
            return kind
    interrogative = sentence.rstrip().endswith("?")
    for position, token in enumerate(tokens):
        if token in words and (interrogative or position == 0):
            return words[token]
    if len(tokens) > 3 and interrogative:
        return Asks.CLAIM
    return Asks.NOTHING


def _question_words(lang: str) -> dict[str, Asks]:
    """Every question word of `lang`, or of all known languages where `lang` is none of them."""
    tables = [_WORDS[lang]] if lang in _WORDS else list(_WORDS.values())
    return {word: kind for table in tables for kind, words in table.items() for word in words.split()}


def _lead(text: str, lang: str, terms: Sequence[Term]) -> int:
    """How long the words are that ask for news of a topic; 0 where more than a short topic follows, or nothing asks."""
    pattern = _LEADS.get("en" if lang == "und" else lang)
    match = pattern.match(text) if pattern else None
    if match is None:
        return 0
    rest = text[match.end() :]
    tokens = [one.group() for one in _TOKEN.finditer(rest)]
    matter = [term for term in terms if term.start >= match.end() and term.kind != "stop"]
    asks = any(token.casefold() in _question_words(lang) for token in tokens)
    speaks = asks or any(_looks_like_verb(token, position) for position, token in enumerate(tokens))
    return 0 if len(matter) > LONGEST_TOPIC or speaks else match.end()


def _around(text: str, lang: str) -> tuple[int, int | None]:
    """Where a topic begins and ends between words that ask for news of it; 0 and None where it is no such topic."""
    opening, closing = _AROUND.get("en" if lang == "und" else lang, (None, None))
    if opening is None or closing is None or text.rstrip().endswith("?"):
        return 0, None
    before, after = opening.match(text), closing.search(text)
    start, end = before.end() if before else 0, after.start() if after else len(text)
    fresh = before is not None and bool(before.group().strip().removeprefix("the").strip())
    if not (fresh or after) or start >= end or not _is_topic(text[start:end]):
        return 0, None
    return start, end if after else None


def _is_topic(text: str) -> bool:
    """Whether `text` is one to three words without a verb: a topic to be browsed rather than a question."""
    tokens = [match.group() for match in _TOKEN.finditer(text)]
    if not 1 <= len(tokens) <= LONGEST_TOPIC or text.rstrip().endswith("?"):
        return False
    return not any(_looks_like_verb(token, position) for position, token in enumerate(tokens))


def _looks_like_verb(token: str, position: int) -> bool:
    """A guess that needs no tagger: auxiliaries, the common verbs of news, and small-letter participles."""
    folded = token.casefold()
    if folded in _AUXILIARY or (folded in _VERBS and position > 0):
        return True
    return position > 0 and token.islower() and len(token) > 4 and folded.endswith("ed")
