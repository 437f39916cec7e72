"""How a terminal command ends: its exit status, and the mistake of the person typing.

Shared by the command line and the commands.
"""

from __future__ import annotations

DONE = 0
"""Answered, or done."""
DECLINED = 1
"""The archive does not answer it."""
WRONG = 2
"""A mistake, in one line on standard error."""


class UsageError(Exception):
    """What was typed cannot be done; the message is one line with the cure."""
