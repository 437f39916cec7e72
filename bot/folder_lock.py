"""Whether a bot uses a data folder: a lock that its process holds and that ends with it, however it ends.

Called by `serve`, which holds it, and by the terminal before it replaces what is in the folder.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import StoreLocked

LOCK = "serving.lock"


@contextmanager
def occupied(folder: Path) -> Iterator[None]:
    """Hold the folder while the block runs. StoreLocked where another process holds it."""
    try:
        import fcntl
    except ImportError:  # not on every system
        yield
        return
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise StoreLocked(f"A bot uses the data folder {folder}: stop it first.", path=folder) from error
        yield
    finally:
        os.close(handle)
