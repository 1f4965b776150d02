"""Which letters wait to be printed, and in which order: what is due, not only what was never printed."""

from __future__ import annotations

from dataclasses import replace

from backbone_core.claim import ClaimState
from backbone_core.decision import DecisionOutcome, PaymentFailure, PaymentState
from backbone_desktop.services.claims import register_claim
from backbone_desktop.services.forms import Form
from backbone_desktop.services.printing import print_form
from backbone_desktop.services.worklists import Sought, worklist
from tests.services.decisions_kit import answer, decision, payment
from tests.services.office_kit import ClaimMaker, Office

APPROVED, REFUSED = DecisionOutcome.APPROVED, DecisionOutcome.REFUSED


def stay(office: Office, claim: ClaimMaker, month: int, **other: object) -> str:
    return register_claim(office.desk, claim(**{
        "invoice_no": str(month), "admitted": f"2019-0{month}-01", "discharged": f"2019-0{month}-09",
        "settled": f"2019-0{month}-09", **other})).claim_id


def listed(office: Office, form: Form, *, fresh: bool) -> list[str]:
    return [row.id for row in worklist(office.desk, Sought(form, fresh=fresh)).rows]


def test_a_refusal_that_was_not_told_stands_first(office: Office, claim: ClaimMaker) -> None:
    refused, told, newest = (stay(office, claim, month) for month in (3, 4, 5))
    answer(office.desk, refused, ClaimState.REFUSED, decision(refused, REFUSED, 0))
    for claim_id in (told, newest):
        answer(office.desk, claim_id, ClaimState.APPROVED, decision(claim_id, APPROVED, 481920))
    print_form(office.desk, Form.DECISION, told, "printer")
    assert listed(office, Form.DECISION, fresh=True) == [refused, newest]
    assert set(listed(office, Form.DECISION, fresh=False)) == {refused, told, newest}


def test_money_that_came_back_is_due_though_its_payment_was_told(office: Office, claim: ClaimMaker) -> None:
    claim_id = stay(office, claim, 3)
    made = decision(claim_id, APPROVED, 481920)
    answer(office.desk, claim_id, ClaimState.PAID, made, payment(made))
    print_form(office.desk, Form.PAYMENT, claim_id, "printer")
    assert listed(office, Form.PAYMENT, fresh=True) == []
    answer(office.desk, claim_id, ClaimState.PAYMENT_FAILED, replace(
        payment(made), state=PaymentState.FAILED, failure=PaymentFailure.ACCOUNT_CLOSED))
    assert listed(office, Form.PAYMENT, fresh=True) == [claim_id]


def test_no_payment_is_offered_for_a_refusal_that_was_closed(office: Office, claim: ClaimMaker) -> None:
    refused, paid = stay(office, claim, 3), stay(office, claim, 4)
    answer(office.desk, refused, ClaimState.CLOSED, decision(refused, REFUSED, 0))
    made = decision(paid, APPROVED, 481920)
    answer(office.desk, paid, ClaimState.CLOSED, made, payment(made))
    assert listed(office, Form.PAYMENT, fresh=False) == [paid]


def test_missing_papers_are_told_once(office: Office, claim: ClaimMaker) -> None:
    told, lacking = stay(office, claim, 3, documents=()), stay(office, claim, 4, documents=())
    print_form(office.desk, Form.MISSING_PAPERS, told, "printer")
    assert listed(office, Form.MISSING_PAPERS, fresh=True) == [lacking]
    assert set(listed(office, Form.MISSING_PAPERS, fresh=False)) == {told, lacking}
