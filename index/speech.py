"""Who is speaking in a quotation, by rules that prefer silence to a wrong name.

Called by the quoting code for the words it emphasises. Pure. The speaker is read from the attribution after, before or
within the quoted words; from the quotation that these words continue, in this paragraph or the one before; or, behind
"he said", from the one person it can be. Words in quotation marks that nobody is said to have spoken (titles,
nicknames, scare quotes) have no speaker. Indirect speech has one only where the sentence says "according to NAME" or
opens with "NAME said that". Unsure means None. Names and descriptions are slices of the text, as printed there: "Putin"
stays "Putin".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from index import speech_words as words
from index.datatypes import Sentence, Span, Speaker
from index.mentions import Mention, anybody_else, mentions
from index.nounphrase import MASK, Kind, Phrase, Token, phrase, tokens
from index.quotations import balanced, opens_dependent, quotations

__all__ = ["balanced", "opens_dependent", "quotations", "speaker"]

_PARAGRAPHS_BACK = 3
_ACCORDING = re.compile(r"(?:according to|laut|según|selon|d'après|по словам)\s+", re.IGNORECASE)
_LEAD = re.compile(r"[\s,—–-]*")
_CLAUSE_START = re.compile(
    rf"[,;:—–]\s*(?:(?:but|while|whereas|although|though)\s+)?|{MASK}[\s,]*|\s+(?:while|whereas)\s+"
)
_INTRODUCTION = re.compile(
    r"(?:(?:But|And|Yet|Still|So|Then|Later|Meanwhile|However|Instead|Also|As|Earlier|Afterwards?|Indeed)\b,?\s+"
    r"|(?:Last|This|Late|Early|Earlier|On|In)\s(?:\w+\s)?(?:year|week|month|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|"
    r"a statement|\d{4}),?\s+"
    r"|(?:On|In|At|After|Before|During|Speaking|Asked|Since|By|For|From|Responding|Writing|Following|Earlier|Late|Early|When|While|"
    r"Although|As|With|Despite|To|Citing|Last|This|Later|Over|Under|Am|El|En|Le|В)\b[^,□\n]{0,140},\s+(?:\d{4},\s+)?)",
    re.IGNORECASE,
)
_SUBORDINATE = re.compile(r"\b(?:who|whom|which|that|when|while|as|because|if|where|after|before)\b|[;:]")
_DIRECT = re.compile(r"\s*(?:[,:]|that|[^□]{0,120}[,:])?\s*")
_POST = re.compile(r"[—–]\s*(?P<name>[^—–@()\n]{3,60}?)\s*\(@\w+\)\s*(?:\w+\.? \d{1,2}, \d{4})?\s*$")
_TURN = re.compile(r"(?P<name>[^\W\d_][\w.’'-]*(?: [^\W\d_][\w.’'-]*){0,2}):\s+\S")
_SAID_THAT = re.compile(
    r"\s*(?:has |had |also |later )*(?:said|says|warned|argued|insisted|added|testified)\s+(?:\w+day\s+)?that\b"
)


@dataclass(frozen=True, slots=True)
class _Voice:
    """What an attribution says: a name, a pronoun, or nobody by name. `verb` is where its verb begins."""

    kind: Kind
    name: Span | None
    about: Span | None
    verb: int


def speaker(text: str, sentences: Sequence[Sentence], span: Span) -> Speaker | None:
    """Who speaks the quoted words inside `span` of `text`; None where nobody does or it is not certain.

    `sentences` are those of the whole text, as segment.sentences gives them. Where `span` holds words of two speakers,
    or words whose speaker cannot be told beside words whose speaker can, the answer is None.
    """
    return _Reading(text, sentences).speaker(span)


class _Reading:
    """The paragraphs around one span, read for quotations and attributions. Lives for one call."""

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
        self.voices: dict[tuple[int, int], _Voice | None] = {}

    def speaker(self, span: Span) -> Speaker | None:
        here = [at for at, paragraph in enumerate(self.paragraphs) if _overlap(paragraph, span)]
        if not here:
            return None
        self._mask(max(0, here[0] - _PARAGRAPHS_BACK), here[-1] + 1)
        found, seen = self._quoted(here, span)
        if not seen:
            voice = self._post(here, span) or self._turn(here) or self._indirect(span)
            found = [voice] if voice else []
        spoken = {self._named(voice) for voice in found}
        if len({each.name if each else None for each in spoken}) != 1:
            return None
        return max(spoken, key=lambda each: len(each.description or "") if each else 0)

    def _named(self, voice: _Voice | None) -> Speaker | None:
        if voice is None or voice.name is None or voice.kind not in (Kind.NAMED, Kind.ORGANISATION):
            return None
        name = voice.name.of(self.text)
        about = voice.about.of(self.text) if voice.about else None
        if "\n" in name:
            return None
        return Speaker(name, about if about and "\n" not in about else None)

    def _mask(self, first: int, last: int) -> None:
        """Finds the quotations of these paragraphs and masks them, so that narrator's text alone can be read."""
        letters = list(self.text)
        for at in range(first, last):
            self.quoted[at] = quotations(self.text, self.paragraphs[at])
            for quote in self.quoted[at]:
                letters[quote.start : quote.end] = MASK * len(quote)
        self.masked = "".join(letters)

    def _quoted(self, here: list[int], span: Span) -> tuple[list[_Voice | None], bool]:
        """The voices of the quotations that `span` touches, and whether it touches any."""
        found: list[_Voice | None] = []
        seen = False
        for at in here:
            for k, quote in enumerate(self.quoted[at]):
                shared = _overlap(quote, span)
                if shared and any(map(str.isalnum, shared.of(self.text))):
                    seen = True
                    voice = self.voice(at, k)
                    if self._named(voice) or self._is_utterance(at, k):
                        found.append(voice)
        return found, seen

    def voice(self, at: int, k: int) -> _Voice | None:
        """Who speaks quotation `k` of paragraph `at`."""
        key = (at, k)
        if key not in self.voices:
            self.voices[key] = None  # a quotation never continues itself
            voice = self._own(at, k)
            if voice is None and self._is_utterance(at, k):
                voice = self._continued(at, k)
            elif voice is not None and voice.kind is Kind.PRONOUN:
                voice = self._resolved(at, k, voice)
            self.voices[key] = voice
        return self.voices[key]

    def _own(self, at: int, k: int) -> _Voice | None:
        return self._after(at, k) or self._before(at, k) or self._according(at, k) or self._at_end(at, k)

    # --- after: “...,” said NAME; “...,” NAME said; “...,” according to NAME

    def _stretch_after(self, at: int, k: int) -> tuple[int, int]:
        """Narrator's text of the same sentence that follows a quotation."""
        quote = self.quoted[at][k]
        stop = self.paragraphs[at].end
        if k + 1 < len(self.quoted[at]):
            stop = min(stop, self.quoted[at][k + 1].start)
        for sentence in self.sentences:
            if quote.end <= sentence.end <= stop:
                stop = sentence.end
                break
        lead = _LEAD.match(self.masked, quote.end, stop)
        return (lead.end() if lead else quote.end), stop

    def _after(self, at: int, k: int) -> _Voice | None:
        start, stop = self._stretch_after(at, k)
        if start >= stop or not self._leaves_open(at, k):
            return None
        return self._inverted(start, stop) or self._subject_and_verb(start, stop)

    def _at_end(self, at: int, k: int) -> _Voice | None:
        """A longer fragment in a sentence that ends ", said NAME" or ", NAME said"."""
        quote = self.quoted[at][k]
        if self._words(quote) < 3 or not self.text[quote.start + 1].islower():
            return None
        stop = next((s.end for s in self.sentences if s.start <= quote.start < s.end), quote.end)
        comma = self.masked.rfind(", ", quote.end, stop)
        if comma < 0 or MASK in self.masked[comma:stop]:
            return None
        found = self._inverted(comma + 2, stop) or self._subject_and_verb(comma + 2, stop)
        if found is None or self.masked[self._verb_end(found.verb) : stop].count(" ") > 9:
            return None
        return found

    def _verb_end(self, verb: int) -> int:
        return next((token.end for token in tokens(self.masked, verb, verb + 40)), verb)

    def _leaves_open(self, at: int, k: int) -> bool:
        """Whether the punctuation of a quotation lets an attribution follow; two words inside a sentence do not."""
        quote = self.quoted[at][k]
        inner = self.text[quote.start : quote.end].rstrip("”\"’'»“«」』 ")[-1:]
        follows = self.text[quote.end : quote.end + 3].lstrip()
        if inner not in ",?!.…—–-" and follows[:1] not in (",", "—", "–"):
            return False
        return self._words(quote) > 2 or not self.masked[self._sentence_start(quote.start) : quote.start].strip()

    def _inverted(self, start: int, stop: int) -> _Voice | None:
        for token in tokens(self.masked, start, stop):
            if token.is_adverb:
                continue
            if (token.bare in words.SAYING or token.text == "so") and not token.is_capital:
                return self._named_from(token.end, stop, token.start) or _Voice(Kind.UNNAMED, None, None, token.start)
            break
        return None

    def _subject_and_verb(self, start: int, stop: int) -> _Voice | None:
        found = phrase(self.masked, start, stop)
        if found is None:
            return None
        verb = self._verb_at(found.end, stop)
        if verb is not None:
            return _voice(found, verb.start)
        later = any(token.text in words.SAYING for token in tokens(self.masked, found.end, min(stop, found.end + 120)))
        return _Voice(Kind.UNNAMED, None, None, start) if later else None

    def _verb_at(self, at: int, stop: int) -> Token | None:
        """The verb of saying that comes next, auxiliaries and adverbs passed over."""
        for passed, token in enumerate(tokens(self.masked, at, stop)):
            if token.text in words.SAYING:
                return token
            if passed > 3 or not token.is_adverb:
                return None
        return None

    def _according(self, at: int, k: int) -> _Voice | None:
        start, stop = self._stretch_after(at, k)
        match = _ACCORDING.match(self.masked, start, stop)
        if match is None or not self._leaves_open(at, k):
            return None
        return self._named_from(match.end(), stop, match.start())

    def _named_from(self, start: int, stop: int, verb: int) -> _Voice | None:
        """The phrase behind a verb or "according to"; nobody where a noun follows it ("the Telegram post")."""
        found = phrase(self.masked, start, stop)
        if found is None:
            return None
        following = next(tokens(self.masked, found.end, stop), None)
        if found.kind is not Kind.PRONOUN and following is not None and following.text[0].islower():
            word = following.text
            if word not in words.FUNCTION and not word.endswith(("ing", "ly", "wards")) and word not in words.SAYING:
                return _Voice(Kind.UNNAMED, None, None, verb)
        return _voice(found, verb)

    # --- before: NAME said: “...”; NAME welcomed ..., saying he expected “...”

    def _before(self, at: int, k: int) -> _Voice | None:
        quote = self.quoted[at][k]
        start, stop = self._sentence_start(quote.start), quote.start
        if not self.masked[start:stop].strip():
            previous = next((s for s in reversed(self.sentences) if s.end <= start), None)
            if previous is None or not self.text[previous.start : previous.end].endswith(":"):
                return None
            start, stop = previous.start, previous.end
        according = _ACCORDING.match(self.masked, start, stop)
        if according and (named := phrase(self.masked, according.end(), stop)):
            return _voice(named, start) if not self.masked[named.end : stop].strip(" ,\n") else None
        verb = self._last_verb(start, stop)
        if verb is None or not self._governs(verb, stop, quote):
            return None
        same = self._after(at, k - 1) if k else None
        if same is not None and same.verb == verb.start:
            return same
        if verb.bare in words.PARTICIPLES or verb.text in ("calling", "describing"):
            return self._participle(at, k, start, verb)
        return self._finite(start, verb)

    def _last_verb(self, start: int, stop: int) -> Token | None:
        found = None
        for token in tokens(self.masked, start, stop):
            if (
                token.text in words.SAYING
                or token.text in words.PARTICIPLES
                or token.text in words.DESCRIBING
                or token.text.lower() in words.NEGATED
                or token.text in ("put", "posted")
            ):
                found = token
        return found

    def _governs(self, verb: Token, stop: int, quote: Span) -> bool:
        """Whether the verb takes the quotation: directly, or a longer fragment of it not far away."""
        tail = self.masked[verb.end : stop]
        if verb.text == "put":
            return re.fullmatch(r"\s+it:?\s*", tail) is not None
        if verb.text in words.DESCRIBING:
            return self._words(quote) > 3 and MASK not in tail and len(tail) < 120
        if _DIRECT.fullmatch(tail):
            return self._words(quote) > 1 or ":" in tail
        return self._words(quote) > 2 and len(tail) < 170

    def _finite(self, start: int, verb: Token) -> _Voice:
        nobody = _Voice(Kind.UNNAMED, None, None, verb.start)
        if verb.text.lower() in words.NEGATED:
            return nobody
        starts = [match.end() for match in _CLAUSE_START.finditer(self.masked, start, verb.start)]
        for begin in [*reversed(starts), *reversed(list(self._openings(start, verb.start)))]:
            found = phrase(self.masked, begin, verb.start)
            if found is not None and self._reaches(found.end, verb):
                if begin <= start + 1 and self._is_common(found):
                    return nobody
                return _voice(found, verb.start)
        lead = self.masked[start : verb.start]
        if re.search(r"\b(?:and|but)(?: also| later| then)? $", lead) and not _SUBORDINATE.search(lead):
            return self._sentence_subject(start, verb)
        return nobody

    def _openings(self, start: int, stop: int) -> Iterator[int]:
        """Where the subject of a sentence may begin: at its start, and behind each introduction."""
        yield start
        for _ in range(3):
            match = _INTRODUCTION.match(self.masked, start, stop)
            if match is None:
                return
            start = match.end()
            yield start

    def _reaches(self, at: int, verb: Token) -> bool:
        """Whether only auxiliaries and adverbs stand between a subject and its verb."""
        return all(token.is_adverb for token in tokens(self.masked, at, verb.start))

    def _participle(self, at: int, k: int, start: int, verb: Token) -> _Voice:
        """The subject of "..., saying": whoever the sentence says spoke before, else its own subject."""
        nobody = _Voice(Kind.UNNAMED, None, None, verb.start)
        lead = self.masked[start : verb.start].rstrip()
        if lead[-1:] not in (",", "—", "–", MASK) and not lead.endswith((" as", " by", " later", " and")):
            return nobody
        if k and self.quoted[at][k - 1].start >= start and (same := self._after(at, k - 1)):
            return self._resolved(at, k - 1, same) or nobody if same.kind is Kind.PRONOUN else same
        return self._sentence_subject(start, verb)

    def _sentence_subject(self, start: int, verb: Token) -> _Voice:
        """The subject of the sentence that begins at `start` as the voice of a later verb in it."""
        nobody = _Voice(Kind.UNNAMED, None, None, verb.start)
        for begin in reversed(list(self._openings(start, verb.start))):
            found = phrase(self.masked, begin, verb.start)
            if found is None:
                continue
            following = next(tokens(self.masked, found.end, verb.start), None)
            if following is None or not following.text[0].islower() or following.text in words.PREPOSITIONS:
                return nobody
            return nobody if self._is_common(found) else _voice(found, verb.start)
        return nobody

    def _is_common(self, found: Phrase) -> bool:
        """Whether a single word is capital only because it opens the sentence: "Critics said"."""
        if found.name is None or found.about is not None or found.kind is Kind.PRONOUN:
            return False
        name = found.name.of(self.text)
        if " " in name or name.isupper():
            return False
        if re.search(rf"[^\W\d_][,’'\"“]?\s+{re.escape(name)}\b", self.text):
            return False
        return name.endswith("s") or re.search(rf"\b{re.escape(name.lower())}\b", self.text) is not None

    # --- words that go on where a quotation before or after them left off

    def _continued(self, at: int, k: int) -> _Voice | None:
        quotes = self.quoted[at]
        quote = quotes[k]
        if k and self._quietly(quotes[k - 1].end, quote.start):
            return self.voice(at, k - 1)
        if k == 0 and not self.masked[self.paragraphs[at].start : quote.start].strip() and at:
            return self._from_paragraph_before(at)
        if k + 1 < len(quotes) and not self.masked[quote.end : quotes[k + 1].start].strip():
            return self.voice(at, k + 1)
        return None

    def _from_paragraph_before(self, at: int) -> _Voice | None:
        before = self.quoted.get(at - 1)
        if not before or self.numbers[at] - self.numbers[at - 1] > 2:
            return None
        last, end = before[-1], self.paragraphs[at - 1].end
        opened = last.end == end and self.text[end - 1] not in '”"»“«」'
        if opened or self._quietly(last.end, end):
            return self.voice(at - 1, len(before) - 1)
        return None

    def _quietly(self, start: int, stop: int) -> bool:
        """Whether between two quotations stands at most an attribution and narration in which nobody else appears."""
        ends = [sentence.end for sentence in self.sentences if start <= sentence.end <= stop]
        rest = self.masked[ends[0] if ends else stop : stop]
        return not any(
            (token.is_capital and token.bare not in words.NOT_NAMES) or token.text in words.SAYING
            for token in tokens(rest, 0, len(rest))
        )

    # --- “...,” he said

    def _resolved(self, at: int, k: int, voice: _Voice) -> _Voice | None:
        """The one person the pronoun can be: of those named around it, or the last speaker with nobody named since."""
        assert voice.name is not None
        unlike = "f" if voice.name.of(self.text).lower() in words.MALE else "m"
        first = self.paragraphs[max(0, at - (_PARAGRAPHS_BACK - 1))].start
        sentence = self._sentence_start(voice.name.start)
        around = mentions(self.masked, first, max(sentence, self.quoted[at][k].start), self._introduced(first))
        named = [mention for mention in around if mention.gender != unlike]
        found = _only(named) or self._speaking_on(at, k, named) or self._indirect_speaker(sentence, named)
        if found is None:
            return None
        last = max(mention.name.end for mention in named if mention.key == found.key)
        if _only(named):  # nobody spoke before: nobody else may stand in that paragraph
            last = max(p.start for p in self.paragraphs if p.start <= last)
        known = {word.lower() for mention in around for word in self._words_known(mention, found, unlike)}
        if anybody_else(self.masked, last, max(last, sentence), known):
            return None
        return _Voice(Kind.NAMED, found.name, found.about, voice.verb)

    def _introduced(self, stop: int) -> list[Mention]:
        """The people introduced further up in the article by more than a surname."""
        return [mention for mention in mentions(self.masked, 0, stop) if " " in mention.name.of(self.text)]

    def _words_known(self, mention: Mention, found: Mention, unlike: str) -> list[str]:
        """The words of a name that leave the choice as it is: of the one found, and of those it cannot be."""
        return mention.name.of(self.text).split() if mention.key == found.key or mention.gender == unlike else []

    def _speaking_on(self, at: int, k: int, named: list[Mention]) -> Mention | None:
        """The last speaker, where nobody else it can be is named since."""
        last = self._last_speaker(at, k)
        if last is None or last.name is None:
            return None
        surname = last.name.of(self.text).split()[-1]
        if any(mention.name.start > last.name.start and mention.key != surname for mention in named):
            return None
        return _only([mention for mention in named if mention.key == surname])

    def _indirect_speaker(self, stop: int, named: list[Mention]) -> Mention | None:
        """Whoever opens the sentence before with "NAME says", where nobody else it can be is named behind."""
        before = next((s for s in reversed(self.sentences) if s.end <= stop), None)
        if before is None:
            return None
        subject = phrase(self.masked, before.start, before.end)
        if subject is None or subject.kind is not Kind.NAMED or subject.name is None:
            return None
        if self._verb_at(subject.end, before.end) is None:
            return None
        since = [mention for mention in named if mention.name.start >= subject.name.start]
        return _only(since)

    def _last_speaker(self, at: int, k: int) -> _Voice | None:
        if k:
            return self.voice(at, k - 1)
        before = self.quoted.get(at - 1)
        return self.voice(at - 1, len(before) - 1) if before else None

    # --- speech without quotation marks

    def _post(self, here: list[int], span: Span) -> _Voice | None:
        """A post with its author's handle: the words before "— NAME (@handle)"."""
        paragraph = self.paragraphs[here[0]]
        match = _POST.search(self.text, paragraph.start, paragraph.end)
        if (
            len(here) > 1
            or match is None
            or span.start >= match.start()
            or _words_before(self.text, paragraph, match) > 90
        ):
            return None
        return _Voice(Kind.NAMED, Span(*match.span("name")), None, match.start())

    def _turn(self, here: list[int]) -> _Voice | None:
        """A turn of an interview, "Falk: ...": a label that answers a question and is in the text as a full name."""
        at = here[0]
        match = _TURN.match(self.text, self.paragraphs[at].start, self.paragraphs[at].end)
        if (
            len(here) > 1
            or match is None
            or at == 0
            or not self.paragraphs[at - 1].of(self.text).rstrip().endswith("?")
        ):
            return None
        label = match["name"]
        full = rf"\b[^\W\d_a-z][\w.’'-]+ {re.escape(label)}\b" if " " not in label else re.escape(label)
        if not label.istitle() or re.search(full, self.text) is None or label.lower() in words.NOT_NAMES:
            return None
        return _Voice(Kind.NAMED, Span(*match.span("name")), None, match.start())

    def _indirect(self, span: Span) -> _Voice | None:
        """ "according to NAME" at either end of the one sentence asked about, or "NAME said that" at its start."""
        inside = [sentence for sentence in self.sentences if _overlap(sentence.span, span)]
        if len(inside) != 1:
            return None
        start, stop = inside[0].start, inside[0].end
        for match in _ACCORDING.finditer(self.masked, start, stop):
            found = phrase(self.masked, match.end(), stop)
            if found is None:
                return None
            at_end = not self.masked[found.end : stop].strip(" .\n")
            if (
                at_end
                or (match.start() == start and self.masked[found.end : found.end + 1] in ("", ","))
                or (match.start() == start and self.masked[found.end - 1] == ",")
            ):
                return _voice(found, match.start())
            return None
        found = phrase(self.masked, start, stop)
        if found is None or self._is_common(found) or not _SAID_THAT.match(self.masked, found.end, stop):
            return None
        return _voice(found, start)

    # --- small things

    def _is_utterance(self, at: int, k: int) -> bool:
        """Whether quoted words are a sentence of their own rather than part of the narrator's."""
        quote = self.quoted[at][k]
        lead = self.masked[self._sentence_start(quote.start) : quote.start].strip()
        return self._words(quote) > 2 and (not lead or lead[-1] in ",:" or lead[-1] == MASK)

    def _sentence_start(self, at: int) -> int:
        return next((s.start for s in self.sentences if s.start <= at < s.end), at)

    def _words(self, quote: Span) -> int:
        return len(quote.of(self.text).split())


def _voice(found: Phrase, verb: int) -> _Voice:
    return _Voice(found.kind, found.name, found.about, verb)


def _overlap(one: Span, other: Span) -> Span | None:
    start, end = max(one.start, other.start), min(one.end, other.end)
    return Span(start, end) if start < end else None


def _only(named: list[Mention]) -> Mention | None:
    """The fullest mention where all are of one person, else None."""
    if len({mention.key for mention in named}) != 1:
        return None
    return max(named, key=lambda mention: (len(mention.name), mention.about is not None))


def _words_before(text: str, paragraph: Span, match: re.Match[str]) -> int:
    return len(text[paragraph.start : match.start()].split())
