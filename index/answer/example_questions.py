"""Questions that a given archive can answer, for greeting its readers.

Called by the archive, which keeps only those that are indeed answered. Made from who is quoted in the newest articles.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from sqlite_utils import Database

from index import speech
from index.datatypes import Label, Version
from index.search.snapshot import Snapshot
from index.store import articles

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


def examples(db: Database, snapshot: Snapshot, lang: str) -> Iterator[str]:
    """Candidate questions, one an article, those of articles in `lang` first, newest first."""
    cards = snapshot.by_date(snapshot.shown(datetime.now(UTC)))
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
