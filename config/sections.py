"""The sections of the settings, one class each: their keys, defaults and limits.

Put together by `settings`, which reads them. Every key is documented in settings.example.toml.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from config.values import (
    Address,
    Addresses,
    FilesAddress,
    Folder,
    Folders,
    Hosts,
    MaybePath,
    MethodsAddress,
    Numbers,
    Share,
    Span,
    Times,
    Token,
    Words,
    Zone,
)


class Section(BaseModel):
    """What all sections have in common: unknown keys are mistakes, and nothing is changed once it is read."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Telegram(Section):
    """The bot: who it is, whom it obeys, how it reaches Telegram."""

    token: Token = None
    admins: Numbers = ()
    access: Literal["open", "approval", "list"] = "open"
    readers: Numbers = ()
    questions_per_minute: Annotated[int, Field(ge=1)] = 10
    base_url: MethodsAddress = "https://api.telegram.org/bot"
    base_file_url: FilesAddress = "https://api.telegram.org/file/bot"
    poll_seconds: Annotated[int, Field(ge=1, le=50)] = 30  # Telegram ends a longer one itself

    @model_validator(mode="after")
    def _somebody_decides(self) -> Telegram:
        if self.access == "approval" and not self.admins:
            raise PydanticCustomError("access", 'access = "approval" needs admins: somebody has to let readers in')
        return self


class Archive(Section):
    """Where the articles come from and where the archive lives."""

    path: Folder = Path("data")
    sources: Folders = ()
    max_file_bytes: Annotated[int, Field(ge=1)] = 50_000_000
    learn_furniture: bool = True


class Source(Section):
    """A source of articles, read by every run that names none, and by its own schedule."""

    kind: Literal["files", "pages", "feed", "sitemap", "channel"]
    path: Folder | None = None
    url: Address = ""
    urls: Addresses = ()
    channel: int | None = None
    name: str = ""
    schedule: Times = None
    alarm_after: Span = None
    fields: dict[str, str] = {}
    include: Words = ()
    exclude: Words = ()

    @model_validator(mode="after")
    def _located(self) -> Source:
        needed = {"files": ("path",), "channel": ("channel",), "pages": ("url", "urls", "path")}.get(
            self.kind, ("url",)
        )
        given = [key for key in ("path", "url", "urls", "channel") if getattr(self, key)]
        if len(given) != 1 or given[0] not in needed:
            message = f'kind = "{self.kind}" needs {" or ".join(needed)}, and none of the others'
            raise PydanticCustomError("located", message)
        if self.urls and not self.name:
            raise PydanticCustomError("located", "urls need a name, by which the list is known when it changes")
        if self.channel is not None and not str(self.channel).startswith("-100"):
            raise PydanticCustomError("channel", "the number of a channel begins with -100; the bot tells it")
        return self

    @property
    def location(self) -> str:
        """What the source is known by: an absolute path, an address, "pages:NAME" or "channel:ID"."""
        if self.path is not None:
            return str(self.path.absolute())
        if self.urls:
            return f"pages:{self.name}"
        return self.url or f"channel:{self.channel}"


class Web(Section):
    """How the web is asked for pages, feeds and sitemaps."""

    user_agent: Annotated[str, Field(pattern=r"^[!-~]+( [!-~]+)*$")] = "Quotewire"
    allow_private: Hosts = ()
    seconds_per_host: Annotated[float, Field(ge=0, le=100)] = 1.0
    timeout_seconds: Annotated[float, Field(gt=0, le=40)] = 20.0  # a run that is silent for longer counts as dead
    deadline_seconds: Annotated[float, Field(gt=0, le=3_600)] = 60.0
    max_page_bytes: Annotated[int, Field(ge=1)] = 5_000_000
    max_list_bytes: Annotated[int, Field(ge=1)] = 50_000_000
    pages_per_run: Annotated[int, Field(ge=1)] = 1_000


class Override(Section):
    """What is said of all articles of a domain or folder, over what was read of them."""

    where: Annotated[str, Field(min_length=1)]
    outlet: str | None = None
    agency: str | None = None
    section: str | None = None
    label: Literal["news", "opinion", "live", "sponsored", "satire", "correction"] | None = None
    language: Annotated[str | None, Field(pattern=r"^[a-z]{2}$")] = None
    paywall: bool | None = None
    max_quote_chars: Annotated[int | None, Field(ge=1)] = None


class Model(Section):
    """The embedding model; without `path` the one that comes with the installation."""

    path: str = ""
    name: str = ""
    languages: Words = ()
    sha256: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")] = ""
    question_threads: Annotated[int, Field(ge=0)] = 1
    passage_threads: Annotated[int, Field(ge=0)] = 0
    batch_size: Annotated[int, Field(ge=1, le=1024)] = 16
    reranker: str = ""

    @model_validator(mode="after")
    def _complete(self) -> Model:
        if self.path and not self.languages:
            raise PydanticCustomError("languages", 'needs languages = ["en"], or those your model was trained for')
        if not self.path and (self.name or self.languages or self.sha256):
            raise PydanticCustomError("path", "needs path: name, languages and sha256 describe a model of your own")
        return self


class Answers(Section):
    """When the archive answers, how much it shows, what it keeps."""

    floor: Share = None
    context_share: Annotated[float, Field(ge=0, le=1)] = 0.25
    question_days: Annotated[int, Field(ge=0, le=36_500)] = 90
    timezone: Zone = "UTC"

    @property
    def zone(self) -> ZoneInfo:
        """The time zone, as a value to reckon with."""
        return ZoneInfo(self.timezone)


class Outlet(Section):
    """What an outlet allows to be quoted of its articles."""

    max_quote_chars: Annotated[int | None, Field(ge=1)] = None
    link_only: bool = False
    embargo_until: datetime | None = None


class Backup(Section):
    """Where copies of the data folder go, how many are kept, when they are made."""

    folder: MaybePath = None
    keep: Annotated[int, Field(ge=1)] = 7
    schedule: Times = None


class Log(Section):
    """What is written down while it runs, and where."""

    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    file: MaybePath = None
