"""Tells furniture from prose, one paragraph at a time.

Called by `paragraphs.py`. Pure. Precision first: prose that is called furniture can never be quoted, so every rule
names a shape that no sentence of reporting has (the phrases are in `furniture_phrases.py`), and what is doubtful is
prose. What somebody is quoted or reported to have said is never furniture, whatever the words.
"""

from __future__ import annotations

import re

from index.clean.furniture_phrases import BEGINNING, PITCHING, READ_ALSO, SOMEWHERE, WHOLE

_LONGEST = 450  # characters; promotion is short, and a long paragraph that mentions a newsletter is reporting

_HOLDER_AND_YEAR = re.compile(
    r"[(\[\s—–-]*(?:©|\(c\) ?|copyright\b[\s©]*(?:\(c\))?)\s*(?:(?-i:[^\W\d_a-z][\w.’'&-]*|by|the|of|"
    r"and) ){0,6}(?:19|20)\d\d|"
    r"© ?[^\W\d_].{1,60}$",
    re.IGNORECASE,
)
_LONGEST_WHOLE = 180
_VIDEO = re.compile(r"\W*(?:video ad|just watched|must watch|.{0,40}javascript)", re.IGNORECASE)
# Somebody says it, so it is reporting.
_SAID = re.compile(
    r"\b(?:said|says|saying|told|tells|asks|asked|urge[ds]?|advise[ds]?|advises|warn(?:s|ed)?|ruled|shouted|"
    r"replied|argued|"
    r"argues|wrote|writes(?! (?:about|for|on|from|the|a)\b)|announced|according to|confirmed|explained|begged|"
    r"promised|insisted|chanted|admitted|"
    r"officials|police|prosecutors|сказал\w*|заявил\w*|сообщил\w*|предупредил\w*|советует|sagten?|erklärten?|"
    r"rief(?:en)?|bat(?:en)?|"
    r"teilte|warnten?|dijo|dijeron|pidió|declaró|afirmó|dit|déclaré|affirmé|disse|ha detto|powiedział\w*|"
    r"zei)\b|قال|قالت|表示|他说|她说",
    re.IGNORECASE,
)
_OPENS_QUOTED = re.compile(r"[(\[\s]*[“\"„«‘「]")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»|„[^“”]*[“”]")
# A headline after the name of what it leads to, without an end: "WATCH: Crowds greet the rowers".
_ANNOUNCED = re.compile(
    r"[(\[►•*▶🌤\s—–-]*(?:photos?|graphics?|videos?|gallery|slideshow|in pictures|watch(?: live| now| below| video)?|"
    r"listen(?: now)?|from the archives?|interactive|podcast|live (?:blog|updates)|bilder|fotos|фото|видео|"
    r"video|galería)"
    r"\s*: .{3,140}(?<![.!?”\"])$",
    re.IGNORECASE,
)
_RELATED = re.compile(r"Related (?:article|story|video|gallery|live-story) [^\W\d_a-z‘“'].{5,160}(?<![.!?”\"])")
_TRAIL = re.compile(
    r"[^\W\d_][\w &'’-]{0,24}(?:\s*[>›»]\s*[^\W\d_][\w &'’-]{0,24}){2,}"
    r"|[^\W\d_]\w*(?: \w+){0,2}(?:\s+\|\s+[^\W\d_]\w*(?: \w+){0,2}){3,}"
)
_ADDRESSED = re.compile(
    r"(?:(?<![\w.])@\w{2,}|[\w.+-]+@[\w-]+\.[\w.]+|https?://(?:www\.)?(?:twitter|x|facebook)\.com/\S+)"
)
_OFFICE = re.compile(
    r"\b(?:reporter|writer|editor|columnist|correspondent|journalist|producer|intern|fellow|covers|contact|"
    r"reach|follow|"
    r"e-?mail|newsletter|writes (?:about|for|on))\b",
    re.IGNORECASE,
)

# "CLASH DASHES:Daytona loses Busch Clash": a link set inside the text; prose has a space after its colon.
LINK = re.compile(
    r"(?:[►▶•]\s?[^:\n]{2,80}\S:[‘'\"“]?[^\W\d_a-z]"
    r"|[‘'\"“]?[^\W_a-zß-ÿ][^.:]{1,80}"
    r"(?:[^\W\d_][!?]?['’\"”]?:(?:[‘'\"“]?[^\W\d_a-z]|\d+[- ][^\W\d_])|\w \d\d?:[‘'\"“]?[^\W\d_a-z]))"
    r"[^\n]{8,200}(?<![.!”\"])"
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_BARE_DATELINE = re.compile(r"(?:[^\W\d_a-z][\w.’'/-]*,? ){0,6}\(?[^\W\d_a-z][\w.’'/-]*\)?,? [—–-]{1,2}")

_NAVIGATION = re.compile(
    r"(?:related(?: \w+)?|most (?:read|popular|viewed)|recommended(?: for you)?|you may also like|more from .{1,30}|"
    r"more on this (?:story|topic)|more stories like this|trending(?: now)?|editors?[’']?s? picks|top stories|"
    r"read next|"
    r"mehr zum thema|auch interessant|weitere artikel|noticias relacionadas|sur le même sujet|читайте также|"
    r"материалы по теме|новости по теме|مواضيع ذات صلة|相关阅读|関連記事)\W*",
    re.IGNORECASE,
)


def is_furniture(paragraph: str) -> bool:
    """Whether a paragraph is promotion, navigation, copyright or another thing that is nobody's reporting."""
    if not any(character.isalnum() for character in paragraph):
        return True
    if len(paragraph) > _LONGEST:
        return False
    if _is_whole(paragraph) or _is_link(paragraph):
        return True
    if _OPENS_QUOTED.match(paragraph):
        return False
    unquoted = _QUOTED.sub(" ", paragraph)
    return _promotes(unquoted) and not _SAID.search(unquoted)


def _is_link(paragraph: str) -> bool:
    """Whether a line leads to another article: its headline, without an end, after what announces it."""
    if _ADDRESS.fullmatch(paragraph) or LINK.fullmatch(paragraph) or _ANNOUNCED.match(paragraph):
        return True
    ended = paragraph.rstrip().endswith((".", "!", "”", '"', "。"))
    return _RELATED.fullmatch(paragraph) is not None or (not ended and READ_ALSO.fullmatch(paragraph) is not None)


def _is_whole(paragraph: str) -> bool:
    """Whether a line is nothing but one phrase of furniture, or several with strokes between."""
    if len(paragraph) > _LONGEST_WHOLE and not _VIDEO.match(paragraph):
        return False
    if is_bare_dateline(paragraph) or WHOLE.fullmatch(paragraph) or _TRAIL.fullmatch(paragraph):
        return True
    parts = paragraph.split(" | ")
    return len(parts) > 1 and all(WHOLE.fullmatch(part) for part in parts)


def is_bare_dateline(paragraph: str) -> bool:
    """Whether a paragraph is only a dateline that a page broke off its sentence ("London CNN —")."""
    return len(paragraph) < 70 and _BARE_DATELINE.fullmatch(paragraph) is not None


def is_navigation_title(paragraph: str) -> bool:
    """Whether a line announces a list of links."""
    return _NAVIGATION.fullmatch(paragraph) is not None


def _promotes(paragraph: str) -> bool:
    """A pitch, an imprint or a way to reach somebody, where nobody is quoted."""
    if BEGINNING.match(paragraph) or READ_ALSO.fullmatch(paragraph) or _HOLDER_AND_YEAR.match(paragraph):
        return True
    lowered = paragraph.lower()
    if any(word in lowered for word in PITCHING) and SOMEWHERE.search(paragraph):
        return True
    if "@" not in paragraph and ".com/" not in paragraph:
        return False
    reached = [match.end() for match in _ADDRESSED.finditer(paragraph)]
    return bool(reached) and len(paragraph) - reached[-1] < 20 and _OFFICE.search(paragraph) is not None
