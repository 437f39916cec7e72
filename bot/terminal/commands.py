"""What the terminal commands do, and the table of them at the end; each returns its exit status.

Called by the command line with what was typed and the settings. Results go to standard output, everything else to
standard error.
"""

from __future__ import annotations

import io
import os
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from rich.console import Console
from rich.progress import track

from bot import backup as backups
from bot.folder_lock import occupied
from bot.messages.catalogue import ENGLISH, catalogue
from bot.messages.words import Listed
from bot.open_archive import open_archive
from bot.terminal import show
from bot.terminal.batch import Query, answers, encodable
from bot.terminal.calibrate import calibrate
from bot.terminal.evaluate import evaluate
from bot.terminal.exit_status import DECLINED, DONE, WRONG, UsageError
from bot.terminal.furniture import furniture
from bot.terminal.invocation import program
from bot.terminal.json_answer import answer_document, line
from bot.terminal.progress import watched
from bot.terminal.sample import open_sample
from config.schedule import Schedule
from config.settings import Settings
from index.archive import DATABASE, Archive
from index.datatypes import Answer, ArticleCard, Edit, IndexReport, SourceSpec, SourceState
from index.errors import ArchiveError, StoreError

BY = "terminal"
NICENESS = 10  # of an indexing run that gives way
NO_TOKEN = (
    "no bot token: send /newbot to @BotFather in Telegram and put what it answers into the environment variable "
    "TELEGRAM_BOT_TOKEN (or telegram.token of config/settings.toml)"
)
NO_ADMINS = (
    "No administrators are set. To become the first: send /id to the bot, put the number into telegram.admins of "
    "config/settings.toml (or QUOTEWIRE_TELEGRAM__ADMINS) and start the bot again."
)


def serve(arguments: Namespace, settings: Settings) -> int:
    """The Telegram bot, until it is stopped."""
    if settings.telegram.token is None:
        raise UsageError(NO_TOKEN)
    if not settings.telegram.admins:
        _aside().print(NO_ADMINS, soft_wrap=True)
    from bot import app

    with closing(open_archive(settings)) as archive:
        status: int | None = app.serve(settings, archive, arguments.config)
    return status or DONE


def index(arguments: Namespace, settings: Settings) -> int:
    """Read what changed; the summary line, then what failed and why."""
    if arguments.nice and hasattr(os, "nice"):  # not on every system
        os.nice(NICENESS)
    with closing(open_archive(settings)) as archive:
        named = [_named(word, archive).spec for word in arguments.source]
        typed = _sources(arguments.sources, archive, settings) if arguments.sources or not named else []
        report, signum = watched(
            archive,
            lambda tell: archive.reindex(
                [*named, *typed],
                full=arguments.full,
                dry_run=arguments.dry_run,
                prune=arguments.prune,
                progress=tell,
                by=arguments.by,
            ),
            _aside(),
        )
    show.show(show.console(), show.report_lines(report))
    if report.cancelled:
        return 128 + signum if signum else DECLINED
    return WRONG if _nothing_read(report) else DONE


def _sources(given: list[str], archive: Archive, settings: Settings) -> list[SourceSpec]:
    """What to read: as typed, else (empty) what is set or known. UsageError where there is nothing."""
    if not (given or archive.status().sources or settings.archive.sources or settings.sources):
        raise UsageError(f"nothing to read: name files or folders, as in `{program()} index articles/`")
    return [_source(words, archive) for words in given]


def _source(words: str, archive: Archive) -> SourceSpec:
    """The source that is meant: by its name, as an address of the web, or as a file or folder."""
    named = archive.source(words)
    if named is not None:
        return named
    if words.startswith(("http://", "https://")):
        return archive.recognise(words)
    path = Path(words).expanduser().absolute()
    known = archive.source(str(path))  # one that is known and gone is reported by the run
    if known is None and not path.exists():
        raise UsageError(f"{path}: no such file or folder")
    return known or SourceSpec(str(path))


def _named(word: str, archive: Archive) -> SourceState:
    """The source of that name or place; a UsageError that names those there are."""
    states = archive.sources()
    place = str(Path(word).expanduser().absolute())
    for meant in (word, place):
        for one in states:
            if meant in (one.spec.name, one.spec.location):
                return one
    known = ", ".join(one.spec.shown for one in states) or "none yet"
    raise UsageError(f"{word}: no such source; there are {known}")


def _nothing_read(report: IndexReport) -> bool:
    return bool(report.failed) and not (report.added or report.changed or report.unchanged or report.removed)


def ask(arguments: Namespace, settings: Settings) -> int:
    """One question, or with --batch those of a file."""
    if arguments.batch is not None:
        return _ask_many(arguments, settings)
    question = _question(arguments)
    with _asked(arguments, settings) as archive, _waiting():
        answer = archive.ask(question, as_of=arguments.as_of, top=arguments.top)
    if arguments.json:
        _utf8(sys.stdout.write)(f"{line(answer_document(answer))}\n")
    else:
        _show(answer)
    return DONE if answer.answered else DECLINED


def _question(arguments: Namespace) -> str:
    question = " ".join(arguments.question).strip()
    if arguments.output is not None:
        raise UsageError("--output goes with --batch")
    if not question:
        raise UsageError('there is no question: ask "Who ...?"')
    if not encodable(question):
        raise UsageError("the question is not UTF-8 text")
    return question


def _ask_many(arguments: Namespace, settings: Settings) -> int:
    source: Path = arguments.batch
    target: Path | None = arguments.output
    if arguments.question:
        raise UsageError("give a question or --batch, not both")
    if not source.is_file():
        raise UsageError(f"{source}: no such file")
    if target is not None and target.exists() and target.samefile(source):
        raise UsageError("--output is the file of the questions: name another")
    with _asked(arguments, settings) as archive:

        def one(query: Query) -> Answer:
            return archive.ask(query.question, as_of=query.as_of or arguments.as_of, top=arguments.top, keep=False)

        lines = list(io.BytesIO(source.read_bytes()))  # by \n alone
        aside = _aside()
        followed = track(lines, "Asking", console=aside, disable=not aside.is_terminal, transient=True)
        _write(answers(followed, one), target)
    return DONE


def _write(lines: Iterable[str], target: Path | None) -> None:
    if target is None:
        write = _utf8(sys.stdout.write)
        for words in lines:
            write(f"{words}\n")
        return
    with target.open("w", encoding="utf-8", newline="\n") as stream:
        for words in lines:
            stream.write(f"{words}\n")


def chat(arguments: Namespace, settings: Settings) -> int:
    """Question after question, until the input ends."""
    with _asked(arguments, settings) as archive:
        aside = _aside()
        if sys.stdin.isatty():
            aside.print("Ask a question; an empty line or Ctrl-D ends.")
            for example in archive.examples():
                aside.print(f"  {show.safe(example)}", style="dim")
        for question in _typed():
            with _waiting():
                answer = archive.ask(question)
            _show(answer)
            show.console().print()
    return DONE


def _typed() -> Iterator[str]:
    """What is typed line by line, until an empty line at a terminal or the end."""
    if not sys.stdin.isatty():
        yield from (question for text in sys.stdin if (question := text.strip()) and encodable(question))
        return
    import readline  # noqa: F401  # gives the prompt its history

    try:
        while question := input("? ").strip():
            yield question
    except (EOFError, KeyboardInterrupt):
        sys.stdout.write("\n")


def status(_arguments: Namespace, settings: Settings) -> int:
    """The archive at a glance."""
    with closing(open_archive(settings)) as archive:
        facts, states = archive.status(), archive.sources()
    texts, zone = catalogue(ENGLISH), settings.answers.zone
    listed = _listed(states, {one.location: one.schedule for one in settings.sources}, zone)
    show.show(show.console(), show.status_lines(facts, texts, zone, settings.archive.path))
    show.show(show.console(), show.source_status_lines(listed, texts, zone))
    return DONE


def sources(arguments: Namespace, settings: Settings) -> int:
    """The sources at a glance, or how each reading of one went."""
    zone, texts = settings.answers.zone, catalogue(ENGLISH)
    schedules = {one.location: one.schedule for one in settings.sources}
    with closing(open_archive(settings)) as archive:
        if arguments.name is not None:
            state = _named(arguments.name, archive)
            lines = show.history_lines(state, archive.history(state.spec.location), texts, zone)
        else:
            lines = show.source_lines(_listed(archive.sources(), schedules, zone), texts, zone)
        show.show(show.console(), lines)
    return DONE


def _listed(states: Iterable[SourceState], schedules: Mapping[str, Schedule | None], zone: tzinfo) -> list[Listed]:
    """The sources with their next times."""
    now = datetime.now(UTC)
    planned = ((one, schedules.get(one.spec.location)) for one in states)
    return [Listed(one, schedule.after(now, zone) if schedule else None) for one, schedule in planned]


def articles(arguments: Namespace, settings: Settings) -> int:
    """A page of the articles, or of the removed ones."""
    page, size = arguments.page - 1, arguments.size
    with closing(open_archive(settings)) as archive:
        if arguments.removed:
            coverage = archive.removed(page=page, size=size)
        else:
            coverage = archive.articles(" ".join(arguments.match), page=page, size=size)
    show.show(show.console(), show.coverage_lines(coverage, catalogue(ENGLISH)))
    return DONE


def remove(arguments: Namespace, settings: Settings) -> int:
    """Take articles out: gone at once everywhere, and later runs do not bring them back."""
    with closing(open_archive(settings)) as archive:
        if arguments.erase:
            return _each(arguments.articles, lambda number: archive.erase(number, by=BY), "Erased for good")
        outcome = _each(arguments.articles, lambda number: archive.remove(number, by=BY), "Removed")
        archive.tidy()
    return outcome


def restore(arguments: Namespace, settings: Settings) -> int:
    """Bring removed articles back, or with a file the whole archive."""
    given: list[str] = arguments.what
    if all(word.isdecimal() for word in given):
        if arguments.force:
            raise UsageError("--force goes with a backup file")
        with closing(open_archive(settings)) as archive:
            return _each([int(word) for word in given], lambda number: archive.restore(number, by=BY), "Restored")
    if len(given) > 1:
        raise UsageError("give the numbers of removed articles, or one backup file")
    return _restore_backup(Path(given[0]).expanduser(), settings, force=arguments.force)


def _restore_backup(file: Path, settings: Settings, *, force: bool) -> int:
    data = settings.archive.path
    if not file.is_file():
        raise UsageError(f"{file}: no such backup file, and no number of an article")
    with occupied(data):
        if (data / DATABASE).exists():
            if not force:
                raise UsageError(f"{data} holds an archive already: --force puts it aside and restores the backup")
            _nobody_runs(settings)
        aside = backups.restore(data, file, datetime.now(UTC))
        with closing(open_archive(settings)) as archive:
            archive.tidy()
            count = archive.status().articles
    show.console().print(show.safe(f"Restored {file}: {count:,} articles"), soft_wrap=True)
    if aside is not None:
        show.console().print(show.safe(f"What was there before is in {aside}"), soft_wrap=True)
    return DONE


def _nobody_runs(settings: Settings) -> None:
    """UsageError where a run uses the archive; one that cannot be opened has none."""
    try:
        with closing(open_archive(settings)) as archive:
            running = archive.run()
    except StoreError:
        return
    if running is not None:
        raise UsageError(f"a run is under way (process {running.pid}): wait for it or cancel it")


def backup(arguments: Namespace, settings: Settings) -> int:
    """Copy all that cannot be made again into one file."""
    now, folder = datetime.now(UTC), settings.backup_folder
    file: Path = arguments.file.expanduser() if arguments.file else backups.named(folder, now)
    if file.is_dir():
        file = backups.named(file, now)
    made = backups.make(settings.archive.path, file, now)
    if arguments.file is None:
        backups.prune(folder, settings.backup.keep)
    show.console().print(show.safe(f"{made.path}  {made.size / 1_000_000:,.1f} MB"), soft_wrap=True)
    _aside().print("It holds the key of the bot: keep it where nobody else can read it.", soft_wrap=True)
    return DONE


FIELDS = {"title": "title", "outlet": "outlet", "published": "published", "author": "authors"}
"""An option of `edit` -> what it corrects."""


def edit(arguments: Namespace, settings: Settings) -> int:
    """Correct an article, or go back to what was read; alone, show both."""
    given = {field: words for option, field in FIELDS.items() if (words := getattr(arguments, option)) is not None}
    if given and arguments.undo:
        raise UsageError("--undo goes back to what was read: give it alone")
    with closing(open_archive(settings)) as archive:
        change = _correction(given)
        if arguments.undo:
            archive.undo_edit(arguments.article)
        elif given:
            archive.edit(arguments.article, change, by=BY)
        known = archive.edited(arguments.article)
    show.show(show.console(), show.edited_lines(known, catalogue(ENGLISH)))
    return DONE


def _correction(given: Mapping[str, str]) -> Edit:
    """What was typed as one correction. UsageError where something cannot be read."""
    change = Edit()
    for field, words in given.items():
        option = next(name for name, known in FIELDS.items() if known == field)
        try:
            change = Archive.correction(field, words).over(change)
        except ValueError as error:
            raise UsageError(f"--{option} {words!r}: {error}") from None
    return change


def _each(numbers: list[int], act: Callable[[int], ArticleCard | None], done: str) -> int:
    """Do it to each article and tell; one that cannot be done does not hold up the others."""
    outcome = DONE
    texts = catalogue(ENGLISH)
    for number in numbers:
        try:
            card = act(number)
        except ArchiveError as error:
            _aside().print(f"quotewire: {error}", soft_wrap=True)
            outcome = WRONG
            continue
        words = show.safe(f"{done} {number}: {show.named(card, texts)}" if card else f"{done}: {number}")
        show.console().print(words, soft_wrap=True)
    return outcome


@contextmanager
def _asked(arguments: Namespace, settings: Settings) -> Iterator[Archive]:
    """The archive that the questions go to: the real one, or with --sample the sample."""
    archive = open_sample(settings, _aside()) if arguments.sample else open_archive(settings)
    with closing(archive):
        yield archive


def _waiting() -> AbstractContextManager[object]:
    """A sign at a terminal that it is being worked on: the first question waits for the model."""
    aside = _aside()
    return aside.status("Looking it up") if aside.is_terminal else nullcontext()


def _show(answer: Answer) -> None:
    show.show(show.console(), show.answer_lines(answer, catalogue(ENGLISH), program()))


def _aside() -> Console:
    return show.console(sys.stderr)


def _utf8(write: Callable[[str], int]) -> Callable[[str], int]:
    """`write` of standard output after making sure that it takes every letter: JSON is UTF-8 whatever the locale."""
    if (sys.stdout.encoding or "").lower().replace("-", "") != "utf8" and hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")
    return write


Command = Callable[[Namespace, Settings], int]

COMMANDS: Mapping[str, Command] = {
    "serve": serve,
    "index": index,
    "ask": ask,
    "chat": chat,
    "evaluate": evaluate,
    "calibrate": calibrate,
    "status": status,
    "sources": sources,
    "articles": articles,
    "remove": remove,
    "restore": restore,
    "backup": backup,
    "furniture": furniture,
    "edit": edit,
}
"""What is typed, and what it does. What can be typed after it is in `cli`."""
