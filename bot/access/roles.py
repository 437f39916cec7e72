"""Who may do what: one table of role and action, and how a role comes about.

Asked by everything that acts for somebody: commands, questions, buttons, inline queries, links. Pure: what is known of
a person is passed in. Must not know Telegram.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Mode(StrEnum):
    """To whom the bot is open, as the settings say."""

    OPEN = "open"  # everybody
    APPROVAL = "approval"  # whom an administrator let in
    LIST = "list"  # whom the settings name


class Standing(StrEnum):
    """What was decided about a person, and is kept."""

    UNKNOWN = "unknown"
    PENDING = "pending"  # asked to be let in
    ALLOWED = "allowed"
    REFUSED = "refused"
    BANNED = "banned"


class Role(StrEnum):
    """What a person is to the bot, here and now."""

    ADMINISTRATOR = "administrator"  # of the bot: the settings name them
    GROUP_ADMIN = "group_admin"  # a reader who administers the group they are in
    READER = "reader"
    STRANGER = "stranger"  # nobody let them in yet, and they did not ask
    PENDING = "pending"  # they asked, and nobody decided yet
    UNLISTED = "unlisted"  # the settings list others
    REFUSED = "refused"
    BANNED = "banned"


class Action(StrEnum):
    """What somebody may want to do."""

    ASK = "ask"  # a question, /ask, /latest, /new
    ASK_RESERVED = "ask_reserved"  # the same in a group that reserved it to its administrators
    INLINE = "inline"  # a query in inline mode
    OPEN = "open"  # /start, /help, the link to an answer
    PRESS = "press"  # a button under an answer or a list
    ABOUT = "about"  # /id, /language
    OWN = "own"  # /privacy, /forgetme: what is kept about oneself
    REQUEST = "request"  # ask to be let in
    CONFIGURE = "configure"  # the settings of a group
    ADMINISTER = "administer"  # the archive and the bot


_SELF = frozenset({Action.ABOUT, Action.OWN})
_READING = _SELF | {Action.ASK, Action.INLINE, Action.OPEN, Action.PRESS}

MAY: Mapping[Role, frozenset[Action]] = {
    Role.ADMINISTRATOR: _READING | {Action.ASK_RESERVED, Action.CONFIGURE, Action.ADMINISTER},
    Role.GROUP_ADMIN: _READING | {Action.ASK_RESERVED, Action.CONFIGURE},
    Role.READER: _READING,
    Role.STRANGER: _SELF | {Action.REQUEST},
    Role.PENDING: _SELF,
    Role.UNLISTED: _SELF,
    Role.REFUSED: _SELF,
    Role.BANNED: frozenset({Action.OWN}),
}
"""The table: what each role may do. What is kept about oneself may be read and erased in every role."""


def may(role: Role, action: Action) -> bool:
    """Whether somebody in this role may do this."""
    return action in MAY[role]


def role_of(mode: Mode, standing: Standing, *, administrator: bool = False, listed: bool = False) -> Role:
    """The role of a person: `listed` says that the settings name them as a reader.

    The settings win over what was decided about a person later, but for a ban.
    """
    if administrator:
        return Role.ADMINISTRATOR
    if standing is Standing.BANNED:
        return Role.BANNED
    if mode is Mode.OPEN or listed or standing is Standing.ALLOWED:
        return Role.READER
    if mode is Mode.LIST:
        return Role.UNLISTED
    return {Standing.PENDING: Role.PENDING, Standing.REFUSED: Role.REFUSED}.get(standing, Role.STRANGER)


def in_group(role: Role, *, group_admin: bool) -> Role:
    """The role in a group: whoever may read there and administers it is its administrator."""
    return Role.GROUP_ADMIN if role is Role.READER and group_admin else role
