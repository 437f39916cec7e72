"""The kinds of values that settings have, read from how people write them: lists, paths, addresses, times.

Used by `sections`. Error messages never repeat a token.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated
from zoneinfo import available_timezones

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr
from pydantic_core import PydanticCustomError

from config.schedule import Schedule, read_schedule, read_span


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
    """An address of the web without a name and password, which would be shown wherever the source is."""
    if "@" in value.partition("://")[2].partition("/")[0]:
        raise PydanticCustomError("address", "should have no name and password in it")
    return value


Address = Annotated[str, Field(pattern=r"^(https?://.+)?$"), AfterValidator(_open_address)]
Addresses = Annotated[tuple[Address, ...], BeforeValidator(_listed)]
Hosts = Annotated[tuple[Annotated[str, AfterValidator(_host)], ...], BeforeValidator(_listed)]
Token = Annotated[SecretStr | None, BeforeValidator(_token)]
MethodsAddress = Annotated[str, BeforeValidator(_calls), Field(pattern=r"^https?://")]
FilesAddress = Annotated[str, BeforeValidator(_files), Field(pattern=r"^https?://")]
Zone = Annotated[str, BeforeValidator(_zone)]
MaybePath = Annotated[Path | None, BeforeValidator(_home)]
Share = Annotated[float | None, BeforeValidator(_unless_blank), Field(ge=0, le=1)]
