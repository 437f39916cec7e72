"""The bot in groups and forum topics: it speaks when spoken to, and where."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from conversation import QUESTION, Room, conversation, press
from telegram_api import Person, Place

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    async with conversation(tmp_path) as room:
        yield room


@pytest.fixture
def owner(room: Room) -> Person:
    return room.reader("Owner")


@pytest.fixture
async def group(room: Room, owner: Person) -> Place:
    group = room.server.supergroup("Readers", owner)
    group.adds_bot(owner)
    await owner.reply(chat=group)
    return group


async def test_one_short_hello_when_added(room: Room, owner: Person) -> None:
    group = room.server.supergroup("Readers", owner)
    group.adds_bot(owner)
    hello = await owner.reply(chat=group)
    assert hello.text.startswith("Hello. Mention me")
    await owner.hears_nothing(chat=group)


@pytest.mark.parametrize("form", ["@{bot} {q}", "{q} @{bot}", "@{BOT}: {q}", "/ask {q}", "/ask@{bot} {q}"])
async def test_a_mention_or_ask_is_answered_as_a_reply(room: Room, group: Place, owner: Person, form: str) -> None:
    name = room.server.bot.username
    asked = await owner.says(form.format(bot=name, BOT=name.upper(), q=QUESTION), group)
    answer = await owner.reply(chat=group)
    assert "Work starts in May" in answer.text
    assert answer.reply_to == asked.id


async def test_a_reply_to_the_bot_is_a_question(group: Place, owner: Person) -> None:
    answer = await owner.asks(f"/ask {QUESTION}", group)
    again = await owner.asks("What does the work cost?", group, reply_to=answer)
    assert "4.2 million euros" in again.text


async def test_what_is_not_meant_for_the_bot_is_left_alone(room: Room, group: Place, owner: Person) -> None:
    room.server.bot.privacy = False
    await owner.says(QUESTION, group)
    await owner.says("/status@another_bot", group)
    await owner.hears_nothing(0.5, group)


async def test_an_empty_mention_asks_for_a_question(room: Room, group: Place, owner: Person) -> None:
    answer = await owner.asks(f"@{room.server.bot.username}", group)
    assert answer.text.startswith("What would you like to know?")


async def test_a_mention_in_reply_to_somebody_asks_what_they_wrote(room: Room, group: Place, owner: Person) -> None:
    other = room.reader("Other")
    group.adds(other)
    written = await other.says(QUESTION, group)
    answer = await owner.asks(f"@{room.server.bot.username}", group, reply_to=written)
    assert "Work starts in May" in answer.text


async def test_topics_are_kept(room: Room, owner: Person) -> None:
    forum = room.server.forum("Readers", owner)
    forum.adds_bot(owner)
    await owner.reply(chat=forum)
    topic = forum.opens_topic("Harbour")
    owner.reads_all(forum)
    answer = await owner.asks(f"/ask {QUESTION}", forum, topic=topic)
    assert answer.topic == topic


async def test_administrators_set_length_and_who_may_ask(room: Room, group: Place, owner: Person) -> None:
    menu = await owner.asks("/settings", group)
    await (await owner.presses(menu, "Answers: full")).answered()
    menu = await owner.sees_edit(menu)
    assert menu.button("Answers: short")
    await (await owner.presses(menu, "everyone")).answered()
    brief = await owner.asks(f"/ask {QUESTION}", group)
    [words] = brief.marked("blockquote")
    assert words in (await room.reader().asks(QUESTION)).text
    assert brief.marked("blockquote")[0].count(". ") <= 1
    member = room.reader("Member")
    group.adds(member)
    refused = await member.asks(f"/ask {QUESTION}", group)
    assert refused.text == "In this group only its administrators ask me."
    pressed = await member.presses(menu, "Answers: short")
    assert (await pressed.answered()).text == "Only this group's administrators can change its settings."


async def test_an_anonymous_administrator_may_change_settings(room: Room, group: Place, owner: Person) -> None:
    await owner.says("/settings", group, anonymous=True)
    assert (await owner.reply(chat=group)).text.startswith("Settings of this group")


async def test_a_group_that_becomes_a_supergroup_keeps_its_settings(room: Room, owner: Person) -> None:
    old = room.server.group("Readers", owner)
    old.adds_bot(owner)
    await owner.reply(chat=old)
    menu = await owner.asks("/settings", old)
    await press(owner, menu, "Answers: full")
    new = old.migrates()
    menu = await owner.asks("/settings", new)
    assert menu.button("Answers: short")


async def test_administrators_commands_are_for_the_private_chat(room: Room, group: Place) -> None:
    editor = room.admin()
    group.adds(editor)
    answer = await editor.asks("/status", group)
    assert answer.text == "Please send me administrators' commands in our private chat."


async def test_posts_of_a_linked_channel_are_left_alone_and_can_be_asked_about(
    room: Room, group: Place, owner: Person
) -> None:
    channel = room.server.channel("Kesselau today", owner)
    channel.links(group)
    name = room.server.bot.username
    await channel.posts(f"@{name} {QUESTION}")
    await owner.hears_nothing(0.7, group)
    forwarded = group.messages()[-1]
    assert forwarded.text.endswith(QUESTION)
    answer = await owner.asks(f"@{name}", group, reply_to=forwarded)
    assert "Work starts in May" in answer.text


async def test_somebody_who_writes_in_a_channels_name_is_answered_and_counted_for_itself(tmp_path: Path) -> None:
    async with conversation(tmp_path, per_minute=1) as room:
        owner = room.reader("Owner")
        group = room.server.supergroup("Readers", owner)
        group.adds_bot(owner)
        await owner.reply(chat=group)
        channel = room.server.channel("Kesselau today", owner)
        await owner.says(f"/ask {QUESTION}", group, as_channel=channel)
        assert "Work starts in May" in (await owner.reply(chat=group)).text
        assert "Work starts in May" in (await owner.asks(f"/ask {QUESTION}", group)).text
        assert (await owner.asks(f"/ask {QUESTION}", group)).text.startswith("You are asking very quickly.")
