"""Messages of Telegram in the form of Telegram Desktop's export: ranges in UTF-16, origins, signatures."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import (
    Chat,
    Message,
    MessageEntity,
    MessageOrigin,
    MessageOriginChannel,
    MessageOriginChat,
    MessageOriginHiddenUser,
    MessageOriginUser,
    User,
)

from bot.delivery.posts import exported, parts, sent_on

WHEN = datetime(2025, 11, 21, 12, tzinfo=UTC)
CHANNEL = Chat(-1001234567890, Chat.CHANNEL, title="Harbour News", username="harbournews")


def post(text: str, *entities: MessageEntity, **fields: object) -> Message:
    return Message(7, WHEN, CHANNEL, text=text, entities=entities, **fields)  # type: ignore[arg-type]


def test_a_post_has_its_number_moment_and_parts() -> None:
    bold = MessageEntity(MessageEntity.BOLD, 3, 5)  # behind an emoji of two units
    link = MessageEntity(MessageEntity.TEXT_LINK, 9, 4, url="https://example.org/a")
    assert exported(post("🚢 Ferry more.", bold, link, author_signature="Jane Doe")) == {
        "id": 7,
        "type": "message",
        "date_unixtime": "1763726400",
        "author": "Jane Doe",
        "text_entities": [
            {"type": "plain", "text": "🚢 "},
            {"type": "bold", "text": "Ferry"},
            {"type": "plain", "text": " "},
            {"type": "text_link", "text": "more", "href": "https://example.org/a"},
            {"type": "plain", "text": "."},
        ],
    }


def test_of_a_link_in_bold_the_link_counts() -> None:
    entities = [MessageEntity(MessageEntity.BOLD, 0, 9), MessageEntity(MessageEntity.URL, 0, 9)]
    assert parts("a.example", entities) == [{"type": "link", "text": "a.example"}]


def test_an_edit_and_a_caption_are_told() -> None:
    message = Message(7, WHEN, CHANNEL, caption="The wall.", edit_date=datetime(2025, 11, 22, 12, tzinfo=UTC))
    assert exported(message)["edited_unixtime"] == "1763812800"
    assert exported(message)["text_entities"] == [{"type": "plain", "text": "The wall."}]
    assert exported(Message(8, WHEN, CHANNEL))["text_entities"] == []


@pytest.mark.parametrize(
    ("origin", "name"),
    [
        (MessageOriginChannel(WHEN, Chat(-1009, Chat.CHANNEL, title="Norholm Radio"), 5), "Norholm Radio"),
        (MessageOriginChat(WHEN, Chat(-1008, Chat.SUPERGROUP, title="The Town")), "The Town"),
        (MessageOriginUser(WHEN, User(5, "Ada", False, last_name="Berg")), "Ada Berg"),
        (MessageOriginHiddenUser(WHEN, "Somebody"), "Somebody"),
    ],
)
def test_where_a_post_first_stood_is_told(origin: MessageOrigin, name: str) -> None:
    assert exported(post("The wall.", forward_origin=origin))["forwarded_from"] == name


def test_what_was_sent_on_from_a_channel_is_that_channels_post() -> None:
    origin = MessageOriginChannel(datetime(2025, 1, 2, tzinfo=UTC), CHANNEL, 42, "Jo Reed")
    message = Message(9, WHEN, Chat(5, Chat.PRIVATE), text="The wall.", forward_origin=origin)
    channel, body = sent_on(message)
    assert channel == {"id": CHANNEL.id, "name": "Harbour News", "username": "harbournews"}
    assert (body["id"], body["date_unixtime"], body["author"]) == (42, "1735776000", "Jo Reed")


def test_what_was_sent_on_from_a_person_has_no_channel() -> None:
    message = Message(9, WHEN, Chat(5, Chat.PRIVATE), text="x", forward_origin=MessageOriginHiddenUser(WHEN, "Ada"))
    channel, body = sent_on(message)
    assert (channel, body["author"]) == (None, "Ada")


KINDS = st.sampled_from([MessageEntity.BOLD, MessageEntity.URL, MessageEntity.HASHTAG, MessageEntity.ITALIC])
RANGES = st.tuples(KINDS, st.integers(0, 12), st.integers(1, 12))


@given(st.text(alphabet="ab🚢é \n", max_size=12), st.lists(RANGES, max_size=4))
def test_the_parts_are_always_the_whole_text(text: str, ranges: list[tuple[str, int, int]]) -> None:
    length = len(text.encode("utf-16-le")) // 2
    entities = [MessageEntity(kind, at, min(size, length - at)) for kind, at, size in ranges if at < length]
    assert "".join(part["text"] for part in parts(text, entities)) == text
