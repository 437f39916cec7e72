"""A strict Telegram Bot API on this machine: a real port, real rules, and people who use the bot.

For tests and for trying the bot out without an account. Nothing outside the machine is reached; nothing here knows
pytest or the bot. Start it with `async with TelegramServer() as server`, attach any bot by `server.base_url` and
`server.base_file_url`, and move people with `server.person()`:

    reader = server.person("Ada")
    answer = await reader.asks("Who said that?")
    press = await reader.presses(answer, "More")
    await press.answered()

`text`, `entities`, `html_markup`, `markdown_markup`, `links` and `weblinks` hold the rules for texts, `limits` the
flood limits, `world` the state, `methods` the bot's hand, `people`, `client` and `places` the people's, `server` the
wire. What only Telegram's own backend decides (some error names, exact flood numbers) follows public reports.
"""

from __future__ import annotations

from .client import Person, Press
from .people import People
from .places import Channel, Place
from .server import DEFAULT_TOKEN, Request, TelegramServer
from .views import Button, CallbackAnswer, InlineAnswer, InlineResult, Message

__all__ = [
    "DEFAULT_TOKEN",
    "Button",
    "CallbackAnswer",
    "Channel",
    "InlineAnswer",
    "InlineResult",
    "Message",
    "People",
    "Person",
    "Place",
    "Press",
    "Request",
    "TelegramServer",
]
