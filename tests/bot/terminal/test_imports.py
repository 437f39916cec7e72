"""The terminal is quick: what needs neither Telegram nor a model loads neither."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
FOREIGN = ("telegram", "torch", "sentence_transformers", "transformers")
RUN = """
import runpy, sys
sys.path.insert(0, {root!r})
sys.argv = ["run_bot.py", *{words!r}]
try:
    runpy.run_path({program!r}, run_name="__main__")
except SystemExit as ended:
    assert not ended.code, ended.code
finally:
    sys.stderr.write("loaded: %s" % sorted(set(sys.modules) & {foreign!r}))
"""
IMPORT = """
import sys
sys.path.insert(0, {root!r})
import {name}
sys.stderr.write("loaded: %s" % sorted(set(sys.modules) & {foreign!r}))
"""


def python(code: str, folder: Path) -> tuple[int, str]:
    """Run code in a process of its own: its exit status, and the last thing it said."""
    environment = {**os.environ, "QUOTEWIRE_ARCHIVE__PATH": str(folder / "data"), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", code]
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    return done.returncode, done.stderr.rpartition("\n")[2]


@pytest.mark.parametrize("words", [["ask", "--help"], ["status"], ["articles"], ["sources"]], ids=" ".join)
def test_a_command_of_the_terminal_loads_neither_telegram_nor_a_model(words: list[str], tmp_path: Path) -> None:
    code = RUN.format(root=str(ROOT), words=words, program=str(ROOT / "run_bot.py"), foreign=set(FOREIGN))
    assert python(code, tmp_path) == (0, "loaded: []")


@pytest.mark.parametrize("name", ["bot.terminal.show", "bot.terminal.commands"])
def test_what_the_terminal_shows_is_laid_out_without_telegram(name: str, tmp_path: Path) -> None:
    assert python(IMPORT.format(root=str(ROOT), name=name, foreign=set(FOREIGN)), tmp_path) == (0, "loaded: []")


def test_the_bots_own_layout_would_be_noticed(tmp_path: Path) -> None:
    told = python(IMPORT.format(root=str(ROOT), name="bot.messages.answers", foreign=set(FOREIGN)), tmp_path)
    assert told == (0, "loaded: ['telegram']")
