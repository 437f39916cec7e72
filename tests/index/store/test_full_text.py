"""The contract of a full-text index. A new one is a line in INDEXES: it has to pass all of this."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plain_stores import PlainText

from index.store.database import connect, migrate
from index.store.fts5 import full_text
from index.store.full_text import Entry, FullText
from index.store.schema import MIGRATIONS

ENTRIES = (
    Entry(3, "tram delay", "tram open spring bridg wait"),
    Entry(5, "harbour wall", "harbour wall rise flood tram"),
    Entry(9, "school roof", "roof fell nobodi hurt"),
    Entry(12, "flood", "flood water reach harbour street"),
    Entry(20, "choir", "choir sing church winter"),
)


def fts5(folder: Path) -> Iterator[FullText]:
    migrate(folder / "archive.db", MIGRATIONS)
    with connect(folder / "archive.db") as db:
        yield full_text(db)


def plain(_: Path) -> Iterator[FullText]:
    yield PlainText()


INDEXES: dict[str, Callable[[Path], Iterator[FullText]]] = {"fts5": fts5, "plain": plain}


@pytest.fixture(params=INDEXES.values(), ids=INDEXES.keys())
def text(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[FullText]:
    yield from request.param(tmp_path)


def anyone(_: int) -> bool:
    return True


def found(hits: list[tuple[int, float]]) -> list[int]:
    return [id_ for id_, _ in hits]


def test_any_of_the_terms_will_do_and_the_best_comes_first(text: FullText):
    text.add(ENTRIES)
    hits = text.search(["flood", "harbour"], 10, anyone)
    assert set(found(hits)) == {5, 12}
    assert [score for _, score in hits] == sorted((score for _, score in hits), reverse=True)
    assert all(score > 0 for _, score in hits)
    assert found(text.search(["harbour"], 1, anyone)) == found(text.search(["harbour"], 9, anyone))[:1]
    assert text.search(["nowher"], 10, anyone) == []


def test_scores_are_those_of_bm25(text: FullText):
    text.add(ENTRIES)
    reference = PlainText()
    reference.add(ENTRIES)
    for terms in (["flood"], ["tram", "wall"], ["roof", "choir", "street"]):
        ours, theirs = text.search(terms, 10, anyone), reference.search(terms, 10, anyone)
        assert found(ours) == found(theirs)
        assert [score for _, score in ours] == pytest.approx([score for _, score in theirs], rel=1e-4)


def test_a_filter_restricts_before_the_cut(text: FullText):
    text.add(ENTRIES)
    assert found(text.search(["tram", "harbour"], 1, lambda id_: id_ == 12)) == [12]
    assert text.search(["tram"], 5, lambda _: False) == []


def test_every_group_has_to_be_met(text: FullText):
    text.add(ENTRIES)
    assert text.holding_all([["tram"], ["harbour", "spring"]], anyone) == [3, 5]
    assert text.holding_all([["harbour"], ["street"]], lambda id_: id_ != 12) == []
    assert text.holding_all([["harbour"], []], anyone) == []
    assert text.holding_all([], anyone) == []


def test_terms_are_counted_once_an_entry(text: FullText):
    text.add(ENTRIES)
    assert text.frequencies(["tram", "harbour", "nowher"]) == {"tram": 2, "harbour": 2, "nowher": 0}
    assert dict(text.vocabulary())["flood"] == 2
    assert len(text) == len(ENTRIES)


def test_entries_come_back_as_they_were_given(text: FullText):
    text.add(ENTRIES)
    assert text.entries([9, 4, 3]) == {9: ENTRIES[2], 3: ENTRIES[0]}


def test_what_is_taken_out_is_found_no_more(text: FullText):
    text.add(ENTRIES)
    text.remove([5, 77])
    text.optimize()
    assert found(text.search(["harbour"], 10, anyone)) == [12]
    assert (text.frequencies(["wall"]), len(text), text.entries([5])) == ({"wall": 0}, 4, {})


@pytest.mark.parametrize("term", ['"', 'near"', "NOT", "OR", "title:flood", "*", "(", "", "a" * 500, "тrам"])
def test_a_term_is_never_syntax(text: FullText, term: str):
    text.add(ENTRIES)
    assert found(text.search([term, "choir"], 5, anyone)) == [20]
    assert text.search([], 5, anyone) == []


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_adding_and_removing_leave_what_was_added_and_not_removed(text: FullText, data: st.DataObject):
    text.remove([id_ for id_ in range(30) if text.entries([id_])])
    added = data.draw(st.sets(st.integers(0, 29), max_size=12))
    removed = data.draw(st.sets(st.integers(0, 29), max_size=12))
    text.add(Entry(id_, "word", f"word{id_}") for id_ in sorted(added))
    text.remove(removed)
    assert sorted(found(text.search(["word"], 50, anyone))) == sorted(added - removed)
    assert len(text) == len(added - removed)
