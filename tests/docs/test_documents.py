"""The documents say what there is: every command, setting, format and field, and nothing that is not there."""

from __future__ import annotations

import ast
import json
import re
from argparse import ArgumentParser
from importlib import import_module
from pathlib import Path

import pytest
from newsroom import open_archive, three_stories

from bot import app
from bot.delivery.menus import ADMINISTRATORS, GROUPS, READERS
from bot.messages.audit import COLUMNS
from bot.terminal.json_answer import answer_document
from bot.terminal.sample import ARTICLES
from bot.terminal.scorecard import NAMES
from config.settings import Settings
from index.datatypes import DateOrigin, NoticeKind
from index.sources.formats.registry import READABLE
from tests.docs import architecture
from tests.docs.commands import PAGE, subcommands, written

ROOT = Path(__file__).parents[2]
PATHS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
PAGES = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in PATHS}
README, TELEGRAM, JSON = PAGES["README.md"], PAGES["docs/telegram.md"], PAGES["docs/json.md"]
# Drawn by `make pictures` from real exchanges; a checkout may be without them.
GENERATED = {f"docs/{name}.svg" for name in ("private", "declined", "group", "inline", "admin")}
# Made by whoever uses the program.
YOURS = {"config/settings.toml"}
LONGEST = {"README.md": 11_264, "CONTRIBUTING.md": 8_192}  # bytes

LINK = re.compile(r"\]\(([^)\s]+)\)|(?:src|href)=\"([^\"]+)\"")
OURS = re.compile(r"`((?:bot|config|docs|index|tests)/[\w./-]*)[`:]")


def section(page: str, title: str) -> str:
    """What stands under a heading of the second level."""
    return page.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


def first_cells(table: str) -> set[str]:
    """The code in the first cell of each row."""
    return {
        name
        for row in table.splitlines()
        if row.startswith("| `")
        for name in re.findall(r"`(.+?)`", row.split("|")[1])
    }


def handled() -> set[str]:
    """The commands that the bot listens to."""
    calls = [
        node for node in ast.walk(ast.parse((ROOT / "bot/app.py").read_text("utf-8"))) if isinstance(node, ast.Call)
    ]
    first = [call.args[0] for call in calls if isinstance(call.func, ast.Name) and call.func.id == "CommandHandler"]
    return {ast.literal_eval(one) for one in first if isinstance(one, ast.Constant)} | set(app.ADMINISTRATORS)


def anchors(page: str) -> set[str]:
    """What a link may point to within a page."""
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in re.findall(r"^#+ (.+)$", page, re.M)}


# -- what there is, is documented -------------------------------------------------------------------------------------


def test_the_command_tables_are_those_of_the_parser():
    assert written(PAGE.read_text("utf-8")) == PAGE.read_text("utf-8"), "run `make docs`"


@pytest.mark.parametrize(("name", "parser"), subcommands().items())
def test_every_argument_of_a_terminal_command_says_what_it_means(name: str, parser: ArgumentParser):
    assert parser.description
    assert [action.dest for action in parser._actions if not action.help] == []


@pytest.mark.parametrize("name", sorted({*READERS, *GROUPS, *ADMINISTRATORS} | handled()))
def test_every_command_of_the_bot_is_documented(name):
    assert f"`/{name}`" in section(TELEGRAM, "For readers") + section(TELEGRAM, "For administrators")


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_section_of_the_settings_is_documented(name):
    assert re.search(rf"^\| `\[+{name}[.\]]", section(PAGES["docs/operations.md"], "Settings"), re.M)


@pytest.mark.parametrize("ending", READABLE)
def test_every_format_is_documented_with_an_example(ending):
    rows = [row for row in section(PAGES["docs/sources.md"], "Formats").splitlines() if row.startswith("|")]
    assert any(f"`{ending}`" in row.split("|")[2] and row.split("|")[4].strip() for row in rows if row.count("|") == 5)


def test_every_kind_of_notice_and_of_date_is_documented():
    assert first_cells(section(JSON, "Notices")) == set(NoticeKind)
    assert {f"`{origin}`" for origin in DateOrigin} <= set(re.findall(r"`\w+`", section(JSON, "An article")))


def test_every_figure_of_an_evaluation_is_documented():
    words = section(PAGES["docs/evaluation.md"], "Figures")
    short = {name: f"@{name.split('@')[1]}" for name in NAMES if "@" in name}
    assert [name for name in NAMES if f"`{name}`" not in words and f"`{short.get(name)}`" not in words] == []


def test_the_columns_of_the_audit_file_are_documented():
    assert f"columns {', '.join(f'`{name}`' for name in COLUMNS)}." in JSON


# -- what is documented, is there -------------------------------------------------------------------------------------


def test_every_command_documented_is_there():
    named = re.findall(r"`/([a-z]+)", section(TELEGRAM, "For readers") + section(TELEGRAM, "For administrators"))
    assert set(named) <= handled() | {"setinline", "setinlinefeedback", "setprivacy"}
    typed = re.findall(r"run_bot\.py ([a-z]+)", "".join(PAGES.values()))
    assert {"ask", "index", "serve"} <= set(typed) <= set(subcommands())


@pytest.mark.parametrize("name", PAGES)
def test_every_link_and_picture_leads_somewhere(name):
    here = (ROOT / name).parent
    for link in (first or second for first, second in LINK.findall(PAGES[name])):
        if "://" in link:
            continue
        path, _, anchor = link.partition("#")
        target = (here / path).resolve() if path else ROOT / name
        shown = target.relative_to(ROOT).as_posix()
        assert target.exists() or shown in GENERATED, link
        if anchor:
            assert anchor in anchors(target.read_text("utf-8")), link


def test_every_page_is_reached_from_the_readme():
    reached, waiting = set(), ["README.md"]
    while waiting:
        name = waiting.pop()
        if name in reached or name not in PAGES:
            continue
        reached.add(name)
        links = (first or second for first, second in LINK.findall(PAGES[name]))
        targets = ((ROOT / name).parent / link.partition("#")[0] for link in links if "://" not in link)
        waiting += [target.resolve().relative_to(ROOT).as_posix() for target in targets]
    assert set(PAGES) - reached == set()


@pytest.mark.parametrize("name", PAGES)
def test_every_file_named_is_there(name):
    missing = {one.rstrip(".") for one in OURS.findall(PAGES[name]) if not (ROOT / one.rstrip(".")).exists()}
    assert missing - GENERATED - YOURS == set()


@pytest.mark.parametrize("page", [PAGES["CONTRIBUTING.md"], PAGES["docs/design/architecture.md"]])
@pytest.mark.parametrize("top", ["bot", "index"])
def test_the_tree_shows_every_folder(page: str, top: str):
    (tree,) = [block for block in re.findall(r"```text\n(.*?)```", page, re.S) if "\nindex/" in block]
    shown = {
        name
        for name in re.findall(
            r"(?:^|  )([a-z]+)/ ", tree.split(f"\n{top}/" if top == "index" else f"{top}/", 1)[1], re.M
        )
    }
    there = {path.name for path in (ROOT / top).iterdir() if path.is_dir() and any(path.glob("*.py"))}
    assert there <= shown


def test_every_make_target_named_is_there():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    typed = re.findall(r"(?:^|`|TOKEN=\.\.\. )make ([a-z]+)", "".join(PAGES.values()), re.M)
    assert {"ask", "test"} <= set(typed) <= targets


def test_the_quotes_shown_stand_in_the_sample_archive():
    printed = [block for block in re.findall(r"```text\n(.*?)```", README, re.S) if "https://" in block]
    assert printed
    archive = " ".join(" ".join(path.read_text("utf-8").split()) for path in sorted(ARTICLES.iterdir()))
    lines = "\n".join(line if line.startswith("  ") else "" for block in printed for line in block.splitlines())
    quoted = [" ".join(paragraph.split()) for paragraph in lines.split("\n\n") if paragraph.strip()]
    assert quoted
    assert [words for words in quoted if words not in archive] == []


def test_the_json_shown_and_its_tables_have_the_fields_of_an_answer(tmp_path):
    (shown,) = (json.loads(block) for block in re.findall(r"```json\n(.*?)```", section(JSON, "An answer"), re.S))
    archive = open_archive(tmp_path)
    archive.reindex([three_stories(tmp_path / "articles")])
    real = answer_document(archive.ask("Who bakes 300 loaves a night?", top=1))
    archive.close()
    parts = {"An answer": (shown, real)}
    parts["A quote"] = (shown["quotes"][0], real["quotes"][0])
    parts["An article"] = (shown["quotes"][0]["article"], real["quotes"][0]["article"])
    for title, (example, answer) in parts.items():
        assert list(example) == list(answer)
        assert first_cells(section(JSON, title)) == set(answer)


ROOMS = sorted(path for top in ("bot", "index") for path in (ROOT / top).rglob("__init__.py"))


@pytest.mark.parametrize("room", [path.parent.relative_to(ROOT).as_posix() for path in ROOMS])
def test_every_room_says_what_it_is_for_and_names_a_door_that_is_there(room: str):
    words = ast.get_docstring(ast.parse((ROOT / room / "__init__.py").read_text("utf-8"))) or ""
    assert words
    for door in re.findall(r"`([\w.]+)`", words.partition("Door")[2]):
        file, _, name = door.partition(".")
        module = import_module(f"{room.replace('/', '.')}.{file}")
        assert not name or hasattr(module, name), door


# -- how they are made ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "most"), LONGEST.items())
def test_the_first_pages_stay_short(name: str, most: int):
    assert len(PAGES[name].encode()) <= most


def test_the_picture_of_the_rooms_is_drawn_from_rooms_that_are_there():
    assert [room for room in architecture.rooms() if not (ROOT / room).exists()] == []
    assert architecture.PICTURE.read_text("utf-8") == architecture.drawing(), "run `make docs`"
