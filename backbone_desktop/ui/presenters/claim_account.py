"""An account to which money could not be paid: what came of it, and the form that puts it right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from backbone_core.claim import ClaimState
from backbone_core.identity import mask_account
from backbone_desktop.services.account_correction import (
    AccountInDoubt,
    AccountTyped,
    account_in_doubt,
    check_account,
    correct_account,
)
from backbone_desktop.services.decision_words import failure_words
from backbone_desktop.services.duties import Duty, may
from backbone_desktop.words import Words

if TYPE_CHECKING:
    from backbone_core.errors import Finding
    from backbone_desktop.services.claims import ClaimView
    from backbone_desktop.services.ports import Desk

_ACCOUNT = ("account_holder", "bank_name", "bank_account")


def labels(t: Words) -> Mapping[str, str]:
    """The fields in the form's order, each with its label."""
    return {"account_holder": t("Account holder"), "bank_name": t("&Bank"), "bank_account": t("Account no."),
            "note": t("Reaso&n, and what was shown")}


def in_doubt(desk: Desk, claim_id: str) -> AccountInDoubt:
    return account_in_doubt(desk, claim_id)


def correct(desk: Desk, claim_id: str, fields: AccountTyped) -> None:
    correct_account(desk, claim_id, fields)


def check(doubt: AccountInDoubt, fields: AccountTyped) -> tuple[Finding, ...]:
    return check_account(doubt, fields)


def typed(fields: Mapping[str, str]) -> AccountTyped:
    return AccountTyped(**fields)


def texts(doubt: AccountInDoubt) -> Mapping[str, str]:
    return {**{name: getattr(doubt.claim, name) for name in _ACCOUNT}, "note": ""}


def as_it_stands(doubt: AccountInDoubt) -> AccountTyped:
    return AccountTyped(**texts(doubt))


def failed(words: Words, doubt: AccountInDoubt) -> str:
    """The attempt that failed, above the form."""
    payment = doubt.failed
    parts = (payment.account_holder, payment.bank_name, _tail(payment.bank_account))
    account = "  ".join(part for part in parts if part)
    said = words("{amount} yuan came back on {day}: {why}", amount_fen=payment.amount,
                 day=payment.failed_on or payment.paid_on, why=failure_words(words, payment))
    return "\n".join((said, words("Paid to: {account}", account=account),
                      words("Type the account as the family's passbook or bank card states it.")))


def may_correct(desk: Desk) -> bool:
    return may(desk, Duty.REGISTER)


def is_corrected(view: ClaimView) -> bool:
    """Whether the claim names another account than the last payment went to."""
    if not view.payments:
        return False
    last = view.payments[-1]
    return any(getattr(last, name) and "*" not in getattr(last, name)
               and getattr(last, name) != getattr(view.claim, name) for name in _ACCOUNT)


def came_back(words: Words, view: ClaimView) -> str:
    """"" while no payment of the claim came back, or it was paid since."""
    if view.claim.state is not ClaimState.PAYMENT_FAILED or not view.payments:
        return ""
    if is_corrected(view):
        return words("The account was corrected. The money is paid again with the centre's next payment file.")
    return words("The money came back: {why}", why=failure_words(words, view.payments[-1]))


def act_words(words: Words, view: ClaimView) -> str:
    return words("Correct it again") if is_corrected(view) else words("Correct the account")


def _tail(account: str) -> str:
    return f"**** {mask_account(account).lstrip('*')}" if account else ""
