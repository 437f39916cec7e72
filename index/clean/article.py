"""Turns a record into a manuscript: canonical text, a label for every paragraph, metadata.

Called by `index/runs/ingest.py`. Pure but for the language model that `metadata.py` uses.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from index.clean.bylines import names
from index.clean.canonical_text import EDGES, as_line, as_sent
from index.clean.correction_notes import correction, is_retracted
from index.clean.dates import read_date
from index.clean.metadata import metadata_of
from index.clean.mojibake import mend
from index.clean.paragraphs import read
from index.datatypes import ArticleLabel, Facts, Label, LabelledSpan, Manuscript, Metadata, Record, as_facts
from index.errors import RecordError

VERSION = "clean/2"


def paragraphs(body: str) -> list[str]:
    """The paragraphs of a text in the form of `as_sent`, without empty ones.

    Lines that were wrapped at a fixed width are joined; else every line is a paragraph.
    """
    body = re.sub("\r\n?|\x0b|\x0c|\x85|\u2028", "\n", body).replace("\u2029", "\n\n")
    body = re.sub("[\ufeff\u00ad]", "", body)
    blocks = [[line.strip() for line in block.split("\n")] for block in re.split(r"\n[^\S\n]*\n\s*", body)]
    if _is_wrapped(blocks):
        blocks = [[" ".join(block)] if _is_full(block) else block for block in blocks]
    lines = (as_sent(re.sub("[ \t]{2,}", " ", line)).strip(EDGES) for block in blocks for line in block)
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
    title = as_line(fields.get("title"))
    parts = paragraphs(record.body)
    captions = frozenset(as_line(text) for text in fields.get("captions", ()))
    headings = frozenset(as_line(text) for text in fields.get("headings", ()))
    settled = _settled(record.body, parts, fields.get("labels", {}))
    asides = frozenset(as_line(text) for text in fields.get("asides", ()))
    authors = tuple(name for value in fields.get("authors", ()) for name in names(as_line(value)))
    found = read(
        parts, title=title, captions=captions, headings=headings, asides=asides, authors=authors, settled=settled
    )
    if not any(label in (Label.PROSE, Label.CAPTION) for label in found.labels):
        named = re.sub(r"#[0-9a-f]{64}$", "", record.key)  # a digest for want of a url tells a person nothing
        message = f"{named} has a headline and no text" if title or found.title else f"{named} has no text"
        raise RecordError(message, source=record.key, key=record.key)
    text, labels = _laid_out(parts, found.labels)
    metadata = _annotated(metadata_of(fields, found, text), fields, parts, labels)
    return Manuscript(text, labels, metadata, (*_notes(metadata), *mended))


def _settled(body: str, parts: Sequence[str], labels: Mapping[int, Label]) -> Mapping[int, Label]:
    """Labels by a paragraph's place in the body -> by its place in `parts`. Two equal lines may have two labels."""
    found: dict[int, Label] = {}
    blocks = [as_line(block) for block in body.split("\n\n")] if labels else []
    at = 0
    for n, part in enumerate(parts if labels else ()):
        place = next((number for number in range(at, len(blocks)) if blocks[number] == part), None)
        if place is not None:
            at = place + 1
            if place in labels:
                found[n] = labels[place]
    return found


def _mended(record: Record) -> tuple[Record, tuple[str, ...]]:
    """The record with text that was decoded wrongly put right where that is certain, and a note if it was."""
    body = mend(record.body)
    if body == record.body:
        return record, ()
    fields = {name: _mended_field(value) for name, value in record.fields.items()}
    return replace(record, body=body, fields=as_facts(fields)), (
        "its characters had been decoded wrongly and were mended",
    )


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


def _annotated(metadata: Metadata, fields: Facts, parts: Sequence[str], labels: Sequence[LabelledSpan]) -> Metadata:
    """The metadata with what points into the text: a live blog's entries, the outlet's own correction."""
    note = correction(parts, as_line(fields.get("correction")))
    entries: list[tuple[int, datetime]] = []
    at = 0
    for first, moment in fields.get("entries", ()):
        place = next((number for number in range(at, len(parts)) if parts[number] == as_line(first)), None)
        time = read_date(as_line(moment))[1]
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


def _notes(metadata: Metadata) -> tuple[str, ...]:
    notes = []
    if not metadata.title:
        notes.append("no headline found")
    if metadata.published is None:
        notes.append("no publication date found")
    return tuple(notes)
