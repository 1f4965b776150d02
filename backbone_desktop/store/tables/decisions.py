"""What the insurer decided and what was paid; the exchange alone writes here."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Text

from backbone_core.change import RecordKind
from backbone_core.decision import DecisionOutcome, PaymentFailure, PaymentState
from backbone_desktop.store.tables.base import synced_table
from backbone_desktop.store.types import Coded, Day, Packed

decision = synced_table(
    RecordKind.DECISION,
    Column("claim_id", Text, nullable=False),
    Column("outcome", Coded(DecisionOutcome), nullable=False),
    Column("amount", Integer, nullable=False),
    Column("decided_on", Day, nullable=False),
    Column("reasons", Packed, nullable=False),
    Column("insurer", Text, nullable=False),
    Column("case_no", Text, nullable=False),
    Column("remark", Text, nullable=False),
)
Index("ix_decision_claim", decision.c.claim_id)

payment = synced_table(
    RecordKind.PAYMENT,
    Column("claim_id", Text, nullable=False),
    Column("decision_id", Text, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("amount", Integer, nullable=False),
    Column("paid_on", Day, nullable=False),
    Column("state", Coded(PaymentState), nullable=False),
    Column("bank_name", Text, nullable=False),
    Column("bank_account", Text, nullable=False),
    Column("account_holder", Text, nullable=False),
    Column("reference", Text, nullable=False),
    Column("failure", Coded(PaymentFailure)),
    Column("failure_text", Text, nullable=False),
    Column("failed_on", Day),
)
Index("ix_payment_claim", payment.c.claim_id, payment.c.attempt)
