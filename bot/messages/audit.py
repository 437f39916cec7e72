"""The audit as administrators see it: a page of acts, and all of them as a CSV file.

Called by the administrators' handlers. Who it was is shown as a short pseudonym, an administrator's with their place in
the settings. Pure.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.journal import Act
from bot.messages import keyboards
from bot.messages.buttons import Encode, Press
from bot.messages.catalogue import Catalogue
from bot.messages.page import BOLD, ITALIC, Page
from bot.messages.reply import Reply
from bot.messages.unanswered import turn, within
from bot.messages.words import one_line

ON_PAGE = 12
SHORT = 8
"""Characters of a pseudonym that tell a person from others."""
COLUMNS = ("time", "who", "administrator", "action", "subject", "allowed")
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What makes a spreadsheet take a cell for a formula (OWASP, CSV injection)."""

Admins = Mapping[str, int]
"""The administrators' pseudonyms, with their number in the settings, from 1."""
Local = Callable[[str], datetime]
"""A moment of the journal, in the newsroom's time zone."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """A page (from 0) of the `total` acts noted, and who is an administrator."""

    acts: Sequence[Act]
    total: int
    page: int
    admins: Admins


def audit_reply(ledger: Ledger, local: Local, texts: Catalogue, encode: Encode) -> Reply:
    """A page of what was done, the newest first."""
    total, admins = ledger.total, ledger.admins
    if not total:
        return Reply(texts.say("audit.none"))
    page, pages = within(ledger.page, total, ON_PAGE)
    sheet = Page()
    sheet.line(texts.say("audit.title", count=total), BOLD)
    sheet.gap()
    for act in ledger.acts:
        sheet.line(texts.moment(local(act.at)), ITALIC)
        parts = [_who(act, admins, texts), f"{act.action} {one_line(act.subject, 80)}".strip()]
        sheet.write(" · " + " · ".join(parts if act.allowed else [*parts, texts.say("audit.refused")]))
    if pages > 1:
        sheet.gap()
        sheet.line(texts.say("coverage.page", page=page + 1, pages=pages), ITALIC)
    turning = turn(page, pages, texts, lambda to: encode(Press.AUDIT, to))
    file = keyboards.button(texts.say("button.audit_file"), encode(Press.AUDIT_FILE))
    return Reply(sheet.text, sheet.entities(), keyboards.keyboard([turning, [file]]))


def _who(act: Act, admins: Admins, texts: Catalogue) -> str:
    if not act.who:
        return texts.say("audit.nobody")
    short = act.who[:SHORT]
    return texts.say("audit.admin", number=admins[act.who], who=short) if act.who in admins else short


def audit_file(acts: Iterable[Act], admins: Admins, local: Local) -> bytes:
    """All acts as CSV: UTF-8 with a byte order mark, as spreadsheets want it, no cell of it a formula."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(COLUMNS)
    for act in acts:
        number = admins.get(act.who)
        row = (
            local(act.at).isoformat(),
            act.who[:SHORT],
            "" if number is None else str(number),
            act.action,
            act.subject,
            "yes" if act.allowed else "no",
        )
        rows.writerow([harmless(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
