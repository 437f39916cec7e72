"""The terminal commands: what is typed, which command it is, and how it ends.

`main` is called by run_bot.py. Exit status: 0 answered or done, 1 declined, 2 a mistake in one line on standard
error; a stopped run ends as its signal does. What a command needs is imported when it runs, so that --help is quick.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NoReturn

from bot.terminal.exit_status import DONE, WRONG, UsageError
from config.settings import Settings, SettingsError, load
from index.errors import ArchiveError

MOST_QUOTES = 100

logger = logging.getLogger(__name__)


class _Parser(argparse.ArgumentParser):
    """A parser that tells a mistake in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(WRONG, f"{self.prog}: {message}; {self.prog} --help tells more\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command that `argv` (the process's own arguments) names; the exit status."""
    arguments = _parser().parse_args(argv)
    try:
        settings = load(arguments.config)
    except SettingsError as error:
        return _wrong(*error.problems)
    if getattr(arguments, "sample", False):
        from bot.terminal.sample import sample_settings

        settings = sample_settings(settings)
    _write_logs(settings, aloud=arguments.command == "serve")
    try:
        return _run(arguments, settings)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else the flush at exit fails again
        return DONE
    except Exception as error:
        return _wrong(_told(error, settings))


def _told(error: Exception, settings: Settings) -> str:
    """What the person sees of an error; the log has the rest."""
    if isinstance(error, UsageError | ArchiveError):
        logger.debug("shown: %s", error, exc_info=error)
        return str(error)
    logger.error("unexpected error", exc_info=error)
    if isinstance(error, OSError):
        return f"{error.filename or 'the system'}: {error.strerror or error}"
    return f"this should not have happened ({type(error).__name__}); {settings.log_file} tells more"


def _run(arguments: argparse.Namespace, settings: Settings) -> int:
    from bot.terminal.commands import COMMANDS

    status = COMMANDS[arguments.command](arguments, settings)
    sys.stdout.flush()  # what cannot be written is an error here, not at exit
    return status


def _wrong(*lines: str) -> int:
    for line in lines:
        sys.stderr.write(f"quotewire: {' '.join(line.split())}\n")
    return WRONG


def _write_logs(settings: Settings, *, aloud: bool) -> None:
    from bot.logs import configure

    token = settings.telegram.token
    secrets = [token.get_secret_value()] if token else []
    configure(settings.log.level, settings.log_file, secrets=secrets, aloud=aloud)


# -- what can be typed ------------------------------------------------------------------------------------------------


def _parser() -> _Parser:
    parser = _Parser(
        prog="quotewire",
        description="Ask a news archive and get the exact words back. Without a command: the Telegram bot.",
    )
    parser.add_argument("--config", type=Path, metavar="FILE", help="the settings file (default: config/settings.toml)")
    anywhere = _Parser(add_help=False)
    anywhere.add_argument("--config", type=Path, metavar="FILE", default=argparse.SUPPRESS, help="the settings file")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)
    parser.set_defaults(command="serve")

    def command(name: str, words: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=words, description=f"{words[0].upper()}{words[1:]}.", parents=[anywhere])

    command("serve", "run the Telegram bot; this is also what happens without a command")
    _index(command("index", "read articles into the archive, only what changed"))
    _ask(command("ask", "ask the archive one question, or many from a file"))
    _sample(command("chat", "ask question after question"))
    _evaluate(command("evaluate", "measure the answers to questions whose answers are known"))
    _calibrate(command("calibrate", "find the confidence below which this archive should decline"))
    command("status", "show the archive at a glance")
    command("sources", "list the sources, or the history of one").add_argument(
        "name", nargs="?", metavar="NAME", help="a source's name or place: show how each reading of it went"
    )
    _articles(command("articles", "list the articles, newest first"))
    remove = command("remove", "remove articles from the archive")
    remove.add_argument("articles", nargs="+", type=int, metavar="NUMBER", help="an article's number in `articles`")
    remove.add_argument("--erase", action="store_true", help="erase every word of them for good; this cannot be undone")
    _restore(command("restore", "bring removed articles back, or the whole archive from a backup"))
    command("backup", "copy everything that cannot be rebuilt into one file, also while the bot runs").add_argument(
        "file", nargs="?", type=Path, metavar="FILE", help="default: a new file in backup.folder of the settings"
    )
    _furniture(command("furniture", "list the lines that are left out because they recur, and decide about them"))
    _edit(command("edit", "correct an article's metadata, or show it"))
    return parser


def _restore(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "what",
        nargs="+",
        metavar="NUMBER|FILE",
        help="numbers of removed articles, or one backup file (./12 is a file, 12 an article)",
    )
    parser.add_argument("--force", action="store_true", help="replace an archive that is already there")


def _index(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "sources",
        nargs="*",
        metavar="SOURCE",
        help="files, folders, web addresses, names of sources (default: all known)",
    )
    parser.add_argument(
        "--source", action="append", default=[], metavar="NAME", help="a source from the settings, by name or place"
    )
    parser.add_argument("--full", action="store_true", help="read unchanged articles as well")
    parser.add_argument("--dry-run", action="store_true", help="only list what would change")
    parser.add_argument("--nice", action="store_true", help="give way to other programs, such as the bot")
    parser.add_argument("--by", default="terminal", metavar="NAME", help="who starts it, for the record of runs")
    parser.add_argument(
        "--prune", action="store_true", help="remove articles even if a source is gone, empty or much smaller"
    )


def _ask(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("question", nargs="*", metavar="QUESTION", help="the question, in quotation marks")
    parser.add_argument("--json", action="store_true", help="the answer as JSON (schema 1)")
    parser.add_argument("--top", type=_count, metavar="N", help="up to N quotes, even if the question is declined")
    parser.add_argument("--as-of", type=_day, metavar="YYYY-MM-DD", help="ignore what was published later")
    parser.add_argument("--batch", type=Path, metavar="FILE.jsonl", help="ask each line's question (id, date optional)")
    parser.add_argument("--output", type=Path, metavar="FILE.jsonl", help="where a batch's answers go")
    _sample(parser)


def _sample(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--sample", action="store_true", help="ask the sample archive that comes with Quotewire")


def _evaluate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "questions", nargs="?", type=Path, metavar="FILE.jsonl", help="questions with their answers and kinds"
    )
    parser.add_argument("--json", type=Path, metavar="OUT.json", help="write everything measured, for --compare")
    parser.add_argument("--picture", type=Path, metavar="OUT.svg", help="draw precision against coverage, and bars")
    parser.add_argument(
        "--compare", type=Path, metavar="OLD.json", help="show what changed since an earlier --json file"
    )
    parser.add_argument("--top", type=_count, default=10, metavar="N", help="quotes judged per question (default: 10)")
    parser.add_argument(
        "--worst", type=_count, default=15, metavar="N", help="show up to N cases that went wrong (default: 15)"
    )
    _sample(parser)


def _calibrate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--questions", type=Path, metavar="FILE.jsonl", help="as for `evaluate` (default: readers' votes)"
    )
    parser.add_argument(
        "--keep",
        type=_share,
        default=0.9,
        metavar="SHARE",
        help="share of the answerable questions to keep (default: 0.9)",
    )
    parser.add_argument("--apply", action="store_true", help="make the result this archive's floor")
    parser.add_argument("--undo", action="store_true", help="go back to the shipped floor")
    _sample(parser)


def _articles(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("match", nargs="*", metavar="WORDS", help="only articles that match")
    parser.add_argument("--page", type=_count, default=1, metavar="N", help="which page (default: 1)")
    parser.add_argument("--size", type=_count, default=20, metavar="N", help="articles per page (default: 20)")
    parser.add_argument("--removed", action="store_true", help="list the removed articles instead")


def _furniture(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--outlet", metavar="NAME", help="only this outlet's lines")
    parser.add_argument("--all", action="store_true", help="also list recurring lines that are kept")
    decision = parser.add_mutually_exclusive_group()
    decision.add_argument("--keep", nargs="+", type=int, metavar="LINE", help="quote these lines like any other")
    decision.add_argument("--drop", nargs="+", type=int, metavar="LINE", help="leave these lines out")
    decision.add_argument(
        "--undo", nargs="+", type=int, metavar="LINE", help="go back to what was learned about these lines"
    )


def _edit(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("article", type=int, metavar="NUMBER", help="an article's number in `articles`")
    parser.add_argument("--title", metavar="WORDS", help="the headline")
    parser.add_argument("--outlet", metavar="NAME", help='the outlet, "-" for none')
    parser.add_argument("--published", metavar="DATE", help='2017, 2017-11 or 2017-11-21, "-" for none')
    parser.add_argument("--author", metavar="NAMES", help='the authors, separated by commas, "-" for none')
    parser.add_argument("--undo", action="store_true", help="go back to what was read")


def _count(words: str) -> int:
    number = int(words) if words.isdecimal() else 0
    if not 1 <= number <= MOST_QUOTES:
        raise argparse.ArgumentTypeError(f"{words!r} is not a number from 1 to {MOST_QUOTES}")
    return number


def _share(words: str) -> float:
    try:
        share = float(words)
    except ValueError:
        share = 0.0
    if not 0 < share <= 1:
        raise argparse.ArgumentTypeError(f"{words!r} is not a share like 0.9")
    return share


def _day(words: str) -> date:
    from bot.terminal.batch import day_of

    try:
        return day_of(words)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
