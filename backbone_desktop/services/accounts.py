"""Who may work here: signing in with its lock-out, and how strong a password has to be."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import replace
from datetime import datetime, timedelta

from backbone_core.errors import Finding, RuleBroken, refusal, refuse_if_any
from backbone_core.ids import new_id
from backbone_desktop.services.duties import Duty, require
from backbone_desktop.services.ports import Actor, Desk, UnitOfWork
from backbone_desktop.services.reading import read_text
from backbone_desktop.services.rows import Account, Role

SYSTEM = Actor("system", "", Role.ADMINISTRATOR.value)
"""Acts before anybody has signed in: set-up, sign-in, upkeep."""

# 等保 (GB/T 22239) asks for complexity and a lock-out and leaves the figures to the operator.
SHORTEST_PASSWORD = 8
MOST_FAILURES = 5
LOCKED_FOR = timedelta(minutes=10)
ACCOUNT_NAME = re.compile(r"[\w.\-]{2,32}")


def sign_in(desk: Desk, name: str, password: str) -> Actor:
    """Return who works from now on. Raises RuleBroken account.wrong, account.locked (minutes), account.inactive.

    Five wrong passwords in a row lock the account for ten minutes. The count lasts although the act is refused.
    """
    account = _proved(desk, account_name(name), password, "sign_in")
    return Actor(account.name, account.display_name, account.role.value)


def check_password(password: str, name: str) -> tuple[Finding, ...]:
    """At least eight characters with letters and digits, and not the account's name inside."""
    typed = _plain(password)
    found = []
    if len(typed) < SHORTEST_PASSWORD:
        found.append(refusal("password.too_short", "password", least=SHORTEST_PASSWORD))
    if not any(c.isascii() and c.isalpha() for c in typed):
        found.append(refusal("password.no_letters", "password"))
    if not any(c.isascii() and c.isdigit() for c in typed):
        found.append(refusal("password.no_digits", "password"))
    if (account := account_name(name)) and account in typed.casefold():
        found.append(refusal("password.contains_name", "password"))
    return tuple(found)


def check_account(name: str, display_name: str, password: str) -> tuple[Finding, ...]:
    """Every finding about a new account, at `account`, `display_name` and `password`."""
    found: list[Finding] = []
    if not account_name(name):
        found.append(refusal("account.name_missing", "account"))
    elif not ACCOUNT_NAME.fullmatch(account_name(name)):
        found.append(refusal("account.name_characters", "account"))
    if not display_name.strip():
        found.append(refusal("account.display_name_missing", "display_name"))
    else:
        try:
            read_text(display_name, 40)
        except RuleBroken as broken:
            found.extend(one.at("display_name") for one in broken.findings)
    return (*found, *check_password(password, name))


def add_account(desk: Desk, name: str, display_name: str, role: Role, password: str) -> Account:
    """Make an account. Raises RuleBroken with every finding, account.name_taken, account.not_allowed."""
    require(desk, Duty.RUN_OFFICE)
    refuse_if_any(check_account(name, display_name, password))
    account = new_account(desk, name, display_name, role, password)
    with desk.open() as work:
        keep_new_account(work, account)
        work.commit()
    return account


def new_account(desk: Desk, name: str, display_name: str, role: Role, password: str) -> Account:
    """The account with its password hashed, which is slow on purpose and is done outside any transaction."""
    return Account(
        id=new_id(), name=account_name(name), display_name=read_text(display_name, 40), role=role,
        password_hash=desk.passwords.hash(_plain(password)),
    )


def keep_new_account(work: UnitOfWork, account: Account) -> None:
    if work.accounts.get(account.name) is not None:
        raise RuleBroken("account.name_taken", "account", account=account.name)
    work.accounts.save(account)
    work.audit.add("add_account", "account", account.id, {"role": account.role.value})


def change_password(desk: Desk, name: str, old: str, new: str) -> None:
    """Change one's own password, or as administrator give somebody else a new one (`old` is then not asked for)."""
    account = account_name(name)
    if account != desk.actor.account:
        require(desk, Duty.RUN_OFFICE)
    else:
        _proved(desk, account, old, "prove_password")
    refuse_if_any(check_password(new, name))
    hashed = desk.passwords.hash(_plain(new))
    with desk.open() as work:
        known = work.accounts.get(account)
        if known is None:
            raise RuleBroken("account.unknown", "account")
        work.accounts.save(replace(known, password_hash=hashed, failures=0, locked_until=None))
        work.audit.add("change_password", "account", known.id)
        work.commit()


def account_name(typed: str) -> str:
    """An account's name as it is kept: half-width and lower case, so that the input method's mode does not matter."""
    return unicodedata.normalize("NFKC", typed).strip().casefold()


def _plain(password: str) -> str:
    return unicodedata.normalize("NFKC", password)


def _proved(desk: Desk, name: str, password: str, act: str) -> Account:
    """The account whose password this is; every try stands in the audit trail and every failure is counted."""
    with desk.read() as work:
        seen = work.accounts.get(name)
    # Checked before the write lock is taken: the hash is slow on purpose.
    right = seen is not None and not _locked(seen, desk.clock.now()) and desk.passwords.verify(
        seen.password_hash, _plain(password)
    )
    with desk.open() as work:
        known, now = work.accounts.get(name), desk.clock.now()
        if known is None or seen is None or known.password_hash != seen.password_hash:
            broken = _wrong()
        elif _locked(known, now):
            known = _held(known, now)
            broken = _locked_out(known, now)
        elif not right:
            known = _failed_once_more(known, now)
            broken = _locked_out(known, now) if known.locked_until else _wrong()
        elif not known.active:
            broken = RuleBroken("account.inactive", "account")
        else:
            known = replace(known, failures=0, locked_until=None)
            work.accounts.save(known)
            work.audit.add(act, "account", known.id)
            work.commit()
            return known
        if known is not None:
            work.accounts.save(known)
        # What was typed as a name is not written down: people type their password there.
        work.audit.add(f"{act}_refused", "account", known.id if known else "", {"code": broken.code})
        work.commit()
    raise broken


def _wrong() -> RuleBroken:
    return RuleBroken("account.wrong", "password", most=MOST_FAILURES, minutes=LOCKED_FOR // timedelta(minutes=1))


def _locked(account: Account, now: datetime) -> bool:
    return account.locked_until is not None and now < account.locked_until


def _held(account: Account, now: datetime) -> Account:
    """A clock that was put back must not lock somebody out for days."""
    longest = now + LOCKED_FOR
    return replace(account, locked_until=min(account.locked_until or longest, longest))


def _failed_once_more(account: Account, now: datetime) -> Account:
    failures = account.failures + 1
    if failures < MOST_FAILURES:
        return replace(account, failures=failures, locked_until=None)
    return replace(account, failures=0, locked_until=now + LOCKED_FOR)


def _locked_out(account: Account, now: datetime) -> RuleBroken:
    left = (account.locked_until or now) - now
    return RuleBroken("account.locked", "password", minutes=max(1, math.ceil(left / timedelta(minutes=1))))
