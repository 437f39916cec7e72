"""/backup for administrators: the last one, and a new one; and the one that a schedule makes.

Registered by `app`; the button is listed in `pressing`.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime

from telegram import Update

from bot import backup as backups
from bot.background.tell_administrators import tell_administrators
from bot.context import BotContext, Services, Visit
from bot.handlers.press_result import Outcome
from bot.messages import keyboards
from bot.messages.buttons import Press, Pressed
from bot.messages.reply import Reply
from bot.messages.runs_and_status import size_shown
from index.errors import ArchiveError

log = logging.getLogger(__name__)


async def backup(update: Update, context: BotContext) -> None:
    """/backup: where and how large the last one is."""
    visit = await context.visit(update)
    await visit.send(await _overview(visit))


async def _overview(visit: Visit) -> Reply:
    services, say = visit.services, visit.texts.say
    settings, zone = services.settings, services.settings.answers.zone
    folder = settings.backup_folder
    known = await services.bridge(backups.known, folder)
    lines = [say("backup.none", folder=folder)]
    if known:
        last = known[0]
        when = visit.texts.moment(last.made.astimezone(zone))
        lines = [
            say("backup.last", when=when, size=size_shown(last.size), name=last.path.name),
            say("backup.kept", count=len(known), folder=folder),
        ]
    if settings.backup.schedule is not None:
        following = settings.backup.schedule.after(datetime.now(UTC), zone)
        lines.append(say("backup.next", when=visit.texts.moment(following.astimezone(zone))))
    lines += ["", say("backup.secret")]
    button = keyboards.button(say("button.backup_now"), visit.encode(Press.BACKUP))
    return Reply("\n".join(lines), keyboard=keyboards.keyboard([[button]]))


async def make_now(visit: Visit, pressed: Pressed) -> Outcome:
    """The button: goes on behind this handler and ends in a message of its own."""
    services = visit.services
    if services.is_backing_up:
        return Outcome(visit.texts.say("backup.busy"))
    services.is_backing_up = True  # at once: a second press may come before the work begins
    services.spawn(_made_for(visit))
    return Outcome(visit.texts.say("backup.making"))


async def _made_for(visit: Visit) -> None:
    services, say = visit.services, visit.texts.say
    try:
        made = await _make(services)
    except ArchiveError as error:
        log.error("a backup could not be made: %s", error)
        await visit.say("backup.failed", reason=str(error))
        return
    await services.journal.audit.note(visit.user_id, "backup", made.path.name)
    words = say("backup.made", name=made.path.name, size=size_shown(made.size))
    await visit.send(Reply(f"{words}\n{say('backup.secret')}"))


async def _make(services: Services) -> backups.Backup:
    settings = services.settings
    now, folder = datetime.now(UTC), settings.backup_folder
    services.is_backing_up = True
    try:
        made = await services.bridge.long(backups.make, settings.archive.path, backups.named(folder, now), now)
        await services.bridge(backups.prune, folder, settings.backup.keep)
    finally:
        services.is_backing_up = False
    log.info("a backup was made: %s", made.path.name)
    return made


async def make_by_schedule(services: Services) -> None:
    """Make one; the administrators hear of it only where it fails."""
    if services.is_backing_up:
        return
    try:
        await _make(services)
    except ArchiveError as error:
        log.error("a backup could not be made: %s", error)
        reason = str(error)
        services.spawn(tell_administrators(services, lambda texts, _: Reply(texts.say("backup.failed", reason=reason))))


async def make_up(services: Services) -> None:
    """Make the backup whose time came while the bot was not running."""
    settings = services.settings
    schedule = settings.backup.schedule
    if schedule is None:
        return
    known = await services.bridge(backups.known, settings.backup_folder)
    if not known or known[0].made < schedule.before(datetime.now(UTC), settings.answers.zone):
        await make_by_schedule(services)
