"""Reads a sitemap (sitemaps.org): addresses of pages, or of further sitemaps; also news sitemaps and plain lists.

Called by `sitemap_source.py`. Pure: bytes in, leads out.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

import lxml.etree  # type: ignore[import-untyped]  # comes with trafilatura

from index.sources.input.xml_tree import Element, local, words
from index.sources.web.document import Form, recognise
from index.sources.web.lead import Lead, moment

MOST_ADDRESSES = 100_000  # the protocol allows half of it in one sitemap


class NoSitemap(Exception):
    """It is none, or a broken one; `str` says what is wrong."""


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What a sitemap lists: pages, or further sitemaps.

    `news` is True for a news sitemap, which lists the articles of the last two days alone.
    """

    leads: tuple[Lead, ...] = ()
    children: tuple[str, ...] = ()
    news: bool = False


def read(data: bytes, media: str = "") -> Sitemap:
    """The sitemap in `data`. NoSitemap where it is none, or is cut short or broken anywhere."""
    document = recognise(data, media)
    if document.form not in (Form.SITEMAP, Form.INDEX):
        cures = {Form.PAGE: "pages", Form.FEED: "feed", Form.JSON_FEED: "feed"}
        cure = f'set kind = "{cures[document.form]}"' if document.form in cures else "check the address"
        raise NoSitemap(f"is not a sitemap but {document.words}; {cure}")
    if document.words == "a list of addresses":
        lines = (line.strip() for line in data.decode("utf-8-sig", "replace").splitlines())
        return Sitemap(tuple(Lead(line) for line in lines if line)[:MOST_ADDRESSES])
    return _xml(data)


def _xml(data: bytes) -> Sitemap:
    leads: list[Lead] = []
    children: list[str] = []
    news = 0
    try:
        parsed = lxml.etree.iterparse(
            io.BytesIO(data),
            events=("end",),
            tag=("{*}url", "{*}sitemap"),
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            huge_tree=False,
            remove_comments=True,
        )
        for _, element in parsed:
            address = _of(element, "loc")
            if local(element) == "sitemap":
                children += [address] if address else []
            elif address:
                lead, is_news = _lead(element, address)
                leads.append(lead)
                news += is_news
            element.clear(keep_tail=False)
            while element.getprevious() is not None:
                del element.getparent()[0]
            if len(leads) + len(children) > MOST_ADDRESSES:
                raise NoSitemap(f"lists more than {MOST_ADDRESSES:,} addresses, which no sitemap may")
    except lxml.etree.XMLSyntaxError as error:
        told = " ".join(str(error).split(", line ")[0].split())[:100]
        raise NoSitemap(f"is not valid XML ({told[:1].lower()}{told[1:]})") from None
    return Sitemap(tuple(leads), tuple(children), news=bool(leads) and 2 * news > len(leads))


def _lead(element: Element, address: str) -> tuple[Lead, bool]:
    """The page of a <url> element, and whether it comes with a date of publication, as in news sitemaps."""
    news = next((one for one in element if local(one) == "news"), None)
    modified = _of(element, "lastmod")
    if news is None:
        return Lead(address, changed=moment(modified)), False
    publication = next((one for one in news if local(one) == "publication"), None)
    published = _of(news, "publication_date")
    lead = Lead(
        address,
        title=_of(news, "title"),
        published=published,
        outlet=_of(publication, "name"),
        language=_of(publication, "language"),
        changed=max(filter(None, map(moment, (modified, published))), default=None),
    )
    return lead, True


def _of(element: Element | None, name: str) -> str:
    """The words of the child of that name."""
    return words(next((one for one in element if local(one) == name), None)) if element is not None else ""
