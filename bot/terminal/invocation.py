"""How this program was started, so that a hint can be copied and works."""

from __future__ import annotations

import shlex
import shutil
import sys
from pathlib import Path

COMMAND = "quotewire"
PROGRAM = "run_bot.py"


def program() -> str:
    """The words that start this program again from here: "quotewire", or ".venv/bin/python run_bot.py"."""
    started = Path(sys.argv[0])
    if started.stem == COMMAND:
        return COMMAND if _same(shutil.which(COMMAND), started) else shlex.quote(_from_here(started))
    script = started if started.name == PROGRAM else Path(__file__).parents[2] / PROGRAM
    return f"{shlex.quote(_python())} {shlex.quote(_from_here(script))}"


def _python() -> str:
    """This interpreter, which has what the program needs: another one on the way may not."""
    running = Path(sys.executable)
    return running.name if _same(shutil.which(running.name), running) else _from_here(running)


def _same(found: str | None, path: Path) -> bool:
    return found is not None and Path(found).absolute() == path.absolute()


def _from_here(path: Path) -> str:
    """A path as short as it can be typed. Links are kept: a virtual environment's python is one."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
