"""What can go wrong in the archive, as one tree.

    ArchiveError
    ├── SourceError          something given to read cannot be read
    │   ├── SourceMissing        the file or folder is not there
    │   └── RecordError          one article in a source is unusable; the rest goes on
    │       ├── RecordWithheld       the source itself says that it may not be served
    │       └── RecordLater          it is as it was, and read by other rules in a later run
    ├── StoreError           the database
    │   ├── StoreLocked          another process holds it longer than we wait
    │   ├── StoreCorrupt         it is damaged; never overwritten
    │   ├── StoreFull            the disk has no room left
    │   └── StoreTooNew          written by a newer Quotewire
    ├── ModelError           the embedding model
    │   ├── ModelMissing         it is not installed or not at the path given
    │   └── ModelChanged         its weights do not have the checksum they should have
    ├── RunBusy              another indexing run holds the lease
    ├── NotFound             no article, answer or removal by that name
    ├── Withdrawn            it was there, and an editor removed it
    └── EditedMeanwhile      somebody else corrected the article since it was looked at

`str(error)` is one line for a person: it names the thing and the cure.
"""

from __future__ import annotations

from pathlib import Path


class ArchiveError(Exception):
    """The root: catch this to catch everything the archive raises on purpose."""


class SourceError(ArchiveError):
    """Something given to read cannot be read."""

    def __init__(self, message: str, *, source: str = "") -> None:
        super().__init__(message)
        self.source = source


class SourceMissing(SourceError):
    """The file or folder is not there."""


class RecordError(SourceError):
    """One article in a source is unusable.

    `key` is the source key of the article where it could be told, so that its last good version is kept.
    `lost` is True where nothing tells which article it was: then the source does not count as read completely.
    """

    def __init__(self, message: str, *, source: str = "", key: str | None = None) -> None:
        super().__init__(message, source=source)
        self.key = key

    @property
    def lost(self) -> bool:
        """Whether the article that failed is unknown."""
        return self.key is None


class RecordWithheld(RecordError):
    """The source itself says that an article may not be served: killed, withheld, embargoed, not published any more.

    An article indexed before goes at once. `story` is the identifier under which the source's other files know the
    article, "" where it has none. `expected` is True where a source holds many such by its nature, as drafts: then it
    is told only where an article goes.
    """

    def __init__(self, message: str, *, source: str, key: str, story: str = "", expected: bool = False) -> None:
        super().__init__(message, source=source, key=key)
        self.story = story
        self.expected = expected


class RecordLater(RecordError):
    """An article is as it was; to read it by other rules than before, its source has to be asked again, later."""


class StoreError(ArchiveError):
    """The database cannot be used."""

    def __init__(self, message: str, *, path: Path | None = None) -> None:
        super().__init__(message)
        self.path = path


class StoreLocked(StoreError):
    """Another process holds the database longer than we wait."""


class StoreCorrupt(StoreError):
    """The database is damaged. It is never overwritten."""


class StoreFull(StoreError):
    """The disk has no room left."""


class StoreTooNew(StoreError):
    """The database was written by a newer Quotewire."""


class ModelError(ArchiveError):
    """The embedding model cannot be used; answers come by text alone."""


class ModelMissing(ModelError):
    """The model is not installed, or not at the path given."""


class ModelChanged(ModelError):
    """The model's weights do not have the checksum they should have."""


class RunBusy(ArchiveError):
    """Another indexing run holds the lease."""


class NotFound(ArchiveError):
    """No article, answer or removal by that name."""


class Withdrawn(ArchiveError):
    """It was there, and an editor removed it."""


class EditedMeanwhile(ArchiveError):
    """Somebody else corrected the article since it was looked at; look again before correcting it."""
