"""Sources in Telegram: read by their schedules, each with a history, the administrators warned once of any trouble."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from conversation import ADMIN, Room, conversation, press, quote, unhurried, write_articles  # noqa: F401
from telegram_api import TelegramServer

from bot.background import source_alarms
from bot.scheduling import timetable
from bot.scheduling.job_queue import Due
from config.schedule import Schedule, read_schedule
from config.sections import Answers, Source
from index.datatypes import SourceRun

pytestmark = [
    pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning"),
    pytest.mark.usefixtures("unhurried", "eager"),
]

LAMP = """---
title: Lighthouse gets a new lamp
outlet: The Norholm Post
published: 2025-12-01
---
The lighthouse of Norholm gets a new lamp next week. The lamp shines for nineteen miles.
"""
ALWAYS = Schedule("always", period=timedelta(milliseconds=400))
MORNING = "daily at 06:30"
DAY = timedelta(days=1)
BUOY = LAMP.replace("lamp", "buoy").replace("nineteen", "four")


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looks that are far apart in the newsroom are close together here."""
    monkeypatch.setattr(source_alarms, "LOOK_EVERY", 0.1)
    monkeypatch.setattr(timetable, "LOOK_EVERY", 0.1)


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as server:
        server.person("Editor", user_id=ADMIN, started=True)
        yield server


def wire(folder: Path, schedule: Any = None, **more: Any) -> dict[str, Any]:
    """Sections of the settings: a wire of one article, and the newsroom's time zone."""
    write_articles(folder / "wire", {"lamp.md": LAMP})
    source = Source(kind="files", path=folder / "wire", name="The wire", schedule=schedule, **more)
    return {"sources": (source,), "answers": Answers(timezone="Europe/Berlin")}


async def until(found: Callable[[], Any], seconds: float = 10) -> Any:
    async with asyncio.timeout(seconds):
        while not (one := found()):
            await asyncio.sleep(0.02)
    return one


def readings(room: Room, folder: Path) -> tuple[SourceRun, ...]:
    return room.archive.history(str(folder / "wire"))


def age(folder: Path, by: timedelta) -> None:
    """Let what was read have been read so much earlier."""
    with sqlite3.connect(folder / "data" / "archive.db") as db:
        for id_, at in db.execute("SELECT id, at FROM source_runs").fetchall():
            earlier = (datetime.fromisoformat(at) - by).isoformat(timespec="seconds")
            db.execute("UPDATE source_runs SET at = ? WHERE id = ?", (earlier, id_))


class TestSchedules:
    async def test_a_source_is_read_when_it_is_due_and_again(self, tmp_path: Path) -> None:
        async with conversation(tmp_path, sections=wire(tmp_path, ALWAYS)) as room:
            await until(lambda: len(readings(room, tmp_path)) >= 2)
            assert "nineteen miles" in quote(await room.reader().asks("How far does the lamp shine?"))
            (tmp_path / "wire" / "buoy.md").write_text(BUOY, "utf-8")
            await until(lambda: sum(run.added for run in readings(room, tmp_path)) == 2)
        assert {run.outcome for run in readings(room, tmp_path)} == {"done"}

    async def test_only_the_source_that_is_due_is_read(self, tmp_path: Path) -> None:
        async with conversation(tmp_path, sections=wire(tmp_path, ALWAYS)) as room:
            before = len(room.archive.history(str(room.articles)))
            await until(lambda: len(readings(room, tmp_path)) >= 2)
            assert len(room.archive.history(str(room.articles))) == before

    async def test_what_was_missed_is_made_up_once_at_the_start(self, server: TelegramServer, tmp_path: Path) -> None:
        sections = wire(tmp_path, MORNING)
        async with conversation(tmp_path, server=server, sections=sections) as room:
            await until(lambda: len(readings(room, tmp_path)) == 1)  # it was never read
            await until(lambda: room.archive.run() is None)
        async with conversation(tmp_path, server=server, sections=sections) as room:
            await asyncio.sleep(0.5)
            assert len(readings(room, tmp_path)) == 1, "nothing was missed"
        age(tmp_path, 5 * DAY)
        async with conversation(tmp_path, server=server, sections=sections) as room:
            await until(lambda: len(readings(room, tmp_path)) == 2)
            await asyncio.sleep(0.5)
            assert len(readings(room, tmp_path)) == 2, "five mornings were missed, and are made up for once"

    async def test_it_waits_for_the_run_in_progress_and_is_done_once(self, tmp_path: Path) -> None:
        async with conversation(tmp_path, sections=wire(tmp_path, None)) as room:
            table = room.services.timetable
            [spec] = [state.spec for state in room.archive.sources() if state.spec.name]
            with room.archive._lease.alone("reindex", "elsewhere"):
                for _ in range(3):
                    table.due(spec)
                await asyncio.sleep(0.5)
                assert readings(room, tmp_path) == ()
                assert "Waits for the run in progress." in (await room.admin().asks("/sources")).text
            await until(lambda: readings(room, tmp_path))
            await asyncio.sleep(0.5)
            assert len(readings(room, tmp_path)) == 1
            assert not table.waits(spec.location)

    async def test_cancel_stops_a_scheduled_run(self, tmp_path: Path) -> None:
        sections = wire(tmp_path, MORNING)
        long = "The keeper of lamp {n} met the council for the {n}th time. "
        write_articles(tmp_path / "wire", {f"{n}.md": LAMP + long.format(n=n) * 40 for n in range(150)})
        async with conversation(tmp_path, sections=sections) as room:
            await until(room.archive.run)
            assert (await room.admin().asks("/cancel")).text.startswith("Asked the run to stop.")
            [run] = await until(lambda: readings(room, tmp_path))
            assert run.outcome == "cancelled"
            assert "The wire" in (await room.admin().asks("/sources")).text

    async def test_the_next_run_is_told_in_the_newsrooms_time(self, tmp_path: Path) -> None:
        async with conversation(tmp_path, sections=wire(tmp_path, MORNING)) as room:
            await until(lambda: readings(room, tmp_path))
            editor = room.admin()
            for command in ("/status", "/sources"):
                assert "06:30 +0" in (await editor.asks(command)).text  # 1 or 2 hours

    def test_the_job_queue_asks_for_the_time_after_the_last_one(self) -> None:
        due = Due(read_schedule("hourly"), UTC)
        moment = datetime(2026, 11, 25, 12, 10, tzinfo=UTC)
        first = due.get_next_fire_time(None, moment)
        assert first == datetime(2026, 11, 25, 13, tzinfo=UTC)
        assert due.get_next_fire_time(first, moment + 5 * DAY) == datetime(2026, 11, 25, 14, tzinfo=UTC)

    async def test_a_run_that_breaks_off_is_a_failure_of_its_source(self, tmp_path: Path) -> None:
        async with conversation(tmp_path, sections=wire(tmp_path, None)) as room:
            table = room.services.timetable
            [spec] = [state.spec for state in room.archive.sources() if state.spec.name]
            room.archive.note_failure(spec, datetime.now(UTC), "it broke off; the log tells more")
            editor = room.admin()
            warned = await editor.reply()
            assert warned.text.startswith("⚠ The wire could not be read since ")
            assert warned.text.endswith(": it broke off; the log tells more")
            table.due(spec)
            assert (await editor.reply()).text == "✓ The wire can be read again."


class TestLooking:
    async def test_every_source_with_its_articles_runs_and_buttons(self, tmp_path: Path) -> None:
        async with conversation(tmp_path, sections=wire(tmp_path, MORNING)) as room:
            await until(lambda: readings(room, tmp_path))
            shown = await room.admin().asks("/sources")
            first, second = shown.text.split("\n\n")[1:]
            assert first.startswith(f"1. {room.articles}\nfiles, 3 articles\nLast run: ")
            assert "+3 ~0 =0 -0 !0" in first
            assert second.startswith("2. The wire\nfiles, 1 article\n")
            assert "Something new last: " in second
            assert "Next run: " in second
            assert [button.text for button in shown.buttons] == [
                "Read 1 now",
                "History of 1",
                "Read 2 now",
                "History of 2",
            ]

    async def test_the_history_of_one_and_back(self, tmp_path: Path) -> None:
        async with conversation(tmp_path, sections=wire(tmp_path, MORNING)) as room:
            editor = room.admin()
            [spec] = [state.spec for state in room.archive.sources() if state.spec.name]
            await until(lambda: readings(room, tmp_path))
            for minutes in range(14):
                room.archive.note_failure(spec, datetime.now(UTC) + timedelta(minutes=minutes + 1), "it was away")
            assert (await editor.reply()).text.startswith("⚠ The wire")
            shown = await press(editor, await editor.asks("/sources"), "History of 2")
            assert shown.text.startswith("The wire\n\n")
            assert shown.text.count("failed, +0 ~0 =0 -0 !0: it was away") == 12
            older = await press(editor, shown, "Older")
            assert older.text.count("it was away") == 2
            assert older.text.splitlines()[-1].endswith("done, +1 ~0 =0 -0 !0")
            assert (await press(editor, older, "Back to the list")).text.startswith("2 sources")

    async def test_read_now_reads_that_source_and_reports(self, tmp_path: Path) -> None:
        async with conversation(tmp_path, sections=wire(tmp_path, None)) as room:
            editor = room.admin()
            await editor.presses(await editor.asks("/sources"), "Read 2 now")
            told = await editor.reply()
            await room.server.wait_for(lambda: not told.buttons, 10)
            assert told.text.splitlines()[-1] == "+1 ~0 =0 -0 !0"
            acts = sqlite3.connect(tmp_path / "data" / "bot.db").execute("SELECT action, subject FROM audit").fetchall()
            assert acts == [("reindex", "The wire")]

    async def test_read_now_behind_another_run(self, tmp_path: Path) -> None:
        async with conversation(tmp_path, sections=wire(tmp_path, None)) as room:
            editor = room.admin()
            shown = await editor.asks("/sources")
            with room.archive._lease.alone("reindex", "elsewhere"):
                pressed = await editor.presses(shown, "Read 2 now")
                assert (await pressed.answered()).text == "It is read when the run in progress is over."
            await until(lambda: readings(room, tmp_path))

    async def test_many_sources_are_turned_by_pages(self, tmp_path: Path) -> None:
        many = tuple(
            Source(kind="files", path=write_articles(tmp_path / f"s{n}", {"a.md": LAMP}), name=f"Desk {n}")
            for n in range(9)
        )
        async with conversation(tmp_path, sections={"sources": many}) as room:
            editor = room.admin()
            first = await editor.asks("/sources")
            assert first.text.startswith("10 sources")
            assert "Desk 3" in first.text
            assert "Desk 4" not in first.text
            assert "Desk 8" in (await press(editor, first, "Older")).text

    async def test_a_button_of_a_source_that_is_no_longer_known(self, server: TelegramServer, tmp_path: Path) -> None:
        async with conversation(tmp_path, server=server, sections=wire(tmp_path, None)) as room:
            shown = await room.admin().asks("/sources")
        other = wire(tmp_path, None) | {"sources": ()}
        async with conversation(tmp_path, server=server, sections=other) as room:
            pressed = await room.admin().presses(shown, "History of 2")
            assert (await pressed.answered()).text == "This source is not known any more."

    async def test_readers_are_refused(self, tmp_path: Path) -> None:
        async with conversation(tmp_path) as room:
            for command in ("/sources", "/backup"):
                assert (await room.reader().asks(command)).text == "That command is for the administrators of this bot."


class TestAlarms:
    async def test_a_vanished_source_is_told_once_and_its_return_once(
        self, server: TelegramServer, tmp_path: Path
    ) -> None:
        sections = wire(tmp_path, ALWAYS)
        async with conversation(tmp_path, server=server, sections=sections) as room:
            editor = room.admin()
            await until(lambda: readings(room, tmp_path))
            shutil.move(tmp_path / "wire", tmp_path / "away")
            warned = await editor.reply()
            assert warned.text.startswith("⚠ The wire could not be read since ")
            assert f"{tmp_path / 'wire'} is not there" in warned.text
            failed = len(readings(room, tmp_path))
            await until(lambda: len(readings(room, tmp_path)) >= failed + 2)
            assert "⚠ The wire could not be read" in (await editor.asks("/status")).text
            assert room.archive.status().articles == 4, "nothing is removed"
        sent = len(warnings(server))
        async with conversation(tmp_path, server=server, sections=sections) as room:
            failed = len(readings(room, tmp_path))
            await until(lambda: len(readings(room, tmp_path)) >= failed + 2)
            assert len(warnings(server)) == sent == 1, "a restart tells nothing twice"
            assert "⚠ The wire could not be read" in (await editor.asks("/sources")).text
            shutil.move(tmp_path / "away", tmp_path / "wire")
            assert (await editor.reply()).text == "✓ The wire can be read again."
            done = len(readings(room, tmp_path))
            await until(lambda: len(readings(room, tmp_path)) >= done + 2)
            assert "⚠" not in (await editor.asks("/status")).text
            assert len(warnings(server)) == 2

    async def test_a_source_that_never_could_be_read_is_told_too(self, tmp_path: Path) -> None:
        sections = wire(tmp_path, MORNING)
        shutil.rmtree(tmp_path / "wire")
        async with conversation(tmp_path, sections=sections) as room:
            assert "is not there" in (await room.admin().reply()).text

    async def test_a_silent_source_by_an_injected_clock(self, tmp_path: Path) -> None:
        async with conversation(tmp_path, sections=wire(tmp_path, MORNING, alarm_after="2 days")) as room:
            await until(lambda: readings(room, tmp_path))
            table, editor, now = room.services.timetable, room.admin(), datetime.now(UTC)
            table.clock = lambda: now + DAY
            await asyncio.sleep(0.4)
            assert warnings(room.server) == []
            table.clock = lambda: now + 3 * DAY
            warned = await editor.reply()
            assert warned.text.startswith("⚠ The wire has brought nothing new since ")
            assert warned.text.endswith("Usually that takes no longer than 2 days.")
            await asyncio.sleep(0.4)
            assert len(warnings(room.server)) == 1
            (tmp_path / "wire" / "buoy.md").write_text(BUOY, "utf-8")
            table.clock = lambda: now
            await editor.presses(await editor.asks("/sources"), "Read 2 now")
            told: set[str] = set()
            async with asyncio.timeout(20):
                while "✓ The wire has brought something new again." not in told:
                    told |= {one.text for one in await editor.replies(0.5)}

    async def test_every_administrator_is_told_in_their_language(self, server: TelegramServer, tmp_path: Path) -> None:
        sections = wire(tmp_path, ALWAYS)
        async with conversation(tmp_path, server=server, sections=sections) as room:
            editor = room.admin()
            await press(editor, await editor.asks("/language"), "Русский")
            shutil.rmtree(tmp_path / "wire")
            assert (await editor.reply()).text.startswith("⚠ The wire не читается с ")


def warnings(server: TelegramServer) -> list[str]:
    """What was told of troubles and their end."""
    return [one.params["text"] for one in server.requests("sendMessage") if one.params["text"].startswith(("⚠ ", "✓ "))]
