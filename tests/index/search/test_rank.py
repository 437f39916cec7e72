"""Order and confidence: what is promised whatever the weights are, and what the shipped weights must do."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.datatypes import Label, PartialDate
from index.language.terms import terms
from index.question.analysis import analyse
from index.question.answer_type import new_names, new_numbers
from index.question.times import read_times
from index.search.features import FEATURES, Candidate, features
from index.search.rank import floor, rank
from index.search.term_matches import Statistics

DAY = date(2024, 3, 15)
HARBOUR = (
    "Ingrid Lindqvist resigned as head of the harbour board of Ostvik on Monday after nine years. Her deputy, "
    "Tor Aasen, takes over until the county elects a new board in June."
)
CAPITAL = (
    "The county has raised capital for the harbour. The board says that the capital of 412 million crowns will "
    "last until 2030, and that no further loans are planned."
)
CUP = "Ostvik won the regional cup for the third time. The final against Nordby drew 3,200 spectators on Sunday."


def candidate(id_, text, *, title="News from Ostvik", published="2024-03-12", cosine=None, **fields):
    return Candidate(
        passage_id=id_,
        article_id=fields.pop("article_id", id_),
        label=fields.pop("label", Label.PROSE),
        text=text,
        title=title,
        terms=terms(text, "en"),
        title_terms=terms(title, "en"),
        bm25=fields.pop("bm25", 1.0),
        cosine=cosine,
        published=PartialDate(published) if published else None,
        **fields,
    )


def statistics(candidates):
    counts = Counter(term for one in candidates for term in set(one.terms))
    return Statistics(len(candidates), lambda term: counts[term])


def ranked(question, candidates, as_of=None, newest=DAY):
    asked = analyse(question, "en", read_times(question, "en", as_of or DAY))
    return rank(asked, candidates, as_of=as_of, newest=newest, statistics=statistics(candidates))


def archive():
    return [candidate(1, HARBOUR), candidate(2, CAPITAL), candidate(3, CUP)]


def test_no_candidate_no_rank():
    assert ranked("Who resigned?", []) == []


def test_the_passage_that_answers_comes_first():
    assert ranked("Who resigned as head of the harbour board?", archive())[0].candidate.passage_id == 1
    assert ranked("How many spectators saw the final of the regional cup?", archive())[0].candidate.passage_id == 3


def test_what_is_answered_is_above_the_floor():
    assert ranked("Who resigned as head of the harbour board of Ostvik?", archive())[0].confidence >= floor()


@pytest.mark.parametrize("size", [1, 15, 300])
def test_a_common_word_is_no_answer_in_an_archive_of_any_size(size):
    candidates = [candidate(n, CAPITAL, article_id=n) for n in range(size)]
    assert ranked("What is the capital of Mongolia?", candidates)[0].confidence < floor()
    assert ranked("What is the capital of Mongolia?", candidates, as_of=DAY)[0].confidence < floor()


def test_being_the_best_of_a_bad_lot_gives_no_confidence():
    alone = ranked("What is the capital of Mongolia?", [candidate(1, CAPITAL, bm25=0.001)])[0]
    among = ranked("What is the capital of Mongolia?", [candidate(1, CAPITAL, bm25=50.0), candidate(2, CUP, bm25=1.0)])[
        0
    ]
    assert max(alone.confidence, among.confidence) < floor()


def test_bm25_alone_moves_no_confidence():
    low, high = (
        {one.candidate.passage_id: one.confidence for one in ranked("Who resigned?", candidates)}
        for candidates in (archive(), [replace(one, bm25=90.0) for one in archive()])
    )
    assert low == pytest.approx(high)


def test_a_question_about_a_past_year_is_not_won_by_newer_words():
    text = "The ferry Havfrue ran aground off Ostvik with 214 passengers on board."
    old, new = candidate(1, text, published="2016-05-02"), candidate(2, text, published="2024-03-14")
    assert ranked("Which ferry ran aground off Ostvik in 2016?", [old, new])[0].candidate is old
    assert ranked("Which ferry ran aground off Ostvik this week?", [old, new])[0].candidate is new


def test_an_old_archive_is_not_stale_against_itself():
    candidates = [replace(one, published=PartialDate("2017-11-21")) for one in archive()]
    question = "Which head of the harbour board resigned this week?"
    old = ranked(question, candidates, newest=date(2017, 11, 21))
    fresh = ranked(question, archive(), newest=date(2024, 3, 12))
    assert old[0].confidence == pytest.approx(fresh[0].confidence)


def test_in_a_small_archive_age_only_orders():
    candidates = [replace(one, published=PartialDate("2019-06-01")) for one in archive()]
    question = "Who resigned as head of the harbour board of Ostvik?"
    then, now = ranked(question, candidates, as_of=date(2019, 6, 2)), ranked(question, candidates, as_of=DAY)
    assert now[0].confidence == pytest.approx(then[0].confidence, abs=0.1)
    assert min(now[0].confidence, then[0].confidence) >= floor()


def test_undated_articles_stay():
    assert len(ranked("Who resigned?", [candidate(1, HARBOUR, published=None), candidate(2, CUP)], as_of=DAY)) == 2


def test_opinion_ranks_below_news_at_equal_score():
    news, opinion = candidate(2, HARBOUR), candidate(1, HARBOUR, opinion=True)
    assert ranked("Who resigned as head of the harbour board?", [opinion, news])[0].candidate is news


def test_a_credit_line_ranks_below_prose_unless_it_is_asked_for():
    credit = candidate(1, "(Marta Viken reported from Ostvik.)", label=Label.CREDIT, article_id=1)
    prose = candidate(2, "Trains from Ostvik were late, the railway reported on Monday.", article_id=1)
    assert ranked("Who reported from Ostvik?", [prose, credit])[0].candidate is credit
    assert ranked("Why were trains from Ostvik late?", [prose, credit])[0].candidate is prose


def test_candidates_with_and_without_cosine_rank_together():
    mixed = [candidate(1, HARBOUR, cosine=0.6), candidate(2, CAPITAL), candidate(3, CUP, cosine=0.1)]
    found = ranked("Who resigned as head of the harbour board?", mixed)
    assert found[0].candidate.passage_id == 1
    assert all(0.0 <= one.confidence <= 1.0 for one in found)


def test_equal_scores_are_ordered_by_id():
    same = [candidate(n, CUP, article_id=7) for n in (5, 3, 9)]
    assert [one.candidate.passage_id for one in ranked("Who won the cup?", same)] == [3, 5, 9]


def test_another_spelling_counts_in_full():
    passage = candidate(1, "Trains to Kiev were stopped on Monday.")
    plain, spelt = analyse("Why were trains to Kyiv stopped?", "en"), analyse("Why were trains to Kiev stopped?", "en")
    widened = plain.with_alternatives({"kyiv": ("kiev",)})
    cover = FEATURES.index("cover")
    tables = [
        features(one, [passage], as_of=None, newest=DAY, statistics=statistics([passage]))
        for one in (plain, widened, spelt)
    ]
    assert tables[0][0, cover] < tables[1][0, cover] == pytest.approx(1.0) == pytest.approx(tables[2][0, cover])


def test_rarity_is_known_in_an_archive_of_one_article():
    alone = Statistics(1, lambda term: 1)
    common, rare = 0.5, 9.0
    assert alone.idf("mongolia", rare) > alone.idf("year", common)


def test_new_names_and_numbers_are_those_the_question_lacks():
    text = "On Monday the mayor of Ostvik, Tor Aasen, spent 412 crowns. Nobody knew."
    assert new_names(text, frozenset({"ostvik"})) >= {"tor", "aasen"}
    assert not {"ostvik", "nobody", "on"} & new_names(text, frozenset({"ostvik"}))
    assert new_numbers(text, frozenset(), "en") == {"412"}
    assert new_numbers(text, frozenset({"412"}), "en") == set()


def test_articles_of_the_same_days_bear_each_other_out():
    texts = [HARBOUR, f"{HARBOUR} The board met.", f"{HARBOUR} The county was told."]
    days = ["2024-03-11", "2024-03-12", "2023-01-05"]
    found = [candidate(n, text, published=day) for n, (text, day) in enumerate(zip(texts, days, strict=True))]
    question = analyse("Who resigned as head of the harbour board?", "en")
    table = features(question, found, as_of=DAY, newest=DAY, statistics=statistics(found))
    column = table[:, FEATURES.index("at_once")]
    assert column[0] == pytest.approx(column[1], rel=0.2)
    assert column[2] < 0.1 * column[0]


WORDS = st.lists(st.sampled_from([*HARBOUR.split(), *CAPITAL.split(), *CUP.split()]), min_size=1, max_size=60)


@settings(max_examples=40, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=8), st.randoms(use_true_random=False), WORDS)
def test_the_order_in_which_candidates_come_is_of_no_matter(texts, chance, asked):
    candidates = [
        candidate(n, " ".join(text), article_id=n // 2, cosine=0.1 * n, start=n) for n, text in enumerate(texts)
    ]
    mixed = list(candidates)
    chance.shuffle(mixed)
    question = " ".join(asked[:8]) + "?"
    straight, shuffled = ranked(question, candidates, as_of=DAY), ranked(question, mixed, as_of=DAY)
    assert sorted(one.candidate.passage_id for one in straight) == list(range(len(texts)))
    by_id = {one.candidate.passage_id: one for one in shuffled}
    for one in straight:
        assert one.score == pytest.approx(by_id[one.candidate.passage_id].score, abs=1e-6)
        assert one.confidence == pytest.approx(by_id[one.candidate.passage_id].confidence, abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(WORDS, WORDS)
def test_evidence_is_finite_and_shares_are_shares(text, asked):
    one = candidate(1, " ".join(text))
    question = analyse(" ".join(asked) + "?", "en")
    row = features(question, [one], as_of=DAY, newest=DAY, statistics=statistics([one]))[0]
    for name in ("cover", "cover_title", "window", "window_title", "names", "numbers", "pairs", "title", "article"):
        assert -1e-9 <= row[FEATURES.index(name)] <= 1.0 + 1e-9, name
    assert abs(row).max() < 20
