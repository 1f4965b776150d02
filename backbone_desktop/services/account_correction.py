"""Putting right the account to which the money could not be paid, so that it is paid again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from backbone_core.claim import Claim, ClaimAct, ClaimState
from backbone_core.decision import Payment, PaymentFailure, PaymentState
from backbone_core.errors import Finding, RuleBroken, refuse_if_any
from backbone_desktop.services.claim_way import LONGEST_NOTE, take_within
from backbone_desktop.services.duties import Duty, require
from backbone_desktop.services.enrolling import people_of_claim
from backbone_desktop.services.household_form import read_bank_account, read_holder
from backbone_desktop.services.ports import Desk, UnitOfWork
from backbone_desktop.services.reading import Reading

if TYPE_CHECKING:
    from backbone_core.household import Member

UNTOUCHED = frozenset({PaymentFailure.ACCOUNT_BLOCKED, PaymentFailure.OTHER})
"""Failures after which the same account may do: the bank freed it, or the fault was the bank's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountTyped:
    """The form's fields as typed; `note` is why, with what the family brought."""

    bank_name: str
    bank_account: str
    account_holder: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountInDoubt:
    """A claim whose money came back. `failed` is the attempt that failed last."""

    claim: Claim
    member: Member
    failed: Payment


def account_in_doubt(desk: Desk, claim_id: str) -> AccountInDoubt:
    """Raises RuleBroken claim.unknown, claim.no_payment_failed."""
    with desk.read() as work:
        return _in_doubt(work, claim_id)


def check_account(doubt: AccountInDoubt, typed: AccountTyped) -> tuple[Finding, ...]:
    """What speaks against the form as it is typed."""
    return _read(doubt, typed)[1]


def correct_account(desk: Desk, claim_id: str, typed: AccountTyped) -> None:
    """Put holder, bank and account right, with the reason as a step of the claim; nothing else of it changes.

    Raises RuleBroken account.not_allowed, claim.unknown, claim.no_payment_failed, and with every finding at its field.
    """
    require(desk, Duty.REGISTER)
    with desk.open() as work:
        doubt = _in_doubt(work, claim_id)
        claim, found = _read(doubt, typed)
        refuse_if_any(found)
        take_within(desk, work, claim, ClaimAct.CORRECT_ACCOUNT, note=typed.note)
        work.commit()


def _in_doubt(work: UnitOfWork, claim_id: str) -> AccountInDoubt:
    claim = work.claims.get(claim_id)
    if claim is None:
        raise RuleBroken("claim.unknown")
    payments = work.decisions.payments(claim_id)
    failed = payments[-1] if payments and payments[-1].state is PaymentState.FAILED else None
    if claim.state is not ClaimState.PAYMENT_FAILED or failed is None:
        raise RuleBroken("claim.no_payment_failed", state_code=f"claim_state.{claim.state}")
    member, _ = people_of_claim(work, claim)
    return AccountInDoubt(claim=claim, member=member, failed=failed)


def _read(doubt: AccountInDoubt, typed: AccountTyped) -> tuple[Claim, tuple[Finding, ...]]:
    form = Reading()
    claim = replace(
        doubt.claim, bank_name=form.text("bank_name", typed.bank_name),
        bank_account=read_bank_account(form, "bank_account", typed.bank_account),
        account_holder=read_holder(form, "account_holder", typed.account_holder))
    form.text("note", typed.note, missing="claim.reason_missing", longest=LONGEST_NOTE)
    if not typed.bank_account.strip():
        form.refuse("claim.account_needed", "bank_account")
    if not typed.account_holder.strip():
        form.refuse("claim.holder_needed", "account_holder")
    elif claim.account_holder != doubt.member.name:
        form.warn("claim.holder_differs", "account_holder")
    if not form.refuses and claim == doubt.claim and doubt.failed.failure not in UNTOUCHED:
        form.refuse("claim.account_same", "bank_account")
    return claim, tuple(form.findings)
