"""What people hand in, kept until it is read: posts as they arrive, albums part by part, a channel's history.

Called by the archive and by `refresh`, which reads it. Every function is one step inside the caller's transaction:
what was kept is not lost, whatever happens to the process.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from index.datatypes import ArticleCard, SourceKind, SourceSpec, Submission
from index.errors import NotFound
from index.runs import removal
from index.sources.kinds import Asking, Opening, open_kind
from index.sources.submitted import ARTICLE, packed, page_at
from index.sources.telegram import export, post
from index.store import articles, sources, submissions

if TYPE_CHECKING:
    from index.sources.web.fetch import Web

DESK = SourceSpec("desk", SourceKind.DESK, "desk")
"""The source of what editors sent in."""
ALBUM_PAUSE = timedelta(seconds=2)
"""How long after a picture of an album the next one may come."""


def keep(db: Database, spec: SourceSpec, submission: Submission) -> None:
    """Keep what was submitted to a source; it waits to be taken in."""
    submissions.put(db, sources.add(db, spec), submission)


def channel(number: int) -> SourceSpec:
    """The source that a channel is, by its number in the Bot API."""
    return export.source_of(number)


def page(database: Path, web: Web, url: str, max_bytes: int) -> Submission:
    """The article at an address, as it can be submitted. Raises SourceError where there is none."""
    with web.ticking(lambda: None):
        asking = Asking(web, fresh=True, keep=False)
        opened = open_kind(SourceSpec(url, SourceKind.PAGES), Opening(database, max_bytes, asking))
        record = page_at(url, lambda _: opened.records())
    address = str(record.fields.get("url") or url)
    return Submission(address, f"{address}{ARTICLE}", packed(record))


def sent_on(channel: Mapping[str, Any] | None, message: Mapping[str, Any]) -> Submission:
    """A post that an editor sent on: known by its link where it has one, else by its words. Pure."""
    data = export.packed(channel, [message])
    key = post.address(channel["id"], message["id"], channel["username"]) if channel else None
    name = str(channel["name"]) if channel and channel.get("name") else "post"
    return Submission(key or hashlib.sha256(data).hexdigest()[:16], f"{name}{post.ENDING}", data)


def keep_post(
    db: Database, channel: SourceSpec, name: str, handle: str | None, message: Mapping[str, Any], album: str | None
) -> None:
    """Keep a post that arrived or was edited; pictures of one album are one post, which waits for the last of them.

    `message` is in the form of Telegram Desktop's export, `name` the channel's title, `handle` its public name.
    """
    source_id = sources.add(db, replace(channel, name=channel.name or name))
    sources.set_handle(db, source_id, handle)
    known = None
    if album:  # an album whose history was read has no name there: look for the picture
        known = submissions.bundled(db, source_id, album) or _holding(db, source_id, int(message["id"]))
    others = _messages(known.submission) if known else []
    messages = [*(one for one in others if one["id"] != message["id"]), message]
    key = str(min(int(one["id"]) for one in messages))
    if known is not None and known.submission.key != key:
        if known.waits:
            submissions.move(db, known.id, key)
        else:
            key = known.submission.key  # it was taken in under that key
    number = int(channel.location.removeprefix("channel:"))
    data = export.packed({"id": number, "name": name}, messages)
    due = datetime.now(UTC) + ALBUM_PAUSE if album else None
    submissions.put(db, source_id, Submission(key, f"{name} {key}{post.ENDING}", data, album, due))


def fresh(db: Database, location: str, history: Sequence[Submission]) -> tuple[Submission, ...]:
    """Those posts of an exported history that are not kept yet, or in an older state."""
    source_id = sources.find(db, location)
    if source_id is None:
        return tuple(history)
    parts = {int(one["id"]) for kept in submissions.bundles(db, source_id) for one in _messages(kept.submission)}
    found = []
    for one in history:
        known = submissions.get(db, source_id, one.key)
        if known is None:
            if int(one.key) not in parts:
                found.append(one)
        elif known.data != one.data and _state(one) > _state(known):
            found.append(replace(one, bundle=known.bundle or one.bundle))
    return tuple(found)


def keep_history(db: Database, channel: SourceSpec, history: Sequence[Submission]) -> None:
    """Keep posts of an exported history; the name that the owner gave the channel stays."""
    known = next((one for one in sources.every(db) if one.location == channel.location), channel)
    source_id = sources.add(db, replace(channel, name=known.name or channel.name))
    for one in history:
        submissions.put(db, source_id, one)


def of_link(db: Database, link: str) -> tuple[int, str]:
    """(source, key) of the post that a t.me link leads to, also by another picture of its album. Raises NotFound."""
    meant = post.addressed(link)
    if meant is None:
        raise NotFound(f"{link} is not the link of a post: it should look like https://t.me/name/123.")
    channel, message = meant
    numbered = channel.startswith("-100")
    source_id = sources.find(db, f"channel:{channel}") if numbered else sources.by_handle(db, channel)
    if source_id is not None:
        kept = submissions.get(db, source_id, str(message)) or _holding(db, source_id, message)
        if kept is not None:
            one = kept if isinstance(kept, Submission) else kept.submission
            return source_id, one.key
    desk = sources.find(db, DESK.location)  # an editor may have sent it on
    key = post.address(int(channel), message) if numbered else post.address(0, message, channel)
    if desk is not None and submissions.get(db, desk, key) is not None:
        return desk, key
    raise NotFound(f"No post of that link is in the archive: {link}")


def made_of(db: Database, key: str) -> tuple[ArticleCard, ...] | None:
    """The articles that came of what an editor submitted under `key`; None where it still waits."""
    source_id = sources.find(db, DESK.location)
    if source_id is None:
        return ()
    return None if submissions.waits(db, source_id, key) else tuple(articles.made_of(db, source_id, key))


def of_post(db: Database, link: str) -> tuple[ArticleCard, ...]:
    """The articles of the post that a t.me link leads to. Raises NotFound."""
    return tuple(articles.made_of(db, *of_link(db, link)))


def forget(db: Database, link: str, by: str) -> tuple[ArticleCard, ...]:
    """Remove the articles of a post that was deleted in its channel; a post that still waits is erased.

    The articles removed. Raises NotFound.
    """
    source_id, key = of_link(db, link)
    found = articles.made_of(db, source_id, key)
    if not found:
        submissions.drop(db, source_id, key)
    return tuple(removal.remove(db, card.id, by) for card in found)


def seconds_to_wait(db: Database, now: datetime) -> float | None:
    """Seconds until the next of what was submitted may be taken in (0: now); None where nothing waits."""
    due = submissions.next_due(db)
    return None if due is None else max(0.0, (due - now).total_seconds())


def _holding(db: Database, source_id: int, message_id: int) -> submissions.Kept | None:
    """The album that a message is part of."""
    albums = submissions.bundles(db, source_id)
    return next((one for one in albums if any(m["id"] == message_id for m in _messages(one.submission))), None)


def _messages(submission: Submission) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(submission.data)["messages"]
    return found


def _state(submission: Submission) -> datetime:
    """When a post was last edited, else written."""
    beginning = datetime.min.replace(tzinfo=UTC)
    moments = [post.moment_of(one, what) for one in _messages(submission) for what in ("edited", "date")]
    return max((one for one in moments if one is not None), default=beginning)
