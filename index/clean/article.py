"""Turns a record into a manuscript: canonical text, a label for every paragraph, metadata.

Called by `ingest.py`. Pure but for the language model of py3langid, which is loaded at first use. The canonical text is
what Telegram delivers unchanged, so that a slice of it can be compared with the message that was sent.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from index.clean.addresses import canonical
from index.clean.bylines import AGENCIES, each_once, names
from index.clean.correction_notes import correction, is_retracted
from index.clean.dates import read_date, url_date
from index.clean.labels import article_label
from index.clean.mojibake import mend
from index.clean.paragraphs import Findings, read
from index.datatypes import (
    ArticleLabel,
    DateOrigin,
    Label,
    LabelledSpan,
    Manuscript,
    Metadata,
    PartialDate,
    Record,
)
from index.errors import RecordError
from index.language.detect import is_plausible

VERSION = "clean/2"

_DROPPED = {code: None for code in (0x0D, *range(0x2028, 0x202F), 0x0333, 0x033F, 0x030A)}
_SPACED = {code: " " for code in range(0x20) if code not in (0x0A, 0x0D)}
_SENT = _DROPPED | _SPACED
_REWRITTEN = re.compile("[\x00-\x09\x0b-\x1f\u2028-\u202e\u0333\u033f\u030a\ud800-\udfff]")
_MARKS = re.compile("[\u200e\u200f]{2,}")


def as_sent(text: str) -> str:
    """What Telegram makes of `text`, in NFC: the one form in which we store, send and compare. Idempotent.

    Carriage returns, line and direction controls (U+2028 to U+202E), U+0333, U+033F, U+030A and lone surrogates go;
    other controls and tabs become spaces; in a run of direction marks all but the last become U+200C; spaces and line
    breaks around the text are trimmed.
    """
    text = unicodedata.normalize("NFC", text)
    if _REWRITTEN.search(text):
        text = re.sub("[\ud800-\udfff]", "", text).translate(_SENT)
        text = unicodedata.normalize("NFC", text)  # dropping a mark can bring two others together
    if "\u200e" in text or "\u200f" in text:
        text = _MARKS.sub(lambda run: "\u200c" * (len(run[0]) - 1) + run[0][-1], text)
    return text.strip(" \n")


_EDGES = " \u00a0\u3000\u200b\u2060\u2009\u202f\t\n"


def paragraphs(body: str) -> list[str]:
    """The paragraphs of a text in the form of `as_sent`, without empty ones.

    Lines that were wrapped at a fixed width are joined; else every line is a paragraph.
    """
    body = re.sub("\r\n?|\x0b|\x0c|\x85|\u2028", "\n", body).replace("\u2029", "\n\n")
    body = re.sub("[\ufeff\u00ad]", "", body)
    blocks = [[line.strip() for line in block.split("\n")] for block in re.split(r"\n[^\S\n]*\n\s*", body)]
    if _is_wrapped(blocks):
        blocks = [[" ".join(block)] if _is_full(block) else block for block in blocks]
    lines = (as_sent(re.sub("[ \t]{2,}", " ", line)).strip(_EDGES) for block in blocks for line in block)
    return [line for line in lines if line]


def _is_full(block: Sequence[str]) -> bool:
    """Whether all lines of a block but the last are about as long as a wrapped line is."""
    return len(block) > 1 and all(40 <= len(line) <= 100 for line in block[:-1]) and len(block[-1]) <= 100


def _is_wrapped(blocks: Sequence[Sequence[str]]) -> bool:
    """Whether a text was wrapped by hand: most of its longer blocks are of full lines."""
    longer = [block for block in blocks if len(block) > 2 or (len(block) == 2 and len(block[0]) > 40)]
    return bool(longer) and 2 * sum(map(_is_full, longer)) > len(longer)


def clean(record: Record) -> Manuscript:
    """The manuscript of a record. RecordError where it has no text at all."""
    record, mended = _mended(record)
    fields = record.fields
    title = _line(fields.get("title"))
    parts = paragraphs(record.body)
    captions = frozenset(_line(text) for text in fields.get("captions", ()))
    headings = frozenset(_line(text) for text in fields.get("headings", ()))
    settled = {_line(text): Label(label) for text, label in fields.get("labels", {}).items()}
    asides = frozenset(_line(text) for text in fields.get("asides", ()))
    authors = tuple(name for value in fields.get("authors", ()) for name in names(_line(value)))
    found = read(
        parts, title=title, captions=captions, headings=headings, asides=asides, authors=authors, settled=settled
    )
    if not any(label in (Label.PROSE, Label.CAPTION) for label in found.labels):
        named = re.sub(r"#[0-9a-f]{64}$", "", record.key)  # a digest for want of a url tells a person nothing
        message = f"{named} has a headline and no text" if title or found.title else f"{named} has no text"
        raise RecordError(message, source=record.key, key=record.key)
    text, labels = _laid_out(parts, found.labels)
    metadata = _annotated(_metadata(fields, found, text), fields, parts, labels)
    return Manuscript(text, labels, metadata, (*_notes(metadata), *mended))


def _mended(record: Record) -> tuple[Record, tuple[str, ...]]:
    """The record with text that was decoded wrongly put right where that is certain, and a note if it was."""
    body = mend(record.body)
    if body == record.body:
        return record, ()
    fields = {name: _mended_field(value) for name, value in record.fields.items()}
    return replace(record, body=body, fields=fields), ("its characters had been decoded wrongly and were mended",)


def _mended_field(value: object) -> object:
    if isinstance(value, str):
        return mend(value, least=1)
    return [_mended_field(one) for one in value] if isinstance(value, list | tuple) else value


def _laid_out(parts: Sequence[str], kinds: Sequence[Label]) -> tuple[str, tuple[LabelledSpan, ...]]:
    labels: list[LabelledSpan] = []
    start = 0
    for part, kind in zip(parts, kinds, strict=True):
        labels.append(LabelledSpan(start, start + len(part), kind))
        start += len(part) + 2
    return "\n\n".join(parts), tuple(labels)


def _line(value: object) -> str:
    """A field as one line of canonical text; "" where it is no text."""
    return as_sent(re.sub(r"\s+", " ", value)).strip(_EDGES) if isinstance(value, str) else ""


def _metadata(fields: Mapping[str, Any], found: Findings, text: str) -> Metadata:
    url = canonical(_line(fields.get("url")) or found.url or "")
    published, origin = _published(fields, found, url)
    _, moment = read_date(_line(fields.get("published")))
    outlet = _line(fields.get("outlet")) or found.outlet or host(url)
    authors, contributors = _people(fields, found, outlet or "")
    agency = _line(fields.get("agency")) or found.agency or _wire(found, url)
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


def _label(fields: Mapping[str, Any], title: str, url: str, text: str) -> ArticleLabel | None:
    sections = tuple(map(_line, fields.get("sections", ())))
    return article_label(_line(fields.get("label")), sections, title, url, text)


def _annotated(
    metadata: Metadata, fields: Mapping[str, Any], parts: Sequence[str], labels: Sequence[LabelledSpan]
) -> Metadata:
    """The metadata with what points into the text: a live blog's entries, the outlet's own correction."""
    note = correction(parts, _line(fields.get("correction")))
    entries: list[tuple[int, datetime]] = []
    at = 0
    for first, moment in fields.get("entries", ()):
        place = next((number for number in range(at, len(parts)) if parts[number] == _line(first)), None)
        time = read_date(_line(moment))[1]
        if place is not None and time is not None:
            entries.append((labels[place].start, time))
            at = place + 1
    return replace(
        metadata,
        entries=tuple(entries),
        correction=labels[note].span if note is not None and metadata.label is not ArticleLabel.CORRECTION else None,
        max_quote_chars=fields.get("max_quote_chars"),
        retracted=bool(fields.get("retracted")) or is_retracted(metadata.title, parts),
    )


def _people(fields: Mapping[str, Any], found: Findings, outlet: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Authors and contributors; a field goes before what the text says."""
    given = each_once(name for value in fields.get("authors", ()) for name in names(_line(value)))
    helpers = tuple(dict.fromkeys(name for value in fields.get("contributors", ()) for name in names(_line(value))))
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


def _published(fields: Mapping[str, Any], found: Findings, url: str | None) -> tuple[PartialDate | None, DateOrigin]:
    """The publication date from the best place that has one. A caption's date is never one."""
    origin = DateOrigin(fields.get("date_origin") or DateOrigin.FIELD)
    candidates = (
        (read_date(_line(fields.get("published")))[0], origin),
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


def _lang(fields: Mapping[str, Any], text: str, title: str) -> str:
    given = re.match(r"[a-z]{2}(?![a-z])", _line(fields.get("language")).lower())
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


def _notes(metadata: Metadata) -> tuple[str, ...]:
    notes = []
    if not metadata.title:
        notes.append("no headline found")
    if metadata.published is None:
        notes.append("no publication date found")
    return tuple(notes)
