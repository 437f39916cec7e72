"""The tree of CONTRIBUTING.md: every module with the first line of its docstring.

python tests/tree.py    writes it anew; tests/test_docs.py notices when a file is missing from it
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "CONTRIBUTING.md"
TOPS = ("index", "bot", "config", "tests")
BEGIN, END = "<!-- tree -->", "<!-- /tree -->"
# What is no module, and worth a line.
BESIDE = {
    "index/sample/articles/": "the articles of the sample archive, one or several a file",
    "index/sample/questions.jsonl": "questions about them, with the answers that a person would give",
    "index/rank.json": "the weights of the ranking, written by tests/quality",
    "config/settings.example.toml": "every setting with its default",
    "tests/segment/cases.txt": "hard paragraphs and where their sentences end",
    "tests/speech/quotations.tsv": "labelled quotations: who speaks",
}


def modules(top: str) -> list[str]:
    """The modules under a top-level folder, as paths from the root."""
    return sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / top).rglob("*.py"))


def first_line(path: Path) -> str:
    """The first line of a module's docstring, without its full stop."""
    words = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    return words.partition("\n")[0].rstrip(".")


def lines(top: str) -> Iterator[str]:
    """One line for each module or data file under `top`, a folder before what it holds."""
    told = {path: first_line(ROOT / path) for path in modules(top)}
    told |= {path: words for path, words in BESIDE.items() if path.startswith(f"{top}/") and (ROOT / path).exists()}
    names = {path.removesuffix("__init__.py").removeprefix(f"{top}/") or f"{top}/": told[path] for path in told}
    folders = {name.rpartition("/")[0] + "/" for name in names if "/" in name.rstrip("/")}
    names |= {folder: "" for folder in folders if folder not in names}
    width = max(len(_shown(name)) for name in names)
    for name in sorted(names, key=lambda name: (name != f"{top}/", _order(name))):
        yield f"{_shown(name):{width}}  {names[name]}".rstrip()


def _order(name: str) -> list[tuple[bool, str]]:
    """Files before folders, each by name."""
    parts = name.rstrip("/").split("/")
    return [(True, part) for part in parts[:-1]] + [(name.endswith("/"), parts[-1])]


def _shown(name: str) -> str:
    if name.rstrip("/") in TOPS:
        return name
    parts = name.rstrip("/").split("/")
    return "  " * len(parts) + parts[-1] + ("/" if name.endswith("/") else "")


def tree() -> str:
    """The whole tree as Markdown."""
    blocks = []
    for top in TOPS:
        block = "\n".join(["```text", *lines(top), "```"])
        if top == "tests":
            block = f"<details>\n<summary>tests/</summary>\n\n{block}\n</details>"
        blocks.append(block)
    return "\n\n".join(blocks)


def main() -> None:
    """Put the tree between its marks."""
    page = PAGE.read_text("utf-8")
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{BEGIN}\n\n{tree()}\n\n{END}{after}", "utf-8")


if __name__ == "__main__":
    main()
