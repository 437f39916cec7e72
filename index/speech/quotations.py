"""Where quotation marks open and close, and which sentences may not open or close a quote alone.

Called by speech (who speaks inside the marks) and by the quoting code. Pure; knows text only.
"""

from __future__ import annotations

import re

from index.datatypes import Span

_BLANK_LINE = re.compile(r"\n\s*\n")
# The marks that may close what each mark opens. German closes „ with “ or ”; » opens in German, closes elsewhere.
_CLOSERS = {"“": '”"', "„": '“”"', "«": "»", "»": "«", "「": "」", "『": "』", '"': '"”', "”": "”"}
_BRACKETS = {"(": ")", "[": "]", "（": "）"}
_BRITISH = re.compile(r"(?:(?<=\s)|(?<=^)|(?<=[(—–]))[‘'](?=\w)(.*?[,.!?…])[’'](?=[\s)—–,.]|$)", re.DOTALL)
_DASH_SPEECH = re.compile(r"[—–-]\s?(\w[^—–]*?[,.!?…])\s?[—–]\s?(?=[^\W\d_])")
_MARKS = frozenset(_CLOSERS) | frozenset("".join(_CLOSERS.values()))


def quotations(text: str, within: Span | None = None) -> list[Span]:
    """The quoted stretches, marks included, in order, that begin in `within` (the whole text by default).

    A mark that is never closed runs to the end of its paragraph, as news prints a quotation that goes on in the next
    one. Single marks count only where a paragraph has no double ones and the words end in a stop.
    """
    area = within or (Span(0, len(text)) if text else None)
    if area is None:
        return []
    found: list[Span] = []
    edges = [area.start, *(gap for match in _BLANK_LINE.finditer(text, area.start, area.end) for gap in match.span())]
    for start, end in zip(edges[::2], [*edges[1::2], area.end], strict=True):
        found.extend(_in_paragraph(text, start, end) or _without_double_marks(text, start, end))
    return found


def balanced(text: str) -> bool:
    """Whether every double quotation mark and bracket that opens in `text` closes there, and the other way round.

    A quotation over several paragraphs opens with each of them and closes once.
    """
    expected: list[str] = []
    for at, mark in enumerate(text):
        if expected and mark in expected[-1]:
            expected.pop()
        elif mark in _BRACKETS:
            expected.append(_BRACKETS[mark])
        elif mark in ")]）":
            if not _NUMBERED.search(text[:at]):
                return False
        elif mark in _MARKS and not _is_inch(text, at):
            if mark not in _CLOSERS or not _opens(text, at):
                return False
            if expected and expected[-1] == _CLOSERS[mark] and _BLANK_LINE.search(text[:at][-3:]):
                continue  # a quotation that goes on opens again with each paragraph
            expected.append(_CLOSERS[mark])
    return not expected


_NUMBERED = re.compile(r"(?:^|\s)(?:\d{1,2}|[a-zA-Z])$")


def opens_dependent(sentence: str, lang: str) -> bool:
    """Whether a quote that opens with this sentence would mislead or puzzle, so that the sentence before is needed.

    True for an opening pronoun, "But", "The move", "The company said". Languages without a list: False.
    """
    pattern = _DEPENDENT.get(lang) or (_DEPENDENT["en"] if lang == "und" else None)
    return pattern is not None and pattern.match(sentence.lstrip(" \t\n“\"„«»‘'([—–-")) is not None


_NOUNS = (
    "move|moves|decision|decisions|group|company|firm|ministry|agency|incident|attack|announcement|report|statement|"
    "plan|proposal|deal|agreement|meeting|bill|measure|law|ruling|verdict|vote|talks|trial|case|film|book|song|show|"
    "team|club|pair|duo|couple|trio|man|woman|boy|girl|suspect|suspects|victim|victims|former|latter|two|three|"
    "change|changes|result|results|figure|figures|number|increase|decrease|rise|drop|comments|remarks|comment|remark|"
    "order|visit|trip|call|letter|document|documents|investigation|study|researchers|authors|event|ceremony|award|"
    "game|match|win|loss|victory|defeat|storm|hurricane|fire|blaze|crash|shooting|explosion|strike|protest|protests|"
    "school|patient|patients|jurors|drama|series|hearing|search|raid|arrest|gunman|shooter|driver|officers|family|sale|"
    "merger|lawsuit|suit|charges|sentence|ban|eruption|quake|earthquake|tornado|spokesman|spokeswoman|spokesperson|"
    "idea|latest|same|other|others|program|project|policy|service|site|facility|organization|organisation|committee|"
    "panel|court|judge|jury|airline|bank|store|brand|product|drug|vaccine|virus|disease|outbreak|list|tour|album"
)
_DEPENDENT = {
    "en": re.compile(
        r"(?:(?:He|She|They|It|His|Her|Hers|Their|Its|This|That|These|Those|Such|Both|Neither|Either|Others|Another|"
        r"But|And|Or|So|Yet|However|Instead|Meanwhile|Moreover|Furthermore|Nevertheless|Nonetheless|Therefore|Thus|"
        r"Still|Otherwise|Also|Besides|Then|Afterwards?|Later|Earlier|Here|There|Him|Them|Because|Which|Who|Again|"
        r"For example|For instance|In addition|As a result|By contrast|In contrast|On the other hand|Even so|"
        r"Indeed|At the same time|At that time|At the time|In response|Similarly|Likewise|Consequently|Hence)\b"
        r"|The \d+-year-old(?=[,’'”]| (?:had|has|was|is|said|says|told|will|would|could|did|also|who|from|won|lost)\b)"
        rf"|The (?:\w+ )?(?:{_NOUNS})\b(?!['’]s \w+,| of | [A-Z]))"
    ),
    "de": re.compile(
        r"(?:Er|Sie|Es|Ihr|Ihre|Sein|Seine|Dies|Diese|Dieser|Dieses|Das|Aber|Doch|Und|Jedoch|Dennoch|Allerdings|"
        r"Stattdessen|Außerdem|Dabei|Damit|Daher|Deshalb|Dort|Danach|Zudem|Auch)\b"
    ),
    "es": re.compile(
        r"(?:Él|Ella|Ellos|Ellas|Esto|Este|Esta|Estos|Estas|Eso|Ese|Esa|Su|Sus|Pero|Y|Sin embargo|Además|Por eso|"
        r"También|Así|Mientras tanto|En cambio|Allí|Entonces)\b"
    ),
    "fr": re.compile(
        r"(?:Il|Elle|Ils|Elles|Ce|Cela|Cette|Ces|Cet|Son|Sa|Ses|Mais|Et|Cependant|Pourtant|Ainsi|Aussi)\b"
    ),
    "ru": re.compile(r"(?:Он|Она|Они|Оно|Это|Этот|Эта|Эти|Его|Её|Ее|Их|Но|И|А|Однако|Также|Кроме того|При этом|Там)\b"),
}


def _in_paragraph(text: str, start: int, end: int) -> list[Span]:
    found: list[Span] = []
    opened: int | None = None
    for at in range(start, end):
        mark = text[at]
        if mark not in _MARKS or _is_inch(text, at, inside=opened is not None):
            continue
        if opened is None:
            if mark in _CLOSERS and _opens(text, at):
                opened = at
        elif mark in _CLOSERS[text[opened]] and not (mark == '"' and _only_opens(text, at, end)):
            found.append(Span(opened, at + 1))
            opened = None
        elif mark == text[opened] and _opens(text, at) and mark != '"':  # the one before was never closed
            found.append(Span(opened, at))
            opened = at
    if opened is not None and end - opened > 1:
        found.append(Span(opened, end))
    return found


def _opens(text: str, at: int) -> bool:
    """Whether the mark stands where one opens: words follow, and it is not stuck to a word before it."""
    if at + 1 >= len(text) or (text[at] in '"”' and text[at + 1].isspace()):
        return False
    if text[at] in "“„«「『":
        return True
    return at == 0 or not (text[at - 1].isalnum() or text[at - 1] in ".,!?…")


def _only_opens(text: str, at: int, end: int) -> bool:
    """Whether a straight mark can only open: white space before, a letter after."""
    return at > 0 and text[at - 1].isspace() and at + 1 < end and text[at + 1].isalnum()


def _is_inch(text: str, at: int, *, inside: bool = False) -> bool:
    """Whether a straight mark measures inches: 6'5" tall."""
    return (
        text[at] == '"'
        and at > 0
        and text[at - 1].isdigit()
        and (not inside or re.search(r"\d['’]\d+$", text[max(0, at - 6) : at]) is not None)
    )


def _without_double_marks(text: str, start: int, end: int) -> list[Span]:
    """British single marks, or a paragraph of direct speech behind a dash (Russian, Spanish)."""
    single = [Span(match.start(), match.end()) for match in _BRITISH.finditer(text, start, end)]
    if single:
        return single
    dashed = _DASH_SPEECH.match(text, start, end)
    return [Span(start, dashed.end(1))] if dashed else []
