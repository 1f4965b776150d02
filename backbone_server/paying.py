"""Which payment a row of the result file tells of: one that is known, one that came back, or the next attempt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from backbone_core.claim import Claim
from backbone_core.claim_states import ClaimAct, ClaimState
from backbone_core.decision import Decision, Payment, PaymentState, payment_id
from backbone_core.errors import RuleBroken
from backbone_server.result_rows import Paid

_TOLD = ("amount", "bank_name", "bank_account", "account_holder", "reference", "failure", "failure_text", "failed_on")


def next_payment(
    said: Paid, claim: Claim, decision: Decision, known: Sequence[Payment], state: ClaimState
) -> tuple[Payment | None, tuple[ClaimAct, ...]]:
    """The payment that the row makes or changes, and what that does to the claim; (None, ()) where it is known.

    A payment is known again by its reference, or by its day where one of the two has none. Raises RuleBroken
    decision_file.paid_otherwise, decision_file.came_back, decision_file.already_paid, decision_file.no_such_payment
    with the field of the row.
    """
    same = next((one for one in known if _same_attempt(one, said)), None)
    if same is not None:
        if same.state is said.state:
            _must_agree(same, said)
            return None, ()
        if said.state is PaymentState.PAID:
            raise RuleBroken("decision_file.came_back", "paid_on", paid_on=same.paid_on)
        _must_agree(same, replace(said, failure=None, failure_text="", failed_on=None))
        back = replace(same, state=PaymentState.FAILED, failure=said.failure, failure_text=said.failure_text,
                       failed_on=said.failed_on)
        return back, (ClaimAct.PAY_FAIL,)
    arrived = next((one for one in known if one.state is PaymentState.PAID), None)
    if arrived is not None:
        code = "already_paid" if said.state is PaymentState.PAID else "no_such_payment"
        raise RuleBroken(f"decision_file.{code}", "paid_on", paid_on=arrived.paid_on)
    if known and said.paid_on < known[-1].paid_on:
        raise RuleBroken("decision_file.before_last_payment", "paid_on", paid_on=known[-1].paid_on)
    attempt = len(known) + 1
    payment = Payment(
        id=payment_id(claim.id, attempt), claim_id=claim.id, decision_id=decision.id, attempt=attempt,
        amount=decision.amount if said.amount is None else said.amount, paid_on=said.paid_on, state=said.state,
        bank_name=said.bank_name or claim.bank_name, bank_account=said.bank_account or claim.bank_account,
        account_holder=said.account_holder or claim.account_holder, reference=said.reference, failure=said.failure,
        failure_text=said.failure_text, failed_on=said.failed_on,
    )
    return payment, _acts(said.state, state)


def _same_attempt(known: Payment, said: Paid) -> bool:
    if known.reference and said.reference:
        return known.reference == said.reference
    return known.paid_on == said.paid_on


def _must_agree(known: Payment, said: Paid) -> None:
    """What the row says of a known payment; what it leaves out is not said against it."""
    if known.paid_on != said.paid_on:
        raise RuleBroken("decision_file.paid_otherwise", "paid_on", paid_on=known.paid_on)
    for name in _TOLD:
        new, old = getattr(said, name), getattr(known, name)
        if new not in (None, "") and new != old:
            field = {"amount": "paid_amount", "failure_text": "failure"}.get(name, name)
            raise RuleBroken("decision_file.paid_otherwise", field, paid_on=known.paid_on)


def _acts(paid: PaymentState, state: ClaimState) -> tuple[ClaimAct, ...]:
    """A second attempt that came back as well was a second attempt all the same."""
    first = ClaimAct.RETRY_PAY if state is ClaimState.PAYMENT_FAILED else ClaimAct.PAY
    if paid is PaymentState.PAID:
        return (first,)
    return (first, ClaimAct.PAY_FAIL) if first is ClaimAct.RETRY_PAY else (ClaimAct.PAY_FAIL,)
