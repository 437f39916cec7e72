"""getFile: where a file can be downloaded. The download itself is `server`'s."""

from __future__ import annotations

from collections.abc import Mapping

from ..errors import bad_request
from ..world import Json
from .call import Call, Method

MAX_DOWNLOAD = 20 << 20


def get_file(call: Call) -> Json:
    if not call.params.text("file_id"):
        raise bad_request("file_id not specified")
    stored = call.world.files.get(call.params.text("file_id"))
    if stored is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if stored.size > MAX_DOWNLOAD:
        raise bad_request("file is too big")
    return stored.json() | {"file_path": stored.path}


METHODS: Mapping[str, Method] = {"getfile": get_file}
