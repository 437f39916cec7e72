"""Reads what stands around the prose of an article: headline, bylines, credit lines, copyright, captions, datelines.

Called by `article.py`. Pure: paragraphs in, one label a paragraph and the findings out. It must not know records or
which finding wins over a field.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from index.clean.bylines import AGENCIES, byline, credits, is_credit_line, is_name, names
from index.clean.captions import is_caption
from index.clean.dates import find_date, is_date_line
from index.clean.furniture import is_bare_dateline, is_furniture, is_navigation_title
from index.datatypes import Label, PartialDate

_BROADCASTERS = ("CNN", "BBC", "NPR", "NBC", "CBS", "ABC", "VOA", "RFE/RL", "DW", "CNN Business")

_HEAD = 8  # paragraphs at the top where headline, byline and date stand


@dataclass(slots=True)
class Findings:
    """What the paragraphs say about their article, as printed. `labels` has one entry a paragraph."""

    labels: list[Label]
    title: str = ""
    outlet: str | None = None
    agency: str | None = None
    authors: tuple[str, ...] = ()
    contributors: tuple[str, ...] = ()
    text_date: PartialDate | None = None
    dateline: str | None = None
    dateline_date: PartialDate | None = None
    dateline_agency: str | None = None
    copyright: str | None = None
    copyright_year: PartialDate | None = None
    caption_date: PartialDate | None = None
    url: str | None = None


def read(
    paragraphs: Sequence[str],
    *,
    title: str = "",
    captions: frozenset[str] = frozenset(),
    headings: frozenset[str] = frozenset(),
    asides: frozenset[str] = frozenset(),
    authors: Sequence[str] = (),
    settled: Mapping[int, Label] = MappingProxyType({}),
) -> Findings:
    """Labels every paragraph and collects what they tell.

    `title` is the headline where it is known; else the first short line that can be one is taken. `captions`,
    `headings` and `asides` (no part of the article) are paragraphs that the source itself marks so. `authors` are those
    that are known; a line at the top that only names them is a credit line. `settled` are labels that their
    reader knows, by the place of the paragraph, whatever it looks like.
    """
    paragraphs = [paragraph.replace("\u00a0", " ") for paragraph in paragraphs]
    found = Findings([settled.get(n) or _kind(one, captions, headings, asides) for n, one in enumerate(paragraphs)])
    _named_authors(paragraphs, found.labels, authors)
    _mark_link_lists(paragraphs, found.labels)
    _headline(paragraphs, found, title)
    _lines(paragraphs, found)
    _subheads(paragraphs, found.labels)
    _dateline(paragraphs, found)
    found.labels[:] = [settled.get(n, label) for n, label in enumerate(found.labels)]
    return found


def _named_authors(paragraphs: Sequence[str], labels: list[Label], authors: Sequence[str]) -> None:
    """A line at the top that is nothing but the names of the authors is no sentence of theirs."""
    for number, paragraph in enumerate(paragraphs[:_HEAD] if authors else ()):
        if labels[number] is Label.PROSE and names(paragraph) and set(names(paragraph)) <= set(authors):
            labels[number] = Label.CREDIT if len(paragraph) < 30 * (len(authors) + 1) else Label.PROSE


def _kind(paragraph: str, captions: frozenset[str], headings: frozenset[str], asides: frozenset[str]) -> Label:
    if paragraph in captions:
        return Label.CAPTION
    if paragraph in asides:
        return Label.FURNITURE
    if paragraph in headings:
        return Label.HEADING
    if is_caption(paragraph):
        return Label.CAPTION
    if is_credit_line(paragraph):
        return Label.CREDIT
    return Label.FURNITURE if is_furniture(paragraph) else Label.PROSE


def _mark_link_lists(paragraphs: Sequence[str], labels: list[Label]) -> None:
    """Two or more lines without an end after "Related stories" are links."""
    for start, paragraph in enumerate(paragraphs):
        if labels[start] is not Label.FURNITURE or not is_navigation_title(paragraph):
            continue
        end = start + 1
        while end < len(paragraphs) and len(paragraphs[end]) < 120 and not _is_finished(paragraphs[end]):
            end += 1
        if end - start > 2:
            labels[start + 1 : end] = [Label.FURNITURE] * (end - start - 1)


def _is_finished(paragraph: str) -> bool:
    """Whether a paragraph ends as a sentence does."""
    return paragraph.rstrip(" )]").endswith(
        (".", "!", "?", "”", '"', "»", "“", "…", ":", ";", "。", "؟", "！", "？", "」", "’")
    )


def _headline(paragraphs: Sequence[str], found: Findings, title: str) -> None:
    if title:
        found.title = title
        for number, paragraph in enumerate(paragraphs[:_HEAD]):
            if _same(paragraph, title):
                found.labels[number] = Label.HEADING
                return
        return
    shaped = [number for number, paragraph in enumerate(paragraphs[:_HEAD]) if found.labels[number] is Label.PROSE]
    if not shaped or (len(shaped) == 1 and len(paragraphs) == 1):
        return
    first = shaped[0]
    if not _can_be_headline(paragraphs[first]):
        return
    if len(shaped) > 1 and len(paragraphs[first].split()) < 3 and _can_be_headline(paragraphs[shaped[1]]):
        second = paragraphs[shaped[1]]
        if len(second.split()) > 3:  # "World" above the headline
            found.labels[first] = Label.HEADING
            first = shaped[1]
    found.labels[first] = Label.HEADING
    found.title = paragraphs[first]


def _can_be_headline(paragraph: str) -> bool:
    if not 3 <= len(paragraph) <= 200 or paragraph.endswith((".", ":", ";", ",", "。")) or is_date_line(paragraph):
        return False
    return byline(paragraph) == ((), None) and paragraph not in AGENCIES and not _DATELINE.match(paragraph)


def _same(one: str, other: str) -> bool:
    return re.sub(r"\W+", "", one).casefold() == re.sub(r"\W+", "", other).casefold()


_PUBLISHED = re.compile(
    r"(?P<verb>first published|published|posted|veröffentlicht|publicado|publié|опубликовано|updated|last updated|"
    r"aktualisiert|stand|actualizado|обновлено)(?: on| at| am| el| le)?\s*:?\s*(?P<rest>.+)",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright\b)[\s©]*(?:\(c\)\s*)?(?:(?P<before>[^\d,.©]{2,60}?),?\s+)?(?P<year>(?:19|20)\d\d)"
    r"(?:\s*[-–]\s*(?P<until>(?:19|20)\d\d))?[\s,.]*(?P<after>[^.|©]{0,80})",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"[–—-]{1,2} ?(\w\S*(?: \S+){1,3})")
_QUOTED = ("”", '"', "’", "'", "»", "“")  # after a quotation the dash names the speaker
_DISTRIBUTED = re.compile(r"distributed by (?P<who>[^\n]{2,90}?)\s*$", re.IGNORECASE)
_VISIT = re.compile(r"visit (?P<who>.{2,60}?) at(?: (?P<url>\S+?))?\.?$", re.IGNORECASE)


def _lines(paragraphs: Sequence[str], found: Findings) -> None:
    """Reads the lines that stand by themselves: bylines, dates, copyright, distributor, addresses, captions."""
    for number, paragraph in enumerate(paragraphs):
        label = found.labels[number]
        if label is Label.CREDIT:
            authors, contributors = credits(paragraph)
            found.authors = _united(found.authors, authors)
            found.contributors = _united(found.contributors, contributors)
        elif label is Label.CAPTION:
            found.caption_date = found.caption_date or find_date(paragraph)
        elif label is Label.FURNITURE:
            _imprint(paragraph, found, last=number >= len(paragraphs) - 6 or number < _HEAD)
        elif len(paragraph) <= 160 and label is Label.PROSE:
            before = paragraphs[number - 1] if number else ""
            if _SIGNED.fullmatch(paragraph) and is_name(_SIGNED.sub(r"\1", paragraph)) and not before.endswith(_QUOTED):
                found.labels[number] = Label.CREDIT
            else:
                _head_line(number, paragraph, found)


def _united(known: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, ...]:
    """Both, without a surname whose full name is known already."""
    surnames = {name.split()[-1] for name in known}
    return known + tuple(name for name in new if name not in known and name not in surnames)


def _head_line(number: int, paragraph: str, found: Findings) -> None:
    if paragraph in AGENCIES:
        found.labels[number] = Label.CREDIT
        return
    if number >= _HEAD:
        return
    people, agency = byline(paragraph)
    if people or agency:
        found.labels[number] = Label.CREDIT
        found.authors = _united(found.authors, people)
        found.agency = found.agency or agency
        return
    match = _PUBLISHED.match(paragraph)
    rest = match["rest"] if match else paragraph
    dated = is_date_line(rest) or (match is not None and len(paragraph) < 100 and find_date(rest) is not None)
    if not dated:
        return
    found.labels[number] = Label.FURNITURE
    renewed = match is not None and match["verb"].lower() in ("updated", "last updated", "aktualisiert", "stand")
    if not renewed:
        found.text_date = found.text_date or find_date(rest)


def _imprint(paragraph: str, found: Findings, *, last: bool) -> None:
    """What a line of furniture tells: copyright, distributor, where to read it."""
    if not last or is_bare_dateline(paragraph):
        return
    right = _COPYRIGHT.match(paragraph)
    if right and found.copyright is None:
        found.copyright = paragraph.rstrip(" .") if len(paragraph) < 160 else right[0].strip(" .,")
        found.copyright_year = PartialDate(right["until"] or right["year"])
        holder = _holder(right["after"] or right["before"] or "")
        found.outlet = holder or found.outlet
    sent = _DISTRIBUTED.match(paragraph)
    if sent:
        found.agency = _company(sent["who"])
    visit = _VISIT.match(paragraph)
    if visit:
        found.outlet = found.outlet or re.sub(r"^the (?=[^\W\d_a-z])", "", visit["who"])
    address = re.search(r"https?://[^\s<>()]+", paragraph)
    if address and (visit or address[0] == paragraph):
        found.url = found.url or address[0].rstrip(".,")


def _holder(text: str) -> str:
    holder = re.split(
        r"\b(?:all rights|alle rechte|todos los|все права|distributed|visit)\b", text, flags=re.IGNORECASE
    )[0]
    holder = re.sub(r"^by\s+", "", holder.strip(" ,.-–—|"))
    return _company(holder) if 2 <= len(holder) <= 60 else ""


def _company(name: str) -> str:
    """A company's name without the full stop of its sentence, but with that of its abbreviation."""
    name = name.strip(" ,")
    return name if re.search(r"\b(?:Inc|Co|Corp|Ltd|Cos|Bros)\.$", name) else name.rstrip(" .")


def _subheads(paragraphs: Sequence[str], labels: list[Label]) -> None:
    """A short line without an end, before a paragraph of sentences, is a subhead."""
    for number in range(1, len(paragraphs) - 1):
        after = paragraphs[number + 1]
        if labels[number] is not Label.PROSE or labels[number + 1] is not Label.PROSE:
            continue
        if _can_be_subhead(paragraphs[number]) and len(after) > 80 and _is_finished(after):
            labels[number] = Label.HEADING


def _can_be_subhead(line: str) -> bool:
    if len(line) > 60 or len(line.split()) > 9 or _is_finished(line) or re.search(r"[:@]|,$|[.!?] \w.*[ ,]", line):
        return False
    cased = any(character.isupper() or character.islower() for character in line)
    return cased and (line[0].isupper() or line[0].isdigit() or line[0] in "‘“'\"")


_DATELINE = re.compile(
    r"(?:(?P<place>[^\W\d_a-zß-ÿа-я][^()—–\d]{1,50}?)(?:,\s*(?P<date>[^()—–-]{3,30}?))?\s*)?"
    r"(?:\((?P<agency>[^()\d]{2,30})\)\s*(?P<dash>[-—–:]*)|(?:—|–|--|-))\s+(?=[\w“\"‘'«„])",
)


def _dateline(paragraphs: Sequence[str], found: Findings) -> None:
    """The place, agency and date before the first sentence; they stay in the text."""
    for paragraph, label in zip(paragraphs, found.labels, strict=True):
        if label is not Label.PROSE:
            continue
        match = _DATELINE.match(paragraph[:140])
        if match and _is_dateline(match):
            found.dateline = match[0].strip(" -—–:")
            found.dateline_date = find_date(match["date"] or "")
            found.dateline_agency = match["agency"]
        return


def _is_dateline(match: re.Match[str]) -> bool:
    place, agency, date = match["place"], match["agency"], match["date"]
    city = place.split(",")[0].strip() if place else ""
    if agency is not None:
        named = agency in AGENCIES or agency in _BROADCASTERS
        signed = bool(match["dash"]) and agency[0].isupper() and (city.isupper() or not place)
        return (named or signed) and len(city.split()) <= 5
    if date and find_date(f"{date}, 2000") is None and find_date(date) is None:
        return False
    return city.isupper()
