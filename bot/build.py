"""The parts of the running bot, put together: nothing below makes its own.

Called by `app`.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from telegram import Bot, LinkPreviewOptions
from telegram.ext import Defaults, ExtBot
from telegram.request import HTTPXRequest

from bot.access.limits import Access
from bot.access.roles import Mode
from bot.background.tell_administrators import tell_administrators
from bot.context import Services
from bot.delivery.outbox import Outbox
from bot.delivery.polling import HeardRequest
from bot.journal import JOURNAL, Journal
from bot.keys import open_seal
from bot.messages.reply import Quoted, Reply
from bot.open_archive import sources
from bot.scheduling.index_process import InChild, InThread, Runner, index_environment
from bot.scheduling.submissions import Taker
from bot.scheduling.timetable import Plan, Timetable
from bot.threads.async_archive import AsyncArchive
from bot.threads.async_journal import AsyncJournal
from bot.threads.bridge import Bridge
from config.settings import Settings
from index.archive import Archive

KEY = "bot.key"  # its name in the data folder


def build_bot(settings: Settings, polling: HeardRequest) -> ExtBot[None]:
    """The connection to Telegram; updates come by `polling`. ValueError where no token is set."""
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


def build_services(
    settings: Settings, opened: Archive, bot: Bot, polling: HeardRequest, indexing: Sequence[str]
) -> Services:
    """All parts over one archive; `indexing` as for `build_application`. Raises StoreError or ValueError."""
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
