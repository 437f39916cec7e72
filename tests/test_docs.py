"""The documents say what there is: every command, setting and file is told, and what is told is there."""

from __future__ import annotations

import argparse
import ast
import json
import re
from pathlib import Path

import pytest
from newsroom import open_archive, three_stories

from bot.delivery.menus import ADMINISTRATORS, GROUPS, READERS
from bot.terminal.cli import _parser
from bot.terminal.json_answer import answer_document
from bot.terminal.sample import ARTICLES
from config.settings import Settings
from index.sources.formats.registry import READABLE

ROOT = Path(__file__).parents[1]
README, CONTRIBUTING, CHANGELOG = (
    (ROOT / name).read_text("utf-8") for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
)
TOLD = README + CONTRIBUTING
# Drawn by `make pictures` from real exchanges; a checkout may be without them.
GENERATED = {f"docs/{name}.svg" for name in ("private", "declined", "group", "inline", "admin")}
# Made by whoever uses the program.
YOURS = {"config/settings.toml"}

LINK = re.compile(r"\]\(([^)\s]+)\)|(?:src|href)=\"([^\"]+)\"")
OURS = re.compile(r"(?<![\w/.-])(?:bot|config|docs|index|tests)/[\w./-]*")


def section(page: str, title: str) -> str:
    """What stands under a heading of the second level."""
    return page.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


def subcommands() -> dict[str, argparse.ArgumentParser]:
    (found,) = (action for action in _parser()._actions if isinstance(action, argparse._SubParsersAction))
    return dict(found.choices)


def handled() -> set[str]:
    """The commands that the bot listens to."""
    calls = [
        node for node in ast.walk(ast.parse((ROOT / "bot/app.py").read_text("utf-8"))) if isinstance(node, ast.Call)
    ]
    first = [call.args[0] for call in calls if isinstance(call.func, ast.Name) and call.func.id == "CommandHandler"]
    names = [ast.literal_eval(one) for one in first]
    return {name for one in names for name in ([one] if isinstance(one, str) else one)}


# -- what there is, is told -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(subcommands()))
def test_every_terminal_command_is_told_with_its_options(name):
    table = section(README, "For administrators")
    assert re.search(rf"`{name}[ `]", table)
    options = {option for action in subcommands()[name]._actions for option in action.option_strings}
    untold = {option for option in options if option.startswith("--") and option not in README}
    assert not untold


@pytest.mark.parametrize("name", sorted({*READERS, *GROUPS, *ADMINISTRATORS} | handled()))
def test_every_command_of_the_bot_is_told(name):
    assert f"`/{name}`" in section(README, "For readers") + section(README, "For administrators")


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_section_of_the_settings_is_told(name):
    assert re.search(rf"^\| `\[+{name}[.\]]", section(README, "Settings"), re.M)


@pytest.mark.parametrize("ending", READABLE)
def test_every_format_is_told_with_an_example(ending):
    rows = [row for row in section(README, "Index your archive").splitlines() if row.startswith("|")]
    assert any(f"`{ending}`" in row.split("|")[2] and row.split("|")[4].strip() for row in rows if row.count("|") == 5)


# -- what is told, is there -------------------------------------------------------------------------------------------


def test_every_command_told_is_there():
    told = re.findall(r"`/([a-z]+)", section(README, "For readers") + section(README, "For administrators"))
    assert set(told) <= handled()
    typed = re.findall(r"^\| `([a-z]+)[ `]", section(README, "For administrators"), re.M)
    assert set(typed) <= set(subcommands())


@pytest.mark.parametrize("page", [README, CONTRIBUTING, CHANGELOG], ids=["README", "CONTRIBUTING", "CHANGELOG"])
def test_every_link_and_picture_leads_somewhere(page):
    titles = {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in re.findall(r"^#+ (.+)$", page, re.M)}
    for link in (first or second for first, second in LINK.findall(page)):
        if link.startswith("#"):
            assert link[1:] in titles, link
        elif "://" not in link:
            assert (ROOT / link).exists() or link in GENERATED, link


@pytest.mark.parametrize("page", [README, CONTRIBUTING], ids=["README", "CONTRIBUTING"])
def test_every_file_named_is_there(page):
    named = {name.rstrip(".") for name in OURS.findall(page)}
    missing = {name for name in named if not (ROOT / name).exists()} - GENERATED - YOURS
    assert not missing


def test_every_make_target_named_is_there():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    typed = re.findall(r"(?:^|`|TOKEN=\.\.\. )make ([a-z]+)", TOLD, re.M)
    assert {"ask", "test"} <= set(typed) <= targets


def test_the_quotes_shown_stand_in_the_sample_archive():
    printed = [block for block in re.findall(r"```text\n(.*?)```", README, re.S) if "https://" in block]
    assert printed
    archive = " ".join(" ".join(path.read_text("utf-8").split()) for path in sorted(ARTICLES.iterdir()))
    lines = "\n".join(line if line.startswith("  ") else "" for block in printed for line in block.splitlines())
    quoted = [" ".join(paragraph.split()) for paragraph in lines.split("\n\n") if paragraph.strip()]
    assert quoted
    assert [words for words in quoted if words not in archive] == []


def test_the_json_shown_has_the_fields_of_an_answer(tmp_path):
    (shown,) = (json.loads(block) for block in re.findall(r"```json\n(.*?)```", section(README, "In scripts"), re.S))
    archive = open_archive(tmp_path)
    archive.reindex([three_stories(tmp_path / "articles")])
    real = answer_document(archive.ask("Who bakes 300 loaves a night?", top=1))
    archive.close()
    assert list(shown) == list(real)
    assert list(shown["quotes"][0]) == list(real["quotes"][0])
    assert list(shown["quotes"][0]["article"]) == list(real["quotes"][0]["article"])
