"""The hint that can be copied: the words that started this program, as they are typed from here."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.terminal.invocation import program

ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))


def executable(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n", "utf-8")
    path.chmod(0o755)
    return path


def test_a_virtual_environment_that_is_not_active_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    executable(tmp_path / "bin" / "python")  # another one, on the way
    monkeypatch.setattr(sys, "executable", str(tmp_path / ".venv" / "bin" / "python"))
    monkeypatch.setattr(sys, "argv", ["run_bot.py", "ask"])
    assert program() == ".venv/bin/python run_bot.py"


def test_an_active_one_goes_without_saying(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(executable(tmp_path / "bin" / "python")))
    monkeypatch.setattr(sys, "argv", ["../wire/run_bot.py"])
    assert program() == "python ../wire/run_bot.py"


def test_the_installed_command_is_named_as_it_is_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", [str(executable(tmp_path / "bin" / "quotewire"))])
    assert program() == "quotewire"
    monkeypatch.setattr(sys, "argv", [str(executable(tmp_path / "my venv" / "quotewire"))])
    assert program() == "'my venv/quotewire'"


def test_the_hint_works(tmp_path: Path) -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); sys.argv = ['-c']\n"
        "from bot.terminal.invocation import program; print(program())"
    )
    hint = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
    done = subprocess.run(
        f"{hint} --help", shell=True, cwd=tmp_path, env={**os.environ}, capture_output=True, text=True, check=False
    )
    assert (done.returncode, "usage: quotewire" in done.stdout) == (0, True), done.stderr
