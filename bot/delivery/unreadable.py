"""Updates that cannot be parsed are passed over one by one, so that none of them makes the bot deaf.

python-telegram-bot parses all updates of an answer at once: one that it cannot parse raises, the offset stays, and
the same answer comes again for ever. So each is parsed by itself first, and a broken one gives way to an empty update
of its number, which no handler takes. Used by `polling`. Pure, but for the log.
"""

from __future__ import annotations

import json
import logging
import re
from datetime import datetime
from typing import Any

from telegram import (
    CallbackQuery,
    Chat,
    ChatMemberUpdated,
    ChosenInlineResult,
    InlineQuery,
    Message,
    Update,
    User,
)

log = logging.getLogger(__name__)

_MESSAGES = ("message", "edited_message", "channel_post", "edited_channel_post")
_DEEDS = ("callback_query", "inline_query", "chosen_inline_result", "my_chat_member")
_NUMBER = re.compile(rb'"update_id"\s*:\s*(\d{1,18})\b')


def readable(body: bytes) -> tuple[bytes, int]:
    """An answer to getUpdates in which every update can be parsed, and how many gave way; any other as it is.

    An update without a number that can be confirmed is left out. Nothing of an update's content is logged.
    """
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return _emptied(body)
    if not isinstance(answer, dict) or not isinstance(answer.get("result"), list):
        return body, 0
    sound = [_is_readable(update) for update in answer["result"]]
    if all(sound):
        return body, 0
    kept = [update if fine else _empty(update) for update, fine in zip(answer["result"], sound, strict=True)]
    result = [update for update in kept if update is not None]
    return json.dumps({**answer, "result": result}).encode(), len(sound) - sum(sound)


def _emptied(body: bytes) -> tuple[bytes, int]:
    """An answer that is no JSON, or nested too deep for it, with its updates emptied; as it is where it names none."""
    numbers = sorted({int(number) for number in _NUMBER.findall(body)})
    if not numbers:
        return body, 0
    log.warning("Telegram brought an answer that cannot be read: updates %d to %d are skipped", numbers[0], numbers[-1])
    return json.dumps({"ok": True, "result": [{"update_id": number} for number in numbers]}).encode(), len(numbers)


def _is_readable(update: Any) -> bool:  # noqa: ANN401  # whatever came over the wire
    try:
        parsed = Update.de_json(json.loads(json.dumps(update)), None)
        if not _confirmable(parsed.update_id):
            raise ValueError("no number")
        for name in (*_MESSAGES, *_DEEDS):
            part = getattr(parsed, name)
            if part is not None and not (_is_placed(part) if name in _MESSAGES else _is_done(part)):
                raise ValueError(f"{name} lacks what it always has")
    except Exception as error:  # whatever parsing raises, this update is the one to skip
        log.warning("Update %s cannot be read (%s): it is skipped", _number(update), type(error).__name__)
        return False
    return True


def _is_placed(message: Message) -> bool:
    """Whether a message says where and when it was written, and its text is one."""
    words = (message.text, message.caption)
    placed = isinstance(message.chat, Chat) and isinstance(message.chat.id, int) and isinstance(message.date, datetime)
    return placed and isinstance(message.message_id, int) and all(isinstance(one, str | None) for one in words)


def _is_done(deed: CallbackQuery | InlineQuery | ChosenInlineResult | ChatMemberUpdated) -> bool:
    """Whether a press, an inline query or a change of membership says whose it is."""
    return isinstance(deed.from_user, User) and isinstance(deed.from_user.id, int)


def _empty(update: Any) -> dict[str, int] | None:  # noqa: ANN401
    """An update of the same number that holds nothing; None where the number is none."""
    number = _number(update)
    return {"update_id": number} if isinstance(number, int) else None


def _number(update: Any) -> int | str:  # noqa: ANN401
    number = update.get("update_id") if isinstance(update, dict) else None
    return number if isinstance(number, int) and _confirmable(number) else "without a number"


def _confirmable(number: object) -> bool:
    return isinstance(number, int) and not isinstance(number, bool) and 0 <= number < 2**53
