"""Colleagues of an office that is worked by commands, each with an account of their own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from backbone_desktop.app import LocalBackend
from backbone_desktop.services.accounts import add_account
from backbone_desktop.services.rows import Role
from tests.journeys.command_kit import ACCOUNT, PASSPHRASE, PASSWORD, Commands

TOWNSHIP, FIRST, SECOND, AUDITOR = "jingban", "chushen", "fuhe", "shenji"
NAMES = {TOWNSHIP: ("测试经办", Role.TOWNSHIP), FIRST: ("测试初审", Role.COUNTY), SECOND: ("测试复核", Role.COUNTY),
         AUDITOR: ("测试审计", Role.AUDITOR)}


def hire(commands: Commands) -> None:
    """Give each of them an account, as the administrator does in the window."""
    backend = LocalBackend(commands.folder)
    try:
        backend.state()
        backend.unlock(passphrase=PASSPHRASE)
        desk = backend.sign_in(ACCOUNT, PASSWORD)
        for name, (display_name, role) in NAMES.items():
            add_account(desk, name, display_name, role, PASSWORD)
    finally:
        backend.close()


@contextmanager
def at_work(commands: Commands, name: str) -> Iterator[Commands]:
    """Who carries the commands out meanwhile."""
    before = commands.environment
    commands.environment = {**before, "BACKBONE_ACCOUNT": name}
    try:
        yield commands
    finally:
        commands.environment = before
