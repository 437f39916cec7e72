"""Candidates of both legs: filters before the cut, exact scores for both, one story once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import newsroom
import numpy as np
import pytest
from word_embedder import WordEmbedder

from index.archive import Archive
from index.datatypes import Filter, FilterField, Hit, OutletRights
from index.question.analysis import analyse
from index.search import retrieve as retrieving
from index.search.retrieve import allowed_ids, bm25, retrieve, search_terms
from index.search.snapshot import Snapshot, take
from index.search.term_counts import TermCounts
from index.search.vector_leg import Meaning
from index.store import passages
from index.store.database import connect
from index.store.fts5 import full_text
from index.vectors.faiss_index import VectorIndex

WALL = "What did the clerk say about the wall?"
EMBEDDER = WordEmbedder()


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two hundred and sixty short articles about walls, four longer ones, one of them printed twice."""
    home = tmp_path_factory.mktemp("retrieve")
    folder = newsroom.three_stories(home / "articles")
    newsroom.write(folder, "copy", "No more boats to Sandholm", newsroom.FERRY, outlet="Coast Echo")
    for n in range(260):
        text = f"The clerk of ward {n} spoke about the wall. {'The wall is long. ' * (n % 5)}Nobody likes it."
        published = f"2025-{n % 12 + 1:02}-03"
        newsroom.write(folder, f"ward{n:03}", f"Ward {n}", text, language="en", published=published, outlet=f"W{n % 7}")
    archive = newsroom.open_archive(home)
    archive.reindex([folder])
    archive.close()
    return home / "data"


def find(
    data: Path, question: str, *filters: Filter, meaning: bool = True, held: float = 1.0, **rights: OutletRights
) -> list[Hit]:
    """The hits of a question; `held` is the share of the passages that the vector index holds."""
    with connect(data / "archive.db") as db:
        snapshot = take(db, rights)
        asked = analyse(question, "en")
        mask = snapshot.passages(snapshot.within(None, filters, datetime.now(UTC)), credits=False)
        vectors = index(db, snapshot, held) if meaning else None
        legs = Meaning(vectors, EMBEDDER.embed_question(question)) if vectors is not None else None
        return retrieve(db, snapshot, asked, counts=TermCounts(), mask=mask, as_of=None, meaning=legs)


def index(db: object, snapshot: Snapshot, held: float) -> VectorIndex:
    ids = snapshot.ids[: int(len(snapshot.ids) * held)]
    found = passages.found(db, ids.tolist())  # type: ignore[arg-type]
    rows = EMBEDDER.embed_passages([found[int(id_)].text for id_ in ids])
    return VectorIndex.build(ids, rows, dimension=EMBEDDER.dimension)


class TestFilters:
    @pytest.mark.parametrize("meaning", [True, False])
    def test_they_restrict_before_the_cut(self, data: Path, meaning: bool) -> None:
        """Of many that match, the few that the filter lets through are found although others score higher."""
        only = (
            Filter(FilterField.PUBLISHED, "2025-03-01..2025-03-31", "in March 2025"),
            Filter(FilterField.OUTLET, "W0", "in W0"),
        )
        everything = find(data, WALL, meaning=meaning)
        assert retrieving.POOL - 1 <= len(everything) <= retrieving.POOL, "the wire copies are one hit"
        few = find(data, WALL, *only, meaning=meaning)
        assert {str(hit.article.published) for hit in few} == {"2025-03-03"}
        assert len(few) == len([n for n in range(260) if n % 12 == 2 and n % 7 == 0])

    def test_an_embargo_hides_from_both_legs(self, data: Path) -> None:
        until = OutletRights(embargo_until=datetime.now(UTC) + timedelta(hours=1))
        names = {hit.article.outlet for hit in find(data, WALL, **{"w3": until})}
        assert "W3" not in names
        assert "W2" in names

    def test_nothing_allowed_gives_nothing(self, data: Path) -> None:
        assert find(data, WALL, Filter(FilterField.OUTLET, "Nobody's Gazette", "")) == []

    def test_membership_is_exact(self, data: Path) -> None:
        with connect(data / "archive.db") as db:
            snapshot = take(db, {})
        mask = np.arange(len(snapshot.ids)) % 3 == 0
        allowed = allowed_ids(snapshot, mask)
        wanted = set(snapshot.ids[mask].tolist())
        assert {n for n in range(int(snapshot.ids[-1]) + 50) if allowed(n)} == wanted


class TestTextLeg:
    @pytest.mark.parametrize(
        "question",
        [
            WALL,
            "Who sold the boat to Sandholm?",
            "How many loaves of rye bread does Imke Sand bake?",
            "ward 17 wall wall",
        ],
    )
    def test_our_bm25_is_that_of_sqlite(self, data: Path, question: str) -> None:
        with connect(data / "archive.db") as db:
            snapshot = take(db, {})
            terms = search_terms(analyse(question, "en"))
            counts = full_text(db).frequencies(terms)
            weigh = bm25(counts, len(snapshot.ids), snapshot.average_length)
            theirs = dict(full_text(db).search(terms, 10_000, lambda _: True))
            assert theirs
            for id_, found in passages.found(db, list(theirs)).items():
                ours = weigh(found.title_terms.split() + found.terms.split())
                assert ours == pytest.approx(theirs[id_], rel=1e-6, abs=1e-9)

    def test_common_words_alone_still_find(self, data: Path) -> None:
        assert find(data, "Why does nobody like the wall?", meaning=False)

    def test_words_that_stand_nowhere_find_nothing(self, data: Path) -> None:
        assert find(data, "Who invented the zyzzogeton?", meaning=False) == []


class TestBothLegs:
    def test_a_candidate_of_one_leg_gets_the_score_of_the_other(self, data: Path) -> None:
        hits = find(data, "How many passengers does the last ferry to Sandholm carry?")
        with connect(data / "archive.db") as db:
            snapshot = take(db, {})
            found = passages.found(db, [hit.passage.id for hit in hits])
            asked = analyse("How many passengers does the last ferry to Sandholm carry?", "en")
            counts = full_text(db).frequencies(search_terms(asked))
        weigh = bm25(counts, len(snapshot.ids), snapshot.average_length)
        question = EMBEDDER.embed_question("How many passengers does the last ferry to Sandholm carry?")
        assert any(hit.bm25 == 0 for hit in hits), "some come from the vector leg alone"
        for hit in hits:
            terms = found[hit.passage.id].title_terms.split() + found[hit.passage.id].terms.split()
            assert hit.bm25 == pytest.approx(weigh(terms))
            vector = EMBEDDER.embed_passages([found[hit.passage.id].text])[0]
            assert hit.cosine == pytest.approx(float(vector @ question), abs=1e-5)

    def test_a_passage_whose_vector_is_still_to_be_made_is_found_by_text(self, data: Path) -> None:
        hits = find(data, "What did the clerk of ward 259 say?", held=0.2)
        late = next(hit for hit in hits if hit.article.title == "Ward 259")
        assert late.cosine is None
        assert any(hit.cosine is not None for hit in hits)

    def test_without_the_vector_leg_no_hit_has_a_cosine(self, data: Path) -> None:
        assert {hit.cosine for hit in find(data, WALL, meaning=False)} == {None}

    def test_the_same_question_gives_the_same_hits(self, data: Path) -> None:
        assert find(data, WALL) == find(data, WALL)


class TestOneStoryOnce:
    def test_a_wire_copy_stands_beside_the_first(self, data: Path) -> None:
        hits = find(data, "How many passengers does the last ferry to Sandholm carry?")
        told = [hit for hit in hits if "Sandholm" in hit.article.title]
        assert len({hit.article.id for hit in told}) == 1
        titles = {told[0].article.title, *(card.title for card in told[0].also_in)}
        assert titles == {"Ferry to Sandholm stops in May", "No more boats to Sandholm"}

    def test_a_copy_that_may_not_be_shown_is_not_named(self, data: Path) -> None:
        until = OutletRights(embargo_until=datetime.now(UTC) + timedelta(hours=1))
        hits = find(data, "How many passengers does the last ferry carry?", **{"coast echo": until})
        ferry = next(hit for hit in hits if "Sandholm" in hit.article.title)
        assert ferry.also_in == ()

    def test_where_the_first_is_filtered_out_the_copy_tells_it(self, data: Path) -> None:
        hits = find(
            data, "How many passengers does the last ferry carry?", Filter(FilterField.OUTLET, "Coast Echo", "")
        )
        assert {hit.article.title for hit in hits} == {"No more boats to Sandholm"}


def test_removed_while_one_is_asking_is_left_out(data: Path, tmp_path: Path) -> None:
    """The snapshot still lists the article, the database no longer shows it."""
    newsroom.three_stories(tmp_path / "articles")
    archive = newsroom.open_archive(tmp_path)
    archive.reindex([tmp_path / "articles"])
    with connect(tmp_path / "data" / "archive.db") as db:
        snapshot = take(db, {})
        Archive.open(tmp_path / "data").remove(snapshot.listed[2].card.id)
        mask = np.ones(len(snapshot.ids), dtype=bool)
        question = analyse("ferry bridge bakery bread", "en")
        hits = retrieve(db, snapshot, question, counts=TermCounts(), mask=mask, as_of=None, meaning=None)
    assert {hit.article.id for hit in hits} == {one.card.id for one in snapshot.listed[:2]}
