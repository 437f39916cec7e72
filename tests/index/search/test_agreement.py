"""What articles have in common: an article does not corroborate itself, and what everybody says proves nothing."""

import math

import numpy as np
import pytest

from index.search.agreement import VOTERS, agreement, coincidence, votes


def test_each_article_votes_once_by_its_best_passage():
    promise = np.array([0.5, 1.0, 0.8, 0.1])
    assert votes(promise, [7, 7, 8, 9], [0, 1, 2, 3]) == pytest.approx({1: 1.0, 2: 0.8**4, 3: 0.1**4})


def test_no_more_than_so_many_vote():
    assert len(votes(np.ones(50), list(range(50)), list(range(50)))) == VOTERS


def test_what_other_articles_say_too_is_borne_out():
    said = [{"halvor"}, {"halvor"}, {"sigrid"}, {"nobody"}]
    found = agreement({0: 1.0, 1: 1.0}, [1, 2, 3, 4], said, 1)
    assert found[0] == found[1] == pytest.approx(math.log1p(math.log(2)))
    assert found[2] == found[3] == 0.0


def test_an_article_does_not_bear_itself_out():
    assert agreement({0: 1.0}, [1, 1], [{"halvor"}, {"halvor"}], 8).tolist() == [0.0, 0.0]


def test_what_every_candidate_says_is_worth_nothing():
    assert agreement({0: 1.0, 1: 1.0}, [1, 2], [{"monday"}, {"monday"}], 1).tolist() == [0.0, 0.0]


def test_what_comes_out_in_the_same_days_bears_each_other_out_and_undated_articles_nobody():
    found = coincidence({0: 1.0, 1: 1.0}, [1, 2, 3, 4], np.array([2.0, 3.0, 400.0, math.inf]))
    assert found[0] == pytest.approx(found[1])
    assert found[0] > 0.5
    assert found[2] < 1e-6
    assert found[3] == 0.0
