"""The life of the running bot: start, poll, watch, stop within seconds.

Called by `app`. It ends by a signal, or by itself where it cannot go on: a wrong token, or another program that polls
with the same one.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
import threading
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, cast

from telegram.error import InvalidToken, NetworkError, TelegramError
from telegram.ext import Updater

from bot.background.source_alarms import watch_sources
from bot.background.withdrawals import watch_removals
from bot.context import BotApplication, Services, services_of
from bot.delivery import menus
from bot.delivery.polling import ALLOWED_UPDATES, watch
from bot.handlers.backups import make_up
from bot.handlers.errors import WRONG_TOKEN
from index.errors import StoreError

log = logging.getLogger(__name__)

EVERY_DAY = 86_400.0  # seconds
EVERY_HOUR = 3_600.0
STOP_SECONDS = 4.0
"""The longest a stop may take; what is not finished then is given up."""
WRONG = 2


def run(application: BotApplication) -> int:
    """Run until stopped. The exit status: 0, or 2 where it cannot run, in one line on standard error."""
    problem = asyncio.run(_run(application))
    if problem is not None:
        sys.stderr.write(f"{problem}\n")
    status = 0 if problem is None else WRONG
    if any(not thread.daemon for thread in threading.enumerate() if thread is not threading.main_thread()):
        logging.shutdown()  # a worker is still busy, as with a model being loaded: it must not hold up the end
        sys.stderr.flush()
        os._exit(status)
    return status


async def _run(application: BotApplication) -> str | None:
    services = services_of(application)
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError, RuntimeError, ValueError):  # not in a thread, not on every system
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
    try:
        await start(application)
    except InvalidToken:
        return WRONG_TOKEN
    except NetworkError as error:
        return f"Telegram cannot be reached: {error}"
    try:
        await _until(stop, services)
    finally:
        await shut(application)
    return services.fatal


async def start(application: BotApplication) -> None:
    """Connect, publish the menus, begin to poll. Raises InvalidToken or NetworkError."""
    services = services_of(application)
    await application.initialize()
    await application.start()
    services.spawn(menus.publish(application.bot, services.access.admins))
    await poll(application)
    updater = cast(Updater, application.updater)
    seconds = float(services.settings.telegram.poll_seconds)
    watching = watch(updater, services.polling, lambda: poll(application), silence=2 * seconds + 30, every=5.0)
    services.spawn(watching)
    services.spawn(watch_removals(services))
    services.spawn(forget_daily(services))
    services.spawn(services.timetable.make_up())
    services.spawn(services.timetable.work())
    services.spawn(watch_sources(services))
    services.spawn(make_up(services))
    services.spawn(services.taker.run())
    services.spawn(expire_drafts(services))
    log.info("answering as @%s", application.bot.username)
    if application.bot.supports_inline_queries:
        log.info(
            "Inline mode is on. Quotes sent by it can be withdrawn only if Telegram tells which were chosen: "
            "send /setinlinefeedback to @BotFather and choose 100 %."
        )


async def forget_daily(services: Services) -> None:
    """Erase what was remembered of readers for long enough; now and every day. Runs until cancelled."""
    while True:
        try:
            await services.archive.expire_questions()
            await services.journal.expire(services.settings.answers.question_days)
        except StoreError as error:
            log.warning("what is to be forgotten stays for another day: %s", error)
        await asyncio.sleep(EVERY_DAY)


async def expire_drafts(services: Services) -> None:
    """Erase what nobody decided about within a day; now and every hour. Runs until cancelled."""
    while True:
        try:
            await services.journal.drafts.expire()
        except StoreError as error:
            log.warning("what nobody decided about stays for another hour: %s", error)
        await asyncio.sleep(EVERY_HOUR)


async def poll(application: BotApplication) -> None:
    """Begin to fetch updates."""
    services = services_of(application)

    def failed(error: TelegramError) -> None:
        application.create_task(application.process_error(None, error))

    await cast(Updater, application.updater).start_polling(
        timeout=services.settings.telegram.poll_seconds,
        bootstrap_retries=5,
        allowed_updates=list(ALLOWED_UPDATES),
        error_callback=failed,
    )


async def _until(stop: asyncio.Event, services: Services) -> None:
    while not stop.is_set() and services.fatal is None:
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), 0.2)


async def shut(application: BotApplication) -> None:
    """Stop polling, stop a run, stop waiting, close: each within its time."""
    services = services_of(application)
    services.outbox.close()
    services.timetable.close()
    updater = cast(Updater, application.updater)
    stopping = [_within(STOP_SECONDS / 2, services.runner.close())]
    if updater.running:
        stopping.append(_within(STOP_SECONDS / 2, updater.stop()))
    await asyncio.gather(*stopping)
    for task in list(services.tasks):
        task.cancel()
    if application.running:
        await _within(STOP_SECONDS / 4, application.stop())
    await _within(STOP_SECONDS / 4, application.shutdown())
    services.bridge.close()


async def _within(seconds: float, work: Coroutine[Any, Any, object]) -> None:
    try:
        await asyncio.wait_for(work, seconds)
    except TimeoutError:
        log.warning("something did not stop in time and was given up")
    except Exception:
        log.exception("while stopping")
