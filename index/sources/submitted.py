"""What people submitted, read as a source: posts of a channel, files, forwarded posts and links from editors.

Called by `kinds.py`. Everything is kept in the database as it came (`store/submissions.py`), so a full run reads it
again without Telegram or the web. A file is read by the reader of its format from a temporary folder, which is gone
when the reading is over.
"""

from __future__ import annotations

import hashlib
import json
import logging
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from index.datatypes import Gone, Handed, RawRecord, Record, Remark, SourceSpec, Submission
from index.errors import RecordError, SourceError
from index.sources.file_source import open_source
from index.sources.telegram import post
from index.store import sources, submissions
from index.store.database import connect, transaction
from index.store.submissions import Kept

ARTICLE = ".article"
"""Ends the names of pages that were read when they were submitted: the record itself is kept."""

LONGEST_NAME = 200  # bytes of a file's name

log = logging.getLogger(__name__)


class Pages(Protocol):
    """Opens the page at an address as a source of one article."""

    def __call__(self, url: str) -> Iterable[RawRecord | RecordError | Gone | Handed | Remark]:
        """What stands there. SourceError where it cannot be read."""


@dataclass(frozen=True, slots=True)
class Submitted:
    """The submissions to one source; with `waiting`, only those that were not taken in yet.

    `more` are submissions that a dry run counts without keeping them.
    """

    database: Path
    spec: SourceSpec
    max_bytes: int
    pages: Pages
    waiting: bool = False
    more: tuple[Submission, ...] = ()

    @property
    def exhaustive(self) -> bool:
        """All of them together are all there is."""
        return not self.waiting

    def records(self) -> Iterator[RawRecord | RecordError | Gone]:
        """Each article that was submitted, or why it cannot be read."""
        with connect(self.database) as db:
            source_id = sources.find(db, self.spec.location)
            kept = submissions.every(db, source_id, waiting=self.waiting) if source_id is not None else iter(())
            handle = sources.handle(db, source_id) if source_id is not None else None
            for one in kept:
                yield from self._read(one, handle)
        for number, submission in enumerate(self.more):
            yield from self._read(Kept(-number, submission, submission.digest, None, waits=False), handle)

    def _read(self, one: Kept, handle: str | None) -> Iterator[RawRecord | RecordError | Gone]:
        if one.submission.name.endswith(post.ENDING):
            yield self._post(one, handle)
        else:
            yield from opened(one.submission, self.max_bytes)

    def _post(self, one: Kept, handle: str | None) -> RawRecord | Gone:
        """A post, or the page that it does nothing but link to."""
        submission = one.submission
        if not post.has_words(submission.data):
            return Gone(submission.key, submission.name)
        page = one.linked or (self._linked(one) if one.waits else None)
        if page is None:
            return _raw(submission, f"{post.READER} {handle}", submission.data, partial(post.read, handle=handle))
        return _raw(submission, f"{post.READER} page", page, unpacked)

    def _linked(self, one: Kept) -> bytes | None:
        """The page that a post links to, looked for once, when the post is taken in."""
        url = post.only_link(one.submission.data)
        if url is None:
            return None
        try:
            page = packed(page_at(url, self.pages))
        except SourceError as error:
            log.info("The post itself is kept, the page that it links to cannot be read: %s", error)
            return None
        with connect(self.database) as db, transaction(db):
            submissions.note_linked(db, one.id, page)
        return page


def opened(submission: Submission, max_bytes: int) -> Iterator[RawRecord | RecordError]:
    """The articles of a submission that is no post of a channel's own: a file, a page that was read, a post sent on.

    What is given must be read before the next is asked for.
    """
    if submission.name.endswith(post.ENDING):
        yield _raw(submission, post.READER, submission.data, post.read)
    elif submission.name.endswith(ARTICLE):
        yield _raw(submission, "article/1", submission.data, unpacked)
    else:
        yield from _of_file(submission, max_bytes)


def _of_file(submission: Submission, max_bytes: int) -> Iterator[RawRecord | RecordError]:
    with tempfile.TemporaryDirectory(prefix="quotewire-") as folder:
        path = Path(folder) / _file_name(submission.name)
        path.write_bytes(submission.data)
        try:
            for found in open_source(path, max_bytes=max_bytes).records():
                if isinstance(found, RawRecord):
                    member = f"{submission.key}/{found.key}"
                    yield replace(found, key=member, edit=submission.edit, replaces=submission.replaces)
                elif isinstance(found, RecordError):
                    lost = found.key is None
                    key = None if lost else f"{submission.key}/{found.key}"
                    yield RecordError(str(found), source=found.source, key=key)
        except SourceError as error:
            message = str(error).replace(str(path), path.name)
            yield RecordError(message, source=path.name, key=submission.key)


def _file_name(name: str) -> str:
    """A name that a file can have anywhere; of a long one the end, which tells the format."""
    plain = "".join(sign if sign.isprintable() else " " for sign in Path(name).name)
    plain = plain.encode()[-LONGEST_NAME:].decode("utf-8", "ignore").strip()
    return f"file{plain}" if plain.startswith(".") else plain


def page_at(url: str, pages: Pages) -> Record:
    """The article at an address. RecordError where there is none."""
    for found in pages(url):
        if isinstance(found, RecordError):
            raise found
        if isinstance(found, RawRecord):
            record = found.load()
            return replace(record, fields={"url": url, **record.fields})
    raise RecordError(f"{url} holds no article", source=url)


def packed(record: Record) -> bytes:
    """A record as it is kept."""
    row = {"format": record.format, "body": record.body, "fields": dict(record.fields)}
    return json.dumps(row, ensure_ascii=False, sort_keys=True, default=str).encode()


def unpacked(data: bytes, *, key: str, name: str) -> Record:
    """The reverse of `packed`; RecordError where it is something else."""
    try:
        row: dict[str, Any] = json.loads(data)
        return Record(key, row["format"], row["body"], row["fields"])
    except (ValueError, KeyError, TypeError):
        raise RecordError(f"{name} is not an article that was kept", source=name, key=key) from None


def _raw(submission: Submission, reader: str, data: bytes, read: Callable[..., Record]) -> RawRecord:
    name = submission.name.removesuffix(post.ENDING).removesuffix(ARTICLE)
    return RawRecord(
        key=submission.key,
        digest=hashlib.sha256(f"{reader}\n".encode() + data).hexdigest(),
        name=name,
        load=partial(read, data, key=submission.key, name=name),
        edit=submission.edit,
        replaces=submission.replaces,
    )
