"""The floors of the house: imports point down only, every library has its home, nothing happens at import.

A folder imports from its own floor and those below. To amend: move a room's name in INDEX or BOT, or a library's in
HOMES. A new folder needs a line here; a new file in it does not.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# From the bottom up: folders, and the files that stand in no folder.
INDEX: tuple[tuple[str, ...], ...] = (
    ("datatypes", "errors"),
    ("language",),
    ("clean", "speech"),
    ("question",),
    ("sample", "store", "vectors"),
    ("sources",),
    ("runs", "search"),
    ("answer", "serving"),
    ("quality",),
    ("archive",),
)
BOT: tuple[tuple[str, ...], ...] = (
    ("access", "folder_lock", "keys", "logs", "open_archive", "texts"),
    ("journal",),
    ("backup", "messages"),
    ("delivery", "threads"),
    ("scheduling",),
    ("context",),
    ("background",),
    ("handlers",),
    ("build", "lifecycle"),
    ("app",),
    ("terminal",),
)
PURE_ROOMS = ("datatypes", "language", "clean", "speech", "question")  # text in, values out: no files, clock, log
# What a pure room has no business with.
EFFECTS = {"asyncio", "logging", "multiprocessing", "socket", "sqlite3", "subprocess", "tempfile"}

# All of index/ that bot/ may know: the facade, its nouns and errors, the model that the settings choose.
BOT_KNOWS = {
    "index",
    "index.archive",
    "index.clean.canonical_text",  # as_sent: what Telegram does to a text
    "index.datatypes",
    "index.vectors.embedder",
    "index.clean.overrides",  # what the settings say of articles
    "index.search.reranker",
    "index.errors",
    "index.store.database",  # the journal is a SQLite file too, opened the same way
    "index.quality.figures",  # measuring: pure arithmetic over answers
    "index.quality.judge",
    "index.sample",
}
BELOW: dict[str, set[str]] = {"bot": {"bot", "index", "config"}, "index": {"index"}, "config": {"config"}}

# Where a library may be imported: a file, or a folder with its slash. Any other has one home file of its own choice.
HOMES: dict[str, tuple[str, ...]] = {
    "babel": ("index/clean/dates.py", "index/language/date_words.py", "bot/messages/catalogue.py"),  # months
    "cryptography": ("bot/",),
    "faiss": ("index/vectors/faiss_index.py",),
    "httpcore": ("index/sources/web/",),  # the one door to the web
    "httpx": ("bot/", "index/sources/web/"),
    "huggingface_hub": ("index/vectors/embedder.py", "index/search/reranker.py"),
    "PIL": ("bot/messages/chart.py",),  # the picture of /questions
    "lxml": ("index/sources/",),  # markup and XML
    "numpy": ("index/",),
    "pydantic": ("config/",),
    "pydantic_core": ("config/",),
    "pydantic_settings": ("config/",),
    "rich": ("bot/",),
    "sentence_transformers": ("index/vectors/embedder.py", "index/search/reranker.py"),
    "sqlite3": ("index/store/", "bot/journal/"),
    "sqlite_utils": ("index/store/", "bot/journal/"),
    "telegram": ("bot/",),
    "torch": ("index/vectors/embedder.py", "index/search/reranker.py"),
    "trafilatura": ("index/sources/",),
    "transformers": ("index/vectors/embedder.py", "index/search/reranker.py"),
    "wordfreq": ("index/language/terms.py", "index/language/stopwords.py", "index/sources/formats/pdf_layout.py"),
    "yaml": ("index/sources/",),
}
# Types that rooms elsewhere may name, because they hand such a value on.
HANDED_ON = {"sqlite_utils": {"Database"}}

CLOCKLESS = (*PURE_ROOMS, "search", "answer", "quality")  # rooms that are passed the moment of a question
CLOCKS = {"now", "today", "utcnow"}

NEVER_AT_IMPORT = {
    "open",
    "connect",
    "read_text",
    "read_bytes",
    "write_text",
    "getenv",
    "urlopen",
    "print",
    "basicConfig",
}
WIDEST = 25  # files side by side that a reader still takes in
HEAVY = {"torch", "sentence_transformers", "transformers"}


def files() -> list[Path]:
    tops = [path for top in BELOW for path in sorted((ROOT / top).rglob("*.py"))]
    return [*tops, *ROOT.glob("run_bot.py")]


def module(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module(path): path for path in files()}


def tree(name: str) -> ast.Module:
    return ast.parse(MODULES[name].read_text("utf-8"))


def imports(name: str) -> Iterator[tuple[str, str]]:
    """(module, name taken from it or "") of every import, wherever it stands; relative ones made absolute."""
    package = name if MODULES[name].name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            source = ".".join([*above, *([node.module] if node.module else [])])
            yield from ((source, alias.name) for alias in node.names)


def ours(name: str) -> set[str]:
    """The modules of this project that a module imports."""
    found = set()
    for source, taken in imports(name):
        if source.split(".")[0] in BELOW:
            found.add(f"{source}.{taken}" if f"{source}.{taken}" in MODULES else source)
    return found - {name}


def room(name: str) -> str:
    return name.split(".")[1] if "." in name else ""


FLOOR = {
    f"{top}.{one}": number
    for top, floors in (("index", INDEX), ("bot", BOT))
    for number, names in enumerate(floors)
    for one in names
}


def floor(name: str) -> int:
    return FLOOR[".".join(name.split(".")[:2])]


IN_INDEX = [name for name in MODULES if name.startswith("index.")]
IN_BOT = [name for name in MODULES if name.startswith("bot.")]
PURE = [name for name in IN_INDEX if room(name) in PURE_ROOMS]


def test_there_is_a_house():
    assert {"index", "index.datatypes", "index.errors"} <= set(MODULES)


@pytest.mark.parametrize("name", sorted(MODULES))
def test_imports_of_our_own_exist_and_stay_where_they_may_look(name):
    if name == "run_bot":
        assert {other.split(".")[0] for other in ours(name)} <= {"bot"}
        return
    outside = {other for other in ours(name) if other.split(".")[0] not in BELOW[name.split(".")[0]]}
    assert not outside, f"{name} must not know {sorted(outside)}"
    missing = ours(name) - set(MODULES)
    assert not missing, f"{name} imports {sorted(missing)}, which is not there"


@pytest.mark.parametrize("name", sorted(name for name in MODULES if name.startswith("bot")))
def test_bot_knows_the_archive_by_its_facade(name):
    deeper = {other for other in ours(name) if other.startswith("index") and other not in BOT_KNOWS}
    assert not deeper, f"{name} reaches past index.archive for {sorted(deeper)}"


@pytest.mark.parametrize("name", sorted([*IN_INDEX, *IN_BOT]))
def test_imports_point_down(name):
    top = name.split(".")[0]
    up = {other for other in ours(name) if other.startswith(f"{top}.") and floor(other) > floor(name)}
    assert not up, f"{name} is on floor {floor(name)} and imports { ({other: floor(other) for other in up}) }"


def test_no_folder_is_too_wide():
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    folders = Counter(str(Path(file).parent) for file in tracked.split("\n"))
    assert {folder: count for folder, count in folders.items() if count > WIDEST} == {}


def test_no_module_comes_back_to_itself():
    graph = {name: {other for other in ours(name) if not name.startswith(f"{other}.")} for name in MODULES}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" <- ".join(error.args[1]))


@pytest.mark.parametrize("name", sorted(PURE))
def test_a_pure_room_has_no_effects(name):
    found = {source.split(".")[0] for source, _ in imports(name)} & EFFECTS
    assert not found, f"{name} is pure and imports {sorted(found)}; effects belong to a room above"


@pytest.mark.parametrize(
    "name", sorted(name for name in MODULES if name.startswith("index.") and room(name) in CLOCKLESS)
)
def test_the_rooms_of_a_question_have_no_clock_of_their_own(name):
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Attribute) and node.attr in CLOCKS:
            assert ast.unparse(node.value) not in ("datetime", "date"), f"{name}, line {node.lineno}: a second clock"


def libraries() -> dict[str, set[str]]:
    """library -> the files that import it, types handed on left out."""
    found: dict[str, set[str]] = {}
    for name, path in MODULES.items():
        for source, taken in imports(name):
            library = source.split(".")[0]
            foreign = library not in BELOW and (library not in sys.stdlib_module_names or library in HOMES)
            if foreign and taken not in HANDED_ON.get(library, ()):
                found.setdefault(library, set()).add(path.relative_to(ROOT).as_posix())
    return found


def _lives(user: str, home: str) -> bool:
    return user.startswith(home) if home.endswith("/") else user == home


@pytest.mark.parametrize(("library", "users"), sorted(libraries().items()))
def test_a_library_has_its_home(library, users):
    if library in HOMES:
        homes = HOMES[library]
        strangers = {user for user in users if not any(_lives(user, home) for home in homes)}
        assert not strangers, f"{library} lives in {homes}, not in {sorted(strangers)}"
    else:
        assert len(users) == 1, f"{library} has no one home: {sorted(users)}"


def at_import(body: list[ast.stmt]) -> Iterator[ast.AST]:
    """Every node that runs when a module is imported: not functions' bodies, but their decorators and defaults."""
    waiting: list[ast.AST] = list(body)
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            waiting += [*node.args.defaults, *filter(None, node.args.kw_defaults)]
            waiting += getattr(node, "decorator_list", [])
        elif not (isinstance(node, ast.If) and "__name__" in ast.unparse(node.test)):
            waiting += ast.iter_child_nodes(node)


@pytest.mark.parametrize("name", sorted(MODULES))
def test_nothing_is_done_at_import(name):
    for node in at_import(tree(name).body):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            pytest.fail(f"{name}, line {node.lineno}: a bare call at import: {ast.unparse(node)}")
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)
            assert called not in NEVER_AT_IMPORT, f"{name}, line {node.lineno}: {ast.unparse(node)} at import"


def test_importing_everything_is_light_and_silent():
    code = (
        "import importlib, sys, threading\n"
        "sys.dont_write_bytecode = True\n"
        f"for name in {sorted(MODULES)!r}: importlib.import_module(name)\n"
        f"print(sorted({HEAVY!r} & set(sys.modules)), threading.active_count())"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stderr, done.stdout.strip()) == (0, "", "[] 1")
