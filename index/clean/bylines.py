"""Names of authors as printed: from bylines ("By A and B, Reuters") and credit lines ("A reported from X").

Called by `article.py` and `paragraphs.py`. Pure. A name is never completed or corrected.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

AGENCIES = (
    *("AP", "Associated Press", "The Associated Press", "Reuters", "AFP", "Agence France-Presse", "dpa", "DPA"),
    *("TASS", "Tass", "ITAR-TASS", "UPI", "Xinhua", "EFE", "ANSA", "PA", "PA Media", "Kyodo", "Kyodo News", "Interfax"),
    *("RIA Novosti", "Yonhap", "PTI", "ANI", "IANS", "TNS", "epd", "KNA", "APA", "Bloomberg", "Bloomberg News", "AAP"),
    *(
        "The Canadian Press",
        "Canadian Press",
        "Press Trust of India",
        "Europa Press",
        "РИА Новости",
        "ТАСС",
        "新华社",
        "Интерфакс",
    ),
)

_BY = re.compile(r"(?:by|von|por|par|di|door|автор|текст)\s*:?\s+", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*(?:;|\||•|·|,?\s+(?:and|und|y|et|e|и|with)\s+|,|\s&\s)\s*")
_SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV|M\.?D|Ph\.?D|MBE|OBE|Esq)\.?")
_ROLE = re.compile(
    r"\b(?:writers?|reporters?|correspondents?|staff|editors?|columnist|contributor|producers?|journalist|bureau chief|"
    r"newsroom|desk|network|news service|special (?:to|for)|opinion|guest|redaktion|redacción|updated|published)\b",
    re.IGNORECASE,
)
_OUTLET = re.compile(
    r"\b(?:Times|Journal|News|Herald|Tribune|TODAY|Today|Gazette|Enquirer|Inquirer|Dispatch|CNN|BBC|NPR|Reuters|Ledger|"
    r"Courier|Republic|Register|Magazine|Zeitung|Nachrichten)\b|\w \w.* (?:Press|Post|Star|Daily)$"
)
_NAME = re.compile(
    r"(?:(?:(?:de|da|dos|van|von|der|den|bin|ibn|al|el|le|la|du|ter|zu)\s|d[’']|al-|el-)*"
    r"[^\W\d_a-zà-öø-ÿа-я][\w’'.-]*(?:\s|$)){1,6}"
)


def names(text: str) -> tuple[str, ...]:
    """The people named in a byline, without "By", offices and agencies; () where it names none."""
    text = _BY.sub("", text.strip(), count=1) if _BY.match(text.strip()) else text.strip()
    found: list[str] = []
    for part in _SEPARATOR.split(text.strip(" ,")):
        name = part.strip(" .,–—-") if not part.endswith(("Jr.", "Sr.")) else part
        if found and _SUFFIX.fullmatch(name):
            found[-1] += f", {part}"
        elif name and is_name(name):
            found.append(name)
    return tuple(dict.fromkeys(found))


def each_once(people: Iterable[str]) -> tuple[str, ...]:
    """The names without repetitions and without others run together ("A B C D" next to "A B", "C D")."""
    found = tuple(dict.fromkeys(people))

    def made_of_others(rest: str, used: int = 0) -> bool:
        heads = [name for name in found if f"{rest} ".startswith(f"{name} ") and name != rest]
        whole = used > 0 and rest in found
        return whole or any(made_of_others(rest[len(name) + 1 :], used + 1) for name in heads)

    return tuple(name for name in found if not made_of_others(name))


def is_name(text: str) -> bool:
    """Whether `text` looks like one person's name: a few words, capitalised where the script has capitals."""
    if not 2 <= len(text) <= 60 or text in AGENCIES or _ROLE.search(text) or _OUTLET.search(text):
        return False
    if "@" in text or "://" in text:
        return False
    return not any(character.isdigit() for character in text) and (
        _NAME.fullmatch(text) is not None or not any(c.isupper() or c.islower() for c in text)
    )


def byline(paragraph: str) -> tuple[tuple[str, ...], str | None]:
    """The authors and the agency of a line that is a byline and nothing else; ((), None) where it is none."""
    line = paragraph.strip()
    if len(line) > 160 or not _BY.match(line) or line.endswith(("?", "!", ":", "”", '"')):
        return (), None
    rest = _BY.sub("", line, count=1)
    parts = [part.strip(" .") for part in _SEPARATOR.split(rest) if part.strip(" .")]
    agency = next((part for part in parts if part in AGENCIES), None)
    people = names(line)
    strangers = [part for part in parts if not (is_name(part) or part in AGENCIES or _ROLE.search(part))]
    strangers = [part for part in strangers if not _SUFFIX.fullmatch(part)]
    return (people, agency) if (people or agency) and not strangers else ((), None)


_REPORTED = re.compile(r"\b(?:reported|reports|reporting|wrote)\b")
_CONTRIBUTED = re.compile(r"\bcontributed\b")
_CREDITING = re.compile(
    r"\bcontributed (?:to this (?:report|story|article)|reporting)\b.{0,60}$|^\S.{0,60}\breported from\b"
)
_BETWEEN_NAMES = re.compile(
    r"(?:additional|and|at|by|compiled|contributor|correspondents?|de|der|editing|from|in|of|reporters?|reporting|special|"
    r"staff|the|to|van|von|with|writers?|writing|bureau|desk|newsroom)"
)
_LABELLED = re.compile(r"(Contributing|Mitarbeit|Additional reporting|Reporting|Writing|Editing)(?: by\b|:)\s*(.*)")
_LEAD = re.compile(
    r"^.*?\b(?:writers?|reporters?|correspondents?|staff|editors?|producers?|journalists?|managers?|fellows?)\s+",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"^[\s–—-]*(?:[^\W\d_a-z][\w&]*\s){0,2}[^\W\d_a-z][\w&]*(?:[’']s|s[’'])\s+(?=[^\W\d_a-z])")
_PLACE = re.compile(r"\s+(?:from|in|at|near)\s+")
_END_OF_NAME = re.compile(r"\s+(?:from|in|at|near|of|for|reported|reports|contributed|also|wrote)\b|[’']s\b")


def is_credit_line(paragraph: str) -> bool:
    """Whether the paragraph only says who reported and contributed."""
    if len(paragraph) > 700 or any(mark in paragraph for mark in '“”"«»'):
        return False
    labelled = _LABELLED.match(paragraph.lstrip("([— –-"))
    if labelled:
        return all(_BETWEEN_NAMES.fullmatch(word) for word in re.findall(r"(?<![\w’'])[a-zß-ÿ]{2,}", labelled[2]))
    inside = paragraph.strip().strip("()[]— -")
    sentences = _sentences(inside)
    if paragraph.startswith(("(", "[")) and paragraph.rstrip(".").endswith((")", "]")):
        return all(_REPORTED.search(one) or _CONTRIBUTED.search(one) for one in sentences) and bool(
            re.search(r"\breported from\b|\bcontributed\b|\breporting\b", inside)
        )
    return _CONTRIBUTED.search(inside) is not None and all(_CREDITING.search(one) for one in sentences)


def credits(paragraph: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Those who reported and those who contributed, as a credit line prints them."""
    found: dict[str, list[str]] = {"authors": [], "contributors": [], "editors": []}
    role = "editors"
    for sentence in _sentences(paragraph.strip().strip("()[]— -")):
        labelled = _LABELLED.match(sentence)
        if labelled:  # holds on for what comes after a semicolon
            role = {"Reporting": "authors", "Writing": "authors", "Editing": "editors"}.get(labelled[1], "contributors")
            found[role] += _clause(labelled[2])
        elif _CONTRIBUTED.search(sentence):
            found["contributors"] += _clause(sentence)
        elif _REPORTED.search(sentence):
            found["authors"] += _clause(sentence)
        else:
            found[role] += _clause(sentence)
    return tuple(dict.fromkeys(found["authors"])), tuple(dict.fromkeys(found["contributors"]))


def _sentences(text: str) -> list[str]:
    parts = re.split(r"(?<=[^\W\d_]{3}\.)\s+(?=[^\W\d_a-z])|;\s+", text)
    return [part for part in parts if part.strip()]


def _clause(sentence: str) -> list[str]:
    """The names in "A of X from P, B in P, Q, and C contributed": a bare word after a place belongs to the place."""
    pieces = re.split(r"(,\s+and\s+|\s+and\s+|,\s+|\s+with\s+)", sentence.strip(" ."))
    chunks, gaps = pieces[::2], [*pieces[1::2], ""]
    found: list[str] = []
    after_place = False
    for number, chunk in enumerate(_POSSESSIVE.sub("", chunk) for chunk in chunks):
        bare = not _END_OF_NAME.search(chunk)
        comma_before = number > 0 and gaps[number - 1].strip() == ","
        if after_place and bare and comma_before and (" " not in chunk or "and" not in gaps[number]):
            continue
        after_place = bool(_PLACE.search(chunk))
        name = _LEAD.sub("", _END_OF_NAME.split(chunk, maxsplit=1)[0]).strip(" .,")
        name = re.sub(r"^(?:the )?(?:[a-z]+ )+", "", name)
        if is_name(name) or name in AGENCIES:
            found.append(name)
    return found
