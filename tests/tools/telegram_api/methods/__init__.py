"""The methods of the Bot API that this server knows, by subject.

`METHODS` maps the lower-case name to a function of one `Call`; `server` looks it up there and nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping

from . import chats, copying, editing, files, polling, profile, queries, sending, signals
from .call import Method

METHODS: Mapping[str, Method] = {
    **chats.METHODS,
    **copying.METHODS,
    **editing.METHODS,
    **files.METHODS,
    **polling.METHODS,
    **profile.METHODS,
    **queries.METHODS,
    **sending.METHODS,
    **signals.METHODS,
}

__all__ = ["METHODS"]
