"""Whether a notice is genuine: its code, and what its text should say of the decision or the payment."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from backbone_core.claim import ClaimState
from backbone_core.decision import DecisionOutcome, PaymentFailure, PaymentState, Reason, RejectCode, decision_id
from backbone_desktop.services.account_correction import AccountTyped, correct_account
from backbone_desktop.services.claims import register_claim
from backbone_desktop.services.forms import PAPERS as SHEETS
from backbone_desktop.services.forms import Form
from backbone_desktop.services.ports import Desk
from backbone_desktop.services.printing import print_form
from backbone_desktop.services.verifying import Verdict, check_code
from tests.services.decisions_kit import answer, decision, payment
from tests.services.office_kit import ClaimMaker, Office
from tests.services.verifying_kit import (
    OTHER_SEED,
    PAPERS,
    SEED,
    another_office,
    card,
    learn,
    read,
    signing,
    wrong_facts,
)

APPROVED, PART, REFUSED = DecisionOutcome.APPROVED, DecisionOutcome.PART_APPROVED, DecisionOutcome.REFUSED
OUTCOMES = {
    APPROVED: (ClaimState.APPROVED, 481920, ()),
    PART: (ClaimState.PART_APPROVED, 400000, (Reason(code=RejectCode.THIRD_PARTY, text="对方已付819.20元"),)),
    REFUSED: (ClaimState.REFUSED, 0, (Reason(code=RejectCode.BELOW_DEDUCTIBLE),)),
}


@pytest.fixture
def own(office: Office) -> Desk:
    return signing(office.desk)


def decided(desk: Desk, claim: ClaimMaker, outcome: DecisionOutcome) -> tuple[str, Any]:
    """(claim, the notice's data) of a claim that was decided so."""
    taken = register_claim(desk, claim())
    state, amount, reasons = OUTCOMES[outcome]
    answer(desk, taken.claim_id, state, decision(taken.claim_id, outcome, amount, reasons=reasons))
    return taken.claim_id, print_form(desk, Form.DECISION, taken.claim_id, "pdf")


def paid(desk: Desk, claim: ClaimMaker, **other: Any) -> tuple[str, Any]:
    taken = register_claim(desk, claim())
    made = decision(taken.claim_id, APPROVED, 481920)
    answer(desk, taken.claim_id, ClaimState.PAID, made, payment(made, **other))
    return taken.claim_id, print_form(desk, Form.PAYMENT, taken.claim_id, "pdf")


@pytest.mark.parametrize("language", ["zh_CN", "en", "zh_CN+en"])
@pytest.mark.parametrize("outcome", DecisionOutcome)
def test_a_decision_of_ours_says_what_it_should(own: Desk, claim: ClaimMaker, outcome: DecisionOutcome,
                                                language: str) -> None:
    claim_id, data = decided(own, claim, outcome)
    checked = read(own, PAPERS.form(Form.DECISION, replace(data, language=language), "A4"))
    assert (wrong_facts(checked), checked.strange) == ({}, ())
    assert (checked.verdict, checked.reason) == (Verdict.GENUINE, "verify.text_fits")
    assert (checked.form, checked.number, checked.record_id) == (Form.DECISION, data.number, claim_id)


@pytest.mark.parametrize("paper", SHEETS[Form.PAYMENT])
def test_a_payment_of_ours_says_what_it_should(own: Desk, claim: ClaimMaker, paper: str) -> None:
    claim_id, data = paid(own, claim)
    checked = read(own, PAPERS.form(Form.PAYMENT, data, paper))
    assert (wrong_facts(checked), checked.strange) == ({}, ())
    assert (checked.verdict, checked.reason, checked.record_id) == (Verdict.GENUINE, "verify.text_fits", claim_id)


@pytest.mark.parametrize(("altered", "named"), [
    ({"amount": 981920}, "amount"), ({"member_name": "测试丙"}, "member"), ({"hospital": "他县医院"}, "hospital"),
    ({"id_no_masked": "520625********0024"}, "id_no"),
    ({"number": "520625-2019-A03-000009-X"}, "number"), ({"account_masked": "***************0000"}, "account"),
])
def test_what_was_altered_on_a_decision_is_named(own: Desk, claim: ClaimMaker, altered: dict[str, Any],
                                                 named: str) -> None:
    _, data = decided(own, claim, APPROVED)
    checked = read(own, PAPERS.form(Form.DECISION, replace(data, **altered), "A4"))
    assert (checked.verdict, checked.reason) == (Verdict.ALTERED, "verify.paper_differs")
    assert named in wrong_facts(checked)


@pytest.mark.parametrize("paper", SHEETS[Form.PAYMENT])
@pytest.mark.parametrize(("altered", "named"), [
    ({"amount": 981920}, "amount"), ({"account_masked": "***************0000"}, "account"),
    ({"account_holder": "测试丙"}, "holder"), ({"reference": "PZ9999"}, "reference"),
])
def test_what_was_altered_on_a_payment_is_named(own: Desk, claim: ClaimMaker, altered: dict[str, Any], named: str,
                                                paper: str) -> None:
    _, data = paid(own, claim)
    checked = read(own, PAPERS.form(Form.PAYMENT, replace(data, **altered), paper))
    assert checked.verdict is Verdict.ALTERED
    assert named in wrong_facts(checked)


def test_a_code_that_was_altered_or_signed_by_another_is_found(own: Desk, office: Office, claim: ClaimMaker) -> None:
    claim_id, data = decided(own, claim, APPROVED)
    parts = data.qr.split(":")
    other = ":".join((*parts[:5], "A" * len(parts[5]), parts[6]))
    assert check_code(own, other).verdict is Verdict.ALTERED
    forged = print_form(signing(office.desk, OTHER_SEED), Form.DECISION, claim_id, "pdf")
    assert check_code(own, forged.qr).verdict is Verdict.ALTERED


def test_a_decision_that_was_made_anew_is_not_what_the_old_notice_says(own: Desk, claim: ClaimMaker) -> None:
    claim_id, data = decided(own, claim, APPROVED)
    answer(own, claim_id, ClaimState.APPROVED, decision(claim_id, APPROVED, 500000))
    checked = check_code(own, data.qr)
    assert (checked.verdict, checked.reason) == (Verdict.DOUBTFUL, "verify.superseded"), "nobody forged it"


def test_a_notice_of_money_that_came_back_later_stays_genuine(own: Desk, claim: ClaimMaker) -> None:
    claim_id, data = paid(own, claim)
    with own.read() as work:
        (attempt,) = work.decisions.payments(claim_id)
    answer(own, claim_id, ClaimState.PAYMENT_FAILED, replace(
        attempt, state=PaymentState.FAILED, failure=PaymentFailure.ACCOUNT_CLOSED, failed_on=date(2019, 9, 2)))
    checked = read(own, PAPERS.form(Form.PAYMENT, data, "A4"))
    assert (checked.verdict, checked.changed) == (Verdict.GENUINE, True)
    assert checked.state == "claim_state.payment_failed"
    back = print_form(own, Form.PAYMENT, claim_id, "pdf")
    assert read(own, PAPERS.form(Form.PAYMENT, back, "A4")).changed is False


def test_where_the_claim_is_not_known_the_signature_alone_is_told(own: Desk, claim: ClaimMaker,
                                                                  tmp_path: Path) -> None:
    _, data = decided(own, claim, APPROVED)
    for far in another_office(tmp_path):
        assert check_code(far, data.qr).verdict is Verdict.UNKNOWN_DEVICE
        learn(far, card(SEED))
        checked = check_code(far, data.qr)
        assert (checked.verdict, checked.reason) == (Verdict.GENUINE, "verify.not_here")


def test_a_notice_stays_genuine_when_it_was_decided_anew_and_so_is_the_second(own: Desk, claim: ClaimMaker) -> None:
    claim_id, first = decided(own, claim, REFUSED)
    second = decision(claim_id, APPROVED, 481920, id=decision_id(claim_id, 2), decided_on=date(2019, 9, 12),
                      remark="补齐材料，复核后改判")
    answer(own, claim_id, ClaimState.APPROVED, second)
    told = print_form(own, Form.DECISION, claim_id, "pdf")
    for data in (first, told):
        checked = read(own, PAPERS.form(Form.DECISION, data, "A4"))
        assert (wrong_facts(checked), checked.strange, checked.verdict) == ({}, (), Verdict.GENUINE)
        assert (checked.number, checked.record_id) == (data.number, claim_id)


def test_a_decisions_notice_stays_genuine_when_the_account_was_corrected(own: Desk, claim: ClaimMaker) -> None:
    claim_id, before = decided(own, claim, APPROVED)
    with own.read() as work:
        made, stands = work.decisions.made(claim_id)[0], work.claims.get(claim_id)
    assert stands is not None
    answer(own, claim_id, ClaimState.PAYMENT_FAILED, payment(
        made, state=PaymentState.FAILED, failure=PaymentFailure.ACCOUNT_CLOSED, failed_on=date(2019, 9, 2),
        bank_account=stands.bank_account))
    correct_account(own, claim_id, AccountTyped(bank_name="示例农商行", bank_account="6217997012345678902",
                                                account_holder="测试甲", note="出示新存折"))
    for data in (before, print_form(own, Form.DECISION, claim_id, "pdf")):
        checked = read(own, PAPERS.form(Form.DECISION, data, "A4"))
        assert (wrong_facts(checked), checked.strange, checked.verdict) == ({}, (), Verdict.GENUINE)
