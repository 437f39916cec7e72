"""The words of an archive, found by how they are spelled.

`index/question/spelling_variants.py` looks up here what a word of a question may have been meant as. The rows come from
whoever holds the archive; the tables are made for one initial letter at a time, when a question first needs it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

from index.language.folding import fold

SHORTEST = 5  # letters of a word in which a slip of the keys can be recognised

_VOWELS = "aeiou"


def _rules(*pairs: tuple[str, str]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), replacement) for pattern, replacement in pairs)


# Endings that only transliteration from Cyrillic has in several forms: equal under these, two words are one name.
_ENDINGS = _rules(
    (r"sk(?:i[iyj]?|y[iyj]?)$", "ski"),  # Zelenskyy, Zelenskiy
    (r"(?:[iy][yj]|ii)$", "i"),  # Oleksiy, Oleksii
    (r"[wv][iy](?:tsch|tch|ch|c)$", "vich"),  # Janukowitsch, Yanukovych
    (r"(?<=[oe])(?:w|ff?)$", "v"),  # Lawrow, Romanoff
)
# What else differs between transliterations, but also between the names of two people (Klein, Klain).
_SOUNDS = _rules(
    (r"oo|ou", "u"),  # Houthi, Huthi
    (r"ee", "i"),  # Saleem, Salim
    (r"w(?=\w*(?:ov|ev|ova|eva|ski|vich)$)", "v"),  # Lawrow, Lavrov
    (r"(.)\1+", r"\1"),  # Assad, Asad
    (r"y$", "i"),
    (r"[ea][iyj]", "ai"),  # Hussein, Husayn
    (r"q", "k"),  # Qatar, Katar
    (r"gh(?=[aeiou])", "g"),  # Afghan, Afgan
    (r"ah$", "a"),  # Raqqah, Raqqa
    (rf"(?<=[^{_VOWELS}])y(?=[^{_VOWELS}])", "i"),  # Tymoshenko, Timoshenko
    (rf"(?<=[^{_VOWELS}])[yj](?=[aou])", "i"),
    (r"i[yj]a", "ia"),  # Mariya, Marija, Maria
)


def spelling_key(word: str, *, sounds: bool = True) -> str:
    """What transliterations of a name share; "" for a short word. Without `sounds` only the endings are levelled."""
    key = letters(word)
    for pattern, replacement in (*_ENDINGS, *_SOUNDS) if sounds else _ENDINGS:
        key = pattern.sub(replacement, key)
    return key if len(key) >= 4 else ""


def letters(word: str) -> str:
    """The folded letters and digits of a word, without possessive."""
    return "".join(filter(str.isalnum, re.sub(r"['’]s$", "", fold(word))))


# Initials that transliteration exchanges; words are tabled under the one the spelling key has.
_INITIALS = {"q": "k", "w": "v"}


class Vocabulary:
    """The words of an archive: rows of (term, the form it is mostly written in, number of passages or articles).

    Built once for each state of the archive; may be shared between threads.
    """

    def __init__(self, rows: Iterable[tuple[str, str, int]]) -> None:
        self._rows = {term: (surface, documents) for term, surface, documents in rows if documents > 0}
        self._keys: dict[str, dict[str, list[str]]] = {}
        self._shapes: dict[str, dict[int, tuple[list[str], list[str]]]] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def terms(self) -> Iterable[str]:
        """Every term of the archive."""
        return self._rows.keys()

    def documents(self, term: str) -> int:
        """In how many documents `term` stands; for terms joined by spaces, the rarest of them."""
        return min((self._rows.get(part, ("", 0))[1] for part in term.split()), default=0)

    def surface(self, term: str) -> str:
        """The form in which `term` is mostly written; the term itself where the archive does not have it."""
        return self._rows.get(term, (term, 0))[0]

    def spelled_like(self, word: str) -> Sequence[str]:
        """The terms of capitalised words that have the spelling key of `word`."""
        key = spelling_key(word)
        if not key:
            return ()
        initial = _INITIALS.get(key[0], key[0])
        if initial not in self._keys:
            self._keys[initial] = self._key_table(initial)
        return self._keys[initial].get(key, ())

    def near(self, word: str, distance: int = 1) -> list[str]:
        """The terms written within `distance` slips (insert, drop, change, swap) of the folded `word`, same initial."""
        if word[0] not in self._shapes:
            self._shapes[word[0]] = self._shape_table(word[0])
        found = []
        for length in range(len(word) - distance, len(word) + distance + 1):
            forms, terms = self._shapes[word[0]].get(length, ((), ()))
            hits = process.extract(word, forms, scorer=OSA.distance, score_cutoff=distance, limit=8, processor=None)
            found += [terms[i] for _, _, i in hits]
        return found

    @cached_property
    def _by_initial(self) -> dict[str, list[str]]:
        """The terms by the folded first letter of their surface."""
        table: dict[str, list[str]] = defaultdict(list)
        initials: dict[str, str] = {}
        for term, (surface, _) in self._rows.items():
            char = surface[:1]
            if char not in initials:
                initials[char] = fold(char)[:1]
            table[initials[char]].append(term)
        return dict(table)

    def _key_table(self, initial: str) -> dict[str, list[str]]:
        table: dict[str, list[str]] = defaultdict(list)
        for letter in (initial, *(other for other, same in _INITIALS.items() if same == initial)):
            for term in self._by_initial.get(letter, ()):
                surface = self._rows[term][0]
                if surface[:1].isupper() and len(surface) > 3 and "." not in surface and (key := spelling_key(surface)):
                    table[key].append(term)
        return dict(table)

    def _shape_table(self, initial: str) -> dict[int, tuple[list[str], list[str]]]:
        table: dict[int, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
        for term in self._by_initial.get(initial, ()):
            surface = self._rows[term][0]
            form = surface if surface.isascii() and surface.islower() else letters(surface)
            if len(form) >= SHORTEST - 1 and form.isalpha():
                forms, terms = table[len(form)]
                forms.append(form)
                terms.append(term)
        return dict(table)
