"""The file a method is given: a part of the request, an id from before, or an address.

Called by `sending` and `editing`. Addresses are never fetched: nothing outside this machine is reached.
"""

from __future__ import annotations

from ..errors import bad_request
from ..params import Upload
from ..world import StoredFile
from .call import Call

MAX_PHOTO = 10 << 20
MAX_SIDES = 10_000
MAX_RATIO = 20
_PNG = b"\x89PNG\r\n\x1a\n"
_IMAGES = (_PNG, b"\xff\xd8\xff", b"GIF8", b"RIFF", b"BM")
_FOLDERS = {
    "document": "documents",
    "photo": "photos",
    "audio": "music",
    "voice": "voice",
    "video": "videos",
    "sticker": "stickers",
}


def required_file(call: Call, kind: str) -> StoredFile:
    """The file in parameter `kind`. Raises 400 where there is none."""
    upload = _upload(call, kind)
    if upload is not None:
        return _stored(call, kind, upload)
    value = call.params.text(kind)
    if not value:
        raise bad_request(f"there is no {kind} in the request")
    if value.startswith("attach://"):
        raise bad_request(f"{kind} file must be non-empty")
    if value.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    stored = call.world.files.get(value)
    if stored is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    return stored


def size_of(content: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, in pixels; None for another file. Raises 400 for one that breaks off."""
    if not content.startswith(_PNG):
        return None
    if not content.rstrip().endswith(b"IEND\xaeB`\x82"):
        raise bad_request("IMAGE_PROCESS_FAILED")
    return int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")


def _check_size(width: int, height: int) -> None:
    """Width and height together at most 10,000, their ratio at most 20."""
    if width + height > MAX_SIDES or max(width, height) > MAX_RATIO * max(1, min(width, height)):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")


def _upload(call: Call, kind: str) -> Upload | None:
    value = call.params.text(kind)
    part = value.removeprefix("attach://") if value.startswith("attach://") else kind
    return call.params.files.get(part)


def _stored(call: Call, kind: str, upload: Upload) -> StoredFile:
    if not upload.content:
        raise bad_request("file must be non-empty")
    if kind == "photo":
        if len(upload.content) > MAX_PHOTO:
            raise bad_request("file is too big")
        if not upload.content.startswith(_IMAGES):
            raise bad_request("IMAGE_PROCESS_FAILED")
        _check_size(*(size_of(upload.content) or (1280, 720)))
    name = upload.filename or kind
    return call.world.add_file(upload.content, name, upload.content_type, _FOLDERS[kind])
