"""What was done with claims, step by step."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Text

from backbone_core.change import RecordKind
from backbone_core.claim import ClaimAct, ClaimState
from backbone_desktop.store.tables.base import add_triggers, synced_table
from backbone_desktop.store.types import Coded, Moment, Packed

claim_step = synced_table(
    RecordKind.CLAIM_STEP,
    Column("claim_id", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("act", Coded(ClaimAct), nullable=False),
    Column("before", Coded(ClaimState), nullable=False),
    Column("after", Coded(ClaimState), nullable=False),
    Column("by", Text, nullable=False),
    Column("by_name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("note", Text, nullable=False),
    Column("papers", Packed, nullable=False),
    Column("batch", Text, nullable=False),
)
Index("ix_claim_step_claim", claim_step.c.claim_id, claim_step.c.number)

CLAIM_STEP_TRIGGERS = (
    "CREATE TRIGGER claim_step_self_review BEFORE INSERT ON claim_step "
    "WHEN NEW.fed = 0 AND NEW.act IN ('check_township', 'check_county') BEGIN "
    "SELECT RAISE(ABORT, 'claim.self_review') WHERE EXISTS ("
    "SELECT 1 FROM claim WHERE claim.id = NEW.claim_id AND lower(claim.received_by) = lower(NEW.\"by\")) OR EXISTS ("
    "SELECT 1 FROM claim_step AS done WHERE done.claim_id = NEW.claim_id AND lower(done.\"by\") = lower(NEW.\"by\") "
    "AND done.removed_at IS NULL AND (done.act = 'complete' OR (NEW.act = 'check_county' "
    "AND done.act = 'check_township' AND done.number = NEW.number - 1)) "
    "AND NOT (EXISTS (SELECT 1 FROM shadow WHERE shadow.kind = 'claim_step' AND shadow.record_id = done.id) "
    "AND NOT EXISTS ("
    "SELECT 1 FROM outbox WHERE outbox.record_id = done.id AND outbox.answered_at IS NULL))); END",
)
"""Nobody checks what they took in or checked themselves, whatever program writes here. What the centre judged comes in
as it is (`fed`), and a step that it refused counts for nothing."""
add_triggers(claim_step, *CLAIM_STEP_TRIGGERS)
