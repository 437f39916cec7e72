"""A person at the terminal: what they type becomes what an app of Telegram would do.

Run by `__main__`. Knows the server and nothing of the bot behind it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from telegram_api import Button, InlineResult, Message, Person, Place, TelegramServer
from telegram_api.incoming import sees

from .desk import ADMIN
from .screen import Screen

HELP = """\
Type a question. A number presses the button with that number. Besides the bot's own commands (/help) there are:
  /inline TEXT         type @{bot} TEXT in any chat and see the cards; a number then sends one
  /edit TEXT           change your last message
  /reply TEXT          reply to the bot's last message
  /group, /private     go to a group, where the bot hears only @{bot}, replies and commands; and back
  /as admin, /as NAME [LANGUAGE]   be the administrator, or any reader whose Telegram speaks that language
  /sticker, /photo TEXT            send something that is not a text
  /wait SECONDS        only watch
  /quit                leave; /? shows this again"""
FIRST_WORD = 30.0
"""Seconds that the bot's first sign may take: the first question loads the model."""
QUIET = 0.6
"""Seconds of silence after which the bot is taken to be done."""
VISIBLE = ("sent", "edited", "deleted")


@dataclass
class Client:
    """One terminal: who is at it, in which chat, and what the numbers on the screen mean."""

    server: TelegramServer
    screen: Screen
    who: Person
    group: Place | None = None
    in_group: bool = False
    written: Message | None = None
    choices: list[Button] | list[InlineResult] = field(default_factory=list)
    shown: Message | None = None
    _seen: int = 0
    _people: dict[str, Person] = field(default_factory=dict)

    @property
    def where(self) -> Place | None:
        """The group, or None for the private chat."""
        return self.group if self.in_group else None

    @property
    def prompt(self) -> str:
        """Who is typing, and where."""
        place = f" in {self.group.chat.title}" if self.in_group and self.group else ""
        return f"{self.who.user.first_name}{place} › "

    async def types(self, line: str) -> bool:
        """Do what a line says; False where it says to leave. Mistakes are told, never raised."""
        command, _, rest = line.partition(" ")
        if command in ("/quit", "/exit"):
            return False
        try:
            if line.isdecimal():
                await self._choose(int(line))
            elif command in COMMANDS:
                await COMMANDS[command](self, rest.strip())
            elif line:
                await self._say(line)
        except (LookupError, ValueError, TimeoutError) as error:
            self.screen.say(str(error))
        return True

    # -- doing

    async def _say(self, words: str, reply_to: Message | None = None) -> None:
        self.written = await self.who.says(words, self.where, reply_to=reply_to)
        if not sees(self.server.bot, self.written.chat, self.written.stored):
            name = self.server.bot.username
            self.screen.say(f"The bot does not see this. In a group write @{name}, reply to it, or use /ask.")
            return
        await self._watch()

    async def _reply(self, words: str) -> None:
        if self.shown is None:
            raise ValueError("There is no message of the bot to reply to.")
        await self._say(words, self.shown)

    async def _edit(self, words: str) -> None:
        if self.written is None:
            raise ValueError("There is no message of yours to edit.")
        await self.who.edits(self.written, words)
        await self._watch()

    async def _inline(self, words: str) -> None:
        found = await self.who.inline(words, chat_type="group" if self.in_group else "sender", timeout=FIRST_WORD)
        self.choices = found.results
        self.screen.cards(found.results, (found.button or {}).get("text", ""))

    async def _choose(self, number: int) -> None:
        if not 1 <= number <= len(self.choices):
            raise ValueError(f"There is no [{number}] on the screen.")
        chosen = self.choices[number - 1]
        if isinstance(chosen, InlineResult):
            self._show(await self.who.chooses(chosen, self.where), f"{self.who.user.first_name} via the bot")
        elif chosen.data:
            await self._press(chosen)
        elif chosen.url:
            self.screen.say(f"An app would open {chosen.url}")
        elif chosen.copies:
            self.screen.say(f"Copied: {chosen.copies}")
        else:
            await self._share(chosen)

    async def _press(self, button: Button) -> None:
        if self.shown is None or self.shown.deleted:
            raise ValueError("The message of that button is gone.")
        answer = await (await self.who.presses(self.shown, button.data)).answered(FIRST_WORD)
        if answer.text:
            self.screen.say(f"({answer.text})")
        await self._watch(first=1.5)

    async def _share(self, button: Button) -> None:
        chosen = button.raw.get("switch_inline_query_chosen_chat", {}).get("query", "")
        self.screen.say("An app would ask for the chat; here it is this one.")
        await self._inline(button.raw.get("switch_inline_query_current_chat", chosen))

    async def _sticker(self, _: str) -> None:
        await self.who.sends_sticker(chat=self.where)
        await self._watch(first=3.0)

    async def _photo(self, caption: str) -> None:
        await self.who.sends_photo(caption, self.where)
        await self._watch(first=3.0)

    # -- being somebody, somewhere

    async def _become(self, words: str) -> None:
        name, _, language = words.partition(" ")
        if not name:
            raise ValueError("Use /as admin, or /as with a name and perhaps a language: /as Iwan ru")
        if name.lower() == "admin":
            self.who = self._people.setdefault("admin", self.server.person("Editor", user_id=ADMIN, started=True))
        else:
            known = self._people.get(name.lower())
            self.who = known or self.server.person(name.title(), language_code=language or "en", started=True)
            self._people[name.lower()] = self.who
        self._enter()

    async def _to_group(self, _: str) -> None:
        self.in_group = True
        if self.group is None:
            self.group = self.server.supergroup("Newsroom", self.who)
            self.group.adds_bot(self.who)
            await self._watch(first=3.0)
        self._enter()

    async def _to_private(self, _: str) -> None:
        self.in_group = False
        self._enter()

    def _enter(self) -> None:
        self.choices, self.shown, self.written = [], None, None
        if self.group is not None and not self.group.chat.member(self.who.user).present:
            self.group.adds(self.who)

    async def _help(self, _: str) -> None:
        self.screen.say(HELP.format(bot=self.server.bot.username))

    # -- seeing

    async def _wait(self, words: str) -> None:
        if not words.isdecimal():
            raise ValueError("Use /wait with a number of seconds.")
        clock = asyncio.get_running_loop().time
        end = clock() + int(words)
        while await self.server.changes.wait(self._news, max(0.0, end - clock())):
            self.catch_up()

    async def _watch(self, first: float = FIRST_WORD) -> None:
        """Show what the bot does, until it has been silent for a moment."""
        if not await self.server.changes.wait(self._news, first):
            return
        self.catch_up()
        while await self.server.changes.wait(self._news, QUIET):
            self.catch_up()

    def _news(self) -> bool:
        journal = self.server.world.journal
        here = (self.where or self.who).chat.id
        return any(event.kind in VISIBLE and event.chat_id == here for event in journal[self._seen :])

    def catch_up(self) -> None:
        """Show what happened in this chat since the last look."""
        journal, here = self.server.world.journal, (self.where or self.who).chat
        fresh, self._seen = journal[self._seen :], len(journal)
        last: dict[int, str] = {event.message_id: event.kind for event in fresh if event.chat_id == here.id}
        for number, kind in last.items():
            if kind not in VISIBLE:
                continue
            if kind == "deleted":
                self.screen.say("(the bot deleted a message)")
                continue
            self._show(Message(here, here.messages[number]), "Quotewire" + (" (edited)" if kind == "edited" else ""))

    def _show(self, message: Message, title: str) -> None:
        self.shown, self.choices = message, message.buttons
        self.screen.message(message, title)


Command = Callable[[Client, str], Awaitable[None]]
COMMANDS: Mapping[str, Command] = {
    "/inline": Client._inline,
    "/edit": Client._edit,
    "/reply": Client._reply,
    "/group": Client._to_group,
    "/private": Client._to_private,
    "/as": Client._become,
    "/sticker": Client._sticker,
    "/photo": Client._photo,
    "/wait": Client._wait,
    "/?": Client._help,
}


async def converse(client: Client, lines: Callable[[str], Awaitable[str | None]], *, echo: bool) -> None:
    """Type line after line until there is none, or one says to leave. `lines` is asked with the prompt."""
    while (line := await lines(client.prompt)) is not None:
        client.catch_up()
        if echo and line.strip():
            client.screen.echo(client.prompt.rstrip(" ›"), line.strip())
        if not await client.types(line.strip()):
            return
        await asyncio.sleep(0)
