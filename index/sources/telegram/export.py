"""Reads the history of a Telegram channel as Telegram Desktop exports it (result.json): post by post.

Called by `json_records.py`. The posts are given to the source that their channel is, under the keys that posts arriving
one by one have, so that nothing is there twice. Service messages and pictures without words are left out. An album has
no mark in an export: messages with pictures that follow each other within the same second are one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from index.datatypes import Handed, SourceKind, SourceSpec, Submission
from index.errors import RecordError
from index.sources.telegram import post

_MEDIA = ("photo", "file", "media_type")
_MOST_IN_ALBUM = 10
_CHANNELS = ("public_channel", "private_channel")


def is_export(content: object) -> bool:
    """Whether a parsed JSON file is an export of Telegram Desktop: of one chat, or of a whole account."""
    if not isinstance(content, dict):
        return False
    return _is_chat(content) or (isinstance(content.get("chats"), dict) and "list" in content["chats"])


def _is_chat(content: Mapping[str, Any]) -> bool:
    return isinstance(content.get("messages"), list) and "type" in content and isinstance(content.get("id"), int)


def posts(content: Mapping[str, Any], name: str) -> Iterator[Handed | RecordError]:
    """The posts of every channel in an export."""
    chats = [content] if _is_chat(content) else content["chats"]["list"]
    channels = [chat for chat in chats if isinstance(chat, dict) and _is_chat(chat) and chat["type"] in _CHANNELS]
    if not channels:
        message = f"{name} is an export from Telegram without a channel: export the channel's own history"
        yield RecordError(message, source=name, key=None)
    for chat in channels:
        yield from _of_channel(chat, name)


def _of_channel(chat: Mapping[str, Any], name: str) -> Iterator[Handed | RecordError]:
    number = channel_id(chat["id"])
    spec = source_of(number, str(chat.get("name") or ""))
    channel = {"id": number, "name": chat.get("name"), "username": None}
    for album in _albums([one for one in chat["messages"] if _is_message(one)]):
        data = packed(channel, album)
        if post.has_words(data):
            bundle = f"export:{album[0]['id']}" if len(album) > 1 else None
            key = str(album[0]["id"])
            yield Handed(spec, Submission(key, f"{spec.shown} {key}{post.ENDING}", data, bundle))


def channel_id(exported: int) -> int:
    """A channel's number as the Bot API has it: -100 and then the number that an export has."""
    return exported if exported < 0 else int(f"-100{exported}")


def source_of(number: int, name: str = "") -> SourceSpec:
    """The source that a channel is."""
    return SourceSpec(f"channel:{number}", SourceKind.CHANNEL, name)


def packed(channel: Mapping[str, Any] | None, messages: Sequence[Mapping[str, Any]]) -> bytes:
    """A post as it is kept: the same bytes for the same post."""
    kept = sorted(messages, key=lambda one: int(one["id"]))
    return json.dumps({"channel": channel, "messages": kept}, ensure_ascii=False, sort_keys=True).encode()


def _is_message(one: object) -> bool:
    return isinstance(one, dict) and one.get("type") == "message" and isinstance(one.get("id"), int)


def _albums(messages: Sequence[Mapping[str, Any]]) -> Iterator[list[Mapping[str, Any]]]:
    """Messages in groups that are one post each."""
    album: list[Mapping[str, Any]] = []
    for message in sorted(messages, key=lambda one: int(one["id"])):
        if album and not _belongs(album, message):
            yield album
            album = []
        album.append(message)
    if album:
        yield album


def _belongs(album: Sequence[Mapping[str, Any]], message: Mapping[str, Any]) -> bool:
    """Whether a message is one more picture of the album: sent in its second, and words under one of them at most."""
    first = album[0]
    if len(album) >= _MOST_IN_ALBUM or not all(any(one.get(kind) for kind in _MEDIA) for one in (first, message)):
        return False
    spoken = sum(bool(post.parts_of(one)) for one in [*album, message])
    return post.moment_of(first) == post.moment_of(message) is not None and spoken <= 1
