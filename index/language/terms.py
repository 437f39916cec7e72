"""Text to search terms, by language: the same function for articles and for questions, so that they meet.

Called when an article is stored (`terms`) and when a question is read (`question_terms`). It must not know of stores,
indexes or ranking. Terms are runs of letters and digits, so they can be joined by spaces for a full-text table:

- case, diacritics, width, Arabic letter forms, possessives and English contractions are folded, then the Snowball
  stemmer of the language is applied. Folding comes first, so a question typed without accents finds the same terms;
- Han, kana, Hangul and the scripts of South-East Asia, which put no spaces between words, become bigrams;
- "U.S.", "US" and "USA" are `usa`; the pronoun stays `us`. Dotted acronyms lose their dots;
- "1,200" is `1200`, "1.2" and "1,2" are `1d2` (three digits behind a separator make thousands), "4th" is `4`,
  "F-16" is `f16`; other hyphenated words give their parts.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from typing import Literal

import Stemmer

from index.language.folding import alnum
from index.language.folding import fold as fold
from index.language.rarity import idf, number_idf
from index.language.stopwords import stopwords

VERSION = "1"

Kind = Literal["word", "name", "number", "stop"]


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a question: `question[start:end] == surface`; `term` is what the index holds.

    `idf_background` is how rare the word is in general text (see `background_idf`); 0 is a word found everywhere.
    """

    term: str
    surface: str
    start: int
    end: int
    kind: Kind
    idf_background: float


_SNOWBALL = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "et": "estonian", "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi",
    "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian", "nb": "norwegian",
    "ne": "nepali", "nl": "dutch", "nn": "norwegian", "no": "norwegian", "pl": "polish", "pt": "portuguese",
    "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish",
    "yi": "yiddish",
}  # fmt: skip

# Scripts without spaces between words: kana, Han, Hangul, Thai, Lao, Myanmar, Khmer.
_DENSE = (
    r"\u3005-\u3007\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    r"\U00020000-\U0003134f\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3\uff66-\uff9f"
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
)
# What stands inside words without being a letter: combining marks of the scripts in use, soft hyphen, joiners.
_MARKS = (
    r"\u00ad\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f"
    r"\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0900-\u0903\u093a-\u093c\u093e-\u094f\u0951-\u0957"
    r"\u0962\u0963\u0981-\u0983\u09bc-\u09cd\u0a01-\u0a03\u0a3c-\u0a4d\u0a81-\u0a83\u0abc-\u0acd\u0b01-\u0b03\u0b3c-\u0b4d"
    r"\u0b82\u0bbe-\u0bcd\u0c00-\u0c03\u0c3e-\u0c4d\u0c81-\u0c83\u0cbc-\u0ccd\u0d00-\u0d03\u0d3e-\u0d4d\u200c\u200d"
)
_APOSTROPHE = "'’ʼ‘`´＇"
_LETTER = rf"[^\W_{_DENSE}]"
_WORD = rf"{_LETTER}++(?:[{_MARKS}]++{_LETTER}*+)*+"
_DIGITS = r"\d++(?:[.,٫٬\u00a0\u202f]\d++)++"  # 1,200  3.5
_SEPARATED = re.compile(_DIGITS)
_TOKEN = re.compile(
    rf"[^\W\d_ßÆæŒœÞþ](?:\.[^\W\d_ßÆæŒœÞþ])++(?!\w)\.?+(?:[{_APOSTROPHE}]s\b)?+"  # U.S., U.N.'s
    rf"|{_DIGITS}"
    r"|(?<![\w-])[^\W\d_]{1,2}-\d++(?:s\b)?+(?!\w|-\w)"  # F-16, F-16s, MH-17
    rf"|{_WORD}(?:[{_APOSTROPHE}]{_WORD})*+"
    rf"|[{_DENSE}]++"
)
_IS_DENSE = re.compile(rf"[{_DENSE}]")
_ENDED_NUMBER = re.compile(r"(\d+)(?:st|nd|rd|th)|([^\W\d_]{1,2}\d+)s")  # 4th, F-16s
_THOUSANDS = re.compile(r"([1-9]\d{0,2}(?:([.,٬\u00a0\u202f])\d{3})(?:\2\d{3})*)(?:[.,٫](\d+))?")
_ENCLITIC = re.compile(rf"[{_APOSTROPHE}](?:s|ll|re|ve|d|m)$")
_ELISION = re.compile(rf"(?:[cdjlmnst]|qu|dell|nell|all|sull|dall|un)[{_APOSTROPHE}](?=\w)")
_ELIDING = frozenset({"fr", "it", "ca"})
# Endings that a stemmer knows only as they are written in full: Spanish -ían, Arabic ta marbuta.
_RESTORED = {
    "es": (re.compile(r"(?<=[aei]r)i(?=(?:as|amos|ais|an)$)|(?<=[bcdfghjklmnpqrstvz])i(?=(?:amos|ais|an)$)"), "í"),
    "ar": (re.compile(r"(?<=\w\w)ه$"), "ة"),
}
# Acronyms that would fall together with a pronoun.
_ACRONYMS = {"US": "usa", "USA": "usa", "WHO": "whoacronym"}
_SPECIAL = frozenset(_ACRONYMS.values())


class _Analyser(dict[str, tuple[str, ...]]):
    """The terms of each token of one language, kept as they are met. Safe between threads."""

    LIMIT = 400_000  # surface forms; a 30 MB archive has about half of that

    def __init__(self, lang: str) -> None:
        super().__init__()
        self.lang = lang
        self._local = threading.local()  # a Snowball stemmer must not be shared

    def __missing__(self, token: str) -> tuple[str, ...]:
        found = self._analyse(token)
        if len(token) <= 40 and not _IS_DENSE.match(token):
            if len(self) >= self.LIMIT:
                self.clear()
            self[token] = found
        return found

    def _analyse(self, token: str) -> tuple[str, ...]:
        if _IS_DENSE.match(token):
            return tuple(bigram for bigram, _, _ in _bigrams(token))
        if special := _ACRONYMS.get(_plain(token)):
            return (special,)
        if _SEPARATED.fullmatch(token):
            return _number(token)
        return tuple(self._words(token))

    def _words(self, token: str) -> Iterator[str]:
        folded = _ENCLITIC.sub("", fold(token))
        if self.lang in _ELIDING and (elided := _ELISION.match(folded)):
            yield from filter(None, (alnum(elided.group()),))
            folded = folded[elided.end() :]
        word = alnum(folded)
        if ended := _ENDED_NUMBER.fullmatch(word):
            word = ended.group(1) or ended.group(2)
        if word in _SPECIAL:
            yield word
        elif word:
            yield word if any(map(str.isdecimal, word)) or "." in token else self._stem(word)

    def _stem(self, word: str) -> str:
        if self.lang not in _SNOWBALL:
            return word
        if not hasattr(self._local, "stemmer"):
            self._local.stemmer = Stemmer.Stemmer(_SNOWBALL[self.lang], 0)
        if self.lang in _RESTORED:
            pattern, ending = _RESTORED[self.lang]
            word = pattern.sub(ending, word)
        return alnum(fold(self._local.stemmer.stemWord(word))) or word


def _plain(token: str) -> str:
    """An acronym without dots and possessive."""
    return _ENCLITIC.sub("", token).replace(".", "")


def _number(token: str) -> tuple[str, ...]:
    """Digits with separators inside: thousands joined, one decimal mark written "d", anything else in parts."""
    if thousands := _THOUSANDS.fullmatch(token):
        whole, fraction = re.sub(r"\D", "", thousands.group(1)), thousands.group(3)
        return (fold(f"{whole}d{fraction}" if fraction else whole),)
    parts = fold(re.sub(r"\D", " ", token)).split()
    if len(parts) == 2 and not re.search(r"\s", token):
        return (f"{parts[0]}d{parts[1]}",)
    return tuple(parts)


def _bigrams(run: str) -> Iterator[tuple[str, int, int]]:
    """Overlapping pairs of a run of a script without spaces, with their offsets; a lone character by itself."""
    composed = unicodedata.normalize("NFC", run)
    if composed != run:  # loose jamo or sound marks: the places inside the run are lost, the run's own stays
        yield from ((pair, 0, len(run)) for pair, _, _ in _bigrams(composed))
        return
    chars = [(folded, i) for i, char in enumerate(run) if (folded := alnum(fold(char)))]
    if len(chars) == 1:
        yield chars[0][0], 0, len(run)
    for (left, i), (right, j) in pairwise(chars):
        yield left + right, i, j + 1


@lru_cache(maxsize=64)
def _analyser(lang: str) -> _Analyser:
    return _Analyser(lang)


def _readable(text: str) -> str:
    """`text` with underscores as gaps; in a text all in capitals WHO is the question word. Offsets do not move."""
    if "_" in text:
        text = text.replace("_", " ")
    return text.replace("WHO", "who") if text.isupper() and " " in text.strip() else text


def terms(text: str, lang: str) -> list[str]:
    """The search terms of `text` in order, stop words too. `lang` is ISO 639-1; "und" and others: folded words."""
    return list(chain.from_iterable(map(_analyser(lang).__getitem__, _TOKEN.findall(_readable(text)))))


@lru_cache(maxsize=50_000)  # names recur from article to article
def stem(word: str, lang: str) -> str:
    """The term of a single word; "" where it has no letter or digit."""
    return "".join(terms(word, lang)[:1])


# --- questions -------------------------------------------------------------------------------------------------------


def question_terms(text: str, lang: str) -> tuple[Term, ...]:
    """The terms of a question with their places, kinds and background rarity. `terms(text, lang)` in the same order.

    A name is a word with a capital that its place does not explain, an acronym, or, where capitals tell nothing (a
    question all in small letters, in capitals or in title case), a word rare in general text. German, where every
    noun has a capital, also wants rarity.
    """
    tokens = list(_tokens(text, lang))
    capitals_tell = _capitals_tell([text[start:end] for _, start, end in tokens])
    found = []
    for i, (term, start, end) in enumerate(tokens):
        surface = text[start:end]
        opens = i == 0 or bool(re.search(r"[.!?:\n\"“„«¿¡]\s*$", text[tokens[i - 1][2] : start]))
        kind = _kind(term, surface, lang, opens=opens, capitals_tell=capitals_tell)
        found.append(Term(term, surface, start, end, kind, background_idf(surface, lang)))
    return tuple(found)


def _tokens(text: str, lang: str) -> Iterator[tuple[str, int, int]]:
    analyser = _analyser(lang)
    for match in _TOKEN.finditer(_readable(text)):
        token, start = match.group(), match.start()
        if _IS_DENSE.match(token):
            yield from ((term, start + i, start + j) for term, i, j in _bigrams(token))
        else:
            yield from ((term, start, match.end()) for term in analyser[token])


def _capitals_tell(surfaces: list[str]) -> bool:
    words = [surface for surface in surfaces if surface[0].isalpha() and surface[0].lower() != surface[0].upper()]
    capitals = sum(surface[0].isupper() for surface in words[1:])
    return 0 < capitals < 0.7 * len(words)


RARE = 7.0  # in about one passage of a thousand, or rarer
_ARTICLES = frozenset({"al", "el", "ul", "ibn", "bin"})  # of Arabic names: al-Assad is found by Assad
_CALENDAR = frozenset(
    {
        *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october"),
        *("november", "december", "januar", "februar", "marz", "mai", "juni", "juli", "oktober", "dezember"),
        *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        *("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag"),
    }
)


def _kind(term: str, surface: str, lang: str, *, opens: bool, capitals_tell: bool) -> Kind:
    word = alnum(_ENCLITIC.sub("", fold(surface)))
    if term[0].isdecimal():
        return "number"
    if term in _SPECIAL:
        return "name"
    if word in stopwords(lang) or word in _ARTICLES:
        return "word" if surface == "May" and not opens else "stop"
    if word in _CALENDAR or _IS_DENSE.match(surface) or not word[:1].isalpha():
        return "word"
    return "name" if _looks_like_name(surface, lang, opens=opens, capitals_tell=capitals_tell) else "word"


def _looks_like_name(surface: str, lang: str, *, opens: bool, capitals_tell: bool) -> bool:
    rarity = background_idf(surface, lang)
    if not capitals_tell:
        return rarity >= RARE
    if not surface[0].isupper():
        return False
    acronym = len(surface) > 1 and surface.replace(".", "").isupper()
    if lang == "de" and not acronym:
        return rarity >= RARE - 2
    return acronym or not opens or rarity >= RARE


# --- background rarity -----------------------------------------------------------------------------------------------


_UNKNOWN = 5e-9  # of a word that even the large lists (down to 1e-8) do not have
_UNKNOWN_SMALL = 5e-7  # where there is only a small list (down to 1e-6)
_UNLISTED = 5e-6  # for a language without any list: every word is middling


@lru_cache(maxsize=16)
def _frequencies(lang: str) -> tuple[Mapping[str, float], float]:
    """Word -> share of all words in general text, and the share to assume for a word not listed."""
    from wordfreq import available_languages, get_frequency_dict  # 0.1 s, only for questions

    lang = {"und": "en", "no": "nb", "nn": "nb", "sr": "sh", "hr": "sh", "bs": "sh"}.get(lang, lang)
    if lang in available_languages("large"):
        return get_frequency_dict(lang, "large"), _UNKNOWN
    if lang in available_languages("small"):
        return get_frequency_dict(lang, "small"), _UNKNOWN_SMALL
    return {}, _UNLISTED


@lru_cache(maxsize=50_000)
def background_idf(surface: str, lang: str) -> float:
    """How rare a word is in general text, in nats: 0 in every passage, about 14 for a word that no list knows.

    `-ln(1 - exp(-200 f))`, where f is the word's share of general text (wordfreq): the negative logarithm of the
    chance that a passage of 200 words holds it. The commoner of the word as written and its stem counts, because an
    index holds stems. Numbers: a year or a small number is middling, a long one rare.
    """
    word = unicodedata.normalize("NFC", _ENCLITIC.sub("", surface.casefold()))
    if any(map(str.isdecimal, word)):
        return number_idf(word)
    forms = {"usa"} if _plain(surface) in _ACRONYMS else {word, fold(word), alnum(fold(word)), stem(surface, lang)}
    table, unknown = _frequencies(lang)
    common = max(table.get(form, 0.0) for form in forms)
    if not common and _IS_DENSE.match(word) and len(word) == 2:  # a pair that only chance brings together
        common = table.get(word[0], unknown) * table.get(word[1], unknown)
    return idf(max(common, unknown))


def word_share(word: str, lang: str) -> float:
    """The share of `word` in general text; 0.0 where a large list does not have it, -1.0 where that tells nothing."""
    table, unknown = _frequencies(lang)
    return max(table.get(form, 0.0) for form in (word.casefold(), fold(word))) or (0.0 if unknown == _UNKNOWN else -1.0)
