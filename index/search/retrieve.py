"""Question -> candidates of both legs -> [Hit]: filters, exact scores for both, ranking, one story once.

Called by the archive for each question. The legs only supply candidates; `index/search/rank.py` orders them and says
how likely they answer.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from index.datatypes import ArticleLabel, Hit
from index.question.analysis import Question
from index.search.features import Candidate, ages
from index.search.rank import Ranked, rank
from index.search.snapshot import Snapshot
from index.search.term_counts import TermCounts
from index.search.term_matches import Statistics
from index.search.vector_leg import Meaning
from index.store import passages
from index.store.fts5 import full_text
from index.store.passages import Found

LEG = 200  # candidates of each leg
POOL = 120  # candidates that are ranked; as many as the weights were fitted with
WEIGHED = 3_500  # passages the text leg weighs, about 3 ms
SURE_TERMS = 3  # terms it looks for however common they are

_TEXT_SHARE, _MEANING_SHARE = 0.6, 0.4  # of the sum that picks the pool (docs/design/ranking-trials.md)
_MONTH_SHARE, _YEAR_SHARE = 0.12, 0.06


def retrieve(
    db: Database,
    snapshot: Snapshot,
    question: Question,
    *,
    counts: TermCounts,
    mask: NDArray[np.bool_],
    as_of: date | None,
    meaning: Meaning | None,
) -> list[Hit]:
    """The hits for a question among the passages in `mask`, best first.

    `mask` is bool, one for each passage of the snapshot; `counts` are of the snapshot's generation. `meaning` None
    leaves out the vector leg. A story printed in several places is one hit, the others in `also_in`.
    """
    holding = counts.of(db, search_terms(question))
    statistics = Statistics(len(snapshot.ids), lambda term: holding.get(term, 0))
    text = dict(full_text(db).search(_telling(holding), LEG, allowed_ids(snapshot, mask)))
    cosines = _vector_leg(snapshot, mask, meaning)
    newest = _newest(snapshot, mask)
    pool = _pool(text, cosines, _young(snapshot, question, list(text.keys() | cosines.keys()), as_of, newest))
    if not pool:
        return []
    cosines |= _missing_cosines(meaning, [id_ for id_ in pool if id_ not in cosines])
    found = passages.found(db, pool)
    weigh = bm25(holding, len(snapshot.ids), snapshot.average_length)
    candidates = [
        _candidate(snapshot, found[id_], weigh, cosines.get(id_) if meaning else None)
        for id_ in pool
        if id_ in found and found[id_].article_id in snapshot.position
    ]
    ranked = rank(
        question,
        candidates,
        as_of=as_of,
        newest=newest,
        statistics=statistics,
    )
    return _one_story_once(snapshot, ranked, found, mask)


def search_terms(question: Question) -> tuple[str, ...]:
    """The terms the text leg looks for: the question's content and what counts as it."""
    own = [term.term for term in question.content]
    others = [other for alternatives in question.alternatives.values() for other in alternatives]
    return tuple(dict.fromkeys([*own, *others]))


def _telling(counts: Mapping[str, int]) -> list[str]:
    """The terms that candidates are looked for by: the rarest, as long as the passages to be weighed stay few.

    What common words add to a score is small, and they bring in most of the archive; the pool is weighed by all terms.
    """
    chosen: list[str] = []
    weighed = 0
    for term in sorted(counts, key=lambda term: (counts[term], term)):
        weighed += counts[term]
        if len(chosen) >= SURE_TERMS and weighed > WEIGHED:
            break
        chosen.append(term)
    return chosen


def bm25(counts: Mapping[str, int], passages: int, average_length: float) -> Callable[[Sequence[str]], float]:
    """The BM25 of a passage's terms for a question's, as SQLite's FTS5 has it (k1 1.2, b 0.75).

    `counts` says in how many of all `passages` each of the question's terms stands.
    """
    weights = {
        term: max(1e-6, math.log((passages - count + 0.5) / (count + 0.5))) for term, count in counts.items() if count
    }

    def weigh(terms: Sequence[str]) -> float:
        found = [term for term in terms if term in weights]
        norm = 1.2 * (0.25 + 0.75 * len(terms) / average_length) if average_length else 1.2
        return sum([weights[term] * n * 2.2 / (n + norm) for term in dict.fromkeys(found) if (n := found.count(term))])

    return weigh


def allowed_ids(snapshot: Snapshot, mask: NDArray[np.bool_]) -> Callable[[int], bool]:
    """Membership by passage id, as fast as a function that SQLite calls for each row can be."""
    if not len(mask):
        return lambda passage_id: False
    members = np.zeros(int(snapshot.ids[-1]) + 1, dtype=np.uint8)
    members[snapshot.ids[mask]] = 1
    table = members.tobytes()
    size = len(table)
    return lambda passage_id: passage_id < size and table[passage_id] == 1


def _vector_leg(snapshot: Snapshot, mask: NDArray[np.bool_], meaning: Meaning | None) -> dict[int, float]:
    if meaning is None:
        return {}
    allowed = None if mask.all() and len(mask) == len(meaning.vectors) else snapshot.ids[mask]
    ids, cosines = meaning.vectors.search(meaning.question, LEG, allowed)
    return dict(zip(ids.tolist(), cosines.tolist(), strict=True))


def _missing_cosines(meaning: Meaning | None, ids: Sequence[int]) -> dict[int, float]:
    if meaning is None or not ids:
        return {}
    cosines = meaning.vectors.scores(meaning.question, np.array(ids, dtype=np.int64))
    return {id_: float(cosine) for id_, cosine in zip(ids, cosines, strict=True) if not np.isnan(cosine)}


def _newest(snapshot: Snapshot, mask: NDArray[np.bool_]) -> date | None:
    """The day of the newest article that has passages in `mask`."""
    card = snapshot.newest(snapshot.passages_owners(mask))
    return card.published.latest if card and card.published else None


def _young(
    snapshot: Snapshot, question: Question, ids: Sequence[int], as_of: date | None, newest: date | None
) -> dict[int, float]:
    """What its day speaks for each passage, where the question stands in a time of its own; else nothing."""
    if as_of is None and not question.time.expressions:
        return {}
    places = snapshot.owner[np.searchsorted(snapshot.ids, ids)].tolist() if ids else []
    today = min((day for day in (as_of, newest) if day is not None), default=None)
    age, _ = ages(question, [snapshot.listed[place].card.published for place in places], today)
    return dict(zip(ids, youth(age).tolist(), strict=True))


def youth(age: NDArray[np.float64]) -> NDArray[np.float64]:
    """What an age in days is worth in the sum that picks the pool."""
    return np.asarray(_MONTH_SHARE * np.exp(-age / 30) + _YEAR_SHARE * np.exp(-age / 365))


def _pool(text: Mapping[int, float], cosines: Mapping[int, float], young: Mapping[int, float]) -> list[int]:
    """The most promising of both legs, by the weighted sum of what each one and the day say."""
    best = max(text.values(), default=0.0) or 1.0
    floor = min(cosines.values(), default=0.0)  # what a passage missing from the vector leg has at most

    def promise(id_: int) -> float:
        words = _TEXT_SHARE * text.get(id_, 0.0) / best
        return words + _MEANING_SHARE * cosines.get(id_, floor) + young.get(id_, 0.0)

    return sorted(text.keys() | cosines.keys(), key=lambda id_: (-promise(id_), id_))[:POOL]


def _candidate(
    snapshot: Snapshot, found: Found, weigh: Callable[[Sequence[str]], float], cosine: float | None
) -> Candidate:
    card = snapshot.listed[snapshot.position[found.article_id]].card
    terms, title_terms = found.terms.split(), found.title_terms.split()
    return Candidate(
        passage_id=found.passage.id,
        article_id=found.article_id,
        label=found.passage.label,
        text=found.text,
        title=card.title,
        terms=terms,
        title_terms=title_terms,
        bm25=weigh(title_terms + terms),
        cosine=cosine,
        published=card.published,
        opinion=card.label in (ArticleLabel.OPINION, ArticleLabel.SATIRE),
        start=found.passage.span.start,
    )


def _one_story_once(
    snapshot: Snapshot, ranked: Sequence[Ranked], found: dict[int, Found], mask: NDArray[np.bool_]
) -> list[Hit]:
    """Hits in order; where articles share their text, only those of the one that came first."""
    visible = snapshot.passages_owners(mask)
    teller: dict[str, int] = {}
    hits = []
    for one in ranked:
        place = snapshot.position[one.candidate.article_id]
        listed = snapshot.listed[place]
        if teller.setdefault(listed.story, place) != place:
            continue
        others = [n for n in snapshot.stories[listed.story] if n != place and visible[n]]
        hits.append(
            Hit(
                found[one.candidate.passage_id].passage,
                listed.card,
                one.candidate.bm25,
                one.candidate.cosine,
                one.score,
                one.confidence,
                tuple(snapshot.listed[n].card for n in others),
            )
        )
    return hits
