"""What the rules find in the insurer's decisions and payments."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from backbone_core.claim import Claim, ClaimState, Costs
from backbone_core.claim_states import INSURER, move
from backbone_core.decision import (
    Decision,
    DecisionOutcome,
    Payment,
    PaymentFailure,
    PaymentState,
    Reason,
    RejectCode,
    check_decision,
    check_payment,
    decision_id,
    payment_id,
)

TODAY = date(2019, 10, 1)
CLAIM = Claim(id="c", member_id="m", household_id="h", policy_year=2019, state=ClaimState.INSURER_ACCEPTED,
              costs=Costs(medfee_sumamt=1_000_000), benefit=481_920,
              received_at=datetime(2019, 8, 31, 17, 0, tzinfo=UTC))  # 1 September in China
APPROVED = Decision(id="d", claim_id="c", outcome=DecisionOutcome.APPROVED, amount=481_920,
                    decided_on=date(2019, 9, 10))
PART = replace(APPROVED, outcome=DecisionOutcome.PART_APPROVED, amount=300_000,
               reasons=(Reason(code=RejectCode.INCOMPLETE),))
REFUSED = replace(APPROVED, outcome=DecisionOutcome.REFUSED, amount=0,
                  reasons=(Reason(code=RejectCode.PRE_EXISTING, text="2017年已确诊"),))
PAID = Payment(id="p", claim_id="c", decision_id="d", attempt=1, amount=481_920, paid_on=date(2019, 9, 12),
               state=PaymentState.PAID)
FAILED = replace(PAID, state=PaymentState.FAILED, failure=PaymentFailure.ACCOUNT_WRONG)


def codes(decision: Decision, claim: Claim = CLAIM) -> list[tuple[str, str]]:
    return [(found.code, found.field) for found in check_decision(decision, claim, today=TODAY)]


@pytest.mark.parametrize("decision", [APPROVED, PART, REFUSED, replace(APPROVED, remark="已电话告知")])
def test_an_answer_that_is_whole_has_nothing_against_it(decision: Decision) -> None:
    assert codes(decision) == []


@pytest.mark.parametrize(("decision", "changed", "code", "field"), [
    (APPROVED, {"amount": 0}, "decision.amount_missing", "amount"),
    (APPROVED, {"amount": -1}, "decision.amount_missing", "amount"),
    (APPROVED, {"amount": 481_919}, "decision.less_than_benefit", "amount"),
    (APPROVED, {"amount": 1_000_001}, "decision.above_bill", "amount"),
    (APPROVED, {"reasons": PART.reasons}, "decision.reason_of_approval", "reasons"),
    (PART, {"amount": 0}, "decision.amount_missing", "amount"),
    (PART, {"amount": 481_920}, "decision.part_not_less", "amount"),
    (PART, {"reasons": ()}, "decision.reason_missing", "reasons"),
    (PART, {"reasons": (Reason(code=RejectCode.OTHER),)}, "decision.reason_text_missing", "reasons"),
    (REFUSED, {"amount": 1}, "decision.amount_of_refusal", "amount"),
    (REFUSED, {"reasons": ()}, "decision.reason_missing", "reasons"),
    (REFUSED, {"decided_on": date(2019, 10, 2)}, "decision.in_future", "decided_on"),
    (REFUSED, {"decided_on": date(2019, 8, 31)}, "decision.before_claim", "decided_on"),
])
def test_an_answer_that_cannot_be_is_refused_at_its_field(decision: Decision, changed: dict[str, Any], code: str,
                                                          field: str) -> None:
    assert codes(replace(decision, **changed)) == [(code, field)]


def test_more_than_was_worked_out_is_shown_and_not_refused() -> None:
    (found,) = check_decision(replace(APPROVED, amount=481_921), CLAIM, today=TODAY)
    assert (found.code, found.refuses) == ("decision.above_benefit", False)


def test_a_claim_without_an_amount_of_its_own_may_be_decided_either_way() -> None:
    unknown = replace(CLAIM, benefit=None)
    assert codes(APPROVED, unknown) == codes(PART, unknown) == []


@pytest.mark.parametrize(("payment", "changed", "code", "field"), [
    (PAID, {"amount": 481_900}, "payment.amount_differs", "amount"),
    (PAID, {"paid_on": date(2019, 9, 9)}, "payment.before_decision", "paid_on"),
    (PAID, {"paid_on": date(2019, 10, 2)}, "payment.in_future", "paid_on"),
    (PAID, {"failure_text": "账号有误"}, "payment.failure_of_paid", "failure"),
    (FAILED, {"failure": None}, "payment.failure_missing", "failure"),
    (FAILED, {"failure": PaymentFailure.OTHER}, "payment.failure_missing", "failure"),
    (FAILED, {"failed_on": date(2019, 9, 11)}, "payment.failed_before_paid", "failed_on"),
    (FAILED, {"failed_on": date(2019, 10, 2)}, "payment.in_future", "failed_on"),
])
def test_a_payment_that_cannot_be_is_refused_at_its_field(payment: Payment, changed: dict[str, Any], code: str,
                                                          field: str) -> None:
    assert check_payment(payment, APPROVED, today=TODAY) == ()
    found = check_payment(replace(payment, **changed), APPROVED, today=TODAY)
    assert [(one.code, one.field) for one in found] == [(code, field)]


def test_nothing_is_paid_for_a_refused_claim() -> None:
    found = check_payment(replace(PAID, amount=0), REFUSED, today=TODAY)
    assert [one.code for one in found] == ["payment.of_refusal"]


@pytest.mark.parametrize("outcome", DecisionOutcome)
def test_each_outcome_brings_the_claim_into_the_state_of_its_name(outcome: DecisionOutcome) -> None:
    assert move(ClaimState.INSURER_ACCEPTED, outcome.act, INSURER).value == outcome.value


def test_the_ids_follow_from_the_claim() -> None:
    assert decision_id("c") == decision_id("c") != decision_id("d")
    assert len({decision_id("c"), payment_id("c", 1), payment_id("c", 2), payment_id("d", 1)}) == 4
