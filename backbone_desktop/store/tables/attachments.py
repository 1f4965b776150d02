"""Scans: what is known of each page, and the bytes apart from it, in chunks under their hash."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, PrimaryKeyConstraint, Text

from backbone_core.attachment import MediaType, Original
from backbone_desktop.store.tables.base import table
from backbone_desktop.store.types import Coded, Moment

attachment = table(
    "attachment",
    Column("id", Text, primary_key=True, nullable=False),
    Column("claim_id", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("place", Integer, nullable=False),
    Column("media_type", Coded(MediaType), nullable=False),
    Column("sha256", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("original", Coded(Original), nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("added_by", Text, nullable=False),
    Column("removed_at", Moment),
    Column("removed_by", Text),
)
"""No foreign key to the claim: a form has scans before it is stored."""
Index("ix_attachment_claim", attachment.c.claim_id)
Index("ix_attachment_content", attachment.c.sha256)

attachment_chunk = table(
    "attachment_chunk",
    Column("sha256", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
    PrimaryKeyConstraint("sha256", "number"),
)
"""No foreign key either: text goes before bytes, and chunks come in any order."""
