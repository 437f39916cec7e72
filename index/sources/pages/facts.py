"""What a web page says about its article: headline, outlet, authors, date, language, kind, as fields of a record.

Called by `web_page.py`. Linked data goes first, then meta tags, microdata, bylines and dates around the headline; what
trafilatura and htmldate infer comes last. A value is never made up: what is ambiguous is left out.
"""

from __future__ import annotations

import re
from typing import Any

import trafilatura
from lxml.html import HtmlElement as Element  # type: ignore[import-untyped]  # comes with trafilatura

from index.clean.addresses import canonical, identity
from index.clean.bylines import AGENCIES, names
from index.clean.dates import read_date, url_date
from index.sources.pages import linked_data
from index.sources.pages.linked_data import folded
from index.sources.pages.markup import has_class, plain, value_of, words
from index.sources.pages.surroundings import Surroundings, headline_element

_META = {
    "title": ("og:title", "twitter:title", "dc.title", "headline"),
    "outlet": ("og:site_name", "application-name", "publisher", "dc.publisher"),
    "authors": (
        "author",
        "article:author",
        "parsely-author",
        "sailthru.author",
        "dc.creator",
        "byl",
        "citation_author",
    ),
    "published": (
        *(
            "article:published_time",
            "og:article:published_time",
            "datepublished",
            "article.published",
            "parsely-pub-date",
        ),
        *("pubdate", "publishdate", "publish-date", "publication_date", "publication-date", "sailthru.date", "dc.date"),
        *("dc.date.issued", "dcterms.created", "dcterms.date", "date", "cxenseparse:recs:publishtime"),
    ),
    "modified": ("article:modified_time", "og:updated_time", "datemodified", "last-modified"),
    "language": ("content-language", "og:locale", "inlanguage"),
}
_SECTIONS = ("article:section", "og:article:section", "section", "parsely-section", "cxenseparse:recs:articletype")
_SEPARATOR = re.compile(r"\s+(?:[|–—:•·»«]|::|-{1,2}|\|\|)\s+|\s*[|_]\s*|(?<=[\u3040-\u9fff])[-—–](?=[\u3040-\u9fff])")
_ABOVE = 12  # elements before the headline among which a kicker is looked for
_BUTTON = re.compile(r"(?:\d+ )?comments?|live", re.IGNORECASE)  # as often a button as the name of a section
_KICKER = re.compile(
    r"kicker|eyebrow|rubri[ck]\w*|overline|topline|section|category|label|flag|tag|badge|dachzeile|disclosure"
)


def facts(tree: Element, text: str, address: str) -> dict[str, Any]:
    """The fields of the page's article; `text` is the page's markup, `address` where it was found, or "".

    Beyond the usual fields: "date_origin" (a DateOrigin), "modified", "sections" (list), "correction", "retracted",
    "updates" (the entries of a live blog as (time, headline, text)).
    """
    metas = _metas(tree)
    canonical_url = _canonical(tree)
    url = canonical_url or next(iter(metas.get("og:url", [])), "") or address
    heads = [said for element in tree.xpath("//h1") if (said := words(element))]
    headlines = frozenset(folded(one) for one in (*heads, *metas.get("og:title", [])))
    addresses = frozenset(filter(None, map(identity, (canonical_url, *metas.get("og:url", []), address))))
    linked, entries = _linked(tree, addresses, headlines)
    stated = {ours: metas[name] for ours, known in _META.items() for name in reversed(known) if name in metas}
    found: dict[str, Any] = {name: values[0] for name, values in stated.items() if name != "authors"}
    found["authors"] = [plain(one) for one in stated.get("authors", []) if not one.startswith("http")]
    found |= {name: value for name, value in _microdata(tree).items() if not found.get(name)}
    found |= linked
    found["sections"] = [*linked.get("sections", []), *_sections(tree, metas)]
    known = frozenset(
        map(folded, [plain(found.get("title", "")), *metas.get("og:title", []), *metas.get("<title>", [])])
    )
    head = headline_element(tree, known)
    around = Surroundings(tree, head)
    inferred = _inferred(text)
    _complete(found, around, inferred, metas, [words(head)] if head is not None else [])
    found["url"] = canonical(url or linked.get("url", "") or inferred.get("url", ""))
    _date(found, around, inferred)
    found["language"] = found.get("language") or tree.get("lang") or inferred.get("language") or ""
    found["updates"] = entries
    return {name: value for name, value in found.items() if value}


def _complete(
    found: dict[str, Any], around: Surroundings, inferred: dict[str, Any], metas: dict[str, list[str]], heads: list[str]
) -> None:
    """Fill in headline, outlet and authors where markup does not name them."""
    page_title = plain(next(iter(metas.get("<title>", [])), ""))
    stated = plain(found.get("title", ""))
    outlet = plain(found.get("outlet", "")) or _outlet_in(page_title, [*heads, stated])
    if around.source in AGENCIES:
        found["agency"] = found.get("agency") or around.source
    elif not outlet:
        outlet = around.source
    title = stated or next(iter(heads), "") or _without(page_title, outlet) or plain(inferred.get("title", ""))
    found["title"] = _headline(title, heads, outlet)
    found["outlet"] = outlet or plain(inferred.get("outlet", ""))
    given = [
        one for value in map(_turned, found.get("authors", [])) for one in names(value) if folded(one) != folded(outlet)
    ]
    printed = around.authors
    if (
        given
        and all(one.isupper() for one in given)
        and [one.casefold() for one in given] == [one.casefold() for one in printed]
    ):
        given = printed  # "TOM WELLER" in a tag, "Tom Weller" on the page
    found["authors"] = given or printed or ([] if found.get("agency") else inferred.get("authors", []))


def _turned(author: str) -> str:
    """A name as catalogues write it ("Venn, Ada") the way round that bylines do."""
    match = re.fullmatch(r"([^\W\d_a-z][\w’'-]+), ([^\W\d_a-z][\w’'-]+(?: [^\W\d_a-z]\.?)?)", author)
    return f"{match[2]} {match[1]}" if match else author


def _date(found: dict[str, Any], around: Surroundings, inferred: dict[str, Any]) -> None:
    """The publication date from the surest place, and what place that is."""
    by_url = url_date(found["url"]) if found["url"] else None
    places = (
        (found.get("published", ""), "markup"),
        (around.published_markup, "markup"),
        (around.published_text, "text"),
        (str(by_url) if by_url else "", "url"),
        (inferred.get("published", ""), "text"),
    )
    found["published"], found["date_origin"] = next(
        ((value, name) for value, name in places if value and read_date(value)[0] is not None), ("", "")
    )


def _linked(
    tree: Element, addresses: frozenset[str], headlines: frozenset[str]
) -> tuple[dict[str, Any], list[tuple[str, str, str]]]:
    scripts = [element.text_content() for element in tree.xpath("//script[contains(@type, 'ld+json')]")]
    try:
        known = linked_data.nodes(scripts)
        node = linked_data.article(known, addresses=addresses, headlines=headlines)
        return (linked_data.facts(node), linked_data.updates(node)) if node is not None else ({}, [])
    except RecursionError:  # nested a thousand deep: nothing that a newsroom wrote
        return {}, []


def _metas(tree: Element) -> dict[str, list[str]]:
    """The contents of the meta tags by name in lower case; the page's title under "<title>"."""
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = (element.get("content") or "").strip()
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = (element.get(attribute) or "").strip().lower()
            inside = attribute == "itemprop" and name in ("name", "author", "publisher", "url")
            if (
                name
                and content
                and not (inside and next(element.iterancestors("div", "span", "section"), None) is not None)
            ):
                found.setdefault(name, []).append(plain(content))
    titles = [words(element) for element in tree.xpath("//head/title|//title[not(ancestor::svg)]")]
    return found | {"<title>": titles[:1]}


def _canonical(tree: Element) -> str:
    found = str(tree.xpath("string(//link[@rel='canonical']/@href)"))
    return found if found.startswith(("http://", "https://")) else ""


def _microdata(tree: Element) -> dict[str, Any]:
    """The fields of the first article marked up with itemprop; nested things are named by their "name"."""
    scopes = tree.xpath("//*[@itemscope and (contains(@itemtype,'Article') or contains(@itemtype,'BlogPosting'))]")
    scope = scopes[0] if scopes else None
    if scope is None:
        return {}
    values = {
        "title": _property(scope, "headline"),
        "published": _property(scope, "datePublished"),
        "modified": _property(scope, "dateModified"),
        "outlet": _property(scope, "publisher"),
        "authors": [one for element in _own(scope, "author") if (one := value_of(element))],
        "language": _property(scope, "inLanguage"),
    }
    kind = str(scope.get("itemtype", "")).rsplit("/", 1)[-1]
    labels = linked_data.facts({"@type": kind})
    return {name: value for name, value in {**values, **labels}.items() if value}


def _own(scope: Element, name: str) -> list[Element]:
    """The elements that give a property of this very thing, not of one inside it."""
    return [
        element
        for element in scope.xpath(f".//*[@itemprop='{name}']")
        if next((above for above in element.iterancestors() if above.get("itemscope") is not None), None) is scope
    ]


def _property(scope: Element, name: str) -> str:
    return next(filter(None, map(value_of, _own(scope, name))), "")


def _sections(tree: Element, metas: dict[str, list[str]]) -> list[str]:
    """What the page calls its kind: sections in meta tags, the words above the headline."""
    found = [value for name in _SECTIONS for value in metas.get(name, [])]
    if metas.get("article:opinion", [""])[0].lower() == "true":
        found.append("opinion")
    heads = tree.xpath("//h1")
    before = heads[0].xpath("preceding::*[@class][not(ancestor-or-self::nav or ancestor::ul)]") if heads else []
    for element in before[-_ABOVE:]:
        said = words(element)
        if has_class(element, _KICKER) and 0 < len(said) < 60 and not _BUTTON.fullmatch(said):
            found.append(said)
    return list(dict.fromkeys(found))


def _headline(title: str, heads: list[str], outlet: str) -> str:
    """The headline as the page prints it where `title` is that with the site's name behind it, or cut off."""
    for head in heads:
        rest = title.removeprefix(head)
        cut = title.rstrip(" .…")
        if (rest != title and (not rest or _SEPARATOR.match(rest))) or (cut != title and head.startswith(cut)):
            return head
    return _without(title, outlet)


def _without(title: str, outlet: str) -> str:
    """A title without the outlet's name at its end or beginning."""
    if not outlet:
        return title
    parts = _SEPARATOR.split(title)
    gaps = [match[0] for match in _SEPARATOR.finditer(title)]
    if len(parts) > 1 and folded(parts[-1]) == folded(outlet):
        return title[: title.rindex(gaps[-1])].strip()
    if len(parts) > 1 and folded(parts[0]) == folded(outlet):
        return title[len(parts[0]) + len(gaps[0]) :].strip()
    return title


def _outlet_in(page_title: str, headlines: list[str]) -> str:
    """The outlet behind the headline in the page's title: the last part, where the first is the headline."""
    parts = [part for part in _SEPARATOR.split(page_title) if part]
    known = [folded(one) for one in headlines if one]
    behind = [part for part in parts[1:] if folded(part) not in known]
    begins = any(folded(page_title).startswith(one) or one.endswith(folded(parts[0])) for one in known if parts)
    return behind[-1].strip() if begins and behind and len(behind[-1]) <= 60 else ""


def _inferred(text: str) -> dict[str, Any]:
    """What trafilatura and htmldate make of the page."""
    found = trafilatura.extract_metadata(text)
    if found is None:
        return {}
    authors = [one for author in (found.author or "").split(";") for one in names(author)]
    values: dict[str, Any] = {"title": found.title, "outlet": found.sitename, "published": found.date, "url": found.url}
    values |= {"language": found.language, "authors": authors}
    return {name: value for name, value in values.items() if value}
