"""Sentences that take back or deny the one before them, so that neither is emphasised without the other.

Called by the quoting code. Pure; a few languages, and no guess in the others.
"""

from __future__ import annotations

import re

_MARKS = " \t\n\"“”„«»‘'([—–-"


def takes_back(sentence: str, lang: str) -> bool:
    """Whether a sentence says of the one before that it did not happen or is not true.

    >>> takes_back("It never happened.", "en"), takes_back("It never rains here.", "en")
    (True, False)
    """
    return _matches(_TAKES_BACK, sentence, lang)


def denies(sentence: str, lang: str) -> bool:
    """Whether a sentence opens with somebody who denies something: "Kern has denied any part in it."

    >>> denies("Kern has repeatedly denied any part in it.", "en"), denies("Kern denied himself nothing.", "en")
    (True, False)
    """
    return _matches(_DENIES, sentence, lang)


def _matches(patterns: dict[str, re.Pattern[str]], sentence: str, lang: str) -> bool:
    pattern = patterns.get("en" if lang == "und" else lang)
    return pattern is not None and pattern.match(sentence.lstrip(_MARKS)) is not None


_NAME = r"[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){0,3}"
_ASSERTED = r"(?:claim|report|allegation|accusation|rumou?r|charge|suggestion|account|story|message)s?"
_TAKES_BACK = {
    "en": re.compile(
        r"(?:But |Yet |However, |In fact,? |Later,? )?(?:"
        rf"(?:it|that|this|they|none of (?:it|this|that|them)|(?:the|that|this|those|these|such) (?:\w+ )?{_ASSERTED})"
        r"(?: (?:has|have|had|did|do|does|is|was|were|are|later|also|since|simply))*(?:"
        r" never (?:happened|came (?:about|true|to pass)|materiali[sz]ed|occurred|took place|existed)"
        r"|(?: not|n['’]t) (?:happen(?:ed)?|materiali[sz]ed?|occur(?:red)?|take place|exist|so[.,]|"
        r"(?:come )?true|the case|correct|accurate)"
        r"|(?: turned out to be| proved(?: to be)?| entirely| completely)? "
        r"(?:false|untrue|not true|a hoax|a lie|fabricated|baseless|unfounded|an invention|retracted))\b"
        r"|(?:he|she|they|it) (?:later |has |have |since |also |flatly |strongly |repeatedly )*"
        r"(?:denied|denies|deny|rejected|retracted|dismissed) "
        rf"(?:it|this|that|them|(?:the|those|these) {_ASSERTED}|any wrongdoing|doing so|having)\b)",
        re.I,
    ),
    "de": re.compile(
        r"(?:Doch |Aber )?(?:(?:das|dies|es|die (?:Meldung|Behauptung|Nachricht)(?:en)?) (?:\w+ ){0,2}?"
        r"(?:stimmt(?: \w+)? nicht|nicht (?:wahr|richtig)|falsch|erfunden|nie geschehen|nicht geschehen|unwahr)[.,]"
        r"|(?:das|dies|es) stimmt(?: \w+)? nicht\b|dazu kam es (?:nie|nicht)\b|daran ist nichts wahr\b)",
        re.I,
    ),
    "es": re.compile(
        r"(?:Pero )?(?:(?:eso|esto|aquello|la (?:noticia|afirmación)|el rumor) )?"
        r"(?:no (?:es|era|fue) (?:cierto|verdad|así)|(?:nunca|no) (?:ocurrió|sucedió|pasó)|"
        r"es (?:falso|mentira|un rumor))\b",
        re.I,
    ),
}
_DENIES = {
    "en": re.compile(
        rf"{_NAME} (?:has |have |had |also |later |since |flatly |strongly |repeatedly |consistently |always )*"
        r"(?:denied|denies|deny|disputes?|disputed|rejects?|rejected) "
        r"(?:it|this|that|them|any|all|involvement|wrongdoing|having|doing|"
        rf"(?:the|those|these|such) (?:\w+ )?{_ASSERTED})\b"
    ),
    "de": re.compile(rf"{_NAME} (?:bestreitet|bestritt|dementierte|dementiert) \w+"),
    "es": re.compile(rf"{_NAME} (?:ha )?(?:niega|negó|negado|desmiente|desmintió|desmentido)\b"),
}
