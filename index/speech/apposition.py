"""The description between commas behind a name: ", a fellow at the institute who follows the Baltic".

Called by nounphrase only. Pure; knows where such a description begins and, harder, where it ends.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.datatypes import Span
from index.speech import lexicon as words
from index.speech.tokens import MASK, Token, is_role, tokens


@dataclass(frozen=True, slots=True)
class Apposition:
    """What stands between commas after a name. `is_clause`: "who has led two strikes"."""

    about: Span | None
    end: int
    is_clause: bool


_COMMA = re.compile(r"\s*,\s*(?=[^\s,])")
_SKIPPED = re.compile(
    r"(?:(?:aged? )?\d{1,3}|[RDI]-[A-Z][\w.]*|Jr\.|Sr\.|M\.D\.|Ph\.D\.|MD|PhD)(?=\s*[,.]|\s*$|\s+[a-z])\.?"
)
_ARTICLE = re.compile(
    r"(?:an?|the|one of|who|whose|its|his|her|their|eine?|der|die|un|una|el|la|le|une)\b", re.IGNORECASE
)
_STOPS = re.compile(
    r"\s*(?:[.;:!?—–□()\n]|$|\s-\s"
    r"|,\s+(?:(?:in|on|at|during|after|before|as|while|when|but|according|referring|citing|pointing|speaking|if|"
    r"because|though|although|yet|so|from|with|to|for|by|amid|following|is|was|has|are|were|had|will|would|could|"
    r"may)\b|and (?:he|she|they|it|that|added|said)\b|\w+ing\b|\w+ly,)"
    r"|\s+in (?:a|an|the|his|her|its|their) (?:\w+ ){0,2}(?:statement|interview|tweet|post|speech|letter|e-?mail|"
    r"filing|report|release|video|blog|memo|briefing|conference|call|text|order|opinion|ruling)\b"
    r"|\s+(?:on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\s+last (?:week|month|year)\b"
    r"|\s+earlier this\b|\s+told\b)"
)


def apposition(text: str, start: int, stop: int) -> Apposition | None:
    """The description between commas that follows a name at `start`; ages, parties and degrees are passed over."""
    at, skipped = start, False
    while (comma := _COMMA.match(text, at, stop)) and (passed := _SKIPPED.match(text, comma.end(), stop)):
        at, skipped = passed.end(), True
    comma = _COMMA.match(text, at, stop)
    if comma is None or not _describes(text, comma.end(), stop):
        return Apposition(None, _past_comma(text, at, stop), False) if skipped else None
    begin = comma.end()
    end = _apposition_end(text, begin, stop)
    if end <= begin:
        return None
    if text[end:stop].lstrip(" ,")[:1] == MASK:
        return Apposition(None, end, False)  # a description that goes on in quoted words would be cut short
    clause = re.compile(r"who(?:se)?\b", re.IGNORECASE).match(text, begin) is not None
    return Apposition(Span(begin, end), _past_comma(text, end, stop), clause)


def _past_comma(text: str, at: int, stop: int) -> int:
    comma = re.compile(r"\s*,").match(text, at, stop)
    return comma.end() if comma else at


def _describes(text: str, start: int, stop: int) -> bool:
    """Whether a description begins here: an article, "who", a role, an owner and a role."""
    if _ARTICLE.match(text, start, stop):
        return True
    ahead: list[Token] = []
    for token in tokens(text, start, stop):
        if not token.is_word or len(ahead) == 6:
            break
        if not ahead and (token.bare in words.CLAUSE or token.bare in words.PREPOSITIONS or token.text.endswith("ing")):
            return False
        if token.bare in words.SAYING or token.bare in words.CLAUSE:
            break
        ahead.append(token)
    return any(is_role(token) for token in ahead)


def _apposition_end(text: str, begin: int, stop: int) -> int:
    """Where a description ends: at its verb of saying, at what no longer describes, or with the sentence."""
    end = stop
    for match in re.compile(r"\s*(?:[.;:!?—–□()\n,]|\s)").finditer(text, begin, stop):
        if text[match.start() : match.end()].strip() == "." and text[match.end() : match.end() + 1].strip():
            continue  # the stop of "U.S."
        if _STOPS.match(text, match.start(), stop) and not _abbreviates(text, match, stop):
            end = match.start()
            break
        if _COMMA.match(text, match.start(), stop) and _verb_follows(text, match.end(), stop):
            end = match.start()
            break
    while end > begin and (text[end - 1].isspace() or text[end - 1] in ",."):
        if text[end - 1] == "." and re.search(r"(?:\b[A-Z]\.|\b(?:Inc|Corp|Ltd|Co|Jr))\.?$", text[begin:end]):
            break
        end -= 1
    return end


def _abbreviates(text: str, match: re.Match[str], stop: int) -> bool:
    """Whether the stop matched belongs to an abbreviation inside the description."""
    if match[0].strip() != "." or match.end() >= stop:
        return False
    return re.search(r"(?:\b[A-Z]|\b(?:Inc|Corp|Co|St|Dr|Jr|Gov|Sen|Rep|Gen|No))$", text[: match.start()]) is not None


def _verb_follows(text: str, start: int, stop: int) -> bool:
    """Whether a verb comes after the comma, so that the description is over."""
    for token in tokens(text, start, stop):
        if token.is_adverb:
            continue
        return (
            token.bare in words.SAYING
            or token.bare in words.DESCRIBING
            or token.text in words.FINITE
            or re.fullmatch(r"[a-z]{3,}ed", token.text) is not None
        )
    return False
