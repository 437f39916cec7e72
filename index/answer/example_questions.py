"""Questions that a given archive can answer, for greeting its readers.

Held by the archive. Made from who is quoted in the newest articles; only those that are indeed answered are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice

from sqlite_utils import Database

from index import speech
from index.datatypes import Answer, Label, Version
from index.search.snapshot import Snapshot
from index.serving import Serving
from index.store import articles
from index.store.database import connect

LOOKED_AT = 12  # of the newest articles
_OPENING = ('"', "“", "„", "«")
_ASKED = {
    "en": "What did {name} say?",
    "de": "Was sagte {name}?",
    "es": "¿Qué dijo {name}?",
    "ru": "Что говорит {name}?",
    "fr": "Qu'a dit {name} ?",
    "ar": "ماذا قال {name}؟",
}


class ExampleQuestions:
    """The examples of one archive, found once for each of its states. `ask` asks without keeping the answer."""

    def __init__(self, serving: Serving, ask: Callable[[str], Answer]) -> None:
        self._serving, self._ask = serving, ask
        self._found: dict[tuple[str, int], tuple[str, ...]] = {}  # by language and number
        self._generation = -1

    def examples(self, lang: str, count: int, now: datetime) -> tuple[str, ...]:
        """At most `count` questions that the archive answers `now`, those of articles in `lang` first."""
        snapshot = self._serving.snapshot()
        if self._generation != snapshot.generation:
            self._found, self._generation = {}, snapshot.generation
        found = self._found
        if (lang, count) not in found:
            found[lang, count] = self._answered(snapshot, lang, count, now)
        return found[lang, count]

    def _answered(self, snapshot: Snapshot, lang: str, count: int, now: datetime) -> tuple[str, ...]:
        with connect(self._serving.database) as db:
            answered = (one for one in drafts(db, snapshot, lang, now) if self._ask(one).answered)
            return tuple(islice(answered, count))


def drafts(db: Database, snapshot: Snapshot, lang: str, now: datetime) -> Iterator[str]:
    """Candidate questions, one an article, those of articles in `lang` first, newest first."""
    cards = snapshot.by_date(snapshot.shown(now))
    cards = [card for card in cards if card.lang in _ASKED]
    cards.sort(key=lambda card: card.lang != lang)
    asked = set()
    for card in cards[:LOOKED_AT]:
        version_id = snapshot.listed[snapshot.position[card.id]].version_id
        name = _first_speaker(articles.version(db, version_id))
        if name and name not in asked:
            asked.add(name)
            yield _ASKED[card.lang].format(name=name)


def _first_speaker(version: Version) -> str | None:
    """The full name of the first person quoted in an article."""
    for sentence in version.sentences:
        words = sentence.span.of(version.text)
        if sentence.label is Label.PROSE and words.startswith(_OPENING):
            said_by = speech.speaker(version.text, version.sentences, sentence.span)
            if said_by is not None and " " in said_by.name:
                return said_by.name
    return None
