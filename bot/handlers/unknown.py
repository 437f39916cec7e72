"""Commands that nobody knows."""

from __future__ import annotations

from telegram import Update

from bot.context import BotContext


async def command(update: Update, context: BotContext) -> None:
    """In private only: in a group it may be another bot's."""
    visit = await context.visit(update)
    await visit.say("asked.unknown_command")
