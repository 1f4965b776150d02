"""Lists of claims whose papers were handed over; they belong to this computer and are never sent."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, Text

from backbone_desktop.services.handover_ports import Leg
from backbone_desktop.store.tables.base import table
from backbone_desktop.store.types import Coded, Moment, Packed

handover = table(
    "handover",
    Column("id", Text, primary_key=True, nullable=False),
    Column("number", Text, nullable=False, unique=True),
    Column("leg", Coded(Leg), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("giver", Text, nullable=False),
    Column("receiver", Text, nullable=False),
    Column("void_at", Moment),
    Column("void_by", Text, nullable=False),
)

handover_claim = table(
    "handover_claim",
    Column("handover_id", Text, ForeignKey("handover.id"), nullable=False),
    Column("place", Integer, nullable=False),
    Column("claim_id", Text, nullable=False),
    Column("stated", Packed, nullable=False),
    PrimaryKeyConstraint("handover_id", "place"),
    rowid=False,
)
"""A claim of a list, and the row as it was stated when the list was made."""
Index("ix_handover_claim_claim", handover_claim.c.claim_id)
