"""The people that narrator's text names, with what tells their gender: candidates for "he said".

Called by speech only. Pure. Only names with evidence of a person count: a title or role before, a description after,
a verb of saying next to it, a given name known, or a surname that was part of such a name before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.datatypes import Span
from index.speech import lexicon as words
from index.speech.nounphrase import Kind, phrase
from index.speech.tokens import Token, is_role, tokens

_DESCRIBED = re.compile(r"\s*,\s*(?:an?|the|who|whose|\d\d)\b")


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a person is named. `key` is the last word of the name; `gender` "m", "f" or "" (unknown)."""

    name: Span
    about: Span | None
    key: str
    gender: str


def mentions(masked: str, start: int, stop: int, earlier: Sequence[Mention] = ()) -> list[Mention]:
    """The people named in a stretch of masked text, in order; the surnames of `earlier` ones are known."""
    found: list[Mention] = []
    known = {mention.key: mention for mention in earlier}
    read = list(tokens(masked, start, stop))
    at = 0
    while at < len(read):
        if not read[at].is_capital or (read[at].bare in words.NOT_NAMES):
            at += 1
            continue
        mention = _mention(masked, read, at, stop, known)
        after = at + 1
        if mention is not None:
            found.append(mention)
            known.setdefault(mention.key, mention)
            while after < len(read) and read[after].start < mention.name.end:
                after += 1
        at = after
    return found


def anybody_else(masked: str, start: int, stop: int, known: set[str]) -> bool:
    """Whether a stretch may name a person of whom no word is `known`: any capital word that could be a name counts.

    Names behind "the" or a preposition (places, objects), acronyms and organisations do not, and neither does a word
    that is capital only because it opens a sentence.
    """
    before: Token | None = None
    for token in tokens(masked, start, stop):
        capital = token.is_capital and token.bare not in words.NOT_NAMES and token.bare not in words.CALENDAR
        if capital and token.bare not in known and not _is_harmless(masked, token, before):
            return True
        placed = before is not None and before.text in words.PREPOSITIONS
        if not (placed and (token.is_capital or token.text == ",")):
            before = token  # "in New York", "in Prescott, Arizona": the preposition governs all of it
    return False


def _is_harmless(masked: str, token: Token, before: Token | None) -> bool:
    if token.text.isupper() or token.bare in words.ORGANISATIONS or token.bare in words.PLACES or is_role(token):
        return True
    if before is not None and before.text.isalpha() and before.text not in ("and", "than", "with", "as", "by"):
        if before.text.lower() in words.PREPOSITIONS or before.text.lower() in words.DETERMINERS:
            return True
        if before.text[0].islower():
            return False
    if (before is not None and before.text in (",", "-", "–")) or (before is not None and before.is_capital):
        return False
    return re.search(rf"[^\W\d_A-Z][,’']?\s+{re.escape(token.text)}\b", masked) is None


def _mention(masked: str, read: list[Token], at: int, stop: int, known: dict[str, Mention]) -> Mention | None:
    first, before = read[at], read[max(0, at - 2) : at]
    bare = first.text.removesuffix("'s").removesuffix("’s")
    if bare in known:
        return Mention(Span(first.start, first.start + len(bare)), None, bare, known[bare].gender)
    found = phrase(masked, first.start, stop)
    if found is None or found.kind is not Kind.NAMED or found.name is None:
        return None
    name = found.name.of(masked)
    parts = name.split()
    if parts[-1].lower() in words.PLACES or (before and before[-1].text in ("in", "at", "near", "from")):
        return None
    if not _is_person(masked, found.name, parts, found.about, before, stop) or (before and before[-1].text == "the"):
        return None
    about = found.about
    if about is None and before and is_role(before[-1]) and before[-1].text[0].isupper():
        about = Span(before[-1].start, before[-1].end)
    return Mention(found.name, about, parts[-1], _gender(masked, parts, about))


def _is_person(masked: str, name: Span, parts: list[str], about: Span | None, before: list[Token], stop: int) -> bool:
    if about is not None or (parts[0].lower() in words.WOMEN | words.MEN and len(parts) > 1):
        return True
    if name.of(masked).isupper() or (before and before[-1].text in words.PREPOSITIONS | {"told", "tells", "asked"}):
        return False
    if before and (is_role(before[-1]) or before[-1].text in words.SAYING):
        return True
    if len(before) == 2 and before[1].text == "," and is_role(before[0]):
        return True
    if len(parts) > 1 and _DESCRIBED.match(masked, name.end, stop):
        return True
    following = next(tokens(masked, name.end, stop), None)
    return following is not None and following.text in words.SAYING


def _gender(masked: str, parts: list[str], about: Span | None) -> str:
    titles = set(re.findall(r"\w+", about.of(masked).lower())) if about else set()
    if titles & {
        "mr",
        "sir",
        "lord",
        "king",
        "prince",
        "father",
        "brother",
        "son",
        "husband",
        "congressman",
        "chairman",
        "herr",
    }:
        return "m"
    if titles & {
        "mrs",
        "ms",
        "miss",
        "lady",
        "dame",
        "queen",
        "princess",
        "sister",
        "mother",
        "daughter",
        "wife",
        "actress",
        "frau",
    }:
        return "f"
    given = parts[0].lower() if len(parts) > 1 else ""
    if given in words.WOMEN:
        return "" if given in words.MEN else "f"
    return "m" if given in words.MEN else ""
