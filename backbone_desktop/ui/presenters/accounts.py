"""Who may work here, and the form that lets another person in or changes one's own password."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from backbone_core.errors import Finding, refusal
from backbone_desktop.words import Words

if TYPE_CHECKING:
    from backbone_desktop.services.ports import Actor, Desk
    from backbone_desktop.services.rows import Account

NEW_PERSON = ("display_name", "account", "role", "password", "password_again")
OWN_PASSWORD = ("old_password", "password", "password_again")


@dataclass(frozen=True, slots=True)
class AccountLine:
    id: str
    name: str
    account: str
    role: str


def may_add(actor: Actor) -> bool:
    """The window hides what the service would refuse."""
    from backbone_desktop.services.duties import Duty

    return actor.role in Duty.RUN_OFFICE.value


def accounts(desk: Desk) -> tuple[Account, ...]:
    with desk.read() as work:
        return tuple(one for one in work.accounts.all() if one.active)


def account_lines(words: Words, found: tuple[Account, ...]) -> tuple[AccountLine, ...]:
    return tuple(AccountLine(one.id, one.display_name, one.name, words(f"role.{one.role}")) for one in found)


def roles(words: Words) -> tuple[tuple[str, str], ...]:
    """The roles that can be given, with their words."""
    from backbone_desktop.services.rows import Role

    return tuple((role.value, words(f"role.{role.value}")) for role in Role)


def check(fields: tuple[str, ...], typed: Mapping[str, str], own: str) -> tuple[Finding, ...]:
    """What is wrong with the form as it stands; `own` is the account of the one who signed in."""
    from backbone_desktop.services.accounts import check_account, check_password

    found: list[Finding] = []
    if fields == NEW_PERSON:
        found += check_account(typed["account"], typed["display_name"], typed["password"])
        if not typed["role"]:
            found.append(refusal("account.role_missing", "role"))
    else:
        found += check_password(typed["password"], own)
    if typed["password"] != typed["password_again"]:
        found.append(refusal("password.not_the_same", "password_again"))
    return tuple(found)


def add_person(desk: Desk, typed: Mapping[str, str]) -> None:
    from backbone_desktop.services.accounts import add_account
    from backbone_desktop.services.rows import Role

    add_account(desk, typed["account"], typed["display_name"], Role(typed["role"]), typed["password"])


def change_own_password(desk: Desk, typed: Mapping[str, str]) -> None:
    from backbone_desktop.services.accounts import change_password

    change_password(desk, desk.actor.account, typed["old_password"], typed["password"])


def at_fields(fields: tuple[str, ...], found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """A wrong old password stands at the field where it was typed."""
    if "old_password" not in fields:
        return found
    return tuple(Finding(one.code, "old_password", one.facts, one.severity)
                 if one.code in ("account.wrong", "account.locked") else one for one in found)
