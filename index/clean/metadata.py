"""What is known of an article besides its text: its fields first, then what its paragraphs say.

Called by `article.py`. Pure but for the language model of py3langid, which is loaded at first use.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from urllib.parse import urlsplit

from index.clean.addresses import canonical
from index.clean.bylines import AGENCIES, each_once, names
from index.clean.canonical_text import as_line
from index.clean.dates import read_date, url_date
from index.clean.labels import article_label
from index.clean.paragraphs import Findings
from index.datatypes import ArticleLabel, DateOrigin, Facts, Metadata, PartialDate
from index.language.detect import is_plausible


def metadata_of(fields: Facts, found: Findings, text: str) -> Metadata:
    """The metadata of an article with these fields and findings; `text` is its canonical text."""
    url = canonical(as_line(fields.get("url")) or found.url or "")
    published, origin = _published(fields, found, url)
    _, moment = read_date(as_line(fields.get("published")))
    outlet = as_line(fields.get("outlet")) or found.outlet or host(url)
    authors, contributors = _people(fields, found, outlet or "")
    agency = as_line(fields.get("agency")) or found.agency or _wire(found, url)
    return Metadata(
        title=found.title,
        outlet=outlet,
        agency=agency or None,
        authors=authors,
        contributors=contributors,
        published=published,
        published_at=moment,
        date_origin=origin,
        url=url or None,
        lang=_lang(fields, text, found.title),
        label=None if fields.get("news") else _label(fields, found.title, url, text),
        dateline=found.dateline,
        copyright=found.copyright,
        caption_date=found.caption_date,
    )


def _label(fields: Facts, title: str, url: str, text: str) -> ArticleLabel | None:
    sections = tuple(map(as_line, fields.get("sections", ())))
    return article_label(as_line(fields.get("label")), sections, title, url, text)


def _people(fields: Facts, found: Findings, outlet: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Authors and contributors; a field goes before what the text says."""
    given = each_once(name for value in fields.get("authors", ()) for name in names(as_line(value)))
    helpers = tuple(dict.fromkeys(name for value in fields.get("contributors", ()) for name in names(as_line(value))))
    desk = re.sub(r"\W", "", outlet.split(".")[0]).lower()  # "Cnn Business" on cnn.com is not a person
    people = tuple(
        name for name in given if not (desk and name.lower().startswith(f"{desk} ") and len(name.split()) == 2)
    )
    authors = people or found.authors
    return authors, helpers or tuple(name for name in found.contributors if name not in authors)


def _wire(found: Findings, url: str | None) -> str | None:
    """The agency in a dateline, unless it is the outlet itself: "(CNN)" on cnn.com."""
    agency = found.dateline_agency
    if agency is None or (agency not in AGENCIES and agency.lower().split()[0] in (host(url) or "")):
        return None
    return agency


def _published(fields: Facts, found: Findings, url: str | None) -> tuple[PartialDate | None, DateOrigin]:
    """The publication date from the best place that has one. A caption's date is never one."""
    origin = DateOrigin(fields.get("date_origin") or DateOrigin.FIELD)
    candidates = (
        (read_date(as_line(fields.get("published")))[0], origin),
        (found.text_date, DateOrigin.TEXT),
        (found.dateline_date, DateOrigin.DATELINE),
        (url_date(url) if url else None, DateOrigin.URL),
        (found.copyright_year, DateOrigin.COPYRIGHT),
    )
    return next(((date, origin) for date, origin in candidates if date is not None), (None, DateOrigin.NONE))


def host(url: str | None) -> str | None:
    """The host of an address without "www.", None where it has none."""
    try:
        name = urlsplit(url or "").hostname
    except ValueError:
        return None
    return name.removeprefix("www.") if name else None


def _lang(fields: Facts, text: str, title: str) -> str:
    given = re.match(r"[a-z]{2}(?![a-z])", as_line(fields.get("language")).lower())
    if given and is_plausible(given[0], text):
        return given[0]
    sample = f"{title}\n{text}"[:1000]
    if sum(map(str.isalpha, sample)) < (10 if re.search("[\u3040-\u30ff\u4e00-\u9fff]", sample) else 30):
        return "und"
    best, second = _classifier()(sample[:_BEGINNING])[:2]
    if best[1] - second[1] < _PLAIN:
        best = _classifier()(sample)[0]
    return best[0]


# Languages that news archives are written in; among all 97 that the model knows, short texts go astray.
_LANGUAGES = re.findall(
    r"\w+",
    "ar az be bg bn bs ca cs da de el en es et eu fa fi fr ga gl he hi hr hu hy id is it ja ka kk ko ky lt lv mk mn ms "
    "nl no pl ps pt ro ru sk sl sq sr sv sw ta te th tl tr uk ur vi zh",
)


# Telling a language costs time by the letter. The beginning decides where it is plain: two languages that are close
# (Spanish and Galician, Czech and Slovak) differ by less than this many nats after so many characters.
_BEGINNING, _PLAIN = 200, 50.0


@cache
def _classifier() -> Callable[[str], list[tuple[str, float]]]:
    import py3langid  # here: it reads a model of several megabytes

    py3langid.set_languages(_LANGUAGES)
    return py3langid.rank  # type: ignore[no-any-return]
