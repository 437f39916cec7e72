"""Words of another direction inside a sentence, set apart so that each reads as it should: bidirectional isolates.

Called by the catalogues of languages written from right to left. Telegram delivers isolates as they are, while it drops
the older embeddings (U+202A to U+202E). Nothing is ever set inside a quote. Pure.
"""

from __future__ import annotations

import re

FIRST_STRONG, LEFT_TO_RIGHT, END = "\u2068", "\u2066", "\u2069"
RIGHT_TO_LEFT_MARK = "\u200f"
"""At the start of a line: it runs from right to left, whatever comes first in it."""

_HANDLE = re.compile(r"@\{(\w+)\}")
# A command, a handle, Latin words behind one another. Placeholders are matched first: their names are left alone.
_WORD = r"(?:@\{\w+\}|[/@]?[A-Za-z][A-Za-z0-9_-]*)"
_STRETCH = re.compile(rf"\{{\w+\}}|(?P<words>{_WORD}(?: {_WORD})*)", re.ASCII)


def isolate(words: str) -> str:
    """`words` in the direction that their own first letter has, without any bearing on what stands around them."""
    return f"{FIRST_STRONG}{words}{END}" if words else words


def set_apart(sentence: str) -> str:
    """A sentence of a right-to-left language with its commands, handles and Latin words each reading left to right.

    The sentence may hold placeholders; what is put in for them is for `isolate`, but for those of `handles`.
    """

    def apart(match: re.Match[str]) -> str:
        return f"{LEFT_TO_RIGHT}{match.group()}{END}" if match["words"] else match.group()

    return _STRETCH.sub(apart, sentence)


def handles(sentence: str) -> frozenset[str]:
    """The placeholders that are part of a handle ("@{bot}"): a sign before the name would break it."""
    return frozenset(_HANDLE.findall(sentence))
