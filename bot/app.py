"""The Telegram bot put together: the readable table of handlers, and running it.

`serve` is called by the command line. Everything is built here and handed down; nothing below makes its own.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from pathlib import Path

from telegram import Bot, LinkPreviewOptions, Message
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    ChosenInlineResultHandler,
    CommandHandler,
    ContextTypes,
    Defaults,
    ExtBot,
    InlineQueryHandler,
    JobQueue,
    MessageHandler,
    filters,
)
from telegram.request import HTTPXRequest

from bot.access.limits import Access
from bot.access.roles import Action, Mode, Standing, may
from bot.background.tell_administrators import tell_administrators
from bot.context import SERVICES, BotApplication, BotContext, Services, services_of
from bot.delivery.outbox import Outbox
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
from bot.handlers.admission import guarded
from bot.journal import JOURNAL, Journal
from bot.keys import open_seal
from bot.lifecycle import run
from bot.messages.reply import Quoted, Reply
from bot.open_archive import sources
from bot.scheduling.index_process import InChild, InThread, Runner, index_command, index_environment
from bot.scheduling.job_queue import repeat
from bot.scheduling.submissions import Taker
from bot.scheduling.timetable import Plan, Timetable
from bot.threads.async_archive import AsyncArchive
from bot.threads.async_journal import AsyncJournal
from bot.threads.bridge import Bridge
from config.settings import Settings
from index.archive import Archive
from index.datatypes import SourceSpec

KEY = "bot.key"

NEW = filters.UpdateType.MESSAGE
NEW_OR_EDITED = filters.UpdateType.MESSAGE | filters.UpdateType.EDITED_MESSAGE
SERVICE = filters.StatusUpdate.ALL
# A command is its sender's only where they wrote it: what is forwarded, or comes by another bot, is somebody else's.
OWN = ~filters.FORWARDED & ~filters.VIA_BOT & ~filters.IS_AUTOMATIC_FORWARD


def serve(settings: Settings, archive: Archive, config: Path | None = None) -> int:
    """Run the bot until it is stopped. The exit status: 0, or 2 where it cannot run, in one line.

    `config` is the settings file that was named, for the processes that index beside this one.
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
    bot = _bot(settings, polling)
    services = _services(settings, archive, bot, polling, indexing)
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
    add_handlers(application, settings)
    keep_time(queue, services)
    return application


def keep_time(queue: JobQueue[BotContext], services: Services) -> None:
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


def add_handlers(application: BotApplication, settings: Settings) -> None:
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
    # administrators, in private
    add(CommandHandler("status", admin.status, admins & OWN))
    add(CommandHandler("reindex", admin.reindex, admins & OWN))
    add(CommandHandler("cancel", admin.cancel, admins & OWN))
    add(CommandHandler("articles", admin.articles, admins & OWN))
    add(CommandHandler("remove", admin.remove, admins & OWN))
    add(CommandHandler("restore", admin.restore, admins & OWN))
    add(CommandHandler("reports", reports.inbox, admins & OWN))
    add(CommandHandler("sources", inventory.sources, admins & OWN))
    add(CommandHandler("backup", backups.backup, admins & OWN))
    add(CommandHandler("edit", edits.command, admins & OWN))
    add(CommandHandler("forget", channel.forget, admins & OWN))
    add(CommandHandler("unanswered", unanswered.unanswered, admins & OWN))
    add(CommandHandler("questions", statistics.questions, admins & OWN))
    add(CommandHandler("feedback", statistics.feedback, admins & OWN))
    add(CommandHandler("audit", audit.audit, admins & OWN))
    add(CommandHandler("allow", people.allow, admins & OWN))
    add(CommandHandler("ban", people.ban, admins & OWN))
    add(CommandHandler(["status", "reindex", "cancel", "articles", "remove", "restore"], admin.refuse, NEW & OWN))
    add(CommandHandler(["allow", "ban", "unanswered", "questions", "feedback", "audit"], admin.refuse, NEW & OWN))
    add(CommandHandler(["edit", "forget", "sources", "backup", "reports"], admin.refuse, NEW & OWN))
    # what administrators hand in, and what they answer when asked for a headline, outlet or date
    add(MessageHandler(admins & (filters.FORWARDED | filters.Document.ALL), intake.handed))
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


def _bot(settings: Settings, polling: HeardRequest) -> ExtBot[None]:
    telegram = settings.telegram
    if telegram.token is None:
        raise ValueError("no bot token is set")
    return ExtBot(
        telegram.token.get_secret_value(),
        base_url=telegram.base_url,
        base_file_url=telegram.base_file_url,
        request=HTTPXRequest(connection_pool_size=32, pool_timeout=10.0, read_timeout=10.0),
        get_updates_request=polling,
        defaults=Defaults(link_preview_options=LinkPreviewOptions(is_disabled=True)),
    )


def _services(
    settings: Settings, opened: Archive, bot: Bot, polling: HeardRequest, indexing: Sequence[str]
) -> Services:
    folder, bridge = settings.archive.path, Bridge()
    seal = open_seal(folder / KEY)
    archive, journal = AsyncArchive(opened, bridge), AsyncJournal(Journal(folder / JOURNAL, seal), bridge)

    async def alarm(quoted: Quoted) -> None:
        """Tell the administrators that a quote came out different from the archive."""
        values = {"article": str(quoted.citation.article.id), "version": str(quoted.citation.version_id)}
        services.spawn(tell_administrators(services, lambda texts, _: Reply(texts.say("alarm.quote", **values))))

    runner = _runner(settings, archive, indexing)
    services = Services(
        settings=settings,
        archive=archive,
        bridge=bridge,
        journal=journal,
        seal=seal,
        access=_access(settings),
        outbox=Outbox(bot, verify=archive.verify, alarm=alarm, migrated=journal.migrate),
        started=time.monotonic(),
        runner=runner,
        polling=polling,
        taker=Taker(archive),
        timetable=Timetable(archive, runner, _plans(settings), settings.answers.zone),
    )
    return services


def _access(settings: Settings) -> Access:
    telegram = settings.telegram
    return Access(
        telegram.admins,
        telegram.questions_per_minute,
        time.monotonic,
        mode=Mode(telegram.access),
        readers=telegram.readers,
    )


def _runner(settings: Settings, archive: AsyncArchive, indexing: Sequence[str]) -> Runner:
    if indexing:
        return InChild(archive, indexing, index_environment(settings))
    return InThread(archive, sources(settings))


def _plans(settings: Settings) -> dict[str, Plan]:
    """The sources that have a schedule, by location."""
    times = {one.location: one.schedule for one in settings.sources}
    planned = ((spec, times.get(spec.location)) for spec in sources(settings))
    return {spec.location: Plan(spec, schedule) for spec, schedule in planned if schedule is not None}
