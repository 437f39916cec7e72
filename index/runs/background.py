"""One thread of low priority that does its work whenever it is woken.

Held by what serves: it makes the vectors that small changes left missing.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable

from index.errors import ArchiveError, ModelError
from index.runs.ingest import Cancelled

NICENESS = 10
PATIENCE = 5.0  # seconds that stopping waits for the batch in hand

log = logging.getLogger(__name__)

Work = Callable[[Callable[[], bool]], None]
"""Does what there is to do; it is passed what tells whether to stop, and may raise Cancelled then."""


class Background:
    """A thread that does `work` once after any number of calls of `wake`."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._wake, self._stop = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="quotewire-tend", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """Do the work, now or once more after what is being done."""
        self._wake.set()

    def stop(self) -> None:
        """Let the thread end, after the batch in hand."""
        self._stop.set()
        self._wake.set()
        self._thread.join(timeout=PATIENCE)

    def _run(self) -> None:
        _lower_priority()
        while True:
            self._wake.wait()
            self._wake.clear()
            if self._stop.is_set():
                return
            try:
                self._work(self._stop.is_set)
            except Cancelled:
                return
            except (ModelError, ArchiveError) as error:
                log.warning("Vectors are still missing: %s", error)
            except Exception:
                log.exception("The worker that makes vectors failed; it goes on at the next change.")


def _lower_priority() -> None:
    """On Linux a thread has a priority of its own; elsewhere it stays as it is."""
    if hasattr(os, "setpriority") and hasattr(threading, "get_native_id"):
        try:
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)
        except OSError:
            log.debug("The worker keeps its priority.")
