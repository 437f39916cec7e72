"""What readers asked and the archive did not answer: brought together by meaning, checked again, muted on request.

Held by the archive for the editors. The words of a question are kept for a time only; what is here of them is gone with
them. By meaning where the model knows the language, else by shared terms.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC
from pathlib import Path
from time import monotonic

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from index.datatypes import Answer, AnswerKind, ArticleCard, Unanswered
from index.errors import ModelError, NotFound
from index.language.detect import question_language
from index.language.terms import question_terms
from index.quality.clusters import clusters, cosine_of_terms, shared_terms
from index.search.snapshot import Snapshot
from index.serving import Serving
from index.store import answers, articles, mutes
from index.store.answers import Put
from index.store.database import connect, transaction
from index.store.mutes import Mute
from index.vectors.embedder import Embedder

log = logging.getLogger(__name__)

ALIKE = 0.78
"""The cosine of two questions that mean the same. With all-MiniLM-L6-v2 rewordings have 0.73 to 0.97, other questions
about the same matter mostly 0.45 to 0.76."""
ALIKE_IN_TERMS = 0.6
"""The same where only shared terms can tell."""
MOST_WORDINGS = 1_000
"""Different questions looked at, the newest first."""
CHECKING_SECONDS = 2.0
"""How long one look at the board may ask again after a change of the archive, those asked most first; the next look
goes on."""
MOST_MUTED_WORDINGS = 20
"""Questions of a meaning by which a mute knows it again."""

Ask = Callable[[str], Answer]


@dataclass(frozen=True, slots=True)
class _Wording:
    """A question as it was put, once or several times (the newest first), with what tells its meaning."""

    puts: tuple[Put, ...]
    terms: tuple[str, ...]
    vector: NDArray[np.float32] | None


class Board:
    """The unanswered questions of one archive. `ask` asks it again without keeping the answer. Safe for threads."""

    def __init__(self, database: Path, serving: Serving, embedder: Embedder | None, ask: Ask) -> None:
        self._database, self._serving, self._embedder, self._ask = database, serving, embedder, ask
        self._lock = threading.Lock()
        self._vectors: dict[str, NDArray[np.float32]] = {}  # by answer
        self._checked: dict[tuple[str, int], bool] = {}  # by answer and generation: is it answered by now?

    def unanswered(self, asked: Sequence[str], unhelpful: Collection[str]) -> tuple[Unanswered, ...]:
        """The meanings of the questions that these answers were given to; those answered by now behind the others.

        Counted are questions that were declined, and those whose answers are in `unhelpful`. Muted ones stand last,
        with the number of their mute; a mute whose questions are not kept any more has no words.
        """
        snapshot = self._serving.snapshot()
        with self._lock, connect(self._database) as db:
            every = mutes.every(db)
            wordings = self._wordings(self._open(db, asked, unhelpful), snapshot)
            open_, muted = self._apart(wordings, every)
            groups = sorted(_together(open_), key=lambda group: (-_count(group), _newest(group)))
            shown = [self._summed_up(db, snapshot, group, unhelpful) for group in groups]
            until = monotonic() + CHECKING_SECONDS
            shown = [self._checked_again(one, snapshot, unhelpful, until) for one in shown]
            hidden = [self._hidden(db, snapshot, mute, muted.get(mute.id, []), unhelpful) for mute in every]
        return (*sorted(shown, key=lambda one: one.answered), *hidden)

    def mute(self, asked: Sequence[str], unhelpful: Collection[str], answer_id: str, by: str) -> int:
        """Mute what means the same as the question of an answer; the number of the mute. Raises NotFound."""
        with self._lock, connect(self._database) as db:
            wordings = self._wordings(self._open(db, asked, unhelpful), self._serving.snapshot())
            every = mutes.every(db)
            open_, muted = self._apart(wordings, every)
            for number, group in muted.items():
                if _has(group, answer_id):
                    return number  # somebody was faster
            meant = next((group for group in _together(open_) if _has(group, answer_id)), None)
            if meant is None:
                raise NotFound("This question is not kept any more.")
            model = self._embedder.fingerprint if self._embedder else ""
            meanings = [mutes.meaning(model, one.vector, one.terms) for one in meant[:MOST_MUTED_WORDINGS]]
            with transaction(db):
                return mutes.put(db, meanings, by)

    def unmute(self, number: int) -> bool:
        """Bring a meaning back; False where it is not muted."""
        with connect(self._database) as db, transaction(db):
            return mutes.drop(db, number)

    # -- which questions

    def _open(self, db: Database, asked: Sequence[str], unhelpful: Collection[str]) -> list[Put]:
        """The questions without an answer, and those with one that did not help; the newest first."""
        return [one for one in answers.put_to(db, asked) if one.answer_id in unhelpful or _is_open(one)]

    def _wordings(self, puts: Sequence[Put], snapshot: Snapshot) -> list[_Wording]:
        by_words: dict[str, list[Put]] = {}
        for one in puts:
            by_words.setdefault(" ".join(one.question.casefold().split()).rstrip("?!. "), []).append(one)
        alike = list(by_words.values())[:MOST_WORDINGS]
        self._vectors = {
            one.answer_id: v for group in alike for one in group if (v := self._vectors.get(one.answer_id)) is not None
        }
        return [self._wording(group, snapshot) for group in alike]

    def _wording(self, puts: list[Put], snapshot: Snapshot) -> _Wording:
        first = puts[0]
        lang = first.lang if first.lang != "und" else question_language(first.question, snapshot.languages)
        terms = [term for term in question_terms(first.question, lang) if term.kind != "stop"]
        known = next((self._vectors[one.answer_id] for one in puts if one.answer_id in self._vectors), None)
        vector = known if known is not None else self._vector(first.question, lang)
        if vector is not None:
            self._vectors[first.answer_id] = vector
        return _Wording(tuple(puts), tuple(sorted({term.term for term in terms})), vector)

    def _vector(self, question: str, lang: str) -> NDArray[np.float32] | None:
        if self._embedder is None or lang not in self._embedder.languages:
            return None
        try:
            return self._embedder.embed_question(question)
        except ModelError as error:
            log.error("Bringing questions together by their terms alone: %s", error)
            return None

    # -- what is muted

    def _apart(
        self, wordings: Sequence[_Wording], every: Sequence[Mute]
    ) -> tuple[list[_Wording], dict[int, list[_Wording]]]:
        """The wordings that nobody muted, and the others by the mute that hides them."""
        open_: list[_Wording] = []
        muted: dict[int, list[_Wording]] = {}
        for one in wordings:
            mute = next((mute for mute in every if self._hides(mute, one)), None)
            if mute is None:
                open_.append(one)
            else:
                muted.setdefault(mute.id, []).append(one)
        return open_, muted

    def _hides(self, mute: Mute, wording: _Wording) -> bool:
        model = self._embedder.fingerprint if self._embedder else ""
        for meaning in mute.meanings:
            if wording.vector is not None and meaning.vector is not None and meaning.model == model:
                if float(meaning.vector @ wording.vector) >= ALIKE:
                    return True
            elif cosine_of_terms(meaning.terms, meaning.digests(wording.terms)) >= ALIKE_IN_TERMS:
                return True
        return False

    def _hidden(
        self, db: Database, snapshot: Snapshot, mute: Mute, group: list[_Wording], unhelpful: Collection[str]
    ) -> Unanswered:
        if not group:
            return Unanswered("", "", 0, 0, mute.at, mute=mute.id, muted_at=mute.at)
        return replace(self._summed_up(db, snapshot, group, unhelpful), mute=mute.id, muted_at=mute.at)

    # -- what editors see of them

    def _summed_up(
        self, db: Database, snapshot: Snapshot, group: Sequence[_Wording], unhelpful: Collection[str]
    ) -> Unanswered:
        puts = sorted((one for wording in group for one in wording.puts), key=lambda one: one.asked_at, reverse=True)
        often = max(group, key=lambda wording: (len(wording.puts), wording.puts[0].asked_at)).puts[0]
        return Unanswered(
            answer_id=often.answer_id,
            question=often.question,
            count=len(puts),
            unhelpful=sum(one.answer_id in unhelpful for one in puts),
            asked_at=puts[0].asked_at,
            closest=_closest(db, snapshot, puts),
            generation=often.generation,
        )

    def _checked_again(
        self, one: Unanswered, snapshot: Snapshot, unhelpful: Collection[str], until: float
    ) -> Unanswered:
        """The same, with whether the archive answers it by now: asked again where the archive changed since."""
        key = (one.answer_id, snapshot.generation)
        if one.generation == snapshot.generation or (key not in self._checked and monotonic() >= until):
            return one
        if key not in self._checked:
            self._checked = {known: yes for known, yes in self._checked.items() if known[1] == snapshot.generation}
            self._checked[key] = self._is_answered(one, judged=one.answer_id in unhelpful)
        return replace(one, answered=self._checked[key])

    def _is_answered(self, one: Unanswered, *, judged: bool) -> bool:
        """Whether there is an answer now; where readers judged the one there was, another one."""
        answer = self._ask(one.question)
        if not judged:
            return answer.answered or (answer.kind is AnswerKind.COVERAGE and bool(answer.closest))
        with connect(self._database) as db:
            before = answers.get(db, one.answer_id).citations
        first = answer.quotes[0] if answer.answered and answer.quotes else None
        return first is not None and (first.version_id, first.span) not in [(b.version_id, b.span) for b in before]


def _is_open(one: Put) -> bool:
    """Whether a question got nothing: declined, asked of an empty archive, or a topic without an article."""
    return one.kind in (AnswerKind.DECLINED, AnswerKind.EMPTY) or (one.kind is AnswerKind.COVERAGE and not one.closest)


def _together(wordings: Sequence[_Wording]) -> list[list[_Wording]]:
    """The wordings by meaning: those with vectors by these, the others by their terms."""
    by_vector = [one for one in wordings if one.vector is not None]
    by_terms = [one for one in wordings if one.vector is None]
    groups: list[list[_Wording]] = []
    if by_vector:
        rows = np.vstack([one.vector for one in by_vector if one.vector is not None])
        groups += [[by_vector[row] for row in group] for group in clusters(rows, ALIKE)]
    if by_terms:
        rows = shared_terms([one.terms for one in by_terms])
        groups += [[by_terms[row] for row in group] for group in clusters(rows, ALIKE_IN_TERMS)]
    return groups


def _count(group: Sequence[_Wording]) -> int:
    return sum(len(wording.puts) for wording in group)


def _newest(group: Sequence[_Wording]) -> float:
    """Sorts the group asked last before the others."""
    return -max(wording.puts[0].asked_at.astimezone(UTC).timestamp() for wording in group)


def _has(group: Sequence[_Wording], answer_id: str) -> bool:
    return any(one.answer_id == answer_id for wording in group for one in wording.puts)


def _closest(db: Database, snapshot: Snapshot, puts: Sequence[Put]) -> ArticleCard | None:
    """The article that came closest, or that was quoted where that did not help; the newest question's that has one."""
    for one in puts:
        for article_id in one.closest:
            card = snapshot.card(article_id)
            if card is not None:
                return card
        for citation in answers.get(db, one.answer_id).citations[:1]:
            found = articles.versions(db, [citation.version_id])
            owner = found.get(citation.version_id)
            card = snapshot.card(owner.article_id) if owner else None
            if card is not None:
                return card
    return None
