"""Where a question's words stand: found for all candidates at once just as they would be one by one."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.question.analysis import analyse
from index.search.term_matches import Statistics, neighbours, places, stretches, wanted

ASKED = wanted(analyse("Which ferry ran aground off Ostvik in storm Urd?", "en"), Statistics(1, lambda term: 0))
WORDS = st.sampled_from([*ASKED.slots, "the", "crew", "said", "harbour"])
TEXTS = st.lists(st.lists(WORDS, max_size=30), min_size=1, max_size=5)


def best_stretch(terms, width):
    """The slots of the first stretch of `width` terms that fills the most rarity, found the slow way."""
    tried = [{ASKED.slots[term] for term in terms[at : at + width] if term in ASKED.slots} for at in range(len(terms))]
    return max((round(sum(ASKED.idf[slot] for slot in held), 9) for held in tried), default=0.0)


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.integers(1, 12))
def test_the_best_stretch_of_each_is_what_a_slow_search_finds(texts, width):
    found = places(texts, ASKED)
    stretch = stretches(found, ASKED, len(texts), width)
    for row, terms in enumerate(texts):
        assert stretch.held[row] @ ASKED.idf == pytest.approx(best_stretch(terms, width))
        first, last = stretch.first[row], stretch.last[row]
        inside = {ASKED.slots[term] for term in terms[first : last + 1] if term in ASKED.slots}
        assert set(np.flatnonzero(stretch.held[row])) == inside if stretch.held[row].any() else not inside or first == 0
        assert last - first < width


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_what_is_counted_is_what_stands_there(texts):
    counts = places(texts, ASKED).counts(len(texts), len(ASKED.idf))
    for row, terms in enumerate(texts):
        told = Counter(ASKED.slots[term] for term in terms if term in ASKED.slots)
        assert {slot: int(n) for slot, n in enumerate(counts[row]) if n} == dict(told)
        assert 0.0 <= ASKED.share(counts > 0)[row] <= 1.0 + 1e-9


def test_neighbours_count_within_one_passage_only():
    apart = [["ferri", "storm"], ["urd", "ferri"]]
    near = [["storm", "urd"], ["ferri", "the", "crew", "the", "urd"]]
    assert neighbours(places(apart, ASKED), ASKED, 2).tolist() == [0.0, 0.0]
    assert neighbours(places(near, ASKED), ASKED, 2)[0] > 0.0


def test_a_share_of_nothing_wanted_is_whole():
    assert ASKED.share(np.zeros((2, len(ASKED.idf))), np.zeros(len(ASKED.idf), np.bool_)).tolist() == [1.0, 1.0]
