"""The insurer's answers as the exchange brings them to an open store."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from backbone_core.change import Outcome
from backbone_core.claim import ClaimState
from backbone_core.decision import (
    Decision,
    DecisionOutcome,
    Payment,
    PaymentState,
    Reason,
    RejectCode,
    decision_id,
    payment_id,
)
from backbone_core.protocol.batch import ChangeOutcome
from backbone_core.records import Record, kind_of, to_fields
from backbone_desktop.services.ports import Desk

DECIDED_ON = date(2019, 9, 1)
_REASONED = frozenset({DecisionOutcome.PART_APPROVED, DecisionOutcome.REFUSED})


def decision(claim_id: str, outcome: DecisionOutcome, amount: int, **other: Any) -> Decision:
    usual: dict[str, Any] = {
        "id": decision_id(claim_id), "claim_id": claim_id, "outcome": outcome, "amount": amount,
        "decided_on": DECIDED_ON, "insurer": "示例人寿保险公司", "case_no": "AJ2019-0001",
        "reasons": (Reason(code=RejectCode.OUTSIDE_COVER),) if outcome in _REASONED else (),
    }
    return Decision(**{**usual, **other})


def payment(of: Decision, **other: Any) -> Payment:
    attempt = other.get("attempt", 1)
    usual: dict[str, Any] = {
        "id": payment_id(of.claim_id, attempt), "claim_id": of.claim_id, "decision_id": of.id, "attempt": attempt,
        "amount": of.amount, "paid_on": DECIDED_ON, "state": PaymentState.PAID, "bank_name": "示例银行",
        "bank_account": "6228480030123456789", "account_holder": "测试甲", "reference": "PZ0001",
    }
    return Payment(**{**usual, **other})


def bring(desk: Desk, *records: Record, version: int = 1) -> None:
    """What a page of the feed does with these records."""
    with desk.open() as work:
        for record in records:
            work.sync.apply_state(kind_of(record), record.id, version, to_fields(record))
        work.commit()


def answer(desk: Desk, claim_id: str, state: ClaimState, *records: Decision | Payment) -> None:
    """The centre takes what waits, and the insurer's answer comes with the claim's new state."""
    with desk.open() as work:
        taken = [ChangeOutcome(seq=change.seq, outcome=Outcome.APPLIED, version=1) for change in work.outbox.waiting()]
        work.sync.mark_answered(taken, b"receipt", b"signature")
        claim = work.claims.get(claim_id)
        work.commit()
    assert claim is not None
    bring(desk, *records, replace(claim, state=state), version=9)
