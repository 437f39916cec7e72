"""Who may do what: every cell of the table, and how a role comes about."""

from __future__ import annotations

from itertools import product

import pytest

from bot.access.roles import MAY, Action, Mode, Role, Standing, in_group, may, role_of

TABLE = """
                ask  reserved inline open press about own request configure administer
administrator   yes  yes      yes    yes  yes   yes   yes  -      yes       yes
group_admin     yes  yes      yes    yes  yes   yes   yes  -      yes       -
reader          yes  -        yes    yes  yes   yes   yes  -      -         -
stranger        -    -        -      -    -     yes   yes  yes    -         -
pending         -    -        -      -    -     yes   yes  -      -         -
unlisted        -    -        -      -    -     yes   yes  -      -         -
refused         -    -        -      -    -     yes   yes  -      -         -
banned          -    -        -      -    -     -     yes  -      -         -
"""
COLUMNS = {"reserved": "ask_reserved"}


def cells() -> list[tuple[Role, Action, bool]]:
    head, *rows = [line.split() for line in TABLE.strip().splitlines()]
    actions = [Action(COLUMNS.get(name, name)) for name in head]
    return [
        (Role(row[0]), action, cell == "yes") for row in rows for action, cell in zip(actions, row[1:], strict=True)
    ]


@pytest.mark.parametrize(("role", "action", "allowed"), cells())
def test_every_cell_of_the_table(role: Role, action: Action, allowed: bool) -> None:
    assert may(role, action) is allowed


def test_the_table_is_whole() -> None:
    assert {(role, action) for role, action, _ in cells()} == set(product(Role, Action))
    assert set(MAY) == set(Role)


@pytest.mark.parametrize(("mode", "standing"), list(product(Mode, Standing)))
def test_a_role_for_every_mode_and_standing(mode: Mode, standing: Standing) -> None:
    plain = {
        Mode.OPEN: Role.READER,
        Mode.LIST: Role.READER if standing is Standing.ALLOWED else Role.UNLISTED,
        Mode.APPROVAL: {
            Standing.UNKNOWN: Role.STRANGER,
            Standing.PENDING: Role.PENDING,
            Standing.ALLOWED: Role.READER,
            Standing.REFUSED: Role.REFUSED,
        }.get(standing),
    }[mode]
    expected = Role.BANNED if standing is Standing.BANNED else plain
    assert role_of(mode, standing) is expected
    assert role_of(mode, standing, administrator=True) is Role.ADMINISTRATOR, "whatever was decided"
    listed = Role.BANNED if standing is Standing.BANNED else Role.READER
    assert role_of(mode, standing, listed=True) is listed


@pytest.mark.parametrize("role", Role)
def test_only_who_may_read_can_administer_a_group(role: Role) -> None:
    assert in_group(role, group_admin=False) is role
    assert in_group(role, group_admin=True) is (Role.GROUP_ADMIN if role is Role.READER else role)
