"""What a sentence says about who speaks its quotation: after it, before it, or at its end.

Called by reading only. Pure; knows one sentence at a time, nothing about who "he" is or what stood before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.datatypes import Span
from index.speech import lexicon as words
from index.speech.nounphrase import Kind, Phrase, phrase
from index.speech.scene import Scene
from index.speech.tokens import MASK, Token, tokens

ACCORDING = re.compile(r"(?:according to|laut|según|selon|d'après|по словам)\s+", re.IGNORECASE)
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


@dataclass(frozen=True, slots=True)
class Voice:
    """What an attribution says: a name, a pronoun, or nobody by name. `verb` is where its verb begins."""

    kind: Kind
    name: Span | None
    about: Span | None
    verb: int


class Attribution:
    """Reads the attributions of one scene."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    def own(self, at: int, k: int) -> Voice | None:
        """Who the sentence itself says speaks quotation `k` of paragraph `at`; a pronoun is left unresolved."""
        return self._after(at, k) or self._before(at, k) or self._according(at, k) or self._at_end(at, k)

    # --- after: “...,” said NAME; “...,” NAME said; “...,” according to NAME

    def _stretch_after(self, at: int, k: int) -> tuple[int, int]:
        """Narrator's text of the same sentence that follows a quotation."""
        quote = self.scene.quoted[at][k]
        stop = self.scene.paragraphs[at].end
        if k + 1 < len(self.scene.quoted[at]):
            stop = min(stop, self.scene.quoted[at][k + 1].start)
        for sentence in self.scene.sentences:
            if quote.end <= sentence.end <= stop:
                stop = sentence.end
                break
        lead = _LEAD.match(self.scene.masked, quote.end, stop)
        return (lead.end() if lead else quote.end), stop

    def _after(self, at: int, k: int) -> Voice | None:
        start, stop = self._stretch_after(at, k)
        if start >= stop or not self._leaves_open(at, k):
            return None
        return self._inverted(start, stop) or self._subject_and_verb(start, stop)

    def _at_end(self, at: int, k: int) -> Voice | None:
        """A longer fragment in a sentence that ends ", said NAME" or ", NAME said"."""
        quote = self.scene.quoted[at][k]
        if self.scene.words(quote) < 3 or not self.scene.text[quote.start + 1].islower():
            return None
        stop = next((s.end for s in self.scene.sentences if s.start <= quote.start < s.end), quote.end)
        comma = self.scene.masked.rfind(", ", quote.end, stop)
        if comma < 0 or MASK in self.scene.masked[comma:stop]:
            return None
        found = self._inverted(comma + 2, stop) or self._subject_and_verb(comma + 2, stop)
        if found is None or self.scene.masked[self._verb_end(found.verb) : stop].count(" ") > 9:
            return None
        return found

    def _verb_end(self, verb: int) -> int:
        return next((token.end for token in tokens(self.scene.masked, verb, verb + 40)), verb)

    def _leaves_open(self, at: int, k: int) -> bool:
        """Whether the punctuation of a quotation lets an attribution follow; two words inside a sentence do not."""
        quote = self.scene.quoted[at][k]
        inner = self.scene.text[quote.start : quote.end].rstrip("”\"’'»“«」』 ")[-1:]
        follows = self.scene.text[quote.end : quote.end + 3].lstrip()
        if inner not in ",?!.…—–-" and follows[:1] not in (",", "—", "–"):
            return False
        return (
            self.scene.words(quote) > 2
            or not self.scene.masked[self.scene.sentence_start(quote.start) : quote.start].strip()
        )

    def _inverted(self, start: int, stop: int) -> Voice | None:
        for token in tokens(self.scene.masked, start, stop):
            if token.is_adverb:
                continue
            if (token.bare in words.SAYING or token.text == "so") and not token.is_capital:
                return self._named_from(token.end, stop, token.start) or Voice(Kind.UNNAMED, None, None, token.start)
            break
        return None

    def _subject_and_verb(self, start: int, stop: int) -> Voice | None:
        found = phrase(self.scene.masked, start, stop)
        if found is None:
            return None
        verb = self.verb_at(found.end, stop)
        if verb is not None:
            return voice(found, verb.start)
        later = any(
            token.text in words.SAYING for token in tokens(self.scene.masked, found.end, min(stop, found.end + 120))
        )
        return Voice(Kind.UNNAMED, None, None, start) if later else None

    def verb_at(self, at: int, stop: int) -> Token | None:
        """The verb of saying that comes next, auxiliaries and adverbs passed over."""
        for passed, token in enumerate(tokens(self.scene.masked, at, stop)):
            if token.text in words.SAYING:
                return token
            if passed > 3 or not token.is_adverb:
                return None
        return None

    def _according(self, at: int, k: int) -> Voice | None:
        start, stop = self._stretch_after(at, k)
        match = ACCORDING.match(self.scene.masked, start, stop)
        if match is None or not self._leaves_open(at, k):
            return None
        return self._named_from(match.end(), stop, match.start())

    def _named_from(self, start: int, stop: int, verb: int) -> Voice | None:
        """The phrase behind a verb or "according to"; nobody where a noun follows it ("the Telegram post")."""
        found = phrase(self.scene.masked, start, stop)
        if found is None:
            return None
        following = next(tokens(self.scene.masked, found.end, stop), None)
        if found.kind is not Kind.PRONOUN and following is not None and following.text[0].islower():
            word = following.text
            if word not in words.FUNCTION and not word.endswith(("ing", "ly", "wards")) and word not in words.SAYING:
                return Voice(Kind.UNNAMED, None, None, verb)
        return voice(found, verb)

    # --- before: NAME said: “...”; NAME welcomed ..., saying he expected “...”

    def _before(self, at: int, k: int) -> Voice | None:
        quote = self.scene.quoted[at][k]
        start, stop = self.scene.sentence_start(quote.start), quote.start
        if not self.scene.masked[start:stop].strip():
            previous = next((s for s in reversed(self.scene.sentences) if s.end <= start), None)
            if previous is None or not self.scene.text[previous.start : previous.end].endswith(":"):
                return None
            start, stop = previous.start, previous.end
        according = ACCORDING.match(self.scene.masked, start, stop)
        if according and (named := phrase(self.scene.masked, according.end(), stop)):
            return voice(named, start) if not self.scene.masked[named.end : stop].strip(" ,\n") else None
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
        for token in tokens(self.scene.masked, start, stop):
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
        tail = self.scene.masked[verb.end : stop]
        if verb.text == "put":
            return re.fullmatch(r"\s+it:?\s*", tail) is not None
        if verb.text in words.DESCRIBING:
            return self.scene.words(quote) > 3 and MASK not in tail and len(tail) < 120
        if _DIRECT.fullmatch(tail):
            return self.scene.words(quote) > 1 or ":" in tail
        return self.scene.words(quote) > 2 and len(tail) < 170

    def _finite(self, start: int, verb: Token) -> Voice:
        nobody = Voice(Kind.UNNAMED, None, None, verb.start)
        if verb.text.lower() in words.NEGATED:
            return nobody
        starts = [match.end() for match in _CLAUSE_START.finditer(self.scene.masked, start, verb.start)]
        for begin in [*reversed(starts), *reversed(list(self._openings(start, verb.start)))]:
            found = phrase(self.scene.masked, begin, verb.start)
            if found is not None and self._reaches(found.end, verb):
                if begin <= start + 1 and self.is_common(found):
                    return nobody
                return voice(found, verb.start)
        lead = self.scene.masked[start : verb.start]
        if re.search(r"\b(?:and|but)(?: also| later| then)? $", lead) and not _SUBORDINATE.search(lead):
            return self._sentence_subject(start, verb)
        return nobody

    def _openings(self, start: int, stop: int) -> Iterator[int]:
        """Where the subject of a sentence may begin: at its start, and behind each introduction."""
        yield start
        for _ in range(3):
            match = _INTRODUCTION.match(self.scene.masked, start, stop)
            if match is None:
                return
            start = match.end()
            yield start

    def _reaches(self, at: int, verb: Token) -> bool:
        """Whether only auxiliaries and adverbs stand between a subject and its verb."""
        return all(token.is_adverb for token in tokens(self.scene.masked, at, verb.start))

    def _participle(self, at: int, k: int, start: int, verb: Token) -> Voice:
        """The subject of "..., saying": whoever the sentence says spoke before, else its own subject."""
        nobody = Voice(Kind.UNNAMED, None, None, verb.start)
        lead = self.scene.masked[start : verb.start].rstrip()
        if lead[-1:] not in (",", "—", "–", MASK) and not lead.endswith((" as", " by", " later", " and")):
            return nobody
        if k and self.scene.quoted[at][k - 1].start >= start and (same := self._after(at, k - 1)):
            return same
        return self._sentence_subject(start, verb)

    def _sentence_subject(self, start: int, verb: Token) -> Voice:
        """The subject of the sentence that begins at `start` as the voice of a later verb in it."""
        nobody = Voice(Kind.UNNAMED, None, None, verb.start)
        for begin in reversed(list(self._openings(start, verb.start))):
            found = phrase(self.scene.masked, begin, verb.start)
            if found is None:
                continue
            following = next(tokens(self.scene.masked, found.end, verb.start), None)
            if following is None or not following.text[0].islower() or following.text in words.PREPOSITIONS:
                return nobody
            return nobody if self.is_common(found) else voice(found, verb.start)
        return nobody

    def is_common(self, found: Phrase) -> bool:
        """Whether a single word is capital only because it opens the sentence: "Critics said"."""
        if found.name is None or found.about is not None or found.kind is Kind.PRONOUN:
            return False
        name = found.name.of(self.scene.text)
        if " " in name or name.isupper():
            return False
        if re.search(rf"[^\W\d_][,’'\"“]?\s+{re.escape(name)}\b", self.scene.text):
            return False
        return name.endswith("s") or re.search(rf"\b{re.escape(name.lower())}\b", self.scene.text) is not None


def voice(found: Phrase, verb: int) -> Voice:
    """A phrase as the subject of the verb that begins at `verb`."""
    return Voice(found.kind, found.name, found.about, verb)
