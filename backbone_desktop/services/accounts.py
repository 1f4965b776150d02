"""Who may work here: signing in with its lock-out, and the passwords' strength."""

from __future__ import annotations

from backbone_core.errors import Finding
from backbone_desktop.services.ports import Actor, Desk
from backbone_desktop.services.rows import Account, Role

SYSTEM = Actor("system", "", Role.ADMINISTRATOR.value)
"""Acts before anybody has signed in: set-up, sign-in, upkeep."""


def sign_in(desk: Desk, name: str, password: str) -> Actor:
    """Raises RuleBroken account.wrong, account.locked (minutes), account.inactive."""
    raise NotImplementedError


def check_password(password: str, name: str) -> tuple[Finding, ...]:
    raise NotImplementedError


def add_account(desk: Desk, name: str, display_name: str, role: Role, password: str) -> Account:
    raise NotImplementedError


def change_password(desk: Desk, name: str, old: str, new: str) -> None:
    raise NotImplementedError
