"""The account of a payment that came back is put right, with the reason, and nothing else of a decided claim."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from backbone_core.change import RecordKind
from backbone_core.claim import ClaimAct, ClaimState
from backbone_core.decision import DecisionOutcome, PaymentFailure, PaymentState
from backbone_core.errors import RuleBroken
from backbone_desktop.services.account_correction import (
    AccountTyped,
    account_in_doubt,
    check_account,
    correct_account,
)
from backbone_desktop.services.claim_way import steps_of
from backbone_desktop.services.claims import open_claim, register_claim
from tests.services.decisions_kit import answer, decision, payment
from tests.services.office_kit import ClaimMaker, Office
from tests.services.way_kit import AUDITOR

TYPED = AccountTyped(bank_name="示例农商行", bank_account="6217 9970 1234 5678 902", account_holder="测试甲",
                     note="原折已销户，农户出示新存折")


def came_back(office: Office, claim_id: str, failure: PaymentFailure = PaymentFailure.ACCOUNT_CLOSED) -> None:
    made = decision(claim_id, DecisionOutcome.APPROVED, 4_819_20)
    back = payment(made, state=PaymentState.FAILED, failure=failure, failed_on=date(2019, 9, 2),
                   failure_text="系统超时" if failure is PaymentFailure.OTHER else "")
    answer(office.desk, claim_id, ClaimState.PAYMENT_FAILED, made, back)


def refused(office: Office, claim_id: str, typed: AccountTyped) -> list[tuple[str, str]]:
    with pytest.raises(RuleBroken) as broken:
        correct_account(office.desk, claim_id, typed)
    return [(one.code, one.field) for one in broken.value.findings if one.refuses]


@pytest.fixture
def taken(office: Office, claim: ClaimMaker) -> str:
    return register_claim(office.desk, claim()).claim_id


def test_the_account_alone_changes_and_the_reason_is_a_step(office: Office, taken: str) -> None:
    came_back(office, taken)
    before = open_claim(office.desk, taken).claim
    correct_account(office.desk, taken, TYPED)
    after = open_claim(office.desk, taken).claim
    assert after == replace(before, bank_name="示例农商行", bank_account="6217997012345678902", account_holder="测试甲")
    (step,) = [row.step for row in steps_of(office.desk, taken)]
    assert (step.act, step.before, step.after, step.note) == (
        ClaimAct.CORRECT_ACCOUNT, ClaimState.PAYMENT_FAILED, ClaimState.PAYMENT_FAILED, "原折已销户，农户出示新存折")
    with office.desk.read() as work:
        told, changed = work.outbox.waiting()[-2:]
        assert work.audit.of_record(taken)[0].act == "claim_correct_account"
    assert (told.kind, told.act) == (RecordKind.CLAIM_STEP, "claim_correct_account")
    assert (changed.record_id, changed.fields["bank_account"]) == (taken, "6217997012345678902")
    assert set(changed.fields) <= {"bank_name", "bank_account", "account_holder"}


def test_what_is_missing_or_unchanged_is_told_at_its_field(office: Office, taken: str) -> None:
    came_back(office, taken)
    stands = open_claim(office.desk, taken).claim
    same = replace(TYPED, bank_name=stands.bank_name, bank_account=stands.bank_account,
                   account_holder=stands.account_holder)
    before = office.stored()
    assert refused(office, taken, same) == [("claim.account_same", "bank_account")]
    assert refused(office, taken, AccountTyped(bank_name="", bank_account=" ", account_holder="", note="")) == [
        ("claim.reason_missing", "note"), ("claim.account_needed", "bank_account"),
        ("claim.holder_needed", "account_holder")]
    assert office.stored() == before


def test_an_account_that_the_bank_freed_may_stay(office: Office, taken: str) -> None:
    came_back(office, taken, PaymentFailure.ACCOUNT_BLOCKED)
    stands = open_claim(office.desk, taken).claim
    correct_account(office.desk, taken, AccountTyped(
        bank_name=stands.bank_name, bank_account=stands.bank_account, account_holder=stands.account_holder,
        note="账户已解除冻结"))
    assert [row.step.note for row in steps_of(office.desk, taken)] == ["账户已解除冻结"]


@pytest.mark.parametrize("state", [ClaimState.APPROVED, ClaimState.PAID, ClaimState.CLOSED])
def test_nothing_else_of_a_decided_claim_can_be_corrected(office: Office, taken: str, state: ClaimState) -> None:
    made = decision(taken, DecisionOutcome.APPROVED, 4_819_20)
    answer(office.desk, taken, state, made)
    assert refused(office, taken, TYPED) == [("claim.no_payment_failed", "")]


def test_who_may_only_look_on_corrects_nothing(office: Office, taken: str) -> None:
    came_back(office, taken)
    with pytest.raises(RuleBroken, match="not_allowed"):
        correct_account(office.as_(AUDITOR), taken, TYPED)


def test_anothers_account_is_warned_of_and_the_form_knows_the_failure(office: Office, taken: str) -> None:
    came_back(office, taken)
    doubt = account_in_doubt(office.desk, taken)
    assert doubt.failed.failure is PaymentFailure.ACCOUNT_CLOSED
    found = check_account(doubt, replace(TYPED, account_holder="测试他人"))
    assert [(one.code, one.refuses) for one in found if one.field == "account_holder"] == [
        ("claim.holder_differs", False)]
