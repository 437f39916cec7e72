"""Names and commands of another direction inside sentences that run from right to left."""

from __future__ import annotations

import re

import pytest
from citations import ENCODE, answer, card, citation
from hypothesis import given
from hypothesis import strategies as st
from telegram_api.links import found_in
from telegram_api.text import cleaned

from bot.messages.answers import answer_reply
from bot.messages.attribution import COPY_LIMIT, byline, copyable, entry, source_line, speaker_line
from bot.messages.bidi import END, FIRST_STRONG, LEFT_TO_RIGHT, handles, isolate, set_apart
from bot.messages.catalogue import catalogue
from index.datatypes import PartialDate, Speaker

AR = catalogue("ar")
EN = catalogue("en")
CARD = card(
    title="Council approves tram line",
    outlet="Los Angeles Times",
    agency="TCA, LLC",
    authors=("Ada Berg", "Jane Doe"),
    published=PartialDate("2017-11-21"),
    url="https://example.org/tram",
)
NAME = "quotewire_bot"


def shown(words: str) -> str:
    """Isolates as a reader of this file can see them."""
    return words.translate({ord(FIRST_STRONG): "⟨", ord(LEFT_TO_RIGHT): "⟨", ord(END): "⟩", 0x200F: "←"})


def balanced(words: str) -> bool:
    depth = 0
    for sign in words:
        depth += (sign in (FIRST_STRONG, LEFT_TO_RIGHT)) - (sign == END)
        if depth < 0:
            return False
    return depth == 0


def every_sentence() -> list[str]:
    forms = [form for key in AR.messages for form in _forms(AR.messages[key])]
    assert len(forms) > 250
    return forms


def _forms(message: object) -> list[str]:
    return [message] if isinstance(message, str) else list(message.values())  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("sentence", "apart"),
    [
        ("أرسل /help.", "أرسل ⟨/help⟩."),
        ("أو /reindex full أو", "أو ⟨/reindex full⟩ أو"),
        ("لك /status و/remove", "لك ⟨/status⟩ و⟨/remove⟩"),
        ("اذكرني (@{bot})", "اذكرني (⟨@{bot}⟩)"),
        ("من {date}: {title}", "من {date}: {title}"),
        ("SHA-256 {sha256}", "⟨SHA-256⟩ {sha256}"),
        ("({number}/{count})", "({number}/{count})"),
    ],
)
def test_what_reads_left_to_right_is_set_apart(sentence: str, apart: str) -> None:
    assert shown(set_apart(sentence)) == apart


def test_nothing_is_set_around_nothing() -> None:
    assert isolate("") == ""


def test_a_name_inside_a_handle_is_left_alone() -> None:
    assert handles("اذكرني (@{bot}) يا {name}") == {"bot"}
    assert shown(AR.say("help.inline", bot=NAME)).startswith("في أيّ محادثة: اكتب ⟨@quotewire_bot⟩")


def test_names_in_attribution_are_set_apart() -> None:
    assert shown(source_line(CARD, AR)) == "←⟨Los Angeles Times⟩ (⟨TCA, LLC⟩) · 21 نوفمبر 2017"
    assert shown(byline(CARD, AR)) == "بقلم ⟨Ada Berg, Jane Doe⟩"
    assert shown(entry(CARD, AR)) == "⟨Council approves tram line⟩ — ⟨Los Angeles Times⟩، ⟨21 نوفمبر 2017⟩"
    said = citation(speaker=Speaker("Anna Borg", "a fellow at the institute"))
    assert shown(speaker_line(said, AR)) == "المتحدث: ⟨Anna Borg⟩، ⟨a fellow at the institute⟩"


def test_a_copied_address_has_nothing_beside_it() -> None:
    copied = copyable(CARD, AR)
    assert copied.endswith(", https://example.org/tram")
    assert len(copied.encode("utf-16-le")) // 2 <= COPY_LIMIT
    assert balanced(copied)


def test_a_language_that_runs_left_to_right_has_no_marks() -> None:
    lines = [source_line(CARD, EN), entry(CARD, EN), copyable(CARD, EN), EN.say("help.body", bot=NAME)]
    assert not any(sign in line for line in lines for sign in (FIRST_STRONG, LEFT_TO_RIGHT, END, EN.lead or "\u200f"))


def test_every_quote_is_left_as_it_is() -> None:
    reply = answer_reply(answer(citation()), 0, AR, ENCODE)
    assert reply.quoted is not None
    assert reply.quoted.stands_in(reply.text)
    assert balanced(reply.text)


@pytest.mark.parametrize("sentence", every_sentence())
def test_telegram_still_finds_every_command_and_name_and_keeps_every_mark(sentence: str) -> None:
    words = sentence.replace("{bot}", NAME)
    assert balanced(words)
    assert cleaned(words) == words
    written = set(re.findall(r"[/@][A-Za-z_]+", words))
    found = {words[one.offset : one.offset + one.length] for one in found_in(words) if one.type != "hashtag"}
    assert written <= found


@given(st.text("aب1 @/{}()·", max_size=30))
def test_setting_apart_adds_marks_and_nothing_else(sentence: str) -> None:
    apart = set_apart(sentence)
    assert balanced(apart)
    assert re.sub(f"[{LEFT_TO_RIGHT}{END}]", "", apart) == sentence
