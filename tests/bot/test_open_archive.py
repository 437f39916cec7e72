"""What the owner sets reaches the archive."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

from bot.open_archive import options
from config.settings import Settings


def test_today_is_the_newsrooms_day(tmp_path: Path) -> None:
    settings = Settings(answers={"timezone": "America/Los_Angeles"}, archive={"path": tmp_path})  # type: ignore[arg-type]
    assert options(settings).zone == ZoneInfo("America/Los_Angeles")
    assert options(Settings(archive={"path": tmp_path})).zone == ZoneInfo("UTC")  # type: ignore[arg-type]
