"""The notices of what the insurer decided and paid, as they are read from the store, and which are due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from backbone_core.claim import ClaimState
from backbone_core.decision import DecisionOutcome, PaymentFailure, PaymentState, Reason, RejectCode, decision_id
from backbone_core.errors import RuleBroken, Unavailable
from backbone_core.paper_proof import paper_hash, paper_signed_bytes, read_paper_qr
from backbone_core.scheme import read_scheme
from backbone_desktop.services.claims import coverage_of, open_claim, register_claim, save_claim_draft
from backbone_desktop.services.decision_clauses import clause_for
from backbone_desktop.services.decision_notice import DecisionData, claims_to_tell, stated
from backbone_desktop.services.forms import Form
from backbone_desktop.services.payment_notice import PaymentData, payments_to_tell
from backbone_desktop.services.ports import Actor
from backbone_desktop.services.printing import form_of, print_form
from backbone_desktop.services.today import today
from backbone_desktop.words import Words
from tests.services.decisions_kit import DECIDED_ON, answer, decision, payment
from tests.services.office_kit import HEAD_ID, SCHEMES, ClaimMaker, Office

APPROVED, PART, REFUSED = DecisionOutcome.APPROVED, DecisionOutcome.PART_APPROVED, DecisionOutcome.REFUSED
SCHEME = read_scheme((SCHEMES / "example-1900-60-520625-2019.json").read_bytes())


def decided(office: Office, claim_id: str) -> DecisionData:
    data = form_of(office.desk, Form.DECISION, claim_id)
    assert isinstance(data, DecisionData)
    return data


def paid(office: Office, claim_id: str) -> PaymentData:
    data = form_of(office.desk, Form.PAYMENT, claim_id)
    assert isinstance(data, PaymentData)
    return data


def stay(office: Office, claim: ClaimMaker, month: int) -> str:
    return register_claim(office.desk, claim(
        invoice_no=str(month), admitted=f"2019-0{month}-01", discharged=f"2019-0{month}-09",
        settled=f"2019-0{month}-09")).claim_id


def test_an_approval_states_the_amount_and_how_it_came_about(office: Office, claim: ClaimMaker) -> None:
    taken = register_claim(office.desk, claim())
    answer(office.desk, taken.claim_id, ClaimState.APPROVED, decision(taken.claim_id, APPROVED, 481920))
    data = decided(office, taken.claim_id)
    assert (data.outcome, data.amount, data.benefit, data.reasons) == (APPROVED, 481920, 481920, ())
    assert data.trace == taken.benefit.trace[:-1], "that it is provisional is no longer true"
    assert (data.number, data.member_name, data.id_no_masked) == (taken.receipt_no, "测试甲", "520625********0015")
    assert (data.account_masked, data.account_holder) == ("***************6789", "测试甲")
    assert (data.decided_on, data.told_on) == (DECIDED_ON, date(2019, 9, 2))
    assert (data.insurer, data.case_no) == ("示例人寿保险公司", "AJ2019-0001")
    assert HEAD_ID not in repr(data)
    assert "6228480030123456789" not in repr(data)


def test_a_refusal_names_the_terms_that_it_rests_on(office: Office, claim: ClaimMaker) -> None:
    taken = register_claim(office.desk, claim())
    reasons = (Reason(code=RejectCode.THIRD_PARTY, text="示例说明"), Reason(code=RejectCode.PRE_EXISTING))
    answer(office.desk, taken.claim_id, ClaimState.REFUSED,
           decision(taken.claim_id, REFUSED, 0, reasons=reasons, insurer=""))
    first, second = decided(office, taken.claim_id).reasons
    assert (first.code, first.text) == (RejectCode.THIRD_PARTY, "示例说明")
    assert first.clause is not None
    assert first.clause.facts == {"texts": "应由第三方承担的医疗费用"}
    assert second.clause is None
    # the scheme's, where the answer names none
    assert decided(office, taken.claim_id).insurer == "示例保险公司（虚构）"


def test_every_reason_that_the_scheme_answers_has_its_sentence() -> None:
    """A code with a ground is in the catalogue in both languages; tests/words sees only codes that stand in a raise."""
    schemes = [SCHEME, replace(SCHEME, claim_deadline_days=180, exclusions=(),
                               waiting=replace(SCHEME.waiting, days=30),
                               base=replace(SCHEME.base, designated_only=True)), None]
    found = {clause.code for scheme in schemes for code in RejectCode if (clause := clause_for(code, scheme))}
    assert len(found) >= 11
    for language in ("zh_CN", "en"):
        words = Words.load(language, SCHEMES.parent / "locale")
        assert [code for code in sorted(found) if not words.knows(code)] == []
        every = [f"form.clause.deductible_{per}" for per in type(SCHEME.deductible.per)]
        every += [f"form.clause.age_{when}" for when in type(SCHEME.eligibility.age_at)]
        assert [code for code in every if not words.knows(code)] == []


def test_a_ground_is_none_where_the_scheme_says_nothing() -> None:
    assert clause_for(RejectCode.WAITING_PERIOD, SCHEME) is None  # it has no waiting period
    assert clause_for(RejectCode.OTHER, SCHEME) is None
    assert clause_for(RejectCode.THIRD_PARTY, replace(SCHEME, exclusions=())) is None
    late = clause_for(RejectCode.LATE_FILING, SCHEME)
    assert late is not None
    assert late.code == "form.clause.two_years"


def test_the_code_vouches_for_what_is_stated(office: Office, claim: ClaimMaker) -> None:
    taken = register_claim(office.desk, claim())
    made = decision(taken.claim_id, PART, 400000)
    answer(office.desk, taken.claim_id, ClaimState.PART_APPROVED, made)
    content = read_paper_qr(decided(office, taken.claim_id).qr)
    with office.desk.read() as work:
        stored = work.claims.get(taken.claim_id)
    assert stored is not None
    whole = paper_hash(Form.DECISION, taken.receipt_no, taken.claim_id, stated(stored, made))
    assert whole.startswith(content.content_hash)
    assert content.signature == office.signer.sign(paper_signed_bytes(Form.DECISION, taken.receipt_no, whole))
    other = stated(stored, replace(made, amount=400001))
    assert not paper_hash(Form.DECISION, taken.receipt_no, taken.claim_id, other).startswith(content.content_hash)


def test_no_notice_without_an_answer_or_without_a_key(office: Office, claim: ClaimMaker) -> None:
    taken = register_claim(office.desk, claim())
    for form, code in ((Form.DECISION, r"claim\.not_decided"), (Form.PAYMENT, r"claim\.not_paid")):
        with pytest.raises(RuleBroken, match=code):
            form_of(office.desk, form, taken.claim_id)
        with pytest.raises(RuleBroken, match=r"claim\.unknown"):
            form_of(office.desk, form, "nowhere")
    draft = save_claim_draft(office.desk, claim(invoice_no="3"))
    with pytest.raises(RuleBroken, match=r"claim\.no_receipt"):
        form_of(office.desk, Form.DECISION, draft)
    answer(office.desk, taken.claim_id, ClaimState.APPROVED, decision(taken.claim_id, APPROVED, 481920))
    office.signer.there = False
    before = office.stored()
    with pytest.raises(Unavailable, match=r"keys\.device_missing"):
        print_form(office.desk, Form.DECISION, taken.claim_id, "printer")
    assert office.stored() == before


def test_a_payment_is_told_with_the_account_masked_and_the_banks_reference(office: Office, claim: ClaimMaker) -> None:
    taken = register_claim(office.desk, claim())
    made = decision(taken.claim_id, APPROVED, 481920)
    answer(office.desk, taken.claim_id, ClaimState.PAID, made, payment(made))
    data = paid(office, taken.claim_id)
    assert (data.amount, data.paid_on, data.reference) == (481920, DECIDED_ON, "PZ0001")
    assert (data.account_masked, data.account_holder, data.bank_name) == ("***************6789", "测试甲", "示例银行")
    assert (data.failure, data.number) == (None, f"{taken.receipt_no}-P1")
    assert read_paper_qr(data.qr).number == data.number
    assert "6228480030123456789" not in repr(data)


def test_each_attempt_and_its_return_have_a_notice_of_their_own(office: Office, claim: ClaimMaker) -> None:
    taken = register_claim(office.desk, claim())
    made = decision(taken.claim_id, APPROVED, 481920)
    answer(office.desk, taken.claim_id, ClaimState.PAID, made, payment(made))
    assert print_form(office.desk, Form.PAYMENT, taken.claim_id, "printer").copy == 0
    assert payments_to_tell(office.desk) == ()
    back = payment(made, state=PaymentState.FAILED, failure=PaymentFailure.ACCOUNT_CLOSED, failed_on=date(2019, 9, 2))
    answer(office.desk, taken.claim_id, ClaimState.PAYMENT_FAILED, back)
    assert payments_to_tell(office.desk) == (taken.claim_id,)
    failed = print_form(office.desk, Form.PAYMENT, taken.claim_id, "printer")
    assert (failed.copy, failed.failure, failed.number) == (0, PaymentFailure.ACCOUNT_CLOSED, f"{taken.receipt_no}-F1")
    office.clock.wait(days=4)
    answer(office.desk, taken.claim_id, ClaimState.PAID, payment(made, attempt=2))
    again = print_form(office.desk, Form.PAYMENT, taken.claim_id, "printer")
    assert (again.copy, again.number, again.told_on) == (0, f"{taken.receipt_no}-P2", date(2019, 9, 6))
    assert print_form(office.desk, Form.PAYMENT, taken.claim_id, "printer").copy == 1


def test_refusals_are_due_first_and_what_was_told_is_not_due_again(office: Office, claim: ClaimMaker) -> None:
    old, told, refused, _open = (stay(office, claim, month) for month in (3, 4, 5, 6))
    office.clock.wait(days=3)
    answer(office.desk, old, ClaimState.APPROVED, decision(old, APPROVED, 481920, decided_on=DECIDED_ON))
    answer(office.desk, told, ClaimState.PART_APPROVED, decision(told, PART, 100))
    answer(office.desk, refused, ClaimState.REFUSED,
           decision(refused, REFUSED, 0, decided_on=DECIDED_ON + timedelta(days=2)))
    print_form(office.desk, Form.DECISION, told, "printer")
    assert claims_to_tell(office.desk) == (refused, old)


def test_money_that_came_back_is_due_first(office: Office, claim: ClaimMaker) -> None:
    arrived, returned = stay(office, claim, 3), stay(office, claim, 4)
    for claim_id in (arrived, returned):
        made = decision(claim_id, APPROVED, 481920)
        failed = claim_id == returned
        answer(office.desk, claim_id, ClaimState.PAYMENT_FAILED if failed else ClaimState.PAID, made, payment(
            made, **({"state": PaymentState.FAILED, "failure": PaymentFailure.BANK_WRONG} if failed else {})))
    assert payments_to_tell(office.desk) == (returned, arrived)


def test_an_auditors_print_does_not_stand_for_a_letter_to_the_family(office: Office, claim: ClaimMaker) -> None:
    taken = register_claim(office.desk, claim())
    made = decision(taken.claim_id, APPROVED, 481920)
    answer(office.desk, taken.claim_id, ClaimState.PAID, made, payment(made))
    auditor = office.as_(Actor("audit", "测试审计", "auditor"))
    for form in (Form.RECEIPT, Form.DECISION, Form.PAYMENT, Form.MISSING_PAPERS):
        with pytest.raises(RuleBroken, match=r"account\.not_allowed"):
            form_of(auditor, form, taken.claim_id)
        with pytest.raises(RuleBroken, match=r"account\.not_allowed"):
            print_form(auditor, form, taken.claim_id, "pdf")
    assert claims_to_tell(office.desk) == payments_to_tell(office.desk) == (taken.claim_id,)


def test_what_was_decided_anew_is_told_by_a_notice_of_its_own(office: Office, claim: ClaimMaker) -> None:
    taken = register_claim(office.desk, claim())
    first = decision(taken.claim_id, REFUSED, 0)
    answer(office.desk, taken.claim_id, ClaimState.REFUSED, first)
    assert print_form(office.desk, Form.DECISION, taken.claim_id, "printer").number == taken.receipt_no
    assert claims_to_tell(office.desk) == ()
    second = decision(taken.claim_id, APPROVED, 481920, id=decision_id(taken.claim_id, 2),
                      decided_on=DECIDED_ON + timedelta(days=9), remark="补齐材料，复核后改判")
    answer(office.desk, taken.claim_id, ClaimState.APPROVED, second)
    assert claims_to_tell(office.desk) == (taken.claim_id,)
    assert today(office.desk).untold.decisions == 1
    told = print_form(office.desk, Form.DECISION, taken.claim_id, "printer")
    assert isinstance(told, DecisionData)
    assert (told.number, told.copy, told.outcome, told.amount) == (f"{taken.receipt_no}-H2", 0, APPROVED, 481920)
    assert print_form(office.desk, Form.DECISION, taken.claim_id, "printer").copy == 1
    assert (claims_to_tell(office.desk), today(office.desk).untold.decisions) == ((), 0)
    view = open_claim(office.desk, taken.claim_id)
    assert (view.decision, view.formerly) == (second, (first,))
    assert coverage_of(office.desk, view.member.id, 2019).paid == 481920
