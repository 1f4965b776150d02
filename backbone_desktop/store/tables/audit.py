"""Who did what: rows that are chained by a hash and can be neither changed nor taken out."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, Text

from backbone_desktop.store.tables.base import add_triggers, table
from backbone_desktop.store.types import Moment, Packed

audit = table(
    "audit",
    Column("seq", Integer, primary_key=True, nullable=False),
    Column("at", Moment, nullable=False),
    Column("by", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("record_id", Text, nullable=False),
    Column("detail", Packed, nullable=False),
    Column("hash", LargeBinary, nullable=False),
)
Index("ix_audit_record", audit.c.record_id)

audit_head = table(
    "audit_head",
    Column("only", Integer, primary_key=True, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("hash", LargeBinary, nullable=False),
)
"""The last row once more, so that a row missing at the end shows too."""

AUDIT_TRIGGERS = (
    "CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit "
    "BEGIN SELECT RAISE(ABORT, 'audit rows are not changed'); END",
    "CREATE TRIGGER audit_is_not_taken_out BEFORE DELETE ON audit "
    "BEGIN SELECT RAISE(ABORT, 'audit rows are not taken out'); END",
)
add_triggers(audit, *AUDIT_TRIGGERS)
