"""What the owner can set, read from a TOML file and the environment: the one reader of both.

`load` is called once by the command line; the frozen `Settings` it returns are passed to whoever needs them. All
mistakes are reported together, one line per key with its cure, and the bot token is never printed. Every key is
documented in settings.example.toml. Must not know Telegram, the terminal or what the archive does with its options.
"""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast

from pydantic import (
    BaseModel,
    ValidationError,
    model_validator,
)
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails, PydanticCustomError
from pydantic_settings import BaseSettings, EnvSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

from config.sections import (
    Answers,
    Archive,
    Backup,
    Log,
    Model,
    Outlet,
    Override,
    Source,
    Telegram,
    Web,
)

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
            return value  # reported with the other problems, or a list in plain words


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
    """Variables with our prefix that name no section; a wrong key of a right section is reported by the section."""
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
