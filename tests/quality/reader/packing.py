"""A question and a window of sentences -> the tokens that the network reads, and back to sentences and characters.

The layout is `[CLS] question [SEP] headline [SEP] sentences [SEP]`, in the special tokens of the model at hand. Reading
and training pack alike. Pure, but for the tokenizer it is given.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Tokens = tuple[list[int], list[tuple[int, int]]]
"""Token ids of a text, and the half-open characters that each token stands for."""

LONGEST_QUESTION = 48  # tokens
LONGEST_HEADLINE = 32
LONGEST_SENTENCE = 120


@dataclass(frozen=True, slots=True)
class Window:
    """Consecutive sentences of one article below its headline: what the reader is shown at once."""

    headline: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Packed:
    """A window as token ids. `places` holds (first token, number of tokens) of each sentence that still fits."""

    ids: list[int]
    kinds: list[int]
    places: list[tuple[int, int]]
    offsets: list[list[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Alphabet:
    """The special tokens of a model. `doubled`: MPNet and RoBERTa put two separators behind the first text."""

    start: int
    separator: int
    padding: int
    doubled: bool


class Packer:
    """Packs windows for one tokenizer; tokens of a sentence are kept, as windows overlap."""

    def __init__(self, tokenize: Callable[[str], Tokens], alphabet: Alphabet, longest: int = 320) -> None:
        self.alphabet = alphabet
        self._tokenize = tokenize
        self._longest = longest
        self._kept: dict[str, Tokens] = {}

    def pack(self, question: str, window: Window) -> Packed:
        """The tokens of question and window, cut at `longest`; a sentence that does not fit whole is cut, too."""
        mark = self.alphabet
        ids = [mark.start, *self._tokens(question)[0][:LONGEST_QUESTION], mark.separator]
        ids += [mark.separator] * mark.doubled
        first = len(ids)
        if window.headline:
            ids += [*self._tokens(window.headline)[0][:LONGEST_HEADLINE], mark.separator]
        places, offsets = [], []
        for sentence in window.sentences:
            tokens, characters = self._tokens(sentence)
            room = min(LONGEST_SENTENCE, self._longest - 1 - len(ids))
            if room < 1:
                break
            places.append((len(ids), len(tokens[:room])))
            offsets.append(characters[:room])
            ids += tokens[:room]
        ids.append(mark.separator)
        return Packed(ids, [0] * first + [1] * (len(ids) - first), places, offsets)

    def _tokens(self, text: str) -> Tokens:
        if text not in self._kept:
            if len(self._kept) > 200_000:
                self._kept.clear()
            self._kept[text] = self._tokenize(text)
        return self._kept[text]


def alphabet_of(tokenizer: Any) -> Alphabet:
    """The special tokens of a Hugging Face tokenizer."""
    doubled = tokenizer("a", "b")["input_ids"].count(tokenizer.sep_token_id) == 3
    return Alphabet(tokenizer.cls_token_id, tokenizer.sep_token_id, tokenizer.pad_token_id, doubled)


def tokenize_with(tokenizer: Any) -> Callable[[str], Tokens]:
    """What a Hugging Face tokenizer makes of a text, without special tokens."""

    def tokenize(text: str) -> Tokens:
        made = tokenizer(text, add_special_tokens=False, return_offsets_mapping=True, verbose=False)
        return made["input_ids"], [tuple(pair) for pair in made["offset_mapping"]]

    return tokenize


def batch(packed: Sequence[Packed], padding: int) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Token ids, token kinds and mask of several windows, each of shape (windows, longest)."""
    longest = max(len(one.ids) for one in packed)
    ids = np.full((len(packed), longest), padding, np.int64)
    kinds = np.zeros((len(packed), longest), np.int64)
    mask = np.zeros((len(packed), longest), np.int64)
    for row, one in enumerate(packed):
        ids[row, : len(one.ids)] = one.ids
        kinds[row, : len(one.ids)] = one.kinds
        mask[row, : len(one.ids)] = 1
    return ids, kinds, mask
