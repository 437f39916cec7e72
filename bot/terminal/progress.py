"""An indexing run as a person at a terminal watches it: a progress bar, and Ctrl-C that stops it politely.

Called by the commands that index. The run works in a thread of its own, so that the terminal answers at once; stopping
keeps what is done. Must not know what is indexed.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from index.archive import Archive
from index.datatypes import IndexReport, Phase, Progress

LOOK_EVERY = 0.2  # seconds
PHASES = {Phase.READING: "Reading", Phase.EMBEDDING: "Embedding passages", Phase.BUILDING: "Building the index"}


@dataclass
class Interruption:
    """Whether somebody at the terminal wants the run to stop, and by which signal they said so."""

    asked: threading.Event = field(default_factory=threading.Event)
    signum: int = 0


def watched(
    archive: Archive, work: Callable[[Callable[[Progress], None]], IndexReport], screen: Console
) -> tuple[IndexReport, int]:
    """Do `work` under a progress bar on `screen`. The report, and the signal that stopped it (0: none did).

    Raises what the work raises.
    """
    with _bar(screen) as tell, _listening(screen) as interruption, ThreadPoolExecutor(1) as pool:
        running = pool.submit(work, tell)
        while not wait([running], LOOK_EVERY).done:
            if interruption.asked.is_set():
                _cancel_ours(archive)
        return running.result(), interruption.signum


def _cancel_ours(archive: Archive) -> None:
    """Ask this process's run to stop: never that of another, and again until it has one."""
    run = archive.run()
    if run is not None and run.pid == os.getpid():
        archive.cancel()


@contextmanager
def _listening(screen: Console) -> Iterator[Interruption]:
    """While this lasts, Ctrl-C and SIGTERM ask to stop, and a second one ends the process on the spot."""
    interruption = Interruption()

    def stop(signum: int, _frame: FrameType | None) -> None:
        if interruption.asked.is_set():
            os._exit(128 + signum)  # safe at any moment: what is committed stays
        interruption.signum = signum
        interruption.asked.set()
        screen.print("Stopping after what is in hand. Once more stops at once.")

    if threading.current_thread() is not threading.main_thread():
        yield interruption  # only the main thread may listen
        return
    before = {signum: signal.signal(signum, stop) for signum in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield interruption
    finally:
        for signum, handler in before.items():
            signal.signal(signum, handler)


@contextmanager
def _bar(screen: Console) -> Iterator[Callable[[Progress], None]]:
    """A progress bar on a terminal, nothing elsewhere."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[counts]}", style="dim"),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=screen, disable=not screen.is_terminal, transient=True) as bar:
        phase = ""

        def tell(progress: Progress) -> None:
            nonlocal phase
            if progress.phase != phase:  # a task of its own: one whose total is known cannot forget it
                phase = progress.phase
                for task in bar.task_ids:
                    bar.remove_task(task)
                bar.add_task(PHASES.get(phase, phase), total=None, counts="")
            counts = f"+{progress.added} ~{progress.changed} ={progress.unchanged} !{progress.failed}"
            bar.update(bar.task_ids[0], completed=progress.done, total=progress.total or None, counts=counts)

        yield tell
