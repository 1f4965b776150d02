"""What the exchange brings of the insurer's answers stands in the store as it was decided."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from store_samples import Family, Opened, claim

from backbone_core.change import RecordKind
from backbone_core.decision import (
    Decision,
    DecisionOutcome,
    Payment,
    PaymentFailure,
    PaymentState,
    Reason,
    RejectCode,
    decision_id,
    payment_id,
)
from backbone_core.records import kind_of, to_fields


def fed(opened: Opened, version: int, *records: Decision | Payment) -> None:
    with opened.open() as work:
        for record in records:
            work.sync.apply_state(kind_of(record), record.id, version, to_fields(record))
        work.commit()


def decided(claim_id: str) -> Decision:
    return Decision(id=decision_id(claim_id), claim_id=claim_id, outcome=DecisionOutcome.PART_APPROVED, amount=300_000,
                    decided_on=date(2019, 8, 24), insurer="示例保险公司", case_no="AJ-1", remark="备注",
                    reasons=(Reason(code=RejectCode.INCOMPLETE, text="缺费用清单"),
                             Reason(code=RejectCode.LATE_FILING)))


def paid(claim_id: str, attempt: int) -> Payment:
    return Payment(id=payment_id(claim_id, attempt), claim_id=claim_id, decision_id=decision_id(claim_id),
                   attempt=attempt, amount=300_000, paid_on=date(2019, 8, 25), state=PaymentState.PAID,
                   bank_name="示例信用社", bank_account="6228480030123456789", account_holder="测试甲",
                   reference="PZ-1")


def test_a_decision_and_its_payments_come_back_as_they_were_sent(opened: Opened, family: Family) -> None:
    one = claim(family.head)
    opened.write(one)
    failed = replace(paid(one.id, 1), state=PaymentState.FAILED, failure=PaymentFailure.OTHER, failure_text="退汇",
                     failed_on=date(2019, 8, 27))
    fed(opened, 1, paid(one.id, 2), failed, decided(one.id))
    with opened.read() as work:
        assert work.decisions.of_claims([one.id, "another"]) == {one.id: decided(one.id)}
        assert work.decisions.payments(one.id) == (failed, paid(one.id, 2))
        assert work.decisions.payments("another") == ()


def test_a_later_version_replaces_what_is_held_and_an_older_one_does_not(opened: Opened) -> None:
    fed(opened, 2, replace(decided("c1"), remark="第二版"))
    fed(opened, 1, decided("c1"))
    with opened.read() as work:
        assert work.decisions.of_claims(["c1"])["c1"].remark == "第二版"
    fed(opened, 3, decided("c1"))
    with opened.read() as work:
        assert work.decisions.of_claims(["c1"])["c1"].remark == "备注"


def test_what_was_received_stands_in_the_audit_trail_and_goes_nowhere(opened: Opened, family: Family) -> None:
    one = claim(family.head, receipt_no="520625-2019-A03-000123-C")
    opened.write(one)
    fed(opened, 1, decided(one.id), paid(one.id, 1))
    with opened.read() as work:
        for record_id in (decision_id(one.id), payment_id(one.id, 1)):
            assert [(row.act, row.detail) for row in work.audit.of_record(record_id)] == [("receive", {"version": 1})]
        waiting = {change.kind for change in work.outbox.waiting()}
    assert waiting.isdisjoint({RecordKind.DECISION, RecordKind.PAYMENT})


def test_no_act_at_the_desk_makes_a_decision(opened: Opened) -> None:
    with opened.open() as work, pytest.raises(RuntimeError):
        work.write(decided("c1"), "approve")


def test_a_reason_that_only_a_later_version_knows_waits_for_it(opened: Opened) -> None:
    with opened.open() as work:
        fields = to_fields(decided("c1")) | {"reasons": [{"code": "of_a_later_version"}]}
        assert not work.sync.apply_state(RecordKind.DECISION, decision_id("c1"), 1, fields)
        work.commit()
    assert opened.rows("SELECT kind FROM later") == [("decision",)]
    fed(opened, 2, decided("c1"))
    assert opened.rows("SELECT kind FROM later") == []
