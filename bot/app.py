"""The Telegram bot: the table of handlers, the recurring jobs, and running it.

`serve` is called by the command line. The parts are put together in `build`.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

from telegram import Message
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    ChosenInlineResultHandler,
    CommandHandler,
    ContextTypes,
    InlineQueryHandler,
    JobQueue,
    MessageHandler,
    filters,
)

from bot.access.limits import Access
from bot.access.roles import Action, Standing, may
from bot.build import build_bot, build_services
from bot.context import SERVICES, BotApplication, BotContext, Services, services_of
from bot.delivery.polling import HeardRequest, InTurn
from bot.folder_lock import occupied
from bot.handlers import (
    admin,
    ask,
    audit,
    backups,
    browse,
    channel,
    edits,
    errors,
    groups,
    inline,
    intake,
    inventory,
    people,
    personal,
    pressing,
    reports,
    statistics,
    unanswered,
    unknown,
)
from bot.handlers.admission import Handler, guarded
from bot.lifecycle import run
from bot.scheduling.index_process import index_command
from bot.scheduling.job_queue import repeat
from config.settings import Settings
from index.archive import Archive
from index.datatypes import SourceSpec

NEW = filters.UpdateType.MESSAGE
NEW_OR_EDITED = filters.UpdateType.MESSAGE | filters.UpdateType.EDITED_MESSAGE
SERVICE = filters.StatusUpdate.ALL
# A command is its sender's only where they wrote it: what is forwarded, or comes by another bot, is somebody else's.
OWN = ~filters.FORWARDED & ~filters.VIA_BOT & ~filters.IS_AUTOMATIC_FORWARD

ADMINISTRATORS: Mapping[str, Handler] = {
    "status": admin.status,
    "reindex": admin.reindex,
    "cancel": admin.cancel,
    "articles": admin.articles,
    "remove": admin.remove,
    "restore": admin.restore,
    "reports": reports.inbox,
    "sources": inventory.sources,
    "backup": backups.backup,
    "edit": edits.command,
    "forget": channel.forget,
    "unanswered": unanswered.unanswered,
    "questions": statistics.questions,
    "feedback": statistics.feedback,
    "audit": audit.audit,
    "allow": people.allow,
    "ban": people.ban,
}
"""The commands of administrators."""


def serve(settings: Settings, archive: Archive, config: Path | None = None) -> int:
    """Run the bot until it is stopped. The exit status: 0, or 2 where it cannot run, in one line.

    `config` is the settings file that was named, for the processes that index next to this one.
    """
    with occupied(settings.archive.path):
        application = build_application(settings, archive, index_command(config))
        threading.Thread(target=archive.warm, name="quotewire-warm", daemon=True).start()
        return run(application)


def build_application(settings: Settings, archive: Archive, indexing: Sequence[str] = ()) -> BotApplication:
    """The bot, ready to run. Raises StoreError or ValueError where its own files cannot be used.

    `indexing` is the command that indexes in a process of its own; without it that is done in a thread of this one.
    """
    polling = HeardRequest(connection_pool_size=4, read_timeout=settings.telegram.poll_seconds + 10.0)
    bot = build_bot(settings, polling)
    services = build_services(settings, archive, bot, polling, indexing)
    queue: JobQueue[BotContext] = JobQueue()
    application: BotApplication = (
        Application.builder()
        .bot(bot)
        .context_types(ContextTypes(context=BotContext))
        .concurrent_updates(InTurn(services.outbox))
        .job_queue(queue)
        .build()
    )
    application.bot_data[SERVICES] = services
    register_handlers(application)
    schedule_jobs(queue, services)
    return application


def schedule_jobs(queue: JobQueue[BotContext], services: Services) -> None:
    """Schedule the recurring jobs."""
    table, zone = services.timetable, services.settings.answers.zone
    for plan in table.plans.values():

        async def due(spec: SourceSpec = plan.spec) -> None:
            table.due(spec)

        repeat(queue, plan.spec.shown, plan.schedule, zone, due)
    copying = services.settings.backup.schedule
    if copying is not None:
        repeat(queue, "backup", copying, zone, lambda: backups.make_by_schedule(services))


class Administers(filters.MessageFilter):
    """Messages of those who may administer, by the table of roles; decisions about readers are ignored."""

    def __init__(self, access: Access) -> None:
        super().__init__("administers")
        self._access = access

    def filter(self, message: Message) -> bool:
        """Whether its sender may."""
        sender = message.from_user
        return sender is not None and may(self._access.role(sender.id, Standing.UNKNOWN), Action.ADMINISTER)


def register_handlers(application: BotApplication) -> None:
    """Register the handlers."""
    admins = Administers(services_of(application).access) & filters.ChatType.PRIVATE & NEW
    add = application.add_handler
    # readers
    add(CommandHandler("start", guarded(Action.OPEN, personal.start), NEW & OWN))
    add(CommandHandler("help", guarded(Action.OPEN, personal.show_help), NEW & OWN))
    add(CommandHandler("ask", ask.command, NEW_OR_EDITED & OWN))
    add(CommandHandler("new", guarded(Action.ASK, ask.new), NEW & OWN))
    add(CommandHandler("latest", browse.latest, NEW & OWN))
    add(CommandHandler("language", guarded(Action.ABOUT, personal.language), NEW & OWN))
    add(CommandHandler("privacy", guarded(Action.OWN, personal.privacy), NEW & OWN))
    add(CommandHandler("forgetme", guarded(Action.OWN, personal.forget_me), NEW & OWN))
    add(CommandHandler("id", guarded(Action.ABOUT, personal.number), NEW & OWN))
    add(CommandHandler("settings", guarded(Action.PRESS, groups.settings), NEW & OWN))
    # administrators, in private; everybody else is refused
    for name, handler in ADMINISTRATORS.items():
        add(CommandHandler(name, handler, admins & OWN))
    add(CommandHandler(list(ADMINISTRATORS), admin.refuse, NEW & OWN))
    # what administrators submit, and what they reply when asked for a headline, outlet or date
    add(MessageHandler(admins & (filters.FORWARDED | filters.Document.ALL), intake.submitted))
    add(MessageHandler(admins & filters.REPLY & filters.TEXT & ~filters.COMMAND, intake.answered))
    add(MessageHandler(admins & intake.ONLY_LINK, intake.link))
    # channels that are sources
    add(MessageHandler(filters.UpdateType.CHANNEL_POSTS & ~SERVICE, channel.posted))
    # everything that is not a command
    add(MessageHandler(filters.COMMAND & filters.ChatType.PRIVATE & NEW, guarded(Action.OPEN, unknown.command)))
    add(MessageHandler(filters.StatusUpdate.MIGRATE & NEW, groups.migrated))
    add(MessageHandler(NEW_OR_EDITED & ~SERVICE, ask.message))
    add(CallbackQueryHandler(pressing.press))
    add(InlineQueryHandler(inline.query))
    add(ChosenInlineResultHandler(inline.chosen))
    add(ChatMemberHandler(groups.membership, ChatMemberHandler.MY_CHAT_MEMBER))
    application.add_error_handler(errors.failed)
