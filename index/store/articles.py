"""Articles and their versions in the database: write what was read, read what is quoted, remove and restore."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from sqlite_utils import Database

from index.datatypes import (
    ArticleCard,
    ArticleLabel,
    DateOrigin,
    Label,
    LabelledSpan,
    Manuscript,
    Metadata,
    PartialDate,
    Sentence,
    SourceKind,
    Span,
    Version,
)
from index.errors import NotFound, SourceError, Withdrawn
from index.store import edits


@dataclass(frozen=True, slots=True)
class Known:
    """What the database remembers of a record, enough to tell whether it changed."""

    article_id: int
    fingerprint: str
    segmenter: str
    removed: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """A visible article as search needs it: its card, its dates, its story."""

    card: ArticleCard
    version_id: int
    published_from: str | None
    published_to: str | None
    published_at: datetime | None
    story: str
    edit: str | None = None  # what people corrected, as the table keeps it


def now() -> str:
    """This moment in UTC, as the database keeps it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def generation(db: Database) -> int:
    """The number of the archive's present state; any change to what can be found raises it."""
    return int(db.execute("SELECT value FROM state WHERE name = 'generation'").fetchone()[0])


def advance(db: Database) -> None:
    """Tell every process that what can be found has changed."""
    db.execute("UPDATE state SET value = value + 1 WHERE name = 'generation'")


def known(db: Database, source_id: int) -> dict[str, Known]:
    """Every record of the source that the database remembers, by key."""
    rows = db.execute(
        "SELECT key, id, fingerprint, segmenter, removed_at IS NOT NULL FROM articles WHERE source_id = ?", (source_id,)
    )
    return {key: Known(id_, print_, segmenter, bool(removed)) for key, id_, print_, segmenter, removed in rows}


def known_elsewhere(db: Database, source_id: int, key: str, kinds: Collection[SourceKind]) -> Known | None:
    """A record that another source of one of these kinds gave under the same key, None where there is none."""
    marks = ",".join("?" * len(kinds))
    row = db.execute(
        "SELECT a.id, a.fingerprint, a.segmenter, a.removed_at IS NOT NULL FROM sources s"
        f" JOIN articles a ON a.source_id = s.id WHERE s.kind IN ({marks}) AND s.id != ? AND a.key = ? LIMIT 1",
        (*kinds, source_id, key),
    ).fetchone()
    return Known(row[0], row[1], row[2], bool(row[3])) if row else None


def hand_over(db: Database, article_id: int, source_id: int) -> None:
    """Make an article that of another source."""
    db.execute("UPDATE articles SET source_id = ? WHERE id = ?", (source_id, article_id))


# -- writing ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reading:
    """Where a manuscript came from and by what it was read."""

    source_id: int
    key: str
    fingerprint: str
    segmenter: str
    cleaner: str


def put(db: Database, reading: Reading, paper: Manuscript) -> tuple[int, int | None]:
    """Store what was read.

    Returns the article's id and the id of its new version, None where text, labels and metadata are as they were.
    """
    article_id, current = _noted(db, reading)
    digest, metadata, labels = _columns(paper)
    same = (
        current is not None
        and db.execute(
            "SELECT 1 FROM versions WHERE id = ? AND sha256 = ? AND metadata = ? AND labels = ?",
            (current, digest, metadata, labels),
        ).fetchone()
    )
    if same:
        return article_id, None
    cursor = db.execute(
        "INSERT INTO versions(article_id, text, sha256, story, metadata, labels, sentences, cleaner, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?, '[]', ?, ?)",
        (article_id, paper.text, digest, story_digest(paper), metadata, labels, reading.cleaner, now()),
    )
    version_id = int(cursor.lastrowid or 0)
    db.execute("UPDATE articles SET version_id = ? WHERE id = ?", (version_id, article_id))
    set_dates(db, article_id, edits.over(paper.metadata, edits.get(db, article_id)))
    return article_id, version_id


def set_dates(db: Database, article_id: int, metadata: Metadata) -> None:
    """Keep an article's dates where filters find them: those of `metadata`, corrections included."""
    published, moment = metadata.published, metadata.published_at
    dates = (
        published and published.earliest.isoformat(),
        published and published.latest.isoformat(),
        moment and moment.isoformat(),
    )
    db.execute(
        "UPDATE articles SET published_from = ?, published_to = ?, published_at = ? WHERE id = ?", (*dates, article_id)
    )


def is_current(db: Database, article_id: int, paper: Manuscript) -> bool:
    """Whether the article's current version has just this text, these labels and this metadata."""
    found = db.execute(
        "SELECT 1 FROM versions v JOIN articles a ON a.version_id = v.id"
        " WHERE a.id = ? AND v.sha256 = ? AND v.metadata = ? AND v.labels = ?",
        (article_id, *_columns(paper)),
    ).fetchone()
    return found is not None


def current_version(db: Database, article_id: int) -> int:
    """The id of the article's current version."""
    return int(db.execute("SELECT version_id FROM articles WHERE id = ?", (article_id,)).fetchone()[0])


def _columns(paper: Manuscript) -> tuple[str, str, str]:
    """(sha256, metadata, labels) of a manuscript as the versions table keeps them."""
    labels = json.dumps([[span.start, span.end, span.label] for span in paper.labels])
    return hashlib.sha256(paper.text.encode()).hexdigest(), dump_metadata(paper.metadata), labels


def _noted(db: Database, reading: Reading) -> tuple[int, int | None]:
    """The article of this reading (new if need be), its fingerprint noted: (id, current version's id)."""
    row = db.execute(
        "SELECT id, version_id FROM articles WHERE source_id = ? AND key = ?", (reading.source_id, reading.key)
    ).fetchone()
    if row is not None:
        touch(db, row[0], reading.fingerprint, reading.segmenter)
        return int(row[0]), row[1]
    cursor = db.execute(
        "INSERT INTO articles(source_id, key, fingerprint, segmenter) VALUES (?, ?, ?, ?)",
        (reading.source_id, reading.key, reading.fingerprint, reading.segmenter),
    )
    return int(cursor.lastrowid or 0), None


def set_sentences(db: Database, version_id: int, sentences: Iterable[Sentence]) -> None:
    """Remember where the sentences of a version begin and end."""
    rows = [[s.start, s.end, s.label, s.paragraph] for s in sentences]
    db.execute("UPDATE versions SET sentences = ? WHERE id = ?", (json.dumps(rows, separators=(",", ":")), version_id))


def touch(db: Database, article_id: int, fingerprint: str, segmenter: str) -> None:
    """Note that a record was looked at with these versions and its article stays as it is."""
    db.execute("UPDATE articles SET fingerprint = ?, segmenter = ? WHERE id = ?", (fingerprint, segmenter, article_id))


def delete(db: Database, article_id: int) -> None:
    """Erase an article that its source no longer has, with all its versions. Passages must be gone already."""
    db.execute("DELETE FROM articles WHERE id = ?", (article_id,))


def story_digest(paper: Manuscript) -> str:
    """A digest of the prose with everything but letters and digits folded away: equal for wire copies of one text."""
    prose = " ".join(span.span.of(paper.text) for span in paper.labels if span.label is Label.PROSE) or paper.text
    folded = unicodedata.normalize("NFKC", prose).casefold()
    return hashlib.sha256("".join(filter(str.isalnum, folded)).encode()).hexdigest()


# -- reading ----------------------------------------------------------------------------------------------------------


def version(db: Database, version_id: int) -> Version:
    """One version with its sentences, its metadata as people corrected it.

    Raises NotFound where it is gone, Withdrawn where an editor removed the article.
    """
    row = db.execute(
        "SELECT v.id, v.article_id, v.text, v.sha256, v.metadata, v.sentences, e.fields, a.removed_at"
        f" FROM versions v JOIN articles a ON a.id = v.article_id {_EDITS} WHERE v.id = ?",
        (version_id,),
    ).fetchone()
    if row is None:
        raise NotFound("This article is no longer in the archive.")
    if row[7] is not None:
        raise Withdrawn("This article was removed from the archive.")
    return _version(row)


def versions(db: Database, version_ids: Sequence[int]) -> dict[int, Version]:
    """Several versions at once, of visible articles, by id; what is gone is left out."""
    marks = ",".join("?" * len(version_ids))
    rows = db.execute(
        "SELECT v.id, v.article_id, v.text, v.sha256, v.metadata, v.sentences, e.fields FROM versions v"
        f" JOIN articles a ON a.id = v.article_id {_EDITS} WHERE a.removed_at IS NULL AND v.id IN ({marks})",
        tuple(version_ids),
    )
    return {row[0]: _version(row) for row in rows}


def naming(db: Database, version_ids: Collection[int], names: Collection[str]) -> dict[int, set[str]]:
    """Which of the `names` stand in the texts of these versions, word for word, by version; none where none does."""
    rows = db.execute(
        "SELECT v.id, n.value FROM versions v JOIN json_each(?) n ON instr(v.text, n.value)"
        " WHERE v.id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(names), ensure_ascii=False), json.dumps(list(version_ids))),
    )
    found: dict[int, set[str]] = {}
    for version_id, name in rows:
        found.setdefault(version_id, set()).add(name)
    return found


def labels(db: Database, version_id: int) -> tuple[LabelledSpan, ...]:
    """The labelled spans of a version."""
    row = db.execute("SELECT labels FROM versions WHERE id = ?", (version_id,)).fetchone()
    return tuple(LabelledSpan(start, end, Label(label)) for start, end, label in json.loads(row[0]))


def listed(db: Database, before: Mapping[int, Listed] = MappingProxyType({})) -> Iterator[Listed]:
    """Every article that is not removed, in order of id. `before`, by id, are given again where nothing changed."""
    rows = db.execute(
        "SELECT a.id, a.version_id, a.published_from, a.published_to, a.published_at, v.story, v.metadata, e.fields"
        f" FROM articles a JOIN versions v ON v.id = a.version_id {_EDITS} WHERE a.removed_at IS NULL ORDER BY a.id"
    )
    for id_, version_id, first, last, moment, story, metadata, edit in rows:
        known = before.get(id_)
        if known is not None and (known.version_id, known.edit) == (version_id, edit):
            yield known
            continue
        at = datetime.fromisoformat(moment) if moment else None
        yield Listed(card(id_, shown(metadata, edit)), version_id, first, last, at, story, edit)


def article(db: Database, article_id: int) -> ArticleCard:
    """The card of one article. Raises NotFound or Withdrawn."""
    metadata, edit = _metadata(db, article_id)
    return card(article_id, shown(metadata, edit))


def as_read(db: Database, article_id: int) -> Metadata:
    """The metadata of one article as its source has it, whatever people corrected. Raises NotFound or Withdrawn."""
    return load_metadata(_metadata(db, article_id)[0])


def _metadata(db: Database, article_id: int) -> tuple[str, str | None]:
    """(metadata, edit) of an article as the tables keep them. Raises NotFound or Withdrawn."""
    row = db.execute(
        f"SELECT v.metadata, e.fields, a.removed_at FROM articles a JOIN versions v ON v.id = a.version_id {_EDITS}"
        " WHERE a.id = ?",
        (article_id,),
    ).fetchone()
    if row is None:
        raise NotFound(f"There is no article {article_id}.")
    if row[2] is not None:
        raise Withdrawn(f"Article {article_id} was removed.")
    return row[0], row[1]


def twin(db: Database, url: str | None, story: str) -> int | None:
    """The visible article that has this address or tells this story word for word, None where none does."""
    row = db.execute(
        "SELECT a.id FROM articles a JOIN versions v ON v.id = a.version_id WHERE a.removed_at IS NULL"
        " AND (v.story = ? OR (? IS NOT NULL AND json_extract(v.metadata, '$.url') = ?))"
        " ORDER BY v.story = ?, a.id LIMIT 1",
        (story, url, url, story),
    ).fetchone()
    return int(row[0]) if row else None


def made_of(db: Database, source_id: int, key: str) -> list[ArticleCard]:
    """The visible articles that one submission of a source holds: those under its key, or under a part of it."""
    rows = db.execute(
        f"SELECT a.id, v.metadata, e.fields FROM articles a JOIN versions v ON v.id = a.version_id {_EDITS}"
        " WHERE a.removed_at IS NULL AND a.source_id = ? AND (a.key = ? OR substr(a.key, 1, ?) = ?) ORDER BY a.id",
        (source_id, key, len(key) + 1, f"{key}/"),
    )
    return [card(id_, shown(metadata, edit)) for id_, metadata, edit in rows]


# -- removing by hand -------------------------------------------------------------------------------------------------


def bury(db: Database, article_id: int, by: str, *, alone: bool = False) -> ArticleCard:
    """Hide an article and set a tombstone that later runs obey. Raises NotFound or Withdrawn.

    `alone` leaves its text and address free for another article, which takes its place.
    """
    buried_card = article(db, article_id)
    story = db.execute(
        "SELECT story FROM versions WHERE id = (SELECT version_id FROM articles WHERE id = ?)", (article_id,)
    ).fetchone()[0]
    moment = now()
    what = (None, None) if alone else (as_read(db, article_id).url, story)
    db.execute("UPDATE articles SET removed_at = ? WHERE id = ?", (moment, article_id))
    db.execute("INSERT INTO tombstones VALUES (?, ?, ?, ?, ?)", (article_id, *what, by, moment))
    return buried_card


def unbury(db: Database, article_id: int) -> ArticleCard:
    """Lift the tombstone. Raises NotFound where the article was not removed."""
    if db.execute("SELECT 1 FROM erasures WHERE article_id = ?", (article_id,)).fetchone():
        raise NotFound(f"Article {article_id} was erased for good: it cannot be restored.")
    if not db.execute("DELETE FROM tombstones WHERE article_id = ?", (article_id,)).rowcount:
        raise NotFound(f"Article {article_id} is not among the removed ones.")
    db.execute("UPDATE articles SET removed_at = NULL WHERE id = ?", (article_id,))
    return article(db, article_id)


def buried(db: Database) -> list[ArticleCard]:
    """The articles that editors removed, the last one first."""
    rows = db.execute(
        "SELECT a.id, v.metadata, e.fields FROM tombstones t JOIN articles a ON a.id = t.article_id"
        f" JOIN versions v ON v.id = a.version_id {_EDITS}"
        " WHERE a.id NOT IN (SELECT article_id FROM erasures) ORDER BY t.at DESC, a.id DESC"
    )
    return [card(id_, shown(metadata, edit)) for id_, metadata, edit in rows]


def any_buried(db: Database) -> bool:
    """Whether there is any tombstone; without one, `is_buried` needs not be asked."""
    return db.execute("SELECT 1 FROM tombstones LIMIT 1").fetchone() is not None


def all_buried(db: Database) -> tuple[int, ...]:
    """The ids of the articles that editors removed or erased, the last one first."""
    rows = db.execute("SELECT article_id FROM tombstones ORDER BY at DESC, article_id DESC")
    return tuple(row[0] for row in rows)


def is_gone(db: Database, article_id: int) -> bool:
    """Whether an editor removed the article. Raises NotFound where there is none."""
    row = db.execute("SELECT removed_at FROM articles WHERE id = ?", (article_id,)).fetchone()
    if row is None:
        raise NotFound(f"There is no article {article_id}.")
    return row[0] is not None


def manuscripts(db: Database, article_id: int) -> Iterator[Manuscript]:
    """What was read of an article, version by version."""
    rows = db.execute("SELECT text, labels, metadata FROM versions WHERE article_id = ?", (article_id,)).fetchall()
    for text, labels, metadata in rows:
        spans = tuple(LabelledSpan(start, end, Label(label)) for start, end, label in json.loads(labels))
        yield Manuscript(text, spans, load_metadata(metadata))


def drop_submission(db: Database, article_id: int) -> None:
    """Erase what was sent in and became this article. SourceError where visible articles were made of it, too."""
    source_id, key = db.execute("SELECT source_id, key FROM articles WHERE id = ?", (article_id,)).fetchone()
    of_it = "source_id = ? AND (key = ? OR substr(?, 1, length(key) + 1) = key || '/')"
    rows = db.execute(f"SELECT id, key FROM submissions WHERE {of_it}", (source_id, key, key)).fetchall()
    for id_, kept in rows:
        others = db.execute(
            "SELECT id FROM articles WHERE source_id = ? AND removed_at IS NULL AND id != ?"
            " AND (key = ? OR substr(key, 1, ?) = ?) ORDER BY id",
            (source_id, article_id, kept, len(kept) + 1, f"{kept}/"),
        ).fetchall()
        if others:
            named = ", ".join(f"#{row[0]}" for row in others[:5])
            raise SourceError(f"Article {article_id} was sent in with others in one file ({named}): remove them first.")
        db.execute("DELETE FROM submissions WHERE id = ?", (id_,))


def hollow(db: Database, article_id: int, by: str) -> None:
    """Erase every word of a removed article. Its tombstone stays, and the versions that answers point to, empty."""
    db.execute(
        "UPDATE versions SET text = '', sha256 = '', metadata = ?, labels = '[]', sentences = '[]'"
        " WHERE article_id = ?",
        (dump_metadata(Metadata()), article_id),
    )
    db.execute("DELETE FROM edits WHERE article_id = ?", (article_id,))
    db.execute("INSERT OR IGNORE INTO erasures VALUES (?, ?, ?)", (article_id, by, now()))


def note_burial(db: Database) -> None:
    """Note that what was saved of the archive up to now may hold what was removed."""
    db.execute("INSERT OR REPLACE INTO state SELECT 'buried', value FROM state WHERE name = 'generation'")


def buried_at(db: Database) -> int:
    """The generation that the last removal made; 0 where nothing was ever removed."""
    row = db.execute("SELECT value FROM state WHERE name = 'buried'").fetchone()
    return int(row[0]) if row else 0


def is_buried(db: Database, url: str | None, story: str) -> bool:
    """Whether a tombstone stands for this url or this text."""
    query = "SELECT 1 FROM tombstones WHERE (url IS NOT NULL AND url = ?) OR story = ? LIMIT 1"
    return db.execute(query, (url, story)).fetchone() is not None


# -- rows and values --------------------------------------------------------------------------------------------------

_EDITS = "LEFT JOIN edits e ON e.article_id = a.id"


def shown(metadata: str, edit: str | None) -> Metadata:
    """Metadata as people corrected it, from both columns."""
    return edits.over(load_metadata(metadata), edits.load(edit))


def card(article_id: int, metadata: Metadata) -> ArticleCard:
    """What is shown of an article in lists and attributions."""
    return ArticleCard(
        article_id,
        metadata.title,
        metadata.outlet,
        metadata.agency,
        metadata.authors,
        metadata.contributors,
        metadata.published,
        metadata.date_origin,
        metadata.label,
        metadata.url,
        metadata.lang,
        metadata.copyright,
        metadata.caption_date,
        metadata.retracted,
        metadata.max_quote_chars,
    )


def dump_metadata(metadata: Metadata) -> str:
    """Metadata as JSON, the same text for the same metadata."""
    row = {
        "title": metadata.title,
        "outlet": metadata.outlet,
        "agency": metadata.agency,
        "authors": list(metadata.authors),
        "contributors": list(metadata.contributors),
        "published": metadata.published and metadata.published.text,
        "published_at": metadata.published_at and metadata.published_at.isoformat(),
        "date_origin": metadata.date_origin,
        "url": metadata.url,
        "lang": metadata.lang,
        "label": metadata.label,
        "dateline": metadata.dateline,
        "copyright": metadata.copyright,
        "caption_date": metadata.caption_date and metadata.caption_date.text,
    }
    correction = metadata.correction
    rare = {  # left out where there is nothing to say, so that metadata without them stay the same text
        "entries": [[start, moment.isoformat()] for start, moment in metadata.entries],
        "correction": correction and [correction.start, correction.end],
        "retracted": metadata.retracted,
        "max_quote_chars": metadata.max_quote_chars,
    }
    return json.dumps(row | {name: value for name, value in rare.items() if value}, ensure_ascii=False)


def load_metadata(text: str) -> Metadata:
    """The reverse of `dump_metadata`."""
    row: dict[str, Any] = json.loads(text)
    plain = Metadata(
        **{name: row[name] for name in ("title", "outlet", "agency", "url", "lang", "dateline", "copyright")}
    )
    return replace(
        plain,
        authors=tuple(row["authors"]),
        contributors=tuple(row["contributors"]),
        published=PartialDate(row["published"]) if row["published"] else None,
        published_at=datetime.fromisoformat(row["published_at"]) if row["published_at"] else None,
        date_origin=DateOrigin(row["date_origin"]),
        label=ArticleLabel(row["label"]) if row["label"] else None,
        caption_date=PartialDate(row["caption_date"]) if row["caption_date"] else None,
        entries=tuple((start, datetime.fromisoformat(moment)) for start, moment in row.get("entries", ())),
        correction=Span(*row["correction"]) if "correction" in row else None,
        retracted=row.get("retracted", False),
        max_quote_chars=row.get("max_quote_chars"),
    )


def _version(row: Sequence[Any]) -> Version:
    spans = tuple(Sentence(start, end, Label(label), paragraph) for start, end, label, paragraph in json.loads(row[5]))
    return Version(row[0], row[1], row[2], row[3], shown(row[4], row[6]), spans)
