"""Who may use the bot: open, by approval, by a list; bans; and that every way in obeys the same table."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import pytest
from conversation import ADMIN, QUESTION, Room, answer_id, conversation, press, quote, unhurried
from telegram_api import Message, Person, TelegramServer

pytestmark = [
    pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning"),
    pytest.mark.usefixtures("unhurried"),
]

__all__ = ["unhurried"]  # a fixture

SECOND = ADMIN + 1
PENDING = "Thank you for your message. An editor will look at it, and you will hear from me here."
BANNED = "You may not use this bot any more."


def second_admin(room: Room) -> Person:
    return room.server.person("Deputy", user_id=SECOND, started=True)


def acts(folder: Path) -> list[tuple[str, int]]:
    with sqlite3.connect(folder / "data" / "bot.db") as db:
        return [(f"{action} {subject}".split(" ")[0], allowed) for action, subject, allowed in db.execute(
            "SELECT action, subject, allowed FROM audit ORDER BY id"
        )]  # fmt: skip


# -- approval


async def test_a_stranger_is_told_once_and_let_in_by_a_button(tmp_path: Path) -> None:
    async with conversation(tmp_path, access="approval") as room:
        editor, reader = room.admin(), room.reader("Vera")
        assert (await reader.asks("/start")).text == PENDING
        request = await editor.reply()
        assert request.text == f"Vera asks to use this bot.\nTelegram number: {reader.id}"
        await reader.says(QUESTION)
        await reader.says("/help")
        await reader.hears_nothing(0.5)
        await editor.hears_nothing(0.2)
        decided = await press(editor, request, "Allow")
        assert decided.text.endswith("✓ May ask.")
        assert [button.text for button in decided.buttons] == ["Ban"]
        assert (await reader.reply()).text == "You may ask now. Just write your question."
        assert "Work starts in May" in quote(await reader.asks(QUESTION))
        assert acts(tmp_path) == [("allow", 1)]


async def test_a_refused_reader_hears_it_once_and_then_nothing(tmp_path: Path) -> None:
    async with conversation(tmp_path, access="approval") as room:
        editor, reader = room.admin(), room.reader()
        await reader.asks(QUESTION)
        await press(editor, await editor.reply(), "Refuse")
        assert (await reader.reply()).text == "The editors did not let you in. I cannot answer you."
        await reader.says(QUESTION)
        await reader.hears_nothing(0.4)
        await editor.hears_nothing(0.1)
        assert str(reader.id) in (await reader.asks("/id")).text, "what concerns oneself is open to all"


async def test_requests_and_decisions_survive_restarts(tmp_path: Path) -> None:
    async with TelegramServer() as server:
        async with conversation(tmp_path, server=server, access="approval") as room:
            editor, reader = room.admin(), room.reader("Vera")
            await reader.asks(QUESTION)
            request = await editor.reply()
        async with conversation(tmp_path, server=server, access="approval") as room:
            await reader.says(QUESTION)
            await reader.hears_nothing(0.4)
            await press(editor, request, "Allow")
            await reader.reply()
        async with conversation(tmp_path, server=server, access="approval"):
            assert "Work starts in May" in (await reader.asks(QUESTION)).text


async def test_two_administrators_decide_once(tmp_path: Path) -> None:
    async with conversation(tmp_path, access="approval", admins=(ADMIN, SECOND)) as room:
        editor, deputy, reader = room.admin(), second_admin(room), room.reader()
        await reader.asks(QUESTION)
        first, second = await editor.reply(), await deputy.reply()
        await asyncio.gather(press(editor, first, "Allow"), press(deputy, second, "Refuse"))
        told = await reader.replies()
        assert len(told) == 1
        ends = {first.text.splitlines()[-1], second.text.splitlines()[-1]}
        assert len(ends) == 1, "both see the one decision"
        assert len(acts(tmp_path)) == 1


async def test_who_waits_is_listed_and_a_decision_can_be_turned(tmp_path: Path) -> None:
    async with conversation(tmp_path, access="approval") as room:
        editor, reader = room.admin(), room.reader()
        assert (await editor.asks("/allow")).text.startswith("Nobody is waiting")
        await reader.asks(QUESTION)
        await editor.reply()
        title, request = await editor.asks("/allow"), await editor.reply()
        assert title.text == "1 person is waiting"
        assert str(reader.id) in request.text
        refused = await press(editor, request, "Refuse")
        await reader.reply()
        allowed = await press(editor, refused, "Allow")
        assert allowed.text.endswith("✓ May ask.")
        assert (await reader.reply()).text == "You may ask now. Just write your question."


async def test_no_number_of_who_asked_to_be_let_in_is_in_the_file(tmp_path: Path) -> None:
    async with conversation(tmp_path, access="approval") as room:
        reader = room.server.person("Vera", user_id=5_557_654_321, started=True)
        await reader.asks(QUESTION)
        raw = b"".join(file.read_bytes() for file in (tmp_path / "data").glob("bot.db*"))
    assert b"5557654321" not in raw
    assert b"Vera" not in raw


# -- a list


async def test_a_list_lets_in_whom_it_names_and_refuses_others_once(tmp_path: Path) -> None:
    async with TelegramServer() as server:
        reader = server.person("Listed", user_id=7_001, started=True)
        async with conversation(tmp_path, server=server, access="list", readers=(7_001,)) as room:
            assert "Work starts in May" in (await reader.asks(QUESTION)).text
            other = room.reader("Other")
            refused = await other.asks(QUESTION)
            assert refused.text.startswith("I only answer readers whom my editors named.")
            assert str(other.id) in refused.text
            await other.says(QUESTION)
            await other.hears_nothing(0.4)
        async with conversation(tmp_path, server=server, access="list", readers=(7_001,)) as room:
            await other.says("/start")
            await other.hears_nothing(0.4)
            await room.admin().asks(f"/allow {other.id}")
            assert "Work starts in May" in (await other.asks(QUESTION)).text


# -- bans


async def test_a_banned_reader_hears_one_line_and_then_nothing_also_after_a_restart(tmp_path: Path) -> None:
    async with TelegramServer() as server:
        async with conversation(tmp_path, server=server) as room:
            editor, reader = room.admin(), room.reader()
            done = await editor.asks(f"/ban {reader.id}")
            assert done.text.endswith("is banned: they hear it once, then nothing.")
            assert (await reader.asks(QUESTION)).text == BANNED
        async with conversation(tmp_path, server=server):
            for words in (QUESTION, "/start", "/latest", "/id", "/status", "/nonsense", "/language"):
                await reader.says(words)
            await reader.hears_nothing(0.6)
            assert (await editor.asks(f"/ban {reader.id}")).text.endswith("is banned already.")
            await editor.asks(f"/allow {reader.id}")
            assert (await reader.reply()).text.startswith("You may ask now")
            assert "Work starts in May" in (await reader.asks(QUESTION)).text


async def test_a_ban_holds_for_every_way_in(tmp_path: Path) -> None:
    async with conversation(tmp_path) as room:
        editor, reader = room.admin(), room.reader()
        group = room.server.supergroup("Readers", editor)
        group.adds_bot(editor)
        group.adds(reader)
        await editor.reply(chat=group)
        answer = await reader.asks(QUESTION)
        link = f"0{answer_id(answer)}"
        edited = room.server.messages(reader)[-2]
        await editor.asks(f"/ban {reader.id}")
        pressed = await (await reader.presses(answer, "Context")).answered()
        assert (pressed.text, pressed.show_alert) == ("You may not use this bot now.", True)
        assert len(answer.versions) == 1
        listed = await reader.inline(QUESTION)
        assert (listed.results, listed.button) == ([], None)
        assert (await reader.asks(f"/ask {QUESTION}", group)).text == BANNED
        await reader.starts(link)
        await reader.edits(edited, "What does the work cost?")
        await reader.says(f"@{room.server.bot.username} {QUESTION}", group)
        await reader.hears_nothing(0.6)
        await reader.hears_nothing(0.1, group)
        assert len(answer.versions) == 1


async def test_what_is_kept_about_oneself_can_be_erased_also_by_the_banned_and_the_ban_stays(tmp_path: Path) -> None:
    async with conversation(tmp_path) as room:
        editor, reader = room.admin(), room.reader()
        await reader.asks(QUESTION)
        await editor.asks(f"/ban {reader.id}")
        erased = await press(reader, await reader.asks("/forgetme"), "Erase it")
        assert erased.text.startswith("Erased.")
        assert (await reader.asks(QUESTION)).text == BANNED


@pytest.mark.parametrize("access", ["approval", "list"])
async def test_who_was_not_let_in_finds_no_other_way_in(tmp_path: Path, access: str) -> None:
    async with TelegramServer() as server:
        async with conversation(tmp_path, server=server) as room:
            reader = room.reader()
            answer = await reader.asks(QUESTION)
        async with conversation(tmp_path, server=server, access=access) as room:
            pressed = await (await reader.presses(answer, "Context")).answered()
            assert pressed.show_alert
            assert len(answer.versions) == 1
            listed = await reader.inline(QUESTION)
            assert listed.results == []
            assert listed.button is not None
            assert listed.button["text"] == "You have to be let in first"
            first = await reader.starts(f"0{answer_id(answer)}")
            assert (await reader.reply()).reply_to in (None, first.id)
            await reader.starts(f"0{answer_id(answer)}")
            await reader.hears_nothing(0.4)


async def forwarded(editor: Person, reader: Person) -> Message:
    """A message of the reader, passed on to the bot by the administrator."""
    group_message = await reader.says("Some words of mine")
    await reader.reply()
    editor.reads_all()
    passed = await editor.forwards(group_message)
    await editor.reply()
    return passed


async def test_ban_and_allow_in_reply_to_a_forwarded_message(tmp_path: Path) -> None:
    async with conversation(tmp_path) as room:
        editor, reader = room.admin(), room.reader()
        passed = await forwarded(editor, reader)
        assert "is banned" in (await editor.asks("/ban", reply_to=passed)).text
        assert (await reader.asks(QUESTION)).text == BANNED
        assert "may ask" in (await editor.asks("/allow", reply_to=passed)).text
        assert (await reader.reply()).text.startswith("You may ask now")


async def test_ban_in_reply_to_a_report_or_by_its_button_and_lifting_from_the_list(tmp_path: Path) -> None:
    async with conversation(tmp_path) as room:
        editor, reader = room.admin(), room.reader()
        reasons = await press(reader, await reader.asks(QUESTION), "Report")
        await (await reader.presses(reasons, "Something else")).answered()
        report = await editor.reply()
        assert "is banned" in (await editor.asks("/ban", reply_to=report)).text
        assert (await reader.asks(QUESTION)).text == BANNED
        listed = await editor.asks("/ban")
        assert listed.text.startswith("Banned readers")
        lifted = await press(editor, listed, "Lift the ban")
        assert lifted.text.startswith("Nobody is banned.")
        assert "Work starts in May" in (await reader.asks(QUESTION)).text
        pressed = await (await editor.presses(report, "Ban this reader")).answered()
        assert "is banned" in pressed.text
        assert (await reader.asks(QUESTION)).text == BANNED


async def test_whom_a_command_means_has_to_be_clear(tmp_path: Path) -> None:
    async with conversation(tmp_path) as room:
        editor = room.admin()
        assert (await editor.asks("/ban somebody")).text.startswith("Use /allow or /ban with a Telegram number")
        assert (await editor.asks(f"/ban {ADMIN}")).text.startswith("That is an administrator")
        status = await editor.asks("/status")
        assert (await editor.asks("/ban", reply_to=status)).text.startswith("That message does not tell me")
        assert (await editor.asks("/ban")).text.startswith("Nobody is banned.")
        assert acts(tmp_path) == []


async def test_who_hides_when_forwarded_is_not_guessed(tmp_path: Path) -> None:
    async with conversation(tmp_path) as room:
        editor, reader = room.admin(), room.reader()
        passed = await editor.forwards(await reader.says(QUESTION), hidden=True)
        await editor.reply()
        assert (await editor.asks("/ban", reply_to=passed)).text.startswith("Whoever wrote that message hides")
        assert acts(tmp_path) == []


async def test_a_stranger_in_a_group_is_told_there_and_hears_the_outcome_in_private(tmp_path: Path) -> None:
    async with conversation(tmp_path, access="approval") as room:
        editor, reader = room.admin(), room.reader("Vera")
        group = room.server.supergroup("Readers", editor)
        group.adds_bot(editor)
        group.adds(reader)
        await editor.reply(chat=group)
        await reader.says("Hello everybody", group)
        await editor.hears_nothing(0.2)
        assert (await reader.asks(f"/ask {QUESTION}", group)).text == PENDING
        await press(editor, await editor.reply(), "Allow")
        assert (await reader.reply()).text.startswith("You may ask now")
        assert "Work starts in May" in (await reader.asks(f"/ask {QUESTION}", group)).text


async def test_forgetting_oneself_is_no_way_to_ask_again_and_again(tmp_path: Path) -> None:
    async with conversation(tmp_path, access="approval") as room:
        editor, reader = room.admin(), room.reader()
        await reader.asks(QUESTION)
        request = await editor.reply()
        await press(reader, await reader.asks("/forgetme"), "Erase it")
        await reader.says(QUESTION)
        await editor.hears_nothing(0.3)
        pressed = await (await editor.presses(request, "Allow")).answered()
        assert pressed.text == "That is no longer kept."


async def test_administrators_are_never_kept_out(tmp_path: Path) -> None:
    async with conversation(tmp_path, access="list") as room:
        editor = room.admin()
        assert "Work starts in May" in (await editor.asks(QUESTION)).text


async def test_a_group_reserved_to_its_administrators_is_open_to_those_of_the_bot(tmp_path: Path) -> None:
    async with conversation(tmp_path) as room:
        owner, editor = room.reader("Owner"), room.admin()
        group = room.server.supergroup("Readers", owner)
        group.adds_bot(owner)
        group.adds(editor)
        await owner.reply(chat=group)
        await press(owner, await owner.asks("/settings", group), "everyone")
        assert "Work starts in May" in (await editor.asks(f"/ask {QUESTION}", group)).text
        assert ("settings", 1) in acts(tmp_path)


async def test_a_forwarded_command_is_nobody_s_command(tmp_path: Path) -> None:
    async with conversation(tmp_path) as room:
        editor, reader = room.admin(), room.reader()
        assert "Work starts in May" in quote(await reader.asks(QUESTION))
        for words in (f"/ban {reader.id}", "/reindex full"):
            said = await reader.says(words)
            assert (await reader.reply()).text == "That command is for the administrators of this bot."
            await editor.forwards(said)
            await editor.reply()
        assert "Work starts in May" in quote(await reader.asks(QUESTION))
        assert [name for name, allowed in acts(tmp_path) if allowed] == []
