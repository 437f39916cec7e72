"""The floor of confidence: as set by the owner, else as calibrated for this archive, else as shipped.

The archive asks for it at every question; a calibration by another process counts at once. It lies in a small file
next to the database and holds only for the ranking and the model it was measured with: after a change of either it is
passed over until somebody calibrates again.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from hashlib import sha256
from importlib import resources
from pathlib import Path
from typing import Any

from index.datatypes import Basis, Calibrated, Floor, FloorOrigin
from index.search import rank

FILE = "floor.json"

log = logging.getLogger(__name__)


class Calibration:
    """The calibrated floor in the data folder, if there is one. Reads the file again only when it changed."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE
        self._read: tuple[int, Calibrated | None] = (0, None)

    def calibrated(self) -> Calibrated | None:
        """What was kept, whether or not it still holds; None where there is nothing that can be read."""
        try:
            changed = self.path.stat().st_mtime_ns
        except OSError:
            return None
        if self._read[0] != changed:
            self._read = (changed, _load(self.path))
        return self._read[1]

    def keep(self, calibrated: Calibrated | None) -> None:
        """Put a floor in the place of the one kept; None goes back to the shipped one. OSError where it cannot."""
        if calibrated is None:
            self.path.unlink(missing_ok=True)
            return
        draft = self.path.with_suffix(".new")
        draft.write_text(json.dumps(asdict(calibrated), indent=1) + "\n", "utf-8")
        draft.replace(self.path)

    def floor(self, given: float | None, model: str | None) -> Floor:
        """The floor that counts: `given`, else the calibrated one where it holds for `model`, else the shipped one."""
        if given is not None:
            return Floor(given, FloorOrigin.SETTINGS)
        kept = self.calibrated()
        if kept is not None and (kept.ranking, kept.model) == (ranking(), model):
            return Floor(kept.floor, FloorOrigin.CALIBRATED)
        return Floor(rank.floor(), FloorOrigin.SHIPPED)


@cache
def ranking() -> str:
    """What identifies the weights that confidence is reckoned with."""
    room = resources.files("index.search")
    weights = room / "rank.json"
    source = weights if weights.is_file() else room / "rank.py"  # without trained weights they stand in the module
    return sha256(source.read_bytes()).hexdigest()[:16]


def _load(path: Path) -> Calibrated | None:
    try:
        table = _table(json.loads(path.read_text("utf-8")))
        found = Calibrated(**{**table, "basis": Basis(table["basis"])})
        if 0 <= found.floor <= 1:
            return found
    except (OSError, ValueError, TypeError, KeyError):
        pass
    log.warning("%s cannot be used: the shipped floor counts until you calibrate again.", path)
    return None


def _table(facts: object) -> Mapping[str, Any]:
    if not isinstance(facts, dict):
        raise ValueError("not an object")
    return facts
