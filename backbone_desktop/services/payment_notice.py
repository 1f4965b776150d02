"""The notice that tells a family that the money has been paid, or why it came back (赔付款支付通知书)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from backbone_core.claim import Claim, ClaimState
from backbone_core.decision import Payment, PaymentFailure, PaymentState
from backbone_core.errors import RuleBroken
from backbone_core.identity import mask_account
from backbone_desktop.services.forms import Form
from backbone_desktop.services.letters import LetterData, about, claims_in, first_printed, received_claim
from backbone_desktop.services.ports import Desk, UnitOfWork
from backbone_desktop.services.proofs import proof_of

PAID_OR_BACK = (ClaimState.PAID, ClaimState.PAYMENT_FAILED, ClaimState.CLOSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentData(LetterData):
    """`amount` in fen, of the last attempt. `failure` is None for money that arrived; `failed_on` may be unknown."""

    amount: int
    insurer: str
    paid_on: date
    bank_name: str
    account_masked: str
    account_holder: str
    reference: str
    failure: PaymentFailure | None
    failure_text: str
    failed_on: date | None


def payment_facts(desk: Desk, work: UnitOfWork, claim_id: str) -> PaymentData:
    """`form_loaders.Loader`. Raises RuleBroken claim.unknown, claim.no_receipt, claim.not_paid (nobody has tried to);
    Unavailable keys.device_missing when there is no key to sign with."""
    claim = received_claim(work, claim_id)
    attempts = work.decisions.payments(claim.id)
    if not attempts:
        raise RuleBroken("claim.not_paid")
    payment = attempts[-1]
    decision = work.decisions.of_claims([claim.id]).get(claim.id)
    scheme = work.schemes.get(claim.scheme_id, claim.scheme_version)
    number = notice_number(claim.receipt_no, payment)
    return PaymentData(
        **about(desk, work, claim), number=number,
        told_on=first_printed(desk, work, Form.PAYMENT, claim.id, number),
        qr=proof_of(desk, work.office.profile(), Form.PAYMENT, number, key=claim.id, stated=stated(claim, payment)),
        amount=payment.amount,
        insurer=(decision.insurer if decision else "") or (scheme.insurer if scheme else ""),
        paid_on=payment.paid_on, bank_name=payment.bank_name, account_masked=mask_account(payment.bank_account),
        account_holder=payment.account_holder, reference=payment.reference, failure=payment.failure,
        failure_text=payment.failure_text, failed_on=payment.failed_on,
    )


def notice_number(receipt_no: str, payment: Payment) -> str:
    """Each attempt has a notice of its own, and one that came back after it was told as paid another: the receipt's
    number, P for paid or F for failed, and the attempt."""
    return f"{receipt_no}-{'P' if payment.state is PaymentState.PAID else 'F'}{payment.attempt}"


def stated(claim: Claim, payment: Payment) -> Mapping[str, Any]:
    """What the notice's code vouches for."""
    return {"claim": claim.content_hash, "attempt": payment.attempt, "amount": payment.amount,
            "paid_on": payment.paid_on.isoformat(), "state": payment.state.value, "reference": payment.reference,
            "failure": payment.failure.value if payment.failure else ""}


def payments_to_tell(desk: Desk) -> tuple[str, ...]:
    """Ids of the claims whose last attempt to pay was never told: money that came back first, then the oldest."""
    with desk.read() as work:
        waiting = []
        for row in claims_in(work, PAID_OR_BACK):
            attempts = work.decisions.payments(row.id)
            if attempts and not work.prints.copies(Form.PAYMENT, notice_number(row.receipt_no, attempts[-1])):
                waiting.append(attempts[-1])
    waiting.sort(key=lambda one: (one.state is PaymentState.PAID, one.paid_on, one.id))
    return tuple(one.claim_id for one in waiting)
