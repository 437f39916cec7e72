"""The confidence below which a question is declined: where it comes from, and on what it was measured."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FloorOrigin(StrEnum):
    """Who said what the floor is."""

    SETTINGS = "settings"
    CALIBRATED = "calibrated"  # measured on this archive
    SHIPPED = "shipped"


@dataclass(frozen=True, slots=True)
class Floor:
    """The confidence (0..1) below which a question is declined."""

    value: float
    origin: FloorOrigin


class Basis(StrEnum):
    """What a floor was measured on."""

    QUESTIONS = "questions"  # a file of questions with their answers
    VOTES = "votes"  # what readers found helpful or not
    ARCHIVE = "archive"  # questions made from the archive's own sentences


@dataclass(frozen=True, slots=True)
class Calibrated:
    """A floor measured on an archive: the share (0..1) of the answerable it keeps, of `count` that it was found on.

    It holds for one `ranking` (its weights' digest) and one `model` (its name, None without one).
    """

    floor: float
    keep: float
    basis: Basis
    count: int
    ranking: str
    model: str | None
