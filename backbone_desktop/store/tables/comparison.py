"""Decisions about two members who look like one person."""

from __future__ import annotations

from sqlalchemy import Column, Index, Text, text

from backbone_core.change import RecordKind
from backbone_desktop.store.tables.base import synced_table

comparison = synced_table(
    RecordKind.COMPARISON,
    Column("member_id", Text, nullable=False),
    Column("other_id", Text, nullable=False),
    Column("kept_id", Text, nullable=False),
)
Index("ix_comparison_member", comparison.c.member_id)
Index("ix_comparison_other", comparison.c.other_id)
Index("ix_comparison_kept", comparison.c.kept_id, sqlite_where=text("kept_id <> ''"))
