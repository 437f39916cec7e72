"""What is written down while Quotewire runs: the log file, and standard error for the bot; never the token.

Called once by the command line. Must not know what is logged.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterable
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

_LINE = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_TOKEN = re.compile(r"\d{5,}(?::|%3A)[A-Za-z0-9_-]{25,}")
_HIDDEN = "<token>"
_CHATTY = ("httpx", "httpcore", "faiss", "sentence_transformers", "transformers", "apscheduler", "asyncio")
_FILE_BYTES = 5_000_000
_FILES_KEPT = 3


class Discreet(logging.Formatter):
    """Formats a record, its traceback too, with everything that is or looks like a bot token taken out."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__(_LINE)
        self._secrets = tuple(secret for secret in secrets if secret)

    def format(self, record: logging.LogRecord) -> str:
        """The finished lines of the log."""
        words = super().format(record)
        for secret in self._secrets:
            words = words.replace(secret, _HIDDEN).replace(secret.replace(":", "%3A"), _HIDDEN)
        return _TOKEN.sub(_HIDDEN, words)


def configure(level: str, file: Path, *, secrets: Iterable[str] = (), aloud: bool = False) -> None:
    """Write the log to `file`, created with the first line of it, and with `aloud` to standard error as well."""
    handlers: list[logging.Handler] = [_to_file(file)]
    if aloud:
        handlers.append(logging.StreamHandler(sys.stderr))
    formatter = Discreet(secrets)
    for handler in handlers:
        handler.setFormatter(formatter)
    logging.basicConfig(level=level, handlers=handlers, force=True)
    logging.captureWarnings(True)
    for name in _CHATTY:  # at INFO, httpx writes each address, and the token is part of it
        logging.getLogger(name).setLevel(logging.WARNING)


def _to_file(file: Path) -> logging.Handler:
    return _LogFile(file, maxBytes=_FILE_BYTES, backupCount=_FILES_KEPT, encoding="utf-8", delay=True)


class _LogFile(RotatingFileHandler):
    """Creates its folder with its first line. A log that cannot be written does not disturb what it is the log of."""

    def _open(self) -> TextIOWrapper:
        Path(self.baseFilename).parent.mkdir(parents=True, exist_ok=True)
        return super()._open()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  # the name of the base class
        """A full disk, a folder that may not be written: the line is lost."""
