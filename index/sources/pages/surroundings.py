"""Reads what a page prints around its headline: byline, date, source.

Called by `facts.py`, for what the markup does not name. It must not know the rest of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement as Element  # type: ignore[import-untyped]  # comes with trafilatura

from index.clean.bylines import names
from index.clean.dates import find_date
from index.sources.pages.linked_data import folded
from index.sources.pages.markup import has_class, value_of, words

_UPDATED = re.compile(
    r"updated|modified|last (?:changed|edited)|aktualisiert|geändert|\bstand\b|actualizad|modificad|mis à jour|обновл|"
    r"изменен|aggiornat|atualizad|تحديث|更新",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"published|posted|publish|created|issued|veröffentlicht|erstellt|publicad|publié|опубликован|дата|نشر|发布",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"(?:by|von|por|par|di|door|written by|reported by|story by|авторы?|текст|autor(?:in)?|作者|记者|بقلم|كتب(?:ه|ت)?)"
    r"(?:\s*[:：]\s*|\s+)(?P<names>\S.*)",
    re.IGNORECASE,
)
_SOURCE = re.compile(r"(?:来源|來源)\s*[:：]\s*(\S{2,20})")
_BREAK = re.compile(r"\s*[|·•\n]\s*|\s+[–—]\s+")
_NAME_CLASS = re.compile(r"byline|author|writer|autor\w*|firma|reporter|contributors?|redacteur|auteur|by|creator")
_ASIDE = re.compile(
    r"bio|box|card|comment\w*|related|avatar|image|img|photo|follow|social|share|caption|credit|more|title|role"
)
_LOGO = re.compile(r"logo|brand|branding|masthead|sitename")
_NEAR = 30  # pieces of text after the headline among which byline and date are looked for
_PROSE = 140  # characters from which a piece of text after the headline is the article


def headline_element(tree: Element, known: frozenset[str]) -> Element | None:
    """The element that prints the article's headline; `known` are the titles that the page gives it, folded.

    Where no title is given that one of them prints, it is the first h1 that is no logo.
    """
    heads = [element for element in tree.xpath("//h1|//h2") if words(element)]
    for level in ("h1", "h2"):
        for element in heads:
            said = folded(words(element))
            if element.tag == level and len(said) > 8 and any(one.startswith(said) for one in known):
                return element
    first = [element for element in heads if element.tag == "h1" and not _is_logo(element)]
    inside = [element for element in first if next(element.iterancestors("article", "main"), None) is not None]
    return next(iter([*inside, *first]), None)


def _is_logo(element: Element) -> bool:
    if any(link.get("href") in ("/", "./", "index.html") for link in element.iter("a")):
        return True
    return any(one.tag == "nav" or has_class(one, _LOGO) for one in (element, *list(element.iterancestors())[:3]))


class Surroundings:
    """What stands around the headline: the pieces of text after it up to the article's first paragraph."""

    def __init__(self, tree: Element, head: Element | None) -> None:
        self.pieces = list(self._pieces(head)) if head is not None else []
        self.authors = self._authors(tree)
        self.source = next((found[1] for _, said in self.pieces if (found := _SOURCE.search(said))), "")
        self.published_markup = self._time()
        self.published_text = self._text_date()

    def _pieces(self, head: Element) -> Iterator[tuple[Element, str]]:
        """The innermost elements with text of their own after the headline, before its first paragraph."""
        count = 0
        for element in head.xpath(
            "following::*[self::p or self::div or self::span or self::a or self::time or self::li "
            "or self::address or self::font or self::b or self::em or self::strong or self::section]"
        ):
            if any(
                above.tag in ("figure", "figcaption", "aside", "nav", "footer", "form")
                for above in element.iterancestors()
            ):
                continue
            said = words(element)
            own = "".join([element.text or "", *(child.tail or "" for child in element)]).strip()
            if len(own) > _PROSE or count > _NEAR:
                return
            if said and len(said) < 200 and (own or element.tag == "time"):
                count += 1
                yield element, said

    def _authors(self, tree: Element) -> list[str]:
        """The authors in bylines: lines that begin with "By", elements that say that they hold a name."""
        for _, said in self.pieces:
            match = _BYLINE.fullmatch(said)
            if match and (found := _named(match["names"])):
                return found
        marked = tree.xpath("//*[@rel='author' or @itemprop='author']")
        near = [element for element, _ in self.pieces if has_class(element, _NAME_CLASS) or element in marked]
        for element in (*near, *marked):
            if _is_aside(element):
                continue
            said = value_of(element) if element.get("itemprop") else words(element)
            match = _BYLINE.fullmatch(said)
            found = _named(match["names"] if match else said)
            if found and len(said) < 160:
                others = [one for element in marked if not _is_aside(element) for one in _named(words(element))]
                return list(dict.fromkeys([*found, *(others if element in marked else ())]))
        return []

    def _time(self) -> str:
        """The moment of the first <time> that is not said to be an update's."""
        times = [element for element, _ in self.pieces if element.tag == "time" and element.get("datetime")]
        kinds = [(_kind(element), element.get("datetime", "").strip()) for element in times]
        for wanted in ("published", ""):
            for kind, moment in kinds:
                if kind == wanted and re.match(r"\d{4}", moment):
                    return str(moment)
        return ""

    def _text_date(self) -> str:
        """The first date printed near the headline that is not said to be an update's."""
        for _, said in self.pieces:
            for part in re.split(f"(?={_UPDATED.pattern}|{_PUBLISHED.pattern})", said, flags=re.IGNORECASE):
                date = None if _UPDATED.match(part) else find_date(part)
                if date is not None and len(said) < 160:
                    return str(date)
        return ""


def _kind(element: Element) -> str:
    """Whether a <time> says when the article was "published" or "updated"; "" where it does not say."""
    before = (element.getprevious().tail if element.getprevious() is not None else element.getparent().text) or ""
    above = element.getparent()
    said = " ".join(
        [str(element.get("class", "")), str(element.get("itemprop", "")), str(above.get("class", "")), before]
    )
    return "updated" if _UPDATED.search(said) else "published" if _PUBLISHED.search(said) else ""


def _named(text: str) -> list[str]:
    """The people in a byline, up to a date, a separator or anything else that is no name."""
    found: list[str] = []
    for part in _BREAK.split(text):
        people = names(part) if not any(sign.isdigit() for sign in part) else ()
        if not people:
            break
        found.extend(people)
    return found


def _is_aside(element: Element) -> bool:
    return any(
        one.tag in ("aside", "footer", "nav", "figure", "figcaption") or has_class(one, _ASIDE)
        for one in (element, *list(element.iterancestors())[:4])
    )
