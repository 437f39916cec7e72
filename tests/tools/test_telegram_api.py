"""The local Telegram Bot API as a specification: what it answers on the wire, and what a bot and people see.

The error table is asked by plain HTTP; the round trips use python-telegram-bot unmodified.
"""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest
import telegram
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from PIL import Image
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InlineQueryResultArticle, InputTextMessageContent
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    InlineQueryHandler,
    MessageHandler,
    filters,
)
from telegram.request import HTTPXRequest
from telegram_api import DEFAULT_TOKEN, Message, Person, Place, TelegramServer
from telegram_api.entities import AUTOMATIC, HIDDEN_DATA, Entity, utf16_length, utf16_slice
from telegram_api.errors import ApiError
from telegram_api.text import fixed

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")

Api = Callable[..., Awaitable[tuple[int, dict[str, Any]]]]
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as server:
        yield server


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def api(server: TelegramServer, http: aiohttp.ClientSession) -> Api:
    """Call a method as python-telegram-bot does: a form whose nested values are JSON."""

    async def call(method: str, **params: Any) -> tuple[int, dict[str, Any]]:
        form = {name: value if isinstance(value, str) else json.dumps(value) for name, value in params.items()}
        async with http.post(f"{server.base_url}{server.token}/{method}", data=form) as response:
            body = await response.json()
            assert body["ok"] == (response.status == 200)
            return response.status, body if response.status != 200 else body["result"]

    return call


@pytest.fixture
def reader(server: TelegramServer) -> Person:
    return server.person("Ada", username="ada_reads", started=True)


async def refused(api: Api, expected: str, method: str, code: int = 400, **params: Any) -> dict[str, Any]:
    status, body = await api(method, **params)
    assert (status, body.get("description")) == (code, expected)
    assert body["error_code"] == code
    return body


async def bot_with(server: TelegramServer, *handlers: Any) -> Application[Any, Any, Any, Any, Any, Any]:
    """A running bot; the caller stops it with `stop`."""
    app = ApplicationBuilder().token(server.token).base_url(server.base_url).base_file_url(server.base_file_url).build()
    app.add_handlers(list(handlers))
    await app.initialize()
    await app.start()
    assert app.updater is not None
    await app.updater.start_polling(timeout=5, allowed_updates=telegram.Update.ALL_TYPES)
    return app


async def stop(app: Application[Any, Any, Any, Any, Any, Any]) -> None:
    assert app.updater is not None
    await app.updater.stop()
    await app.stop()
    await app.shutdown()


async def pending(api: Api) -> list[dict[str, Any]]:
    """The waiting updates, all of them confirmed by looking; each is read by python-telegram-bot without loss."""
    _, updates = await api("getUpdates")
    if updates:
        await api("getUpdates", offset=updates[-1]["update_id"] + 1)
    for update in updates:
        parsed = telegram.Update.de_json(json.loads(json.dumps(update)), None)
        assert parsed is not None
        assert not unknown_fields(parsed)
    return updates


def unknown_fields(thing: Any) -> list[str]:
    """Names that the library did not know, anywhere inside."""
    if isinstance(thing, (list, tuple)):
        return [name for part in thing for name in unknown_fields(part)]
    if not isinstance(thing, telegram.TelegramObject):
        return []
    names = {name for kind in type(thing).__mro__ for name in getattr(kind, "__slots__", ())}
    parts = [getattr(thing, name, None) for name in names - {"_bot", "_id_attrs", "api_kwargs"}]
    return list(thing.api_kwargs) + [name for part in parts for name in unknown_fields(part)]


# -- the wire


async def test_the_token_is_checked(server: TelegramServer, http: aiohttp.ClientSession) -> None:
    for token, expected in (
        ("nonsense", "Unauthorized: invalid token specified"),
        ("1:abc", "Unauthorized: invalid token specified"),
        ("987654321:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "Unauthorized"),
    ):
        async with http.get(f"{server.base_url}{token}/getMe") as response:
            assert response.status == 401
            assert (await response.json())["description"] == expected


async def test_an_unknown_method_is_not_found(api: Api) -> None:
    await refused(api, "Not Found: method not found", "sendTelepathy", 404)


@pytest.mark.parametrize("method", ["getMe", "getme", "GETME"])
async def test_method_names_ignore_case(api: Api, method: str) -> None:
    _, me = await api(method)
    assert me["is_bot"] is True
    assert me["username"] == "quotewire_test_bot"


async def test_parameters_come_by_address_form_multipart_or_json(
    server: TelegramServer, http: aiohttp.ClientSession, reader: Person
) -> None:
    server.flood.enabled = False
    url = f"{server.base_url}{server.token}/sendMessage"
    values = {"chat_id": str(reader.id), "text": "hello & more"}
    multipart = aiohttp.FormData(values, default_to_multipart=True)
    for request in (
        http.get(url, params=values),
        http.post(url, params=values),
        http.post(url, data=values),
        http.post(url, data=multipart),
        http.post(url, json={"chat_id": reader.id, "text": "hello & more"}),
    ):
        async with request as response:
            assert (await response.json())["result"]["text"] == "hello & more"
    assert [request.method for request in server.requests()] == ["sendMessage"] * 5
    assert server.requests("sendmessage")[0].params == values


async def test_a_broken_json_body_is_refused(server: TelegramServer, http: aiohttp.ClientSession) -> None:
    url = f"{server.base_url}{server.token}/sendMessage"
    async with http.post(url, data="{", headers={"Content-Type": "application/json"}) as response:
        assert response.status == 400


# -- texts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("</b>", "Unexpected end tag at byte offset 0"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("é<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
    ],
)
async def test_broken_html_is_refused(api: Api, reader: Person, text: str, expected: str) -> None:
    await refused(
        api,
        f"Bad Request: can't parse entities: {expected}",
        "sendMessage",
        chat_id=reader.id,
        text=text,
        parse_mode="HTML",
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3.5", "Character '.' is reserved and must be escaped with the preceding '\\'"),
        ("*x", "Can't find end of Bold entity at byte offset 0"),
    ],
)
async def test_broken_markdown_is_refused(api: Api, reader: Person, text: str, expected: str) -> None:
    expected = f"Bad Request: can't parse entities: {expected}"
    await refused(api, expected, "sendMessage", chat_id=reader.id, text=text, parse_mode="MarkdownV2")


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({}, "message text is empty"),
        ({"text": ""}, "message text is empty"),
        ({"text": " \n\t "}, "text must be non-empty"),
        ({"text": "\u200b\u3000"}, "text must be non-empty"),
        ({"text": "<b> </b>", "parse_mode": "HTML"}, "text must be non-empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "😀" * 4097}, "message is too long"),
        ({"text": "é" * 16385}, "text is too long"),
        ({"text": "x", "parse_mode": "Rtf"}, "unsupported parse_mode"),
        ({"text": "x", "reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
        ({"text": "x", "message_thread_id": 7}, "message thread not found"),
        ({"text": "x", "link_preview_options": {"url": "http://nowhere"}}, "WEBPAGE_URL_INVALID"),
        ({"text": "x", "reply_parameters": [1]}, "object expected as reply parameters"),
        (
            {"text": "x", "reply_parameters": {"message_id": 1, "allow_sending_without_reply": "yes"}},
            'field "allow_sending_without_reply" must be of type Boolean',
        ),
        ({"text": "x", "link_preview_options": []}, "object expected as link preview options"),
        ({"text": "x", "link_preview_options": {"is_disabled": 1}}, 'field "is_disabled" must be of type Boolean'),
        ({"text": "x", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
    ],
)
async def test_bad_messages_are_refused(api: Api, reader: Person, params: dict[str, Any], expected: str) -> None:
    await refused(api, f"Bad Request: {expected}", "sendMessage", chat_id=reader.id, **params)


@pytest.mark.parametrize("text", ["x" * 4096, "😀" * 4096, "<b>" + "x" * 4096 + "</b>"])
async def test_4096_code_points_after_parsing_are_enough(api: Api, reader: Person, text: str) -> None:
    status, message = await api("sendMessage", chat_id=reader.id, text=text, parse_mode="HTML")
    assert status == 200
    assert len(message["text"]) == 4096


@pytest.mark.parametrize(
    ("text", "entity", "expected"),
    [
        ("abc", {"offset": 9, "length": 1}, "entity begins after the end of the text at UTF-16 offset 9"),
        (
            "abc",
            {"offset": 1, "length": 5},
            "entity beginning at UTF-16 offset 1 ends after the end of the text at UTF-16 offset 6",
        ),
        ("a😀b", {"offset": 2, "length": 1}, "entity begins in a middle of a UTF-16 symbol at byte offset 5"),
        (
            "a😀b",
            {"offset": 1, "length": 1},
            "entity beginning at UTF-16 offset 1 ends in a middle of a UTF-16 symbol at byte offset 5",
        ),
        ("abc", {"offset": 0}, "can't parse MessageEntity: Can't find field \"length\""),
        ("abc", {"offset": 0, "length": 1, "type": "shout"}, "can't parse MessageEntity: Unsupported type specified"),
        (
            "abc",
            {"offset": 0, "length": 1, "type": "text_link", "url": "no link"},
            "entity URL 'no link' is invalid: Disallowed character in URL host",
        ),
    ],
)
async def test_bad_entities_are_refused(
    api: Api, reader: Person, text: str, entity: dict[str, Any], expected: str
) -> None:
    entities = [{"type": "bold"} | entity]
    await refused(api, f"Bad Request: {expected}", "sendMessage", chat_id=reader.id, text=text, entities=entities)


async def test_unreadable_entities_are_passed_over(api: Api, reader: Person) -> None:
    _, message = await api("sendMessage", chat_id=reader.id, text="abc", entities="[{")
    assert "entities" not in message


async def test_the_text_is_rewritten_as_telegram_does(api: Api, reader: Person) -> None:
    text = "\n a\rb\tc\u2028d\u202ee e\u030a x\u200e\u200fy  \n"
    entities = [{"type": "bold", "offset": 2, "length": 3}, {"type": "blockquote", "offset": 10, "length": 12}]
    _, message = await api("sendMessage", chat_id=reader.id, text=text, entities=entities)
    assert message["text"] == "ab cde e x\u200c\u200fy"
    assert message["entities"] == [
        {"type": "bold", "offset": 0, "length": 2},
        {"type": "blockquote", "offset": 5, "length": 8},
    ]


async def test_links_are_found_but_not_inside_code(api: Api, reader: Person) -> None:
    text = "see x.com, @ada_reads, #tag, /start and y.com"
    entities = [{"type": "code", "offset": 40, "length": 5}, {"type": "bold", "offset": 0, "length": 9}]
    _, message = await api("sendMessage", chat_id=reader.id, text=text, entities=entities)
    assert [(e["type"], e["offset"], e["length"]) for e in message["entities"]] == [
        ("bold", 0, 4),
        ("url", 4, 5),
        ("bold", 4, 5),
        ("mention", 11, 10),
        ("hashtag", 23, 4),
        ("bot_command", 29, 6),
        ("code", 40, 5),
    ]


async def test_entities_over_one_hundred_are_dropped(api: Api, reader: Person) -> None:
    entities = [{"type": "code", "offset": 2 * n, "length": 1} for n in range(130)]
    _, message = await api("sendMessage", chat_id=reader.id, text="x " * 130, entities=entities)
    assert len(message["entities"]) == 100


WORDS = st.sampled_from(
    ["said", "é", "😀", "x.com", "@ada_reads", "#tag", " ", "  ", "\n", "\t", "\r", "\u200e", "\u202a"]
)
WANTED = st.tuples(
    st.sampled_from(["bold", "italic", "spoiler", "code", "pre", "blockquote", "expandable_blockquote"]),
    st.integers(0, 30),
    st.integers(1, 30),
)


@given(st.lists(WORDS, min_size=1, max_size=12).map("".join), st.lists(WANTED, max_size=5))
@settings(max_examples=300, deadline=None)
def test_what_was_sent_can_be_sent_again_unchanged(text: str, wanted: list[tuple[str, int, int]]) -> None:
    size = utf16_length(text)
    inside = [Entity(*entity) for entity in wanted if entity[1] + entity[2] <= size]
    try:
        once = fixed(text, inside)
    except ApiError as error:
        assume("in a middle of a UTF-16 symbol" not in error.description)
        raise
    again = fixed(once.text, [entity for entity in once.entities if entity.type not in AUTOMATIC])
    assert again == once
    for entity in once.entities:
        assert entity.type in HIDDEN_DATA or utf16_slice(once.text, entity.offset, entity.length).strip(" \n")


# -- buttons


def inline(**button: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[button]]}


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        (inline(text="x", callback_data="é" * 33), "BUTTON_DATA_INVALID"),
        (inline(text="x", callback_data=""), "BUTTON_DATA_INVALID"),
        (inline(text="x", copy_text={"text": "x" * 257}), "BUTTON_COPY_TEXT_INVALID"),
        (inline(text="x", url=""), "BUTTON_URL_INVALID"),
        (inline(text="x", url="a b"), "inline keyboard button URL 'a b' is invalid: Disallowed character in URL host"),
        (
            inline(text="x", url="http://localhost"),
            "inline keyboard button URL 'http://localhost' is invalid: Wrong HTTP URL",
        ),
        (
            inline(text="x"),
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (inline(callback_data="x"), "can't parse inline keyboard button: Can't find field \"text\""),
        (inline(text="x", callback_data="x", url="x.com"), "BUTTON_TYPE_INVALID"),
        (
            inline(text="x", callback_data="x", style="loud"),
            "can't parse inline keyboard button: invalid button style specified",
        ),
        ({"inline_keyboard": [[{"text": "x", "callback_data": "x"}] * 4] * 26}, "reply markup is too long"),
        ({"inline_keyboard": {}}, 'field "inline_keyboard" must be of type Array'),
        ([], "object expected as reply markup"),
    ],
)
async def test_bad_buttons_are_refused(api: Api, reader: Person, markup: Any, expected: str) -> None:
    await refused(api, f"Bad Request: {expected}", "sendMessage", chat_id=reader.id, text="x", reply_markup=markup)


async def test_good_buttons_come_back(api: Api, reader: Person) -> None:
    markup = {
        "inline_keyboard": [
            [
                {"text": "More", "callback_data": "x" * 64, "style": "primary"},
                {"text": "Read", "url": "https://x.com/"},
            ],
            [{"text": "Copy", "copy_text": {"text": "x" * 256}}],
            [{"text": "Share", "switch_inline_query_chosen_chat": {"query": "x", "allow_group_chats": True}}],
        ]
    }
    _, message = await api("sendMessage", chat_id=reader.id, text="x", reply_markup=markup)
    assert message["reply_markup"] == markup


# -- editing and deleting


async def test_an_edit_must_change_something(server: TelegramServer, api: Api, reader: Person) -> None:
    _, sent = await api("sendMessage", chat_id=reader.id, text="one ", reply_markup=inline(text="x", callback_data="y"))
    target = {"chat_id": reader.id, "message_id": sent["message_id"]}
    same = {**target, "text": " one", "reply_markup": inline(text="x", callback_data="y")}
    await refused(api, NOT_MODIFIED, "editMessageText", **same)
    _, edited = await api("editMessageText", **target, text="one")
    assert "reply_markup" not in edited  # an edit without buttons removes them
    assert edited["edit_date"] >= edited["date"]
    server.clock.advance(5)
    await refused(api, NOT_MODIFIED, "editMessageReplyMarkup", **target)


async def test_what_cannot_be_edited(server: TelegramServer, api: Api, reader: Person) -> None:
    theirs = await reader.says("mine")
    _, other = await api("sendMessage", chat_id=reader.id, text="x", reply_markup={"keyboard": [["yes"]]})
    _, document = await api("sendDocument", chat_id=reader.id, document=any_file(server))
    for number, expected in (
        (999, "message to edit not found"),
        (theirs.id, "message can't be edited"),
        (other["message_id"], "message can't be edited"),
        (document["message_id"], "there is no text in the message to edit"),
        (0, "message identifier is not specified"),
    ):
        await refused(
            api, f"Bad Request: {expected}", "editMessageText", chat_id=reader.id, message_id=number, text="y"
        )


def any_file(server: TelegramServer) -> str:
    return server.world.add_file(b"x", "a.txt", "text/plain", "documents").id


async def test_deleting(server: TelegramServer, api: Api, reader: Person) -> None:
    _, sent = await api("sendMessage", chat_id=reader.id, text="x")
    target = {"chat_id": reader.id, "message_id": sent["message_id"]}
    assert await api("deleteMessage", **target) == (200, True)
    await refused(api, "Bad Request: message to delete not found", "deleteMessage", **target)
    await refused(api, "Bad Request: message to edit not found", "editMessageText", **target, text="y")
    old = await reader.says("old")
    server.clock.advance(49 * 3600)
    expected = "Bad Request: message can't be deleted"
    await refused(api, expected, "deleteMessage", chat_id=reader.id, message_id=old.id)


# -- replies and topics


async def test_replies_and_quotes(api: Api, reader: Person) -> None:
    question = await reader.says("Who said 😀 that?")
    target = {"chat_id": reader.id, "text": "x"}
    quoting = {"message_id": question.id, "quote": "that"}
    _, answer = await api("sendMessage", **target, reply_parameters=quoting)
    assert answer["reply_to_message"]["text"] == "Who said 😀 that?"
    assert answer["quote"] == {"text": "that", "position": 12, "is_manual": True}
    await reader.edits(question, "Who?")
    await refused(api, "Bad Request: QUOTE_TEXT_INVALID", "sendMessage", **target, reply_parameters=quoting)
    await reader.deletes(question)
    gone = {"message_id": question.id}
    await refused(api, "Bad Request: message to be replied not found", "sendMessage", **target, reply_parameters=gone)
    _, anyway = await api("sendMessage", **target, reply_parameters=gone | {"allow_sending_without_reply": True})
    assert "reply_to_message" not in anyway


async def test_topics(server: TelegramServer, api: Api, reader: Person) -> None:
    forum = server.forum(owner=reader)
    forum.adds_bot()
    topic = forum.opens_topic("Politics")
    asked = await reader.says("/ask who?", forum, topic=topic)
    assert asked.topic == topic
    _, answer = await api("sendMessage", chat_id=forum.id, text="x", message_thread_id=topic)
    assert answer["is_topic_message"] is True
    _, answer = await api("sendMessage", chat_id=forum.id, text="x", reply_parameters={"message_id": asked.id})
    assert answer["message_thread_id"] == topic
    forum.closes_topic(topic)
    await refused(api, "Bad Request: TOPIC_CLOSED", "sendMessage", chat_id=forum.id, text="x", message_thread_id=topic)
    forum.deletes_topic(topic)
    expected = "Bad Request: message thread not found"
    await refused(api, expected, "sendMessage", chat_id=forum.id, text="x", message_thread_id=topic)


# -- chats that say no


async def test_people_who_cannot_be_written_to(server: TelegramServer, api: Api) -> None:
    stranger, blocker, gone, seen = (server.person(name) for name in ("S", "B", "G", "N"))
    robot = server.person("R", is_bot=True)
    await blocker.starts()
    await blocker.blocks_bot()
    await gone.starts()
    gone.deletes_account()
    group = server.group(owner=seen)
    group.adds_bot()
    for chat_id, code, expected in (
        ("", 400, "Bad Request: chat_id is empty"),
        (4242, 400, "Bad Request: chat not found"),
        ("@nobody_here", 400, "Bad Request: chat not found"),
        ("nonsense", 400, "Bad Request: chat not found"),
        (stranger.id, 400, "Bad Request: chat not found"),
        (seen.id, 403, "Forbidden: bot can't initiate conversation with a user"),
        (blocker.id, 403, "Forbidden: bot was blocked by the user"),
        (gone.id, 403, "Forbidden: user is deactivated"),
        (robot.id, 403, "Forbidden: bot can't send messages to bots"),
    ):
        await refused(api, expected, "sendMessage", code, chat_id=chat_id, text="x")


async def test_groups_and_channels_that_cannot_be_written_to(server: TelegramServer, api: Api) -> None:
    kicked, super_kicked, outside, muted = server.group(), server.supergroup(), server.channel(), server.supergroup()
    for place in (kicked, super_kicked):
        place.adds_bot()
        place.removes_bot()
    muted.adds_bot()
    muted.restricts_bot()
    silent = server.channel()
    silent.adds_bot()
    silent.promotes_bot(can_post_messages=False)
    for chat_id, code, expected in (
        (kicked.id, 403, "Forbidden: bot was kicked from the group chat"),
        (super_kicked.id, 403, "Forbidden: bot was kicked from the supergroup chat"),
        (outside.id, 403, "Forbidden: bot is not a member of the channel chat"),
        (silent.id, 400, "Bad Request: need administrator rights in the channel chat"),
        (muted.id, 400, "Bad Request: not enough rights to send text messages to the chat"),
    ):
        await refused(api, expected, "sendMessage", code, chat_id=chat_id, text="x")


async def test_a_group_that_moved_names_its_new_id(server: TelegramServer, api: Api) -> None:
    group = server.group()
    group.adds_bot()
    moved = group.migrates()
    body = await refused(
        api, "Bad Request: group chat was upgraded to a supergroup chat", "sendMessage", chat_id=group.id, text="x"
    )
    assert body["parameters"] == {"migrate_to_chat_id": moved.id}
    kinds = [update["message"].keys() for update in await pending(api) if "message" in update]
    assert any("migrate_to_chat_id" in keys for keys in kinds)
    assert any("migrate_from_chat_id" in keys for keys in kinds)
    assert (await api("sendMessage", chat_id=moved.id, text="x"))[0] == 200


async def test_members_and_administrators(server: TelegramServer, api: Api, reader: Person) -> None:
    await refused(
        api, "Bad Request: there are no administrators in the private chat", "getChatAdministrators", chat_id=reader.id
    )
    owner, stranger = server.person("Owner"), server.person("Stranger")
    group = server.supergroup(owner=owner)
    group.adds_bot()
    group.adds(reader)
    group.promotes_bot(can_delete_messages=False)
    _, administrators = await api("getChatAdministrators", chat_id=group.id)
    assert {a["user"]["id"]: a["status"] for a in administrators} == {
        owner.id: "creator",
        server.bot.id: "administrator",
    }
    for user, status in ((reader, "member"), (owner, "creator")):
        _, member = await api("getChatMember", chat_id=group.id, user_id=user.id)
        assert member["status"] == status
        assert telegram.ChatMember.de_json(member, None).status == status
    expected = "Bad Request: PARTICIPANT_ID_INVALID"
    await refused(api, expected, "getChatMember", chat_id=group.id, user_id=stranger.id)
    _, chat = await api("getChat", chat_id=group.id)
    assert telegram.ChatFullInfo.de_json(chat, None).title == "Newsroom"
    assert await api("leaveChat", chat_id=group.id) == (200, True)
    expected = "Forbidden: bot is not a member of the supergroup chat"
    await refused(api, expected, "sendMessage", 403, chat_id=group.id, text="x")


# -- queries


async def test_a_press_is_answered_once_and_in_time(server: TelegramServer, api: Api, reader: Person) -> None:
    too_old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    _, sent = await api("sendMessage", chat_id=reader.id, text="x", reply_markup=inline(text="More", callback_data="m"))
    [message] = server.bot_messages(reader)
    press = await reader.presses(message, "More")
    [update] = await pending(api)
    query = update["callback_query"]
    assert (query["data"], query["message"]["message_id"]) == ("m", sent["message_id"])
    await refused(
        api, "Bad Request: MESSAGE_TOO_LONG", "answerCallbackQuery", callback_query_id=query["id"], text="x" * 201
    )
    assert await api("answerCallbackQuery", callback_query_id=query["id"], text="ok", show_alert=True) == (200, True)
    answer = await press.answered()
    assert (answer.text, answer.show_alert) == ("ok", True)
    await refused(api, too_old, "answerCallbackQuery", callback_query_id=query["id"])
    await refused(api, too_old, "answerCallbackQuery", callback_query_id="1")
    await reader.sends_callback(message, "forged")
    [update] = await pending(api)
    server.clock.advance(16)
    await refused(api, too_old, "answerCallbackQuery", callback_query_id=update["callback_query"]["id"])


def article(number: str = "1", text: str = "quoted", **more: Any) -> dict[str, Any]:
    return {"type": "article", "id": number, "title": "T", "input_message_content": {"message_text": text}} | more


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ([article(str(n)) for n in range(51)], "too many inline query results specified"),
        ([article(), article()], "RESULT_ID_DUPLICATE"),
        ([article("x" * 65)], "RESULT_ID_INVALID"),
        ([article(), article("2", " ")], "can't parse inline query result: Text must be non-empty"),
        ([article(title="")], "can't parse inline query result: Can't find field \"title\""),
        (
            [article(type="hologram")],
            'can\'t parse inline query result: type "hologram" is unsupported for the inline query result',
        ),
        ([article(reply_markup=inline(text="x", callback_data="x" * 65))], "BUTTON_DATA_INVALID"),
        (
            [article(input_message_content={"message_text": "<b", "parse_mode": "HTML"})],
            "can't parse inline query result: Can't parse entities: Unclosed start tag at byte offset 0",
        ),
    ],
)
async def test_bad_inline_answers_are_refused(api: Api, reader: Person, results: Any, expected: str) -> None:
    query = await reader.types_inline("who")
    await refused(api, f"Bad Request: {expected}", "answerInlineQuery", inline_query_id=query.id, results=results)
    assert query.answer is None


async def test_an_inline_query_lives_ten_seconds(server: TelegramServer, api: Api, reader: Person) -> None:
    query = await reader.types_inline("who")
    server.clock.advance(11)
    expected = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    await refused(api, expected, "answerInlineQuery", inline_query_id=query.id, results=[article()])


# -- the bot's face, actions, files, drafts, reactions


@pytest.mark.parametrize(
    ("commands", "expected"),
    [
        ([{"command": "Ask", "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "/ask", "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "спроси", "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "c" * 33, "description": "x"}], "command length must not exceed 32"),
        ([{"command": "ask", "description": " "}], "command description must be non-empty"),
        ([{"command": f"c{n}", "description": "x"} for n in range(101)], "BOT_COMMANDS_TOO_MUCH"),
    ],
)
async def test_bad_commands_are_refused(api: Api, commands: Any, expected: str) -> None:
    await refused(api, f"Bad Request: {expected}", "setMyCommands", commands=commands)


async def test_commands_by_scope_and_language(server: TelegramServer, api: Api, reader: Person) -> None:
    command = {"command": "ask", "description": "Ask"}
    scope = {"type": "all_private_chats"}
    assert await api("setMyCommands", commands=[command], scope=scope, language_code="de") == (200, True)
    assert await api("getMyCommands", scope=scope, language_code="de") == (200, [command])
    assert await api("getMyCommands", scope=scope) == (200, [])
    assert await api("deleteMyCommands", scope=scope, language_code="de") == (200, True)
    assert await api("getMyCommands", scope=scope, language_code="de") == (200, [])
    stranger = {"type": "chat", "chat_id": server.person("Admin").id}
    await refused(api, "Bad Request: chat not found", "setMyCommands", commands=[command], scope=stranger)
    await refused(api, "Bad Request: invalid language code specified", "getMyCommands", language_code="english")


async def test_descriptions_by_language(api: Api) -> None:
    for name, setter, limit in (
        ("description", "MyDescription", 512),
        ("short_description", "MyShortDescription", 120),
    ):
        assert await api(f"set{setter}", **{name: "x" * limit}) == (200, True)
        assert await api(f"set{setter}", **{name: "deutsch"}, language_code="de") == (200, True)
        assert await api(f"get{setter}", language_code="de") == (200, {name: "deutsch"})
        assert await api(f"get{setter}", language_code="fr") == (200, {name: "x" * limit})
        assert (await api(f"set{setter}", **{name: "x" * (limit + 1)}))[0] == 400


async def test_chat_actions(server: TelegramServer, api: Api, reader: Person) -> None:
    assert await api("sendChatAction", chat_id=reader.id, action="typing") == (200, True)
    assert server.actions(reader.chat) == ["typing"]
    expected = "Bad Request: wrong parameter action in request"
    await refused(api, expected, "sendChatAction", chat_id=reader.id, action="dancing")


async def test_files_are_downloaded_up_to_twenty_megabytes(
    server: TelegramServer, api: Api, http: aiohttp.ClientSession, reader: Person
) -> None:
    await reader.sends_document(b"a,b\n", "list.csv", "text/csv", caption="here")
    await reader.sends_document(b"", "huge.zip", size=(20 << 20) + 1)
    small, huge = (update["message"]["document"] for update in await pending(api))
    _, file = await api("getFile", file_id=small["file_id"])
    async with http.get(f"{server.base_file_url}{server.token}/{file['file_path']}") as response:
        assert await response.read() == b"a,b\n"
    async with http.get(f"{server.base_file_url}{server.token}/documents/none.txt") as response:
        assert response.status == 404
    await refused(api, "Bad Request: file is too big", "getFile", file_id=huge["file_id"])
    expected = "Bad Request: wrong file_id or the file is temporarily unavailable"
    await refused(api, expected, "getFile", file_id="unknown")


def png(width: int, height: int) -> bytes:
    """A picture of that size, in pixels."""
    out = io.BytesIO()
    Image.new("1", (width, height)).save(out, "PNG")
    return out.getvalue()


async def test_captions_and_photos(server: TelegramServer, api: Api, reader: Person) -> None:
    target = {"chat_id": reader.id, "document": any_file(server)}
    await refused(api, "Bad Request: message caption is too long", "sendDocument", **target, caption="x" * 1025)
    await refused(api, "Bad Request: there is no document in the request", "sendDocument", chat_id=reader.id)
    _, sent = await api("sendDocument", **target, caption="<b>x</b>" * 200, parse_mode="HTML")
    assert sent["caption_entities"] == [{"type": "bold", "offset": 0, "length": 200}]
    bot = telegram.Bot(DEFAULT_TOKEN, server.base_url, server.base_file_url)
    async with bot:
        with pytest.raises(telegram.error.BadRequest, match="Image_process_failed"):
            await bot.send_photo(reader.id, b"not a picture")
        with pytest.raises(telegram.error.BadRequest, match="Image_process_failed"):
            await bot.send_photo(reader.id, png(640, 480)[:-4])
        for width, height in ((9_000, 1_001), (2_100, 100)):
            with pytest.raises(telegram.error.BadRequest, match="Photo_invalid_dimensions"):
                await bot.send_photo(reader.id, png(width, height))
        sent_photo = await bot.send_photo(reader.id, png(640, 480), caption="look")
        assert (sent_photo.photo[0].width, sent_photo.photo[0].height) == (640, 480)
        assert server.file(server.messages(reader)[-1]) == png(640, 480)


async def test_an_upload_over_fifty_megabytes_is_refused(
    server: TelegramServer, http: aiohttp.ClientSession, reader: Person
) -> None:
    form = aiohttp.FormData({"chat_id": str(reader.id)})
    form.add_field("document", b"\0" * ((50 << 20) + 1), filename="x.bin")
    async with http.post(f"{server.base_url}{server.token}/sendDocument", data=form) as response:
        assert (response.status, (await response.json())["description"]) == (413, "Request Entity Too Large")


async def test_drafts_are_for_private_chats(server: TelegramServer, api: Api, reader: Person) -> None:
    assert await api("sendMessageDraft", chat_id=reader.id, draft_id=1, text="thinking") == (200, True)
    assert server.drafts(reader.chat) == [(1, "thinking")]
    assert server.messages(reader) == []
    group = server.group()
    group.adds_bot()
    await refused(
        api, "Bad Request: TEXTDRAFT_PEER_INVALID", "sendMessageDraft", chat_id=group.id, draft_id=1, text="x"
    )


async def test_reactions(server: TelegramServer, api: Api, reader: Person) -> None:
    question = await reader.says("hi")
    target = {"chat_id": reader.id, "message_id": question.id}
    eyes = [{"type": "emoji", "emoji": "👀"}]
    assert await api("setMessageReaction", **target, reaction=eyes) == (200, True)
    assert server.reactions(question) == [["👀"]]
    brick = [{"type": "emoji", "emoji": "🧱"}]
    await refused(api, "Bad Request: REACTION_INVALID", "setMessageReaction", **target, reaction=brick)
    assert not await reader.reacts(question, "👍")  # nobody asked for these updates
    await pending(api)
    await api("getUpdates", allowed_updates=["message_reaction"])
    assert await reader.reacts(question, "👍")
    [update] = await pending(api)
    assert update["message_reaction"]["new_reaction"] == [{"type": "emoji", "emoji": "👍"}]


async def test_forwards_and_copies(server: TelegramServer, api: Api, reader: Person) -> None:
    question = await reader.says("read x.com")
    source = {"chat_id": reader.id, "from_chat_id": reader.id, "message_id": question.id}
    _, forwarded = await api("forwardMessage", **source)
    assert forwarded["forward_origin"]["sender_user"]["id"] == reader.id
    _, copied = await api("copyMessage", **source)
    assert server.messages(reader)[-1].id == copied["message_id"]
    assert server.messages(reader)[-1].text == "read x.com"
    missing = source | {"message_id": 99}
    await refused(api, "Bad Request: message to forward not found", "forwardMessage", **missing)
    await refused(api, "Bad Request: message to copy not found", "copyMessage", **missing)


# -- flood limits


async def test_one_chat_takes_three_at_once_and_then_one_a_second(
    server: TelegramServer, api: Api, reader: Person
) -> None:
    _, sent = await api("sendMessage", chat_id=reader.id, text="0")
    target = {"chat_id": reader.id, "message_id": sent["message_id"]}
    for n in (1, 2):
        assert (await api("editMessageText", **target, text=str(n)))[0] == 200  # edits count too
    body = await refused(
        api, "Too Many Requests: retry after 1", "sendMessage", 429, chat_id=reader.id, text="too fast"
    )
    assert body["parameters"] == {"retry_after": 1}
    server.clock.advance(1)
    assert (await api("sendMessage", chat_id=reader.id, text="now"))[0] == 200
    assert [message.text for message in server.messages(reader)] == ["2", "now"]


async def test_a_group_takes_twenty_a_minute(server: TelegramServer, api: Api) -> None:
    group = server.group()
    group.adds_bot()
    for n in range(20):
        assert (await api("sendMessage", chat_id=group.id, text=str(n)))[0] == 200
        server.clock.advance(0.9)
    statuses = []
    for n in range(20):
        statuses.append((await api("sendMessage", chat_id=group.id, text=str(n)))[0])
        server.clock.advance(1)
    assert 429 in statuses
    server.clock.advance(60)
    assert (await api("sendMessage", chat_id=group.id, text="x"))[0] == 200


async def test_all_chats_together_take_thirty_a_second(server: TelegramServer, api: Api) -> None:
    server.clock.speed = 0
    people = [server.person(f"P{n}", started=True) for n in range(31)]
    statuses = [(await api("sendMessage", chat_id=person.id, text="x"))[0] for person in people]
    assert statuses == [200] * 30 + [429]


async def test_the_flood_answer_has_the_header(
    server: TelegramServer, http: aiohttp.ClientSession, reader: Person
) -> None:
    server.faults.flood("sendMessage", retry_after=7, chat_id=reader.id)
    url = f"{server.base_url}{server.token}/sendMessage"
    async with http.post(url, data={"chat_id": str(reader.id), "text": "x"}) as response:
        assert (response.status, response.headers["Retry-After"]) == (429, "7")
    async with http.post(url, data={"chat_id": str(reader.id), "text": "x"}) as response:
        assert response.status == 200


# -- polling


async def test_updates_stay_until_confirmed(api: Api, reader: Person) -> None:
    for text in ("one", "two", "three"):
        await reader.says(text)
    _, first = await api("getUpdates", limit=2)
    _, again = await api("getUpdates")
    assert [update["message"]["text"] for update in first] == ["one", "two"]
    assert again[:2] == first
    _, rest = await api("getUpdates", offset=first[-1]["update_id"] + 1)
    assert [update["message"]["text"] for update in rest] == ["three"]
    await reader.says("four")
    _, last = await api("getUpdates", offset=-1)
    assert [update["message"]["text"] for update in last] == ["four"]


async def test_a_long_poll_waits_and_wakes(api: Api, reader: Person) -> None:
    poll = asyncio.ensure_future(api("getUpdates", timeout=30))
    await asyncio.sleep(0.05)
    assert not poll.done()
    await reader.says("hello")
    _, updates = await asyncio.wait_for(poll, 2)
    assert updates[0]["message"]["text"] == "hello"
    assert (await asyncio.wait_for(api("getUpdates", offset=updates[0]["update_id"] + 1, timeout=0), 2))[1] == []


async def test_the_older_poller_is_sent_away(server: TelegramServer, api: Api, reader: Person) -> None:
    older = asyncio.ensure_future(api("getUpdates", timeout=30))
    await server.wait_for(lambda: server.updates.polling)
    newer = asyncio.ensure_future(api("getUpdates", timeout=30))
    status, body = await asyncio.wait_for(older, 2)
    assert status == 409
    assert body["description"] == (
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )
    await reader.says("x")
    assert (await asyncio.wait_for(newer, 2))[0] == 200


async def test_a_webhook_and_polling_exclude_each_other(server: TelegramServer, api: Api) -> None:
    expected = "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"
    await refused(api, expected, "setWebhook", url="http://example.org/")
    expected = "Bad Request: secret token contains unallowed characters"
    await refused(api, expected, "setWebhook", url="https://example.org/", secret_token="a b")
    poll = asyncio.ensure_future(api("getUpdates", timeout=30))
    await server.wait_for(lambda: server.updates.polling)
    assert await api("setWebhook", url="https://example.org/hook", secret_token="s3cret") == (200, True)
    assert (await poll)[1]["description"] == "Conflict: terminated by setWebhook request"
    assert (await api("getWebhookInfo"))[1]["url"] == "https://example.org/hook"
    expected = (
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
    )
    await refused(api, expected, "getUpdates", 409)
    assert await api("deleteWebhook") == (200, True)
    assert await api("getUpdates") == (200, [])


async def test_wanted_updates_are_remembered(server: TelegramServer, api: Api, reader: Person) -> None:
    await api("getUpdates", allowed_updates=["callback_query"])
    await reader.says("not wanted")
    assert await pending(api) == []
    assert (await api("getWebhookInfo"))[1]["allowed_updates"] == ["callback_query"]
    await api("getUpdates", allowed_updates=[])
    await reader.says("wanted")
    assert len(await pending(api)) == 1


# -- faults


async def test_faults_on_demand(server: TelegramServer, http: aiohttp.ClientSession, api: Api, reader: Person) -> None:
    server.flood.enabled = False
    url = f"{server.base_url}{server.token}/sendMessage"
    form = {"chat_id": str(reader.id), "text": "x"}
    server.faults.error("sendMessage", times=2)
    for _ in range(2):
        await refused(api, "Internal Server Error: restart", "sendMessage", 500, **form)
    server.faults.bad_gateway("sendMessage")
    async with http.post(url, data=form) as response:
        assert (response.status, response.content_type) == (502, "text/html")
    server.faults.too_large("sendMessage")
    await refused(api, "Request Entity Too Large", "sendMessage", 413, **form)
    assert server.messages(reader) == []
    server.faults.reset("sendMessage")
    with pytest.raises(aiohttp.ClientError):
        async with http.post(url, data=form) as response:
            await response.read()
    assert len(server.messages(reader)) == 1  # it was delivered all the same
    server.faults.slow("sendMessage", 5)
    with pytest.raises(TimeoutError):
        async with http.post(url, data=form, timeout=aiohttp.ClientTimeout(0.1)):
            pass
    assert len(server.messages(reader)) == 2
    server.faults.hang("getUpdates")
    with pytest.raises(TimeoutError):
        async with http.post(f"{server.base_url}{server.token}/getUpdates", timeout=aiohttp.ClientTimeout(0.1)):
            pass


async def test_a_fault_may_be_for_one_chat_only(server: TelegramServer, api: Api, reader: Person) -> None:
    other = server.person("Other", started=True)
    server.faults.error("sendMessage", chat_id=other.id)
    assert (await api("sendMessage", chat_id=reader.id, text="x"))[0] == 200
    assert (await api("sendMessage", chat_id=other.id, text="x"))[0] == 500


# -- what the bot gets to see


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("nothing for you", False),
        ("/ask who", True),
        ("/ask@quotewire_test_bot who", True),
        ("/ask@other_bot who", False),
        ("hey @QuoteWire_test_bot who", True),
        ("hey @quotewire_test_bots who", False),
    ],
)
async def test_privacy_mode(server: TelegramServer, api: Api, reader: Person, text: str, seen: bool) -> None:
    group = server.supergroup(owner=reader)
    group.adds_bot()
    await pending(api)
    await reader.says(text, group)
    assert len(await pending(api)) == seen
    group.promotes_bot()
    await pending(api)
    await reader.says(text, group)
    assert len(await pending(api)) == 1


async def test_replies_to_the_bot_reach_it(server: TelegramServer, api: Api, reader: Person) -> None:
    group = server.group(owner=reader)
    group.adds_bot()
    await api("sendMessage", chat_id=group.id, text="x")
    await pending(api)
    [message] = server.bot_messages(group)
    await reader.says("and when?", group, reply_to=message)
    [update] = await pending(api)
    assert update["message"]["reply_to_message"]["from"]["id"] == server.bot.id


async def test_every_kind_of_update_is_read_without_loss(server: TelegramServer, api: Api, reader: Person) -> None:
    await reader.starts("abc")
    question = await reader.says("hello @ada_reads x.com")
    await reader.edits(question, "hello again")
    await reader.sends_photo("look at x.com")
    await reader.sends_sticker()
    await reader.sends_voice()
    await reader.sends_location()
    await reader.sends_document(b"x", "x.txt")
    await reader.forwards(question)
    await reader.types_inline("who", chat_type="group")
    await reader.blocks_bot()
    await reader.unblocks_bot()
    channel = server.channel(owner=reader, username="the_wire")
    group = server.supergroup(owner=reader)
    await reader.adds_bot(channel)
    await reader.adds_bot(group, admin=True)
    channel.links(group)
    post = await channel.posts("News: x.com")
    await channel.edits(post, "News: y.com")
    await channel.posts_document(b"a", "a.csv", "text/csv", caption="the list")
    await reader.says("/ask", group, anonymous=True)
    await reader.says("/ask", group, as_channel=channel)
    await reader.removes_bot(group)
    updates = await pending(api)
    kinds = [next(name for name in update if name != "update_id") for update in updates]
    assert set(kinds) == {
        "message",
        "edited_message",
        "inline_query",
        "my_chat_member",
        "channel_post",
        "edited_channel_post",
    }
    senders = {update["message"]["from"]["id"] for update in updates if "message" in update}
    assert {777000, 1087968824, 136817688} <= senders


async def test_blocking_and_membership_are_reported(server: TelegramServer, api: Api, reader: Person) -> None:
    await reader.blocks_bot()
    with pytest.raises(ValueError, match="blocked"):
        await reader.says("hello")
    await reader.unblocks_bot()
    group = server.group(owner=reader)
    group.adds_bot()
    group.removes_bot()
    changes = [update["my_chat_member"] for update in await pending(api) if "my_chat_member" in update]
    assert [change["new_chat_member"]["status"] for change in changes] == ["kicked", "member", "member", "kicked"]


async def test_posts_carry_what_channels_add_to_them(server: TelegramServer, api: Api, reader: Person) -> None:
    channel = server.channel("The Wire", username="the_wire")
    channel.adds_bot()
    await pending(api)
    signed = await channel.posts('<b>News</b> <a href="https://x.com/a">here</a>', html=True, signature="Jane Doe")
    pictures = [await channel.posts_photo(album="1"), await channel.posts_photo("the wall", album="1")]
    await channel.edits(pictures[1], "the wall today")
    await channel.forwards(signed)
    await reader.forwards(signed)
    await reader.forwards(await reader.says("hello"), hidden=True)
    posts = [next(body for name, body in update.items() if name != "update_id") for update in await pending(api)]
    first, one, two, edited, again, passed_on, _, hidden = posts
    assert first["author_signature"] == "Jane Doe"
    assert [entity["type"] for entity in first["entities"]] == ["bold", "text_link"]
    assert "from" not in first
    assert one["media_group_id"] == two["media_group_id"] == edited["media_group_id"] == "1"
    assert one["message_id"] + 1 == two["message_id"]
    assert "caption" not in one
    assert (two["caption"], edited["caption"]) == ("the wall", "the wall today")
    for body in (again, passed_on):
        origin = body["forward_origin"]
        assert (origin["type"], origin["message_id"], origin["author_signature"]) == ("channel", signed.id, "Jane Doe")
        assert "author_signature" not in body
    assert hidden["forward_origin"]["sender_user_name"] == "Ada"
    bot = telegram.Bot(DEFAULT_TOKEN)
    assert all(telegram.Message.de_json(body, bot) for body in posts)


async def test_posts_of_the_bot_come_back_to_nobody(server: TelegramServer, api: Api) -> None:
    channel = server.channel(username="the_wire")
    channel.adds_bot(status="administrator")
    await pending(api)
    _, sent = await api("sendMessage", chat_id="@The_Wire", text="posted")
    assert sent["sender_chat"]["id"] == channel.id
    assert "from" not in sent
    [message] = server.messages(channel)
    await channel.edits(message, "edited by an editor")
    assert await pending(api) == []


# -- python-telegram-bot, unmodified


async def test_a_conversation(server: TelegramServer, reader: Person) -> None:
    async def answer(update: Any, context: Any) -> None:
        await update.message.reply_chat_action("typing")
        buttons = InlineKeyboardMarkup([[InlineKeyboardButton("More", callback_data="more:1")]])
        await update.message.reply_html("<blockquote expandable>said</blockquote>", reply_markup=buttons, do_quote=True)

    async def more(update: Any, context: Any) -> None:
        await update.callback_query.answer("here")
        await update.callback_query.edit_message_text("said more")

    app = await bot_with(server, MessageHandler(filters.TEXT, answer), CallbackQueryHandler(more))
    try:
        message = await reader.asks("Who said that?")
        assert message.marked("expandable_blockquote") == ["said"]
        assert message.reply_to == 1
        assert server.actions(reader.chat) == ["typing"]
        press = await reader.presses(message, "More")
        assert (await press.answered()).text == "here"
        assert (await reader.sees_edit(message)).text == "said more"
        assert message.versions == ["said", "said more"]
        await reader.hears_nothing(0.1)
        await server.idle()
    finally:
        await stop(app)


async def test_a_bot_goes_on_after_a_broken_poll(server: TelegramServer, reader: Person) -> None:
    async def answer(update: Any, context: Any) -> None:
        await update.message.reply_text("still here")

    server.faults.reset("getUpdates")
    app = await bot_with(server, MessageHandler(filters.TEXT, answer))
    try:
        assert (await reader.asks("Are you?")).text == "still here"
    finally:
        await stop(app)
    assert len(server.bot_messages(reader)) == 1


async def test_inline_mode(server: TelegramServer, reader: Person) -> None:
    chosen: list[Any] = []

    async def answer(update: Any, context: Any) -> None:
        buttons = InlineKeyboardMarkup([[InlineKeyboardButton("More", callback_data="more")]])
        content = InputTextMessageContent("quoted from x.com")
        results = [InlineQueryResultArticle("a", "Headline", content, description="d", reply_markup=buttons)]
        await update.inline_query.answer(results, cache_time=5, is_personal=True)

    async def pressed(update: Any, context: Any) -> None:
        chosen.append(update.callback_query.inline_message_id)
        await update.callback_query.edit_message_text("more of it")
        await update.callback_query.answer()

    app = await bot_with(server, InlineQueryHandler(answer), CallbackQueryHandler(pressed))
    try:
        group = server.supergroup(owner=reader)
        listed = await reader.inline("who said", chat_type="supergroup")
        assert [(result.title, result.description) for result in listed.results] == [("Headline", "d")]
        message = await reader.chooses(listed.results[0], group)
        assert message.links == ["x.com"]
        await (await reader.presses(message, "More")).answered()
        assert message.text == "more of it"
        assert chosen == [message.inline_id]
    finally:
        await stop(app)


async def test_the_library_reads_every_answer(server: TelegramServer, reader: Person) -> None:
    server.flood.enabled = False
    bot = telegram.Bot(DEFAULT_TOKEN, server.base_url, server.base_file_url, HTTPXRequest(4), HTTPXRequest(2))
    group = server.supergroup(owner=reader)
    group.adds_bot()
    async with bot:
        sent = await bot.send_message(reader.id, "hello x.com", entities=[telegram.MessageEntity("bold", 0, 5)])
        document = await bot.send_document(reader.id, b"a,b", filename="a.csv", caption="list")
        assert document.document is not None
        assert document.document.file_name == "a.csv"
        downloaded = await (await bot.get_file(document.document.file_id)).download_as_bytearray()
        assert bytes(downloaded) == b"a,b"
        answers: list[Any] = [
            sent,
            document,
            await bot.get_me(),
            await bot.edit_message_text("other", reader.id, sent.message_id),
            await bot.edit_message_caption(reader.id, document.message_id, caption="other"),
            await bot.get_chat(reader.id),
            await bot.get_chat(group.id),
            await bot.get_chat_member(group.id, reader.id),
            await bot.get_chat_administrators(group.id),
            await bot.get_webhook_info(),
            await bot.forward_message(reader.id, reader.id, sent.message_id),
            await bot.copy_message(reader.id, reader.id, sent.message_id),
            await bot.get_my_description(),
        ]
        for answer in answers:
            assert not unknown_fields(answer)
        assert await bot.send_message_draft(reader.id, 1, "…")
        assert await bot.set_message_reaction(reader.id, sent.message_id, "👍")
        assert await bot.delete_message(reader.id, sent.message_id)
        with pytest.raises(telegram.error.ChatMigrated):
            old = server.group()
            old.adds_bot()
            old.migrates()
            await bot.send_message(old.id, "x")
        server.faults.flood("sendMessage", retry_after=3)
        with pytest.raises(telegram.error.RetryAfter):
            await bot.send_message(reader.id, "x")
        server.faults.bad_gateway("sendMessage")
        with pytest.raises(telegram.error.NetworkError):
            await bot.send_message(reader.id, "x")


# -- the driver itself


async def test_waiting_gives_up_in_time(server: TelegramServer, reader: Person, api: Api) -> None:
    with pytest.raises(TimeoutError):
        await reader.reply(0.05)
    await api("sendMessage", chat_id=reader.id, text="x")
    with pytest.raises(AssertionError, match="the bot wrote"):
        await reader.hears_nothing(0.05)
    [message] = server.bot_messages(reader)
    with pytest.raises(TimeoutError):
        await reader.sees_edit(message, 0.05)
    with pytest.raises(LookupError, match="no button"):
        await reader.presses(message, "More")


async def test_replies_come_in_order_and_once(reader: Person, api: Api) -> None:
    for text in ("one", "two"):
        await api("sendMessage", chat_id=reader.id, text=text)
    assert [message.text for message in await reader.replies(0.05)] == ["one", "two"]
    with pytest.raises(TimeoutError):
        await reader.reply(0.05)


async def test_people_write_only_where_they_are(server: TelegramServer, reader: Person) -> None:
    group: Place = server.group()
    with pytest.raises(ValueError, match="not in"):
        await reader.says("/ask", group)
    group.adds(reader)
    message: Message = await reader.says("/ask", group)
    assert message.id == 1
    with pytest.raises(ValueError, match="start parameter"):
        await reader.starts("two words")
    with pytest.raises(ValueError, match="administrators"):
        await reader.says("/ask", group, anonymous=True)
