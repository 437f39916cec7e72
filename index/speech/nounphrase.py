"""A noun phrase that may name who speaks: "Russian Foreign Minister Sergei Lavrov", "its head, Riyad Hijab", "she".

Called by speech only. Pure; reads narrator's text in which quotations are masked, and returns spans of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from index.datatypes import Span
from index.speech import lexicon as words
from index.speech.apposition import Apposition, apposition
from index.speech.tokens import Token, is_role, tokens

_ADJECTIVE = re.compile(
    r"-(?:backed|based|born|led|owned|appointed|elected|turned|era|trained|funded|controlled|area)$"
)
_LONGEST_LEAD = 9
_AND = frozenset({"and", "&", "und", "y", "et", "и"})
_NAMING_ARTICLES = frozenset({"le", "la", "el", "los", "las"})  # "Le Pen", but "die Polizei"


class Kind(Enum):
    """What a noun phrase says about who speaks."""

    NAMED = auto()
    ORGANISATION = auto()
    PRONOUN = auto()
    UNNAMED = auto()  # somebody speaks, but the phrase does not say who by name


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase, appositions included. `name` and `about` are spans; `end` is where the phrase ends."""

    kind: Kind
    name: Span | None
    about: Span | None
    end: int


def phrase(text: str, start: int, stop: int) -> Phrase | None:
    """The noun phrase that begins at `start` (white space apart), or None where none does."""
    head = _Head(text, start, stop)
    if head.kind is None:
        return None
    if head.kind is Kind.UNNAMED and head.is_role and (named := _apposed_name(text, head, stop)):
        return named
    about = head.about
    end = head.end
    if head.kind is Kind.NAMED and (after := apposition(text, head.end, stop)):
        end = after.end
        if _better(text, about, after):
            about = after.about
    return Phrase(head.kind, head.name, about, end)


def _better(text: str, before: Span | None, after: Apposition) -> bool:
    """Whether what follows the name describes better than what stands before it."""
    if after.about is None:
        return False
    if before is None:
        return True
    if _bare(before.of(text)) in words.HONORIFICS:
        return True
    return not after.is_clause and len(after.about) > len(before)


def _bare(word: str) -> str:
    return word.rstrip(".").lower()


def _apposed_name(text: str, head: _Head, stop: int) -> Phrase | None:
    """ "its head, Riyad Hijab": a role, a comma, a name."""
    comma = re.compile(r"\s*,\s*").match(text, head.end, stop)
    if comma is None:
        return None
    named = _Head(text, comma.end(), stop)
    if named.kind is not Kind.NAMED or named.name is None or any(not token.is_capital for token in named.before):
        return None
    if head.ends_with_place and len(named.proper) == 1:  # "a professor in Prescott, Arizona, said"
        return None
    end = named.end
    if (closing := re.compile(r"\s*,").match(text, end, stop)) is not None:
        end = closing.end()
    return Phrase(Kind.NAMED, named.name, Span(head.start, head.end), end)


class _Head:
    """Reads the words of a phrase up to its first comma or verb, and tells name from description."""

    def __init__(self, text: str, start: int, stop: int) -> None:
        self.text = text
        self.before: list[Token] = []
        self.proper: list[Token] = []
        self.kind: Kind | None = None
        self.name: Span | None = None
        self.about: Span | None = None
        self.start = self.end = start
        blank = text.find("\n\n", start, stop)
        self._read(list(tokens(text, start, min(stop if blank < 0 else blank, start + 260))))

    @property
    def is_role(self) -> bool:
        """Whether an unnamed phrase says who somebody is."""
        return any(is_role(token) for token in (*self.before, *self.proper))

    @property
    def ends_with_place(self) -> bool:
        """Whether the phrase ends with "in Prescott", so that the comma may stand inside a place's name."""
        capitals = [at for at, token in enumerate(self.before) if token.is_capital and at]
        return bool(capitals) and capitals[-1] == len(self.before) - 1

    def _read(self, found: list[Token]) -> None:
        if not found or not found[0].is_word:
            return
        self.start = self.end = found[0].start
        if self._pronoun(found[0]):
            return
        joint = self._collect(found)
        if self.before or self.proper:
            self.end = (self.proper or self.before)[-1].end
            self._judge(joint)

    def _pronoun(self, first: Token) -> bool:
        word = first.text.lower()
        if first.is_capital and word not in {"he", "she"}:
            return False
        if word in words.MALE or word in words.FEMALE:
            self.kind, self.name = Kind.PRONOUN, Span(first.start, first.end)
        elif word in words.UNNAMED:
            self.kind = Kind.UNNAMED
        self.end = first.end
        return self.kind is not None and (self.kind is Kind.PRONOUN or word in {"they", "it", "we", "i"})

    def _collect(self, found: list[Token]) -> bool:
        """Fills `before` and `proper`; True where two names are joined by "and"."""
        inner = False  # inside "of X", "for X"
        for at, token in enumerate(found):
            word = token.text.lower()
            if not token.is_word or token.text[0].isdigit() or len(self.before) > _LONGEST_LEAD:
                return False
            if token.is_capital:
                if not self._take_capital(found, at, inner):
                    return False
            elif self.proper:
                if word in _AND and not self._is_longer_organisation(found, at):
                    if not self._is_second_role(found, at):
                        return at + 1 < len(found) and found[at + 1].is_capital
                    self._demote(token)
                    continue
                if not self._take_inside_name(found, at):
                    return False
            elif word in words.CLAUSE or word in words.SAYING or word in words.PARTICIPLES:
                return False
            else:
                inner = word in words.PREPOSITIONS or (inner and word in words.DETERMINERS)
                self.before.append(token)
        return False

    def _take_capital(self, found: list[Token], at: int, inner: bool) -> bool:
        """Takes a capital word as part of a name or of what leads to one; False where the phrase ends before it."""
        token, word = found[at], found[at].text.lower()
        if word in words.DETERMINERS and at == 0:
            named = word in _NAMING_ARTICLES and len(found) > 1 and found[1].is_capital
            (self.proper if named else self.before).append(token)
            return True
        if token.bare in words.CALENDAR or (not self.proper and not self.before and token.bare in words.NOT_NAMES):
            return False
        if inner or token.is_possessive or _ADJECTIVE.search(token.text):
            self._demote(token)
        else:
            self.proper.append(token)
        return True

    def _take_inside_name(self, found: list[Token], at: int) -> bool:
        """Takes a lower-case word behind a capital one: "van", "of", or the role that a name follows."""
        token, following = found[at], found[at + 1] if at + 1 < len(found) else None
        if self._is_addressee(token):
            return False
        led_on = following is not None and (following.is_capital or following.text in words.PARTICLES)
        if (token.text in words.PARTICLES and led_on) or self._is_longer_organisation(found, at):
            self.proper.append(token)
        elif self._leads_to_role(found, at):
            self._demote(token)
        else:
            return False
        return True

    def _is_addressee(self, token: Token) -> bool:
        """Whether a German article begins whom it was said to: "sagte Holm dem Sender", "sagte Eva Holm der Post"."""
        if token.text == "dem":
            return True
        return token.text == "der" and len(self.proper) > 1 and self.proper[-1].is_capital

    def _is_second_role(self, found: list[Token], at: int) -> bool:
        """Whether "and" joins two roles of one person: "President and CEO Ann Lee"."""
        return is_role(self.proper[-1]) and at + 2 < len(found) and is_role(found[at + 1]) and found[at + 2].is_capital

    def _is_longer_organisation(self, found: list[Token], at: int) -> bool:
        """Whether an organisation's name goes on here: "Ministry of Health", "Centers for Disease Control and"."""
        if found[at].text not in {"of", "for", "and", "the", "&"}:
            return False
        if not any(token.bare in words.ORGANISATIONS for token in self.proper):
            return False
        rest = [token for token in found[at + 1 : at + 3] if token.text != "the"]
        return bool(rest) and rest[0].is_capital and not rest[0].is_possessive

    def _demote(self, token: Token) -> None:
        self.before += [*self.proper, token]
        self.proper = []

    def _leads_to_role(self, found: list[Token], at: int) -> bool:
        """Whether a role begins here: "Norvik vice president Al Brooks", "the Russian leader", "BBC man Jo Day"."""
        for ahead in range(at, min(at + 6, len(found))):
            token = found[ahead]
            if token.is_capital and token.bare not in words.CALENDAR and ahead > at:
                return True
            if not token.is_word or token.is_capital:
                return ahead > at and is_role(found[ahead - 1])
            if token.text in words.FUNCTION or token.text in words.SAYING or token.text.endswith(("ed", "ing", "ly")):
                return ahead > at and is_role(found[ahead - 1])
        return at + 6 >= len(found) and is_role(found[-1])

    def _judge(self, joint: bool) -> None:
        title = max((at for at, token in enumerate(self.proper) if is_role(token) or self._is_general(at)), default=-1)
        if (
            title >= 0
            and title == len(self.proper) - 1
            and not any(token.bare in words.ORGANISATIONS for token in self.proper)
        ):
            self.kind = Kind.UNNAMED  # "the Prime Minister"
            return
        proper = self.proper[title + 1 :] if title + 1 < len(self.proper) else self.proper
        if joint or not proper:
            self.kind = Kind.UNNAMED
            if not self.proper and not joint:
                self._collective()
            return
        before = [*self.before, *(self.proper[: title + 1] if proper is not self.proper else [])]
        self._name(before, proper)

    def _is_general(self, at: int) -> bool:
        """Whether "General" is a rank or a part of one ("Secretary General"), not of a firm's name."""
        if self.proper[at].text != "General":
            return False
        return is_role(self.proper[at - 1]) if at else len(self.proper) > 2

    def _name(self, before: list[Token], proper: list[Token]) -> None:
        roled = (
            bool(before)
            and not before[-1].is_possessive
            and (is_role(before[-1]) or before[-1].text == "General" or _is_noun_behind_name(before))
        )
        if before and not roled and before[-1].text.lower() in words.PREPOSITIONS:
            self.kind = Kind.UNNAMED
            return
        organisation = any(token.bare in words.ORGANISATIONS for token in proper)
        if not organisation and not roled:
            organisation = self._looks_like_organisation(before, proper)
        if organisation and before and before[-1].is_possessive and is_role(before[-1]):
            proper, before, roled = [before[-1], *proper], before[:-1], False  # "the Sheriff's Office"
        owned = any(token.is_possessive for token in before) and not roled
        if owned and (len(proper) < 2 or organisation or proper[-1].bare in words.PLACES):
            self.kind = Kind.UNNAMED  # "Fisk's Larkfield office"
            return
        lead = [token for token in before if token.text.lower() not in words.DETERMINERS]
        if organisation and lead and not roled and not all(token.is_capital for token in lead):
            self.kind = Kind.UNNAMED
            return
        if len(proper) > 5 and not organisation:
            self.kind = Kind.UNNAMED
            return
        self.kind = Kind.ORGANISATION if organisation and not roled else Kind.NAMED
        self.name = Span(proper[0].start, proper[-1].end)
        if roled:
            self.about = Span(before[0].start, before[-1].end)

    @staticmethod
    def _looks_like_organisation(before: list[Token], proper: list[Token]) -> bool:
        if before and before[0].text.lower() in {"the", "der", "die", "das", "la", "el", "le"} and len(before) == 1:
            return True
        return len(proper) == 1 and len(proper[0].text) > 1 and proper[0].text.replace(".", "").isupper()

    def _collective(self) -> None:
        """ "the airline", "police": an organisation by what it is, as printed."""
        texts = [token.text.lower() for token in self.before]
        definite = len(texts) in {2, 3} and texts[0] == "the" and texts[-1] in words.COLLECTIVES
        if definite or texts == ["police"]:
            self.kind, self.name = Kind.ORGANISATION, Span(self.before[0].start, self.before[-1].end)


def _is_noun_behind_name(before: list[Token]) -> bool:
    """Whether a lower-case noun behind a capital word leads to the name: "CNN affairs commentator"."""
    return (
        not before[-1].is_capital
        and before[-1].text not in words.FUNCTION
        and any(token.is_capital and token.text.lower() not in words.DETERMINERS for token in before)
    )
