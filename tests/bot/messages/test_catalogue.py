"""Every sentence in every language: complete, with the same placeholders and all plural forms."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from bot.delivery.menus import ADMINISTRATORS, GROUPS, READERS
from bot.messages.catalogue import Catalogue, Message, catalogue, choose, languages
from index.datatypes import ArticleLabel, NoticeKind, PartialDate

ENGLISH = catalogue("en")
SOURCES = [path for path in (Path(__file__).parents[3] / "bot").rglob("*.py") if path.parent.name != "texts"]


def problems(mine: Catalogue, reference: Catalogue) -> Sequence[str]:
    """What is wrong with a catalogue, one line each: missing and unknown keys, plural forms and placeholders."""
    missing = [f"{mine.lang}: {key} is missing" for key in reference.messages if key not in mine.messages]
    unknown = [f"{mine.lang}: {key} is not used" for key in mine.messages if key not in reference.messages]
    wrong: list[str] = []
    for key in reference.messages.keys() & mine.messages.keys():
        wrong += _message_problems(f"{mine.lang}: {key}", mine, mine.messages[key], reference.messages[key])
    return [*missing, *unknown, *sorted(wrong)]


def _message_problems(where: str, mine: Catalogue, message: Message, model: Message) -> Iterable[str]:
    if isinstance(message, str) != isinstance(model, str):
        yield f"{where} has plural forms in one language only"
        return
    wanted = placeholders(model)
    if isinstance(message, str):
        if placeholders(message) != wanted:
            yield f"{where} has the placeholders {sorted(placeholders(message))}, not {sorted(wanted)}"
        return
    categories = set(mine.locale.plural_form.tags) | {"other"}
    if set(message) != categories:
        yield f"{where} has the plural forms {sorted(message)}, not {sorted(categories)}"
    for category, form in message.items():
        # "One article" may leave the number out; "two articles" and "no articles" too, where a language says so
        if not wanted - {"count"} <= placeholders(form) <= wanted:
            yield f"{where}[{category}] has the placeholders {sorted(placeholders(form))}, not {sorted(wanted)}"


def placeholders(message: Message) -> set[str]:
    """The names in braces of a sentence, or of all its plural forms together."""
    forms = [message] if isinstance(message, str) else list(message.values())
    return {name for form in forms for _, name, _, _ in string.Formatter().parse(form) if name}


def test_english_russian_and_arabic_are_there() -> None:
    assert {"en", "ru", "ar"} <= set(languages())


@pytest.mark.parametrize("lang", languages())
def test_a_catalogue_is_complete(lang: str) -> None:
    assert problems(catalogue(lang), ENGLISH) == []


@pytest.mark.parametrize("lang", languages())
def test_the_profile_and_menus_keep_telegrams_limits(lang: str) -> None:
    texts = catalogue(lang)
    assert len(texts.say("profile.description")) <= 512
    assert len(texts.say("profile.short")) <= 120
    for name in {*READERS, *GROUPS, *ADMINISTRATORS}:
        assert re.fullmatch(r"[a-z0-9_]{1,32}", name)
        assert 1 <= len(texts.say(f"command.{name}")) <= 256


@pytest.mark.parametrize("lang", languages())
def test_notes_over_a_button_keep_telegrams_limit(lang: str) -> None:
    texts = catalogue(lang)
    for key in texts.messages:
        if key.startswith(("pressed.", "report.")) and isinstance(texts.messages[key], str):
            assert len(str(texts.messages[key])) <= 170, key


def test_every_sentence_named_in_the_code_exists_and_every_one_is_used() -> None:
    code = "\n".join(path.read_text("utf-8") for path in SOURCES)
    named = set(re.findall(r"""["']([a-z_]+(?:\.[a-z_]+)+)["']""", code))
    begun = tuple(re.findall(r"""f["']([a-z_]+(?:\.[a-z_]+)*\.)\{""", code))
    groups = {key.partition(".")[0] for key in ENGLISH.messages}
    ours = {key for key in named if key.partition(".")[0] in groups and not key.endswith((".db", ".key"))}
    assert ours - set(ENGLISH.messages) == set()
    assert [key for key in ENGLISH.messages if key not in named and not key.startswith(begun)] == []


def test_kinds_of_notices_and_labels_have_their_sentences() -> None:
    for kind in NoticeKind:
        assert f"notice.{kind.value}" in ENGLISH
        assert f"notice.{kind.value}.plain" in ENGLISH
    for label in ArticleLabel:
        assert f"label.{label.value}" in ENGLISH


def test_the_check_finds_what_is_missing_unknown_or_wrong() -> None:
    spoilt = dict(ENGLISH.messages) | {"id.user": "No number", "reports.title": {"other": "{count}"}, "surplus": ""}
    del spoilt["help.body"]
    found = problems(Catalogue("en", "English", False, spoilt), ENGLISH)
    assert [line.split()[1].split("[")[0] for line in found] == ["help.body", "surplus", "id.user", "reports.title"]


@pytest.mark.parametrize(
    ("lang", "count", "words"),
    [
        ("en", 1, "1 article"),
        ("en", 1204, "1,204 articles"),
        ("ru", 1, "1 статья"),
        ("ru", 3, "3 статьи"),
        ("ru", 11, "11 статей"),
        ("ru", 21, "21 статья"),
        ("ar", 2, "مقالان"),
        ("ar", 5, "5 مقالات"),
    ],
)
def test_plurals_follow_the_language(lang: str, count: int, words: str) -> None:
    assert catalogue(lang).say("status.articles", count=count) == words


@pytest.mark.parametrize(
    ("lang", "day", "words"),
    [
        ("en", "2017", "2017"),
        ("en", "2017-11", "November 2017"),
        ("en", "2017-11-21", "21 Nov 2017"),
        ("ru", "2017-11", "ноябрь 2017"),
        ("ru", "2017-11-21", "21 нояб. 2017"),
    ],
)
def test_dates_are_shown_with_the_precision_known(lang: str, day: str, words: str) -> None:
    assert catalogue(lang).date(PartialDate(day)) == words


@pytest.mark.parametrize(
    ("code", "lang"), [("ru", "ru"), ("ru-RU", "ru"), ("ar", "ar"), ("pt-br", "en"), (None, "en"), ("", "en")]
)
def test_the_language_follows_the_readers_telegram(code: str | None, lang: str) -> None:
    assert choose(code).lang == lang
