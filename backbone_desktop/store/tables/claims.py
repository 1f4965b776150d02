"""Claims and the schemes by which they are worked out."""

from __future__ import annotations

from dataclasses import fields

from sqlalchemy import Column, Index, Integer, PrimaryKeyConstraint, Text, text

from backbone_core.change import RecordKind
from backbone_core.claim import Cause, ClaimState, Costs
from backbone_desktop.store.tables.base import synced_table, table
from backbone_desktop.store.types import Coded, Day, Flag, Moment, Packed

claim = synced_table(
    RecordKind.CLAIM,
    Column("member_id", Text, nullable=False),
    Column("household_id", Text, nullable=False),
    Column("policy_year", Integer, nullable=False),
    Column("state", Coded(ClaimState), nullable=False),
    Column("cause", Coded(Cause), nullable=False),
    Column("hospital", Text, nullable=False),
    Column("hospital_level", Text, nullable=False),
    Column("designated", Flag, nullable=False),
    Column("diagnosis", Text, nullable=False),
    Column("icd10", Text, nullable=False),
    Column("admitted", Day),
    Column("discharged", Day),
    Column("settled", Day),
    Column("invoice_no", Text, nullable=False),
    *(Column(cost.name, Integer, nullable=False) for cost in fields(Costs)),
    Column("documents", Packed, nullable=False),
    Column("bank_name", Text, nullable=False),
    Column("bank_account", Text, nullable=False),
    Column("account_holder", Text, nullable=False),
    Column("remarks", Text, nullable=False),
    Column("scheme_id", Text, nullable=False),
    Column("scheme_version", Integer, nullable=False),
    Column("benefit", Integer),
    Column("trace", Packed, nullable=False),
    Column("receipt_no", Text, nullable=False),
    Column("received_at", Moment),
    Column("received_by", Text, nullable=False),
    Column("content_hash", Text, nullable=False),
    Column("signature", Text, nullable=False),
)
Index("ix_claim_live", text("id DESC"), _table=claim, sqlite_where=text("removed_at IS NULL"))
Index("ix_claim_state", claim.c.state, text("id DESC"))
Index("ix_claim_member", claim.c.member_id)
Index("ix_claim_household", claim.c.household_id)
Index("ix_claim_invoice", claim.c.invoice_no)
Index("ix_claim_receipt", claim.c.receipt_no)
Index("ix_claim_receipt_tail", text("substr(receipt_no, -8, 6)"), _table=claim)
Index("ix_claim_received", claim.c.received_at)

scheme = table(
    "scheme",
    Column("scheme_id", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("county", Text, nullable=False),
    Column("policy_year", Integer, nullable=False),
    Column("status", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("kept_at", Moment, nullable=False),
    PrimaryKeyConstraint("scheme_id", "version"),
)
Index("ix_scheme_year", scheme.c.county, scheme.c.policy_year)
