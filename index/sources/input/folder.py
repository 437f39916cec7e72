"""Walks a folder of articles, in an order that is always the same.

Called by `index/sources/file_source.py`. It must not open files. Hidden files and editors' backups are left out. A
symbolic link to a folder is followed once, and not where it leads back into the folder being walked, so no loop is
endless.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from index.errors import RecordError
from index.sources.input.content import reason


def is_unwanted(name: str) -> bool:
    """Whether a file name is that of a hidden file or of an editor's backup or lock."""
    backup = name.endswith(("~", ".bak", ".tmp", ".swp", ".swo", ".orig"))
    return backup or name.startswith((".", "~$", "#"))


def walk(root: Path) -> Iterator[Path | RecordError]:
    """Every file under `root` by name, the files of a folder before its subfolders.

    RecordError without a key for a folder that cannot be listed: what it held is unknown.
    """
    yield from _walk(root, root, {root.resolve()})


def _walk(folder: Path, root: Path, visited: set[Path]) -> Iterator[Path | RecordError]:
    shown = folder.relative_to(root).as_posix() if folder != root else str(root)
    try:
        with os.scandir(folder) as listing:
            entries = sorted((entry for entry in listing if not is_unwanted(entry.name)), key=lambda e: e.name)
    except OSError as error:
        yield RecordError(f"folder {reason(error, shown)}", source=shown)
        return
    folders: list[Path] = []
    for entry in entries:
        path = folder / entry.name
        try:
            if entry.is_dir():
                if not entry.is_symlink() or _leads_out(path, root, visited):
                    folders.append(path)
            elif entry.is_file() or entry.is_symlink():  # a link that leads nowhere is for the reader to report
                yield path
        except OSError:  # a link to itself, say: the reader tells why
            yield path
    for path in folders:
        yield from _walk(path, root, visited)


def _leads_out(link: Path, root: Path, visited: set[Path]) -> bool:
    """Whether a linked folder lies outside `root` and was not walked yet; then it counts as walked."""
    target = link.resolve()
    if target in visited or target.is_relative_to(root.resolve()):
        return False
    visited.add(target)
    return True
