"""Texts that mean the same, brought together."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from word_embedder import WordEmbedder

from index.quality.clusters import clusters, cosine_of_terms, shared_terms

WORDS = st.lists(st.sampled_from(["pool", "tram", "mayor", "school", "bread", "ferry"]), min_size=1, max_size=4)


def embedded(texts: list[str]) -> np.ndarray:
    embedder = WordEmbedder()
    return np.vstack([embedder.embed_question(text) for text in texts])


def test_wordings_of_one_question_are_one_group_and_others_their_own() -> None:
    texts = ["when does the pool open", "who won the race", "does the pool open", "pool open when", "who won that race"]
    assert clusters(embedded(texts), 0.6) == [[0, 2, 3], [1, 4]]


def test_groups_that_grow_alike_are_joined() -> None:
    corner = np.array([[1.0, 0.0], [0.5, 0.8660254], [0.8660254, 0.5]], dtype=np.float32)
    assert clusters(corner[:2], 0.7) == [[0], [1]]
    assert clusters(corner, 0.7) == [[0, 1, 2]], "the one between them brings them together"


def test_nothing_makes_no_group() -> None:
    assert clusters(np.zeros((0, 8), dtype=np.float32), 0.7) == []


@given(st.lists(WORDS, max_size=12), st.floats(0.3, 0.95))
def test_every_row_is_in_one_group_and_equal_rows_are_together(texts: list[list[str]], alike: float) -> None:
    if not texts:
        return
    found = clusters(shared_terms(texts), alike)
    assert sorted(row for group in found for row in group) == list(range(len(texts)))
    assert [group[0] for group in found] == sorted(group[0] for group in found)
    where = {row: n for n, group in enumerate(found) for row in group}
    for one, words in enumerate(texts):
        for other, others in enumerate(texts):
            if set(words) == set(others):
                assert where[one] == where[other]


@given(WORDS, WORDS)
def test_shared_terms_are_measured_alike_with_and_without_vectors(one: list[str], other: list[str]) -> None:
    rows = shared_terms([one, other])
    assert np.allclose(np.linalg.norm(rows, axis=1), 1)
    assert float(rows[0] @ rows[1]) == pytest.approx(cosine_of_terms(one, other), abs=1e-6)


def test_a_text_without_terms_is_like_none_other() -> None:
    assert clusters(shared_terms([[], ["pool"], []]), 0.5) == [[0], [1], [2]]
    assert cosine_of_terms([], []) == 0
