"""The audit as a page and as a file."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.journal import Act
from bot.messages.audit import COLUMNS, FORMULA, Ledger, audit_file, audit_reply, harmless
from bot.messages.catalogue import catalogue

ADMIN, OTHER = "a" * 32, "b" * 32
ACTS = [
    Act("2026-07-01T22:30:00+00:00", ADMIN, "remove", "#7", True),
    Act("2026-07-01T10:00:00+00:00", OTHER, "/remove", "", False),
    Act("2026-07-01T09:00:00+00:00", "", "/ban", "", False),
]


def local(moment: str) -> datetime:
    return datetime.fromisoformat(moment).astimezone(ZoneInfo("Europe/Berlin"))


def read(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf"), "spreadsheets know UTF-8 by its mark"
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_a_page_names_administrators_by_their_place_and_others_by_pseudonym() -> None:
    page = audit_reply(Ledger(ACTS, 3, 0, {ADMIN: 1}), local, catalogue("en"), lambda press, *_: press.value)
    first, second, third = page.text.splitlines()[2:]
    assert "2 Jul 2026" in first
    assert "administrator 1 (aaaaaaaa) · remove #7" in first
    assert "bbbbbbbb · /remove · ✗ refused" in second
    assert "somebody whose name is erased" in third


def test_the_file_has_all_of_it_in_the_newsrooms_time() -> None:
    head, *rows = read(audit_file(ACTS, {ADMIN: 1}, local))
    assert tuple(head) == COLUMNS
    assert rows[0] == ["2026-07-02T00:30:00+02:00", "aaaaaaaa", "1", "remove", "#7", "yes"]
    assert rows[1] == ["2026-07-01T12:00:00+02:00", "bbbbbbbb", "", "/remove", "", "no"]


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40))
def test_no_cell_is_a_formula_and_nothing_of_it_is_lost(subject: str) -> None:
    assert not harmless(subject).startswith(FORMULA)
    assert harmless(subject).removeprefix("'" if subject.startswith(FORMULA) else "") == subject
    content = audit_file([Act(ACTS[0].at, ADMIN, "edit", subject, True)], {}, local)
    [_, row] = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert row[4] == harmless(subject)
