"""What every language pack holds to, whoever writes it."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest

from index.language.packs.pack import Asks, Calendar
from index.language.packs.table import PACKS, pack_of
from index.language.stopwords import stopwords
from index.language.terms import fold
from index.question.analysis import asked

EVERY = pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS.keys())
WITH_CALENDAR = pytest.mark.parametrize(
    "pack", [one for one in PACKS.values() if one.calendar], ids=lambda one: one.code
)


@EVERY
def test_a_pack_stands_under_its_code(pack):
    assert PACKS[pack.code] is pack
    assert re.fullmatch(r"[a-z]{2}", pack.code)


@EVERY
def test_stop_words_are_folded(pack):
    words = pack.stopwords.split()
    assert [word for word in words if fold(word) != word] == []


@EVERY
def test_every_pattern_compiles_without_a_group_of_its_own_name(pack):
    topics, follow_up = pack.topics, pack.follow_up
    patterns = [pattern for pattern, _ in pack.phrases] + [pack.credit, pack.doubtful_dates]
    patterns += [topics.lead, topics.before, topics.after] if topics else []
    patterns += [follow_up.opening, follow_up.owned, follow_up.asking, follow_up.subject] if follow_up else []
    assert [pattern for pattern in patterns if re.compile(pattern).groupindex] == []
    assert follow_up is None or set(re.compile(follow_up.about).groupindex) == {"topic"}


@EVERY
def test_a_question_word_asks_one_thing(pack):
    words = [word for listed in pack.question_words.values() for word in listed.split()]
    assert sorted(words) == sorted(set(words))
    assert not {Asks.CLAIM, Asks.NOTHING} & set(pack.question_words)


@WITH_CALENDAR
def test_a_calendar_is_complete(pack):
    calendar = pack.calendar
    assert (len(calendar.months), len(calendar.weekdays), len(calendar.seasons)) == (12, 7, 4)
    assert (len(calendar.units), len(calendar.numbers), len(calendar.parts)) == (5, 12, 3)
    empty = {one.name for one in fields(Calendar) if not getattr(calendar, one.name)}
    assert empty <= {"past_after", "of", "year_tail"}


def test_a_language_without_a_pack_borrows_no_words():
    assert pack_of("fi").question_words == {}
    assert pack_of("fi").auxiliaries == ""
    assert "the" not in stopwords("fi")


@pytest.mark.parametrize(
    ("question", "lang", "kind"),
    [
        ("¿Por qué dimitió el alcalde?", "es", Asks.WHY),
        ("¿Qué dijo el alcalde?", "es", Asks.WHAT),
        ("Por que o prefeito renunciou?", "pt", Asks.WHY),
        ("Wanneer opende de brug?", "nl", Asks.WHEN),
        ("Kiedy otwarto most?", "pl", Asks.WHEN),
        ("Was sagte die Bürgermeisterin?", "de", Asks.WHAT),
        ("Wie viele Menschen starben?", "de", Asks.COUNT),
        ("Pourquoi le maire a-t-il démissionné ?", "fr", Asks.WHY),
        ("Почему мэр ушёл в отставку?", "ru", Asks.WHY),
        ("Чому мер пішов у відставку?", "uk", Asks.WHY),
    ],
)
def test_question_words_are_read_in_their_own_language(question, lang, kind):
    assert asked(question, lang) is kind
