"""What the insurer answered to a claim, as `claim show` tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from backbone_core.identity import mask_account
from backbone_desktop.cli.call import yuan
from backbone_desktop.services.decision_words import failure_words, reasons_words
from backbone_desktop.words import Words

if TYPE_CHECKING:
    from backbone_core.decision import Payment
    from backbone_desktop.services.claims import ClaimView


def answer_json(t: Words, view: ClaimView) -> dict[str, Any]:
    """`decision` is null until there is one; `payments` are in their order."""
    one = view.decision
    decision = None if one is None else {
        "outcome": str(one.outcome), "amount": yuan(one.amount), "amount_fen": one.amount,
        "decided_on": one.decided_on.isoformat(), "insurer": one.insurer, "case_no": one.case_no,
        "remark": one.remark, "reasons": [{"code": str(reason.code), "text": reason.text} for reason in one.reasons],
        "reasons_in_words": list(reasons_words(t, one)),
    }
    return {"decision": decision, "payments": [_payment(t, payment) for payment in view.payments]}


def answer_lines(t: Words, view: ClaimView) -> list[str]:
    one = view.decision
    if one is None:
        return []
    lines = [t("Decided: {outcome_code}, {amount} yuan, on {day}", outcome_code=f"decision_outcome.{one.outcome}",
               amount_fen=one.amount, day=one.decided_on)]
    if one.reasons:
        lines.append("  " + t("Because: {reasons}", reasons=", ".join(reasons_words(t, one))))
    for payment in view.payments:
        line = t("Payment no. {n} on {day}: {state_code}", n=payment.attempt, day=payment.paid_on,
                 state_code=f"payment_state.{payment.state}")
        lines.append("  ".join(part for part in (line, failure_words(t, payment)) if part))
    return lines


def _payment(t: Words, one: Payment) -> dict[str, Any]:
    return {
        "attempt": one.attempt, "state": str(one.state), "amount": yuan(one.amount), "amount_fen": one.amount,
        "paid_on": one.paid_on.isoformat(), "reference": one.reference, "bank_name": one.bank_name,
        "bank_account": mask_account(one.bank_account), "account_holder": one.account_holder,
        "failure": str(one.failure) if one.failure else None, "failure_in_words": failure_words(t, one),
        "failed_on": one.failed_on.isoformat() if one.failed_on else None,
    }
