"""The words and marks of narrator's text, with what their print says about them.

Called by the other modules of this package. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.speech import lexicon as words

MASK = "□"
"""Stands for every character of a quotation in masked text."""

_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}|[^\W\d_]\.(?=\s?[^\W\d_])|\w+\.(?=[\s,])|\w[\w’'&-]*(?:\.\w+)*|[^\w\s]", re.UNICODE
)
_PREFIXED = re.compile(r"(?:al|el|ad|as|ash|at|an|d|bin|ibn|abu)[-’'][^\W\d_a-z]")
_POSSESSIVE = re.compile(r"['’]s$|s['’]$")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark of the text."""

    text: str
    start: int
    end: int

    @property
    def bare(self) -> str:
        """Lower case, without a final stop or possessive."""
        return _POSSESSIVE.sub("", self.text.rstrip(".").lower())

    @property
    def is_word(self) -> bool:
        """Whether it is a word, not a mark."""
        return self.text[0].isalnum()

    @property
    def is_capital(self) -> bool:
        """Whether it is printed like a part of a name."""
        return self.text[0].isupper() or _PREFIXED.match(self.text) is not None

    @property
    def is_adverb(self) -> bool:
        """Whether it may stand between a subject and its verb: an auxiliary, "later", "-ly"."""
        return self.bare in words.HELPING or (self.text[0].islower() and self.text.endswith("ly"))

    @property
    def is_possessive(self) -> bool:
        """Whether it owns what follows."""
        return _POSSESSIVE.search(self.text) is not None


def tokens(text: str, start: int, stop: int) -> Iterator[Token]:
    """The words and marks of a stretch; the full stop of an abbreviation or initial belongs to its word."""
    for match in _TOKEN.finditer(text, start, stop):
        word, end = match[0], match.end()
        if word[-1] == "." and len(word) > 2 and "." not in word[:-1] and word[:-1].lower() not in words.ABBREVIATED:
            yield Token(word[:-1], match.start(), end - 1)
            yield Token(".", end - 1, end)
        else:
            yield Token(word, match.start(), end)


def is_role(token: Token) -> bool:
    """Whether the word says what somebody is: "minister", "Gov.", "co-founder", "policewoman"."""
    word = token.bare
    return (
        word in words.ROLES
        or word in words.HONORIFICS
        or (len(word) > 8 and word.endswith(("woman", "ologist", "person")))
        or (("-" in word) and word.rsplit("-", 1)[1] in words.ROLES)
    )
