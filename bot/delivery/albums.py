"""Photo albums: each picture comes as a message of its own, and the album gets one reply.

Called by the handler of messages. Words may stand under any of the pictures; they are what the album asks. Keeps the
last albums in memory. Must not know what is replied.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict

PAUSE = 1.0
"""Seconds after the first picture within which the others arrive."""
MOST_ALBUMS = 500


class Albums:
    """The albums that came lately, and whether words came with them."""

    def __init__(self) -> None:
        self._spoke: OrderedDict[str, bool] = OrderedDict()

    def came(self, album: str, *, words: bool) -> bool:
        """Note a picture of an album; whether it is the one to look at: the first with words, or the first at all."""
        known = self._spoke.get(album)
        self._spoke[album] = bool(known) or words
        if len(self._spoke) > MOST_ALBUMS:
            self._spoke.popitem(last=False)
        return not known if words else known is None

    async def stays_silent(self, album: str) -> bool:
        """Wait for the rest of an album; whether no words came with it."""
        await asyncio.sleep(PAUSE)
        return not self._spoke.get(album, False)
