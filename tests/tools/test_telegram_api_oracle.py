"""The local server's rules for texts, compared with Telegram's own parser.

`tdjson` carries that parser; it runs here without account or network. Without it these tests are skipped.
"""

from __future__ import annotations

import json
import unicodedata
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram_api.entities import Entity, in_order, utf16_length
from telegram_api.errors import ApiError
from telegram_api.html_markup import MarkupError, parse_html
from telegram_api.links import found_in
from telegram_api.markdown_markup import parse_markdown, parse_markdown_v2
from telegram_api.text import repaired
from telegram_api.weblinks import BadLink, checked_link

tdjson = pytest.importorskip("tdjson", reason="the optional extra `oracle` is not installed")

HTML = {"@type": "textParseModeHTML"}
MARKDOWN = {"@type": "textParseModeMarkdown", "version": 1}
MARKDOWN_V2 = {"@type": "textParseModeMarkdown", "version": 2}
NAMES = {
    "TextUrl": "text_link",
    "MentionName": "text_mention",
    "BlockQuote": "blockquote",
    "ExpandableBlockQuote": "expandable_blockquote",
    "PreCode": "pre",
    "CustomEmoji": "custom_emoji",
    "DateTime": "date_time",
    "EmailAddress": "email",
    "BotCommand": "bot_command",
}
FIELDS = ("url", "user_id", "language", "custom_emoji_id", "unix_time")
NOT_FOUND_BY_BOTS = ("MediaTimestamp", "BankCardNumber")

Marked = tuple[str, int, int, tuple[tuple[str, Any], ...]]


def execute(request: dict[str, Any]) -> dict[str, Any]:
    return json.loads(tdjson.td_execute(json.dumps(request).encode()))


@pytest.fixture(scope="module", autouse=True)
def quiet() -> None:
    execute({"@type": "setLogVerbosityLevel", "new_verbosity_level": 0})


def telegrams(entity: dict[str, Any]) -> Marked:
    kind = entity["type"]["@type"].removeprefix("textEntityType")
    fields = {name: entity["type"][name] for name in FIELDS if name in entity["type"]}
    return NAMES.get(kind, kind.lower()), entity["offset"], entity["length"], tuple(sorted(fields.items()))


def ours(entity: Entity) -> Marked:
    return entity.type, entity.offset, entity.length, tuple(sorted(entity.extra))


def parsed_by_telegram(text: str, mode: dict[str, Any]) -> Any:
    answer = execute({"@type": "parseTextEntities", "text": text, "parse_mode": mode})
    if answer["@type"] == "error":
        return answer["message"]
    return answer["text"], [telegrams(entity) for entity in answer["entities"]]


def parsed_by_us(text: str, parse: Any) -> Any:
    try:
        result, entities = parse(text)
    except MarkupError as error:
        return f"Can't parse entities: {error}"
    return result, [ours(entity) for entity in entities]


def found_by_telegram(text: str) -> list[Marked]:
    found = execute({"@type": "getTextEntities", "text": text})["entities"]
    return [telegrams(e) for e in found if e["type"]["@type"].removeprefix("textEntityType") not in NOT_FOUND_BY_BOTS]


def pieces(*parts: str) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(parts), min_size=1, max_size=12).map("".join)


PLAIN = ("a", "é", "😀", " ", "\n", "x.com")
TAGS = (
    "<b>", "</b>", "<i>", "</i>", "<u x=1>", "</u>", "<code>", "</code>", "<code class='language-py'>", "<pre>",
    "</pre>", "<blockquote>", "<blockquote expandable>", "</blockquote>", "<span class='tg-spoiler'>", "</span>",
    "<tg-spoiler>",
    "</tg-spoiler>", "<a href='http://x.com/?a=1&amp;b'>", "<a href=\"", "</a>", "</>", "<", "</", ">", "'", '"', "=",
    "/", "&lt;", "&amp", "&", "&#65;", "&nbsp;", "&#0;", "<s>", "</s>", "<tg-time unix='1700000000'>", "</tg-time>",
)  # fmt: skip
MARKS = (
    "*", "**", "_", "__", "~", "||", "`", "```", "[", "]", "(", ")", "(http://x.com)", ">", "\n>", "\n**>", "||\n",
    "\\",    "\\*", "py\n", "!", "![", "(tg://emoji?id=5)", ".", "x", "|",
)  # fmt: skip
LINKS = (
    "/", "/go", "@", "@user", "@us", "#", "#tag", "$", "$USD", "http://", "https://", "ftp://", "tg://", "example.org",
    "com",    "-", "_", "1", "1.2.3.4", ":80", "?q=1", "(", ")", "[", "]", "'", '"', "«", ",", "!",
    "a@b.co", "mailto:", ":", ".", "..",
    "Wien.Das", "it", "U.S.", "~", "\u200c", "%", "&", "=", "²", "ன", "я", "B", "*", "<", ">", "\u2014", "\u2019",
)  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "<p>x</p>",
        "a < b",
        "5 &lt; 6 &amp;&amp; 7 &gt; 6",
        "<b",
        "<b>x",
        "</b>",
        "<b>é</i>",
        "<b><i>x</b></i>",
        "<br/>",
        "<a href='not a link'>x</a>",
        "<a>http://b.com</a>",
        "<a href='tg://user?id=5'>x</a>",
        "<span>x</span>",
        "<tg-emoji>x</tg-emoji>",
        "<pre><code class='language-py'>x</code></pre>",
        "<blockquote expandable>said <b>she</b></blockquote>",
        "&#55357;",
        "<b x",
        "<b ='1'>y</b>",
        "<b>x</b c>",
        "It&apos;s &quot;so&quot;&nbsp;",
    ],
)
def test_html_examples(text: str) -> None:
    assert parsed_by_us(text, parse_html) == parsed_by_telegram(text, HTML)


@given(pieces(*PLAIN, *TAGS))
@settings(max_examples=400, deadline=None)
def test_any_html(text: str) -> None:
    assert parsed_by_us(text, parse_html) == parsed_by_telegram(text, HTML)


@pytest.mark.parametrize(
    "text",
    [
        "a.b",
        "*x",
        "_a__b__c_",
        "___a___",
        "a > b",
        ">a\n>b||",
        ">a\n**>b\n>c||\nd",
        ">a||\n>b||",
        "[a](http://b.com\\)c)",
        "[u](tg://user?id=7)",
        "```py\nx\n```",
        "![x](tg://emoji?id=5)",
        "![x]",
        "\\_\\*1\\.5",
    ],
)
def test_markdown_v2_examples(text: str) -> None:
    assert parsed_by_us(text, parse_markdown_v2) == parsed_by_telegram(text, MARKDOWN_V2)


@given(pieces(*PLAIN, *MARKS))
@settings(max_examples=400, deadline=None)
def test_any_markdown_v2(text: str) -> None:
    assert parsed_by_us(text, parse_markdown_v2) == parsed_by_telegram(text, MARKDOWN_V2)


@pytest.mark.parametrize("text", ["*b* _i_ `c` [l](x.com)", "*x", "a_b", "```py\nx```", "\\*x\\*", "[x]", "__", "5*6"])
def test_old_markdown_examples(text: str) -> None:
    assert parsed_by_us(text, parse_markdown) == parsed_by_telegram(text, MARKDOWN)


@pytest.mark.parametrize(
    "text",
    [
        "see http://a.com and example.com, @user #tag $TSLA /start a@b.co",
        "the U.S. said.It rained",
        "Wien.At the end",
        "(https://en.wikipedia.org/wiki/Foo_(bar))",
        "https://a.com/?q=1, then",
        "mail ada@example.org.",
        "#tag@channel #1 #a1 ##x",
        "/start@some_bot //no x/y </b>",
        "1.2.3.4 10.5 1.000.000",
        "пример.рф x.москва",
        "http://localhost:8000 a_b.com a-.com",
        "$USD $usd $A1 US$",
    ],
)
def test_links_found_in_examples(text: str) -> None:
    assert [ours(entity) for entity in found_in(text)] == found_by_telegram(text)


@given(pieces(*PLAIN, *LINKS))
@settings(max_examples=500, deadline=None)
def test_links_found_in_any_text(text: str) -> None:
    assert [ours(entity) for entity in found_in(text)] == found_by_telegram(text)


def long_known(character: str) -> bool:
    """Whether every version of the Unicode tables, Telegram's and ours, knows the character."""
    return character != "\0" and unicodedata.ucd_3_2_0.category(character) != "Cn"


@given(st.text(st.characters(codec="utf-8").filter(long_known), max_size=30))
@settings(max_examples=300, deadline=None)
def test_links_are_not_found_where_there_are_none(text: str) -> None:
    assert [ours(entity) for entity in found_in(text)] == found_by_telegram(text)


KINDS = (
    "Bold", "Italic", "Underline", "Strikethrough", "Spoiler", "Code", "Pre", "BlockQuote", "ExpandableBlockQuote",
)  # fmt: skip
LETTERS = "aé😀 \n\r\t\u200e\u200f\u2028\u202a\u030a\u0333"


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[tuple[str, int, int]]]:
    text = draw(st.text(LETTERS, min_size=1, max_size=12))
    size = utf16_length(text)
    entity = st.tuples(st.sampled_from(KINDS), st.integers(-1, size + 1), st.integers(0, size + 2))
    return text, draw(st.lists(entity, max_size=5))


@given(marked_texts())
@settings(max_examples=500, deadline=None)
def test_entities_are_repaired_as_telegram_repairs_them(case: tuple[str, list[tuple[str, int, int]]]) -> None:
    text, wanted = case
    entities = [
        {"@type": "textEntity", "offset": offset, "length": length, "type": {"@type": f"textEntityType{kind}"}}
        for kind, offset, length in wanted
    ]
    formatted = {"@type": "formattedText", "text": text, "entities": entities}
    answer = execute({"@type": "parseMarkdown", "text": formatted})
    mine = [Entity(NAMES.get(kind, kind.lower()), offset, length) for kind, offset, length in wanted]
    try:
        result, kept = repaired(text, mine)
    except ApiError as error:
        assert answer["@type"] == "error", answer
        said = error.description.removeprefix("Bad Request: ")
        assert said == answer["message"][0].lower() + answer["message"][1:]
        return
    assert answer["@type"] == "formattedText", answer
    if not result.strip(" \n"):  # asked like this, the parser empties a blank text
        assert answer["text"] == ""
        return
    assert (result, [ours(e) for e in in_order(kept)]) == (answer["text"], [telegrams(e) for e in answer["entities"]])


@pytest.mark.parametrize(
    "url",
    [
        "x.com",
        "http://x",
        "http://localhost:8000/a",
        "http://x.com:99999/",
        "http://x.com?q=ü",
        "HTTP://EX.com/A b",
        "https://пример.рф/",
        "javascript:alert(1)",
        "ftp://x.com",
        "tg://resolve?domain=x",
        "ton://a",
        "http://user:pw@x.com/",
        "https://x.com/a#b",
        "http://ex ample.com",
        "",
        "a..b",
    ],
)
def test_links_are_accepted_and_written_as_telegram_does(url: str) -> None:
    answer = execute({"@type": "parseTextEntities", "text": f'<a href="{url}">x</a>', "parse_mode": HTML})
    accepted = [entity["type"]["url"] for entity in answer["entities"]]
    try:
        assert [checked_link(url)] == accepted
    except BadLink:
        assert accepted == []
