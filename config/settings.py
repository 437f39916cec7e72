"""What the owner can set, read from a TOML file and the environment: the one reader of both.

`load` is called once by the command line; the frozen `Settings` it returns are handed to whoever needs them. Whatever
is wrong is told at once, a line for each key with its cure, and the bot token is never among the words. Every key is
documented in settings.example.toml. Must not know Telegram, the terminal or what the archive does with its options.
"""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Literal, cast
from zoneinfo import ZoneInfo, available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails, PydanticCustomError
from pydantic_settings import BaseSettings, EnvSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

from config.schedule import Schedule, read_schedule, read_span

PREFIX = "QUOTEWIRE_"
CONFIG_VARIABLE = "QUOTEWIRE_CONFIG"
TOKEN_VARIABLE = "TELEGRAM_BOT_TOKEN"  # the name of a variable
DEFAULT_FILE = Path("config/settings.toml")
SHOWN_VALUE = 60


class SettingsError(Exception):
    """The settings cannot be used. `problems` are lines for a person: each names a key and the cure."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


def _listed(value: object) -> object:
    """A list as the environment writes it, JSON or separated by commas, or one number; anything else as it is."""
    if isinstance(value, int) and not isinstance(value, bool):
        return [value]
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


def _unless_blank(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


def _home(value: object) -> object:
    """A path with ~ filled in, None for a blank one."""
    return Path(value).expanduser() if isinstance(value, str) and value.strip() else _unless_blank(value)


def _token(value: object) -> object:
    """The token, its shape checked without ever saying what it was."""
    words = value.get_secret_value() if isinstance(value, SecretStr) else value
    if words is None or (isinstance(words, str) and not words.strip()):
        return None
    number, colon, secret = words.strip().partition(":") if isinstance(words, str) else ("", "", "")
    if not (number.isdecimal() and colon and secret and not any(sign.isspace() for sign in secret)):
        raise PydanticCustomError("token", "does not look like a bot token; copy it from @BotFather as it stands")
    return SecretStr(f"{number}:{secret}")


def _calls(value: object) -> object:
    """Where a bot's methods are: the address before the token, also where only that of the server was given."""
    bare = _bare(value)
    return value if bare is None else bare if bare.endswith("bot") else f"{bare}/bot"


def _files(value: object) -> object:
    """Where a bot's files are, likewise."""
    bare = _bare(value)
    if bare is None or bare.endswith("/file/bot"):
        return value if bare is None else bare
    return f"{bare.removesuffix('/bot').removesuffix('/file')}/file/bot"


def _bare(value: object) -> str | None:
    """An address without what stands loose at its ends; None for what is none, or says itself where the token goes."""
    words = value.strip().rstrip("/") if isinstance(value, str) else ""
    return words if words.startswith(("http://", "https://")) and "{token}" not in words else None


def _zone(value: object) -> object:
    if isinstance(value, str) and value not in available_timezones():
        raise PydanticCustomError("zone", "is no time zone; give one like Europe/Berlin or UTC")
    return value


def _schedule(value: object) -> object:
    """A schedule as its owner wrote it, None for a blank one."""
    return _read(read_schedule, value)


def _span(value: object) -> object:
    """A length of time as its owner wrote it, None for a blank one."""
    return _read(read_span, value)


def _read(read: Callable[[str], object], value: object) -> object:
    words = _unless_blank(value)
    try:
        return read(str(words)) if isinstance(words, str | int | float) else words
    except ValueError as error:
        raise PydanticCustomError("words", "{reason}", {"reason": str(error)}) from None


Numbers = Annotated[tuple[int, ...], BeforeValidator(_listed)]
Words = Annotated[tuple[str, ...], BeforeValidator(_listed)]
Folder = Annotated[Path, BeforeValidator(_home)]
Folders = Annotated[tuple[Folder, ...], BeforeValidator(_listed)]
Times = Annotated[Schedule | None, BeforeValidator(_schedule)]
Span = Annotated[timedelta | None, BeforeValidator(_span)]


def _host(value: str) -> str:
    """A host, an address or a network; not a whole address of the web."""
    try:
        ip_network(value, strict=False)
    except ValueError:
        if not re.fullmatch(r"[\w-]+(\.[\w-]+)*\.?", value):
            raise PydanticCustomError("host", "should be a host, an address or a network like 10.0.0.0/8") from None
    return value


def _open_address(value: str) -> str:
    """An address of the web without a name and password, which would be told wherever the source is."""
    if "@" in value.partition("://")[2].partition("/")[0]:
        raise PydanticCustomError("address", "should have no name and password in it")
    return value


Address = Annotated[str, Field(pattern=r"^(https?://.+)?$"), AfterValidator(_open_address)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Telegram(_Section):
    """The bot: who it is, whom it obeys, how it reaches Telegram."""

    token: Annotated[SecretStr | None, BeforeValidator(_token)] = None
    admins: Numbers = ()
    access: Literal["open", "approval", "list"] = "open"
    readers: Numbers = ()
    questions_per_minute: Annotated[int, Field(ge=1)] = 10
    base_url: Annotated[str, BeforeValidator(_calls), Field(pattern=r"^https?://")] = "https://api.telegram.org/bot"
    base_file_url: Annotated[str, BeforeValidator(_files), Field(pattern=r"^https?://")] = (
        "https://api.telegram.org/file/bot"
    )
    poll_seconds: Annotated[int, Field(ge=1, le=50)] = 30  # Telegram ends a longer one itself

    @model_validator(mode="after")
    def _somebody_decides(self) -> Telegram:
        if self.access == "approval" and not self.admins:
            raise PydanticCustomError("access", 'access = "approval" needs admins: somebody has to let readers in')
        return self


class Archive(_Section):
    """Where the articles come from and where the archive lives."""

    path: Folder = Path("data")
    sources: Folders = ()
    max_file_bytes: Annotated[int, Field(ge=1)] = 50_000_000
    learn_furniture: bool = True


class Source(_Section):
    """A source of articles, read by every run that is told of none, and by its own schedule."""

    kind: Literal["files", "pages", "feed", "sitemap", "channel"]
    path: Folder | None = None
    url: Address = ""
    urls: Annotated[tuple[Address, ...], BeforeValidator(_listed)] = ()
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
            told = f'kind = "{self.kind}" needs {" or ".join(needed)}, and none of the others'
            raise PydanticCustomError("located", told)
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


class Web(_Section):
    """How the web is asked for pages, feeds and sitemaps."""

    user_agent: Annotated[str, Field(pattern=r"^[!-~]+( [!-~]+)*$")] = "Quotewire"
    allow_private: Annotated[tuple[Annotated[str, AfterValidator(_host)], ...], BeforeValidator(_listed)] = ()
    seconds_per_host: Annotated[float, Field(ge=0, le=100)] = 1.0
    timeout_seconds: Annotated[float, Field(gt=0, le=40)] = 20.0  # a run that is silent for longer counts as dead
    deadline_seconds: Annotated[float, Field(gt=0, le=3_600)] = 60.0
    max_page_bytes: Annotated[int, Field(ge=1)] = 5_000_000
    max_list_bytes: Annotated[int, Field(ge=1)] = 50_000_000
    pages_per_run: Annotated[int, Field(ge=1)] = 1_000


class Override(_Section):
    """What is said of all articles of a domain or folder, over what was read of them."""

    where: Annotated[str, Field(min_length=1)]
    outlet: str | None = None
    agency: str | None = None
    section: str | None = None
    label: Literal["news", "opinion", "live", "sponsored", "satire", "correction"] | None = None
    language: Annotated[str | None, Field(pattern=r"^[a-z]{2}$")] = None
    paywall: bool | None = None
    max_quote_chars: Annotated[int | None, Field(ge=1)] = None


class Model(_Section):
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


class Answers(_Section):
    """When the archive answers, how much it shows, what it keeps."""

    floor: Annotated[float | None, BeforeValidator(_unless_blank), Field(ge=0, le=1)] = None
    context_share: Annotated[float, Field(ge=0, le=1)] = 0.25
    question_days: Annotated[int, Field(ge=0, le=36_500)] = 90
    timezone: Annotated[str, BeforeValidator(_zone)] = "UTC"

    @property
    def zone(self) -> ZoneInfo:
        """The time zone, as a value to reckon with."""
        return ZoneInfo(self.timezone)


class Outlet(_Section):
    """What an outlet allows to be quoted of its articles."""

    max_quote_chars: Annotated[int | None, Field(ge=1)] = None
    link_only: bool = False
    embargo_until: datetime | None = None


class Backup(_Section):
    """Where copies of the data folder go, how many are kept, when one is made by itself."""

    folder: Annotated[Path | None, BeforeValidator(_home)] = None
    keep: Annotated[int, Field(ge=1)] = 7
    schedule: Times = None


class Log(_Section):
    """What is written down while it runs, and where."""

    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    file: Annotated[Path | None, BeforeValidator(_home)] = None


class Settings(BaseSettings):
    """Everything the owner can set. What the environment says wins over what the constructor is given."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter="__", extra="forbid", frozen=True, hide_input_in_errors=True
    )

    telegram: Telegram = Telegram()
    archive: Archive = Archive()
    sources: tuple[Source, ...] = ()
    web: Web = Web()
    overrides: tuple[Override, ...] = ()
    model: Model = Model()
    answers: Answers = Answers()
    outlets: dict[str, Outlet] = {}
    backup: Backup = Backup()
    log: Log = Log()

    @model_validator(mode="after")
    def _one_entry_an_outlet(self) -> Settings:
        seen: dict[str, str] = {}
        for name in self.outlets:
            other = seen.setdefault(name.casefold(), name)
            if other != name:
                raise PydanticCustomError("twice", f'outlets."{other}" and outlets."{name}" are one outlet; keep one')
        return self

    @model_validator(mode="after")
    def _one_entry_a_source(self) -> Settings:
        for what in ("location", "name"):
            seen = [getattr(source, what) for source in self.sources if getattr(source, what)]
            twice = next((one for one in seen if seen.count(one) > 1), None)
            if twice is not None:
                raise PydanticCustomError("twice", f"sources: {twice} is there twice; keep one")
        return self

    @property
    def log_file(self) -> Path:
        """Where the log is written: as set, else in the data folder."""
        return self.log.file or self.archive.path / "quotewire.log"

    @property
    def backup_folder(self) -> Path:
        """Where backups go: as set, else into the data folder."""
        return self.backup.folder or self.archive.path / "backups"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment first, then TELEGRAM_BOT_TOKEN, then what the file says."""
        return _Environment(settings_cls), _BotToken(settings_cls), init_settings


class _Environment(EnvSettingsSource):
    """QUOTEWIRE_SECTION__KEY; a list may be JSON or plain words separated by commas."""

    def decode_complex_value(self, field_name: str, field: FieldInfo, value: Any) -> Any:  # noqa: ANN401
        try:
            return super().decode_complex_value(field_name, field, value)
        except ValueError:
            return value  # told with the other problems, or a list in plain words


class _BotToken(PydanticBaseSettingsSource):
    """The variable that everybody who runs a Telegram bot knows."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        return None, field_name, False

    def __call__(self) -> dict[str, Any]:
        token = os.environ.get(TOKEN_VARIABLE, "")
        return {"telegram": {"token": token}} if token.strip() else {}


def load(config: Path | None = None) -> Settings:
    """The settings of `config`, else of the file that QUOTEWIRE_CONFIG names, else of config/settings.toml if there.

    The environment overrides single keys. Raises SettingsError with every problem.
    """
    path = _file(config)
    table = _table(path) if path else {}
    problems = [_unknown(key, Settings.model_fields, "section") for key in table if key not in Settings.model_fields]
    problems += _unknown_variables()
    try:
        settings = Settings(**{key: table[key] for key in table if key in Settings.model_fields})
    except ValidationError as error:
        raise SettingsError(problems + [_problem(detail) for detail in error.errors(include_url=False)]) from None
    if problems:
        raise SettingsError(problems)
    return settings


def _file(config: Path | None) -> Path | None:
    named = config or (Path(value) if (value := os.environ.get(CONFIG_VARIABLE)) else None)
    if named is None:
        return DEFAULT_FILE if DEFAULT_FILE.is_file() else None
    if not named.is_file():
        raise SettingsError([f"{named}: no such settings file; copy config/settings.example.toml to it"])
    return named


def _table(path: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise SettingsError([f"{path}: cannot be read: {reason}"]) from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError([f"{path}: not valid TOML: {error}"]) from None


def _unknown_variables() -> list[str]:
    """Variables with our prefix that name no section; a wrong key of a right section is told by the section."""
    known = {name.upper() for name in Settings.model_fields}
    ours = sorted(name for name in os.environ if name.upper().startswith(PREFIX) and name.upper() != CONFIG_VARIABLE)
    sections = {name: name.upper().removeprefix(PREFIX).partition("__")[0] for name in ours}
    return [
        f"{name}: no such setting; write {PREFIX}SECTION__KEY with one of the sections {', '.join(sorted(known))}"
        for name, section in sections.items()
        if section not in known
    ]


def _unknown(key: str, known: Mapping[str, object], what: str) -> str:
    close = difflib.get_close_matches(key.rpartition(".")[2], known, 1)
    cure = f"did you mean {close[0]}?" if close else f"there are {', '.join(known)}"
    return f"{key}: no such {what}; {cure}"


def _problem(detail: ErrorDetails) -> str:
    """One line for one mistake: the key, what it was set to (never a token), what it should be."""
    where = [str(part) for part in detail["loc"]]
    key = ".".join(where) or "settings"
    if detail["type"] == "extra_forbidden":
        return _unknown(key, _keys(where[:-1]), "key")
    if detail["type"] == "twice":
        return detail["msg"]
    value = detail["input"]
    plain = (
        isinstance(value, str | int | float) and len(where) > 1 and "token" not in where and detail["type"] != "address"
    )
    shown = f" = {str(value)[:SHOWN_VALUE]!r}" if plain else ""
    return f"{key}{shown}: {_cure(detail)}"


def _cure(detail: ErrorDetails) -> str:
    message = detail["msg"].removeprefix("Value error, ").replace("Input should be", "should be")
    if detail["type"] == "string_pattern_mismatch":
        cures = {"sha256": "should be 64 hexadecimal digits", "language": "should be two letters, as in en"}
        return cures.get(str(detail["loc"][-1]), "should begin with https://")
    if detail["type"] in {"model_type", "model_attributes_type", "dict_type"}:
        return f"should be a section of its own: [{'.'.join(str(part) for part in detail['loc'])}]"
    return message


def _keys(where: list[str]) -> Mapping[str, object]:
    """The keys of the section at `where`."""
    return dict(_fields(where))


def _fields(where: list[str]) -> Iterator[tuple[str, object]]:
    entries: Mapping[str, type[BaseModel]] = {"outlets": Outlet, "sources": Source, "overrides": Override}
    section = entries.get(where[0]) or cast(type[BaseModel], Settings.model_fields[where[0]].annotation)
    yield from section.model_fields.items()
